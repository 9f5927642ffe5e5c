"""Reads times as people and machines write them: with an offset, or as the clock on the wall in the plan's zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from samverkan.decide.admission import check_length
from samverkan.decide.errors import EventError
from samverkan.decide.instants import EARLIEST, LATEST
from samverkan.decide.naming import quoted

_YEAR = re.compile(r"\d{4}", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2}(?::\d{2})?)?", re.ASCII)
_FORM = "Skriv till exempel 2013-05-14 21:10."


def read_time(text: str, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, that `text` names: `2013-05-14 21:10`, with or without seconds and offset.

    Raises:
        EventError: it is no time, or a local time that the clock never shows or shows twice.
    """
    check_length("tid", text)
    text = text.strip()
    if _TIME.fullmatch(text) is None:
        if _YEAR.fullmatch(text) or _DAY.fullmatch(text):
            _check_year(text)
        if _YEAR.fullmatch(text):
            raise EventError(f"{quoted(text)} är bara ett årtal. {_FORM}")
        if _DAY.fullmatch(text):
            raise EventError(f"Tiden {quoted(text)} saknar klockslag. {_FORM}")
        raise EventError(f"{quoted(text)} är ingen tid. {_FORM}")
    _check_year(text)
    try:
        read = datetime.fromisoformat(text)
        first, second = (_instant(read, zone, fold) for fold in (0, 1))
    except (ValueError, OverflowError):
        raise EventError(f"Tiden {quoted(text)} finns inte. {_FORM}") from None
    if first < second:
        one, other = (at.astimezone(zone).isoformat()[len(read.isoformat()) :] for at in (first, second))
        raise EventError(
            f"Klockslaget {text} finns två gånger, eftersom klockan ställs tillbaka. Skriv vilket: {text}{one} eller {text}{other}."
        )
    if first > second:
        raise EventError(f"Klockslaget {text} finns inte, eftersom klockan ställs fram då. Ändra tiden.")
    return first


def read_as_of(text: str, zone: ZoneInfo) -> datetime:
    """The instant at which one asks how things stand: a time that an event could have. Raises EventError."""
    at = read_time(text, zone)
    if not EARLIEST <= at < LATEST:
        raise EventError(f"Tiden {quoted(text)} ligger utanför åren 1900–2199.")
    return at


def _check_year(text: str) -> None:
    """Refuses a year in which nothing here can happen, whatever else is written. `text` begins with the year."""
    if not EARLIEST.year <= int(text[:4]) < LATEST.year:
        raise EventError(f"Tiden {quoted(text)} ligger utanför åren 1900–2199.")


def _instant(read: datetime, zone: ZoneInfo, fold: int) -> datetime:
    """The instant of what was read: as the clock on the wall where it has no offset. A skipped hour runs back."""
    return (read if read.tzinfo is not None else read.replace(tzinfo=zone, fold=fold)).astimezone(UTC)


def read_day(text: str) -> date | None:
    """The day that `text` names (`2013-05-14`), or None where it doesn't have the form of a day.

    Raises:
        EventError: there is no such day.
    """
    check_length("dag", text)
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise EventError(f"Dagen {quoted(text)} finns inte.") from None


def read_until(text: str, zone: ZoneInfo) -> datetime:
    """The end (exclusive) of a consent: a time, or a day, which ends with that local day. Raises EventError."""
    day = read_day(text)
    if day is None:
        return read_time(text, zone)
    _check_year(text.strip())
    return _midnight(day + timedelta(days=1), zone)


def read_offence(text: str, zone: ZoneInfo) -> datetime:
    """When an offence was committed: a time, or a day, which is read as its first instant. Raises EventError."""
    day = read_day(text)
    if day is None:
        return read_time(text, zone)
    _check_year(text.strip())
    return _midnight(day, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def write_time(at: datetime, zone: ZoneInfo | None = None) -> str:
    """The instant as ISO 8601 with offset, in `zone` or as the time itself has it."""
    return (at.astimezone(zone) if zone is not None else at).isoformat()
