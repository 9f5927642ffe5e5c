"""The living case as a value: fire an event, get the case after it and what that changed (semantics §10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from samverkan.case.changes import changes, refuse
from samverkan.decide.admission import check_event
from samverkan.decide.answer import Answer, Decision, Question
from samverkan.decide.deciding import answer_of
from samverkan.decide.events import Event
from samverkan.decide.islands import Islands
from samverkan.decide.knowledge import effective
from samverkan.decide.matching import Matcher
from samverkan.decide.prepared import Prepared, compiled, prepared
from samverkan.plan.model import Plan

MatcherName = Literal["compiled", "durable", "auto"]


class Outcome:
    """What one event changed.

    Attributes:
        case: the case after it.
        at: the instant as of which all this is: the one at which the event counts, or a later one that the case has come to.
        due: newly due or asked first.
        withdrawn, lapsed, done: those that have newly become so (`done`: declined too).
        diagnostics: differences between matchers, in words.
        answer: everything, as of `at`; worked out when it is asked for.
        questions: all that is to be asked now; likewise.
    """

    __slots__ = ("_answer", "at", "case", "diagnostics", "done", "due", "lapsed", "withdrawn")

    def __init__(self, case: Case, at: datetime, changed: Mapping[str, tuple[Decision, ...]], diagnostics: tuple[str, ...]) -> None:
        self.case = case
        self.at = at
        self.due = changed["due"]
        self.withdrawn = changed["withdrawn"]
        self.lapsed = changed["lapsed"]
        self.done = changed["done"]
        self.diagnostics = diagnostics
        self._answer: Answer | None = None

    @property
    def answer(self) -> Answer:
        if self._answer is None:
            self._answer = self.case.decisions(self.at)
        return self._answer

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.answer.questions


class Case:
    """Events about one matter under one plan. Never changes: `fire` gives another case.

    `now` is the latest instant at which something of the events counts, or None for an empty case.

    Args:
        plan: from `load_plan`.
        matcher: `compiled` (default: in this process, no C code), `durable` (durable-rules, checked against the compiled one), or
            `auto` (durable where it is installed).

    Raises:
        DurableError: `durable` is asked for and isn't installed.
    """

    __slots__ = ("_islands", "_matcher", "events", "now", "plan")

    def __init__(self, plan: Plan, matcher: MatcherName = "compiled") -> None:
        self.plan = plan
        self.events: tuple[Event, ...] = ()
        self.now: datetime | None = None
        self._matcher = matcher_named(prepared(plan), matcher)
        self._islands = Islands(prepared(plan), self._matcher)

    @property
    def matcher(self) -> Matcher:
        """The matcher in use."""
        return self._matcher

    def fire(self, event: Event, strict: bool = True) -> Outcome:
        """The outcome of one more event, as of the instant at which it counts (or of a later one that the case has come to).

        Raises:
            EventError: the event isn't in the plan's words, has the id and revision of another; and, when `strict`, it is about
                nobody, is dated before the plan's validity or leads to an impossible combination.
        """
        check_event(self.plan, event, strict=strict)
        after = self._with((event,))
        at = after.now if after.now is not None else event.at.astimezone(UTC)
        parts = after._islands.touched_since(self._islands)
        before, now = [part.unmoved_to(at) for part in parts[0]], [part.there for part in parts[1]]
        if strict:
            refuse(event, before, now or [part.there for part in after._islands.holding(event.id)], at)
        changed = changes(before, now)
        after._islands.rest()
        return Outcome(after, at, changed, tuple(self._matcher.diagnostics))

    @classmethod
    def replay(cls, plan: Plan, events: Iterable[Event], matcher: MatcherName = "compiled") -> Case:
        """The case that these events make, in whatever order they come. Raises EventError for an event without words."""
        given = tuple(events)
        for event in given:
            check_event(plan, event, strict=False)
        case = cls(plan, matcher)._with(given)
        case._islands.rest()
        return case

    def decisions(self, as_of: datetime) -> Answer:
        """Everything that is due at `as_of` and what became of all that has been."""
        return answer_of(self._islands, as_of)

    # -- inside --------------------------------------------------------------------------------------------------------------

    def _with(self, events: Sequence[Event]) -> Case:
        """This case with more events, come to the latest instant at which something of them counts."""
        other = object.__new__(Case)
        other.plan, other._matcher = self.plan, self._matcher
        other.events = (*self.events, *events)
        instants = (effective(event).astimezone(UTC) for event in events)
        other.now = max((*instants, *((self.now,) if self.now is not None else ())), default=None)
        islands = self._islands.taking(events)
        other._islands = islands.advanced(self._islands, other.now) if other.now is not None else islands
        return other


def matcher_named(ready: Prepared, name: MatcherName) -> Matcher:
    """The matcher of that name for a plan. Raises DurableError where durable-rules is asked for and not installed."""
    if name == "compiled":
        return compiled(ready)
    from samverkan.decide.durable import Compared, is_installed

    if name == "auto" and not is_installed():
        return compiled(ready)
    return Compared(ready.groups)
