"""Section 5 of the contract: what becomes of a decision, and when somebody has to be told again or told otherwise."""

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


# --------------------------------------------------------------------------------------------------- marks, occurrences


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


# ------------------------------------------------------------------------------------------------- notification again


AGAIN = (
    CHILD
    + """
units:
- {unit: vasteras-barn, label: Västerås, is: [socialnamnd-barn], area: [vasteras], open: kontor, stand-in: jouren}
- {unit: hallstahammar-barn, label: Hallstahammar, is: [socialnamnd-barn], area: [hallstahammar], open: always}
- {unit: jouren, label: Socialjouren, is: [socialnamnd-barn, socialnamnd-vuxen], open: always}
hours: {kontor: {label: kontorstid, mon-fri: 08:00-16:30, eves: closed}}
"""
)


def told(at: str = "2013-05-14 13:00", **municipality: str) -> Story:
    """A child at that municipality, of whom the social services have been told at `at` (a Tuesday, in office hours)."""
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", id="met", age="child", **municipality)
    story.mark("done", NAMED, at)
    assert story.status(NAMED, at) == "done"
    return story


def test_told_again_when_the_municipality_changes() -> None:
    story = told(home_municipality="vasteras")
    story.event("changed", "S1", "2013-05-20 12:00", home_municipality="hallstahammar")
    found = story.decision(NAMED)
    assert found is not None
    assert found.recipient is not None
    assert (found.status, found.recipient.unit) == ("due", "hallstahammar-barn")
    assert found.since == story.when("2013-05-20 12:00")
    assert found.deadline is not None
    assert found.deadline.at == story.when("2013-05-20 13:00")
    story.mark("done", NAMED, "2013-05-20 12:30")
    assert story.status(NAMED) == "done"


def test_told_again_when_the_municipality_is_learnt_to_have_been_another() -> None:
    story = told(home_municipality="vasteras")
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="hallstahammar")
    assert story.status(NAMED) == "due"


def test_not_told_again_to_the_same_municipality_found_by_another_fact() -> None:
    story = told(stay_municipality="vasteras")
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="vasteras")
    assert story.status(NAMED) == "done"


def test_told_again_when_one_becomes_known_and_its_unit_is_another() -> None:
    story = told()
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="hallstahammar")
    assert story.status(NAMED) == "due"


def test_not_told_again_when_one_becomes_known_and_its_unit_was_the_one_that_was_told() -> None:
    """At night Socialjouren answers for Västerås too: it has been told already."""
    story = told("2013-05-14 23:00")
    story.event("established", "S1", "2013-05-15 10:00", home_municipality="vasteras")
    assert story.status(NAMED) == "done"
    day = told("2013-05-14 13:00")
    day.event("established", "S1", "2013-05-15 10:00", home_municipality="vasteras")
    assert day.status(NAMED) == "due", "in office hours the unit of Västerås would have been told"


def test_not_told_again_when_the_municipality_is_not_known_any_more() -> None:
    story = told(home_municipality="vasteras")
    story.revise("met", "2013-05-15 10:00", facts={"age": "child"})
    assert story.status(NAMED) == "done"


def test_opening_hours_and_reorganisations_do_not_count() -> None:
    plan = plan_of(
        CHILD
        + """
units:
- {unit: gamla, label: Gamla, is: [socialnamnd-barn], area: [vasteras], open: kontor, stand-in: jouren, until: 2013-05-31}
- {unit: nya, label: Nya, is: [socialnamnd-barn], area: [vasteras], open: always, from: 2013-06-01}
- {unit: jouren, label: Socialjouren, is: [socialnamnd-barn, socialnamnd-vuxen], open: always}
hours: {kontor: {label: kontorstid, mon-fri: 08:00-16:30}}
"""
    )
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-14 13:00")
    for at in ("2013-05-14 23:00", "2013-06-03 10:00"):
        assert story.status(NAMED, at) == "done"
    units = [d.recipient.unit for at in ("2013-05-14 13:00", "2013-05-14 23:00", "2013-06-03 10:00")
             if (d := story.decision(NAMED, at)) and d.recipient]  # fmt: skip
    assert units == ["gamla", "jouren", "nya"]


def test_told_by_what_was_known_when_the_mark_became_known() -> None:
    """The move lay before the mark, and was known when the mark became known: it went to the right place."""
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.event("changed", "S1", "2013-05-14 12:30", home_municipality="hallstahammar", known_at="2013-05-14 15:00")
    early, late = Story(story.plan), Story(story.plan)
    for one in (early, late):
        one.events = list(story.events)
    early.mark("done", NAMED, "2013-05-14 13:00", id="m", known_at="2013-05-14 14:00")
    late.mark("done", NAMED, "2013-05-14 13:00", id="m", known_at="2013-05-14 16:00")
    assert early.status(NAMED, "2013-05-14 14:30") == "done"
    assert early.status(NAMED, "2013-05-14 16:00") == "due"
    assert late.status(NAMED, "2013-05-14 16:00") == "done"


