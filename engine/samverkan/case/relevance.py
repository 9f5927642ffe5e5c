"""Which unknown facts matter: those of which some decision's formula depends on, in a completion that can be (3.c).

A formula as a diagram depends on just what it branches on. Only where facts can't all be so together has it to be looked at more
closely: there must be two answers that both can be, and of which one makes the decision due and the other doesn't.
"""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.case.completing import Completions
from samverkan.case.diagrams import ALWAYS, NEVER, Diagrams, bits


class Relevance:
    """What some formulas depend on. `formulas`: where each decision is due; `allowed`: where what is answered can be."""

    __slots__ = ("_allowed_of", "completions", "diagrams", "given")

    def __init__(self, completions: Completions, given: dict[int, int] | None = None) -> None:
        self.completions = completions
        self.diagrams: Diagrams = completions.diagrams
        self.given = given or {}
        self._allowed_of: dict[str, int] = {}

    def allowed(self, variable: int) -> int:
        """Where what is answered of the variable's subject can be so together."""
        subject = self.completions.asked[variable][0]
        found = self._allowed_of.get(subject)
        if found is None:
            found = self.completions.admissible(subject)
            for known, code in self.given.items():
                found = self.diagrams.given(found, known, code)
            self._allowed_of[subject] = found
        return found

    def depends(self, formula: int) -> list[int]:
        """The variables that a formula depends on, in their order."""
        diagrams = self.diagrams
        support = diagrams.support(formula)
        variables = list(bits(support))
        allowed = diagrams.every({self.allowed(v) for v in variables})
        bound = diagrams.support(allowed)
        if not bound & support:
            return variables
        return [v for v in variables if self._plainly(formula, allowed, v, bound) or self._at_all(formula, allowed, v)]

    def _plainly(self, formula: int, allowed: int, variable: int, bound: int) -> bool:
        """Whether the variable matters where nothing else is answered that can't be so together with something: mostly it does."""
        diagrams = self.diagrams
        for other in bits(bound):
            if other != variable:
                formula, allowed = diagrams.given(formula, other, 0), diagrams.given(allowed, other, 0)
        if not diagrams.support(formula) >> variable & 1:
            return False
        if not bound >> variable & 1:
            return True
        codes = range(diagrams.size(variable))
        return len({diagrams.given(formula, variable, c) for c in codes if diagrams.given(allowed, variable, c) == ALWAYS}) > 1

    def _at_all(self, formula: int, allowed: int, variable: int) -> bool:
        """Whether there are two answers that both can be, of which one makes the formula hold and the other doesn't."""
        due, not_due = self.diagrams.both(formula, allowed), self.diagrams.without(allowed, formula)
        return self.diagrams.overlap(self.diagrams.for_some(due, variable), self.diagrams.for_some(not_due, variable))

    def witness(self, formula: int, variable: int) -> tuple[dict[int, int], int, int]:
        """A completion in which the variable matters to the formula: codes of the others (0 where left out), and two of its own, of
        which one makes the formula hold and the other doesn't.

        Raises:
            ValueError: the formula doesn't depend on the variable.
        """
        diagrams = self.diagrams
        allowed = diagrams.every({self.allowed(v) for v in bits(diagrams.support(formula))})
        for one in range(diagrams.size(variable)):
            holds = diagrams.given(diagrams.both(formula, allowed), variable, one)
            for other in range(diagrams.size(variable)):
                both = diagrams.both(holds, diagrams.given(diagrams.without(allowed, formula), variable, other))
                if both != NEVER:
                    return diagrams.example(both), one, other
        raise ValueError("it makes no difference")

    def by_variable(self, formulas: Sequence[int]) -> dict[int, list[int]]:
        """Variable → the places of the formulas that depend on it."""
        found: dict[int, list[int]] = {}
        seen: dict[int, list[int]] = {}
        for place, formula in enumerate(formulas):
            if formula in (NEVER, ALWAYS):
                continue
            if formula not in seen:
                seen[formula] = self.depends(formula)
            for variable in seen[formula]:
                found.setdefault(variable, []).append(place)
        return found

    def can_be(self, variable: int, code: int) -> bool:
        """Whether that answer, and no other, can be."""
        return self.diagrams.holds(self.allowed(variable), {variable: code})

    def answers(self, variable: int) -> list[int]:
        """The codes of the answers that can be."""
        return [code for code in range(1, self.diagrams.size(variable)) if self.can_be(variable, code)]
