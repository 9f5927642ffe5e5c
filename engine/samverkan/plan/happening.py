"""Event types: what an event may say about which facts, whom it introduces, and what it does with roles and consent."""

from __future__ import annotations

from typing import Literal, cast, get_args

from samverkan.plan.answers import ANSWER
from samverkan.plan.layers import Merged
from samverkan.plan.model import CASE, PERSON, UNKNOWN, ConsentFor, Effect, EventType, Fact, Says
from samverkan.plan.spelling import listed, suggestion
from samverkan.plan.vocabulary import Vocabulary
from samverkan.plan.yaml_nodes import Node

ANY = "any"
"""In a mapping of what an event says: nothing unless stated, and then any value of the fact."""


def declare_events(merged: Merged, words: Vocabulary) -> None:
    """Fills `words.events`."""
    for word, declared in merged.mapped["events"].items():
        if word == ANSWER:
            text = f"'{ANSWER}' är händelsen att någon svarar på en fråga, som varje plan har. Välj ett annat id."
            words.problems.error(declared.key.at, "reserved", text)
        words.events[word] = _event(word, declared.key, declared.node, words)


def _event(word: str, key: Node, node: Node, words: Vocabulary) -> EventType:
    about, role = words.subject(node["about"])
    says = tuple(
        said
        for effect in cast(tuple[Effect, ...], get_args(Effect))
        if (effects := node.get(effect)) is not None
        for said in _effects(effect, effects, words, about, role)
    )
    _said_once(key, says, words)
    consent = node.said("consent") or None
    if consent and about != PERSON:
        text = f"samtycke är en persons eget, men händelsen gäller '{about}'. Skriv about: person eller en roll."
        words.problems.error(node["consent"].at, "consent", text)
    consent_for = _consent_for(node, words, about, role, says)
    return EventType(
        id=word,
        label=node.said("label"),
        about=about,
        role=role,
        introduces=_introduces(node, words, about),
        begins=_role(node, words, about, "begins"),
        ends_role=_role(node, words, about, "ends"),
        names=_names(node, words, about),
        says=says,
        consent=cast(Literal["given", "refused", "withdrawn"] | None, consent),
        consent_for=consent_for,
        at=key.at,
    )


def _introduces(node: Node, words: Vocabulary, about: str) -> bool:
    named = node.get("introduces")
    if named is None:
        return False
    if named.value() != about or about == CASE:
        what = "ett ärende finns från sin första händelse" if about == CASE else f"händelsen gäller '{about}'"
        advice = "Ta bort 'introduces'." if about == CASE else f"Skriv introduces: {about}."
        words.problems.error(named.at, "introduces", f"'introduces: {named.value()}' passar inte: {what}. {advice}")
    return True


def _role(node: Node, words: Vocabulary, about: str, which: str) -> bool:
    if node.said("role") != which:
        return False
    if about != PERSON:
        text = f"bara personer har roller, men händelsen gäller '{about}'. Skriv about: person eller en roll."
        words.problems.error(node["role"].at, "role", text)
    return True


def _names(node: Node, words: Vocabulary, about: str) -> tuple[str, ...]:
    ends = node.get("ends")
    if ends is None:
        return ()
    relation = words.relations.get(about)
    if relation is None:
        text = f"'ends' namnger ändar av en relation, men händelsen gäller '{about}'. Skriv about: en relation."
        words.problems.error(ends.at, "unknown-end", text)
        return ()
    for end in ends:
        if end.value() not in relation.ends:
            near = suggestion(end.value(), relation.ends)
            text = f"relationen '{about}' har ingen ände '{end.value()}'.{near} Dess ändar är {listed(relation.ends)}."
            words.problems.error(end.at, "unknown-end", text)
    return tuple(end.value() for end in ends)


def _effects(effect: Effect, node: Node, words: Vocabulary, about: str, role: str | None) -> list[Says]:
    if node.entries is None:
        pairs: list[tuple[Node, Node | None]] = [(item, None) for item in node]
    else:
        pairs = list(node.pairs())
    says = []
    for key, value in pairs:
        found = words.path(key, about, role)
        if found is None:
            continue
        end, fact = found
        if not isinstance(fact, Fact):
            text = f"'{fact.id}' är en slutsats. Den följer av andra uppgifter; ingen händelse kan säga den."
            words.problems.error(key.at, "says-conclusion", text)
            continue
        says.append(_says(effect, end, fact, value, words))
    return says


def _says(effect: Effect, end: str | None, fact: Fact, value: Node | None, words: Vocabulary) -> Says:
    if value is None or value.text == ANY:
        return Says(effect, end, fact.id)
    if value.entries is not None:
        if effect != "changes":
            text = "'from' och 'to' hör till 'changes'. Det som sägs eller fastställs ändrar inget; skriv bara värdet."
            words.problems.error(value.at, "says", text)
        was, to = words.value(value["from"], fact, known=True), words.value(value["to"], fact)
        if was == to:
            words.problems.error(value.at, "says", f"ändringen går från '{was}' till samma värde. Ändra 'from' eller 'to'.")
        return Says(effect, end, fact.id, (to,), True, was)
    values = tuple(words.value(item, fact) for item in value)
    for item in value:
        if item.text == UNKNOWN and effect != "changes":
            words.problems.error(item.at, "says", "att något är okänt säger ingenting. Bara 'changes' kan göra en uppgift okänd.")
        if values.count(item.value()) > 1:
            words.problems.error(item.at, "says", f"värdet '{item.value()}' står två gånger i listan. Ta bort ett.")
            break
    return Says(effect, end, fact.id, values, True)


def _said_once(key: Node, says: tuple[Says, ...], words: Vocabulary) -> None:
    seen: set[str] = set()
    for said in says:
        if said.path in seen:
            text = f"händelsen '{key.value()}' säger '{said.path}' två gånger. Välj om den påstår, fastställer eller ändrar."
            words.problems.error(key.at, "says", text)
        seen.add(said.path)


def _consent_for(node: Node, words: Vocabulary, about: str, role: str | None, says: tuple[Says, ...]) -> ConsentFor | None:
    wish = node.get("consent for")
    if wish is None:
        return None
    recipient = words.function(wish["recipient"])
    if about != PERSON:
        text = f"en önskan är en persons egen, men händelsen gäller '{about}'. Skriv about: person eller en roll."
        words.problems.error(wish.at, "consent", text)
        return None
    when = wish["when"]
    pairs = list(when.pairs())
    if len(pairs) != 1 or pairs[0][1].entries is not None:
        text = "'when' ska namnge en uppgift och det värde som bär samtycket: when: {uppgift: värde}."
        words.problems.error(when.at, "consent", text)
        return None
    key, value = pairs[0]
    found = words.path(key, about, role)
    if found is None:
        return None
    if found[1].id not in {said.fact for said in says}:
        text = f"händelsen säger inget om '{key.value()}', så önskan kan inte läsas där. Lägg uppgiften under 'changes'."
        words.problems.error(key.at, "consent", text)
    values = tuple(words.value(item, found[1], known=True) for item in value)
    return ConsentFor(recipient, found[1].id, values)
