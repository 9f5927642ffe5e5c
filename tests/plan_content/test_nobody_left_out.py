"""Nobody is left out: every child reaches somebody, a yes leads to something, and whoever knows nothing is asked to do nothing."""

from __future__ import annotations

import pytest
from tests.plan_content.shipped import county, met_by_services, rules_due, seller
from tests.stories import Story

# -- a child whom somebody has met, without its parent -----------------------------------------------------------------------------


def child_met_by(contact: str, at: str = "2026-05-12 10:00", risk: str | None = "suspected") -> Story:
    """A child in somebody's home whom one body has met, and of whose parents nothing is known."""
    story = Story(county())
    story.event("contact_made", "C1 child", at, facts={"age": "child", "stay_municipality": "sala", contact: "met"})
    if risk is not None:
        story.event("child_assessed", "C1", at, at_risk=risk)
    return story


CONTACTS = [
    "care_contact", "adult_contact", "support_contact", "buyer_support_contact", "prosecutor_contact", "migration_contact",
    "county_contact", "school_contact", None,
]  # fmt: skip


@pytest.mark.parametrize("day", ["2014-05-12", "2024-05-14", "2026-05-12"])
@pytest.mark.parametrize("role", ["seller", "child", "buyer"])
@pytest.mark.parametrize("contact", CONTACTS)
def test_whoever_has_met_the_child_in_whatever_role_the_board_is_told(day: str, role: str, contact: str | None) -> None:
    for aware in ("aware", "not_aware"):
        for age in ("child", "maybe_child"):
            story = Story(county())
            facts = {"age": age, "stay_municipality": "sala", "police_aware": aware} | ({contact: "met"} if contact else {})
            story.event("contact_made", f"S1 {role}", f"{day} 10:00", facts=facts)
            if role != "seller":
                story.event("child_assessed", "S1", f"{day} 10:30", at_risk="suspected")
            told = [d for d in story.answer().decisions if (d.kind, d.object, d.status) == ("notify", "socialnamnd-barn", "due")]
            assert told, (aware, age)
            assert aware == "aware" or "polisen" not in {d.id.bearer for d in told}


@pytest.mark.parametrize(
    ("contact", "rule"),
    [
        ("school_contact", "hemmabarn.anmal-skola/anmalan"),
        ("care_contact", "hemmabarn.anmal-den-som-traffat-barnet/anmalan"),
        ("support_contact", "hemmabarn.anmal-den-som-traffat-barnet/anmalan"),
        ("adult_contact", "hemmabarn.anmal-den-som-traffat-barnet/anmalan"),
        ("migration_contact", "hemmabarn.anmal-fler-som-traffat-barnet/anmalan"),
    ],
)
def test_whoever_has_met_the_child_reports_and_not_the_police_who_know_nothing(contact: str, rule: str) -> None:
    story = child_met_by(contact)
    assert story.status(f"{rule} C1") == "due"
    assert "polisen" not in {d.id.bearer for d in story.answer().decisions if d.status == "due" and d.object == "socialnamnd-barn"}


def test_before_2026_the_law_named_neither_prosecutor_migration_agency_nor_county_board() -> None:
    due = rules_due(child_met_by("migration_contact", "2025-05-12 10:00"))
    assert "hemmabarn.anmal-fler-som-traffat-barnet" not in due
    assert "hemmabarn.anmal-fler-fore-2026" in due


def test_the_school_assesses_the_child_and_nothing_is_reported_without_worry() -> None:
    story = child_met_by("school_contact", risk=None)
    assert {"hemmabarn.bedom-skola"} == {rule for rule in rules_due(story) if rule.startswith("hemmabarn.bedom")}
    assert "hemmabarn.anmal-skola" not in rules_due(child_met_by("school_contact", risk="assessed_no"))


def test_the_police_report_a_child_whom_they_know() -> None:
    story = child_met_by("care_contact")
    story.event("child_found", "F1 parenthood of B1 parent, C1", "2026-05-12 11:00", facts={"child.age": "child"})
    assert {"hemmabarn.anmal", "hemmabarn.anmal-den-som-traffat-barnet"} <= rules_due(story)


