from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.directory.building import OFFICE, STOCKHOLM, local

from samverkan.directory.calendar import Calendar, use_kept
from samverkan.directory.hours import OpeningHours, Windows
from samverkan.plan.model import Hours
from samverkan.plan.opening import ALWAYS

SWEDEN = Calendar("SE")


def opening(hours: Hours, zone: ZoneInfo = STOCKHOLM) -> OpeningHours:
    return OpeningHours(hours, zone, SWEDEN)


def nightly(*windows: tuple[int, int]) -> OpeningHours:
    return opening(Hours("natt", "natt", (windows,) * 7, windows, windows))


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2013-05-14 07:59:59", False),
        ("2013-05-14 08:00", True),
        ("2013-05-14 16:29:59", True),
        ("2013-05-14 16:30", False),
        ("2013-05-18 12:00", False),  # Saturday
        ("2013-05-09 12:00", False),  # Kristi himmelsfärdsdag
        ("2026-06-19 12:00", False),  # midsommarafton
        ("2026-06-18 12:00", True),
    ],
)
def test_office_hours(at: str, is_open: bool) -> None:
    assert opening(OFFICE).is_open(local(at)) is is_open


def test_eves_that_are_not_mentioned_are_as_their_weekday() -> None:
    hours = Hours("k", "kontorstid", OFFICE.days, ())
    assert opening(hours).is_open(local("2026-06-19 12:00"))  # midsommarafton, a Friday
    assert not opening(hours).is_open(local("2022-12-24 12:00"))  # julafton, a Saturday


def test_a_sunday_has_its_own_hours_but_not_where_it_is_a_public_holiday() -> None:
    hours = Hours("k", "söndagar", ((),) * 6 + (((600, 720),),), ((900, 960),))
    sundays = opening(hours)
    assert sundays.is_open(local("2026-06-14 11:00"))
    assert not sundays.is_open(local("2026-04-05 11:00"))  # påskdagen
    assert sundays.is_open(local("2026-04-05 15:30"))


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2013-05-14 09:00", "2013-05-14 09:00"),
        ("2013-05-14 07:00", "2013-05-14 08:00"),
        ("2013-05-14 21:10", "2013-05-15 08:00"),
        ("2013-05-17 16:30", "2013-05-20 08:00"),  # over a weekend
        ("2026-06-18 17:00", "2026-06-22 08:00"),  # over midsummer
        ("2026-12-23 17:00", "2026-12-28 08:00"),  # over Christmas
        ("2013-03-30 12:00", "2013-04-02 08:00"),  # over Easter, and the clocks are moved
    ],
)
def test_next_opening(at: str, opens: str) -> None:
    assert opening(OFFICE).next_opening(local(at)) == local(opens)


def test_always_is_always_and_never_is_never() -> None:
    never = opening(Hours("stangt", "stängt", ((),) * 7, (), ()))
    at = local("2013-12-24 03:00")
    assert opening(ALWAYS).is_open(at)
    assert opening(ALWAYS).next_opening(at) == at
    assert never.never
    assert not never.is_open(at)
    assert never.next_opening(at) is None


def test_the_next_opening_is_looked_for_four_hundred_days_ahead() -> None:
    holidays_only = opening(Hours("h", "helgdagar", ((),) * 7, ((600, 660),)))
    assert holidays_only.next_opening(local("2026-12-26 12:00")) == local("2027-01-01 10:00")
    leap_eves = opening(Hours("a", "aftnar", ((),) * 7, (), ((600, 660),)))
    assert leap_eves.next_opening(local("2026-12-31 12:00")) == local("2027-06-25 10:00")
    sundays_off = Hours("s", "söndagar", ((),) * 6 + (((0, 1),),), ())
    assert opening(sundays_off).next_opening(local("2026-06-15 00:00")) == local("2026-06-21 00:00")


def test_an_opening_on_day_four_hundred_is_found_and_one_on_the_day_after_is_not() -> None:
    """Where there is one holiday in three years, and it is open on holidays alone."""
    use_kept("XD", {2026: ((), ()), 2027: (("2027-06-20",), ()), 2028: ((), ())})
    rare = OpeningHours(Hours("h", "helgdagar", ((),) * 7, ((600, 660),)), STOCKHOLM, Calendar("XD"))
    opens = local("2027-06-20 10:00")
    day_400, day_401 = (date(2027, 6, 20) - timedelta(days=days) for days in (400, 401))
    assert rare.next_opening(local(f"{day_400} 00:00")) == opens
    assert rare.next_opening(local(f"{day_400} 23:59")) == opens
    assert rare.next_opening(local(f"{day_401} 23:59")) is None
    assert rare.next_opening(local("2027-06-20 11:00")) is None


