"""The living case as it grows: an event fired, news of the past, an event delivered late, and the memory that a case holds."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.benchmarks.matching import RULES, Tick
from tests.benchmarks.measuring import rounded, spread
from tests.benchmarks.neutral import neutral_events, neutral_plan
from tests.benchmarks.sizes import Sizes

from samverkan.case.case import Case
from samverkan.decide.events import Event
from samverkan.plan.model import Plan

PERSONS = 6
AT_EVENTS = 200
"""The size of the case that the goals are for."""
FIRES = ("fire", "news of the past", "delivered late")
TOO_SLOW = 2.0
"""Seconds that a single firing may take before larger cases are left out."""


def growth(sizes: Sizes, tick: Tick) -> list[dict[str, Any]]:
    """Firing at cases of more and more events about six persons, on the neutral plan of 100 rules."""
    plan = neutral_plan(RULES)
    found: list[dict[str, Any]] = []
    for count in sizes.events:
        found.append({"events": count, "persons": PERSONS, **fired(plan, count, sizes.fires, tick)})
        if any(found[-1][name]["p50_ms"] > TOO_SLOW * 1e3 for name in FIRES):
            break
    return found


def fired(plan: Plan, count: int, fires: int, tick: Tick) -> dict[str, dict[str, float]]:
    """Three ways in which an event comes to a case with that many earlier events, each measured on events of its own.

    `fire`: events one after the other, each the newest. `news of the past`: known now, but it happened when a tenth of the case's
    events had; what it establishes reaches back. `delivered late`: it was also known then, so all that was shown since is decided
    anew.
    """
    events = neutral_events(plan, count + 3 * fires, PERSONS)
    earlier, newest, more = events[:count], events[count : count + fires], events[count + fires :]
    case = Case.replay(plan, earlier)
    tick("growth of a case")
    taken: dict[str, list[float]] = {name: [] for name in FIRES}
    at = earlier[count // 10].at
    grown = case
    for one in newest:
        grown = _fire(grown, one, taken["fire"])
    tick("growth of a case")
    for one in more[:fires]:
        told = earlier[-1].known_at
        _fire(case, replace(one, type="found", at=at, known_at=told), taken["news of the past"])
    tick("growth of a case")
    late = more[fires:] if sum(taken["fire"]) / fires < 0.005 else more[fires : fires + 5]
    for one in late:
        _fire(case, replace(one, type="found", at=at, known_at=at), taken["delivered late"])
    tick("growth of a case")
    return {name: spread(seconds) for name, seconds in taken.items()}


def _fire(case: Case, event: Event, taken: list[float]) -> Case:
    gc.collect()
    gc.disable()
    begun = time.process_time()
    outcome = case.fire(event)
    taken.append(time.process_time() - begun)
    gc.enable()
    return outcome.case


def memory(sizes: Sizes, tick: Tick) -> dict[str, Any]:
    """What a case holds (tracemalloc), its events included and the shared plan not: 20 events and 3 persons, then more events."""
    plan = neutral_plan(RULES)
    counts = sorted({20, *(count for count in sizes.events if count > 20)})
    events = neutral_events(plan, counts[-1], 3)
    _grown(plan, events)  # what is shared by all cases is made
    held = []
    for count in counts:
        held.append({"events": count, "kb": rounded(_held(plan, count) / 1000)})
        tick("memory")
    small, large = held[0], held[-1]
    further = (large["kb"] - small["kb"]) / (large["events"] - small["events"]) if len(held) > 1 else 0.0
    return {"persons": 3, "cases": held, "further_event_kb": rounded(further)}


def _held(plan: Plan, count: int) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        case = _grown(plan, neutral_events(plan, count, 3))
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        assert len(case.events) == count
        return held
    finally:
        tracemalloc.stop()


def _grown(plan: Plan, events: Sequence[Event]) -> Case:
    case = Case(plan)
    for event in events:
        case = case.fire(event).case
    return case
