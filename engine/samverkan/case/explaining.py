"""What a case explains when it is asked: why something is due, why it isn't, and what would change it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from samverkan.case.reading import parse_named
from samverkan.decide.admission import check_event
from samverkan.decide.answer import Answer, Decision, DecisionId
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.instants import check_time
from samverkan.decide.islands import Islands
from samverkan.decide.knowledge import effective
from samverkan.plan.model import Plan

if TYPE_CHECKING:
    from samverkan.case.explained import Why
    from samverkan.case.explanations import WhatIf, WhyNot
    from samverkan.case.outcome import Outcome

NAMELESS: Mapping[str, str] = MappingProxyType({})
"""Every subject is called by its id."""


class Explaining:
    """The part of a `Case` that explains; see there. Nothing here changes the case."""

    __slots__ = ()

    plan: Plan
    now: datetime | None
    _islands: Islands

    @abstractmethod
    def decisions(self, as_of: datetime) -> Answer:
        """As of `Case`."""

    @abstractmethod
    def fire(self, event: Event, strict: bool = True) -> Outcome:
        """As of `Case`."""

    def why(self, decision: Decision | DecisionId | str, as_of: datetime | None = None, who: Mapping[str, str] = NAMELESS) -> Why:
        """Why a decision is, or was, due, what is behind it, and what became of it: as data, and as Swedish text.

        Args:
            decision: one of an answer, its id, or written `rule/measure SUBJECT [by FUNCTION] [#occurrence]`.
            as_of: in the light of what was known then; `now` where nothing is said.
            who: subject id → what it is called in the text ("kvinnan på hotellrummet").

        Raises:
            EventError: there is no such decision, or several; with the nearest that there is.
        """
        from samverkan.case.past import Past
        from samverkan.case.why import the_one, why

        at = self._at(as_of)
        found = the_one(self.named(decision, at)) if isinstance(decision, str) else decision
        return why(Past(self._islands), found if isinstance(found, DecisionId) else found.id, at, who)

    def named(self, text: str, as_of: datetime | None = None) -> tuple[DecisionId, ...]:
        """The decisions written `rule[/measure] SUBJECT [by FUNCTION] [#occurrence]`. Raises EventError where there are none."""
        from samverkan.case.asking_about import decisions_named
        from samverkan.case.past import Past

        return decisions_named(Past(self._islands), parse_named(text), self._at(as_of))

    def why_not(self, rule: str, subject: str, as_of: datetime | None = None, who: Mapping[str, str] = NAMELESS) -> WhyNot:
        """Why a rule, or one measure of it, isn't due for a subject, and the smallest sets of facts that would make it hold.

        Args:
            rule: `rule` or `rule/measure`.
            subject: whom or what it would be about.
            as_of: as for `why`.
            who: as for `why`.

        Raises:
            EventError: there is no such rule, measure or subject; with the nearest that there is.
        """
        from samverkan.case.past import Past
        from samverkan.case.why_not import why_not

        return why_not(Past(self._islands), parse_named(f"{rule} {subject}"), self._at(as_of), who)

    def what_if(
        self,
        events: Event | Iterable[Event],
        as_of: datetime | None = None,
        who: Mapping[str, str] = NAMELESS,
        strict: bool = True,
    ) -> WhatIf:
        """What these events would change, as of the instant at which the last of them counts; this case stays as it is.

        Args:
            events: one or more; each is fired in the order of when it counts.
            as_of: another instant.
            who: as for `why`.
            strict: as for `fire`.

        Raises:
            EventError: as `fire` does.
        """
        from samverkan.case.what_if import what_if

        if as_of is not None:
            check_time(as_of)
        given = [events] if isinstance(events, Event) else list(events)
        for event in given:
            check_event(self.plan, event, strict=strict)
        given.sort(key=effective)
        after: Explaining = self
        for event in given:
            after = after.fire(event, strict).case
        at = after._at(as_of)
        return what_if(self.plan, self.decisions(at), after.decisions(at), given, who)

    def _at(self, as_of: datetime | None) -> datetime:
        """The instant that is asked about. Raises EventError: nothing has happened in the case, or as for `decisions`."""
        at = as_of if as_of is not None else self.now
        if at is None:
            raise EventError("Inget har hänt i ärendet än, så det finns inget att förklara.")
        return check_time(at)
