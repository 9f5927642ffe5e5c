"""What was shown at every instant up to as_of, and what became of it: 2.e and §5."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from tests.oracle.calendar import midnight
from tests.oracle.conditions import Occurrence, eye_on, holds
from tests.oracle.consent import answers, consent, scope_of
from tests.oracle.occasions import (
    consent_ends,
    consent_is_ended,
    deadline_of,
    ended_by_mark,
    mark_stands,
    marks_of,
    occurrences,
    told_before,
    told_units,
)
from tests.oracle.tracks import (
    CONSENT_RULE,
    Moment,
    Run,
    Track,
    decision_subject,
    is_left,
    kind_of,
    measure_of,
    person_of,
    rule_of,
    rule_subjects,
)
from tests.oracle.world import World

from samverkan.decide.answer import DecisionId
from samverkan.decide.events import Event
from samverkan.plan.model import Measure, Plan, Rule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A decision that is shown at an instant. `waits`: its consent isn't known. `grounds`: the rule's subjects behind it."""

    waits: bool
    grounds: frozenset[str]
    waiting: frozenset[DecisionId] = frozenset()


# ------------------------------------------------------------------------------------------------------- grounds


def is_overridden(moment: Moment, rule: Rule, subject: str) -> Rule | None:
    """4.c: the first rule that overrides this one for the subject, while any occurrence of it holds."""
    for other in moment.plan.rules.values():
        if any(override.rule == rule.id for override in other.overrides) and other.of == rule.of:
            found = occurrences(moment, other, subject)
            if any(holds(moment.world, other, subject, occurrence, moment.k) for occurrence in found):
                return other
    return None


def grounded(moment: Moment, *, overriding: bool = True) -> dict[DecisionId, tuple[Measure, frozenset[str]]]:
    """The decisions whose rule HOLDS(k, k) and isn't overridden: with the measure and the rule's subjects that ground it.

    Without `overriding`, those of rules that are overridden too. `if refused` measures are not among them.
    """
    found: dict[DecisionId, tuple[Measure, frozenset[str]]] = {}
    for rule in moment.plan.rules.values():
        for subject in moment.world.subjects(rule.of):
            holding = [
                occurrence
                for occurrence in occurrences(moment, rule, subject)
                if holds(moment.world, rule, subject, occurrence, moment.k)
            ]
            if not holding or (overriding and is_overridden(moment, rule, subject)):
                continue
            for occurrence in holding:
                for decision, measure in _decisions(moment, rule, subject, occurrence):
                    grounds = found[decision][1] if decision in found else frozenset()
                    found[decision] = (measure, grounds | {subject})
    return found


def _decisions(moment: Moment, rule: Rule, subject: str, occurrence: Occurrence) -> Iterable[tuple[DecisionId, Measure]]:
    for measure in rule.then:
        about = decision_subject(moment.world, rule, measure, subject)
        if about is not None:
            for bearer in measure.who:
                yield DecisionId(rule.id, measure.id, about, bearer, occurrence.name), measure


def wanted(moment: Moment, *, overriding: bool = True) -> dict[DecisionId, Candidate]:
    """What consent makes of the grounded measures (§6): due, waiting, or where it is refused what may be done instead."""
    found: dict[DecisionId, Candidate] = {}
    for decision, (measure, grounds) in grounded(moment, overriding=overriding).items():
        state = _consent_state(moment, decision, measure)
        if state in ("refused", "withdrawn"):
            if measure.if_refused is not None:
                for bearer in measure.if_refused.who:
                    instead = decision._replace(measure=measure.if_refused.id, bearer=bearer)
                    found[instead] = Candidate(waits=False, grounds=grounds)
        else:
            found[decision] = Candidate(waits=state in ("unknown", "expired"), grounds=grounds)
    return found


def candidates(moment: Moment) -> dict[DecisionId, Candidate]:
    """The measures that are shown: grounded, not overridden, not refused (§6), and not left to an alternative (5.g)."""
    found = wanted(moment)
    return {d: c for d, c in found.items() if done_alternative(moment, d) is None or ended_by(_as_shown(moment, d), d, c.grounds)}


def _as_shown(moment: Moment, decision: DecisionId) -> Moment:
    """5.g: a mark says of a decision that it was done also where it has not been shown before, as of any other (§5)."""
    if decision in moment.tracks:
        return moment
    new = Track(decision, "due", ((moment.k, None),), (), waited=False)
    return replace(moment, tracks={**moment.tracks, decision: new})


def _consent_state(moment: Moment, decision: DecisionId, measure: Measure) -> str:
    if measure.allowed_consent is None:
        return "given"
    person = person_of(moment.world, rule_of(moment.plan, decision), measure, decision.subject)
    assert person is not None  # 6.g
    return consent(moment.world, person, measure.allowed_consent, scope_of(measure), moment.k)


