"""How large a node is, and where its lines of text stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt

from samverkan.draw.metrics import text_width
from samverkan.draw.scene import Node, Shape
from samverkan.draw.style import LEADING, SMALL, TEXT
from samverkan.draw.wrapping import TooNarrowError, clean, fill, wrap

PAD_X, PAD_Y = 7.0, 5.0
MIN_WIDTH, MIN_HEIGHT = 64.0, 28.0
MOST_LINES, WIDEST = 9, 260.0
"""A text with more lines than that is given a wider box, but not wider than that."""

SHORTEST = 4
"""No diamond or hexagon begins with a line of fewer letters, if it can be helped."""

TRIED = 5
"""With how many more lines than the fewest that could do a text is tried."""

GROWTH = 0.06
"""How much higher a diamond or hexagon is made at a time until its text fits."""

ROUND = 1.32
"""How much higher an ellipse is than the text in it."""

WIDENING: Mapping[Shape, float] = {"question": 1.42, "condition": 1.22}
"""How much wider diamonds and hexagons are than the boxes beside them: their corners hold no text."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text: the middle of its baseline from the middle of what it stands in, x to the right and y down."""

    text: str
    dx: float
    dy: float
    size: float
    bold: bool = False
    words: bool = False

    @property
    def width(self) -> float:
        return text_width(self.text, self.size, self.bold)


@dataclass(frozen=True, slots=True)
class Box:
    """The size of a node and its lines; `words` lines are those of its state."""

    width: float
    height: float
    lines: tuple[TextLine, ...]


def box_of(node: Node, width: float) -> Box:
    """The box of a node whose text may be `width` points wide.

    Args:
        node: the node.
        width: how wide the lines of a plain box may be; other shapes are made wider to hold as much.

    Returns:
        A box that all its lines lie in.
    """
    return _box(replace(node, id="", lane="", column="", state="plain"), width)


@lru_cache(maxsize=8192)
def _box(node: Node, width: float) -> Box:
    if node.shape in WIDENING:
        wide = (width + 2 * PAD_X) * WIDENING[node.shape]
        total = text_width(clean(node.text), TEXT)
        while total > MOST_LINES * 0.6 * wide and wide < WIDEST:
            wide *= 1.15
        return _pointed(node, wide, MIN_HEIGHT)
    lines = _paragraphs(node, width - 6.0 if node.shape == "event" else width)
    while len(lines) > MOST_LINES and width < WIDEST:
        width *= 1.15
        lines = _paragraphs(node, width)
    text_high = sum(size * LEADING for _, size, _, _ in lines)
    if node.shape == "event":
        return _ellipse(lines, text_high)
    extra = 3.0 if node.shape == "offer" else 0.0
    return Box(width + 2 * (PAD_X + extra), max(MIN_HEIGHT, text_high + 2 * (PAD_Y + extra)), _stacked(lines))


_Lines = Sequence[tuple[str, float, bool, bool]]


def _paragraphs(node: Node, width: float) -> _Lines:
    """The lines of a node: what it says, its details, and its state in bold."""
    return [
        *((line, TEXT, False, False) for line in balanced(node.text, width, TEXT)),
        *((line, SMALL, False, True) for part in node.detail.split("\n") for line in balanced(part, width, SMALL)),
        *((line, SMALL, True, True) for line in balanced(node.mark, width, SMALL, bold=True)),
    ]


