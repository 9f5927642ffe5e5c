"""Measures: strength and kind, the object of the sort that the kind asks for, bearers, consent, deadline → the model."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from samverkan.plan.deadlines import read_deadline
from samverkan.plan.files import MEASURE_KEYS
from samverkan.plan.model import Deadline, Fact, Kind, Measure, Ref, Strength, Telling
from samverkan.plan.spelling import listed, suggestion
from samverkan.plan.vocabulary import Vocabulary
from samverkan.plan.yaml_nodes import Node


def due_key(node: Node) -> Node:
    """The key that says strength and kind: `must notify`. The shape has been checked: there is one."""
    return next(key for word, key in node.keys.items() if word in MEASURE_KEYS)


def read_object(
    kind: Kind, node: Node, words: Vocabulary, of: str, role: str | None, about: str | None = None
) -> tuple[str | None, str]:
    """The object of a measure: (end, word); the end only for `assess`, where it says whose fact is meant."""
    if kind in ("notify", "consult", "apply"):
        return None, words.function(node)
    if kind == "inform":
        return None, words.word(node, words.information, "okänd information", "informationer")
    if kind == "offer":
        return None, words.word(node, words.offers, "okänt erbjudande", "erbjudanden")
    if kind in ("perform", "refrain"):
        return None, words.act(node)
    found = words.path(node, of, role)
    if found is None:
        return None, node.value()
    end, fact = found
    if not isinstance(fact, Fact):
        text = f"'{fact.id}' är en slutsats och följer av andra uppgifter. Bedöm (assess) en uppgift som den läser."
        words.problems.error(node.at, "assess", text)
    elif about is not None and end != about:
        text = f"åtgärden gäller '{about}', men uppgiften är någon annans. Skriv '{about}.{fact.id}' om det är den som menas."
        words.problems.error(node.at, "assess", text)
    return end, fact.id


def read_measure(
    node: Node, words: Vocabulary, of: str, role: str | None, function: tuple[str, ...], outer: Measure | None = None
) -> Measure:
    """The measure that a mapping says; `function`: who bears it where it doesn't say. `outer`: it stands in its `if refused`."""
    key = due_key(node)
    strength, kind = key.value().split()
    about = outer.about if outer is not None else _about(node, words, of)
    end, object_id = read_object(cast(Kind, kind), node[key.value()], words, of, role, about)
    who = node.get("who")
    bearers = function if who is None else tuple(words.function(item) for item in who)
    if not bearers:
        text = "det framgår inte vem som ska göra det. Lägg till who: [funktion], eller 'function:' överst i filen."
        words.problems.error(key.at, "bearer", text)
    if len(set(bearers)) < len(bearers):
        words.problems.error(node["who"].at, "bearer", "en funktion står två gånger i 'who'. Ta bort en.")
    telling = node.said("telling") or ("circumstances" if kind == "consult" else None)
    clause, consent = _allowed(node, words)
    deadline = node.get("deadline")
    measure = Measure(
        id=node.said("id"),
        strength=cast(Strength, strength),
        kind=cast(Kind, kind),
        object=object_id,
        who=bearers,
        end=end,
        about=about,
        keep_relation=outer.keep_relation if outer is not None else node.said("each relation") == "true",
        offered_by=None if (with_node := node.get("with")) is None else words.function(with_node),
        telling=cast(Telling | None, telling),
        allowed_clause=clause,
        allowed_consent=consent,
        alternative=_alternative(node),
        continuing=node.said("continuing") == "true",
        deadline=None if deadline is None else deadline_of(deadline, words),
        anyone_stands_in=node.said("anyone stands in") == "true",
        needs_reason=node.said("needs reason") == "true",
        at=key.at,
    )
    if (refused := node.get("if refused")) is None:
        return measure
    return replace(measure, if_refused=read_measure(refused, words, of, role, bearers, measure))


def deadline_of(node: Node, words: Vocabulary) -> Deadline | None:
    """The deadline that a text says, its event declared; None with an error where it can't be read."""
    deadline = read_deadline(node, words.problems)
    if deadline is not None and deadline.after is not None:
        words.event(node, deadline.after)
    return deadline


def _about(node: Node, words: Vocabulary, of: str) -> str | None:
    named = node.get("about")
    if named is None:
        return None
    relation = words.relations.get(of)
    if relation is None:
        text = f"'about' väljer en ände av en relation, men regeln gäller '{of}'. Ta bort det; åtgärden gäller samma som regeln."
        words.problems.error(named.at, "about", text)
        return None
    if named.value() not in relation.ends:
        near = suggestion(named.value(), relation.ends)
        text = f"relationen '{of}' har ingen ände '{named.value()}'.{near} Dess ändar är {listed(relation.ends)}."
        words.problems.error(named.at, "unknown-end", text)
        return None
    return named.value()


def _allowed(node: Node, words: Vocabulary) -> tuple[str | None, str | None]:
    allowed = node.get("allowed by")
    if allowed is None:
        return None, None
    clause, consent = allowed.get("clause"), allowed.get("consent")
    if (clause is None) == (consent is None):
        text = "'allowed by' ska ha antingen 'clause' (ett källställe som bryter sekretessen) eller 'consent' (mottagaren)."
        words.problems.error(allowed.at, "allowed-by", text)
    return (
        None if clause is None else words.clause(clause),
        None if consent is None else words.function(consent),
    )


def _alternative(node: Node) -> Ref | None:
    named = node.get("or")
    if named is None:
        return None
    rule, _, measure = named.value().partition("/")
    return Ref(rule, measure)
