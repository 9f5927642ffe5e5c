"""A page as Graphviz source: nodes and edges at fixed places, everything else through the graph's `_background`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from samverkan.draw.grid import PlacedEdge, PlacedLabel, PlacedNode, Point
from samverkan.draw.layout import LANE_HEAD_WIDTH, MARGIN, Page, PlacedSample
from samverkan.draw.scene import Scene, Shape
from samverkan.draw.style import (
    BAND,
    FILLS,
    GREY,
    HEAD_RULE,
    INK,
    LANE_HEAD,
    LINES,
    PAPER,
    RULE,
    fill_of,
    ink_of,
)
from samverkan.draw.wrapping import clean
from samverkan.draw.xdot import CLEAR, Canvas, number

SHAPES: Mapping[Shape, str] = {
    "event": "ellipse", "condition": "hexagon", "decision": "box", "offer": "box", "question": "diamond", "receiver": "note",
}
ROUNDED = ("decision", "offer")
CORNER, ARROW_LENGTH = 5.0, 7.0
_ORDER = ("faded", "ended", "gone", "missed", "declined", "ask_first", "plain", "due", "done", "overdue")
"""Which lines are drawn first: what counts lies over what doesn't, where they share a way."""


def dot_source(scene: Scene, page: Page) -> str:
    """The source of a picture for Graphviz.

    Args:
        scene: what is drawn.
        page: how it is laid out.

    Returns:
        A digraph in DOT, all places fixed; any Graphviz draws it alike with the engine `nop2`.
    """
    from graphviz import Digraph, escape

    names = {node.id: f"n{index}" for index, node in enumerate(scene.nodes, 1)}
    whole = {**quoted(_graph(scene, page)), "_background": _background(page)}
    graph = Digraph(escape(clean(scene.title)), graph_attr=whole)
    graph.attr("node", **quoted({"label": "", "fixedsize": "true", "style": "filled", "fillcolor": "transparent"}))
    graph.attr("edge", arrowsize="0.7")
    for placed in page.grid.nodes:
        graph.node(names[placed.node.id], **quoted(_node(placed, page)))
    edges = sorted(enumerate(page.grid.edges), key=lambda pair: (_ORDER.index(pair[1].edge.state), pair[0]))
    for _, placed_edge in edges:
        edge = placed_edge.edge
        graph.edge(names[edge.source], names[edge.target], **quoted(_edge(placed_edge, page)))
    return str(graph.source)


def quoted(attributes: Mapping[str, str]) -> dict[str, str]:
    """Values that Graphviz reads as they stand: backslashes are doubled, and `<…>` isn't taken for HTML."""
    from graphviz import escape

    return {key: escape(value) for key, value in attributes.items()}


def _graph(scene: Scene, page: Page) -> dict[str, str]:
    return {
        "pad": "0",
        "margin": "0",
        "bb": f"0,0,{number(page.width)},{number(page.height)}",
        "outputorder": "edgesfirst",
        "splines": "ortho",
        "bgcolor": PAPER,
        "tooltip": clean(scene.title),
    }


def _node(placed: PlacedNode, page: Page) -> dict[str, str]:
    node = placed.node
    line = LINES[node.state]
    rounded = "rounded," if node.shape in ROUNDED else ""
    return {
        "pos": f"{number(page.left + placed.x)},{number(page.height - page.top - placed.y)}!",
        "width": f"{placed.box.width / 72:.4f}",
        "height": f"{placed.box.height / 72:.4f}",
        "shape": SHAPES[node.shape],
        "style": f"{rounded}filled,{line.dash}",
        "color": line.colour,
        "penwidth": number(line.width),
        "tooltip": clean(f"{node.text} {node.detail} {node.mark}"),
        "id": f"nod-{_safe(node.id)}",
    }


def _edge(placed: PlacedEdge, page: Page) -> dict[str, str]:
    line = LINES[placed.edge.state]
    return {
        "pos": _spline([(page.left + x, page.height - page.top - y) for x, y in placed.points]),
        "style": line.dash,
        "color": line.colour,
        "penwidth": number(line.width),
        "tooltip": clean(placed.edge.label) or " ",
    }


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "-", text)


def _spline(points: list[Point]) -> str:
    """A way with rounded corners as Graphviz writes it: the tip of the arrow, then Bézier points."""
    tip, before = points[-1], points[-2]
    length = abs(tip[0] - before[0]) + abs(tip[1] - before[1])
    end = _towards(tip, before, min(ARROW_LENGTH, length * 0.8))
    way = [*points[:-1], end]
    curve: list[Point] = [way[0]]
    for first, corner, last in zip(way, way[1:], way[2:], strict=False):
        radius = min(CORNER, _far(first, corner) / 2, _far(corner, last) / 2)
        into, out = _towards(corner, first, radius), _towards(corner, last, radius)
        curve += [curve[-1], into, into, corner, corner, out]
    curve += [curve[-1], way[-1], way[-1]]
    return f"e,{_pair(tip)} " + " ".join(map(_pair, curve))


def _pair(point: Point) -> str:
    return f"{number(point[0])},{number(point[1])}"


def _far(first: Point, second: Point) -> float:
    return abs(first[0] - second[0]) + abs(first[1] - second[1])