def test_hours_in_the_night_when_an_hour_is_skipped() -> None:
    skipped = nightly((120, 180))  # two to three: that night there is no such hour
    assert skipped.next_opening(local("2013-03-31 01:00")) == local("2013-04-01 02:00")
    assert not skipped.is_open(datetime(2013, 3, 31, 1, 0, tzinfo=UTC))
    into = nightly((150, 240))  # half past two to four: it begins at three, when the clock has been moved
    assert into.next_opening(local("2013-03-31 01:00")) == datetime(2013, 3, 31, 1, 0, tzinfo=UTC)


def test_hours_in_the_night_when_an_hour_comes_twice() -> None:
    twice = nightly((150, 165))
    assert twice.is_open(local("2013-10-27 02:40"))
    assert twice.is_open(local("2013-10-27 02:40", fold=1))
    assert twice.next_opening(local("2013-10-27 02:50")) == datetime(2013, 10, 27, 1, 30, tzinfo=UTC)
    until = nightly((60, 150))  # one to half past two: closed half an hour, then the clock shows two again
    assert until.next_opening(local("2013-10-27 02:40")) == datetime(2013, 10, 27, 1, 0, tzinfo=UTC)


def test_a_midnight_that_is_skipped_opens_at_one() -> None:
    whole_days = Hours("helg", "helg", ((),) * 6 + (((0, 1440),),), ((0, 1440),))
    sao_paulo = opening(whole_days, ZoneInfo("America/Sao_Paulo"))
    saturday = datetime(2013, 10, 19, 20, tzinfo=UTC)
    assert sao_paulo.next_opening(saturday) == datetime(2013, 10, 20, 3, tzinfo=UTC)


WINDOWS = st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=2).map(
    lambda found: tuple(sorted((start, end) for start, end in found if start < end))
)
NIGHTS = st.sampled_from([date(2013, 3, 30), date(2013, 10, 26), date(2013, 6, 20), date(2013, 12, 23)])


@settings(max_examples=60, deadline=None)
@given(st.lists(WINDOWS, min_size=7, max_size=7), WINDOWS, st.none() | WINDOWS, NIGHTS, st.integers(0, 2 * 1440))
def test_the_next_opening_is_the_first_open_minute(
    days: list[Windows], holidays: Windows, eves: Windows | None, night: date, minutes: int
) -> None:
    """Against walking minute by minute through three days, over clock changes, midsummer and Christmas."""
    hours = opening(Hours("h", "h", tuple(days), holidays, eves))
    at = datetime.combine(night, time(), STOCKHOLM).astimezone(UTC) + timedelta(minutes=minutes)
    walked = (at + timedelta(minutes=minute) for minute in range(3 * 1440))
    first = next((minute for minute in walked if hours.is_open(minute)), None)
    opens = hours.next_opening(at)
    if first is None:
        assert opens is None or opens >= at + timedelta(days=3)
    else:
        assert opens == first


@given(st.lists(WINDOWS, min_size=7, max_size=7), st.integers(0, 30 * 365 * 1440))
def test_open_is_what_the_clock_on_the_wall_says(days: list[Windows], minutes: int) -> None:
    hours = Hours("h", "h", tuple(days), ((600, 700),), ())
    at = (datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(STOCKHOLM)
    day = at.date()
    if SWEDEN.is_holiday(day):
        windows: Windows = ((600, 700),)
    elif SWEDEN.is_eve(day):
        windows = ()
    else:
        windows = days[day.weekday()]
    shown = at.replace(tzinfo=None)
    midnight = datetime.combine(day, time())
    inside = any(midnight + timedelta(minutes=start) <= shown < midnight + timedelta(minutes=end) for start, end in windows)
    assert opening(hours).is_open(at) is inside


def test_a_window_that_ends_where_it_begins_or_before_never_opens() -> None:
    for window in ((600, 600), (700, 600)):
        assert nightly(window).next_opening(local("2013-05-14 03:00")) is None
