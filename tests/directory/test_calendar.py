from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.directory.calendar import Calendar, CalendarError, add_days, add_months, within

SWEDEN = Calendar("SE")
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def easter(year: int) -> date:
    """Easter Day by the anonymous Gregorian algorithm: another way than the library's to the same day."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize(
    "day",
    [
        "2013-06-21",  # midsommarafton
        "2026-06-19",
        "2012-06-22",
        "2013-12-24",
        "2026-12-31",
    ],
)
def test_eves_are_no_holidays_and_no_working_days(day: str) -> None:
    eve = date.fromisoformat(day)
    assert SWEDEN.is_eve(eve)
    assert not SWEDEN.is_holiday(eve)
    assert not SWEDEN.is_working_day(eve)


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-01-06",
        "2026-04-03",  # långfredagen
        "2026-04-05",  # påskdagen, a Sunday that is a public holiday
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",  # Kristi himmelsfärdsdag
        "2026-06-20",  # midsommardagen
        "2026-10-31",  # alla helgons dag
        "2026-12-25",
        "2026-12-26",
    ],
)
def test_public_holidays_of_a_year(day: str) -> None:
    assert SWEDEN.is_holiday(date.fromisoformat(day))


def test_the_national_day_is_a_holiday_from_2005_and_pentecost_monday_until_2004() -> None:
    assert [SWEDEN.is_holiday(date(year, 6, 6)) for year in (2003, 2005)] == [False, True]
    assert [SWEDEN.is_holiday(easter(year) + timedelta(days=50)) for year in (2004, 2005)] == [True, False]


def test_a_sunday_as_such_is_no_holiday_and_a_day_before_a_holiday_no_eve() -> None:
    assert not SWEDEN.is_holiday(date(2026, 6, 14))
    assert not SWEDEN.is_working_day(date(2026, 6, 14))
    for ordinary in (date(2026, 4, 2), date(2026, 4, 30), date(2026, 5, 15), date(2026, 12, 23)):
        assert not SWEDEN.is_eve(ordinary)
        assert SWEDEN.is_working_day(ordinary)


def test_an_eve_on_a_sunday_is_an_eve() -> None:
    assert SWEDEN.is_eve(date(2017, 12, 24))
    assert date(2017, 12, 24).weekday() == 6


@pytest.mark.parametrize("year", range(1900, 2201, 7))
def test_easter_falls_right_in_every_year_that_a_case_may_name(year: int) -> None:
    day = easter(year)
    assert all(SWEDEN.is_holiday(day + timedelta(days=days)) for days in (-2, 0, 1, 39, 49))
    assert not SWEDEN.is_holiday(day + timedelta(days=2))


def test_working_days_are_counted_over_midsummer() -> None:
    thursday = date(2026, 6, 18)
    assert SWEDEN.add_working_days(thursday, 1) == date(2026, 6, 22)
    assert SWEDEN.add_working_days(date(2026, 6, 20), 1) == date(2026, 6, 22)
    assert SWEDEN.add_working_days(thursday, 0) == thursday
    assert SWEDEN.add_working_days(date(2026, 12, 23), 5) == date(2027, 1, 5)
    assert SWEDEN.add_working_days(date(2026, 12, 23), 6) == date(2027, 1, 7)
    assert SWEDEN.next_working_day(date(2026, 6, 19)) == date(2026, 6, 22)
    assert SWEDEN.next_working_day(thursday) == thursday


@given(DAYS, st.integers(0, 12))
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, count: int) -> None:
    end = SWEDEN.add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(SWEDEN.is_working_day(each) for each in between) == count
    assert not between or SWEDEN.is_working_day(between[-1])


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        ("2013-05-14", 4, "2013-09-14"),
        ("2013-10-31", 4, "2014-02-28"),
        ("2015-10-31", 4, "2016-02-29"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2016-02-29", 48, "2020-02-29"),
        ("2016-03-31", 1, "2016-04-30"),
        ("2013-12-31", 2, "2014-02-28"),
        ("2013-08-31", 0, "2013-08-31"),
    ],
)
def test_months_end_with_their_last_day(day: str, count: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), count) == date.fromisoformat(later)


@given(DAYS, DAYS, st.integers(0, 30))
def test_adding_months_keeps_the_order_of_days(one: date, other: date, count: int) -> None:
    first, last = sorted((one, other))
    assert add_months(first, count) <= add_months(last, count)


def test_beyond_the_calendar_is_said_so() -> None:
    for ask in (
        lambda: SWEDEN.is_holiday(date(1850, 1, 1)),
        lambda: SWEDEN.is_working_day(date(2400, 1, 2)),
        lambda: add_months(date(2200, 1, 1), 5000),
        lambda: add_days(date(2200, 1, 1), 10**12),
        lambda: add_days(date(2200, 1, 1), 10**6),
        lambda: within(date(2300, 1, 1)),
    ):
        with pytest.raises(CalendarError, match="kalender"):
            ask()


def test_the_first_and_last_years_of_events_are_known() -> None:
    assert SWEDEN.is_holiday(date(1900, 1, 1))
    assert SWEDEN.is_eve(date(2200, 12, 31))
    assert SWEDEN.add_working_days(date(2200, 12, 31), 1) == date(2201, 1, 2)


def test_a_country_without_a_calendar_is_said_so() -> None:
    with pytest.raises(CalendarError, match="landet XX"):
        Calendar("XX").is_holiday(date(2020, 1, 1))


def test_another_country_has_its_own_days_and_perhaps_no_eves() -> None:
    norway = Calendar("NO")
    assert norway.is_holiday(date(2026, 5, 17))
    assert not norway.is_holiday(date(2026, 6, 6))
    assert norway.is_working_day(date(2026, 12, 24))


def test_the_library_of_holidays_is_loaded_only_when_a_day_is_asked_about() -> None:
    script = (
        "import sys; from datetime import date; import samverkan.directory.coverage\n"
        "from samverkan.directory.calendar import Calendar\n"
        "before = 'holidays' in sys.modules; Calendar('SE').is_holiday(date(2026, 1, 1))\n"
        "print(before, 'holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
