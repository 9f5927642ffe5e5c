"""What README.md and LESMIG.md show is what the project does: transcripts, commands, code and links."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
LESMIG = (ROOT / "LESMIG.md").read_text("utf-8")


def test_the_transcripts_are_what_the_commands_print() -> None:
    assert "<!-- transcript: samverkan " in README
    done = subprocess.run([sys.executable, "tools/readme.py", "--check"], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, f"run: python tools/readme.py\n{done.stderr}"


def test_the_code_runs_and_prints_decisions() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert "must notify socialnamnd-barn" in done.stdout


@pytest.mark.parametrize("line", sorted(set(re.findall(r"^\.venv/bin/(samverkan .*?)(?:\s*#.*)?$", LESMIG, re.MULTILINE))))
def test_every_command_of_lesmig_works(line: str, tmp_path: Path) -> None:
    words = [sys.executable, "-m", *shlex.split(line)]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, encoding="utf-8", input="\n" * 100)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("text", [README, LESMIG], ids=["README", "LESMIG"])
def test_every_link_leads_somewhere(text: str) -> None:
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in t]
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert not missing


def test_the_two_commands_stand_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in ("demo", "test"):
        assert f"make {command}" in README
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)
