"""The one place that checks an instant that a host gives: without a zone, the answer would depend on where the program runs."""

from __future__ import annotations

from datetime import UTC, datetime

from samverkan.decide.errors import EventError

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def check_time(at: datetime, name: str = "") -> datetime:
    """The instant as it was given. `name`: what it is called in an error, where there are several.

    Raises:
        EventError: it is no instant, has no zone or lies outside 1900–2199.
    """
    called = f"Tiden {name}" if name else "Tiden"
    if not isinstance(at, datetime):
        raise EventError(f"{called} är ingen tidpunkt. Ange datum, klockslag och tidszon.")
    if at.tzinfo is None or at.utcoffset() is None:
        raise EventError(f"{called} saknar tidszon. Ange tidszon, så att det är klart vilken tidpunkt som menas.")
    if not EARLIEST <= at < LATEST:
        raise EventError(f"{called} ({at.year}) ligger utanför åren 1900–2199.")
    return at
