"""What an event rule is due once for, as now known (semantics §4, 4.a, 4.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samverkan.decide.becoming import STANDING, Occurrence, decided_about, in_time
from samverkan.decide.marking import accepted_stretches
from samverkan.decide.records import Record
from samverkan.plan.model import Rule

if TYPE_CHECKING:
    from samverkan.decide.standing import Standing


def occurrences(standing: Standing, rule: Rule, subject: str) -> list[Occurrence]:
    """The occurrences of a rule for one of its subjects; the one occurrence of a standing rule."""
    each = rule.each
    if each is None:
        return [STANDING]
    world = standing.moment.judge.world
    if each.kind == "event":
        return [Occurrence(e.id, e.at) for e in world.occurrences.get((each.event or "", subject), ())]
    found: list[Occurrence] = []
    if each.ref is not None:
        for decision in standing.decisions_of(each.ref, subject):
            if each.kind == "accepted":
                marks = standing.marks_on(decision)
                found.extend(Occurrence(m.id, m.at, until) for m, until in accepted_stretches(marks))
            else:
                passed = standing.passed_at(decision)
                if passed is not None:
                    found.append(Occurrence(str(decision), passed))
    return found


def occurs(standing: Standing, record: Record) -> bool:
    """Whether a decision would be due now for one of its grounds, should its rule hold and nothing else be in its way.

    What it is due once for may have ceased or been taken back; the end that it is about may be somebody else's, or not known.
    """
    rule, measure, moment = record.rule, record.measure, standing.moment
    if rule is None or measure is None:
        return False
    there = (ground for ground in map(moment.judge.world.canonical, record.grounds) if ground in moment.judge.world.sorts)
    grounds = [ground for ground in there if decided_about(moment.judge, measure, ground) == record.id.subject]
    if rule.each is None:
        return bool(grounds)
    found = (one for ground in grounds for one in occurrences(standing, rule, ground) if one.id == record.id.occurrence)
    return any(in_time(standing.prepared, rule, one, moment.k) for one in found)
