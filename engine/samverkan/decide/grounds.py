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
from samverkan.plan.model import UNKNOWN, Condition, Plan, Rule

if TYPE_CHECKING:
    from samverkan.decide.standing import Standing


def ground_was_there(standing: Standing, record: Record, spell: Span) -> bool:
    """Whether the rule holds, in the light of what is now known, at the spell's start or at some event's time within it."""
    rule = record.rule
    if rule is None:
        return False
    judge = standing.moment.judge
    end = spell.end if spell.end is not None else standing.moment.k
    times = {spell.start, *(e.at for e in judge.world.events if spell.start <= e.at < end)}
    looks_back = names_unknown(standing.prepared.plan, rule)
    grounds = _grounds(judge, rule, record)
    for t in sorted(times):
        light = _with_shown(standing, judge, t) if looks_back else judge
        if any(_holds(standing, light, rule, ground, record.id.occurrence, t) for ground in grounds):
            return True
    return False


def _grounds(judge: Judge, rule: Rule, record: Record) -> list[str]:
    """The subjects of the rule that could ground the decision, as now known."""
    world = judge.world
    if record.measure is None:
        return []
    return [
        s for s, sort in sorted(world.sorts.items())
        if sort == rule.of and (s == record.id.subject or decided_about(judge, record.measure, s) == record.id.subject)
    ]  # fmt: skip


def _holds(standing: Standing, judge: Judge, rule: Rule, subject: str, occurrence: str, t: datetime) -> bool:
    if not judge.world.exists(subject, t) or not applies(standing.prepared, judge, rule, subject, t):
        return False
    if rule.each is not None:
        found = [o for o in occurrences(standing, rule, subject) if o.id == occurrence]
        if not any(in_time(standing.prepared, rule, o, t) for o in found):
            return False
    return judge.rule(rule, subject, t) == TRUE


def _with_shown(standing: Standing, judge: Judge, t: datetime) -> Judge:
    """The judge, told also what was shown at `t`: an atom that was true by naming `unknown` counts as having been true."""
    shown = Judge(World(standing.prepared.plan, known(standing.delivered, t)))
    return Judge(judge.world, shown)


def names_unknown(plan: Plan, rule: Rule) -> bool:
    """Whether some atom that the rule's `when` rests on names `unknown`."""
    return _names_unknown(plan, rule.when)


def _names_unknown(plan: Plan, condition: Condition) -> bool:
    for atom in condition.atoms:
        if UNKNOWN in atom.values:
            return True
        conclusion = plan.conclusions.get(atom.fact)
        if conclusion is not None and _names_unknown(plan, conclusion.when):
            return True
    inner = (*condition.any, *(some.has for some in condition.some))
    return any(_names_unknown(plan, one) for one in inner)
