"""The goals of the house, each with what was measured: for the report, never for a test (a test doesn't judge by the clock)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.benchmarks.living import AT_EVENTS, FIRES, TOLD
from tests.benchmarks.measuring import rounded
from tests.benchmarks.peers import ZenDecision, ZenExpression, ZenTable

ZEN = (ZenTable.name, ZenDecision.name, ZenExpression.name)


@dataclass(frozen=True)
class Goal:
    """`limit` is the most that is allowed, or the least where `least`."""

    what: str
    unit: str
    limit: float
    measured: float
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.measured >= self.limit if self.least else self.measured <= self.limit


def goals(found: dict[str, Any]) -> list[Goal]:
    """All goals for which something was measured."""
    told = [*_matching(found["matching"]), *_explained(found["explained"])]
    grown = next((one for one in found["living"] if one["events"] == AT_EVENTS), None)
    if grown is not None:
        where = f"a case of {AT_EVENTS} events and {grown['persons']} persons, p50"
        limits = {FIRES[0]: 1.0, TOLD: 1.0, FIRES[1]: 5.0, FIRES[2]: 5.0}
        told += [Goal(f"{name}: {where}", "ms", limit, grown[name]["p50_ms"]) for name, limit in limits.items()]
    if "asking" in found:
        asked = found["asking"]
        what, worst = "`Case.questions` under the county's plan", max(one["max_ms"] for one in asked.values())
        told.append(Goal(f"{what}, the scenarios' states, p50", "ms", 20.0, asked["scenarios"]["p50_ms"]))
        told.append(Goal(f"{what}, the worst state", "ms", 100.0, worst))
    memory = found["memory"]
    told.append(Goal(f"a case of 20 events and {memory['persons']} persons holds", "kB", 100.0, memory["cases"][0]["kb"]))
    told.append(Goal("each further event", "kB", 1.0, memory["further_event_kb"]))
    for name, limit in (("samverkan --help", 6.0), ("samverkan decide", 20.0)):
        told.append(Goal(f"`{name}` beside a Python that does nothing", "×", limit, found["starting"][name]["times_python"]))
    return told


def _matching(found: dict[str, Any]) -> list[Goal]:
    told = []
    for kind, states in (("complete", "complete states"), ("unknown", "states with unknown facts")):
        times = {name: found[kind]["per_state"][name]["times_compiled"] for name in ZEN}
        for name, text in ((min(times, key=lambda n: times[n]), "fastest form"), (ZenDecision.name, "form of its first example")):
            what = f"compiled matching beside zen-engine's {text} ({name.partition(', ')[2]}), {states}"
            told.append(Goal(what, "× its rate", 40.0, times[name], least=True))
    return told


def _explained(found: dict[str, Any]) -> list[Goal]:
    return [
        Goal(
            f"a whole explained decision beside zen-engine's bare evaluation ({name.partition(', ')[2]})", "× its rate", 4.0,
            rounded(found[name]["times_explained"], 3), least=True,
        )
        for name in ZEN
    ]  # fmt: skip
