"""Plans with faults: each file in `broken/` is added to a plan without any, and ends with just what must be said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkan.plan.loading import inspect_files, inspect_plan

HERE = Path(__file__).parent
SOUND = {"plan.yaml": (HERE / "liten" / "plan.yaml").read_bytes()}
CASES = sorted((HERE / "broken").glob("*.yaml"))


def test_the_plan_without_faults_has_none() -> None:
    assert inspect_plan(HERE / "liten").problems == ()


def test_there_are_cases() -> None:
    assert len(CASES) > 70


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_says_exactly_this(path: Path) -> None:
    content = path.read_bytes()
    expected = [line[3:] for line in content.decode().splitlines() if line.startswith("#! ")]
    assert expected, "a case says what is expected"
    reading = inspect_files({**SOUND, path.name: content})
    assert [str(problem) for problem in reading.problems] == expected
    assert (reading.plan is None) == any(": fel: " in line for line in expected)


def test_no_message_is_a_traceback_or_english() -> None:
    lines = [line for path in CASES for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#! ")]
    for line in lines:
        for english in ("expected", "invalid", "error", "must be", "Input should", " not ", "found "):
            assert english not in line
        assert line.rstrip()[-1] in ".?", line
