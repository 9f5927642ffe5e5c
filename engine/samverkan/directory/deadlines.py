"""When a deadline runs out: hours are elapsed time; days, weeks, months and working days end with the local day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from samverkan.directory.calendar import Calendar, CalendarError, add_days, add_months, within
from samverkan.directory.times import as_utc, end_of_day, local_day
from samverkan.plan.model import Deadline


def deadline_instant(
    deadline: Deadline, base: datetime, zone: ZoneInfo, calendar: Calendar, reminders: Mapping[str, int]
) -> tuple[datetime, date | None]:
    """When `deadline`, counted from `base`, runs out.

    Args:
        deadline: as the plan says it. Where it is counted `after` an event, `base` is that event's time.
        base: the instant from which it is counted.
        zone: whose local days count.
        calendar: whose working days count.
        reminders: hours for `at once` and `promptly`, which have reminder times only.

    Returns:
        The instant (UTC), and the last local day where the deadline is a day: the instant is then 00:00 after that day.

    Raises:
        CalendarError: it lies beyond the calendar.
        ValueError: `base` has no offset.
    """
    base = as_utc(base)
    if not deadline.real:
        return _later(base, reminders[deadline.unit]), None
    if deadline.unit == "hours":
        return _later(base, deadline.amount), None
    last = _last_day(deadline, local_day(base, zone), calendar)
    if deadline.moves:
        last = calendar.next_working_day(last)
    return end_of_day(last, zone), last


def _last_day(deadline: Deadline, first: date, calendar: Calendar) -> date:
    match deadline.unit:
        case "working days":
            return calendar.add_working_days(first, deadline.amount)
        case "months":
            return add_months(first, deadline.amount)
        case "weeks":
            return add_days(first, 7 * deadline.amount)
        case _:
            return add_days(first, deadline.amount)


def _later(base: datetime, hours: int) -> datetime:
    try:
        later = base + timedelta(hours=hours)
    except OverflowError:
        raise CalendarError(f"{hours} timmar är längre än kalendern räcker. Rätta fristen.") from None
    within(later.date())
    return later
