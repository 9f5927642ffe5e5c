"""The smallest sets of facts that would make a rule hold: exactly, from the plan's words, not by trying.

Its conditions are to be true, no exception and no overriding rule known to hold, nothing impossible: formulas over facts. Brought
to alternatives (*boxes*: for some facts the values that will do), a box asks for the change of just those facts whose value now
isn't among its own; the smallest of these are the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import TypeAlias

from samverkan.case.statements import AllOf, Formula, Formulas, In, OneOf, Var, is_true, parts_of, vars_of
from samverkan.decide.judging import Judge
from samverkan.plan.model import Rule

MOST_CHANGES = 8
"""How many facts a set may have; a bound, since sets of more are no help to anybody."""
MOST_BOXES = 400
"""How many alternatives are kept at a time; where there are more, only those of fewer changes."""


Box: TypeAlias = Mapping[Var, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """`holds`: without any change. `boxes`: the smallest sets of changes, with the values that will do, in any combination.
    `complete`: there are no others."""

    holds: bool
    boxes: tuple[Box, ...]
    complete: bool


def smallest(judge: Judge, rule: Rule, subject: str, t: datetime, overriders: Sequence[Rule]) -> Found:
    """The smallest sets of changes that make `rule` hold for `subject` at `t`.

    Args:
        judge: reads what is known now.
        rule: the rule; its conditions and exceptions count.
        subject: one of its subjects.
        t: when it would hold.
        overriders: the rules that would override it, did their conditions hold.
    """
    formulas = Formulas(judge)
    wanted = [formulas.holds(rule, subject, t), *(formulas.negated(formulas.holds(one, subject, t)) for one in overriders)]
    parts = [part for one in wanted for part in parts_of(one)]
    impossible, contradictory = formulas.impossible(parts)
    parts += impossible
    now = {var: formulas.now(var) for part in parts for var in vars_of(part)}
    needed = _joined(parts, now)
    if not needed:
        return Found(not contradictory, (), not contradictory)
    domains = {var: formulas.domain(var) for part in needed for var in vars_of(part)}
    boxes, complete = _Boxes(now, domains).of(needed)
    return Found(False, tuple(_smallest(boxes, now)), complete and not contradictory)


class _Boxes:
    """Formulas as alternatives of boxes."""

    def __init__(self, now: Mapping[Var, str], domains: Mapping[Var, frozenset[str]]) -> None:
        self._now = now
        self._domains = domains
        self._most = MOST_CHANGES
        self._complete = True

    def of(self, parts: Sequence[Formula]) -> tuple[list[Box], bool]:
        """The boxes in which all parts are true, and whether they are all."""
        return self._every(parts), self._complete

    def _one(self, formula: Formula) -> list[Box]:
        match formula:
            case In(var, values):
                allowed = values & self._domains[var]
                return [{var: allowed}] if allowed else []
            case AllOf(parts):
                return self._every(parts)
            case OneOf(parts):
                return self._absorbed([box for part in parts for box in self._one(part)])

    def _every(self, parts: Sequence[Formula]) -> list[Box]:
        boxes: list[Box] = [{}]
        for part in sorted((self._one(part) for part in parts), key=len):
            boxes = self._absorbed(box for one, other in product(boxes, part) if (box := _common(one, other)) is not None)
            if not boxes:
                return []
        return boxes

    def _absorbed(self, boxes: Iterable[Box]) -> list[Box]:
        """The boxes without those that lie in another, and without those that ask for too much."""
        found: list[Box] = []
        by_size: dict[int, list[Box]] = {}
        for box in boxes:
            if self._cost(box) > self._most:
                self._complete = False
            else:
                by_size.setdefault(len(box), []).append(box)
        for size in sorted(by_size):
            for box in by_size[size]:
                if not any(_contains(other, box) for other in found):
                    found = [other for other in found if not _contains(box, other)]
                    found.append(box)
        while len(found) > MOST_BOXES and self._most > 1:
            self._most -= 1
            self._complete = False
            found = [box for box in found if self._cost(box) <= self._most]
        return found

    def _cost(self, box: Box) -> int:
        return sum(self._now[var] not in values for var, values in box.items())


def _joined(parts: Sequence[Formula], now: Mapping[Var, str]) -> list[Formula]:
    """The parts that aren't true now, and those that a change of their facts may touch, in however many steps."""
    taken = [part for part in parts if not is_true(part, now)]
    left = [part for part in parts if is_true(part, now)]
    touched = {var for part in taken for var in vars_of(part)}
    while near := [part for part in left if not touched.isdisjoint(vars_of(part))]:
        left = [part for part in left if part not in near]
        touched.update(var for part in near for var in vars_of(part))
        taken += near
    return taken


def _common(one: Box, other: Box) -> Box | None:
    """What lies in both boxes; None where nothing does."""
    both = dict(one)
    for var, values in other.items():
        both[var] = both.get(var, values) & values
        if not both[var]:
            return None
    return both


def _contains(outer: Box, inner: Box) -> bool:
    """Whether all of `inner` lies in `outer`."""
    return all(var in inner and inner[var] <= values for var, values in outer.items())


def _smallest(boxes: Iterable[Box], now: Mapping[Var, str]) -> list[Box]:
    """The changes that the boxes ask for, without those of which a part would be enough."""
    asked = [{var: values for var, values in box.items() if now[var] not in values} for box in boxes]
    kept: list[Box] = []
    for size in sorted({len(box) for box in asked}):
        smaller = list(kept)
        left: list[Box] = []
        for box in (box for box in asked if len(box) == size):
            pieces: list[Box] = [box]
            for other in smaller:
                if other.keys() < box.keys():
                    pieces = [piece for one in pieces for piece in _without(one, other)]
            left += pieces
        kept += _merged(left)
    return kept


def _without(box: Box, other: Box) -> list[Box]:
    """The largest boxes in `box` that have nothing in common with `other`, whose facts it has too."""
    if any(not box[var] & values for var, values in other.items()):
        return [box]
    return [{**box, var: box[var] - values} for var, values in other.items() if box[var] - values]


def _merged(boxes: list[Box]) -> list[Box]:
    """The boxes with those put together that differ in one fact only, and without those that lie in another."""
    found: list[Box] = []
    for box in boxes:
        if not any(_contains(other, box) for other in found):
            found = [*(other for other in found if not _contains(box, other)), box]
    for one in found:
        for other in found:
            if one is not other and one.keys() == other.keys():
                differing = [var for var in one if one[var] != other[var]]
                if len(differing) == 1:
                    both = {**one, differing[0]: one[differing[0]] | other[differing[0]]}
                    return _merged([both, *(box for box in found if box is not one and box is not other)])
    return found


