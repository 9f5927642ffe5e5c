"""Which rules hold at an instant, for which subjects: states are read from the world and put to the matcher (semantics §§2–4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from samverkan.decide.groups import TRUE, Group, State, verdict
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
    for number, group in enumerate(prepared.groups):
        for subject in subjects(judge, group.of, k):
            state = state_of(judge, group, subject, k)
            true, possible = matcher.match(number, state)
            for grouped in group.rules:
                said = verdict(grouped, true, possible)
                if said and applies(prepared, judge, grouped.rule, subject, k):
                    table = found.true if said == TRUE else found.undetermined
                    table.setdefault(grouped.rule.id, []).append(subject)
    return found


def subjects(judge: Judge, sort: str, k: datetime) -> Iterator[str]:
    """The subjects of that sort which are in the case at `k`, in a fixed order."""
    world = judge.world
    return (s for s in sorted(world.sorts) if world.sorts[s] == sort and world.exists(s, k))


def applies(prepared: Prepared, judge: Judge, rule: Rule, subject: str, t: datetime) -> bool:
    """Whether the subject has the rule's role at `t`, and, for a standing rule, whether `t` is within its validity."""
    if rule.of == PERSON and rule.role is not None and not judge.world.people.has_role(subject, rule.role, t):
        return False
    if rule.by_offence:
        return is_valid(prepared, rule, judge.world.relations[subject].offence_at)
    return rule.each is not None or is_valid(prepared, rule, t)


def is_valid(prepared: Prepared, rule: Rule, at: datetime) -> bool:
    """Whether the local day of `at` is within the rule's validity."""
    day = local_day(at, prepared.zone)
    return rule.first <= day and (rule.last is None or day <= rule.last)


def state_of(judge: Judge, group: Group, subject: str, k: datetime) -> State:
    """The group's state for one subject: the code of each slot's value."""
    when = When(k, k, judge.world.relations[subject].offence_at if group.by_offence else k)
    return tuple(codes[judge.value(atom, subject, when)] for atom, codes in zip(group.atoms, group.codes, strict=True))


