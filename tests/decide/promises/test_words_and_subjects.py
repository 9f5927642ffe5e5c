"""§1 of the contract: a closed vocabulary, and what facts, events and rules are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.decide.promises.probing import at_offence, probed, value
from tests.stories import COMMON, Story, example_plan, files_of, plan_of, problems_of, written

from samverkan.case.reading import event_from_json
from samverkan.decide.admission import check_event
from samverkan.decide.errors import EventError
from samverkan.plan.errors import PlanError
from samverkan.plan.loading import inspect_files
from samverkan.plan.model import Plan

Data = Mapping[str, Any]
PROBED = probed(offence=("seller.age", "seller.gender"))
ROLES = plan_of(
    """
rules:
- {rule: saljare, for: seller, then: [{must inform: stod}]}
- {rule: kopare, for: buyer, then: [{must inform: stod}]}
- {rule: person, for: person, then: [{must inform: stod}]}
- {rule: kop, for: purchase, then: [{must perform: larma}]}
- {rule: insats, for: operation, then: [{must perform: larma}]}
- {rule: arende, for: case, then: [{must perform: larma}]}
- {rule: kop.saljare, for: purchase, then: [{must inform: stod, about: seller}]}
"""
)


def refusal(plan: Plan, data: Data, *, strict: bool = True) -> str:
    """What the reader or the door of a case says of an event that it refuses."""
    with pytest.raises(EventError) as refused:
        check_event(plan, event_from_json(plan, {"at": "2013-05-14 12:00", **data}, "e1"), strict=strict)
    return refused.value.text


# -- a closed vocabulary -------------------------------------------------------------------------------------------------------

MISTYPED = {
    "role": ("rules: [{rule: r, for: seler, then: [{must inform: stod}]}]", "seler", "seller"),
    "relation": ("rules: [{rule: r, for: purchas, then: [{must inform: stod}]}]", "purchas", "purchase"),
    "fact": ("rules: [{rule: r, for: seller, when: {aage: child}, then: [{must inform: stod}]}]", "aage", "age"),
    "end": ("rules: [{rule: r, for: purchase, when: {seler.age: child}, then: [{must inform: stod}]}]", "seler.age", "seller"),
    "value": ("rules: [{rule: r, for: seller, when: {age: chld}, then: [{must inform: stod}]}]", "chld", "child"),
    "exception": ("rules: [{rule: r, for: seller, unless: [{age: chld}], then: [{must inform: stod}]}]", "chld", "child"),
    "event": ("rules: [{rule: r, for: person, each: role_givn, then: [{must inform: stod}]}]", "role_givn", "role_given"),
    "act": ("rules: [{rule: r, for: seller, then: [{must perform: lrma}]}]", "lrma", "larma"),
    "offer": ("rules: [{rule: r, for: seller, then: [{must offer: samtl, with: polisen}]}]", "samtl", "samtal"),
    "information": ("rules: [{rule: r, for: seller, then: [{must inform: stodd}]}]", "stodd", "stod"),
    "phase": ("rules: [{rule: r, for: seller, phase: akutt, then: [{must inform: stod}]}]", "akutt", "akut"),
    "function": ("rules: [{rule: r, for: seller, then: [{must notify: aklagaren}]}]", "aklagaren", "aklagare"),
    "bearer": ("rules: [{rule: r, for: seller, then: [{must inform: stod, who: [polise]}]}]", "polise", "polisen"),
    "clause": ("rules: [{rule: r, for: seller, then: [{must inform: stod}], because: [lag/grnd]}]", "lag/grnd", "lag/grund"),
    "unit": ("units: [{unit: p2, label: P, is: [polisen], open: always, stand-in: joren}]", "joren", "jouren"),
    "claimed fact": ("events: {e: {label: e, about: person, claims: [agge]}}", "agge", "age"),
}


@pytest.mark.parametrize("sort", MISTYPED)
def test_a_mistyped_word_in_a_plan_is_an_error_with_its_place_and_the_nearest_word(sort: str) -> None:
    text, typo, nearest = MISTYPED[sort]
    content = written(files_of(text))
    errors = inspect_files({"plan.yaml": content}).errors
    assert [e.position.file for e in errors] == ["plan.yaml"], errors
    line = content.decode().splitlines()[errors[0].position.line - 1]
    assert line[errors[0].position.column - 1 :].startswith(typo)
    assert f"'{nearest}'" in errors[0].text


MISFIRED: dict[str, tuple[Data, str]] = {
    "event": ({"event": "person_mett", "about": "S1 seller"}, "person_met"),
    "role": ({"event": "person_met", "about": "S1 seler"}, "seller"),
    "relation": ({"event": "buyer_caught", "about": "K1 purchas of B1, S1"}, "purchase"),
    "fact": ({"event": "person_met", "about": "S1 seller", "facts": {"agge": "child"}}, "age"),
    "value": ({"event": "person_met", "about": "S1 seller", "facts": {"age": "chld"}}, "child"),
    "recipient": ({"event": "consent_refused", "about": "S1", "recipient": "regionkordinator"}, "regionkoordinator"),
    "rule": ({"done": "saljar/inform S1"}, "saljare"),
    "measure": ({"done": "saljare/infrm S1"}, "inform"),
    "bearer": ({"done": "saljare/inform S1 by polise"}, "polisen"),
}


@pytest.mark.parametrize("sort", MISFIRED)
def test_a_mistyped_word_in_an_event_is_refused_with_the_nearest_word(sort: str) -> None:
    data, nearest = MISFIRED[sort]
    assert f"'{nearest}'" in refusal(ROLES, data, strict=False)


UNLABELLED = {
    "fact": "facts: {f: {of: person, values: {a: A}}}",
    "value": "facts: {f: {of: person, label: F, values: {a: ''}}}",
    "conclusion": "conclusions: {c: {of: person, when: {age: child}, because: [lag/grund]}}",
    "event": "events: {e: {about: person}}",
    "relation": "relations: {r: {ends: {one: seller, other: buyer}}}",
    "role": "roles: {r: {definite: rollen}}",
    "act": "acts: {a: {opens: true}}",
    "offer": "offers: {o: ''}",
    "information": "information: {i: ''}",
    "phase": "phases: {p: ''}",
    "function": "functions: {f: {found by: [home_municipality]}}",
    "unit": "units: [{unit: u, is: [polisen], open: always}]",
    "clause": "sources: {s: {title: S, kind: statute, clauses: {c: {cited: [{from: 2000-01-01, as: x, status: seen}]}}}}",
}


@pytest.mark.parametrize("sort", UNLABELLED)
def test_a_word_without_a_label_is_an_error(sort: str) -> None:
    assert {p.severity for p in problems_of(UNLABELLED[sort])} == {"error"}


def warned(text: str, code: str) -> list[str]:
    """The texts of the loader's warnings of one sort."""
    return [p.text for p in problems_of(text) if p.code == code and p.severity == "warning"]


