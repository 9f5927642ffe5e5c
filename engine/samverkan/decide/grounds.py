"""Whether what is now known still gives a past decision its ground: the difference between lapsed and withdrawn (5.d)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from samverkan.decide.becoming import decided_about, in_time
from samverkan.decide.groups import TRUE
from samverkan.decide.holding import applies
from samverkan.decide.judging import Judge
from samverkan.decide.knowledge import known
from samverkan.decide.occurring import occurrences
from samverkan.decide.records import Record, Span
from samverkan.decide.world import World
from samverkan.plan.model import Rule

if TYPE_CHECKING:
    from samverkan.decide.standing import Standing


def ground_was_there(standing: Standing, record: Record, spell: Span) -> bool:
    """Whether the rule holds, in the light of what is now known, at some instant of the spell at which that may change."""
    rule = record.rule
    if rule is None:
        return False
    judge = standing.moment.judge
    grounds = possible_grounds(judge, rule, record)
    if not grounds:
        return False
    return any(_held(standing, record, rule, grounds, t) for t in instants_of_change(standing, record, rule, grounds, spell))


def _held(standing: Standing, record: Record, rule: Rule, grounds: list[str], t: datetime) -> bool:
    judge = standing.moment.judge
    light = with_shown(standing, judge, t) if rule.id in standing.prepared.looks_back else judge
    return any(_holds(standing, light, rule, ground, record.id.occurrence, t) for ground in grounds)


def instants_of_change(standing: Standing, record: Record, rule: Rule, grounds: list[str], spell: Span) -> list[datetime]:
    """The spell's start, and the instants in it at which what the rule reads may become another.

    Values change at the breaks of their timelines; an occurrence counts from its time on; what was shown as unknown changes when
    anything becomes known.
    """
    end = spell.end if spell.end is not None else standing.moment.k
    world = standing.moment.judge.world
    times = world.breaks(standing.prepared.reads[rule.id]) | world.people.breaks
    if world.start is not None:
        times.add(world.start)
    for o in (o for g in grounds if rule.each is not None for o in occurrences(standing, rule, g) if o.id == record.id.occurrence):
        times |= {o.at, o.until} if o.until is not None else {o.at}
    if rule.id in standing.prepared.looks_back:
        times.update(t for revisions in standing.delivered.values() for r in revisions for t in (r.at, r.known_at))
    return [spell.start, *sorted(t for t in times if spell.start < t < end)]


def possible_grounds(judge: Judge, rule: Rule, record: Record) -> list[str]:
    """The subjects of the rule that could ground the decision, as now known."""
    measure = record.measure
    if measure is None:
        return []
    if measure.about is None:
        return [record.id.subject] if judge.world.sorts.get(record.id.subject) == rule.of else []
    return [
        s for s in judge.world.of_sort(rule.of)
        if s == record.id.subject or decided_about(judge, measure, s) == record.id.subject
    ]  # fmt: skip


def _holds(standing: Standing, judge: Judge, rule: Rule, subject: str, occurrence: str, t: datetime) -> bool:
    if not judge.world.exists(subject, t) or not applies(standing.prepared, judge, rule, subject, t):
        return False
    if rule.each is not None:
        found = [o for o in occurrences(standing, rule, subject) if o.id == occurrence]
        if not any(in_time(standing.prepared, rule, o, t) for o in found):
            return False
    return judge.rule(rule, subject, t) == TRUE


def with_shown(standing: Standing, judge: Judge, t: datetime) -> Judge:
    """The judge, told also what was shown at `t`: an atom that was true by naming `unknown` counts as having been true."""
    shown = Judge(World(standing.prepared.plan, known(standing.delivered, t)))
    return Judge(judge.world, shown)
