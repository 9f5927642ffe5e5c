"""What is said of a fact, and the value that it makes in one stretch of the fact's time: §2, 2.a."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samverkan.plan.model import UNKNOWN


@dataclass(frozen=True, slots=True)
class Statement:
    """That an event says `value` of a fact. `place` orders what one event says."""

    effect: str
    value: str
    at: datetime
    known_at: datetime
    event: str
    place: int
    was: str | None = None

    @property
    def order(self) -> tuple[datetime, datetime, str, int]:
        return (self.at, self.known_at, self.event, self.place)


@dataclass(frozen=True, slots=True)
class Value:
    """A value, the events behind it, whether it rests on claims, and whether two established values at one instant made it."""

    value: str
    events: tuple[str, ...] = ()
    claimed: bool = False
    twice: bool = False


NOTHING_KNOWN = Value(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a fact's time, and what is said in it: each list in order, without what says nothing."""

    begin: datetime | None
    end: datetime | None
    began: list[Statement]
    established: list[Statement]
    claims: list[Statement]


def value_of(stretch: Stretch, in_conflict: str | None) -> Value:
    """§2: the last establishing, else the change that began the stretch, else the claims, else unknown."""
    if stretch.established:
        last = max(s.at for s in stretch.established)
        return _one_of([s for s in stretch.established if s.at == last], in_conflict)
    began = [s for s in stretch.began if s.value != UNKNOWN]  # 2.a: a change to unknown starts with nothing
    if began:
        return _one_of(began, in_conflict)
    if stretch.claims:
        differ = len({s.value for s in stretch.claims}) > 1
        if differ and in_conflict is not None:
            return Value(in_conflict, tuple(sorted({s.event for s in stretch.claims})), claimed=True)
        last_claim = max(stretch.claims, key=lambda s: s.order)
        return Value(last_claim.value, (last_claim.event,), claimed=True)
    return NOTHING_KNOWN


def _one_of(statements: list[Statement], in_conflict: str | None) -> Value:
    """§2: two established values at one instant give the `in conflict` value, else `unknown`, and a question."""
    events = tuple(sorted({s.event for s in statements}))
    values = {s.value for s in statements}
    if len(values) == 1:
        return Value(values.pop(), events)
    return Value(in_conflict or UNKNOWN, events, twice=True)
