"""What was shown, instant by instant: the fold behind `decide` (semantics §2, 2.e).

A `Replay` has processed every instant up to `now`. It can be copied cheaply, given more events and taken further; events that
come behind what it has seen need a replay from the start.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from samverkan.decide.answer import DecisionId
from samverkan.decide.becoming import Held, Moment, become
from samverkan.decide.events import Event
from samverkan.decide.following import asking, consents_ended, corrections
from samverkan.decide.holding import holding
from samverkan.decide.judging import Judge
from samverkan.decide.knowledge import NOTHING_DELIVERED, Delivered, deliver, instants, known
from samverkan.decide.marking import Told
from samverkan.decide.matching import Matcher
from samverkan.decide.occurring import occurrences
from samverkan.decide.prepared import Prepared
from samverkan.decide.records import Record
from samverkan.decide.standing import Standing
from samverkan.decide.world import World
from samverkan.plan.model import Rule


class Replay:
    """See the module. `records`: all decisions ever shown. `told`: (event id, revision) of a mark → by what it was sent."""

    __slots__ = (
        "_by_measure", "_known", "_pending", "delivered", "judge", "matcher", "moment", "now", "on_call", "prepared", "records",
        "told",
    )  # fmt: skip

    def __init__(self, prepared: Prepared, matcher: Matcher) -> None:
        self.prepared = prepared
        self.matcher = matcher
        self.delivered: Delivered = NOTHING_DELIVERED
        self.now: datetime | None = None
        self.judge = Judge(World(prepared.plan, ()))
        self.moment: Moment | None = None
        self.records: dict[DecisionId, Record] = {}
        self.told: dict[tuple[str, int], Told] = {}
        self.on_call: list[tuple[datetime, frozenset[str]]] = []
        self._by_measure: dict[tuple[str, str, str], list[DecisionId]] = {}
        self._known: tuple[Event, ...] = ()
        self._pending: set[datetime] = set()

    def copy(self) -> Replay:
        """An independent replay at the same place; what never changes is shared."""
        other = Replay.__new__(Replay)
        for name in ("prepared", "matcher", "delivered", "now", "judge", "moment", "_known"):
            setattr(other, name, getattr(self, name))
        other.records = dict(self.records)
        other.told = dict(self.told)
        other.on_call = list(self.on_call)
        other._by_measure = {key: list(ids) for key, ids in self._by_measure.items()}
        other._pending = set(self._pending)
        return other

    def can_take(self, events: Iterable[Event]) -> bool:
        """Whether these events come after everything that was processed, so that no replay from the start is needed."""
        return self.now is None or all(e.known_at > self.now for e in events)

    def deliver(self, events: Iterable[Event]) -> None:
        """Take in events that `can_take` allows. Raises EventError as `knowledge.deliver` does."""
        self.delivered = deliver(self.delivered, events)
        self._pending = {k for k in self._pending | instants(self.delivered) if self.now is None or k > self.now}

    def advance(self, target: datetime, *, including: bool = True) -> None:
        """Process every instant before `target`, and `target` itself as one unless told not to."""
        end = target.astimezone(UTC)
        first = min(self._pending, default=None)
        begun = self.now if self.now is not None else first
        if begun is not None:
            self._pending.update(m for m in self.prepared.midnights if begun < m < end)
        if including:
            self._pending.add(end)
        while self._pending:
            k = min(self._pending)
            if k > end or (k == end and not including):
                break
            self._pending.discard(k)
            if self.now is None or k > self.now:
                self._step(k)

    # -- one instant ----------------------------------------------------------------------------------------------------------

    def _step(self, k: datetime) -> None:
        self._learn(k)
        moment = Moment(k, self.judge, holding(self.prepared, self.matcher, self.judge, k))
        standing = self.standing(moment)
        self.now, self.moment = k, moment
        for stratum in self.prepared.strata:
            before = len(moment.held)
            for rule in stratum:
                become(self.prepared, moment, rule, lambda r, s: occurrences(standing, r, s))
            new = list(moment.held.values())[before:]
            self._settle(standing, stratum, new)
        self._follow(standing)
        on_call = standing.on_call()
        if not self.on_call or self.on_call[-1][1] != on_call:
            self.on_call.append((k, on_call))
        self._pending.update(d for d in standing.deadlines() if d > k)

    def standing(self, moment: Moment) -> Standing:
        """How decisions stand at a moment, as far as this replay has come."""
        return Standing(self.prepared, moment, self.records, self._by_measure, self.told, self.on_call_at, self.delivered)

    def on_call_at(self, t: datetime) -> frozenset[str]:
        """The functions whose units were held open at `t`, as was shown then."""
        place = bisect_right([k for k, _ in self.on_call], t)
        return self.on_call[place - 1][1] if place else frozenset()

    def _learn(self, k: datetime) -> None:
        """Bring the world up to K(k), and note by what each new mark was sent."""
        events = known(self.delivered, k)
        if events == self._known and self.now is not None:
            self.judge = Judge(self.judge.world)
            return
        self._known = events
        self.judge = Judge(World(self.prepared.plan, events))
        for event in events:
            key = (event.id, event.revision)
            if event.mark is not None and key not in self.told:
                told = Standing.sending(self.prepared, self.judge, event)
                if told is not None:
                    self.told[key] = told

    def _settle(self, standing: Standing, stratum: tuple[Rule, ...], new: list[Held]) -> None:
        """Write what one stratum makes due into the records, and close what it no longer does."""
        for held in new:
            if held.id not in self.records:
                measure = held.measure
                record = Record(held.id, held.rule, measure, measure.kind, measure.object, measure.strength, measure.deadline)
                self._register(record)
        rules = {rule.id for rule in stratum}
        for decision, record in list(self.records.items()):
            if decision.rule in rules and ":" not in decision.measure:
                found = standing.moment.held.get(decision)
                shown = found is not None and not standing.left_to_another(record)
                self._write(standing, record, found.grounds if found is not None and shown else None)
        for held in new:
            if not self.records[held.id].spells:
                self._forget(held.id)

    def _write(self, standing: Standing, record: Record, grounds: tuple[str, ...] | None) -> None:
        k = standing.moment.k
        if grounds is None:
            self.records[record.id] = record.hide(k)
            return
        if record.grounds != grounds:
            record = replace(record, grounds=grounds)
        self.records[record.id] = record
        self.records[record.id] = record.show(k, standing.shown_status(record).status)

    def _register(self, record: Record) -> None:
        self.records[record.id] = record
        key = (record.id.rule, record.id.measure, record.id.subject)
        self._by_measure.setdefault(key, []).append(record.id)

    def _forget(self, decision: DecisionId) -> None:
        """Drop a record of what turned out not to be shown at all."""
        del self.records[decision]
        self._by_measure[(decision.rule, decision.measure, decision.subject)].remove(decision)

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
                self._register(record)
        for decision, record in wanted.items():
            old = self.records[decision]
            owed = tuple(sorted({*old.owed, *record.owed})) if old.shown else record.owed
            current = replace(record, spells=old.spells, runs=old.runs, status=old.status, owed=owed)
            self.records[decision] = current
            self.records[decision] = current.show(standing.moment.k, standing.shown_status(current).status)
