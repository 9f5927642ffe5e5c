"""Playing: what each step brings, by the clock and by the event, and what is expected of it."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.exercise.scenarios import CAUGHT, MET, scenario
from tests.stories import example_plan

from samverkan.case.times import read_time
from samverkan.decide.answer import Decision
from samverkan.decide.asjson import canonical
from samverkan.exercise.as_json import played_to_json
from samverkan.exercise.playing import Played, play
from samverkan.exercise.scenario_files import Outline, outlines, read_scenario
from samverkan.plan.errors import PlanError
from samverkan.plan.loading import load_plan
from samverkan.plan.places import shipped

PLAN = example_plan()
ZONE = ZoneInfo(PLAN.timezone)
WOMAN = {"S1": "kvinnan"}


def plays(folder: Path, steps: str, who: dict[str, str] | None = None) -> list[Played]:
    return play(PLAN, scenario(folder, steps, who))


def named(decisions: tuple[Decision, ...]) -> set[str]:
    return {f"{d.id.rule}/{d.id.measure} {d.id.subject}" for d in decisions}


def test_a_step_tells_what_its_event_brought(tmp_path: Path) -> None:
    met, caught = plays(tmp_path, MET + CAUGHT)
    assert named(met.changes.due) == {
        "stod.saljare/information S1",
        "stod.saljare/erbjudande S1",
        "saljare.ej-misstankt/avsta S1",
    }
    assert named(caught.changes.due) == {
        "kopare.stod/information B1",
        "kopare.stod/erbjudande B1",
        "kop.boter-strafforelaggande/forelaggande K1",
        "saljare.vittne/information S1",
    }
    assert not caught.by_clock
    (outcome,) = caught.outcomes
    assert {d.id for d in outcome.due} == {d.id for d in caught.changes.due}


def test_time_alone_brings_something_too(tmp_path: Path) -> None:
    steps = MET + "- after: 2 hours\n  done: stod.saljare/information S1\n- after: 1 minute\n"
    met, late, waited = plays(tmp_path, steps, WOMAN)
    assert not met.by_clock
    assert named(late.by_clock.flagged) == {"stod.saljare/information S1", "stod.saljare/erbjudande S1"}
    assert named(late.changes.done) == {"stod.saljare/information S1"}
    assert waited.outcomes == ()
    assert not waited.changes
    assert not waited.by_clock


def test_what_is_done_at_its_deadline_is_not_told_as_overdue(tmp_path: Path) -> None:
    _, done = plays(tmp_path, MET + "- after: 1 hour\n  done: stod.saljare/information S1\n", WOMAN)
    assert not done.by_clock
    assert named(done.changes.done) == {"stod.saljare/information S1"}
    assert not done.changes.flagged


def test_overdue_is_told_after_the_minute_of_the_deadline(tmp_path: Path) -> None:
    _, at, after = plays(tmp_path, MET + "- after: 1 hour\n- after: 1 minute\n", WOMAN)
    assert not at.changes.flagged
    assert not at.by_clock
    assert named(after.by_clock.flagged) == {"stod.saljare/information S1", "stod.saljare/erbjudande S1"}


def test_marks_at_once_are_told_as_one_change(tmp_path: Path) -> None:
    both = "  - done: stod.saljare/information S1\n  - declined: stod.saljare/erbjudande S1\n"
    _, one = plays(tmp_path, f"{MET}- after: 10 minutes\n  marks:\n{both}", WOMAN)
    assert len(one.outcomes) == 2
    assert one.answer == one.outcomes[-1].answer
    assert named(one.changes.done) == {"stod.saljare/information S1"}
    assert named(one.changes.declined) == {"stod.saljare/erbjudande S1"}
    apart = "- after: 10 minutes\n  done: stod.saljare/information S1\n- after: 0 minutes\n  declined: stod.saljare/erbjudande S1\n"
    stood = [[(d.id, d.status) for d in played.answer.decisions] for played in (plays(tmp_path, MET + apart, WOMAN)[-1], one)]
    assert stood[0] == stood[1]


def test_asking_stands_with_what_waits_for_it(tmp_path: Path) -> None:
    steps = "- at: 2017-05-16 12:00\n  event: trafficking_suspected\n  about: S1 seller\n"
    (only,) = plays(tmp_path, steps, WOMAN)
    assert {"stod.regionkoordinator/kontakt S1", "samtycke/ask:regionkoordinator S1"} <= named(only.changes.ask_first)


@pytest.mark.parametrize(
    ("expectation", "met"),
    [
        ("due: [stod.saljare/information S1]", True),
        ("due: [stod.saljare S1]", True),
        ("due: [barn.orosanmalan/anmalan S1]", False),
        ("due: [barn.orosanmalan S1]", False),
        ("due: [saljare.ej-misstankt/avsta S1]", True),
        ("due: [saljare.ej-misstankt/avsta S1 by aklagare]", True),
        ("due: [stod.saljare/information S1, barn.orosanmalan/anmalan S1]", False),
        ("not: [barn.orosanmalan S1]", True),
        ("not: [stod.saljare/erbjudande S1]", False),
        ("not: [stod.saljare S1]", False),
        ("done: [stod.saljare/information S1]", False),
        ("declined: [stod.saljare/erbjudande S1]", False),
        ("ask: [stod.saljare/information S1]", False),
        ("overdue: [stod.saljare/information S1]", False),
        ("exactly: [stod.saljare S1, saljare.ej-misstankt/avsta S1]", True),
        ("exactly: [stod.saljare/information S1, saljare.ej-misstankt/avsta S1]", False),
        ("exactly: [stod.saljare S1, saljare.ej-misstankt/avsta S1, barn.orosanmalan S1]", False),
        ("exactly: []", False),
    ],
)
def test_expectations(tmp_path: Path, expectation: str, met: bool) -> None:
    (only,) = plays(tmp_path, MET + f"  {expectation}\n", WOMAN)
    assert only.met is met
    assert (only.expectations == ()) == (expectation == "exactly: []")


def test_expectations_of_what_has_ended(tmp_path: Path) -> None:
    steps = (
        MET
        + CAUGHT
        + """\
