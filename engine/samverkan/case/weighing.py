"""How pressing and how telling a question is: what the order of questions rests on (3.g)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from samverkan.case.diagrams import Diagrams, bits
from samverkan.case.dueness import Dueness, Possible
from samverkan.decide.answer import Due
from samverkan.decide.records import Span
from samverkan.decide.timing import due_by, goes_on

Pressing = tuple[int, int, int, int]
"""How soon, in steps (0: at once); whether by the answer alone (0) or with others (1); how strict (0: must); the rule's phase."""

LATER_THAN_ALL: Pressing = (5, 0, 0, 0)
_STRICTEST = ("must", "should", "may")
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Weighing:
    """Weighs the decisions that may be due.

    Args:
        dueness: of the case.
        possible: its decisions.
        as_of: when they would become due.
    """

    __slots__ = ("_by_id", "_due", "_phases", "_pressing", "as_of", "dueness", "possible")

    def __init__(self, dueness: Dueness, possible: Sequence[Possible], as_of: datetime) -> None:
        self.dueness = dueness
        self.possible = possible
        self.as_of = as_of
        self._due: dict[int, Due | None] = {}
        self._pressing: dict[int, Pressing] = {}
        self._by_id: dict[object, int] | None = None
        self._phases = list(dueness.replay.prepared.plan.phases)

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

    def pressing(self, place: int, alone: bool = True) -> Pressing:
        """How pressing a decision is. A prohibition, and an act that goes on, come next after what is to be done at once."""
        found = self._pressing.get(place)
        if found is None:
            one = self.possible[place]
            soon = 1 if goes_on(one.record) else self._soon(self.due(place))
            phase = self._phases.index(one.rule.phase) if one.rule is not None else len(self._phases)
            found = self._pressing[place] = (soon, 0, _STRICTEST.index(one.record.strength), phase)
        return found if alone else (found[0], 1, *found[2:])

    def _soon(self, due: Due | None) -> int:
        if due is None or due.at is None:
            return 4
        left = due.at - self.as_of
        return 0 if due.text == "at once" else 1 if left <= _DAY else 2 if left <= _WEEK else 3


def left_after(
    diagrams: Diagrams, rests: Mapping[int, Iterable[int]], answers: Callable[[int], Sequence[int]]
) -> dict[int, float]:
    """How many facts an answer leaves to be asked, on average over the answers that can be: what settles most leaves fewest.

    Args:
        diagrams: of the formulas.
        rests: variable → the formulas that depend on it.
        answers: the codes of a variable's answers that can be.
    """
    distinct = {variable: set(formulas) for variable, formulas in rests.items()}
    needed = {variable: len(formulas) for variable, formulas in distinct.items()}
    return {variable: _left(diagrams, variable, distinct[variable], needed, answers(variable)) for variable in rests}


def _left(diagrams: Diagrams, variable: int, formulas: set[int], needed: Mapping[int, int], codes: Sequence[int]) -> float:
    """The mean, over the answers, of how many other facts some formula still depends on."""
    itself, settled = 1 << variable, 0
    supports = {formula: its for formula in formulas if (its := diagrams.support(formula)) != itself}
    for code in codes:
        fewer: dict[int, int] = {}
        for formula, support in supports.items():
            for other in bits(support & ~itself & ~diagrams.support(diagrams.given(formula, variable, code))):
                fewer[other] = fewer.get(other, 0) + 1
        settled += sum(1 for other, times in fewer.items() if times >= needed.get(other, 0))
    return len(needed) - 1 - settled / max(1, len(codes))
