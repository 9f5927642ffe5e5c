"""Which way each edge goes: along the channels between columns and rows, never through a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from samverkan.draw.scene import Edge, EdgeKind, State

Side = Literal["left", "right"]

@dataclass(frozen=True, slots=True)
class Cell:
    """Where a node stands: row (over all lanes, from above) and column."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Port:
    """Where edges meet a node: all that leave it on one side, or come to it there, with one kind and line share a port."""

    node: str
    side: Side
    way: Literal["out", "in"]
    kind: EdgeKind
    line: State


@dataclass(frozen=True, slots=True)
class Bend:
    """A stretch in a channel: `vertical` before the column `channel`, else horizontal above the row `channel`. Edges with the
    same `owner`, the port that they leave by, share its track."""

    vertical: bool
    channel: int
    owner: Port


@dataclass(frozen=True, slots=True)
class Route:
    """An edge's way: out of a port, along bends (none: straight across), into a port. `straight` rows are passed at the height of
    the port at that end."""

    edge: Edge
    start: Port
    end: Port
    bends: tuple[Bend, ...]


def routes(edges: Sequence[Edge], cells: Mapping[str, Cell]) -> list[Route]:
    """The way of each edge.

    Args:
        edges: the edges of a scene.
        cells: where each node stands; no two at one place.

    Returns:
        A route for each edge, in their order.
    """
    roads = _Roads(dict.fromkeys(cells.values()), {})
    return [_route(edge, cells, roads) for edge in edges]


@dataclass(frozen=True, slots=True)
class _Roads:
    """What is taken: places in the grid (by a node, None, or by what passes) and, of each side of a node, the straight port."""

    places: dict[Cell, Port | None]
    straight: dict[tuple[str, Side], Port]

    def passes(self, row: int, columns: range, port: Port) -> bool:
        """Whether an edge can go straight along a row, which it then takes. Edges of one port may share it."""
        cells = [Cell(row, column) for column in columns]
        if any(cell in self.places and self.places[cell] != port for cell in cells):
            return False
        self.places.update(dict.fromkeys(cells, port))
        return True

    def joins(self, start: Port, end: Port) -> bool:
        """Whether two ports can face each other on one line: each side of a node has one such port."""
        ports = ((start.node, start.side), start), ((end.node, end.side), end)
        if any(self.straight.get(side, port) != port for side, port in ports):
            return False
        self.straight.update(ports)
        return True


def _route(edge: Edge, cells: Mapping[str, Cell], roads: _Roads) -> Route:
    source, target = cells[edge.source], cells[edge.target]
    out_side, in_side = _sides(edge, source, target)
    start = Port(edge.source, out_side, "out", edge.kind, edge.state)
    end = Port(edge.target, in_side, "in", edge.kind, edge.state)
    first = source.column + (out_side == "right")
    last = target.column + (in_side == "right")
    leave, arrive = Bend(True, first, start), Bend(True, last, start)
    if first == last:
        straight = source.row == target.row and out_side != in_side and roads.joins(start, end)
        return Route(edge, start, end, () if straight else (leave,))
    between = range(min(first, last), max(first, last))
    if source.row != target.row and roads.passes(source.row, between, start):
        return Route(edge, start, end, (arrive,))
    if source.row != target.row and roads.passes(target.row, between, end):
        return Route(edge, start, end, (leave,))
    if source.row == target.row and roads.passes(source.row, between, start) and roads.joins(start, end):
        return Route(edge, start, end, ())
    return Route(edge, start, end, (leave, Bend(False, target.row, start), arrive))


def _sides(edge: Edge, source: Cell, target: Cell) -> tuple[Side, Side]:
    """Within a column what starts goes round on the left, what tells on the right; else the near sides face each other."""
    if source.column == target.column:
        side: Side = "left" if edge.kind == "starts" else "right"
        return side, side
    return ("right", "left") if source.column < target.column else ("left", "right")
