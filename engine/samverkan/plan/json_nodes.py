"""JSON text → tree of nodes with positions, stricter than Python's own reader: nothing doubled, nothing guessed, all of it bounded.

Refused: keys that stand twice, NaN and infinities, numbers that no reader agrees on, half surrogates, invisible characters (also
written with escapes), more than `MAX_BYTES`, `MAX_NESTING` levels or `MAX_NODES` values.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out; the standard library's own C code
from typing import NoReturn

from samverkan.plan.errors import PlanError
from samverkan.plan.file_text import forbidden, text_of, wrong
from samverkan.plan.model import Position
from samverkan.plan.spelling import suggestion

MAX_NESTING = 20
MAX_NODES = 100_000
"""Values of a file: many times what a whole case says."""
Scalar = str | int | float | bool | None
PlainJson = Scalar | list["PlainJson"] | dict[str, "PlainJson"]

_MOST_DIGITS = 15
"""Of a number: what every reader of JSON keeps as it is written."""
_SPACE = re.compile(r"[ \t\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[^\s\[\]{},:\"]+")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_MEANT = {"ja": "true", "yes": "true", "nej": "false", "no": "false", "none": "null", "nil": "null", "undefined": "null"}
_KEY = "här ska en nyckel stå, i raka dubbla citattecken."


class JsonNode:
    """A text, number, truth value or null (`scalar`), a list (`items`) or an object (`entries`, and the places of its `keys`)."""

    __slots__ = ("at", "entries", "items", "keys", "scalar")

    def __init__(self, at: Position) -> None:
        self.at = at
        self.scalar: Scalar = None
        self.items: list[JsonNode] | None = None
        self.entries: dict[str, JsonNode] | None = None
        self.keys: dict[str, Position] = {}

    def get(self, key: str) -> JsonNode | None:
        """What stands at `key` of an object, or None."""
        return None if self.entries is None else self.entries.get(key)

    def pairs(self) -> Iterator[tuple[str, JsonNode]]:
        """(key, value) of an object, in the order of the file."""
        yield from (self.entries or {}).items()

    def plain(self) -> PlainJson:
        """The same as Python's values."""
        if self.entries is not None:
            return {key: value.plain() for key, value in self.entries.items()}
        if self.items is not None:
            return [item.plain() for item in self.items]
        return self.scalar


def read_json(content: bytes, file: str, too_big: str) -> JsonNode | None:
    """The tree of one file, or None where it is empty.

    Args:
        content: the bytes of the file.
        file: only a name, for the place of an error.
        too_big: what to do where it is too big, in Swedish.

    Raises:
        PlanError: with the first thing that is wrong, and its place.
    """
    reader = _Reader(text_of(content, file, too_big), file)
    return reader.document()


