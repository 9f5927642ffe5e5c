"""All pictures of a plan in a folder, and whether they are fresh."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.stories import example_plan

from samverkan.draw.diagrams import diagrams, stale, write_diagrams


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bilder")
    write_diagrams(example_plan(), folder)
    return folder


def test_what_is_drawn(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {"README.md", "vem-underrattar-vem.svg", "vem-underrattar-vem.md", "child-in-home.svg"} <= names
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert "![Vem underrättar vem](vem-underrattar-vem.svg)" in index
    for name in names - {"README.md"}:
        assert f"({name})" in index


def test_fresh(folder: Path) -> None:
    assert stale(example_plan(), folder) == []
    assert diagrams(example_plan()) == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_changed_plan_makes_them_stale(folder: Path) -> None:
    plan = example_plan()
    rule = plan.rules["kopare.barn-anmal"]
    changed = replace(plan, rules={**plan.rules, rule.id: replace(rule, title="Orosanmälan om barnet")})
    found = stale(changed, folder)
    assert "child-in-home.svg är inte ritad ur planen som den är nu" in found
    assert "moved.svg är inte ritad ur planen som den är nu" not in found


def test_a_missing_picture(tmp_path: Path) -> None:
    write_diagrams(example_plan(), tmp_path)
    (tmp_path / "moved.svg").unlink()
    assert stale(example_plan(), tmp_path) == ["moved.svg saknas"]


def test_pictures_that_the_plan_has_lost_go_and_others_stay(tmp_path: Path) -> None:
    plan = example_plan()
    write_diagrams(plan, tmp_path)
    (tmp_path / "min-egen.svg").write_text("<svg/>")
    without = {word: rule for word, rule in plan.rules.items() if word != "insats.jour"}
    smaller = replace(plan, rules=without)
    assert "operation-started.svg hör inte till planen" in stale(smaller, tmp_path)
    write_diagrams(smaller, tmp_path)
    assert not (tmp_path / "operation-started.svg").exists()
    assert (tmp_path / "min-egen.svg").exists()
    assert stale(smaller, tmp_path) == []
