"""Hard cases under the example plan: unknown, children, several purchases, the offence, the law of the day, prohibitions."""

from __future__ import annotations

import pytest
from tests.stories import Story, example_plan, plan_of

from samverkan.plan.loading import load_plan

DEAL = {"agreement": "reached", "price": "stated", "payment": "handed_over"}
NIGHT = "2013-05-14 21:10"


def shown(story: Story, rule: str, as_of: str | None = None) -> set[str]:
    """`measure SUBJECT` of what is due or asked first under a rule."""
    return {one.partition("/")[2] for one in story.live(as_of) if one.startswith(f"{rule}/")}


# 1. Unknown is not no


def test_1_a_buyer_caught_with_nothing_known_of_payment_has_no_purchase_that_is_false() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, S1", at=NIGHT, agreement="reached", price="stated")
    story.event("age_established", "S1", at=NIGHT, age="adult")
    assert not shown(story, "kop.boter-strafforelaggande")
    waiting = {q.fact: set(q.rules) for q in story.questions("fact") if q.subject == "K1"}
    assert {"kop.boter-strafforelaggande", "saljare.vittne"} <= waiting["payment"]
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 21:20", payment="handed_over")
    assert shown(story, "kop.boter-strafforelaggande") == {"forelaggande K1"}


def test_1_an_exception_that_is_not_known_does_not_stop_a_rule_and_a_known_one_does() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, S1", at=NIGHT, facts=DEAL)
    story.event("age_established", "S1", at=NIGHT, age="adult")
    assert shown(story, "kop.boter-strafforelaggande") == {"forelaggande K1"}
    story.event("penalty_order_answered", "K1", at="2013-05-16 12:00", penalty_order="refused")
    assert not shown(story, "kop.boter-strafforelaggande")


def test_1_a_buyer_without_a_known_seller_has_not_been_shown_to_buy_from_adults() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, -", at=NIGHT)
    assert not shown(story, "kopare.egna-barn-vid-kop-av-barn")
    assert any("kopare.egna-barn-vid-kop-av-barn" in q.rules for q in story.questions("fact"))


# 2. Reasons to believe a child


def test_2_maybe_a_child_starts_the_childs_chain() -> None:
    story = Story(example_plan())
    story.event("minor_involved", "S1 seller", at=NIGHT)
    report = story.decision("barn.orosanmalan/anmalan S1")
    assert report is not None
    assert (report.status, report.strength, report.telling, report.object) == ("due", "must", "identity", "socialnamnd-barn")
    assert report.allowed_by is not None
    assert report.allowed_by.clause == "sol/anmalningsplikt"
    story.event("report_received", "S1", at="2013-05-14 22:00")
    assert shown(story, "barn.skyddsbedomning") == {"skydd S1", "beslut S1"}


def test_2_a_bare_unknown_makes_finding_out_due_and_tells_nobody_anything() -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", at=NIGHT)
    assert shown(story, "alder.ta-reda-pa") == {"bedomning S1"}
    told = [d.kind for d in story.answer().decisions if d.id.subject == "S1" and d.recipient is not None and d.kind != "offer"]
    assert told == []
    story.event("age_established", "S1", at="2013-05-14 22:00", age="child")
    assert story.status("alder.ta-reda-pa/bedomning S1") == "done"
    assert shown(story, "barn.orosanmalan") == {"anmalan S1"}


def test_2_an_officer_notes_a_child_she_says_nineteen() -> None:
    story = Story(example_plan())
    story.event("minor_involved", "S1 seller", at=NIGHT, age="child")
    story.event("person_met", "S1 seller", at="2013-05-14 21:20", age="adult")
    assert story.status("barn.orosanmalan/anmalan S1") == "due"
    story.event("age_established", "S1", at="2013-05-15 09:00", age="adult")
    assert story.status("barn.orosanmalan/anmalan S1") == "withdrawn"


# 3. Several purchases


