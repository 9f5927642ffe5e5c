"""The catalogue of responsibilities (docs/catalogue.md) names rules that exist, and every rule of the plan stands at some point."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.plan_content.shipped import county

CATALOGUE = Path(__file__).parents[2] / "docs" / "catalogue.md"
ROW = re.compile(r"^\| (?P<point>[A-H]\d+[a-z]?) \| (?P<text>[^|]+) \| (?P<rules>[^|]+) \|$", re.MULTILINE)
POINTS = {
    found["point"]: (found["text"], re.findall(r"`([^`]+)`", found["rules"]))
    for found in ROW.finditer(CATALOGUE.read_text("utf-8"))
}

LAST = {"A": 8, "B": 22, "C": 28, "D": 34, "E": 45, "F": 50, "G": 56, "H": 63}
"""The last number of each chapter; the numbers run on from chapter to chapter."""


def test_no_point_is_left_out() -> None:
    first = 1
    for chapter, last in LAST.items():
        for number in range(first, last + 1):
            assert f"{chapter}{number}" in POINTS
        first = last + 1


@pytest.mark.parametrize("point", POINTS)
def test_every_point_has_rules_that_exist(point: str) -> None:
    text, rules = POINTS[point]
    assert text.strip()[-1] == "."
    assert rules
    assert [rule for rule in rules if rule not in county().rules] == []


def test_every_rule_stands_at_some_point() -> None:
    named = {rule for _, rules in POINTS.values() for rule in rules}
    assert set(county().rules) - named == set()
