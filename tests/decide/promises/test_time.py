"""§2 of the contract: when it happened, when it became known, and now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.decide.promises.probing import at_offence, probed, value
from tests.stories import Story, plan_of

from samverkan.case.case import Case
from samverkan.case.reading import event_from_json
from samverkan.case.times import read_time
from samverkan.decide.admission import check_event
from samverkan.decide.deciding import decide
from samverkan.decide.errors import EventError

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PLAN = probed(
    """
rules:
- {rule: anmal, for: seller, when: {age: [child, maybe_child]}, then: [{must notify: socialnamnd-barn}]}
- {rule: utred, for: person, each: report_received, then: [{must perform: larma}]}
- {rule: vuxen, for: seller, when: {age: adult}, then: [{must offer: samtal, with: polisen}]}
""",
    offence=("seller.age", "seller.gender"),
)


def seller(**facts: Any) -> Story:
    """A story in which S1, who sells, is met at noon."""
    story = Story(PLAN)
    story.event("person_met", "S1 seller", at="2013-05-14 12:00", **facts)
    return story


def noon(hour: int) -> str:
    """An hour of the story's day."""
    return f"2013-05-14 {hour:02}:00"


# -- decide is pure, and what an event is --------------------------------------------------------------------------------------


def test_decide_gives_an_equal_answer_however_and_whenever_it_is_asked() -> None:
    story = seller(age="child")
    story.event("turned_18", "S1", at=noon(14))
    first = decide(PLAN, iter(story.events), story.when(noon(15)))
    decide(PLAN, story.events, story.when("2190-01-01 00:00"))
    decide(PLAN, reversed(story.events), story.when(noon(13)))
    assert decide(PLAN, reversed(story.events), story.when(noon(15))) == first


def test_an_event_happens_and_becomes_known_at_once_unless_stated() -> None:
    story = seller()
    assert story.events[0].known_at == story.events[0].at
    story.event("told", "S1", at=noon(13), known_at=noon(15), age="child")
    assert [value(story, "S1", "age", noon(hour)) for hour in (14, 15)] == ["unknown", "child"]


def test_the_highest_revision_counts_and_a_void_one_takes_it_back() -> None:
    story = seller(age="child")
    story.revise("e1", noon(13), facts={"age": "adult"})
    story.revise("e1", noon(14), facts={"age": "maybe_child"})
    assert [value(story, "S1", "age", noon(hour)) for hour in (12, 13, 14)] == ["child", "adult", "maybe_child"]
    story.void("e1", noon(15))
    assert value(story, "S1", "age", noon(15)) is None


def test_the_highest_revision_counts_also_when_a_lower_one_becomes_known_after_it() -> None:
    story = seller()
    story.event("told", "S1", at=noon(13), id="x", age="child")
    story.revise("x", noon(16), facts={"age": "adult"})
    story.revise("x", noon(14), facts={"age": "maybe_child"})
    assert [value(story, "S1", "age", noon(hour)) for hour in (13, 14, 15, 16)] == ["child", *["maybe_child"] * 3]


@pytest.mark.parametrize("revision", ["1", "1000"])
def test_the_same_event_again_is_ignored_and_with_other_content_refused(revision: str) -> None:
    story = seller(age="child")
    again = replace(story.events[0], revision=int(revision))
    story.events.append(again)
    before = story.answer()
    story.events.append(replace(again, revision=int(revision)))
    assert story.answer() == before
    story.events.append(replace(again, revision=int(revision), facts=(("age", "adult"),)))
    with pytest.raises(EventError, match="annat innehåll"):
        story.answer()


def test_the_same_instant_in_another_zone_is_the_same_content() -> None:
    story = seller(age="child")
    story.events.append(replace(story.events[0], at=story.events[0].at.astimezone(ZoneInfo("Asia/Tokyo"))))
    assert value(story, "S1", "age") == "child"