# --------------------------------------------------------------------------------------------------- alternatives


def alternatives(plan: Plan, rule_id: str, measure_id: str) -> set[tuple[str, str]]:
    """5.g: the measures that `or` joins with this one, in one direction or both, itself left out."""
    pairs = [
        ((rule.id, measure.id), (measure.alternative.rule, measure.alternative.measure))
        for rule in plan.rules.values()
        for measure in rule.then
        if measure.alternative is not None
    ]
    joined = {(rule_id, measure_id)}
    while True:
        more = {one for pair in pairs if joined & set(pair) for one in pair}
        if more <= joined:
            return joined - {(rule_id, measure_id)}
        joined |= more


def done_alternative(moment: Moment, decision: DecisionId) -> str | None:
    """5.g: the joined measure that somebody has done for the same subject, as `rule/measure`; the first in the plan's order."""
    for rule in moment.plan.rules.values():
        for measure in rule.then:
            if (rule.id, measure.id) not in alternatives(moment.plan, decision.rule, decision.measure):
                continue
            for other, track in moment.tracks.items():
                named = (other.rule, other.measure) == (rule.id, measure.id)
                if named and other.subject == decision.subject and ended_by(moment, other, track.grounds) == "done":
                    return f"{rule.id}/{measure.id}"
    return None


# -------------------------------------------------------------------------------------------------------- endings


def ended_by(moment: Moment, decision: DecisionId, grounds: frozenset[str]) -> str | None:
    """`done` or `declined` where something has ended the decision: a mark (5.b), or a value for an `assess` (§5)."""
    if kind_of(decision) == "ask":
        return "done" if _is_answered(moment, decision) else ended_by_mark(moment, decision)
    if kind_of(decision) != "measure" or measure_of(moment.plan, decision).kind != "assess":
        return ended_by_mark(moment, decision)
    return "done" if _is_assessed(moment, decision, grounds) else None  # 5.b: only the value of its fact ends an `assess`


def settled_otherwise(moment: Moment, track: Track, deadline: datetime) -> bool:
    """5.f: settled by D without a mark of its own: an assess's fact had a value, or an alternative was done."""
    if kind_of(track.id) != "measure":
        return False
    if measure_of(moment.plan, track.id).kind == "assess" and _is_assessed(moment, track.id, track.grounds):
        dated_so = tuple(event for event in moment.world.known.values() if event.at <= deadline)
        then = replace(moment, world=World(moment.plan, dated_so, moment.k))
        if all(s in then.world.subjects(rule_of(moment.plan, track.id).of) for s in track.grounds):
            return _is_assessed(then, track.id, track.grounds, deadline)
    for other, its in moment.tracks.items():
        joined = (other.rule, other.measure) in alternatives(moment.plan, track.id.rule, track.id.measure)
        if not joined or other.subject != track.id.subject or ended_by(moment, other, its.grounds) != "done":
            continue
        if any(mark.at <= deadline for mark in _done_mark(moment, other)):
            return True
    return False


def _done_mark(moment: Moment, decision: DecisionId) -> list[Event]:
    """The mark by which a decision is done: for an offer the last yes, else the last done mark that stands."""
    answers = marks_of(moment, decision, "accepted", "declined")
    if answers:
        return [max(answers, key=lambda m: (m.at, m.mark is not None and m.mark.kind == "declined", m.known_at, m.id))]
    measure = measure_of(moment.plan, decision)
    sent = measure.kind in ("notify", "apply")
    done = [m for m in marks_of(moment, decision, "done") if not sent or mark_stands(moment, m, decision)]
    return [max(done, key=lambda m: (m.at, m.known_at, m.id))] if done and measure.kind != "assess" else []


def _is_assessed(moment: Moment, decision: DecisionId, grounds: frozenset[str], t: datetime | None = None) -> bool:
    """§5: the fact has got a value, read as the rule reads it, for each of the rule's subjects that ground the decision."""
    rule, measure = rule_of(moment.plan, decision), measure_of(moment.plan, decision)
    eyes = [eye_on(moment.world, rule, subject, t if t is not None else moment.k) for subject in grounds]
    return all((eye.at_end(measure.end) if measure.end is not None else eye).is_assessed(measure.object) for eye in eyes)


def _is_answered(moment: Moment, decision: DecisionId) -> bool:
    """6.b: any answer about that recipient whose `at` or `known_at` is not before the (last) spell's start."""
    track = moment.tracks.get(decision)
    start = track.spells[-1][0] if track is not None else moment.k
    recipient = decision.measure.removeprefix("ask:")
    said = answers(moment.world, decision.subject, recipient)
    return any(answer.event.at >= start or answer.event.known_at >= start for answer in said)


