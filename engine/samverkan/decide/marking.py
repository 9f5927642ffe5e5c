"""Marks on decisions: which mark is on which decision, and what the marks say has become of it (semantics §5, 5.b, 5.h)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from samverkan.decide.answer import DecisionId
from samverkan.decide.events import Event
from samverkan.decide.prepared import Prepared

Order = tuple[datetime, datetime, str]


@dataclass(frozen=True, slots=True)
class Told:
    """By what a notification was sent, as known when people told (5.h): municipality and clientele of the person."""

    municipality: str | None
    clientele: Mapping[str, str]


def decision_marked(
    prepared: Prepared,
    mark: Event,
    candidates: Sequence[DecisionId],
    order_now: Callable[[str], Order],
    order_then: Callable[[DecisionId], Order | None],
    is_offer: bool,
) -> DecisionId | None:
    """The decision that a mark is on, among those that have been shown of its rule, measure and subject; None: on nothing.

    `order_now` and `order_then`: where an occurrence lies in time as now known, and a decision's as known when a mark was.
    """
    given = mark.mark
    if given is None or (given.kind in ("accepted", "declined") and not is_offer):
        return None
    measure = prepared.measure(given.rule, given.measure)
    bearers = set(measure.who) if measure is not None else {c.bearer for c in candidates}
    if given.bearer is None and len(bearers) > 1:
        return None
    left = [c for c in candidates if given.bearer in (None, c.bearer)]
    if given.occurrence is not None:
        return next((c for c in left if c.occurrence == given.occurrence), None)
    before = [(when, c) for c in left if (when := order_then(c)) is not None and when[0] <= mark.at]
    if before:
        return max(before)[1]
    return min(((order_now(c.occurrence), c) for c in left), default=(None, None))[1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What marks say: `status` done, declined or None; the mark behind it; every done mark; whether it is acknowledged."""

    status: str | None
    by: Event | None
    done: tuple[Event, ...]
    acknowledged: bool


NO_OUTCOME = Outcome(None, None, (), False)


def outcome(marks: Sequence[Event], stands: Callable[[Event], bool]) -> Outcome:
    """What the marks on one decision say. `stands`: whether a done mark still counts (a notification to who answers now)."""
    if not marks:
        return NO_OUTCOME
    ordered = sorted(marks, key=_answer_order)
    kinds = {m.id: m.mark.kind for m in ordered if m.mark is not None}
    answers = [m for m in ordered if kinds[m.id] in ("accepted", "declined")]
    done = tuple(m for m in ordered if kinds[m.id] == "done")
    standing = [m for m in done if stands(m)]
    acknowledged = any(kinds[m.id] == "acknowledged" for m in ordered)
    if answers:
        last = answers[-1]
        return Outcome("done" if kinds[last.id] == "accepted" else "declined", last, done, acknowledged)
    if standing:
        return Outcome("done", standing[-1], done, acknowledged)
    return Outcome(None, None, done, acknowledged)


def _answer_order(mark: Event) -> tuple[datetime, int, datetime, str]:
    """In time; at one `at` a no comes last."""
    no = mark.mark is not None and mark.mark.kind == "declined"
    return mark.at, int(no), mark.known_at, mark.id


def accepted_stretches(marks: Sequence[Event]) -> list[tuple[Event, datetime | None]]:
    """Every accepting mark, with the `at` of the next no about the same decision (None: none has come)."""
    ordered = sorted(marks, key=_answer_order)
    found = []
    for number, mark in enumerate(ordered):
        if mark.mark is not None and mark.mark.kind == "accepted":
            later = (m.at for m in ordered[number + 1 :] if m.mark is not None and m.mark.kind == "declined")
            found.append((mark, next(later, None)))
    return found


