"""What an event rule is due once for, as now known (semantics §4, 4.a, 4.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samverkan.decide.becoming import STANDING, Occurrence, in_time
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
    """Whether what a decision is due once for counts now, for one of its grounds: it may have ceased, or been taken back."""
    rule, moment = record.rule, standing.moment
    if rule is None or rule.each is None:
        return True
    grounds = [moment.judge.world.canonical(ground) for ground in record.grounds]
    found = (one for ground in grounds for one in occurrences(standing, rule, ground) if one.id == record.id.occurrence)
    return any(in_time(standing.prepared, rule, one, moment.k) for one in found)
