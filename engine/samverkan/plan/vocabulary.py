"""The words that a plan has declared, and how a word in a rule is looked up: every unknown one gets the nearest right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from samverkan.plan.errors import Problems
from samverkan.plan.model import (
    CASE,
    OPERATION,
    PERSON,
    UNKNOWN,
    Act,
    Clause,
    Conclusion,
    EventType,
    Fact,
    Function,
    Hours,
    Relation,
    Role,
    Source,
    Unit,
)
from samverkan.plan.spelling import listed, suggestion
from samverkan.plan.yaml_nodes import Node

TRUTHS = ("true", "false")
"""The values of a conclusion."""


class Vocabulary:
    """All declared words, filled in the order in which they need each other, and the look-ups with their errors."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.roles: dict[str, Role] = {}
        self.relations: dict[str, Relation] = {}
        self.facts: dict[str, Fact] = {}
        self.conclusions: dict[str, Conclusion] = {}
        self.events: dict[str, EventType] = {}
        self.acts: dict[str, Act] = {}
        self.offers: dict[str, str] = {}
        self.information: dict[str, str] = {}
        self.phases: dict[str, str] = {}
        self.municipalities: dict[str, str] = {}
        self.functions: dict[str, Function] = {}
        self.hours: dict[str, Hours] = {}
        self.units: dict[str, Unit] = {}
        self.sources: dict[str, Source] = {}
        self.clauses: dict[str, Clause] = {}
        self.by_municipality: set[str] = set()

    def word(self, node: Node, among: Iterable[str], what: str, plural: str) -> str:
        """The text of `node`, with an error where it isn't among the declared ones. `what` is "okänd funktion"."""
        word = node.value()
        known = list(among)
        if word not in known:
            self.problems.error(node.at, "unknown-word", unknown(what, word, known, plural))
        return word

    def function(self, node: Node) -> str:
        return self.word(node, self.functions, "okänd funktion", "funktioner")

    def clause(self, node: Node) -> str:
        return self.word(node, self.clauses, "okänt källställe", "källställen")

    def event(self, node: Node, word: str | None = None) -> str:
        if word is None:
            return self.word(node, self.events, "okänd händelse", "händelser")
        if word not in self.events:
            text = unknown("okänd händelse", word, self.events, "händelser")
            self.problems.error(node.at, "unknown-word", text)
        return word

    def act(self, node: Node) -> str:
        return self.word(node, self.acts, "okänd handling", "handlingar")

    def subjects(self) -> list[str]:
        """Everything that a fact, an event or a rule can be about."""
        return [PERSON, OPERATION, CASE, *self.relations, *self.roles]

    def subject(self, node: Node) -> tuple[str, str | None]:
        """The sort of subject that `for`, `of` or `about` names, and the role where it names one."""
        word = node.value()
        if word in self.roles:
            return PERSON, word
        return self.word(node, self.subjects(), "okänd roll eller relation", "slag av subjekt"), None

    def path(self, node: Node, of: str, role: str | None) -> tuple[str | None, Fact | Conclusion] | None:
        """The end and the fact that `fact` or `end.fact` names for such a subject, or None with an error."""
        word = node.value()
        end, dot, name = word.rpartition(".")
        if not dot:
            found = self._own(node, of, role, word)
            return None if found is None else (None, found)
        relation = self.relations.get(of)
        if relation is None:
            named = role or of
            text = f"'{word}' är någon annans uppgift, och för '{named}' läses bara de egna. Skriv '{name}', eller gör en slutsats."
            self.problems.error(node.at, "not-its-fact", text)
            return None
        if end not in relation.ends:
            near = suggestion(end, relation.ends)
            text = f"relationen '{of}' har ingen ände '{end}'.{near} Dess ändar är {listed(relation.ends)}."
            self.problems.error(node.at, "unknown-end", text)
            return None
        found = self._own(node, PERSON, relation.ends[end], name)
        return None if found is None else (end, found)

    def _own(self, node: Node, of: str, role: str | None, name: str) -> Fact | Conclusion | None:
        found = self.facts.get(name) or self.conclusions.get(name)
        if found is None:
            known = [n for n, fact in self.readable().items() if self._has(of, role, fact)] or list(self.readable())
            self.problems.error(node.at, "unknown-word", unknown("okänd uppgift", name, known, "uppgifter"))
            return None
        if self._has(of, role, found):
            return found
        relation = self.relations.get(of)
        ends = [
            end for end, its in relation.ends.items() if self._has(PERSON, its, found)
        ] if relation is not None else []  # fmt: skip
        if ends:
            paths = [f"'{end}.{name}'" for end in ends]
            text = f"uppgiften '{name}' hör till en person. Skriv vems: {listed(paths, 'eller')}."
        else:
            owner = found.role or found.of
            text = f"uppgiften '{name}' finns bara för '{owner}', inte för '{role or of}'."
        self.problems.error(node.at, "not-its-fact", text)
        return None

    def _has(self, of: str, role: str | None, fact: Fact | Conclusion) -> bool:
        return fact.of == of and (fact.role is None or fact.role == role)

    def readable(self) -> Mapping[str, Fact | Conclusion]:
        """Facts and conclusions, which share their names."""
        return {**self.facts, **self.conclusions}

    def values(self, fact: Fact | Conclusion) -> list[str]:
        """The values that a condition may name, `unknown` last."""
        return [*(fact.values if isinstance(fact, Fact) else TRUTHS), UNKNOWN]

    def value(self, node: Node, fact: Fact | Conclusion, *, known: bool = False) -> str:
        """The text of `node`, with an error where the fact can't be that; `known`: it may not be `unknown` either."""
        word = node.value()
        values = self.values(fact)
        if known and word == UNKNOWN:
            self.problems.error(node.at, "unknown-value", f"'unknown' betyder att '{fact.id}' inte är känt. Välj ett värde.")
        elif not word:
            self.problems.error(
                node.at, "unknown-value", f"ett värde saknas för '{fact.id}'. Den kan vara {listed(values, 'eller')}."
            )
        elif word not in values:
            near = suggestion(word, values)
            every = "en kommun i planen" if fact.id in self.by_municipality else listed(values, "eller")
            text = f"'{word}' är inget värde för '{fact.id}' ({fact.label}).{near} Den kan vara {every}."
            self.problems.error(node.at, "unknown-value", text)
        return word

    def day(self, node: Node | None) -> date | None:
        """The day that an ISO date says, or None (with an error where the calendar lacks it)."""
        if node is None:
            return None
        try:
            return date.fromisoformat(node.value())
        except ValueError:
            self.problems.error(node.at, "date", f"dagen {node.value()} finns inte i kalendern. Skriv år-månad-dag: 2013-05-01.")
            return None

    def span(self, node: Node) -> tuple[date | None, date | None]:
        """`from` and `until` of a mapping; an end before the beginning is an error."""
        first, last = self.day(node.get("from")), self.day(node.get("until"))
        if first is not None and last is not None and last < first:
            self.problems.error(node["until"].at, "date", f"slutar {last}, före början {first}. Byt plats på dagarna.")
        return first, last


def unknown(what: str, word: str, known: Iterable[str], plural: str) -> str:
    """The message for a word that isn't declared: the nearest one, else what there is to choose from."""
    every = list(known)
    if near := suggestion(word, every):
        return f"{what} '{word}'.{near}"
    if not every:
        return f"{what} '{word}'. Planen deklarerar inga {plural}."
    if len(every) <= 12:
        return f"{what} '{word}'. Planens {plural} är {listed(every)}."
    return f"{what} '{word}'. Den finns inte bland planens {plural}; deklarera den eller välj en av dem."
