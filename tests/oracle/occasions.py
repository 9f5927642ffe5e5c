"""Occurrences, marks, deadlines and passings of decisions: §4.b, §5 (5.b, 5.e, 5.f, 5.h) and 6.d, which speak of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.oracle.calendar import reckon
from tests.oracle.conditions import ALWAYS, Occurrence
from tests.oracle.consent import consent, endings, given_again, scope_of
from tests.oracle.directory import Asking, answering, municipality, who_answers
from tests.oracle.tracks import (
    CONSENT_RULE,
    Moment,
    Run,
    Track,
    is_left,
    kind_of,
    measure_of,
    named_unit,
    person_of,
    rule_of,
    rule_subjects,
)
from tests.oracle.world import World, order

from samverkan.decide.answer import DecisionId
from samverkan.decide.events import Event, Mark
from samverkan.plan.model import Deadline, Each, Measure, Rule

STRICTEST_FIRST = ("must", "should", "may")


# ---------------------------------------------------------------------------------------------------- occurrences


def occurrences(moment: Moment, rule: Rule, subject: str) -> list[Occurrence]:
    """4.a, 4.b: what the rule is due once for; a standing rule has one that always lasts."""
    if rule.each is None:
        return [ALWAYS]
    if rule.each.kind == "event":
        return [
            Occurrence(event.id, event.at, event.known_at)
            for event in moment.world.speaking()
            if event.type == rule.each.event and moment.world.subject_of(event) == subject
        ]
    referred = [decision for decision in moment.tracks if _is_referred(moment, rule.each, decision, subject)]
    if rule.each.kind == "accepted":
        return [occurrence for decision in referred for occurrence in _acceptances(moment, decision)]
    return [
        Occurrence(str(decision), passed, passed) for decision in referred if (passed := passed_at(moment, decision)) is not None
    ]


def _is_referred(moment: Moment, each: Each, decision: DecisionId, subject: str) -> bool:
    assert each.ref is not None
    named = (decision.rule, decision.measure) == (each.ref.rule, each.ref.measure)
    return named and decision.subject == subject and not is_left(moment.world, moment.plan, decision)


def _acceptances(moment: Moment, decision: DecisionId) -> list[Occurrence]:
    """4.b: every accepting mark, from its `at` until the next declining mark about the same decision."""
    marks = marks_on(moment, decision)
    found: list[Occurrence] = []
    for mark in marks:
        if mark.mark is not None and mark.mark.kind == "accepted":
            noes = [no.at for no in marks if no.mark is not None and no.mark.kind == "declined" and no.at >= mark.at]
            found.append(Occurrence(mark.id, mark.at, mark.known_at, until=min(noes, default=None)))
    return found


def consent_ends(moment: Moment, decision: DecisionId) -> list[Event]:
    """6.d: the withdrawals that somebody makes whose recipient has been told (a done mark dated before it)."""
    measure = measure_of(moment.plan, decision)
    person = person_of(moment.world, rule_of(moment.plan, decision), measure, decision.subject)
    if person is None or measure.allowed_consent is None or measure.kind not in ("notify", "apply"):
        return []
    told = [mark.at for mark in marks_of(moment, decision, "done")]
    ends = endings(moment.world, person, measure.allowed_consent, scope_of(measure))
    return [end for end in ends if any(at < end.at for at in told)]


def consent_is_ended(moment: Moment, decision: DecisionId, t: datetime) -> bool:
    """6.d: whether a `consent-ended` decision is called for at t: from the withdrawal until consent is given again."""
    measure = measure_of(moment.plan, decision)
    person = decision.subject
    assert measure.allowed_consent is not None
    unit = named_unit(decision)
    if unit is not None and unit not in told_before(moment, decision)[1:]:
        return False
    return any(
        end.id == decision.occurrence
        and end.at <= t
        and not given_again(moment.world, person, measure.allowed_consent, scope_of(measure), end.at, t)
        for told in told_decisions(moment, decision)
        for end in consent_ends(moment, told)
    )


def told_decisions(moment: Moment, decision: DecisionId) -> list[DecisionId]:
    """The decisions of the measure that a `consent-ended` belongs to."""
    same = (decision.rule, decision.measure.split(":")[0], decision.subject, decision.bearer)
    return [d for d in moment.tracks if (d.rule, d.measure, d.subject, d.bearer) == same]


def told_before(moment: Moment, decision: DecisionId) -> list[str]:
    """5.i: the units that were told what a `consent-ended` is about, by marks dated before the no; where none was, all."""
    marks = [(mark, told) for told in told_decisions(moment, decision) for mark in marks_of(moment, told, "done")]
    no = moment.world.known.get(decision.occurrence)
    earlier = told_units(moment, [(mark, told) for mark, told in marks if no is not None and mark.at < no.at])
    return earlier or told_units(moment, marks)


def told_units(moment: Moment, marks: list[tuple[Event, DecisionId]]) -> list[str]:
    """5.i: the units that done marks told, each once: first the one whose mark became known first (then by `at`, id)."""
    found: list[str] = []
    for mark, told in sorted(marks, key=lambda one: (max(one[0].at, one[0].known_at), one[0].at, one[0].id)):
        unit, _ = who_answers(told_as_known_then(moment, mark, told), moment.on_call)
        if unit is not None and unit not in found:
            found.append(unit)
    return found


# ---------------------------------------------------------------------------------------------------------- marks


def marks_on(moment: Moment, decision: DecisionId) -> list[Event]:
    """The marks about a decision that are known, in order. A mark dated before the decision was shown counts."""
    return [event for event in sorted(moment.world.known.values(), key=order) if _is_on(moment, event, decision)]


def marks_of(moment: Moment, decision: DecisionId, *kinds: str) -> list[Event]:
    """The marks of those kinds about a decision, in order."""
    return [event for event in marks_on(moment, decision) if event.mark is not None and event.mark.kind in kinds]


def _is_on(moment: Moment, event: Event, decision: DecisionId) -> bool:
    mark = event.mark
    if mark is None or (mark.rule, mark.measure) != (decision.rule, decision.measure):
        return False
    kind = kind_of(decision)
    is_offer = kind == "measure" and measure_of(moment.plan, decision).kind == "offer"
    if mark.kind in ("accepted", "declined") and not is_offer:
        return False  # §5: on nothing
    if decision.subject != moment.world.person(mark.subject):
        return False  # 1.d: marks about the others are read as about the first
    if mark.bearer is not None and mark.bearer != decision.bearer:
        return False
    bearers = _asked_by_then(moment, event, decision) if kind_of(decision) == "ask" else _bearers(moment, decision)
    if mark.bearer is None and len(bearers) > 1:
        return False  # 5.b: on nothing
    if decision.bearer not in bearers:
        return False
    if mark.occurrence is not None:
        return mark.occurrence == decision.occurrence
    return _unnamed_occurrence(moment, event, decision) == decision.occurrence


def _bearers(moment: Moment, decision: DecisionId) -> set[str]:
    if kind_of(decision) != "ask":
        return set(measure_of(moment.plan, decision).who)
    asked = (CONSENT_RULE, decision.measure, decision.subject)
    return {d.bearer for d in moment.tracks if (d.rule, d.measure, d.subject) == asked}


def _asked_by_then(moment: Moment, mark: Event, decision: DecisionId) -> set[str]:
    """5.b: the bearers whose asking had been shown when a mark became known, or all where none had."""
    assert mark.mark is not None
    became_known = max(mark.at, mark.known_at)
    asked = (CONSENT_RULE, decision.measure, decision.subject)
    tracks = [t for d, t in moment.tracks.items() if (d.rule, d.measure, d.subject) == asked]
    return {t.id.bearer for t in tracks if t.spells[0][0] <= became_known} or {t.id.bearer for t in tracks}


def _unnamed_occurrence(moment: Moment, mark: Event, decision: DecisionId) -> str | None:
    """5.b: the last occurrence that, as known when the mark became known, lay before it, else the first.

    One that was taken back lies where it was last said to lie: what is voided later leaves `done` behind (§2). Where nothing is
    left (passings that were taken back), the first that was shown.
    """
    then = _occurrences_then(moment, decision, max(mark.at, mark.known_at))
    before = [found for found in then if found[0] <= mark.at and decision._replace(occurrence=found[2]) in moment.tracks]
    if before:
        return max(before)[2]
    now = [found for found in _possible_occurrences(moment, decision) if decision._replace(occurrence=found[2]) in moment.tracks]
    same = decision._replace(occurrence="")
    there = {d.occurrence for d in moment.tracks if d._replace(occurrence="") == same} - {found[2] for found in now}
    now += [said for said in map(moment.world.last_said, there) if said is not None]
    if now:
        return min(now)[2]
    shown = [(t.spells[0][0], d.occurrence) for d, t in moment.tracks.items() if d._replace(occurrence="") == same]
    return min(shown)[1] if shown else None


def _occurrences_then(moment: Moment, decision: DecisionId, then: datetime) -> list[tuple[datetime, datetime, str]]:
    """(at, known_at, name) of the occurrences as they were known then; whom events and marks are about is read as now."""
    each = rule_of(moment.plan, decision).each if kind_of(decision) in ("measure", "correction") else None
    if each is None or each.kind == "passed":
        return _possible_occurrences(moment if then >= moment.k else moment.moment_at(then), decision)
    known = moment.world_at(then).known.values()
    rule, measure = rule_of(moment.plan, decision), measure_of(moment.plan, decision)
    subjects = rule_subjects(moment.world, rule, measure, decision.subject)
    if each.kind == "event":
        found = [e for e in known if e.type == each.event and moment.world.subject_of(e) in subjects]
    else:
        found = [e for e in known if e.mark is not None and _accepts(moment, e.mark, each, subjects)]
    return [(e.at, e.known_at, e.id) for e in found]


def _accepts(moment: Moment, mark: Mark, each: Each, subjects: list[str]) -> bool:
    assert each.ref is not None
    on = (mark.rule, mark.measure) == (each.ref.rule, each.ref.measure)
    return on and mark.kind == "accepted" and moment.world.person(mark.subject) in subjects


def _possible_occurrences(moment: Moment, decision: DecisionId) -> list[tuple[datetime, datetime, str]]:
    """(at, known_at, name) of every occurrence that a decision of this measure about this subject may have."""
    if kind_of(decision) == "consent_ended":
        ends = [end for told in told_decisions(moment, decision) for end in consent_ends(moment, told)]
        return [(end.at, end.known_at, end.id) for end in ends]
    if kind_of(decision) == "ask" or rule_of(moment.plan, decision).each is None:
        return [(datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC), "")]
    rule, measure = rule_of(moment.plan, decision), measure_of(moment.plan, decision)
    return [
        (o.at, o.known_at, o.name)
        for subject in rule_subjects(moment.world, rule, measure, decision.subject)
        for o in occurrences(moment, rule, subject)
        if o.at is not None and o.known_at is not None
    ]


def mark_stands(moment: Moment, mark: Event, decision: DecisionId) -> bool:
    """5.h: whether what was told still reaches the municipality that answers, as now known."""
    measure = measure_of(moment.plan, decision)
    rule = rule_of(moment.plan, decision)
    now = municipality(
        moment.world,
        measure.object,
        person_of(moment.world, rule, measure, decision.subject),
        moment.k,
    )
    asking = told_as_known_then(moment, mark, decision)
    then = municipality(asking.world, measure.object, asking.person, asking.t)
    if now is None or now == then:
        return True
    if then is not None:
        return False
    without = answering(asking, None, moment.on_call)[0]
    return answering(asking, now, moment.on_call)[0] == without


def told_as_known_then(moment: Moment, mark: Event, decision: DecisionId) -> Asking:
    """Whom a done mark's notification went to: asked for at its `at`, as known then (5.h).

    Where nothing was known of the subject then: as known when the mark became known, by what is dated no later than it.
    """
    measure, rule = measure_of(moment.plan, decision), rule_of(moment.plan, decision)
    assert mark.mark is not None
    then = moment.world_at(mark.at)
    subject = then.person(mark.mark.subject)
    if subject not in then.persons() and subject not in then.things:
        entered = moment.world_at(max(mark.at, mark.known_at)).known.values()
        then = World(moment.plan, tuple(event for event in entered if event.at <= mark.at), max(mark.at, mark.known_at))
    person = person_of(then, rule, measure, then.person(mark.mark.subject))
    return Asking(measure.object, person, mark.at, then, measure.anyone_stands_in)


def ended_by_mark(moment: Moment, decision: DecisionId) -> str | None:
    """5.b: `done`, `declined`, or None where no mark ends it. `acknowledged` never does."""
    if kind_of(decision) == "ask":  # 6.b: each mark that is dated or became known in the (last) spell
        track = moment.tracks.get(decision)
        start = track.spells[-1][0] if track is not None else moment.k
        return "done" if [m for m in marks_of(moment, decision, "done") if m.at >= start or m.known_at >= start] else None
    if kind_of(decision) != "measure":
        return "done" if marks_of(moment, decision, "done") else None
    measure = measure_of(moment.plan, decision)
    if measure.kind == "refrain" or measure.continuing:
        return None  # §5: in force while the rule holds, never done
    done = marks_of(moment, decision, "done")
    if measure.kind == "offer":
        answers = marks_of(moment, decision, "accepted", "declined")
        if answers:
            last = max(answers, key=lambda m: (m.at, _kind(m) == "declined", m.known_at, m.id))
            return "declined" if _kind(last) == "declined" else "done"
    if measure.kind in ("notify", "apply"):
        done = [mark for mark in done if mark_stands(moment, mark, decision)]
    return "done" if done else None


def _kind(event: Event) -> str:
    assert event.mark is not None
    return event.mark.kind


def told_without_consent(moment: Moment, decision: DecisionId) -> bool:
    """6.e: a done mark on a measure that needs consent, at whose `at` consent, as now known, wasn't given."""
    if kind_of(decision) != "measure":
        return False
    measure = measure_of(moment.plan, decision)
    person = person_of(moment.world, rule_of(moment.plan, decision), measure, decision.subject)
    if measure.allowed_consent is None or person is None:
        return False
    return any(
        consent(moment.world, person, measure.allowed_consent, scope_of(measure), mark.at) != "given"
        for mark in marks_of(moment, decision, "done")
    )


