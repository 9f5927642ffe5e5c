"""Section 6 of the contract: what may be told to whom, and what follows when a consent is asked for, given, refused or ends."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.stories import Story, plan_of, problems_of

TO = "regionkoordinator"
BOTH = """
rules:
- rule: kontakt
  for: seller
  when: {trafficking: suspected}
  then:
  - must notify: regionkoordinator
    id: vem
    telling: identity
    allowed by: {consent: regionkoordinator}
    deadline: 2 days
    if refused: {may consult: regionkoordinator, id: rad}
  - must notify: regionkoordinator
    id: vad
    telling: circumstances
    allowed by: {consent: regionkoordinator}
    deadline: promptly
"""
WHO, WHAT, ADVICE = "kontakt/vem S1", "kontakt/vad S1", "kontakt/rad S1"
ASK, ENDED = f"samtycke/ask:{TO} S1", "kontakt/vem:consent-ended S1"


def suspected(plan: str = BOTH) -> Story:
    story = Story(plan_of(plan))
    story.event("trafficking_suspected", "S1", "2017-05-02 12:00")
    return story


def answered(story: Story, answer: str, at: str, **more: Any) -> str:
    """A consent event about the recipient; the identity may be told where a yes doesn't say otherwise."""
    if answer == "given":
        more = {"telling": "identity", **more}
    return story.event(f"consent_{answer}", "S1", at, recipient=TO, **more)


# ---------------------------------------------------------------------------------------------------- in every state


def test_unknown_is_asked_first_and_has_no_deadline_of_its_own() -> None:
    story = suspected()
    found = story.decision(WHO)
    assert found is not None
    assert (found.status, found.since, found.deadline, found.consent) == ("ask_first", None, None, TO)
    late = story.decision(WHO, "2018-05-02 12:00")
    assert late is not None
    assert (late.status, late.flags, late.passed_at) == ("ask_first", (), None)
    assert story.decision(ADVICE) is None


def test_given_is_due_and_its_deadline_runs_from_then() -> None:
    story = suspected()
    answered(story, "given", "2017-06-02 12:00")
    found = story.decision(WHO)
    assert found is not None
    assert found.deadline is not None
    assert (found.status, found.since, found.deadline.day, found.flags) == (
        "due", story.when("2017-06-02 12:00"), date(2017, 6, 4), ()
    )  # fmt: skip


def test_an_event_rules_deadline_too_runs_from_the_consent_that_was_waited_for() -> None:
    story = Story(
        plan_of("""
rules:
- rule: kontakt
  for: person
  each: report_received
  then: [{must notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}, deadline: 2 days}]
""")
    )
    story.event("person_met", "S1 seller", "2017-05-01 12:00")
    report = story.event("report_received", "S1", "2017-05-02 12:00")
    answered(story, "given", "2017-06-02 12:00")
    found = story.decision(f"kontakt/notify S1 #{report}")
    assert found is not None
    assert found.deadline is not None
    assert (found.status, found.deadline.day, found.flags) == ("due", date(2017, 6, 4), ())


@pytest.mark.parametrize("answer", ["refused", "withdrawn"])
def test_refused_or_withdrawn_is_not_due_and_says_what_may_be_done_instead(answer: str) -> None:
    story = suspected()
    answered(story, answer, "2017-05-03 12:00")
    assert story.live() == {ADVICE}
    instead = story.decision(ADVICE)
    assert instead is not None
    assert (instead.kind, instead.telling, instead.strength, instead.id.bearer) == ("consult", "circumstances", "may", "polisen")


def test_expired_is_asked_first_again() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00", until="2017-05-10 15:00")
    assert story.status(WHO, "2017-05-10 14:59") == "due"
    assert story.status(WHO, "2017-05-10 15:00") == "ask_first"
    assert story.status(ASK, "2017-05-10 15:00") == "due"
    answered(story, "given", "2017-05-12 12:00")
    assert story.status(WHO) == "due"


def test_what_waits_again_at_its_deadline_does_not_pass() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00", until="2017-05-04")
    waiting = story.decision(WHO, "2017-05-10 12:00")
    assert waiting is not None
    assert (waiting.status, waiting.flags, waiting.passed_at) == ("ask_first", (), None)


def test_a_consent_until_a_day_ends_with_that_local_day() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00", until="2017-05-10")
    assert story.status(WHO, "2017-05-10 23:59:59") == "due"
    assert story.status(WHO, "2017-05-11 00:00") == "ask_first"


def test_a_later_answer_counts_and_a_yes_after_a_no_too() -> None:
    story = suspected()
    answered(story, "refused", "2017-05-03 12:00")
    answered(story, "given", "2017-05-04 12:00")
    assert story.status(WHO) == "due"
    assert story.status(ADVICE) == "lapsed"


def test_an_answer_counts_from_when_it_was_given_once_it_is_known() -> None:
    story = suspected()
    answered(story, "refused", "2017-05-03 12:00", known_at="2017-05-05 12:00")
    answered(story, "given", "2017-05-04 12:00", known_at="2017-05-04 12:00")
    assert story.status(WHO, "2017-05-05 12:00") == "due"


