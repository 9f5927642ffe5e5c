"""Measures everything and writes the report: `python -m tests.benchmarks [--quick] [--out FOLDER]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from tests.benchmarks import asking, deciding, living, matching, starting
from tests.benchmarks.goals import goals
from tests.benchmarks.machine import machine
from tests.benchmarks.report import write_report
from tests.benchmarks.sizes import FULL, QUICK, Sizes

FOLDER = Path(__file__).parents[2] / "docs" / "benchmarks"
Section = Callable[[Sizes, Callable[[str], None]], Any]
SECTIONS: dict[str, tuple[Section, Callable[[Sizes], int]]] = {
    "matching": (matching.beside_peers, lambda s: 2 * s.rounds * 8),
    "explained": (deciding.explained, lambda s: s.rounds * 6),
    "county": (deciding.county, lambda s: s.rounds * 6 + 15),
    "living": (living.growth, lambda s: 5 * len(s.events)),
    "asking": (asking.asking, lambda _: 2),
    "memory": (living.memory, lambda s: len(s.events)),
    "starting": (starting.starting, lambda s: (s.starts + 1) * len(starting.COMMANDS)),
    "growth_rules": (matching.growth, lambda s: len(s.rules) * (3 + 4 * max(2, s.rounds // 3))),
}
"""What is measured, and about how many steps each has."""


def measure(sizes: Sizes, console: Console) -> dict[str, Any]:
    """Every section, with a progress bar."""
    found: dict[str, Any] = {"date": datetime.now(UTC).date().isoformat(), "sizes": sizes.name, "machine": machine()}
    columns = (TextColumn("{task.description:24}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    # No thread that draws: it would work in the midst of what is measured.
    with Progress(*columns, console=console, auto_refresh=False) as progress:
        bar = progress.add_task("", total=sum(steps(sizes) for _, steps in SECTIONS.values()))
        ended = 0
        for name, (section, steps) in SECTIONS.items():

            def tick(doing: str) -> None:
                progress.update(bar, advance=1, description=doing, refresh=True)

            found[name] = section(sizes, tick)
            ended += steps(sizes)
            progress.update(bar, completed=ended, refresh=True)
    return found


def main(words: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measures everything and writes the report.",
        epilog="Example: python -m tests.benchmarks --quick --out build/benchmarks",
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, for a first look; the figures mean little")
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder that is written to (default: docs/benchmarks)")
    told = parser.parse_args(words)
    found = measure(QUICK if told.quick else FULL, Console(stderr=True))
    for path in write_report(found, told.out):
        print(path)
    for goal in goals(found):
        print(f"{'met    ' if goal.met else 'NOT MET'} {goal.measured:>8g} {goal.unit:10} {goal.what}")


if __name__ == "__main__":
    main()
