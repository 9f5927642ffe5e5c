"""Text → tree of nodes with positions. No implicit types: every scalar is text, and the plan's own model says what it is.

PyYAML's C parser does the work; here is only what is stricter than YAML: no anchors, aliases, tags, duplicate keys, tabs in
indentation or invisible characters, one document to a file, and bounds on size and nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from samverkan.plan.errors import PlanError
from samverkan.plan.file_text import forbidden, place, text_of, wrong
from samverkan.plan.model import Position

MAX_NESTING = 20

Plain = str | list["Plain"] | dict[str, "Plain"]


class Node:
    """A scalar (`text`), a list (`items`) or a mapping (`entries` and, for the places of its keys, `keys`)."""

    __slots__ = ("column", "entries", "file", "items", "keys", "line", "text")

    def __init__(self, file: str, line: int, column: int) -> None:
        self.file, self.line, self.column = file, line, column
        self.text: str | None = None
        self.items: list[Node] | None = None
        self.entries: dict[str, Node] | None = None
        self.keys: dict[str, Node] = {}

    @property
    def at(self) -> Position:
        return Position(self.file, self.line, self.column)

    def value(self) -> str:
        """The text of a scalar. Only for nodes whose shape has been checked."""
        if self.text is None:
            raise TypeError(f"{self.at}: not a text")
        return self.text

    def get(self, key: str) -> Node | None:
        """What stands at `key` of a mapping, or None."""
        return None if self.entries is None else self.entries.get(key)

    def said(self, key: str, default: str = "") -> str:
        """The text at `key` of a mapping, or `default`."""
        found = self.get(key)
        return default if found is None else found.value()

    def __getitem__(self, key: str) -> Node:
        if self.entries is None:
            raise TypeError(f"{self.at}: not a mapping")
        return self.entries[key]

    def __iter__(self) -> Iterator[Node]:
        """The items of a list; a single text counts as a list of one."""
        return iter([self] if self.items is None else self.items)

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """(key, value) of a mapping, in the order of the file."""
        for key, value in (self.entries or {}).items():
            yield self.keys[key], value

    def scalars(self) -> Iterator[Node]:
        """Every text in it, keys too, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.text is not None:
                yield node
            elif node.items is not None:
                waiting += reversed(node.items)
            else:
                waiting += reversed([part for pair in node.pairs() for part in pair])

    def plain(self) -> Plain:
        """The same as text, lists and dictionaries."""
        if self.entries is not None:
            return {key: value.plain() for key, value in self.entries.items()}
        if self.items is not None:
            return [item.plain() for item in self.items]
        return self.value()


def read_yaml(content: bytes, file: str) -> Node | None:
    """The tree of one file, or None where it is empty (or holds only comments).

    Raises PlanError with the first thing that is wrong and its place. `file` is only a name.
    """
    return _Composer(_text_of(content, file), file).document()


def _text_of(content: bytes, file: str) -> str:
    """The text of a YAML file: no tab in the indentation."""
    text = text_of(content, file, "Dela upp den på flera filer i samma mapp.")
    if found := _TAB.search(text):
        line, column = place(text, found.end() - 1)
        raise wrong(file, line, column, "tabb i indraget. Använd blanksteg: YAML räknar dem, och tabbar syns inte.", "tab")
    return text


_TAB = re.compile(r"^ *\t", re.MULTILINE)