def test_an_application_is_made_again_in_the_new_municipality() -> None:
    plan = plan_of("rules: [{rule: gor, for: seller, then: [{must apply: socialnamnd-vuxen}, {must consult: socialnamnd-barn}]}]")
    story = Story(plan)
    story.event("person_met", "S1 seller", stay_municipality="vasteras")
    story.mark("done", "gor/apply S1")
    story.mark("done", "gor/consult S1")
    story.event("changed", "S1", stay_municipality="hallstahammar")
    assert (story.status("gor/apply S1"), story.status("gor/consult S1")) == ("due", "done")


# ---------------------------------------------------------------------------------------------------- correction


def test_a_notification_that_never_had_a_ground_is_corrected_at_once_to_the_unit_that_was_told() -> None:
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-14 13:00")
    story.event("changed", "S1", "2013-05-14 14:00", home_municipality="hallstahammar")
    story.event("established", "S1", "2013-05-15 20:00", age="adult")
    found = story.decision("barn/notify:correction S1")
    assert found is not None
    assert (found.status, found.kind, found.strength, found.id.bearer) == ("due", "correction", "must", "polisen")
    assert found.recipient is not None
    assert found.recipient.unit == "vasteras-barn"
    assert found.deadline is not None
    assert (found.deadline.at, found.deadline.real) == (story.when("2013-05-15 21:00"), False)


def test_a_unit_that_is_to_be_corrected_is_told_when_it_opens() -> None:
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-14 13:00")
    story.event("established", "S1", "2013-05-14 20:00", age="adult")
    found = story.decision("barn/notify:correction S1")
    assert found is not None
    assert found.recipient is not None
    assert (found.recipient.unit, found.recipient.open) == ("vasteras-barn", False)
    assert found.recipient.opens == story.when("2013-05-15 08:00")


def test_a_ground_that_was_there_and_went_needs_no_correction() -> None:
    story = child()
    story.mark("done", NAMED, "2013-05-14 12:30")
    story.event("turned_18", "S1", "2013-05-15 12:00")
    assert story.decision("barn/notify:correction S1") is None


def test_nor_does_one_that_was_there_in_an_earlier_spell() -> None:
    story = child()
    story.mark("done", NAMED, "2013-05-14 12:30")
    story.event("changed", "S1", "2013-05-15 12:00", age="adult")
    wrong = story.event("changed", "S1", "2013-05-16 12:00", age="child")
    story.void(wrong, "2013-05-17 12:00")
    assert story.decision("barn/notify:correction S1") is None


def test_nothing_is_corrected_where_nobody_was_told() -> None:
    story = child()
    story.event("established", "S1", "2013-05-15 12:00", age="adult")
    assert story.status(NAMED) == "withdrawn"
    assert story.decision("barn/notify:correction S1") is None


def test_what_was_told_by_naming_unknown_needs_no_correction() -> None:
    story = Story(plan_of(UNKNOWN_TOO))
    story.event("person_met", "S1 seller")
    story.mark("done", "barn/notify S1")
    story.event("established", "S1", age="adult")
    assert story.decision("barn/notify:correction S1") is None


def test_only_a_notification_is_corrected() -> None:
    plan = plan_of("""
rules:
- rule: barn
  for: seller
  when: {age: child}
  then: [{must perform: larma}, {must inform: stod}, {must consult: socialnamnd-barn}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", age="child")
    for measure in ("perform", "inform", "consult"):
        story.mark("done", f"barn/{measure} S1")
    story.event("established", "S1", age="adult")
    assert set(story.statuses().values()) == {"done"}
    assert len(story.statuses()) == 3


def test_a_correction_that_is_no_longer_needed_is_withdrawn_and_one_that_is_made_stays_done() -> None:
    story = child()
    story.mark("done", NAMED, "2013-05-14 12:30")
    wrong = story.event("established", "S1", "2013-05-15 12:00", age="adult")
    story.void(wrong, "2013-05-15 15:00")
    assert story.status("barn/notify:correction S1") == "withdrawn"
    assert story.status(NAMED) == "done"
    story.event("established", "S1", "2013-05-16 12:00", age="adult")
    assert story.status("barn/notify:correction S1") == "due"
    story.mark("done", "barn/notify:correction S1", "2013-05-16 12:30")
    assert story.status("barn/notify:correction S1") == "done"


def test_a_notification_that_a_late_mark_tells_of_is_corrected_too() -> None:
    story = child()
    story.event("established", "S1", "2013-05-15 12:00", age="adult")
    story.mark("done", NAMED, "2013-05-14 12:30", known_at="2013-05-20 12:00")
    assert story.status("barn/notify:correction S1") == "due"
