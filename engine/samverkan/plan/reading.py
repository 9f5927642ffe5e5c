"""Bytes of files → checked plan: YAML, shape, words, meaning, each only where the one before found nothing wrong."""

from __future__ import annotations

from collections.abc import Mapping

from samverkan.plan.building import build
from samverkan.plan.checks import check
from samverkan.plan.errors import PlanError, Problems
from samverkan.plan.faults import check_shape
from samverkan.plan.layers import merge
from samverkan.plan.model import Plan, Position
from samverkan.plan.personal import personal_data
from samverkan.plan.yaml_nodes import Node, read_yaml


def read_layers(files: Mapping[str, bytes], base: Mapping[str, bytes] | None, problems: Problems) -> Plan:
    """The plan that `files` say on top of `base`. Warnings stay in `problems`; raises PlanError where there are errors."""
    base_roots = [] if base is None else _roots(base, problems)
    own_roots = _roots(files, problems)
    problems.stop()
    start = Position(next(iter(files), ""), 1, 1)
    layers = [(_name(own_roots), own_roots)]
    if base is not None:
        layers.insert(0, (_name(base_roots), base_roots))
    _check_layers(own_roots, base_roots if base is not None else None, start, problems)
    merged = merge(layers, problems)
    merged.start = start
    problems.stop()
    plan = build(merged, problems)
    problems.stop()
    check(plan, merged.places(), problems)
    problems.stop()
    return plan


def _roots(files: Mapping[str, bytes], problems: Problems) -> list[Node]:
    """The trees of the files that could be read; the faults of the others are added to `problems`."""
    roots = []
    for name, content in files.items():
        try:
            root = read_yaml(content, name)
        except PlanError as wrong:
            problems.found += wrong.problems
            continue
        if root is not None and check_shape(root, problems):
            _check_personal(root, problems)
            roots.append(root)
    return roots


def _check_personal(root: Node, problems: Problems) -> None:
    """Refuses personal data in what a file says: a plan speaks of functions."""
    for node in root.scalars():
        if (found := personal_data(node.value())) is not None:
            text = f"texten ser ut att innehålla {found}. Personuppgifter får inte finnas i en plan: skriv om utan."
            problems.error(node.at, "personal-data", text)


def _said(roots: list[Node], key: str) -> Node | None:
    return next((found for root in roots if (found := root.get(key)) is not None), None)


def _name(roots: list[Node]) -> str:
    node = _said(roots, "plan")
    return "" if node is None else node.value()


def _check_layers(own: list[Node], base: list[Node] | None, start: Position, problems: Problems) -> None:
    builds_on = _said(own, "builds on")
    if base is None:
        if builds_on is not None:
            text = f"planen bygger på '{builds_on.value()}', men dess filer är inte med. Läs planen från mappen bredvid den."
            problems.error(builds_on.at, "layers", text)
        if (tightens := _said(own, "tightens")) is not None and builds_on is None:
            text = "planen bygger inte på någon annan, så inget finns att skärpa. Ta bort 'tightens' eller lägg till 'builds on'."
            problems.error(tightens.at, "layers", text)
        return
    if builds_on is None:
        problems.error(start, "layers", "planen säger inte vad den bygger på. Lägg till 'builds on: plan' i plan.yaml.")
    elif builds_on.value() != _name(base):
        text = f"planen bygger på '{builds_on.value()}', men den mappen innehåller planen '{_name(base)}'. Rätta det ena namnet."
        problems.error(builds_on.at, "layers", text)
    if (second := _said(base, "builds on")) is not None:
        text = "en plan som andra bygger på kan inte själv bygga på en plan: det finns två lager. Ta bort 'builds on'."
        problems.error(second.at, "layers", text)
    if _name(own) == _name(base) and (node := _said(own, "plan")) is not None:
        problems.error(node.at, "layers", f"planen heter '{node.value()}', precis som den som den bygger på. Välj ett annat id.")
