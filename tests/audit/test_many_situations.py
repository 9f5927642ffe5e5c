"""The requirements of the county's plan on generated situations: a hundred thousand in each run."""

from __future__ import annotations

import os
from datetime import date

from samverkan.audit.situations import Situations
from samverkan.plan.loading import load_plan

SITUATIONS = int(os.environ.get("SAMVERKAN_SITUATIONS", "100000"))
"""How many; 100 000 take some seven seconds."""


def test_every_requirement_of_the_county_is_met_in_generated_situations() -> None:
    tallies = Situations(load_plan("vastmanland"), 1, date(2026, 12, 31)).check(SITUATIONS)
    assert [name for name, tally in tallies.items() if tally.unmet] == []
    assert sum(tally.applied for tally in tallies.values()) > SITUATIONS / 5