def test_a_value_that_no_event_can_set_is_reported() -> None:
    text = "facts: {mood: {of: person, label: läge, values: {calm: lugn, afraid: rädd}}}\n"
    only_calm = text + "events: {seen: {label: sedd, about: person, claims: {mood: calm}}}"
    found = [one for one in warned(only_calm, "never-set") if "'mood'" in one]
    assert ["'afraid'" in one and "'calm'" not in one for one in found] == [True]
    both = text + "events: {seen: {label: sedd, about: person, claims: {mood: [calm, afraid]}}}"
    assert not [one for one in warned(both, "never-set") if "'mood'" in one]
    assert [one for one in warned(text, "never-set") if "'mood'" in one]


READING = {
    "nothing": ("", True),
    "a rule": ("rules: [{rule: r, for: person, when: {mood: calm}, then: [{must inform: stod}]}]", False),
    "an exception": ("rules: [{rule: r, for: person, unless: [{mood: calm}], then: [{must inform: stod}]}]", False),
    "a conclusion": ("conclusions: {c: {of: person, label: C, when: {mood: calm}, because: [lag/grund]}}", False),
    "a requirement": (
        """
requirements:
- {requirement: k, title: K, for: person, when: {mood: calm}, some: {must inform: stod}, because: [lag/grund]}
""",
        False,
    ),
    "the directory": ("units: [{unit: u, label: U, is: [aklagare], open: always, serves: {mood: [calm]}}]", False),
}


