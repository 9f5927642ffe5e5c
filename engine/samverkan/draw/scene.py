"""A picture in words: lanes, columns, nodes and edges, whatever it was made from; nothing here knows plans or points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["event", "condition", "decision", "offer", "question", "receiver"]
"""What a node is: something that happened, what must hold, a measure, an offer, what somebody judges, somebody who is told."""

State = Literal["plain", "due", "overdue", "done", "ask_first", "declined", "gone", "ended", "missed", "faded"]
"""How a node or edge stands. Each has a line style and, in a node's `mark`, a word: colour never carries it alone."""

EdgeKind = Literal["starts", "tells"]
"""`starts`: what sets something going (enters from the left); `tells`: what goes from one function to another."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A function, or the events. `note` stands in smaller letters under the label (a unit, say)."""

    id: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A time, from left to right. Neighbours with the same `heading` and `group` share one heading."""

    id: str
    heading: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in a lane and a column. `text` is what it says, `detail` smaller lines under it, `mark` the state in words."""

    id: str
    lane: str
    column: str
    shape: Shape
    text: str
    detail: str = ""
    mark: str = ""
    state: State = "plain"


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one node to another."""

    source: str
    target: str
    kind: EdgeKind = "starts"
    label: str = ""
    state: State = "plain"


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture. Lanes stand in their order from above, columns from the left, nodes of one place from above.

    Raises:
        ValueError: a node names no lane or column of the scene, an edge no node, or two have one id.
    """

    title: str
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    subtitle: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        lanes, columns = _ids(self.lanes), _ids(self.columns)
        nodes = _ids(self.nodes)
        for node in self.nodes:
            if node.lane not in lanes or node.column not in columns:
                raise ValueError(f"noden {node.id} står utanför bilden: {node.lane}, {node.column}")
        for edge in self.edges:
            if edge.source not in nodes or edge.target not in nodes:
                raise ValueError(f"pilen från {edge.source} till {edge.target} saknar en ände")


def _ids(things: tuple[Lane, ...] | tuple[Column, ...] | tuple[Node, ...]) -> set[str]:
    ids = {thing.id for thing in things}
    if len(ids) != len(things):
        raise ValueError("två delar av bilden har samma id")
    return ids
