"""What must be so of every case, whatever is done to it: a life is lived step by step, each compared with the oracle."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from tests.comparing import differences
from tests.generators.lives import STRENGTHS, Doing, Life
from tests.oracle import Verdict, oracle_decide

from samverkan.case.case import Case
from samverkan.case.case_json import case_from_json, case_to_json
from samverkan.case.ledger import Entry, Key, Line, summed
from samverkan.case.ledger_json import ledger_to_json
from samverkan.decide.answer import Answer
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.errors import EventError
from samverkan.plan.model import Plan

LIVING = ("due", "ask_first")


@dataclass
class Covered:
    """What lives have shown: statuses, how decisions passed from one to another, flags, causes of entries, what was done."""

    lives: int = 0
    steps: int = 0
    entries: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    transitions: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    doings: Counter[str] = field(default_factory=Counter)

    def add(self, case: Case) -> None:
        """One life more, lived to its end."""
        self.lives += 1
        for entry in case.ledger:
            self.entries += 1
            self.causes[entry.cause] += 1
            for change in entry.changes:
                if "status" in change.changed:
                    self.transitions[f"{change.before or '–'} → {change.after or '–'}"] += 1
                    self.statuses.update([change.after] if change.after is not None else ())
                self.flags.update(change.flags if "flags" in change.changed else ())

    def as_json(self) -> dict[str, object]:
        """It as JSON values, for `merge`."""
        return {name: value if isinstance(value, int) else dict(value) for name, value in vars(self).items()}

    def merge(self, other: Mapping[str, object]) -> None:
        """What another process covered, from `as_json`."""
        for name, value in other.items():
            if isinstance(value, int):
                setattr(self, name, getattr(self, name) + value)
            elif isinstance(value, Mapping):
                getattr(self, name).update(value)


def lines_of(answer: Answer) -> dict[Key, Line]:
    """What the ledger follows, from an answer."""
    found: dict[Key, Line] = {d.id: Line(d.status, d.flags, d.deadline.at if d.deadline else None) for d in answer.decisions}
    return found | {o.id: Line(o.status, o.flags, o.due if o.status == "due" else None) for o in answer.own}


def text_of(answer: Answer, plan: Plan) -> str:
    return canonical(answer_to_json(answer, plan))


def live(life: Life, covered: Covered) -> Iterator[str]:
    """Everything that is wrong with a life, told as it is found."""
    case, shown = Case(life.plans[0]), dict[datetime, str]()
    for number, doing in enumerate(life.doings):
        after = done(case, doing, life)
        covered.doings[f"{doing.kind}{' refused' if after is None else ''}"] += 1
        if after is None:
            continue
        covered.steps += 1
        yield from (f"step {number} ({doing.kind}): {fault}" for fault in wrong(case, after))
        case = after
        assert case.now is not None
        shown[case.now] = text_of(case.decisions(case.now), case.plan)
    for t, was in shown.items():
        if text_of(case.shown_at(t), plan_at(case, t, life)) != was:
            yield f"shown at {t}: another answer than was given then"
    again = case_from_json(life.plans, json.loads(json.dumps(case_to_json(case))))
    if canonical(ledger_to_json(again.ledger, again.plan)) != canonical(ledger_to_json(case.ledger, case.plan)):
        yield "replayed: another ledger"
    if case.now is not None and text_of(again.decisions(case.now), again.plan) != text_of(case.decisions(case.now), case.plan):
        yield "replayed: another answer"
    if (again.closed, again.now, again.log) != (case.closed, case.now, case.log):
        yield "replayed: another state"
    covered.add(case)


def done(case: Case, doing: Doing, life: Life) -> Case | None:
    """The case after it; None where it is refused, and then the case is what it was."""
    now = case.now
    if doing.event is not None:
        delivered = now + doing.when if now is not None and isinstance(doing.when, timedelta) else None
        try:
            return case.fire(doing.event, strict=doing.strict, now=delivered).case
        except EventError:
            return None
    if now is None:
        return None
    at = now + doing.when if isinstance(doing.when, timedelta) else max(now, doing.when or now)
    try:
        if doing.kind == "advance":
            return case.advance(at).case
        if doing.kind == "add":
            due = at + timedelta(hours=30) if doing.number else None
            name = f"egen{len(case.own) + 1}"
            return case.add_measure(name, "pol", "ring", "behövs", at, due, STRENGTHS[doing.number]).case
        if doing.kind == "end":
            return case.end_measure(f"egen{doing.number + 1}", "done" if doing.number else "withdrawn", at, "klart").case
        if doing.kind == "close":
            return case.close(at, "klart").case
        if doing.kind == "reopen":
            return case.reopen(at, "nytt läge", by="pol").case
        return case.migrate(life.plans[doing.number], at, "ny version").case
    except EventError:
        return None


def wrong(before: Case, after: Case) -> Iterator[str]:
    """What is wrong with one step."""
    now = after.now
    assert now is not None
    answer, verdict = after.decisions(now), oracle_decide(after.plan, after.events, now)
    yield from differences(answer, verdict)[:3]
    after.told_since(before, after.log[-1])  # as a host reads it; in the end the log is told from its beginning
    ledger = after.ledger
    if ledger[: len(before.ledger)] != before.ledger:
        yield "the ledger has lost or changed an entry"
    if [entry.number for entry in ledger] != list(range(1, len(ledger) + 1)):
        yield "the entries aren't numbered one by one"
    if any(one.at > other.at for one, other in pairwise(ledger)):
        yield "the ledger goes back in time"
    told, said = summed(ledger), lines_of(answer)
    unequal = (key for key in told.keys() | said.keys() if told.get(key) != said.get(key))
    yield from (f"summed {key}: {told.get(key)}, answered {said.get(key)}" for key in unequal)
    yield from _against(told, verdict)
    if after.closed is not None and after.blockers():
        yield "closed with something that must be done"
    yield from (f"an entry without a change: {entry}" for entry in ledger[len(before.ledger) :] if _says_nothing(entry))


def _against(told: Mapping[Key, Line], verdict: Verdict) -> Iterator[str]:
    """What matters most, said once more by itself: nothing due is missing, nothing withdrawn is shown as due."""
    for decision, seen in verdict.decisions.items():
        line = told.get(decision)
        if seen.status in LIVING and (line is None or line.status != seen.status):
            yield f"{decision} is {seen.status}, and the ledger doesn't say so"
        if seen.status == "withdrawn" and (line is None or line.status in LIVING):
            yield f"{decision} is withdrawn, and the ledger says it is due"


def _says_nothing(entry: Entry) -> bool:
    return entry.cause == "clock" and not entry.changes


def plan_at(case: Case, t: datetime, life: Life) -> Plan:
    """The plan that was pinned at an instant."""
    plans = [step.plan for step in case.log if step.at <= t and hasattr(step, "plan") and isinstance(step.plan, Plan)]
    return plans[-1] if plans else life.plans[0]
