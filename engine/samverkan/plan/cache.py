"""Plans that were read and checked before (and holidays), kept as JSON in the user's cache folder, so that commands start quickly.

The key is a digest of every byte of the plan's files, and of size and time of the modules that read them; a changed file or program
doesn't meet an old entry. An entry that can't be read is as good as none, and where nothing can be written nothing is kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from samverkan.plan import model

_CLASSES: dict[str, type] = {name: c for name, c in vars(model).items() if isinstance(c, type) and is_dataclass(c)}
# Where things stand in files is for messages about files, and these were right when the plan was kept.
# They are the last field everywhere, so that the others can be given by their places.
_FIELDS = {name: tuple(f.name for f in fields(c) if f.name != "at") for name, c in sorted(_CLASSES.items())}
_KINDS = {name: number for number, name in enumerate(_CLASSES)}
_TUPLE, _MAPPING, _DAY = -1, -2, -3
KEPT = 16
"""How many values are kept; the least lately used go first."""


def key_of(files: Iterable[Mapping[str, bytes]]) -> str:
    """The key of a plan that is read from these files, layer by layer, by this program."""
    digest = sha256(json.dumps([_program(), _FIELDS]).encode())
    for layer in files:
        for name, content in sorted(layer.items()):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
        digest.update(b"\1")
    return digest.hexdigest()


def _program() -> list[tuple[str, int, int]]:
    """The modules that read and check plans, each with its size and time: a changed program reads every plan anew."""
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - this is done at every start; pathlib takes longer
    found: list[tuple[str, int, int]] = []
    for room in ("plan", "plan/checks", "directory"):
        with os.scandir(f"{package}/{room}") as entries:
            found.extend((e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in entries if e.name.endswith(".py"))
    return sorted(found)


def fetch_plan(key: str) -> model.Plan | None:
    """The plan kept under `key`, or None."""
    try:
        plan = _decode(fetch(key))
    except (ValueError, IndexError, TypeError):
        return None
    return plan if isinstance(plan, model.Plan) else None


def keep_plan(key: str, plan: model.Plan) -> None:
    """Keep a plan under `key`."""
    keep(key, _encode(plan))


def fetch(key: str) -> Any:
    """The JSON value kept under `key`, or None."""
    folder = _folder()
    if folder is None:
        return None
    path = folder / f"{key}.json"
    try:
        found = json.loads(path.read_bytes())
        os.utime(path)
    except (OSError, ValueError, RecursionError):
        return None
    return found


def keep(key: str, value: Any) -> None:
    """Keep a JSON value under `key`: written beside, then renamed; the least lately used go."""
    folder = _folder()
    if folder is None:
        return
    beside = folder / f"{key}.{os.getpid()}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        beside.replace(folder / f"{key}.json")
        for old in sorted(folder.glob("*.json"), key=lambda p: -p.stat().st_mtime)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _folder() -> Path | None:
    """`SAMVERKAN_CACHE` (empty: keep nothing), else the platform's cache folder; None where there is none."""
    named = os.environ.get("SAMVERKAN_CACHE")
    if named is not None:
        return Path(named) if named else None
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if home:
        return Path(home) / "samverkan"
    user = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is no home
    return Path(user) / ".cache" / "samverkan" if user not in ("~", "/") else None


def _encode(plan: model.Plan) -> list[list[Any]]:
    """A table of all plain values, and one of what is made of them: `[kind, place …]`, places counted on through both.

    Equal values stand there once, and what is made of others after them; the last is the plan itself.
    """
    plain: dict[tuple[type, Any], int] = {}
    made: dict[tuple[Any, ...], int] = {}

    def place(value: Any) -> tuple[bool, int]:
        if value is None or isinstance(value, str | bool | int):
            return False, plain.setdefault((type(value), value), len(plain))
        if isinstance(value, tuple):
            parts: tuple[Any, ...] = (_TUPLE, *map(place, value))
        elif isinstance(value, Mapping):
            parts = (_MAPPING, *(place(one) for pair in value.items() for one in pair))
        elif isinstance(value, date):
            parts = (_DAY, place(value.isoformat()))
        else:
            name = type(value).__name__
            parts = (_KINDS[name], *(place(getattr(value, f)) for f in _FIELDS[name]))
        return True, made.setdefault(parts, len(made))

    place(plan)
    first = len(plain)
    return [[value for _, value in plain], [[kind, *(n + first * of_made for of_made, n in parts)] for kind, *parts in made]]


def _decode(tables: Any) -> Any:
    """What `_encode` made a table of."""
    table, made = tables
    makers = list(_CLASSES.values())
    for kind, *places in made:
        parts = [table[n] for n in places]
        if kind == _TUPLE:
            table.append(tuple(parts))
        elif kind == _MAPPING:
            table.append(dict(zip(parts[::2], parts[1::2], strict=True)))
        elif kind == _DAY:
            table.append(date.fromisoformat(*parts))
        else:
            table.append(makers[kind](*parts))
    return table[-1]
