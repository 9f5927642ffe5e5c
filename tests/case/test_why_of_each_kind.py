"""What is said of each kind of decision and each status, in small stories; and how a decision is named."""

from __future__ import annotations

from typing import Any

import pytest
from tests.stories import Story, plan_of

from samverkan.case.case import Case
from samverkan.case.explained import Why
from samverkan.decide.errors import EventError
from samverkan.plan.model import Plan

RULES = """
rules:
- rule: anmal
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: 24 hours}]
- rule: kontakt
  for: seller
  when: {trafficking: suspected}
  then:
  - {should notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}, deadline: promptly}
- rule: utred
  for: person
  each: report_received
  then: [{must perform: larma, deadline: 14 days or next working day}, {must perform: forhora, id: fort, deadline: 3 working days}]
- rule: fraga
  for: purchase
  when: {seller_young: true}
  then: [{must inform: stod, about: buyer, who: [polisen, aklagare]}]
- rule: barn
  for: buyer
  when: {buys_from_child: true}
  overrides: {rule: vanlig, because: Ett barn går före.}
  then: [{must perform: larma}]
- rule: vanlig
  for: buyer
  then: [{must perform: avvakta}]
conclusions:
  seller_young: {of: purchase, label: säljaren är ung, when: {seller.age: [child, maybe_child]}, because: [lag/grund]}
  buys_from_child:
    of: buyer
    label: har köpt av ett barn
    when: {some: purchase, has: {seller.age: [child, maybe_child]}, as: buyer}
    because: [lag/grund]
"""


@pytest.fixture
def plan() -> Plan:
    return plan_of(RULES)


def why(story: Story, named: str, **options: Any) -> Why:
    return Case.replay(story.plan, story.events).why(named, **options)


def story_of(plan: Plan, **facts: Any) -> Story:
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-14 21:10", id="mott", **facts)
    return story


def test_a_report_says_who_is_told_on_what_ground_by_when_and_why(plan: Plan) -> None:
    story = story_of(plan, age="child", stay_municipality="vasteras")
    told = why(story, "anmal/notify S1", who={"S1": "flickan"})
    assert told.ground is not None
    (read,) = told.ground.conditions
    assert (read.subject, read.fact, read.value, read.stands, read.events) == ("S1", "age", "child", "said", ("mott",))
    assert told.deadline is not None
    assert (told.deadline.counted_by, told.deadline.at) == ("due", told.deadline.at)
    assert told.recipient is not None
    assert (told.recipient.found_by, told.recipient.municipality, told.recipient.not_known) == (
        "stay_municipality", "vasteras", ("home_municipality",),
    )  # fmt: skip
    assert told.disclosing is not None
    assert told.disclosing.now
    assert told.disclosing.lifts_secrecy
    assert [one.id for one in told.happened] == ["mott"]
    for line in (
        "Polisen ska underrätta barnenheten om flickan, med uppgift om vem det gäller.",
        "• Flickan har rollen säljare, sedan tisdag 14 maj kl. 21.10.",
        "• Ålder: barn (enligt uppgift). Det räcker: barn eller kanske barn.",
        "  Senast onsdag 15 maj kl. 21.10 (inom 24 timmar).",
        "  Kommunen är Västerås, enligt vistelsekommun. Inte känt: hemkommun.",
        "  Även vem det gäller: flickan.",
        "  Det får lämnas enligt 2 § lagen, som bryter sekretessen.",
    ):
        assert line in told.text.splitlines()


def test_what_was_withdrawn_gives_no_ground_to_tell_anybody(plan: Plan) -> None:
    story = story_of(plan, age="child")
    story.event("established", "S1", "2013-05-15 09:00", age="adult", id="fastställt")
    told = why(story, "anmal/notify S1")
    assert told.ended is not None
    assert (told.ended.status, told.ended.by) == ("withdrawn", ("fastställt",))
    assert [one.kind for one in told.ended.because] == ["condition"]
    assert told.disclosing is not None
    assert not told.disclosing.now
    assert "Nu får inget lämnas enligt den här regeln." in told.text
    assert "Det får lämnas enligt" not in told.text
    assert "Tar emot" not in told.text


def test_a_correction_says_what_was_told_when_and_that_it_was_never_so(plan: Plan) -> None:
    story = story_of(plan, age="child")
    mark = story.mark("done", "anmal/notify S1", "2013-05-14 22:00")
    story.event("established", "S1", "2013-05-15 09:00", age="adult")
    told = why(story, "anmal/notify:correction S1")
    assert [str(one) for one in told.waiting] == ["anmal/notify S1 by polisen"]
    assert told.told == (mark,)
    assert told.recipient is not None
    assert told.recipient.told
    assert "Det är den enhet som fick uppgiften." in told.text


def test_asking_says_what_waits_and_what_waits_says_that_nothing_may_be_told_yet(plan: Plan) -> None:
    story = story_of(plan)
    story.event("trafficking_suspected", "S1")
    asking = why(story, "samtycke/ask:regionkoordinator S1")
    assert [str(one) for one in asking.waiting] == ["kontakt/notify S1 by polisen"]
    assert asking.deadline is not None
    assert (asking.deadline.counted_by, asking.deadline.waiting) == ("waiting", asking.waiting[0])
    waits = why(story, "kontakt/notify S1")
    assert waits.disclosing is not None
    assert (waits.disclosing.now, waits.disclosing.consent) == (False, "unknown")
    assert "Inget får lämnas förrän samtycket finns." in waits.text


