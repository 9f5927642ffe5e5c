"""Children where they are and where they live, a young buyer, and what must not come back, come late or be turned back."""

from __future__ import annotations

import pytest
from tests.plan_content.shipped import county, met_by_services, purchase, rules_due, seller
from tests.stories import Story

from samverkan.decide.answer import Decision


def units(story: Story, rule: str, as_of: str | None = None) -> list[str | None]:
    """The units that are told by that rule, now."""
    found = [d for d in story.answer(as_of).decisions if d.id.rule == rule and d.status == "due" and d.kind == "notify"]
    return [d.recipient.unit for d in found if d.recipient is not None]


def due(story: Story, named: str) -> Decision:
    """That decision, which must be due."""
    found = story.decision(named)
    assert found is not None
    assert found.status == "due"
    return found


def last_day(story: Story, named: str) -> str:
    """The day of the deadline of that decision, which must be due."""
    deadline = due(story, named).deadline
    assert deadline is not None
    return str(deadline.day)


# -- where the child is, and where it lives ----------------------------------------------------------------------------------------

OFFICE = "2026-01-12 10:10"


@pytest.mark.parametrize(
    ("stay", "home", "told"),
    [
        ("sala", "elsewhere", {"barn.orosanmalan": ["sala-barn"], "barn.orosanmalan-annat-lan": ["barn-annat-lan"]}),
        ("elsewhere", "sala", {"barn.orosanmalan": ["barn-annat-lan"], "barn.orosanmalan-hemkommun": ["sala-barn"]}),
        ("elsewhere", "elsewhere", {"barn.orosanmalan": ["barn-annat-lan"]}),
        ("unknown", "elsewhere", {"barn.orosanmalan": ["barn-annat-lan"], "barn.orosanmalan-platsen-okand": ["mottagning-barn"]}),
        ("unknown", "unknown", {"barn.orosanmalan": ["mottagning-barn"]}),
        ("sala", "sala", {"barn.orosanmalan": ["sala-barn"]}),
    ],
)
def test_a_child_who_is_exploited_is_reported_where_it_is_and_where_it_lives(
    stay: str, home: str, told: dict[str, list[str]]
) -> None:
    story = seller(OFFICE, age="child", stay_municipality=stay, home_municipality=home)
    rules = ("barn.orosanmalan", "barn.orosanmalan-annat-lan", "barn.orosanmalan-hemkommun", "barn.orosanmalan-platsen-okand")
    assert {rule: units(story, rule) for rule in rules if units(story, rule)} == told


@pytest.mark.parametrize(
    ("stay", "rules"),
    [("sala", {"barn.annat-lan-utan-polis"}), ("unknown", {"barn.orosanmalan-platsen-okand-utan-polis"}), ("elsewhere", set())],
)
def test_and_without_the_police_too(stay: str, rules: set[str]) -> None:
    story = seller(
        OFFICE, "contact_made", age="child", care_contact="met", police_aware="not_aware", stay_municipality=stay,
        home_municipality="elsewhere",
    )  # fmt: skip
    more = {"barn.annat-lan-utan-polis", "barn.orosanmalan-platsen-okand-utan-polis", "barn.orosanmalan-annat-lan"}
    assert rules_due(story) & more == rules


def test_a_child_in_the_home_of_a_buyer_from_another_county_is_reported_there() -> None:
    story = purchase(OFFICE)
    story.event(
        "child_found", "F1 parenthood of B1, C1 child", facts={"child.age": "child", "child.home_municipality": "elsewhere"},
    )  # fmt: skip
    assert story.status("kopare.barn-i-hemmet/bedomning B1") == "done"  # whoever has found the child knows that there is one
    story.event("child_assessed", "C1", at_risk="suspected")
    assert units(story, "hemmabarn.anmal") == ["barn-annat-lan"]


@pytest.mark.parametrize("event", ["turned_18", "age_established"])
def test_a_child_who_was_alone_may_turn_out_to_be_an_adult(event: str) -> None:
    story = seller(OFFICE, age="child", unaccompanied="alone")
    assert "barn.boende" in rules_due(story)
    story.event(event, "S1", facts={"age": "adult"} if event == "age_established" else {})
    assert story.questions("impossible") == []
    assert {"barn.boende", "barn.god-man"} & rules_due(story) == set()
    assert "stod.saljare" in rules_due(story)


