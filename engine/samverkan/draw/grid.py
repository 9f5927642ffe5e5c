"""Lanes × columns in points: how high each row is, how wide each column and channel, and the lines' way in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from samverkan.draw.boxes import Box, TextLine
from samverkan.draw.metrics import text_width
from samverkan.draw.placing import boxes_of, cells_of
from samverkan.draw.ports import LABEL_LIFT, PORT_STEP, label_height, labels_of, nudged, ports_of
from samverkan.draw.routing import Bend, Port, Route, routes
from samverkan.draw.scene import Edge, Node, Scene, State
from samverkan.draw.style import LEADING, SMALL
from samverkan.draw.tracks import NEAR, Track, arrange

LANE_PAD, ROW_GAP, TRACK, ARROW, EDGE_GAP = 7.0, 9.0, 7.0, 13.0, 9.0
NUDGES = 4
"""How often lines that would lie on each other are moved apart."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PlacedNode:
    node: Node
    x: float
    y: float
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    edge: Edge
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """An edge's label: the middle of its box, its size, its lines from that middle."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[TextLine, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Grid:
    """The placed parts; x from the left end of the first channel, y from the top of the first lane. `lanes` and `columns` hold
    (start, end) of each."""

    width: float
    height: float
    lanes: tuple[tuple[float, float], ...]
    columns: tuple[tuple[float, float], ...]
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]
    labels: tuple[PlacedLabel, ...]


def grid_of(scene: Scene, width: float, least: Sequence[float] = ()) -> Grid:
    """Places everything that stands in the lanes.

    Args:
        scene: the scene.
        width: how wide the lines of a plain node may be.
        least: how high each lane must be at the least (for its own label).

    Returns:
        The grid.
    """
    return _Grid(scene, width, least).placed()


class _Grid:
    """One grid in the making: rows first, then what lies beside each other in the channels, then the lines."""

    def __init__(self, scene: Scene, width: float, least: Sequence[float]) -> None:
        self.scene = scene
        self.boxes = boxes_of(scene, width)
        self.cells, self.lane_rows = cells_of(scene)
        self.routes = routes(scene.edges, self.cells)
        self.labels = labels_of(self.routes)
        self.ports = ports_of(self.routes, self.cells, self.labels)
        for port, offset in self.ports.items():
            box = self.boxes[port.node]
            self.boxes[port.node] = replace(box, height=max(box.height, 2 * abs(offset) + PORT_STEP))
        self._place(least)
        for _ in range(NUDGES):
            covered = self._covered()
            if not covered:
                break
            for port, other in covered:
                self.ports = nudged(self.ports, port, other, self.routes)
            self._place(least)

    def _place(self, least: Sequence[float]) -> None:
        """Rows, then columns and the tracks between them, from what has been settled so far."""
        self.rows: list[float] = []
        self.lanes: list[tuple[float, float]] = []
        self.row_tops: list[float] = []
        self.columns: list[tuple[float, float]] = []
        self.tracks: dict[Bend, float] = {}
        self._rows(least)
        self._horizontal_tracks()
        self.width = self._columns()

    def placed(self) -> Grid:
        nodes = [
            PlacedNode(node, self._x(node.id), self.rows[self.cells[node.id].row], self.boxes[node.id])
            for node in self.scene.nodes
        ]
        edges = [PlacedEdge(route.edge, self._points(route)) for route in self.routes]
        return Grid(
            self.width, self.lanes[-1][1], tuple(self.lanes), tuple(self.columns),
            tuple(nodes), tuple(edges), tuple(self._placed_labels()),
        )

    # ------------------------------------------------------------------------------------------------- rows

    def _rows(self, least: Sequence[float]) -> None:
        """The middle of each row, and the lanes round them."""
        lines = self._horizontal_lines()
        y = 0.0
        row = 0
        for index, count in enumerate(self.lane_rows):
            top = y
            y += LANE_PAD
            for _ in range(count):
                self.row_tops.append(y)
                y += TRACK * lines[row]
                high = self._row_height(row)
                self.rows.append(y + high / 2)
                y += high + ROW_GAP
                row += 1
            y += LANE_PAD - ROW_GAP
            short = (least[index] if index < len(least) else 0.0) - (y - top)
            if short > 0:
                self.rows[row - count :] = [middle + short / 2 for middle in self.rows[row - count :]]
                self.row_tops[row - count :] = [middle + short / 2 for middle in self.row_tops[row - count :]]
                y += short
            self.lanes.append((top, y))

    def _row_height(self, row: int) -> float:
        """As high as its highest node; labels over a port need room above the middle."""
        high = [self.boxes[name].height for name, cell in self.cells.items() if cell.row == row]
        for port, label in self.labels.items():
            if self.cells[port.node].row == row:
                high.append(2 * (label_height(label) + LABEL_LIFT - self.ports[port]))
        return max(high, default=20.0)

    def _horizontal_lines(self) -> list[int]:
        """How many tracks run above each row."""
        owners: dict[int, set[Bend]] = defaultdict(set)
        for route in self.routes:
            for bend in route.bends:
                if not bend.vertical:
                    owners[bend.channel].add(bend)
        return [len(owners[row]) for row in range(sum(self.lane_rows))]

    def _horizontal_tracks(self) -> None:
        counts: dict[int, int] = defaultdict(int)
        for route in self.routes:
            for bend in route.bends:
                if not bend.vertical and bend not in self.tracks:
                    self.tracks[bend] = self.row_tops[bend.channel] + TRACK * counts[bend.channel]
                    counts[bend.channel] += 1

    # ---------------------------------------------------------------------------------------------- columns

    def _columns(self) -> float:
        """The columns and the channels between them; returns the whole width."""
        x = 0.0
        wide = [
            max((self.boxes[name].width for name, cell in self.cells.items() if cell.column == column), default=60.0)
            for column in range(len(self.scene.columns))
        ]
        for channel in range(len(wide) + 1):
            x += self._channel(channel, x)
            if channel < len(wide):
                self.columns.append((x, x + wide[channel]))
                x += wide[channel]
        return x

    def _channel(self, channel: int, x: float) -> float:
        """Gives the tracks of a channel that begins at `x` their place; returns its width."""
        left = self._zone(channel - 1, "right", channel > 0)
        right = self._zone(channel, "left", channel < len(self.scene.columns))
        bends, tracks = self._tracks(channel)
        places = arrange(tracks)
        for bend, place in zip(bends, places, strict=True):
            self.tracks[bend] = x + left + TRACK * place
        return left + right + (TRACK * max(places) if places else 0.0)

    def _zone(self, column: int, side: str, inside: bool) -> float:
        """The room beside a column for arrowheads and labels."""
        if not inside:
            return EDGE_GAP
        coming = [p for p in self.ports if p.way == "in" and p.side == side and self.cells[p.node].column == column]
        if not coming:
            return EDGE_GAP
        texts = [line for port in coming if port in self.labels for line in self.labels[port][0]]
        return ARROW + max((text_width(text, SMALL) + 5.0 for text in texts), default=0.0)

    def _tracks(self, channel: int) -> tuple[list[Bend], list[Track]]:
        """The tracks of a channel: how far each goes, and where lines leave it to either side."""
        before: dict[Bend, set[float]] = defaultdict(set)
        after: dict[Bend, set[float]] = defaultdict(set)
        for route in self.routes:
            for index, bend in enumerate(route.bends):
                if not (bend.vertical and bend.channel == channel):
                    continue
                for y, leftwards in self._stubs(route, index):
                    (before if leftwards else after)[bend].add(y)
        bends = list(dict.fromkeys([*before, *after]))
        tracks = []
        for bend in bends:
            heights = before[bend] | after[bend]
            tracks.append(Track(min(heights), max(heights), tuple(sorted(before[bend])), tuple(sorted(after[bend]))))
        return bends, tracks

    def _stubs(self, route: Route, index: int) -> list[tuple[float, bool]]:
        """The heights at which an edge comes to and leaves a vertical bend, and whether that is on its left."""
        bends = route.bends
        channel = bends[index].channel
        stubs = []
        if index == 0:
            stubs.append((self._port_y(route.start), route.start.side == "right"))
        else:
            stubs.append((self.tracks[bends[index - 1]], bends[index - 2].channel < channel))
        if index == len(bends) - 1:
            stubs.append((self._port_y(route.end), route.end.side == "right"))
        else:
            stubs.append((self.tracks[bends[index + 1]], bends[index + 2].channel < channel))
        return stubs

    def _covered(self) -> list[tuple[Port, Port]]:
        """Ports whose lines would lie on each other's in a channel, where no order of the tracks helps."""
        to_track: dict[int, list[tuple[float, float, Port]]] = defaultdict(list)
        from_track: dict[int, list[tuple[float, float, Port]]] = defaultdict(list)
        for route in self.routes:
            if route.bends:
                for bend, port in ((route.bends[0], route.start), (route.bends[-1], route.end)):
                    lines = to_track if port.side == "right" else from_track
                    lines[bend.channel].append((self.tracks[bend], self._port_y(port), port))
        return [
            (port, other)
            for channel, ones in to_track.items()
            for x, y, port in ones
            for other_x, other_y, other in from_track[channel]
            if other_x < x and abs(y - other_y) < NEAR
        ]

    # ------------------------------------------------------------------------------------------------ lines

    def _port_y(self, port: Port) -> float:
        return self.rows[self.cells[port.node].row] + self.ports[port]

    def _x(self, name: str) -> float:
        left, right = self.columns[self.cells[name].column]
        return (left + right) / 2

    def _touch(self, port: Port) -> Point:
        """Where a port meets the border of its node."""
        box = self.boxes[port.node]
        offset = abs(self.ports[port]) / (box.height / 2)
        shape = next(node.shape for node in self.scene.nodes if node.id == port.node)
        reach = box.width / 2
        if shape == "event":
            reach *= sqrt(max(0.0, 1 - offset * offset))
        elif shape in ("question", "condition"):
            reach *= 1 - offset * (1.0 if shape == "question" else 0.5)
        return self._x(port.node) + (reach if port.side == "right" else -reach), self._port_y(port)

    def _points(self, route: Route) -> tuple[Point, ...]:
        """The corners of an edge, from border to border."""
        start, end = self._touch(route.start), self._touch(route.end)
        points = [start]
        for bend in route.bends:
            x, y = points[-1]
            points.append((self.tracks[bend], y) if bend.vertical else (x, self.tracks[bend]))
        x, y = points[-1]
        points.append((x, end[1]))
        points.append(end)
        return _without_doubles(points)

    def _placed_labels(self) -> list[PlacedLabel]:
        placed = []
        for port, (texts, state) in self.labels.items():
            y = self._port_y(port)
            outwards = 1.0 if port.side == "right" else -1.0
            wide = max(text_width(text, SMALL) for text in texts)
            column = self.columns[self.cells[port.node].column]
            border = column[1] if port.side == "right" else column[0]
            middle = border + outwards * (ARROW - 4.0 + wide / 2)
            high = len(texts) * SMALL * LEADING
            top = y - LABEL_LIFT - high
            lines = tuple(
                TextLine(text, 0.0, -high / 2 + index * SMALL * LEADING + SMALL * 0.88, SMALL)
                for index, text in enumerate(texts)
            )
            placed.append(PlacedLabel(middle, top + high / 2, wide, high, lines, state))
        return placed


def _without_doubles(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points without those that are where the last one was, or on the way from it straight on."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < 0.01 and abs(kept[-1][1] - point[1]) < 0.01:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _straight(first: Point, middle: Point, last: Point) -> bool:
    return (abs(first[0] - middle[0]) < 0.01 and abs(middle[0] - last[0]) < 0.01) or (
        abs(first[1] - middle[1]) < 0.01 and abs(middle[1] - last[1]) < 0.01
    )
