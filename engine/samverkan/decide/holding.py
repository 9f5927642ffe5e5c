"""Which rules hold at an instant, for which subjects: states are read from the world and put to the matcher (semantics §§2–4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from samverkan.decide.groups import Group, State
from samverkan.decide.judging import Judge, When
from samverkan.decide.matching import Matcher
from samverkan.decide.prepared import Prepared
from samverkan.directory.times import local_day
from samverkan.plan.model import PERSON, Rule


@dataclass(slots=True)
class Holding:
    """Rules, by id, with the subjects for whom their conditions are true, and those for whom they are undetermined.

    Roles and the validity of standing rules are looked at too; occurrences and overriding are not.
    """

    true: dict[str, list[str]] = field(default_factory=dict)
    undetermined: dict[str, list[str]] = field(default_factory=dict)


def holding(prepared: Prepared, matcher: Matcher, judge: Judge, k: datetime) -> Holding:
    """All rules at `k`, in the light of the judge's world."""
    found = Holding()
    day = local_day(k, prepared.zone)
    for number, group in enumerate(prepared.groups):
        for subject in subjects(judge, group.of, k):
            roles = judge.world.people.roles(subject, k) if group.of == PERSON else ()
            true, possible = matcher.match(number, state_of(judge, group, subject, k))
            for grouped in group.rules:
                if not possible & grouped.when or true & grouped.unless:
                    continue
                rule = grouped.rule
                if (rule.role is None or rule.role in roles) and _valid(prepared, judge, rule, subject, day):
                    table = found.true if true & grouped.when else found.undetermined
                    table.setdefault(rule.id, []).append(subject)
    return found


def subjects(judge: Judge, sort: str, k: datetime) -> Iterator[str]:
    """The subjects of that sort which are in the case at `k`, in a fixed order."""
    world = judge.world
    return (s for s in world.of_sort(sort) if world.exists(s, k))


def applies(prepared: Prepared, judge: Judge, rule: Rule, subject: str, t: datetime) -> bool:
    """Whether the subject has the rule's role at `t`, and, for a standing rule, whether `t` is within its validity."""
    if rule.role is not None and not judge.world.people.has_role(subject, rule.role, t):
        return False
    return _valid(prepared, judge, rule, subject, local_day(t, prepared.zone))


def _valid(prepared: Prepared, judge: Judge, rule: Rule, subject: str, day: date) -> bool:
    """Whether a rule that is judged by the offence is valid on its day, a standing one on `day`."""
    if rule.by_offence:
        return is_valid(prepared, rule, judge.world.relations[subject].offence_at)
    return rule.each is not None or (rule.first <= day and (rule.last is None or day <= rule.last))


def is_valid(prepared: Prepared, rule: Rule, at: datetime) -> bool:
    """Whether the local day of `at` is within the rule's validity."""
    day = local_day(at, prepared.zone)
    return rule.first <= day and (rule.last is None or day <= rule.last)


def state_of(judge: Judge, group: Group, subject: str, k: datetime) -> State:
    """The group's state for one subject: the code of each slot's value."""
    world, facts = judge.world, judge.plan.facts
    when = When(k, k, world.relations[subject].offence_at if group.by_offence else k)
    return tuple([
        codes[world.value(subject, atom.fact, k) if atom.end is None and atom.fact in facts else judge.value(atom, subject, when)]
        for atom, codes in zip(group.atoms, group.codes, strict=True)
    ])  # fmt: skip