def ground_held(moment: Moment, decision: DecisionId, t: datetime) -> bool:
    """5.d: whether, as now known, the ground was there at t: HOLDS, where `unknown` that was shown then counts as true."""
    if kind_of(decision) == "consent_ended":
        return consent_is_ended(moment, decision, t)
    rule, measure = rule_of(moment.plan, decision), measure_of(moment.plan, decision)
    then = moment.world_at(t)
    return any(
        holds(moment.world, rule, subject, occurrence, t, then)
        for subject in rule_subjects(moment.world, rule, measure, decision.subject)
        for occurrence in occurrences(moment, rule, subject)
        if occurrence.name == decision.occurrence
    )


def had_ground(moment: Moment, track: Track, spell: tuple[datetime, datetime | None]) -> bool:
    """5.d: at the instants that lie in a spell: its start, and wherever something happened, became known or begins to count."""
    start, end = spell
    turns = moment.world.turns()
    if kind_of(track.id) == "measure":
        rule = rule_of(moment.plan, track.id)
        subjects = rule_subjects(moment.world, rule, measure_of(moment.plan, track.id), track.id.subject)
        turns |= {o.at for s in subjects for o in occurrences(moment, rule, s) if o.name == track.id.occurrence and o.at}
    instants = {start} | {t for t in turns if start < t and (end is None or t < end)}
    return any(ground_held(moment, track.id, t) for t in instants)


def gone(moment: Moment, track: Track) -> str:
    """The status of a decision that isn't shown, whose last spell is closed."""
    ended = ended_by(moment, track.id, track.grounds)
    if ended is not None:
        return ended
    if kind_of(track.id) == "correction":
        return "withdrawn"  # 5.i
    if kind_of(track.id) == "ask":  # 6.b: as its measures are
        waited = [moment.tracks[d].status for d in track.ever_waiting if d in moment.tracks]
        return "withdrawn" if all(status == "withdrawn" for status in waited) else "lapsed"
    return "lapsed" if had_ground(moment, track, track.spells[-1]) else "withdrawn"


# ------------------------------------------------------------------------------------ what follows from decisions


def asks(moment: Moment, waiting: Iterable[DecisionId]) -> dict[DecisionId, Candidate]:
    """6.b: one decision for each (recipient, person, bearer) whose measures wait."""
    found: dict[DecisionId, frozenset[DecisionId]] = {}
    for decision in waiting:
        measure = measure_of(moment.plan, decision)
        person = person_of(moment.world, rule_of(moment.plan, decision), measure, decision.subject)
        assert person is not None
        ask = DecisionId(CONSENT_RULE, f"ask:{measure.allowed_consent}", person, decision.bearer)
        found[ask] = found.get(ask, frozenset()) | {decision}
    return {ask: Candidate(waits=False, grounds=frozenset(), waiting=waits) for ask, waits in found.items()}


def consent_endings(moment: Moment) -> dict[DecisionId, Candidate]:
    """6.d: telling the recipient that consent has ended, once for each withdrawal."""
    found: dict[DecisionId, Candidate] = {}
    for decision, track in moment.tracks.items():
        if kind_of(decision) != "measure" or is_left(moment.world, moment.plan, decision):
            continue
        for end in consent_ends(moment, decision):
            ending = decision._replace(measure=f"{decision.measure}:consent-ended", occurrence=end.id)
            if consent_is_ended(moment, ending, moment.k):
                found[ending] = Candidate(waits=False, grounds=track.grounds)
                for unit in told_before(moment, ending)[1:]:  # 5.i
                    found[_to(ending, unit)] = Candidate(waits=False, grounds=track.grounds)
    return found


def _to(decision: DecisionId, unit: str) -> DecisionId:
    """5.i: the same for a unit that was told too."""
    return decision._replace(measure=f"{decision.measure}:{unit}")


def corrections(moment: Moment, shown: Mapping[DecisionId, Candidate]) -> dict[DecisionId, Candidate]:
    """§5: a done `notify` whose ground, as now known, was there in none of its spells."""
    found: dict[DecisionId, Candidate] = {}
    for decision, track in moment.tracks.items():
        if kind_of(decision) != "measure" or decision in shown or is_left(moment.world, moment.plan, decision):
            continue
        if measure_of(moment.plan, decision).kind != "notify" or not marks_of(moment, decision, "done"):
            continue
        if not any(had_ground(moment, track, spell) for spell in track.spells):
            correction = decision._replace(measure=f"{decision.measure}:correction")
            found[correction] = Candidate(waits=False, grounds=track.grounds)
            told = [(mark, decision) for mark in marks_of(moment, decision, "done")]
            for unit in told_units(moment, told)[1:]:  # 5.i
                found[_to(correction, unit)] = Candidate(waits=False, grounds=track.grounds)
    return found


