"""No municipality of the county is forgotten: each has units of its own, or a unit that says that it answers there too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samverkan.directory.coverage import directory_problems
from samverkan.plan.loading import load_plan


def test_the_shipped_plan_leaves_no_municipality_to_whoever_answers_everywhere() -> None:
    assert [problem.text for problem in directory_problems(load_plan()) if problem.code == "no-own-unit"] == []


@pytest.mark.parametrize(
    ("unit", "where", "instead"),
    [
        ("norberg-barn", "Norberg", "barn- och ungdomsenheten i Västerås"),
        ("vuxen-annat-lan", "kommun utanför länet", "socialtjänsten för vuxna i Västerås"),
    ],
)
def test_a_unit_that_is_left_out_is_missed(unit: str, where: str, instead: str) -> None:
    plan = load_plan()
    poorer = replace(plan, units={name: its for name, its in plan.units.items() if name != unit})
    found = [problem for problem in directory_problems(poorer) if problem.code == "no-own-unit"]
    assert len(found) == len(set(plan.units[unit].functions))
    for problem in found:
        assert f"när kommunen är {where}, fast andra" in problem.text
        assert instead in problem.text.partition("I stället svarar")[2]
        assert problem.position.file.endswith("agencies.yaml")
