"""A scene on a page: the grid with title, headings, lane heads and legend, as wide and high as reads best on A3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samverkan.draw.boxes import balanced
from samverkan.draw.grid import Grid, grid_of
from samverkan.draw.legend import Sample, samples
from samverkan.draw.metrics import text_width
from samverkan.draw.scene import Column, Scene
from samverkan.draw.style import HEADING, LANE, LEADING, SMALL, SUBTITLE, TITLE
from samverkan.draw.wrapping import wrap

MARGIN = 14.0
LANE_HEAD_WIDTH = 112.0
LANE_TEXT_WIDTH = 98.0

A3_LANDSCAPE = (400 / 25.4 * 72, 277 / 25.4 * 72)
"""What a printer leaves of 420 × 297 mm, in points: 10 mm are kept free on each side."""

LEGIBLE = 9.0
"""No letter on an A3 page is smaller, in points."""

WIDTHS = (168.0, 150.0, 134.0, 120.0, 114.0, 108.0, 103.0, 98.0, 94.0, 90.0, 82.0, 75.0)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A line of text on the page; `x` where `anchor` says, `y` its baseline."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    anchor: str = "middle"
    grey: bool = False


@dataclass(frozen=True, slots=True)
class PlacedSample:
    """A sample of the legend: the left end and the middle height of its picture; its text is among the page's."""

    sample: Sample
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """A whole picture in points, from its upper left corner. The grid's own origin is at (`left`, `top`)."""

    width: float
    height: float
    left: float
    top: float
    grid: Grid
    texts: tuple[PlacedText, ...]
    legend: tuple[PlacedSample, ...]
    groups: tuple[tuple[float, float], ...]

    @property
    def points_on_a3(self) -> float:
        """The size of its smallest letters when it is printed on A3 landscape as large as it goes."""
        return SMALL * min(A3_LANDSCAPE[0] / self.width, A3_LANDSCAPE[1] / self.height)


def page_of(scene: Scene) -> Page:
    """Lays a scene out with the node width that makes its letters largest on A3.

    Args:
        scene: what is drawn.

    Returns:
        The page; the same for the same scene on every machine.
    """
    best: Page | None = None
    for width in WIDTHS:
        page = _page(scene, width)
        if best is None or page.points_on_a3 > best.points_on_a3 + 0.01:
            best = page
    assert best is not None
    return best


def legible(scene: Scene) -> bool:
    """Whether every letter of the scene is at least `LEGIBLE` points on an A3 page."""
    return any(_page(scene, width).points_on_a3 >= LEGIBLE for width in WIDTHS)


def _page(scene: Scene, width: float) -> Page:
    heads = [_lane_text(lane.label, lane.note) for lane in scene.lanes]
    least = [sum(size * LEADING for _, size, _ in head) + 10.0 for head in heads]
    grid = grid_of(scene, width, least)
    left = MARGIN + LANE_HEAD_WIDTH
    page_width = max(left + grid.width + MARGIN, 560.0)
    texts: list[PlacedText] = []
    y = MARGIN
    for text, size, bold in _titles(scene, page_width - 2 * MARGIN):
        texts.append(PlacedText(text, MARGIN, y + size * 0.95, size, bold, "start", grey=not bold))
        y += size * (LEADING + 0.1)
    y += 6.0
    headings, heading_height, groups = _headings(scene.columns, grid, left, y)
    texts += headings
    top = y + heading_height + 6.0
    for head, (above, below) in zip(heads, grid.lanes, strict=True):
        texts += _lane_head(head, MARGIN + LANE_HEAD_WIDTH / 2, top + (above + below) / 2)
    y = top + grid.height + 12.0
    legend, words, y = _legend(scene, page_width, y)
    texts += words
    for text in wrap(scene.note, page_width - 2 * MARGIN, SMALL):
        texts.append(PlacedText(text, MARGIN, y + SMALL, SMALL, anchor="start", grey=True))
        y += SMALL * LEADING
    return Page(page_width, y + MARGIN - 4.0, left, top, grid, tuple(texts), tuple(legend), tuple(groups))


def _titles(scene: Scene, width: float) -> list[tuple[str, float, bool]]:
    return [
        *((line, TITLE, True) for line in wrap(scene.title, width, TITLE, bold=True)),
        *((line, SUBTITLE, False) for line in wrap(scene.subtitle, width, SUBTITLE)),
    ]


def _lane_text(label: str, note: str) -> list[tuple[str, float, bool]]:
    return [
        *((line, LANE, True) for line in balanced(label, LANE_TEXT_WIDTH, LANE, bold=True)),
        *((line, SMALL, False) for line in balanced(note, LANE_TEXT_WIDTH, SMALL)),
    ]


def _lane_head(lines: Sequence[tuple[str, float, bool]], x: float, middle: float) -> list[PlacedText]:
    y = middle - sum(size * LEADING for _, size, _ in lines) / 2
    placed = []
    for text, size, bold in lines:
        placed.append(PlacedText(text, x, y + size * 0.89, size, bold, grey=not bold))
        y += size * LEADING
    return placed


def _headings(
    columns: Sequence[Column], grid: Grid, left: float, top: float
) -> tuple[list[PlacedText], float, list[tuple[float, float]]]:
    """The headings over the columns, their height, and where one group of columns ends and the next begins."""
    groups: list[tuple[Column, float, float]] = []
    for column, (start, end) in zip(columns, grid.columns, strict=True):
        if groups and (groups[-1][0].group, groups[-1][0].heading) == (column.group or column.id, column.heading):
            groups[-1] = (groups[-1][0], groups[-1][1], end)
        else:
            groups.append((Column(column.id, column.heading, column.group or column.id), start, end))
    wrapped = [wrap(column.heading, _room(grid, start, end), HEADING, bold=True) for column, start, end in groups]
    high = max((len(lines) for lines in wrapped), default=0) * HEADING * LEADING
    texts = []
    for (_, start, end), lines in zip(groups, wrapped, strict=True):
        y = top + high - len(lines) * HEADING * LEADING
        for index, line in enumerate(lines):
            baseline = y + index * HEADING * LEADING + HEADING * 0.9
            texts.append(PlacedText(line, left + (start + end) / 2, baseline, HEADING, bold=True))
    return texts, high, [(start, end) for _, start, end in groups]


def _room(grid: Grid, start: float, end: float) -> float:
    """How wide a heading over columns may be: it may reach half of the way to the columns beside."""
    before = max((other for _, other in grid.columns if other <= start), default=0.0)
    after = min((other for other, _ in grid.columns if other >= end), default=grid.width)
    return end - start + min(start - before, after - end) - 6.0


def _legend(scene: Scene, page_width: float, top: float) -> tuple[list[PlacedSample], list[PlacedText], float]:
    """The legend's samples in rows; returns them, their words, and where they end."""
    placed: list[PlacedSample] = []
    texts: list[PlacedText] = []
    x, y, row = MARGIN, top, 17.0
    for sample in samples(scene):
        wide = sample.width + 5.0 + text_width(sample.text, SMALL, sample.bold) + 16.0
        if x + wide > page_width - MARGIN + 16.0 and x > MARGIN:
            x, y = MARGIN, y + row
        placed.append(PlacedSample(sample, x, y + row / 2))
        texts.append(
            PlacedText(sample.text, x + sample.width + 5.0, y + row / 2 + 3.2, SMALL, sample.bold, "start")
        )
        x += wide
    return placed, texts, y + row + 4.0
