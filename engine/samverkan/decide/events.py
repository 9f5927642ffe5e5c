"""What has happened in a case: events about subjects and marks on decisions, as frozen plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MarkKind = Literal["acknowledged", "done", "accepted", "declined"]


@dataclass(frozen=True, slots=True)
class About:
    """The subject of an event, and what the event says of its making: `K1 purchase of B1 buyer, S1`.

    Attributes:
        subject: its id: `S1`, `K1`, `case`.
        sort: `person`, `operation`, `case` or a relation of the plan; None where only the id is given.
        role: the role that is named with a person.
        ends: the persons that are named at the ends of a relation, in the declared order; None is an end that the event doesn't
            name (`-`).
    """

    subject: str
    sort: str | None = None
    role: str | None = None
    ends: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a decision.

    Attributes:
        kind: `acknowledged`, `done`, `accepted` or `declined`.
        rule: the rule that made it due.
        measure: which of its measures.
        subject: whom or what it is about.
        bearer: the function that did it; only where several bear it.
        occurrence: the event, or the decision that passed, that it is due for; only where it can't be told without.
    """

    kind: MarkKind
    rule: str
    measure: str
    subject: str
    bearer: str | None = None
    occurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One revision of something that happened. Times are aware.

    Attributes:
        id: an id that no other event of the case has.
        at: when it happened.
        known_at: when it became known.
        revision: the highest counts.
        void: whether it takes the event back.
        type: an event type of the plan; None for a mark, or for a void revision.
        about: whom or what it is about.
        facts: pairs of path and value, a path being `fact` or `end.fact`.
        mark: what became of a decision, in place of a type.
        recipient: the function that a consent is about.
        telling: what a consent lets be told: `circumstances` or `identity`.
        until: when a consent ends (exclusive).
        how: how a consent was given; of an answer, who gave it.
        offence_at: when an offence was committed; of events about a relation with one.
        same_as: another designation of the same person.
        reason: why, of a mark that needs one.
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
