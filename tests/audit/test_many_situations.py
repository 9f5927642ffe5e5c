"""The requirements of the county's plan on generated situations: a hundred thousand in each run."""

from __future__ import annotations

import os
from datetime import date

from samverkan.audit.situations import Situations
from samverkan.plan.loading import load_plan

SITUATIONS = int(os.environ.get("SAMVERKAN_SITUATIONS", "100000"))
"""How many; 100 000 take some ten seconds. Each is checked against every requirement that is for such a subject."""

FLOOR = SITUATIONS // 250
"""In how many of them each requirement applies at the least."""


def test_every_requirement_of_the_county_is_met_in_generated_situations() -> None:
    tallies = Situations(load_plan("vastmanland"), 1, date(2026, 12, 31)).check(SITUATIONS)
    assert {name: tally.unmet for name, tally in tallies.items() if tally.unmet} == {}
    applied = sorted((tally.applied, name) for name, tally in tallies.items())
    print(f"{SITUATIONS} situations, {sum(times for times, _ in applied)} times a requirement applied; fewest:")
    for times, name in applied[:5]:
        print(f"{times:7} {name}")
    assert [(name, times) for times, name in applied if times < FLOOR] == []
    assert sum(times for times, _ in applied) > 4 * SITUATIONS
