"""An instant that a host gives has a zone and lies within the years: else the answer would depend on where the program runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from tests.case.telling import Lived
from tests.stories import plan_of

from samverkan.case.answered import reply_event
from samverkan.case.case import Case
from samverkan.case.questions_as_json import questions_to_json
from samverkan.case.reminders import reminders_to_ics
from samverkan.decide.answer import Subject
from samverkan.decide.deciding import decide
from samverkan.decide.errors import EventError

RULES = """
rules:
- rule: anmal
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must perform: larma, deadline: 1 day}]
"""
NOON = datetime(2026, 5, 13, 12, tzinfo=UTC)
WRONG: dict[str, tuple[Any, str]] = {
    "naive": (NOON.replace(tzinfo=None), "saknar tidszon"),
    "too early": (NOON.replace(year=1899), "ligger utanför åren 1900–2199"),
    "too late": (NOON.replace(year=2200), "ligger utanför åren 1900–2199"),
    "a day": (date(2026, 5, 13), "är ingen tidpunkt"),
    "text": ("2026-05-13 12:00", "är ingen tidpunkt"),
}


@cache
def case() -> Case:
    told = Lived(plan_of(RULES))
    told.event("person_met", "S1 seller", "2026-05-12 21:10", facts={"age": "child"})
    told.done(told.case.add_measure("ring", "polisen", "Ring igen.", "Det behövs.", told.when("2026-05-12 21:20")))
    return told.case


def closed() -> Case:
    return Case(case().plan).close(NOON, "Klart.").case


WAYS_IN: dict[str, Callable[[Any], object]] = {
    "at": lambda t: case().at(t),
    "decisions": lambda t: case().decisions(t),
    "shown_at": lambda t: case().shown_at(t),
    "blockers": lambda t: case().blockers(t),
    "questions": lambda t: case().questions(t),
    "reminders": lambda t: case().reminders(t),
    "why": lambda t: case().why("anmal/perform S1", t),
    "why of an id": lambda t: case().why(case().decisions(NOON).decisions[0].id, t),
    "named": lambda t: case().named("anmal/perform S1", t),
    "why_not": lambda t: case().why_not("anmal", "S1", t),
    "what_if": lambda t: case().what_if(replace(case().events[0], id="x"), t),
    "what_if, an event's": lambda t: case().what_if([replace(case().events[0], id="x"), replace(case().events[0], id="y", at=t)]),
    "fire": lambda t: case().fire(replace(case().events[0], id="x"), now=t),
    "fire, at": lambda t: case().fire(replace(case().events[0], id="x", at=t)),
    "fire, known_at": lambda t: case().fire(replace(case().events[0], id="x", known_at=t)),
    "fire, not strict": lambda t: case().fire(replace(case().events[0], id="x", at=t, known_at=t), strict=False),
    "replay": lambda t: Case.replay(case().plan, [replace(case().events[0], at=t, known_at=t)]),
    "reply": lambda t: case().reply("S1", "age", "adult", t),
    "reply_event": lambda t: reply_event(case().plan, Subject("S1", "person", ("seller",)), "age", "adult", t),
    "advance": lambda t: case().advance(t),
    "add_measure": lambda t: case().add_measure("a", "polisen", "Ring.", "Det behövs.", t),
    "end_measure": lambda t: case().end_measure("ring", "done", t, "Klart."),
    "close": lambda t: Case(case().plan).close(t, "Klart."),
    "reopen": lambda t: closed().reopen(t, "Mer har hänt."),
    "migrate": lambda t: case().migrate(case().plan, t, "Ny version."),
    "hand_over": lambda t: case().hand_over(case().plan, "socialnamnd-barn", t, "Hon flyttar."),
    "of_log": lambda t: Case.of_log(case().plan, [replace(case().log[0], at=t)]),
    "decide": lambda t: decide(case().plan, case().events, t),
    "reminders_to_ics": lambda t: reminders_to_ics(case().reminders(), "a-17", t),
    "questions_to_json": lambda t: questions_to_json(case().questions(), case().plan, t),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("way", WAYS_IN)
def test_every_way_in_refuses_an_instant_that_is_none(way: str, wrong: str) -> None:
    given, said = WRONG[wrong]
    with pytest.raises(EventError, match=said):
        WAYS_IN[way](given)


def test_a_measure_that_people_add_is_due_at_an_instant_with_a_zone() -> None:
    for wrong in ("naive", "too late"):
        given, said = WRONG[wrong]
        with pytest.raises(EventError, match=said):
            case().add_measure("a", "polisen", "Ring.", "Det behövs.", NOON, given)


def test_every_public_method_that_takes_an_instant_is_tried() -> None:
    takes = {
        name
        for name in dir(Case)
        if not name.startswith("_") and callable(method := getattr(Case, name)) and "datetime" in str(method.__annotations__)
    }
    assert takes <= WAYS_IN.keys()
    assert len(takes) > 14
