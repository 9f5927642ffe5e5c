"""A newcomer adds a function with a unit, a fact, an event and a rule, with YAML only: exactly as CONTRIBUTING.md says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from tests.cli.running import samverkan

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
FILES = dict(re.findall(r"```yaml\n# ((?:rules|scenarios)/\S+)\n(.*?)```", GUIDE, re.DOTALL))
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the plan with the guide's files added, and nothing else."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "scenarios").mkdir()
    for name, text in FILES.items():
        assert not (tmp_path / name).exists(), "the guide adds files, it changes none"
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_guide_adds_all_that_it_says() -> None:
    assert sorted(FILES) == ["rules/vastmanland/folktandvarden.yaml", "scenarios/tandvark.yaml"]
    keys = set(re.findall(r"^(\w+):", FILES["rules/vastmanland/folktandvarden.yaml"], re.MULTILINE))
    assert {"functions", "units", "facts", "events", "rules", "sources"} <= keys


def test_every_command_of_the_guide_works(copied: Path) -> None:
    assert len(COMMANDS) == 4
    said = {}
    for line in COMMANDS:
        command, *words = shlex.split(line)
        assert command == "samverkan"
        ran = samverkan(*words, cwd=copied)
        assert (ran.code, ran.err) == (0, ""), line
        said[words[0]] = ran.out
    assert " 0 fel och " in said["check"]
    assert "Folktandvården bör ge personen en akut tid" in said["play"]
    assert "Alla förväntningar i scenariot stämmer." in said["play"]
    assert "Visas i tandvark från steg 2 (S1), och scenariot förväntar sig det." in said["trace"]
    assert "Är tyst i tandvark (S1) " in said["trace"]
    document = (copied / "plan.html").read_text("utf-8")
    assert "Folktandvården bör skyndsamt ge personen en akut tid." in document