class _Composer:
    """Builds nodes from the parser's events. A class only because the parser and the depth are shared by its steps."""

    def __init__(self, text: str, file: str) -> None:
        import yaml

        self._yaml = yaml
        self._file = file
        self._escapes = "\\" in text
        # The C parser is there in every ordinary build of PyYAML; the other one is right too, only slow.
        self._loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)

    def document(self) -> Node | None:
        try:
            self._next()  # the stream starts
            if isinstance(self._next(), self._yaml.StreamEndEvent):
                return None
            root = self._node(self._next(), 1)
            self._next()  # the document ends
            after = self._next()
            if not isinstance(after, self._yaml.StreamEndEvent):
                raise self._error(after, "filen har flera dokument (---). En fil är ett dokument: dela den på flera filer.")
            return None if root.text == "" else root
        except self._yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
            raise wrong(self._file, line, column, _in_swedish(str(problem.problem)), "yaml") from None
        finally:
            self._loader.dispose()

    def _next(self) -> Any:
        return self._loader.get_event()

    def _error(self, event: Any, text: str, code: str = "yaml") -> PlanError:
        return wrong(self._file, event.start_mark.line + 1, event.start_mark.column + 1, text, code)

    def _node(self, event: Any, depth: int) -> Node:
        yaml = self._yaml
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, f"hänvisningen '*{event.anchor}' går inte att använda här. Skriv ut värdet.", "alias")
        if event.anchor is not None:
            raise self._error(event, f"ankaret '&{event.anchor}' går inte att använda här. Skriv värdet som det är.", "alias")
        if event.tag not in (None, "!"):
            raise self._error(event, f"märkningen '{event.tag}' går inte att använda här. Skriv värdet som det är.", "tag")
        node = Node(self._file, mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            node.text = event.value.strip()
            if self._escapes and (hidden := forbidden(event.value)):
                raise self._error(event, hidden, "character")
            return node
        if depth > MAX_NESTING:
            raise self._error(event, f"filen är nästlad i mer än {MAX_NESTING} nivåer. Så djupt behöver ingen plan.", "nesting")
        if isinstance(event, yaml.SequenceStartEvent):
            node.items = self._items(depth)
        else:
            self._fill(node, depth)
        return node

    def _items(self, depth: int) -> list[Node]:
        items = []
        while not isinstance(event := self._next(), self._yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return items

    def _fill(self, node: Node, depth: int) -> None:
        node.entries = {}
        while not isinstance(event := self._next(), self._yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if key.text is None:
                raise self._error(event, "en nyckel måste vara ett ord. Saknas citattecken eller ett kolon?", "key")
            if key.text in node.entries:
                first = node.keys[key.text].line
                text = f"nyckeln '{key.text}' står två gånger; den stod redan på rad {first}. Behåll en av dem."
                raise self._error(event, text, "duplicate-key")
            node.entries[key.text] = self._node(self._next(), depth + 1)
            node.keys[key.text] = key


_UNCLOSED = "inte avslutat, eller ett komma saknas. Sätt citattecken om text med komma eller kolon."
_MESSAGES = (
    ("mapping values are not allowed", "kolonet passar inte här: fel indrag, eller en text som behöver citattecken."),
    ("could not find expected ':'", "raden saknar ett kolon efter nyckeln, eller har fel indrag."),
    ("did not find expected key", "raden passar inte här. Kontrollera indraget och att citattecken är avslutade."),
    ("did not find expected '-' indicator", "raden passar inte i listan ovanför. Kontrollera indrag och bindestreck."),
    ("block sequence entries are not allowed", "en lista kan inte börja här. Sätt bindestrecket på en egen rad."),
    ("did not find expected ',' or '}'", f"ett '{{' är {_UNCLOSED}"),
    ("did not find expected ',' or ']'", f"ett '[' är {_UNCLOSED}"),
    ("found unexpected end of stream", "filen tar slut mitt i en text. Ett citattecken är inte avslutat."),
    ("cannot start any token", "texten får inte börja med det tecknet. Sätt citattecken om den."),
    ("did not find expected node content", "ett värde saknas här."),
    ("found incompatible YAML document", "raden med % i början av filen passar inte här. Ta bort den."),
    ("did not find expected <document start>", "texten passar inte efter det som står ovanför. Kontrollera indraget."),
)


def _in_swedish(problem: str) -> str:
    for english, swedish in _MESSAGES:
        if english in problem:
            return swedish
    return "texten går inte att tolka som YAML. Kontrollera indrag, kolon och citattecken på raden."
