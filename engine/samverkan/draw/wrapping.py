"""Breaking texts into lines: at spaces, and within long Swedish words by their hyphenation."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from samverkan.draw.metrics import text_width
from samverkan.draw.wording import FIXED

if TYPE_CHECKING:
    from pyphen import Pyphen

BACKSLASH = "∖"

MIN_PART = 5
"""No part of a broken word is shorter than this where the word can be broken elsewhere."""


class TooNarrowError(Exception):
    """A text that doesn't fit within the lines that there are."""


@lru_cache(maxsize=1)
def _hyphenation() -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang="sv_SE")


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """A text on one line: control characters and runs of spaces become single spaces; those that no line breaks at stay.

    A backslash becomes a sign that looks like it: Graphviz's versions count a real one differently.
    """
    shown = "".join(letter if letter.isprintable() or letter == FIXED else " " for letter in text.replace("\\", BACKSLASH))
    return " ".join(filter(None, shown.split(" ")))


def wrap(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text that is at most `width` points wide.

    Args:
        text: the text; line breaks in it count as spaces.
        width: the width that each line may have.
        size: the size of the letters.
        bold: whether it is set in bold.

    Returns:
        The lines; none for an empty text.
    """
    return fill(text, lambda _: width, size, bold, chop=True)


def fill(
    text: str, width_of: Callable[[int], float], size: float, bold: bool = False, chop: bool = False
) -> tuple[str, ...]:
    """As `wrap`, where each line has a width of its own (0 ends the room).

    Raises:
        TooNarrowError: there is no room left for the rest, or for a word that may not be chopped.
    """
    words = list(filter(None, clean(text).split(" ")))
    lines: list[str] = []
    line = ""
    while words:
        width = width_of(len(lines))
        if width <= 0:
            raise TooNarrowError(text)
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold) <= width:
            line = longer
            continue
        head, tail = "", word
        if text_width(word, size, bold) > width_of(len(lines) + 1) or (not line and text_width(word, size, bold) > width):
            head, tail = _break(word, line, width, size, bold)
        if head:
            lines.append(f"{line} {head}" if line else head)
            words.insert(0, tail)
        elif line:
            lines.append(line)
            words.insert(0, word)
        elif not chop:
            raise TooNarrowError(text)
        else:
            head, tail = _chop(word, width, size, bold)
            lines.append(head)
            if tail:
                words.insert(0, tail)
        line = ""
    if line:
        lines.append(line)
    return tuple(lines)


def _break(word: str, line: str, width: float, size: float, bold: bool) -> tuple[str, str]:
    """The longest part of a word that fits after `line`, with its hyphen, and the rest; ("", word) if none does."""
    before = f"{line} " if line else ""
    fitting = [
        (place >= MIN_PART and len(word) - place >= MIN_PART, place)
        for place in _places(word)
        if text_width(before + _head(word, place), size, bold) <= width
    ]
    if not fitting:
        return "", word
    _, place = max(fitting)
    return _head(word, place), word[place:]


def _head(word: str, place: int) -> str:
    """The first part of a broken word as it stands at the end of a line."""
    head = word[:place]
    return head[:-1] if head[-1] == FIXED else head if head[-1] in "-/–" else f"{head}-"


@lru_cache(maxsize=8192)
def _places(word: str) -> tuple[int, ...]:
    """Where a word may be broken: at its fixed spaces if it has any, else after its own hyphens and where Swedish hyphenates."""
    fixed = tuple(index + 1 for index, letter in enumerate(word) if letter == FIXED)
    own = [index + 1 for index, letter in enumerate(word[:-1]) if letter in "-/–" and index > 1]
    return fixed or tuple(sorted({*own, *map(int, _hyphenation().positions(word))}))


def _chop(word: str, width: float, size: float, bold: bool) -> tuple[str, str]:
    """As much of a word as fits, at least a letter, whatever its hyphenation: for what isn't a word at all."""
    count = 1
    while count < len(word) and text_width(word[: count + 1], size, bold) <= width:
        count += 1
    return word[:count], word[count:]
