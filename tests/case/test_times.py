"""Times as people write them: exact instants, and an error for every time that is none."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from samverkan.case.times import read_day, read_offence, read_time, read_until, write_time
from samverkan.decide.errors import EventError

ZONE = ZoneInfo("Europe/Stockholm")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # parts are a date and a time of day


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2013-05-14 21:10", utc(2013, 5, 14, 19, 10)),
        ("2013-05-14T21:10", utc(2013, 5, 14, 19, 10)),
        ("2013-01-14 21:10:05", utc(2013, 1, 14, 20, 10, 5)),
        ("2013-05-14 21:10Z", utc(2013, 5, 14, 21, 10)),
        ("2013-05-14T21:10:00.25-05:00", utc(2013, 5, 15, 2, 10, 0, 250000)),
        ("2013-10-27 02:30+02:00", utc(2013, 10, 27, 0, 30)),
        ("2013-10-27 02:30+01:00", utc(2013, 10, 27, 1, 30)),
        ("2013-10-27 03:00", utc(2013, 10, 27, 2, 0)),
    ],
)
def test_a_time_is_one_instant(text: str, instant: datetime) -> None:
    read = read_time(text, ZONE)
    assert read == instant
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2013-05-14", "Tiden '2013-05-14' saknar klockslag. Skriv till exempel 2013-05-14 21:10."),
        ("i går", "'i går' är ingen tid. Skriv till exempel 2013-05-14 21:10."),
        ("2013-02-30 21:10", "Tiden '2013-02-30 21:10' finns inte. Skriv till exempel 2013-05-14 21:10."),
        ("2013-05-14 24:10", "Tiden '2013-05-14 24:10' finns inte. Skriv till exempel 2013-05-14 21:10."),
        (
            "2013-03-31 02:30",
            "Klockslaget 2013-03-31 02:30 finns inte, eftersom klockan ställs fram då. Ändra tiden.",
        ),
        (
            "2013-10-27 02:30",
            (
                "Klockslaget 2013-10-27 02:30 finns två gånger, eftersom klockan ställs tillbaka. "
                "Skriv vilket: 2013-10-27 02:30+02:00 eller 2013-10-27 02:30+01:00."
            ),
        ),
        ("19121212-1212", "(återges inte) är ingen tid. Skriv till exempel 2013-05-14 21:10."),
        ("9999-12-31 23:30-14:00", "Tiden '9999-12-31 23:30-14:00' ligger utanför åren 1900–2199."),
    ],
)
def test_what_is_no_time_says_so(text: str, message: str) -> None:
    with pytest.raises(EventError) as caught:
        read_time(text, ZONE)
    assert caught.value.text == message


def test_the_offered_ways_to_say_a_doubled_time_are_its_two_instants() -> None:
    early, late = read_time("2013-10-27 02:30+02:00", ZONE), read_time("2013-10-27 02:30+01:00", ZONE)
    assert (late - early).total_seconds() == 3600


def test_a_day_ends_a_consent_with_the_day_and_begins_an_offence() -> None:
    assert read_until("2013-10-27", ZONE) == utc(2013, 10, 27, 23)
    assert read_offence("2013-10-27", ZONE) == utc(2013, 10, 26, 22)
    assert read_until("2013-05-14 12:00", ZONE) == read_offence("2013-05-14 12:00", ZONE) == utc(2013, 5, 14, 10)


def test_days() -> None:
    assert read_day("2013-05-14 21:10") is None
    with pytest.raises(EventError, match=r"^Dagen '2013-02-29' finns inte\.$"):
        read_day("2013-02-29")


def test_written_in_a_zone_the_offset_tells_which() -> None:
    assert write_time(utc(2013, 10, 27, 0, 30), ZONE) == "2013-10-27T02:30:00+02:00"
    assert write_time(utc(2013, 10, 27, 1, 30), ZONE) == "2013-10-27T02:30:00+01:00"