def test_care_that_has_met_both_the_parent_and_the_child_reports_once() -> None:
    story = child_met_by("care_contact")
    story.event("contact_made", "B1 buyer", "2026-05-12 10:30", facts={"age": "adult", "care_contact": "met"})
    story.event("child_in_home", "F1 parenthood of B1, C1", "2026-05-12 10:40", facts={"child.age": "child"})
    due = rules_due(story)
    assert "hemmabarn.anmal-vard" in due
    assert "hemmabarn.anmal-den-som-traffat-barnet" not in due


def test_the_school_gives_the_inquiry_what_it_knows() -> None:
    story = child_met_by("school_contact")
    story.event("inquiry_opened", "C1", "2026-05-13 10:00")
    assert story.status("barn.uppgifter-skola/uppgifter C1") == "due"


@pytest.mark.parametrize(
    ("kind", "rule"), [("person_met", "hemmabarn.vilka-barn"), ("contact_made", "hemmabarn.vilka-barn-utan-polis")]
)
def test_a_yes_to_children_at_home_leads_on(kind: str, rule: str) -> None:
    story = seller("2026-05-12 10:00", kind)
    story.event("home_checked", "S1", "2026-05-12 11:00", children_at_home="some")
    assert {one for one in rules_due(story) if one.startswith("hemmabarn.vilka")} == {rule}
    story.event("home_checked", "S1", "2026-05-12 12:00", children_at_home="nobody")
    assert rule not in rules_due(story)


# -- danger, and somebody who is gone ----------------------------------------------------------------------------------------------


def test_a_teacher_who_sees_the_danger_calls_also_when_the_police_know_the_child() -> None:
    story = seller("2026-05-12 10:00", age="child")
    story.event("contact_made", "S1", "2026-05-13 10:00", facts={"school_contact": "met", "police_aware": "aware"})
    story.event("danger_reported", "S1", "2026-05-13 10:05")
    assert story.status("fara.larma/larm S1") == "due"


def test_a_grown_victim_whom_the_police_do_not_know_is_not_gone_without_a_thought() -> None:
    story = met_by_services("2026-05-12 10:00")
    story.event("trafficking_suspected", "S1", "2026-05-12 11:00")
    assert "saljare.forsvunnen-utan-polis" not in rules_due(story)
    story.event("went_missing", "S1", "2026-05-13 10:00")
    assert "saljare.forsvunnen-utan-polis" in rules_due(story)
    told = [d for d in story.answer().decisions if (d.kind, d.object, d.status) == ("notify", "polisen", "due")]
    assert [d for d in told if d.strength == "must"] == []


def test_a_placed_child_from_a_buyers_home_who_is_gone_reaches_the_police() -> None:
    story = child_met_by("school_contact")
    story.event("went_missing", "C1", "2026-05-12 12:00")
    assert "hemmabarn.forsvunnet" not in rules_due(story)
    story.event("child_placed", "C1", "2026-05-13 10:00")
    story.event("went_missing", "C1", "2026-05-14 10:00")
    assert "hemmabarn.forsvunnet" in rules_due(story)


# -- after a yes, an answer or a decision ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offer", "rule", "at"),
    [
        ("stod.brottsofferstod/erbjudande", "stod.ge-brottsofferstod", "2026-05-12 10:00"),
        ("stod.verka-for-brottsofferstod/erbjudande", "stod.ge-brottsofferstod-tidigare", "2024-05-12 10:00"),
        ("stod.skyddade-uppgifter/erbjudande", "stod.hjalp-med-skyddade-uppgifter", "2026-05-12 10:00"),
        ("stod.utan-behovsprovning/erbjudande", "stod.ge-radgivning", "2026-05-12 10:00"),
    ],
)
def test_a_yes_leads_to_something(offer: str, rule: str, at: str) -> None:
    story = met_by_services(at)
    story.event("violence_reported", "S1", at)
    assert rule not in rules_due(story)
    story.mark("accepted", f"{offer} S1", at.replace("10:00", "11:00"))
    assert rule in rules_due(story)


