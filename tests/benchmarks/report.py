"""Writes what was measured: results.json, report.md and the pictures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import texts
from tests.benchmarks.deciding import EXPLAINED
from tests.benchmarks.goals import goals
from tests.benchmarks.living import ANSWERED, AT_EVENTS, FIRES, TOLD
from tests.benchmarks.matching import DURABLE
from tests.benchmarks.plots import duration, write_plots


def write_report(found: Mapping[str, Any], folder: Path) -> list[Path]:
    """Everything, into a folder; what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / "results.json"
    results.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    report = folder / "report.md"
    report.write_text(_text(found), "utf-8")
    return [report, results, *write_plots(found, folder)]


def _text(found: Mapping[str, Any]) -> str:
    parts = [
        "# What the engine costs",
        f"Written by `make bench` on {found['date']}; don't edit. Sizes: {found['sizes']}.",
        "## The machine",
        _table(("what", "is"), found["machine"].items()),
        "## The goals",
        _table(
            ("goal", "limit", "measured", ""),
            (
                (goal.what, f"{'≥' if goal.least else '≤'} {goal.limit:g} {goal.unit}", f"{goal.measured:g} {goal.unit}",
                 "met" if goal.met else "**not met**")
                for goal in goals(dict(found))
            ),
        ),
        texts.HOW.strip(),
        *_matching(found),
        *_explained(found),
        *_county(found),
        *_living(found),
        *_asking(found),
        *_starting(found),
        *_rules(found),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [" | ".join(heads), " | ".join("---" for _ in heads), *(" | ".join(map(str, row)) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _matching(found: Mapping[str, Any]) -> list[str]:
    parts = ["## Which rules hold", "![Matching beside peers](matching.svg)"]
    for kind, text in (("complete", "Everything known"), ("unknown", "A third unknown")):
        its = found["matching"][kind]
        parts.append(
            f"{text}: {its['states']} states, {its['rows_of_peers']} rows, of which {its['rows_that_hold']:g} hold on average; "
            f"checksum `{its['checksum']}`, the same from everyone."
        )
        parts.append(
            _table(
                ("", "CPU time for a state", "quartiles", "times compiled"),
                (
                    (name, duration(one["cpu_us"]), f"{duration(one['cpu_us_low'])} – {duration(one['cpu_us_high'])}",
                     f"{one['times_compiled']:g}")
                    for name, one in its["per_state"].items()
                ),
            )
        )  # fmt: skip
    return parts


def _explained(found: Mapping[str, Any]) -> list[str]:
    rows = ((name, duration(one["cpu_us"]), f"{one['times_explained']:g}") for name, one in found["explained"].items())
    many = found["matching"]["complete"]["rows_that_hold"]
    each = duration(found["explained"][EXPLAINED]["cpu_us"] / many)
    return [
        "## A whole explained decision",
        f"{texts.EXPLAINED.strip()} An answer has {many:g} decisions on average, so that one of them takes {each}.",
        "![Explained decisions](explained.svg)",
        _table(("", "CPU time", "times the explained decision"), rows),
    ]


def _county(found: Mapping[str, Any]) -> list[str]:
    its = found["county"]
    return [
        "## The plan of Västmanland",
        _table(("matching one state, half of it unknown", "CPU time"), ((n, duration(us)) for n, us in its["match_us"].items())),
        (
            f"The real case of 2013 as it is told in `scenarios/`: {its['events']} events in {its['steps']} steps, "
            f"{its['decisions']} decisions in the end."
        ),
        _table(("", "CPU time"), ((name, duration(ms * 1e3)) for name, ms in its["real_case_ms"].items())),
    ]


def _living(found: Mapping[str, Any]) -> list[str]:
    its, memory = found["living"], found["memory"]
    columns = (*FIRES, TOLD, ANSWERED)
    rows = [
        (one["events"], *(f"{duration(one[n]['p50_ms'] * 1e3)} / {duration(one[n]['p95_ms'] * 1e3)}" for n in columns))
        for one in its
    ]
    return [
        "## A living case",
        texts.LIVING.strip().format(persons=its[0]["persons"], events=AT_EVENTS),
        "![Growth of a case](growth-events.svg)",
        _table(("events", *(f"{name}, p50 / p95" for name in columns)), rows),
        texts.MEMORY.strip().format(persons=memory["persons"], further=memory["further_event_kb"]),
        _table(("events", "held"), ((one["events"], f"{one['kb']:g} kB") for one in memory["cases"])),
    ]


def _asking(found: Mapping[str, Any]) -> list[str]:
    if "asking" not in found:
        return []
    rows = (
        (name, one["states"], one["most"], *(duration(one[key] * 1e3) for key in ("p50_ms", "p95_ms", "max_ms")))
        for name, one in found["asking"].items()
    )
    return [
        "## Asking",
        texts.ASKING.strip(),
        _table(("", "states", "most questions", "p50", "p95", "worst"), rows),
    ]


def _starting(found: Mapping[str, Any]) -> list[str]:
    rows = (
        (name, f"{one['cpu_ms']:g} ms", f"{one['wall_ms']:g} ms", f"{one['times_python']:g}")
        for name, one in found["starting"].items()
    )
    return [
        "## Starting, and opening the plan",
        "![Starting](starting.svg)",
        _table(("", "CPU time", "wall time", "times a Python that does nothing"), rows),
    ]


def _rules(found: Mapping[str, Any]) -> list[str]:
    its = found["growth_rules"]
    names = list(dict.fromkeys(name for one in its for name in one["per_state_us"]))

    def cell(one: Mapping[str, Any], name: str) -> str:
        if name not in one["per_state_us"]:
            return ""
        return f"{duration(one['per_state_us'][name])} / {duration(one['built_ms'][name] * 1e3)}"

    return [
        "## As rules grow in number",
        texts.RULES.strip().format(durable=max((one["rules"] for one in its if DURABLE in one["per_state_us"]), default=0)),
        "![Growth over rules](growth-rules.svg)",
        _table(
            ("rules", *(f"{n}: a state / made ready" for n in names)),
            ((one["rules"], *(cell(one, n) for n in names)) for one in its),
        ),
    ]