@pytest.mark.parametrize("answers", [("given", "refused"), ("refused", "given"), ("given", "withdrawn"), ("withdrawn", "given")])
def test_of_two_answers_at_one_instant_the_strictest_counts(answers: tuple[str, str]) -> None:
    story = suspected()
    for answer in answers:
        answered(story, answer, "2017-05-03 12:00")
    assert story.live() == {ADVICE}


def test_of_two_yeses_at_one_instant_the_narrower_and_the_shorter_counts() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00", telling="identity")
    answered(story, "given", "2017-05-03 12:00", telling="circumstances")
    assert (story.status(WHO), story.status(WHAT)) == ("ask_first", "due")
    story = suspected()
    answered(story, "given", "2017-05-03 12:00")
    answered(story, "given", "2017-05-03 12:00", until="2017-05-05")
    assert story.status(WHO, "2017-05-06 00:00") == "ask_first"


def test_consent_is_read_per_recipient() -> None:
    story = suspected()
    story.event("consent_given", "S1", "2017-05-03 12:00", recipient="migrationsverket", telling="identity")
    assert story.status(WHO) == "ask_first"
    story.event("consent_refused", "S1", "2017-05-03 13:00", recipient="socialnamnd-vuxen")
    assert story.status(WHO) == "ask_first"


def test_consent_is_the_persons_own() -> None:
    story = suspected()
    story.event("trafficking_suspected", "S2", "2017-05-02 12:00")
    answered(story, "given", "2017-05-03 12:00")
    assert (story.status(WHO), story.status("kontakt/vem S2")) == ("due", "ask_first")


# -------------------------------------------------------------------------------------------------------------- scopes


@pytest.mark.parametrize(
    ("answers", "who", "what"),
    [
        ([("given", "identity")], "due", "due"),
        ([("given", "circumstances")], "ask_first", "due"),
        ([("given", "identity"), ("given", "circumstances")], "ask_first", "due"),
        ([("refused", None), ("given", "circumstances")], "refused", "due"),
        ([("withdrawn", "identity"), ("given", "circumstances")], "refused", "due"),
        ([("given", "identity"), ("refused", None)], "refused", "refused"),
        ([("given", "identity"), ("withdrawn", None)], "refused", "refused"),
        ([("given", "identity"), ("refused", "identity")], "refused", "due"),
        ([("given", "identity"), ("withdrawn", "circumstances")], "refused", "refused"),
        ([("refused", "circumstances")], "refused", "refused"),
        ([("refused", "identity")], "refused", "ask_first"),
        ([("refused", None), ("given", "identity")], "due", "due"),
    ],
)
def test_each_scope_is_read_by_itself(answers: list[tuple[str, str | None]], who: str, what: str) -> None:
    story = suspected()
    for day, (answer, telling) in enumerate(answers, 3):
        read = json.loads(json.dumps({"telling": telling}))  # a word of its own, as it comes from a file
        answered(story, answer, f"2017-05-0{day} 12:00", **(read if telling else {}))
    live = story.live()
    assert (ADVICE in live) is (who == "refused")
    assert [(story.status(one) if one in live else "refused") for one in (WHO, WHAT)] == [who, what]


# ---------------------------------------------------------------------------------------------------------------- asking


def test_asking_is_one_decision_with_the_strictest_strength_and_deadline() -> None:
    plan = """
rules:
- rule: a
  for: seller
  then:
  - {should notify: regionkoordinator, id: en, telling: identity, allowed by: {consent: regionkoordinator}, deadline: at once}
  - {must notify: regionkoordinator, id: tva, telling: identity, allowed by: {consent: regionkoordinator}, deadline: 5 days}
  - {may notify: regionkoordinator, id: tre, telling: identity, allowed by: {consent: regionkoordinator}}
- rule: b
  for: seller
  then:
  - must apply: migrationsverket
    telling: identity
    allowed by: {consent: migrationsverket}
    deadline: 3 days
    who: [aklagare]
"""
    story = Story(plan_of(plan))
    story.event("person_met", "S1 seller", "2017-05-02 12:00")
    asks = {str(d.id): (d.strength, d.deadline.text if d.deadline else "", d.kind) for d in story.answer().decisions
            if d.id.rule == "samtycke"}  # fmt: skip
    assert asks == {
        "samtycke/ask:regionkoordinator S1 by polisen": ("must", "at once", "ask"),
        "samtycke/ask:migrationsverket S1 by aklagare": ("must", "3 days", "ask"),
    }


def test_a_may_that_waits_makes_a_may_of_asking() -> None:
    plan = """
rules:
- rule: a
  for: seller
  then: [{may notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}, deadline: 2 hours}]
"""
    story = Story(plan_of(plan))
    story.event("person_met", "S1 seller", "2017-05-02 12:00")
    found = story.decision(ASK, "2017-06-02 12:00")
    assert found is not None
    assert (found.strength, found.flags, found.passed_at) == ("may", (), None)


