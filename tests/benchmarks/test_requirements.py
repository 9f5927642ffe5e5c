"""How long it takes to check every requirement of the county's plan on 100 000 generated situations (`make bench`)."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from samverkan.audit.situations import Situations, Tally
from samverkan.plan.loading import load_plan


@pytest.mark.benchmark(group="requirements")
def test_generated_situations(benchmark: BenchmarkFixture, request: pytest.FixtureRequest) -> None:
    measuring = bool(request.config.getoption("--benchmark-enable") or request.config.getoption("--benchmark-only"))
    count = 100_000 if measuring else 1_000
    plan = load_plan("vastmanland")
    tallies: dict[str, Tally] = benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: Situations(plan, 1, date(2026, 12, 31)).check(count), rounds=1
    )
    applied = sum(tally.applied for tally in tallies.values())
    benchmark.extra_info.update({"situations": count, "applied": applied})
    assert [name for name, tally in tallies.items() if tally.unmet] == []
    assert applied > count / 5
