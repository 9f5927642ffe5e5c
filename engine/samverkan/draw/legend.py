"""The legend: a sample of each shape and state that a scene shows, with its name."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.draw.scene import Scene, Shape, State
from samverkan.draw.wording import LEGEND_SHAPES, LEGEND_STATES


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: a shape, or a line in the way of a state; and what it means."""

    text: str
    shape: Shape | None = None
    state: State = "plain"
    width: float = 26.0
    bold: bool = False


def samples(scene: Scene) -> list[Sample]:
    """The samples of what occurs in a scene, always in the same order.

    Args:
        scene: the scene.

    Returns:
        First the shapes, then the states; `plain` needs no explanation.
    """
    shapes = {node.shape for node in scene.nodes}
    states: set[State] = {node.state for node in scene.nodes} | {edge.state for edge in scene.edges}
    return [
        *(Sample(text, shape=shape) for shape, text in LEGEND_SHAPES.items() if shape in shapes),
        *(Sample(text, state=state) for state, text in LEGEND_STATES.items() if state in states),
    ]
