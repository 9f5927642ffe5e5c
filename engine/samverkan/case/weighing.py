"""How pressing and how telling a question is: what the order of questions rests on (3.g)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from samverkan.case.dueness import Dueness, Possible
from samverkan.decide.answer import Due
from samverkan.decide.records import Span
from samverkan.decide.timing import due_by

Pressing = tuple[int, int]
"""How soon, in steps (0: at once), and how strict (0: must). What comes first protects soonest."""

LATER_THAN_ALL: Pressing = (5, 0)
_STRICTEST = ("must", "should", "may")
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Weighing:
    """Weighs the decisions that may be due, and the facts that they depend on.

    Args:
        dueness: of the case.
        possible: its decisions.
        depends: variable → the places of the decisions that depend on it.
        as_of: when they would become due.
    """

    __slots__ = ("_by_id", "_due", "_pressing", "_settles", "as_of", "dueness", "possible")

    def __init__(
        self, dueness: Dueness, possible: Sequence[Possible], depends: Mapping[int, Sequence[int]], as_of: datetime
    ) -> None:
        self.dueness = dueness
        self.possible = possible
        self.as_of = as_of
        self._due: dict[int, Due | None] = {}
        self._pressing: dict[int, Pressing] = {}
        self._by_id: dict[object, int] | None = None
        self._settles = settling({v: [possible[place].where for place in places] for v, places in depends.items()})

    def due(self, place: int) -> Due | None:
        """The deadline that a decision would have if it became due now."""
        if place not in self._due:
            self._due[place] = self._deadline(self.possible[place])
        return self._due[place]

    def _deadline(self, one: Possible) -> Due | None:
        if one.record.kind == "ask":
            if self._by_id is None:
                self._by_id = {its.id: place for place, its in enumerate(self.possible)}
            times = [due for d in one.record.waiting if (due := self.due(self._by_id[d])) is not None and due.at is not None]
            return min(times, key=lambda due: (due.at, not due.real), default=None)
        standing, ready = self.dueness.settling.standing, self.dueness.replay.prepared
        occurred = standing.occurred(one.record)
        due, _ = due_by(ready, self.dueness.replay.judge, one.record, Span(self.as_of), self.as_of, occurred)
        return due

    def pressing(self, place: int) -> Pressing:
        """How pressing a decision is. A prohibition, and an act that goes on, are in force at once."""
        found = self._pressing.get(place)
        if found is None:
            record, due = self.possible[place].record, self.due(place)
            strict = _STRICTEST.index(record.strength)
            found = self._pressing[place] = (0 if record.kind == "refrain" else self._soon(due), strict)
        return found

    def _soon(self, due: Due | None) -> int:
        if due is None or due.at is None:
            return 4
        left = due.at - self.as_of
        return 0 if due.text == "at once" else 1 if left <= _DAY else 2 if left <= _WEEK else 3

    def settles(self, variable: int) -> float:
        """How much an answer settles: the decisions that rest on it, each shared with what else that rests on."""
        return self._settles[variable]


def settling(rests: Mapping[int, Sequence[int]]) -> dict[int, float]:
    """Variable → how much an answer settles. `rests`: the formulas that depend on it, equal ones counted once."""
    sharing: dict[int, int] = {}
    for formulas in rests.values():
        for formula in set(formulas):
            sharing[formula] = sharing.get(formula, 0) + 1
    return {variable: sum(1 / sharing[formula] for formula in set(formulas)) for variable, formulas in rests.items()}