def test_3_three_buyers_and_one_seller_are_three_purchases_and_one_person() -> None:
    story = Story(example_plan())
    for number in (1, 2, 3):
        story.event("buyer_caught", f"K{number} purchase of B{number}, S1", at=NIGHT, facts={**DEAL, "payment": ["", "handed_over",
                    "none", "handed_over"][number]})  # fmt: skip
    story.event("age_established", "S1", at=NIGHT, age="adult")
    assert shown(story, "kop.boter-strafforelaggande") == {"forelaggande K1", "forelaggande K3"}
    assert shown(story, "kopare.stod") == {f"{what} B{n}" for n in (1, 2, 3) for what in ("information", "erbjudande")}
    assert shown(story, "stod.saljare") == {"information S1", "erbjudande S1"}
    witness = story.decision("saljare.vittne/information S1")
    assert witness is not None
    assert witness.grounds == ("K1", "K3")


def test_3_a_buyer_with_two_purchases_gets_one_offer_and_two_orders() -> None:
    story = Story(example_plan())
    for number in (1, 2):
        story.event("buyer_caught", f"K{number} purchase of B1, S{number}", at=NIGHT, facts=DEAL)
        story.event("age_established", f"S{number}", at=NIGHT, age="adult")
    assert shown(story, "kop.boter-strafforelaggande") == {"forelaggande K1", "forelaggande K2"}
    assert shown(story, "kopare.stod") == {"information B1", "erbjudande B1"}


def test_3_two_sellers_of_whom_one_is_a_child() -> None:
    story = Story(example_plan())
    for number, age in ((1, "child"), (2, "adult")):
        story.event("buyer_caught", f"K{number} purchase of B1, S{number}", at=NIGHT, facts=DEAL)
        story.event("age_established", f"S{number}", at=NIGHT, age=age)
    assert shown(story, "kop.av-barn") == {"forundersokning K1"}
    assert shown(story, "kop.boter-strafforelaggande") == {"forelaggande K2"}
    assert shown(story, "barn.orosanmalan") == {"anmalan S1"}
    assert shown(story, "kopare.egna-barn-vid-kop-av-barn") == {"bedomning B1"}


def test_3_a_buyer_is_caught_and_no_seller_is_found() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, -", at=NIGHT, facts=DEAL)
    assert shown(story, "kopare.stod") == {"information B1", "erbjudande B1"}
    assert shown(story, "kop.alder-forst") == {"avvakta K1"}
    assert not shown(story, "kop.boter-strafforelaggande")
    assert not [d for d in story.answer().decisions if d.id.subject not in ("B1", "K1")]
    story.event("seller_identified", "K1 purchase of -, S1", at="2013-05-16 09:00")
    assert shown(story, "stod.saljare") == {"information S1", "erbjudande S1"}
    story.event("age_established", "S1", at="2013-05-16 10:00", age="adult")
    assert shown(story, "kop.boter-strafforelaggande") == {"forelaggande K1"}


# 4. Seventeen at the offence, eighteen now


def test_4_turning_18_changes_nothing_as_to_the_offence() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, S1", at=NIGHT, facts=DEAL)
    story.event("age_established", "S1", at=NIGHT, age="child")
    story.event("turned_18", "S1", at="2013-05-20 00:00")
    assert shown(story, "kop.av-barn", "2013-05-21 12:00") == {"forundersokning K1"}
    assert not shown(story, "barn.orosanmalan", "2013-05-21 12:00")
    assert not shown(story, "kop.boter-strafforelaggande", "2013-05-21 12:00")


def test_4_learning_later_that_she_was_17_changes_what_is_due() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, S1", at=NIGHT, facts=DEAL)
    story.event("person_met", "S1 seller", at=NIGHT, age="adult")
    assert shown(story, "kop.boter-strafforelaggande") == {"forelaggande K1"}
    story.event("turned_18", "S1", at="2013-05-20 00:00", known_at="2013-06-01 10:00")
    assert shown(story, "kop.av-barn") == {"forundersokning K1"}
    assert story.status("kop.boter-strafforelaggande/forelaggande K1") == "withdrawn"


