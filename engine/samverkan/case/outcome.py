"""What one step changed: the case after it, and what newly is due, done or gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from samverkan.case.log import Step
from samverkan.decide.answer import Answer, Decision, Question

if TYPE_CHECKING:
    from samverkan.case.case import Case
    from samverkan.case.ledger import Entry


class Outcome:
    """What one step changed: an event that was fired, time that went on, something that people did to the case.

    What time alone changed before an event came is in `entries`, `overdue` and `passed`, not in `due` and its neighbours, which
    tell of the event.

    Attributes:
        case: the case after it.
        at: the instant as of which all this is, to which the case has come.
        due: newly due or asked first.
        withdrawn, lapsed, done: those that have newly become so (`done`: declined too).
        diagnostics: differences between matchers, in words.
        entries: what it wrote into the ledger, what time did until then first; worked out when it is asked for.
        overdue, passed: the decisions that have become so, in `entries`; likewise.
        answer: everything, as of `at`; likewise.
        questions: all that is to be asked now; likewise.
    """

    __slots__ = ("_answer", "_before", "_step", "at", "case", "diagnostics", "done", "due", "lapsed", "withdrawn")

    def __init__(
        self, before: Case, case: Case, step: Step, changed: Mapping[str, tuple[Decision, ...]], diagnostics: tuple[str, ...]
    ) -> None:
        self.case = case
        self.at = step.at
        self.due = changed.get("due", ())
        self.withdrawn = changed.get("withdrawn", ())
        self.lapsed = changed.get("lapsed", ())
        self.done = changed.get("done", ())
        self.diagnostics = diagnostics
        self._before, self._step = before, step
        self._answer: Answer | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.case.told_since(self._before, self._step)

    @property
    def overdue(self) -> tuple[Decision, ...]:
        return self._newly("overdue")

    @property
    def passed(self) -> tuple[Decision, ...]:
        return self._newly("passed")

    @property
    def answer(self) -> Answer:
        if self._answer is None:
            self._answer = self.case.decisions(self.at)
        return self._answer

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.answer.questions

    def _newly(self, flag: str) -> tuple[Decision, ...]:
        told = {c.decision for entry in self.entries for c in entry.changes if flag in c.flags and "flags" in c.changed}
        return tuple(d for d in self.answer.decisions if d.id in told and flag in d.flags)

def written(before: Case, after: Case, step: Step, first: int) -> tuple[Entry, ...]:
    """What a step wrote into the ledger; who never asks for it doesn't wait for its module."""
    from samverkan.case.ledger import entries

    return entries(before, after, step, first)
