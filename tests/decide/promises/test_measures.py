"""Section 5 of the contract: what each kind of measure is, who bears it, whom it is about, and what can't both be followed."""

from __future__ import annotations

import pytest
from tests.stories import Story, plan_of

ASSESS = """
rules:
- rule: alder
  for: seller
  when: {age: unknown}
  then: [{must assess: age, deadline: at once}]
"""

# ------------------------------------------------------------------------------------------------------ assess


@pytest.mark.parametrize("outcome", ["told", "established", "changed"])
def test_an_assess_is_done_by_a_value_of_its_fact_though_that_takes_its_ground_away(outcome: str) -> None:
    story = Story(plan_of(ASSESS))
    story.event("person_met", "S1 seller")
    assert story.status("alder/assess S1") == "due"
    answer = story.event(outcome, "S1", age="adult")
    found = story.decision("alder/assess S1")
    assert found is not None
    assert (found.status, found.ended_by) == ("done", (answer,))


def test_an_assess_is_done_when_its_ground_goes_in_another_way_too() -> None:
    plan = plan_of("""
rules:
- rule: alder
  for: seller
  when: {trafficking: suspected}
  then: [{must assess: age}]
""")
    story = Story(plan)
    story.event("trafficking_suspected", "S1")
    story.event("told", "S1", age="adult")
    assert story.status("alder/assess S1") == "done"
    story.event("trafficking_dismissed", "S1")
    assert story.status("alder/assess S1") == "done"


def test_an_assess_is_due_again_when_its_fact_has_no_value_any_more() -> None:
    story = Story(plan_of(ASSESS))
    story.event("person_met", "S1 seller")
    said = story.event("told", "S1", age="adult")
    assert story.status("alder/assess S1") == "done"
    story.void(said, "2013-05-14 15:00")
    assert story.status("alder/assess S1") == "due"


def test_an_assess_is_due_again_when_a_change_makes_its_fact_unknown() -> None:
    story = Story(plan_of(ASSESS))
    story.event("person_met", "S1 seller")
    story.event("established", "S1", age="child")
    story.event("changed", "S1", age="unknown")
    assert story.status("alder/assess S1") == "due"


def test_only_a_value_does_an_assess_no_mark() -> None:
    story = Story(plan_of(ASSESS))
    story.event("person_met", "S1 seller")
    mark = story.mark("done", "alder/assess S1")
    assert story.status("alder/assess S1") == "due"
    assert story.questions("nothing_marked") == [], f"{mark} is on it all the same"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([("told", "child"), ("told", "adult")], "due"),
        ([("told", "maybe_child")], "due"),
        ([("established", "maybe_child")], "done"),
        ([("changed", "maybe_child")], "done"),
        ([("told", "child")], "done"),
        ([("told", "child"), ("told", "adult"), ("established", "adult")], "done"),
    ],
)
def test_a_doubt_is_no_answer_to_an_assess(said: list[tuple[str, str]], status: str) -> None:
    story = Story(plan_of(ASSESS.replace("{age: unknown}", "{age: [unknown, maybe_child]}")))
    story.event("person_met", "S1 seller")
    for kind, value in said:
        story.event(kind, "S1", age=value)
    assert story.status("alder/assess S1") == status


def test_nor_are_two_established_values_that_contradict_each_other() -> None:
    story = Story(plan_of(ASSESS.replace("{age: unknown}", "{age: [unknown, maybe_child]}")))
    story.event("person_met", "S1 seller", "2013-05-14 12:00")
    for value in ("child", "adult"):
        story.event("established", "S1", "2013-05-14 13:00", age=value)
    assert story.status("alder/assess S1") == "due"


def test_an_assess_that_was_never_due_is_not_done_by_a_value() -> None:
    story = Story(plan_of(ASSESS))
    story.event("person_met", "S1 seller", age="adult")
    assert story.status("alder/assess S1") is None


