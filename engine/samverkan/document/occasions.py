"""Which rules an event sets going, as the document tells it: for whoever is new in the case, and for whoever was known before.

The pictures show what follows where the event is the first that is known. A reader who looks something up asks for more (a danger
to somebody whom the police have met) and for less (nothing that holds for everybody, and nothing that the event itself rules out).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from samverkan.graph.chains import ChainStep, set_going
from samverkan.plan.model import PERSON, UNKNOWN, Atom, Condition, EventType, Measure, Plan, Rule, Says

Whose = tuple[str, str | None]
"""A sort of subject, and its role where it is a person in one."""

Said = Mapping[tuple[Whose, str], tuple[str, ...]]
"""What is said of whose fact: the values that it may then have."""


@dataclass(frozen=True, slots=True)
class Known:
    """What may be known of a subject. `said`: by the event; `rest`: what else may be so, nothing for somebody who is new.
    `new`: the relation that the event brings in."""

    plan: Plan
    said: Said = field(default_factory=dict)
    anything: bool = False
    new: str | None = None

    def possible(self, condition: Condition, whose: Whose) -> bool:
        """Whether a condition can be true."""
        if not all(self._atom(atom, whose) for atom in condition.atoms):
            return False
        for some in condition.some:
            if not self.anything and some.relation != self.new:
                return False
            if not self.possible(some.has, (some.relation, None)):
                return False
        return not condition.any or any(self.possible(one, whose) for one in condition.any)

    def certain(self, condition: Condition, whose: Whose) -> bool:
        """Whether what is said makes a condition true, whatever else is so."""
        if condition.some or not all(self._sure(atom, whose) for atom in condition.atoms):
            return False
        return not condition.any or any(self.certain(one, whose) for one in condition.any)

    def holds(self, rule: Rule) -> bool:
        """Whether a rule can be in force."""
        whose = (rule.of, rule.role)
        return self.possible(rule.when, whose) and not any(self.certain(one, whose) for one in rule.unless)

    def _values(self, whose: Whose, fact: str) -> tuple[str, ...]:
        """The values that a fact may have; what is said of a person in no role in particular is said of each."""
        for (sort, role), told in (one for one in self.said if one[1] == fact):
            if sort == whose[0] and (role is None or whose[1] is None or role == whose[1]):
                return self.said[(sort, role), told]
        return (*self.plan.facts[fact].values, UNKNOWN) if self.anything else (UNKNOWN,)

    def _whose(self, atom: Atom, whose: Whose) -> Whose:
        return (PERSON, self.plan.relations[whose[0]].ends[atom.end]) if atom.end is not None else whose

    def _atom(self, atom: Atom, whose: Whose) -> bool:
        where = self._whose(atom, whose)
        conclusion = self.plan.conclusions.get(atom.fact)
        if conclusion is None:
            return bool({*self._values(where, atom.fact)} & {*atom.values})
        below = (conclusion.of, conclusion.role or where[1])
        if "true" in atom.values and self.possible(conclusion.when, below):
            return True
        return bool({UNKNOWN, "false"} & {*atom.values}) and not self.certain(conclusion.when, below)

    def _sure(self, atom: Atom, whose: Whose) -> bool:
        where = self._whose(atom, whose)
        conclusion = self.plan.conclusions.get(atom.fact)
        if conclusion is not None:
            return atom.values == ("true",) and self.certain(conclusion.when, (conclusion.of, conclusion.role or where[1]))
        return {*self._values(where, atom.fact)} <= {*atom.values}


def is_base(plan: Plan, rule: Rule) -> bool:
    """Whether a standing rule holds for a subject of its sort as soon as there is one, before anything is said of it."""
    return rule.each is None and Known(plan).holds(rule)


def brought(plan: Plan, event: EventType) -> tuple[Whose, ...]:
    """Whom and what an event may bring into the case: persons in any role where it names none, a relation with its ends."""
    if not event.introduces:
        return ()
    if event.about == PERSON:
        return ((PERSON, None), *((PERSON, role) for role in plan.roles if event.role in (None, role)))
    relation = plan.relations.get(event.about)
    if relation is None:
        return ((event.about, None),)
    return ((event.about, None), (PERSON, None), *((PERSON, role) for role in dict.fromkeys(relation.ends.values())))


def said_by(plan: Plan, event: EventType, *, itself: bool, stated: bool) -> dict[tuple[Whose, str], tuple[str, ...]]:
    """What an event says.

    Args:
        plan: the plan.
        event: the event.
        itself: of what it always says something of, only the value that it says where nothing else is stated.
        stated: also what may be stated with it, and need not be.
    """
    found: dict[tuple[Whose, str], tuple[str, ...]] = {}
    for says in event.says:
        if says.given:
            found[_told_of(plan, event, says), says.fact] = says.values[:1] if itself else says.values
        elif stated:
            found[_told_of(plan, event, says), says.fact] = (*(says.values or tuple(plan.facts[says.fact].values)), UNKNOWN)
    return found


@dataclass(frozen=True, slots=True)
class Occasion:
    """A rule that an event sets going, with the measures that it does. `otherwise`: only where the event says something else than
    it does by itself."""

    rule: Rule
    measures: tuple[Measure, ...]
    otherwise: bool


def occasions(plan: Plan, event: EventType, steps: Sequence[ChainStep]) -> Iterator[Occasion]:
    """The rules that an event sets going, in the order of the plan; none that holds for whoever is new, whatever happens.

    Args:
        plan: the plan.
        event: the event.
        steps: the first steps of its chain.
    """
    if event.introduces:
        yield from _brought_in(plan, event)
        return
    by_itself, otherwise = (Known(plan, said_by(plan, event, itself=one, stated=False), anything=True) for one in (True, False))
    for step in steps:
        rule = plan.rules[step.rule]
        if otherwise.holds(rule):
            yield Occasion(rule, set_going(plan, event.id, step), not by_itself.holds(rule))


def _brought_in(plan: Plan, event: EventType) -> Iterator[Occasion]:
    new = event.about if event.about in plan.relations else None
    met = {one: Known(plan, said_by(plan, event, itself=one, stated=True), new=new) for one in (True, False)}
    known = {one: Known(plan, said_by(plan, event, itself=one, stated=False), anything=True, new=new) for one in (True, False)}
    whose = set(brought(plan, event))
    for rule in plan.rules.values():
        if rule.each is not None:
            if rule.each.event == event.id:
                yield Occasion(rule, rule.then, otherwise=False)
            continue
        turns, newcomer = _turns_on(plan, event, rule), (rule.of, rule.role) in whose
        by_itself, otherwise = (
            (newcomer and met[one].holds(rule)) or (turns and known[one].holds(rule)) for one in (True, False)
        )  # fmt: skip
        if is_base(plan, rule) and newcomer and by_itself:
            continue
        if by_itself or otherwise:
            yield Occasion(rule, rule.then, not by_itself)


def without(plan: Plan, event: EventType, rule: Rule) -> bool:
    """Whether a rule that holds for whoever is new doesn't for whom an event brings in, where it says what it does by itself."""
    new = event.about if event.about in plan.relations else None
    return not Known(plan, said_by(plan, event, itself=True, stated=True), new=new).holds(rule)


