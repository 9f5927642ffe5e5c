"""Lives of cases under generated plans: everything that may be done to a case, each step compared with the oracle.

    python -m tests.deep.lives --seed 1 --lives 5000 --workers 2

It tells what was covered, and every life in which something was wrong, the shortest first. Exit code: 1 if there is any.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.generators.lives import Life, lives
from tests.living import Covered, live

A_ROUND = 100
"""Lives that are drawn from one seed."""


def lived_round(base: int, count: int) -> dict[str, Any]:
    """So many lives from a seed: what they covered, and what was wrong."""
    covered, faults = Covered(), list[tuple[int, str]]()

    @seed(base)
    @settings(max_examples=count, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(lives())
    def tell(life: Life) -> None:
        found = _faults(life, covered)
        if found:
            faults.append((len(life.doings), f"lives({base}, {count}): {'; '.join(found[:3])}\n{life!r}"))

    tell()
    return {"seed": base, "covered": covered.as_json(), "differences": [text for _, text in sorted(faults)]}


def _faults(life: Life, covered: Covered) -> list[str]:
    try:
        return list(live(life, covered))
    except Exception:  # whatever is raised is what we look for
        return [f"raised: {traceback.format_exc(limit=-3)}"]


def told(covered: Covered) -> list[str]:
    """What was covered, for a reader."""
    lines = [f"{covered.lives:,} lives, {covered.steps:,} steps, {covered.entries:,} entries of ledgers."]
    for name in ("doings", "causes", "statuses", "transitions", "flags"):
        counted = ", ".join(f"{what} {count:,}" for what, count in getattr(covered, name).most_common())
        lines.append(f"{name}: {counted}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Lives a number of lives and writes what was found; returns the exit code."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--lives", type=int, default=5000)
    reading.add_argument("--workers", type=int, default=1)
    reading.add_argument("--json", action="store_true", help="one round, told as JSON")
    wanted = reading.parse_args(arguments)
    if wanted.json:
        print(json.dumps(lived_round(wanted.seed, wanted.lives), ensure_ascii=False))
        return 0
    covered, differences = Covered(), list[str]()
    rounds = [(wanted.seed + start, min(A_ROUND, wanted.lives - start)) for start in range(0, wanted.lives, A_ROUND)]
    with ProcessPoolExecutor(wanted.workers, max_tasks_per_child=5) as pool:
        for found in pool.map(lived_round, *zip(*rounds, strict=True)):
            covered.merge(found["covered"])
            differences += found["differences"]
    print("\n".join((*differences[:20], *told(covered), f"Differences: {len(differences)}.")))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
