"""The overview of the real case: the story can be told from it alone, and it can be read on paper."""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache

import pytest

from samverkan.cli.playing import find_scenario
from samverkan.draw.case_scene import CaseStep, case_scene, case_scenes
from samverkan.draw.measure import measure
from samverkan.draw.rendering import drawn, source_of
from samverkan.draw.scene import Node, Scene
from samverkan.draw.wording import FIXED
from samverkan.exercise.playing import play
from samverkan.exercise.scenario_files import read_scenario
from samverkan.plan.loading import load_plan
from samverkan.wording.recounting import happened, subjects_named
from samverkan.wording.wording import Wording

WITHOUT_DRAWING = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("pyphen", "graphviz", "networkx", "pygraphviz"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
from samverkan.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@lru_cache(maxsize=1)
def scenes() -> tuple[Scene, tuple[Scene, ...]]:
    outline = find_scenario("vasteras-hotell")
    plan = load_plan(outline.plan)
    scenario = read_scenario(plan, outline)
    wording = Wording(plan, scenario.who)
    steps = []
    for one in play(plan, scenario):
        for event, outcome in zip(one.step.events, one.outcomes, strict=True):
            label, mark = happened(wording, event, named=False), event.mark.kind if event.mark is not None else None
            named = subjects_named(wording, event)
            steps.append(CaseStep(one.step.at, label, named, event.id, outcome.answer, mark, event.facts))
    return case_scene(plan, steps, scenario.who), case_scenes(plan, steps, scenario.who)


def said(nodes: tuple[Node, ...]) -> set[tuple[str, str]]:
    return {(node.text.replace(FIXED, " "), node.mark.replace(FIXED, " ")) for node in nodes}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Insats inledd", ""),
        ("Polisen har träffat personen: 18 år eller äldre, kvinna", ""),
        ("Erbjud stödsamtal", "✓ tackat ja"),
        ("Följa med till mötet", "✓ gjort"),
        ("Ta emot personen till samtal; bjuda in personen till ett uppföljande möte", "✓ gjort, 11 juni"),
        ("Erbjud samtal om sexköp", "– avböjt (alla tre)"),
        ("Tyder något på att barnet far illa?", "✓ gjort 15 maj: bedömt utan oro (båda)"),
        ("Strafföreläggande är utfärdat: böter", ""),
        ("Svar på strafföreläggandet: godkänt", ""),
    ],
)
def test_the_story_stands_in_the_overview(text: str, mark: str) -> None:
    assert (text, mark) in said(scenes()[0].nodes)


def test_the_register_is_told_of_and_followed_up() -> None:
    (register,) = [node for node in scenes()[0].nodes if "belastningsregistret i fem år" in node.text]
    assert (register.lane, register.state) == ("aklagare", "done")
    assert any(node.text.startswith("Följa upp insatsen") and node.state == "done" for node in scenes()[0].nodes)


def test_it_is_one_page_that_can_be_read() -> None:
    overview = scenes()[0]
    found = measure(drawn(source_of(overview), "svg", "pygraphviz"))
    assert (found.overlaps, found.smallest >= 9.0, len(overview.nodes) <= 30) == ((), True, True)


def test_four_are_forewarned_in_one_box() -> None:
    (told,) = [node for node in scenes()[0].nodes if node.text == "Har fått veta, utan uppgift om vem"]
    for name in ("Socialjouren", "Kvinnocentrum", "Kriscentrum för män", "Barn- och ungdomsenheten"):
        assert name in told.detail


def test_a_declined_offer_goes_to_nobody() -> None:
    for scene in (scenes()[0], *scenes()[1]):
        declined = {node.id for node in scene.nodes if node.state == "declined"}
        assert not [edge for edge in scene.edges if edge.source in declined]
    assert any(node.state == "declined" for node in scenes()[0].nodes)


def test_what_ran_its_time_is_not_lost() -> None:
    marks = {(text, mark) for scene in scenes()[1] for text, mark in said(scene.nodes)}
    orders = [mark for text, mark in marks if text.startswith("Utfärda strafföreläggande")]
    assert any(mark.endswith("10.00: strafföreläggande är utfärdat") for mark in orders)
    over = [node for scene in scenes()[1] for node in scene.nodes if node.mark.startswith("avslutad")]
    assert over
    assert {node.state for node in over} == {"ended"}


def test_no_event_names_anybody_twice() -> None:
    for scene in scenes()[1]:
        for node in scene.nodes:
            if node.shape == "event" and node.detail:
                assert node.detail not in node.text


def test_without_the_packages_nothing_is_played() -> None:
    words = ["play", "vasteras-hotell", "--trace", "bild.svg"]
    done = subprocess.run([sys.executable, "-c", WITHOUT_DRAWING, *words], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "inte installerat (graphviz, pyphen, networkx)" in done.stderr
    assert "samverkan[draw]" in done.stderr
    assert "Traceback" not in done.stderr
