"""Another plan for a case, or another version of its own: what that would change, seen before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samverkan.case.ledger import Change, entries
from samverkan.case.log import Migrated
from samverkan.decide.admission import FieldError, check_event
from samverkan.decide.answer import OwnMeasure
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.naming import quoted
from samverkan.plan.model import Plan
from samverkan.plan.plain import Plain

if TYPE_CHECKING:
    from samverkan.case.case import Case


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class UnknownWord(Plain):
    """Something of the case that the other plan can't say, in an event or in a measure that people added (`own`: its id).

    `key`: where in the event, as it is written in files; empty where it is the whole. `text`: what is wrong, in Swedish.
    """

    event: str | None
    revision: int | None
    own: str | None
    key: str
    text: str


class Migration:
    """What another plan would change in a case.

    Attributes:
        plan: the other plan.
        at: from when on it would decide.
        unknown: what of the case the plan has no words for; while there is any, it can't decide the case.
        changes: how each decision would come to stand otherwise, by its id; empty where something is unknown.
    """

    __slots__ = ("_after", "_before", "_step", "at", "changes", "plan", "unknown")

    def __init__(self, before: Case, step: Migrated) -> None:
        self._before, self._step = before, step
        self.plan, self.at = step.plan, step.at
        self.unknown = unknown_words(step.plan, dict.fromkeys(before.events), before.own)
        self._after: Case | None = None
        self.changes: tuple[Change, ...] = ()
        if not self.unknown:
            self._after = before.taking(step)
            self.changes = next(e.changes for e in entries(before, self._after, step, 1) if e.cause == "plan")

    @property
    def case(self) -> Case:
        """The case as the plan decides it, the change in its ledger.

        Raises:
            EventError: the plan has no words for something of the case; every such event is named.
        """
        if self._after is None:
            raise EventError(no_words_for(self.plan, self.unknown))
        return self._after

    def became(self, *statuses: str) -> tuple[Change, ...]:
        """The changes to one of these statuses; without any, to being in no answer any more."""
        wanted: tuple[str | None, ...] = statuses or (None,)
        return tuple(change for change in self.changes if "status" in change.changed and change.after in wanted)


def unknown_words(plan: Plan, events: Iterable[Event], own: Iterable[OwnMeasure]) -> tuple[UnknownWord, ...]:
    """What of a case another plan has no words for.

    Every revision has to be said, also one that was corrected: somebody may have acted on it, and has then to be told.
    """
    found = []
    for event in events:
        try:
            check_event(plan, event, strict=False)
        except EventError as problem:
            key = problem.key if isinstance(problem, FieldError) else ""
            found.append(UnknownWord(event.id, event.revision, None, key, problem.text))
    missing = (one for one in own if one.status == "due" and one.bearer not in plan.functions)
    found += [UnknownWord(None, None, o.id, "bearer", f"Planen har ingen funktion {quoted(o.bearer)}.") for o in missing]
    return tuple(found)


def no_words_for(plan: Plan, unknown: Iterable[UnknownWord]) -> str:
    """Why a plan can't decide a case, in Swedish; every event is named."""
    what = "\n".join(f"– {_named(one)}: {one.text}" for one in unknown)
    return (
        f"Ärendet kan inte flyttas till planen {plan.id} version {plan.version}: den saknar ord som ärendet "
        f"använder. Lägg till orden i planen, eller låt ärendet vara kvar under sin plan.\n{what}"
    )


def _named(one: UnknownWord) -> str:
    if one.event is None:
        return f"den egna åtgärden {quoted(one.own or '')}"
    return f"händelsen {quoted(one.event)} (version {one.revision})"
