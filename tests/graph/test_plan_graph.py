"""The graph says everything that the plan says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from tests.stories import example_plan

from samverkan.graph import plan_graph
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan


@pytest.fixture(params=["exempel", "vastmanland"], scope="module")
def plan(request: pytest.FixtureRequest) -> Plan:
    return example_plan() if request.param == "exempel" else load_plan("vastmanland")


def edges(graph: nx.MultiDiGraph[str], sort: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, data in graph.edges(data=True) if data["sort"] == sort}


def one(graph: nx.MultiDiGraph[str], source: str, target: str, sort: str) -> Mapping[str, Any]:
    found = [data for data in graph.get_edge_data(source, target).values() if data["sort"] == sort]
    assert len(found) == 1
    return found[0]


def test_every_word_is_a_node(plan: Plan) -> None:
    graph = plan_graph(plan)
    wanted = {
        "function": {word: each.label for word, each in plan.functions.items()},
        "event": {word: each.label for word, each in plan.events.items()},
        "fact": {word: each.label for word, each in plan.facts.items()},
        "conclusion": {word: each.label for word, each in plan.conclusions.items()},
        "information": dict(plan.information),
        "offer": dict(plan.offers),
        "act": {word: each.label for word, each in plan.acts.items()},
        "rule": {word: each.title for word, each in plan.rules.items()},
    }
    for sort, words in wanted.items():
        assert {data["id"]: data["label"] for _, data in graph.nodes(data=True) if data["sort"] == sort} == words


def test_every_measure_is_owed_and_borne(plan: Plan) -> None:
    graph = plan_graph(plan)
    owed, borne, offered = set(), set(), set()
    for rule in plan.rules.values():
        for first in rule.then:
            for measure in (first, first.if_refused):
                if measure is not None:
                    node = f"measure:{rule.id}/{measure.id}"
                    owed.add((f"rule:{rule.id}", node))
                    borne |= {(node, f"function:{bearer}") for bearer in measure.who}
                    offered |= {(node, f"function:{measure.offered_by}")} if measure.offered_by else set()
    assert edges(graph, "owes") == owed
    assert edges(graph, "borne by") == borne
    assert edges(graph, "offered by") == offered


def test_every_event_is_tied_to_what_it_states(plan: Plan) -> None:
    graph = plan_graph(plan)
    for event in plan.events.values():
        stated = {graph.nodes[target]["id"] for _, target in graph.out_edges(f"event:{event.id}") if target[:4] in ("fact", "conc")}
        assert stated == {says.fact for says in event.says}


def test_flows_carry_what_is_told_and_why() -> None:
    graph = plan_graph(example_plan())
    report = one(graph, "measure:barn.orosanmalan/anmalan", "function:socialnamnd-barn", "told to")
    assert (report["kind"], report["telling"], report["clause"], report["consent"]) == (
        "notify", "identity", "sol/anmalningsplikt", None,
    )  # fmt: skip
    assert (report["strength"], report["deadline"]) == ("must", "at once")
    contact = one(graph, "measure:stod.regionkoordinator/kontakt", "function:regionkoordinator", "told to")
    assert (contact["clause"], contact["consent"]) == (None, "regionkoordinator")


def test_rules_are_tied_to_each_other() -> None:
    graph = plan_graph(example_plan())
    assert ("measure:stod.saljare/erbjudande", "rule:stod.folja-med") in edges(graph, "accepted")
    assert edges(graph, "passed") == {("measure:barn.skyddsbedomning/beslut", "rule:barn.fristen-passerad")}
    assert ("event:report_received", "rule:barn.skyddsbedomning") in edges(graph, "occurs")
    assert edges(graph, "if refused") == {
        ("measure:stod.regionkoordinator/kontakt", "measure:stod.regionkoordinator/radfragan")
    }
    assert ("measure:betanketid.polis-ansoker/ansokan", "measure:betanketid.namnd-ansoker/ansokan") in edges(graph, "or")
    assert ("event:wish_stated", "measure:betanketid.polis-ansoker/ansokan") in edges(graph, "consents")


def test_conclusions_stand_between_facts_and_rules() -> None:
    graph = plan_graph(example_plan())
    read = edges(graph, "read by")
    assert {("fact:agreement", "conclusion:completed"), ("conclusion:completed", "rule:kop.av-barn")} <= read
    assert ("fact:agreement", "rule:kop.av-barn") not in read
    assert ("fact:age", "conclusion:buys_from_child") in read
    unless = one(graph, "fact:reflection_period", "rule:betanketid.polis-ansoker", "read by")
    assert unless["unless"] is True
    assert unless["values"] == ("applied", "granted", "refused")


def test_overrides() -> None:
    plan = load_plan("vastmanland")
    wanted = {(f"rule:{rule.id}", f"rule:{each.rule}") for rule in plan.rules.values() for each in rule.overrides}
    assert edges(plan_graph(plan), "overrides") == wanted


def test_a_word_that_nobody_declared_is_refused() -> None:
    plan = example_plan()
    broken = replace(plan, functions={word: each for word, each in plan.functions.items() if word != "socialnamnd-barn"})
    with pytest.raises(ValueError, match="socialnamnd-barn"):
        plan_graph(broken)
