"""Measures things in turn: CPU time, medians over many rounds, and ratios taken within each round.

The machine may be shared, so wall time says more of the neighbours than of us. CPU time is that of the whole process, threads of a
library included; a contender in a process of its own measures itself in the same way. What slows a whole round slows all contenders
in it, so a ratio is the median of the rounds' own ratios.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Taken:
    """What a piece of work took, in seconds for each unit of it."""

    cpu: float
    wall: float


class Contender:
    """Something that is measured in turn with others.

    `measure(repeats)` does its work that many times and says what one unit took. `fresh` contenders make new inputs each time, so
    they aren't repeated for the sake of a longer measurement.
    """

    def __init__(self, name: str, measure: Callable[[int], Taken], fresh: bool = False) -> None:
        self.name = name
        self.measure = measure
        self.fresh = fresh


@dataclass(frozen=True)
class Timing:
    """The rounds of one contender."""

    rounds: Sequence[Taken]

    @property
    def cpu(self) -> float:
        """Median CPU seconds of a unit."""
        return statistics.median(one.cpu for one in self.rounds)

    def as_json(self) -> dict[str, float]:
        """Median and quartiles in microseconds."""
        cpu = sorted(one.cpu * 1e6 for one in self.rounds)
        low, high = (quantile(cpu, 0.25), quantile(cpu, 0.75))
        wall = statistics.median(one.wall for one in self.rounds) * 1e6
        return {
            "cpu_us": rounded(self.cpu * 1e6),
            "cpu_us_low": rounded(low),
            "cpu_us_high": rounded(high),
            "wall_us": rounded(wall),
        }


def quantile(values: Sequence[float], share: float) -> float:
    """A quantile of sorted values, by linear interpolation."""
    place = share * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def rounded(value: float, digits: int = 4) -> float:
    """A value with a few significant digits."""
    return float(f"{value:.{digits}g}")


def timed(work: Callable[[Any], object], inputs: Sequence[Any], repeats: int = 1) -> Taken:
    """What `work` takes for each of the inputs, all of them done `repeats` times. The loop itself is part of it."""
    gc.collect()
    gc.disable()
    try:
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(repeats):
            for one in inputs:
                work(one)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    finally:
        gc.enable()
    units = repeats * len(inputs)
    return Taken(cpu / units, wall / units)


def in_turn(
    contenders: Sequence[Contender], rounds: int, least: float, tick: Callable[[], None] = lambda: None
) -> dict[str, Timing]:
    """All contenders, one after the other, `rounds` times; each round begins with the next one.

    Args:
        least: how many seconds one contender works in a round, at least; faster ones repeat their work.
        tick: called after each measurement.
    """
    repeats: dict[str, int] = {}
    for contender in contenders:
        repeats[contender.name] = 1
        if not contender.fresh:
            begun = time.perf_counter()
            contender.measure(1)
            repeats[contender.name] = max(1, math.ceil(least / max(time.perf_counter() - begun, 1e-6)))
    taken: dict[str, list[Taken]] = {contender.name: [] for contender in contenders}
    for number in range(rounds):
        first = number % len(contenders)
        for contender in [*contenders[first:], *contenders[:first]]:
            taken[contender.name].append(contender.measure(repeats[contender.name]))
            tick()
    return {name: Timing(one) for name, one in taken.items()}


def ratio(slower: Timing, faster: Timing) -> float:
    """How many times as much the first takes: the median of the rounds' ratios."""
    return rounded(statistics.median(s.cpu / f.cpu for s, f in zip(slower.rounds, faster.rounds, strict=True)), 3)


def ratios(timings: Mapping[str, Timing], base: str) -> dict[str, float]:
    """Each timing against one of them."""
    return {name: ratio(timing, timings[base]) for name, timing in timings.items()}


def spread(seconds: Iterable[float]) -> dict[str, float]:
    """p50 and p95 of single measurements, in milliseconds."""
    ordered = sorted(one * 1e3 for one in seconds)
    return {"p50_ms": rounded(quantile(ordered, 0.5)), "p95_ms": rounded(quantile(ordered, 0.95)), "count": len(ordered)}
