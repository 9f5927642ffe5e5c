"""The fingerprint: the same however the plan is cut into files, another as soon as it says something else."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.plan.layers import FREE, HEAD, LISTED, MAPPED
from samverkan.plan.loading import load_plan, read_plan
from samverkan.plan.yaml_nodes import read_yaml

FOLDER = Path(__file__).parents[1] / "corpus" / "plans" / "exempel"
PLAN = load_plan(FOLDER)


def _pieces() -> list[dict[str, Any]]:
    """The example plan, one declaration a piece."""
    pieces: list[dict[str, Any]] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        root = read_yaml(path.read_bytes(), path.name)
        assert root is not None
        plain: Any = root.plain()
        function = {"function": plain["function"]} if "function" in plain else {}
        for section, value in plain.items():
            if section in HEAD:
                pieces.append({section: value})
            elif section in MAPPED:
                pieces += [{section: {word: what}} for word, what in value.items()]
            elif section in (*LISTED, *FREE):
                pieces += [{section: [item], **(function if section == "rules" else {})} for item in value]
    return pieces


PIECES = _pieces()


def _files(homes: list[int]) -> dict[str, bytes]:
    """The pieces in files by number; units all in one, since their order counts, and rules with a default function apart."""
    files: dict[tuple[int, str], dict[str, Any]] = defaultdict(dict)
    for piece, home in zip(PIECES, homes, strict=True):
        file = files[0 if "units" in piece else home, str(piece.get("function", ""))]
        for section, value in piece.items():
            if isinstance(value, list):
                file.setdefault(section, []).extend(value)
            elif isinstance(value, dict) and section in MAPPED:
                file.setdefault(section, {}).update(value)
            else:
                file[section] = value
    return {f"{home:02}{function}.yaml": json.dumps(said).encode() for (home, function), said in sorted(files.items())}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=len(PIECES), max_size=len(PIECES)))
def test_a_plan_cut_into_files_in_any_way_is_the_same(homes: list[int]) -> None:
    plan = read_plan(_files(homes))
    assert plan.digest == PLAN.digest
    assert {name: (rule.function, rule.then[0].who) for name, rule in plan.rules.items()} == {
        name: (rule.function, rule.then[0].who) for name, rule in PLAN.rules.items()
    }


def _changed(old: str, new: str) -> str:
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
    assert any(old in text for text in files.values())
    return read_plan({name: text.replace(old, new, 1).encode() for name, text in files.items()}).digest


def test_where_things_stand_does_not_count() -> None:
    assert _changed("rules:\n", "# en rad\n\n\nrules:\n") == PLAN.digest
    assert _changed("{age: [child, maybe_child]}", "{ 'age' :  [ child , maybe_child ] }") == PLAN.digest


def test_what_it_says_does() -> None:
    digests = {
        _changed("deadline: 14 days", "deadline: 13 days"),
        _changed("title: Orosanmälan när", "title: Orosanmälan då"),
        _changed("until: 2022-07-31, judged", "until: 2022-07-30, judged"),
        _changed("claims: {age: [maybe_child, child]}", "claims: {age: [child, maybe_child]}"),
        _changed("ends: {buyer: buyer, seller: seller}", "ends: {seller: seller, buyer: buyer}"),
        _changed("status: unchecked", "status: seen"),
    }
    assert len(digests | {PLAN.digest}) == 7


def test_the_order_of_units_counts() -> None:
    text = (FOLDER / "agencies.yaml").read_text(encoding="utf-8")
    units = [line for line in text.splitlines(keepends=True) if line.startswith("- {unit:")]
    swapped = text.replace(units[0] + units[1], units[1] + units[0])
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))}
    assert read_plan({**files, "agencies.yaml": swapped.encode()}).digest != PLAN.digest
