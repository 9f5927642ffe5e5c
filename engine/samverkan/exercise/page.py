"""A page of text on the terminal: wrapped by us, so that it reads the same with and without colour; rich gives only the style."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 100
NARROWEST = 40


class Page:
    """Writes wrapped lines to a rich console, at most `WIDEST` characters wide."""

    __slots__ = ("_blank", "console", "width")

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self._blank = True

    def line(self, text: str, *, mark: str = "", indent: int = 0, style: str = "") -> None:
        """One paragraph, its later lines under the text after `mark` ("• ")."""
        from rich.text import Text

        first = " " * indent + mark
        rest = " " * len(first)
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
        """ "Tid: genast (senast 22.10)", its later lines under the text."""
        self.line(text, mark=f"{label}: ", indent=indent)

    def blank(self) -> None:
        """One empty line, never two."""
        if not self._blank:
            self.console.print()
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

    def table(self, columns: Sequence[str], widths: Sequence[int | None], rows: Sequence[Sequence[str]]) -> None:
        """A table; a column without width takes what is left."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, width=self.width, pad_edge=False, show_edge=False)
        for column, width in zip(columns, widths, strict=True):
            table.add_column(Text(column), width=width, overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.console.print(table)
        self._blank = False