def test_a_yes_to_a_health_examination_leads_to_one() -> None:
    story = seller("2026-05-12 10:00", "contact_made", care_contact="met", permit="none")
    story.mark("accepted", "vard.halsoundersokning/erbjudande S1", "2026-05-12 11:00")
    assert "vard.gor-halsoundersokning" in rules_due(story)


def test_reasons_for_a_contact_ban_lead_to_a_decision() -> None:
    story = seller("2026-05-12 10:00")
    story.event("contact_ban_assessed", "S1", "2026-05-12 11:00", contact_ban="no_reasons")
    assert "skydd.kontaktforbud-provas" not in rules_due(story)
    story.event("contact_ban_assessed", "S1", "2026-05-12 12:00", contact_ban="reasons")
    assert "skydd.kontaktforbud-provas" in rules_due(story)


def test_the_chief_guardian_tells_the_board_when_the_child_may_stay() -> None:
    story = seller("2026-05-12 10:00", age="child", unaccompanied="alone", citizenship="third_country")
    story.event("permit_granted", "S1", "2026-06-12 10:00")
    assert {"barn.overformyndaren-underrattar", "barn.sarskild-vardnadshavare"} <= rules_due(story)


@pytest.mark.parametrize(("day", "weighs"), [("2025-03-31", False), ("2025-04-01", True)])
def test_a_head_teacher_weighs_from_april_2025_whether_the_police_are_told(day: str, weighs: bool) -> None:
    story = seller(f"{day} 10:00", "contact_made", age="child", school_contact="met")
    assert ("handel.rektor-vager" in rules_due(story)) is weighs
    story.event("school_weighed", "S1", f"{day} 11:00", school_disclosure="keeps")
    assert "handel.rektor-berattar" not in rules_due(story)
    story.event("school_weighed", "S1", f"{day} 12:00", school_disclosure="may_tell")
    assert ("handel.rektor-berattar" in rules_due(story)) is weighs


@pytest.mark.parametrize(
    ("day", "suspicion", "rule"),
    [
        ("2014-05-12", "trafficking_suspected", "betanketid.bara-genom-polisen"),
        ("2022-07-31", "trafficking_suspected", "betanketid.bara-genom-polisen"),
        ("2022-08-01", "trafficking_suspected", "betanketid.namnden-ansoker"),
        ("2026-05-12", "control_suspected", "betanketid.bara-genom-polisen-koppleri"),
    ],
)
def test_a_wish_for_time_to_reflect_is_not_left_lying_with_a_body_that_cannot_apply(day: str, suspicion: str, rule: str) -> None:
    story = met_by_services(f"{day} 10:00", permit="none", citizenship="third_country")
    story.event(suspicion, "S1", f"{day} 11:00")
    ways = {"betanketid.bara-genom-polisen", "betanketid.bara-genom-polisen-koppleri", "betanketid.namnden-ansoker"}
    assert rules_due(story) & ways == set()
    story.event("wish_stated", "S1", f"{day} 12:00", wants_reflection_period="wants")
    assert rules_due(story) & ways == {rule}


@pytest.mark.parametrize(("stay", "unit"), [("sala", "sala-vuxen"), ("elsewhere", "vuxen-annat-lan")])
def test_a_grown_person_in_another_county_is_not_named_to_a_reception_in_this_one(stay: str, unit: str) -> None:
    story = seller("2026-05-12 10:00", stay_municipality=stay)
    story.event("violence_reported", "S1", "2026-05-12 10:10")
    story.event("consent_given", "S1", "2026-05-12 10:20", recipient="socialnamnd-vuxen", telling="identity")
    (told,) = [d for d in story.answer().decisions if d.id.measure == "kontakt" and d.object == "socialnamnd-vuxen"]
    assert told.status == "due"
    assert told.recipient is not None
    assert told.recipient.unit == unit
