"""Where an exercise stops: at what is to be answered or talked about, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from tests.exercise.scenarios import CAUGHT, MET, WHO, scenario
from tests.stories import example_plan

from samverkan.exercise.pacing import Stop, runs, stops, together, told
from samverkan.exercise.playing import play

DONE = "- after: 1 minute\n  done: stod.saljare/information S1\n"
ASKED = "- after: 1 minute\n  declined: stod.saljare/erbjudande S1\n  question: Vad gör ni nu?\n"


def parted(folder: Path, steps: str, who: dict[str, str] | None = None) -> list[Stop]:
    return stops(told(play(example_plan(), scenario(folder, steps, who))))


def numbers(found: list[Stop]) -> list[tuple[list[int], int | None]]:
    return [([t.played.step.number for t in stop.by], stop.at.played.step.number if stop.at else None) for stop in found]


def test_what_needs_no_answer_goes_by(tmp_path: Path) -> None:
    assert numbers(parted(tmp_path, MET + DONE + CAUGHT + "- after: 1 minute\n")) == [([], 1), ([2], 3), ([4], None)]


def test_a_question_stops_without_anything_to_answer(tmp_path: Path) -> None:
    _, second = parted(tmp_path, MET + DONE + ASKED, {"S1": WHO["S1"]})
    assert second.at is not None
    assert (second.at.stops, second.at.asks) == (True, False)


def test_what_the_clock_and_the_event_brought_is_told_once(tmp_path: Path) -> None:
    steps = MET + "- after: 2 hours\n  done: stod.saljare/information S1\n"
    _, last = told(play(example_plan(), scenario(tmp_path, steps, {"S1": WHO["S1"]})))
    assert [d.id.measure for d in last.news.done] == ["information"]
    assert [d.id.measure for d in last.news.flagged] == ["erbjudande"]
    assert {d.id.measure for d in last.played.by_clock.flagged} == {"information", "erbjudande"}


NAMED = {"S1": WHO["S1"]}
SILENT = DONE + "- after: 1 minute\n  acknowledged: stod.saljare/erbjudande S1\n"


def test_steps_without_a_story_go_with_the_one_before(tmp_path: Path) -> None:
    later = "- after: 1 day\n  declined: stod.saljare/erbjudande S1\n"
    steps = MET + DONE.replace("done", "story: Hon vet nu.\n  done") + SILENT + later
    found = [
        [one.played.step.number for one in run]
        for run in runs(told(play(example_plan(), scenario(tmp_path, steps, NAMED))), ZoneInfo("Europe/Stockholm"))
    ]
    assert found == [[1], [2, 3, 4], [5]]


def test_a_run_tells_what_became_of_each_decision_in_the_end(tmp_path: Path) -> None:
    steps = MET + "- after: 2 hours\n" + DONE
    _, *run = told(play(example_plan(), scenario(tmp_path, steps, NAMED)))
    one = together(run)
    assert [d.id.measure for d in one.news.flagged] == ["erbjudande"]
    assert [d.id.measure for d in one.news.done] == ["information"]
    assert one.before is run[0].before
    assert one.played is run[-1].played
