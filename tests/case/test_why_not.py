"""Why something isn't due: every hindrance, and sets of facts that make it due when they happen, and no less does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from tests.case.test_ways import asked_about
from tests.generators import Case as Drawn
from tests.generators.words import FACTS
from tests.stories import Story, plan_of

from samverkan.case.case import Case
from samverkan.case.explanations import Change, WhyNot, explanation_to_json
from samverkan.case.schemas import explanation_schema
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event
from samverkan.plan.model import EventType, Plan, Says

QUICK = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))

SETTERS = {
    f"set_{fact.id}": EventType(f"set_{fact.id}", fact.id, fact.of, None, says=(Says("changes", None, fact.id),))
    for fact in FACTS.values()
}
"""Events that say one fact, and are nothing else."""


@QUICK
@given(asked_about())
def test_what_is_said_to_make_it_due_does_when_it_happens_and_no_less_does(drawn: Drawn) -> None:
    plan = replace(drawn.plan, events={**drawn.plan.events, **SETTERS})
    if plan.rules["r"].by_offence:
        return
    case = Case.replay(plan, drawn.events)
    for subject in sorted(one.id for one in case.decisions(drawn.as_of).subjects if one.sort == plan.rules["r"].of):
        told = case.why_not("r", subject, drawn.as_of)
        assert told.due == is_due(case, drawn.as_of, subject, ())
        for way in told.ways:
            assert way.enough
            assert is_due(case, drawn.as_of, subject, way.changes)
            for fewer in range(len(way.changes)):
                assert not any(is_due(case, drawn.as_of, subject, some) for some in combinations(way.changes, fewer))


def is_due(case: Case, at: datetime, subject: str, changes: Iterable[Change]) -> bool:
    """Whether the rule is due once each fact has changed to the last of the values that are said to do."""
    assert case.now is not None
    now = max(case.now, at) + timedelta(seconds=1)
    events = [
        Event(f"x{n}", now, now, type=f"set_{one.fact}", about=About(one.subject), facts=((one.fact, one.values[-1]),))
        for n, one in enumerate(changes)
    ]
    answer = Case.replay(case.plan, (*case.events, *events)).decisions(now)
    return any(d.status == "due" for d in answer.find("r", "m", subject))


# -- the hindrances ---------------------------------------------------------------------------------------------------------

RULES = """
rules:
- rule: anmal
  for: seller
  when: {age: [child, maybe_child]}
  unless: [{trafficking: suspected}]
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}}]
- rule: handel
  for: seller
  when: {trafficking: suspected}
  overrides: {rule: erbjud, because: Skyddet går före.}
  then: [{must perform: larma}]
- rule: erbjud
  for: seller
  then: [{must offer: samtal, with: socialnamnd-vuxen}]
- rule: kontakt
  for: seller
  then:
  - should notify: regionkoordinator
    telling: identity
    allowed by: {consent: regionkoordinator}
    if refused: {may consult: regionkoordinator}
- rule: svar
  for: person
  each: report_received
  then: [{must inform: stod}]
- rule: framtid
  for: seller
  then: [{must inform: stod}]
  valid: {from: 2020-01-01}
- rule: forsta
  for: seller
  then: [{must perform: forhora, or: andra/perform}]
- rule: andra
  for: seller
  then: [{must perform: avvakta, who: [aklagare]}]
- rule: kop
  for: purchase
  when: {payment: handed_over}
  then: [{must inform: stod, about: buyer}]
- rule: kopet
  for: purchase
  then: [{must perform: larma}]
