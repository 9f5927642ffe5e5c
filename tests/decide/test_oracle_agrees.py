"""The engine and the oracle, which was written from the contract alone, say the same of generated plans and histories."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, note, settings
from tests.comparing import differences
from tests.generators import Case, cases, show
from tests.oracle import oracle_decide

from samverkan.decide.deciding import decide

HISTORIES = int(os.environ.get("SAMVERKAN_HISTORIES", "250"))
"""How many histories are compared; more with `make test-deep`."""


@settings(max_examples=HISTORIES, derandomize=HISTORIES <= 1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_the_engine_says_what_the_oracle_says(case: Case) -> None:
    found = differences(decide(case.plan, case.events, case.as_of), oracle_decide(case.plan, case.events, case.as_of))
    note(show(case.plan, case.events))
    note(f"as of {case.as_of}")
    assert not found, "\n".join(found)
