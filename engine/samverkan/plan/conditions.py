"""Conditions: `{age: [child, maybe_child], any: [{…}, {…}]}` and, in conclusions, `some: purchase` with `has: {…}`."""

from __future__ import annotations

from samverkan.plan.model import PERSON, Atom, Condition, Some
from samverkan.plan.spelling import listed, suggestion
from samverkan.plan.vocabulary import Vocabulary
from samverkan.plan.yaml_nodes import Node

RESERVED = ("any", "some", "has", "as")
"""Keys of a condition that are no facts."""


def read_condition(
    node: Node | None, words: Vocabulary, of: str, role: str | None, *, some: bool = False, inside: bool = False
) -> Condition:
    """The condition that a mapping says about a subject of that sort and role; empty where there is none.

    `some`: the condition may look across a relation (conclusions only). `inside`: it is an alternative of an `any`.
    """
    if node is None:
        return Condition()
    if node.entries is None or not node.entries:
        words.problems.error(node.at, "condition", "ett villkor skrivs {uppgift: värde} eller {uppgift: [värde, värde]}.")
        return Condition()
    atoms: list[Atom] = []
    alternatives: tuple[Condition, ...] = ()
    across: tuple[Some, ...] = ()
    for key, value in node.pairs():
        if key.text == "any":
            alternatives = _alternatives(key, value, words, of, role, some, inside)
        elif key.text == "some":
            across = _across(key, value, node, words, of, role, some)
        elif key.text in ("has", "as"):
            if node.get("some") is None:
                words.problems.error(key.at, "condition", f"'{key.text}' hör till 'some'. Skriv some: relation, has: {{…}}.")
        elif (atom := _atom(key, value, words, of, role)) is not None:
            atoms.append(atom)
    return Condition(tuple(atoms), alternatives, across)


def _atom(key: Node, value: Node, words: Vocabulary, of: str, role: str | None) -> Atom | None:
    found = words.path(key, of, role)
    if value.entries is not None:
        problem = "ett värde kan inte vara {…}. Skriv ett ord eller en lista av ord."
        words.problems.error(value.at, "condition", problem)
        return None
    if any(item.text is None for item in value):
        words.problems.error(value.at, "condition", "listan får bara innehålla ord, inga listor i listan.")
        return None
    if found is None:
        return None
    end, fact = found
    values = tuple(words.value(item, fact) for item in value)
    if not values:
        problem = "listan är tom, så inget värde kan stämma. Ange värden, eller ta bort villkoret."
        words.problems.error(value.at, "condition", problem)
    for item in value:
        if values.count(item.value()) > 1:
            words.problems.error(item.at, "condition", f"värdet '{item.value()}' står två gånger i listan. Ta bort ett.")
            break
    if set(words.values(fact)) <= set(values):
        words.problems.warning(key.at, "always-true", f"villkoret på '{key.value()}' är alltid sant: alla värden är nämnda.")
    return Atom(end, fact.id, values, key.at)


def _alternatives(
    key: Node, value: Node, words: Vocabulary, of: str, role: str | None, some: bool, inside: bool
) -> tuple[Condition, ...]:
    if inside:
        words.problems.error(key.at, "condition", "'any' kan inte stå inne i 'any'. Skriv alternativen efter varandra.")
    if value.items is None or len(value.items) < 2:
        words.problems.error(value.at, "condition", "'any' ska ha minst två alternativ: any: [{…}, {…}].")
        return ()
    return tuple(read_condition(item, words, of, role, some=some, inside=True) for item in value.items)


def _across(key: Node, value: Node, node: Node, words: Vocabulary, of: str, role: str | None, allowed: bool) -> tuple[Some, ...]:
    has = node.get("has")
    if not allowed:
        text = "'some' får bara stå i slutsatser (conclusions). Gör en slutsats av det och läs den i regeln."
        words.problems.error(key.at, "condition", text)
        return ()
    if of != PERSON:
        text = f"'some' söker bland en persons relationer, men slutsatsen gäller '{of}'. Låt den gälla en roll eller person."
        words.problems.error(key.at, "condition", text)
        return ()
    if has is None or value.text is None:
        words.problems.error(key.at, "condition", "'some' namnger en relation och ska ha 'has: {…}' med villkoren på den.")
        return ()
    relation = words.word(value, words.relations, "okänd relation", "relationer")
    if relation not in words.relations:
        return ()
    end = _end(key, node.get("as"), words, relation, role)
    condition = read_condition(has, words, relation, None)
    return () if end is None else (Some(relation, end, condition),)


def _end(key: Node, named: Node | None, words: Vocabulary, relation: str, role: str | None) -> str | None:
    """The end at which the person of the conclusion stands: as it says, else the only one that gives its role."""
    ends = words.relations[relation].ends
    if named is not None:
        end = named.value() if named.text is not None else ""
        if end not in ends:
            near = suggestion(end, ends)
            text = f"relationen '{relation}' har ingen ände '{end}'.{near} Dess ändar är {listed(ends)}."
            words.problems.error(named.at, "unknown-end", text)
            return None
        return end
    standing = [end for end, its in ends.items() if its == role]
    if len(standing) != 1:
        text = f"det framgår inte vid vilken ände av '{relation}' personen står. Lägg till as: {listed(ends, 'eller')}."
        words.problems.error(key.at, "unknown-end", text)
        return None
    return standing[0]
