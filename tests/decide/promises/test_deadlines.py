"""Section 5 of the contract, *Deadlines*: by when, what is late or overdue, and the passing of a deadline and its taking back."""

from __future__ import annotations

from datetime import date

import pytest
from tests.stories import REPORT, Story, plan_of, problems_of

from samverkan.decide.answer import Decision


def standing(deadline: str, at: str) -> Decision:
    """A standing rule's decision, due since `at`."""
    plan = plan_of(f"rules: [{{rule: gor, for: seller, then: [{{must perform: larma, deadline: {deadline}}}]}}]")
    story = Story(plan)
    story.event("person_met", "S1 seller", at)
    found = story.decision("gor/perform S1", at)
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------------------ all units


@pytest.mark.parametrize(
    ("deadline", "since", "at", "real"),
    [
        ("at once", "2013-05-14 21:10", "2013-05-14 22:10", False),
        ("promptly", "2013-05-14 21:10", "2013-05-15 21:10", False),
        ("24 hours", "2013-05-14 21:10", "2013-05-15 21:10", True),
        ("24 hours", "2013-03-30 12:00", "2013-03-31 13:00", True),  # the night when an hour is skipped
        ("24 hours", "2013-10-26 12:00", "2013-10-27 11:00", True),  # the night when one comes twice
        ("1 hour", "2013-03-31 01:30", "2013-03-31 03:30", True),
    ],
)
def test_reminder_times_come_from_the_plan_and_hours_are_elapsed_time(deadline: str, since: str, at: str, real: bool) -> None:
    found = standing(deadline, since)
    story = Story(plan_of("rules: [{rule: gor, for: seller, then: [{must perform: larma}]}]"))
    assert found.deadline is not None
    assert (found.deadline.at, found.deadline.day, found.deadline.real) == (story.when(at), None, real)


@pytest.mark.parametrize(
    ("deadline", "since", "day"),
    [
        ("1 day", "2013-05-14 00:00", "2013-05-15"),
        ("1 day", "2013-05-14 23:59", "2013-05-15"),
        ("14 days", "2013-05-14 21:10", "2013-05-28"),
        ("14 days", "2013-03-20 12:00", "2013-04-03"),  # over the change of the clock
        ("2 weeks", "2013-05-14 21:10", "2013-05-28"),
        ("1 month", "2013-01-31 12:00", "2013-02-28"),
        ("1 month", "2016-01-31 12:00", "2016-02-29"),
        ("1 month", "2013-02-28 12:00", "2013-03-28"),
        ("4 months", "2013-10-31 12:00", "2014-02-28"),
        ("1 working day", "2013-06-20 12:00", "2013-06-24"),  # Thursday before midsommarafton
        ("2 working days", "2013-06-20 12:00", "2013-06-25"),
        ("1 working day", "2013-06-22 12:00", "2013-06-24"),  # midsommardagen itself
        ("1 working day", "2013-12-23 12:00", "2013-12-27"),  # julafton, juldagen and annandagen
        ("1 working day", "2013-05-10 12:00", "2013-05-13"),  # Friday
        ("3 working days", "2013-05-07 12:00", "2013-05-13"),  # Kristi himmelsfärd on a Thursday
        ("14 days or next working day", "2013-06-07 12:00", "2013-06-24"),  # the 21st is midsommarafton
        ("14 days", "2013-06-07 12:00", "2013-06-21"),
        ("1 month or next working day", "2013-04-01 12:00", "2013-05-02"),  # the first of May
        ("1 week or next working day", "2013-05-14 12:00", "2013-05-21"),
    ],
)
def test_days_and_months_end_with_that_local_day(deadline: str, since: str, day: str) -> None:
    found = standing(deadline, since)
    story = Story(plan_of("rules: [{rule: gor, for: seller, then: [{must perform: larma}]}]"))
    assert found.deadline is not None
    last = date.fromisoformat(day)
    midnight = story.when(f"{date.fromordinal(last.toordinal() + 1)} 00:00")
    assert (found.deadline.day, found.deadline.at, found.deadline.real) == (last, midnight, True)


def test_a_measure_without_a_deadline_has_none_and_is_never_overdue() -> None:
    story = Story(plan_of("rules: [{rule: gor, for: seller, then: [{must perform: larma}]}]"))
    story.event("person_met", "S1 seller")
    found = story.decision("gor/perform S1", "2014-05-14 12:00")
    assert found is not None
    assert (found.deadline, found.flags) == (None, ())


# ------------------------------------------------------------------------------------------------- from when it runs


def test_a_standing_rules_deadline_runs_from_the_instant_since_which_it_has_been_due_without_a_break() -> None:
    plan = plan_of("rules: [{rule: gor, for: seller, when: {age: child}, then: [{must perform: larma, deadline: 2 hours}]}]")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", known_at="2013-05-14 14:00")
    found = story.decision("gor/perform S1", "2013-05-14 14:00")
    assert found is not None
    assert found.deadline is not None
    assert (found.since, found.deadline.at) == (story.when("2013-05-14 14:00"), story.when("2013-05-14 16:00"))
    story.event("told", "S1", "2013-05-14 15:00", gender="woman")
    found = story.decision("gor/perform S1")
    assert found is not None
    assert found.since == story.when("2013-05-14 14:00"), "something else that happens is no break"
    story.event("changed", "S1", "2013-05-14 15:10", age="adult")
    story.event("changed", "S1", "2013-05-14 15:20", age="child")
    found = story.decision("gor/perform S1")
    assert found is not None
    assert found.deadline is not None
    assert (found.since, found.deadline.at) == (story.when("2013-05-14 15:20"), story.when("2013-05-14 17:20"))


