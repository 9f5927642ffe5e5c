"""Graphviz's own drawing language (xdot), for what lies behind the nodes: bands, fills and texts at fixed places."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.draw.metrics import text_width
from samverkan.draw.style import FONT, Dash

Point = tuple[float, float]

CLEAR = "#ffffff00"
_ANCHORS = {"start": -1, "middle": 0, "end": 1}
_KAPPA = 0.5523


class Canvas:
    """Collects drawing operations; y points down, from the top of a page `height` points high."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._operations: list[str] = []

    def __str__(self) -> str:
        """The operations, to stand as they are between double quotes in DOT.

        A backslash and a line break part them, which DOT takes away: its scanner reads no more than 16 kB at a time.
        """
        return " \\\n".join(self._operations) + " "

    def polygon(self, points: Sequence[Point], fill: str, line: str = CLEAR, width: float = 1.0, dash: Dash = "solid") -> None:
        """A closed figure."""
        self._pen(fill, line, width, dash)
        self._operations.append(f"P {len(points)} {self._points(points)}")

    def rectangle(
        self, x: float, y: float, width: float, height: float, fill: str, line: str = CLEAR, pen: float = 1.0
    ) -> None:
        """A rectangle, from its upper left corner."""
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill, line, pen)

    def ellipse(
        self, x: float, y: float, width: float, height: float, fill: str, line: str = CLEAR, pen: float = 1.0
    ) -> None:
        """An ellipse round (x, y)."""
        self._pen(fill, line, pen, "solid")
        self._operations.append(f"E {number(x)} {self._y(y)} {number(width / 2)} {number(height / 2)}")

    def rounded(
        self, x: float, y: float, width: float, height: float, radius: float, fill: str, line: str = CLEAR, pen: float = 1.0
    ) -> None:
        """A rectangle with round corners round (x, y)."""
        left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
        bend = radius * (1 - _KAPPA)
        points = [(left + radius, top)]
        corners = (
            ((right - radius, top), (right - bend, top), (right, top + bend), (right, top + radius)),
            ((right, bottom - radius), (right, bottom - bend), (right - bend, bottom), (right - radius, bottom)),
            ((left + radius, bottom), (left + bend, bottom), (left, bottom - bend), (left, bottom - radius)),
            ((left, top + radius), (left, top + bend), (left + bend, top), (left + radius, top)),
        )
        for first, second, third, last in corners:
            points += [points[-1], first, first, second, third, last]
        self._pen(fill, line, pen, "solid")
        self._operations.append(f"b {len(points)} {self._points(points)}")

    def line(self, points: Sequence[Point], colour: str, width: float = 1.0, dash: Dash = "solid") -> None:
        """An open line."""
        self._pen(CLEAR, colour, width, dash)
        self._operations.append(f"L {len(points)} {self._points(points)}")

    def text(
        self, text: str, x: float, y: float, size: float, colour: str, bold: bool = False, anchor: str = "middle"
    ) -> None:
        """One line of text that has been cleaned for a picture, its baseline at `y`."""
        self._operations.append(f"t {int(bold)} F {number(size)} {_counted(FONT)} c {_counted(colour)}")
        wide = number(text_width(text, size, bold))
        self._operations.append(f"T {number(x)} {self._y(y)} {_ANCHORS[anchor]} {wide} {_counted(text)}")

    def _pen(self, fill: str, line: str, width: float, dash: Dash) -> None:
        self._operations.append(f"C {_counted(fill)} c {_counted(line)} S {_counted(f'setlinewidth({number(width)})')}")
        self._operations.append(f"S {_counted(dash)}")

    def _points(self, points: Sequence[Point]) -> str:
        return " ".join(f"{number(x)} {self._y(y)}" for x, y in points)

    def _y(self, y: float) -> str:
        return number(self._height - y)


def _counted(text: str) -> str:
    return f"{len(text.encode())} -{text}"


def number(value: float) -> str:
    """A number with at most two decimals, the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