def _towards(start: Point, goal: Point, length: float) -> Point:
    """The point `length` from `start` on the way to `goal`."""
    far = ((goal[0] - start[0]) ** 2 + (goal[1] - start[1]) ** 2) ** 0.5 or 1.0
    return start[0] + (goal[0] - start[0]) / far * length, start[1] + (goal[1] - start[1]) / far * length


# ------------------------------------------------------------------------------------------------ what lies behind


def _background(page: Page) -> str:
    canvas = Canvas(page.height)
    canvas.rectangle(0, 0, page.width, page.height, PAPER)
    _lanes(canvas, page)
    for placed in page.grid.nodes:
        _inside(canvas, placed, page)
    for label in page.grid.labels:
        _label(canvas, label, page)
    for sample in page.legend:
        _sample(canvas, sample)
    for text in page.texts:
        canvas.text(text.text, text.x, text.y, text.size, GREY if text.grey else INK, text.bold, text.anchor)
    return str(canvas)


def _lanes(canvas: Canvas, page: Page) -> None:
    """The bands, their heads, and a faint line between the times."""
    right = page.width - MARGIN
    for index, (above, below) in enumerate(page.grid.lanes):
        top, high = page.top + above, below - above
        canvas.rectangle(MARGIN, top, right - MARGIN, high, BAND if index % 2 else PAPER)
        canvas.rectangle(MARGIN, top, LANE_HEAD_WIDTH, high, LANE_HEAD)
    bottom = page.top + page.grid.height
    for (_, end), (start, _) in zip(page.groups, page.groups[1:], strict=False):
        middle = page.left + (end + start) / 2
        canvas.line([(middle, page.top - 14.0), (middle, page.top)], HEAD_RULE)
    for above, _ in page.grid.lanes:
        canvas.line([(MARGIN, page.top + above), (right, page.top + above)], RULE)
    canvas.line([(MARGIN, bottom), (right, bottom)], RULE)
    for x in (MARGIN, MARGIN + LANE_HEAD_WIDTH, right):
        canvas.line([(x, page.top), (x, bottom)], RULE)


def _inside(canvas: Canvas, placed: PlacedNode, page: Page) -> None:
    """The fill and the texts of a node; its border is Graphviz's."""
    node, box = placed.node, placed.box
    x, y = page.left + placed.x, page.top + placed.y
    fill, line = fill_of(node.shape, node.state), LINES[node.state]
    if node.shape == "event":
        canvas.ellipse(x, y, box.width, box.height, fill)
    elif node.shape in ("question", "condition"):
        canvas.polygon(_corners(node.shape, x, y, box.width, box.height), fill)
    elif node.shape == "receiver":
        canvas.rectangle(x - box.width / 2, y - box.height / 2, box.width, box.height, fill)
    else:
        canvas.rounded(x, y, box.width, box.height, _radius(box.width, box.height), fill)
    if node.shape == "offer":
        canvas.rounded(x, y, box.width - 6.0, box.height - 6.0, _radius(box.width, box.height) - 3.0, CLEAR, line.colour, 0.7)
    for text in box.lines:
        colour = line.words if text.bold else GREY if text.words else ink_of(node.state)
        canvas.text(text.text, x + text.dx, y + text.dy, text.size, colour, text.bold)


def _corners(shape: Shape, x: float, y: float, width: float, height: float) -> list[Point]:
    """The corners of a diamond or hexagon, where Graphviz has them."""
    wide, high = width / 2, height / 2
    flat = 0.0 if shape == "question" else wide / 2
    upper = [(x - flat, y - high), (x + flat, y - high)]
    return [(x - wide, y), *upper, (x + wide, y), *((a, 2 * y - b) for a, b in reversed(upper))]


def _radius(width: float, height: float) -> float:
    """How round Graphviz makes the corners of a box."""
    return min(12.0, width / 3, height / 3)


def _label(canvas: Canvas, label: PlacedLabel, page: Page) -> None:
    """The words over a line, on a halo of paper."""
    x, y = page.left + label.x, page.top + label.y
    canvas.rectangle(x - label.width / 2 - 1.0, y - label.height / 2, label.width + 2.0, label.height, "#ffffffcc")
    for line in label.lines:
        canvas.text(line.text, x + line.dx, y + line.dy, line.size, LINES[label.state].words)


def _sample(canvas: Canvas, placed: PlacedSample) -> None:
    """The picture of one entry of the legend."""
    sample, x, y = placed.sample, placed.x, placed.y
    line = LINES[sample.state]
    middle, wide, high = x + sample.width / 2, sample.width, 12.0
    if sample.shape is None:
        canvas.line([(x, y), (x + wide, y)], line.colour, line.width, line.dash)
        return
    fill = FILLS[sample.shape]
    if sample.shape == "event":
        canvas.ellipse(middle, y, wide, high, fill, line.colour)
    elif sample.shape in ("question", "condition"):
        canvas.polygon(_corners(sample.shape, middle, y, wide, high), fill, line.colour)
    elif sample.shape == "receiver":
        canvas.rectangle(x, y - high / 2, wide, high, fill, line.colour)
    else:
        canvas.rounded(middle, y, wide, high, 4.0, fill, line.colour)
        if sample.shape == "offer":
            canvas.rounded(middle, y, wide - 5.0, high - 5.0, 2.5, CLEAR, line.colour, 0.7)