# -- a young buyer -----------------------------------------------------------------------------------------------------------------


def test_the_board_of_the_home_is_told_of_a_young_buyer_and_nobody_of_one_who_may_be_grown() -> None:
    young, perhaps = (purchase("2026-05-12 10:00", buyer_age=age) for age in ("child", "maybe_child"))
    young.event("person_met", "B1", stay_municipality="sala", home_municipality="koping")
    assert units(young, "kopare.under-18") == ["koping-barn"]
    assert units(perhaps, "kopare.under-18") == []
    assert "kopare.under-18-vardnadshavare" not in rules_due(perhaps)
    assert due(perhaps, "kopare.under-18-bedom/alder B1").deadline is not None
    assert perhaps.status("kopare.under-18-bedom/bedomning B1") == "due"
    perhaps.event("age_established", "B1", age="child")
    assert "kopare.under-18" in rules_due(perhaps)
    perhaps.event("moved", "B1", home_municipality="elsewhere")
    assert units(perhaps, "kopare.under-18") == ["barn-annat-lan"]


def test_the_other_guardian_of_a_young_buyer_is_told_when_one_is_suspected() -> None:
    story = purchase("2026-05-12 10:00", buyer_age="child")
    story.event("guardian_checked", "B1", guardian_suspected="suspected")
    told = due(story, "kopare.under-18-vardnadshavare/underrattelse B1")
    assert told.object == "underratta-den-unges-vardnadshavare"
    assert "misstänkt" in county().acts["underratta-den-unges-vardnadshavare"].label


# -- times -------------------------------------------------------------------------------------------------------------------------


def test_the_charge_is_decided_within_three_months_for_a_child_and_six_weeks_for_a_young_buyer() -> None:
    child, young = purchase(OFFICE, seller_age="child"), purchase(OFFICE, buyer_age="child")
    assert last_day(child, "kop.barn-tre-manader/provning K1") == "2026-04-12"
    assert last_day(young, "kop.ung-kopare-sex-veckor/provning K1") == "2026-02-23"
    assert {"kop.barn-tre-manader", "kop.ung-kopare-sex-veckor"} & rules_due(purchase(OFFICE)) == set()
    child.event("turned_18", "S1", "2026-02-01 00:00")
    assert "kop.barn-tre-manader" in rules_due(child)
    assert "kop.besluta-i-tid" not in rules_due(child)  # she was a child at the purchase
    child.event("charge_decided", "K1", "2026-03-01 10:00", charge="brought")
    assert "kop.barn-tre-manader" not in rules_due(child)


def test_a_young_buyer_who_learns_of_it_later_has_six_weeks_from_then() -> None:
    story = Story(county())
    facts = {"buyer.police_aware": "aware"}
    story.event("old_purchase_reported", "K1 purchase of B1 buyer, S1 seller", OFFICE, facts=facts, offence_at="2025-11-01")
    story.event("suspect_told_decided", "K1", "2026-01-20 10:00", suspicion_told="withheld")
    story.event("suspect_told_decided", "K1", "2026-02-02 10:00", suspicion_told="told")
    assert "kop.ung-kopare-sex-veckor-senare" not in rules_due(story)
    story.event("age_established", "B1", "2026-02-10 10:00", age="child")
    assert last_day(story, "kop.ung-kopare-sex-veckor-senare/provning K1") == "2026-03-16"
    assert "kop.ung-kopare-sex-veckor" not in rules_due(story)


@pytest.mark.parametrize(("kind", "bearer"), [("person_met", "polisen"), ("contact_made", "motande-verksamhet")])
def test_nobody_who_has_met_a_parent_reports_the_child_by_routine(kind: str, bearer: str) -> None:
    story = seller(OFFICE, kind)
    found = "child_found" if kind == "person_met" else "child_in_home"
    story.event(found, "F1 parenthood of S1, C1 child", facts={"child.age": "child", "child.home_municipality": "sala"})
    held = [d for d in story.answer().decisions if d.object == "anmala-enbart-for-att-kopet-skett" and d.status == "due"]
    assert {d.id.bearer for d in held} == {bearer}
    story.event("child_assessed", "C1", at_risk="suspected")
    assert {"hemmabarn.ingen-rutinanmalan", "hemmabarn.ingen-rutinanmalan-utan-polis"} & rules_due(story) == set()


