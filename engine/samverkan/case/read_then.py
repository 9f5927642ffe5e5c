"""Whom the events of a case are read as being about: now, and when they were handed over to another county (semantics 8.d)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from samverkan.case.log import HandedOver
from samverkan.decide.events import Event
from samverkan.decide.islands import Islands
from samverkan.decide.world import World

if TYPE_CHECKING:
    from samverkan.case.case import Case


def read_as(event: Event, known: Mapping[str, World]) -> tuple[str, ...]:
    """Whom and what an event is about, those at its ends too, as they are read in these worlds."""
    about = event.about
    named = (about.subject, *(end for end in about.ends if end is not None)) if about is not None else ()
    return tuple(known[name].canonical(name) if name in known else name for name in named)


def read_then(case: Case, steps: Sequence[HandedOver]) -> dict[str, tuple[str, ...]]:
    """Event → whom and what it was about as it was read when it was handed over in one of these steps."""
    found: dict[str, tuple[str, ...]] = {}
    for step in steps:
        then = case.of_log(case._first, islice(case.log, case.log.index(step)))
        then_known, told = worlds(then._islands, step.at), {(event, revision) for event, revision, _ in step.events}
        for event in (event for part in then._islands.parts.values() for event in part.events()):
            if (event.id, event.revision) in told:
                found[event.id] = read_as(event, then_known)
    return found


def worlds(islands: Islands, at: datetime) -> dict[str, World]:
    """Every subject that is named in a case → what is known of it and those that are joined to it."""
    found: dict[str, World] = {}
    for part in islands.parts.values():
        world = part.come_to(at).judge.world
        for event in part.events():
            if event.about is not None:
                found.update(dict.fromkeys((event.about.subject, *(e for e in event.about.ends if e is not None)), world))
            if event.same_as is not None:
                found[event.same_as] = world
    return found
