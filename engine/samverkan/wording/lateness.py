"""What a reader is told of lateness and endings: nothing is late in its very minute, and what lapsed did so in one of five ways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from samverkan.decide.answer import Decision
from samverkan.plan.model import CASE, OPERATION, Plan

Ending = Literal["ended", "missed", "needless", "not_in_force", "no_longer"]
"""`ended`: went on until its operation was over. `missed`: its time had passed undone. `not_in_force`: a prohibition
that no longer holds. `no_longer`: an option that is no longer open, perhaps since it was used. `needless`: the rest."""

ENDINGS: tuple[Ending, ...] = ("missed", "ended", "needless", "not_in_force", "no_longer")


def told_flags(decision: Decision, as_of: datetime) -> tuple[str, ...]:
    """The flags as they are told at `as_of`: a deadline given as 22.20 is kept at 22.20, so lateness is told after it."""
    due = decision.deadline
    if due is not None and due.at is not None and due.at.astimezone(UTC) >= as_of.astimezone(UTC):
        return tuple(flag for flag in decision.flags if flag != "overdue")
    return decision.flags


def ending(plan: Plan, decision: Decision) -> Ending:
    """In which way a decision lapsed."""
    rule = plan.rules.get(decision.id.rule)
    if decision.continuing:
        return "ended"
    if decision.kind == "refrain":
        return "not_in_force"
    if decision.strength == "may":
        return "ended" if rule is not None and rule.of in (OPERATION, CASE) else "no_longer"
    return "missed" if decision.replaced_by is None and _missed(plan, decision) else "needless"


def _missed(plan: Plan, decision: Decision) -> bool:
    """Whether its time had passed, undone, when it lapsed. A reminder time is counted from when it was shown last."""
    if decision.passed_at is not None:
        return True
    rule = plan.rules.get(decision.id.rule)
    measure = rule.measure(decision.id.measure) if rule is not None else None
    if measure is None or measure.deadline is None or measure.allowed_consent is not None or decision.ended_at is None:
        # What waits for a consent is not missed while nobody may do it.
        return False
    hours = plan.reminders.get(measure.deadline.unit)
    return hours is not None and decision.shown.astimezone(UTC) + timedelta(hours=hours) < decision.ended_at.astimezone(UTC)
