"""§1 of the contract: what the door of a case refuses, and what `decide` makes of what is impossible or about nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.decide.promises.probing import probed, value
from tests.stories import Story, plan_of, problems_of

from samverkan.case.case import Case
from samverkan.case.reading import event_from_json
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.plan.model import Plan

Data = Mapping[str, Any]
PROBED = probed()
ROLES = plan_of(
    """
rules:
- {rule: saljare, for: seller, then: [{must inform: stod}]}
- {rule: kopare, for: buyer, then: [{must inform: stod}]}
"""
)


def fired(plan: Plan, *data: Data, strict: bool = True) -> Case:
    """A case into which events have been fired one after the other."""
    case = Case(plan)
    for number, one in enumerate(data):
        case = case.fire(event_from_json(plan, one, f"e{number + 1}"), strict=strict).case
    return case


IMPOSSIBLE = """
impossible:
- for: person
  facts: {citizenship: swedish, permit: none}
  because: En svensk medborgare har alltid rätt att vara här.
rules: []
"""
SWEDISH: Data = {"event": "person_met", "about": "S1 seller", "at": "2013-05-14 12:00", "facts": {"citizenship": "swedish"}}
NO_PERMIT: Data = {"event": "told", "about": "S1", "at": "2013-05-14 13:00", "facts": {"permit": "none"}}
NOBODY: Data = {"event": "told", "about": "S9", "at": "2013-05-14 13:00", "facts": {"age": "child"}}
EARLY: Data = {"event": "person_met", "about": "S1 seller", "at": "2009-12-31 23:59", "facts": {"age": "child"}}


def test_an_impossible_combination_needs_a_reason() -> None:
    text = "impossible: [{for: person, facts: {citizenship: swedish, permit: none}}]"
    assert ["because" in p.text for p in problems_of(text) if p.severity == "error"] == [True]


def test_fire_refuses_what_leads_to_an_impossible_combination() -> None:
    plan = plan_of(IMPOSSIBLE)
    case = fired(plan, SWEDISH)
    with pytest.raises(EventError, match="stämma tillsammans"):
        case.fire(event_from_json(plan, NO_PERMIT, "e2"))
    assert case.events == fired(plan, SWEDISH).events


def test_fire_refuses_an_event_about_a_relation_that_makes_its_end_impossible() -> None:
    text = IMPOSSIBLE + "\nevents: {seen: {label: sett, about: purchase, claims: [seller.citizenship, seller.permit]}}"
    plan = plan_of(text)
    bought = {"event": "buyer_caught", "about": "K1 purchase of B1, S1", "at": "2013-05-14 12:30"}
    seen: Data = {"event": "seen", "about": "K1", "at": "2013-05-14 13:00", "facts": {"seller.permit": "none"}}
    with pytest.raises(EventError, match="stämma tillsammans"):
        fired(plan, SWEDISH, bought, seen)


def test_fire_does_not_refuse_an_event_that_an_impossible_combination_merely_precedes() -> None:
    plan = plan_of(IMPOSSIBLE)
    case = fired(plan, SWEDISH, NO_PERMIT, strict=False)
    told: Data = {"event": "report_received", "about": "S1", "at": "2013-05-14 14:00"}
    assert len(case.fire(event_from_json(plan, told, "e3")).case.events) == 3


def test_fire_refuses_an_event_about_nobody() -> None:
    with pytest.raises(EventError, match="S9"):
        fired(ROLES, SWEDISH, NOBODY)


def test_fire_refuses_an_event_dated_before_the_plan_but_not_an_offence() -> None:
    with pytest.raises(EventError, match="före planens giltighet"):
        fired(ROLES, EARLY)
    bought = {
        "event": "buyer_caught", "about": "K1 purchase of B1, S1", "at": "2013-05-14 12:00", "offence_at": "2009-12-31"
    }  # fmt: skip
    assert len(fired(ROLES, bought).events) == 1


@pytest.mark.parametrize("late", [NO_PERMIT, NOBODY, {**EARLY, "about": "S2 seller"}], ids=["impossible", "nobody", "early"])
def test_fire_takes_it_where_it_is_not_strict_and_so_does_replay(late: Data) -> None:
    plan = plan_of(IMPOSSIBLE)
    case = fired(plan, SWEDISH, late, strict=False)
    again = Case.replay(plan, [event_from_json(plan, one, f"e{n + 1}") for n, one in enumerate((SWEDISH, late))])
    as_of = event_from_json(plan, NO_PERMIT, "x").at
    assert len(case.events) == 2
    assert case.decisions(as_of) == again.decisions(as_of)


def test_decide_reads_an_impossible_combination_as_unknown_and_asks() -> None:
    story = Story(probed(IMPOSSIBLE))
    story.event("person_met", "S1 seller", citizenship="swedish", permit="none", age="adult")
    assert (value(story, "S1", "citizenship"), value(story, "S1", "permit")) == ("unknown", "unknown")
    assert value(story, "S1", "age") == "adult"
    assert [(q.subject, q.fact) for q in story.questions("impossible")] == [("S1", "citizenship, permit")]


def test_impossible_combinations_are_judged_on_the_values_at_the_instant_asked_about() -> None:
    """1.f"""
    story = Story(probed(IMPOSSIBLE))
    story.event("person_met", "S1 seller", at="2013-05-14 12:00", citizenship="other", permit="none")
    story.event("changed", "S1", at="2013-05-14 13:00", citizenship="swedish")
    story.event("changed", "S1", at="2013-05-14 14:00", permit="has")
    seen = [(value(story, "S1", "citizenship", f"2013-05-14 {at}"), len(story.questions("impossible", f"2013-05-14 {at}")))
            for at in ("12:30", "13:30", "14:30")]  # fmt: skip
    assert seen == [("other", 0), ("unknown", 1), ("swedish", 0)]


def test_only_a_combination_that_is_wholly_true_is_impossible() -> None:
    story = Story(probed(IMPOSSIBLE))
    story.event("person_met", "S1 seller", citizenship="swedish")
    assert value(story, "S1", "citizenship") == "swedish"
    assert not story.questions("impossible")


def test_decide_lets_an_event_about_nobody_hang_and_asks() -> None:
    story = Story(PROBED)
    story.event("person_met", "S1 seller")
    hanging = story.event("told", "S9", age="child")
    assert [(q.subject, q.events) for q in story.questions("hanging")] == [("S9", (hanging,))]
    assert value(story, "S9", "age") is None


def test_decide_takes_a_mark_on_no_decision_as_on_nothing_and_asks() -> None:
    story = Story(ROLES)
    story.event("person_met", "S1 seller")
    stray = story.mark("done", "kopare/inform S1")
    assert [(q.subject, q.rules, q.events) for q in story.questions("nothing_marked")] == [("S1", ("kopare",), (stray,))]
    assert story.status("saljare/inform S1") == "due"


def test_events_are_frozen_and_stay_as_they_were_read() -> None:
    event = event_from_json(ROLES, {"event": "person_met", "about": "S1 seller", "at": "2013-05-14 12:00"}, "e1")
    before = repr(event)
    Case(ROLES).fire(event)
    assert repr(event) == before
    assert isinstance(event, Event)
