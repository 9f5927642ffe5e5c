"""A page of text on the terminal: wrapped by us, so that it reads the same with and without colour; rich gives only the style."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 100
NARROWEST = 40
LONGEST_LABEL = 12
LEFT = 24
"""What the widest column of a table keeps when another is widened."""


class Paper:
    """What a page is written on that is no terminal (a file, another program): plain lines, without rich and its styles."""

    __slots__ = ("file", "width")
    is_terminal = False

    def __init__(self, file: TextIO, width: int) -> None:
        self.file = file
        self.width = width


class Page:
    """Writes wrapped lines to a rich console or to paper, at most `WIDEST` characters wide."""

    __slots__ = ("_blank", "console", "width")

    def __init__(self, console: Console | Paper) -> None:
        self.console = console
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self._blank = True

    def line(self, text: str, *, mark: str = "", indent: int = 0, hang: int = 0, style: str = "") -> None:
        """One paragraph, its later lines under the text after `mark` ("• "), or `hang` further in."""
        first = " " * indent + mark
        rest = " " * (len(first) + hang)
        lines = [
            line
            for paragraph in text.split("\n")
            for line in textwrap.wrap(paragraph, self.width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
            or [first.rstrip()]
        ]
        for line in lines:
            self._write(line, style)
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
            self._write("", "")
        self._blank = True

    def clear(self) -> None:
        """An empty screen where the page is one; elsewhere nothing."""
        if not isinstance(self.console, Paper) and self.console.is_terminal:
            self.console.clear()
            self._blank = True

    def heading(self, text: str) -> None:
        """A heading with an empty line before it."""
        self.blank()
        self.line(text, style="bold")

    def ruled(self, text: str) -> None:
        """A heading of a new part, under a line across the page."""
        self.blank()
        self._write("─" * self.width, "dim")
        self.line(text, style="bold")

    def table(self, columns: Sequence[str], widths: Sequence[int | None], rows: Iterable[Sequence[str]]) -> None:
        """A table with a heading; the column without width takes what is left. A row of one cell is a heading in it."""
        gap = "  "
        cells = [list(row) for row in rows]
        across = self._across(widths, [row for row in [list(columns), *cells] if len(row) > 1], len(gap))
        self._row(columns, across, gap, "bold")
        self.line(gap.join("─" * width for width in across), style="dim")
        for row in cells:
            if len(row) == 1:
                self.line(row[0], style="bold")
            else:
                self._row(row, across, gap, "")

    def _across(self, widths: Sequence[int | None], rows: Sequence[Sequence[str]], gap: int) -> list[int]:
        """How wide each column is: as asked, and wider for its longest word while the one that takes what is left keeps `LEFT`."""
        across = [width or 0 for width in widths]
        left = self.width - sum(across) - gap * (len(widths) - 1)
        for place, width in enumerate(widths):
            if width is not None and left > LEFT:
                longest = max((len(word) for row in rows for word in _words(row[place])), default=width)
                wider = min(max(longest - width, 0), left - LEFT)
                across[place] += wider
                left -= wider
        return [width if asked is not None else left for asked, width in zip(widths, across, strict=True)]

    def _row(self, cells: Sequence[str], across: Sequence[int], gap: str, style: str) -> None:
        wrapped = [textwrap.wrap(_parted(cell, width), width) for cell, width in zip(cells, across, strict=True)]
        for line in zip_longest(*wrapped, fillvalue=""):
            text = gap.join(part.ljust(width) for part, width in zip(line, across, strict=True)).rstrip()
            self._write(text, style)
        self._blank = False

    def _write(self, line: str, style: str) -> None:
        if isinstance(self.console, Paper):
            self.console.file.write(f"{line}\n")
            return
        from rich.text import Text

        self.console.print(Text(line, style=style), soft_wrap=True)


def _words(text: str) -> list[str]:
    """The pieces that a line may end after: a word, or a part of it that ends with a hyphen."""
    return [piece for word in text.split() for piece in re.split(r"(?<=\w-)(?=\w)", word)]


def _parted(text: str, width: int) -> str:
    """The text with a word that is wider than the column parted by hyphens, so that nobody reads it as two words."""
    pieces = (piece for word in text.split() for piece in _pieces(word, width))
    return " ".join(pieces)


def _pieces(word: str, width: int) -> Iterator[str]:
    while max(map(len, _words(word)), default=0) > width > 1:
        yield f"{word[: width - 1].removesuffix('-')}-"
        word = word[width - 1 :]
    yield word
