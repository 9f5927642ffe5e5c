"""When people are to be reminded, as data and as a calendar file (iCalendar, RFC 5545) for whatever calendar they use.

Nobody is named: persons have their designations, and the case is called by what its host calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samverkan.case.closing import goes_on
from samverkan.case.deeds import MODALS, capital, deed, function
from samverkan.case.said import check_text
from samverkan.decide.answer import Answer, DecisionId
from samverkan.decide.instants import check_time
from samverkan.plan.model import Plan
from samverkan.plan.plain import Plain

_MORNING = timedelta(hours=8)
"""When one is reminded of what is to be done during a day."""

_REAL = "Det ska vara gjort senast då."
_REMINDS = "Det ska göras genast eller skyndsamt, och det här är planens påminnelse."


class CalendarLibraryError(RuntimeError):
    """The library that writes calendar files isn't installed."""

    def __init__(self) -> None:
        super().__init__("För en kalenderfil behövs tillägget calendar. Installera det: pip install 'samverkan[calendar]'")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reminder(Plain):
    """One time at which something is to have been done.

    Attributes:
        decision: the decision; None for a measure that people added.
        own: the id of such a measure.
        at: the instant.
        day: the last local day, where the time is a day.
        real: whether it is a deadline, else only a reminder.
        overdue: whether it has been.
        bearer: the function that is to do it.
        summary: what is to be done, and by which function, in Swedish.
    """

    decision: DecisionId | None
    own: str | None
    at: datetime
    day: date | None
    real: bool
    overdue: bool
    bearer: str
    summary: str

    def uid(self, case_ref: str) -> str:
        """A globally unique name that stays the same however often it is made, and tells nothing."""
        from hashlib import sha256

        key = self.decision if self.decision is not None else ("", self.own or "")
        named = sha256("\n".join((case_ref, *key)).encode()).hexdigest()
        return f"{named[:40]}@samverkan"


def reminders_of(plan: Plan, answer: Answer) -> tuple[Reminder, ...]:
    """The times of everything that is to be done, the earliest first. What may be done, or is in force, has none."""
    return tuple(sorted(_reminders(plan, answer), key=lambda one: (one.at, one.summary, one.decision or ("",) * 5, one.own or "")))


def _reminders(plan: Plan, answer: Answer) -> Iterator[Reminder]:
    for one in answer.decisions:
        due = one.deadline
        if one.status != "due" or one.strength == "may" or goes_on(one) or due is None or due.at is None:
            continue
        bearer = capital(function(plan, one.id.bearer))
        summary = f"{bearer} {MODALS[one.strength]} {deed(plan, one)}"
        yield Reminder(one.id, None, due.at, due.day, due.real, "overdue" in one.flags, one.id.bearer, summary)
    for own in answer.own:
        if own.status == "due" and own.strength != "may" and own.due is not None:
            summary = f"{capital(function(plan, own.bearer))} {MODALS[own.strength]}: {own.text} (egen åtgärd)"
            yield Reminder(None, own.id, own.due, own.day, True, "overdue" in own.flags, own.bearer, summary)


def reminders_to_ics(reminders: Iterable[Reminder], case_ref: str, made_at: datetime) -> bytes:
    """The reminders as an iCalendar file: an event for each, with an alarm.

    Args:
        reminders: from `Case.reminders`.
        case_ref: what the host calls the case; a designation, never a person. It makes the names of events unique.
        made_at: when the file is made, aware.

    Returns: the bytes; the same for the same arguments.

    Raises:
        CalendarLibraryError: the extra `calendar` isn't installed.
        EventError: `case_ref` is empty or holds personal data, or `made_at` has no zone.
    """
    try:
        from icalendar import Alarm, Calendar, Event
    except ImportError:
        raise CalendarLibraryError from None
    ref = check_text("case_ref", case_ref, 100)
    check_time(made_at)
    calendar = Calendar()
    calendar.add("prodid", "-//samverkan//paminnelser 1//SV")
    calendar.add("version", "2.0")
    for one in reminders:
        event, alarm = Event(), Alarm()
        event.add("uid", one.uid(ref))
        event.add("dtstamp", made_at)
        event.add("dtstart", one.day if one.day is not None else one.at)
        event.add("summary", one.summary)
        event.add("description", f"Ärende {ref}. {_REAL if one.real else _REMINDS}")
        event.add("class", "CONFIDENTIAL")
        event.add("transp", "TRANSPARENT")
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.summary)
        alarm.add("trigger", _MORNING if one.day is not None else timedelta())
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
