"""Event chains as pictures: who does what, who is told, and that it can be read on paper."""

from __future__ import annotations

from itertools import groupby

import pytest
from tests.stories import example_plan

from samverkan.draw.chain_scene import chain_scenes
from samverkan.draw.measure import measure
from samverkan.draw.rendering import drawn, source_of
from samverkan.draw.scene import Node, Scene
from samverkan.graph.chains import MOST_NODES, chains, set_going
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan


def scenes_of(plan: Plan) -> dict[str, tuple[Scene, ...]]:
    by_event = groupby(chains(plan), key=lambda chain: chain.event)
    return {event: chain_scenes(plan, list(own)) for event, own in by_event}


def node(scene: Scene, text: str, lane: str) -> Node:
    found = [node for node in scene.nodes if node.text == text and node.lane == lane]
    assert len(found) == 1, (text, lane, [node.text for node in scene.nodes])
    return found[0]


def ties(scene: Scene) -> set[tuple[str, str, str, str]]:
    text = {node.id: node.text for node in scene.nodes}
    return {(text[edge.source], text[edge.target], edge.kind, edge.label) for edge in scene.edges}


def test_a_child_in_a_buyers_home() -> None:
    (scene,) = scenes_of(example_plan())["child_in_home"]
    assert scene.title == "Barn i köparens hem"
    assert [lane.label for lane in scene.lanes] == ["Händelser", "Polisen", "Socialtjänstens barn- och ungdomsenhet"]
    told = ties(scene)
    assert ("Barnet, ålder: under 18 år, kan vara under 18 år eller okänt?", "Bedöm oro för barnet", "starts", "ja") in told
    assert ("Bedöm oro för barnet", "Ska: Orosanmälan om barnet efter bedömning", "starts", "misstänks fara illa") in told
    assert ("Ska: Orosanmälan om barnet efter bedömning", "Får veta vem det gäller", "tells", "underrättar") in told
    assert node(scene, "Får veta vem det gäller", "socialnamnd-barn").detail == "stöd i lag"
    assert node(scene, "Bedöm oro för barnet", "polisen").shape == "question"


def test_what_a_refused_consent_leaves() -> None:
    (scene,) = scenes_of(example_plan())["consent_refused"]
    told = ties(scene)
    assert ("Får rådfråga regionkoordinatorn", "Ger råd utan att få veta vem det gäller", "tells", "rådfrågar") in told
    assert not any("underrättar" in tie for tie in told)


def test_a_withdrawn_consent_says_what_happens_at_once() -> None:
    (scene,) = scenes_of(example_plan())["consent_withdrawn"]
    assert "genast" in scene.note


@pytest.mark.parametrize("name", ["exempel", "vastmanland"])
def test_everything_of_every_chain_is_drawn(name: str) -> None:
    plan = example_plan() if name == "exempel" else load_plan(name)
    drawn_scenes = scenes_of(plan)
    for event, own in groupby(chains(plan), key=lambda chain: chain.event):
        measures = [measure for chain in own for step in chain.steps for measure in set_going(plan, event, step)]
        lanes = {lane.id for scene in drawn_scenes[event] for lane in scene.lanes}
        shared = [measure for measure in measures if len(measure.who) >= 3]
        assert {who for measure in measures if measure not in shared for who in measure.who} <= lanes
        assert ("+shared" in lanes) == bool(shared)
        told = {measure.object for measure in measures if measure.kind in ("notify", "consult", "apply")}
        assert told | {measure.offered_by for measure in measures if measure.offered_by} <= lanes


@pytest.mark.parametrize("name", ["exempel", "vastmanland"])
def test_every_picture_can_be_read_on_paper(name: str) -> None:
    plan = example_plan() if name == "exempel" else load_plan(name)
    for event, scenes in scenes_of(plan).items():
        for scene in scenes:
            assert len(scene.nodes) <= MOST_NODES, event
            found = measure(drawn(source_of(scene), "svg", "pygraphviz"))
            assert found.overlaps == (), scene.title
            assert found.smallest >= 9.0, scene.title


def test_chains_of_two_events_are_not_one_picture() -> None:
    plan = example_plan()
    with pytest.raises(ValueError, match="en händelse"):
        chain_scenes(plan, chains(plan))
