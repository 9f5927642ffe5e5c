"""A page of text on the terminal: wrapped by us, so that it reads the same with and without colour; rich gives only the style."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 100
NARROWEST = 40
LONGEST_LABEL = 12


class Page:
    """Writes wrapped lines to a rich console, at most `WIDEST` characters wide."""

    __slots__ = ("_blank", "console", "width")

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self._blank = True

    def line(self, text: str, *, mark: str = "", indent: int = 0, hang: int = 0, style: str = "") -> None:
        """One paragraph, its later lines under the text after `mark` ("• "), or `hang` further in."""
        from rich.text import Text

        first = " " * indent + mark
        rest = " " * (len(first) + hang)
        lines = [
            line
            for paragraph in text.split("\n")
            for line in textwrap.wrap(paragraph, self.width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
            or [first.rstrip()]
        ]
        for line in lines:
            self.console.print(Text(line, style=style), soft_wrap=True)
        self._blank = False

    def labelled(self, label: str, text: str, *, indent: int = 0) -> None:
        """ "Tid: genast (senast 22.10)", its later lines under the text, unless the label is long."""
        if len(label) <= LONGEST_LABEL:
            self.line(text, mark=f"{label}: ", indent=indent)
        else:
            self.line(f"{label}: {text}", indent=indent, hang=2)

    def blank(self) -> None:
        """One empty line, never two."""
        if not self._blank:
            self.console.print()
        self._blank = True

    def clear(self) -> None:
        """An empty screen where the page is one; elsewhere nothing."""
        if self.console.is_terminal:
            self.console.clear()
            self._blank = True

    def heading(self, text: str) -> None:
        """A heading with an empty line before it."""
        self.blank()
        self.line(text, style="bold")

    def ruled(self, text: str) -> None:
        """A heading of a new part, under a line across the page."""
        from rich.text import Text

        self.blank()
        self.console.print(Text("─" * self.width, style="dim"), soft_wrap=True)
        self.line(text, style="bold")

    def table(self, columns: Sequence[str], widths: Sequence[int | None], rows: Iterable[Sequence[str]]) -> None:
        """A table with a heading; the column without width takes what is left. A row of one cell is a heading in it."""
        gap = "  "
        left = self.width - sum(width or 0 for width in widths) - len(gap) * (len(columns) - 1)
        across = [width or left for width in widths]
        self._row(columns, across, gap, "bold")
        self.line(gap.join("─" * width for width in across), style="dim")
        for row in rows:
            if len(row) == 1:
                self.line(row[0], style="bold")
            else:
                self._row(row, across, gap, "")

    def _row(self, cells: Sequence[str], across: Sequence[int], gap: str, style: str) -> None:
        from rich.text import Text

        wrapped = [textwrap.wrap(cell, width) for cell, width in zip(cells, across, strict=True)]
        for line in zip_longest(*wrapped, fillvalue=""):
            text = gap.join(part.ljust(width) for part, width in zip(line, across, strict=True)).rstrip()
            self.console.print(Text(text, style=style), soft_wrap=True)
        self._blank = False
