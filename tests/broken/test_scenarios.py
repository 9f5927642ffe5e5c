"""Scenarios with faults, through `samverkan play`: every fault with its place, exit code 2, and no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.broken.running import HERE, command, expected
from tests.cli.running import EXEMPEL

CASES = sorted((HERE / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_says_exactly_this(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = expected(case.read_bytes())
    assert said, "a case says what is expected"
    monkeypatch.chdir(case.parent)
    ran = command("play", case.name, "--plan", EXEMPEL)
    assert (ran.code, ran.err.rstrip("\n").split("\n\n")) == (2, [f"samverkan play: {said[0]}", *said[1:]])
    # What can only be seen when the story has come so far is said after its title.
    assert "»" not in ran.out


def test_as_json_nothing_is_written_before_the_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "scenarios")
    ran = command("play", "om-ingen.yaml", "--plan", EXEMPEL, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("samverkan play: om-ingen.yaml:9:3: fel: ")


def test_a_plan_that_the_scenario_names_and_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "scenarios")
    ran = command("play", "okand-plan.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("samverkan play: fel: det finns ingen plan 'exmpel'.")