def test_an_assess_about_an_end_is_done_by_that_persons_fact_alone() -> None:
    plan = plan_of("""
rules:
- rule: barn
  for: parenthood
  when: {child.age: [child, unknown]}
  then: [{must assess: child.at_risk, about: child}]
""")
    story = Story(plan)
    story.event("child_in_home", "F1 parenthood of B1, C1")
    story.event("child_in_home", "F2 parenthood of B1, C2")
    story.event("child_assessed", "C1", at_risk="assessed_no")
    assert story.status("barn/assess C1") == "done"
    assert story.status("barn/assess C2") == "due"


def test_an_assess_that_keeps_its_relation_reads_the_end_that_it_names() -> None:
    plan = plan_of("""
rules:
- rule: alder
  for: purchase
  when: {seller.age: unknown}
  then: [{must assess: seller.age, about: seller, each relation: true}]
""")
    story = Story(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("established", "B1", age="adult")
    assert story.status("alder/assess K1") == "due"
    story.event("established", "S1", age="adult")
    assert story.status("alder/assess K1") == "done"


# ------------------------------------------------------------------------------- notify, consult, apply, inform, offer


def test_each_kind_has_its_object_its_recipient_and_what_it_tells() -> None:
    plan = plan_of("""
rules:
- rule: alla
  for: seller
  then:
  - {must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}}
  - {should consult: regionkoordinator}
  - {may apply: migrationsverket}
  - {must inform: stod}
  - {must offer: samtal, with: socialnamnd-vuxen}
  - {must perform: larma}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    found = {d.kind: d for d in story.answer().decisions}
    told = {kind: (d.object, d.recipient.function if d.recipient else None, d.telling) for kind, d in found.items()}
    assert told == {
        "notify": ("socialnamnd-barn", "socialnamnd-barn", "identity"),
        "consult": ("regionkoordinator", "regionkoordinator", "circumstances"),
        "apply": ("migrationsverket", "migrationsverket", "circumstances"),
        "inform": ("stod", None, None),
        "offer": ("samtal", "socialnamnd-vuxen", None),
        "perform": ("larma", None, None),
    }
    assert found["notify"].allowed_by is not None
    assert (found["notify"].allowed_by.clause, found["notify"].allowed_by.text) == ("lag/anmalan", "2 § lagen")


# -------------------------------------------------------------------------------- perform continuing, refrain, strength


CONTINUING = """
rules:
- rule: insats
  for: operation
  when: {running: running}
  then:
  - {must perform: jour, continuing: true}
  - {must refrain: larma}
"""


@pytest.mark.parametrize("measure", ["perform", "refrain"])
def test_what_goes_on_is_in_force_while_the_rule_holds_and_never_done(measure: str) -> None:
    story = Story(plan_of(CONTINUING))
    story.event("operation_started", "O1 operation")
    story.mark("done", f"insats/{measure} O1")
    assert story.status(f"insats/{measure} O1") == "due"
    found = story.decision(f"insats/{measure} O1", "2014-05-14 12:00")
    assert found is not None
    assert (found.status, found.deadline, "overdue" in found.flags) == ("due", None, False)
    story.event("operation_ended", "O1")
    assert story.status(f"insats/{measure} O1") == "lapsed"


def test_a_may_is_an_option_and_never_overdue() -> None:
    plan = plan_of("""
rules:
- rule: olika
  for: seller
  then:
  - {must perform: larma, deadline: at once}
  - {should perform: forhora, deadline: 2 days, id: bor}
  - {may perform: avvakta, deadline: 2 days, id: far}
- rule: efter
  for: seller
  each: {passed: olika/bor}
  then: [{must inform: stod}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    flags = {d.id.measure: d.flags for d in story.answer("2013-06-14 12:00").decisions}
    assert flags == {"perform": ("overdue",), "bor": ("overdue", "passed"), "far": (), "inform": ()}
    strengths = {d.id.measure: d.strength for d in story.answer().decisions}
    assert strengths == {"perform": "must", "bor": "should", "far": "may"}


# --------------------------------------------------------------------------------------------------- who, about


TWO = """
rules:
- rule: tva
  for: seller
  then: [{must perform: larma, who: [polisen, aklagare]}]
"""


def test_each_bearer_has_a_decision_of_its_own_and_a_mark_names_one() -> None:
    story = Story(plan_of(TWO))
    story.event("person_met", "S1 seller")
    assert set(story.statuses()) == {"tva/perform S1 by polisen", "tva/perform S1 by aklagare"}
    story.mark("done", "tva/perform S1 by aklagare")
    assert story.statuses() == {"tva/perform S1 by polisen": "due", "tva/perform S1 by aklagare": "done"}


def test_a_mark_that_names_no_bearer_where_several_bear_is_on_nothing() -> None:
    story = Story(plan_of(TWO))
    story.event("person_met", "S1 seller")
    mark = story.mark("done", "tva/perform S1")
    assert set(story.statuses().values()) == {"due"}
    assert [q.events for q in story.questions("nothing_marked")] == [(mark,)]


ABOUT = """
rules:
- rule: stod
  for: purchase
  when: {agreement: reached}
  then:
  - {must inform: stod, about: buyer}
  - {must perform: forhora, about: buyer, each relation: true}
"""


def test_about_an_end_makes_the_person_the_subject_once_and_any_relation_grounds_it() -> None:
    story = Story(plan_of(ABOUT))
    story.event("buyer_caught", "K1 purchase of B1, S1", agreement="reached")
    story.event("buyer_caught", "K2 purchase of B1, S2", agreement="reached")
    assert story.live() == {"stod/inform B1", "stod/perform K1", "stod/perform K2"}
    found = story.decision("stod/inform B1")
    assert found is not None
    assert (found.person, found.grounds) == ("B1", ("K1", "K2"))
    story.event("purchase_changed", "K1", agreement="none")
    assert story.live() == {"stod/inform B1", "stod/perform K2"}
    assert story.status("stod/perform K1") == "lapsed"
    story.event("purchase_changed", "K2", agreement="none")
    assert story.status("stod/inform B1") == "lapsed"


def test_a_decision_that_keeps_its_relation_concerns_the_person_at_the_end() -> None:
    story = Story(plan_of(ABOUT))
    story.event("buyer_caught", "K1 purchase of B1, S1", agreement="reached")
    found = story.decision("stod/perform K1")
    assert found is not None
    assert (found.about, found.person) == ("buyer", "B1")


def test_a_mark_is_on_one_purchase_only_where_the_relation_stays_the_subject() -> None:
    story = Story(plan_of(ABOUT))
    story.event("buyer_caught", "K1 purchase of B1, S1", agreement="reached")
    story.event("buyer_caught", "K2 purchase of B1, S2", agreement="reached")
    story.mark("done", "stod/perform K1")
    assert (story.status("stod/perform K1"), story.status("stod/perform K2")) == ("done", "due")


def test_a_decision_about_an_end_that_is_not_known_is_not_due() -> None:
    story = Story(plan_of(ABOUT))
    story.event("buyer_caught", "K1 purchase of -, S1", agreement="reached")
    assert story.statuses() == {}
    story.event("end_named", "K1 purchase of B1, -")
    assert story.live() == {"stod/inform B1", "stod/perform K1"}


def test_the_explanation_of_what_an_exception_took_away_ends_with_that_exception_and_no_other() -> None:
    plan = plan_of("""
rules:
- rule: gor
  for: seller
  when: {age: adult}
  unless: [{gender: man}, {citizenship: swedish}]
  then: [{must perform: larma}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", age="adult")
    story.event("established", "S1", gender="man", citizenship="other")
    found = story.decision("gor/perform S1")
    assert found is not None
    assert [(term.fact, term.value) for term in found.explanation] == [("age", "adult"), ("gender", "man")]


def test_the_explanation_shows_the_ground_that_was_introduced_first() -> None:
    story = Story(plan_of(ABOUT))
    story.event("buyer_caught", "K9 purchase of B1, S1", "2013-05-14 12:00", agreement="reached", id="first")
    story.event("buyer_caught", "K1 purchase of B1, S2", "2013-05-14 13:00", agreement="reached", id="second")
    found = story.decision("stod/inform B1")
    assert found is not None
    assert found.grounds == ("K9", "K1")
    (term,) = found.explanation
    assert (term.subject, term.fact, term.value, term.wanted, term.holds, term.events) == (
        "K9", "agreement", "reached", ("reached",), True, ("first",)
    )  # fmt: skip
