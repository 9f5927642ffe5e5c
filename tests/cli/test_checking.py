from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from samverkan.cli.checking import add_check, add_schema

PLANS = Path(__file__).parents[1]
EXAMPLE = PLANS / "corpus" / "plans" / "exempel"
SOUND = PLANS / "plan" / "liten"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    add_check(subparsers)
    add_schema(subparsers)
    args = parser.parse_args(words)
    code = args.run(args)
    assert isinstance(code, int)
    return code


def test_a_plan_without_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(EXAMPLE)) == 0
    *problems, blank, summary = capsys.readouterr().out.splitlines()
    assert all(": varning: " in line for line in problems)
    assert blank == ""
    assert summary == (
        "Exempelplan med svåra fall: 24 regler (15 står i källan, 6 följer av den, 3 antas), 9 funktioner, 11 enheter. "
        "3 av 21 hänvisningar är inte kontrollerade. 0 fel och 2 varningar."
    )


def test_the_shipped_plan_is_what_is_checked_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    assert "Västmanland" in capsys.readouterr().out.splitlines()[-1]


def test_a_plan_that_speaks_of_functions_only_needs_no_units(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "sverige") == 0
    assert " 0 enheter" in capsys.readouterr().out


def test_errors_come_first_and_end_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.yaml").write_bytes((SOUND / "plan.yaml").read_bytes())
    (tmp_path / "fel.yaml").write_text("acts: {a: b}\nrulse: []\n", encoding="utf-8")
    assert run("check", str(tmp_path)) == 2
    out = capsys.readouterr().out
    assert out == (
        f"{tmp_path}/fel.yaml:2:1: fel: okänd nyckel 'rulse'. Menade du 'rules'?\n\n"
        "Planen går inte att använda: 1 fel och 0 varningar.\n"
    )


def test_a_function_that_nobody_answers_for_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (SOUND / "plan.yaml").read_text(encoding="utf-8")
    unit = "- {unit: polisen, label: Polisen, is: [polisen], open: always, confirmed: true}\n"
    assert unit in text
    (tmp_path / "plan.yaml").write_text(text.replace(unit, ""), encoding="utf-8")
    assert run("check", str(tmp_path)) == 2
    assert "Ingen enhet svarar för Polisen" in capsys.readouterr().out


def test_no_such_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "vastmanlnd") == 2
    assert "Menade du 'vastmanland'?" in capsys.readouterr().out


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(EXAMPLE), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["plan"]["id"] == "exempel"
    assert said["plan"]["rules"] == 24
    assert {(problem["severity"], problem["code"]) for problem in said["problems"]} == {
        ("warning", "unconfirmed"),
        ("warning", "never-read"),
    }
    assert run("check", "vastmanlnd", "--json") == 2
    assert json.loads(capsys.readouterr().out)["plan"] is None


def test_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema", "--out", str(tmp_path / "ny" / "mapp"), "--plan", str(EXAMPLE)) == 0
    written = sorted(path.name for path in (tmp_path / "ny" / "mapp").iterdir())
    names = ("answer", "case", "events", "ledger", "outcome", "plan", "questions", "scenario", "what-if", "why-not", "why")
    assert written == [f"{name}.schema.json" for name in names]
    schema = json.loads((tmp_path / "ny" / "mapp" / "plan.schema.json").read_text(encoding="utf-8"))
    assert "polisen" in schema["$defs"]["words-functions"]["enum"]
    assert "plan.schema.json är skriven." in capsys.readouterr().out


def test_schemas_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    assert run("schema", "--out", str(tmp_path / "fil" / "mapp")) == 2
    assert "går inte att skriva" in capsys.readouterr().err
    assert run("schema", "--out", str(tmp_path), "--plan", "vastmanlnd") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fil"]
