"""What has been shown of each decision so far: spells and runs, kept from instant to instant (semantics §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samverkan.decide.answer import DecisionId
from samverkan.plan.model import Deadline, Measure, Rule


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to before `end`; None while it goes on. `waited`: a run that began when a consent came."""

    start: datetime
    end: datetime | None = None
    waited: bool = False


def told_apart(decision: DecisionId) -> str | None:
    """The unit that a correction, or the end of a consent, goes to, where its identity says so: not the one told first (5.i)."""
    parts = decision.measure.split(":")
    return parts[2] if len(parts) > 2 else None


@dataclass(frozen=True, slots=True)
class Record:
    """One decision. `spells`: when it was shown; `runs`: when it was shown as due without a break. Of both only the last is kept
    where nothing asks for the earlier ones.

    `grounds`: the rule's subjects that grounded it last. `status`: as it stands, or stood when something last changed it.
    `waiting`: of an `ask`, the decisions that wait now.
    `owed`: what asking, correcting and ending consent is for: for an
    `ask` the decisions that waited last, else those that were told.
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

    @property
    def _keeps_spells(self) -> bool:
        """Whether a correction, a mark on a decision to ask or on one for a passing, or a deadline after an event may need the
        earlier spells."""
        by_passing = self.rule is not None and self.rule.each is not None and self.rule.each.kind == "passed"
        after_event = self.deadline is not None and self.deadline.after is not None
        return self.kind in ("notify", "ask") or by_passing or after_event

    @property
    def _keeps_runs(self) -> bool:
        """Whether a deadline may have passed in an earlier run."""
        return self.kind == "ask" or (self.deadline is not None and self.deadline.real)

    def spell_of(self, run: Span) -> datetime:
        """When the spell began that a run lies in."""
        return max((spell.start for spell in self.spells if spell.start <= run.start), default=run.start)

    def show(self, k: datetime, status: str) -> Record:
        """The record after an instant at which the decision is shown with `status`."""
        spells, runs = self.spells, self.runs
        if not self.shown:
            spells = (*(spells if self._keeps_spells else ()), Span(k))
        if status == "due" and self.since is None:
            waited = self.shown and self.status == "ask_first"
            runs = (*(runs if self._keeps_runs else ()), Span(k, waited=waited))
        elif status != "due" and self.since is not None:
            runs = (*runs[:-1], Span(runs[-1].start, k, runs[-1].waited))
        if (spells, runs, status) == (self.spells, self.runs, self.status):
            return self
        return self._with(spells, runs, status)

    def hide(self, k: datetime) -> Record:
        """The record after an instant at which the decision is not shown."""
        if not self.shown:
            return self
        spells, runs = (*self.spells[:-1], Span(self.spells[-1].start, k)), self.runs
        if self.since is not None:
            runs = (*runs[:-1], Span(runs[-1].start, k, runs[-1].waited))
        return self._with(spells, runs, self.status)

    def stand(self, status: str) -> Record:
        """The record with the status that it has while it isn't shown."""
        return self if status == self.status else self._with(self.spells, self.runs, status)

    def _with(self, spells: tuple[Span, ...], runs: tuple[Span, ...], status: str) -> Record:
        """Written out, since it is done for many decisions at every instant; what is equal is kept once."""
        return Record(
            self.id, self.rule, self.measure, self.kind, self.object, self.strength, self.deadline, spells,
            spells if runs == spells else runs, self.grounds, self.owed, self.waiting, status,
        )  # fmt: skip
