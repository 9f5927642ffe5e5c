from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.directory.building import REMINDERS, STOCKHOLM, local

from samverkan.directory.calendar import Calendar, CalendarError
from samverkan.directory.deadlines import deadline_instant
from samverkan.plan.model import Deadline

SWEDEN = Calendar("SE")
Unit = Literal["at once", "promptly", "hours", "days", "working days", "weeks", "months"]


def due(unit: Unit, amount: int, base: str | datetime, *, moves: bool = False) -> tuple[datetime, date | None]:
    at = local(base) if isinstance(base, str) else base
    return deadline_instant(Deadline(unit, amount, moves=moves), at, STOCKHOLM, SWEDEN, REMINDERS)


@pytest.mark.parametrize(
    ("unit", "amount", "base", "last"),
    [
        ("days", 14, "2013-05-14 21:10", "2013-05-28"),
        ("days", 14, "2013-05-14 00:00", "2013-05-28"),
        ("days", 1, "2013-03-30 23:59", "2013-03-31"),
        ("days", 1, "2013-10-26 12:00", "2013-10-27"),
        ("weeks", 2, "2016-02-22 08:00", "2016-03-07"),
        ("months", 4, "2013-05-14 21:10", "2013-09-14"),
        ("months", 4, "2013-10-31 12:00", "2014-02-28"),
        ("months", 12, "2016-02-29 12:00", "2017-02-28"),
        ("working days", 1, "2013-05-17 16:00", "2013-05-20"),
        ("working days", 1, "2026-06-18 16:00", "2026-06-22"),
        ("working days", 6, "2026-12-23 09:00", "2027-01-07"),
    ],
)
def test_days_and_months_end_with_the_local_day(unit: Unit, amount: int, base: str, last: str) -> None:
    day = date.fromisoformat(last)
    midnight = local(f"{day + timedelta(days=1)} 00:00")
    assert due(unit, amount, base) == (midnight, day)


def test_the_base_counts_by_its_local_day() -> None:
    late = datetime(2013, 5, 14, 22, 30, tzinfo=UTC)  # half past midnight on the 15th in Sweden
    assert due("days", 1, late)[1] == date(2013, 5, 16)


def test_a_last_day_moves_only_where_the_source_says_so() -> None:
    saturday = "2013-05-04 10:00"
    assert due("days", 14, saturday)[1] == date(2013, 5, 18)
    assert due("days", 14, saturday, moves=True) == (local("2013-05-21 00:00"), date(2013, 5, 20))
    assert due("days", 1, "2026-06-18 10:00", moves=True)[1] == date(2026, 6, 22)  # midsommarafton
    assert due("months", 1, "2026-11-24 10:00", moves=True)[1] == date(2026, 12, 28)  # julafton
    assert due("days", 1, "2013-05-13 10:00", moves=True)[1] == date(2013, 5, 14)


@pytest.mark.parametrize(
    ("base", "ends"),
    [
        ("2013-03-30 21:00", "2013-03-31 22:00"),  # a night without its third hour
        ("2013-10-26 21:00", "2013-10-27 20:00"),  # a night with it twice
        ("2013-05-14 21:00", "2013-05-15 21:00"),
    ],
)
def test_hours_are_time_that_passes(base: str, ends: str) -> None:
    assert due("hours", 24, base) == (local(ends), None)


def test_at_once_and_promptly_have_the_plans_reminder_times() -> None:
    base = "2013-05-14 21:10"
    assert due("at once", 0, base) == (local("2013-05-14 22:10"), None)
    assert due("promptly", 0, base) == (local("2013-05-15 21:10"), None)


def test_an_endless_deadline_is_said_so() -> None:
    for unit, amount in (("hours", 10**9), ("hours", 10**15), ("days", 10**15), ("months", 10**6), ("weeks", 10**5)):
        with pytest.raises(CalendarError, match="kalender"):
            due(unit, amount, "2013-05-14 21:10")  # type: ignore[arg-type]


def test_a_base_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        due("hours", 1, datetime(2013, 5, 14))  # noqa: DTZ001


DEADLINES = st.builds(
    Deadline,
    unit=st.sampled_from(["at once", "promptly", "hours", "days", "working days", "weeks", "months"]),
    amount=st.integers(1, 30),
    moves=st.booleans(),
)
EARLIEST, LATEST = datetime(1900, 1, 2, tzinfo=UTC), datetime(2200, 12, 31, tzinfo=UTC)
INSTANTS = st.integers(0, (LATEST - EARLIEST) // timedelta(minutes=1)).map(lambda minutes: EARLIEST + timedelta(minutes=minutes))


@given(DEADLINES, INSTANTS, INSTANTS)
def test_who_begins_later_never_has_to_be_ready_earlier(deadline: Deadline, one: datetime, other: datetime) -> None:
    first, last = sorted((one, other))
    early, late = (deadline_instant(deadline, at, STOCKHOLM, SWEDEN, REMINDERS)[0] for at in (first, last))
    assert first < early <= late


@given(DEADLINES, INSTANTS, st.integers(0, 72 * 60))
def test_also_when_the_difference_is_small(deadline: Deadline, at: datetime, minutes: int) -> None:
    early, late = (
        deadline_instant(deadline, base, STOCKHOLM, SWEDEN, REMINDERS)[0] for base in (at, at + timedelta(minutes=minutes))
    )
    assert early <= late


@given(DEADLINES, INSTANTS)
def test_a_day_that_is_named_ends_at_the_instant(deadline: Deadline, at: datetime) -> None:
    ends, day = deadline_instant(deadline, at, STOCKHOLM, SWEDEN, REMINDERS)
    assert (day is None) is (deadline.unit in ("at once", "promptly", "hours"))
    if day is not None:
        shown = ends.astimezone(STOCKHOLM)
        assert (shown.date(), shown.hour, shown.minute) == (day + timedelta(days=1), 0, 0)
        assert SWEDEN.is_working_day(day) or not (deadline.moves or deadline.unit == "working days")
