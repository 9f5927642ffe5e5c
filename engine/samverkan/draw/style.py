"""How things look: sizes, colours and line styles. Every state differs in line and word too, never in colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from samverkan.draw.scene import Shape, State

FONT = "DejaVu Sans,Verdana,sans-serif"
"""DejaVu Sans by name, and what a viewer without it shows instead; both are as wide or narrower."""

TITLE, SUBTITLE, HEADING, LANE, TEXT, SMALL = 16.0, 10.0, 10.0, 10.0, 9.5, 9.0
LEADING = 1.2
"""The height of a line, in parts of the size of its letters."""

INK, GREY, PAPER = "#1c2733", "#57606a", "#ffffff"
BAND, LANE_HEAD, RULE, HEAD_RULE = "#f5f8fb", "#e2eaf2", "#c3d0dc", "#dfe7ee"

Dash = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True, slots=True)
class Line:
    """How a border or an arrow is drawn, and the colour of the words that belong to it."""

    colour: str
    width: float
    dash: Dash
    words: str


LINES: Mapping[State, Line] = {
    "plain": Line("#34495e", 1.0, "solid", INK),
    "due": Line("#1a7f37", 2.2, "dashed", "#14662b"),
    "overdue": Line("#b45309", 3.2, "solid", "#8a3d00"),
    "done": Line("#1a7f37", 2.2, "solid", "#14662b"),
    "ask_first": Line("#0b57a4", 1.8, "dotted", "#0b57a4"),
    "declined": Line("#57606a", 1.0, "solid", "#57606a"),
    "gone": Line("#b42318", 1.4, "dashed", "#a01c12"),
    "ended": Line("#57606a", 1.0, "dashed", "#57606a"),
    "missed": Line("#b42318", 2.2, "dashed", "#a01c12"),
    "faded": Line("#a9b4bf", 0.8, "solid", "#57606a"),
}

FILLS: Mapping[Shape, str] = {
    "event": "#fff3cf",
    "condition": "#f1ecf8",
    "decision": "#e8f0fb",
    "offer": "#e4f4e6",
    "question": "#fdeae6",
    "receiver": "#ffffff",
}

PALE: Mapping[State, str] = {"declined": "#eceff2", "gone": "#ffffff", "ended": "#ffffff", "missed": "#ffffff", "faded": "#ffffff"}
"""The states whose nodes have a fill of their own, whatever their shape."""


def fill_of(shape: Shape, state: State) -> str:
    """The colour inside a node."""
    return PALE.get(state, FILLS[shape])


def ink_of(state: State) -> str:
    """The colour of a node's own text."""
    return GREY if state in ("faded", "gone", "ended", "declined") else INK
