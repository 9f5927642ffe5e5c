"""States for the matchers: those written by hand in tests/corpus/states.yaml, and generated ones for any plan.

Run as a program it puts all of them to durable-rules and to the compiled matcher and tells what differs. Rulesets of durable-rules
leak, so it is a process of its own that ends with them.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path

import yaml
from tests.stories import example_plan

from samverkan.decide.durable import Durable
from samverkan.decide.groups import TRUE, UNDETERMINED, Group, State, groups, verdict
from samverkan.decide.matching import Compiled, Matcher
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan

CORPUS = Path(__file__).parents[2] / "corpus" / "states.yaml"
GENERATED = int(os.environ.get("SAMVERKAN_STATES", "2000"))
"""States that are generated for each group, or all that there are."""
FEWEST = 800
"""How many the tests of mutants make do with: as many as any group of the county's plan has terms, or more."""


@dataclass(frozen=True)
class Example:
    """A state of the corpus: `subject` is a role or a sort; `holds` and `asks` are exact for the rules for it."""

    shows: str
    subject: str
    facts: Mapping[str, str]
    holds: frozenset[str]
    asks: frozenset[str]


def corpus() -> list[Example]:
    """The states that were written by hand."""
    data = yaml.load(CORPUS.read_bytes(), Loader=yaml.BaseLoader)
    return [
        Example(
            one["shows"], one["for"], one["facts"],
            frozenset(one["holds"]) | frozenset(data["always"].get(one["for"], ())), frozenset(one["asks"]),
        )
        for one in data["states"]
    ]  # fmt: skip


def judged(plan: Plan, matcher: Matcher, example: Example) -> tuple[frozenset[str], frozenset[str]]:
    """Which rules for the example's subject hold, and which are undetermined, according to a matcher."""
    found: dict[int, set[str]] = {TRUE: set(), UNDETERMINED: set()}
    read: set[str] = set()
    for number, group in enumerate(groups(plan)):
        if group.of != ("person" if example.subject in plan.roles else example.subject):
            continue
        paths = [f"{end}.{fact}" if end else fact for end, fact in group.slots]
        read.update(paths)
        state = tuple(codes[example.facts.get(path, "unknown")] for path, codes in zip(paths, group.codes, strict=True))
        true, possible = matcher.match(number, state)
        for grouped in group.rules:
            if grouped.rule.role in (None, example.subject):
                found.setdefault(verdict(grouped, true, possible), set()).add(grouped.rule.id)
    assert set(example.facts) <= read, f"{example.shows}: {set(example.facts) - read}"
    return frozenset(found[TRUE]), frozenset(found[UNDETERMINED])


def generated(group: Group, seed: int, most: int = GENERATED) -> Iterator[State]:
    """All states of a group where they are few, else random ones: the first make each term true, then half of them some term."""
    sizes = [len(values) for values in group.values]
    if prod(sizes) <= most:
        yield from product(*map(range, sizes))
        return
    chance = random.Random(seed)
    for number in range(most):
        state = [chance.randrange(size) for size in sizes]
        if number < len(group.terms) or number % 2:
            for part in group.terms[number % len(group.terms)]:
                state[part.slot] = chance.choice(sorted(part.codes)) if part.codes else 0
        yield tuple(state)


def compared(plan: Plan) -> dict[str, object]:
    """How many states of each group were compared, how many of its terms were true somewhere, and what differed."""
    its = groups(plan)
    compiled, durable = Compiled(its), Durable(its)
    told: dict[str, object] = {}
    for number, group in enumerate(its):
        differences, count, seen = [], 0, 0
        for state in generated(group, number):
            one, other = compiled.match(number, state), durable.match(number, state)
            count, seen = count + 1, seen | one[0]
            if one != other:
                differences.append(f"{state}: {one} {other}")
        told[group.name] = [count, seen.bit_count() == len(group.terms), differences[:3]]
    return told


def main() -> None:
    """Compares, and writes what was found as JSON."""
    plan = example_plan()
    durable = Durable(groups(plan))
    wrong = [one.shows for one in corpus() if judged(plan, durable, one) != (one.holds, one.asks)]
    print(json.dumps({"corpus": wrong, "exempel": compared(plan), "vastmanland": compared(load_plan("vastmanland"))}))


if __name__ == "__main__":
    main()
