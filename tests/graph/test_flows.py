"""Every flow of information, with its ground."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.stories import example_plan

from samverkan.graph import flows
from samverkan.plan.loading import load_plan

CITED = "19 kap. 1 § socialtjänstlagen (2025:400)"


def test_the_flows_of_the_example() -> None:
    found = {
        (flow.rule, flow.measure, flow.teller, flow.told, flow.kind, flow.telling, flow.ground, flow.citation, flow.instead)
        for flow in flows(example_plan())
    }
    assert found == {
        ("barn.orosanmalan", "anmalan", "polisen", "socialnamnd-barn", "notify", "identity", "clause", CITED, False),
        ("kopare.barn-anmal", "anmalan", "polisen", "socialnamnd-barn", "notify", "identity", "clause", CITED, False),
        ("betanketid.polis-ansoker", "ansokan", "polisen", "migrationsverket", "apply", "identity", "consent", "", False),
        ("betanketid.namnd-ansoker", "ansokan", "socialnamnd-vuxen", "migrationsverket", "apply", "identity", "consent", "", False),
        ("stod.regionkoordinator", "kontakt", "socialnamnd-vuxen", "regionkoordinator", "notify", "identity", "consent", "", False),
        (
            "stod.regionkoordinator", "radfragan", "socialnamnd-vuxen", "regionkoordinator",
            "consult", "circumstances", "no identity", "", True,
        ),
    }  # fmt: skip


def test_no_identity_is_told_without_a_ground() -> None:
    for flow in flows(load_plan("vastmanland")):
        assert flow.telling == "circumstances" or flow.ground in ("clause", "consent"), flow
        assert flow.telling == "identity" or flow.kind != "apply", flow


def test_every_telling_measure_of_each_bearer_is_there() -> None:
    plan = load_plan("vastmanland")
    wanted = set()
    for rule in plan.rules.values():
        for first in rule.then:
            for measure in (first, first.if_refused):
                if measure is not None and measure.kind in ("notify", "consult", "apply"):
                    wanted |= {(rule.id, measure.id, teller, measure.object) for teller in measure.who}
    found = [(flow.rule, flow.measure, flow.teller, flow.told) for flow in flows(plan)]
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_a_rule_that_has_ended_cites_the_law_of_its_time() -> None:
    plan = example_plan()
    rule = plan.rules["barn.orosanmalan"]
    old = replace(plan, rules={rule.id: replace(rule, last=date(2020, 1, 1))})
    assert [flow.citation for flow in flows(old)] == ["14 kap. 1 § socialtjänstlagen (2001:453)"]