@pytest.mark.parametrize("reader", READING)
def test_a_fact_and_an_event_that_nothing_reads_are_reported(reader: str) -> None:
    text, unread = READING[reader]
    words = (
        "facts: {mood: {of: person, label: läge, values: {calm: lugn}}}\n"
        "events: {seen: {label: sedd, about: person, claims: {mood: calm}}}\n"
    )
    found = warned(words + text, "never-read")
    assert any("'mood'" in one for one in found) == unread
    assert any("'seen'" in one for one in found) == unread


# -- subjects ------------------------------------------------------------------------------------------------------------------


def test_a_rule_is_for_a_role_any_person_a_relation_an_operation_or_the_case() -> None:
    story = Story(ROLES)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("operation_started", "O1 operation")
    assert story.live() == {
        "saljare/inform S1", "kopare/inform B1", "person/inform S1", "person/inform B1", "kop/perform K1", "insats/perform O1",
        "arende/perform case", "kop.saljare/inform S1",
    }  # fmt: skip


def test_roles_come_and_end_by_events_and_one_person_may_have_several() -> None:
    story = Story(ROLES)
    story.event("person_met", "P1 seller", at="2013-05-14 10:00")
    story.event("role_given", "P1 buyer", at="2013-05-14 11:00")
    story.event("role_ended", "P1 seller", at="2013-05-14 12:00")
    roles = {at: story.answer(f"2013-05-14 {at}").subjects[0].roles for at in ("10:30", "11:30", "12:00")}
    assert roles == {"10:30": ("seller",), "11:30": ("buyer", "seller"), "12:00": ("buyer",)}
    assert story.status("saljare/inform P1") == "lapsed"
    assert story.status("kopare/inform P1") == "due"
    assert story.status("person/inform P1") == "due"


def test_whoever_had_a_role_stays_a_person_of_the_case() -> None:
    story = Story(ROLES)
    story.event("person_met", "P1 seller")
    story.event("role_ended", "P1 seller")
    assert story.status("person/inform P1") == "due"
    assert [(s.id, s.roles) for s in story.answer().subjects if s.sort == "person"] == [("P1", ())]


def test_an_operation_is_a_subject_of_its_own_with_facts_of_its_own() -> None:
    plan = plan_of(
        "rules: [{rule: jour, for: operation, when: {running: running}, then: [{must perform: jour, continuing: true}]}]"
    )
    story = Story(plan)
    story.event("operation_started", "O1 operation", at="2013-05-13 08:00")
    story.event("operation_started", "O2 operation", at="2013-05-13 09:00")
    story.event("operation_ended", "O1", at="2013-05-17 16:00")
    assert story.live() == {"jour/perform O2"}
    assert story.status("jour/perform O1") == "lapsed"


PURCHASES = """
rules:
- {rule: betalt, for: purchase, when: {payment: handed_over}, then: [{must perform: larma}]}
- {rule: barnkop, for: purchase, when: {payment: handed_over, seller.age: child}, then: [{must perform: forhora}]}
- {rule: alder, for: purchase, when: {seller.age: unknown}, then: [{must assess: seller.age, about: seller}]}
- {rule: kand, for: purchase, when: {seller.age: [child, maybe_child, adult]}, then: [{must perform: avvakta}]}
- {rule: per-kop, for: purchase, then: [{may perform: larma, about: seller, each relation: true}]}
"""


def test_facts_of_a_deal_are_facts_of_one_purchase() -> None:
    story = Story(plan_of(PURCHASES))
    story.event("buyer_caught", "K1 purchase of B1, S1", payment="handed_over")
    story.event("buyer_caught", "K2 purchase of B1, S2", payment="none")
    assert {"betalt/perform K1"} == {one for one in story.live() if one.startswith("betalt")}


def test_a_rule_for_a_relation_reads_its_own_facts_and_those_of_its_ends() -> None:
    story = Story(plan_of(PURCHASES))
    story.event("buyer_caught", "K1 purchase of B1, S1", payment="handed_over")
    story.event("buyer_caught", "K2 purchase of B1, S2", payment="handed_over")
    story.event("told", "S2", age="child")
    story.event("told", "B1", age="child")
    assert {one for one in story.live() if one.startswith("barnkop")} == {"barnkop/perform K2"}