def test_an_occurrence_is_the_id_so_what_was_done_about_it_survives_a_correction() -> None:
    story = seller()
    report = story.event("report_received", "S1", at=noon(13))
    story.mark("done", f"utred/perform S1 #{report}", at=noon(15))
    story.revise(report, noon(16), at=noon(14))
    assert story.statuses()[f"utred/perform S1#{report} by polisen"] == "done"
    assert len([one for one in story.statuses() if one.startswith("utred")]) == 1


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        (datetime(2013, 5, 14, 12, tzinfo=UTC).replace(tzinfo=None), "saknar tidszon"),
        (datetime(1899, 12, 31, 23, 59, tzinfo=UTC), "1900"),
        (datetime(2200, 1, 1, tzinfo=UTC), "1900"),
        (datetime(1900, 1, 1, tzinfo=UTC), None),
        (datetime(2199, 12, 31, 23, 59, tzinfo=UTC), None),
    ],
)
def test_times_are_aware_and_between_1900_and_2200(at: datetime, refused: str | None) -> None:
    event = replace(seller().events[0], at=at, known_at=at)
    if refused is None:
        check_event(PLAN, event, strict=False)
    else:
        with pytest.raises(EventError, match=refused):
            check_event(PLAN, event, strict=False)


def test_a_local_time_is_in_the_plans_zone() -> None:
    assert read_time("2013-05-14 12:00", STOCKHOLM) == datetime(2013, 5, 14, 10, tzinfo=UTC)
    elsewhere = probed("timezone: America/New_York\nrules: []")
    event = event_from_json(elsewhere, {"event": "person_met", "about": "S1 seller", "at": "2013-05-14 12:00"}, "e1")
    assert event.at == datetime(2013, 5, 14, 16, tzinfo=UTC)


def test_a_local_time_that_the_clock_never_shows_is_an_error() -> None:
    with pytest.raises(EventError, match="finns inte"):
        read_time("2013-03-31 02:30", STOCKHOLM)


def test_a_local_time_that_the_clock_shows_twice_needs_its_offset() -> None:
    with pytest.raises(EventError, match="två gånger"):
        read_time("2013-10-27 02:30", STOCKHOLM)
    first, second = (read_time(f"2013-10-27 02:30{offset}", STOCKHOLM) for offset in ("+02:00", "+01:00"))
    assert (second - first).total_seconds() == 3600


# -- K(k) ----------------------------------------------------------------------------------------------------------------------


def test_what_has_not_happened_is_not_known() -> None:
    story = seller()
    story.event("told", "S1", at=noon(15), age="child")
    assert [value(story, "S1", "age", noon(hour)) for hour in (14, 15)] == ["unknown", "child"]


def test_a_revision_counts_from_when_it_is_known_and_not_before() -> None:
    story = seller(age="child")
    story.revise("e1", noon(15), facts={"age": "adult"})
    assert [value(story, "S1", "age", noon(hour)) for hour in (14, 15)] == ["child", "adult"]


def test_an_event_that_is_re_dated_to_later_is_not_there_in_between_not_even_in_its_old_form() -> None:
    """Known at k is the highest revision known at k; whether it has happened is asked of that one."""
    story = seller()
    story.event("told", "S1", at=noon(13), id="x", age="child")
    story.events.append(replace(story.events[-1], revision=2, known_at=story.when(noon(14)), at=story.when(noon(16))))
    assert [value(story, "S1", "age", noon(hour)) for hour in (13, 14, 15, 16)] == ["child", "unknown", "unknown", "child"]


# -- the value of a fact -------------------------------------------------------------------------------------------------------


def test_what_is_established_was_so_all_along() -> None:
    """The morning after it is established that she is a child: she was one last night too."""
    story = seller(age="adult")
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 21:00")
    story.event("established", "S1", at="2013-05-15 09:00", age="child")
    assert at_offence(story, "K1", "seller.age", "2013-05-14 22:00") == "adult"
    assert at_offence(story, "K1", "seller.age") == "child"


