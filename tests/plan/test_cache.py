"""Plans that were read before come from the cache folder, the same as if they were read again; doubt means reading again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from samverkan.directory.loading import load_plan
from samverkan.plan import cache
from samverkan.plan.loading import load_plan as read_anew
from samverkan.plan.model import Plan

EXEMPEL = Path(__file__).parent.parent / "corpus/plans/exempel"
COUNTY = Path(__file__).parents[2] / "rules/vastmanland"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def kept_plans(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.json") if not path.name.startswith("days-")]


def test_a_kept_plan_is_the_plan(folder: Path) -> None:
    first, second = load_plan(EXEMPEL), load_plan(EXEMPEL)
    assert kept_plans(folder)
    assert first is not second
    assert first.digest == second.digest == read_anew(EXEMPEL).digest
    assert list(second.rules) == list(first.rules)
    assert second.rules["barn.orosanmalan"].then[0].deadline == first.rules["barn.orosanmalan"].then[0].deadline
    assert second.facts["age"].in_conflict == "maybe_child"


@pytest.mark.parametrize("plan", [EXEMPEL, COUNTY], ids=["exempel", "vastmanland"])
def test_a_kept_plan_is_the_plan_in_every_field(folder: Path, plan: Path) -> None:
    read, kept = load_plan(plan), load_plan(plan)
    assert kept_plans(folder)
    for field in fields(Plan):
        assert _without_places(getattr(read, field.name)) == _without_places(getattr(kept, field.name)), field.name


def _without_places(value: object) -> object:
    """A value of a plan as plain lists, without where in a file it stood."""
    if is_dataclass(value):
        inside = [(field.name, getattr(value, field.name)) for field in fields(value) if field.name != "at"]
        return [type(value), *((name, _without_places(one)) for name, one in inside)]
    if isinstance(value, Mapping):
        return [(key, _without_places(one)) for key, one in value.items()]
    return [_without_places(one) for one in value] if isinstance(value, tuple) else (type(value), value)


def test_where_something_stands_in_a_file_is_the_last_field_everywhere() -> None:
    for kind in cache._CLASSES.values():
        assert "at" not in [field.name for field in fields(kind)][:-1]


def test_a_changed_file_is_read_again(folder: Path, tmp_path: Path) -> None:
    plans = tmp_path / "plans/exempel"
    plans.mkdir(parents=True)
    for file in EXEMPEL.glob("*.yaml"):
        (plans / file.name).write_bytes(file.read_bytes())
    before = load_plan(plans)
    changed = plans / "plan.yaml"
    changed.write_text(changed.read_text("utf-8").replace("Exempelplan", "Annan plan"), "utf-8")
    after = load_plan(plans)
    assert before.title != after.title
    assert len(kept_plans(folder)) == 2


def test_what_is_spoilt_is_read_again(folder: Path) -> None:
    digest = load_plan(EXEMPEL).digest
    for spoilt in ("", "[]", '{"c": ["Plan", 1]}', '{"c": ["Nothing"]}', "[" * 5000):
        for path in folder.glob("*.json"):
            path.write_text(spoilt, "utf-8")
        assert load_plan(EXEMPEL).digest == digest


def test_an_empty_name_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_CACHE", "")
    assert load_plan(EXEMPEL).digest
    assert not folder.exists()


def test_only_the_latest_are_kept(folder: Path) -> None:
    for number in range(cache.KEPT + 3):
        cache.keep(f"k{number}", number)
    assert len(list(folder.glob("*.json"))) == cache.KEPT
    assert cache.fetch(f"k{cache.KEPT + 2}") == cache.KEPT + 2


def test_where_nothing_can_be_written_the_plan_is_read(folder: Path) -> None:
    folder.parent.joinpath("kept").write_text("not a folder", "utf-8")
    assert load_plan(EXEMPEL).digest == read_anew(EXEMPEL).digest
