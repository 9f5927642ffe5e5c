"""The living case as it grows: an event fired, news of the past, an event delivered late, and the memory that a case holds."""

from __future__ import annotations

import gc
import pickle
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
PERSONS_IN_MEMORY = 3
AT_EVENTS = 200
"""The size of the case that the goals are for."""
FIRES = ("fire", "news of the past", "delivered late")
ANSWERED = "fire, and read the whole answer"
TOLD = "fire, and read the ledger"
READING = {ANSWERED: "answer", TOLD: "entries"}
"""What is worked out only when it is asked for, and is measured with it."""
TOO_SLOW = 2.0
"""Seconds that a single firing may take before larger cases are left out."""
BUDGET, LEAST_FIRES = 3.0, 5
"""After that many seconds no more events of a kind are fired, if there were that many. Memory has ten times as long."""


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

    What is measured is what the caller gets at once: the event admitted, and every decision that it changed, explained. The whole
    answer, and what was written into the ledger, are worked out when they are asked for: the same events once more with each
    (`ANSWERED`, `TOLD`).

    `fire`: events one after the other, each the newest. `news of the past`: known now, but it happened when a tenth of the case's
    events had; what it establishes reaches back. `delivered late`: it was also known then, so all that was shown since is decided
    anew.
    """
    events = neutral_events(plan, count + 3 * fires, PERSONS)
    earlier = events[:count]
    case = Case.replay(plan, earlier)
    tick("growth of a case")
    at, now = earlier[count // 10].at, earlier[-1].known_at
    come = {
        FIRES[0]: events[count : count + fires],
        FIRES[1]: [replace(one, type="found", at=at, known_at=now) for one in events[count + fires : count + 2 * fires]],
        FIRES[2]: [replace(one, type="found", at=at, known_at=at) for one in events[count + 2 * fires :]],
    }
    come[ANSWERED] = come[TOLD] = come[FIRES[0]]
    assert case.ledger  # as of a case that was told event by event
    found = {}
    for name, those in come.items():
        taken: list[float] = []
        grown = case
        for event in those:
            after = _fire(grown, event, taken, READING.get(name))
            grown = after if name in (FIRES[0], *READING) else case
            if sum(taken) > BUDGET and len(taken) >= LEAST_FIRES:
                break
        found[name] = spread(taken)
        tick("growth of a case")
    return found


def _fire(case: Case, event: Event, taken: list[float], reading: str | None) -> Case:
    gc.collect()
    gc.disable()
    begun = time.process_time()
    outcome = case.fire(event)
    if reading is not None:
        assert getattr(outcome, reading)
    taken.append(time.process_time() - begun)
    gc.enable()
    return outcome.case


def memory(sizes: Sizes, tick: Tick) -> dict[str, Any]:
    """What a case holds (tracemalloc), its events included and the shared plan not: 20 events and 3 persons, then more events."""
    plan = neutral_plan(RULES)
    counts = sorted({20, *(count for count in sizes.events if count > 20)})
    # As from outside: each event is made while it is counted, from bytes that aren't.
    told = [pickle.dumps(event) for event in neutral_events(plan, counts[-1], PERSONS_IN_MEMORY)]
    _grow(Case(plan), told[:20])  # what all cases share is made
    held = []
    gc.collect()
    tracemalloc.start()
    try:
        case, begun = Case(plan), time.process_time()
        for count in counts:
            case = _grow(case, told[len(case.events) : count])
            gc.collect()
            held.append({"events": count, "kb": rounded(tracemalloc.get_traced_memory()[0] / 1000)})
            tick("memory")
            if time.process_time() - begun > 10 * BUDGET:
                break
    finally:
        tracemalloc.stop()
    small, large = held[0], held[-1]
    further = (large["kb"] - small["kb"]) / max(1, large["events"] - small["events"])
    return {"persons": PERSONS_IN_MEMORY, "cases": held, "further_event_kb": rounded(further)}


def _grow(case: Case, told: Sequence[bytes]) -> Case:
    for one in told:
        case = case.fire(pickle.loads(one)).case
    return case
