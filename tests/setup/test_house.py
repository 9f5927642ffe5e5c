"""The house's own rules: one-way dependencies, no machine's paths, modules that say what they are for."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "engine" / "samverkan"
MODULES = sorted(ENGINE.rglob("*.py"))
MOST_LINES = 500
MOST_LINES_OF_A_FUNCTION = 80

# Made or fetched, never committed.
NOT_OURS = {"build", "dist", "__pycache__", "node_modules"}
HIDDEN_BUT_OURS = {".ci", ".editorconfig", ".gitattributes", ".gitignore"}

MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:work|root|home/[a-z]\w*)/")
INDEX_ADDRESS = re.compile(r"--(?:extra-)?index-url|https?://[^\s'\"]*/simple\b|https?://(?:\w+\.)*(?:pypi|npmjs)\.\w+")


def our_files(folder: Path = ROOT) -> Iterator[Path]:
    """Walk the files that belong to the project."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or (path.name.startswith(".") and path.name not in HIDDEN_BUT_OURS):
            continue
        if path.is_dir():
            yield from our_files(path)
        else:
            yield path


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Give the places in the project's texts where the pattern is found."""
    found = []
    for path in our_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:  # a picture or another file that isn't text
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if pattern.search(line)
        ]
    return found


def name_of(path: Path) -> str:
    """Name a module in a test's id."""
    return path.relative_to(ENGINE).as_posix()


def test_rooms_depend_one_way() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_its_place() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (rooms,) = (c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "rooms")
    placed = set(re.findall(r"\w+", " ".join(rooms["layers"])))
    built = {path.parent.name for path in ENGINE.glob("*/__init__.py")}
    assert built
    assert built <= placed, "a new room must be placed among the layers in pyproject.toml"


def test_no_file_names_a_path_of_some_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


def test_no_file_names_a_package_index() -> None:
    assert lines_with(INDEX_ADDRESS) == []


def test_constraints_are_exact_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.!+]+", pin)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_says_what_it_is_for_and_stays_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "say in the first line what the module is for"
    assert len(text.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_fit_a_screen(path: Path) -> None:
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION} == {}
