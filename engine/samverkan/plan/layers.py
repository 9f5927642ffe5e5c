"""The files of a plan put together: what each section declares, over all files and both layers, each id once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from samverkan.plan.errors import Problems
from samverkan.plan.model import NOWHERE, Position
from samverkan.plan.yaml_nodes import Node

HEAD = ("plan", "title", "version", "dnr", "builds on", "valid", "reconstructed", "timezone", "country", "reminders")
"""What a plan says of itself, once."""

MAPPED = {
    "roles": "rollen",
    "relations": "relationen",
    "facts": "uppgiften",
    "conclusions": "slutsatsen",
    "events": "händelsen",
    "acts": "handlingen",
    "offers": "erbjudandet",
    "information": "informationen",
    "phases": "skedet",
    "municipalities": "kommunen",
    "functions": "funktionen",
    "hours": "öppettiden",
    "sources": "källan",
}
"""Sections that map ids to what they are, and what an id there is called."""

LISTED = {"units": ("unit", "enheten"), "requirements": ("requirement", "kravet"), "rules": ("rule", "regeln")}
"""Sections that list things with an id: the key that holds it, and what such a thing is called."""

FREE = ("opposites", "impossible", "tightens")
"""Sections that list things without an id."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration: its id where it stands, what it says, the layer, and the file's default function (a node)."""

    key: Node
    node: Node
    layer: str
    function: Node | None = None


Places = Mapping[tuple[str, str], Position]
"""(section, id) → where it is declared; opposites by their two acts, `first/second` in alphabetical order."""


@dataclass(slots=True)
class Merged:
    """Everything that the layers declare. `heads`: what each plan says of itself, by layer, base first."""

    heads: dict[str, dict[str, Node]] = field(default_factory=dict)
    mapped: dict[str, dict[str, Declared]] = field(default_factory=lambda: {section: {} for section in MAPPED})
    listed: dict[str, dict[str, Declared]] = field(default_factory=lambda: {section: {} for section in LISTED})
    free: dict[str, list[Declared]] = field(default_factory=lambda: {section: [] for section in FREE})
    start: Position = NOWHERE

    def head(self, key: str) -> Node | None:
        """What the plan itself says, else what the plan that it builds on says."""
        for heads in reversed(list(self.heads.values())):
            if key in heads:
                return heads[key]
        return None

    def places(self) -> Places:
        """Where each word is declared."""
        places = {
            (section, word): declared.key.at
            for sections in (self.mapped, self.listed)
            for section, words in sections.items()
            for word, declared in words.items()
        }
        for declared in self.free["opposites"]:
            places["opposites", "/".join(sorted(item.value() for item in declared.node))] = declared.node.at
        return places


def merge(layers: Iterable[tuple[str, list[Node]]], problems: Problems) -> Merged:
    """Puts the files of the layers (base first; a name for each, and its files in order) together."""
    merged = Merged()
    for layer, roots in layers:
        heads: dict[str, Node] = {}
        for root in roots:
            _head(root, heads, problems)
        merged.heads[layer] = heads
        for root in roots:
            _sections(root, layer, merged, problems)
    return merged


def _head(root: Node, heads: dict[str, Node], problems: Problems) -> None:
    for key in HEAD:
        value = root.get(key)
        if value is None:
            continue
        if key in heads:
            text = f"planens '{key}' står redan i {heads[key].at}. Behåll en av dem."
            problems.error(root.keys[key].at, "duplicate-key", text)
        heads[key] = value


def _sections(root: Node, layer: str, merged: Merged, problems: Problems) -> None:
    function = root.get("function")
    for section, noun in MAPPED.items():
        if (node := root.get(section)) is not None:
            for key, value in node.pairs():
                _declare(merged.mapped[section], Declared(key, value, layer), noun, problems)
    for section, (id_key, noun) in LISTED.items():
        for item in root.get(section) or ():
            _declare(merged.listed[section], Declared(item[id_key], item, layer, function), noun, problems)
    for section in FREE:
        merged.free[section] += [Declared(item, item, layer) for item in root.get(section) or ()]


def _declare(among: dict[str, Declared], declared: Declared, noun: str, problems: Problems) -> None:
    word = declared.key.value()
    earlier = among.get(word)
    if earlier is None:
        among[word] = declared
    elif earlier.layer == declared.layer:
        text = f"{noun} '{word}' är redan deklarerad i {earlier.key.at}. Ett id används en gång; byt namn på en av dem."
        problems.error(declared.key.at, "duplicate-id", text)
    else:
        text = (
            f"{noun} '{word}' finns redan i planen '{earlier.layer}', som den här bygger på ({earlier.key.at}). "
            "En plan får lägga till, men inte ändra det som den bygger på; välj ett annat id."
        )
        problems.error(declared.key.at, "duplicate-id", text)
