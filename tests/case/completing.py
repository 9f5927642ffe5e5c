"""Every completion of what isn't known, tried with the engine: what questions are measured against."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import product

from samverkan.case.completing import Asked
from samverkan.decide.answer import DecisionId
from samverkan.decide.deciding import decide
from samverkan.decide.events import About, Event
from samverkan.decide.islands import Islands
from samverkan.decide.prepared import compiled, prepared
from samverkan.plan.model import PERSON, UNKNOWN, Plan

Answers = tuple[tuple[Asked, str], ...]


class Trying:
    """Decides a case with answers, just after `as_of`; the same answers once."""

    def __init__(self, plan: Plan, events: Iterable[Event], as_of: datetime) -> None:
        self.plan = plan
        self.events = tuple(events)
        self.at = as_of + timedelta.resolution
        self._done: dict[Answers, frozenset[DecisionId] | None] = {}
        self.islands = Islands(prepared(plan), compiled(prepared(plan))).taking(self.events)
        self.impossible = self._impossible(())

    def due(self, answers: Mapping[Asked, str]) -> frozenset[DecisionId] | None:
        """What is due or asked first; None where the answers can't be so together."""
        key = tuple(sorted((asked, value) for asked, value in answers.items() if value != UNKNOWN))
        if key not in self._done:
            answer = decide(self.plan, [*self.events, *self._answered(key)], self.at)
            impossible = {(q.subject, q.fact) for q in answer.questions if q.kind == "impossible"}
            due = frozenset(d.id for d in answer.decisions if d.status in ("due", "ask_first"))
            self._done[key] = due if impossible <= self.impossible else None
        return self._done[key]

    def _answered(self, answers: Answers) -> list[Event]:
        return [
            Event(f"svar-{subject}-{fact}", self.at, self.at, type="svar", about=About(subject), facts=((fact, value),))
            for (subject, fact), value in answers
        ]

    def _impossible(self, answers: Answers) -> frozenset[tuple[str, str]]:
        answer = decide(self.plan, [*self.events, *self._answered(answers)], self.at)
        return frozenset((q.subject, q.fact) for q in answer.questions if q.kind == "impossible")

    def values(self, asked: Asked) -> tuple[str, ...]:
        return (UNKNOWN, *self.plan.facts[asked[1]].values)

    def unknown(self) -> list[Asked]:
        """What isn't known of the subjects in the case, of facts that they have."""
        found: list[Asked] = []
        answer = decide(self.plan, self.events, self.at)
        for part in self.islands.parts.values():
            replay = part.come_to(self.at)
            world = replay.judge.world
            for subject in answer.subjects:
                if subject.id not in world.sorts or not world.exists(subject.id, self.at):
                    continue
                for fact in self.plan.facts.values():
                    has = fact.of == subject.sort and (fact.of != PERSON or fact.role is None or fact.role in subject.roles)
                    if has and world.value(subject.id, fact.id, self.at) == UNKNOWN:
                        found.append((subject.id, fact.id))
        return sorted(set(found))

    def matters(self, asked: Asked, others: Mapping[Asked, str]) -> bool:
        """Whether some answer makes a difference, where the others are answered so."""
        found = {self.due({**others, asked: value}) for value in self.values(asked)} - {None}
        return len(found) > 1

    def every(self, facts: list[Asked]) -> set[Asked]:
        """The facts that matter in some completion of these, all of them tried."""
        found: set[Asked] = set()
        for values in product(*(self.values(one) for one in facts)):
            others = dict(zip(facts, values, strict=True))
            found |= {one for one in facts if one not in found and self.matters(one, others)}
        return found

    def some(self, facts: list[Asked], seed: int, tries: int) -> set[Asked]:
        """The facts that matter in some of these completions, drawn at random."""
        draw, found = random.Random(seed), set()
        for _ in range(tries):
            others = {one: draw.choice(self.values(one)) for one in facts}
            found |= {one for one in facts if one not in found and self.matters(one, others)}
        return found
