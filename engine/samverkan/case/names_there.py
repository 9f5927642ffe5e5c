"""What those that another county is told of are called there, so that nothing leads to whom it may not know (semantics 8.b)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from samverkan.case.log import HandedOver
from samverkan.decide.consents import IDENTITY


class NamesThere:
    """Gives names as they are asked for, and remembers those of earlier hand-overs to the same plan."""

    def __init__(
        self,
        scopes: Mapping[str, str | None],
        ends: Mapping[str, tuple[str | None, ...]],
        subjects: Iterable[str],
        earlier: Sequence[HandedOver],
        anybody: Sequence[HandedOver],
    ) -> None:
        """Nothing is named yet.

        Args:
            scopes: person → what may be told of them now.
            ends: relation → who stands at its ends.
            subjects: all that the case here knows of; nobody gets another's name.
            earlier: what was handed over to the same recipient, in that order.
            anybody: what was handed over to whomever under that plan.
        """
        self._scopes, self._ends = scopes, ends
        self._called = [dict(pair for step in earlier[: n + 1] for pair in step.persons) for n in range(len(earlier))]
        self._before = {pair for step in anybody for pair in step.persons}
        self._taken = {*subjects, *(there for _, there in self._before)}
        self._now: dict[str, str] = {}

    def given(self) -> Iterable[tuple[str, str]]:
        """The names that were asked for: here and there."""
        return self._now.items()

    def of(self, here: str) -> str:
        """What somebody or something is called there: the same where it is told who it is, else what can't be traced back.

        A name from an earlier hand-over stays as long as nothing leads from it to who somebody is that may not be told now.
        """
        if here not in self._now:
            name = self._again(here)
            if name is None and self._scopes.get(here) == IDENTITY and not self._is_anothers(here):
                name = here
            self._now[here] = self._new("P" if here in self._scopes else "R") if name is None else name
        return self._now[here]

    def _again(self, here: str) -> str | None:
        """The last name from an earlier hand-over that may be used again: for a relation, none that leads to who stands there."""
        known = [called for called in reversed(self._called) if here in called]
        names = [called[here] for called in known]
        if here in self._scopes:
            if self._scopes[here] == IDENTITY:
                return here if here in names else names[0] if names else None
            return next((name for name in names if name != here), None)
        leads = {called[here] for called in known if any(self._leads(called, end) for end in self._ends.get(here, ()))}
        return next((name for name in names if name not in leads), None)

    def _leads(self, called: Mapping[str, str], end: str | None) -> bool:
        """Whether what was told beside the name that somebody had leads to more than may be told now of who it is."""
        if end is None or end not in called:
            return False
        return called[end] == end if self._scopes.get(end) is None else called[end] != self.of(end)

    def _is_anothers(self, name: str) -> bool:
        """Whether somebody or something else is called so there."""
        return any(there == name and here != name for here, there in self._before)

    def _new(self, letter: str) -> str:
        name = next(n for n in (f"{letter}{i}" for i in range(1, 10_000)) if n not in self._taken)
        self._taken.add(name)
        return name
