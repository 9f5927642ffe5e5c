"""What has happened in a case: events about subjects and marks on decisions, as frozen plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MarkKind = Literal["acknowledged", "done", "accepted", "declined"]


@dataclass(frozen=True, slots=True)
class About:
    """The subject of an event, and what the event says of its making: `K1 purchase of B1 buyer, S1`.

    `sort` is None where only the id is given. `role` is the role that is named with a person. `ends` holds the persons that
    are named at the ends of a relation, in the declared order; None is an end that the event doesn't name (`-`).
    """

    subject: str
    sort: str | None = None
    role: str | None = None
    ends: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a decision. `bearer` and `occurrence` only where the decision can't be told without them."""

    kind: MarkKind
    rule: str
    measure: str
    subject: str
    bearer: str | None = None
    occurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One revision of something that happened. Times are aware.

    `type` is an event type of the plan, or None for a mark or for a void revision. `facts` holds (path, value) pairs, a path
    being `fact` or `end.fact`. `recipient`, `telling`, `until` (exclusive) and `how` belong to consent events; `offence_at` to
    events about a relation with an offence; `same_as` to events about a person; `reason` to marks that need one.
    """

    id: str
    at: datetime
    known_at: datetime
    revision: int = 1
    void: bool = False
    type: str | None = None
    about: About | None = None
    facts: tuple[tuple[str, str], ...] = ()
    mark: Mark | None = None
    recipient: str | None = None
    telling: str | None = None
    until: datetime | None = None
    how: str | None = None
    offence_at: datetime | None = None
    same_as: str | None = None
    reason: str | None = None
