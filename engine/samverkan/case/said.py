"""What people write or name when they do something to a case: checked as the texts of events are, before it is kept."""

from __future__ import annotations

from datetime import UTC, datetime

from samverkan.decide.admission import LONGEST_TEXT, check_length, check_personal
from samverkan.decide.errors import EventError
from samverkan.decide.instants import check_time
from samverkan.decide.naming import nearest, quoted
from samverkan.plan.model import Plan

LONGEST_TITLE = 200


def check_text(name: str, text: str, longest: int = LONGEST_TEXT) -> str:
    """The text, without space around it. `name`: what the field is called in an error.

    Raises:
        EventError: it is empty, too long, or holds control characters or personal data, which the error doesn't repeat.
    """
    said = text.strip()
    if not said:
        raise EventError(f"Fältet {name} är tomt. Skriv varför, eller vad som ska göras, i en mening.")
    check_length(name, said, longest)
    check_personal(name, said)
    if any(not letter.isprintable() and letter != "\n" for letter in said):
        raise EventError(f"Fältet {name} innehåller styrtecken. Skriv om texten.")
    return said


def check_function(plan: Plan, name: str, function: str) -> str:
    """A function of the plan: who does or did it is never a named person. Raises EventError for another word."""
    if function not in plan.functions:
        raise EventError(
            f"Okänd funktion {quoted(function)} i fältet {name}{nearest(function, plan.functions)} "
            "Ange en funktion i planen, aldrig en person."
        )
    return function


def check_by(plan: Plan, by: str | None) -> str | None:
    """Who did it, a function of the plan, or None where that isn't said. Raises EventError."""
    return check_function(plan, "by", by) if by is not None else None


def check_instant(at: datetime, now: datetime | None) -> datetime:
    """An instant at which something is done to a case that has come to `now`, in UTC.

    Raises:
        EventError: it has no zone, lies outside 1900–2199, or before what was done last.
    """
    instant = check_time(at).astimezone(UTC)
    if now is not None and instant < now:
        raise EventError(
            f"Tiden {at.isoformat()} ligger före det senaste som har hänt med ärendet ({now.isoformat()}). Liggaren går bara "
            "framåt: ange när ärendet fick veta det. När något hände (at) och blev känt (known_at) får ligga tidigare."
        )
    return instant
