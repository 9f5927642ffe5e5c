"""Which days are holidays, eves and working days in a country, and counting days, working days and months."""

from __future__ import annotations

import calendar as _months
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

FIRST_YEAR, LAST_YEAR = 1899, 2299
"""Events lie between 1900 and 2200: a year before (another zone's New Year's Eve) and room for deadlines after."""

_SATURDAY = 5


class CalendarError(ValueError):
    """A day, a country or a zone that there is no calendar for. The text is Swedish and meant for the user."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a country (ISO 3166: `SE`). Plain data: two calendars of one country are equal."""

    country: str

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a public holiday. A Sunday as such is none (Easter Day is one).

        Raises:
            CalendarError: the country is not known, or the year lies outside the calendar.
        """
        return day in _special_days(self.country, day.year)[0]

    def is_eve(self, day: date) -> bool:
        """Whether `day` is an eve that the law treats as a holiday: in Sweden midsommarafton, julafton and nyårsafton.

        Raises:
            CalendarError: the country is not known, or the year lies outside the calendar.
        """
        return day in _special_days(self.country, day.year)[1]

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a Monday to Friday, no public holiday and no eve."""
        holidays, eves = _special_days(self.country, day.year)
        return day.weekday() < _SATURDAY and day not in holidays and day not in eves

    def next_working_day(self, day: date) -> date:
        """`day` itself where it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day = add_days(day, 1)
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`:th working day after `day`, which need not be one itself; `day` where `count` is 0."""
        for _ in range(count):
            day = self.next_working_day(add_days(day, 1))
        return day


def add_days(day: date, count: int) -> date:
    """`count` days after `day`.

    Raises:
        CalendarError: that is beyond the calendar.
    """
    try:
        return within(day + timedelta(days=count))
    except OverflowError:
        raise CalendarError(f"{count} dagar är längre än kalendern räcker. Rätta datumet eller fristen.") from None


def within(day: date) -> date:
    """`day`, where the calendar knows it.

    Raises:
        CalendarError: it is beyond the calendar.
    """
    _check(day.year)
    return day


def add_months(day: date, count: int) -> date:
    """The same day `count` months later; a month's last day stands in for a day that it lacks.

    Raises:
        CalendarError: that is beyond the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    _check(year)
    return date(year, month + 1, min(day.day, _months.monthrange(year, month + 1)[1]))


SpecialDays = tuple[frozenset[date], frozenset[date]]
"""The public holidays and the eves of a year."""

KeptDays = Sequence[Sequence[str]]
"""The public holidays and the eves of a year, as ISO dates."""

_KEPT: dict[tuple[str, int], KeptDays] = {}


def special_days(country: str, year: int) -> SpecialDays:
    """The public holidays and the eves of a year, as the holidays library has them. Raises CalendarError as `Calendar` does."""
    return _special_days(country, year)


def use_kept(country: str, years: Mapping[int, KeptDays]) -> None:
    """Use days that the library gave earlier, for the years that nobody has asked about yet."""
    _KEPT.update({(country, year): days for year, days in years.items()})


@cache
def _special_days(country: str, year: int) -> SpecialDays:
    """The public holidays and the eves of a year."""
    _check(year)
    kept = _KEPT.get((country, year))
    if kept is not None:
        public, eves = (frozenset(map(date.fromisoformat, days)) for days in kept)
        return public, eves
    entity, options, has_eves = _entity(country)
    public = frozenset(entity(years=year, expand=False, categories=("public",), **options))
    eves = frozenset(entity(years=year, expand=False, categories=("de_facto",), **options)) if has_eves else frozenset()
    return public, eves - public


@cache
def _entity(country: str) -> tuple[type, dict[str, bool], bool]:
    """The library's class for a country, what it must be told, and whether it knows eves."""
    import holidays  # takes a tenth of a second: only those who ask about a day wait for it

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        raise CalendarError(f"Det finns ingen helgdagskalender för landet {country}. Skriv landets kod, till exempel SE.") from None
    # The library stops where its sources do (1953–2100). A case may hold a mistyped or a distant date, which must not
    # stop everything else in it: beyond them the rules of the nearest year that it knows are used.
    years = {"start_year": min(known.start_year, FIRST_YEAR), "end_year": max(known.end_year, LAST_YEAR)}
    # Versions differ in whether they take every Sunday for a holiday. Sundays have hours of their own in a plan.
    options = {"include_sundays": False} if hasattr(known, "include_sundays") else {}
    kind = type(known)
    return type(kind.__name__, (kind,), years), options, "de_facto" in known.supported_categories


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarError(
            f"År {year} ligger utanför kalendern, som omfattar åren {FIRST_YEAR}–{LAST_YEAR}. Rätta datumet eller fristen."
        )
