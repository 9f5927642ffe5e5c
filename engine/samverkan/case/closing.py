"""What holds a case open, and whether it may be closed or opened again (semantics §5, 5.l–5.n)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from samverkan.case.deeds import MODALS, capital, deed, function
from samverkan.decide.answer import Answer, Decision, DecisionId, OwnMeasure
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.plan.model import Plan
from samverkan.plan.plain import Plain

if TYPE_CHECKING:
    from samverkan.case.case import Case

LIVING = ("due", "ask_first")
_PAST = "Tiden gick ut {}, men det kan fortfarande göras."
_MISTAKEN = (
    "Enligt märket {2} har {0} fått veta något om {1}, men som ärendet nu är skulle det aldrig ha gjorts. "
    "Rätta det som mottagaren har fått veta om det var fel, och ta sedan tillbaka märket."
)
_WAITS = "Det väntar på ett samtycke: fråga först."


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Blocker(Plain):
    """What holds a case open.

    Attributes:
        decision: a decision of the plan that must be followed.
        own: or the id of a measure that people added.
        event: or the id of a mark that says that somebody was told what, as now known, nobody was to be told.
        words: the same in Swedish.
    """

    decision: DecisionId | None
    own: str | None
    event: str | None
    words: str


def blockers_of(plan: Plan, answer: Answer, events: Iterable[Event]) -> tuple[Blocker, ...]:
    """Every `must` that can still be done: due or asked first, whether or not its time has passed.

    What is in force rather than to be done (a `refrain`, something `continuing`) holds nothing open, nor does what should or may
    be done. What somebody was told by mistake does, also where no correction of it is due.

    Args:
        plan: gives the words.
        answer: what is due.
        events: those of the case.
    """
    zone = ZoneInfo(plan.timezone)
    said = [(d, _deed(plan, d)) for d in answer.decisions if holds_open(d)]
    alike = Counter(words for _, words in said)
    found = [Blocker(d.id, None, None, _decision(zone, d, f"{w} ({d.title})" if alike[w] > 1 else w)) for d, w in said]
    own = (Blocker(None, o.id, None, _own(plan, zone, o)) for o in answer.own if (o.strength, o.status) == ("must", "due"))
    return (*found, *own, *_told_by_mistake(plan, answer, events))


def _told_by_mistake(plan: Plan, answer: Answer, events: Iterable[Event]) -> Iterator[Blocker]:
    """Marks on nothing that say that somebody was told something."""
    lost = {event for question in answer.questions if question.kind == "nothing_marked" for event in question.events}
    marks = {event.id: event.mark for event in events if event.id in lost and event.mark is not None}
    for event, mark in sorted(marks.items()):
        rule = plan.rules.get(mark.rule)
        measure = rule.measure(mark.measure) if rule is not None else None
        if mark.kind == "done" and measure is not None and measure.kind in ("notify", "apply"):
            yield Blocker(None, None, event, _MISTAKEN.format(function(plan, measure.object), mark.subject, event))


def holds_open(decision: Decision) -> bool:
    """Whether a decision holds its case open."""
    return decision.strength == "must" and decision.status in LIVING and not goes_on(decision)


def goes_on(decision: Decision) -> bool:
    """Whether a decision is in force rather than to be done."""
    return decision.kind == "refrain" or decision.continuing


def check_closing(case: Case, blockers: tuple[Blocker, ...]) -> None:
    """Refuses to close what is closed, or what something holds open. Raises EventError, which tells all of it."""
    check_open(case)
    if blockers:
        what = "\n".join(f"– {one.words}" for one in blockers)
        raise EventError(f"Ärendet kan inte avslutas än. Det här återstår:\n{what}")


def check_open(case: Case) -> None:
    """Raises EventError where the case is closed."""
    if case.closed is not None:
        raise EventError("Ärendet är avslutat. Öppna det igen först.")


def check_closed(case: Case) -> None:
    """Raises EventError where the case is open."""
    if case.closed is None:
        raise EventError("Ärendet är redan öppet.")


def _deed(plan: Plan, decision: Decision) -> str:
    return f"{capital(function(plan, decision.id.bearer))} {MODALS[decision.strength]} {deed(plan, decision)}"


def _decision(zone: ZoneInfo, decision: Decision, said: str) -> str:
    """A sentence, or two. What two rules ask in the same words has the title of its rule."""
    if decision.status == "ask_first":
        return f"{said}. {_WAITS}"
    due = decision.deadline
    return f"{said}. {_by(zone, due.at, 'overdue' in decision.flags)}".strip() if due is not None else f"{said}."


def _own(plan: Plan, zone: ZoneInfo, own: OwnMeasure) -> str:
    said = f"{capital(function(plan, own.bearer))} ska, enligt egen åtgärd: {own.text.rstrip('.')}."
    return f"{said} {_by(zone, own.due, 'overdue' in own.flags)}".strip()


def _by(zone: ZoneInfo, at: datetime | None, past: bool) -> str:
    if at is None or not past:
        return ""
    return _PAST.format(f"{at.astimezone(zone):%Y-%m-%d %H.%M}")
