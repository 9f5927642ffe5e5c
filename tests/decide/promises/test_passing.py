"""Section 5 of the contract, *Deadlines*: a real deadline that passes is an event of its own, which can be taken back (5.f)."""

from __future__ import annotations

from datetime import date

import pytest
from tests.stories import REPORT, Story, plan_of

PASSED = "ledning/inform S1 #beslut/perform S1#e2 by polisen"


def report(at: str = "2013-05-14 10:00", known_at: str | None = None) -> Story:
    story = Story(plan_of(REPORT))
    story.event("person_met", "S1 seller", "2013-05-01 08:00")
    assert story.event("report_received", "S1", at, known_at=known_at or at) == "e2"
    return story


def test_a_real_deadline_that_passes_undone_is_an_event_of_its_own_dated_at_the_deadline() -> None:
    story = report()
    assert story.decision(PASSED, "2013-05-28 23:59") is None
    found = story.decision(PASSED, "2013-05-29 00:00")
    assert found is not None
    assert (found.status, found.since) == ("due", story.when("2013-05-29 00:00"))
    assert found.deadline is not None
    assert found.deadline.day == date(2013, 5, 30)
    later = story.decision(PASSED, "2013-06-20 00:00")
    assert later is not None
    assert (later.shown, later.flags) == (story.when("2013-05-29 00:00"), ("overdue", "passed"))
    overdue = story.decision("beslut/perform S1", "2013-06-20 00:00")
    assert overdue is not None
    assert (overdue.status, overdue.passed_at) == ("due", story.when("2013-05-29 00:00"))


@pytest.mark.parametrize(("at", "in_time"), [("2013-05-28 23:59", True), ("2013-05-29 00:00", True), ("2013-05-29 00:01", False)])
def test_a_mark_dated_at_the_deadline_or_before_is_in_time(at: str, in_time: bool) -> None:
    story = report()
    story.mark("done", "beslut/perform S1", at)
    found = story.decision(PASSED, "2013-06-20 00:00")
    assert (found is None) is in_time
    assert ("passed" in story.flags("beslut/perform S1")) is not in_time


@pytest.mark.parametrize("at", ["2013-05-20 10:00", "2013-05-29 00:00"])
def test_a_passing_is_taken_back_when_a_mark_dated_in_time_becomes_known(at: str) -> None:
    story = report()
    story.mark("done", "beslut/perform S1", at, known_at="2013-06-02 10:00")
    assert story.status(PASSED, "2013-06-01 10:00") == "due"
    assert story.status(PASSED, "2013-06-02 10:00") == "withdrawn"
    done = story.decision("beslut/perform S1", "2013-06-02 10:00")
    assert done is not None
    assert (done.status, done.passed_at, done.flags) == ("done", None, ())


@pytest.mark.parametrize(("at", "in_time"), [("2013-05-16 12:00", True), ("2013-05-17 00:00", True), ("2013-05-17 00:01", False)])
def test_a_passing_is_taken_back_when_what_was_to_be_assessed_turns_out_to_have_been_known_in_time(at: str, in_time: bool) -> None:
    plan = plan_of("rules: [{rule: alder, for: seller, then: [{must assess: age, deadline: 2 days}]}]")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-14 12:00")
    story.event("established", "S1", at, age="adult", known_at="2013-05-20 12:00")
    assert story.flags("alder/assess S1", "2013-05-20 11:59") == ("overdue", "passed")
    found = story.decision("alder/assess S1")
    assert found is not None
    assert (found.status, found.passed_at is None) == ("done", in_time)


def test_not_by_a_mark_dated_after_the_deadline_or_by_being_acknowledged_in_time() -> None:
    story = report()
    story.mark("acknowledged", "beslut/perform S1", "2013-05-20 10:00")
    story.mark("done", "beslut/perform S1", "2013-05-30 10:00")
    assert story.status(PASSED, "2013-06-02 10:00") == "due"


def test_a_passing_is_taken_back_when_the_decision_is_withdrawn() -> None:
    story = report()
    story.void("e2", "2013-06-02 10:00")
    assert story.status("beslut/perform S1") == "withdrawn"
    assert story.status(PASSED) == "withdrawn"


def test_a_passing_is_taken_back_when_its_occurrence_turns_out_to_be_about_nobody_also_where_it_was_done() -> None:
    """Nobody by that designation was in the case after all: nothing was received about them, so no time of it passed."""
    story = report()
    story.void("e1", "2013-06-02 10:00")
    assert story.status("beslut/perform S1") == "withdrawn"
    story.mark("done", "beslut/perform S1", "2013-06-03 10:00")
    found = story.decision("beslut/perform S1")
    assert found is not None
    assert (found.status, found.flags, found.passed_at) == ("done", (), None)
    assert story.status(PASSED) == "withdrawn"


def test_a_passing_stays_when_the_decision_lapses() -> None:
    plan = plan_of(REPORT.replace("  each: report_received\n", "  each: report_received\n  when: {age: child}\n"))
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-01 08:00", age="child")
    story.event("report_received", "S1", "2013-05-14 10:00")
    story.event("turned_18", "S1", "2013-06-02 10:00")
    assert story.status("beslut/perform S1") == "lapsed"
    assert story.status(PASSED) == "due"


