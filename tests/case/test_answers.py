"""Answers are events like others: the engine and the oracle read them alike, and each says just what was answered (3.d, 3.e)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from tests.comparing import differences
from tests.generators.asking import Told, told
from tests.oracle import oracle_decide
from tests.plan_content.shipped import county

from samverkan.case.answered import best_type, reply_event
from samverkan.case.case import Case
from samverkan.decide.admission import check_event
from samverkan.decide.answer import Subject
from samverkan.decide.deciding import decide
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event
from samverkan.plan.answers import ANSWER, NO_VALUE

COUNTY = county()
COUNTY_NIGHT = datetime(2026, 5, 12, 21, 10, tzinfo=UTC)


def with_answers(seed: int) -> Told:
    """A story with a few answers in it, some without a value, some taken back."""
    story, chance = told(seed), Random(seed)
    events = list(story.events)
    subjects = [event.about.subject for event in events if event.about is not None]
    for number in range(chance.randint(1, 5)):
        fact = chance.choice(list(story.plan.facts.values()))
        at = story.as_of - timedelta(hours=chance.choice((45, 30, 12, 4, 0)))
        known_at = at + timedelta(hours=chance.choice((0, 0, 0, 6)))
        value = chance.choice([*fact.values, *NO_VALUE])
        subject = chance.choice([*subjects, "P9"])
        events.append(Event(f"a{number}", at, known_at, type=ANSWER, about=About(subject), facts=((fact.id, value),)))
        if chance.random() < 0.2:
            events.append(Event(f"a{number}", known_at, known_at + timedelta(hours=1), revision=2, void=True))
    return replace(story, events=tuple(events))


@pytest.mark.parametrize("first", [0, 60])
def test_the_oracle_reads_answers_alike(first: int) -> None:
    for seed in range(first, first + 60):
        story = with_answers(seed)
        told_by_oracle = oracle_decide(story.plan, story.events, story.as_of)
        assert differences(decide(story.plan, story.events, story.as_of), told_by_oracle) == [], seed


def test_answers_come_in_any_order() -> None:
    for seed in range(20):
        story = with_answers(seed)
        backwards = decide(story.plan, story.events[::-1], story.as_of)
        assert backwards == decide(story.plan, story.events, story.as_of)


def test_every_value_of_every_fact_can_be_answered_and_says_nothing_else() -> None:
    for fact in COUNTY.facts.values():
        subject = Subject("S1" if fact.of == "person" else "case" if fact.of == "case" else "K1", fact.of, tuple(COUNTY.roles))
        for value in (*fact.values, *NO_VALUE):
            event = reply_event(COUNTY, subject, fact.id, value, COUNTY_NIGHT, "person", "s1")
            check_event(COUNTY, event)
            assert event.facts == ((fact.id, value),)
            kind = COUNTY.events.get(event.type or "")
            assert (kind is None) == (event.type == ANSWER)
            if kind is not None:
                assert value in fact.values
                assert (kind.consent, kind.consent_for, kind.begins, kind.ends_role) == (None, None, False, False)
                said = [one for one in kind.says if one.path == fact.id or one.given]
                assert [(one.path, one.was) for one in said] == [(fact.id, None)]
                assert said[0].effect != "claims"


def test_what_establishes_comes_before_what_changes_and_little_before_much() -> None:
    subject = Subject("S1", "person", ("seller",))
    told_by = {
        (fact, value): kind.id if (kind := best_type(COUNTY, subject, COUNTY.facts[fact], value)) is not None else None
        for fact, value in (
            ("age", "child"), ("stay_municipality", "sala"), ("danger", "acute"), ("danger", "none"), ("gender", "man"),
            ("police_aware", "not_aware"), ("wants_reflection_period", "wants"),
        )
    }  # fmt: skip
    assert told_by == {
        ("age", "child"): "age_established",
        ("stay_municipality", "sala"): "municipality_found",
        ("danger", "acute"): "danger_reported",
        ("danger", "none"): "first_questions_answered",
        ("gender", "man"): "circumstances_found",
        ("police_aware", "not_aware"): None,
        ("wants_reflection_period", "wants"): None,
    }


@pytest.mark.parametrize("wrong", [None, 7, ["child"]])
@pytest.mark.parametrize("field", ["subject", "fact", "value", "whom"])
def test_an_answer_that_is_no_text_is_refused_as_other_answers_are(field: str, wrong: Any) -> None:
    met = Event("h1", COUNTY_NIGHT, COUNTY_NIGHT, type="person_met", about=About("S1", "person", "seller"))
    case = Case(COUNTY).fire(met).case
    given: dict[str, Any] = {"subject": "S1", "fact": "age", "value": "child", "whom": "person", field: wrong}
    if (field, wrong) == ("whom", None):
        assert case.reply(at=COUNTY_NIGHT, **given).case.events[-1].facts == (("age", "child"),)
    else:
        with pytest.raises(EventError, match=f"Fältet {field} ska vara en text"):
            case.reply(at=COUNTY_NIGHT, **given)
