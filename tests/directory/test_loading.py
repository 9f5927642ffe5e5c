"""A plan is opened for use only if somebody answers for everything that it asks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from samverkan.directory.coverage import directory_problems
from samverkan.directory.loading import load_plan
from samverkan.plan.errors import PlanError

EXEMPEL = Path(__file__).parent.parent / "corpus/plans/exempel"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example plan that may be changed, and a folder where nothing is kept yet."""
    monkeypatch.setenv("SAMVERKAN_CACHE", str(tmp_path / "kept"))
    return shutil.copytree(EXEMPEL, tmp_path / "plans" / "exempel")


def change(plan: Path, file: str, old: str, new: str) -> None:
    text = (plan / file).read_text("utf-8")
    assert old in text
    (plan / file).write_text(text.replace(old, new), "utf-8")


def codes(plan: Path) -> set[str]:
    with pytest.raises(PlanError) as refused:
        load_plan(plan)
    return {problem.code for problem in refused.value.problems}


def test_a_plan_that_is_well_written_but_in_which_nobody_answers_is_refused(plan: Path) -> None:
    change(plan, "agencies.yaml", "is: [polisen], open: always", "is: [polisen], open: always, from: 2023-01-01")
    assert codes(plan) == {"unanswered"}
    change(plan, "agencies.yaml", "open: always, from: 2023-01-01", "open: always")
    assert load_plan(plan).title


def test_a_warning_of_the_directory_refuses_nothing(plan: Path) -> None:
    hidden = "- {unit: dold, label: dold, is: [polisen], open: office}\n- {unit: lansstyrelsen-vastmanland,"
    change(plan, "agencies.yaml", "- {unit: lansstyrelsen-vastmanland,", hidden)
    loaded = load_plan(plan)
    assert {problem.code for problem in directory_problems(loaded)} == {"never-answers"}


def test_a_plan_that_is_wrongly_written_is_refused_for_that(plan: Path) -> None:
    change(plan, "agencies.yaml", "is: [polisen]", "is: [polis]")
    assert "unanswered" not in codes(plan)