- after: 10 minutes
  declined: kopare.stod/erbjudande B1
- after: 10 minutes
  event: age_established
  about: S1
  facts: {age: child}
  declined: [kopare.stod/erbjudande B1]
  withdrawn: [kop.boter-strafforelaggande/forelaggande K1]
  due: [barn.orosanmalan/anmalan S1, kop.av-barn/forundersokning K1]
- after: 2 hours
  overdue: [barn.orosanmalan/anmalan S1]
- after: 1 minute
  done: barn.orosanmalan/anmalan S1
- after: 1 minute
  done: [barn.orosanmalan/anmalan S1]
"""
    )
    assert [p.met for p in plays(tmp_path, steps)] == [True] * 7


def test_one_of_several_bearers_is_not_enough(tmp_path: Path) -> None:
    """A measure that several bear is due only while it is due for each of them, unless one is named."""
    steps = """\
- at: 2013-05-14 12:00
  event: operation_started
  about: O1 operation
- after: 1 hour
  done: insats.jour/jour O1 by polisen
  due: [insats.jour/jour O1 by aklagare]
"""
    _, done = plays(tmp_path, steps, {"O1": "insatsveckan"})
    assert done.met


def test_unmet_expectations_tell_what_was_found(tmp_path: Path) -> None:
    (only,) = plays(tmp_path, MET + "  done: [stod.saljare/information S1]\n  exactly: [stod.saljare/information S1]\n", WOMAN)
    (done, named_) = only.expectations
    assert [d.status for d in done.found] == ["due"]
    assert named_.met
    assert named(only.unexpected) == {"stod.saljare/erbjudande S1", "saljare.ej-misstankt/avsta S1"}


def test_an_impossible_event_has_its_place(tmp_path: Path) -> None:
    steps = MET + "- after: 1 hour\n  event: person_met\n  about: S1\n  facts: {citizenship: swedish, permit: none}\n"
    with pytest.raises(PlanError, match=r"provet\.yaml:14:3: fel: Händelsen 'steg-2' ger uppgifter om S1 som inte kan stämma"):
        plays(tmp_path, steps, WOMAN)


def test_until_when(tmp_path: Path) -> None:
    read = scenario(tmp_path, MET + CAUGHT)
    instants = [read_time(text, ZONE) for text in ("2013-05-14 21:15", "2013-05-14 21:20", "2013-05-16 12:00")]
    early, exact, later = (play(PLAN, read, as_of=at) for at in instants)
    assert len(early) == 2
    assert (early[1].step.events, early[1].step.at, early[1].step.number) == ((), instants[0], 2)
    assert len(exact) == 2
    assert exact[1].step.events
    assert len(later) == 3
    assert later[2].by_clock.flagged


@pytest.mark.parametrize("outline", outlines(shipped("scenarios")), ids=lambda outline: outline.id)
def test_every_shipped_scenario_comes_true_with_each_matcher(outline: Outline) -> None:
    plan = load_plan(outline.plan)
    read = read_scenario(plan, outline)
    ours, durable = play(plan, read, "compiled"), play(plan, read, "auto")
    assert [one.step.number for one in ours if not one.met] == []
    assert canonical(played_to_json(plan, read, ours)) == canonical(played_to_json(plan, read, durable))
