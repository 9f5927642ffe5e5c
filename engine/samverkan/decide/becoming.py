"""From rules that hold to measures that are due: occurrences, overriding, whose decision it is, consent (semantics §§4–6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from samverkan.decide.answer import DecisionId
from samverkan.decide.consents import IDENTITY
from samverkan.decide.holding import Holding, is_valid
from samverkan.decide.judging import Judge
from samverkan.decide.prepared import Prepared
from samverkan.plan.model import PERSON, Measure, Rule


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an event rule is due for. `until`: when it ceases to count (a later no), exclusive."""

    id: str
    at: datetime
    until: datetime | None = None


STANDING = Occurrence("", datetime.min.replace(tzinfo=UTC))
"""The one occurrence of a standing rule."""
ALWAYS_DUE = [STANDING]


@dataclass(frozen=True, slots=True)
class Held:
    """A measure that is due, or waits for a consent, at an instant: its grounds are subjects of the rule."""

    id: DecisionId
    rule: Rule
    measure: Measure
    grounds: tuple[str, ...]
    waits: bool = False


@dataclass(slots=True)
class Moment:
    """What has been worked out for one instant so far. `in_force`: rule → subjects for whom it holds, occurrence included."""

    k: datetime
    judge: Judge
    holding: Holding
    in_force: dict[str, set[str]] = field(default_factory=dict)
    overridden: dict[tuple[str, str], str] = field(default_factory=dict)
    held: dict[DecisionId, Held] = field(default_factory=dict)


Occurrences = Callable[[Rule, str], list[Occurrence]]


def become(prepared: Prepared, moment: Moment, rule: Rule, occurrences: Occurrences) -> None:
    """Add to `moment` what one rule makes due. Its overriders must have been judged before."""
    for subject in moment.holding.true.get(rule.id, ()):
        times = (
            ALWAYS_DUE if rule.each is None else [o for o in occurrences(rule, subject) if in_time(prepared, rule, o, moment.k)]
        )
        if not times:
            continue
        moment.in_force.setdefault(rule.id, set()).add(subject)
        overrider = next(
            (r for r in prepared.overriders.get(rule.id, ()) if subject in moment.in_force.get(r, ())), None
        )
        if overrider is not None:
            moment.overridden[(rule.id, subject)] = overrider
            continue
        for occurrence in times:
            for measure in rule.then:
                _become(moment, rule, measure, subject, occurrence.id)


def in_time(prepared: Prepared, rule: Rule, occurrence: Occurrence, t: datetime) -> bool:
    """Whether an occurrence counts at `t`: it has come, has not ceased, and its day is within the rule's validity."""
    if rule.each is None:
        return True
    if occurrence.at > t or (occurrence.until is not None and occurrence.until <= t):
        return False
    return rule.by_offence or is_valid(prepared, rule, occurrence.at)


def _become(moment: Moment, rule: Rule, measure: Measure, subject: str, occurrence: str) -> None:
    whose = decided_about(moment.judge, measure, subject)
    if whose is None:
        return
    waits = False
    if measure.allowed_consent is not None:
        person = person_of(moment.judge, rule, measure, subject)
        state, _ = moment.judge.world.consent(
            person or "", measure.allowed_consent, measure.telling or IDENTITY, moment.k
        )
        if state in ("refused", "withdrawn"):
            if measure.if_refused is not None:
                _become(moment, rule, measure.if_refused, subject, occurrence)
            return
        waits = state != "given"
    for bearer in measure.who:
        decision = DecisionId(rule.id, measure.id, whose, bearer, occurrence)
        before = moment.held.get(decision)
        grounds = (*before.grounds, subject) if before is not None else (subject,)
        moment.held[decision] = Held(decision, rule, measure, grounds, waits)


def decided_about(judge: Judge, measure: Measure, subject: str) -> str | None:
    """The subject of the decision: the rule's own, or the person at the end that the measure is about (None: not known)."""
    if measure.about is None:
        return subject
    person = judge.world.person_at(subject, measure.about)
    return subject if person is not None and measure.keep_relation else person


def person_of(judge: Judge, rule: Rule, measure: Measure, subject: str) -> str | None:
    """The person that a measure about `subject` (of the rule) concerns, or None."""
    if measure.about is not None:
        return judge.world.person_at(subject, measure.about)
    return subject if rule.of == PERSON else None


def person_concerned(judge: Judge, subject: str, measure: Measure | None) -> str | None:
    """The person whom a decision about `subject` concerns, for its municipality: the subject, or its relation's end."""
    sort = judge.world.sorts.get(subject)
    if sort == PERSON:
        return subject
    if measure is not None and measure.about is not None:
        return judge.world.person_at(subject, measure.about)
    return None