def test_an_end_that_is_not_known_has_only_unknown_facts_and_no_measure_about_it_is_due() -> None:
    story = Story(plan_of(PURCHASES))
    story.event("buyer_caught", "K1 purchase of B1, -")
    assert not {one for one in story.statuses() if one.startswith(("alder", "per-kop", "kand"))}
    assert ("K1", "seller") in {(q.subject, q.fact) for q in story.questions("fact")}
    story.event("end_named", "K1 purchase of -, S1")
    assert {"alder/assess S1", "per-kop/perform K1"} <= story.live()


def test_an_end_may_be_named_later_as_having_been_so_all_along() -> None:
    """The role from the end runs from the purchase, so that an end of the role in between is the end of it."""
    story = Story(ROLES)
    story.event("buyer_caught", "K1 purchase of B1, -", at="2013-05-14 12:00")
    story.event("role_ended", "S1 seller", at="2013-05-14 13:00")
    story.event("end_named", "K1 purchase of -, S1", at="2013-05-14 14:00")
    assert {(s.id, s.roles) for s in story.answer().subjects if s.id == "S1"} == {("S1", ())}
    assert story.status("kop.saljare/inform S1") == "due"
    assert story.status("saljare/inform S1") is None


def test_any_later_event_about_the_relation_may_name_an_end() -> None:
    story = Story(ROLES)
    story.event("buyer_caught", "K1 purchase of -, S1")
    story.event("purchase_reported", "K1 purchase of B1, -")
    assert {(s.id, s.roles) for s in story.answer().subjects} >= {("B1", ("buyer",)), ("S1", ("seller",))}


def test_two_persons_named_for_one_end_make_it_not_known_and_both_keep_the_role() -> None:
    story = Story(plan_of(PURCHASES + "- {rule: saljare, for: seller, then: [{must inform: stod}]}"))
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("told", "S1", age="child")
    assert "kand/perform K1" in story.live()
    story.event("end_named", "K1 purchase of -, S2")
    assert [(q.subject, q.fact) for q in story.questions("end_named_twice")] == [("K1", "seller")]
    assert not {one for one in story.live() if one.startswith(("alder", "per-kop", "kand"))}
    assert {"saljare/inform S1", "saljare/inform S2"} <= story.live()


def test_a_role_ending_event_wins_over_a_beginning_one_at_the_same_instant() -> None:
    story = Story(ROLES)
    story.event("person_met", "P1 seller", at="2013-05-14 10:00")
    story.event("role_given", "P1 buyer", at="2013-05-14 11:00")
    story.event("role_ended", "P1 buyer", at="2013-05-14 11:00")
    assert story.status("kopare/inform P1") is None


def test_the_child_in_the_home_is_a_person_whose_identity_and_municipality_the_report_carries() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 21:00")
    story.event(
        "child_in_home", "F1 parenthood of B1, C1", at="2013-05-15 09:00",
        facts={"child.age": "child", "child.home_municipality": "hallstahammar"},
    )  # fmt: skip
    story.event("child_assessed", "C1", at="2013-05-15 10:00", at_risk="suspected")
    report = story.decision("kopare.barn-anmal/anmalan C1")
    assert report is not None
    assert report.recipient is not None
    assert (report.person, report.telling, report.recipient.unit) == ("C1", "identity", "hallstahammar-barn")


# -- facts and events ----------------------------------------------------------------------------------------------------------


def test_every_fact_starts_as_unknown_and_has_a_closed_list_of_values() -> None:
    story = Story(PROBED)
    story.event("person_met", "S1 seller")
    assert value(story, "S1", "age") == "unknown"
    text = "facts: {mood: {of: person, label: läge, values: {unknown: okänt, calm: lugn}}}"
    assert [p.severity for p in problems_of(text)] == ["error"]


def test_the_three_events_that_the_plan_is_about_are_its_words() -> None:
    story = Story(example_plan())
    story.event("trafficking_suspected", "S1")
    story.event("minor_involved", "S1")
    story.event("buyer_caught", "K1 purchase of B1, S1")
    live = story.live()
    assert {"barn.orosanmalan/anmalan S1", "betanketid.informera/information S1", "kopare.stod/erbjudande B1"} <= live


def test_a_mark_tells_what_became_of_a_decision() -> None:
    plan = plan_of("rules: [{rule: r, for: seller, then: [{must offer: samtal, with: polisen}, {must inform: stod}]}]")
    for kind, became in (("done", "done"), ("accepted", "done"), ("declined", "declined"), ("acknowledged", "due")):
        story = Story(plan)
        story.event("person_met", "S1 seller")
        story.mark(kind, "r/offer S1")
        assert story.status("r/offer S1") == became
        assert story.status("r/inform S1") == "due"
        assert ("acknowledged" in story.flags("r/offer S1")) == (kind == "acknowledged")