def test_4_a_later_claim_never_beats_what_is_established() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, S1", at=NIGHT, facts=DEAL)
    story.event("age_established", "S1", at="2013-05-15 09:00", age="child")
    story.event("person_met", "S1 seller", at="2013-05-15 10:00", age="adult")
    assert shown(story, "kop.av-barn") == {"forundersokning K1"}
    assert shown(story, "barn.orosanmalan") == {"anmalan S1"}


# 5. The child in the buyer's home


def test_5_each_child_in_the_home_is_assessed_and_only_the_one_at_risk_is_reported() -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, S1", at=NIGHT)
    for number, place in ((1, "hallstahammar"), (2, "vasteras")):
        facts = {"child.age": "child", "child.home_municipality": place}
        story.event("child_in_home", f"F{number} parenthood of B1, C{number}", at="2013-05-15 09:00", facts=facts)
    assert shown(story, "kopare.barn-bedom") == {"bedomning C1", "bedomning C2"}
    assert not shown(story, "kopare.barn-anmal")
    story.event("child_assessed", "C1", at="2013-05-15 10:00", at_risk="suspected")
    story.event("child_assessed", "C2", at="2013-05-15 10:00", at_risk="assessed_no")
    assert shown(story, "kopare.barn-anmal") == {"anmalan C1"}
    report = story.decision("kopare.barn-anmal/anmalan C1")
    assert report is not None
    assert report.recipient is not None
    assert (report.recipient.unit, report.telling, report.person) == ("hallstahammar-barn", "identity", "C1")
    assert [story.status(f"kopare.barn-bedom/bedomning C{n}") for n in (1, 2)] == ["done", "done"]


def test_5_where_the_child_lives_is_found_out_if_it_is_not_known_and_somebody_answers_meanwhile() -> None:
    story = Story(example_plan())
    story.event("child_in_home", "F1 parenthood of B1, C1", at="2013-05-15 09:00", facts={"child.age": "child"})
    story.event("child_assessed", "C1", at="2013-05-15 10:00", at_risk="suspected")
    report = story.decision("kopare.barn-anmal/anmalan C1")
    assert report is not None
    assert report.recipient is not None
    assert report.recipient.unit == "socialjouren"
    assert shown(story, "barn.kommun") == {"bedomning C1"}


# 9. Every date has its law


@pytest.mark.parametrize(
    ("offence", "rule"),
    [
        ("2013-05-14", "kop.boter-strafforelaggande"),
        ("2022-07-31", "kop.boter-strafforelaggande"),
        ("2022-08-01", "kop.villkorlig-dom-strafforelaggande"),
        ("2024-01-01", "kop.villkorlig-dom-strafforelaggande"),
    ],
)
def test_9_the_old_penalty_is_kept_for_the_old_offence_whenever_it_is_asked(offence: str, rule: str) -> None:
    story = Story(example_plan())
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2024-06-01 12:00", offence_at=offence, facts=DEAL)
    story.event("age_established", "S1", at="2024-06-01 13:00", age="adult")
    assert {one for one in story.live("2030-01-01 12:00") if "strafforelaggande" in one} == {f"{rule}/forelaggande K1"}


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2013-05-14", "14 kap. 1 § socialtjänstlagen (2001:453)"),
        ("2025-06-30", "14 kap. 1 § socialtjänstlagen (2001:453)"),
        ("2025-07-01", "19 kap. 1 § socialtjänstlagen (2025:400)"),
        ("2026-05-16", "19 kap. 1 § socialtjänstlagen (2025:400)"),
    ],
)
def test_9_a_clause_changes_its_citation_while_the_rule_goes_on(day: str, text: str) -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", at="2013-05-02 12:00", age="child")
    report = story.decision("barn.orosanmalan/anmalan S1", f"{day} 12:00")
    assert report is not None
    assert report.allowed_by is not None
    assert (report.allowed_by.text, report.shown) == (text, story.when("2013-05-02 12:00"))


