"""The answer at as_of: every decision that has been shown (5.j), in whatever status, with its flags and who answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tests.oracle.calendar import utc
from tests.oracle.directory import Asking, exists, is_open, stood_in_for, who_answers
from tests.oracle.occasions import (
    can_pass,
    deadline_of,
    marks_of,
    passed_at,
    told_before,
    told_units,
    told_without_consent,
)
from tests.oracle.questions import contradictions, questions
from tests.oracle.replay import done_alternative, grounded, is_overridden, replay, wanted
from tests.oracle.seen import Seen, Verdict
from tests.oracle.tracks import Moment, Track, is_left, kind_of, measure_of, named_unit, person_of, rule_of, rule_subjects
from tests.oracle.world import in_utc

from samverkan.decide.answer import DecisionId
from samverkan.decide.events import Event
from samverkan.plan.model import Plan


def oracle_decide(plan: Plan, events: Iterable[Event], as_of: datetime) -> Verdict:
    """What `decide` should answer. Replays everything from the start.

    Raises: ValueError where an id and revision come with two contents.
    """
    history = in_utc(events)
    moment = replay(plan, history, utc(as_of))
    if not moment.world.known and not moment.tracks:
        return Verdict({}, frozenset(), frozenset())  # 2.f
    left = [decision for decision in moment.tracks if is_left(moment.world, plan, decision)]
    decisions = {d: _seen(moment, track) for d, track in moment.tracks.items() if d not in left}
    return Verdict(decisions, questions(moment), contradictions(moment))


def _seen(moment: Moment, track: Track) -> Seen:
    run = track.run
    deadline = deadline_of(moment, track, run) if run is not None else None
    passed = passed_at(moment, track.id)
    flags: list[str] = []
    if run is not None:
        if marks_of(moment, track.id, "acknowledged"):
            flags.append("acknowledged")
        if deadline is not None and deadline.late:
            flags.append("late")
        if deadline is not None and deadline.at <= moment.k and can_pass(moment, track):
            flags.append("overdue")
    if passed is not None:
        flags.append("passed")
    if told_without_consent(moment, track.id):
        flags.append("told_without_consent")
    return Seen(
        kind=kind_of(track.id) if kind_of(track.id) != "measure" else measure_of(moment.plan, track.id).kind,
        status=track.status,
        flags=tuple(sorted(flags)),
        shown=track.spells[-1][0],
        since=run.start if run is not None else None,
        deadline_at=deadline.at if deadline is not None else None,
        deadline_day=deadline.day if deadline is not None else None,
        passed_at=passed,
        recipient=_recipient(moment, track.id),
        bearer=_bearer(moment, track.id),
        replaced_by=_replaced_by(moment, track),
        ended_at=track.spells[-1][1],
    )


def _person(moment: Moment, decision: DecisionId) -> str | None:
    if kind_of(decision) == "ask":
        return decision.subject
    return person_of(moment.world, rule_of(moment.plan, decision), measure_of(moment.plan, decision), decision.subject)


def _bearer(moment: Moment, decision: DecisionId) -> tuple[str | None, bool]:
    """`anyone stands in` says where a measure may go, not who may do it (§7). Nobody tells itself (7.h)."""
    asking = Asking(decision.bearer, _person(moment, decision), moment.k, moment.world, anyone=False)
    bears, told = who_answers(asking, moment.on_call), _recipient(moment, decision)
    makes_an_offer = kind_of(decision) == "measure" and measure_of(moment.plan, decision).kind == "offer"
    if bears[0] is None or told is None or told[0] != bears[0] or makes_an_offer:
        return bears
    absent = stood_in_for(asking, bears[0])
    return bears if absent is None else (absent.id, is_open(moment.world, absent, moment.k, moment.on_call))


def _recipient(moment: Moment, decision: DecisionId) -> tuple[str | None, bool] | None:
    """The unit that is told or asked; of a correction and the end of a consent the unit that was told."""
    if kind_of(decision) == "ask":
        return None
    measure = measure_of(moment.plan, decision)
    if kind_of(decision) != "measure":
        return _told_unit(moment, decision)
    function = measure.object if measure.kind in ("notify", "consult", "apply") else measure.offered_by
    if function is None or (measure.kind == "offer") != (measure.offered_by is not None):
        return None
    asking = Asking(function, _person(moment, decision), moment.k, moment.world, measure.anyone_stands_in)
    return who_answers(asking, moment.on_call)


def _told_unit(moment: Moment, decision: DecisionId) -> tuple[str | None, bool]:
    """5.i: the unit that was told, the first where the decision names none; open or not now."""
    base = decision._replace(measure=decision.measure.split(":")[0])
    if kind_of(decision) == "consent_ended":
        found = told_before(moment, decision)
    else:
        found = told_units(moment, [(mark, base) for mark in marks_of(moment, base, "done")])
    unit = named_unit(decision) or (found[0] if found else None)
    if unit is None or not exists(moment.world, moment.plan.units[unit], moment.k):  # 5.i: whoever answers there now
        asking = Asking(measure_of(moment.plan, base).object, _person(moment, decision), moment.k, moment.world, False)
        return who_answers(asking, moment.on_call)
    return unit, is_open(moment.world, moment.plan.units[unit], moment.k, moment.on_call)


def _replaced_by(moment: Moment, track: Track) -> str | None:
    """For what is gone while its rule holds: the rule that overrides it now, or the alternative that was done."""
    if track.status not in ("lapsed", "withdrawn") or kind_of(track.id) != "measure":
        return None
    if track.id not in grounded(moment, overriding=False) and track.id not in wanted(moment, overriding=False):
        return None
    rule, measure = rule_of(moment.plan, track.id), measure_of(moment.plan, track.id)
    if track.id not in grounded(moment) and track.id not in wanted(moment):
        for subject in rule_subjects(moment.world, rule, measure, track.id.subject):
            other = is_overridden(moment, rule, subject)
            if other is not None:
                return other.id
    return done_alternative(moment, track.id)
