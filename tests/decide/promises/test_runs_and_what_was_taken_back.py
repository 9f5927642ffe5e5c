"""Section 5 of the contract: a deadline after an event counts from the spell, and a mark stays with what it was made for (5.b)."""

from __future__ import annotations

from datetime import date

from tests.stories import REPORT, Story, plan_of


def test_a_deadline_after_an_event_is_counted_from_the_last_one_before_the_spell_also_when_it_is_due_anew() -> None:
    rule = "{rule: gor, for: seller, then: [{must perform: larma, deadline: 14 days after report_received}]}"
    story = Story(plan_of(f"rules: [{rule}]"))
    story.event("report_received", "S1", "2013-05-01 09:00")
    story.event("person_met", "S1 seller", "2013-05-03 08:00")
    story.event("report_received", "S1", "2013-05-05 09:00")
    done = story.mark("done", "gor/perform S1", "2013-05-06 10:00")
    story.void(done, "2013-05-07 10:00")
    found = story.decision("gor/perform S1", "2013-05-08 10:00")
    assert found is not None
    assert found.deadline is not None
    assert (found.status, found.since) == ("due", story.when("2013-05-07 10:00"))
    assert (found.shown, found.deadline.day) == (story.when("2013-05-03 08:00"), date(2013, 5, 15))


def test_a_mark_made_for_a_passing_that_was_taken_back_is_not_on_the_next_one() -> None:
    story = Story(plan_of(REPORT))
    story.event("person_met", "S1 seller", "2013-05-01 08:00")
    first = story.event("report_received", "S1", "2013-05-14 10:00")
    story.mark("done", "ledning/inform S1", "2013-05-30 10:00")
    story.void(first, "2013-06-01 10:00")
    second = story.event("report_received", "S1", "2013-06-10 10:00")
    assert story.status(f"ledning/inform S1 #beslut/perform S1#{first} by polisen", "2013-06-26 10:00") == "done"
    assert story.status(f"ledning/inform S1 #beslut/perform S1#{second} by polisen", "2013-06-26 10:00") == "due"


def test_what_was_done_about_the_first_report_stays_with_it_when_one_of_them_is_taken_back() -> None:
    for taken_back in (0, 1):
        story = Story(plan_of(REPORT))
        story.event("person_met", "S1 seller", "2013-05-01 08:00")
        reports = [story.event("report_received", "S1", f"2013-05-0{day} 10:00") for day in (2, 3)]
        story.mark("done", "beslut/perform S1", "2013-05-01 10:00", known_at="2013-05-04 10:00")
        story.void(reports[taken_back], "2013-05-05 10:00")
        assert story.status(f"beslut/perform S1 #{reports[0]}", "2013-05-05 10:00") == "done"
        assert story.status(f"beslut/perform S1 #{reports[1]}", "2013-05-05 10:00") == ("due" if taken_back == 0 else "withdrawn")


def test_a_notice_that_consent_has_ended_is_withdrawn_when_there_never_was_a_yes() -> None:
    told = "{must notify: regionkoordinator, id: vem, telling: identity, allowed by: {consent: regionkoordinator}}"
    plan = plan_of(f"rules: [{{rule: kontakt, for: seller, then: [{told}]}}]")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-01 08:00")
    yes = story.event("consent_given", "S1", "2013-05-02 08:00", recipient="regionkoordinator", telling="identity")
    story.mark("done", "kontakt/vem S1", "2013-05-02 09:00")
    no = story.event("consent_refused", "S1", "2013-05-03 08:00", recipient="regionkoordinator")
    notice = f"kontakt/vem:consent-ended S1 #{no}"
    assert story.status(notice, "2013-05-03 08:00") == "due"
    story.void(yes, "2013-05-04 08:00")
    assert story.status(notice, "2013-05-04 08:00") == "withdrawn"
