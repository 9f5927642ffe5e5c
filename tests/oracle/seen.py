"""What the oracle answers: plain values that compare, and nothing of why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samverkan.decide.answer import DecisionId


@dataclass(frozen=True, slots=True)
class Seen:
    """One decision of an answer. Times are UTC.

    `since`, `deadline_at` and `deadline_day` only while the status is `due`; `ended_at` is the instant at which the last spell
    ended, None while the decision is shown. `recipient` and `bearer` are (unit, open); `recipient` is None where nobody is told.
    """

    kind: str
    status: str
    flags: tuple[str, ...]
    shown: datetime
    since: datetime | None
    deadline_at: datetime | None
    deadline_day: date | None
    passed_at: datetime | None
    recipient: tuple[str | None, bool] | None
    bearer: tuple[str | None, bool]
    replaced_by: str | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """A question, one for each (kind, subject, fact): `rules` and `events` sorted."""

    kind: str
    subject: str
    fact: str
    rules: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A whole answer. A contradiction is a sorted pair of identities."""

    decisions: dict[DecisionId, Seen]
    questions: frozenset[Asked]
    contradictions: frozenset[tuple[DecisionId, DecisionId]]
