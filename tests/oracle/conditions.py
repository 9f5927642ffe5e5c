"""Three-valued conditions, conclusions, and HOLDS: §3 and §4."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tests.oracle.calendar import local_day
from tests.oracle.world import World

from samverkan.plan.model import UNKNOWN, Atom, Conclusion, Condition, Rule, Some


def conjunction(parts: Iterable[bool | None]) -> bool | None:
    """Strong Kleene: false if one is false, else undetermined if one is, else true."""
    parts = list(parts)
    if False in parts:
        return False
    return None if None in parts else True


def disjunction(parts: Iterable[bool | None]) -> bool | None:
    """Strong Kleene: true if one is true, else undetermined if one is, else false."""
    parts = list(parts)
    if True in parts:
        return True
    return None if None in parts else False


@dataclass(frozen=True, slots=True)
class Eye:
    """Reads one subject in one world: its own facts as of `own`, those of its ends (or across a relation) as of `ends`.

    Facts declared `read: now` are always read as of `now` (§4). `subject` is None for an end that isn't known.
    """

    world: World
    subject: str | None
    now: datetime
    own: datetime
    ends: datetime

    def at_end(self, end: str) -> Eye:
        """The person at an end: read wholly at the time at which ends are read (3.b)."""
        who = self.world.at_end(self.subject, end) if self.subject is not None else None
        return replace(self, subject=who, own=self.ends)

    def through(self, relation: str) -> Eye:
        """A relation of this person: read, with its ends, at the time at which this person is read (3.b)."""
        return replace(self, subject=relation, ends=self.own)

    def is_doubt(self, name: str) -> bool:
        """5.b: a value `in conflict` that rests on claims, or on what contradicts itself."""
        fact = self.world.plan.facts[name]
        if self.subject is None or self.fact(name) != fact.in_conflict:
            return False
        at = self.now if fact.read_now else self.own
        stretch = self.world.stretch(self.subject, name, at)
        settled = stretch.established or [s for s in stretch.began if s.value != UNKNOWN]
        return not settled or self.world.plain_value(self.subject, name, at).twice

    def time_of(self, name: str) -> datetime:
        return self.now if self.world.plan.facts[name].read_now else self.own

    def fact(self, name: str) -> str:
        return self.world.value(self.subject, name, self.time_of(name))

    def is_assessed(self, name: str) -> bool:
        return self.world.is_assessed(self.subject, name, self.time_of(name))


def read(eye: Eye, name: str, shown: Eye | None = None) -> str:
    """The value of a fact or a conclusion."""
    conclusion = eye.world.plan.conclusions.get(name)
    if conclusion is None:
        return eye.fact(name)
    return {True: "true", False: "false", None: UNKNOWN}[truth(eye, conclusion.when, shown)]


def atom_truth(eye: Eye, atom: Atom, shown: Eye | None = None) -> bool | None:
    """§3: true if the value is in V, undetermined if it is `unknown` and V doesn't name it, else false.

    With `shown` (5.d): an atom that names `unknown` is also true where the value shown at that instant was `unknown`.
    """
    there = eye.at_end(atom.end) if atom.end is not None else eye
    shown_there = shown.at_end(atom.end) if shown is not None and atom.end is not None else shown
    value = read(there, atom.fact, shown_there)
    if value in atom.values:
        return True
    if shown_there is not None and UNKNOWN in atom.values and read(shown_there, atom.fact) == UNKNOWN:
        return True
    return None if value == UNKNOWN else False


def range_of(eye: Eye, some: Some) -> list[str]:
    """3.a: the relations that have been introduced at the t of HOLDS at whose end this person stands."""
    if eye.subject is None:
        return []
    world = eye.world
    there = [r for r in world.relations(some.relation) if world.things[r][1] <= eye.now]
    return [r for r in there if world.at_end(r, some.end) == eye.subject]


def some_truth(eye: Eye, some: Some, shown: Eye | None = None) -> bool | None:
    """3.a: true if one fulfils `has`, else undetermined if one may or there is none, else false."""
    found = [
        truth(eye.through(relation), some.has, shown.through(relation) if shown is not None else None)
        for relation in range_of(eye, some)
    ]
    return disjunction(found) if found else None


def truth(eye: Eye, condition: Condition, shown: Eye | None = None) -> bool | None:
    """§3: all conditions must hold; `any` gives alternatives."""
    parts = [atom_truth(eye, atom, shown) for atom in condition.atoms]
    parts += [some_truth(eye, some, shown) for some in condition.some]
    if condition.any:
        parts.append(disjunction(truth(eye, alternative, shown) for alternative in condition.any))
    return conjunction(parts)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What an event rule is due once for (`name` is "" and there are no times for a standing rule).

    `until`: the next declining mark, for an acceptance (4.b).
    """

    name: str = ""
    at: datetime | None = None
    known_at: datetime | None = None
    until: datetime | None = None

    def lasts(self, t: datetime) -> bool:
        return (self.at is None or self.at <= t) and (self.until is None or t < self.until)


