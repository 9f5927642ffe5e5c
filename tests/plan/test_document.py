"""The document of the language names every key and every check, so that it can't fall behind."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import samverkan.plan
from samverkan.plan.files import MEASURE_KEYS
from samverkan.plan.loading import inspect_files
from samverkan.plan.schema import plan_schema

TEXT = (Path(__file__).parents[2] / "docs" / "plan-language.md").read_text(encoding="utf-8")


def keys() -> set[str]:
    schema = plan_schema()
    return {key for part in [schema, *schema["$defs"].values()] for key in part.get("properties", {})}


@pytest.mark.parametrize("key", sorted(keys() - set(MEASURE_KEYS)))
def test_every_key_is_shown(key: str) -> None:
    assert re.search(rf"(^|[\s{{,`(]){re.escape(key)}(:|`)", TEXT, re.MULTILINE), key


def _codes(path: Path) -> set[str]:
    """The codes that a module gives: the last plain word of each call that reports a problem."""
    codes = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(getattr(node, "func", None), "attr", None) or getattr(getattr(node, "func", None), "id", None)
        if isinstance(node, ast.Call) and name in ("error", "warning", "Problem", "_wrong", "_error"):
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            codes |= {word for word in words if re.fullmatch(r"[a-z]+(-[a-z]+)*", word)} - {"error", "warning"}
    return codes


def test_every_code_is_told() -> None:
    told = set(re.findall(r"`([a-z-]+)`", TEXT))
    codes = {code for path in Path(samverkan.plan.__path__[0]).rglob("*.py") for code in _codes(path)}
    assert len(codes) > 50
    assert codes <= told, codes - told


def test_every_code_that_the_broken_plans_give_is_told() -> None:
    here = Path(__file__).parent
    sound = (here / "liten" / "plan.yaml").read_bytes()
    codes = {
        problem.code
        for path in (here.parent / "broken" / "plans").glob("*.yaml")
        for problem in inspect_files({"plan.yaml": sound, path.name: path.read_bytes()}).problems
    }
    assert len(codes) > 40
    assert codes <= set(re.findall(r"`([a-z-]+)`", TEXT))
