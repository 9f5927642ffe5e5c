"""The log of a case: everything that was done to it, in the order in which it was done, each with the instant at which it was.

A case is a function of its plan and its log. What happened to a person, and when, is in the events; when the case was told of it
is here. The instants never go backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from samverkan.decide.answer import OwnMeasure
from samverkan.decide.events import Event
from samverkan.decide.knowledge import effective
from samverkan.plan.model import Plan
from samverkan.plan.plain import Plain


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Delivered(Plain):
    """An event was delivered. `by`: the function that told it, where that was said."""

    at: datetime
    event: Event
    by: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Advanced(Plain):
    """Time went on, and nothing else."""

    at: datetime


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Added(Plain):
    """People added a measure of their own."""

    at: datetime
    measure: OwnMeasure


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ended(Plain):
    """A measure of their own was done, or withdrawn."""

    at: datetime
    id: str
    how: Literal["done", "withdrawn"]
    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Closed(Plain):
    """The case was closed."""

    at: datetime
    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reopened(Plain):
    """The case was opened again by somebody."""

    at: datetime
    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Migrated(Plain):
    """From here on the case is decided by another plan, or another version of the same."""

    at: datetime
    plan: Plan
    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HandedOver(Plain):
    """What may be told was handed over to a case under another plan.

    `events`: id and revision of what was told of, and its id there. `persons`: what those told of are called here and there.
    """

    at: datetime
    recipient: str
    plan: str
    digest: str
    events: tuple[tuple[str, int, str], ...]
    persons: tuple[tuple[str, str], ...]
    reason: str
    by: str | None = None


Step = Delivered | Advanced | Added | Ended | Closed | Reopened | Migrated | HandedOver
Log = tuple[Event | Step, ...]
"""As a case keeps it: an event that was delivered just when it was to count stands by itself, since nearly all are."""


def delivered_at(event: Event, now: datetime | None) -> datetime:
    """When an event is delivered where nothing is said of it: when it begins to count, or now if that was before."""
    counts = effective(event).astimezone(UTC)
    return counts if now is None else max(counts, now)


def steps_of(log: Log) -> Iterator[Step]:
    """The log with every step written out."""
    now: datetime | None = None
    for one in log:
        step = Delivered(delivered_at(one, now), one) if isinstance(one, Event) else one
        now = step.at
        yield step


def logged(step: Step, now: datetime | None) -> Event | Step:
    """A step as it is kept in a log that has come to `now`."""
    plain = isinstance(step, Delivered) and step.by is None and step.at == delivered_at(step.event, now)
    return step.event if plain and isinstance(step, Delivered) else step


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events as a log of which nothing is told but them: each delivered when it began to count."""
    return tuple(sorted(events, key=effective))
