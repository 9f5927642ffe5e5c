"""The deep profile compares what it says, tells a difference so that it can be understood, and says so by its exit code."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.deep import __main__ as deep
from tests.deep import lives, stories
from tests.deep.states import Batch, compare
from tests.deep.stories import Fault, first_fault, shrunk
from tests.generators.deliveries import Told
from tests.generators.thick import thick_plan

from samverkan.case import ledger
from samverkan.decide.answer import Answer
from samverkan.decide.deciding import decide
from samverkan.decide.groups import State, groups
from samverkan.decide.matching import Compiled, Found

SIZES = {
    "states": ("--plans", "5", "--states", "50", "--oracle", "5"),
    "stories": ("--stories", "4", "--shrink", "1"),
    "lives": ("--lives", "4", "--json"),
}


class Forgetful(Compiled):
    """A matcher that never finds the first term of a group true."""

    def match(self, group: int, state: State) -> Found:
        true, possible = super().match(group, state)
        return true & ~1, possible


@pytest.mark.parametrize("seed", range(4))
def test_a_matcher_that_is_wrong_is_found_and_told_by_rule_and_values(seed: int) -> None:
    plan = thick_plan(seed)
    batch = Batch(seed)
    compare(batch, f"thick_plan({seed})", plan, 200, 0, {"forgetful": Forgetful(groups(plan))})
    assert len(batch.differences) > 0
    wrong = {group.rules[0].rule.id for group in groups(plan)}
    told = {line.split()[1].rstrip(":") for text in batch.differences for line in text.splitlines() if line.startswith("  rule ")}
    assert told
    assert told <= wrong
    assert all(f"thick_plan({seed}), group " in text for text in batch.differences)


def test_an_engine_that_is_wrong_is_found_and_its_story_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """`decide` in one go is made to forget what is declined: the story that is left is about an offer and a no."""

    def forgetful(*given: object) -> Answer:
        answer = decide(*given)  # type: ignore[arg-type]
        return replace(answer, decisions=tuple(d for d in answer.decisions if d.status != "declined"))

    monkeypatch.setattr(stories, "decide", forgetful)
    story, fault = next((s, f) for s in stories.stories(4, 60) if (f := first_fault(s)) is not None and "only" in f.category)
    small = shrunk(story, fault.category, 600)
    assert isinstance(first_fault(small, fault.category), Fault)
    assert isinstance(small, Told)
    assert len(small.events) == 2
    assert len(small.plan.rules) == 1
    assert "declined" in repr(small)


@pytest.mark.parametrize("kind", SIZES)
def test_a_round_tells_what_it_compared(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep, "SIZES", SIZES)
    found = deep.Found(7, 1, 1)
    found.add(*deep.one_round(kind, 700))
    assert (found.rounds[kind], found.seeds[kind], found.differences) == (1, [700], [])
    if kind == "lives":
        assert found.covered.lives == 4
        assert found.covered.steps >= 4
        assert found.covered.doings["fire"] > 4
        return
    assert found.states > 200 if kind == "states" else found.stories >= 2 and found.steps >= found.stories
    assert found.states >= found.states_with_oracle >= (20 if kind == "states" else 0)


def test_a_round_that_ends_badly_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep, "SIZES", {"states": ("--plans", "101")})
    found = deep.Found(7, 1, 1)
    found.add(*deep.one_round("states", 700))
    assert len(found.differences) == 1
    assert "seed 700" in found.differences[0]
    assert "at most 100 plans" in found.differences[0]
    assert sum(found.categories.values()) == 1


def test_it_goes_on_for_its_time_and_leaves_a_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deep, "SIZES", SIZES)
    out = tmp_path / "made" / "deep.json"
    assert deep.main(["--minutes", "0.02", "--seed", "3", "--out", str(out)]) == 0
    told = json.loads(out.read_text("utf-8"))
    assert told["seed"] == 3
    assert sum(told["rounds"].values()) >= 1
    assert told["differences"] == []
    assert "Seed 3; rounds: " in capsys.readouterr().out
    assert [path.name for path in out.parent.iterdir()] == ["deep.json"]


def test_what_is_found_ends_in_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deep, "SIZES", {"states": ("--plans", "101"), "stories": ("--stories", "-1")})
    out = tmp_path / "deep.json"
    assert deep.main(["--minutes", "0.01", "--seed", "3", "--out", str(out)]) == 1
    found = json.loads(out.read_text("utf-8"))["differences"]  # one for each round that the time was enough for
    assert found
    assert f"Differences: {len(found)}." in capsys.readouterr().out


def test_time_is_shared_between_states_stories_and_lives() -> None:
    found = deep.Found(1, 1, 60)
    given = {"states": 0, "stories": 0, "lives": 0}
    assert deep.next_kind(found, given) == "states"
    given["states"] = 1
    assert deep.next_kind(found, given) == "stories"
    found.rounds.update(states=1, stories=1)
    found.seconds.update(states=10.0, stories=40.0)
    given.update(stories=1, lives=2)
    assert [deep.next_kind(found, given | {"states": n}) for n in (1, 3, 4, 5)] == ["states", "states", "states", "stories"]


def test_a_case_that_is_wrong_is_found_and_its_life_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions that time has made overdue are left out of the ledger: it no longer adds up to the answers."""
    monkeypatch.setattr(ledger, "due_and_flags", lambda *_: (None, None, ()))
    told = lives.lived_round(1, 5)
    assert told["differences"]
    assert "summed" in told["differences"][0]
    assert "— plan 0:" in told["differences"][0]


def test_a_number_of_lives_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert lives.main(["--lives", "3", "--seed", "5"]) == 0
    out = capsys.readouterr().out
    assert "3 lives, " in out
    assert "transitions: " in out
    assert "Differences: 0." in out
