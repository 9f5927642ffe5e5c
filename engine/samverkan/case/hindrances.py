"""Why a rule isn't in force for a subject, and why a measure of a rule that is isn't due: every reason, not only the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from samverkan.case.explained import Hindrance, HindranceKind
from samverkan.case.reads import HOLDS, each_read, read, reads
from samverkan.decide.becoming import decided_about, in_time, person_of
from samverkan.decide.consents import IDENTITY
from samverkan.decide.groups import TRUE
from samverkan.decide.holding import applies, is_valid
from samverkan.decide.judging import Judge, When
from samverkan.decide.occurring import occurrences
from samverkan.decide.standing import Standing
from samverkan.plan.model import PERSON, Condition, Measure, Rule


@dataclass(frozen=True, slots=True)
class Light:
    """Where one looks from: `judge` reads the facts, at `t`; occurrences and marks are as `standing` knows them."""

    standing: Standing
    judge: Judge
    t: datetime


def occurs(light: Light, rule: Rule, subject: str) -> bool:
    """Whether all but the conditions of a rule is there for a subject: the role, the validity, an occurrence."""
    prepared = light.standing.prepared
    if not light.judge.world.exists(subject, light.t) or not applies(prepared, light.judge, rule, subject, light.t):
        return False
    return any(in_time(prepared, rule, o, light.t) for o in occurrences(light.standing, rule, subject))


def in_force(light: Light, rule: Rule, subject: str) -> bool:
    """Whether a rule holds for a subject, its occurrence included; it may be overridden all the same."""
    return occurs(light, rule, subject) and light.judge.rule(rule, subject, light.t) == TRUE


def hindrances(light: Light, rule: Rule, subject: str) -> tuple[Hindrance, ...]:
    """Every reason why a rule isn't in force for a subject of its sort, or is overridden."""
    if not light.judge.world.exists(subject, light.t):
        return (Hindrance("not_yet", subject),)
    found = [*_applying(light, rule, subject), *_occurring(light, rule, subject)]
    when = light.judge.when(rule, subject, light.t)
    found += _conditions(light.judge, rule.when, subject, when)
    found += (
        Hindrance("exception", subject, one_of=(reads(light.judge, exception, subject, when),), rule=rule.id)
        for exception in rule.unless
        if light.judge.condition(exception, subject, when) == TRUE
    )
    found += _overriding(light, rule, subject)
    return tuple(found)


def events_behind(found: Iterable[Hindrance]) -> Iterator[str]:
    """The ids of the events behind some hindrances, and behind what was read for them."""
    for one in found:
        yield from one.events
        for read_ in each_read((*((one.read,) if one.read is not None else ()), *(r for some in one.one_of for r in some))):
            yield from read_.events


def _applying(light: Light, rule: Rule, subject: str) -> Iterator[Hindrance]:
    """The role and the validity."""
    world, prepared = light.judge.world, light.standing.prepared
    if rule.role is not None and rule.of == PERSON and not world.people.has_role(subject, rule.role, light.t):
        yield Hindrance("role", subject, role=rule.role)
    if rule.by_offence or rule.each is None:
        at = world.relations[subject].offence_at if rule.by_offence else light.t
        if not is_valid(prepared, rule, at):
            yield Hindrance("not_in_force", subject, first=rule.first, last=rule.last, at=at)


def _occurring(light: Light, rule: Rule, subject: str) -> Iterator[Hindrance]:
    """What the rule is due once for: nothing of the kind, only some that no longer counts, or that lay outside its validity."""
    if rule.each is None:
        return
    found = occurrences(light.standing, rule, subject)
    prepared = light.standing.prepared
    if any(in_time(prepared, rule, o, light.t) for o in found):
        return
    outside = next((o for o in found if o.at <= light.t and not (rule.by_offence or is_valid(prepared, rule, o.at))), None)
    if outside is not None:
        yield Hindrance("not_in_force", subject, first=rule.first, last=rule.last, at=outside.at, events=(outside.id,))
    else:
        over = tuple(o.id for o in found if o.until is not None and o.until <= light.t)
        yield Hindrance("no_occurrence", subject, rule=rule.id, events=over)


