"""States of generated plans through the compiled matcher, durable-rules and the oracle.

Run as a program it compares the states of a batch of plans and writes what it found as JSON: rulesets of durable-rules leak, and a
crash in it takes the process along, so a batch is a process of its own, of at most `MOST_PLANS` plans.

    python -m tests.deep.states --seed 1 --plans 100 --states 500 --oracle 50
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import product
from math import prod
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.generators.plans import plans
from tests.generators.show import show_condition
from tests.generators.thick import thick_plan
from tests.oracle.states import eye_on_values, verdict_of

from samverkan.decide.durable import Durable, is_installed
from samverkan.decide.groups import FALSE, TRUE, UNDETERMINED, Group, State, groups, verdict
from samverkan.decide.matching import Compiled, Found, Matcher
from samverkan.plan.model import Plan

MOST_PLANS = 100
"""More rulesets than those of so many plans aren't made in one process."""
WORDS: Mapping[bool | None, int] = {True: TRUE, False: FALSE, None: UNDETERMINED}
SAID = {TRUE: "holds", UNDETERMINED: "undetermined", FALSE: "doesn't hold"}


@dataclass
class Batch:
    """What was compared: states by both matchers, those of them by the oracle too, and verdicts of single rules in all."""

    seed: int
    plans: int = 0
    states: int = 0
    with_oracle: int = 0
    verdicts: int = 0
    held: int = 0
    differences: list[str] = field(default_factory=list)


def plans_of(base: int, count: int) -> Iterator[tuple[str, Plan]]:
    """So many plans with the words to make each again: four of five made for matchers, the rest as the stories have them."""
    stories = list(drawn_plans(base, count // 5))
    for number in range(count - len(stories)):
        yield f"thick_plan({base + number})", thick_plan(base + number)
    for number, plan in enumerate(stories):
        yield f"drawn_plans({base}, {count // 5})[{number}]", plan


def drawn_plans(base: int, count: int) -> Iterator[Plan]:
    """So many plans of the kind that stories are told under."""
    found: list[Plan] = []

    @seed(base)
    @settings(
        max_examples=max(count, 1), phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(plans(12))
    def draw(plan: Plan) -> None:
        found.append(plan)

    draw()
    yield from found[:count]


def states_of(group: Group, chance: Random, most: int) -> Iterator[State]:
    """All states of a group where they are no more than so many, else random ones, of which half make some term true or nearly."""
    sizes = [len(values) for values in group.values]
    if prod(sizes) <= most:
        yield from product(*map(range, sizes))
        return
    for number in range(most):
        state = [chance.randrange(size) for size in sizes]
        if number % 2:
            for part in chance.choice(group.terms):
                state[part.slot] = chance.choice(sorted(part.codes)) if part.codes else 0
        if number % 4 == 3:
            state[chance.randrange(len(state))] = 0
        yield tuple(state)


def values_in(group: Group, state: State) -> dict[str, str]:
    """The values of a state by path."""
    return {f"{end}.{fact}" if end else fact: group.values[i][state[i]] for i, (end, fact) in enumerate(group.slots)}


def judged(group: Group, found: Found) -> list[int]:
    """The verdict of each rule of a group."""
    return [verdict(one, *found) for one in group.rules]


def judged_by_oracle(plan: Plan, group: Group, state: State) -> list[int]:
    """The same according to the contract's own words."""
    eye = eye_on_values(plan, values_in(group, state))
    return [WORDS[verdict_of(eye, one.rule)] for one in group.rules]


def compare(batch: Batch, made: str, plan: Plan, states: int, oracle: int, others: Mapping[str, Matcher]) -> None:
    """The states of one plan through the compiled matcher and the others, and every so many through the oracle."""
    its, compiled = groups(plan), Compiled(groups(plan))
    chance = Random(batch.seed)
    batch.plans += 1
    for number, group in enumerate(its):
        every = max(1, states // oracle) if oracle else 0
        offset = chance.randrange(every) if every else 0
        for place, state in enumerate(states_of(group, chance, states)):
            reference = compiled.match(number, state)
            batch.states += 1
            for name, matcher in others.items():
                answered = matcher.match(number, state)
                if answered != reference:
                    told = {"compiled": judged(group, reference), name: judged(group, answered)}
                    batch.differences.append(difference(made, group, state, told))
            if every and place % every == offset:
                mine, theirs = judged(group, reference), judged_by_oracle(plan, group, state)
                batch.with_oracle += 1
                batch.verdicts += len(mine)
                batch.held += mine.count(TRUE)
                if mine != theirs:
                    batch.differences.append(difference(made, group, state, {"compiled": mine, "oracle": theirs}))


def difference(made: str, group: Group, state: State, told: Mapping[str, list[int]]) -> str:
    """One difference in words: the plan, and each rule that is told otherwise, with the values that it reads."""
    lines = [f"states: {' and '.join(told)} differ in {made}, group {group.name}, state {state}"]
    values = values_in(group, state)
    for number, one in enumerate(group.rules):
        said = {name: SAID[verdicts[number]] for name, verdicts in told.items()}
        if len(set(said.values())) > 1:
            wanted = " unless ".join(show_condition(c) for c in (one.rule.when, *one.rule.unless))
            lines.append(f"  rule {one.rule.id}: {wanted}: {said}, {values}")
    if len(lines) == 1:
        lines.append(f"  the terms differ, no rule does; {values}")
    return "\n".join(lines)


def compared(base: int, plans: int, states: int, oracle: int) -> Batch:
    """A batch: so many plans, up to so many states of each group, of which up to so many go through the oracle."""
    if plans > MOST_PLANS:
        raise ValueError(f"at most {MOST_PLANS} plans in one process")
    batch = Batch(base)
    for made, plan in plans_of(base, plans):
        others = {"durable": Durable(groups(plan))} if is_installed() else {}
        compare(batch, made, plan, states, oracle, others)
    return batch


def main() -> None:
    """Compares a batch and writes what was found as JSON."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--plans", type=int, default=MOST_PLANS)
    reading.add_argument("--states", type=int, default=500)
    reading.add_argument("--oracle", type=int, default=50)
    wanted = reading.parse_args()
    print(json.dumps(asdict(compared(wanted.seed, wanted.plans, wanted.states, wanted.oracle)), ensure_ascii=False))


if __name__ == "__main__":
    main()
