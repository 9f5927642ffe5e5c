"""How long commands take beside a Python that does nothing: run in turn, medians and ratios (the goals: --help 6, decide 20)."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

SAMVERKAN = str(Path(sys.executable).with_name("samverkan"))
SITUATION = [
    "decide", "--event", "minor_involved S1 seller", "--fact", "stay_municipality=hallstahammar", "--at", "2026-05-16 23:10",
]  # fmt: skip
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "samverkan --help": [SAMVERKAN, "--help"],
    "samverkan decide": [SAMVERKAN, *SITUATION],
    "samverkan decide --matcher compiled": [SAMVERKAN, *SITUATION, "--matcher", "compiled"],
}


@pytest.mark.benchmark(group="starting")
def test_starting(benchmark: BenchmarkFixture, request: pytest.FixtureRequest) -> None:
    measuring = bool(request.config.getoption("--benchmark-enable") or request.config.getoption("--benchmark-only"))
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}

    def in_turn() -> None:
        for name, words in COMMANDS.items():
            begun = time.perf_counter()
            subprocess.run(words, check=True, capture_output=True)
            taken[name].append(time.perf_counter() - begun)

    benchmark.pedantic(  # type: ignore[no-untyped-call]
        in_turn, rounds=11 if measuring else 1, warmup_rounds=1 if measuring else 0
    )
    medians = {name: statistics.median(times) for name, times in taken.items()}
    least = medians["python -c pass"]
    benchmark.extra_info.update({name: round(median / least, 1) for name, median in medians.items()})
    for name, median in medians.items():
        print(f"{name:40} {median * 1000:7.1f} ms  x{median / least:.1f}")
    assert len(medians) == len(COMMANDS)