def test_a_decided_report_stays_decided_when_the_inquiry_is_closed() -> None:
    story = seller("2026-01-12 10:00", age="child")
    story.event("report_received", "S1", "2026-01-12 11:00")
    assert {"barn.forhandsbedomning", "barn.inled-genast"} <= rules_due(story)
    story.event("inquiry_opened", "S1", "2026-01-12 12:00")
    story.event("inquiry_closed", "S1", "2026-03-12 12:00")
    assert {"barn.forhandsbedomning", "barn.inled-genast"} & rules_due(story) == set()
    assert "polisen" in {d.id.bearer for d in story.answer().decisions if d.id.rule == "barn.anmalan-skyddas" and d.status == "due"}
    story.event("report_received", "S1", "2026-04-01 09:00", id="again")
    assert due(story, "barn.forhandsbedomning/beslut S1 #again").deadline is not None


def test_a_report_during_an_inquiry_is_not_due_again_when_it_is_closed() -> None:
    story = seller("2026-01-12 10:00", age="child")
    story.event("inquiry_opened", "S1", "2026-01-12 12:00")
    story.event("report_received", "S1", "2026-02-12 11:00")
    story.event("inquiry_closed", "S1", "2026-03-12 12:00")
    assert "barn.forhandsbedomning" not in rules_due(story)


def test_a_refusal_that_is_changed_wakes_no_earlier_permit() -> None:
    story = seller("2026-01-12 10:00", permit="none", citizenship="third_country")
    story.event("trafficking_suspected", "S1")
    story.event("reflection_period_applied", "S1", facts={"applicant": "leader"})
    story.event("reflection_period_refused", "S1", "2026-01-15 10:00")
    assert "stod.kostnader" not in rules_due(story)
    story.event("reflection_period_granted", "S1", "2026-02-15 10:00")
    asked = [d for d in story.answer().decisions if d.id.rule == "betanketid.innan-den-ar-slut" and d.status == "due"]
    assert [str(d.deadline.day) for d in asked if d.deadline is not None] == ["2026-03-07"]


def test_danger_that_is_over_still_asks_for_a_ban_and_for_the_social_services() -> None:
    story = seller("2026-01-12 10:00")
    for event in ("danger_reported", "danger_over"):
        story.event(event, "S1")
        assert "skydd.kontaktforbud" in rules_due(story)
        assert story.status("stod.socialtjanst-vuxen/kontakt S1") == "ask_first"


def test_a_fine_that_cant_stand_brings_no_word_of_five_years() -> None:
    story = purchase("2026-01-12 10:00")
    story.event("penalty_order_issued", "K1", facts={"sanction": "fine"})
    assert "kop.enbart-boter-rattas" in rules_due(story)
    assert "kop.fem-ar-i-registret" not in rules_due(story)
    before = purchase("2022-07-31 10:00")
    before.event("penalty_order_issued", "K1", facts={"sanction": "fine"})
    assert "kop.fem-ar-i-registret" in rules_due(before)


def test_how_far_a_purchase_went_is_judged_before_an_order() -> None:
    story = purchase("2025-07-01 10:00", stage="unknown")
    assert "kop.villkorlig-dom-strafforelaggande" not in rules_due(story)
    story.event("purchase_clarified", "K1", facts={"offence_stage": "completed"})
    assert "kop.villkorlig-dom-strafforelaggande" in rules_due(story)


@pytest.mark.parametrize(("contact", "rule"), [("school_contact", "barn.uppgifter-skola"), (None, "barn.uppgifter-utan-polis")])
def test_whoever_has_met_the_child_tells_the_inquiry_what_matters(contact: str | None, rule: str) -> None:
    both = {"barn.uppgifter-skola", "barn.uppgifter-utan-polis"}
    story = seller(OFFICE, "contact_made", age="child", **({contact: "met"} if contact else {}))
    assert rules_due(story) & both == set()
    story.event("inquiry_opened", "S1")
    assert rules_due(story) & both == {rule}