class _Reader:
    """Reads on from `at`. A class only because the text and the place are shared by its steps."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._at = self._nodes = 0
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def document(self) -> JsonNode | None:
        self._skip()
        if self._at == len(self._text):
            return None
        node = self._value(1)
        self._skip()
        if self._at < len(self._text):
            self._fail("det som filen säger är redan slut. En fil är en enda lista: ta bort resten, eller lägg det i listan.")
        return node

    def _place(self, at: int) -> Position:
        line = bisect_right(self._lines, at)
        return Position(self._file, line, at - self._lines[line - 1] + 1)

    def _fail(self, text: str, at: int | None = None, code: str = "json") -> NoReturn:
        raise self._error(text, at, code)

    def _error(self, text: str, at: int | None = None, code: str = "json") -> PlanError:
        place = self._place(self._at if at is None else at)
        return wrong(self._file, place.line, place.column, text, code)

    def _skip(self) -> str:
        """Goes past white space. Returns the next character, or nothing at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = self._at if found is None else found.end()
        return self._text[self._at : self._at + 1]

    def _value(self, depth: int) -> JsonNode:
        first = self._skip()
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._fail(f"filen har fler än {MAX_NODES} värden. Så mycket säger inget ärende.", code="too-many")
        node = JsonNode(self._place(self._at))
        if first in ("[", "{") and first and depth > MAX_NESTING:
            self._fail(f"filen är nästlad i mer än {MAX_NESTING} nivåer. Så djupt behöver ingen händelse.", code="nesting")
        if first == "[":
            node.items = list(self._items(depth))
        elif first == "{":
            node.entries = {}
            for key, place, value in self._entries(depth, node.keys):
                node.entries[key], node.keys[key] = value, place
        elif first == '"':
            node.scalar = self._string()
        else:
            node.scalar = self._bare()
        return node

    def _items(self, depth: int) -> Iterator[JsonNode]:
        opened = self._at
        self._at += 1
        if self._closed("]"):
            return
        while True:
            yield self._value(depth + 1)
            if self._closed("]"):
                return
            self._comma("]", opened)

    def _entries(self, depth: int, seen: dict[str, Position]) -> Iterator[tuple[str, Position, JsonNode]]:
        opened = self._at
        self._at += 1
        if self._closed("}"):
            return
        while True:
            if self._skip() != '"':
                self._fail(_KEY)
            begun = self._at
            key = self._string()
            if key in seen:
                self._fail(
                    f"nyckeln '{key}' står två gånger; den stod redan på rad {seen[key].line}. Behåll en av dem.",
                    begun,
                    "duplicate-key",
                )
            if self._skip() != ":":
                self._fail("efter nyckeln saknas ett kolon.")
            self._at += 1
            yield key, self._place(begun), self._value(depth + 1)
            if self._closed("}"):
                return
            self._comma("}", opened)

    def _closed(self, end: str) -> bool:
        if self._skip() != end:
            return False
        self._at += 1
        return True

    def _comma(self, end: str, opened: int) -> None:
        if not self._text[self._at : self._at + 1]:
            line = self._place(opened).line
            self._fail(f"filen tar slut mitt i: ett '{end}' saknas för det som börjar på rad {line}.")
        if self._text[self._at] != ",":
            self._fail(f"ett kommatecken eller '{end}' saknas före det här.")
        self._at += 1
        if self._skip() == end:
            self._fail("efter det sista värdet ska inget kommatecken stå.")

    def _string(self) -> str:
        begun = self._at
        try:
            text, self._at = scanstring(self._text, begun + 1, True)
        except json.JSONDecodeError as problem:
            if "Unterminated" in problem.msg:
                self._fail("texten som börjar här är inte avslutad. Ett citattecken saknas.", begun)
            if "control" in problem.msg:
                text = "radbrytning eller tabb mitt i en text. Saknas ett citattecken? Annars skriv \\n eller \\t."
                self._fail(text, problem.pos)
            self._fail("omvänt snedstreck betyder något särskilt i JSON. Skriv det två gånger om det är ett tecken.", problem.pos)
        if hidden := forbidden(text):
            self._fail(hidden, begun, "character")
        return str(text)

    def _bare(self) -> Scalar:
        """A number, true, false or null."""
        found = _WORD.match(self._text, self._at)
        if found is None:
            self._fail("här saknas ett värde.")
        word = found.group()
        if word in _WORDS:
            self._at = found.end()
            return _WORDS[word]
        number = _NUMBER.fullmatch(word)
        if number is None:
            self._fail(_no_value(word))
        if sum(letter.isdigit() for letter in word) > _MOST_DIGITS or (number[2] and len(number[2]) > 3):
            self._fail(f"talet är för stort eller har fler än {_MOST_DIGITS} siffror. Är det ett id, så sätt citattecken om det.")
        self._at = found.end()
        return int(word) if number[1] is None and number[2] is None else float(word)


def _no_value(word: str) -> str:
    """Why a bare word is none of JSON's, and what may have been meant."""
    if word[0] in "'’‘“”«»":
        return "citattecken i JSON är raka och dubbla."
    if word.startswith(("//", "/*", "#")):
        return "JSON har inga kommentarer. Ta bort den."
    plain = word.lower()
    if plain in ("nan", "infinity", "-infinity", "inf", "-inf", "+inf"):
        return f"'{word}' är inget tal i JSON. Ta bort nyckeln eller skriv null."
    if plain in _MEANT:
        return f"'{word}' är inget värde i JSON. Menade du {_MEANT[plain]}?"
    return f"'{word}' är inget värde i JSON.{suggestion(word, _WORDS)} Sätt citattecken om det som är text."
