"""An object of JSON read key by key, strictly: what is wrong is said with its place in the data, and nothing personal repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from samverkan.case.times import read_as_of, read_day
from samverkan.decide.admission import LONGEST_TEXT, check_length, check_personal
from samverkan.decide.errors import EventError
from samverkan.decide.naming import nearest, quoted
from samverkan.plan.spelling import listed

Path = tuple[str | int, ...]
"""Where something stands: keys, and places in lists from 0."""

_UTC = ZoneInfo("UTC")
_OFFSET = re.compile(r".*(?:Z|[+-]\d{2}:\d{2}(?::\d{2})?)", re.ASCII)
_T = TypeVar("_T")


class PlacedError(EventError):
    """What is wrong with a value of JSON, or with a key (`of_key`). `path`: where it stands; `said`: the text without the place."""

    def __init__(self, path: Path, said: str, *, of_key: bool = False) -> None:
        super().__init__(f"{place(path)}: {said}" if path else said)
        self.path, self.said, self.of_key = path, said, of_key


def place(path: Path) -> str:
    """The place as people write it: `log[3].event.at`. A key that nobody knows isn't repeated as it stands."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if part.isidentifier() and quoted(part) == f"'{part}'" else f".{quoted(part)}"
    return text.removeprefix(".")


class Part:
    """One object, and where it stands. Every reading raises PlacedError for what is missing or of another form."""

    __slots__ = ("data", "path")

    def __init__(self, value: object, path: Path, keys: Iterable[str]) -> None:
        if not isinstance(value, Mapping):
            raise PlacedError(path, "Här ska stå ett objekt med nycklar inom { }.")
        self.path = path
        known = tuple(keys)
        for key in value:
            if key not in known:
                near = nearest(str(key), known) if isinstance(key, str) else "."
                more = f". Ta bort den. De som finns är {listed(known)}." if near == "." else near
                raise PlacedError((*path, str(key)), f"Okänd nyckel {quoted(str(key))}{more}", of_key=True)
        self.data: dict[str, Any] = {key: one for key, one in value.items() if one is not None}

    def read(self, key: str, reading: Callable[[Any], _T]) -> _T:
        """What `reading` makes of the value at a key, its EventError with its place."""
        if key not in self.data:
            raise PlacedError(self.path, f"Nyckeln {key} saknas. Lägg till den.")
        try:
            return reading(self.data[key])
        except PlacedError:
            raise
        except EventError as problem:
            inner = getattr(problem, "key", None)
            raise PlacedError((*self.path, key, *([inner] if inner else ())), problem.text) from None

    def maybe(self, key: str, reading: Callable[[Any], _T]) -> _T | None:
        """The same, or None where nothing stands there."""
        return self.read(key, reading) if key in self.data else None

    def part(self, key: str, keys: Iterable[str]) -> Part:
        """The object at a key."""
        return self.read(key, lambda value: Part(value, (*self.path, key), keys))

    def items(self, key: str) -> list[tuple[Path, Any]]:
        """The values of the list at a key, each with its place."""
        values = self.read(key, _list)
        return [((*self.path, key, number), value) for number, value in enumerate(values)]


def text(value: object) -> str:
    """A text. Raises EventError: it is none, is very long or holds personal data."""
    if not isinstance(value, str):
        raise EventError("Värdet måste vara en text.")
    check_length("värde", value, LONGEST_TEXT)
    check_personal("värde", value)
    return value


def number(value: object) -> int:
    """A whole number. Raises EventError: it is none."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 10**9:
        raise EventError("Värdet måste vara ett heltal från 1, med högst nio siffror.")
    return value


def instant(value: object) -> datetime:
    """An instant, in UTC. Raises EventError: it is no time, or has no offset."""
    if not isinstance(value, str):
        raise EventError("Värdet måste vara en text.")
    at = read_as_of(value, _UTC).astimezone(UTC)  # whose form leaves no room for anything personal, whatever its digits look like
    if not _OFFSET.fullmatch(value.strip()):
        raise EventError(f"Tiden {quoted(value)} saknar förskjutning. Skriv till exempel 2013-05-14T21:10:00+02:00.")
    return at


def day(value: object) -> date:
    """A day. Raises EventError: it is none."""
    found = read_day(text(value))
    if found is None:
        raise EventError(f"{quoted(text(value))} är ingen dag. Skriv till exempel 2013-05-14.")
    return found


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise EventError("Här ska stå en lista inom [ ].")
    return value
