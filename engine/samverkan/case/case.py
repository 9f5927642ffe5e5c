"""The living case as a value: whatever is done to it gives another case, and what that changed (semantics §2, §5, §10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from samverkan.case.answered import replied
from samverkan.case.changes import changes, refuse
from samverkan.case.closing import check_closed, check_closing, check_open
from samverkan.case.log import (
    Added,
    Advanced,
    Closed,
    Delivered,
    Ended,
    Log,
    Migrated,
    Reopened,
    Step,
    delivered_at,
    in_order,
    logged,
)
from samverkan.case.matchers import MatcherName as MatcherName
from samverkan.case.matchers import matcher_named, name_of
from samverkan.case.outcome import Outcome as Outcome
from samverkan.case.outcome import written
from samverkan.case.own import HowEnded, check_ending, new_measure, own_after
from samverkan.case.said import check_by, check_function, check_instant, check_text
from samverkan.case.sharing import shared
from samverkan.case.telling import Telling
from samverkan.decide.admission import check_event
from samverkan.decide.answer import OwnMeasure
from samverkan.decide.events import Event
from samverkan.decide.islands import Islands
from samverkan.decide.matching import Matcher
from samverkan.decide.prepared import prepared
from samverkan.decide.replay import Replay
from samverkan.plan.model import Plan, Strength

if TYPE_CHECKING:
    from samverkan.case.handing_over import HandOver
    from samverkan.case.ledger import Entry
    from samverkan.case.migrating import Migration


class Case(Telling):
    """What was done in one matter under one plan, which it pins. Never changes: whatever is done to it gives another case.

    Attributes:
        plan: the plan that decides.
        events: every revision that was delivered, in the order of delivery.
        now: the instant to which the case has come: the latest at which something was delivered, counted or done; None while
            nothing has happened.
        own: the measures that people added, as they stand at `now`.
        closed: when, why and by whom the case was closed; None while it is open.

    Args:
        plan: from `load_plan`.
        matcher: `compiled` (default: in this process, no C code), `durable` (durable-rules, checked against the compiled one), or
            `auto` (durable where it is installed).

    Raises:
        DurableError: `durable` is asked for and isn't installed.
    """

    __slots__ = ("_matcher", "_told", "closed", "events")

    def __init__(self, plan: Plan, matcher: MatcherName = "compiled") -> None:
        self.plan = self._first = plan
        self.events: tuple[Event, ...] = ()
        self.now: datetime | None = None
        self.own: tuple[OwnMeasure, ...] = ()
        self.closed: Closed | None = None
        self._log: Log = self.events
        self._told: tuple[Entry, ...] | None = ()
        self._matcher = matcher_named(prepared(plan), matcher)
        self._islands = Islands(prepared(plan), self._matcher)

    @property
    def matcher(self) -> Matcher:
        """The matcher in use."""
        return self._matcher

    # -- what is done to it ----------------------------------------------------------------------------------------------------

    def fire(self, event: Event, strict: bool = True, now: datetime | None = None, by: str | None = None) -> Outcome:
        """The outcome of one more event, as of the instant at which it was delivered.

        Args:
            event: what happened; its `at` and `known_at` may lie before what the case has come to, or ahead.
            strict: refuse what can't be (see *Raises*); a feed that brings things out of order isn't strict.
            now: when it was delivered, which the ledger tells. Without it: when the event begins to count, or where the case has
                come to if that is later.
            by: the function that told it.

        Raises:
            EventError: the event isn't in the plan's words, has the id and revision of another, or `now` lies before what was done
                last; and, when `strict`, it is about nobody, is dated before the plan's validity or leads to an impossible
                combination.
        """
        check_event(self.plan, event, strict=strict)
        at = check_instant(now, self.now) if now is not None else delivered_at(event, self.now)
        step = Delivered(at, event, check_by(self.plan, by))
        after = self.taking(step)
        parts = after._islands.touched_since(self._islands)
        before, there = [part.unmoved_to(at) for part in parts[0]], [part.there for part in parts[1]]
        if strict:
            refuse(event, before, there or [part.there for part in after._islands.holding(event.id)], at)
        return self._outcome(after, step, before, there)

    def advance(self, to: datetime) -> Outcome:
        """What time alone brings until `to`: what falls due, gets overdue, passes or lapses. Raises EventError: `to` has been."""
        return self._done(Advanced(check_instant(to, self.now)))

    def add_measure(
        self,
        measure_id: str,
        bearer: str,
        text: str,
        reason: str,
        at: datetime,
        due: datetime | date | None = None,
        strength: Strength = "should",
        by: str | None = None,
    ) -> Outcome:
        """A measure that people add, beside what the plan asks. `bearer` and `by` are functions of the plan.

        Args:
            measure_id: what it is called, for ending it.
            bearer: who is to do it.
            text: what is to be done, in a sentence without personal data.
            reason: why.
            at: when it is added.
            due: by when: an instant, or a day, with which it then ends.
            strength: a `must` holds the case open.
            by: who adds it.

        Raises:
            EventError: a word isn't the plan's, the id is taken, the case is closed, a text holds personal data or a time can't be.
        """
        instant = check_instant(at, self.now)
        check_open(self)
        measure = new_measure(self.plan, self.own, measure_id, bearer, text, reason, instant, due, strength, by)
        return self._done(Added(instant, measure))

    def end_measure(self, measure_id: str, how: HowEnded, at: datetime, reason: str, by: str | None = None) -> Outcome:
        """A measure that people added is `done`, or `withdrawn`. Raises EventError: there is none, it has ended, or as above."""
        check_ending(self.own, measure_id, how)
        instant = check_instant(at, self.now)
        return self._done(Ended(instant, measure_id, how, check_text("reason", reason), check_by(self.plan, by)))

    def close(self, at: datetime, reason: str, by: str | None = None) -> Outcome:
        """The case is closed. It opens of itself when something becomes due.

        Raises:
            EventError: something holds it open (`blockers`; all of it is told), or it is closed.
        """
        instant = check_instant(at, self.now)
        step = Closed(instant, check_text("reason", reason), check_by(self.plan, by))
        check_closing(self, self.blockers(instant))
        return self._done(step)

    def reopen(self, at: datetime, reason: str, by: str | None = None) -> Outcome:
        """The case is opened again; its ledger goes on. Raises EventError: it is open."""
        check_closed(self)
        instant = check_instant(at, self.now)
        return self._done(Reopened(instant, check_text("reason", reason), check_by(self.plan, by)))

    def migrate(self, plan: Plan, at: datetime, reason: str, by: str | None = None) -> Migration:
        """What another plan, or another version of the same, would change from `at` on; its `case` is the case that it decides.

        Raises:
            EventError: `at` lies before what was done last, or a text or function can't be.
        """
        from samverkan.case.migrating import Migration

        instant = check_instant(at, self.now)
        return Migration(self, Migrated(instant, plan, check_text("reason", reason), check_by(plan, by)))

    def hand_over(self, to: Plan, recipient: str, at: datetime, reason: str, by: str | None = None) -> HandOver:
        """What may be told of this case to a county with a plan of its own, as the first events of a case there (8.a–8.d).

        Args:
            to: the plan that decides there.
            recipient: the function of this plan that is told.
            at: when.
            reason: why.
            by: the function here that tells it.

        Raises:
            EventError: nothing more may be told, or as above.
        """
        from samverkan.case.handing_over import HandOver, what_to_hand_over

        instant, by = check_instant(at, self.now), check_by(self.plan, by)
        check_function(self.plan, "recipient", recipient)
        step, events, left_out = what_to_hand_over(self, to, recipient, instant, check_text("reason", reason), by)
        return HandOver(self._done(step), events, dict(step.persons), left_out)

    # -- what it says ----------------------------------------------------------------------------------------------------------

    @property
    def ledger(self) -> tuple[Entry, ...]:
        """What people were shown, entry by entry; worked out from the log when first asked for."""
        if self._told is None:
            case, told = Case(self._first, name_of(self._matcher)), tuple["Entry", ...]()
            for step in self.log:
                after = case.taking(step)
                case, told = after, (*told, *written(case, after, step, len(told) + 1))
            self._told = told
        return self._told

    def told_since(self, before: Case, step: Step) -> tuple[Entry, ...]:
        """What the last step wrote into the ledger, `before` being the case before it."""
        earlier = before.ledger
        if self._told is None:
            self._told = (*earlier, *written(before, self, step, len(earlier) + 1))
        return self._told[len(earlier) :]

    # -- the same case again -----------------------------------------------------------------------------------------------------

    @classmethod
    def replay(cls, plan: Plan, events: Iterable[Event], matcher: MatcherName = "compiled") -> Case:
        """The case that these events make, in whatever order they come, each told of when it began to count.

        Raises:
            EventError: an event isn't in the plan's words, or an id and revision come with two contents.
        """
        given = tuple(events)
        for event in given:
            check_event(plan, event, strict=False)
        given, case = tuple(shared(plan, event) for event in given), cls(plan, matcher)
        if not given:
            return case
        ordered = in_order(given)
        case.events, case._log, case._told = given, ordered if ordered != given else given, None
        case.now = delivered_at(ordered[-1], None)
        case._islands = case._islands.taking(given).advanced(case._islands, case.now)
        case._islands.rest()
        return case

    @classmethod
    def of_log(cls, plan: Plan, log: Iterable[Step], matcher: MatcherName = "compiled") -> Case:
        """The case to which all this was done, in this order. `plan`: the one that it pinned first.

        Raises:
            EventError: an event isn't in the words of the plan that was pinned, or an instant lies before the one before it.
        """
        case = cls(plan, matcher)
        for step in log:
            check_instant(step.at, case.now)
            if isinstance(step, Delivered):
                check_event(case.plan, step.event, strict=False)
            case = case.taking(step)
        case._islands.rest()
        return case

    def reply(
        self, subject: str, fact: str, value: str, at: datetime, whom: str | None = None, by: str | None = None
    ) -> Outcome:
        """The outcome of an answer to a question.

        Args:
            subject: whom or what was asked about (of a `FactQuestion`).
            fact: what was asked.
            value: one of the fact's values, or `vet_inte`, `vill_inte_svara`, `ej_tillampligt`.
            at: when it was answered.
            whom: who answered: `file`, `colleague` or `person`.
            by: the function that asked.

        Raises:
            EventError: the case has no such subject, the subject no such fact or the fact no such value; and as `fire` does.
        """
        return self.fire(replied(self._islands, self.events, (subject, fact, value), at, whom), by=by)

    # -- inside ----------------------------------------------------------------------------------------------------------------

    def taking(self, step: Step) -> Case:
        """This case after a step that may be taken. A closed one in which something becomes due is open."""
        other = object.__new__(Case)
        other.plan, other._first, other._matcher, other.events = self.plan, self._first, self._matcher, self.events
        other.closed, other.now, other._told = self.closed, step.at, None
        other.own = own_after(self.own, step)
        islands = self._islands
        if isinstance(step, Delivered):
            step = replace(step, event=shared(self.plan, step.event))
            other.events = (*self.events, step.event)
            islands = islands.taking((step.event,)).advanced(islands, step.at)
        elif isinstance(step, Migrated):
            other.plan, other._matcher = step.plan, matcher_named(prepared(step.plan), name_of(self._matcher))
            none = Islands(prepared(step.plan), other._matcher)
            islands = none.taking(self.events).advanced(none, step.at)
        elif isinstance(step, Closed | Reopened):
            other.closed = step if isinstance(step, Closed) else None
        other._islands = islands.come_to(step.at)
        one = logged(step, self.now)
        other._log = other.events if isinstance(one, Event) and self._log is self.events else (*self._log, one)
        if self.closed is not None and other.closed is self.closed:
            reopened = any(entry.cause == "reopened" for entry in written(self, other, step, 1))
            other.closed = None if reopened else self.closed
        return other

    def _done(self, step: Step) -> Outcome:
        """The outcome of a step that isn't an event: what time changed until then is told."""
        after = self.taking(step)
        were, are = after._islands.touched_since(self._islands)
        return self._outcome(after, step, [part.there for part in were], [part.there for part in are])

    def _outcome(self, after: Case, step: Step, before: Iterable[Replay], there: Iterable[Replay]) -> Outcome:
        changed = changes(before, there)
        after._islands.rest()
        return Outcome(self, after, step, changed, tuple(self._matcher.diagnostics))