def balanced(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """As `wrap`, but with lines of like length where that costs neither a line nor a hyphen."""
    best = wrap(text, width, size, bold)
    for step in range(1, 9):
        tried = wrap(text, width * (1 - 0.06 * step), size, bold)
        if len(tried) > len(best) or _hyphens(tried) > _hyphens(best):
            break
        best = tried
    return best


def _hyphens(lines: Sequence[str]) -> int:
    return sum(line.endswith("-") for line in lines)


def _stacked(lines: _Lines) -> tuple[TextLine, ...]:
    """Lines under each other around the middle."""
    top = -sum(size * LEADING for _, size, _, _ in lines) / 2
    placed: list[TextLine] = []
    for text, size, bold, words in lines:
        placed.append(TextLine(text, 0.0, top + size * (LEADING - 1) / 2 + size * 0.79, size, bold, words))
        top += size * LEADING
    return tuple(placed)


def _ellipse(lines: _Lines, text_high: float) -> Box:
    """The flattest ellipse that holds each line."""
    placed = _stacked(lines)
    width = max(MIN_WIDTH, max((line.width for line in placed), default=0.0) * 1.16 + 2 * PAD_X)
    height = max(MIN_HEIGHT, text_high * ROUND + PAD_Y)
    while not all(_in_ellipse(line, width, height) for line in placed):
        height += 2.0
        width += 2.0
    return Box(width, height, placed)


def _in_ellipse(line: TextLine, width: float, height: float) -> bool:
    across = (line.width / 2 + 4.0) / (width / 2)
    for y in (line.dy - 0.79 * line.size - 1.5, line.dy + 0.22 * line.size + 1.5):
        down = abs(y) / (height / 2)
        if down >= 1 or across > sqrt(1 - down * down):
            return False
    return True


def _pointed(node: Node, wide: float, least: float) -> Box:
    """The flattest diamond or hexagon that holds the text, its lines shorter above and below."""
    total = text_width(clean(node.text), TEXT)
    small = _small(node, wide)
    fewest = (max(1, int(total / wide)) if total else 0) + len(small)
    # The lines take at most half of a diamond's face, and three quarters of a hexagon's.
    least = max(least, total * TEXT * LEADING / wide / (0.5 if node.shape == "question" else 0.75))
    for chop, most in ((False, max(1.5 * wide, 2.5 * least)), (True, 1000 * wide)):
        high = least
        while high < most:
            for count in range(fewest, min(fewest + TRIED, max(fewest, int(high / (TEXT * LEADING))) + 1)):
                lines = _in_points(node, small, wide, high, count, chop)
                if lines is not None:
                    return Box(wide, high, lines)
            high *= 1.0 + GROWTH
    raise TooNarrowError(node.text)


def _small(node: Node, wide: float) -> _Lines:
    """The details and the mark of a node with corners, under its text."""
    return [
        *((line, SMALL, False, True) for part in node.detail.split("\n") for line in wrap(part, wide * 0.6, SMALL)),
        *((line, SMALL, True, True) for line in wrap(node.mark, wide * 0.6, SMALL, bold=True)),
    ]


def _in_points(
    node: Node, small: _Lines, wide: float, high: float, count: int, chop: bool
) -> tuple[TextLine, ...] | None:
    """The lines of a text if `count` of them hold it all; without `chop` no word is cut and no line begins with a scrap."""
    own = count - len(small)
    places = _stacked([*((("", TEXT, False, False),) * own), *small])

    def room(index: int) -> float:
        return _room(node, places[index], wide, high) if index < own else 0.0

    try:
        text = fill(node.text, room, TEXT, chop=chop)
    except TooNarrowError:
        return None
    if len(text) != own or (own > 1 and len(text[0]) < SHORTEST and not chop):
        return None
    placed = _stacked([*((line, TEXT, False, False) for line in text), *small])
    return placed if all(line.width <= _room(node, line, wide, high) for line in placed) else None


def _room(node: Node, line: TextLine, wide: float, high: float) -> float:
    """How wide a line may be at its place: a diamond narrows to nothing, a hexagon to half."""
    far = max(abs(line.dy - 0.79 * line.size), abs(line.dy + 0.22 * line.size)) + 1.0
    narrowing = 2.0 if node.shape == "question" else 1.0
    return wide * (1 - narrowing * far / high) - 8.0 if far < high / 2 - 2.5 else 0.0
