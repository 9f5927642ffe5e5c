"""The guide for whoever leads a training day: its exercises exist and take as long as it says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from samverkan.exercise.briefing import minutes
from samverkan.exercise.pacing import stops, told
from samverkan.exercise.playing import play
from samverkan.exercise.scenario_files import read_outline, read_scenario
from samverkan.plan.loading import load_plan
from samverkan.plan.places import shipped

GUIDE = (Path(__file__).parents[2] / "docs" / "utbildningsdagen.md").read_text(encoding="utf-8")
ROW = re.compile(r"\| (\d\d)\.(\d\d) \| (?:`([a-z0-9-]+)`|genomgång) \| (\d+) \|")

ABOUT = 10
"""Minutes that a changed rule may add or take before the guide must say so."""


@cache
def takes(scenario: str) -> int:
    outline = read_outline(shipped("scenarios") / f"{scenario}.yaml")
    plan = load_plan(outline.plan)
    return minutes(stops(told(play(plan, read_scenario(plan, outline)))))


def test_the_days_hold() -> None:
    rows = ROW.findall(GUIDE)
    assert len(rows) == 12
    ends = 0
    for hour, minute, scenario, said in rows:
        begins = 60 * int(hour) + int(minute)
        assert begins >= ends or begins == 9 * 60, f"{scenario} begins before the one before it is over"
        real = takes(scenario) if scenario else int(said)
        assert abs(real - int(said)) <= ABOUT, f"{scenario} takes {real} minutes"
        ends = begins + real


def test_the_real_case_takes_as_long_as_it_says() -> None:
    (said,) = re.findall(r"`vasteras-hotell`.*ungefär (\d+) minuter", GUIDE)
    assert abs(takes("vasteras-hotell") - int(said)) <= ABOUT
