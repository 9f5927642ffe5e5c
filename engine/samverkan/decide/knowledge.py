"""What is known at an instant: of everything that was delivered, the events that count then (semantics §2, K(k))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from samverkan.decide.errors import EventError
from samverkan.decide.events import Event

Delivered = Mapping[str, tuple[Event, ...]]
"""Every revision that was delivered, by event id, in order of revision."""

NOTHING_DELIVERED: Delivered = MappingProxyType({})


def order(event: Event) -> tuple[datetime, datetime, str]:
    """The order of events in time: `at`, then `known_at`, then id."""
    return event.at, event.known_at, event.id


def effective(event: Event) -> datetime:
    """The first instant at which this revision can count."""
    return max(event.at, event.known_at)


def deliver(delivered: Delivered, events: Iterable[Event]) -> Delivered:
    """`delivered` with `events` added. The same id and revision with the same content is ignored.

    Raises EventError when an id and revision come with other content.
    """
    grown = dict(delivered)
    for given in events:
        event = in_utc(given)
        if same_revision(grown, event) is None:
            grown[event.id] = tuple(sorted((*grown.get(event.id, ()), event), key=lambda r: r.revision))
    return MappingProxyType(grown)


def same_revision(delivered: Delivered, event: Event) -> Event | None:
    """The same revision of the event where it was delivered before (in UTC, as `event` is).

    Raises EventError where that has other content.
    """
    same = next((r for r in delivered.get(event.id, ()) if r.revision == event.revision), None)
    if same is not None and same != event:
        raise EventError(
            f"Händelsen '{event.id}' (version {event.revision}) finns redan med annat innehåll. "
            "Ge rättelsen ett högre versionsnummer."
        )
    return same


def in_utc(event: Event) -> Event:
    """The event with all its times in UTC, so that comparing them never meets a change of the clock; itself where they are."""
    times = (event.at, event.known_at, event.until, event.offence_at)
    if all(t is None or t.tzinfo is UTC for t in times):
        return event
    return replace(
        event,
        at=event.at.astimezone(UTC),
        known_at=event.known_at.astimezone(UTC),
        until=event.until.astimezone(UTC) if event.until else None,
        offence_at=event.offence_at.astimezone(UTC) if event.offence_at else None,
    )


def known(delivered: Delivered, k: datetime) -> tuple[Event, ...]:
    """K(k): each event in its highest revision known at k, if that is not void and has happened; in the order of time."""
    found = (counting(revisions, k) for revisions in delivered.values())
    return tuple(sorted((event for event in found if event is not None), key=order))


def counting(revisions: tuple[Event, ...], k: datetime) -> Event | None:
    """The one of an event's revisions that counts at k: the highest known, if that is not void and has happened."""
    current = current_at(revisions, k)
    return current if current is not None and not current.void and current.at <= k else None


def current_at(revisions: tuple[Event, ...], k: datetime) -> Event | None:
    """The highest of the revisions that is known at k."""
    for revision in reversed(revisions):
        if revision.known_at <= k:
            return revision
    return None


def instants(revision: Event) -> tuple[datetime, ...]:
    """The instants at which a revision can change something: its `known_at` and `at`, and the end of a consent."""
    if revision.void:
        return (revision.known_at,)
    if revision.until is not None:
        return revision.known_at, revision.at, revision.until
    return revision.known_at, revision.at
