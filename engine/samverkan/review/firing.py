"""Which rules a story shows, and about whom: one replay of all its events, without judging what each step expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from samverkan.case.case import Case
from samverkan.decide.answer import Answer, Decision, Subject
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.prepared import CONSENT_RULE
from samverkan.plan.model import Plan

Fired = tuple[str, str]
"""A rule and the subject that it was shown about."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a story has shown by its end. `fired`: its decisions by rule and subject; `odd`: what can't be so in it (an event
    about nobody, facts that can't all be true)."""

    fired: Mapping[Fired, tuple[Decision, ...]]
    subjects: Mapping[str, Subject]
    odd: frozenset[tuple[str, str]]


def shown(plan: Plan, events: Iterable[Event], until: datetime) -> Shown | None:
    """What these events show until an instant, or None where they can't be said in the plan's words.

    Args:
        plan: the plan.
        events: what happens, in whatever order.
        until: the end of the story.
    """
    try:
        answer = Case.replay(plan, events).decisions(until)
    except EventError:
        return None
    return _shown(answer)


def _shown(answer: Answer) -> Shown:
    fired: dict[Fired, list[Decision]] = {}
    for decision in answer.decisions:
        if decision.id.rule != CONSENT_RULE:
            fired.setdefault((decision.id.rule, decision.id.subject), []).append(decision)
    odd = frozenset((q.kind, q.subject) for q in answer.questions if q.kind in ("hanging", "impossible"))
    return Shown(
        {key: tuple(found) for key, found in fired.items()}, {subject.id: subject for subject in answer.subjects}, odd
    )
