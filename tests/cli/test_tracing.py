"""`samverkan trace`: text, JSON and HTML, one thing or everything, and what is uncovered."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import EXEMPEL, Ran, samverkan
from tests.exercise.scenarios import CAUGHT, MET, write_scenario


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one scenario for the plan of hard cases."""
    write_scenario(tmp_path, MET + CAUGHT)
    return tmp_path


def trace(folder: Path, *words: str | Path) -> Ran:
    return samverkan("trace", "--plan", EXEMPEL, "--scenarios", folder, *words)


def test_a_rule_its_clauses_its_scenarios_and_its_twin(folder: Path) -> None:
    ran = trace(folder, "kopare.stod")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("kopare.stod: ")
    assert "• brochure/" in ran.out
    assert "Visas i provet från steg 2 (B1)." in ran.out
    assert "Är tyst i provet (B1) " in ran.out


def test_a_clause_a_source_and_a_scenario(folder: Path) -> None:
    clause = trace(folder, "sol/forhandsbedomning")
    assert "• barn.skyddsbedomning: Omedelbar skyddsbedömning" in clause.out
    assert "Visas i: inget scenario" in clause.out
    assert trace(folder, "sol").out.count("\nsol/") >= 1
    assert "• kopare.stod: " in trace(folder, "provet").out


def test_everything_and_what_is_uncovered(folder: Path) -> None:
    every = trace(folder)
    assert every.code == 0
    assert " regler visas i något av 1 scenarier, och " in " ".join(every.out.split())
    bare = trace(folder, "--uncovered")
    assert bare.code == 1
    assert "Regler som inget scenario visar (" in bare.out
    assert "• insats.jour: " in bare.out
    assert "• kopare.stod: " not in bare.out


def test_json_says_the_same(folder: Path) -> None:
    said = json.loads(trace(folder, "--format", "json").out)
    rules = {rule["id"]: rule for rule in said["rules"]}
    assert rules["kopare.stod"]["twin"]["scenario"] == "provet"
    assert {"clauses", "rules", "scenarios", "uncovered"} == set(said)
    bare = trace(folder, "--format", "json", "--uncovered")
    assert bare.code == 1
    assert json.loads(bare.out) == said["uncovered"]
    out = folder / "spar.json"
    assert trace(folder, "--format", "json", "--out", out).code == 0
    assert json.loads(out.read_text("utf-8")) == said


def test_html_is_written_whole(folder: Path) -> None:
    out = folder / "spar.html"
    ran = trace(folder, "--format", "html", "--out", out)
    assert (ran.code, ran.out, ran.err) == (0, "", f"Skrev {out}\n")
    text = out.read_text("utf-8")
    assert 'id="regel-kopare.stod"' in text
    assert 'href="#scenario-provet"' in text
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["kopare.stodd"], "Okänt id 'kopare.stodd'. Menade du 'kopare.stod'?"),
        (["kopare.stod", "--uncovered"], "Ange antingen ett id eller --uncovered, inte båda."),
        (["kopare.stod", "--format", "json"], "Ett id visas bara som text."),
        (["--out", "x.html"], "--out skriver html eller json."),
        (["--format", "html", "--out", "x.txt"], "ska sluta på .html"),
        (["--scenarios", "finns-inte"], "mappen finns-inte finns inte."),
    ],
)
def test_what_is_wrong_is_said(folder: Path, words: list[str], message: str) -> None:
    ran = trace(folder, *words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_terminal_sees_how_far_it_has_come(folder: Path) -> None:
    ours, theirs = pty.openpty()
    program = [sys.executable, "-m", "samverkan", "trace", "--plan", str(EXEMPEL), "--scenarios", str(folder), "--uncovered"]
    env = {**os.environ, "SAMVERKAN_CACHE": "", "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8", env=env) as running:
        out, _ = running.communicate(timeout=120)
    os.close(theirs)
    told = b""
    # What a closed terminal still holds is read until it says that it is closed.
    with contextlib.suppress(OSError):
        while part := os.read(ours, 4096):
            told += part
    os.close(ours)
    assert running.returncode == 1
    assert "Söker tysta varianter" in told.decode()
    assert "Söker" not in out
