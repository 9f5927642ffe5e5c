"""The silent twins: found by search, always the same, and truly silent where everything else is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.exercise.scenarios import CAUGHT, MET, scenario
from tests.oracle import oracle_decide
from tests.stories import example_plan

from samverkan.exercise.scenario import Scenario
from samverkan.exercise.scenario_files import outlines, read_scenario
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan
from samverkan.plan.places import shipped
from samverkan.review.trace import RuleTrace, trace
from samverkan.review.twins import Twin, silent_twins, tell

CHILD = MET.replace("age: adult", "age: child")


def rules(plan: Plan, *scenarios: Scenario) -> dict[str, RuleTrace]:
    return {rule.id: rule for rule in trace(plan, scenarios).rules}


@pytest.mark.parametrize(
    ("steps", "rule", "text"),
    [
        (CHILD, "barn.orosanmalan", "när steg 1 säger om ålder: 18 år eller äldre"),
        (MET, "saljare.ej-misstankt", "när kvinnan på hotellrummet i steg 1 är köpare"),
    ],
)
def test_a_rule_is_silent_when_one_thing_is_changed(tmp_path: Path, steps: str, rule: str, text: str) -> None:
    found = rules(example_plan(), scenario(tmp_path, steps, {"S1": "kvinnan på hotellrummet"}))[rule]
    assert [(showing.scenario, showing.subject) for showing in found.showings] == [("provet", "S1")]
    assert found.twin is not None
    assert (found.twin.scenario, found.twin.subject, found.twin.text) == ("provet", "S1", text)


def test_a_rule_that_holds_for_two_reasons_has_no_twin(tmp_path: Path) -> None:
    """Either meeting gives her the role, so nothing that is changed alone silences the rule: the scenario shows too little."""
    twice = scenario(tmp_path, MET + MET.replace("21:10", "22:10"), {"S1": "kvinnan"})
    found = trace(example_plan(), [twice])
    assert "saljare.ej-misstankt" in [rule.id for rule in found.never_silent]
    once = trace(example_plan(), [scenario(tmp_path, MET, {"S1": "kvinnan"})])
    assert "saljare.ej-misstankt" not in [rule.id for rule in once.never_silent]


def test_a_rule_that_is_not_shown_has_neither_showing_nor_twin(tmp_path: Path) -> None:
    found = rules(example_plan(), scenario(tmp_path, MET, {"S1": "kvinnan"}))["barn.orosanmalan"]
    assert (found.showings, found.twin) == ((), None)


def test_a_rule_for_a_purchase_is_silent_about_that_purchase(tmp_path: Path) -> None:
    found = rules(example_plan(), scenario(tmp_path, MET + CAUGHT))
    twin = found["kopare.stod"].twin
    assert twin is not None
    assert twin.subject == "B1"


def test_what_the_scenario_expects_is_told_apart(tmp_path: Path) -> None:
    steps = MET + "  due: [stod.saljare/information S1]\n"
    found = rules(example_plan(), scenario(tmp_path, steps, {"S1": "kvinnan"}))
    assert [showing.expected for showing in found["stod.saljare"].showings] == [True]
    assert [showing.expected for showing in found["saljare.ej-misstankt"].showings] == [False]


@pytest.fixture(scope="module")
def shipped_twins() -> tuple[Plan, dict[str, Scenario], dict[str, Twin]]:
    """The twins that the four shortest shipped scenarios have."""
    plan = load_plan()
    scenarios = [read_scenario(plan, outline) for outline in outlines(shipped("scenarios"))]
    few = sorted(scenarios, key=lambda one: (len(one.steps), one.id))[:4]
    return plan, {one.id: one for one in few}, silent_twins(plan, tell(plan, few))


@pytest.mark.slow
@pytest.mark.xdist_group("trace")
def test_every_twin_of_the_shipped_plan_is_what_it_says(shipped_twins: tuple[Plan, dict[str, Scenario], dict[str, Twin]]) -> None:
    _, scenarios, twins = shipped_twins
    assert len(twins) > 50
    assert {"without", "fact"} <= {twin.variant.kind for twin in twins.values()}
    for rule, twin in twins.items():
        story = list(scenarios[twin.scenario].events)
        changed = set(story) ^ set(twin.variant.events)
        if twin.variant.kind != "date" or twin.variant.step:
            ids = {event.id for event in changed}
            assert len(ids) == 1, f"{rule}: {ids}"
        else:
            assert {e.id for e in twin.variant.events} == {e.id for e in story}
            assert {(e.type, e.about, e.facts, e.mark) for e in twin.variant.events} == {
                (e.type, e.about, e.facts, e.mark) for e in story
            }


@pytest.mark.slow
@pytest.mark.xdist_group("trace")
def test_the_oracle_finds_the_twins_silent_too(shipped_twins: tuple[Plan, dict[str, Scenario], dict[str, Twin]]) -> None:
    plan, scenarios, twins = shipped_twins
    shortest = min(scenarios.values(), key=lambda one: len(one.steps)).id
    few = [(rule, twin) for rule, twin in twins.items() if twin.scenario == shortest][::9][:2]
    assert few
    for rule, twin in few:
        steps = scenarios[twin.scenario].steps
        shown = oracle_decide(plan, [event for step in steps for event in step.events], steps[-1].at)
        silent = oracle_decide(plan, twin.variant.events, twin.variant.until)
        assert any((d.rule, d.subject) == (rule, twin.subject) for d in shown.decisions), rule
        assert not any((d.rule, d.subject) == (rule, twin.subject) for d in silent.decisions), rule


def test_the_same_plan_and_scenarios_have_the_same_twins(tmp_path: Path) -> None:
    one = scenario(tmp_path, CHILD + CAUGHT)
    assert trace(example_plan(), [one]) == trace(example_plan(), [one])
