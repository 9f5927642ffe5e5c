"""Where each node stands in the grid of rows and columns, and how large it is there."""

from __future__ import annotations

from collections import defaultdict

from samverkan.draw.boxes import WIDENING, Box, box_of
from samverkan.draw.routing import Cell
from samverkan.draw.scene import Scene


def boxes_of(scene: Scene, width: float) -> dict[str, Box]:
    """The box of each node; where a column is wide for a node with corners, the others use its width too."""
    wider: dict[str, float] = defaultdict(lambda: 1.0)
    for node in scene.nodes:
        wider[node.column] = max(wider[node.column], WIDENING.get(node.shape, 1.0))
    return {
        node.id: box_of(node, width * (1.0 if node.shape in WIDENING else wider[node.column])) for node in scene.nodes
    }


def cells_of(scene: Scene) -> tuple[dict[str, Cell], list[int]]:
    """The place of each node, and how many rows each lane has (at least one).

    A node stands under those before it in its place, and as low as what it hangs on in the same lane, so that lines run level.
    """
    lane_of = {lane.id: index for index, lane in enumerate(scene.lanes)}
    column_of = {column.id: index for index, column in enumerate(scene.columns)}
    place = {node.id: (lane_of[node.lane], column_of[node.column]) for node in scene.nodes}
    leads = [edge for edge in scene.edges if place[edge.source][0] == place[edge.target][0]]
    free: dict[tuple[int, int], int] = defaultdict(int)
    row_of: dict[str, int] = {}
    followed: set[str] = set()
    for node in scene.nodes:
        row = free[place[node.id]]
        targets = [edge.target for edge in leads if edge.source == node.id and place[edge.target][1] > place[node.id][1]]
        if targets and targets[0] not in row_of:
            row = max(row, free[place[targets[0]]])
        for edge in leads:
            if edge.target == node.id and edge.source in row_of and edge.source not in followed:
                row = max(row, row_of[edge.source])
                followed.add(edge.source)
        row_of[node.id] = row
        free[place[node.id]] = row + 1
    used = [sorted({row_of[name] for name in row_of if place[name][0] == lane}) for lane in range(len(scene.lanes))]
    lane_rows = [max(1, len(rows)) for rows in used]
    starts = [sum(lane_rows[:lane]) for lane in range(len(lane_rows))]
    cells = {
        name: Cell(starts[lane] + used[lane].index(row_of[name]), column) for name, (lane, column) in place.items()
    }
    return cells, lane_rows
