"""Section 5 of the contract, and 5.k: decisions that can't both be followed."""

from __future__ import annotations

import pytest
from tests.stories import Story, plan_of


def clashes(story: Story) -> set[tuple[str, str]]:
    found = story.answer().contradictions
    return {(f"{c.first.rule} {c.first.subject}", f"{c.second.rule} {c.second.subject}") for c in found}


@pytest.mark.parametrize("performing", ["must", "should", "may"])
@pytest.mark.parametrize("refraining", ["must", "should", "may"])
def test_performing_what_is_to_be_refrained_from_contradicts_whatever_the_strengths(performing: str, refraining: str) -> None:
    plan = plan_of(f"""
rules:
- {{rule: gor, for: buyer, then: [{{{performing} perform: larma}}]}}
- {{rule: avsta, for: seller, then: [{{{refraining} refrain: larma}}]}}
""")
    story = Story(plan)
    story.event("person_met", "P1 seller")
    story.event("person_met", "P2 buyer")
    assert clashes(story) == set()
    story.event("role_given", "P1 buyer")
    assert clashes(story) == {("gor P1", "avsta P1")}, "a person in all roles"


@pytest.mark.parametrize("declared", ["[larma, avvakta]", "[avvakta, larma]"])
@pytest.mark.parametrize(("one", "other"), [("larma", "avvakta"), ("avvakta", "larma")])
def test_an_opposite_contradicts_whichever_way_it_is_declared(declared: str, one: str, other: str) -> None:
    plan = plan_of(f"""
opposites: [{declared}]
rules:
- {{rule: en, for: seller, then: [{{must perform: {one}}}]}}
- {{rule: tva, for: seller, then: [{{may perform: {other}}}]}}
- {{rule: tre, for: seller, then: [{{must perform: forhora}}]}}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    assert clashes(story) == {("en S1", "tva S1")}


def test_both_of_two_opposites_may_be_refrained_from() -> None:
    plan = plan_of("""
opposites: [[larma, avvakta]]
rules:
- {rule: en, for: seller, then: [{must refrain: larma}]}
- {rule: tva, for: seller, then: [{must refrain: avvakta}]}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    assert len(story.live()) == 2
    assert clashes(story) == set()


@pytest.mark.parametrize("whom", ["buyer", "person"])
def test_a_rule_for_a_relation_forbids_only_as_to_that_relation(whom: str) -> None:
    plan = plan_of(f"""
rules:
- {{rule: gor, for: purchase, when: {{payment: handed_over}}, then: [{{must perform: larma, about: buyer}}]}}
- {{rule: avsta, for: purchase, when: {{payment: none}}, then: [{{must refrain: larma, about: buyer}}]}}
- {{rule: person, for: {whom}, when: {{age: adult}}, then: [{{must perform: larma}}]}}
""")
    story = Story(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1", payment="handed_over")
    story.event("buyer_caught", "K2 purchase of B1, S2", payment="none")
    story.event("told", "B1", age="adult")
    assert story.live() == {"gor/perform B1", "avsta/refrain B1", "person/perform B1"}
    assert clashes(story) == {("person B1", "avsta B1")}, "a rule for a person concerns that person everywhere"


def test_two_rules_for_one_relation_contradict_each_other() -> None:
    plan = plan_of("""
rules:
- {rule: gor, for: purchase, then: [{must perform: larma, about: buyer, each relation: true}]}
- {rule: avsta, for: purchase, when: {payment: none}, then: [{must refrain: larma, about: buyer, each relation: true}]}
""")
    story = Story(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1", payment="handed_over")
    story.event("buyer_caught", "K2 purchase of B1, S2", payment="none")
    assert clashes(story) == {("gor K2", "avsta K2")}


def test_one_relation_is_the_same_matter_whether_or_not_it_stays_the_subject() -> None:
    plan = plan_of("""
rules:
- {rule: gor, for: purchase, then: [{must perform: larma, about: buyer}]}
- {rule: avsta, for: purchase, then: [{must refrain: larma, about: buyer, each relation: true}]}
""")
    story = Story(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    assert clashes(story) == {("gor B1", "avsta K1")}


def test_what_is_about_the_relation_itself_is_the_same_subject_as_what_keeps_it() -> None:
    plan = plan_of("""
rules:
- {rule: gor, for: purchase, then: [{must perform: larma}]}
- {rule: avsta, for: purchase, then: [{must refrain: larma, about: buyer, each relation: true}]}
""")
    story = Story(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    assert clashes(story) == {("gor K1", "avsta K1")}


def test_what_is_forbidden_as_to_a_person_is_forbidden_in_every_relation() -> None:
    plan = plan_of("""
rules:
- {rule: gor, for: purchase, then: [{must perform: larma, about: seller, each relation: true}]}
- {rule: avsta, for: seller, then: [{must refrain: larma}]}
""")
    story = Story(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    assert clashes(story) == {("gor K1", "avsta S1")}


def test_what_is_done_contradicts_nothing_any_more() -> None:
    plan = plan_of("""
rules:
- {rule: gor, for: seller, then: [{must perform: larma}]}
- {rule: avsta, for: seller, then: [{must refrain: larma}]}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    assert clashes(story) == {("gor S1", "avsta S1")}
    story.mark("done", "gor/perform S1")
    assert clashes(story) == set()


def test_what_is_done_in_the_case_and_what_is_left_undone_for_a_person_are_two_matters() -> None:
    plan = plan_of("""
rules:
- {rule: gor, for: case, then: [{must perform: larma}]}
- {rule: avsta, for: seller, then: [{must refrain: larma}]}
- {rule: arendets, for: case, then: [{must refrain: avvakta}]}
- {rule: personens, for: seller, then: [{must perform: avvakta}]}
""")
    story = Story(plan)
    story.event("person_met", "S1 seller")
    assert story.live() == {"gor/perform case", "avsta/refrain S1", "arendets/refrain case", "personens/perform S1"}
    assert clashes(story) == set()
