"""The neutral rules and states in a form that every rule engine can be given, and the checksum that all have to have in common."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import islice

from tests.benchmarks.neutral import neutral_plan

from samverkan.decide.groups import Group, State, groups
from samverkan.plan.model import UNKNOWN, Plan

MAYBE = "maybe_"
"""What begins the name of the row that tells that a rule may hold."""


@dataclass(frozen=True)
class Row:
    """A conjunction of tests that a peer is given as a rule: each fact has one of the values."""

    name: str
    tests: tuple[tuple[str, tuple[str, ...]], ...]


class Workload:
    """Rules and states. Where facts may be unknown, a peer without three values gets a second row for each rule: that it may hold.

    Args:
        rules: how many.
        count: how many states.
        complete: every fact is known in every state; else about a third is unknown.
    """

    def __init__(self, rules: int, count: int, complete: bool) -> None:
        self.key = (rules, count, complete)
        self.complete = complete
        self.plan: Plan = neutral_plan(rules)
        (self.group,) = groups(self.plan)
        self.facts = [fact for _, fact in self.group.slots]
        self.states: list[State] = list(islice(states(self.group, complete), count))

    @cached_property
    def rows(self) -> list[Row]:
        """What the peers get for rules; in the order of the terms."""
        rows = [self._row(number, False) for number in range(len(self.group.terms))]
        return rows if self.complete else rows + [self._row(number, True) for number in range(len(self.group.terms))]

    @cached_property
    def contexts(self) -> list[dict[str, str]]:
        """The states in words."""
        return [{f: self.group.values[i][s[i]] for i, f in enumerate(self.facts)} for s in self.states]

    def _row(self, number: int, maybe: bool) -> Row:
        codes = [(part.slot, sorted(part.codes | {0} if maybe else part.codes)) for part in self.group.terms[number]]
        tests = tuple((self.facts[slot], tuple(self.group.values[slot][code] for code in those)) for slot, those in codes)
        return Row(f"{MAYBE if maybe else ''}rule{number}", tests)


def states(group: Group, complete: bool, seed: int = 5) -> Iterator[State]:
    """Random states of a group, without end."""
    chance = random.Random(seed)
    sizes = [len(values) for values in group.values]
    while True:
        state = tuple(chance.randrange(1, size) for size in sizes)
        yield state if complete else tuple(0 if chance.random() < 1 / 3 else code for code in state)


def checksum(said: Iterable[Sequence[str]]) -> str:
    """A digest of which rows hold in each state, whatever their order."""
    digest = sha256()
    for names in said:
        digest.update((" ".join(sorted(names)) + "\n").encode())
    return digest.hexdigest()[:16]


def unknown_share(work: Workload) -> float:
    """How much of the states is unknown."""
    known = [value != UNKNOWN for context in work.contexts for value in context.values()]
    return 1 - sum(known) / len(known)
