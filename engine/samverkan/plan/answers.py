"""The words of the language for an answer to a question: the reserved event type, and what can be said instead of a value.

An answer with a value is told by an event type of the plan where one can, else by the reserved type `svar`, which establishes
one fact. An answer without a value is always told by it, says nothing of the fact, and is kept so that nobody is asked twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from weakref import WeakKeyDictionary

from samverkan.plan.model import UNKNOWN, EventType, Plan, Says

ANSWER = "svar"
"""The reserved event type of an answer; no plan may declare it."""

NOT_KNOWN, NOT_TOLD, NOT_APPLICABLE = "vet_inte", "vill_inte_svara", "ej_tillampligt"
NO_VALUE: Mapping[str, str] = MappingProxyType(
    {NOT_KNOWN: "vet inte", NOT_TOLD: "vill inte svara", NOT_APPLICABLE: "ej tillämpligt"}
)
"""The answers without a value, each with its label; no fact may have them as values."""

ASKED_OF: Mapping[str, str] = MappingProxyType({"file": "akten", "colleague": "en kollega", "person": "personen själv"})
"""Whom a question may be put to, the least intrusive first, each with its label."""

MOST_SENSITIVE = 3
"""The highest rank of how sensitive a question is; 0 is the lowest."""


def kind_of(plan: Plan, event_type: str | None, facts: tuple[tuple[str, str], ...]) -> EventType:
    """What an event of this type is: the plan's own, or the reserved one, about the sort that its fact belongs to.

    Raises:
        KeyError: the plan has no such type, or no such fact.
    """
    found = plan.events.get(event_type or "")
    return found if found is not None else _answers(plan)[plan.facts[facts[0][0]].of if facts else ""]


_ANSWERS: WeakKeyDictionary[Plan, Mapping[str, EventType]] = WeakKeyDictionary()


def _answers(plan: Plan) -> Mapping[str, EventType]:
    """Sort of subject → the type of answers about it; worked out once for a plan."""
    found = _ANSWERS.get(plan)
    if found is None:
        sorts = dict.fromkeys(fact.of for fact in plan.facts.values())
        found = _ANSWERS[plan] = {sort: EventType(ANSWER, "svar på en fråga", sort, None, says=_says(plan, sort)) for sort in sorts}
    return found


def _says(plan: Plan, sort: str) -> tuple[Says, ...]:
    return tuple(
        Says("establishes", None, fact.id, (*fact.values, *NO_VALUE)) for fact in plan.facts.values() if fact.of == sort
    )


def says_nothing(value: str) -> bool:
    """Whether a stated value says nothing of its fact: it isn't known, or the answer has no value."""
    return value == UNKNOWN or value in NO_VALUE
