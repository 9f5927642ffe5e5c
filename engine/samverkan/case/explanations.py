"""What `why_not` and `what_if` answer, as frozen plain data with a text for people; and every explanation as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from samverkan.case.explained import Happened, Hindrance, Stands, Why
from samverkan.decide.answer import Contradiction, Decision, DecisionId, Question
from samverkan.decide.asjson import plain
from samverkan.plan.model import Plan
from samverkan.plan.plain import Plain


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Change(Plain):
    """A fact that would have to be one of `values`. `now` is its value and `stands` how sure that is: what is `established` would
    have to be other than it is, what is `unknown` only to become known. `at`: when it is read, where that isn't now."""

    subject: str
    fact: str
    values: tuple[str, ...]
    now: str
    stands: Stands
    at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Way(Plain):
    """A smallest set of changes that makes the rule hold for its subject `ground`; any of the values will do, in any combination.
    `enough`: nothing else hinders, so that it makes the measure due."""

    ground: str
    changes: tuple[Change, ...]
    enough: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WhyNot(Plain):
    """Why a rule (or one measure of it) isn't due for a subject.

    Attributes:
        due: it is due after all; then nothing hinders.
        decisions: those that there have been, with their status.
        hindrances: every reason, for each subject that could ground it.
        ways: the smallest sets of facts that would make the rule hold, the smallest first; none where none can.
        complete: False where there may be more ways than these.
        happened: every event named, in the order of time.
        text: all this in Swedish.
    """

    plan: str
    digest: str
    as_of: datetime
    rule: str
    measure: str | None
    subject: str
    due: bool
    decisions: tuple[tuple[DecisionId, str], ...]
    hindrances: tuple[Hindrance, ...]
    ways: tuple[Way, ...]
    complete: bool
    happened: tuple[Happened, ...]
    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Disclosed(Plain):
    """What somebody would get to know: by a decision that would newly be to be done (`due`), or first after consent, or is marked
    as done by the events themselves. `unit` is who would answer then."""

    decision: DecisionId
    status: str
    function: str
    unit: str | None
    telling: str
    person: str | None
    clause: str | None
    consent: str | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WhatIf(Plain):
    """What some events would change, as of an instant; the case is as it was.

    Attributes:
        due: the decisions that would newly be due.
        ask_first: likewise those for which consent would have to be asked first.
        done: likewise those that would be done.
        declined: likewise those that would be declined.
        lapsed: likewise those whose ground would be gone.
        withdrawn: likewise those whose ground would never have been there.
        altered: those still to be done, but by or to another unit, or by another time.
        disclosed: what would be told to whom.
        asked: questions that would be new.
        answered: questions that would no longer be asked.
        contradictions: those that would be new.
        text: all this in Swedish.
    """

    plan: str
    digest: str
    as_of: datetime
    events: tuple[str, ...]
    due: tuple[Decision, ...]
    ask_first: tuple[Decision, ...]
    done: tuple[Decision, ...]
    declined: tuple[Decision, ...]
    lapsed: tuple[Decision, ...]
    withdrawn: tuple[Decision, ...]
    altered: tuple[Decision, ...]
    disclosed: tuple[Disclosed, ...]
    asked: tuple[Question, ...]
    answered: tuple[Question, ...]
    contradictions: tuple[Contradiction, ...]
    text: str


FORMATS: dict[type[Why | WhyNot | WhatIf], str] = {
    Why: "samverkan-why/1",
    WhyNot: "samverkan-why-not/1",
    WhatIf: "samverkan-what-if/1",
}


def explanation_to_json(explanation: Why | WhyNot | WhatIf, plan: Plan) -> dict[str, Any]:
    """The explanation as plain JSON values; times in the plan's zone with their offset, absent values left out, and inside also
    what is empty."""
    told: dict[str, Any] = plain(explanation, ZoneInfo(plan.timezone))
    lists: dict[str, list[Any]] = {name: [] for name in explanation.__slots__ if isinstance(getattr(explanation, name), tuple)}
    return {"format": FORMATS[type(explanation)], **lists, **told}
