"""What was shown, instant by instant: the fold behind `decide` (semantics §2, 2.e).

A `Replay` has processed every instant up to `now`. It can be copied cheaply, given more events and taken further; events that
come behind what it has seen need a replay from the start. What an instant doesn't change isn't worked out again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from heapq import heappop, heappush

from samverkan.decide.answer import DecisionId
from samverkan.decide.becoming import Held, Moment, become
from samverkan.decide.events import Event
from samverkan.decide.following import asking, consents_ended, corrections
from samverkan.decide.holding import holding
from samverkan.decide.judging import Judge
from samverkan.decide.knowledge import NOTHING_DELIVERED, Delivered, counting, deliver, instants, order
from samverkan.decide.marking import Told
from samverkan.decide.matching import Matcher
from samverkan.decide.occurring import occurrences
from samverkan.decide.prepared import Prepared
from samverkan.decide.records import Record
from samverkan.decide.standing import Standing
from samverkan.decide.world import Begins, World

Beginnings = tuple[tuple[datetime, Begins], ...]
"""When the case itself begins, as known from each of these instants on."""

ITSELF: Beginnings = ((datetime.min.replace(tzinfo=UTC), "first"),)
"""The events that are replayed are all that there are: the case begins with the first of them."""
NO_CASE: Beginnings = ((datetime.min.replace(tzinfo=UTC), None),)
"""The case itself is replayed elsewhere."""


STANDS_ON_MORE = ("ask", "assess")
"""The kinds of decisions that stand on more than their ground once they are gone: on an answer, on a value."""


class Replay:
    """See the module. `records`: all decisions ever shown. `told`: (event id, revision) of a mark → by what it was sent.

    Args:
        prepared: the plan, ready.
        matcher: which rules hold in a state.
        beginnings: when the case itself begins; by default with the first of the events.
    """

    __slots__ = (
        "_agenda", "_counting", "_due", "_moment", "beginnings", "delivered", "judge", "matcher", "now", "on_call", "prepared",
        "records", "told",
    )  # fmt: skip

    def __init__(self, prepared: Prepared, matcher: Matcher, beginnings: Beginnings = ITSELF) -> None:
        self.prepared = prepared
        self.matcher = matcher
        self.beginnings = beginnings
        self.delivered: Delivered = NOTHING_DELIVERED
        self.now: datetime | None = None
        self.judge = Judge(World(prepared.plan, (), None))
        self._moment: Moment | None = None
        self.records: dict[DecisionId, Record] = {}
        self.told: dict[tuple[str, int], Told] = {}
        self.on_call: list[tuple[datetime, frozenset[str]]] = []
        self._agenda: dict[datetime, tuple[str, ...]] = {}
        self._counting: dict[str, Event] = {}
        self._due: list[datetime] = []
        for k, _ in beginnings[1:]:
            self._at(k)

    def copy(self) -> Replay:
        """An independent replay at the same place; what never changes is shared."""
        other = Replay.__new__(Replay)
        for name in ("prepared", "matcher", "beginnings", "delivered", "now", "judge", "_moment"):
            setattr(other, name, getattr(self, name))
        other.records = dict(self.records)
        other.told = dict(self.told)
        other.on_call = list(self.on_call)
        other._agenda = dict(self._agenda)
        other._counting = dict(self._counting)
        other._due = list(self._due)
        return other

    def can_take(self, events: Iterable[Event]) -> bool:
        """Whether these events come after everything that was processed, so that no replay from the start is needed."""
        return self.now is None or all(e.known_at > self.now for e in events)

    def has_instant(self, end: datetime) -> bool:
        """Whether something may change up to and including `end`, of itself."""
        return self.next_instant(end) is not None

    def next_instant(self, end: datetime) -> datetime | None:
        """The next instant at which something may change of itself, up to and including `end`; None where there is none."""
        now, due = self.now, self._due[0] if self._due and self._due[0] <= end else None
        midnights = self.prepared.midnights
        if now is None or not midnights or midnights[-1] <= now:
            return due
        place = bisect_right(midnights, now)
        return midnights[place] if midnights[place] <= end and (due is None or midnights[place] < due) else due

    def deliver(self, events: Iterable[Event]) -> None:
        """Take in events that `can_take` allows. Raises EventError as `knowledge.deliver` does."""
        before, new = self.delivered, list(events)
        self.delivered = deliver(before, new)
        for name in dict.fromkeys(event.id for event in new):
            for revision in self.delivered[name]:
                if revision not in before.get(name, ()):
                    for k in instants(revision):
                        self._at(k, name)

    def advance(self, target: datetime, *, including: bool = True) -> None:
        """Process every instant before `target`, and `target` itself as one unless told not to."""
        end = target.astimezone(UTC)
        begun = self.now if self.now is not None else (self._due[0] if self._due else None)
        if begun is not None:
            for midnight in self.prepared.midnights:
                if begun < midnight < end:
                    self._at(midnight)
        if including:
            self._at(end)
        while self._due and (self._due[0] < end or (including and self._due[0] == end)):
            k = heappop(self._due)
            self._step(k, self._agenda.pop(k))

    # -- one instant ----------------------------------------------------------------------------------------------------------

    def _at(self, k: datetime, name: str | None = None) -> None:
        """Note that something may change at `k`: what is known of an event, or something else."""
        if self.now is not None and k <= self.now:
            return
        if k not in self._agenda:
            heappush(self._due, k)
            self._agenda[k] = ()
        if name is not None:
            self._agenda[k] = (*self._agenda[k], name)

    def _step(self, k: datetime, names: tuple[str, ...]) -> None:
        before = self.judge.world
        new = self._learn(k, names)
        moment = Moment(k, self.judge, holding(self.prepared, self.matcher, self.judge, k))
        standing = self.standing(moment)
        self.now, self._moment = k, moment
        for number in range(len(self.prepared.strata)):
            self._settle(standing, number, self._become(standing, number))
        self._follow(standing)
        self._judge_gone(standing, self.judge.world.changed_from(before), {e.mark.rule for e in new if e.mark is not None})
        if self.prepared.opens:
            on_call = standing.on_call()
            if not self.on_call or self.on_call[-1][1] != on_call:
                self.on_call.append((k, on_call))
        for deadline in standing.deadlines():
            self._at(deadline)

    def _become(self, standing: Standing, stratum: int) -> list[Held]:
        """What the rules of one stratum make due."""
        moment, held = standing.moment, len(standing.moment.held)
        rules, turn = self.prepared.plan.rules, self.prepared.turn
        true = [name for name in moment.holding.true if self.prepared.stratum_of[name] == stratum]
        for name in sorted(true, key=turn.__getitem__):
            become(self.prepared, moment, rules[name], lambda r, s: occurrences(standing, r, s))
        return list(moment.held.values())[held:]

    def rest(self) -> None:
        """Let go of what can be worked out again when it is asked for."""
        self._moment = None

    @property
    def moment(self) -> Moment | None:
        """What was worked out for the instant that it has come to, or is now; None before the first."""
        moment = self._moment
        if moment is None and self.now is not None:
            moment = Moment(self.now, self.judge, holding(self.prepared, self.matcher, self.judge, self.now))
            standing = self.standing(moment)
            for number in range(len(self.prepared.strata)):
                self._become(standing, number)
        return moment

    def standing(self, moment: Moment) -> Standing:
        """How decisions stand at a moment, as far as this replay has come."""
        return Standing(self.prepared, moment, self.records, self.told, self.on_call_at, self.delivered)

    def on_call_at(self, t: datetime) -> frozenset[str]:
        """The functions whose units were held open at `t`, as was shown then."""
        place = bisect_right([k for k, _ in self.on_call], t)
        return self.on_call[place - 1][1] if place else frozenset()

    def _learn(self, k: datetime, names: tuple[str, ...]) -> list[Event]:
        """Bring the world up to K(k), and note by what each new mark was sent. Returns the events that newly count."""
        gone, new = False, []
        for name in dict.fromkeys(names):
            before, event = self._counting.get(name), counting(self.delivered[name], k)
            if event is before:
                continue
            gone = gone or before is not None
            if event is None:
                del self._counting[name]
            else:
                self._counting[name] = event
                new.append(event)
        world = None if gone else self._with(k, new)
        if world is None:
            world = World(self.prepared.plan, sorted(self._counting.values(), key=order), self._begins(k))
        self.judge = Judge(world)
        for event in new:
            if event.mark is not None:
                told = Standing.sending(self.prepared, self._when_told(event, k), event)
                if told is not None:
                    self.told[(event.id, event.revision)] = told
        return new

    def _when_told(self, mark: Event, k: datetime) -> Judge:
        """What those who told knew: what was known at the mark's `at`; where that is nothing, what lay before it (5.h)."""
        if mark.mark is None or mark.at >= k:
            return self.judge
        known = [e for given in self.delivered.values() if (e := counting(given, mark.at)) is not None]
        world = World(self.prepared.plan, sorted(known, key=order), self._begins(mark.at))
        if world.canonical(mark.mark.subject) not in world.sorts:
            known = [e for e in self._counting.values() if e.at <= mark.at]
            world = World(self.prepared.plan, sorted(known, key=order), self._begins(k))
        return Judge(world)

    def _with(self, k: datetime, new: list[Event]) -> World | None:
        """The world with these events more; None where it has to be made anew."""
        world: World | None = self.judge.world
        if self.now is None or (len(self.beginnings) > 1 and self._begins(k) != self._begins(self.now)):
            return None
        for event in new:
            world = world.extended(event) if world is not None else None
        if world is not None and self.beginnings is ITSELF and world.events and world.events[0].at != world.start:
            return None
        return world

    def _begins(self, k: datetime) -> Begins:
        """When the case itself begins, as known at `k`."""
        return self.beginnings[bisect_right([since for since, _ in self.beginnings], k) - 1][1]

    def _settle(self, standing: Standing, stratum: int, new: list[Held]) -> None:
        """Write what one stratum makes due into the records, and close what it no longer does."""
        for held in new:
            if held.id not in self.records:
                measure = held.measure
                standing.register(
                    Record(
                        held.id, held.rule, measure, measure.kind, measure.object, measure.strength, measure.deadline,
                        grounds=held.grounds,
                    )
                )  # fmt: skip
        k, now, of = standing.moment.k, standing.moment.held, self.prepared.stratum_of
        hidden = [
            record for decision, record in self.records.items()
            if record.shown and decision not in now and of.get(decision.rule) == stratum and ":" not in decision.measure
        ]  # fmt: skip
        for record in hidden:
            self.records[record.id] = record.hide(k)
        unmarked = not self.judge.world.marks
        for held in new:
            record = self.records[held.id]
            if unmarked and (held.id.rule, held.id.measure) not in self.prepared.alternatives and _goes_on_as(record, held):
                continue
            if not standing.left_to_another(record):
                self._write(standing, record, held.grounds)
            elif record.shown:
                self.records[held.id] = record.hide(k)
            elif not record.spells:
                standing.forget(held.id)

    def _write(self, standing: Standing, record: Record, grounds: tuple[str, ...]) -> None:
        if record.grounds != grounds:
            record = replace(record, grounds=grounds)
            self.records[record.id] = record
        shown = record.show(standing.moment.k, standing.shown_status(record).status)
        if shown is not record:
            self.records[record.id] = shown

    def _follow(self, standing: Standing) -> None:
        """Decisions that follow from others: asking for consent, correcting, telling that consent has ended."""
        wanted: dict[DecisionId, Record] = {}
        for make in (asking, corrections, consents_ended):
            for record in make(standing):
                wanted[record.id] = record
        for decision, record in list(self.records.items()):
            if ":" in decision.measure and decision not in wanted:
                self.records[decision] = record.hide(standing.moment.k)
        for decision, record in wanted.items():
            if decision not in self.records:
                standing.register(record)
        for decision, record in wanted.items():
            old = self.records[decision]
            owed = tuple(sorted({*old.owed, *record.owed})) if old.shown else record.owed
            current = replace(record, spells=old.spells, runs=old.runs, status=old.status, owed=owed)
            self.records[decision] = current
            self.records[decision] = current.show(standing.moment.k, standing.shown_status(current).status)

    def _judge_gone(self, standing: Standing, changed: Mapping[str, datetime] | None, marked: set[str]) -> None:
        """Say of every decision that isn't shown how it stands, where that may have become another.

        `changed`: the facts whose values may have changed, each from when on (None: anything may). `marked`: the rules of which
        something was marked.
        """
        reads = self.prepared.reads
        for decision, record in list(self.records.items()):
            if record.shown:
                continue
            rule, end = record.rule, record.spells[-1].end
            certain = (
                changed is not None
                and record.status in ("lapsed", "withdrawn")
                and rule is not None
                and rule.each is None
                and record.kind not in STANDS_ON_MORE
                and ":" not in decision.measure
                and decision.rule not in marked
                and not standing.has_marks(decision)
                and not any(
                    fact in changed and (rule.by_offence or end is None or changed[fact] < end) for fact in reads[rule.id]
                )
            )
            if not certain:
                self.records[decision] = record.stand(standing.gone_status(record))


def _goes_on_as(record: Record, held: Held) -> bool:
    """Whether a decision of which nothing was marked is shown as it was, by what grounds it had."""
    status = "ask_first" if held.waits else "due"
    return record.shown and record.status == status and record.grounds == held.grounds and record.kind != "assess"
