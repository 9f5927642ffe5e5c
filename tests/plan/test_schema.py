"""The schemas that editors complete from: fresh, and with a plan's own words where they are asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from samverkan.cli.checking import SCHEMAS, schema_texts
from samverkan.plan.files import MEASURE_KEYS
from samverkan.plan.loading import load_plan
from samverkan.plan.places import shipped
from samverkan.plan.schema import HELP, plan_schema

EXAMPLE = load_plan(Path(__file__).parents[1] / "corpus" / "plans" / "exempel")


def test_the_committed_schemas_are_fresh() -> None:
    folder = shipped("rules") / "schema"
    texts = schema_texts(None)
    assert {path.name for path in folder.iterdir()} == set(texts) == set(SCHEMAS)
    for name, text in texts.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"run: samverkan schema --out {folder}"


def test_without_a_plan_no_words_are_listed() -> None:
    text = json.dumps(plan_schema())
    assert "x-words" not in text
    assert "words-" not in text


def test_with_a_plan_its_words_are_listed() -> None:
    schema = plan_schema(EXAMPLE)
    defs = schema["$defs"]
    assert defs["words-functions"] == {"enum": list(EXAMPLE.functions)}
    assert "child.age" in defs["words-facts"]["enum"]
    assert "child.trafficking" not in defs["words-facts"]["enum"]
    assert "barn.orosanmalan/anmalan" in defs["words-measures"]["enum"]
    condition = defs["words-condition"]["properties"]
    assert condition["age"]["anyOf"][0] == {"enum": ["child", "maybe_child", "adult", "unknown"]}
    assert condition["completed"]["anyOf"][0] == {"enum": [True, False, "unknown"]}
    assert json.dumps(schema).count('"x-words"') == 0


def test_every_reference_leads_somewhere() -> None:
    for schema in (plan_schema(), plan_schema(EXAMPLE)):
        references = set(_references(schema))
        assert references
        assert {f"#/$defs/{name}" for name in schema["$defs"]} >= references


def _references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for item in part for found in _references(item)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return own + [found for value in part.values() for found in _references(value)]


def test_a_measure_says_one_thing() -> None:
    defs = plan_schema()["$defs"]
    then = defs["Rule"]["properties"]["then"]["items"]
    assert then["$ref"] == "#/$defs/Measure"
    assert then["oneOf"] == [{"required": [key]} for key in MEASURE_KEYS]
    assert len(MEASURE_KEYS) == 24
    assert defs["Measure"]["additionalProperties"] is False
    assert set(MEASURE_KEYS) <= set(defs["Measure"]["properties"])


def test_what_is_explained_is_a_key() -> None:
    keys = {key for its in [plan_schema(), *plan_schema()["$defs"].values()] for key in its.get("properties", {})}
    assert set(HELP) <= keys
