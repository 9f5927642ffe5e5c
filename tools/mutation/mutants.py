"""The mutants of a module: cosmic-ray's operators say where and how; a seeded hash says which are tried.

A mutant's rank is a hash of the seed and of what it is, not of where it stands: a change elsewhere leaves the others in the sample.
"""

from __future__ import annotations

import ast
import difflib
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file: which operator makes it, and which of the operator's places in the file it is."""

    file: str
    function: str
    line: int
    operator: str
    occurrence: int
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a mutant does to its file: the lines that were and are, stripped, and the whole text after it."""

    was: str
    now: str
    text: str


def mutants_of(root: Path, file: str) -> tuple[list[Mutant], Counter[str]]:
    """All mutants of a file under a root, and how many are left out, for which reason, as equivalent by construction.

    Nothing evaluates annotations (every module defers them), or what is imported for them alone; and nothing that is compared
    by `is` calls itself equal to another thing, so that `==` says the same.
    """
    source = (root / file).read_text("utf-8")
    lines, tree, nodes = source.splitlines(), ast.parse(source), list(ast_nodes(get_ast(source)))
    unread, functions = list(_annotations(tree, lines)), list(_functions(tree))
    found: list[Mutant] = []
    left_out: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for name in operator_names():
        operator_class = get_operator(name)
        if operator_class.arguments():
            continue  # needs to be told a variable's name; cosmic-ray makes none by itself either
        same = name.removeprefix("core/ReplaceComparisonOperator_") in ("Is_Eq", "IsNot_NotEq")
        operator = operator_class()
        places = [place for node in nodes for place in operator.mutation_positions(node)]
        for occurrence, (start, end) in enumerate(places):
            if any(first <= start and end <= last for first, last in unread):
                left_out["only change annotations"] += 1
                continue
            if same:
                left_out["only make == of is"] += 1
                continue
            line = start[0]
            inside = [one for one in functions if one[0] <= line <= one[1]]
            function = inside[-1][2] if inside else "module"
            what = f"{file}\0{function}\0{name}\0{lines[line - 1].strip()}\0{start[1]}"
            alike[what] += 1
            found.append(Mutant(file, function, line, name.removeprefix("core/"), occurrence, f"{what}\0{alike[what]}"))
    return found, left_out


def change(root: Path, mutant: Mutant) -> Change | None:
    """What a mutant does; None where what comes out is no program (also: one that Python warns of), or the same one."""
    source = (root / mutant.file).read_text("utf-8")
    text = mutate_code(source, get_operator(f"core/{mutant.operator}")(), mutant.occurrence)
    try:
        with warnings.catch_warnings(action="error"):
            if text is None or ast.dump(ast.parse(text)) == ast.dump(ast.parse(source)):
                return None
            compile(text, mutant.file, "exec")
    except SyntaxError:
        return None
    diff = list(difflib.unified_diff(source.splitlines(), text.splitlines(), n=0, lineterm=""))[2:]
    was, now = ("\n".join(one[1:].strip() for one in diff if one.startswith(sign) and one[1:].strip()) for sign in "-+")
    return Change(was, now, text)


def sample(mutants: Mapping[str, list[Mutant]], number: int, seed: int) -> dict[str, tuple[int, list[Mutant]]]:
    """For each file how many to try, in proportion to its mutants (largest remainders), and all of them in the seed's order."""
    total = sum(map(len, mutants.values()))
    number = min(number, total)
    exact = {file: number * len(of) / total for file, of in mutants.items()}
    share = {file: int(one) for file, one in exact.items()}
    for file in sorted(exact, key=lambda f: (share[f] - exact[f], f))[: number - sum(share.values())]:
        share[file] += 1
    return {file: (share[file], sorted(of, key=lambda m: _rank(seed, m))) for file, of in mutants.items()}


def _rank(seed: int, mutant: Mutant) -> bytes:
    return sha256(f"{seed}\0{mutant.name}".encode()).digest()


def _annotations(tree: ast.Module, lines: list[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where annotations go, and what is imported for them only, each end as line and column.

    ast counts columns in bytes, cosmic-ray in characters.
    """

    def column(line: int, offset: int) -> int:
        return len(lines[line - 1].encode()[:offset].decode())

    for node in ast.walk(tree):
        for_types = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        found: list[Any] = [getattr(node, field, None) for field in ("annotation", "returns")]
        for one in (*found, node if for_types else None):
            if one is not None:
                start = one.lineno, column(one.lineno, one.col_offset)
                yield start, (one.end_lineno, column(one.end_lineno, one.end_col_offset))


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[int, int, str]]:
    """First line (decorators too), last line and name of each class, function and method; what is inside a function is its own."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            yield first, node.end_lineno or node.lineno, prefix + node.name
            if isinstance(node, ast.ClassDef):
                yield from _functions(node, f"{prefix}{node.name}.")
