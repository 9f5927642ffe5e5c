"""Section 5 of the contract: what becomes of a decision, and when somebody has to be told again or told otherwise."""

from __future__ import annotations

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


# ---------------------------------------------------------------------------------------- acknowledged, done, declined


def test_acknowledged_is_a_flag_and_ends_nothing() -> None:
    story = child()
    story.mark("acknowledged", NAMED, "2013-05-14 12:10")
    found = story.decision(NAMED, "2013-05-14 12:30")
    assert found is not None
    assert (found.status, found.flags) == ("due", ("acknowledged",))
    assert story.flags(NAMED, "2013-05-14 13:00") == ("acknowledged", "overdue")


def test_done_stays_done_when_its_ground_goes_and_returns() -> None:
    story = child()
    mark = story.mark("done", NAMED)
    story.event("changed", "S1", "2013-05-15 12:00", age="adult")
    assert story.status(NAMED) == "done"
    story.event("changed", "S1", "2013-05-16 12:00", age="child")
    found = story.decision(NAMED)
    assert found is not None
    assert (found.status, found.ended_by, found.since) == ("done", (mark,), None)


def test_a_mark_dated_before_the_decision_was_shown_counts() -> None:
    story = Story(plan_of(CHILD))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", known_at="2013-05-14 18:00", age="child")
    story.mark("done", NAMED, "2013-05-14 12:30")
    assert story.statuses("2013-05-14 17:59") == {}
    assert story.status(NAMED, "2013-05-14 18:00") == "done"


def test_a_mark_on_a_decision_that_was_never_shown_is_on_nothing_and_asks() -> None:
    story = Story(plan_of(CHILD))
    story.event("person_met", "S1 seller", age="adult")
    mark = story.mark("done", NAMED)
    assert story.statuses() == {}
    assert [(q.subject, q.rules, q.events) for q in story.questions("nothing_marked")] == [("S1", ("barn",), (mark,))]


def test_a_mark_that_is_taken_back_makes_it_due_again() -> None:
    story = child()
    mark = story.mark("done", NAMED, "2013-05-14 12:30")
    story.void(mark, "2013-05-14 14:00")
    found = story.decision(NAMED)
    assert found is not None
    assert (found.status, found.since) == ("due", story.when("2013-05-14 14:00"))


# ------------------------------------------------------------------------------------------------ lapsed or withdrawn


def test_a_ground_that_was_there_and_goes_makes_it_lapse() -> None:
    story = child()
    turned = story.event("turned_18", "S1", "2013-06-01 00:00")
    found = story.decision(NAMED)
    assert found is not None
    assert (found.status, found.ended_by, found.ended_at) == ("lapsed", (turned,), story.when("2013-06-01 00:00"))


def test_a_ground_that_was_never_there_makes_it_withdrawn() -> None:
    story = child()
    found_out = story.event("established", "S1", "2013-05-15 09:00", age="adult")
    found = story.decision(NAMED)
    assert found is not None
    assert (found.status, found.ended_by) == ("withdrawn", (found_out,))


def test_an_event_that_is_taken_back_withdraws_what_rested_on_it() -> None:
    story = child()
    story.event("person_met", "S1 seller")
    story.void("met", "2013-05-15 09:00")
    assert story.status(NAMED) == "withdrawn"


def test_a_ground_that_only_later_knowledge_puts_into_the_spell_makes_it_lapse() -> None:
    """Not at the spell's start as now known, but at an event within it: the change to adult, re-dated, lay after a stretch
    as a child that began during the spell."""
    story = Story(plan_of(CHILD))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child")
    story.event("changed", "S1", "2013-05-14 11:00", age="adult", known_at="2013-05-14 20:00", id="adult")
    story.event("changed", "S1", "2013-05-14 15:00", age="child", known_at="2013-05-14 20:00")
    story.event("changed", "S1", "2013-05-14 18:00", age="adult", known_at="2013-05-14 20:00")
    assert story.status(NAMED, "2013-05-14 19:59") == "due"
    assert story.status(NAMED, "2013-05-14 20:00") == "lapsed"
    other = Story(plan_of(CHILD))
    other.event("person_met", "S1 seller", "2013-05-14 12:00", age="child")
    other.event("changed", "S1", "2013-05-14 11:00", age="adult", known_at="2013-05-14 20:00")
    assert other.status(NAMED) == "withdrawn"


