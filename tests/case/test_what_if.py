"""What some events would change is what firing them changes, and the case stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft202012Validator
from tests.case.test_case import without_refused
from tests.generators import Case as Drawn
from tests.generators import cases
from tests.stories import Story, example_plan

from samverkan.case.case import Case
from samverkan.case.explanations import WhatIf, explanation_to_json
from samverkan.case.reading import event_from_json
from samverkan.case.schemas import explanation_schema
from samverkan.decide.deciding import decide
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event

QUICK = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
STATUSES = ("due", "ask_first", "done", "declined", "lapsed", "withdrawn")


@QUICK
@given(cases().map(without_refused))
def test_it_is_the_difference_that_the_events_make_and_the_case_stays_as_it_was(drawn: Drawn) -> None:
    assume(len(drawn.events) > 1)
    now = max(event.known_at for event in drawn.events)
    half = len(drawn.events) // 2
    case = Case.replay(drawn.plan, drawn.events[:half])
    was, events = case.decisions(now), case.events
    told = case.what_if(drawn.events[half:], now, strict=False)
    before = {d.id: d.status for d in decide(drawn.plan, drawn.events[:half], now).decisions}
    after = {d.id: d.status for d in decide(drawn.plan, drawn.events, now).decisions}
    newly = {(d, status) for d, status in after.items() if before.get(d) != status}
    assert {(d.id, d.status) for status in STATUSES for d in getattr(told, status)} == newly
    assert (case.decisions(now), case.events) == (was, events)


def met(at: str = "2017-05-16 12:00") -> Story:
    story = Story(example_plan())
    story.event("trafficking_suspected", "S1 seller", at)
    return story


def event(story: Story, **keys: object) -> Event:
    return event_from_json(story.plan, {"id": "tänkt", "at": "2017-05-16 13:00", **keys})


def test_a_consent_lets_somebody_know_and_it_is_said_whom_and_what() -> None:
    story = met()
    case = Case.replay(story.plan, story.events)
    told = case.what_if(event(story, event="consent_given", about="S1", recipient="regionkoordinator", telling="identity"))
    (one,) = told.disclosed
    assert (one.function, one.telling, one.person, one.consent, one.status) == (
        "regionkoordinator", "identity", "S1", "regionkoordinator", "due",
    )  # fmt: skip
    assert "Vem som skulle få veta vad\n" in told.text
    assert "får veta även vem det gäller: S1 (samtycke från S1)." in told.text
    data = explanation_to_json(told, story.plan)
    assert list(Draft202012Validator(explanation_schema(WhatIf)).iter_errors(data)) == []
    assert data["format"] == "samverkan-what-if/1"


def test_what_falls_away_and_what_needs_no_answer_any_more() -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", "2013-05-14 21:10")
    case = Case.replay(story.plan, story.events)
    told = case.what_if(event(story, event="age_established", about="S1", facts={"age": "adult"}, at="2013-05-15 09:00"))
    assert told.answered
    assert "Det här skulle inte längre behöva tas reda på" in told.text


def test_nothing_changes() -> None:
    story = met()
    case = Case.replay(story.plan, story.events)
    told = case.what_if([])
    assert not any(getattr(told, status) for status in STATUSES)
    assert "Ingenting skulle ändras." in told.text


def test_an_event_that_the_case_would_refuse_is_refused() -> None:
    story = met()
    case = Case.replay(story.plan, story.events)
    with pytest.raises(EventError, match="som inte finns i ärendet"):
        case.what_if(event(story, event="consent_given", about="S9", recipient="regionkoordinator", telling="identity"))
    assert case.now is not None
    assert case.what_if([], case.now + timedelta(days=1)).as_of == case.now + timedelta(days=1)