# ------------------------------------------------------------------------------------------ deadlines and passings


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A deadline as now known. A late one is the reminder time of `at once` (5.f)."""

    at: datetime
    day: date | None
    real: bool
    late: bool


AT_ONCE = Deadline("at once")


def deadline_of(moment: Moment, track: Track, run: Run) -> Reckoned | None:
    """The deadline of a run, as now known; None where there is none (or its event hasn't come)."""
    if kind_of(track.id) == "ask":
        # §6: the strictest of those that wait, counted from when asking became due
        found = [_reckoned(moment, moment.tracks[w], measure_of(moment.plan, w).deadline, run.start, run) for w in track.waiting]
        return min((r for r in found if r is not None), key=lambda r: (r.at, not r.real), default=None)
    if kind_of(track.id) == "correction":
        return _reckoned(moment, track, AT_ONCE, run.start, run)
    measure = measure_of(moment.plan, track.id)
    deadline = AT_ONCE if kind_of(track.id) == "consent_ended" else measure.deadline
    if track.id.occurrence and not run.waited:  # §5: an event rule's deadline runs from the occurrence
        times = [at for at, _, name in _possible_occurrences(moment, track.id) if name == track.id.occurrence]
        return _reckoned(moment, track, deadline, times[0], run) if times else None
    return _reckoned(moment, track, deadline, run.start, run)  # 5.c; 6.c


def _reckoned(moment: Moment, track: Track, deadline: Deadline | None, start: datetime, run: Run) -> Reckoned | None:
    if deadline is None:
        return None
    if deadline.after is not None and not run.waited:  # 6.c: one that has waited runs from when consent came
        after = _after(moment, track, deadline.after, run.spell)
        if after is None:
            return None
        start = after
    at, day = reckon(moment.plan, deadline, start)
    if at < run.start:  # 5.e, 5.f: late, with the reminder time of `at once` from `since`
        reminder = timedelta(hours=moment.plan.reminders["at once"])
        return Reckoned(run.start + reminder, None, real=False, late=True)
    return Reckoned(at, day, deadline.real, late=False)


def _after(moment: Moment, track: Track, event_type: str, spell: datetime) -> datetime | None:
    """§5: the last such event about the decision's subject before the spell (or at its start), else the first after."""
    times = sorted(
        event.at
        for event in moment.world.speaking()
        if event.type == event_type and moment.world.subject_of(event) == track.id.subject
    )
    before = [at for at in times if at <= spell]
    if before:
        return before[-1]
    return times[0] if times else None


def strength_of(moment: Moment, track: Track) -> str:
    """`must` for a correction and for the end of a consent; for an ask the strictest of those that wait."""
    if kind_of(track.id) == "ask":
        return min((measure_of(moment.plan, w).strength for w in track.waiting), key=STRICTEST_FIRST.index)
    return "must" if kind_of(track.id) != "measure" else measure_of(moment.plan, track.id).strength


def can_pass(moment: Moment, track: Track) -> bool:
    """§5: `may`, `refrain` and `continuing` never pass."""
    if strength_of(moment, track) == "may":
        return False
    if kind_of(track.id) != "measure":
        return True
    measure: Measure = measure_of(moment.plan, track.id)
    return measure.kind != "refrain" and not measure.continuing


def passed_at(moment: Moment, decision: DecisionId) -> datetime | None:
    """5.f: the earliest passing of a decision, as now known."""
    track = moment.tracks[decision]
    if not can_pass(moment, track) or track.status == "withdrawn" or is_left(moment.world, moment.plan, decision):
        return None
    passings: list[datetime] = []
    for run in track.runs:
        deadline = deadline_of(moment, track, run)
        if deadline is None or not deadline.real or deadline.at > moment.k:
            continue
        at = deadline.at
        begun = run.start <= at and (run.end is None or run.end > at)
        if begun and not _in_time(moment, track, run, at):
            passings.append(at)
    return min(passings, default=None)


def _in_time(moment: Moment, track: Track, run: Run, deadline: datetime) -> bool:
    """5.f: whether, as now known, something had settled it at or before D: a mark, an assess's value, an alternative."""
    for mark in marks_of(moment, track.id, "done", "accepted", "declined"):
        sent = kind_of(track.id) == "measure" and measure_of(moment.plan, track.id).kind in ("notify", "apply")
        stands = not sent or mark_stands(moment, mark, track.id)
        if mark.at <= deadline and (mark.at >= run.start or stands):
            return True
    from tests.oracle.replay import settled_otherwise

    return settled_otherwise(moment, track, deadline)
