"""Why a decision is due, or was: the rule, its conditions and what is behind them, by when, by whom, to whom, what ended it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from samverkan.case.asking_about import happened_in
from samverkan.case.choosing import chosen, reckoned
from samverkan.case.explained import Disclosing, Ended, Ground, Hindrance, Occurred, Read, Why
from samverkan.case.hindrances import Light, events_behind, hindrances, of_measure
from samverkan.case.past import Past
from samverkan.case.reads import each_read, ground_of
from samverkan.case.why_words import text_of
from samverkan.decide.answer import Decision, DecisionId
from samverkan.decide.becoming import person_concerned
from samverkan.decide.consents import IDENTITY
from samverkan.decide.deciding import decision_of, standing_of, turns_to_somebody
from samverkan.decide.errors import EventError
from samverkan.decide.naming import quoted
from samverkan.decide.records import Record
from samverkan.decide.standing import Standing
from samverkan.plan.model import Rule
from samverkan.plan.spelling import listed

LIVE = ("due", "ask_first")
_ENDING = ("refused", "not_refused", "done_by_another", "end_not_known")
"""What ends a measure whose rule goes on."""


def why(past: Past, decision: DecisionId, as_of: datetime, who: Mapping[str, str]) -> Why:
    """Why a decision of the case is as it is at `as_of`. See `Case.why`."""
    replay = past.having(decision, as_of)
    if replay is None:
        raise EventError(f"Beslutet {quoted(str(decision))} har inte varit aktuellt. Fråga i stället varför inte (why-not).")
    standing, plan = standing_of(replay), past.prepared.plan
    record = standing.records[decision]
    told = decision_of(standing, record)
    behind = _behind(standing, record)
    rule = behind.rule
    then = _then(past, record, decision)
    now = Light(standing, standing.moment.judge, standing.moment.k)
    shown = record.spells[-1].start
    measure = record.measure
    any_stand_in = measure is not None and measure.anyone_stands_in
    recipient = told.recipient
    answer = Why(
        plan=plan.id,
        digest=plan.digest,
        as_of=as_of,
        decision=told,
        rule=rule.id if rule is not None else "",
        rule_text=rule.text if rule is not None else "",
        shown=shown,
        ground=then,
        now=_ground(now, behind) if shown != standing.moment.k else None,
        occurred=_occurred(standing, record, rule),
        waiting=record.waiting or record.owed,
        told=tuple(mark.id for owed in record.owed for mark in standing.outcome(owed).done) if record.kind != "ask" else (),
        deadline=reckoned(standing, record),
        bearer=chosen(
            replay, standing, record, told.bearer, any_stand_in and not turns_to_somebody(record.kind), told=False
        ),
        recipient=chosen(
            replay, standing, record, recipient, any_stand_in, told=record.kind in ("correction", "consent_ended")
        ) if recipient is not None else None,
        disclosing=_disclosing(standing, record, told),
        ended=_ended(past, standing, record, told, behind),
        tightened=measure.tightened if measure is not None else "",
        happened=(),
        text="",
    )  # fmt: skip
    return text_of(answer, plan, happened_in(replay, as_of, _events_of(answer, standing, record), plan, who), who)


def the_one(found: Sequence[DecisionId]) -> DecisionId:
    """The only one of them. Raises EventError where there are several."""
    if len(found) > 1:
        raise EventError(f"Det finns flera sådana beslut: {listed(map(str, found))}. Skriv vilket.")
    return found[0]


def _behind(standing: Standing, record: Record) -> Record:
    """The decision whose rule grounds it: itself, or what waits for the consent, or was told."""
    return next((standing.records[d] for d in (record.waiting or record.owed) if d in standing.records), record)


def _ground(light: Light, record: Record) -> Ground | None:
    """The conditions of the decision's rule for what grounds it, the one that was introduced first."""
    if record.rule is None:
        return None
    subjects = _subjects(light, record)
    return ground_of(light.judge, record.rule, subjects[0], light.t) if subjects else None


def _subjects(light: Light, record: Record) -> list[str]:
    """What grounded the decision last and is in the case, in the order of introduction."""
    world = light.judge.world
    found = dict.fromkeys(world.canonical(g) for g in record.grounds)
    there = [g for g in found if g in world.sorts and world.exists(g, light.t)]
    return sorted(there, key=lambda g: (world.relations[g].introduced.timestamp() if g in world.relations else 0.0, g))


