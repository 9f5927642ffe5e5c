"""What it costs to ask: `Case.questions` in every state of the scenarios, and in random stories under the county's plan."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.benchmarks.matching import Tick
from tests.benchmarks.measuring import spread
from tests.benchmarks.sizes import Sizes

from samverkan.case.case import Case
from samverkan.decide.events import About, Event
from samverkan.exercise.scenario_files import outlines, read_scenario
from samverkan.plan.loading import load_plan
from samverkan.plan.model import PERSON, EventType, Plan
from samverkan.plan.places import shipped

PERSONS = 6
EVENTS = 14
BEGUN = datetime(2026, 5, 12, 19, tzinfo=UTC)


def asking(sizes: Sizes, tick: Tick) -> dict[str, Any]:
    """The time that the questions take, and how many there are."""
    plan = load_plan("vastmanland")
    found: dict[str, Any] = {}
    for name, cases in (("scenarios", _told(plan, sizes.scenarios)), ("random stories", random_stories(plan, sizes.stories))):
        taken, most = [], 0
        for case in cases:
            gc.collect()
            gc.disable()
            begun = time.process_time()
            questions = case.questions()
            taken.append(time.process_time() - begun)
            gc.enable()
            most = max(most, len(questions))
        found[name] = {"states": len(taken), "most": most, **spread(taken), "max_ms": round(max(taken) * 1e3, 2)}
        tick("questions")
    return found


def _told(plan: Plan, most: int) -> Iterator[Case]:
    """Every state of the scenarios, as it is after each of their events."""
    for outline in outlines(shipped("scenarios"))[:most]:
        case = Case(plan)
        for step in read_scenario(plan, outline).steps:
            for event in step.events:
                case = case.fire(event, strict=False).case
                yield case


def random_stories(plan: Plan, count: int) -> Iterator[Case]:
    """Cases of a handful of persons who have to do with each other, of whom little is known: what asks for most."""
    for seed in range(count):
        yield random_story(plan, seed)


def random_story(plan: Plan, seed: int) -> Case:
    """The case of a seed."""
    chance = random.Random(seed)
    events: list[Event] = []

    def add(kind: EventType, about: About) -> None:
        at = BEGUN + timedelta(minutes=7 * len(events))
        said = [
            (one.path, chance.choice(one.values or tuple(plan.facts[one.fact].values)))
            for one in kind.says if chance.random() < share
        ]  # fmt: skip
        events.append(Event(f"e{len(events)}", at, at, type=kind.id, about=about, facts=tuple(said)))

    share = chance.choice((0.0, 0.1, 0.3))
    kinds = list(plan.events.values())
    met = [kind for kind in kinds if kind.introduces and kind.about == PERSON and kind.role is None]
    persons = [f"P{number}" for number in range(1, chance.randint(1, PERSONS) + 1)]
    for person in persons:
        add(chance.choice(met), About(person, PERSON, chance.choice(list(plan.roles))))
    for sort, relation in plan.relations.items():
        for number in range(chance.randint(0, len(persons))):
            ends = tuple(chance.choice([*persons, None]) for _ in relation.ends)
            introducing = [kind for kind in kinds if kind.introduces and kind.about == sort]
            if introducing and len(set(ends)) == len(ends):
                add(chance.choice(introducing), About(f"{sort}{number}", sort, ends=ends))
    plain = [
        kind for kind in kinds
        if kind.about == PERSON and kind.role is None and not (kind.introduces or kind.begins or kind.ends_role or kind.consent)
    ]  # fmt: skip
    for _ in range(chance.randint(0, EVENTS)):
        add(chance.choice(plain), About(chance.choice(persons)))
    return Case.replay(plan, events)