# -- Settled (1) ---------------------------------------------------------------------------------------------------------------


def test_1a_a_person_is_in_the_case_from_the_first_event_that_gives_a_role() -> None:
    story = Story(ROLES)
    story.event("alarm_raised", "case", at="2013-05-14 09:00")
    story.event("person_met", "S1", at="2013-05-14 10:00")
    assert story.status("person/inform S1") is None
    assert [q.subject for q in story.questions("hanging")] == ["S1"]
    story.event("role_given", "S1 seller", at="2013-05-14 11:00")
    found = story.decision("person/inform S1")
    assert found is not None
    assert found.shown == story.when("2013-05-14 11:00")
    assert not story.questions("hanging")


def test_1a_an_end_of_a_relation_brings_a_person_into_the_case_and_an_event_type_may_give_the_role_by_itself() -> None:
    story = Story(ROLES)
    story.event("buyer_caught", "K1 purchase of B1, -")
    story.event("trafficking_suspected", "S1")
    assert {(s.id, s.roles) for s in story.answer().subjects if s.sort == "person"} == {("B1", ("buyer",)), ("S1", ("seller",))}


def test_1a_the_case_exists_from_its_first_event_and_things_from_their_introduction() -> None:
    story = Story(ROLES)
    story.event("alarm_raised", "case", at="2013-05-14 09:00")
    story.event("operation_started", "O1 operation", at="2013-05-14 10:00")
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 11:00")
    seen = {name: story.decision(name) for name in ("arende/perform case", "insats/perform O1", "kop/perform K1")}
    shown = {name: found.shown for name, found in seen.items() if found is not None}
    hours = ("09:00", "10:00", "11:00")
    assert shown == {name: story.when(f"2013-05-14 {at}") for name, at in zip(seen, hours, strict=True)}


def test_1a_a_relation_exists_from_the_first_event_that_introduces_it() -> None:
    """Told in the other order: the event that lies first introduces it, and the role runs from there."""
    story = Story(ROLES)
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 12:00")
    story.event("role_ended", "S1 seller", at="2013-05-14 11:30")
    assert story.status("saljare/inform S1") == "due"
    story.event("buyer_caught", "K1 purchase of B1, -", at="2013-05-14 11:00", known_at="2013-05-14 13:00")
    assert story.status("saljare/inform S1") == "withdrawn"


def test_1b_only_an_event_that_introduces_or_gives_or_ends_a_role_may_name_one() -> None:
    assert "roll" in refusal(ROLES, {"event": "told", "about": "S1 seller", "facts": {"age": "child"}}, strict=False)
    for kind in ("person_met", "role_given", "role_ended"):
        Story(ROLES).event(kind, "S1 seller")


def test_1b_a_hanging_event_says_nothing_until_its_subject_is_in_the_case_and_then_counts() -> None:
    story = Story(PROBED)
    story.event("person_met", "S1 seller", at="2013-05-14 10:00")
    story.event("established", "S2", at="2013-05-14 11:00", age="child")
    story.event("role_given", "S2 seller", at="2013-05-14 12:00")
    assert [q.subject for q in story.questions("hanging", "2013-05-14 11:30")] == ["S2"]
    assert value(story, "S2", "age") == "child"
    assert not story.questions("hanging")


def test_1b_an_event_about_a_relation_that_nothing_introduces_hangs_too() -> None:
    story = Story(plan_of(PURCHASES))
    story.event("alarm_raised", "case", at="2013-05-14 10:00")
    story.event("purchase_changed", "K1", at="2013-05-14 12:00", payment="handed_over")
    story.event("end_named", "K1 purchase of B1, S1", at="2013-05-14 12:30")
    assert {q.subject for q in story.questions("hanging")} == {"K1"}
    assert not story.live()
    assert not [s for s in story.answer().subjects if s.sort == "person"]
    story.event("buyer_caught", "K1 purchase of -, -", at="2013-05-14 11:00", known_at="2013-05-14 13:00")
    assert "betalt/perform K1" in story.live()
    assert not story.questions("hanging")