def test_a_passing_is_taken_back_when_its_occurrence_is_dated_later() -> None:
    story = report()
    story.revise("e2", "2013-06-02 10:00", at="2013-05-24 10:00")
    assert story.status("beslut/perform S1") == "due"
    assert story.status(PASSED) == "withdrawn"
    passed = story.decision("beslut/perform S1", "2013-06-08 00:00")
    assert passed is not None
    assert passed.passed_at == story.when("2013-06-08 00:00"), "fourteen days from the day that it now has"
    assert story.status(PASSED, "2013-06-08 00:00") == "due"


def test_an_occurrence_that_is_dated_earlier_is_late_from_when_it_was_shown() -> None:
    """Its deadline, as now known, lay before it was ever shown: it can't have passed."""
    story = report("2013-05-14 10:00")
    story.revise("e2", "2013-05-20 10:00", at="2013-04-20 10:00")
    found = story.decision("beslut/perform S1", "2013-06-20 10:00")
    assert found is not None
    assert (found.flags, found.passed_at) == (("late", "overdue"), None)


def test_a_deadline_passes_once_for_a_decision_at_the_earliest() -> None:
    plan = plan_of("""
rules:
- rule: gor
  for: seller
  when: {age: child}
  then: [{must perform: larma, deadline: 2 days}]
- rule: ledning
  for: seller
  each: {passed: gor/perform}
  then: [{should inform: stod}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-01 12:00", age="child")
    story.event("changed", "S1", "2013-05-10 12:00", age="adult")
    story.event("changed", "S1", "2013-05-11 12:00", age="child")
    found = story.decision("gor/perform S1", "2013-05-20 12:00")
    assert found is not None
    assert found.passed_at == story.when("2013-05-04 00:00")
    assert [d.id.occurrence for d in story.answer("2013-05-20 12:00").decisions if d.id.rule == "ledning"] == [
        "gor/perform S1 by polisen"
    ]


def test_what_was_no_longer_due_at_the_deadline_does_not_pass() -> None:
    plan = plan_of("""
rules:
- rule: gor
  for: seller
  when: {age: child}
  then: [{must perform: larma, deadline: 2 days}]
- rule: ledning
  for: seller
  each: {passed: gor/perform}
  then: [{should inform: stod}]
""")
    for at, passes in (("2013-05-04 00:00", False), ("2013-05-04 00:01", True)):
        story = Story(plan)
        story.event("person_met", "S1 seller", "2013-05-01 12:00", age="child")
        story.event("changed", "S1", at, age="adult")
        assert (story.decision("ledning/inform S1", "2013-05-20 12:00") is not None) is passes


def test_what_turned_out_to_be_another_case_at_the_deadline_has_passed_unless_withdrawn() -> None:
    """A run is what was shown: that the ground ended before the deadline, learnt after it, takes nothing back."""
    plan = plan_of("""
rules:
- rule: gor
  for: seller
  when: {age: child}
  then: [{must perform: larma, deadline: 2 days}]
- {rule: ledning, for: seller, each: {passed: gor/perform}, then: [{should inform: stod}]}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-01 12:00", age="child")
    story.event("changed", "S1", "2013-05-03 12:00", age="adult", known_at="2013-05-06 12:00")
    assert story.status("gor/perform S1") == "lapsed"
    assert story.status("ledning/inform S1") == "due"
    story.event("established", "S1", "2013-05-02 12:00", age="adult", known_at="2013-05-07 12:00")
    assert story.status("gor/perform S1") == "withdrawn"
    assert story.status("ledning/inform S1") == "withdrawn"


@pytest.mark.parametrize("mark", ["accepted", "declined", "done"])
def test_any_answer_to_an_offer_in_time_keeps_its_deadline_from_passing(mark: str) -> None:
    plan = plan_of("""
rules:
- rule: gor
  for: seller
  then: [{must offer: samtal, with: socialnamnd-vuxen, deadline: 2 days}]
- {rule: ledning, for: seller, each: {passed: gor/offer}, then: [{should inform: stod}]}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-01 12:00")
    assert story.status("ledning/inform S1", "2013-05-04 00:00") == "due"
    story.mark(mark, "gor/offer S1", "2013-05-02 12:00")
    assert story.decision("ledning/inform S1", "2013-05-04 00:00") is None


def test_what_accepting_makes_due_runs_from_the_yes_and_lapses_with_a_later_no() -> None:
    plan = plan_of("""
rules:
- rule: stod
  for: seller
  then: [{must offer: samtal, with: socialnamnd-vuxen}]
- rule: folja
  for: seller
  each: {accepted: stod/offer}
  then: [{should perform: larma, deadline: 2 days}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-01 12:00")
    yes = story.mark("accepted", "stod/offer S1", "2013-05-02 12:00", known_at="2013-05-03 12:00")
    found = story.decision(f"folja/perform S1 #{yes}")
    assert found is not None
    assert found.deadline is not None
    assert (found.status, found.deadline.day) == ("due", date(2013, 5, 4))
    story.mark("acknowledged", "stod/offer S1", "2013-05-03 17:00")
    story.mark("declined", "stod/offer S1", "2013-05-03 18:00")
    assert story.status(f"folja/perform S1 #{yes}", "2013-05-03 17:59") == "due"
    assert story.status(f"folja/perform S1 #{yes}", "2013-05-03 18:00") == "lapsed"
