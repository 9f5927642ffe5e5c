"""What events of many cases have in common is kept once: thousands of events say the same few things in the plan's words."""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

from samverkan.decide.events import Event
from samverkan.plan.model import Plan

_SAID: WeakKeyDictionary[Plan, dict[tuple[str, str], tuple[str, str]]] = WeakKeyDictionary()
"""By plan: what an event can say of a fact. No more than the plan has words for, since events are checked at the door."""


def shared(plan: Plan, event: Event) -> Event:
    """An equal event, made of what other events of this plan are made of. It must be in the plan's words."""
    kind = plan.events.get(event.type or "")
    if kind is None:
        return event
    said = _SAID.setdefault(plan, {})
    return replace(event, type=kind.id, facts=tuple(said.setdefault(pair, pair) for pair in event.facts))
