"""What docs/explaining.md shows works as it stands there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import samverkan

GUIDE = (Path(__file__).parents[2] / "docs" / "explaining.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]


def test_the_code_runs_and_explains() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert "Polisen ska erbjuda kvinnan stödsamtal." in done.stdout
    assert "S1 age ('child', 'maybe_child') adult said" in done.stdout
    assert "identity S1 sol/anmalningsplikt" in done.stdout


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_answer(line: str) -> None:
    ran = samverkan(*shlex.split(line)[1:])
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) > 10
