"""Section 5 of the contract, and 5.g: measures joined by `or`, of which one does for all."""

from __future__ import annotations

import pytest
from tests.stories import Story, plan_of

OR_ONE_WAY = """
rules:
- rule: polis
  for: seller
  then: [{must perform: larma, or: namnd/perform}]
- rule: namnd
  for: seller
  then: [{must perform: forhora, who: [socialnamnd-vuxen, aklagare]}]
"""
OR_BOTH_WAYS = OR_ONE_WAY.replace("who: [socialnamnd-vuxen, aklagare]", "who: [socialnamnd-vuxen, aklagare], or: polis/perform")


@pytest.mark.parametrize("plan", [OR_ONE_WAY, OR_BOTH_WAYS], ids=["one way", "both ways"])
def test_one_done_the_other_lapses_in_either_direction(plan: str) -> None:
    story = Story(plan_of(plan))
    story.event("person_met", "S1 seller")
    story.event("person_met", "S2 seller")
    story.mark("done", "polis/perform S1")
    assert story.statuses() == {
        "polis/perform S1 by polisen": "done",
        "namnd/perform S1 by socialnamnd-vuxen": "lapsed",
        "namnd/perform S1 by aklagare": "lapsed",
        "polis/perform S2 by polisen": "due",
        "namnd/perform S2 by socialnamnd-vuxen": "due",
        "namnd/perform S2 by aklagare": "due",
    }
    lapsed = story.decision("namnd/perform S1 by aklagare")
    assert lapsed is not None
    assert lapsed.replaced_by == "polis/perform"


def test_done_by_any_bearer_the_alternative_lapses_but_not_the_other_bearers() -> None:
    story = Story(plan_of(OR_ONE_WAY))
    story.event("person_met", "S1 seller")
    story.mark("done", "namnd/perform S1 by aklagare")
    assert story.statuses() == {
        "polis/perform S1 by polisen": "lapsed",
        "namnd/perform S1 by socialnamnd-vuxen": "due",
        "namnd/perform S1 by aklagare": "done",
    }


def test_what_is_done_itself_stays_done_when_the_alternative_is_done_too() -> None:
    story = Story(plan_of(OR_ONE_WAY))
    story.event("person_met", "S1 seller")
    story.mark("done", "polis/perform S1")
    story.mark("done", "namnd/perform S1 by aklagare")
    assert story.status("polis/perform S1") == "done"
    assert story.status("namnd/perform S1 by aklagare") == "done"


def test_an_alternative_is_due_again_when_what_was_done_instead_is_taken_back() -> None:
    story = Story(plan_of(OR_ONE_WAY))
    story.event("person_met", "S1 seller")
    mark = story.mark("done", "polis/perform S1")
    story.void(mark, "2013-05-14 15:00")
    assert set(story.statuses().values()) == {"due"}


def test_three_measures_joined_by_or_do_for_each_other() -> None:
    plan = plan_of("""
rules:
- {rule: a, for: seller, then: [{must perform: larma, or: b/perform}]}
- {rule: b, for: seller, then: [{must perform: forhora}]}
- {rule: c, for: seller, then: [{must perform: avvakta, or: b/perform}]}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    story.mark("done", "c/perform S1")
    assert [story.status(f"{rule}/perform S1") for rule in "abc"] == ["lapsed", "lapsed", "done"]


def test_what_is_due_only_after_its_alternative_was_done_is_never_shown() -> None:
    plan = plan_of("""
rules:
- rule: polis
  for: seller
  then: [{must perform: larma, or: namnd/perform}]
- rule: namnd
  for: seller
  when: {age: child}
  then: [{must perform: forhora}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    story.mark("done", "polis/perform S1")
    story.event("told", "S1", age="child")
    assert story.statuses() == {"polis/perform S1 by polisen": "done"}


def test_an_assess_that_its_value_has_done_lets_the_alternative_lapse() -> None:
    plan = plan_of("""
rules:
- rule: alder
  for: seller
  then:
  - {must assess: age}
  - {must perform: larma, or: alder/assess}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    assert story.live() == {"alder/assess S1", "alder/perform S1"}
    story.event("told", "S1", age="adult")
    assert (story.status("alder/assess S1"), story.status("alder/perform S1")) == ("done", "lapsed")


def test_what_had_ceased_before_the_alternative_was_done_was_not_replaced_by_it() -> None:
    """The first yes was taken back, so nothing followed from it any more; what follows from the second was replaced."""
    story = Story(plan_of("""
rules:
- {rule: stod, for: seller, then: [{must offer: samtal, with: polisen}]}
- {rule: folja, for: seller, each: {accepted: stod/offer}, then: [{should perform: larma}]}
- {rule: annat, for: seller, each: {accepted: stod/offer}, then: [{may inform: stod, or: folja/perform}]}
"""))
    story.event("person_met", "S1 seller")
    first = story.mark("accepted", "stod/offer S1")
    story.mark("declined", "stod/offer S1")
    second = story.mark("accepted", "stod/offer S1")
    story.mark("done", f"folja/perform S1 #{first}")
    found = {d.id.occurrence: (d.status, d.replaced_by) for d in story.answer().find("annat", "inform", "S1")}
    assert found == {first: ("lapsed", None), second: ("lapsed", "folja/perform")}
