"""Which events are behind a change of a decision: those near it that began or ceased to count at that instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from samverkan.decide.events import Event
from samverkan.decide.knowledge import counting
from samverkan.decide.records import Record
from samverkan.decide.world import World


def events_behind(
    delivered: Mapping[str, tuple[Event, ...]], world: World, record: Record, instant: datetime
) -> tuple[str, ...]:
    """The ids of the events that began or ceased to count at an instant, or then in another revision, near the decision.

    Args:
        delivered: event id → its revisions.
        world: what is known.
        record: the decision.
    """
    before = instant - timedelta.resolution
    near = _near(world, record)
    return tuple(
        sorted(
            event_id
            for event_id, given in delivered.items()
            if counting(given, instant) != counting(given, before) and any(_concerns(world, event, near) for event in given)
        )
    )


def _near(world: World, record: Record) -> set[str]:
    """The decision's subject, its grounds, whoever stands at their ends, and the relations of all these."""
    near = {record.id.subject, *(world.canonical(g) for g in record.grounds)}
    near |= {p for g in near if g in world.relations for p in world.relations[g].ends.values() if p is not None}
    return near | {r.id for r in world.relations.values() if near & {p for p in r.ends.values() if p is not None}}


def _concerns(world: World, event: Event, near: set[str]) -> bool:
    """Whether an event, or a mark, is about one of these subjects."""
    named = [event.mark.subject] if event.mark is not None else []
    named += [event.about.subject, *(p for p in event.about.ends if p is not None)] if event.about is not None else []
    return any(world.canonical(subject) in near for subject in named)
