"""Why mutants survive: the committed reasons, each for one change of one line, and whether they still are about what is there."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

Key = tuple[str, str, str, str]
REASONS = {
    "equivalent": "nothing that may be put in tells the two apart",
    "unreachable": "the line guards against what the checks of a plan or the door refuse before",
    "only speed": "the answer is the same, later",
    "only wording": "of an error that a user never sees",
    "only durable": "of what durable-rules is told; the reference's answer stands whatever it says",
}


@dataclass(frozen=True, slots=True)
class Survivor:
    """One change that no test needs to notice, and why."""

    file: str
    function: str
    was: str
    now: str
    reason: str
    why: str

    @property
    def key(self) -> Key:
        """What it is found by."""
        return self.file, self.function, self.was, self.now


def read(path: Path, package: Path) -> tuple[dict[Key, Survivor], list[str]]:
    """The reasons by what they are about, and what is wrong with them."""
    found: dict[Key, Survivor] = {}
    wrong: list[str] = []
    for entry in yaml.safe_load(path.read_text("utf-8")) or []:
        one = Survivor(**{name: str(value).strip() for name, value in entry.items()})
        where = f"{one.file} {one.function}: {one.was}"
        if one.reason not in REASONS:
            wrong.append(f"{where}: the reason {one.reason!r} isn't one of {', '.join(REASONS)}")
        if not one.why:
            wrong.append(f"{where}: says no why")
        if one.key in found:
            wrong.append(f"{where}: is there twice")
        if not _is_there(package / one.file, one.function, one.was.splitlines()):
            wrong.append(f"{where}: no such line is there any more; take it away")
        found[one.key] = one
    return found, wrong


def _is_there(path: Path, function: str, lines: Sequence[str]) -> bool:
    if not path.is_file():
        return False
    source = path.read_text("utf-8")
    body: Iterable[ast.AST] = [ast.parse(source)]
    for name in function.split(".") if function != "module" else ():
        body = [n for of in body for n in ast.walk(of) if getattr(n, "name", None) == name]
    all_lines = source.splitlines()
    within = {
        line.strip()
        for node in body
        for line in (all_lines[_first(node) - 1 : node.end_lineno] if isinstance(node, ast.stmt) else all_lines)
    }
    return all(line in within for line in lines)


def _first(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])
