"""What has been shown of each decision so far: spells and runs, kept from instant to instant (semantics §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from samverkan.decide.answer import DecisionId
from samverkan.plan.model import Deadline, Measure, Rule


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to before `end`; None while it goes on. `waited`: a run that began when a consent came."""

    start: datetime
    end: datetime | None = None
    waited: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One decision. `spells`: when it was shown; `runs`: when it was shown as due without a break.

    `grounds`: the rule's subjects that grounded it last. `status`: as it was shown last.
    `waiting`: of an `ask`, the decisions that wait now.
    `owed`: what asking, correcting and ending consent is for: for an
    `ask` the decisions that waited last, else the decision that was told.
    """

    id: DecisionId
    rule: Rule | None
    measure: Measure | None
    kind: str
    object: str
    strength: str
    deadline: Deadline | None = None
    spells: tuple[Span, ...] = ()
    runs: tuple[Span, ...] = ()
    grounds: tuple[str, ...] = ()
    owed: tuple[DecisionId, ...] = ()
    waiting: tuple[DecisionId, ...] = ()
    status: str = ""

    @property
    def shown(self) -> bool:
        return bool(self.spells) and self.spells[-1].end is None

    @property
    def since(self) -> datetime | None:
        """The beginning of the run that goes on, or None."""
        return self.runs[-1].start if self.runs and self.runs[-1].end is None else None

    def show(self, k: datetime, status: str) -> Record:
        """The record after an instant at which the decision is shown with `status`."""
        due = status == "due"
        spells = self.spells if self.shown else (*self.spells, Span(k))
        runs = self.runs
        if due and self.since is None:
            runs = (*runs, Span(k, waited=self.shown and self.status == "ask_first"))
        elif not due and self.since is not None:
            runs = (*runs[:-1], replace(runs[-1], end=k))
        if (spells, runs, status) == (self.spells, self.runs, self.status):
            return self
        return replace(self, spells=spells, runs=runs, status=status)

    def hide(self, k: datetime) -> Record:
        """The record after an instant at which the decision is not shown."""
        if not self.shown:
            return self
        runs = self.runs
        if self.since is not None:
            runs = (*runs[:-1], replace(runs[-1], end=k))
        return replace(self, spells=(*self.spells[:-1], Span(self.spells[-1].start, k)), runs=runs)