def test_the_instant_at_which_a_spell_ended_does_not_lie_in_it() -> None:
    story = Story(plan_of(CHILD))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child")
    change = story.event("changed", "S1", "2013-05-14 15:00", age="adult")
    story.event("established", "S1", "2013-05-14 13:00", age="adult", known_at="2013-05-14 20:00")
    story.event("changed", "S1", "2013-05-14 16:00", age="adult", known_at="2013-05-14 20:00")
    story.revise(change, "2013-05-14 20:00", facts={"age": "child"})
    assert story.status(NAMED, "2013-05-14 19:59") == "lapsed"
    assert story.status(NAMED, "2013-05-14 20:00") == "withdrawn"


UNKNOWN_TOO = """
rules:
- rule: barn
  for: seller
  when: {age: [child, unknown]}
  then: [{must notify: socialnamnd-barn}, {must perform: larma}]
"""


@pytest.mark.parametrize("outcome", ["established", "told"])
def test_an_atom_that_was_true_by_naming_unknown_counts_as_having_been_true(outcome: str) -> None:
    story = Story(plan_of(UNKNOWN_TOO))
    story.event("person_met", "S1 seller")
    assert story.status("barn/perform S1") == "due"
    story.event(outcome, "S1", age="adult")
    assert story.status("barn/perform S1") == "lapsed"


def test_but_not_where_a_value_that_was_wrong_had_been_shown() -> None:
    story = Story(plan_of(UNKNOWN_TOO))
    story.event("person_met", "S1 seller", age="child")
    assert story.status("barn/perform S1") == "due"
    story.event("established", "S1", age="adult")
    assert story.status("barn/perform S1") == "withdrawn"


