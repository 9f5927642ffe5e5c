"""Whoever has gone is told of, searched for and judged to be in danger until found, and not after; a second time counts anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.plan_content.shipped import county, met_by_services, purchase, rules_due, seller
from tests.stories import Story

GONE = {
    "barn.forsvunnet", "barn.sok-efter-barnet", "malsagande.skydd-nar-personen-forsvinner", "saljare.forsvunnen-utan-polis",
    "kopare.under-18-forsvunnen", "hemmabarn.forsvunnet",
}  # fmt: skip


def child() -> tuple[Story, str]:
    story = Story(county())
    story.event("minor_involved", "S1 seller", "2026-05-12 10:00", stay_municipality="arboga")
    return story, "S1"


def adult() -> tuple[Story, str]:
    story = seller("2026-05-12 10:00")
    story.event("trafficking_suspected", "S1")
    return story, "S1"


def adult_unknown_to_the_police() -> tuple[Story, str]:
    story = met_by_services("2026-05-12 10:00")
    story.event("trafficking_suspected", "S1")
    return story, "S1"


def young_buyer() -> tuple[Story, str]:
    story = purchase("2026-05-12 10:00", buyer_age="child")
    story.event("child_placed", "B1")
    return story, "B1"


def child_in_the_home() -> tuple[Story, str]:
    story = seller("2026-05-12 10:00")
    story.event("child_found", "F1 parenthood of S1, C1 child", facts={"child.age": "child", "child.home_municipality": "sala"})
    story.event("child_placed", "C1")
    return story, "C1"


CASES = {
    child: {"barn.forsvunnet", "barn.sok-efter-barnet", "malsagande.skydd-nar-personen-forsvinner"},
    adult: {"malsagande.skydd-nar-personen-forsvinner"},
    adult_unknown_to_the_police: {"saljare.forsvunnen-utan-polis"},
    young_buyer: {"kopare.under-18-forsvunnen"},
    child_in_the_home: {"hemmabarn.forsvunnet"},
}


@pytest.mark.parametrize("who", CASES)
def test_until_found_and_not_after_and_anew_the_next_time(who: Callable[[], tuple[Story, str]]) -> None:
    story, person = who()
    assert rules_due(story) & GONE == set()
    story.event("went_missing", person, "2026-05-20 23:00", id="once")
    assert rules_due(story) & GONE == CASES[who]
    assert rules_due(story, "2026-05-21 07:59") & GONE == CASES[who]
    story.event("found_again", person, "2026-05-21 08:00")
    assert rules_due(story, "2026-05-28 12:00") & GONE == set()
    story.event("went_missing", person, "2026-06-02 23:00", id="twice")
    assert rules_due(story) & GONE == CASES[who]


def test_the_police_are_told_again_of_a_child_of_whom_they_were_told_before() -> None:
    story, _ = child()
    story.event("went_missing", "S1", "2026-05-20 23:00", id="once")
    story.mark("done", "barn.forsvunnet/underrattelse S1", "2026-05-20 23:30")
    story.event("found_again", "S1", "2026-05-21 08:00")
    assert not [d for d in story.answer().decisions if d.status == "due" and d.kind == "correction"]
    story.event("went_missing", "S1", "2026-06-02 23:00", id="twice")
    assert story.status("barn.forsvunnet/underrattelse S1 #twice") == "due"
    assert story.status("barn.forsvunnet/underrattelse S1 #once") == "done"


def test_it_doesnt_lapse_with_time_alone() -> None:
    story, _ = child()
    story.event("went_missing", "S1", "2026-05-20 23:00")
    assert rules_due(story, "2026-06-20 12:00") >= {"barn.forsvunnet", "barn.sok-efter-barnet"}
