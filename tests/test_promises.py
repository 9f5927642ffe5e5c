"""Every promise of the contract has a test: the tables in docs/promises*.md name tests that exist, and leave no paragraph out."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONTRACT = (ROOT / "docs" / "semantics.md").read_text("utf-8")
TABLES = sorted((ROOT / "docs").glob("promises*.md"))
SETTLED = sorted(set(re.findall(r"^- \*\*(\d+\.[a-z])\*\*", CONTRACT, re.MULTILINE)))
SECTIONS = ("1", "2", "3", "4", "5", "6", "7", "8", "10")

_ROW = re.compile(r"^\| (?P<paragraph>[^|]+) \| (?P<promise>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)
_NODE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)(?:\[[^`]*\])?`")


def rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """Paragraph and tests, as (file, function), of every row of the tables."""
    found = [row for table in TABLES for row in _ROW.finditer(table.read_text("utf-8"))]
    told = [(row["paragraph"].strip(), _NODE.findall(row["tests"])) for row in found]
    return [(paragraph, tests) for paragraph, tests in told if paragraph not in ("paragraph", "---")]


@cache
def functions_of(file: str) -> frozenset[str]:
    """The test functions of a file that pytest collects."""
    path = ROOT / file
    if not path.is_file() or not path.name.startswith("test_"):
        return frozenset()
    body = ast.parse(path.read_text("utf-8")).body
    return frozenset(one.name for one in body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"))


def test_there_are_tables_and_settled_items() -> None:
    assert (ROOT / "docs" / "promises.md") in TABLES
    assert len(SETTLED) > 40
    assert {item[0] for item in SETTLED} == {"1", "2", "3", "4", "5", "6", "7", "8"}


def test_every_row_names_a_test_and_every_named_test_exists() -> None:
    missing = [f"{file}::{name}" for _, tests in rows() for file, name in tests if name not in functions_of(file)]
    assert missing == []
    assert [paragraph for paragraph, tests in rows() if not tests] == []


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_has_rows(section: str) -> None:
    assert [paragraph for paragraph, _ in rows() if re.match(rf"(§{section}(?!\d)|{section}\.[a-z]\b)", paragraph)]


@pytest.mark.parametrize("item", SETTLED)
def test_every_settled_item_has_a_row(item: str) -> None:
    assert [paragraph for paragraph, _ in rows() if re.search(rf"(?<!\d){re.escape(item)}(?![a-z])", paragraph)]


def test_every_file_of_tests_of_promises_is_named() -> None:
    named = {file for _, tests in rows() for file, _ in tests}
    files = {file.relative_to(ROOT).as_posix() for file in (ROOT / "tests" / "decide" / "promises").glob("test_*.py")}
    assert files <= named
