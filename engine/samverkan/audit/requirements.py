"""Whether a plan's requirements are met: by one measure, and in one case at one instant (semantics §9).

A requirement is in force on the days on which one of its clauses is cited. It applies to a subject where its conditions are true,
and is met by a decision that is due, done or declined, asks at least as much, and whose recipient answers then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from samverkan.decide.answer import Answer, Decision
from samverkan.decide.deciding import decide
from samverkan.decide.events import Event
from samverkan.decide.groups import FALSE, TRUE
from samverkan.decide.judging import Judge, When
from samverkan.decide.knowledge import NOTHING_DELIVERED, deliver, known
from samverkan.decide.world import World
from samverkan.directory.times import local_day, zone_named
from samverkan.plan.deadlines import stricter
from samverkan.plan.model import PERSON, Measure, Plan, Requirement

Standing = Literal["met", "unmet", "undetermined"]
_STRENGTHS = ("may", "should", "must")
_MEETING = ("due", "done", "declined")


@dataclass(frozen=True, slots=True, order=True)
class Judged:
    """A requirement and one subject that it is about. `by`: the measures (`rule/measure`) that meet it; empty unless it is met."""

    requirement: str
    subject: str
    standing: Standing
    by: tuple[str, ...] = ()


def in_force(plan: Plan, requirement: Requirement, day: date) -> bool:
    """Whether some clause of the requirement is cited on that day."""
    return any(plan.clauses[clause].cited(day) is not None for clause in requirement.because)


def meets(plan: Plan, measure: Measure, requirement: Requirement) -> bool:
    """Whether the measure, once due, asks at least what the requirement asks: strength, kind, object, what is told, and when."""
    if (measure.kind, measure.object) != (requirement.kind, requirement.object):
        return False
    if _STRENGTHS.index(measure.strength) < _STRENGTHS.index(requirement.strength):
        return False
    if requirement.telling is not None and measure.telling not in (requirement.telling, "identity"):
        return False
    if requirement.deadline is None:
        return True
    return measure.deadline is not None and stricter(measure.deadline, requirement.deadline, plan.reminders)


def requirements_of(plan: Plan, events: Iterable[Event], as_of: datetime, answer: Answer | None = None) -> tuple[Judged, ...]:
    """How each requirement stands for each subject of a case that it may apply to; sorted.

    Args:
        plan: whose requirements.
        events: every event of the case, as `decide` takes them.
        as_of: the instant, aware.
        answer: what `decide` says of them at that instant, where that is known already.

    Returns: one entry for each requirement in force and each subject for which its conditions are not false.

    Raises:
        EventError: an id and revision come twice with different content.
    """
    told = tuple(events)
    said = answer if answer is not None else decide(plan, told, as_of)
    judge = Judge(World(plan, known(deliver(NOTHING_DELIVERED, told), as_of)))
    day = local_day(as_of, zone_named(plan.timezone))
    found = [
        _judged(plan, requirement, subject, said, verdict)
        for requirement in plan.requirements.values()
        if in_force(plan, requirement, day)
        for subject in _subjects(judge, requirement, as_of)
        if (verdict := judge.condition(requirement.when, subject, When(as_of, as_of, as_of))) != FALSE
    ]
    return tuple(sorted(found))


def _subjects(judge: Judge, requirement: Requirement, at: datetime) -> list[str]:
    world = judge.world
    those = [s for s, sort in world.sorts.items() if sort == requirement.of and world.canonical(s) == s and world.exists(s, at)]
    if requirement.of == PERSON and requirement.role is not None:
        return [s for s in those if world.people.has_role(s, requirement.role, at)]
    return those


def _judged(plan: Plan, requirement: Requirement, subject: str, answer: Answer, verdict: int) -> Judged:
    if verdict != TRUE:
        return Judged(requirement.id, subject, "undetermined")
    by = {
        f"{decision.id.rule}/{decision.id.measure}"
        for decision in answer.decisions
        if decision.status in _MEETING and _is_about(decision, subject, requirement) and _asks(plan, decision, requirement)
    }
    return Judged(requirement.id, subject, "met" if by else "unmet", tuple(sorted(by)))


def _is_about(decision: Decision, subject: str, requirement: Requirement) -> bool:
    if requirement.of == PERSON:
        return decision.person == subject
    return subject == decision.id.subject or subject in decision.grounds


def _asks(plan: Plan, decision: Decision, requirement: Requirement) -> bool:
    rule = plan.rules.get(decision.id.rule)
    measure = rule.measure(decision.id.measure) if rule is not None else None
    return measure is not None and meets(plan, measure, requirement) and _answers(decision, requirement)


def _answers(decision: Decision, requirement: Requirement) -> bool:
    """Whether there is somebody to turn to, now where it has to be at once."""
    if decision.recipient is None or decision.status != "due":
        return True
    at_once = requirement.deadline is not None and requirement.deadline.unit == "at once"
    return decision.recipient.open if at_once else decision.recipient.unit is not None
