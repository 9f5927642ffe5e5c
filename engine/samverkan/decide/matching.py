"""Which rules hold in a state: the interface of the matchers, and the compiled one, the reference (semantics §10).

A matcher gets a group and a state and says which terms are true and which are true or undetermined, as bits of an int.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

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
    """Each group as a generated function: for every slot a table from value to the terms that this value fulfils.

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
            function = self._functions[group] = _compile(self._groups[group])
        return function(state)


def _compile(group: Group) -> Callable[[State], Found]:
    """The function of one group: `and` over the slots of what the state's value there allows."""
    everything = (1 << len(group.terms)) - 1
    true = [[everything] * len(values) for values in group.values]
    possible = [[everything] * len(values) for values in group.values]
    for number, term in enumerate(group.terms):
        bit = 1 << number
        for part in term:
            for code in range(len(group.values[part.slot])):
                if code not in part.codes:
                    true[part.slot][code] &= ~bit
                    if code != 0:
                        possible[part.slot][code] &= ~bit
    tables: dict[str, object] = {f"t{i}": tuple(t) for i, t in enumerate(true)}
    tables.update({f"p{i}": tuple(p) for i, p in enumerate(possible)})
    names = [f"v{i}" for i in range(len(group.slots))]
    reading = f"    ({', '.join(names)},) = state\n" if names else ""
    both = [" & ".join(f"{kind}{i}[{name}]" for i, name in enumerate(names)) or str(everything) for kind in "tp"]
    source = f"def match(state):\n{reading}    return {both[0]}, {both[1]}\n"
    exec(compile(source, f"<rules for {group.name}>", "exec"), tables)  # the source is made of numbers and our own names
    function: Callable[[State], Found] = tables["match"]  # type: ignore[assignment]
    return function