"""


@pytest.fixture
def plan() -> Plan:
    return plan_of(RULES)


def case_of(story: Story) -> Case:
    return Case.replay(story.plan, story.events)


def kinds(told: WhyNot) -> list[str]:
    return [one.kind for one in told.hindrances]


def met(plan: Plan, **facts: Any) -> Story:
    story = Story(plan)
    story.event("person_met", "S1 seller", **facts)
    return story


def test_what_is_due_has_no_hindrance(plan: Plan) -> None:
    told = case_of(met(plan, age="child")).why_not("anmal", "S1")
    assert (told.due, told.hindrances, told.ways) == (True, (), ())
    assert "Det är redan aktuellt." in told.text


def test_an_unknown_fact_would_only_have_to_become_known(plan: Plan) -> None:
    told = case_of(met(plan)).why_not("anmal", "S1")
    assert kinds(told) == ["condition"]
    assert told.hindrances[0].holds is None
    (way,) = told.ways
    assert way.enough
    assert way.changes == (Change("S1", "age", ("child", "maybe_child"), "unknown", "unknown"),)
    assert "ålder är: barn eller kanske barn – nu inte känt" in told.text


def test_what_is_said_and_what_is_established_would_have_to_be_other_than_it_is(plan: Plan) -> None:
    story = met(plan, age="adult")
    assert case_of(story).why_not("anmal", "S1").ways[0].changes[0].stands == "said"
    story.event("established", "S1", age="adult")
    told = case_of(story).why_not("anmal", "S1")
    assert told.ways[0].changes[0].stands == "established"
    assert "nu fastställt: vuxen, vilket då måste vara fel eller ändras" in told.text


def test_an_exception_that_holds_would_have_to_be_gone(plan: Plan) -> None:
    story = met(plan, age="child")
    story.event("trafficking_suspected", "S1")
    told = case_of(story).why_not("anmal", "S1")
    assert kinds(told) == ["exception"]
    assert told.ways[0].changes == (Change("S1", "trafficking", ("dismissed",), "suspected", "changed"),)
    assert "Ett undantag gäller:" in told.text


def test_a_rule_that_goes_before_is_named_and_would_have_to_be_gone(plan: Plan) -> None:
    story = met(plan)
    story.event("trafficking_suspected", "S1")
    told = case_of(story).why_not("erbjud", "S1")
    assert [(one.kind, one.rule, one.because) for one in told.hindrances] == [("overridden", "handel", "Skyddet går före.")]
    assert told.ways[0].changes[0].values == ("dismissed",)


def test_the_role_the_validity_and_the_occurrence_are_no_facts_to_change(plan: Plan) -> None:
    story = met(plan)
    story.event("person_met", "B1 buyer", age="child")
    case = case_of(story)
    assert kinds(case.why_not("anmal", "B1")) == ["role"]
    assert kinds(case.why_not("framtid", "S1")) == ["not_in_force"]
    told = case.why_not("svar", "S1")
    assert (kinds(told), told.ways) == (["no_occurrence"], ())
    assert "Det som regeln väntar på har inte hänt: anmälan." in told.text
    both = case.why_not("anmal/notify", "B1", case.now)
    assert not any(way.enough for way in both.ways)


def test_a_consent_that_isnt_known_is_asked_for_and_one_that_is_refused_hinders(plan: Plan) -> None:
    story = met(plan)
    assert kinds(case_of(story).why_not("kontakt/notify", "S1")) == ["ask_first"]
    assert kinds(case_of(story).why_not("kontakt/consult", "S1")) == ["not_refused"]
    no = story.event("consent_refused", "S1", recipient="regionkoordinator")
    told = case_of(story).why_not("kontakt/notify", "S1")
    assert [(one.kind, one.events) for one in told.hindrances] == [("refused", (no,))]
    assert case_of(story).why_not("kontakt/consult", "S1").due


def test_what_is_done_declined_or_done_by_another(plan: Plan) -> None:
    story = met(plan)
    story.mark("declined", "erbjud/offer S1")
    done = story.mark("done", "andra/perform S1")
    case = case_of(story)
    assert kinds(case.why_not("erbjud", "S1")) == ["declined"]
    told = case.why_not("andra", "S1")
    assert [(one.kind, one.bearer, one.events) for one in told.hindrances] == [("done", "aklagare", (done,))]
    assert [(one.kind, one.rule) for one in case.why_not("forsta", "S1").hindrances] == [("done_by_another", "andra")]


def test_a_relation_in_which_nobody_is_known_to_stand_and_an_end_that_isnt_known(plan: Plan) -> None:
    story = met(plan)
    assert kinds(case_of(story).why_not("kop", "S1")) == ["no_relation"]
    story.event("buyer_caught", "K1 purchase of -, S1", payment="handed_over")
    assert kinds(case_of(story).why_not("kop", "K1")) == ["end_not_known"]
    told = case_of(story).why_not("kopet", "S1")
    assert [(one.kind, one.others) for one in told.hindrances] == [("other_sort", ("K1",))]
    assert "Fråga i stället om K1." in told.text


def test_a_person_is_asked_about_through_the_relation(plan: Plan) -> None:
    story = met(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("buyer_caught", "K2 purchase of B1, S1", payment="none")
    told = case_of(story).why_not("kop", "B1")
    assert [(way.ground, way.changes[0].subject, way.changes[0].stands) for way in told.ways] == [
        ("K1", "K1", "unknown"), ("K2", "K2", "established"),
    ]  # fmt: skip


TWO_ENDS = """
rules:
- rule: kop
  for: purchase
  when: {payment: handed_over}
  then:
  - {must inform: stod, about: seller}
  - must perform: larma
