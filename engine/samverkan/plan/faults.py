"""What a file's shape has wrong: pydantic's findings → problems with place, in Swedish, with the nearest right key or word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from samverkan.plan import files
from samverkan.plan.errors import MOST, Problems
from samverkan.plan.spelling import listed, nearest, suggestion
from samverkan.plan.yaml_nodes import Node

_PATTERNS = {
    files.WORD_PATTERN: "kan inte vara ett id. Använd a–z (inte å, ä, ö), siffror och bindestreck: socialnamnd-barn.",
    files.ID_PATTERN: "kan inte vara ett id. Använd a–z (inte å, ä, ö), siffror, punkt och bindestreck: barn.orosanmalan.",
    files.DAY_PATTERN: "är ingen dag. Skriv år-månad-dag: 2013-05-01.",
    files.COUNTRY_PATTERN: "är ingen landskod. Skriv två stora bokstäver: SE.",
}
_SHAPES = {
    "<text>": "en text",
    "<list>": "en lista ([a, b], eller rader med bindestreck)",
    "<map>": "nycklar med värden ({nyckel: värde})",
}


def check_shape(root: Node, problems: Problems, reader: TypeAdapter[Any] | None = None) -> bool:
    """Whether the file's shape is right (a plan's file, unless `reader` reads another sort); else `problems` says what isn't."""
    reading = reader if reader is not None else files.plan_file()
    try:
        reading.validate_python(root.plain())
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False)[: MOST + 1]
        meant = {_meant(reading, root, error["loc"]) for error in errors if error["type"] == "extra_forbidden"}
        for error in errors:
            if error["type"] == "missing" and error["loc"] in meant:
                continue  # an unknown key beside it was meant to be this one
            _add(reading, root, error["type"], error["loc"], error.get("ctx", {}), problems)
        return False
    return True


def _add(
    reading: TypeAdapter[Any], root: Node, kind: str, loc: tuple[int | str, ...], context: Mapping[str, Any], problems: Problems
) -> None:
    node, key, path = _find(root, loc)
    if kind == "extra_forbidden" and key is not None:
        problems.error(key.at, "unknown-key", _unknown_key(reading, key.value(), path[:-1]))
    elif kind == "missing":
        problems.error(node.at, "missing-key", f"nyckeln '{loc[-1]}' saknas. Lägg till den.")
    elif kind == "string_pattern_mismatch":
        wrong = key if loc[-1] == "[key]" and key is not None else node
        problems.error(wrong.at, "shape", f"'{wrong.text}' {_PATTERNS.get(context['pattern'], 'kan inte stå här.')}")
    else:
        problems.error(node.at, "shape", _PLAIN.get(kind, _other)(context, node))


@cache
def _schema(reading: TypeAdapter[Any]) -> dict[str, Any]:
    return reading.json_schema()


def _find(root: Node, loc: tuple[int | str, ...]) -> tuple[Node, Node | None, list[int | str]]:
    """The node at pydantic's location, the key that leads to it, and the path to it (names of alternatives are left out)."""
    node, key, path = root, None, list[int | str]()
    for part in loc:
        if isinstance(part, int) and node.items is not None:
            node, key = node.items[part], None
        elif isinstance(part, str) and node.entries is not None and part in node.entries:
            node, key = node.entries[part], node.keys[part]
        else:
            continue
        path.append(part)
    return node, key, path


