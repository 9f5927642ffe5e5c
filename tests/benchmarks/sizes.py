"""How much is measured: in full by `make bench`, once and quickly by the suite."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """`least`: seconds that one contender works in a round. `fires`: single events that are fired one after the other."""

    name: str
    states: int
    rounds: int
    least: float
    decisions: int
    fires: int
    rules: tuple[int, ...]
    rules_for_durable: int
    events: tuple[int, ...]
    starts: int
    scenarios: int
    stories: int


FULL = Sizes(
    name="full", states=500, rounds=21, least=0.05, decisions=20, fires=60, rules=(10, 30, 100, 300, 1000, 3000, 10000),
    rules_for_durable=1000, events=(10, 30, 100, 200, 300, 1000), starts=11, scenarios=1000, stories=400,
)  # fmt: skip
QUICK = Sizes(
    name="quick",
    states=30,
    rounds=2,
    least=0.001,
    decisions=2,
    fires=3,
    rules=(10, 20),
    rules_for_durable=10,
    events=(10, 20, 30),
    starts=1,
    scenarios=1,
    stories=3,
)
