"""What a case says when it is asked, and nothing that is done to it: answers, blockers, reminders, its log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from samverkan.case.closing import Blocker, blockers_of
from samverkan.case.explaining import Explaining
from samverkan.case.log import Log, Step, steps_of
from samverkan.case.own import own_as_of
from samverkan.case.questions import FactQuestion, questions_of
from samverkan.case.reminders import Reminder, reminders_of
from samverkan.case.shown import shown
from samverkan.decide.answer import Answer, OwnMeasure
from samverkan.decide.deciding import answer_of
from samverkan.decide.events import Event
from samverkan.decide.instants import check_time
from samverkan.decide.islands import Islands
from samverkan.plan.model import Plan


class Telling(Explaining):
    """The half of a `Case` that only tells; see there."""

    __slots__ = ("_first", "_islands", "_log", "now", "own", "plan")

    plan: Plan
    events: tuple[Event, ...]
    now: datetime | None
    own: tuple[OwnMeasure, ...]
    _first: Plan
    _islands: Islands
    _log: Log

    def decisions(self, as_of: datetime) -> Answer:
        """Everything that is due at `as_of` and what became of all that has been, in the light of all that was delivered.

        Raises:
            EventError: `as_of` has no zone or lies outside 1900–2199; so for every instant that a case is asked about.
        """
        check_time(as_of)
        own = own_as_of(self.own, as_of)
        answer = answer_of(self._islands, as_of)
        return replace(answer, own=own) if own else answer

    def at(self, as_of: datetime) -> Answer:
        """How it stood, or will stand, at `as_of`, with all that is known now: the same as `decisions`."""
        return self.decisions(as_of)

    def shown_at(self, t: datetime) -> Answer:
        """What people were shown at `t`: of what had been delivered by then, by the plan that was pinned then."""
        return shown(self._first, self.log, check_time(t))

    def blockers(self, as_of: datetime | None = None) -> tuple[Blocker, ...]:
        """What holds the case open, in words: every `must` that can still be done, and what was told by mistake (5.m).

        `as_of`: by default where it has come to.
        """
        when = as_of if as_of is not None else self.now
        return blockers_of(self.plan, self.decisions(when), self.events) if when is not None else ()

    def questions(self, as_of: datetime | None = None, include_asked: bool = False) -> tuple[FactQuestion, ...]:
        """What to find out, the most pressing first: the unknown facts whose value can change what is due (3.c).

        Args:
            as_of: as of when; by default where it has come to.
            include_asked: also what somebody has answered that they don't know.
        """
        when = as_of if as_of is not None else self.now
        return questions_of(self._islands, check_time(when).astimezone(UTC), include_asked) if when is not None else ()

    def reminders(self, now: datetime | None = None) -> tuple[Reminder, ...]:
        """When what is to be done is to have been done, the earliest first; `reminders_to_ics` makes a calendar file of them."""
        when = now if now is not None else self.now
        return reminders_of(self.plan, self.decisions(when)) if when is not None else ()

    @property
    def first_plan(self) -> Plan:
        """The plan that it pinned when it began; the one that decides now is `plan`."""
        return self._first

    @property
    def log(self) -> tuple[Step, ...]:
        """Everything that was done to it, in order; with the first plan it makes the same case again (`of_log`)."""
        return tuple(steps_of(self._log))
