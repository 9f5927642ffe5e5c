"""Measures a drawn picture from its SVG alone: how small its letters are on paper, and what overlaps what."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from samverkan.draw.layout import A3_LANDSCAPE
from samverkan.draw.metrics import text_width

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
ASCENT, DESCENT = 0.76, 0.2
"""How far letters reach over and under the baseline, in parts of their size: the ring of Å touches nothing either."""

SLACK = 0.5

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found: the page's size, the size of the smallest letters on A3 landscape, in points, and the faults in words."""

    width: float
    height: float
    smallest: float
    overlaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    words: str
    box: Rectangle


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    box: Rectangle


@dataclass(frozen=True, slots=True)
class _Edge:
    ends: tuple[str, str]
    lines: tuple[tuple[Point, Point], ...]


def measure(svg: bytes) -> Measured:
    """Measures a picture.

    Args:
        svg: an SVG as Graphviz writes it.

    Returns:
        The measures. Overlaps are: text on text, an edge through text, text or nodes out of the page, nodes on nodes, an edge
        through a node that it doesn't belong to, two edges of different nodes on one line, and text that leaves its node.

    Raises:
        ValueError: not an SVG with a `viewBox`.
    """
    root = ElementTree.fromstring(svg)
    if root.tag != f"{_SVG}svg" or "viewBox" not in root.attrib:
        raise ValueError("det här är ingen SVG med viewBox")
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    texts, sizes = _texts(root, height)
    nodes, edges = list(_nodes(root, height)), list(_edges(root, height))
    scale = min(A3_LANDSCAPE[0] / width, A3_LANDSCAPE[1] / height)
    overlaps = [
        *_texts_on_texts(texts),
        *_out_of_page(texts, nodes, width, height),
        *_texts_leaving(texts, nodes),
        *_nodes_on_nodes(nodes),
        *_edges_through(edges, texts, nodes),
        *_edges_on_edges(edges),
    ]
    return Measured(width, height, min(sizes, default=0.0) * scale, tuple(overlaps))


# ------------------------------------------------------------------------------------------------ reading the SVG


def _texts(root: ElementTree.Element, height: float) -> tuple[list[_Text], list[float]]:
    found, sizes = [], []
    for element in root.iter(f"{_SVG}text"):
        size = float(element.attrib["font-size"])
        words = "".join(element.itertext())
        wide = text_width(words, size, element.attrib.get("font-weight") == "bold")
        x, y = float(element.attrib["x"]), float(element.attrib["y"]) + height
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[element.attrib.get("text-anchor", "start")]
        found.append(_Text(words, (left, y - ASCENT * size, left + wide, y + DESCENT * size)))
        sizes.append(size)
    return found, sizes


def _groups(root: ElementTree.Element, kind: str) -> Iterator[tuple[str, ElementTree.Element]]:
    for group in root.iter(f"{_SVG}g"):
        title = group.find(f"{_SVG}title")
        if group.attrib.get("class") == kind and title is not None:
            yield title.text or "", group


def _nodes(root: ElementTree.Element, height: float) -> Iterator[_Node]:
    for name, group in _groups(root, "node"):
        points: list[Point] = []
        for element in group.iter():
            points += _outline(element, height)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        yield _Node(name, (min(xs), min(ys), max(xs), max(ys)))


def _outline(element: ElementTree.Element, height: float) -> list[Point]:
    attributes = element.attrib
    if element.tag == f"{_SVG}ellipse":
        x, y = float(attributes["cx"]), float(attributes["cy"]) + height
        rx, ry = float(attributes["rx"]), float(attributes["ry"])
        return [(x - rx, y - ry), (x + rx, y + ry)]
    numbers = [float(number) for number in _NUMBER.findall(attributes.get("points", attributes.get("d", "")))]
    return [(x, y + height) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def _edges(root: ElementTree.Element, height: float) -> Iterator[_Edge]:
    for name, group in _groups(root, "edge"):
        source, _, target = name.partition("->")
        lines: list[tuple[Point, Point]] = []
        for element in group.iter(f"{_SVG}path"):
            points = _outline(element, height)
            corners = points[::3]
            lines += pairwise(corners)
        yield _Edge((source, target), tuple(line for line in lines if line[0] != line[1]))


# ------------------------------------------------------------------------------------------------------ the faults


def _texts_on_texts(texts: Sequence[_Text]) -> Iterator[str]:
    for first, second in combinations(texts, 2):
        if _overlap(first.box, second.box):
            yield f"text på text: ”{first.words}” och ”{second.words}”"


def _out_of_page(texts: Sequence[_Text], nodes: Sequence[_Node], width: float, height: float) -> Iterator[str]:
    for name, box in [*((text.words, text.box) for text in texts), *((node.name, node.box) for node in nodes)]:
        if box[0] < -SLACK or box[1] < -SLACK or box[2] > width + SLACK or box[3] > height + SLACK:
            yield f"utanför sidan: ”{name}”"


def _texts_leaving(texts: Sequence[_Text], nodes: Sequence[_Node]) -> Iterator[str]:
    for text in texts:
        for node in nodes:
            if _overlap(text.box, node.box) and not _within(text.box, node.box):
                yield f"text över kanten: ”{text.words}” på {node.name}"


def _nodes_on_nodes(nodes: Sequence[_Node]) -> Iterator[str]:
    for first, second in combinations(nodes, 2):
        if _overlap(first.box, second.box):
            yield f"nod på nod: {first.name} och {second.name}"


def _edges_through(edges: Sequence[_Edge], texts: Sequence[_Text], nodes: Sequence[_Node]) -> Iterator[str]:
    for edge in edges:
        for line in edge.lines:
            for text in texts:
                if _crosses(line, text.box):
                    yield f"pil {'→'.join(edge.ends)} genom texten ”{text.words}”"
            for node in nodes:
                if node.name not in edge.ends and _crosses(line, node.box):
                    yield f"pil {'→'.join(edge.ends)} genom {node.name}"


def _edges_on_edges(edges: Sequence[_Edge]) -> Iterator[str]:
    """Stretches that edges with no common end share: nobody could tell them apart there."""
    for first, second in combinations(edges, 2):
        if first.ends[0] == second.ends[0] or first.ends[1] == second.ends[1]:
            continue
        if any(_same_stretch(one, other) for one in first.lines for other in second.lines):
            yield f"pil på pil: {'→'.join(first.ends)} och {'→'.join(second.ends)}"


def _same_stretch(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    for along, across in ((0, 1), (1, 0)):
        level = [point[across] for line in (first, second) for point in line]
        if max(level) - min(level) < 1.0:
            a, b = sorted(point[along] for point in first), sorted(point[along] for point in second)
            if min(a[1], b[1]) - max(a[0], b[0]) > 2.0:
                return True
    return False


def _overlap(first: Rectangle, second: Rectangle) -> bool:
    return (
        first[0] + SLACK < second[2] and second[0] + SLACK < first[2]
        and first[1] + SLACK < second[3] and second[1] + SLACK < first[3]
    )  # fmt: skip


def _within(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        inner[0] >= outer[0] - SLACK and inner[1] >= outer[1] - SLACK
        and inner[2] <= outer[2] + SLACK and inner[3] <= outer[3] + SLACK
    )  # fmt: skip


def _crosses(line: tuple[Point, Point], box: Rectangle) -> bool:
    """Whether a line, upright or level but for its rounded corners, touches a box."""
    (x1, y1), (x2, y2) = line
    return _overlap((min(x1, x2) - SLACK, min(y1, y2) - SLACK, max(x1, x2) + SLACK, max(y1, y2) + SLACK), box)
