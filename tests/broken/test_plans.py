"""Plans with faults, through `samverkan check`: each says all that is wrong, and only that, with place, reason and what to do.

A file of `plans/` is added to `tests/plan/liten`, which has no faults; one that names a plan of its own stands alone.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.broken.running import HERE, command, expected

LITEN = HERE.parent / "plan" / "liten"
CASES = sorted((HERE / "plans").glob("*.yaml"))


def checked(tmp_path: Path, case: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    """The exit code and the output of `samverkan check` for a case; files are named without their folder."""
    content = case.read_bytes()
    folder = tmp_path / "liten"
    if re.search(rb"^plan:", content, re.MULTILINE):
        folder.mkdir()
    else:
        shutil.copytree(LITEN, folder)
    (folder / case.name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    ran = command("check", "liten", *words)
    assert ran.err == ""
    return ran.code, ran.out.replace("liten/", "")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_says_exactly_this(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = expected(case.read_bytes())
    assert said, "a case says what is expected"
    code, out = checked(tmp_path, case, monkeypatch)
    *problems, empty, summary = out.rstrip("\n").split("\n")
    assert problems == said
    errors = sum(": fel: " in line for line in said)
    assert (code, empty) == (2 if errors else 0, "")
    assert f" {errors} fel och {len(said) - errors} varning" in summary


def test_the_plan_without_faults_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(LITEN.parent)
    ran = command("check", "liten")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(" 0 fel och 0 varningar.\n")


def test_a_machine_gets_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = checked(tmp_path, HERE / "plans" / "okant-varde.yaml", monkeypatch, "--json")
    (problem,) = json.loads(out)["problems"]
    assert code == 2
    assert {key: problem[key] for key in ("file", "line", "column", "severity", "code")} == {
        "file": "okant-varde.yaml", "line": 8, "column": 16, "severity": "error", "code": "unknown-value",
    }  # fmt: skip


def test_no_message_is_a_traceback_or_english() -> None:
    for line in (line for path in CASES for line in expected(path.read_bytes())):
        for english in ("expected", "invalid", "error", "must be", "Input should", " not ", "found "):
            assert english not in line
        assert line.rstrip()[-1] in ".?", line
