"""Words: roles, relations, facts, conclusions and what else a plan declares → the model, each checked as it is read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from samverkan.plan.answers import ASKED_OF, NO_VALUE
from samverkan.plan.conditions import RESERVED, read_condition
from samverkan.plan.layers import Declared, Merged
from samverkan.plan.model import (
    CASE,
    OPERATION,
    PERSON,
    UNKNOWN,
    Act,
    Citation,
    Clause,
    Conclusion,
    Fact,
    Function,
    Impossible,
    Relation,
    Role,
    Source,
    Unit,
    Unruled,
)
from samverkan.plan.opening import ALWAYS, read_hours
from samverkan.plan.vocabulary import Vocabulary
from samverkan.plan.yaml_nodes import Node


def label_of(node: Node) -> str:
    """The label of something that is declared as a text or as a mapping with `label`."""
    return node.text if node.text is not None else node.said("label")


def declare(merged: Merged, words: Vocabulary) -> None:
    """Fills `words` with everything but events, in the order in which the words need each other."""
    mapped = merged.mapped
    for section in ("offers", "information", "phases", "municipalities"):
        getattr(words, section).update({word: declared.node.value() for word, declared in mapped[section].items()})
    for word, declared in mapped["roles"].items():
        _reserved(declared, words, (PERSON, OPERATION, CASE), "ett slag som varje plan har")
        label = label_of(declared.node)
        definite = "" if declared.node.text is not None else declared.node.said("definite")
        words.roles[word] = Role(word, label, definite or label, declared.key.at)
    for word, declared in mapped["relations"].items():
        words.relations[word] = _relation(word, declared, words)
    for word, declared in mapped["facts"].items():
        words.facts[word] = _fact(word, declared, words)
    _conclusions(merged, words)
    for word, declared in mapped["acts"].items():
        words.acts[word] = Act(word, label_of(declared.node), declared.node.said("opens") == "true")
    for word, declared in mapped["functions"].items():
        words.functions[word] = _function(word, declared, words)
    words.hours[ALWAYS.id] = ALWAYS
    for word, declared in mapped["hours"].items():
        _reserved(declared, words, (ALWAYS.id,), "öppettiden som varje plan har")
        words.hours[word] = read_hours(declared.key, declared.node, words.problems)
    _units(merged, words)
    for word, declared in mapped["sources"].items():
        _source(word, declared, words)
    for word, declared in mapped["sources"].items():
        for key, clause in declared.node["clauses"].pairs():
            if (unruled := clause.get("unruled")) is not None:
                name = f"{word}/{key.value()}"
                words.clauses[name] = replace(words.clauses[name], unruled=_unruled(name, unruled, words))


def _reserved(declared: Declared, words: Vocabulary, taken: tuple[str, ...], what: str) -> None:
    if (word := declared.key.value()) in taken:
        words.problems.error(declared.key.at, "reserved", f"'{word}' är {what}. Välj ett annat id.")


def _relation(word: str, declared: Declared, words: Vocabulary) -> Relation:
    node = declared.node
    _reserved(declared, words, (PERSON, OPERATION, CASE), "ett slag som varje plan har")
    _reserved(declared, words, tuple(words.roles), "redan en roll")
    ends = {
        end.value(): words.word(role, words.roles, "okänd roll", "roller") for end, role in node["ends"].pairs()
    }  # fmt: skip
    label = node.said("label")
    offence = node.said("offence") == "true"
    return Relation(word, label, node.said("definite", label), ends, offence, declared.key.at)


def _fact(word: str, declared: Declared, words: Vocabulary) -> Fact:
    node = declared.node
    _reserved(declared, words, (*RESERVED, UNKNOWN), "ett ord i språket")
    of, role = words.subject(node["of"])
    values = node["values"]
    if values.entries is None:
        labels = words.municipalities
        words.by_municipality.add(word)
    else:
        labels = {value.value(): label.value() for value, label in values.pairs()}
    for key in values.keys.values():
        if key.text in NO_VALUE:
            text = f"'{key.text}' är ett svar som varje fråga har och kan inte deklareras som värde. Välj ett annat id."
            words.problems.error(key.at, "reserved", text)
        if key.text in (UNKNOWN, "any"):
            text = f"'{key.text}' är ett ord i språket och kan inte deklareras som värde. Varje uppgift kan vara 'unknown'."
            words.problems.error(key.at, "reserved", text)
    fact = Fact(
        word, of, role, node.said("label"), labels, node.said("ask"), None, node.said("read") == "now", at=declared.key.at
    )  # fmt: skip
    conflict = node.get("in conflict")
    return replace(
        fact,
        in_conflict=None if conflict is None else words.value(conflict, fact, known=True),
        reaches_back=_reaches_back(fact, node.get("reaches back"), words),
        sensitive=int(node.said("sensitive", "0")),
        ask_whom=_ask_whom(node.get("ask whom"), words),
    )


def _ask_whom(node: Node | None, words: Vocabulary) -> tuple[str, ...]:
    """Of whom a fact may be asked: each once, the least intrusive first."""
    found = [item.value() for item in node or ()]
    in_order = [whom for whom in ASKED_OF if whom in found]
    if node is not None and found != in_order:
        text = f"den minst ingripande ska stå först, och var och en en gång. Skriv [{', '.join(in_order)}]."
        words.problems.error(node.at, "ask-whom", text)
    return tuple(in_order)


def _reaches_back(fact: Fact, node: Node | None, words: Vocabulary) -> dict[str, int]:
    """For each value that counts only so far back: how many days."""
    found: dict[str, int] = {}
    for value, days in node.pairs() if node is not None else ():
        said = re.fullmatch(r"([0-9]{1,5}) days?", days.value())
        if said is None:
            words.problems.error(days.at, "days", f"'{days.value()}' är inget antal dagar. Skriv till exempel '7 days'.")
        else:
            found[words.value(value, fact, known=True)] = int(said[1])
    return found


def _conclusions(merged: Merged, words: Vocabulary) -> None:
    """Declares all of them first, so that one may read another whatever the order of the files is."""
    declared_all = merged.mapped["conclusions"]
    for word, declared in declared_all.items():
        _reserved(declared, words, (*RESERVED, UNKNOWN), "ett ord i språket")
        _reserved(declared, words, tuple(words.facts), "redan en uppgift (facts)")
        of, role = words.subject(declared.node["of"])
        label = declared.node.said("label")
        words.conclusions[word] = Conclusion(word, of, role, label, read_condition(None, words, of, role), (), declared.key.at)
    sources = merged.mapped["sources"]
    clauses = [f"{source}/{key.value()}" for source, its in sources.items() for key, _ in its.node["clauses"].pairs()]
    for word, declared in declared_all.items():
        found = words.conclusions[word]
        when = read_condition(declared.node["when"], words, found.of, found.role, some=True)
        because = tuple(
            words.word(clause, clauses, "okänt källställe", "källställen") for clause in declared.node["because"]
        )  # fmt: skip
        words.conclusions[word] = Conclusion(word, found.of, found.role, found.label, when, because, found.at)


def _function(word: str, declared: Declared, words: Vocabulary) -> Function:
    found = declared.node.get("found by")
    facts = []
    for item in found or ():
        fact = item.value()
        if fact in words.by_municipality and words.facts[fact].of == PERSON:
            facts.append(fact)
            continue
        text = f"'{fact}' säger inte i vilken kommun en person är. Här får stå uppgifter om personer med 'values: municipalities'."
        words.problems.error(item.at, "found-by", text)
    return Function(word, label_of(declared.node), tuple(facts), declared.key.at)


def _units(merged: Merged, words: Vocabulary) -> None:
    declared_all = merged.listed["units"]
    for word, declared in declared_all.items():
        words.units[word] = _unit(word, declared, list(declared_all), words)


def _unit(word: str, declared: Declared, units: list[str], words: Vocabulary) -> Unit:
    node = declared.node
    area = node.get("area")
    serves: dict[str, tuple[str, ...]] = {}
    for key, values in (node.get("serves") or Node("", 0, 0)).pairs():
        fact = words.facts.get(key.value())
        if fact is None or fact.of != PERSON:
            near = [name for name, its in words.facts.items() if its.of == PERSON]
            words.word(key, near, "okänd uppgift om en person", "uppgifter om personer")
        else:
            serves[fact.id] = tuple(words.value(value, fact, known=True) for value in values)
    stand_ins = tuple(words.word(item, units, "okänd enhet", "enheter") for item in node.get("stand-in") or ())
    if word in stand_ins:
        words.problems.error(node["stand-in"].at, "stand-in", f"enheten '{word}' kan inte vara sin egen ersättare. Ta bort den.")
    rest = node.get("rest")
    if rest is not None and area is not None and area.items is not None:
        text = f"enheten '{word}' svarar inte överallt. Skriv kommunerna i area i stället för i rest."
        words.problems.error(rest.at, "rest", text)
    first, last = words.span(node)
    return Unit(
        id=word,
        label=node.said("label"),
        functions=tuple(words.function(item) for item in node["is"]),
        area=None
        if area is None or area.items is None
        else tuple(words.word(item, words.municipalities, "okänd kommun", "kommuner") for item in area),
        serves=serves,
        hours=words.word(node["open"], words.hours, "okänd öppettid", "öppettider"),
        stand_ins=stand_ins,
        first=first,
        last=last,
        confirmed=node.said("confirmed") == "true",
        rest=tuple(sorted(words.municipalities))
        if rest is not None and rest.items is None
        else tuple(words.word(item, words.municipalities, "okänd kommun", "kommuner") for item in rest or ()),
        at=declared.key.at,
    )


def _source(word: str, declared: Declared, words: Vocabulary) -> None:
    node = declared.node
    words.sources[word] = Source(word, node.said("title"), node.said("kind"), declared.key.at)
    for key, clause in node["clauses"].pairs():
        name = f"{word}/{key.value()}"
        citations = _citations(clause["cited"], words)
        lifts = clause.said("lifts secrecy") == "true"
        words.clauses[name] = Clause(name, word, clause.said("about"), citations, lifts, at=key.at)


def _unruled(name: str, node: Node, words: Vocabulary) -> Unruled:
    """Why no rule rests on the clause `name`; read when every clause is known, for it may name another."""
    reason: Any = node.said("reason")
    other = node.get("clause")
    if reason == "covered_by" and other is None:
        text = "'covered_by' ska säga vilket källställe som har reglerna. Lägg till 'clause: källa/källställe'."
        words.problems.error(node.at, "unruled", text)
    elif reason != "covered_by" and other is not None:
        text = f"'clause' hör till skälet 'covered_by', men skälet här är '{reason}'. Ändra skälet, eller ta bort 'clause'."
        words.problems.error(other.at, "unruled", text)
    elif other is not None and other.value() == name:
        text = f"'{name}' kan inte omfattas av sig självt. Namnge ett annat källställe, eller välj ett annat skäl."
        words.problems.error(other.at, "unruled", text)
    return Unruled(reason, node.said("why"), None if other is None else words.clause(other))


def _citations(nodes: Node, words: Vocabulary) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for node in nodes:
        first, last = words.span(node)
        if first is None:
            continue
        for earlier in citations:
            if (last is None or earlier.first <= last) and (earlier.last is None or first <= earlier.last):
                text = f"hänvisningen gäller samma dagar som '{earlier.text}'. Varje dag har en: sätt 'until' på den äldre."
                words.problems.error(node.at, "citation", text)
                break
        citations.append(Citation(first, last, node.said("as"), node.said("status") == "seen"))
    return tuple(citations)


def read_impossible(declared: Declared, words: Vocabulary) -> Impossible:
    """Facts of one subject that can't all be so."""
    node = declared.node
    of, role = words.subject(node["for"])
    condition = read_condition(node["facts"], words, of, role)
    for atom in condition.atoms:
        if atom.end is not None:
            text = f"'{atom.path}' är någon annans uppgift. En omöjlig kombination gäller uppgifter hos en och samma."
            words.problems.error(atom.at, "impossible", text)
        if atom.fact in words.conclusions:
            text = f"'{atom.fact}' är en slutsats. En omöjlig kombination gäller det som sägs (facts), inte det som följer."
            words.problems.error(atom.at, "impossible", text)
    if condition.any or len(condition.atoms) < 2:
        text = "en omöjlig kombination ska namnge minst två uppgifter, utan 'any'. Är ett värde omöjligt: ta bort det ur 'values'."
        words.problems.error(node["facts"].at, "impossible", text)
    return Impossible(of, role, condition.atoms, node.said("because"), node.at)