def test_9_a_standing_rule_begins_on_its_day_for_a_case_that_is_going_on() -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", at="2022-07-30 12:00", permit="none")
    story.event("trafficking_suspected", "S1", at="2022-07-30 12:00")
    story.event("wish_stated", "S1", at="2022-07-30 13:00", wants_reflection_period="wants")
    assert not shown(story, "betanketid.namnd-ansoker", "2022-07-31 23:59")
    assert shown(story, "betanketid.namnd-ansoker", "2022-08-01 00:00") == {"ansokan S1"}
    assert shown(story, "betanketid.polis-ansoker", "2022-08-01 00:00") == {"ansokan S1"}


# 12. Prohibitions


def test_12_nobody_treats_the_one_who_sells_as_a_suspect_and_that_is_never_done() -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", at=NIGHT)
    bearers = {d.id.bearer for d in story.answer().decisions if d.id.rule == "saljare.ej-misstankt"}
    assert bearers == {"polisen", "aklagare"}
    found = story.decision("saljare.ej-misstankt/avsta S1 by polisen", "2020-01-01 12:00")
    assert found is not None
    assert (found.status, found.kind, found.deadline, found.flags) == ("due", "refrain", None, ())


def test_12_nobody_tells_the_employer_of_whoever_sells_and_no_rule_of_the_county_says_otherwise() -> None:
    plan = load_plan("vastmanland")
    act = "roja-var-personen-finns"
    assert "arbetsgivare" in plan.acts[act].label
    story = Story(plan)
    story.event("person_met", "S1 seller", at=NIGHT)
    forbidden = {d.id.bearer for d in story.answer().decisions if (d.kind, d.object, d.status) == ("refrain", act, "due")}
    assert {"polisen", "aklagare", "socialnamnd-barn", "socialnamnd-vuxen", "stod-utsatta"} <= forbidden
    assert not [m for rule in plan.rules.values() for m in rule.then if m.kind == "perform" and m.object == act]


PROHIBITIONS = plan_of(
    """
rules:
- {rule: forbjud, for: seller, then: [{must refrain: forhora, who: [aklagare]}]}
- {rule: gor, for: buyer, then: [{may perform: forhora}]}
- {rule: kop, for: purchase, then: [{must refrain: larma, about: buyer, each relation: true}]}
- {rule: annat, for: purchase, when: {payment: none}, then: [{must perform: larma, about: buyer, each relation: true}]}
"""
)


def test_12_a_contradiction_is_found_across_a_persons_roles() -> None:
    story = Story(PROHIBITIONS)
    story.event("person_met", "P1 seller")
    story.event("person_met", "P2 buyer")
    assert not story.answer().contradictions
    story.event("role_given", "P1 buyer")
    assert [(c.first.rule, c.second.rule, c.first.subject) for c in story.answer().contradictions] == [("gor", "forbjud", "P1")]


def test_12_a_rule_for_a_relation_forbids_only_as_to_that_relation() -> None:
    story = Story(PROHIBITIONS)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("buyer_caught", "K2 purchase of B1, S2", payment="none")
    clashes = [(c.first.rule, c.first.subject, c.second.subject) for c in story.answer().contradictions]
    assert clashes == [("annat", "K2", "K2")]


def test_12_the_penalty_order_waits_while_the_age_is_not_clear() -> None:
    """Of the example plan: refraining and performing never come due together for one purchase, whatever is known of the age."""
    for age in ("child", "maybe_child", "adult", "unknown"):
        story = Story(example_plan())
        story.event("buyer_caught", "K1 purchase of B1, S1", at=NIGHT, facts=DEAL)
        story.event("person_met", "S1 seller", at=NIGHT, age=age)
        assert not story.answer().contradictions
        assert bool(shown(story, "kop.alder-forst")) == (age in ("maybe_child", "unknown"))
