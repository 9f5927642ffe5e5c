"""What a condition reads, as a tree: each fact with its value, how sure that is, and the events behind, through conclusions too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime

from samverkan.case.explained import Ground, Read, Stands, Unless
from samverkan.decide.groups import FALSE, TRUE, UNDETERMINED
from samverkan.decide.judging import Judge, When
from samverkan.decide.world import World
from samverkan.plan.answers import kind_of
from samverkan.plan.model import PERSON, UNKNOWN, Atom, Condition, Rule, Some

HOLDS: dict[int, bool | None] = {TRUE: True, FALSE: False, UNDETERMINED: None}


def ground_of(judge: Judge, rule: Rule, subject: str, t: datetime) -> Ground:
    """A rule's conditions and exceptions for a subject that is in the case, in the light of the judge's world, at `t`."""
    when = judge.when(rule, subject, t)
    exceptions = tuple(
        Unless(HOLDS[judge.condition(one, subject, when)], reads(judge, one, subject, when)) for one in rule.unless
    )
    role = rule.role if rule.of == PERSON else None
    return Ground(
        rule.id, subject, t, HOLDS[judge.rule(rule, subject, t)], reads(judge, rule.when, subject, when), exceptions,
        role, judge.world.people.role_since(subject, role, t) if role is not None else None,
    )  # fmt: skip


def reads(judge: Judge, condition: Condition, subject: str, when: When, over: str | None = None) -> tuple[Read, ...]:
    """What was read for a condition: all that must be so, and of its alternatives those that settle the verdict."""
    found = [read(judge, atom, subject, when, over) for atom in condition.atoms]
    for some in condition.some:
        found.extend(_across(judge, some, subject, when))
    if condition.any:
        verdicts = [judge.condition(one, subject, when) for one in condition.any]
        best = max(verdicts)
        chosen: Iterable[int] = [verdicts.index(TRUE)] if best == TRUE else [i for i, v in enumerate(verdicts) if v == best]
        for number in chosen:
            found.extend(reads(judge, condition.any[number], subject, when, over))
    return tuple(found)


def read(judge: Judge, atom: Atom, subject: str, when: When, over: str | None = None) -> Read:
    """What one atom reads."""
    world, at = judge.world, judge.read_at(atom, when)
    value, holds = judge.value(atom, subject, when), HOLDS[judge.atom(atom, subject, when)]
    whose = world.person_at(subject, atom.end)
    if whose is None:
        return Read(subject, atom.fact, value, atom.values, holds, "nobody", at, over=over, end=atom.end)
    conclusion = judge.plan.conclusions.get(atom.fact)
    if conclusion is None:
        stands, events = how_it_stands(world, whose, atom.fact, at)
        return Read(whose, atom.fact, value, atom.values, holds, stands, at, events, over)
    below = reads(judge, conclusion.when, whose, when if atom.end is None else when.of_end())
    return Read(
        whose, atom.fact, value, atom.values, holds, "concluded", at, tuple(sorted({e for one in below for e in one.events})),
        over, below=below,
        one_of=len(below) > 1 and holds is not True and "true" in atom.values and _one_is_enough(conclusion.when),
    )  # fmt: skip


def _one_is_enough(condition: Condition) -> bool:
    """Whether of all that is read for a condition that isn't true any one would do."""
    parts = len(condition.atoms) + len(condition.some) + bool(condition.any)
    across = all(len(some.has.atoms) == 1 and not some.has.any for some in condition.some)
    alone = all(len(one.atoms) + len(one.some) == 1 and not one.any for one in condition.any)
    return parts == 1 and across and alone


def how_it_stands(world: World, subject: str, fact: str, at: datetime) -> tuple[Stands, tuple[str, ...]]:
    """How sure the value of a fact is, and the events behind it (also behind a value that isn't taken, or a contradiction)."""
    stretch = world.stretch(subject, fact, at)
    if stretch.value != UNKNOWN:
        if world.value(subject, fact, at) == UNKNOWN:
            return "contradictory", stretch.events
        return "said" if stretch.claimed else _since(world, fact, stretch.events), stretch.events
    if stretch.contested:
        return "contradictory", stretch.contested
    line = world.timelines().get((subject, fact))
    whole = line.stretches[bisect_right(line.starts, at)] if line is not None else stretch
    return ("too_old", whole.events) if whole.value != UNKNOWN else ("unknown", ())


def _since(world: World, fact: str, events: tuple[str, ...]) -> Stands:
    """Whether one of the events establishes the fact, or all change it."""
    its = (event for event in world.events if event.id in events and event.type is not None)
    said = (says for event in its for says in kind_of(world.plan, event.type, event.facts).says)
    establishes = any(says.fact == fact and says.effect == "establishes" for says in said)
    return "established" if establishes else "changed"


def each_read(found: Iterable[Read]) -> Iterator[Read]:
    """These and all that is below them."""
    for one in found:
        yield one
        yield from each_read(one.below)


def _across(judge: Judge, some: Some, subject: str, when: When) -> Iterator[Read]:
    related = judge.related(some, subject, when)
    verdicts = [judge.condition(some.has, r.id, when.of_related()) for r in related]
    if TRUE in verdicts:
        related = [related[verdicts.index(TRUE)]]
    for relation in related:
        yield from reads(judge, some.has, relation.id, when.of_related(), relation.id)
