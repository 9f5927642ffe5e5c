"""That a rule holds for a subject, as a formula over statements "this fact is one of these values".

Being true, false and undetermined are each such a formula, so that strong Kleene logic becomes plain logic. Roles, validity,
occurrences and who is related to whom are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from samverkan.decide.groups import values_of
from samverkan.decide.judging import Judge, When
from samverkan.plan.model import UNKNOWN, Atom, Condition, Plan, Rule, Some


class Var(NamedTuple):
    """A fact of a subject, read as it is at a time."""

    subject: str
    fact: str
    at: datetime


class In(NamedTuple):
    """The fact is one of these values."""

    var: Var
    values: frozenset[str]


class AllOf(NamedTuple):
    """All of these; of none: true."""

    parts: tuple[Formula, ...]


class OneOf(NamedTuple):
    """One of these is enough; of none: false."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = In | AllOf | OneOf
YES, NO = AllOf(()), OneOf(())


class Formulas:
    """Conditions as formulas, in the light of one judge."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._settable = settable(judge.plan)

    def now(self, var: Var) -> str:
        """The value now, before impossible combinations are looked at."""
        return self._judge.world.stretch(*var).value

    def domain(self, var: Var) -> frozenset[str]:
        """The value now, and those that an event could give."""
        return self._settable.get(var.fact, frozenset()) | {self.now(var)}

    def holds(self, rule: Rule, subject: str, t: datetime) -> Formula:
        """That the conditions are true and no exception is."""
        when = self._judge.when(rule, subject, t)
        exceptions = (self.negated(self.true(one, subject, when)) for one in rule.unless)
        return AllOf((self.true(rule.when, subject, when), *exceptions))

    def true(self, condition: Condition, subject: str, when: When) -> Formula:
        """That a condition is true."""
        parts: list[Formula] = [self._atom_true(atom, subject, when) for atom in condition.atoms]
        parts += (
            OneOf(tuple(self.true(some.has, r, when.of_related()) for r in self._related(some, subject, when)))
            for some in condition.some
        )
        if condition.any:
            parts.append(OneOf(tuple(self.true(one, subject, when) for one in condition.any)))
        return AllOf(tuple(parts))

    def false(self, condition: Condition, subject: str, when: When) -> Formula:
        """That a condition is false."""
        parts: list[Formula] = [self._atom_false(atom, subject, when) for atom in condition.atoms]
        for some in condition.some:
            related = self._related(some, subject, when)
            if related:
                parts.append(AllOf(tuple(self.false(some.has, r, when.of_related()) for r in related)))
        if condition.any:
            parts.append(AllOf(tuple(self.false(one, subject, when) for one in condition.any)))
        return OneOf(tuple(parts))

    def negated(self, formula: Formula) -> Formula:
        """That a formula isn't so."""
        match formula:
            case In(var, values):
                return In(var, frozenset(values_of(self._judge.plan, var.fact)) - values)
            case AllOf(parts):
                return OneOf(tuple(map(self.negated, parts)))
            case OneOf(parts):
                return AllOf(tuple(map(self.negated, parts)))

    def impossible(self, parts: Iterable[Formula]) -> tuple[list[Formula], bool]:
        """That no combination that can't be is touched: one for each that shares a fact with the parts; whether one is so now."""
        plan, world = self._judge.plan, self._judge.world
        waiting = [var for part in parts for var in vars_of(part)]
        seen, found, contradictory = set(waiting), dict[tuple[int, str, datetime], Formula](), False
        while waiting:
            var = waiting.pop()
            for number, one in enumerate(plan.impossible):
                key = (number, var.subject, var.at)
                its_own = one.of == world.sorts.get(var.subject) and any(atom.fact == var.fact for atom in one.atoms)
                if key in found or not its_own:
                    continue
                its = [In(Var(var.subject, atom.fact, var.at), frozenset(atom.values)) for atom in one.atoms]
                found[key] = OneOf(tuple(map(self.negated, its)))
                contradictory = contradictory or all(self.now(i.var) in i.values for i in its)
                new = [i.var for i in its if i.var not in seen]
                seen.update(new)
                waiting += new
        return list(found.values()), contradictory

    def _related(self, some: Some, subject: str, when: When) -> list[str]:
        return [relation.id for relation in self._judge.related(some, subject, when)]

    def _atom_true(self, atom: Atom, subject: str, when: When) -> Formula:
        whose = self._judge.world.person_at(subject, atom.end)
        if whose is None:
            return YES if UNKNOWN in atom.values else NO
        if atom.fact not in self._judge.plan.conclusions:
            return In(Var(whose, atom.fact, self._judge.read_at(atom, when)), frozenset(atom.values))
        return OneOf(tuple(self._concluded(atom, value, whose, when) for value in atom.values))

    def _atom_false(self, atom: Atom, subject: str, when: When) -> Formula:
        whose = self._judge.world.person_at(subject, atom.end)
        if whose is None:
            return NO
        others = [v for v in values_of(self._judge.plan, atom.fact) if v not in atom.values and v != UNKNOWN]
        if atom.fact not in self._judge.plan.conclusions:
            return In(Var(whose, atom.fact, self._judge.read_at(atom, when)), frozenset(others))
        return OneOf(tuple(self._concluded(atom, value, whose, when) for value in others))

    def _concluded(self, atom: Atom, value: str, whose: str, when: When) -> Formula:
        """That a conclusion has a value."""
        condition = self._judge.plan.conclusions[atom.fact].when
        when = when if atom.end is None else when.of_end()
        if value == "true":
            return self.true(condition, whose, when)
        if value == "false":
            return self.false(condition, whose, when)
        return AllOf((self.negated(self.true(condition, whose, when)), self.negated(self.false(condition, whose, when))))


def settable(plan: Plan) -> Mapping[str, frozenset[str]]:
    """Fact → the values that some event can give it: an answer can give any of its own, only a change can make it unknown."""
    found = _SETTABLE.get(plan)
    if found is None:
        changing = {
            says.fact
            for event in plan.events.values()
            for says in event.says
            if says.effect == "changes" and (not says.values or UNKNOWN in says.values)
        }
        found = _SETTABLE[plan] = {
            fact.id: frozenset((*fact.values, UNKNOWN) if fact.id in changing else fact.values) for fact in plan.facts.values()
        }
    return found


_SETTABLE: WeakKeyDictionary[Plan, Mapping[str, frozenset[str]]] = WeakKeyDictionary()


def parts_of(formula: Formula) -> Iterator[Formula]:
    """What must all be so."""
    if isinstance(formula, AllOf):
        for part in formula.parts:
            yield from parts_of(part)
    else:
        yield formula


def vars_of(formula: Formula) -> Iterator[Var]:
    """The facts that a formula speaks of."""
    if isinstance(formula, In):
        yield formula.var
    else:
        for part in formula.parts:
            yield from vars_of(part)


def is_true(formula: Formula, now: Mapping[Var, str]) -> bool:
    """Whether a formula is so, by these values."""
    match formula:
        case In(var, values):
            return now[var] in values
        case AllOf(parts):
            return all(is_true(part, now) for part in parts)
        case OneOf(parts):
            return any(is_true(part, now) for part in parts)