def test_asking_becomes_overdue_like_anything_else() -> None:
    story = suspected()
    assert story.flags(ASK, "2017-05-03 11:59") == ()
    assert story.flags(ASK, "2017-05-03 12:00") == ("overdue",)


def test_asking_that_was_late_once_stays_passed_when_it_is_asked_again() -> None:
    story = suspected(BOTH.replace("promptly", "5 days"))
    assert story.flags(ASK, "2017-05-05 00:00") == ("overdue", "passed")
    answered(story, "given", "2017-05-05 12:00", until="2017-05-10")
    again = story.decision(ASK, "2017-05-11 00:00")
    assert again is not None
    assert (again.status, again.flags, again.passed_at) == ("due", ("passed",), story.when("2017-05-05 00:00"))


@pytest.mark.parametrize("answer", ["given", "refused", "withdrawn"])
def test_asking_is_done_by_any_answer(answer: str) -> None:
    story = suspected()
    assert story.status(ASK) == "due"
    answered(story, answer, "2017-05-03 12:00")
    assert story.status(ASK) == "done"


def test_asking_ended_with_the_first_answer_whatever_was_answered_afterwards() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00")
    answered(story, "withdrawn", "2017-05-04 12:00")
    asked = story.decision(ASK)
    assert asked is not None
    assert (asked.status, asked.ended_at) == ("done", story.when("2017-05-03 12:00"))


@pytest.mark.parametrize(("at", "done"), [("2017-05-02 12:59", "done"), ("2017-05-02 13:00", "due")])
def test_a_mark_that_names_nobody_says_who_asked_only_while_one_had_to(at: str, done: str) -> None:
    story = suspected(
        BOTH
        + """
- rule: vuxen
  for: seller
  when: {age: adult}
  then: [{must notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}, who: [aklagare]}]
"""
    )
    story.event("told", "S1", "2017-05-02 13:00", age="adult")
    story.mark("done", ASK, at)
    as_of = "2017-05-02 14:00"
    assert (story.status(f"{ASK} by polisen", as_of), story.status(f"{ASK} by aklagare", as_of)) == (done, "due")
    assert [q.subject for q in story.questions("nothing_marked", as_of)] == (["S1"] if done == "due" else [])


def test_asking_is_done_by_an_answer_that_leaves_something_waiting() -> None:
    """They were asked, and said how much: nobody is pressed for more."""
    story = suspected()
    answered(story, "given", "2017-05-03 12:00", telling="circumstances")
    assert (story.status(WHO), story.status(ASK)) == ("ask_first", "done")


def test_asking_is_done_by_a_mark() -> None:
    story = suspected()
    story.mark("done", ASK, "2017-05-03 12:00")
    assert (story.status(ASK), story.status(WHO)) == ("done", "ask_first")


def test_an_answer_from_before_does_not_do_what_is_asked_now() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00", until="2017-05-05")
    assert story.status(ASK, "2017-05-04 12:00") == "done"
    found = story.decision(ASK, "2017-05-06 00:00")
    assert found is not None
    assert (found.status, found.shown) == ("due", story.when("2017-05-06 00:00"))


def test_an_answer_given_earlier_that_becomes_known_does_what_is_asked() -> None:
    story = suspected()
    answered(story, "refused", "2017-05-02 11:00", known_at="2017-05-03 12:00")
    assert story.status(ASK) == "done"


def test_asking_lapses_or_is_withdrawn_as_what_waited() -> None:
    story = suspected()
    story.event("trafficking_dismissed", "S1", "2017-05-04 12:00")
    assert (story.status(WHO), story.status(ASK)) == ("lapsed", "lapsed")
    story = Story(plan_of(BOTH))
    story.event("person_met", "S1 seller", "2017-05-01 12:00")
    wrong = story.event("trafficking_suspected", "S1", "2017-05-02 12:00")
    story.void(wrong, "2017-05-04 12:00")
    assert (story.status(WHO), story.status(ASK)) == ("withdrawn", "withdrawn")


def test_nothing_is_asked_where_nothing_waits() -> None:
    story = Story(plan_of(BOTH))
    story.event("person_met", "S1 seller", "2017-05-01 12:00")
    answered(story, "refused", "2017-05-01 13:00")
    story.event("trafficking_suspected", "S1", "2017-05-02 12:00")
    assert story.decision(ASK) is None
    done = suspected()
    for one in (WHO, WHAT):
        done.mark("done", one, "2017-05-02 13:00")
    assert done.status(ASK) not in ("due", "ask_first")


def test_no_rule_may_have_the_name_of_asking() -> None:
    wrong = problems_of("rules: [{rule: samtycke, for: seller, then: [{must perform: larma}]}]")
    assert [problem.severity for problem in wrong] == ["error"]


def test_asking_is_done_by_a_mark_dated_before_its_spell_that_became_known_in_it() -> None:
    story = suspected()
    shown = story.decision(ASK)
    assert shown is not None
    assert shown.status == "due"
    story.mark("done", ASK, at="2017-04-30 12:00", known_at="2017-05-20 12:00")
    assert story.status(ASK, "2017-05-20 11:59") == "due"
    assert story.status(ASK, "2017-05-20 12:00") == "done"