def test_the_last_established_value_counts_for_the_whole_stretch() -> None:
    story = seller()
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(13))
    story.event("established", "S1", at=noon(14), age="adult")
    story.event("established", "S1", at=noon(15), age="child")
    assert (value(story, "S1", "age"), at_offence(story, "K1", "seller.age")) == ("child", "child")


def test_a_claim_too_counts_for_its_whole_stretch() -> None:
    story = seller()
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(13))
    story.event("told", "S1", at=noon(16), age="maybe_child")
    assert at_offence(story, "K1", "seller.age") == "maybe_child"


def test_a_change_counts_from_its_instant_on_and_not_before() -> None:
    story = seller(gender="man")
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(13))
    story.event("changed", "S1", at=noon(14), gender="woman")
    assert [value(story, "S1", "gender", noon(hour)) for hour in (13, 14)] == ["man", "woman"]
    assert at_offence(story, "K1", "seller.gender") == "man"


def test_a_change_cuts_time_so_that_what_is_established_later_says_nothing_of_before() -> None:
    story = seller(gender="man")
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(13))
    story.event("changed", "S1", at=noon(14), gender="woman")
    story.event("established", "S1", at=noon(15), gender="other")
    assert (value(story, "S1", "gender"), at_offence(story, "K1", "seller.gender")) == ("other", "man")


def test_a_change_beats_claims_in_its_stretch_and_what_is_established_there_beats_the_change() -> None:
    story = seller()
    story.event("changed", "S1", at=noon(13), gender="woman")
    story.event("told", "S1", at=noon(14), gender="man")
    assert value(story, "S1", "gender") == "woman"
    story.event("established", "S1", at=noon(15), gender="other")
    assert value(story, "S1", "gender") == "other"


def test_an_established_value_at_the_instant_of_a_change_belongs_to_its_stretch_and_wins() -> None:
    story = seller(gender="man")
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(13))
    story.event("changed", "S1", at=noon(14), gender="woman")
    story.event("established", "S1", at=noon(14), gender="other")
    assert (value(story, "S1", "gender"), at_offence(story, "K1", "seller.gender")) == ("other", "man")


def test_a_claim_of_unknown_says_nothing() -> None:
    story = seller(age="adult")
    story.event("told", "S1", at=noon(13), age="unknown")
    assert value(story, "S1", "age") == "adult"
    story.event("told", "S1", at=noon(14), gender="man")
    story.event("told", "S1", at=noon(15), gender="unknown")
    assert value(story, "S1", "gender") == "man"


def test_claims_that_differ_give_the_value_in_conflict_else_the_last_counts() -> None:
    """An officer notes a child, she says nineteen."""
    story = seller(age="child", gender="man")
    story.event("told", "S1", at=noon(13), age="adult", gender="woman")
    assert (value(story, "S1", "age"), value(story, "S1", "gender")) == ("maybe_child", "woman")


def test_claims_in_different_stretches_are_not_in_conflict() -> None:
    story = seller(age="child")
    story.event("changed", "S1", at=noon(13), age="unknown")
    story.event("told", "S1", at=noon(14), age="adult")
    assert value(story, "S1", "age") == "adult"


def test_a_claim_never_beats_what_is_established() -> None:
    story = seller()
    story.event("established", "S1", at=noon(13), age="child", gender="man")
    story.event("told", "S1", at=noon(14), age="adult", gender="woman")
    assert (value(story, "S1", "age"), value(story, "S1", "gender")) == ("child", "man")


def test_what_a_change_names_as_from_was_established_of_the_stretch_that_it_ends() -> None:
    story = seller(age="adult")
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(13))
    story.event("turned_18", "S1", at=noon(14))
    assert (at_offence(story, "K1", "seller.age"), value(story, "S1", "age")) == ("child", "adult")


