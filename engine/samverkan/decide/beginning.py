"""When a case begins: the time of the first event that counts, as it was known at every instant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from heapq import heappop, heappush

from samverkan.decide.events import Event
from samverkan.decide.knowledge import counting, effective, instants
from samverkan.decide.world import Begins

_BEGINNING = datetime.min.replace(tzinfo=UTC)


def beginnings(delivered: Iterable[Sequence[Event]]) -> tuple[tuple[datetime, Begins], ...]:
    """Every event's revisions → from which instant on which beginning of the case is known (None: no case)."""
    agenda: dict[datetime, list[int]] = {}
    events = [tuple(revisions) for revisions in delivered]
    for number, revisions in enumerate(events):
        for k in {k for revision in revisions for k in instants(revision)}:
            agenda.setdefault(k, []).append(number)
    counts: dict[int, datetime] = {}
    first: list[tuple[datetime, int]] = []
    found: list[tuple[datetime, Begins]] = [(_BEGINNING, None)]
    for k in sorted(agenda):
        for number in agenda[k]:
            event = counting(events[number], k)
            if event is None:
                counts.pop(number, None)
            elif counts.get(number) != event.at:
                counts[number] = event.at
                heappush(first, (event.at, number))
        while first and counts.get(first[0][1]) != first[0][0]:
            heappop(first)
        begins = first[0][0] if first else None
        if begins != found[-1][1]:
            found.append((k, begins))
    return tuple(found)


def unchanged_by(
    known: Sequence[tuple[datetime, Begins]], new: Iterable[Event], delivered: Callable[[str], Sequence[Event]]
) -> bool:
    """Whether these events, beside those that were delivered, surely leave every beginning as it is."""
    for event in new:
        if event.void or delivered(event.id):
            return False
        counts = effective(event)
        spans = zip(known, (*(since for since, _ in known[1:]), None), strict=True)
        for (_, begins), until in spans:
            if (until is None or until > counts) and (not isinstance(begins, datetime) or begins > event.at):
                return False
    return True
