"""Tracks in a channel: in which order lines run side by side so that they cross least and never lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NEAR = 3.0
"""Two lines closer than this look like one."""

CROSSING, TOUCHING, COVERING = 1.0, 4.0, 60.0


@dataclass(frozen=True, slots=True)
class Track:
    """A line along a channel from `low` to `high`; `before` and `after`: where it is left to either side."""

    low: float
    high: float
    before: tuple[float, ...]
    after: tuple[float, ...]


def arrange(tracks: Sequence[Track]) -> list[int]:
    """The place of each track, from 0: tracks that don't meet may share one.

    Args:
        tracks: the tracks of one channel.

    Returns:
        A place for each track, in the order of `tracks`; the same for the same tracks.
    """
    count = len(tracks)
    costs = [[_cost(first, second) for second in tracks] for first in tracks]
    order = _ordered(sorted(range(count), key=lambda index: (tracks[index].high - tracks[index].low, index)), costs)
    places = [0] * count
    for position, index in enumerate(order):
        for earlier in order[:position]:
            if _meet(tracks[earlier], tracks[index]) or costs[index][earlier] or costs[earlier][index]:
                places[index] = max(places[index], places[earlier] + 1)
    return places


def _ordered(order: list[int], costs: Sequence[Sequence[float]]) -> list[int]:
    """Moves one track at a time to where it costs least, until nothing gets better."""
    best = _total(order, costs)
    improved = True
    while improved:
        improved = False
        for index in tuple(order):
            rest = [other for other in order if other != index]
            for position in range(len(order)):
                tried = [*rest[:position], index, *rest[position:]]
                cost = _total(tried, costs)
                if cost < best:
                    order, best, improved = tried, cost, True
    return order


def _total(order: Sequence[int], costs: Sequence[Sequence[float]]) -> float:
    return sum(costs[first][second] for place, first in enumerate(order) for second in order[place + 1 :])


def _cost(first: Track, second: Track) -> float:
    """What it costs that `first` lies before `second`: the crossings, and lines that would lie on each other."""
    cost = sum(_hit(stub, first) for stub in second.before) + sum(_hit(stub, second) for stub in first.after)
    cost += sum(COVERING for one in second.before for other in first.after if abs(one - other) < NEAR)
    return cost


def _hit(stub: float, track: Track) -> float:
    """What a line across costs where it meets a track."""
    if min(abs(stub - track.low), abs(stub - track.high)) < NEAR:
        return TOUCHING
    return CROSSING if track.low < stub < track.high else 0.0


def _meet(first: Track, second: Track) -> bool:
    return first.low - 2 * NEAR < second.high and second.low - 2 * NEAR < first.high
