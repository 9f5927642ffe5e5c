"""Tries out facts: the world as it would be, were some of them other than they are; what the smallest sets are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import combinations, product

from samverkan.case.hindrances import Light, occurs
from samverkan.case.statements import Var, settable
from samverkan.decide.judging import Judge
from samverkan.decide.timeline import Stretch
from samverkan.decide.world import World
from samverkan.plan.model import PERSON, UNKNOWN, Rule

Fact = Var
Assignment = frozenset[tuple[Fact, str]]


class Supposed(World):
    """A world in which some facts have other values at some times; impossible combinations are looked at as always."""

    __slots__ = ("supposed",)

    def __init__(self, world: World, supposed: Mapping[Fact, str]) -> None:
        self.supposed = supposed
        super().__init__(world.plan, world.events, world.start)

    def stretch(self, subject: str, fact: str, t: datetime) -> Stretch:
        value = self.supposed.get(Var(subject, fact, t))
        return Stretch(value) if value is not None else super().stretch(subject, fact, t)

    def value(self, subject: str | None, fact: str, t: datetime) -> str:
        if subject is None:
            return UNKNOWN
        value = self.stretch(subject, fact, t).value
        return UNKNOWN if fact in self.blocked(subject, t) else value


def readable(light: Light, rule: Rule, subject: str) -> list[Fact]:
    """Every fact that the rule or one that overrides it could read, of everybody in the case."""
    prepared, world = light.standing.prepared, light.judge.world
    names = prepared.reads[rule.id].union(*(prepared.reads[name] for name in prepared.overriders.get(rule.id, ())))
    times = {light.t}
    if rule.of in prepared.plan.relations:
        times.add(world.relations[subject].offence_at)
    return [
        Var(who, name, t)
        for who, sort in sorted(world.sorts.items())
        for name in sorted(names)
        if prepared.plan.facts[name].of == sort
        for t in sorted(times)
        if t == light.t or (sort == PERSON and not prepared.plan.facts[name].read_now)
    ]


def holds(light: Light, rule: Rule, subject: str, supposed: Mapping[Fact, str]) -> bool:
    """Whether the rule's conditions hold, no overriding rule does, and nothing impossible is supposed."""
    world = Supposed(light.judge.world, supposed)
    if any(world.violated(who, t) for who, _, t in supposed):
        return False
    judge = Judge(world)
    if judge.rule(rule, subject, light.t) != 2:
        return False
    overriders = (light.judge.plan.rules[name] for name in light.standing.prepared.overriders.get(rule.id, ()))
    return not any(occurs(light, one, subject) and judge.rule(one, subject, light.t) == 2 for one in overriders)


def smallest_by_trying(light: Light, rule: Rule, subject: str, most: int) -> set[Assignment]:
    """The smallest sets of at most `most` changes that make the rule hold, found by trying all."""
    can = settable(light.judge.plan)
    facts = readable(light, rule, subject)
    found: set[Assignment] = set()
    for size in range(most + 1):
        for some in combinations(facts, size):
            for values in product(*(_others(light, one, can) for one in some)):
                supposed = frozenset(zip(some, values, strict=True))
                if any(smaller <= supposed for smaller in found):
                    continue
                if holds(light, rule, subject, dict(supposed)):
                    found.add(supposed)
    return found


def _others(light: Light, fact: Fact, can: Mapping[str, frozenset[str]]) -> list[str]:
    return sorted(can.get(fact[1], frozenset()) - {light.judge.world.stretch(*fact).value})


def expanded(boxes: Iterable[Mapping[Fact, frozenset[str]]]) -> Iterator[Assignment]:
    """Every set of changes that the boxes stand for."""
    for box in boxes:
        for values in product(*(sorted(values) for values in box.values())):
            yield frozenset(zip(box, values, strict=True))
