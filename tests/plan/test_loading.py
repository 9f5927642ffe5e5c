from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from samverkan.plan.errors import PlanError, Problem
from samverkan.plan.loading import find_plan, inspect_plan, load_plan, read_plan
from samverkan.plan.model import NOWHERE, Position
from samverkan.plan.places import shipped

SOUND = Path(__file__).parent / "liten"


def test_shipped_plans_load() -> None:
    for path in shipped("rules").glob("*/plan.yaml"):
        assert load_plan(path.parent.name).id == path.parent.name


def test_a_path_goes_before_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vastmanland").mkdir()
    (tmp_path / "vastmanland" / "plan.yaml").write_bytes((SOUND / "plan.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert load_plan("vastmanland").id == "liten"
    assert load_plan("vastmanland").rules["barn.anmalan"].at.file == "vastmanland/plan.yaml"


def test_no_such_plan_names_the_nearest() -> None:
    with pytest.raises(PlanError, match=r"det finns ingen plan 'vastmanlnd'\. Menade du 'vastmanland'\?"):
        find_plan("vastmanlnd")


@pytest.mark.parametrize("name", ["", "..", "schema/../vastmanland", "rules/vastmanland/plan.yaml", "\0", "a" * 500])
def test_a_name_is_not_a_path_into_the_shipped_plans(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inne").mkdir()
    monkeypatch.chdir(tmp_path / "inne")
    reading = inspect_plan(name)
    assert reading.plan is None
    assert reading.errors


def test_an_empty_folder_holds_no_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"har inga .yaml-filer"):
        load_plan(tmp_path)


@pytest.mark.parametrize("name", ["regler.yml", "regler.YAML"])
def test_no_file_of_rules_is_passed_over_in_silence(tmp_path: Path, name: str) -> None:
    (tmp_path / "plan.yaml").write_bytes((SOUND / "plan.yaml").read_bytes())
    (tmp_path / name).write_text("rules: []\n", encoding="utf-8")
    with pytest.raises(PlanError, match=r"filen läses inte, för namnet slutar inte på \.yaml"):
        load_plan(tmp_path)


def test_nor_a_folder_of_rules(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes((SOUND / "plan.yaml").read_bytes())
    (tmp_path / "inne").mkdir()
    (tmp_path / "inne" / "regler.yaml").write_text("rules: []\n", encoding="utf-8")
    with pytest.raises(PlanError, match="filer i mappar inuti en plan läses inte"):
        load_plan(tmp_path)


def test_what_editors_leave_behind_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes((SOUND / "plan.yaml").read_bytes())
    for name in (".plan.yaml.swp", ".#plan.yaml", "plan.yaml~", "LÄSMIG.md"):
        (tmp_path / name).write_text("<<< inte en plan", encoding="utf-8")
    assert load_plan(tmp_path).id == "liten"


def test_everything_wrong_is_said_at_once() -> None:
    content = (SOUND / "plan.yaml").read_bytes()
    files = {"a.yaml": content, "b.yaml": b"rulse: []\n", "c.yaml": b"acts: [\n", "d.yaml": b"acts: {\xe5: b}\n"}
    with pytest.raises(PlanError) as caught:
        read_plan(files)
    assert [str(problem.position) for problem in caught.value.problems] == ["b.yaml:1:1", "c.yaml:2:1", "d.yaml:1:8"]
    assert str(caught.value).count("\n\n") == 2


def test_without_a_head_it_is_no_plan() -> None:
    with pytest.raises(PlanError) as caught:
        read_plan({"a.yaml": b"acts: {a: b}\n"})
    texts = [problem.text for problem in caught.value.problems]
    assert texts[0] == "planen säger inte 'plan'. Lägg till det i plan.yaml."
    assert len(texts) == 5
    with pytest.raises(PlanError):
        read_plan({"a.yaml": b""})
    with pytest.raises(PlanError):
        read_plan({})


def test_a_problem_says_where() -> None:
    assert str(Problem(Position("a.yaml", 3, 7), "nej.")) == "a.yaml:3:7: fel: nej."
    assert str(Problem(NOWHERE, "nej.", "warning")) == "varning: nej."


def test_the_shipped_folders_are_beside_the_engine() -> None:
    assert (shipped("rules") / "sverige" / "plan.yaml").is_file()


def test_shipped_folders_of_an_installed_engine(tmp_path: Path) -> None:
    """The same code, laid out as in a wheel, finds what the wheel carries."""
    package = tmp_path / "samverkan"
    (package / "_data" / "rules").mkdir(parents=True)
    (package / "plan").mkdir()
    code = Path(sys.modules["samverkan.plan.places"].__file__ or "").read_text(encoding="utf-8")
    (package / "plan" / "places.py").write_text(code, encoding="utf-8")
    run = [sys.executable, "-I", "-c", "import runpy, sys; print(runpy.run_path(sys.argv[1])['shipped'](sys.argv[2]))"]
    for name, expected in (("rules", package / "_data" / "rules"), ("scenarios", tmp_path.parent / "scenarios")):
        found = subprocess.run([*run, str(package / "plan" / "places.py"), name], capture_output=True, text=True, check=True)
        assert Path(found.stdout.strip()) == expected.resolve()


def test_importing_the_loader_is_cheap() -> None:
    code = "import sys, samverkan.plan.loading; print(sorted({'pydantic', 'yaml', 'difflib'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
