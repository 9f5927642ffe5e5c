"""When a unit is open: opening hours in a zone, on weekdays, holidays and eves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from samverkan.directory.calendar import Calendar
from samverkan.directory.times import as_utc, clock_change, instants_of
from samverkan.plan.model import Hours

SEARCHED_DAYS = 400
"""How far ahead the next opening is looked for."""

Windows = tuple[tuple[int, int], ...]
"""When somebody is there in a day, in minutes from midnight: from the first, up to but not including the second."""

WHOLE_DAY: Windows = ((0, 1440),)


class OpeningHours:
    """Declared hours made ready for a zone and a calendar. The same question always gets the same answer.

    Attributes:
        hours: as the plan declares them.
        never: whether there is no window at all, so that it is open only on call.
    """

    __slots__ = ("_always", "_calendar", "_days", "_zone", "hours", "never")

    def __init__(self, hours: Hours, zone: ZoneInfo, calendar: Calendar) -> None:
        self.hours = hours
        self._zone = zone
        self._calendar = calendar
        self._days: dict[date, Windows] = {}  # as they are asked for: an answer costs a look-up
        self._always = hours.always
        self.never = not any(hours.days) and not hours.holidays and not hours.eves

    def windows(self, day: date) -> Windows:
        """The windows of the local day: a public holiday's, else an eve's where it has its own, else the weekday's."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._windows(day)
        return found

    def _windows(self, day: date) -> Windows:
        if self._calendar.is_holiday(day):
            return self.hours.holidays
        if self.hours.eves is not None and self._calendar.is_eve(day):
            return self.hours.eves
        return self.hours.days[day.weekday()]

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at the instant `at`."""
        return self.is_open_locally(as_utc(at).astimezone(self._zone))

    def is_open_locally(self, local: datetime) -> bool:
        """As `is_open`, for an instant that already is expressed in the zone."""
        if self._always:
            return True
        if self.never:
            return False
        minute = local.hour * 60 + local.minute
        return any(start <= minute < end for start, end in self.windows(local.date()))

    def next_opening(self, at: datetime) -> datetime | None:
        """The first instant from `at` on when it is open: `at` itself where it is, None if none comes in 400 days."""
        at = as_utc(at)
        local = at.astimezone(self._zone)
        if self.is_open_locally(local):
            return at
        if self.never:
            return None
        for days in range(SEARCHED_DAYS + 1):
            openings = self._openings(local.date() + timedelta(days=days))
            first = min((opening for opening in openings if opening > at), default=None)
            if first is not None:
                return first
        return None

    def _openings(self, day: date) -> list[datetime]:
        """Every instant of the day at which an open stretch may begin, and is open."""
        windows = self.windows(day)
        if not windows:
            return []
        instants = [instant for start, end in windows if start < end for instant in instants_of(day, start, self._zone)]
        # Where the clock is moved it jumps into the middle of a window, or back into one that has been.
        change = clock_change(day, self._zone)
        if change is not None and self.is_open(change):
            instants.append(change)
        return instants