PASSED = "ledning/inform S1 #beslut/perform S1#e2 by polisen"


def report(at: str = "2013-05-14 10:00", known_at: str | None = None) -> Story:
    story = Story(plan_of(REPORT))
    story.event("person_met", "S1 seller", "2013-05-01 08:00")
    assert story.event("report_received", "S1", at, known_at=known_at or at) == "e2"
    return story


def test_an_event_rules_deadline_runs_from_the_occurrence_for_each() -> None:
    story = report("2013-05-14 10:00", known_at="2013-05-16 10:00")
    story.event("report_received", "S1", "2013-05-20 10:00", id="e9")
    ends = {d.id.occurrence: d.deadline.day for d in story.answer().decisions if d.deadline}
    assert ends == {"e2": date(2013, 5, 28), "e9": date(2013, 6, 3)}


AFTER = """
rules:
- rule: gor
  for: seller
  when: {age: child}
  then: [{must perform: larma, deadline: 14 days after report_received}]
"""


def test_after_an_event_counts_from_the_last_such_before_the_spell() -> None:
    story = Story(plan_of(AFTER))
    story.event("person_met", "S1 seller", "2013-05-01 08:00")
    story.event("report_received", "S1", "2013-05-02 10:00")
    story.event("report_received", "S1", "2013-05-06 10:00")
    story.event("told", "S1", "2013-05-14 12:00", age="child")
    story.event("report_received", "S1", "2013-05-15 10:00")
    found = story.decision("gor/perform S1")
    assert found is not None
    assert found.deadline is not None
    assert (found.deadline.day, found.deadline.text) == (date(2013, 5, 20), "14 days after report_received")


def test_after_an_event_that_comes_later_counts_from_the_first_such_and_until_then_from_nothing() -> None:
    story = Story(plan_of(AFTER))
    story.event("person_met", "S1 seller", "2013-05-01 08:00", age="child")
    found = story.decision("gor/perform S1", "2013-12-01 08:00")
    assert found is not None
    assert found.deadline is not None
    assert (found.deadline.at, found.deadline.real, found.flags) == (None, True, ())
    story.event("report_received", "S1", "2013-05-14 10:00")
    story.event("report_received", "S1", "2013-05-20 10:00")
    story.event("report_received", "S2", "2013-05-10 10:00")
    found = story.decision("gor/perform S1")
    assert found is not None
    assert found.deadline is not None
    assert found.deadline.day == date(2013, 5, 28)


def test_after_an_event_about_something_else_than_the_decision_is_an_error() -> None:
    wrong = problems_of("""
rules:
- rule: gor
  for: purchase
  then:
  - {must inform: stod, about: seller, deadline: 3 days after purchase_reported}
  - {must perform: larma, about: seller, each relation: true, deadline: 3 days after purchase_reported}
""")
    assert [problem.code for problem in wrong if problem.severity == "error"] == ["deadline"]


# ---------------------------------------------------------------------------------------------------- late, overdue


def test_overdue_from_the_instant_of_the_deadline_on() -> None:
    story = Story(plan_of("rules: [{rule: gor, for: seller, then: [{must perform: larma, deadline: 2 hours}]}]"))
    story.event("person_met", "S1 seller", "2013-05-14 12:00")
    assert story.flags("gor/perform S1", "2013-05-14 13:59:59") == ()
    assert story.flags("gor/perform S1", "2013-05-14 14:00") == ("overdue", "passed")


def test_what_was_past_when_first_shown_is_late_and_has_the_reminder_time_of_at_once() -> None:
    story = report("2013-05-02 10:00", known_at="2013-05-20 10:00")
    found = story.decision("beslut/perform S1", "2013-05-20 10:00")
    assert found is not None
    assert found.deadline is not None
    assert (found.flags, found.deadline.at, found.deadline.real) == (("late",), story.when("2013-05-20 11:00"), False)
    found = story.decision("beslut/perform S1", "2013-05-20 11:00")
    assert found is not None
    assert found.flags == ("late", "overdue")
    assert found.passed_at is None
    assert story.decision("ledning/inform S1", "2013-12-20 11:00") is None, "a late one never passes"


def test_a_deadline_at_the_very_instant_of_being_shown_is_not_late_but_passes() -> None:
    story = report("2013-05-02 10:00", known_at="2013-05-17 00:00")
    found = story.decision("beslut/perform S1", "2013-05-17 00:00")
    assert found is not None
    assert (found.flags, found.passed_at) == (("overdue", "passed"), story.when("2013-05-17 00:00"))


@pytest.mark.parametrize("deadline", ["at once", "promptly"])
def test_reminder_times_make_overdue_and_never_pass(deadline: str) -> None:
    found_at = "2013-05-20 12:00"
    plan = plan_of(f"rules: [{{rule: gor, for: seller, then: [{{must perform: larma, deadline: {deadline}}}]}}]")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-14 12:00")
    found = story.decision("gor/perform S1", found_at)
    assert found is not None
    assert (found.flags, found.passed_at) == (("overdue",), None)
