"""Section 5 of the contract, and 5.b: an offer is made, accepted or declined, and nothing else is."""

from __future__ import annotations

import pytest
from tests.stories import Story, plan_of

OFFER = """
rules:
- rule: stod
  for: seller
  then: [{must offer: samtal, with: socialnamnd-vuxen, deadline: at once}]
- rule: folja
  for: seller
  each: {accepted: stod/offer}
  then: [{should perform: larma, deadline: 14 days}]
"""


def test_a_decline_is_recorded_and_not_pressed() -> None:
    story = Story(plan_of(OFFER))
    story.event("person_met", "S1 seller")
    no = story.mark("declined", "stod/offer S1")
    found = story.decision("stod/offer S1", "2014-05-14 12:00")
    assert found is not None
    assert (found.status, found.ended_by, found.flags) == ("declined", (no,), ())


def test_a_later_no_takes_an_acceptance_back_and_what_followed_from_it_lapses() -> None:
    story = Story(plan_of(OFFER))
    story.event("person_met", "S1 seller")
    yes = story.mark("accepted", "stod/offer S1")
    assert story.status("stod/offer S1") == "done"
    assert story.status(f"folja/perform S1 #{yes}") == "due"
    story.mark("declined", "stod/offer S1")
    assert story.status("stod/offer S1") == "declined"
    assert story.status(f"folja/perform S1 #{yes}") == "lapsed"


def test_a_yes_after_a_no_is_an_acceptance_of_its_own() -> None:
    story = Story(plan_of(OFFER))
    story.event("person_met", "S1 seller")
    first = story.mark("accepted", "stod/offer S1")
    story.mark("declined", "stod/offer S1")
    again = story.mark("accepted", "stod/offer S1")
    assert story.status("stod/offer S1") == "done"
    assert story.status(f"folja/perform S1 #{first}") == "lapsed"
    assert story.status(f"folja/perform S1 #{again}") == "due"


def test_a_yes_and_a_no_at_one_instant_are_a_no() -> None:
    story = Story(plan_of(OFFER))
    story.event("person_met", "S1 seller")
    story.mark("declined", "stod/offer S1", "2013-05-14 13:00", id="a")
    story.mark("accepted", "stod/offer S1", "2013-05-14 13:00", id="b", known_at="2013-05-14 14:00")
    assert story.status("stod/offer S1") == "declined"
    assert "folja/perform S1" not in story.live()


def test_answers_count_by_when_they_were_given_not_by_when_they_became_known() -> None:
    story = Story(plan_of(OFFER))
    story.event("person_met", "S1 seller")
    story.mark("declined", "stod/offer S1", "2013-05-14 14:00")
    story.mark("accepted", "stod/offer S1", "2013-05-14 13:00", known_at="2013-05-14 15:00")
    assert story.status("stod/offer S1") == "declined"


def test_that_the_offer_was_made_counts_where_there_is_no_answer() -> None:
    story = Story(plan_of(OFFER))
    story.event("person_met", "S1 seller")
    story.mark("declined", "stod/offer S1")
    story.mark("done", "stod/offer S1")
    assert story.status("stod/offer S1") == "declined"
    story.event("person_met", "S2 seller")
    story.mark("done", "stod/offer S2")
    assert story.status("stod/offer S2") == "done"


@pytest.mark.parametrize("kind", ["accepted", "declined"])
@pytest.mark.parametrize("measure", ["notify", "perform", "inform"])
def test_only_an_offer_is_accepted_or_declined(kind: str, measure: str) -> None:
    plan = plan_of("""
rules:
- rule: alla
  for: seller
  then: [{must notify: socialnamnd-barn}, {must perform: larma}, {must inform: stod}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    mark = story.mark(kind, f"alla/{measure} S1")
    assert story.status(f"alla/{measure} S1") == "due"
    (asked,) = story.questions("nothing_marked")
    assert (asked.subject, asked.events) == ("S1", (mark,))
