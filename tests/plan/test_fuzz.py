"""Whatever stands in the files: a plan, or problems in Swedish. Never anything else."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.plan.errors import PlanError, Problem
from samverkan.plan.loading import Reading, inspect_files
from samverkan.plan.yaml_nodes import read_yaml

CONTENT = (Path(__file__).parent / "liten" / "plan.yaml").read_bytes()
_root = read_yaml(CONTENT, "plan.yaml")
assert _root is not None
PLAIN: Any = _root.plain()


def _paths(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [path, *(found for key, value in inside for found in _paths(value, (*path, key)))]


def _texts(part: Any) -> set[str]:
    if isinstance(part, str):
        return {part}
    inside = [*part.keys(), *part.values()] if isinstance(part, dict) else part
    return {text for value in inside for text in _texts(value)}


PATHS = [path for path in _paths(PLAIN) if path]
MANY = 100
ODD = ["", "unknown", "any", "some", "åäö", "9999-12-31", "0001-01-01", "seller.age", "a.b.c", "x/y/z", "/", "."]
WORDS = [*sorted(_texts(PLAIN)), *ODD]
VALUES = st.recursive(
    st.sampled_from(WORDS), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3)
)
CHANGE = st.tuples(
    st.sampled_from(PATHS), st.sampled_from(["swap", "swap", "swap", "put", "drop", "rename"]), VALUES, st.sampled_from(WORDS)
)


def _judged(reading: Reading) -> None:
    for problem in reading.problems:
        assert problem.text.strip()
        assert problem.position.file == "plan.yaml"
        assert problem.position.line >= 1
    assert (reading.plan is None) == bool(reading.errors)


@settings(max_examples=MANY, deadline=None)
@given(st.lists(CHANGE, max_size=4))
def test_any_tree_is_a_plan_or_has_problems(changes: list[tuple[tuple[Any, ...], str, Any, str]]) -> None:
    tree: Any = copy.deepcopy(PLAIN)
    for path, how, value, word in changes:
        parent = tree
        try:
            for key in path[:-1]:
                parent = parent[key]
            old = parent[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
        if isinstance(parent, str):
            continue
        if how == "swap":
            parent[path[-1]] = word if isinstance(old, str) else old
        elif how == "put":
            parent[path[-1]] = value
        else:
            del parent[path[-1]]
            if how == "rename" and isinstance(parent, dict):
                parent[word] = old
    _judged(inspect_files({"plan.yaml": json.dumps(tree).encode()}))


@settings(max_examples=MANY, deadline=None)
@given(st.integers(0, len(CONTENT)), st.integers(0, 40), st.binary(max_size=8) | st.text(max_size=8).map(str.encode))
def test_any_bytes_are_a_plan_or_have_problems(start: int, length: int, instead: bytes) -> None:
    _judged(inspect_files({"plan.yaml": CONTENT[:start] + instead + CONTENT[start + length :]}))


@given(st.binary(max_size=200))
def test_reading_raises_nothing_but_problems(content: bytes) -> None:
    found: tuple[Problem, ...] = ()
    try:
        read_yaml(content, "f.yaml")
    except PlanError as wrong:
        found = wrong.problems
    assert all(problem.position.line >= 1 and problem.position.column >= 1 for problem in found)