# --------------------------------------------------------------------------------------------------------- replay


def follow(moment: Moment, before: Track | None, decision: DecisionId, shown: Candidate | None) -> Track:
    """The track of a decision after this instant: its spells, its runs, and its status."""
    if shown is None:
        assert before is not None
        closed = replace(before, spells=_close(before.spells, moment.k), runs=_close_run(before.runs, moment.k))
        return replace(closed, status=gone(moment, closed))
    goes_on = before is not None and before.is_shown
    earlier = before.spells if before is not None else ()
    spells = earlier if goes_on else (*earlier, (moment.k, None))
    waiting = shown.waiting
    ended = ended_by(moment, decision, shown.grounds)
    status = ended or ("ask_first" if shown.waits else "due")
    waited = (goes_on and before is not None and before.waited) or status == "ask_first"
    runs = before.runs if before is not None else ()
    if status != "due":
        runs = _close_run(runs, moment.k)
    elif not runs or runs[-1].end is not None:
        runs = (*runs, Run(moment.k, None, spells[-1][0], waited))
    ever = before.ever_waiting if goes_on and before is not None else frozenset()
    return Track(decision, status, spells, runs, waited, shown.grounds, waiting, ever | waiting)


def _close(spells: tuple[tuple[datetime, datetime | None], ...], k: datetime) -> tuple[tuple[datetime, datetime | None], ...]:
    start, end = spells[-1]
    return spells if end is not None else (*spells[:-1], (start, k))


def _close_run(runs: tuple[Run, ...], k: datetime) -> tuple[Run, ...]:
    return (*runs[:-1], replace(runs[-1], end=k)) if runs and runs[-1].end is None else runs


def judge(moment: Moment, before: Mapping[DecisionId, Track]) -> dict[DecisionId, Track]:
    """All tracks after an instant, given a guess of them (in the moment) for what rests on other decisions."""
    shown = candidates(moment)
    waiting = [d for d, c in shown.items() if c.waits and ended_by(moment, d, c.grounds) is None]
    shown |= asks(moment, waiting) | consent_endings(moment)
    shown |= corrections(moment, shown)
    everyone = dict.fromkeys([*before, *shown])
    return {decision: follow(moment, before.get(decision), decision, shown.get(decision)) for decision in everyone}


def step(moment: Moment) -> Moment:
    """One instant: judged again and again, from what was before it, until nothing changes."""
    before = moment.tracks
    for _ in range(50):
        after = judge(moment, before)
        if after == moment.tracks:
            return moment
        moment = replace(moment, tracks=after)
    raise AssertionError(f"no rest at {moment.k}: does a rule depend on itself?")


def fixed_instants(plan: Plan, events: tuple[Event, ...], as_of: datetime) -> set[datetime]:
    """2.e: every `at` and `known_at` of every revision, the end of each consent, the midnights of validity, and as_of."""
    found = {as_of}
    for event in events:
        found |= {event.at, event.known_at} | ({event.until} if event.until is not None else set())
    spans = [(rule.first, rule.last) for rule in plan.rules.values()]
    spans += [(citation.first, citation.last) for clause in plan.clauses.values() for citation in clause.citations]
    firsts = {first for first, _ in spans} | {unit.first for unit in plan.units.values()}
    lasts = {last for _, last in spans} | {unit.last for unit in plan.units.values()}
    begins = min((event.at for event in events), default=as_of)
    midnights = {midnight(plan, day) for day in firsts if day is not None}
    midnights |= {midnight(plan, day + timedelta(days=1)) for day in lasts if day is not None}
    found |= {moment for moment in midnights if moment >= begins}
    return {moment for moment in found if moment <= as_of}


def replay(plan: Plan, events: tuple[Event, ...], as_of: datetime) -> Moment:
    """2.e: what was shown at every instant up to as_of; deadlines and reminder times of what is shown are instants too."""

    @cache
    def world_at(k: datetime) -> World:
        return World(plan, events, k)

    moments: list[Moment] = []

    def moment_at(k: datetime) -> Moment:
        return [moment for moment in moments if moment.k <= k][-1]

    agenda = fixed_instants(plan, events, as_of)
    tracks: Mapping[DecisionId, Track] = {}
    while True:
        k = min(agenda)
        agenda.remove(k)
        moment = step(Moment(plan, k, world_at(k), world_at, moment_at, tracks))
        moments.append(moment)
        tracks = moment.tracks
        for track in tracks.values():
            deadline = deadline_of(moment, track, track.run) if track.run is not None else None
            if deadline is not None and k < deadline.at <= as_of:
                agenda.add(deadline.at)
        if not agenda:
            return moment