def test_a_from_asks_if_another_value_was_established_and_counts_all_the_same() -> None:
    story = seller()
    established = story.event("established", "S1", at=noon(13), age="maybe_child")
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(13))
    turned = story.event("turned_18", "S1", at=noon(14))
    assert at_offence(story, "K1", "seller.age") == "child"
    asked = [(q.subject, q.fact, q.events) for q in story.questions("established_twice")]
    assert asked == [("S1", "age", tuple(sorted((established, turned))))]


def test_two_established_values_at_one_instant_give_the_value_in_conflict_else_unknown_and_a_question() -> None:
    story = seller()
    for age, gender in (("child", "man"), ("adult", "woman")):
        story.event("established", "S1", at=noon(13), age=age, gender=gender)
    assert (value(story, "S1", "age"), value(story, "S1", "gender")) == ("maybe_child", "unknown")
    assert [(q.subject, q.fact) for q in story.questions("established_twice")] == [("S1", "age"), ("S1", "gender")]


def test_the_same_value_established_twice_at_one_instant_is_no_question() -> None:
    story = seller()
    for _ in range(2):
        story.event("established", "S1", at=noon(13), gender="man")
    assert value(story, "S1", "gender") == "man"
    assert not story.questions("established_twice")


# -- what was shown ------------------------------------------------------------------------------------------------------------


def test_all_events_of_one_instant_are_applied_before_rules_are_judged() -> None:
    story = seller()
    story.event("told", "S1", at=noon(13), age="child")
    story.event("established", "S1", at=noon(13), age="adult")
    assert "anmal/notify S1 by polisen" not in story.statuses()


def test_what_was_shown_stays_in_the_answer_in_the_light_of_later_knowledge() -> None:
    story = seller(age="child")
    story.event("established", "S1", at=noon(14), age="adult")
    assert story.status("anmal/notify S1") == "withdrawn"


def test_what_was_never_shown_is_not_in_the_answer_though_it_is_known_now_to_have_been_so() -> None:
    story = seller(age="adult")
    story.event("turned_18", "S1", at=noon(13), known_at=noon(15))
    assert story.status("anmal/notify S1", noon(16)) is None


def test_what_was_shown_at_an_earlier_instant_does_not_change_when_later_knowledge_comes() -> None:
    story = seller(age="child")
    before = story.answer(noon(13))
    story.event("established", "S1", at=noon(12), known_at=noon(14), age="adult")
    story.void("e1", noon(15))
    assert story.answer(noon(13)) == before


def test_decide_is_the_same_however_far_it_is_taken_and_a_case_taken_on_bit_by_bit_says_the_same() -> None:
    story = seller(age="child")
    story.event("turned_18", "S1", at=noon(14))
    story.event("report_received", "S1", at=noon(15))
    case = Case(PLAN)
    for event in story.events:
        case = case.fire(event).case
        case.decisions(event.at)
    assert case.decisions(story.when(noon(16))) == story.answer(noon(16))
    assert case.decisions(story.when(noon(13))) == story.answer(noon(13))


def test_what_an_event_changed_is_the_difference_between_two_successive_answers() -> None:
    story = seller(age="child")
    story.event("established", "S1", at=noon(13), age="adult")
    story.mark("accepted", "vuxen/offer S1", at=noon(14))
    case, told = Case(PLAN), []
    for event in story.events:
        outcome = case.fire(event)
        changes = (outcome.due, outcome.withdrawn, outcome.lapsed, outcome.done)
        told.append([{d.id.rule for d in change if d.id.rule in ("anmal", "vuxen")} for change in changes])
        case = outcome.case
    assert told == [[{"anmal"}, set(), set(), set()], [{"vuxen"}, {"anmal"}, set(), set()], [set(), set(), set(), {"vuxen"}]]


# -- taken back ----------------------------------------------------------------------------------------------------------------


def test_an_event_voided_at_once_equals_never_having_it() -> None:
    story = seller()
    without = story.answer(noon(14))
    story.event("told", "S1", at=noon(13), id="x", age="child")
    story.void("x", noon(13))
    assert story.answer(noon(14)) == without


