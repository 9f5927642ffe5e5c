"""The list of where each sort of broken input is found names files that exist."""

from __future__ import annotations

import re

from tests.broken.running import HERE

TEXT = (HERE / "README.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:plans|scenarios|events)/[^`]+\.\w+)`", TEXT)


def test_every_case_that_is_named_exists() -> None:
    assert len(NAMED) > 100
    assert [name for name in NAMED if not list(HERE.glob(name))] == []


def test_there_are_many_of_each() -> None:
    sizes = {folder: len(list((HERE / folder).glob(f"*.{kind}"))) for folder, kind in
             (("plans", "yaml"), ("scenarios", "yaml"), ("events", "json"))}  # fmt: skip
    assert sizes["plans"] > 180
    assert sizes["scenarios"] > 50
    assert sizes["events"] > 150
