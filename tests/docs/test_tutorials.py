"""The tutorials go as they are written, from an empty folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.docs.following import BLOCK, READ_ONLY, RUN, commands_of, follow, says

DOCS = Path(__file__).parents[2] / "docs"
TUTORIALS = ("for-ovningsledare", "for-granskare", "for-integratorer")


@pytest.mark.parametrize("name", TUTORIALS)
def test_every_block_of_a_tutorial_does_what_it_shows(name: str, tmp_path: Path) -> None:
    faults = list(follow(DOCS / f"{name}.md", tmp_path, Path(sys.executable).parent))
    assert faults == [], "\n\n".join(faults)


@pytest.mark.parametrize("name", TUTORIALS)
def test_every_block_is_one_that_is_run_or_only_read(name: str) -> None:
    text = (DOCS / f"{name}.md").read_text("utf-8")
    blocks = list(BLOCK.finditer(text))
    assert text.count("```") == 2 * len(blocks)
    assert {block["kind"] for block in blocks} <= {*RUN, *READ_ONLY}
    assert sum(block["kind"] == "console" for block in blocks) > 5
    read = [block["text"] for block in blocks if block["kind"] in READ_ONLY]
    assert all("pip install" in one for one in read), "only what needs the network is left to be read"


def test_what_differs_is_noticed() -> None:
    assert says(["a", "b", "c"], ["a", "…", "c"])
    assert says(["1 av 5"], ["… av 5"])
    assert not says(["a", "b"], ["a"])
    assert not says(["a"], ["…", "b"])
    assert not says(["a av 5"], ["… av 4"])
    assert commands_of("$ x\n1\n2\n$ y\n") == [("x", ["1", "2"]), ("y", [])]
