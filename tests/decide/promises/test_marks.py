"""Section 5 of the contract, and 5.b: which decision a mark is on, and that what was done survives corrections."""

from __future__ import annotations

from itertools import permutations

import pytest
from tests.stories import Story, plan_of

CHILD = """
rules:
- rule: barn
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
"""
NAMED = "barn/notify S1"


def child(plan: str = CHILD) -> Story:
    """A child met at noon, so that a notification is due."""
    story = Story(plan_of(plan))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", id="met", age="child")
    assert story.status(NAMED) == "due"
    return story


REPORT = """
rules:
- rule: beslut
  for: person
  each: report_received
  then: [{must perform: larma, deadline: 14 days}]
"""


def reports() -> tuple[Story, str, str]:
    story = Story(plan_of(REPORT))
    story.event("person_met", "S1 seller", "2013-05-14 08:00")
    first = story.event("report_received", "S1", "2013-05-14 10:00")
    second = story.event("report_received", "S1", "2013-05-16 10:00", known_at="2013-05-18 10:00")
    return story, first, second


@pytest.mark.parametrize(
    ("at", "known_at", "on"),
    [
        ("2013-05-15 10:00", "2013-05-15 10:00", "first"),
        ("2013-05-17 10:00", "2013-05-17 10:00", "first"),  # the second wasn't known when the mark became known
        ("2013-05-17 10:00", "2013-05-19 10:00", "second"),
        ("2013-05-16 10:00", "2013-05-18 10:00", "second"),
        ("2013-05-16 09:59", "2013-05-19 10:00", "first"),
        ("2013-05-14 09:00", "2013-05-19 10:00", "first"),  # before both: on the first
    ],
)
def test_a_mark_without_occurrence_is_on_the_last_that_lay_before_it_and_was_known(at: str, known_at: str, on: str) -> None:
    story, first, second = reports()
    story.mark("done", "beslut/perform S1", at, known_at=known_at)
    done = [o for o in (first, second) if story.status(f"beslut/perform S1 #{o}", "2013-05-20 10:00") == "done"]
    assert done == [first if on == "first" else second]


def test_a_mark_that_names_its_occurrence_is_on_that() -> None:
    story, first, second = reports()
    story.mark("done", f"beslut/perform S1 #{first}", "2013-05-19 10:00")
    assert story.status(f"beslut/perform S1 #{first}") == "done"
    assert story.status(f"beslut/perform S1 #{second}") == "due"


def test_where_an_occurrence_lay_is_read_as_it_was_known_when_the_mark_became_known() -> None:
    story, first, second = reports()
    story.mark("done", "beslut/perform S1", "2013-05-17 10:00", known_at="2013-05-19 10:00")
    assert story.status(f"beslut/perform S1 #{second}", "2013-05-19 10:00") == "done"
    story.revise(second, "2013-05-20 10:00", at="2013-05-18 09:00")
    assert story.status(f"beslut/perform S1 #{second}") == "done", "it was about that one, whenever that was"
    assert story.status(f"beslut/perform S1 #{first}") == "due"


def test_what_was_done_about_an_occurrence_survives_its_correction() -> None:
    story, first, _ = reports()
    story.mark("done", f"beslut/perform S1 #{first}", "2013-05-15 10:00")
    story.revise(first, "2013-05-19 10:00", at="2013-05-13 10:00")
    assert story.status(f"beslut/perform S1 #{first}") == "done"


def test_marks_and_revisions_delivered_in_any_order_say_the_same() -> None:
    story = child()
    story.mark("done", NAMED, "2013-05-14 12:30")
    story.event("established", "S1", "2013-05-15 09:00", age="adult")
    story.revise("met", "2013-05-16 09:00", facts={"age": "maybe_child"})
    expected = story.answer("2013-05-16 09:00")
    for order in permutations(story.events):
        story.events = list(order)
        assert story.answer("2013-05-16 09:00") == expected
