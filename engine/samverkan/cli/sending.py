"""`samverkan decide --events`: the case of a JSON file, as a case system sends it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from samverkan.case.case import Case, MatcherName
    from samverkan.case.event_files import Sent
    from samverkan.decide.answer import Question
    from samverkan.plan.errors import PlanError
    from samverkan.plan.model import Plan

STANDARD_IN = "-"
_MANY = 20


def case_of(plan: Plan, named: str, matcher: MatcherName, as_of: datetime | None) -> Case:
    """The case that the events of a file make, up to `as_of`; they may stand in any order.

    Raises:
        PlanError: what is wrong with the file or an event in it, also an event about nobody and facts that can't be together.
        EventError: nothing has happened at `as_of`.
    """
    from samverkan.case.case import Case
    from samverkan.case.event_files import read_events
    from samverkan.cli.edges import check_begun
    from samverkan.plan.file_bytes import MAX_BYTES, bytes_of

    if named == STANDARD_IN:
        content, shown = sys.stdin.buffer.read(MAX_BYTES + 1), "standard in"
    else:
        content, shown = bytes_of(Path(named)), named
    sent = read_events(plan, content, shown)
    check_begun((one.event for one in sent), as_of)
    counting = [one for one in sent if as_of is None or max(one.event.at, one.event.known_at) <= as_of]
    with _busy(len(counting)):
        case = Case.replay(plan, (one.event for one in counting), matcher)
        answer = case.decisions(as_of or case.now or counting[0].event.at)
    wrong = [_refused(one, counting) for one in answer.questions if one.kind in ("hanging", "impossible")]
    if wrong:
        from samverkan.plan.errors import PlanError

        raise PlanError(problem for one in wrong for problem in one.problems)
    return case


def _busy(events: int) -> AbstractContextManager[object]:
    """A sign on a terminal that it is being worked on, where it may take seconds."""
    if events < _MANY or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"Går igenom {events} händelser …")


def _refused(question: Question, sent: Sequence[Sent]) -> PlanError:
    """What `Case.fire` would have refused, with the place in the file."""
    from samverkan.plan.errors import PlanError, Problem

    if question.kind == "hanging":
        one = next(one for one in sent if one.event.id in question.events)
        text = (
            f"Händelsen '{one.event.id}' handlar om {question.subject}, som inte finns i ärendet då. "
            "Lägg till en händelse som inför personen eller saken, eller rätta tiden."
        )
        return PlanError([Problem(one.place("about", "event", "type"), text, "error", "hanging")])
    facts = {part.strip() for part in question.fact.split(",")}
    told = [one for one in sent if any(path.rpartition(".")[2] in facts for path, _ in one.event.facts)]
    about = [one for one in told if one.event.about is not None and one.event.about.subject == question.subject] or told or sent
    last = max(about, key=lambda one: (one.event.at, one.event.known_at, one.event.id))
    text = f"Uppgifterna om {question.subject} kan inte stämma tillsammans: {question.fact}. Rätta en av dem."
    return PlanError([Problem(last.place("facts", "event", "type"), text, "error", "impossible")])
