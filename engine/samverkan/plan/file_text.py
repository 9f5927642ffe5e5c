"""Bytes of a file → its text: size, encoding, and no character that can't be seen or that turns the direction of writing."""

from __future__ import annotations

import re

from samverkan.plan.errors import PlanError, Problem
from samverkan.plan.file_bytes import MAX_BYTES
from samverkan.plan.model import Position

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u200b-\u200d\u2060\ufeff\u00ad"
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff{_BIDI}{_INVISIBLE}]")


def text_of(content: bytes, file: str, too_big: str) -> str:
    """The text of a file; a byte order mark and Windows line ends are accepted.

    Args:
        content: the bytes.
        file: only a name, for the place of an error.
        too_big: what to do where there are more than `MAX_BYTES`.

    Raises:
        PlanError: it is too big, isn't UTF-8 or holds a forbidden character; with the place of the first.
    """
    if len(content) > MAX_BYTES:
        raise wrong(file, 1, 1, f"filen är större än 1 MB. {too_big}", "too-big")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = content[: problem.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise wrong(
            file, line, column, "filen är inte kodad i UTF-8. Spara om den som UTF-8 i textredigeraren.", "encoding"
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _FORBIDDEN.search(text):
        raise wrong(file, *place(text, found.start()), _forbidden(found.group()), "character")
    return text


def forbidden(text: str) -> str | None:
    """The sentence on the first forbidden character of a text that was written with escapes (`\\u202e`), or None."""
    found = _FORBIDDEN.search(text)
    return None if found is None else _forbidden(found.group())


def place(text: str, index: int) -> tuple[int, int]:
    """The line and column, from 1, of a character of a text."""
    start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - start + 1


def wrong(file: str, line: int, column: int, text: str, code: str) -> PlanError:
    """The error of one thing that is wrong with a file."""
    return PlanError([Problem(Position(file, line, column), text, "error", code)])


def _forbidden(character: str) -> str:
    name = f"U+{ord(character):04X}"
    if re.match(f"[{_BIDI}]", character):
        return f"osynligt tecken som vänder skrivriktningen ({name}). Det kan dölja vad filen säger. Ta bort det."
    return f"osynligt styrtecken ({name}). Ta bort det."
