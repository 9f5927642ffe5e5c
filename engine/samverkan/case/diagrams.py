"""Formulas over what isn't known, as decision diagrams: what a formula depends on can be read off it, exactly.

A *variable* has numbered codes; 0 stands for "not answered". A formula is the number of a node: `NEVER`, `ALWAYS`, or a node that
branches on one variable, one branch for each code. Variables are ordered by number and equal nodes are one, so that two formulas
say the same exactly where their numbers are the same, and a formula depends on just the variables that it branches on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

NEVER, ALWAYS = 0, 1
_BELOW_ALL = 1 << 60


class Diagrams:
    """Formulas that share their nodes. Nothing is ever taken out: make one for a task and let go of it."""

    __slots__ = ("_conj", "_disj", "_level", "_neg", "_node", "_of", "_overlaps", "_restricted", "_sizes", "_support")

    def __init__(self) -> None:
        self._sizes: list[int] = []
        self._level: list[int] = [_BELOW_ALL, _BELOW_ALL]
        self._node: list[tuple[int, ...]] = [(), ()]
        self._of: dict[tuple[int, tuple[int, ...]], int] = {}
        self._neg: dict[int, int] = {NEVER: ALWAYS, ALWAYS: NEVER}
        self._conj: dict[tuple[int, int], int] = {}
        self._disj: dict[tuple[int, int], int] = {}
        self._overlaps: dict[tuple[int, int], bool] = {}
        self._support: dict[int, int] = {NEVER: 0, ALWAYS: 0}
        self._restricted: dict[tuple[int, int, int], int] = {}

    def variable(self, size: int) -> int:
        """A new variable with codes 0 to `size` - 1; it comes after all others in the order."""
        self._sizes.append(size)
        return len(self._sizes) - 1

    def size(self, variable: int) -> int:
        """How many codes a variable has."""
        return self._sizes[variable]

    def is_in(self, variable: int, codes: Iterable[int]) -> int:
        """The variable has one of these codes."""
        branches = [NEVER] * self._sizes[variable]
        for code in codes:
            branches[code] = ALWAYS
        return self._make(variable, tuple(branches))

    def every(self, formulas: Iterable[int]) -> int:
        """All of them."""
        found = ALWAYS
        for one in formulas:
            found = self.both(found, one)
            if found == NEVER:
                return NEVER
        return found

    def some(self, formulas: Iterable[int]) -> int:
        """At least one of them."""
        found = NEVER
        for one in formulas:
            found = self.either(found, one)
            if found == ALWAYS:
                return ALWAYS
        return found

    def both(self, one: int, other: int) -> int:
        if one == other or other == ALWAYS:
            return one
        if one == ALWAYS:
            return other
        if one == NEVER or other == NEVER:
            return NEVER
        return self._apply(self._conj, self.both, one, other)

    def either(self, one: int, other: int) -> int:
        if one == other or other == NEVER:
            return one
        if one == NEVER:
            return other
        if one == ALWAYS or other == ALWAYS:
            return ALWAYS
        return self._apply(self._disj, self.either, one, other)

    def overlap(self, one: int, other: int) -> bool:
        """Whether the two can hold together."""
        if one == NEVER or other == NEVER:
            return False
        if ALWAYS in (one, other) or one == other:
            return True
        key = (one, other) if one < other else (other, one)
        found = self._overlaps.get(key)
        if found is None:
            mine, theirs = self._level[one], self._level[other]
            if mine == theirs:
                found = any(self.overlap(a, b) for a, b in zip(self._node[one], self._node[other], strict=True))
            elif mine < theirs:
                found = any(self.overlap(a, other) for a in dict.fromkeys(self._node[one]))
            else:
                found = any(self.overlap(one, b) for b in dict.fromkeys(self._node[other]))
            self._overlaps[key] = found
        return found

    def for_some(self, formula: int, variable: int) -> int:
        """Where the formula holds for some code of the variable; it says nothing of the variable any more."""
        level = self._level[formula]
        if level > variable:
            return formula
        if level == variable:
            return self.some(dict.fromkeys(self._node[formula]))
        key = (formula, variable, -1)
        found = self._restricted.get(key)
        if found is None:
            found = self._make(level, tuple([self.for_some(one, variable) for one in self._node[formula]]))
            self._restricted[key] = found
        return found

    def negation(self, formula: int) -> int:
        found = self._neg.get(formula)
        if found is None:
            found = self._make(self._level[formula], tuple([self.negation(one) for one in self._node[formula]]))
            self._neg[formula] = found
            self._neg[found] = formula
        return found

    def without(self, one: int, other: int) -> int:
        """The first and not the second."""
        return one if other == NEVER else self.both(one, self.negation(other))

    def given(self, formula: int, variable: int, code: int) -> int:
        """The formula where the variable has that code; it says nothing of the variable any more."""
        level = self._level[formula]
        if level > variable:
            return formula
        if level == variable:
            return self._node[formula][code]
        key = (formula, variable, code)
        found = self._restricted.get(key)
        if found is None:
            found = self._make(level, tuple([self.given(one, variable, code) for one in self._node[formula]]))
            self._restricted[key] = found
        return found

    def support(self, formula: int) -> int:
        """The variables that the formula depends on, as bits of an int."""
        found = self._support.get(formula)
        if found is None:
            found = 1 << self._level[formula]
            for one in set(self._node[formula]):
                found |= self.support(one)
            self._support[formula] = found
        return found

    def holds(self, formula: int, codes: Mapping[int, int]) -> bool:
        """Whether it holds where the variables have these codes; one that isn't named has 0."""
        while formula > ALWAYS:
            formula = self._node[formula][codes.get(self._level[formula], 0)]
        return formula == ALWAYS

    def example(self, formula: int) -> dict[int, int]:
        """Codes with which a formula holds that isn't `NEVER`, as few as can be seen at once."""
        found: dict[int, int] = {}
        while formula > ALWAYS:
            branches = self._node[formula]
            code = 0 if branches[0] != NEVER else next(c for c, one in enumerate(branches) if one != NEVER)
            if code:
                found[self._level[formula]] = code
            formula = branches[code]
        return found

    # -- inside --------------------------------------------------------------------------------------------------------------

    def _make(self, level: int, branches: tuple[int, ...]) -> int:
        first = branches[0]
        if branches.count(first) == len(branches):
            return first
        key = (level, branches)
        found = self._of.get(key)
        if found is None:
            found = self._of[key] = len(self._node)
            self._level.append(level)
            self._node.append(branches)
        return found

    def _apply(self, done: dict[tuple[int, int], int], operation: Callable[[int, int], int], one: int, other: int) -> int:
        key = (one, other) if one < other else (other, one)
        found = done.get(key)
        if found is None:
            mine, theirs = self._level[one], self._level[other]
            if mine == theirs:
                branches = [operation(a, b) for a, b in zip(self._node[one], self._node[other], strict=True)]
                found = self._make(mine, tuple(branches))
            elif mine < theirs:
                found = self._make(mine, tuple([operation(a, other) for a in self._node[one]]))
            else:
                found = self._make(theirs, tuple([operation(one, b) for b in self._node[other]]))
            done[key] = found
        return found


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
