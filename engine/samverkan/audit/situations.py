"""Requirements checked on generated situations: one subject, its facts, a day. Quick, and no proof: exactness needs all of them.

A situation of a person is a value for each fact of that role and for each conclusion over a relation (which is taken freely: a
combination may be one that no related person makes true); a conclusion over the person's own facts follows. A situation of a
relation has the facts of its ends as well, then as now. What rests on consent doesn't count. An event rule counts where its event
must have occurred: a fact has a value that nothing else can have said.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from samverkan.audit.requirements import in_force, meets
from samverkan.decide.groups import FALSE, TRUE, UNDETERMINED, Group, GroupedRule, groups, verdict
from samverkan.decide.matching import Compiled
from samverkan.plan.model import PERSON, UNKNOWN, Atom, Conclusion, Condition, Fact, Impossible, Plan, Requirement, Rule

Situation = Mapping[str, str]
"""Path of a fact (`age`, or `seller.age` in a relation) → value; what isn't named is unknown."""

_OF_VERDICT = {TRUE: "true", FALSE: "false", UNDETERMINED: UNKNOWN}


@dataclass(slots=True)
class Tally:
    """What was found of one requirement. `unmet` holds the first few situations, with their day."""

    applied: int = 0
    met: int = 0
    undetermined: int = 0
    unmet: list[tuple[date, dict[str, str]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Looked:
    """The rules that meet a requirement, and in which groups they and those that override them are."""

    meeting: frozenset[str]
    groups: list[tuple[int, tuple[GroupedRule, ...]]]


class _Holding:
    """Which rules hold in one situation on one day; each group is matched once, however many requirements ask."""

    __slots__ = ("_day", "_groups", "_matched", "_matcher", "_occurred", "_situation")

    def __init__(self, groups: Sequence[Group], matcher: Compiled, situation: Situation, day: date, occurred: set[str]) -> None:
        self._groups, self._matcher, self._situation, self._day, self._occurred = groups, matcher, situation, day, occurred
        self._matched: dict[int, tuple[int, int]] = {}

    def of(self, number: int, its: Iterable[GroupedRule]) -> set[str]:
        """Those of `its`, rules of the group of that number, that hold."""
        if number not in self._matched:
            group = self._groups[number]
            paths = (f"{end}.{fact}" if end else fact for end, fact in group.slots)
            state = tuple(codes[self._situation.get(path, UNKNOWN)] for path, codes in zip(paths, group.codes, strict=True))
            self._matched[number] = self._matcher.match(number, state)
        true, possible = self._matched[number]
        return {g.rule.id for g in its if _counts(g.rule, self._day, self._occurred) and verdict(g, true, possible) == TRUE}


class Situations:
    """Makes situations of a plan, and tells whether its requirements are met there. `seed`: the same one, the same situations."""

    def __init__(self, plan: Plan, seed: int, until: date) -> None:
        self._plan = plan
        self._chance = random.Random(seed)
        self._groups = groups(plan)
        self._matcher = Compiled(self._groups)
        self._days = _days(plan, until)
        self._overriders: dict[str, list[str]] = {}
        for rule in plan.rules.values():
            for override in rule.overrides:
                self._overriders.setdefault(override.rule, []).append(rule.id)
        self._sayers = _sayers(plan)
        its = plan.requirements.values()
        self._in_force = {one.id: tuple(day for day in self._days if in_force(plan, one, day)) for one in its}
        self._on = {day: frozenset(name for name, days in self._in_force.items() if day in days) for day in self._days}
        self._fitting = {(one.of, one.role): [it for it in its if it.of == one.of and it.role in (None, one.role)] for one in its}
        self._looked: dict[tuple[str, str | None], _Looked] = {}

    def check(self, count: int) -> dict[str, Tally]:
        """Every requirement in force on all those of `count` situations that are of such a subject.

        The situations are made for the requirements in turn, half of them so that the one in turn applies.
        """
        tallies = {name: Tally() for name in self._plan.requirements}
        its = list(self._plan.requirements.values())
        for number in range(count if its else 0):
            self._one(its[number % len(its)], tallies, bool(number // len(its) % 2))
        return tallies

    def _one(self, turn: Requirement, tallies: Mapping[str, Tally], aimed: bool) -> None:
        day = self._chance.choice((self._in_force[turn.id] if aimed else ()) or self._days)
        situation = self._make(turn, aimed)
        if situation is None:
            return
        of_day, holding = self._on[day], _Holding(self._groups, self._matcher, situation, day, self._occurred(situation))
        for requirement in self._fitting[turn.of, turn.role]:
            if requirement.id not in of_day:
                continue
            applies, tally = condition_in(requirement.when, situation), tallies[requirement.id]
            if applies == UNDETERMINED:
                tally.undetermined += 1
            if applies != TRUE:
                continue
            tally.applied += 1
            if self._met(requirement, turn.role, holding):
                tally.met += 1
            elif len(tally.unmet) < 3:
                tally.unmet.append((day, {k: v for k, v in situation.items() if v != UNKNOWN}))

    def _met(self, requirement: Requirement, role: str | None, holding: _Holding) -> bool:
        """Whether some rule that holds, and isn't overridden, asks what the requirement asks of one in that role."""
        looked = self._looked_at(requirement, role)
        found = frozenset[str]().union(*(holding.of(number, its) for number, its in looked.groups))
        return any(found.isdisjoint(self._overriders.get(rule, ())) for rule in found & looked.meeting)

    def _occurred(self, situation: Situation) -> set[str]:
        said_by = (self._sayers.get(said, ()) for said in situation.items())
        return {types[0] for types in said_by if len(types) == 1}

    def _looked_at(self, requirement: Requirement, role: str | None) -> _Looked:
        """The rules for such a subject with a measure that meets the requirement, and those that override one of them."""
        if (requirement.id, role) not in self._looked:
            rules = [rule for rule in self._plan.rules.values() if rule.of == requirement.of and rule.role in (None, role)]
            meeting = frozenset(rule.id for rule in rules if self._has_measure(rule, requirement))
            of_them = meeting | {overrider for rule in meeting for overrider in self._overriders.get(rule, ())}
            groups = [(number, tuple(g for g in group.rules if g.rule.id in of_them)) for number, group in enumerate(self._groups)]
            self._looked[requirement.id, role] = _Looked(meeting, [(number, its) for number, its in groups if its])
        return self._looked[requirement.id, role]

    def _has_measure(self, rule: Rule, requirement: Requirement) -> bool:
        return any(its.allowed_consent is None and meets(self._plan, its, requirement) for its in rule.then)

    # -- making situations -----------------------------------------------------------------------------------------------------

    def _make(self, requirement: Requirement, aimed: bool) -> dict[str, str] | None:
        """A situation, or None where the facts that were drawn can't be so."""
        plan, chance = self._plan, self._chance
        situation: dict[str, str] = {}
        for end, role, sort in self._subjects(requirement):
            own = {fact.id: self._value(fact) for fact in plan.facts.values() if _has(fact, sort, role)}
            for conclusion in plan.conclusions.values():
                if _has(conclusion, sort, role) and looks_across(conclusion.when):
                    own[conclusion.id] = chance.choice(("true", "false", UNKNOWN))
            situation.update({f"{end}.{name}" if end else name: value for name, value in own.items()})
        if aimed:
            self._aim(requirement.when, situation)
        for end, role, sort in self._subjects(requirement):
            own = situation if end is None else {p.partition(".")[2]: v for p, v in situation.items() if p.startswith(f"{end}.")}
            if any(_is_so(impossible, own) for impossible in plan.impossible if _has(impossible, sort, role)):
                return None
            for conclusion in plan.conclusions.values():
                if _has(conclusion, sort, role) and not looks_across(conclusion.when):
                    said = _OF_VERDICT[condition_in(conclusion.when, own)]
                    situation[f"{end}.{conclusion.id}" if end else conclusion.id] = said
        return situation

    def _subjects(self, requirement: Requirement) -> Iterable[tuple[str | None, str | None, str]]:
        """Whose facts a situation has: (end or None, role, sort)."""
        yield None, requirement.role, requirement.of
        relation = self._plan.relations.get(requirement.of)
        for end, role in relation.ends.items() if relation is not None else ():
            yield end, role, PERSON

    def _value(self, fact: Fact) -> str:
        return UNKNOWN if self._chance.random() < 0.6 else self._chance.choice(list(fact.values))

    def _aim(self, condition: Condition, situation: dict[str, str]) -> None:
        """Makes the condition true, by the values that it names and one of its alternatives."""
        for atom in condition.atoms:
            situation[atom.path] = self._chance.choice(atom.values)
        if condition.any:
            self._aim(self._chance.choice(condition.any), situation)


def condition_in(condition: Condition, situation: Situation) -> int:
    """TRUE, UNDETERMINED or FALSE of a condition that looks at nobody else, in strong Kleene logic."""
    verdicts = [_atom_in(atom, situation) for atom in condition.atoms]
    if condition.any:
        verdicts.append(max(condition_in(one, situation) for one in condition.any))
    return min(verdicts, default=TRUE)


def looks_across(condition: Condition) -> bool:
    """Whether the condition looks over a relation."""
    return bool(condition.some) or any(looks_across(one) for one in condition.any)


def _atom_in(atom: Atom, situation: Situation) -> int:
    value = situation.get(atom.path, UNKNOWN)
    if value in atom.values:
        return TRUE
    return UNDETERMINED if value == UNKNOWN else FALSE


def _counts(rule: Rule, day: date, occurred: set[str]) -> bool:
    """Whether the rule is valid on that day and, if it waits for an event, that has occurred."""
    valid = rule.first <= day and (rule.last is None or day <= rule.last)
    return valid and (rule.each is None or rule.each.event in occurred)


def _sayers(plan: Plan) -> dict[tuple[str, str], tuple[str, ...]]:
    """For each value of a fact that the events of a plan can state: the types of those events."""
    found: dict[tuple[str, str], set[str]] = {}
    for event in plan.events.values():
        for says in event.says:
            for value in says.values or plan.facts[says.fact].values:
                found.setdefault((says.fact, value), set()).add(event.id)
    return {key: tuple(sorted(types)) for key, types in found.items()}


def _has(word: Fact | Conclusion | Impossible, sort: str, role: str | None) -> bool:
    return word.of == sort and word.role in (None, role)


def _is_so(impossible: Impossible, situation: Situation) -> bool:
    return all(situation.get(atom.path, UNKNOWN) in atom.values for atom in impossible.atoms)


def _days(plan: Plan, until: date) -> tuple[date, ...]:
    """A day on each side of every day on which a rule or a citation begins or ends, within the plan's time."""
    spans = [(rule.first, rule.last) for rule in plan.rules.values()]
    spans += [(citation.first, citation.last) for clause in plan.clauses.values() for citation in clause.citations]
    breaks = {first for first, _ in spans} | {last + timedelta(days=1) for _, last in spans if last is not None}
    days = {day for first in breaks for day in (first - timedelta(days=1), first)} | {plan.first, until}
    return tuple(sorted(day for day in days if plan.first <= day <= until))
