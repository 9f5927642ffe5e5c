"""A plan, a history or an answer with other words: every id renamed alike, wherever it stands, also inside another id.

Who is named first where two are alike goes by the order of ids (rules, events, subjects): those keep their order, the others are
turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from samverkan.decide.events import Event
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, EventType, Plan

RESERVED = {PERSON, OPERATION, CASE, UNKNOWN, "true", "false", "always", "samtycke", "ask", "correction", "consent-ended"}
"""What the contract itself names."""
SAID = {"kind", "strength", "effect", "basis", "telling", "status", "flags", "timezone", "country", "digest", "plan"}
"""Fields that hold the contract's words (so does `consent` of an event type; of a decision it is a function)."""
_TOKEN = re.compile(r"[\w-]+")
_T = TypeVar("_T")


class Renaming:
    """Other words for those of a plan and what is named in a history."""

    def __init__(self, plan: Plan, events: Iterable[Event]) -> None:
        words = {*plan.roles, *plan.relations, *plan.facts, *plan.conclusions, *plan.events, *plan.acts, *plan.offers}
        words |= {*plan.information, *plan.phases, *plan.municipalities, *plan.functions, *plan.hours, *plan.units, *plan.sources}
        words |= {end for relation in plan.relations.values() for end in relation.ends}
        words |= {value for fact in plan.facts.values() for value in fact.values}
        words |= {clause.split("/")[1] for clause in plan.clauses}
        turned = {word: f"ord-{len(words) - place:03}" for place, word in enumerate(sorted(words - RESERVED))}
        kept = {*plan.rules, *self._named(events)}
        kept |= {measure.id for rule in plan.rules.values() for measure in rule.then}
        kept |= {m.if_refused.id for rule in plan.rules.values() for m in rule.then if m.if_refused is not None}
        assert not kept & words - {"stod"}, kept & words
        self.words: Mapping[str, str] = {**{name: f"y{name}" for name in kept - RESERVED}, **turned}

    @staticmethod
    def _named(events: Iterable[Event]) -> set[str]:
        found: set[str] = set()
        for event in events:
            found.add(event.id)
            if event.about is not None:
                found |= {event.about.subject, *(end for end in event.about.ends if end is not None)}
            found |= {event.same_as} if event.same_as is not None else set()
            found |= {event.mark.subject} if event.mark is not None else set()
        return found

    def text(self, text: str) -> str:
        """Every word of a text that has another."""
        return _TOKEN.sub(lambda found: self.words.get(found[0], found[0]), text)

    def of(self, thing: _T) -> _T:
        """The same thing in other words."""
        return self._of(thing)  # type: ignore[no-any-return]

    def _of(self, thing: Any) -> Any:
        if isinstance(thing, str):
            return self.text(thing)
        if isinstance(thing, tuple) and hasattr(thing, "_make"):  # a tuple whose places have names
            return thing._make(self._of(one) for one in thing)
        if isinstance(thing, tuple | list):
            return type(thing)(self._of(one) for one in thing)
        if isinstance(thing, frozenset):
            return frozenset(self._of(one) for one in thing)
        if isinstance(thing, Mapping):
            return {self._of(key): self._of(value) for key, value in thing.items()}
        if is_dataclass(thing) and not isinstance(thing, type):
            said = SAID | {"consent"} if isinstance(thing, EventType) else SAID
            changed = {f.name: self._of(getattr(thing, f.name)) for f in fields(thing) if f.name not in said}
            return replace(thing, **changed)
        return thing
