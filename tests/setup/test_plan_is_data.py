"""The plan is data: nothing of the county, and no role, fact, event or function by name, is in the engine's Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from samverkan.plan.loading import load_plan

ENGINE = Path(__file__).parents[2] / "engine" / "samverkan"
MODULES = sorted(ENGINE.rglob("*.py"))
SHOWN = {"EXAMPLES", "DEFAULT"}
"""What a help text shows, and which plan is meant where none is named: the only places that name something of the shipped plan."""

SORTS_OF_SOURCE = {"brochure", "agreement", "report"}
"""Words of the plan language that the shipped plan happens to use for something else too."""


@cache
def words() -> dict[str, str]:
    """The ids of the shipped plan → what they are. Phases and sources are left out: they are common words."""
    plan = load_plan()
    kinds = (
        plan.roles, plan.relations, plan.facts, plan.conclusions, plan.events, plan.acts, plan.offers, plan.information,
        plan.functions, plan.units, plan.municipalities, plan.rules, plan.clauses, plan.requirements,
    )  # fmt: skip
    return {word: "the plan's" for kind in kinds for word in kind}


@cache
def names() -> set[str]:
    """What only this county is called: municipalities, units, the plan."""
    plan = load_plan()
    base = load_plan(plan.layers[0])
    own = {label for key, label in plan.municipalities.items() if key not in base.municipalities}
    return {plan.id, plan.id.capitalize(), "Västmanland", *own, *(unit.label for unit in plan.units.values())}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The string constants of a module but its docstrings and what help texts show, with their lines."""
    tree = ast.parse(path.read_text("utf-8"))
    left_out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(id(node.value))
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id in SHOWN for one in node.targets):
            left_out |= {id(one) for one in ast.walk(node.value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_no_module_knows_a_word_of_the_plan(path: Path) -> None:
    known, own = words(), names()
    called = re.compile("|".join(rf"\b{re.escape(name)}" for name in sorted(own, key=len, reverse=True) if len(name) > 4))
    found = [
        f"{path.name}:{line}: {text[:60]!r}"
        for line, text in texts(path)
        if (text in known and text not in SORTS_OF_SOURCE) or called.search(text)
    ]
    assert found == []


def test_the_test_sees_what_it_looks_for(tmp_path: Path) -> None:
    assert {"seller", "age", "person_met", "polisen", "barn.orosanmalan"} <= set(words())
    assert {"Västerås", "Västmanland", "vastmanland"} <= names()
    module = tmp_path / "a.py"
    module.write_text('"""seller"""\nEXAMPLES = "seller"\nROLE = "seller"\nTEXT = f"i {ROLE} i Västerås"\n', encoding="utf-8")
    assert [text for _, text in texts(module)] == ["seller", "i ", " i Västerås"]
