"""Tells a case as people would: a story, fired event by event, and what stands in its ledger in short words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from samverkan.case.case import Case, Outcome
from samverkan.case.ledger import Change, Entry
from samverkan.case.reading import event_from_json
from samverkan.case.times import read_time
from samverkan.plan.model import Plan


class Lived:
    """A case to which things are done, one after the other. `outcome`: of the last of them."""

    def __init__(self, plan: Plan) -> None:
        self.case = Case(plan)
        self.outcome: Outcome | None = None
        self._number = 0

    def when(self, at: str) -> datetime:
        """An instant, as the clock on the wall shows it."""
        return read_time(at, ZoneInfo(self.case.plan.timezone))

    def event(self, kind: str, about: str, at: str, *, now: str | None = None, strict: bool = True, **more: Any) -> str:
        """Something happens and is told of, at `now` where that is later; its id."""
        return self.fire({"event": kind, "about": about, "at": at, **more}, now, strict=strict)

    def mark(self, kind: str, decision: str, at: str, *, now: str | None = None, **more: Any) -> str:
        """Something becomes of a decision; the mark's id."""
        return self.fire({kind: decision, "at": at, **more}, now)

    def fire(self, data: dict[str, Any], now: str | None = None, *, strict: bool = True) -> str:
        """An event as files have it."""
        self._number += 1
        event = event_from_json(self.case.plan, {"id": f"e{self._number}", **data})
        self.outcome = self.case.fire(event, strict=strict, now=self.when(now) if now is not None else None)
        self.case = self.outcome.case
        return event.id

    def done(self, outcome: Outcome) -> Outcome:
        """Something else was done: its outcome goes on from here."""
        self.outcome, self.case = outcome, outcome.case
        return outcome

    def told(self, since: int = 0) -> list[str]:
        """The ledger in short: a line for each entry after so many."""
        return [line_of(entry, self.case.plan) for entry in self.case.ledger[since:]]

    def status(self, named: str) -> str | None:
        """How the decision `rule/measure SUBJECT` stands where the case has come to."""
        assert self.case.now is not None
        found = [d for d in self.case.decisions(self.case.now).decisions if f"{d.id.rule}/{d.id.measure} {d.id.subject}" == named]
        return found[0].status if found else None


def line_of(entry: Entry, plan: Plan) -> str:
    """"2026-05-12 21.10 event e1: regel/perform S1 – → due"."""
    at = f"{entry.at.astimezone(ZoneInfo(plan.timezone)):%Y-%m-%d %H.%M}"
    what = f"{entry.cause} {entry.event}" if entry.event is not None else entry.cause
    changes = "; ".join(map(_change, entry.changes))
    return f"{at} {what}: {changes}" if changes else f"{at} {what}"


def _change(change: Change) -> str:
    d = change.decision
    what = f"{d.rule}/{d.measure} {d.subject}{f'#{d.occurrence}' if d.occurrence else ''}" if d is not None else change.own or ""
    said = []
    if "status" in change.changed:
        said.append(f"{change.before or '–'} → {change.after or '–'}")
    if "flags" in change.changed:
        said.append("[" + " ".join(change.flags) + "]")
    if "recipient" in change.changed:
        said.append(f"to {change.recipient}")
    return " ".join([what, *said])