def test_an_event_voided_at_once_is_no_cause_of_what_ends_at_that_instant() -> None:
    story = seller(age="child")
    story.event("established", "S1", at=noon(13), id="cause", age="adult")
    story.event("report_received", "S1", at=noon(13), id="x")
    story.void("x", noon(13))
    found = story.decision("anmal/notify S1")
    assert found is not None
    assert found.ended_by == ("cause",)


def test_an_event_voided_later_leaves_withdrawn_done_and_declined_behind() -> None:
    story = seller()
    story.event("told", "S1", at=noon(13), id="x", age="child")
    story.void("x", noon(15))
    assert story.status("anmal/notify S1") == "withdrawn"
    done = seller()
    done.event("told", "S1", at=noon(13), id="x", age="child")
    done.mark("done", "anmal/notify S1", at=noon(14))
    done.void("x", noon(15))
    assert done.status("anmal/notify S1") == "done"
    declined = seller()
    declined.event("told", "S1", at=noon(13), id="x", age="adult")
    declined.mark("declined", "vuxen/offer S1", at=noon(14))
    declined.void("x", noon(15))
    assert declined.status("vuxen/offer S1") == "declined"


# -- Settled (2) ---------------------------------------------------------------------------------------------------------------


def test_2a_order_is_by_at_then_known_at_then_id() -> None:
    story = seller()
    story.event("told", "S1", at=noon(13), id="b", gender="man")
    story.event("told", "S1", at=noon(13), id="a", gender="woman")
    assert value(story, "S1", "gender") == "man"
    story.event("told", "S1", at=noon(13), known_at=noon(14), id="0", gender="woman")
    assert value(story, "S1", "gender") == "woman"
    story.event("told", "S1", at=noon(12), known_at=noon(15), id="z", gender="other")
    assert value(story, "S1", "gender") == "woman"


def test_2a_a_change_to_unknown_begins_a_stretch_that_starts_with_nothing() -> None:
    story = seller(gender="man")
    story.event("established", "S1", at=noon(13), gender="man")
    story.event("changed", "S1", at=noon(14), gender="unknown")
    assert value(story, "S1", "gender") == "unknown"
    story.event("told", "S1", at=noon(15), gender="woman")
    assert value(story, "S1", "gender") == "woman"


def test_2a_an_establishing_unknown_says_nothing() -> None:
    story = seller(gender="man")
    story.event("established", "S1", at=noon(13), gender="woman")
    story.event("established", "S1", at=noon(14), gender="unknown")
    assert value(story, "S1", "gender") == "woman"


def test_2a_two_changes_at_one_instant_with_different_values_are_two_established_values() -> None:
    story = seller()
    for age, gender in (("child", "man"), ("adult", "woman")):
        story.event("changed", "S1", at=noon(13), age=age, gender=gender)
    assert (value(story, "S1", "age"), value(story, "S1", "gender")) == ("maybe_child", "unknown")
    assert [q.fact for q in story.questions("established_twice")] == ["age", "gender"]


def test_2b_from_is_later_than_all_that_was_established_of_its_stretch() -> None:
    story = seller()
    story.event("turned_18", "S1", at=noon(14))
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(13))
    late = story.event("established", "S1", at=noon(13), known_at=noon(15), age="adult")
    assert at_offence(story, "K1", "seller.age") == "child"
    assert [late in q.events for q in story.questions("established_twice")] == [True]


def test_2b_the_question_is_asked_if_the_change_that_began_the_stretch_says_another_value() -> None:
    story = seller()
    began = story.event("changed", "S1", at=noon(13), age="maybe_child")
    ended = story.event("turned_18", "S1", at=noon(14))
    assert [(q.fact, q.events) for q in story.questions("established_twice")] == [("age", tuple(sorted((began, ended))))]