def test_nor_where_another_condition_was_never_true() -> None:
    plan = plan_of("""
rules:
- rule: barn
  for: seller
  when: {age: [child, unknown], gender: woman}
  then: [{must perform: larma}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", gender="woman")
    story.event("established", "S1", gender="man")
    assert story.status("barn/perform S1") == "withdrawn"


def test_unknown_shown_inside_a_conclusion_counts_too() -> None:
    plan = plan_of("""
conclusions:
  kan_vara_barn: {of: seller, label: kan vara barn, when: {age: [child, unknown]}, because: [lag/grund]}
rules:
- {rule: barn, for: seller, when: {kan_vara_barn: true}, then: [{must perform: larma}]}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    story.event("established", "S1", age="adult")
    assert story.status("barn/perform S1") == "lapsed"


def test_an_exception_that_comes_makes_it_lapse_and_one_that_always_was_withdraws_it() -> None:
    plan = plan_of("""
rules:
- rule: barn
  for: seller
  unless: [{age: adult}]
  then: [{must perform: larma}]
""")
    for told, status in (("changed", "lapsed"), ("established", "withdrawn")):
        story = Story(plan)
        story.event("person_met", "S1 seller")
        story.event(told, "S1", age="adult")
        assert story.status("barn/perform S1") == status


OVERRIDE = """
rules:
- {rule: barn, for: seller, when: {age: child}, then: [{must perform: larma}]}
- rule: hellre
  for: seller
  when: {gender: woman}
  then: [{must perform: forhora}]
  overrides: {rule: barn, because: Det räcker med ett.}
"""


@pytest.mark.parametrize("told", ["told", "established", "changed"])
def test_what_another_rule_replaces_lapses_however_that_became_known(told: str) -> None:
    story = Story(plan_of(OVERRIDE))
    story.event("person_met", "S1 seller", age="child")
    story.event(told, "S1", gender="woman")
    found = story.decision("barn/perform S1")
    assert found is not None
    assert (found.status, found.replaced_by) == ("lapsed", "hellre")


def test_what_is_replaced_and_never_had_a_ground_is_withdrawn() -> None:
    story = Story(plan_of(OVERRIDE))
    story.event("person_met", "S1 seller", age="child")
    story.event("told", "S1", gender="woman")
    story.event("established", "S1", age="adult")
    assert story.status("barn/perform S1") == "withdrawn"


def test_what_ends_with_the_rules_validity_lapses_at_midnight() -> None:
    plan = plan_of("""
rules:
- {rule: barn, for: seller, when: {age: child}, then: [{must perform: larma}], valid: {until: 2013-05-14}}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child")
    assert story.status("barn/perform S1", "2013-05-14 23:59") == "due"
    found = story.decision("barn/perform S1", "2013-05-15 00:00")
    assert found is not None
    assert (found.status, found.ended_at) == ("lapsed", story.when("2013-05-15 00:00"))
    story.event("established", "S1", "2013-05-16 12:00", age="adult")
    assert story.status("barn/perform S1") == "withdrawn"


def test_a_role_that_ends_makes_it_lapse_and_one_that_never_was_withdraws_it() -> None:
    plan = plan_of("rules: [{rule: gor, for: seller, then: [{must perform: larma}]}]")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    given = story.event("role_given", "S2 seller")
    story.event("role_ended", "S1 seller")
    story.void(given, "2013-05-15 12:00")
    assert (story.status("gor/perform S1"), story.status("gor/perform S2")) == ("lapsed", "withdrawn")


def test_an_occurrence_that_is_taken_back_withdraws_its_decision_alone() -> None:
    plan = plan_of("rules: [{rule: gor, for: person, each: report_received, then: [{must perform: larma}]}]")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    one = story.event("report_received", "S1")
    other = story.event("report_received", "S1")
    story.void(one, "2013-05-15 12:00")
    assert story.status(f"gor/perform S1 #{one}") == "withdrawn"
    assert story.status(f"gor/perform S1 #{other}") == "due"


def test_a_relation_whose_end_turns_out_to_be_another_withdraws_what_was_about_the_first() -> None:
    plan = plan_of("rules: [{rule: gor, for: purchase, then: [{must inform: stod, about: buyer}]}]")
    story = Story(plan)
    caught = story.event("buyer_caught", "K1 purchase of B1, S1")
    story.revise(caught, "2013-05-15 12:00", about="K1 purchase of B2, S1")
    assert story.statuses() == {"gor/inform B1 by polisen": "withdrawn", "gor/inform B2 by polisen": "due"}


def test_a_new_spell_has_its_own_since_and_decides_lapsed_or_withdrawn_alone() -> None:
    """First a true ground, then one that was never there: the last spell counts."""
    story = child()
    story.event("changed", "S1", "2013-05-15 12:00", age="adult")
    assert story.status(NAMED) == "lapsed"
    wrong = story.event("changed", "S1", "2013-05-16 12:00", age="child")
    found = story.decision(NAMED)
    assert found is not None
    assert (found.status, found.shown, found.since) == (
        "due", story.when("2013-05-16 12:00"), story.when("2013-05-16 12:00")
    )  # fmt: skip
    assert found.deadline is not None
    assert found.deadline.at == story.when("2013-05-16 13:00")
    story.void(wrong, "2013-05-17 12:00")
    assert story.status(NAMED) == "withdrawn"


@pytest.mark.parametrize("first", ["changed", "established"])
def test_a_lapsed_or_withdrawn_one_is_due_again_if_its_ground_returns(first: str) -> None:
    story = child()
    gone = story.event(first, "S1", "2013-05-15 12:00", age="adult")
    assert story.status(NAMED) in ("lapsed", "withdrawn")
    story.void(gone, "2013-05-16 12:00")
    found = story.decision(NAMED)
    assert found is not None
    assert (found.status, found.since, found.ended_by) == ("due", story.when("2013-05-16 12:00"), ())


def test_a_declined_offer_stays_declined_when_its_ground_goes_and_returns() -> None:
    plan = plan_of("rules: [{rule: gor, for: seller, then: [{must offer: samtal, with: socialnamnd-vuxen}]}]")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    story.mark("declined", "gor/offer S1")
    story.event("role_ended", "S1 seller")
    assert story.status("gor/offer S1") == "declined"
    story.event("role_given", "S1 seller")
    assert story.status("gor/offer S1") == "declined"


def test_an_answer_lists_every_decision_that_has_been_shown_but_those_about_one_now_read_as_another() -> None:
    story = child()
    story.event("person_met", "S2 seller", "2013-05-14 13:00", age="child")
    story.event("turned_18", "S1", "2013-05-15 12:00")
    assert set(story.statuses()) == {"barn/notify S1 by polisen", "barn/notify S2 by polisen"}
    story.event("person_met", "S2", "2013-05-16 12:00", same_as="S1")
    assert set(story.statuses()) == {"barn/notify S1 by polisen"}


def test_whether_the_ground_was_there_is_asked_of_the_last_time_that_it_was_shown() -> None:
    story = Story(plan_of("rules: [{rule: barn, for: seller, when: {age: child}, then: [{must notify: socialnamnd-barn}]}]"))
    story.event("person_met", "S1 seller", "2013-05-14 10:00", age="child")
    for at, age in (("11:00", "adult"), ("12:00", "child"), ("13:00", "adult")):
        story.event("changed", "S1", f"2013-05-14 {at}", age=age)
    assert story.status("barn/notify S1") == "lapsed"
    story.event("established", "S1", "2013-05-14 12:30", age="adult", known_at="2013-05-14 14:00")
    assert story.status("barn/notify S1") == "withdrawn"


def test_a_ground_that_came_while_it_was_shown_was_there_be_it_by_a_role_or_by_what_happened() -> None:
    plan = """
rules:
- {rule: roll, for: seller, when: {age: child}, then: [{must perform: larma}]}
- {rule: varje, for: person, each: report_received, when: {age: child}, then: [{must perform: forhora}]}
"""
    story = Story(plan_of(plan))
    story.event("person_met", "S1", "2013-05-14 08:00", age="child")
    role = story.event("role_given", "S1 seller", "2013-05-14 10:00")
    report = story.event("report_received", "S1", "2013-05-14 10:00")
    story.event("changed", "S1", "2013-05-14 13:00", age="adult")
    for one, at in ((role, "12:00"), (report, "12:30")):
        story.revise(one, "2013-05-14 14:00", at=f"2013-05-14 {at}")
    assert set(story.statuses().values()) == {"lapsed"}
    for one in (role, report):
        story.revise(one, "2013-05-14 15:00", at="2013-05-14 13:30")
    assert set(story.statuses().values()) == {"withdrawn"}


def test_what_is_about_an_end_that_is_not_known_any_more_was_not_replaced() -> None:
    """Two buyers are named, so nobody is known to be the one: that is why nothing is due, whatever overrides the rule."""
    story = Story(plan_of("""
rules:
- rule: led
  for: purchase
  when: {payment: handed_over}
  then: [{must perform: larma, about: buyer, each relation: true}]
- rule: hellre
  for: purchase
  when: {agreement: reached}
  overrides: {rule: led, because: Hellre.}
  then: [{must perform: forhora}]
"""))
    story.event("buyer_caught", "K1 purchase of B1, S1", payment="handed_over")
    story.event("end_named", "K1 purchase of B2, -")
    story.event("purchase_changed", "K1", agreement="reached")
    (found,) = story.answer().find("led", "perform", "K1")
    assert (found.status, found.replaced_by) == ("lapsed", None)