def _told_of(plan: Plan, event: EventType, says: Says) -> Whose:
    return (PERSON, plan.relations[event.about].ends[says.end]) if says.end else (event.about, event.role)


def _turns_on(plan: Plan, event: EventType, rule: Rule) -> bool:
    """Whether a rule asks for just what an event may change, so that it can't have held while that was unknown."""
    for says in event.says:
        values = says.values[:1] if says.given else says.values or tuple(plan.facts[says.fact].values)
        whose = _told_of(plan, event, says)
        if says.effect == "changes" and any(
            _reads(plan, rule.when, (rule.of, rule.role), (whose, says.fact, value)) for value in values
        ):
            return True
    return False


def _reads(plan: Plan, condition: Condition, whose: Whose, told: tuple[Whose, str, str]) -> bool:
    """Whether a condition asks for a value that is told, and not also for what is unknown."""
    about, fact, value = told
    for atom in condition.atoms:
        where = (PERSON, plan.relations[whose[0]].ends[atom.end]) if atom.end is not None else whose
        conclusion = plan.conclusions.get(atom.fact)
        if conclusion is not None:
            below = (conclusion.of, conclusion.role or where[1])
            if atom.values == ("true",) and _reads(plan, conclusion.when, below, told):
                return True
            continue
        same = (atom.fact, where[0]) == (fact, about[0]) and (None in (where[1], about[1]) or where[1] == about[1])
        if same and value in atom.values and UNKNOWN not in atom.values:
            return True
    if any(_reads(plan, some.has, (some.relation, None), told) for some in condition.some):
        return True
    return any(_reads(plan, one, whose, told) for one in condition.any)