def test_an_event_about_a_role_gives_that_role_only_where_it_introduces() -> None:
    story = Story(ROLES)
    story.event("person_met", "P1 buyer")
    story.event("trafficking_dismissed", "P1")
    story.event("trafficking_dismissed", "P2")
    assert [(s.id, s.roles) for s in story.answer().subjects if s.sort == "person"] == [("P1", ("buyer",))]
    assert [q.subject for q in story.questions("hanging")] == ["P2"]


def test_1c_a_role_that_has_ended_may_begin_again() -> None:
    story = Story(ROLES)
    story.event("person_met", "P1 seller", at="2013-05-14 10:00")
    story.event("role_ended", "P1 seller", at="2013-05-14 11:00")
    story.event("role_given", "P1 seller", at="2013-05-14 12:00")
    statuses = [story.status("saljare/inform P1", f"2013-05-14 {at}") for at in ("10:30", "11:30", "12:30")]
    assert statuses == ["due", "lapsed", "due"]


def test_1c_a_role_that_began_twice_ends_by_one_end() -> None:
    story = Story(ROLES)
    story.event("person_met", "P1 seller", at="2013-05-14 10:00")
    story.event("buyer_caught", "K1 purchase of B1, P1", at="2013-05-14 11:00")
    story.event("role_ended", "P1 seller", at="2013-05-14 12:00")
    assert story.status("saljare/inform P1") == "lapsed"


def test_1d_naming_an_end_again_with_the_same_person_says_nothing_new() -> None:
    story = Story(plan_of(PURCHASES))
    story.event("buyer_caught", "K1 purchase of B1, S1")
    before = story.statuses()
    story.event("end_named", "K1 purchase of B1, S1")
    assert story.statuses() == before
    assert not story.questions("end_named_twice")


@pytest.mark.parametrize("sort", ["affar", "purchase"])
def test_a_relation_may_be_called_whatever_and_is_there_from_when_it_was_introduced(sort: str) -> None:
    rules = """
rules:
- {rule: slut, for: purchase, when: {payment: unknown}, then: [{must perform: larma}]}
- {rule: barn, for: purchase, when: {seller.age: child}, then: [{must inform: stod, about: seller}]}
"""
    story = Story(plan_of(rules.replace("purchase", sort), common=COMMON.replace("purchase", sort)))
    story.event("person_met", "S1 seller", at="2013-05-14 10:00", age="child")
    bought = story.event("buyer_caught", f"K1 {sort} of B1, -", at="2013-05-14 11:00")
    assert story.live() == {"slut/perform K1"}
    story.event("end_named", f"K1 {sort} of -, S1", at="2013-05-14 12:00")
    assert story.live() == {"slut/perform K1", "barn/inform S1"}
    story.event(f"{sort}_changed", "K1", at="2013-05-14 13:00", payment="none")
    assert story.status("slut/perform K1") == "lapsed"
    story.revise(bought, "2013-05-14 15:00", at="2013-05-14 14:00")
    assert story.status("slut/perform K1") == "withdrawn", "there was no such relation yet"


@pytest.mark.parametrize(("first", "second"), [("S1", "S2"), ("S2", "S1")])
def test_same_as_reads_everything_as_about_the_one_introduced_first_from_when_it_is_known(first: str, second: str) -> None:
    story = Story(PROBED)
    story.event("person_met", f"{first} seller", at="2013-05-14 10:00", gender="woman")
    story.event("person_met", f"{second} seller", at="2013-05-14 11:00", age="child")
    story.event("report_received", second, at="2013-05-14 12:00", same_as=first)
    assert (value(story, first, "age", "2013-05-14 11:30"), value(story, first, "age")) == ("unknown", "child")
    assert value(story, first, "gender") == "woman"
    assert f"age.child/inform {second}" in story.live("2013-05-14 11:30")
    assert not [one for one in story.statuses() if f" {second}" in one]


