"""The committed pictures are what the plan and the real case look like now."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.xdist_group("pictures")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_pictures_are_fresh_whatever_draws_on_this_machine(tmp_path: Path) -> None:
    programs, drawn = tmp_path / "bin", tmp_path / "drawn"
    programs.mkdir()
    other = programs / "neato"
    other.write_text("#!/bin/sh\necho a picture from another Graphviz\n")
    other.chmod(0o755)
    surroundings = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([sys.executable, "tools/pictures.py", str(drawn)], cwd=ROOT, env=surroundings, check=True, capture_output=True)
    fresh, committed = contents(drawn), contents(ROOT / "diagrams")
    assert fresh.keys() == committed.keys(), "run: make pictures"
    assert not [name for name in fresh if fresh[name] != committed[name]], "run: make pictures"
