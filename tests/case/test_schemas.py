"""What the published schemas say is what goes in and comes out, and every event that a reader refuses for its form they refuse."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from tests.generators.deliveries import Told, deliveries
from tests.stories import Story, example_plan

from samverkan.case.reading import KEYS, MARK_KINDS, event_to_json
from samverkan.case.schemas import answer_schema, events_schema
from samverkan.decide.asjson import FORMAT, answer_to_json
from samverkan.decide.deciding import decide
from samverkan.plan.schema import with_words

QUICK = settings(max_examples=40, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
MET = {"id": "h1", "event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10"}
CLOUD = {
    "specversion": "1.0", "id": "h1", "source": "/mote", "type": "se.exempel.person_met", "subject": "S1 seller",
    "time": "2026-05-12T21:10:00+02:00", "data": {"facts": {"age": "child"}},
}  # fmt: skip


@cache
def answers() -> Draft202012Validator:
    schema = answer_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@cache
def events(words: bool = False) -> Draft202012Validator:
    schema = with_words(events_schema(), example_plan()) if words else events_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@QUICK
@given(deliveries().filter(lambda told: bool(told.events)))
def test_every_event_and_every_answer_is_as_its_schema_says(told: Told) -> None:
    sent = [event_to_json(event) for event in told.events]
    assert [e.message for e in events().iter_errors(sent)] == []
    for as_of in told.asked:
        answer = answer_to_json(decide(told.plan, told.events, as_of), told.plan)
        assert [f"{e.json_path}: {e.message}" for e in answers().iter_errors(answer)] == []


def test_an_answer_with_everything_in_it_is_as_its_schema_says() -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", "2026-05-16 23:10", age="child", stay_municipality="hallstahammar")
    story.event("buyer_caught", "K1 purchase of -, S1", "2026-05-16 23:20", agreement="reached", payment="handed_over")
    answer = answer_to_json(story.answer(), story.plan)
    assert [e.message for e in answers().iter_errors(answer)] == []
    assert answer["format"] == FORMAT == answers().schema["properties"]["format"]["const"]
    assert any(None in subject.get("ends", ()) for subject in answer["subjects"])


@pytest.mark.parametrize("at", ["format", "decisions", "plan"])
def test_an_answer_without_its_version_or_its_parts_is_none(at: str) -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", "2026-05-16 23:10", age="child")
    answer = answer_to_json(story.answer(), story.plan)
    assert answers().is_valid(answer)
    assert not answers().is_valid({key: value for key, value in answer.items() if key != at})
    assert not answers().is_valid({**answer, "mer": 1})


def test_the_schema_of_events_has_the_keys_that_are_read() -> None:
    defs = events_schema()["$defs"]
    assert set(defs["Event"]["properties"]) == {*KEYS, "type"}
    assert set(defs["Envelope"]["properties"]["data"]["properties"]) == set(KEYS)


WRONG: list[dict[str, Any]] = [
    {"id": "h1"},
    {**MET, "id": "h 1"},
    {**MET, "revision": 0},
    {**MET, "facts": {"age": 17}},
    {**MET, "event": ""},
    {**MET, "mer": "x"},
    {**MET, "void": "ja"},
    {**CLOUD, "specversion": "0.3"},
    {**CLOUD, "data": {"mer": "x"}},
    {**CLOUD, "data_base64": "e30="},
    {**CLOUD, "datacontenttype": "text/xml"},
    {key: value for key, value in CLOUD.items() if key != "source"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_has_another_form_is_none(wrong: dict[str, Any]) -> None:
    assert not events().is_valid([wrong])


RIGHT = [MET, CLOUD, {**CLOUD, "traceparent": "00-1"}, {"id": "h1", "revision": 2, "void": True}]


@pytest.mark.parametrize("right", RIGHT, ids=str)
def test_what_has_the_form_is_one(right: dict[str, Any]) -> None:
    assert events().is_valid([right])
    assert not events().is_valid(right), "a single event isn't a list"
    assert not events().is_valid([])


def test_with_a_plan_the_schema_names_its_words() -> None:
    assert events(words=True).is_valid([MET])
    assert not events(words=True).is_valid([{**MET, "event": "person_mett"}])
    assert events().is_valid([{**MET, "event": "person_mett"}])


@pytest.mark.parametrize("kind", MARK_KINDS)
def test_a_mark_needs_no_event(kind: str) -> None:
    assert events().is_valid([{"id": "m1", kind: "stod.saljare/information S1", "at": "2026-05-12 22:00"}])
