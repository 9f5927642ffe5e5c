"""What isn't known in a case at an instant, and what its facts would be if it were answered: values as formulas (3.c).

An answer establishes a fact just then, for the stretch of its time that goes on. What it says of other times is read from the
fact's own timeline with the answer in it, so that nothing is said twice. A *completion* answers any of what is unknown and leaves
the rest as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from samverkan.case.diagrams import ALWAYS, NEVER, Diagrams
from samverkan.decide.events import About, Event
from samverkan.decide.timeline import Stretch
from samverkan.decide.world import World
from samverkan.plan.answers import ANSWER
from samverkan.plan.model import PERSON, UNKNOWN, Atom, Fact, Impossible

Asked = tuple[str, str]
"""(subject, fact)"""


class Completions:
    """The open facts of one world at `now`, made variables when they are first read. Code 0: not answered; n: the n-th value.

    `variables`: (subject, fact) → its variable; `asked`: variable → what it stands for.
    """

    __slots__ = ("_answered", "_blocked", "_combinations", "_open", "_raw", "asked", "diagrams", "now", "variables", "world")

    def __init__(self, world: World, now: datetime, diagrams: Diagrams) -> None:
        self.world = world
        self.now = now
        self.diagrams = diagrams
        self.variables: dict[Asked, int] = {}
        self.asked: list[Asked] = []
        self._open: dict[Asked, bool] = {}
        self._answered: dict[tuple[str, str, int], World] = {}
        self._raw: dict[tuple[str, str, datetime, tuple[str, ...]], int] = {}
        self._blocked: dict[tuple[str, str, datetime], int] = {}
        self._combinations = [one for one in world.plan.impossible if world.of_sort(one.of)]

    def is_open(self, subject: str, fact: str) -> bool:
        """Whether that is a fact of the subject that isn't known now, and so can be asked."""
        key = (subject, fact)
        found = self._open.get(key)
        if found is None:
            found = self._open[key] = self._is_open(subject, self.world.plan.facts[fact])
        return found

    def _is_open(self, subject: str, fact: Fact) -> bool:
        world = self.world
        if world.sorts.get(subject) != fact.of or not world.exists(subject, self.now):
            return False
        if fact.of == PERSON and fact.role is not None and not world.people.has_role(subject, fact.role, self.now):
            return False
        return world.value(subject, fact.id, self.now) == UNKNOWN

    def values(self, fact: str) -> tuple[str, ...]:
        """The values that answer; code n is the n-th from 1."""
        return tuple(self.world.plan.facts[fact].values)

    def variable(self, subject: str, fact: str) -> int:
        """The variable of an open fact."""
        key = (subject, fact)
        found = self.variables.get(key)
        if found is None:
            found = self.variables[key] = self.diagrams.variable(len(self.world.plan.facts[fact].values) + 1)
            self.asked.append(key)
        return found

    def is_in(self, subject: str | None, fact: str, t: datetime, values: Sequence[str]) -> int:
        """Where the fact, read at `t`, has one of the values (of which `unknown` may be one)."""
        wanted = tuple(values)
        if subject is None:
            return ALWAYS if UNKNOWN in wanted else NEVER
        raw = self._raw_in(subject, fact, t, wanted)
        blocked = self.blocked(subject, fact, t)
        if blocked == NEVER:
            return raw
        return self.diagrams.either(raw, blocked) if UNKNOWN in wanted else self.diagrams.without(raw, blocked)

    def is_settled(self, subject: str, fact: str, t: datetime) -> int:
        """Where the fact, read at `t`, has a value that is no mere doubt from claims or contradictions (5.b)."""
        conflict = self.world.plan.facts[fact].in_conflict

        def settled(stretch: Stretch) -> bool:
            doubted = stretch.value == conflict and (stretch.claimed or bool(stretch.contested))
            return stretch.value != UNKNOWN and not doubted

        if self.is_open(subject, fact):
            # What is answered now is established now
            codes = [
                c for c in range(len(self.values(fact)) + 1)
                if (c and t == self.now) or settled(self._stretch(subject, fact, t, c))
            ]  # fmt: skip
            raw = self.diagrams.is_in(self.variable(subject, fact), codes)
        else:
            raw = ALWAYS if settled(self.world.stretch(subject, fact, t)) else NEVER
        return self.diagrams.without(raw, self.blocked(subject, fact, t))

    def admissible(self, subject: str) -> int:
        """Where nothing is said of the subject that can't be so together, beyond what already is (1.f).

        Of a fact that nothing reads nothing need be said.
        """
        found = ALWAYS
        for one in self._combinations_of(subject):
            if any(self.is_open(subject, a.fact) and (subject, a.fact) not in self.variables for a in one.atoms):
                continue
            if not self._violated(subject, one):
                found = self.diagrams.without(found, self._all_of(subject, one, self.now))
        return found

    def facts_together(self, subject: str) -> frozenset[str]:
        """The facts of the subject that some combination that can't be speaks of."""
        return frozenset(atom.fact for one in self._combinations_of(subject) for atom in one.atoms)

    # -- inside --------------------------------------------------------------------------------------------------------------

    def _raw_in(self, subject: str, fact: str, t: datetime, values: tuple[str, ...]) -> int:
        """Where the fact has one of the values, before impossible combinations are looked at."""
        key = (subject, fact, t, values)
        found = self._raw.get(key)
        if found is not None:
            return found
        if not self.is_open(subject, fact):
            found = ALWAYS if self.world.stretch(subject, fact, t).value in values else NEVER
        elif t == self.now:
            codes = [code for code, value in enumerate(self.values(fact), 1) if value in values]
            if self.world.stretch(subject, fact, t).value in values:
                codes.append(0)
            found = self.diagrams.is_in(self.variable(subject, fact), codes)
        else:
            every = range(len(self.values(fact)) + 1)
            codes = [code for code in every if self._stretch(subject, fact, t, code).value in values]
            found = self.diagrams.is_in(self.variable(subject, fact), codes)
        self._raw[key] = found
        return found

    def _stretch(self, subject: str, fact: str, t: datetime, code: int) -> Stretch:
        """What is known of an open fact at `t` where it has been answered so."""
        if code == 0:
            return self.world.stretch(subject, fact, t)
        key = (subject, fact, code)
        if key not in self._answered:
            value = self.values(fact)[code - 1]
            event = Event(f"?{fact}", self.now, self.now, type=ANSWER, about=About(subject), facts=((fact, value),))
            answered = self.world.extended(event)
            if answered is None:
                raise ValueError(f"{subject} isn't in the case")
            self._answered[key] = answered
        return self._answered[key].stretch(subject, fact, t)

    def blocked(self, subject: str, fact: str, t: datetime) -> int:
        """Where the fact is unknown at `t` since it is part of what can't be so together.

        Now, only where it is so already: a completion makes no other such combination.
        """
        key = (subject, fact, t)
        found = self._blocked.get(key)
        if found is None:
            found = NEVER
            for one in self._combinations_of(subject) if self._combinations else ():
                if any(a.fact == fact for a in one.atoms) and (t != self.now or self._violated(subject, one)):
                    found = self.diagrams.either(found, self._all_of(subject, one, t))
            self._blocked[key] = found
        return found

    def _all_of(self, subject: str, one: Impossible, t: datetime) -> int:
        return self.diagrams.every(self._raw_in(subject, atom.fact, t, atom.values) for atom in one.atoms)

    def _violated(self, subject: str, one: Impossible) -> bool:
        return all(self._raw_now(subject, atom) for atom in one.atoms)

    def _raw_now(self, subject: str, atom: Atom) -> bool:
        return self.world.stretch(subject, atom.fact, self.now).value in atom.values

    def _combinations_of(self, subject: str) -> list[Impossible]:
        sort = self.world.sorts.get(subject)
        return [one for one in self._combinations if one.of == sort]
