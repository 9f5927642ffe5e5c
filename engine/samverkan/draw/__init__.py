"""Pictures of the plan and of a case: scenes, their layout, and Graphviz that draws them."""

from __future__ import annotations

from samverkan.draw.rendering import DrawingError, render
from samverkan.draw.scene import Column, Edge, Lane, Node, Scene

__all__ = ["Column", "DrawingError", "Edge", "Lane", "Node", "Scene", "render"]
