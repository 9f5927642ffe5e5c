"""Deadlines and reminder times as a plan writes them: `at once`, `24 hours`, `14 days after report_received`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from samverkan.plan.errors import Problems
from samverkan.plan.model import Deadline
from samverkan.plan.spelling import suggestion
from samverkan.plan.yaml_nodes import Node

Unit = Literal["at once", "promptly", "hours", "days", "working days", "weeks", "months"]

UNITS: dict[str, Unit] = {
    "hour": "hours",
    "hours": "hours",
    "day": "days",
    "days": "days",
    "working day": "working days",
    "working days": "working days",
    "week": "weeks",
    "weeks": "weeks",
    "month": "months",
    "months": "months",
}
FORMS = "at once, promptly, 24 hours, 14 days, 5 working days, 2 weeks eller 4 months"
PATTERN = (
    r"^(at once|promptly|[1-9][0-9]{0,3} (hours?|days?|working days?|weeks?|months?)( after [a-z0-9_-]+)?( or next working day)?)$"
)
_REAL = re.compile(r"([1-9][0-9]{0,3}) ([a-zåäö]+|working days?)(?: after ([^ ]+))?( or next working day)?")
_SWEDISH = {"timme": "hour", "timmar": "hours", "dag": "day", "dagar": "days", "vecka": "week", "veckor": "weeks",
            "månad": "month", "månader": "months", "arbetsdag": "working day", "arbetsdagar": "working days"}  # fmt: skip
_HOURS = {"hours": 1, "days": 24}


def read_deadline(node: Node, problems: Problems) -> Deadline | None:
    """The deadline that a text says, or None with an error. Whether `after` names a declared event is for the caller."""
    text = " ".join(node.value().split())
    if text == "at once":
        return Deadline("at once", text=text)
    if text == "promptly":
        return Deadline("promptly", text=text)
    match = _REAL.fullmatch(text)
    if match is None:
        near = suggestion(text, ("at once", "promptly"))
        problems.error(node.at, "deadline", f"tiden '{text}' går inte att läsa.{near} Skriv till exempel {FORMS}.")
        return None
    amount, unit, after, moves = match.groups()
    if unit not in UNITS:
        near = suggestion(_SWEDISH.get(unit, unit), UNITS)
        problems.error(node.at, "deadline", f"okänd tidsenhet '{unit}'.{near} Skriv till exempel {FORMS}.")
        return None
    if moves and UNITS[unit] in ("hours", "working days"):
        text = f"'or next working day' passar inte ihop med {unit}. Det gäller dagar, veckor och månader."
        problems.error(node.at, "deadline", text)
        return None
    return Deadline(UNITS[unit], int(amount), after, moves is not None, text)


def read_reminder(node: Node, problems: Problems) -> int:
    """A reminder time in whole hours (`1 hour`, `2 days`); 1 with an error where it can't be read."""
    match = re.fullmatch(r"([1-9][0-9]{0,3}) (hours?|days?)", " ".join(node.value().split()))
    if match is None:
        text = f"påminnelsetiden '{node.value()}' går inte att läsa. Skriv hela timmar eller dagar: 1 hour, 24 hours, 2 days."
        problems.error(node.at, "deadline", text)
        return 1
    return int(match.group(1)) * _HOURS[UNITS[match.group(2)]]


def bounds(deadline: Deadline, reminders: Mapping[str, int]) -> tuple[int, int]:
    """The shortest and the longest time, in hours, that a deadline can mean; for telling which of two is stricter.

    A day counted from the morning is longer than one from the evening; a holiday stretches working days.
    """
    amount = deadline.amount
    low, high = {
        "at once": (0, 0),
        "promptly": (reminders["promptly"], reminders["promptly"]),
        "hours": (amount, amount),
        "days": (24 * amount, 24 * amount + 24),
        "working days": (24 * amount, 24 * (2 * amount + 6)),
        "weeks": (168 * amount, 168 * amount + 24),
        "months": (24 * 28 * amount, 24 * 31 * amount + 24),
    }[deadline.unit]
    return low, high + (24 * 6 if deadline.moves else 0)


def stricter(new: Deadline, old: Deadline | None, reminders: Mapping[str, int]) -> bool:
    """Whether `new` never leaves more time than `old` did."""
    if old is None:
        return True
    if new.after != old.after:
        return False
    if new.unit == old.unit:
        return new.amount <= old.amount and (old.moves or not new.moves)
    return bounds(new, reminders)[1] <= bounds(old, reminders)[0]