def test_a_consent_that_ended_says_what_was_told_and_by_which_words_it_ended(plan: Plan) -> None:
    story = story_of(plan)
    story.event("trafficking_suspected", "S1")
    yes = story.event("consent_given", "S1", recipient="regionkoordinator", telling="identity")
    mark = story.mark("done", "kontakt/notify S1")
    assert why(story, "kontakt/notify S1").disclosing.event == yes  # type: ignore[union-attr]
    no = story.event("consent_withdrawn", "S1", recipient="regionkoordinator")
    told = why(story, "kontakt/notify:consent-ended S1")
    assert (told.told, told.decision.id.occurrence) == ((mark,), no)
    assert "• Det här är sagt sedan dess:\n  – Återtaget: S1," in told.text


def test_days_are_counted_and_moved_as_the_text_says(plan: Plan) -> None:
    story = story_of(plan)
    report = story.event("report_received", "S1", "2013-05-17 10:00")
    moved = why(story, "utred/perform S1").deadline
    assert moved is not None
    assert (moved.counted_by, moved.event, moved.moved_from, moved.day) == ("occurrence", report, None, moved.day)
    late = story.event("report_received", "S1", "2013-05-18 10:00")
    told = why(story, f"utred/perform S1 #{late}")
    assert told.deadline is not None
    assert str(told.deadline.moved_from) == "2013-06-01"
    assert "Lördag 1 juni 2013 är ingen arbetsdag. Därför är sista dagen måndag 3 juni 2013." in told.text
    fast = why(story, f"utred/fort S1 #{report}")
    assert fast.deadline is not None
    assert [str(day) for day in fast.deadline.skipped] == ["2013-05-18", "2013-05-19"]
    assert "Räknas inte, eftersom det inte är arbetsdagar: lördag 18 maj och söndag 19 maj." in fast.text


def test_what_a_conclusion_follows_from_is_told_down_to_the_events(plan: Plan) -> None:
    story = story_of(plan, age="maybe_child")
    bought = story.event("buyer_caught", "K1 purchase of B1, S1")
    told = why(story, "barn B1")
    assert told.ground is not None
    (read,) = told.ground.conditions
    assert (read.stands, read.value) == ("concluded", "true")
    assert [(one.subject, one.over, one.events) for one in read.below] == [("S1", "K1", ("mott",))]
    over = why(story, "fraga B1 by polisen")
    assert over.ground is not None
    assert (over.ground.subject, over.ground.conditions[0].below[0].value) == ("K1", "maybe_child")
    assert bought not in told.ground.conditions[0].events


def test_what_another_rule_replaced_says_which_and_why(plan: Plan) -> None:
    story = story_of(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("told", "S1", age="child")
    told = why(story, "vanlig B1")
    assert told.ended is not None
    assert (told.ended.status, told.ended.replaced_by, told.ended.reason) == ("lapsed", "barn", "Ett barn går före.")
    assert "Ett barn går före." in told.text


def test_what_was_known_then_explains_what_was_due_then(plan: Plan) -> None:
    story = story_of(plan, age="child")
    story.event("established", "S1", "2013-05-15 09:00", age="adult")
    case = Case.replay(plan, story.events)
    then = case.why("anmal/notify S1", story.when("2013-05-14 22:00"))
    assert (then.decision.status, then.ended) == ("due", None)
    assert case.why(case.decisions(story.when()).decisions[0]).ended is not None


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("anmall S1", "Okänd regel 'anmall'. Menade du 'anmal'?"),
        ("anmal/notifi S1", "Regeln 'anmal' har ingen åtgärd 'notifi'. Menade du 'notify'?"),
        ("anmal S7", "'S7' finns inte i ärendet. Det finns K1, B1, S1 och case."),
        ("barn B1", "Det har inte varit aktuellt för 'B1'. Fråga i stället varför det inte är det (why-not)."),
        ("anmal S1 by aklagare", "Det finns inget sådant beslut om 'S1'. Det finns anmal/notify S1 by polisen."),
        ("utred S1", "Det har inte varit aktuellt för 'S1'. Fråga i stället varför det inte är det (why-not)."),
    ],
)
def test_what_isnt_there_is_refused_with_what_there_is(plan: Plan, named: str, message: str) -> None:
    story = story_of(plan, age="child")
    story.event("buyer_caught", "K1 purchase of B1, -")
    with pytest.raises(EventError) as problem:
        why(story, named)
    assert sorted(problem.value.text.split()) == sorted(message.split())


def test_several_decisions_of_one_name_are_told_apart(plan: Plan) -> None:
    story = story_of(plan, age="child")
    story.event("buyer_caught", "K1 purchase of B1, S1")
    with pytest.raises(EventError) as problem:
        why(story, "fraga/inform B1")
    assert problem.value.text == (
        "Det finns flera sådana beslut: fraga/inform B1 by aklagare och fraga/inform B1 by polisen. Skriv vilket."
    )


def test_an_answer_to_a_question_is_told_as_what_establishes(plan: Plan) -> None:
    story = story_of(plan)
    answer = story.event("svar", "S1", age="child")
    told = why(story, "anmal/notify S1")
    assert told.ground is not None
    assert [(one.stands, one.events) for one in told.ground.conditions] == [("established", (answer,))]
    assert "Svar på en fråga: S1" in told.text
