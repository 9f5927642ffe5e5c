"""Draws the committed pictures: the plan, and the real case as it is played. `python tools/pictures.py [FOLDER]`, default diagrams.

Always by the pinned library, also where Graphviz's own program is installed: so they are the same bytes on every machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

from samverkan.case.case import Case
from samverkan.cli.playing import draw_trace, find_scenario
from samverkan.directory.loading import load_plan
from samverkan.draw.diagrams import write_diagrams
from samverkan.exercise.playing import played
from samverkan.exercise.scenario_files import read_scenario
from samverkan.wording.wording import Wording

ROOT = Path(__file__).parent.parent
PLAN, CASE = "vastmanland", "vasteras-hotell"


def draw_case(folder: Path) -> list[Path]:
    """The real case, in a folder that holds nothing else afterwards."""
    outline = find_scenario(CASE)
    plan = load_plan(outline.plan)
    scenario = read_scenario(plan, outline)
    plays = list(played(Case(plan, "compiled"), scenario))
    written = draw_trace(Wording(plan, scenario.who), scenario, plays, folder / f"{CASE}.svg", "pygraphviz")
    for old in set(folder.iterdir()).difference(written):
        old.unlink()
    return written


def main(folder: Path) -> None:
    """Draws everything."""
    written = [*write_diagrams(load_plan(PLAN), folder, "pygraphviz"), *draw_case(folder / "fall")]
    print(f"Ritade {len(written)} filer i {folder}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "diagrams")
