"""Whole decisions: an explained one beside a bare evaluation by zen-engine; the county's plan on the real case."""

from __future__ import annotations

import random
from contextlib import ExitStack
from typing import Any

from tests.benchmarks.durable_worker import DurableProcess
from tests.benchmarks.explained import Explaining
from tests.benchmarks.matching import RULES, Tick, contender
from tests.benchmarks.measuring import Contender, in_turn, ratios, rounded, timed
from tests.benchmarks.peers import ZenDecision, ZenExpression, ZenTable
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.workload import Workload

from samverkan.case.case import Case
from samverkan.decide.deciding import decide
from samverkan.decide.durable import is_installed
from samverkan.decide.groups import Group, State, groups
from samverkan.decide.matching import Compiled
from samverkan.decide.prepared import prepared
from samverkan.directory.loading import load_plan
from samverkan.exercise.playing import play
from samverkan.exercise.scenario_files import read_outline, read_scenario
from samverkan.plan.places import shipped

EXPLAINED = "explained decision, compiled"
FIRED = "fired at a new case, compiled"
LIVE = "explained decision, durable-rules live"
REAL_CASE = "vasteras-hotell"


def explained(sizes: Sizes, tick: Tick) -> dict[str, Any]:
    """From one event to an answer with its reasons, on the neutral plan; and what zen takes only to say which rules hold."""
    work = Workload(RULES, sizes.states, complete=True)
    ours = Explaining(work.plan, Compiled([work.group]))
    contenders = [
        Contender(EXPLAINED, lambda _: ours.measure(sizes.decisions), fresh=True),
        Contender(FIRED, lambda _: ours.fire(sizes.decisions), fresh=True),
        *(contender(make(work)) for make in (ZenTable, ZenDecision, ZenExpression)),
    ]
    with ExitStack() as stack:
        if is_installed():
            durable = stack.enter_context(DurableProcess(RULES, 1, complete=True))
            assert ours.checksum(sizes.decisions) == durable.explained(sizes.decisions)
            contenders.append(Contender(LIVE, lambda _: durable.explain(sizes.decisions), fresh=True))
        timings = in_turn(contenders, sizes.rounds, sizes.least, lambda: tick("explained decisions"))
    against = ratios(timings, EXPLAINED)
    return {name: {**timing.as_json(), "times_explained": against[name]} for name, timing in timings.items()}


def county(sizes: Sizes, tick: Tick) -> dict[str, Any]:
    """The plan of Västmanland: each sort of subject matched, and the real case decided, replayed and played."""
    plan = load_plan("vastmanland")
    prepared(plan)
    its = groups(plan)
    matcher = Compiled(its)
    contenders = []
    for number, group in enumerate(its):
        states = [*_states(group, sizes.states)]
        name = f"{group.name}: {len(group.rules)} rules, {len(group.slots)} facts"
        contenders.append(Contender(name, lambda n, g=number, s=states: timed(lambda one: matcher.match(g, one), s, n)))  # type: ignore[misc]
    matched = in_turn(contenders, sizes.rounds, sizes.least, lambda: tick("the county's plan"))

    scenario = read_scenario(plan, read_outline(shipped("scenarios") / f"{REAL_CASE}.yaml"))
    events = list(scenario.events)
    end = max(step.at for step in scenario.steps)
    whole = {
        "decide at the end": lambda _: decide(plan, events, end),
        "replay and decide at the end": lambda _: Case.replay(plan, events).decisions(end),
        "play every step": lambda _: play(plan, scenario),
    }
    works = [Contender(name, lambda n, w=work: timed(w, [None], n), fresh=True) for name, work in whole.items()]  # type: ignore[misc]
    taken = in_turn(works, max(1, min(5, sizes.rounds // 2)), sizes.least, lambda: tick("the county's plan"))
    return {
        "match_us": {name: rounded(timing.cpu * 1e6) for name, timing in matched.items()},
        "events": len(events), "steps": len(scenario.steps), "decisions": len(decide(plan, events, end).decisions),
        "real_case_ms": {name: rounded(timing.cpu * 1e3) for name, timing in taken.items()},
    }  # fmt: skip


def _states(group: Group, count: int) -> list[State]:
    """Random states, half of what they tell unknown, as in a case."""
    chance = random.Random(7)
    return [
        tuple(0 if chance.random() < 0.5 else chance.randrange(1, len(values)) for values in group.values) for _ in range(count)
    ]
