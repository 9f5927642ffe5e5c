"""All pictures of a plan in one folder: written, and checked for freshness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from samverkan.draw.chain_scene import chain_scenes
from samverkan.draw.matrix import NAME, matrix_markdown, matrix_sources
from samverkan.draw.rendering import Drawer, drawn, need_packages, source_of, write
from samverkan.draw.wording import capital
from samverkan.graph.chains import chains
from samverkan.plan.model import Plan

MATRIX = "vem-underrattar-vem"
INDEX = "README.md"


def diagrams(plan: Plan, drawer: Drawer = "pygraphviz") -> dict[str, bytes]:
    """Every picture of a plan: the matrix, one or more for each event chain, and a page that lists them.

    Args:
        plan: the plan.
        drawer: committed pictures are drawn by the pinned library, so that they are the same bytes everywhere.

    Returns:
        File name → content, in the order that the page lists them in.

    Raises:
        DrawingError: nothing to draw with.
    """
    need_packages()
    files: dict[str, bytes] = {}
    tables = matrix_sources(plan)
    for number, source in enumerate(tables, 1):
        files[_file(MATRIX, number, len(tables))] = drawn(source, "svg", drawer)
    overview = list(files)
    files[f"{MATRIX}.md"] = matrix_markdown(plan).encode()
    listed: dict[str, list[str]] = {}
    for event, titles in _scenes(plan):
        names = []
        for number, (title, source) in enumerate(titles, 1):
            name = _file(event.replace("_", "-"), number, len(titles))
            files[name] = drawn(source, "svg", drawer)
            names.append(f"[{escape(title)}]({name})")
        listed[event] = names
    return {INDEX: _index(plan, overview, listed).encode(), **files}


def _scenes(plan: Plan) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each event that starts something, with the titles and sources of its pictures."""
    for event, own in groupby(chains(plan), key=lambda chain: chain.event):
        yield event, [(scene.title, source_of(scene)) for scene in chain_scenes(plan, list(own))]


def _file(name: str, number: int, of: int) -> str:
    return f"{name}-{number}.svg" if of > 1 else f"{name}.svg"


def _index(plan: Plan, overview: Sequence[str], listed: Mapping[str, list[str]]) -> str:
    lines = [
        "# Planen i bilder",
        "",
        f"{escape(plan.title)}. Bilderna är ritade ur planen: ändra aldrig här, utan ändra planen och rita om.",
        "",
        f"## {NAME}",
        "",
        *(f"![{NAME}]({name})" for name in overview),
        "",
        f"Samma sak i text, regel för regel: [{NAME.lower()}]({MATRIX}.md).",
        "",
        "## Händelser, och vad de sätter igång",
        "",
    ]
    for event, names in listed.items():
        label = escape(capital(plan.events[event].label))
        if len(names) == 1:
            lines.append(f"- {names[0]}")
        else:
            lines.append(f"- {label}")
            lines += [f"  - {name}" for name in names]
    return "\n".join(lines) + "\n"


def write_diagrams(plan: Plan, folder: Path, drawer: Drawer = "pygraphviz") -> list[Path]:
    """Writes every picture of a plan into a folder, and takes away those that its page listed before and that the plan lost.

    Args:
        plan: the plan.
        folder: where; made if it isn't there.
        drawer: as for `diagrams`.

    Returns:
        The files that were written.

    Raises:
        DrawingError: nothing to draw with, or nothing can be written there.
    """
    files = diagrams(plan, drawer)
    lost = _left_over(folder, files)
    written = [write(folder / name, content) for name, content in files.items()]
    for old in lost:
        old.unlink()
    return written


def stale(plan: Plan, folder: Path) -> list[str]:
    """What in a folder differs from the pictures of the plan, in Swedish words; nothing where all is fresh."""
    files = diagrams(plan)
    faults = []
    for name, content in files.items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{name} saknas")
        elif path.read_bytes() != content:
            faults.append(f"{name} är inte ritad ur planen som den är nu")
    return faults + [f"{path.name} hör inte till planen" for path in _left_over(folder, files)]


def _left_over(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Pictures that the folder's page lists and the plan no longer has; other files there are nobody's business."""
    index = folder / INDEX
    if not index.is_file():
        return []
    listed = set(re.findall(r"\]\(([a-z0-9-]+\.svg)\)", index.read_text(encoding="utf-8", errors="replace")))
    return sorted(folder / name for name in listed.difference(files) if (folder / name).is_file())