- rule: barn
  for: purchase
  when: {seller.age: child}
  then: [{must inform: stod, about: seller}]
"""


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("barn", [("inform", "S1")]),
        ("barn/inform", [("inform", "S1")]),
        ("kop", [("inform", "S1"), ("perform", "K1")]),
        ("kop/inform", [("inform", "S1")]),
        ("kop/perform", [("perform", "K1")]),
    ],
)
def test_what_is_due_about_an_end_is_due_for_the_relation_that_grounds_it(asked: str, about: list[tuple[str, str]]) -> None:
    story = Story(plan_of(TWO_ENDS))
    story.event("buyer_caught", "K1 purchase of B1, S1", payment="handed_over")
    story.event("buyer_caught", "K2 purchase of B1, S2", payment="none")
    story.event("established", "S1", age="child")
    case = case_of(story)
    told = case.why_not(asked, "K1")
    assert (told.due, told.hindrances, told.ways) == (True, (), ())
    assert [((d.measure, d.subject), status) for d, status in told.decisions] == [(one, "due") for one in about]
    assert "Det är redan aktuellt" in told.text
    assert ("aktuellt, för S1" in told.text) == (about[0] == ("inform", "S1"))
    assert not case.why_not(asked, "K2").due, "another relation, which doesn't ground it"


@pytest.mark.parametrize(
    ("rule", "subject", "message"),
    [
        ("anmall", "S1", "Okänd regel 'anmall'. Menade du 'anmal'?"),
        ("anmal/notifi", "S1", "Regeln 'anmal' har ingen åtgärd 'notifi'. Menade du 'notify'?"),
        ("anmal", "S2", "'S2' finns inte i ärendet. Det finns S1 och case."),
        ("samtycke/ask:regionkoordinator", "S1", "Att fråga om samtycke följer av åtgärder"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(plan: Plan, rule: str, subject: str, message: str) -> None:
    with pytest.raises(EventError) as problem:
        case_of(met(plan)).why_not(rule, subject)
    assert message in problem.value.text


def test_nothing_has_happened(plan: Plan) -> None:
    with pytest.raises(EventError, match="Inget har hänt"):
        Case(plan).why_not("anmal", "S1")


def test_it_is_plain_json(plan: Plan) -> None:
    told = case_of(met(plan)).why_not("anmal", "S1")
    data = explanation_to_json(told, plan)
    assert list(Draft202012Validator(explanation_schema(WhyNot)).iter_errors(data)) == []
    assert data["format"] == "samverkan-why-not/1"
    assert data["ways"][0]["changes"] == [
        {"subject": "S1", "fact": "age", "values": ["child", "maybe_child"], "now": "unknown", "stands": "unknown"}
    ]