def test_1d_same_as_is_symmetric_and_transitive() -> None:
    for pairs in ((("S3", "S2"), ("S2", "S1")), (("S1", "S2"), ("S2", "S3")), (("S1", "S3"), ("S2", "S3"))):
        story = Story(PROBED)
        story.event("person_met", "S1 seller", at="2013-05-14 10:00")
        story.event("person_met", "S2 seller", at="2013-05-14 11:00", age="child")
        story.event("person_met", "S3 seller", at="2013-05-14 12:00", gender="man")
        for one, other in pairs:
            story.event("report_received", one, same_as=other)
        assert [s.id for s in story.answer().subjects if s.sort == "person"] == ["S1"]
        assert (value(story, "S1", "age"), value(story, "S1", "gender")) == ("child", "man")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"at": "2013-05-14 10:00"}, {"at": "2013-05-14 09:00"}),
        ({"at": "2013-05-14 09:00", "known_at": "2013-05-14 10:00"}, {"at": "2013-05-14 09:00"}),
        ({"at": "2013-05-14 09:00", "id": "b"}, {"at": "2013-05-14 09:00", "id": "a"}),
    ],
    ids=["at", "known_at", "id"],
)
def test_1d_introduced_first_is_by_at_then_known_at_then_id(first: dict[str, Any], second: dict[str, Any]) -> None:
    story = Story(ROLES)
    story.event("person_met", "S1 seller", **first)
    story.event("person_met", "S2 seller", **second)
    story.event("report_received", "S1", at="2013-05-14 12:00", same_as="S2")
    assert [s.id for s in story.answer().subjects if s.sort == "person"] == ["S2"]


def test_1d_marks_and_consents_about_the_others_are_read_as_about_the_first() -> None:
    story = Story(
        plan_of(
            """
rules:
- {rule: r, for: seller, then: [{must inform: stod}]}
- {rule: k, for: seller, then: [{must notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}}]}
"""
        )
    )
    story.event("person_met", "S1 seller")
    story.event("person_met", "S2 seller")
    story.mark("done", "r/inform S2")
    story.event("consent_given", "S2", recipient="regionkoordinator", telling="identity")
    assert (story.status("r/inform S1"), story.status("k/notify S1")) == ("due", "ask_first")
    story.event("report_received", "S2", same_as="S1")
    assert (story.status("r/inform S1"), story.status("k/notify S1")) == ("done", "due")


def test_1d_two_ends_that_become_one_person_stay_that_person_at_both() -> None:
    story = Story(
        plan_of(
            """
rules:
- {rule: k, for: purchase, when: {buyer.age: adult}, then: [{must inform: stod, about: buyer}]}
- {rule: s, for: purchase, when: {seller.age: adult}, then: [{must inform: stod, about: seller}]}
"""
        )
    )
    story.event("buyer_caught", "K1 purchase of P1, P2")
    story.event("told", "P1", age="adult", same_as="P2")
    assert story.live() == {"k/inform P1", "s/inform P1"}
    assert not story.questions("end_named_twice")


def test_1e_an_event_may_state_only_what_its_type_declares() -> None:
    assert "säger inget om 'gender'" in refusal(
        ROLES, {"event": "minor_involved", "about": "S1 seller", "facts": {"gender": "woman"}}, strict=False
    )
    assert "kan inte säga" in refusal(
        ROLES, {"event": "minor_involved", "about": "S1 seller", "facts": {"age": "adult"}}, strict=False
    )


def test_1e_the_first_declared_value_is_said_when_nothing_is_stated_and_a_bare_list_says_nothing() -> None:
    story = Story(PROBED)
    story.event("minor_involved", "S1 seller")
    story.event("minor_involved", "S2 seller", age="child")
    story.event("person_met", "S3 seller")
    assert [value(story, who, "age") for who in ("S1", "S2", "S3")] == ["maybe_child", "child", "unknown"]


def test_1e_a_fact_about_an_end_is_about_whom_the_event_names_there_else_whom_is_known_there_else_nobody() -> None:
    story = Story(PROBED)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("purchase_told", "K1", facts={"seller.age": "adult"})
    assert value(story, "S1", "age") == "adult"
    story.event("purchase_told", "K1 purchase of -, S2", facts={"seller.age": "child"})
    assert (value(story, "S1", "age"), value(story, "S2", "age")) == ("unknown", "child")
    story.event("buyer_caught", "K2 purchase of B1, -")
    story.event("purchase_told", "K2", facts={"seller.age": "child", "buyer.age": "adult"})
    assert (value(story, "B1", "age"), at_offence(story, "K2", "seller.age")) == ("adult", "unknown")


def test_a_plan_with_errors_cannot_be_used_at_all() -> None:
    with pytest.raises(PlanError):
        plan_of(MISTYPED["value"][0])
