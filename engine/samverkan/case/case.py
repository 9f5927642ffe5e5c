"""The living case as a value: fire an event, get the case after it and what that changed (semantics §10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from samverkan.decide.admission import check_event
from samverkan.decide.answer import Answer, Decision, DecisionId, Question
from samverkan.decide.deciding import answer_of
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.knowledge import effective
from samverkan.decide.matching import Compiled, Matcher
from samverkan.decide.prepared import Prepared, prepared
from samverkan.decide.replay import Replay
from samverkan.plan.model import Plan

MatcherName = Literal["compiled", "durable", "auto"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one event changed.

    `case`: after it. `answer`: everything, as of the instant at which the event counts. `due`: newly due or asked first;
    `withdrawn`, `lapsed`, `done` (declined too): those that have newly become so. `questions`: all that is to be asked now.
    `diagnostics`: differences between matchers, in words.
    """

    case: Case
    answer: Answer
    due: tuple[Decision, ...]
    withdrawn: tuple[Decision, ...]
    lapsed: tuple[Decision, ...]
    done: tuple[Decision, ...]
    questions: tuple[Question, ...]
    diagnostics: tuple[str, ...]


class Case:
    """Events about one matter under one plan. Never changes: `fire` gives another case.

    Args:
        plan: from `load_plan`.
        matcher: `compiled` (default: in this process, no C code), `durable` (durable-rules, checked against the compiled one), or
            `auto` (durable where it is installed).

    Raises:
        DurableError: `durable` is asked for and isn't installed.
    """

    __slots__ = ("_before", "_matcher", "_replay", "events", "plan")

    def __init__(self, plan: Plan, matcher: MatcherName = "compiled") -> None:
        self.plan = plan
        self.events: tuple[Event, ...] = ()
        self._matcher = matcher_named(prepared(plan), matcher)
        self._replay = Replay(prepared(plan), self._matcher)
        self._before = self._replay

    @property
    def matcher(self) -> Matcher:
        """The matcher in use."""
        return self._matcher

    @property
    def now(self) -> datetime | None:
        """The latest instant at which something became known, or None for an empty case."""
        return max((effective(e) for e in self.events), default=None)

    def fire(self, event: Event, strict: bool = True) -> Outcome:
        """The outcome of one more event, as of the instant at which it counts (or of a later one that the case has come to).

        Raises:
            EventError: the event isn't in the plan's words, has the id and revision of another; and, when `strict`, it is about
                nobody, is dated before the plan's validity or leads to an impossible combination.
        """
        check_event(self.plan, event, strict=strict)
        after = self._with((event,))
        at = after.now or event.at.astimezone(UTC)
        before = self.decisions(at)
        answer = after.decisions(at)
        if strict:
            _refuse(event, before, answer)
        due, withdrawn, lapsed, done = _changes(before, answer)
        return Outcome(
            after, answer, due, withdrawn, lapsed, done, answer.questions, tuple(self._matcher.diagnostics)
        )

    @classmethod
    def replay(cls, plan: Plan, events: Iterable[Event], matcher: MatcherName = "compiled") -> Case:
        """The case that these events make, in whatever order they come. Raises EventError for an event without words."""
        given = tuple(events)
        for event in given:
            check_event(plan, event, strict=False)
        return cls(plan, matcher)._with(given)

    def decisions(self, as_of: datetime) -> Answer:
        """Everything that is due at `as_of` and what became of all that has been."""
        if self._replay.now is not None and as_of.astimezone(UTC) < self._replay.now:
            replay = Replay(self._replay.prepared, self._matcher)
            replay.deliver(self.events)
        else:
            replay = self._replay.copy()
        replay.advance(as_of)
        return answer_of(replay, as_of)

    # -- inside --------------------------------------------------------------------------------------------------------------

    def _with(self, events: Sequence[Event]) -> Case:
        """This case with more events: taken on from where it stands if they come last, else replayed from the start."""
        other = object.__new__(Case)
        other.plan, other._matcher = self.plan, self._matcher
        other.events = (*self.events, *events)
        base = next((r for r in (self._replay, self._before) if r.can_take(events)), None)
        before = base.copy() if base is not None else Replay(self._replay.prepared, self._matcher)
        before.deliver(events if base is not None else other.events)
        now = other.now
        if now is not None:
            before.advance(now, including=False)
        other._before, other._replay = before, before.copy()
        if now is not None:
            other._replay.advance(now)
        return other


def matcher_named(ready: Prepared, name: MatcherName) -> Matcher:
    """The matcher of that name for a plan. Raises DurableError where durable-rules is asked for and not installed."""
    if name == "compiled":
        return Compiled(ready.groups)
    from samverkan.decide.durable import Compared, is_installed

    if name == "auto" and not is_installed():
        return Compiled(ready.groups)
    return Compared(ready.groups)


def _refuse(event: Event, before: Answer, after: Answer) -> None:
    """Refuses what is about nobody, or leads to a combination that can't be (whoever's it is) and that wasn't there before."""
    for question in after.questions:
        if question.kind == "hanging" and event.id in question.events:
            raise EventError(
                f"Händelsen '{event.id}' handlar om {question.subject}, som inte finns i ärendet. "
                "Lägg först till personen eller saken med en händelse som inför den."
            )
        if question.kind == "impossible" and question not in before.questions:
            raise EventError(
                f"Händelsen '{event.id}' ger uppgifter om {question.subject} som inte kan stämma tillsammans: {question.fact}."
            )


_Some = tuple[Decision, ...]


def _changes(before: Answer, after: Answer) -> tuple[_Some, _Some, _Some, _Some]:
    """Newly due or asked first, newly withdrawn, lapsed, and done or declined."""
    old: dict[DecisionId, str] = {d.id: d.status for d in before.decisions}
    new: dict[str, list[Decision]] = {"due": [], "withdrawn": [], "lapsed": [], "done": []}
    heading = {"due": "due", "ask_first": "due", "done": "done", "declined": "done", "withdrawn": "withdrawn", "lapsed": "lapsed"}
    for decision in after.decisions:
        if old.get(decision.id) != decision.status:
            new[heading[decision.status]].append(decision)
    return tuple(new["due"]), tuple(new["withdrawn"]), tuple(new["lapsed"]), tuple(new["done"])
