"""The trace of a case: what the engine decided, as it can be seen."""

from __future__ import annotations

import pytest
from tests.draw.pictures import NAMES, consent, hotel, steps_of
from tests.stories import Story, example_plan

from samverkan.decide.answer import DecisionId
from samverkan.draw.case_scene import case_scene, case_scenes
from samverkan.draw.measure import measure
from samverkan.draw.rendering import drawn, source_of
from samverkan.draw.scene import Node, Scene
from samverkan.draw.wording import FIXED
from samverkan.exercise.playing import play
from samverkan.exercise.scenario_files import outlines, read_scenario
from samverkan.plan.loading import load_plan
from samverkan.plan.places import shipped


def plain(text: str) -> str:
    return text.replace(FIXED, " ")


def everything(scenes: tuple[Scene, ...]) -> list[Node]:
    return [node for scene in scenes for node in scene.nodes]


def find(nodes: list[Node], text: str, lane: str) -> list[Node]:
    return [node for node in nodes if node.text == text and node.lane == lane]


def ties(scene: Scene) -> set[tuple[str, str, str, str]]:
    text = {node.id: node.text for node in scene.nodes}
    return {(text[edge.source], text[edge.target], edge.kind, edge.state) for edge in scene.edges}


HOTEL = steps_of(hotel())
PAGES = case_scenes(example_plan(), HOTEL, NAMES, title="Hotellet")


def test_a_child_is_reported_and_the_penalty_order_is_taken_back() -> None:
    nodes = everything(PAGES)
    (report,) = find(nodes, "Orosanmälan när ett barn utnyttjas", "polisen")
    assert (report.state, report.mark, report.shape) == ("due", "● ska genast", "decision")
    (order,) = find(nodes, "Utfärda strafföreläggande", "aklagare")
    assert order.state == "gone"
    assert plain(order.mark) == "✕ återtagen 15 maj kl. 09.00"
    assert order.detail == "köp 1–3"
    (lead,) = find(nodes, "Leda förundersökningen", "aklagare")
    assert lead.state == "due"


def test_who_gets_to_know_stands_at_the_end_of_the_line() -> None:
    last = PAGES[-1]
    assert ("Ålder fastställd", "Orosanmälan när ett barn utnyttjas", "starts", "due") in ties(last)
    assert ("Orosanmälan när ett barn utnyttjas", "Ska få veta vem det gäller", "tells", "due") in ties(last)
    (receiver,) = find(list(last.nodes), "Ska få veta vem det gäller", "socialnamnd-barn")
    assert receiver.detail == "barn- och ungdomsenheten i Västerås"


def test_what_is_done_and_declined() -> None:
    nodes = everything(PAGES)
    (done,) = [node for node in find(nodes, "Informera om vilket stöd som finns", "polisen") if node.state == "done"]
    assert plain(done.mark) == "✓ gjort 14 maj kl. 21.50"
    offers = find(nodes, "Erbjud samtal om sexköp", "polisen")
    assert {(node.state, node.detail.split("\n")[0]) for node in offers} == {
        ("declined", "köpare 1"),
        ("overdue", "köpare 2–3"),
    }
    assert plain(next(node for node in offers if node.state == "declined").mark) == "– avböjt 14 maj kl. 21.45"


def test_times_stand_over_the_columns() -> None:
    headings = [plain(column.heading) for scene in PAGES for column in scene.columns]
    assert list(dict.fromkeys(headings)) == [
        "14 maj kl. 21.10", "14 maj kl. 21.20", "14 maj kl. 21.45", "14 maj kl. 21.50", "15 maj kl. 09.00",
    ]  # fmt: skip


def test_nobody_is_told_before_consent() -> None:
    scene = case_scene(example_plan(), steps_of(consent()), NAMES)
    (waits,) = find(list(scene.nodes), "Regionkoordinatorn kontaktas med samtycke", "socialnamnd-vuxen")
    assert (waits.state, waits.mark) == ("ask_first", "? fråga först")
    (ask,) = find(list(scene.nodes), "Fråga personen om regionkoordinatorn får underrättas", "socialnamnd-vuxen")
    assert ask.state == "due"
    (other,) = [node for node in scene.nodes if node.lane == "regionkoordinator"]
    assert (other.text, other.detail, other.state) == ("Får inget veta", "väntar på samtycke", "faded")
    assert ("Regionkoordinatorn kontaktas med samtycke", "Får inget veta", "tells", "ask_first") in ties(scene)


