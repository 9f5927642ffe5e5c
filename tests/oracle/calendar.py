"""Local days, working days and deadlines, straight from zoneinfo and holidays (5.e)."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from samverkan.plan.model import Deadline, Plan


def utc(moment: datetime) -> datetime:
    """All reckoning is in UTC: two times of one zone would be compared by their wall clocks."""
    return moment.astimezone(UTC)


def local_day(plan: Plan, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(plan.timezone)).date()


def midnight(plan: Plan, day: date) -> datetime:
    """00:00 of a local day."""
    return datetime.combine(day, time(0), ZoneInfo(plan.timezone)).astimezone(UTC)


@cache
def _public_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year, categories=("public",)))


@cache
def _eves(country: str, year: int) -> frozenset[date]:
    """The eves that are kept as holidays: in Sweden midsommarafton, julafton and nyårsafton (lag 1930:173)."""
    return frozenset(holidays.country_holidays(country, years=year, categories=("de_facto",)))


def is_holiday(plan: Plan, day: date) -> bool:
    return day in _public_holidays(plan.country, day.year)


def is_eve(plan: Plan, day: date) -> bool:
    return day in _eves(plan.country, day.year)


def is_working_day(plan: Plan, day: date) -> bool:
    """5.e: Monday to Friday, no public holiday and no eve."""
    return day.weekday() < 5 and not is_holiday(plan, day) and not is_eve(plan, day)


def next_working_day(plan: Plan, day: date) -> date:
    """`day` itself where it is one."""
    while not is_working_day(plan, day):
        day += timedelta(days=1)
    return day


def add_working_days(plan: Plan, day: date, amount: int) -> date:
    for _ in range(amount):
        day = next_working_day(plan, day + timedelta(days=1))
    return day


def add_months(day: date, amount: int) -> date:
    """5.e: a month's last day stands in for a day that it lacks."""
    months = day.year * 12 + day.month - 1 + amount
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def reckon(plan: Plan, deadline: Deadline, start: datetime) -> tuple[datetime, date | None]:
    """The deadline that runs from `start`: its instant, and its last local day where it is a day.

    §5: hours are elapsed time; days and months end with that local day. `at once` and `promptly` have reminder times.
    """
    if deadline.unit in ("at once", "promptly"):
        return start + timedelta(hours=plan.reminders[deadline.unit]), None
    if deadline.unit == "hours":
        return start + timedelta(hours=deadline.amount), None
    first = local_day(plan, start)
    if deadline.unit == "days":
        last = first + timedelta(days=deadline.amount)
    elif deadline.unit == "weeks":
        last = first + timedelta(weeks=deadline.amount)
    elif deadline.unit == "months":
        last = add_months(first, deadline.amount)
    else:
        last = add_working_days(plan, first, deadline.amount)
    if deadline.moves:
        last = next_working_day(plan, last)
    return midnight(plan, last + timedelta(days=1)), last
