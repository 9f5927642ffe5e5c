"""How long commands take beside a Python that does nothing, and opening the plan with and without the cache, in new processes."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import rounded
from tests.benchmarks.sizes import Sizes

SAMVERKAN = str(Path(sys.executable).with_name("samverkan"))
SITUATION = [
    "decide", "--event", "minor_involved S1 seller", "--fact", "stay_municipality=hallstahammar", "--at", "2026-05-16 23:10",
]  # fmt: skip
OPEN = "from samverkan import load_plan; load_plan('vastmanland')"
NOTHING = "python -c pass"
COMMANDS = {
    NOTHING: [sys.executable, "-c", "pass"],
    "samverkan --help": [SAMVERKAN, "--help"],
    "samverkan decide": [SAMVERKAN, *SITUATION],
    "samverkan decide --matcher compiled": [SAMVERKAN, *SITUATION, "--matcher", "compiled"],
    "load_plan, kept in the cache": [sys.executable, "-c", OPEN],
    "load_plan, read and checked": [sys.executable, "-c", OPEN],
}
WITHOUT_CACHE = "load_plan, read and checked"


def starting(sizes: Sizes, tick: Callable[[str], None]) -> dict[str, Any]:
    """Every command `sizes.starts` times, in turn; medians, and ratios to a Python that does nothing taken round by round."""
    cpu: dict[str, list[float]] = {name: [] for name in COMMANDS}
    wall: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(sizes.starts + 1):
            for name, words in COMMANDS.items():
                taken = _run(words, "" if name == WITHOUT_CACHE else folder)
                if number:  # the first time fills caches
                    cpu[name].append(taken[0])
                    wall[name].append(taken[1])
                tick("starting")
    return {
        name: {
            "cpu_ms": rounded(statistics.median(cpu[name]) * 1e3), "wall_ms": rounded(statistics.median(wall[name]) * 1e3),
            "times_python": rounded(statistics.median(c / p for c, p in zip(cpu[name], cpu[NOTHING], strict=True)), 3),
        }
        for name in COMMANDS
    }  # fmt: skip


def _run(words: list[str], cache: str) -> tuple[float, float]:
    """CPU and wall seconds of one command, which must succeed."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # As where it is installed: what Python has compiled is kept, whatever the machine that measures has been told.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(words, check=True, capture_output=True, env={**environment, "SAMVERKAN_CACHE": cache})
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall
