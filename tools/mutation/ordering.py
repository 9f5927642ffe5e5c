"""Which tests are run first on a mutant: those that killed others of its file, then those that call its function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mutants import Mutant
from trial import Report, Stage, call

MOST_FIRST = 12
"""How many of the tests that killed others of a file are tried first."""


class Order:
    """The stages for each mutant; it learns from what killed the ones before.

    `quick`: those that call the function, and no others (all, where no test does: it may be called in another process).
    """

    def __init__(self, subset: Stage, unchanged: Report, before: Iterable[Mapping[str, str]], *, quick: bool) -> None:
        self._subset, self._quick = subset, quick
        self._calling: dict[str, set[str]] = defaultdict(set)
        for test, calls in unchanged.calls.items():
            for one in calls:
                self._calling[one].add(test)
        self._there = unchanged.seconds.keys()
        self._killers: dict[str, list[str]] = {}
        for result in before:
            if result["outcome"] == "killed":
                self.remember(result["file"], result["by"])

    def stages(self, mutant: Mutant) -> list[Stage]:
        """What is run on a mutant, one stage after the other."""
        calling = frozenset(self._calling.get(call(mutant.file, mutant.function), ()))
        first = tuple(self._killers.get(mutant.file, ()))
        files = tuple(sorted({test.partition("::")[0] for test in calling}))
        stages = [Stage(first)] if first else []
        stages += [Stage(files, self._subset.without, calling)] if calling else []
        return stages if calling and self._quick else [*stages, self._subset]

    def remember(self, file: str, by: str) -> None:
        """A test that killed a mutant of a file is tried first on the next ones of it."""
        if by in self._there:
            of = self._killers.setdefault(file, [])
            if by in of:
                of.remove(by)
            of.insert(0, by)
            del of[MOST_FIRST:]
