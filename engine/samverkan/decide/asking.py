"""What has to be found out, and what can't both be followed: questions and contradictions of an answer (semantics §§1–5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from samverkan.decide.answer import Contradiction, Decision, Question
from samverkan.decide.becoming import in_time
from samverkan.decide.occurring import occurrences
from samverkan.decide.without_value import without_value
from samverkan.decide.world import World
from samverkan.plan.model import PERSON, Plan

if TYPE_CHECKING:
    from samverkan.decide.standing import Standing

LIVE = ("due", "ask_first")


def questions(standing: Standing, decisions: Sequence[Decision]) -> tuple[Question, ...]:
    """All that has to be asked at a moment, sorted."""
    world = standing.moment.judge.world
    found = [*_undetermined(standing), *_contested(world), *_things(standing, world), *_marks(standing, world)]
    found.extend(_reasons(standing, decisions))
    return tuple(sorted(set(found)))


def _undetermined(standing: Standing) -> list[Question]:
    """The facts behind every rule that is undetermined and could be due, but for those that somebody has been asked for in vain."""
    moment, plan = standing.moment, standing.prepared.plan
    rules: dict[tuple[str, str], set[str]] = defaultdict(set)
    for rule_id, subjects in moment.holding.undetermined.items():
        rule = plan.rules[rule_id]
        for subject in subjects:
            times = occurrences(standing, rule, subject)
            if not any(in_time(standing.prepared, rule, o, moment.k) for o in times):
                continue
            when = moment.judge.when(rule, subject, moment.k)
            for whose, fact in moment.judge.undetermined(rule.when, subject, when):
                if without_value(moment.judge.world, whose, fact) is None:
                    rules[(whose, fact)].add(rule_id)
    return [Question("fact", whose, fact, tuple(sorted(waiting))) for (whose, fact), waiting in rules.items()]


def _contested(world: World) -> list[Question]:
    """Facts that were established as two things at one instant, or that a change says were something else."""
    return [
        Question("established_twice", subject, fact, events=stretch.contested)
        for (subject, fact), line in world.timelines().items()
        for stretch in line.stretches
        if stretch.contested
    ]


def _things(standing: Standing, world: World) -> list[Question]:
    """Relations with two persons at one end or two times of the offence, impossible combinations, events about nobody."""
    found = [Question("hanging", e.about.subject, events=(e.id,)) for e in world.hanging if e.about is not None]
    for relation in world.relations.values():
        for (end, _), named in zip(relation.ends.items(), relation.named, strict=True):
            if len(named) > 1:
                found.append(Question("end_named_twice", relation.id, end))
        if relation.offences:
            found.append(Question("offence_twice", relation.id, events=tuple(sorted(relation.offences))))
    for subject in world.sorts:
        found.extend(
            Question("impossible", subject, ", ".join(sorted({a.fact for a in one.atoms})))
            for one in world.violated(subject, standing.moment.k)
        )
    return found


def _marks(standing: Standing, world: World) -> list[Question]:
    return [
        Question("nothing_marked", mark.mark.subject, rules=(mark.mark.rule,), events=(mark.id,))
        for marks in world.marks.values()
        for mark in marks
        if mark.mark is not None and standing.marked(mark) is None
    ]


def _reasons(standing: Standing, decisions: Sequence[Decision]) -> list[Question]:
    found: list[Question] = []
    for decision in decisions:
        measure = standing.prepared.measure(decision.id.rule, decision.id.measure)
        if measure is None or not measure.needs_reason:
            continue
        without = [mark for mark in standing.outcome(decision.id).done if not mark.reason]
        found.extend(
            Question("reason_missing", decision.id.subject, rules=(decision.id.rule,), events=(mark.id,)) for mark in without
        )
    return found


def contradictions(plan: Plan, decisions: Sequence[Decision]) -> tuple[Contradiction, ...]:
    """Pairs of live decisions of which one performs what the other refrains from, or its opposite (5.k)."""
    opposites = {frozenset(pair) for pair in plan.opposites}
    live = [d for d in decisions if d.status in LIVE and d.kind in ("perform", "refrain")]
    found = set()
    for one in live:
        for other in live:
            if one.kind == "perform" and other.kind == "refrain":
                clash = one.object == other.object
            elif one.kind == other.kind == "perform" and one.id < other.id:
                clash = frozenset((one.object, other.object)) in opposites
            else:
                clash = False
            if clash and _same_matter(plan, one, other):
                found.add(Contradiction(one.id, other.id))
    return tuple(sorted(found, key=lambda c: (c.first, c.second)))


def _same_matter(plan: Plan, one: Decision, other: Decision) -> bool:
    """Whether two decisions concern the same subject: a rule for a person everywhere, one for a relation only as to that."""
    about_persons = [plan.rules[d.id.rule].of == PERSON for d in (one, other)]
    both_personal = one.person is not None and other.person is not None
    same = one.person == other.person if both_personal else one.id.subject == other.id.subject
    return same and (any(about_persons) or bool(set(one.grounds) & set(other.grounds)))

