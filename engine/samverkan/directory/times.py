"""Local days in a zone as instants. Instants are in UTC, so that comparing and adding never meets a clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from samverkan.directory.calendar import CalendarError, add_days


def zone_named(name: str) -> ZoneInfo:
    """The time zone `name` (`Europe/Stockholm`).

    Raises:
        CalendarError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CalendarError(f"Tidszonen {name} finns inte. Skriv till exempel Europe/Stockholm.") from None


def as_utc(at: datetime) -> datetime:
    """The same instant in UTC.

    Raises:
        ValueError: the time has no offset, so that it is no instant.
    """
    if at.tzinfo is None:
        raise ValueError(f"a time without an offset is no instant: {at}")
    return at.astimezone(UTC)


@lru_cache(maxsize=4096)
def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The day that it is in `zone` at the instant `at`."""
    return as_utc(at).astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the local day. Where the clock skips midnight, that is the instant of the skip."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the local day has ended: 00:00 the day after."""
    return start_of_day(add_days(day, 1), zone)


def instants_of(day: date, minute: int, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants at which the clock shows `minute` (from midnight) that day: one, two, or none in a skipped hour."""
    wall = datetime.combine(day, time(minute // 60, minute % 60), zone)
    first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if first == second:
        return (first,)
    # In a skipped hour the offset before gives the later instant, and neither of the two shows that time.
    return (first, second) if first < second else ()


def clock_change(day: date, zone: ZoneInfo) -> datetime | None:
    """The instant in the local day at which the clock is moved, or None where it isn't."""
    # The last second before each of the two midnights: a change at midnight itself belongs to the day that it begins.
    low, high = (int(midnight.timestamp()) - 1 for midnight in (start_of_day(day, zone), end_of_day(day, zone)))
    before = datetime.fromtimestamp(low, zone).utcoffset()
    if before == datetime.fromtimestamp(high, zone).utcoffset():
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