def test_2b_an_agreeing_from_and_claims_of_the_first_stretch_ask_nothing() -> None:
    story = seller(age="adult")
    story.event("turned_18", "S1", at=noon(13))
    assert not story.questions("established_twice")
    agreeing = seller()
    agreeing.event("changed", "S1", at=noon(13), age="child")
    agreeing.event("established", "S1", at=noon(14), age="child")
    agreeing.event("turned_18", "S1", at=noon(15))
    assert not agreeing.questions("established_twice")


def test_2c_an_offence_dated_by_a_day_is_at_its_first_instant_there() -> None:
    """Whoever turns 18 that day is 18: the birthday begins at midnight too."""
    story = Story(PLAN)
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-20 12:00", offence_at="2013-05-14")
    assert story.events[0].offence_at == datetime(2013, 5, 13, 22, tzinfo=UTC)
    story.event("turned_18", "S1", at="2013-05-14 00:00", known_at="2013-05-20 12:00")
    assert at_offence(story, "K1", "seller.age") == "adult"
    story.event("buyer_caught", "K2 purchase of B1, S1", at="2013-05-20 12:00", offence_at="2013-05-13")
    assert at_offence(story, "K2", "seller.age") == "child"


def test_2c_without_a_time_of_the_offence_it_is_that_of_the_introducing_event() -> None:
    story = Story(PLAN)
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(12))
    story.event("turned_18", "S1", at=noon(13))
    story.event("purchase_reported", "K1", at=noon(14))
    assert at_offence(story, "K1", "seller.age") == "child"


def test_2d_a_revision_replaces_all_of_the_event() -> None:
    story = seller(age="child", gender="man")
    story.event("role_ended", "S1 seller", at="2013-05-14 12:30")
    story.revise("e1", noon(14), at=noon(13), facts={"age": "adult"})
    assert (value(story, "S1", "age"), value(story, "S1", "gender")) == ("adult", "unknown")
    assert [(s.id, s.roles) for s in story.answer().subjects if s.id == "S1"] == [("S1", ("seller",))]
    marked = seller(age="adult")
    mark = marked.mark("accepted", "vuxen/offer S1", at=noon(13))
    marked.revise(mark, noon(14), accepted=None, declined="vuxen/offer S1")
    assert [marked.status("vuxen/offer S1", noon(hour)) for hour in (13, 14)] == ["done", "declined"]


def test_2d_a_void_revision_needs_no_more_than_id_revision_and_when_it_was_known() -> None:
    story = seller(age="child")
    void = event_from_json(PLAN, {"id": "e1", "revision": 2, "void": True, "known_at": noon(14)})
    check_event(PLAN, void)
    story.events.append(void)
    assert story.status("anmal/notify S1", noon(14)) == "withdrawn"


CLOCK = """
rules:
- {rule: ny, for: seller, then: [{must inform: stod}], valid: {from: 2013-05-20}}
- {rule: gammal, for: seller, then: [{must inform: stod}], valid: {from: 2013-05-01, until: 2013-05-19}}
- rule: kontakt
  for: seller
  then: [{must notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}}]
- {rule: tid, for: person, each: report_received, then: [{must perform: larma, deadline: 3 days}]}
- {rule: passerad, for: person, each: {passed: tid/perform}, then: [{must perform: avvakta}]}
"""


