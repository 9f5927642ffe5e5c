"""A case at any instant that is asked about: its parts replayed until then, and none of them twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime

from samverkan.decide.answer import DecisionId
from samverkan.decide.deciding import shown_of
from samverkan.decide.islands import Islands, Part
from samverkan.decide.prepared import Prepared
from samverkan.decide.replay import Replay


class Past:
    """The parts of a case at one instant after another. It remembers what it replayed: keep it for a few questions only."""

    __slots__ = ("_parts", "_replayed", "prepared")

    def __init__(self, islands: Islands) -> None:
        self.prepared: Prepared = islands.prepared
        self._parts = islands.parts
        self._replayed: dict[str, list[Replay]] = {name: [] for name in islands.parts}

    def parts(self, at: datetime) -> Iterator[Replay]:
        """Every part at `at`."""
        return (self._at(name, part, at) for name, part in self._parts.items())

    def having(self, decision: DecisionId, at: datetime) -> Replay | None:
        """The part in which the decision has been shown by `at`, as it is then; None where it hasn't."""
        likely = sorted(self._parts, key=lambda name: decision not in self._parts[name].there.records)
        for name in likely:
            replay = self._at(name, self._parts[name], at)
            if decision in shown_of(replay):
                return replay
        return None

    def _at(self, name: str, part: Part, at: datetime) -> Replay:
        """One part at `at`: taken on from the nearest instant before it at which it is known."""
        instant, known = at.astimezone(UTC), self._replayed[name]
        if part.there.now is not None and part.there.now <= instant:
            return part.come_to(instant)
        place = bisect_right([replay.now or instant for replay in known], instant)
        if place and known[place - 1].now == instant:
            return known[place - 1]
        if place:
            replay = known[place - 1].copy()
            replay.advance(instant)
        else:
            replay = part.come_to(instant)
        known.insert(place, replay)
        return replay