def _conditions(judge: Judge, condition: Condition, subject: str, when: When) -> Iterator[Hindrance]:
    """The parts of a condition that aren't true."""
    for atom in condition.atoms:
        if judge.atom(atom, subject, when) != TRUE:
            yield Hindrance("condition", subject, HOLDS[judge.atom(atom, subject, when)], read(judge, atom, subject, when))
    verdicts = [judge.condition(one, subject, when) for one in condition.any]
    if verdicts and max(verdicts) != TRUE:
        one_of = tuple(reads(judge, one, subject, when) for one in condition.any)
        yield Hindrance("condition", subject, HOLDS[max(verdicts)], one_of=one_of)


def _overriding(light: Light, rule: Rule, subject: str) -> Iterator[Hindrance]:
    for name in light.standing.prepared.overriders.get(rule.id, ()):
        overrider = light.judge.plan.rules[name]
        if in_force(light, overrider, subject):
            because = next(o.because for o in overrider.overrides if o.rule == rule.id)
            yield Hindrance("overridden", subject, rule=name, because=because)


def of_measure(light: Light, rule: Rule, measure: Measure, subject: str) -> tuple[Hindrance, ...]:
    """Why a measure of a rule isn't simply due for a subject, were the rule in force for it; at the standing's own moment."""
    whose = decided_about(light.judge, measure, subject)
    if whose is None:
        return (Hindrance("end_not_known", subject, role=measure.about, measure=measure.id),)
    found = [*_consenting(light, rule, measure, subject), *_marked(light, rule, measure, whose)]
    return tuple(found)


def _consenting(light: Light, rule: Rule, measure: Measure, subject: str) -> Iterator[Hindrance]:
    """The consent that the measure needs; of what may be done instead, the no that it waits for."""
    parent = next((m for m in rule.then if m.if_refused is not None and m.if_refused.id == measure.id), None)
    for needs, wanted in ((measure, ("given",)), (parent, ("refused", "withdrawn"))):
        if needs is None or needs.allowed_consent is None:
            continue
        person = person_of(light.judge, rule, needs, subject) or ""
        scope = needs.telling or IDENTITY
        state, behind = light.judge.world.consent(person, needs.allowed_consent, scope, light.t)
        if state in wanted:
            continue
        refused: HindranceKind = "refused" if state in ("refused", "withdrawn") else "ask_first"
        kind: HindranceKind = "not_refused" if needs is parent else refused
        yield Hindrance(
            kind, person, measure=measure.id, rule=rule.id, consent=state, recipient=needs.allowed_consent,
            at=behind.at if behind is not None else None, events=(behind.event,) if behind is not None else (),
        )  # fmt: skip


def _marked(light: Light, rule: Rule, measure: Measure, whose: str) -> Iterator[Hindrance]:
    """What is done already, declined, or done by another."""
    standing = light.standing
    by_another = None
    for decision in standing.by_measure().get((rule.id, measure.id, whose), ()):
        stand = standing.stand(standing.records[decision])
        if stand.status in ("done", "declined"):
            yield Hindrance(
                "done" if stand.status == "done" else "declined", whose, measure=measure.id, rule=rule.id, at=stand.at,
                bearer=decision.bearer, events=stand.by,
            )  # fmt: skip
    for ref in standing.prepared.alternatives.get((rule.id, measure.id), ()):
        for decision in standing.decisions_of(ref, whose):
            stand = standing.stand(standing.records[decision])
            if stand.status == "done" and by_another is None:
                by_another = Hindrance(
                    "done_by_another", whose, rule=ref.rule, measure=ref.measure, at=stand.at, bearer=decision.bearer,
                    events=stand.by,
                )  # fmt: skip
    if by_another is not None:
        yield by_another

