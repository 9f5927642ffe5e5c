"""What each event sets going, and in which pieces."""

from __future__ import annotations

import pytest
from tests.stories import example_plan

from samverkan.graph.chains import MOST_NODES, Chain, ChainStep, chains, cut, nodes_of, set_going
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan, Ref


def rules_of(plan: Plan, event: str) -> dict[str, ChainStep]:
    return {step.rule: step for chain in chains(plan) if chain.event == event for step in chain.steps}


def test_a_caught_buyer() -> None:
    found = rules_of(example_plan(), "buyer_caught")
    assert found["kopare.stod"] == ChainStep("kopare.stod", "introduces")
    assert found["stod.saljare"] == ChainStep("stod.saljare", "introduces")
    assert found["alder.ta-reda-pa"].via == "introduces"
    # Nobody has said anything of the seller's age: only when it has been assessed is a child reported.
    assert found["barn.orosanmalan"] == ChainStep(
        "barn.orosanmalan", "assessed", Ref("alder.ta-reda-pa", "bedomning"), 1
    )
    assert "kopare.barn-anmal" not in found


def test_an_acceptance_follows_its_offer() -> None:
    found = rules_of(example_plan(), "buyer_caught")
    assert found["stod.folja-med"] == ChainStep("stod.folja-med", "accepted", Ref("stod.saljare", "erbjudande"), 1)


def test_a_deadline_that_passes_is_followed() -> None:
    found = rules_of(example_plan(), "report_received")
    assert found["barn.skyddsbedomning"].via == "occurs"
    assert found["barn.fristen-passerad"] == ChainStep(
        "barn.fristen-passerad", "passed", Ref("barn.skyddsbedomning", "beslut"), 1
    )


def test_an_assessment_leads_to_what_waits_for_it() -> None:
    found = rules_of(example_plan(), "child_in_home")
    assert found["kopare.barn-anmal"] == ChainStep(
        "kopare.barn-anmal", "assessed", Ref("kopare.barn-bedom", "bedomning"), 1
    )


def test_whoever_comes_into_the_case_has_made_no_purchase_yet() -> None:
    found = rules_of(example_plan(), "person_met")
    assert "barn.orosanmalan" in found  # the officer may say that she is a child
    assert not any(rule.startswith("kop.") for rule in found)


def test_an_established_age_reaches_the_purchases_that_are_known() -> None:
    found = rules_of(example_plan(), "age_established")
    assert {"barn.orosanmalan", "kop.av-barn", "kopare.egna-barn-vid-kop-av-barn"} <= found.keys()


def test_only_what_makes_a_conclusion_true_sets_going_what_waits_for_that() -> None:
    plan = load_plan("vastmanland")
    for event in ("trafficking_suspected", "control_suspected", "exploitation_suspected"):
        assert "handel.aklagare" in rules_of(plan, event)
    for event in ("suspicion_dismissed", "control_dismissed", "exploitation_dismissed"):
        assert "handel.aklagare" not in rules_of(plan, event)


def test_consent_opens_what_waits_and_refusal_what_stands_instead() -> None:
    plan = example_plan()
    given = {step.rule: set_going(plan, "consent_given", step) for step in rules_of(plan, "consent_given").values()}
    assert {rule: [m.id for m in measures] for rule, measures in given.items()} == {
        "betanketid.polis-ansoker": ["ansokan"],
        "betanketid.namnd-ansoker": ["ansokan"],
        "stod.regionkoordinator": ["kontakt"],
    }
    for event in ("consent_refused", "consent_withdrawn"):
        refused = {step.rule: set_going(plan, event, step) for step in rules_of(plan, event).values()}
        assert {rule: [m.id for m in measures] for rule, measures in refused.items()} == {
            "stod.regionkoordinator": ["radfragan"]
        }


@pytest.mark.parametrize("name", ["exempel", "vastmanland"])
def test_each_chain_can_be_drawn(name: str) -> None:
    plan = example_plan() if name == "exempel" else load_plan(name)
    for chain in chains(plan):
        assert chain.steps
        assert nodes_of(plan, chain.steps) <= MOST_NODES
        assert chain.phase is None or {plan.rules[step.rule].phase for step in chain.steps} == {chain.phase}


@pytest.mark.parametrize("name", ["exempel", "vastmanland"])
def test_every_rule_is_in_some_chain(name: str) -> None:
    plan = example_plan() if name == "exempel" else load_plan(name)
    reached = {step.rule for chain in chains(plan) for step in chain.steps}
    assert reached == set(plan.rules)


def test_no_rule_twice_in_what_an_event_sets_going() -> None:
    for event, steps in _by_event(chains(load_plan("vastmanland"))).items():
        rules = [step.rule for step in steps]
        assert len(rules) == len(set(rules)), event


def _by_event(found: list[Chain]) -> dict[str, list[ChainStep]]:
    steps: dict[str, list[ChainStep]] = {}
    for chain in found:
        steps.setdefault(chain.event, []).extend(chain.steps)
    return steps


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50])
def test_cutting_keeps_every_step_in_order(count: int) -> None:
    plan = example_plan()
    steps = [ChainStep(rule, "states") for rule in plan.rules]
    pieces = cut(plan, steps, count)
    assert [step for piece in pieces for step in piece] == steps
    assert all(pieces)
    assert len(pieces) <= count
