"""Where edges meet nodes, one above the other, and the labels that stand over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from samverkan.draw.routing import Cell, Port, Route
from samverkan.draw.scene import State
from samverkan.draw.style import LEADING, SMALL
from samverkan.draw.wrapping import wrap

PORT_STEP, NUDGE = 8.0, 4.0
LABEL_WIDTH = 66.0
LABEL_LIFT = 3.0
"""How far a label stands over its line."""

Label = tuple[tuple[str, ...], State]
"""The lines of a label, and the state of its edge."""


def label_height(label: Label) -> float:
    return len(label[0]) * SMALL * LEADING


def labels_of(ways: Sequence[Route]) -> dict[Port, Label]:
    """What stands at each port where edges come in: their labels, once each."""
    said: dict[Port, dict[str, State]] = defaultdict(dict)
    for route in ways:
        if route.edge.label:
            said[route.end][route.edge.label] = route.edge.state
    return {
        port: (wrap(", ".join(labels), LABEL_WIDTH, SMALL), next(iter(labels.values()))) for port, labels in said.items()
    }


def ports_of(ways: Sequence[Route], cells: Mapping[str, Cell], labels: Mapping[Port, Label]) -> dict[Port, float]:
    """How far above or under the middle of its node each port is: straight lines in the middle, others beside, labels free."""
    sides: dict[tuple[str, str], list[Port]] = defaultdict(list)
    straight: set[Port] = set()
    others: dict[Port, list[int]] = defaultdict(list)
    for route in ways:
        for port, other in ((route.start, route.end), (route.end, route.start)):
            if port not in sides[port.node, port.side]:
                sides[port.node, port.side].append(port)
            others[port].append(cells[other.node].row)
            if not route.bends:
                straight.add(port)
    offsets: dict[Port, float] = {}
    for ports in sides.values():
        # What goes between two nodes in both ways is told apart: out before in on the right, in before out on the left.
        ports.sort(
            key=lambda p: (sum(others[p]) / len(others[p]), (p.way == "in") == (p.side == "right"), p.kind, p.line)
        )
        heights = [0.0]
        for port in ports[1:]:
            label = label_height(labels[port]) + 2 * LABEL_LIFT if port in labels else 0.0
            heights.append(heights[-1] + max(PORT_STEP, label))
        middle = next((high for port, high in zip(ports, heights, strict=True) if port in straight), heights[-1] / 2)
        offsets.update({port: high - middle for port, high in zip(ports, heights, strict=True)})
    return offsets


def nudged(offsets: Mapping[Port, float], port: Port, other: Port, ways: Sequence[Route]) -> dict[Port, float]:
    """The offsets with one of two ports moved a little, and with it those beyond it; ports of straight lines stay.

    Args:
        offsets: where the ports are.
        port: a port whose line lies on the other's.
        other: that other.
        ways: all routes.

    Returns:
        New offsets; the same where both ports have straight lines.
    """
    straight = {end for route in ways if not route.bends for end in (route.start, route.end)}
    moved = next((one for one in (port, other) if one not in straight), None)
    if moved is None:
        return dict(offsets)
    beside = [one for one in offsets if (one.node, one.side) == (moved.node, moved.side)]
    up = any(one in straight and offsets[one] > offsets[moved] for one in beside)
    step = -NUDGE if up else NUDGE
    beyond = [one for one in beside if (offsets[one] - offsets[moved]) * step >= 0]
    return {**offsets, **{one: offsets[one] + step for one in beyond}}
