"""The committed pictures are what the plan and the real case look like now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from samverkan.directory.loading import load_plan
from samverkan.draw.diagrams import stale

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.xdist_group("pictures")


def test_the_pictures_of_the_plan_are_fresh() -> None:
    assert not stale(load_plan("vastmanland"), ROOT / "diagrams"), "run: make pictures"


def test_the_pictures_of_the_real_case_are_fresh(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "samverkan", "play", "vasteras-hotell", "--trace", str(tmp_path / "vasteras-hotell.svg")]
    subprocess.run(words, check=True, capture_output=True)
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in (ROOT / "diagrams/fall").iterdir()}
    assert drawn.keys() == committed.keys(), "run: make pictures"
    assert not [name for name in drawn if drawn[name] != committed[name]], "run: make pictures"