def test_2e_what_is_shown_is_judged_at_the_midnights_of_validity_the_ends_of_consents_and_deadlines() -> None:
    """All of it is seen long after, and dated at the instant at which it began or ended."""
    story = Story(plan_of(CLOCK))
    story.event("person_met", "S1 seller", at="2013-05-14 12:00")
    story.event("consent_given", "S1", at="2013-05-14 13:00", recipient="regionkoordinator", telling="identity", until="2013-05-16")
    report = story.event("report_received", "S1", at="2013-05-14 14:00")
    now = "2013-06-30 12:00"
    new, old = story.decision("ny/inform S1", now), story.decision("gammal/inform S1", now)
    asked = story.decision("samtycke/ask:regionkoordinator S1", now)
    passed = story.decision(f"passerad/perform S1 #tid/perform S1#{report} by polisen", now)
    assert new is not None
    assert old is not None
    assert asked is not None
    assert passed is not None
    midnight = story.when("2013-05-20 00:00")
    assert (new.shown, old.ended_at, old.status) == (midnight, midnight, "lapsed")
    assert asked.shown == story.when("2013-05-17 00:00")
    assert passed.shown == story.when("2013-05-18 00:00")
    assert story.status("gammal/inform S1", "2013-05-19 23:59") == "due"
    assert story.status("ny/inform S1", "2013-05-19 23:59") is None


def test_2e_every_at_and_known_at_of_every_revision_is_an_instant() -> None:
    """A revision that is superseded when it would begin to count was shown all the same while it did."""
    story = seller()
    story.event("told", "S1", at=noon(13), known_at=noon(14), id="x", age="child")
    story.revise("x", noon(15), at=noon(12), facts={"age": "adult"})
    found = story.decision("anmal/notify S1", noon(20))
    assert found is not None
    assert (found.status, found.shown) == ("withdrawn", story.when(noon(14)))


def test_2f_a_case_of_which_nothing_has_been_known_has_no_decisions() -> None:
    plan = plan_of("rules: [{rule: arende, for: case, then: [{must perform: larma}]}]")
    story = Story(plan)
    assert not story.statuses(noon(12))
    story.event("alarm_raised", "case", at=noon(13))
    assert not story.statuses(noon(12))
    assert story.statuses(noon(13)) == {"arende/perform case by polisen": "due"}


REACHING = probed(
    """
facts:
  age:
    of: person
    label: ålder
    values: {child: barn, maybe_child: kanske barn, adult: vuxen}
    in conflict: maybe_child
    reaches back: {adult: 7 days}
rules: []
""",
    offence=("seller.age",),
)


def aged(offence_at: str, **ages: str) -> str | None:
    """The age as of the offence, of somebody of whom these ages were told at noon on the 14th."""
    story = Story(REACHING)
    story.event("buyer_caught", "K1 purchase of B1, S1", at=noon(11), offence_at=offence_at)
    for kind, age in ages.items():
        story.event(kind, "S1", at=noon(12), age=age)
    return at_offence(story, "K1", "seller.age")


@pytest.mark.parametrize("kind", ["told", "established"])
def test_2g_a_value_counts_back_only_as_far_as_its_fact_declares_and_is_unknown_before(kind: str) -> None:
    """An adult today was perhaps a child at an old offence; a child today was one then."""
    days = ("2013-05-14 11:00", "2013-05-07 12:00", "2013-05-07 11:59", "2011-01-01")
    assert [aged(day, **{kind: "adult"}) for day in days] == ["adult", "adult", "unknown", "unknown"]
    assert [aged(day, **{kind: "child"}) for day in days] == ["child"] * 4


def test_2g_it_is_counted_from_the_first_statement_of_the_value_in_its_stretch() -> None:
    story = Story(REACHING)
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 11:00", offence_at="2013-05-08 12:00")
    story.event("established", "S1", at="2013-05-20 12:00", age="adult")
    assert at_offence(story, "K1", "seller.age") == "unknown"
    story.event("told", "S1", at="2013-05-14 12:00", known_at="2013-05-21 12:00", age="adult")
    assert at_offence(story, "K1", "seller.age") == "adult"
    story.event("changed", "S1", at="2013-05-10 12:00", known_at="2013-05-22 12:00", age="child")
    assert at_offence(story, "K1", "seller.age") == "unknown"


def test_2g_a_value_that_is_not_named_counts_for_its_whole_stretch_also_one_in_conflict() -> None:
    assert aged("2011-01-01", told="adult", minor_involved="child") == "maybe_child"
