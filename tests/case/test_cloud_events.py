"""Events in CloudEvents envelopes say the same as plain ones; what an envelope can't say is refused, with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.stories import example_plan

from samverkan.case.cloud_events import event_from_cloud_event
from samverkan.case.event_files import read_events
from samverkan.case.reading import event_from_json
from samverkan.decide.errors import EventError
from samverkan.decide.knowledge import in_utc
from samverkan.plan.errors import PlanError

ENVELOPE: dict[str, Any] = {
    "specversion": "1.0",
    "id": "h1",
    "source": "/mote",
    "type": "se.exempel.person_met",
    "subject": "S1 seller",
    "time": "2026-05-12T21:10:00+02:00",
    "datacontenttype": "application/json; charset=utf-8",
    "data": {"facts": {"age": "child"}, "known_at": "2026-05-12 22:00"},
}
PLAIN = {
    "id": "h1", "event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "known_at": "2026-05-12 22:00",
    "facts": {"age": "child"},
}  # fmt: skip
VOID = {"id": "h1", "about": "S1 seller", "at": "2026-05-12 21:10", "void": True, "revision": 2}
MARK = "stod.saljare/information S1"
REASON = {"done": MARK, "reason": "gjort"}


@pytest.mark.parametrize(
    ("more", "plain"),
    [
        ({}, PLAIN),
        ({"type": "person_met"}, PLAIN),
        ({"traceparent": "00-0af7", "dataschema": "urn:x"}, PLAIN),
        ({"time": "2020-01-01T00:00:00Z", "data": {**ENVELOPE["data"], "at": "2026-05-12 21:10"}}, PLAIN),
        ({"subject": "S9", "data": {**ENVELOPE["data"], "about": "S1 seller"}}, PLAIN),
        ({"data": {**ENVELOPE["data"], "id": "h1"}}, PLAIN),
        ({"data": {**ENVELOPE["data"], "event": "person_met"}, "type": "se.exempel.hände"}, PLAIN),
        ({"type": "se.exempel.void", "data": {"void": True, "revision": 2}}, VOID),
    ],
)  # fmt: skip
def test_an_envelope_says_what_a_plain_event_says(more: dict[str, Any], plain: dict[str, Any]) -> None:
    plan, envelope = example_plan(), {**ENVELOPE, **more}
    event = event_from_json(plan, plain)
    assert in_utc(event_from_cloud_event(plan, envelope)) == in_utc(event)
    (sent,) = read_events(plan, json.dumps([envelope]).encode(), "f.json")
    assert in_utc(sent.event) == in_utc(event)


def test_a_mark_in_an_envelope() -> None:
    envelope = {key: value for key, value in ENVELOPE.items() if key != "subject"}
    event = event_from_cloud_event(example_plan(), {**envelope, "type": "se.exempel.done", "data": REASON})
    assert event.type is None
    assert event.mark is not None
    assert (event.mark.kind, event.mark.rule, event.reason) == ("done", "stod.saljare", "gjort")


def test_plain_events_and_envelopes_may_stand_in_one_batch() -> None:
    mark = {"id": "m1", "done": MARK, "at": "2026-05-12 23:00"}
    sent = read_events(example_plan(), json.dumps([ENVELOPE, mark]).encode(), "f.json")
    assert [one.event.id for one in sent] == ["h1", "m1"]


@pytest.mark.parametrize(
    ("old", "new", "column", "says"),
    [
        ('"1.0"', '"0.3"', 3, "Bara version 1.0 av CloudEvents kan läsas. Skriv \"specversion\": \"1.0\"."),
        ('"source": "/mote", ', "", 3,
         "Kuvertet (CloudEvents) saknar source. Skriv vilket system den kommer från, utan något om en person."),
        ('"se.exempel.person_met"', '"se.exempel.person_mett"', 64, "Okänd händelsetyp 'person_mett'. Menade du 'person_met'?"),
        ('"S1 seller"', '"S1 seler"', 100, "Okänd roll eller relation 'seler'. Menade du 'seller'?"),
        ("21:10:00", "25:10:00", 121, "Tiden '2026-05-12T25:10:00+02:00' finns inte. Skriv till exempel 2013-05-14 21:10."),
        ("application/json; charset=utf-8", "text/xml", 150, "Innehållet måste vara JSON: application/json."),
        ('"child"', '"chidl"', 230, "Okänt värde 'chidl' för 'age'. Menade du 'child'?"),
        ('"facts"', '"fakts"', 213, "Okänd nyckel 'fakts'. Menade du 'facts'?"),
        ('"data":', '"data_base64": "e30=", "data":', 204, "Innehållet är kodat. Skriv det som ett objekt i data."),
        ('"known_at"', '"id": "h2", "known_at"', 31, "Kuvertet och dess data har olika id. Ta bort det i data."),
        ("se.exempel.person_met", "se.exempel.done", 56, "Kuvertets type slutar på done, men data har inget done."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, column: int, says: str) -> None:
    with pytest.raises(PlanError) as wrong:
        read_events(example_plan(), json.dumps([ENVELOPE]).replace(old, new).encode(), "f.json")
    assert str(wrong.value.problems[0]) == f"f.json:1:{column}: fel: {says}"


def test_data_that_is_no_object_is_refused() -> None:
    with pytest.raises(EventError, match=r"Innehållet \(data\) måste vara ett objekt"):
        event_from_cloud_event(example_plan(), {**ENVELOPE, "data": "facts"})


def test_nothing_about_a_person_gets_in_through_an_envelope_or_is_repeated() -> None:
    number = "19121212" + "-1212"
    with pytest.raises(PlanError) as wrong:
        read_events(example_plan(), json.dumps([{**ENVELOPE, "subject": f"{number} seller"}]).encode(), "f.json")
    assert number not in str(wrong.value)
    (sent,) = read_events(example_plan(), json.dumps([{**ENVELOPE, "partition": number}]).encode(), "f.json")
    assert number not in repr(sent.event)
