"""The deep profile: for as long as it is given, states through all matchers, stories and lives through the engine and the oracle.

It goes on in rounds, each a process of its own with a seed of its own, as much time for each kind; what it compared
and found is printed and written as JSON. `make test-deep DEEP_MINUTES=60` starts it.

    python -m tests.deep --minutes 60 --seed 20240501 --workers 2

Exit code: 0 if nothing differs, 1 if something does.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from tests.deep.lives import told as covered_lines
from tests.living import Covered

ROOT = Path(__file__).parents[2]
PLANS, STORIES = 100, 200
"""Plans in a round of states (a process makes no more), and stories in a round of stories."""
SIZES: Mapping[str, Sequence[str]] = {
    "states": ("--plans", str(PLANS), "--states", "1000", "--oracle", "100"),
    "stories": ("--stories", str(STORIES), "--shrink", "60"),
    "lives": ("--lives", str(PLANS), "--json"),
}
LONGEST = 1800
"""Seconds after which a round hangs: it takes a minute or so."""
SHOWN = 20


@dataclass
class Found:
    """What all rounds compared, and what differed: by category, and told in full."""

    seed: int
    workers: int
    minutes: float
    rounds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SIZES, 0))
    seeds: dict[str, list[int]] = field(default_factory=lambda: {kind: [] for kind in SIZES})
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(SIZES, 0.0))
    states: int = 0
    states_with_oracle: int = 0
    plans: int = 0
    stories: int = 0
    steps: int = 0
    covered: Covered = field(default_factory=Covered)
    categories: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    took: float = 0.0

    def add(self, kind: str, seed: int, seconds: float, told: Mapping[str, Any]) -> None:
        """One round more."""
        self.rounds[kind] += 1
        self.seeds[kind].append(seed)
        self.seconds[kind] += seconds
        self.plans += told.get("plans", 0)
        self.states += told.get("states", 0)
        self.states_with_oracle += told.get("with_oracle", 0)
        self.stories += told.get("stories", 0)
        self.steps += told.get("steps", 0)
        self.covered.merge(told.get("covered", {}))
        counted = told.get("categories") or {text.split(" in ")[0]: 0 for text in told["differences"]}
        for text in told["differences"] if "categories" not in told else ():
            counted[text.split(" in ")[0]] += 1
        for category, count in counted.items():
            self.categories[category] = self.categories.get(category, 0) + count
        self.differences += told["differences"]


def one_round(kind: str, seed: int) -> tuple[str, int, float, Mapping[str, Any]]:
    """A round in a process of its own; one that ends badly is a difference too."""
    command = [sys.executable, "-m", f"tests.deep.{kind}", "--seed", str(seed), *SIZES[kind]]
    begun = monotonic()
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LONGEST, check=True)
        told = json.loads(done.stdout)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        last = (error.stderr or b"").decode(errors="replace").strip()[-2000:]
        told = {"differences": [f"{kind}: the round ended badly in seed {seed}: {type(error).__name__}\n{last}"]}
    return kind, seed, monotonic() - begun, told


def run(found: Found, progress: Progress) -> None:
    """Rounds, as much time for each kind, until the time is out; those that have begun are waited for."""
    begun = monotonic()
    task = progress.add_task("", total=found.minutes * 60)
    given = dict.fromkeys(SIZES, 0)
    with ThreadPoolExecutor(found.workers) as pool:
        going: set[Future[tuple[str, int, float, Mapping[str, Any]]]] = set()
        while True:
            found.took = monotonic() - begun
            while len(going) < found.workers and found.took < found.minutes * 60:
                kind = next_kind(found, given)
                given[kind] += 1
                going.add(pool.submit(one_round, kind, found.seed * 1_000_000 + sum(given.values()) * PLANS))
            if not going:
                break
            done, going = wait(going, timeout=1, return_when=FIRST_COMPLETED)
            for future in done:
                found.add(*future.result())
            compared = f"{found.states:,} states, {found.stories:,} stories, {found.covered.lives:,} lives"
            told = f"{compared}, {sum(found.categories.values())} differences"
            progress.update(task, completed=min(monotonic() - begun, found.minutes * 60), description=told)


def next_kind(found: Found, given: Mapping[str, int]) -> str:
    """The kind that has had least time, a round that is under way reckoned as those before it."""

    def had(kind: str) -> float:
        average = found.seconds[kind] / found.rounds[kind] if found.rounds[kind] else 30.0
        return average * given[kind]

    return min(SIZES, key=had)


def written(found: Found, path: Path) -> None:
    """The summary as JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    told = {**asdict(replace(found, covered=Covered())), "covered": found.covered.as_json()}
    beside.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    beside.replace(path)


def tell(found: Found, path: Path, console: Console) -> None:
    """The same for a reader."""
    for text in found.differences[:SHOWN]:
        console.print(text, markup=False, highlight=False)
        console.print()
    if len(found.differences) > SHOWN:
        console.print(f"… and {len(found.differences) - SHOWN} more in {path}", highlight=False)
    lines = [
        f"States: {found.states:,} compiled and durable ({found.plans:,} plans), {found.states_with_oracle:,} with the oracle too.",
        f"Stories: {found.stories:,} at once and event by event ({found.steps:,} steps), with the oracle.",
        *(f"Lives: {line}" if not number else line for number, line in enumerate(covered_lines(found.covered))),
        f"Seed {found.seed}; rounds: {', '.join(f'{count} of {kind}' for kind, count in found.rounds.items())}.",
        f"{found.workers} at a time; {found.took / 60:.1f} minutes.",
        *(f"{count:>6} × {category}" for category, count in sorted(found.categories.items())),
        f"Differences: {sum(found.categories.values())}. All in {path}.",
    ]
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the profile; returns the exit code."""
    reading = argparse.ArgumentParser(
        prog="python -m tests.deep", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reading.add_argument("--minutes", type=float, default=60)
    reading.add_argument(
        "--seed", type=int, default=None, help="the first seed of all (default: today's date, so each day its own)"
    )
    reading.add_argument("--workers", type=int, default=1, help="processes at a time")
    reading.add_argument("--out", type=Path, default=Path("build/deep.json"))
    wanted = reading.parse_args(arguments)
    first = wanted.seed if wanted.seed is not None else int(f"{date.today():%Y%m%d}")  # noqa: DTZ011 - only a number
    found = Found(first, max(1, wanted.workers), wanted.minutes)
    console = Console()
    try:
        with Progress(BarColumn(), TimeRemainingColumn(), TextColumn("{task.description}"), console=console) as progress:
            run(found, progress)
    finally:
        written(found, wanted.out)
        tell(found, wanted.out, console)
    return 1 if found.differences else 0


if __name__ == "__main__":
    sys.exit(main())