def _then(past: Past, record: Record, decision: DecisionId) -> Ground | None:
    """The ground on which it was last shown, in the light of what was known then."""
    shown = record.spells[-1].start
    replay = past.having(decision, shown)
    if replay is None:
        return None
    standing = standing_of(replay)
    return _ground(Light(standing, standing.moment.judge, shown), _behind(standing, standing.records[decision]))


def _occurred(standing: Standing, record: Record, rule: Rule | None) -> Occurred | None:
    if rule is None or rule.each is None or not record.id.occurrence or record.kind == "consent_ended":
        return None
    return Occurred(rule.each.kind, record.id.occurrence, standing.occurred(record))


def _disclosing(standing: Standing, record: Record, told: Decision) -> Disclosing | None:
    """What may be told, and on what ground; None for what tells nobody anything."""
    measure = record.measure
    if record.kind not in ("notify", "apply", "consult", "correction", "consent_ended") or measure is None:
        return None
    without = "told_without_consent" in told.flags
    telling = measure.telling if record.kind in ("notify", "apply") else None
    if measure.allowed_consent is not None and record.kind in ("notify", "apply"):
        person = person_concerned(standing.moment.judge, record.id.subject, measure) or ""
        scope = measure.telling or IDENTITY
        state, behind = standing.moment.judge.world.consent(person, measure.allowed_consent, scope, standing.moment.k)
        return Disclosing(
            told.status == "due", telling, record.object, consent=state, event=behind.event if behind is not None else None,
            until=behind.until if behind is not None else None, without=without,
        )  # fmt: skip
    clause = told.allowed_by if record.kind in ("notify", "apply") else None
    lifts = clause is not None and standing.prepared.plan.clauses[clause.clause].lifts_secrecy
    return Disclosing(told.status == "due", telling, record.object, clause, lifts, without=without)


def _ended(past: Past, standing: Standing, record: Record, told: Decision, behind: Record) -> Ended | None:
    """What became of a decision that is no longer due."""
    if told.status in LIVE:
        return None
    because: tuple[Hindrance, ...] = ()
    reason = ""
    if told.status == "withdrawn":
        because = _why_gone(Light(standing, standing.moment.judge, record.spells[-1].start), behind)
    elif told.status == "lapsed" and record.spells[-1].end is not None:
        end = record.spells[-1].end
        replay = past.having(record.id, end)
        if replay is not None:
            then = standing_of(replay)
            because = _why_gone(Light(then, then.moment.judge, end), _behind(then, then.records[record.id]))
    if told.replaced_by is not None and record.rule is not None:
        overrider = standing.prepared.plan.rules.get(told.replaced_by)
        overrides = overrider.overrides if overrider is not None else ()
        reason = next((o.because for o in overrides if o.rule == record.rule.id), "")
    return Ended(told.status, told.ended_at, told.ended_by, because, told.replaced_by, reason)


def _why_gone(light: Light, record: Record) -> tuple[Hindrance, ...]:
    """Why none of its grounds holds, as seen from there."""
    rule = record.rule
    if rule is None:
        return ()
    subjects = _subjects(light, record)
    found = [one for ground in subjects for one in hindrances(light, rule, ground)]
    if not found and record.measure is not None:
        found = [one for ground in subjects for one in of_measure(light, rule, record.measure, ground) if one.kind in _ENDING]
    if not subjects:
        found = [Hindrance("not_yet", record.id.subject)]
    return tuple(dict.fromkeys(found))


def _events_of(answer: Why, standing: Standing, record: Record) -> Iterator[str]:
    """The ids of all events that an explanation names."""
    reads = [one for ground in (answer.ground, answer.now) if ground is not None for one in _reads_of(ground)]
    for read in each_read(reads):
        yield from read.events
    if answer.ended is not None:
        yield from events_behind(answer.ended.because)
        yield from answer.ended.by
    if answer.occurred is not None:
        yield answer.occurred.id
    if record.id.occurrence:
        yield record.id.occurrence
    if answer.deadline is not None and answer.deadline.event is not None:
        yield answer.deadline.event
    if answer.disclosing is not None and answer.disclosing.event is not None:
        yield answer.disclosing.event
    yield from answer.told
    for mark in standing.marks_on(record.id):
        yield mark.id


def _reads_of(ground: Ground) -> Iterator[Read]:
    yield from ground.conditions
    for one in ground.unless:
        yield from one.reads