def test_a_consent_opens_and_its_withdrawal_tells() -> None:
    story = consent()
    other = "regionkoordinator"
    story.event("consent_given", "S1", "2020-05-14 22:30", telling="identity", how="muntligt", recipient=other)
    story.mark("done", "stod.regionkoordinator/kontakt S1", "2020-05-14 22:40")
    story.event("consent_withdrawn", "S1", "2020-05-15 09:00", recipient=other)
    nodes = everything(case_scenes(example_plan(), steps_of(story), NAMES))
    (contact,) = find(nodes, "Regionkoordinatorn kontaktas med samtycke", "socialnamnd-vuxen")
    assert contact.state == "done"
    assert find(nodes, "Har fått veta vem det gäller", "regionkoordinator")
    (ended,) = find(nodes, "Berätta för regionkoordinatorn att samtycket har upphört", "socialnamnd-vuxen")
    assert ended.state == "due"
    assert find(nodes, "Ska få veta att samtycket har upphört", "regionkoordinator")


def test_what_was_missed_is_shown_as_such() -> None:
    missed = [DecisionId("barn.orosanmalan", "anmalan", "S1", "polisen")]
    scene = case_scenes(example_plan(), HOTEL, NAMES, missed=missed)[-1]
    (report,) = find(list(scene.nodes), "Orosanmälan när ett barn utnyttjas", "polisen")
    assert (report.state, report.mark) == ("missed", "! missad")


def test_every_state_has_a_word_or_sign() -> None:
    for node in everything(PAGES):
        if node.shape in ("decision", "offer", "question"):
            assert node.mark[0] in "●○✓?–✕!", node


def test_every_decision_of_the_answer_is_in_the_pages() -> None:
    from samverkan.draw.case_reading import read_case

    answer = HOTEL[-1].answer
    read = read_case(example_plan(), HOTEL)
    found = {
        (one.decision.id.rule, one.decision.id.measure, subject, bearer)
        for one in read for subject in one.subjects for bearer in one.bearers
    }  # fmt: skip
    assert found == {(d.id.rule, d.id.measure, d.id.subject, d.id.bearer) for d in answer.decisions}
    assert {node.lane for node in everything(PAGES)} >= {d.id.bearer for d in answer.decisions}


def test_the_pages_can_be_read_on_paper() -> None:
    for scene in (*PAGES, case_scene(example_plan(), HOTEL, NAMES)):
        found = measure(drawn(source_of(scene), "svg", "pygraphviz"))
        assert found.overlaps == (), scene.title
        assert found.smallest >= 9.0, scene.title


def test_a_long_case_is_condensed_and_says_so() -> None:
    whole = case_scene(example_plan(), HOTEL, NAMES)
    assert whole.note.startswith("Översikt")
    assert find(list(whole.nodes), "Orosanmälan när ett barn utnyttjas", "polisen")


def test_a_case_without_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="utan steg"):
        case_scene(example_plan(), [], NAMES)


@pytest.mark.parametrize("outline", outlines(shipped("scenarios")), ids=lambda outline: outline.id)
def test_the_shipped_scenarios_can_be_read_on_paper(outline: object) -> None:
    from samverkan.draw.case_scene import CaseStep
    from samverkan.exercise.scenario_files import Outline

    assert isinstance(outline, Outline)
    plan = load_plan("vastmanland")
    scenario = read_scenario(plan, outline)
    steps = [
        CaseStep(one.step.at, "något händer", (), one.step.events[0].id if one.step.events else None, one.answer)
        for one in play(plan, scenario)
    ]
    for scene in (case_scene(plan, steps, {}), *case_scenes(plan, steps, {})):
        found = measure(drawn(source_of(scene), "svg", "pygraphviz"))
        assert found.overlaps == (), scene.title
        assert found.smallest >= 9.0, scene.title


def test_steps_that_set_nothing_going_are_drawn_too() -> None:
    story = Story(example_plan())
    story.event("moved", "S1", "2013-05-14 21:10", stay_municipality="vasteras")
    steps = steps_of(story)
    assert steps[-1].answer.decisions == ()
    for scene in (case_scene(example_plan(), steps, NAMES), *case_scenes(example_plan(), steps, NAMES)):
        assert [node.text for node in scene.nodes] == ["Flyttat"]
        assert measure(drawn(source_of(scene), "svg", "pygraphviz")).overlaps == ()
