"""The values of one fact of one subject over time: changes cut it into stretches, and each stretch has one value (semantics §2)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from samverkan.plan.model import UNKNOWN, Effect


class Said(NamedTuple):
    """What one event says about the fact; ordered by (`at`, `known_at`, `event`). `was`: the `from` of a change."""

    at: datetime
    known_at: datetime
    event: str
    effect: Effect
    value: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A value, the ids of the events behind it, and the events that contradict each other (a question). `claimed`: only said.

    `back_to`: the value doesn't count before; None: it counts for the whole stretch.
    """

    value: str
    events: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    claimed: bool = False
    back_to: datetime | None = None


NOTHING = Stretch(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Timeline:
    """`stretches[i]` runs from `starts[i - 1]` (the first from the beginning of time) to before `starts[i]`."""

    starts: tuple[datetime, ...]
    stretches: tuple[Stretch, ...]

    def at(self, t: datetime) -> Stretch:
        found = self.stretches[bisect_right(self.starts, t)]
        return found if found.back_to is None or t >= found.back_to else NOTHING


    def breaks(self) -> list[datetime]:
        """The instants at which the value may become another."""
        return [*self.starts, *(s.back_to for s in self.stretches if s.back_to is not None)]

    def differs_from(self, other: Timeline) -> datetime | None:
        """The first instant at which the two may have different values; None where they never have."""
        for number, (mine, theirs) in enumerate(zip(self.stretches, other.stretches, strict=False)):
            if mine.value != theirs.value or mine.back_to != theirs.back_to:
                return self.starts[number - 1] if number else BEGINNING
            ends = self.starts[number : number + 1], other.starts[number : number + 1]
            if ends[0] != ends[1]:
                return min((*ends[0], *ends[1]))
        return None


BEGINNING = datetime.min.replace(tzinfo=UTC)
EMPTY = Timeline((), (NOTHING,))
NO_LIMITS: Mapping[str, int] = MappingProxyType({})


def timeline(said: Iterable[Said], in_conflict: str | None, reaches_back: Mapping[str, int] = NO_LIMITS) -> Timeline:
    """Everything that events say about one fact → its timeline.

    `in_conflict` is the value that the fact declares for claims (and established values) that differ, or None. `reaches_back`:
    values that count only so many days before they were first said (2.g).
    """
    ordered = sorted(said, key=_order)
    changes = [s for s in ordered if s.effect == "changes"]
    starts = sorted({s.at for s in changes})
    buckets: list[list[Said]] = [[] for _ in (BEGINNING, *starts)]
    for one in ordered:
        buckets[bisect_right(starts, one.at)].append(one)
    stretches = []
    for number, bucket in enumerate(buckets):
        ending = [s for s in changes if number < len(starts) and s.at == starts[number] and s.was is not None]
        stretch = _value(bucket, ending, in_conflict)
        if stretch.value in reaches_back:
            first = min((s.at for s in (*bucket, *ending) if stretch.value in (s.value, s.was)), default=None)
            back_to = first - timedelta(days=reaches_back[stretch.value]) if first is not None else None
            stretch = replace(stretch, back_to=back_to)
        stretches.append(stretch)
    return Timeline(tuple(starts), tuple(stretches))


def _order(said: Said) -> tuple[datetime, datetime, str, str, str, str]:
    return said.at, said.known_at, said.event, said.effect, said.value, said.was or ""


def _value(bucket: list[Said], ending: list[Said], in_conflict: str | None) -> Stretch:
    """The value of one stretch. `ending`: the changes that end it and name what it was before."""
    established = [s for s in bucket if s.effect == "establishes" and s.value != UNKNOWN]
    began = [s for s in bucket if s.effect == "changes" and s.value != UNKNOWN]
    if ending:
        fixed = _one_instant([(s.was or UNKNOWN, s.event) for s in ending], in_conflict)
        others = [s for s in [*established, *began] if s.value != fixed.value]
        if others:
            contested = {*fixed.contested, *fixed.events, *(s.event for s in others)}
            return Stretch(fixed.value, fixed.events, tuple(sorted(contested)))
        return fixed
    if established:
        last = established[-1].at
        return _one_instant([(s.value, s.event) for s in established if s.at == last], in_conflict)
    if began:
        return _one_instant([(s.value, s.event) for s in began], in_conflict)
    claims = [s for s in bucket if s.effect == "claims" and s.value != UNKNOWN]
    if not claims:
        return NOTHING
    if in_conflict is not None and len({s.value for s in claims}) > 1:
        return Stretch(in_conflict, tuple(sorted({s.event for s in claims})), claimed=True)
    value = claims[-1].value
    return Stretch(value, tuple(sorted({s.event for s in claims if s.value == value})), claimed=True)


def _one_instant(values: list[tuple[str, str]], in_conflict: str | None) -> Stretch:
    """Values established at one instant: (value, event) pairs that may differ."""
    events = tuple(sorted({event for _, event in values}))
    if len({value for value, _ in values}) == 1:
        return Stretch(values[0][0], events)
    return Stretch(in_conflict or UNKNOWN, events, events)
