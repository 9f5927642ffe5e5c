"""Conditions judged in strong Kleene logic, straight from the plan's words: conclusions, explanations, and what HOLDS means.

The matchers do the same for whole groups of rules at once; this is the slow, plain form that they are explained by.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samverkan.decide.answer import Term
from samverkan.decide.groups import FALSE, TRUE, UNDETERMINED
from samverkan.decide.world import Relation, World
from samverkan.plan.model import UNKNOWN, Atom, Conclusion, Condition, Rule, Some

OF_VERDICT = {TRUE: "true", FALSE: "false", UNDETERMINED: UNKNOWN}


@dataclass(frozen=True, slots=True)
class When:
    """The times that a subject is read at: who there is, and what is declared `read: now`, at `now`; the subject's own facts at
    `own`; the facts of its ends at `ends` (of a person: of whom it is related to)."""

    now: datetime
    own: datetime
    ends: datetime

    def of_end(self) -> When:
        """The times at which the person at an end is read: wholly as the ends are (3.b)."""
        return When(self.now, self.ends, self.ends)

    def of_related(self) -> When:
        """The times at which a person's relation, and its ends, are read: as that person is (3.b)."""
        return When(self.now, self.own, self.own)


class Judge:
    """Judges conditions in one world. `shown`: the world as it was shown at the same time, for what had been unknown (5.d)."""

    __slots__ = ("_conclusions", "plan", "shown", "world")

    def __init__(self, world: World, shown: Judge | None = None) -> None:
        self.world = world
        self.plan = world.plan
        self.shown = shown
        self._conclusions: dict[tuple[str, str, When], int] = {}

    def when(self, rule: Rule, subject: str, t: datetime) -> When:
        """The times at which `rule` reads the facts of `subject` when it is asked whether it holds at `t`."""
        return When(t, t, self.world.relations[subject].offence_at if rule.by_offence else t)

    def rule(self, rule: Rule, subject: str, t: datetime) -> int:
        """The verdict of the rule's conditions (not of its role, validity or occurrence) at `t`."""
        when = self.when(rule, subject, t)
        if any(self.condition(u, subject, when) == TRUE for u in rule.unless):
            return FALSE
        return self.condition(rule.when, subject, when)

    def condition(self, condition: Condition, subject: str, when: When) -> int:
        """TRUE, UNDETERMINED or FALSE."""
        verdict = TRUE
        for atom in condition.atoms:
            verdict = min(verdict, self.atom(atom, subject, when))
            if verdict == FALSE:
                return FALSE
        for some in condition.some:
            verdict = min(verdict, self._some(some, subject, when))
        if condition.any and verdict != FALSE:
            verdict = min(verdict, max(self.condition(one, subject, when) for one in condition.any))
        return verdict

    def atom(self, atom: Atom, subject: str, when: When) -> int:
        """`fact in values`: true where the value is among them, else undetermined where it is unknown, else false."""
        value = self.value(atom, subject, when)
        if value in atom.values:
            return TRUE
        if self.shown is not None and UNKNOWN in atom.values and self.shown.value(atom, subject, when) == UNKNOWN:
            return TRUE
        return UNDETERMINED if value == UNKNOWN else FALSE

    def value(self, atom: Atom, subject: str, when: When) -> str:
        """The value that an atom reads."""
        whose = self.world.person_at(subject, atom.end)
        if whose is None:
            return UNKNOWN
        conclusion = self.plan.conclusions.get(atom.fact)
        if conclusion is not None:
            return OF_VERDICT[self.conclusion(conclusion, whose, when if atom.end is None else when.of_end())]
        return self.world.value(whose, atom.fact, self.read_at(atom, when))

    def settled(self, atom: Atom, subject: str, when: When) -> tuple[str, ...] | None:
        """The events behind the value that an atom on a fact reads; None where it has none, or only a doubt from claims (5.b)."""
        whose = self.world.person_at(subject, atom.end)
        value = self.value(atom, subject, when)
        if whose is None or value == UNKNOWN:
            return None
        stretch = self.world.stretch(whose, atom.fact, self.read_at(atom, when))
        doubted = value == self.plan.facts[atom.fact].in_conflict and (stretch.claimed or bool(stretch.contested))
        return None if doubted else stretch.events

    def conclusion(self, conclusion: Conclusion, subject: str, when: When) -> int:
        """The verdict of a conclusion about `subject`."""
        key = (conclusion.id, subject, when)
        if key not in self._conclusions:
            self._conclusions[key] = self.condition(conclusion.when, subject, when)
        return self._conclusions[key]

    def read_at(self, atom: Atom, when: When) -> datetime:
        """The time at which an atom's fact is read."""
        fact = self.plan.facts.get(atom.fact)
        if fact is not None and fact.read_now:
            return when.now
        return when.own if atom.end is None else when.ends

    def _some(self, some: Some, subject: str, when: When) -> int:
        verdict, anybody = FALSE, False
        for relation in self.related(some, subject, when):
            anybody = True
            verdict = max(verdict, self.condition(some.has, relation.id, when.of_related()))
        return verdict if anybody else UNDETERMINED

    def related(self, some: Some, subject: str, when: When) -> list[Relation]:
        """The relations that a `some` ranges over."""
        return [
            r for r in self.world.relations_of(subject, some.relation, some.end) if r.introduced <= when.now
        ]

    # -- explaining -----------------------------------------------------------------------------------------------------------

    def explain(self, condition: Condition, subject: str, when: When) -> tuple[Term, ...]:
        """What was read for a condition: its atoms, and of its alternatives those that settle the verdict."""
        terms = [self._term(atom, subject, when) for atom in condition.atoms]
        for some in condition.some:
            terms.extend(self._terms_of_some(some, subject, when))
        if condition.any:
            verdicts = [self.condition(one, subject, when) for one in condition.any]
            best = max(verdicts)
            chosen: Iterable[int] = (
                [verdicts.index(TRUE)] if best == TRUE else [i for i, v in enumerate(verdicts) if v == best]
            )
            for number in chosen:
                terms.extend(self.explain(condition.any[number], subject, when))
        return tuple(terms)

    def _terms_of_some(self, some: Some, subject: str, when: When) -> list[Term]:
        related = self.related(some, subject, when)
        verdicts = [self.condition(some.has, r.id, when.of_related()) for r in related]
        if TRUE in verdicts:
            return list(self.explain(some.has, related[verdicts.index(TRUE)].id, when.of_related()))
        return [t for r in related for t in self.explain(some.has, r.id, when.of_related())]

    def _term(self, atom: Atom, subject: str, when: When) -> Term:
        whose = self.world.person_at(subject, atom.end)
        value = self.value(atom, subject, when)
        holds = {TRUE: True, FALSE: False, UNDETERMINED: None}[self.atom(atom, subject, when)]
        events: tuple[str, ...] = ()
        below: tuple[Term, ...] = ()
        if whose is not None:
            conclusion = self.plan.conclusions.get(atom.fact)
            if conclusion is not None:
                below = self.explain(conclusion.when, whose, when if atom.end is None else when.of_end())
                events = tuple(sorted({e for term in below for e in term.events}))
            elif value != UNKNOWN:
                events = self.world.stretch(whose, atom.fact, self.read_at(atom, when)).events
        return Term(whose or "", atom.fact, value, atom.values, holds, events, below)

    def undetermined(self, condition: Condition, subject: str, when: When) -> list[tuple[str, str]]:
        """The unknown facts, as (subject, fact), that keep an undetermined condition from being settled."""
        found: list[tuple[str, str]] = []
        for atom in condition.atoms:
            if self.atom(atom, subject, when) == UNDETERMINED:
                found.extend(self._behind(atom, subject, when))
        for some in condition.some:
            if self._some(some, subject, when) == UNDETERMINED:
                for relation in self.related(some, subject, when):
                    if self.condition(some.has, relation.id, when.of_related()) == UNDETERMINED:
                        found.extend(self.undetermined(some.has, relation.id, when.of_related()))
        if condition.any and max(self.condition(one, subject, when) for one in condition.any) == UNDETERMINED:
            for one in condition.any:
                if self.condition(one, subject, when) == UNDETERMINED:
                    found.extend(self.undetermined(one, subject, when))
        return found

    def _behind(self, atom: Atom, subject: str, when: When) -> list[tuple[str, str]]:
        whose = self.world.person_at(subject, atom.end)
        if whose is None:
            return [(subject, atom.end or "")]
        conclusion = self.plan.conclusions.get(atom.fact)
        if conclusion is None:
            return [(whose, atom.fact)]
        return self.undetermined(conclusion.when, whose, when if atom.end is None else when.of_end())
