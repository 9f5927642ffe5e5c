"""The requirements of both layers: each with its source, met on every step of every scenario and on generated situations."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from tests.plan_content.shipped import county

from samverkan.audit.requirements import requirements_of
from samverkan.audit.situations import Situations
from samverkan.decide.events import Event
from samverkan.exercise.playing import play
from samverkan.exercise.scenario_files import read_outline, read_scenario
from samverkan.plan.loading import load_plan
from samverkan.plan.places import shipped

UNTIL = date(2026, 12, 31)


def test_there_are_many_and_each_has_its_source() -> None:
    plan = county()
    assert len(plan.requirements) >= 30
    kinds = Counter(plan.sources[plan.clauses[c].source].kind for its in plan.requirements.values() for c in its.because)
    assert {"convention", "directive", "manual", "brochure", "report", "statute"} <= set(kinds)
    national = load_plan("sverige").requirements
    assert 0 < len(national) < len(plan.requirements)


def test_generated_situations_meet_them() -> None:
    plan = county()
    tallies = Situations(plan, 20261127, UNTIL).check(200 * len(plan.requirements))
    assert {name: tally.unmet for name, tally in tallies.items() if tally.unmet} == {}
    assert [name for name, tally in tallies.items() if tally.applied < 40] == []


@pytest.mark.parametrize("name", sorted(path.stem for path in shipped("scenarios").glob("*.yaml")))
def test_a_scenario_meets_them_at_every_step(name: str) -> None:
    outline = read_outline(shipped("scenarios") / f"{name}.yaml")
    plan = load_plan(outline.plan)
    read = read_scenario(plan, outline)
    events: list[Event] = []
    met = 0
    for played in play(plan, read):
        events += played.step.events
        for judged in requirements_of(plan, events, played.answer.as_of, played.answer):
            assert judged.standing != "unmet", f"{name}, {played.step.number}: {judged}"
            met += judged.standing == "met"
    assert met


@pytest.mark.parametrize("rule", ["barn.orosanmalan", "hemmabarn.bedom", "fara.skydda", "barn.boende"])
def test_taking_a_rule_away_is_noticed(rule: str) -> None:
    plan = county()
    poorer = replace(plan, rules={name: its for name, its in plan.rules.items() if name != rule})
    tallies = Situations(poorer, 1, UNTIL).check(4000)
    assert any(tally.unmet for tally in tallies.values())