ALWAYS = Occurrence()


def eye_on(world: World, rule: Rule, subject: str, t: datetime) -> Eye:
    """How a rule reads its subject at t: under `judged by: offence` the ends as of the offence (§4)."""
    ends = world.offence_at(subject) if rule.by_offence and subject in world.things else t
    return Eye(world, subject, now=t, own=t, ends=ends)


def is_valid(world: World, rule: Rule, subject: str, occurrence: Occurrence, t: datetime) -> bool:
    """§4: validity by the day, the day of the occurrence, or (4.d) the day of the offence."""
    moment = occurrence.at if occurrence.at is not None else t
    if rule.by_offence:
        moment = world.offence_at(subject)
    day = local_day(world.plan, moment)
    return rule.first <= day and (rule.last is None or day <= rule.last)


def concerns(world: World, rule: Rule, subject: str, occurrence: Occurrence, t: datetime) -> bool:
    """Whether the rule speaks of this subject at t at all: it is there, in the role, the occurrence lasts, the rule is valid."""
    return (
        world.exists(rule.of, subject, t)
        and (rule.role is None or world.has_role(subject, rule.role, t))
        and occurrence.lasts(t)
        and is_valid(world, rule, subject, occurrence, t)
    )


def holds(world: World, rule: Rule, subject: str, occurrence: Occurrence, t: datetime, shown_then: World | None = None) -> bool:
    """HOLDS(rule, subject, t, k), k being the world's: `when` is true and no exception in `unless` is.

    `shown_then`: the world in the light of t itself, for judging a ground that is gone (5.d).
    """
    if not concerns(world, rule, subject, occurrence, t):
        return False
    eye = eye_on(world, rule, subject, t)
    shown = eye_on(shown_then, rule, subject, t) if shown_then is not None else None
    if truth(eye, rule.when, shown) is not True:
        return False
    return not any(truth(eye, exception, shown) is True for exception in rule.unless)


def undetermined(eye: Eye, condition: Condition) -> set[tuple[str, str]]:
    """What would have to be known for an undetermined condition to be judged: (subject, fact), or (relation, end)."""
    if truth(eye, condition) is not None:
        return set()
    found: set[tuple[str, str]] = set()
    for atom in condition.atoms:
        if atom_truth(eye, atom) is None:
            there = eye.at_end(atom.end) if atom.end is not None else eye
            conclusion = eye.world.plan.conclusions.get(atom.fact)
            if there.subject is None:
                assert eye.subject is not None
                assert atom.end is not None
                found.add((eye.subject, atom.end))
            elif conclusion is not None:
                found |= _below(there, conclusion)
            else:
                found.add((there.subject, atom.fact))
    for some in condition.some:
        if some_truth(eye, some) is None:
            for relation in range_of(eye, some):
                found |= undetermined(eye.through(relation), some.has)
    if disjunction(truth(eye, alternative) for alternative in condition.any) is None:
        for alternative in condition.any:
            found |= undetermined(eye, alternative)
    return found


def _below(eye: Eye, conclusion: Conclusion) -> set[tuple[str, str]]:
    return undetermined(eye, conclusion.when)