def _meant(reading: TypeAdapter[Any], root: Node, loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The location of the key that an unknown one most likely was meant to be."""
    near = nearest(str(loc[-1]), _keys_at(_schema(reading), _find(root, loc)[2][:-1]))
    return (*loc[:-1], near or "")


def _unknown_key(reading: TypeAdapter[Any], word: str, path: list[int | str]) -> str:
    keys = _keys_at(_schema(reading), path)
    if near := suggestion(word, keys):
        return f"okänd nyckel '{word}'.{near}"
    due = [key for key in keys if key in files.MEASURE_KEYS]
    others = [key for key in keys if key not in files.MEASURE_KEYS]
    choice = [f"'{due[0]}' och dess like, samt {listed(others)}"] if due and others else [listed(keys)]
    return f"okänd nyckel '{word}'. Här får stå {choice[0]}."


def _keys_at(schema: dict[str, Any], path: list[int | str]) -> list[str]:
    """The keys that the schema allows in the mapping at `path`."""
    here = _parts(schema, schema)
    for part in path:
        below: list[dict[str, Any]] = []
        for option in here:
            if isinstance(part, int):
                found = option.get("items")
            else:
                by_pattern = next(iter(option.get("patternProperties", {}).values()), None)
                found = option.get("properties", {}).get(part) or by_pattern or option.get("additionalProperties")
            if isinstance(found, dict):
                below += _parts(schema, found)
        here = below
    return [key for option in here for key in option.get("properties", {})]


def _parts(schema: dict[str, Any], option: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema's alternatives, with references followed."""
    if "$ref" in option:
        return _parts(schema, schema["$defs"][option["$ref"].rpartition("/")[2]])
    alternatives = option.get("anyOf") or (option.get("oneOf") if "properties" not in option else None)
    return [option] if not alternatives else [part for its in alternatives for part in _parts(schema, its)]


def _other(_context: Mapping[str, Any], node: Node) -> str:
    return f"värdet har fel form: här står {_shape(node)}."


def _shape(node: Node) -> str:
    return _SHAPES[files.shape_of(node.plain())]


def _wanted(shape: str) -> Callable[[Mapping[str, Any], Node], str]:
    def text(_context: Mapping[str, Any], node: Node) -> str:
        if node.text == "":
            return f"ett värde saknas. Här ska stå {_SHAPES[shape]}."
        return f"här ska stå {_SHAPES[shape]}, men det står {_shape(node)}."

    return text


def _tags(context: Mapping[str, Any], node: Node) -> str:
    wanted = re.findall(r"'([^']*)'", str(context["expected_tags"]))
    return f"här ska stå {listed([_SHAPES[tag] for tag in wanted], 'eller')}, men det står {_shape(node)}."


def _literal(context: Mapping[str, Any], node: Node) -> str:
    allowed = re.findall(r"'([^']*)'", str(context["expected"]))
    if node.text is None:
        return f"här ska stå {listed(allowed, 'eller')}, men det står {_shape(node)}."
    return f"'{node.text}' kan inte stå här.{suggestion(node.text, allowed)} Skriv {listed(allowed, 'eller')}."


def _one_due(_context: Mapping[str, Any], node: Node) -> str:
    due = [f"'{key}'" for key in node.keys if key in files.MEASURE_KEYS]
    if due:
        return f"en åtgärd säger en sak, men här står {listed(due)}. Dela upp den på flera åtgärder."
    return "åtgärden säger inte vad som ska göras. Skriv till exempel 'must notify: funktion'."


def _length(context: Mapping[str, Any], node: Node) -> str:
    low, high = context.get("min_length"), context.get("max_length")
    found = len(node.entries if node.entries is not None else node.items or ())
    if found == 0:
        return "här står inget. Fyll i, eller ta bort nyckeln."
    return f"här ska stå {'minst' if low is not None else 'högst'} {low if low is not None else high}, men det står {found}."


_PLAIN: dict[str, Callable[[Mapping[str, Any], Node], str]] = {
    "string_type": _wanted("<text>"),
    "list_type": _wanted("<list>"),
    "dict_type": _wanted("<map>"),
    "union_tag_invalid": _tags,
    "literal_error": _literal,
    "one_due": _one_due,
    "too_short": _length,
    "too_long": _length,
    "string_too_short": lambda _context, _node: "ett värde saknas här. Skriv det, eller ta bort nyckeln.",
}
