"""How a decision stands at an instant: due, asked first, done, declined, lapsed or withdrawn, and by when (semantics §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from samverkan.decide.answer import DecisionId, Due, Status
from samverkan.decide.becoming import Moment, person_concerned
from samverkan.decide.behind import events_behind
from samverkan.decide.consents import IDENTITY, ends_consent, given_again
from samverkan.decide.events import Event
from samverkan.decide.grounds import ground_was_there
from samverkan.decide.judging import Judge
from samverkan.decide.knowledge import Delivered, current_at, effective, order
from samverkan.decide.marking import NO_OUTCOME, Order, Outcome, Told, decision_marked, outcome
from samverkan.decide.occurring import occurs
from samverkan.decide.prepared import CONSENT_RULE, Prepared
from samverkan.decide.records import Record, Span, told_apart
from samverkan.decide.timeline import BEGINNING
from samverkan.decide.timing import due_by, goes_on, never_overdue
from samverkan.decide.world import World
from samverkan.directory.answering import Answering
from samverkan.directory.times import local_day
from samverkan.plan.model import Atom, Ref


@dataclass(frozen=True, slots=True)
class Stand:
    """A status, the events behind it where it has ended, and what replaced it (a rule, or a measure done instead)."""

    status: Status
    by: tuple[str, ...] = ()
    at: datetime | None = None
    replaced_by: str | None = None


DUE, ASK_FIRST = Stand("due"), Stand("ask_first")


class Standing:
    """Statuses at one moment. Everything is a function of the moment's world and of what has been shown up to it."""

    __slots__ = ("_by_measure", "_on_call_at", "_told", "delivered", "moment", "prepared", "records")

    def __init__(
        self,
        prepared: Prepared,
        moment: Moment,
        records: dict[DecisionId, Record],
        told: Mapping[tuple[str, int], Told],
        on_call_at: Callable[[datetime], frozenset[str]],
        delivered: Delivered,
    ) -> None:
        self.prepared = prepared
        self.moment = moment
        self.records = records
        self.delivered = delivered
        self._by_measure: dict[tuple[str, str, str], list[DecisionId]] | None = None
        self._told = told
        self._on_call_at = on_call_at

    def with_records(self, records: dict[DecisionId, Record]) -> Standing:
        """How decisions stand where these are the records."""
        return Standing(self.prepared, self.moment, records, self._told, self._on_call_at, self.delivered)

    # -- records --------------------------------------------------------------------------------------------------------------

    def register(self, record: Record) -> None:
        """Note a decision that is shown for the first time, or perhaps is."""
        self.records[record.id] = record
        if self._by_measure is not None:
            key = (record.id.rule, record.id.measure, record.id.subject)
            self._by_measure.setdefault(key, []).append(record.id)

    def forget(self, decision: DecisionId) -> None:
        """Drop a record of what turned out not to be shown at all."""
        del self.records[decision]
        if self._by_measure is not None:
            self._by_measure[(decision.rule, decision.measure, decision.subject)].remove(decision)

    def by_measure(self) -> Mapping[tuple[str, str, str], Sequence[DecisionId]]:
        """(rule, measure, subject) → its decisions in the order in which they were first shown; made when first asked for."""
        if self._by_measure is None:
            found = self._by_measure = {}
            for decision in self.records:
                found.setdefault((decision.rule, decision.measure, decision.subject), []).append(decision)
        return self._by_measure

    def decisions_of(self, ref: Ref, subject: str) -> list[DecisionId]:
        """The decisions of a measure about a subject that have been shown, in the order in which they first were."""
        return list(self.by_measure().get((ref.rule, ref.measure, subject), ()))

    # -- marks ----------------------------------------------------------------------------------------------------------------

    def has_marks(self, decision: DecisionId) -> bool:
        """Whether something was marked that may be on this decision."""
        return (decision.rule, decision.measure, decision.subject) in self.moment.judge.world.marks

    def marked(self, mark: Event) -> DecisionId | None:
        """The decision that a mark is on; None: on nothing."""
        if mark.mark is None:
            return None
        subject = self.moment.judge.world.canonical(mark.mark.subject)
        candidates = self.by_measure().get((mark.mark.rule, mark.mark.measure, subject), ())
        if mark.mark.rule == CONSENT_RULE:
            candidates = self._asked_by_then(mark, candidates)
        is_offer = any(self.records[c].kind == "offer" for c in candidates)
        return decision_marked(
            self.prepared, mark, candidates, self._order_now, lambda c: self._order_then(c, mark), is_offer
        )

    def _asked_by_then(self, mark: Event, candidates: Sequence[DecisionId]) -> Sequence[DecisionId]:
        """Of decisions to ask, those that had been shown when a mark became known, or all where none had (5.b)."""
        became_known = max(mark.at, mark.known_at)
        return [c for c in candidates if (s := self.records[c].spells) and s[0].start <= became_known] or candidates

    def _order_then(self, decision: DecisionId, mark: Event) -> Order | None:
        """Where a decision's occurrence lay in time, as known when a mark became known; None where it wasn't.

        A passing that was taken back since was known from when its decision was shown.
        """
        occurrence = decision.occurrence
        revisions = self.delivered.get(occurrence)
        if revisions is None:
            shown = self.records[decision].spells[0].start if self.records[decision].spells else self.moment.k
            if occurrence and self._passing(occurrence) is None:
                return (shown, shown, occurrence) if shown <= max(mark.at, mark.known_at) else None
            return self._order_now(occurrence)
        then = current_at(revisions, max(mark.at, mark.known_at))
        return order(then) if then is not None and not then.void else None

    def _order_now(self, occurrence: str) -> Order:
        """Where an occurrence lies in time as now known: where it was taken back, as was last said; a passing then at the end."""
        revisions = self.delivered.get(occurrence)
        if revisions is None:
            beginning, end = BEGINNING, datetime.max.replace(tzinfo=self.moment.k.tzinfo)
            at = (self._passing(occurrence) or end) if occurrence else beginning
            return (at, at, occurrence)
        known = [order(r) for r in revisions if not r.void and r.known_at <= self.moment.k]
        return known[-1] if known else (BEGINNING, BEGINNING, occurrence)

    def _passing(self, occurrence: str) -> datetime | None:
        """When the decision passed that an occurrence is called by; None where it didn't."""
        for ref in self.prepared.passings:
            for (rule, measure, _), decisions in self.by_measure().items():
                if (rule, measure) == (ref.rule, ref.measure):
                    for decision in decisions:
                        if str(decision) == occurrence:
                            return self.passed_at(decision)
        return None

    def marks_on(self, decision: DecisionId) -> list[Event]:
        """The marks on one decision, in the order of time."""
        marks = self.moment.judge.world.marks.get((decision.rule, decision.measure, decision.subject), ())
        return [m for m in marks if self.marked(m) == decision]

    def outcome(self, decision: DecisionId) -> Outcome:
        """What marks say of a decision."""
        marks = self.marks_on(decision) if self.moment.judge.world.marks else ()
        return outcome(marks, lambda mark: self._stands(decision, mark)) if marks else NO_OUTCOME

    def _stands(self, decision: DecisionId, mark: Event) -> bool:
        """Whether a done mark still counts: a notification does while it went where it would go now (5.h)."""
        record = self.records[decision]
        if record.kind not in ("notify", "apply") or record.measure is None:
            return True
        return self.stands_where(record, mark, self.municipality(record, record.object))

    def stands_where(self, record: Record, mark: Event, now: str | None) -> bool:
        """Whether a done mark on a notification counts, where `now` is the municipality that it is found by."""
        told = self._told.get((mark.id, mark.revision))
        if told is None or now is None or told.municipality == now:
            return True
        if told.municipality is not None:
            return False
        with_it = self._found(record, now, told.clientele, mark.at)
        return with_it == self._found(record, None, told.clientele, mark.at)

    def _found(
        self, record: Record, municipality: str | None, clientele: Mapping[str, str], at: datetime
    ) -> str | None:
        any_stand_in = record.measure is not None and record.measure.anyone_stands_in
        answering = self.prepared.directory.answering(
            record.object, municipality, clientele, at, self._on_call_at(at), any_stand_in=any_stand_in
        )
        return answering.unit

    # -- status ---------------------------------------------------------------------------------------------------------------

    def stand(self, record: Record) -> Stand:
        """How the decision stands, once its replay has come to this moment: what is gone was judged there already."""
        return self.shown_status(record) if record.shown else self._gone_stand(record)

    def shown_status(self, record: Record) -> Stand:
        """The status of a decision that is shown at this moment."""
        if record.kind == "ask":
            start = record.spells[-1].start if record.shown else self.moment.k
            return self.asking_done(record, start) or DUE
        settled = self._settled(record)
        if settled is not None:
            return settled
        held = self.moment.held.get(record.id)
        return ASK_FIRST if held is not None and held.waits else DUE

    def gone_status(self, record: Record) -> Status:
        """The status of a decision that was shown and isn't any more."""
        settled = self._gone_settled(record)
        if settled is not None:
            return settled.status
        if record.kind == "ask":
            waited = [self.records[d] for d in record.owed if d in self.records]
            gone = waited and all(not r.shown and self.gone_status(r) == "withdrawn" for r in waited)
            return "withdrawn" if gone else "lapsed"
        if record.kind == "correction":
            return "withdrawn"
        if record.kind == "consent_ended":
            return self._consent_ended_status(record)
        return "lapsed" if self.ground_was_there(record, record.spells[-1:]) else "withdrawn"

    def _gone_stand(self, record: Record) -> Stand:
        """How a decision stands that isn't shown, what ended it included; whether it is withdrawn is in its record."""
        settled, at = self._gone_settled(record), record.spells[-1].end
        if settled is not None:
            return settled
        by = events_behind(self.delivered, self.moment.judge.world, record, at) if at is not None else ()
        word: Status = "withdrawn" if record.status == "withdrawn" else "lapsed"
        follows = record.kind in ("ask", "correction", "consent_ended")
        return Stand(word, by, at, None if follows else self._replaced_by(record))

    def _gone_settled(self, record: Record) -> Stand | None:
        return self.asking_done(record, record.spells[-1].start) if record.kind == "ask" else self._settled(record)

    def ground_was_there(self, record: Record, spells: Sequence[Span]) -> bool:
        """Whether, as now known, the decision's ground was there at some time of these spells (5.d)."""
        return any(ground_was_there(self, record, spell) for spell in spells)

    def _settled(self, record: Record) -> Stand | None:
        """Done or declined, by a mark, or by the value of what was to be assessed."""
        found = self.outcome(record.id)
        if found.status is not None and found.by is not None and not goes_on(record) and record.kind != "assess":
            status: Status = "done" if found.status == "done" else "declined"
            return Stand(status, (found.by.id,), found.by.at)
        if record.kind == "assess" and record.measure is not None:
            events = self.assessed(record, self.moment.judge, self.moment.k)
            if events is not None:
                at = max((e.at for e in self.moment.judge.world.events if e.id in events), default=None)
                return Stand("done", events, at)
        return None

    def assessed(self, record: Record, judge: Judge, t: datetime) -> tuple[str, ...] | None:
        """The events behind the value of what was to be assessed, as its rule reads it at `t`; None while some is missing."""
        rule, measure = record.rule, record.measure
        held = self.moment.held.get(record.id)
        events: set[str] = set()
        for ground in held.grounds if held is not None else record.grounds:
            subject = judge.world.canonical(ground)
            if rule is None or measure is None or subject not in judge.world.sorts:
                return None
            behind = judge.settled(Atom(measure.end, measure.object, ()), subject, judge.when(rule, subject, t))
            if behind is None:
                return None
            events.update(behind)
        return tuple(sorted(events))

    def asking_done(self, record: Record, start: datetime) -> Stand | None:
        """Whether a decision to ask is done: by an answer, or by a mark, that came in the spell that began at `start` (6.b)."""
        marks = [m for m in self.marks_on(record.id) if m.at >= start or m.known_at >= start]
        done = outcome(marks, lambda _: True).by
        if done is not None:
            return Stand("done", (done.id,), done.at)
        answers = self.moment.judge.world.consents.get((record.id.subject, record.object), ())
        came = [c for c in answers if c.at >= start or c.known_at >= start]
        return Stand("done", (came[0].event,), came[0].at) if came else None

    def left_to_another(self, record: Record) -> bool:
        """Whether a measure isn't shown because an alternative was done, and it wasn't done itself (5.g)."""
        if (record.id.rule, record.id.measure) not in self.prepared.alternatives:
            return False
        return self._settled(record) is None and self._alternative_done(record) is not None

    def _replaced_by(self, record: Record) -> str | None:
        """For what is gone though its rule holds: the rule that overrides it, or the alternative that was done."""
        if not occurs(self, record):
            return None
        overrider = self._overrider(record)
        if overrider is not None:
            return overrider
        in_force = self.moment.in_force.get(record.id.rule, set())
        holds = any(self.moment.judge.world.canonical(g) in in_force for g in record.grounds)
        done_instead = self._alternative_done(record) if holds else None
        return str(done_instead) if done_instead is not None else None

    def _alternative_done(self, record: Record) -> Ref | None:
        """An alternative of this measure that was done for the same subject, by whomever."""
        for ref in self.prepared.alternatives.get((record.id.rule, record.id.measure), ()):
            for decision in self.decisions_of(ref, record.id.subject):
                settled = self._settled(self.records[decision])
                if settled is not None and settled.status == "done":
                    return ref
        return None

    def _overrider(self, record: Record) -> str | None:
        """The rule that now overrides the decision's rule for one of its grounds."""
        for ground in record.grounds:
            found = self.moment.overridden.get((record.id.rule, self.moment.judge.world.canonical(ground)))
            if found is not None:
                return found
        return None

    def _consent_ended_status(self, record: Record) -> Status:
        """Lapsed where consent came back since it was shown, withdrawn where, as now known, there was nothing to tell."""
        measure, spell = record.measure, record.spells[-1]
        if measure is None or measure.allowed_consent is None:
            return "withdrawn"
        person = person_concerned(self.moment.judge, record.id.subject, measure) or ""
        answers = self.moment.judge.world.consents.get((person, measure.allowed_consent), [])
        told = [mark.at for decision in record.owed if decision in self.records for mark in self.outcome(decision).done]
        named = told_apart(record.id)
        scope = measure.telling or IDENTITY
        for no in answers:
            if no.event == record.id.occurrence and ends_consent(answers, scope, no) and any(at < no.at for at in told):
                if named is not None and named not in self.told_units(self._told_of(record), no.at)[1:]:
                    continue
                since = max(spell.start, no.at)
                if (spell.end is None or since < spell.end) and not given_again(answers, scope, no, since):
                    return "lapsed"
        return "withdrawn"

    # -- deadlines ------------------------------------------------------------------------------------------------------------

    def deadline(self, record: Record, run: Span) -> tuple[Due | None, bool]:
        """The deadline of a run, and whether it was late from the start. One that began with a consent runs from there (6.c).

        A decision to ask has the earliest of those that the waiting ones would have from when it became due.
        """
        spell = record.spell_of(run)
        if record.kind == "ask":
            waiting = [self.records[d] for d in record.waiting if d in self.records]
            timed = [due_by(self.prepared, self.moment.judge, r, Span(run.start), spell, None) for r in waiting]
            known = [(due.at, not due.real, due, late) for due, late in timed if due is not None and due.at is not None]
            return min(known, key=lambda one: one[:2])[2:] if known else (None, False)
        return due_by(self.prepared, self.moment.judge, record, run, spell, self.occurred(record))

    def occurred(self, record: Record) -> datetime | None:
        """When the occurrence of an event rule's decision was, as now known; None for all others, and where it hangs."""
        if record.rule is None or not record.id.occurrence:
            return None
        for event in self.moment.judge.world.events:
            if event.id == record.id.occurrence:
                return event.at if event not in self.moment.judge.world.hanging else None
        return self._passing(record.id.occurrence) if record.rule.each is not None else None

    def passed_at(self, decision: DecisionId) -> datetime | None:
        """When the decision's deadline passed, undone; None where it hasn't, or where that is taken back (5.f)."""
        record = self.records.get(decision)
        if record is None or never_overdue(record) or self.occurrence_gone(record):
            return None
        for run in record.runs:
            due, late = self.deadline(record, run)
            if due is None or not due.real or late or due.at is None or due.at > self.moment.k:
                continue
            in_run = run.start <= due.at and (run.end is None or due.at < run.end)
            if in_run and not self._in_time(record, run, due.at):
                if not record.shown and self.gone_status(record) == "withdrawn":
                    return None
                return due.at
        return None

    def occurrence_gone(self, record: Record) -> bool:
        """Whether the decision is of an event rule and its occurrence, as now known, wasn't."""
        return record.rule is not None and record.rule.each is not None and self.occurred(record) is None

    def _in_time(self, record: Record, run: Span, deadline: datetime) -> bool:
        """Whether, as now known, what was due in a run was done, answered, settled or done by another by its deadline."""
        for mark in self.marks_on(record.id):
            dated_so = mark.at <= deadline and mark.mark is not None and mark.mark.kind != "acknowledged"
            if dated_so and (mark.at >= run.start or self._stands(record.id, mark)):
                return True
        return self._assessed_by(record, deadline) or self._done_by_another_by(record, deadline)

    def _assessed_by(self, record: Record, deadline: datetime) -> bool:
        """Whether the fact that was to be assessed had got its value from what was dated at or before the deadline."""
        if record.kind != "assess" or self.assessed(record, self.moment.judge, self.moment.k) is None:
            return False
        earlier = [e for e in self.moment.judge.world.events if e.at <= deadline]
        return self.assessed(record, Judge(World(self.prepared.plan, earlier)), deadline) is not None

    def _done_by_another_by(self, record: Record, deadline: datetime) -> bool:
        """Whether an alternative was done, by a mark dated at or before the deadline."""
        for ref in self.prepared.alternatives.get((record.id.rule, record.id.measure), ()):
            for decision in self.decisions_of(ref, record.id.subject):
                found = self.outcome(decision)
                if found.status == "done" and found.by is not None and found.by.at <= deadline:
                    return True
        return False

    def deadlines(self) -> list[datetime]:
        """The deadlines and reminder times of all decisions that are due."""
        found = []
        for record in self.records.values():
            if (record.deadline is not None or record.kind == "ask") and record.since is not None:
                due, _ = self.deadline(record, record.runs[-1])
                if due is not None and due.at is not None:
                    found.append(due.at)
        return found

    # -- who ------------------------------------------------------------------------------------------------------------------

    def on_call(self) -> frozenset[str]:
        """The functions that a `continuing` act in force holds open."""
        acts = self.prepared.plan.acts
        return frozenset(
            r.id.bearer
            for r in self.records.values()
            if r.kind == "perform" and r.since is not None and r.measure is not None and r.measure.continuing
            and acts[r.object].opens
        )  # fmt: skip

    def municipality(self, record: Record, function: str) -> str | None:
        """The municipality by which `function` is found for the person that the decision concerns, now."""
        return self.found_by(record, function)[0]

    def found_by(self, record: Record, function: str) -> tuple[str | None, dict[str, str]]:
        """Municipality and clientele of the person that the decision concerns, as now known."""
        person = person_concerned(self.moment.judge, record.id.subject, record.measure)
        return found_by(self.prepared, self.moment.judge, person, function, self.moment.k)

    def answering(self, record: Record, function: str, any_stand_in: bool = False) -> Answering:
        """Who answers for `function` now, for the person that the decision concerns."""
        municipality, clientele = self.found_by(record, function)
        return self.prepared.directory.answering(
            function, municipality, clientele, self.moment.k, self._on_call_at(self.moment.k), any_stand_in=any_stand_in
        )

    def is_there(self, unit: str) -> bool:
        """Whether a unit exists today."""
        found, day = self.prepared.plan.units[unit], local_day(self.moment.k, self.prepared.zone)
        return (found.first is None or found.first <= day) and (found.last is None or day <= found.last)

    def answering_unit(self, function: str, unit: str) -> Answering:
        """How that unit, which has been told something, is reached now."""
        return self.prepared.directory.one(function, unit, self.moment.k, self._on_call_at(self.moment.k))

    def told_unit(self, record: Record) -> str | None:
        """The unit that was told what a correction, or the end of a consent, is about; None where nobody was (5.i)."""
        named = told_apart(record.id)
        if named is not None:
            return named
        ended = [e.at for e in self.moment.judge.world.events if e.id == record.id.occurrence]
        before = ended[0] if ended and record.kind == "consent_ended" else None
        told = self._told_of(record)
        return next(iter(self.told_units(told, before) or self.told_units(told)), None)

    def _told_of(self, record: Record) -> Sequence[DecisionId]:
        """The decisions by which somebody was told; for the end of a consent those of the measure, in all occurrences."""
        if record.kind != "consent_ended":
            return record.owed
        measure = record.id.measure.partition(":")[0]
        return [d for d in self.decisions_of(Ref(record.id.rule, measure), record.id.subject) if d.bearer == record.id.bearer]

    def told_units(self, decisions: Iterable[DecisionId], before: datetime | None = None) -> list[str]:
        """The units that done marks on these decisions told, as `units_told`; `before`: by marks dated earlier only."""
        done = [(mark, self.records[d]) for d in decisions if d in self.records for mark in self.outcome(d).done]
        return self.units_told((mark, record) for mark, record in done if before is None or mark.at < before)

    def units_told(self, done: Iterable[tuple[Event, Record]]) -> list[str]:
        """The units that these marks told, whether or not the marks still count, in the order in which they became known (5.i)."""
        found = []
        for mark, record in sorted(done, key=lambda one: (effective(one[0]), one[0].at, one[0].id)):
            told = self._told.get((mark.id, mark.revision))
            if told is not None:
                found.append(self._found(record, told.municipality, told.clientele, mark.at))
        return [unit for unit in dict.fromkeys(found) if unit is not None]

    @staticmethod
    def sending(prepared: Prepared, judge: Judge, mark: Event) -> Told | None:
        """By what a notification that `mark` tells of was sent; None where the mark is of no notification."""
        if mark.mark is None or mark.mark.rule == CONSENT_RULE:
            return None
        measure = prepared.measure(mark.mark.rule, mark.mark.measure)
        if measure is None or measure.kind not in ("notify", "apply"):
            return None
        person = person_concerned(judge, judge.world.canonical(mark.mark.subject), measure)
        return Told(*found_by(prepared, judge, person, measure.object, mark.at))


def found_by(
    prepared: Prepared, judge: Judge, person: str | None, function: str, t: datetime
) -> tuple[str | None, dict[str, str]]:
    """The municipality by which `function` is found for `person` at `t`, and the person's clientele."""
    if person is None:
        return None, {}
    world = judge.world
    facts = prepared.plan.functions[function].found_by
    municipality = prepared.directory.municipality_of(function, {f: world.value(person, f, t) for f in facts})
    return municipality, {f: world.value(person, f, t) for f in prepared.served}
