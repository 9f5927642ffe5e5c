"""Which rules hold in a state: the interface of the matchers, and the compiled one, the reference (semantics §10).

A matcher gets a group and a state and says which terms are true and which are true or undetermined, as bits of an int.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeAlias

from samverkan.decide.groups import Group, State

Found = tuple[int, int]
"""(terms that are true, terms that are true or undetermined)"""


class Matcher(Protocol):
    """`name` is what a user can ask for; `diagnostics` what went wrong, in words, oldest first."""

    name: str

    @property
    def diagnostics(self) -> Sequence[str]: ...

    def match(self, group: int, state: State) -> Found:
        """The terms of group number `group` in `state`."""
        ...


class Compiled:
    """Each group as a generated function: tables from the values of a few slots to the terms that these values allow.

    A function is made when its group is first asked about: many cases never meet some sort of subject.
    """

    name = "compiled"

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = tuple(groups)
        self._functions: dict[int, Callable[[State], Found]] = {}

    @property
    def diagnostics(self) -> Sequence[str]:
        return ()

    def match(self, group: int, state: State) -> Found:
        function = self._functions.get(group)
        if function is None:
            function = self._functions[group] = matching(self._groups[group])
        return function(state)


MOST_TOGETHER = 128
"""How many combinations of values one table may have."""


def matching(group: Group) -> Callable[[State], Found]:
    """The function of one group: `and` over its tables of what the state's values allow there.

    The terms that are true and those that are possible are the two halves of one number, and a table is for as many slots as
    `MOST_TOGETHER` lets it: that makes a third of the look-ups, and takes a third of the time, of one table for each slot and half.
    """
    everything = (1 << len(group.terms)) - 1
    by_slot = _by_slot(group)
    defaults: dict[str, object] = {"everything": everything}
    looked_up = []
    for slots in _together([len(values) for values in group.values]):
        name = f"t{slots.start}"
        defaults[name] = _nested([by_slot[slot] for slot in slots], everything << len(group.terms) | everything)
        looked_up.append(name + "".join(f"[v{slot}]" for slot in slots))
    reading = "".join(f"v{slot}, " for slot in range(len(group.slots)))
    lines = [
        f"def match(state, {', '.join(f'{name}={name}' for name in defaults)}):",
        f"    {reading}= state" if reading else "    assert not state",
        f"    found = {' & '.join(looked_up) or everything << len(group.terms) | everything}",
        f"    return found & everything, found >> {len(group.terms)}",
    ]
    exec(compile("\n".join(lines), f"<rules for {group.name}>", "exec"), defaults)  # made of numbers and our own names
    function: Callable[[State], Found] = defaults["match"]  # type: ignore[assignment]
    return function


def _by_slot(group: Group) -> list[list[int]]:
    """For every slot and code: the terms that this value leaves true, and, above them, those that it leaves possible."""
    size = len(group.terms)
    everything = (1 << size) - 1
    tested = [0] * len(group.slots)
    true = [[0] * len(values) for values in group.values]
    for number, term in enumerate(group.terms):
        for part in term:
            tested[part.slot] |= 1 << number
            for code in part.codes:
                true[part.slot][code] |= 1 << number
    found = []
    for slot, values in enumerate(group.values):
        free = everything & ~tested[slot]
        said = [free | true[slot][code] for code in range(len(values))]
        found.append([terms | (everything if code == 0 else terms) << size for code, terms in enumerate(said)])
    return found


def _together(sizes: Sequence[int]) -> Iterator[range]:
    """The slots in runs whose values have at most `MOST_TOGETHER` combinations (or of one slot that has more by itself)."""
    start, combinations = 0, 1
    for slot, size in enumerate(sizes):
        if slot > start and combinations * size > MOST_TOGETHER:
            yield range(start, slot)
            start, combinations = slot, 1
        combinations *= size
    if sizes:
        yield range(start, len(sizes))


_Nested: TypeAlias = "int | tuple[_Nested, ...]"


def _nested(tables: Sequence[Sequence[int]], allowed: int) -> _Nested:
    """The tables of some slots as one, nested in their order, with what all of them allow inside."""
    if not tables:
        return allowed
    return tuple(_nested(tables[1:], allowed & one) for one in tables[0])
