"""What the contract says of a rule in a state: one value for each fact or conclusion that its conditions read (§3, §10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tests.oracle.conditions import Eye, truth
from tests.oracle.world import World

from samverkan.plan.model import UNKNOWN, Plan, Rule

_ANY_TIME = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StatedEye(Eye):
    """Reads values that are given, by path (`fact` or `end.fact`); conclusions among them. What isn't given is unknown."""

    values: Mapping[str, str]
    end: str | None = None

    def at_end(self, end: str) -> StatedEye:
        return replace(self, end=end)

    def fact(self, name: str) -> str:
        return self.values.get(f"{self.end}.{name}" if self.end is not None else name, UNKNOWN)


def eye_on_values(plan: Plan, values: Mapping[str, str]) -> StatedEye:
    """An eye on one subject whose values, derived ones too, are given."""
    given = replace(plan, conclusions={})
    return StatedEye(World(given, (), _ANY_TIME), "subject", _ANY_TIME, _ANY_TIME, _ANY_TIME, values)


def verdict_of(eye: StatedEye, rule: Rule) -> bool | None:
    """§3: true iff `when` is true and no exception is; undetermined iff `when` is and no exception is true; else false."""
    if any(truth(eye, exception) is True for exception in rule.unless):
        return False
    return truth(eye, rule.when)