def test_whoever_was_offered_support_as_a_child_isnt_woken_on_the_birthday() -> None:
    for offered in (True, False):
        story = seller("2026-01-12 10:00", age="child")
        if offered:
            story.mark("done", "stod.barn/information S1")
            story.mark("done", "stod.barn/erbjudande S1")
        story.event("turned_18", "S1", "2026-01-20 00:00")
        assert ("stod.saljare" in rules_due(story)) != offered


# -- nobody is turned back ---------------------------------------------------------------------------------------------------------


def turned_back(story: Story) -> set[str]:
    held = (d for d in story.answer().decisions if d.object == "avvisa-fore-bedomningen" and d.status == "due")
    return {f"{d.strength} {d.id.bearer}" for d in held}


def test_nobody_is_turned_back_before_the_suspicion_is_assessed_or_during_the_reflection_period() -> None:
    story = seller("2026-05-12 03:00", permit="none", citizenship="third_country")
    assert turned_back(story) == {"should polisen"}
    for event in ("suspicion_dismissed", "control_dismissed", "exploitation_dismissed"):
        story.event(event, "S1")
    assert turned_back(story) == set()
    story.event("control_suspected", "S1")
    assert turned_back(story) == {"should polisen"}
    story.event("reflection_period_applied", "S1", facts={"applicant": "leader"})
    assert turned_back(story) == {"should polisen", "must polisen"}
    assert story.status("betanketid.beslut/inhibition S1") == "due"


@pytest.mark.parametrize(("permit", "citizenship"), [("has", "third_country"), ("unknown", "swedish"), ("unknown", "unknown")])
def test_and_where_nobody_can_be_nothing_is_said(permit: str, citizenship: str) -> None:
    assert turned_back(seller("2026-05-12 03:00", permit=permit, citizenship=citizenship)) == set()


def test_nor_does_the_question_go_to_police_who_dont_know_her() -> None:
    assert turned_back(met_by_services("2026-05-12 10:00", permit="none", citizenship="third_country")) == set()


# -- smaller things that were said twice, or to the wrong one ----------------------------------------------------------------------


def test_the_work_inspectorate_hears_of_work_and_not_of_begging() -> None:
    for form, told in (("labour", True), ("begging", False), ("unknown", True)):
        story = seller("2026-05-12 10:00")
        story.event("exploitation_suspected", "S1", exploitation_form=form)
        assert ("exploatering.arbetsmiljoverket" in rules_due(story)) == told


def test_whoever_cant_be_woken_gets_the_offer_later() -> None:
    story = seller("2026-05-12 02:00")
    story.event("needs_assessed", "S1", can_consent="cannot")
    assert "stod.saljare" not in rules_due(story)
    story.event("needs_assessed", "S1", can_consent="can")
    assert "stod.saljare" in rules_due(story)


def test_a_school_and_from_2026_other_authorities_report_once() -> None:
    for contact in ("school_contact", "prosecutor_contact", "migration_contact", "county_contact"):
        story = seller("2026-01-12 10:00", "contact_made", age="child", **{contact: "met"})
        assert "barn.orosanmalan-utan-polis" not in rules_due(story), contact
        assert [r for r in rules_due(story) if r.startswith("barn.orosanmalan-")] != []
    before = seller("2025-12-31 10:00", "contact_made", age="child", migration_contact="met")
    assert "barn.orosanmalan-utan-polis" not in rules_due(before)
    kast = seller("2025-12-31 10:00", "contact_made", age="child", migration_contact="met", buyer_support_contact="met")
    assert {"barn.orosanmalan-utan-polis", "barn.orosanmalan-migrationsverket-fore-2026"} <= rules_due(kast)


def test_kast_answers_for_a_buyer_whose_gender_nobody_has_noted() -> None:
    found = {}
    for gender in ("unknown", "woman", "man", "other"):
        story = purchase("2026-05-12 10:00")
        if gender != "unknown":
            story.event("circumstances_found", "B1", gender=gender)
        offer = due(story, "kopare.stod/erbjudande B1")
        found[gender] = offer.recipient.unit if offer.recipient is not None else None
    assert found == {"unknown": "kast-vasteras", "woman": "kast-vasteras", "man": "kriscentrum-man", "other": "kast-vasteras"}
