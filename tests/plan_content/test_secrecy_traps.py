"""What is easy to get wrong about secrecy: each trap as a case, what is forbidden, what is asked first, what is done instead."""

from __future__ import annotations

import pytest
from tests.plan_content.shipped import county, met_by_services, purchase, rules_due, seller
from tests.stories import Story

from samverkan.decide.answer import Decision


def told(story: Story, function: str, as_of: str | None = None) -> list[Decision]:
    """The decisions by which somebody is to be told who a person is, now."""
    kinds = ("notify", "apply")
    return [
        d for d in story.answer(as_of).decisions
        if d.status == "due" and d.kind in kinds and d.object == function and d.telling == "identity"
    ]  # fmt: skip


def forbidden(story: Story, act: str, as_of: str | None = None) -> set[str]:
    """Who must not do that, now."""
    return {d.id.bearer for d in story.answer(as_of).decisions if d.status == "due" and d.kind == "refrain" and d.object == act}


# -- the buyer's children ----------------------------------------------------------------------------------------------------------


def buyer_with_a_child(at: str) -> Story:
    story = purchase(at)
    story.event(
        "child_found", "F1 parenthood of B1, C1 child",
        facts={"child.age": "child", "child.home_municipality": "koping", "parent.children_at_home": "some"},
    )  # fmt: skip
    return story


@pytest.mark.parametrize("day", ["2013-05-14", "2015-04-10", "2026-05-14"])
def test_the_buyers_children_are_assessed_and_not_reported_by_routine(day: str) -> None:
    story = buyer_with_a_child(f"{day} 21:10")
    assert story.status("hemmabarn.bedom/bedomning C1") == "due"
    assert told(story, "socialnamnd-barn") == []
    assert forbidden(story, "anmala-enbart-for-att-kopet-skett") == {"polisen"}


def test_a_child_who_seems_to_fare_ill_is_reported_at_once_and_only_that_child() -> None:
    story = buyer_with_a_child("2026-05-14 21:10")
    story.event(
        "child_found", "F2 parenthood of B1, C2 child", facts={"child.age": "child", "child.home_municipality": "koping"},
    )  # fmt: skip
    story.event("child_assessed", "C1", at_risk="suspected")
    story.event("child_assessed", "C2", at_risk="assessed_no")
    reports = told(story, "socialnamnd-barn")
    assert [(d.id.subject, d.deadline.text if d.deadline else "") for d in reports] == [("C1", "at once")]
    assert reports[0].recipient is not None
    assert reports[0].recipient.unit == "socialjouren"  # a Thursday night


def test_not_assessing_the_buyers_children_stays_overdue() -> None:
    story = buyer_with_a_child("2026-05-14 21:10")
    assert "overdue" in story.flags("hemmabarn.bedom/bedomning C1", "2026-05-17 12:00")


# -- telling Migrationsverket too early --------------------------------------------------------------------------------------------


def suspected(at: str, **facts: str) -> Story:
    story = seller(at, citizenship="third_country", permit="none", **facts)
    story.event("trafficking_suspected", "S1")
    return story


@pytest.mark.parametrize("day", ["2013-05-14", "2022-09-01", "2026-05-14"])
def test_migrationsverket_is_told_nothing_before_the_person_wishes_it(day: str) -> None:
    story = suspected(f"{day} 14:00")
    assert told(story, "migrationsverket") == []
    silent = forbidden(story, "underratta-migrationsverket-i-fortid")
    assert {"polisen", "aklagare", "forundersokningsledare", "socialnamnd-vuxen", "halso-och-sjukvard"} <= silent
    assert story.status("betanketid.informera/information S1") == "due"


def test_a_wish_lets_the_application_be_made_and_nothing_more() -> None:
    story = suspected("2026-05-14 14:00")
    story.event("wish_stated", "S1", wants_reflection_period="wants")
    assert {d.id.rule for d in told(story, "migrationsverket")} == {"betanketid.ledaren-ansoker"}
    assert "polisen" in forbidden(story, "beratta-mer-an-ansokan-behover")
    assert forbidden(story, "underratta-migrationsverket-i-fortid") == set()


def test_a_wish_taken_back_stops_what_isnt_yet_told() -> None:
    story = suspected("2026-05-14 14:00")
    story.event("wish_stated", "S1", wants_reflection_period="wants")
    story.event("consent_withdrawn", "S1", recipient="migrationsverket")
    assert told(story, "migrationsverket") == []
    assert "forundersokningsledare" in forbidden(story, "beratta-mer-an-ansokan-behover")


def test_a_child_needs_a_representative_behind_the_application() -> None:
    story = suspected("2026-05-14 14:00", age="child")
    story.event("wish_stated", "S1", wants_reflection_period="wants")
    assert told(story, "migrationsverket") == []
    assert story.status("betanketid.barnets-foretradare/bedomning S1 by forundersokningsledare") == "due"
    story.event("representative_asked", "S1", representative="agreed")
    assert "betanketid.ledaren-ansoker-barn" in {d.id.rule for d in told(story, "migrationsverket")}


# -- from the social services to the police, about an adult, in each period --------------------------------------------------------

NEVER, GRAVE, WEIGHED = "never", "if it is grave", "after a weighing"
PERIODS = [
    # suspicion, day → what the social services may do after a no
    ("purchase", "2015-04-10", NEVER), ("purchase", "2020-04-10", NEVER), ("purchase", "2025-06-10", NEVER),
    ("purchase", "2025-11-30", NEVER), ("purchase", "2025-12-01", WEIGHED), ("purchase", "2026-05-14", WEIGHED),
    ("control", "2015-04-10", GRAVE), ("control", "2025-06-10", GRAVE), ("control", "2025-12-01", WEIGHED),
    ("exploitation", "2015-04-10", NEVER), ("exploitation", "2018-06-30", NEVER), ("exploitation", "2018-07-01", GRAVE),
    ("exploitation", "2018-07-02", GRAVE), ("exploitation", "2025-11-30", GRAVE),
    ("exploitation", "2026-05-14", WEIGHED),
    ("trafficking", "2015-04-10", WEIGHED), ("trafficking", "2020-04-10", WEIGHED), ("trafficking", "2025-06-10", WEIGHED),
    ("trafficking", "2026-05-14", WEIGHED),
]  # fmt: skip
SUSPECTED = {"control": "control_suspected", "exploitation": "exploitation_suspected", "trafficking": "trafficking_suspected"}


def refused(suspicion: str, day: str) -> Story:
    """An adult whom the social services have met and who doesn't want the police to know."""
    story = met_by_services(f"{day} 10:00")
    if suspicion in SUSPECTED:
        story.event(SUSPECTED[suspicion], "S1")
    story.event("consent_refused", "S1", recipient="polisen")
    return story


@pytest.mark.parametrize(("suspicion", "day", "may"), PERIODS)
def test_the_social_services_to_the_police_about_an_adult(suspicion: str, day: str, may: str) -> None:
    story = refused(suspicion, day)
    assert told(story, "polisen") == []
    story.event("disclosure_weighed", "S1", police_disclosure="may_tell")
    assert bool(told(story, "polisen")) == (may == WEIGHED)
    if may == NEVER:
        assert "socialnamnd-vuxen" in forbidden(story, "beratta-for-polisen-utan-samtycke")
    story.event("threshold_assessed", "S1", offence_threshold="reaches")
    if suspicion != "purchase":
        assert bool(told(story, "polisen")) == (may in (GRAVE, WEIGHED))
    if may == NEVER:
        assert "socialnamnd-vuxen" in forbidden(story, "beratta-for-polisen-utan-samtycke")
    for telling in told(story, "polisen"):
        assert telling.strength == "may"
        assert telling.deadline is None


@pytest.mark.parametrize("day", ["2015-04-10", "2025-11-30"])
def test_less_serious_trafficking_never_reached_the_threshold(day: str) -> None:
    story = refused("trafficking", day)
    story.event("disclosure_weighed", "S1", police_disclosure="may_tell")
    story.event("threshold_assessed", "S1", offence_threshold="below")
    assert told(story, "polisen") == []


def test_what_is_told_after_a_no_needs_a_written_reason() -> None:
    story = refused("trafficking", "2026-05-14")
    story.event("disclosure_weighed", "S1", police_disclosure="may_tell")
    story.mark("done", "handel.far-beratta-efter-avvagning/anmalan S1")
    assert [q.kind for q in story.questions("reason_missing")] == ["reason_missing"]


def test_with_consent_the_police_are_told_in_every_period() -> None:
    for day in ("2015-04-10", "2020-04-10", "2026-05-14"):
        story = met_by_services(f"{day} 10:00")
        story.event("trafficking_suspected", "S1")
        assert story.status("handel.polisen-om-personen-vill/kontakt S1") == "ask_first"
        story.event("consent_given", "S1", recipient="polisen", telling="identity")
        assert [d.consent for d in told(story, "polisen")] == ["polisen"]


def test_a_child_is_another_matter() -> None:
    story = met_by_services("2015-04-10 10:00", age="child")
    assert {(d.id.rule, d.strength) for d in told(story, "polisen")} == {("barn.beratta-for-polisen", "should")}


# -- the police and an adult's no to the social services -------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2013-05-14", "2026-05-14"])
def test_in_danger_the_police_may_weigh_also_after_a_no(day: str) -> None:
    weighs, tells = "stod.avvagning-i-fara/avvagning S1", "stod.utan-samtycke/underrattelse S1"
    story = seller(f"{day} 10:00")
    story.event("consent_refused", "S1", f"{day} 10:05", recipient="socialnamnd-vuxen")
    assert (story.status(weighs), story.status(tells)) == (None, None)
    story.event("danger_reported", "S1", f"{day} 10:10")
    assert (story.status(weighs), story.status(tells)) == ("due", None)
    story.event("disclosure_weighed", "S1", f"{day} 10:15", disclosure_interest="does_not")
    assert (story.status(weighs), story.status(tells)) == ("done", None)
    story.event("disclosure_weighed", "S1", f"{day} 10:20", disclosure_interest="outweighs")
    assert [(d.id.rule, d.strength) for d in told(story, "socialnamnd-vuxen")] == [("stod.utan-samtycke", "may")]
    story.event("danger_over", "S1", f"{day} 10:30")
    assert told(story, "socialnamnd-vuxen") == []


@pytest.mark.parametrize("day", ["2013-05-14", "2026-05-14"])
@pytest.mark.parametrize("aware", ["not_aware", "aware"])
def test_without_danger_an_adults_no_stands_however_anybody_has_weighed(day: str, aware: str) -> None:
    story = seller(f"{day} 10:00", "contact_made", care_contact="met", police_aware=aware)
    story.event("consent_refused", "S1", recipient="socialnamnd-vuxen")
    story.event("trafficking_suspected", "S1")
    story.event("needs_assessed", "S1", acute_need="exists")
    story.event("disclosure_weighed", "S1", disclosure_interest="outweighs")
    assert told(story, "socialnamnd-vuxen") == []
    story.event("danger_reported", "S1")
    assert [d.id.rule for d in told(story, "socialnamnd-vuxen")] == (["stod.utan-samtycke"] if aware == "aware" else [])


# -- asking Migrationsverket where the victim is -----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2013-05-14", "2025-04-01", "2026-05-14"])
def test_nobody_fishes_for_where_the_person_is(day: str) -> None:
    story = seller(f"{day} 14:00")
    story.event("trafficking_suspected", "S1")
    assert forbidden(story, "leta-efter-personen-genom-andra") == {"polisen", "aklagare", "forundersokningsledare"}


def test_a_question_for_contact_details_stops_for_a_decision() -> None:
    story = seller("2026-05-14 10:00", "contact_made", migration_contact="met", police_aware="not_aware")
    story.event("contact_details_requested", "S1")
    assert forbidden(story, "lamna-kontaktuppgifter") == {"motande-verksamhet"}
    assert story.status("sekretess.kontaktuppgifter-vag/avvagning S1") == "due"
    assert told(story, "polisen") == []
    asked = story.decision("sekretess.kontaktuppgifter-vag/avvagning S1")
    assert asked is not None
    assert asked.bearer.unit == "motande-migration"
    story.event("disclosure_weighed", "S1", address_disclosure="keeps")
    assert forbidden(story, "lamna-kontaktuppgifter") == {"motande-verksamhet"}
    assert told(story, "polisen") == []
    story.event("disclosure_weighed", "S1", address_disclosure="may_tell")
    assert {d.id.rule for d in told(story, "polisen")} == {"sekretess.kontaktuppgifter-lamna"}
    assert forbidden(story, "lamna-kontaktuppgifter") == set()


def test_another_question_takes_no_earlier_ones_place_and_is_weighed_anew() -> None:
    story = met_by_services("2026-05-14 10:00")
    story.event("shelter_asked", "S1", "2026-05-14 11:00")
    story.event("contact_details_requested", "S1", "2026-05-14 12:00")
    story.event("permit_details_requested", "S1", "2026-05-14 13:00")
    assert {"sekretess.skyddat-boende", "sekretess.kontaktuppgifter-vag", "sekretess.tillstandsarende"} <= rules_due(story)
    story.event("disclosure_weighed", "S1", "2026-05-14 14:00", address_disclosure="may_tell")
    assert [d.id.rule for d in told(story, "polisen")] == ["sekretess.kontaktuppgifter-lamna"]
    assert told(story, "aklagare") == []
    story.mark("done", "sekretess.kontaktuppgifter-lamna/svar S1", "2026-05-14 15:00")
    story.event("contact_details_requested_by_prosecutor", "S1", "2026-05-20 10:00")
    assert told(story, "aklagare") == told(story, "polisen") == []
    assert {"sekretess.kontaktuppgifter-vag", "sekretess.kontaktuppgifter-vanta"} <= rules_due(story)
    story.event("disclosure_weighed", "S1", "2026-05-20 11:00", address_disclosure="may_tell")
    assert [d.id.rule for d in told(story, "aklagare")] == ["sekretess.kontaktuppgifter-lamna-aklagaren"]
    assert told(story, "polisen") == []


def test_whether_somebody_is_in_a_shelter_is_answered_when_asked_and_never_else() -> None:
    story = met_by_services("2026-05-14 10:00")
    assert "sekretess.skyddat-boende" not in rules_due(story)
    story.event("shelter_asked", "S1")
    answers = story.decision("sekretess.skyddat-boende/svar S1")
    assert answers is not None
    assert (answers.status, answers.strength, answers.id.bearer) == ("due", "must", "socialnamnd-vuxen")


# -- telling the landlord ----------------------------------------------------------------------------------------------------------


def test_nobody_tells_the_landlord_and_housing_comes_first() -> None:
    story = seller("2026-05-14 14:00")
    assert {"polisen", "socialnamnd-vuxen", "stod-utsatta", "halso-och-sjukvard"} <= forbidden(story, "roja-var-personen-finns")
    assert forbidden(story, "underratta-hyresvarden-fore-boendet") == set()
    story.event("first_questions_answered", "S1", premises="home")
    assert forbidden(story, "underratta-hyresvarden-fore-boendet") == {"polisen"}
    asked = story.decision("saljare.bostad-forst/radfragan S1")
    assert asked is not None
    assert (asked.kind, asked.telling) == ("consult", "circumstances")


def test_no_flow_of_the_plan_goes_to_a_landlord_or_an_employer() -> None:
    told_to = {m.object for r in county().rules.values() for m in r.then if m.kind in ("notify", "apply", "consult")}
    assert not [f for f in told_to if "hyres" in county().functions[f].label or "arbetsgivare" in county().functions[f].label]


# -- counsel promised to a seller who is a witness ---------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2013-05-14", "2026-05-14"])
def test_counsel_is_not_promised_to_a_seller_who_is_a_witness(day: str) -> None:
    story = purchase(f"{day} 21:10")
    assert forbidden(story, "lova-malsagandebitrade") == {"polisen"}
    assert story.status("saljare.vittne/information S1") == "due"
    assert "malsagande.bitrade" not in rules_due(story)


@pytest.mark.parametrize("event", ["trafficking_suspected", "violence_reported", "exploitation_suspected"])
def test_and_is_asked_for_when_she_is_an_injured_party(event: str) -> None:
    story = purchase("2026-05-14 21:10")
    story.event(event, "S1")
    assert story.status("malsagande.bitrade/begaran S1") == "due"
    assert story.status("malsagande.information/information S1") == "due"


def test_control_alone_promises_nothing_and_lets_the_prosecutor_judge() -> None:
    story = purchase("2026-05-14 21:10")
    story.event("control_suspected", "S1")
    assert "polisen" in forbidden(story, "lova-malsagandebitrade")
    assert story.status("malsagande.bedom-stallning/bedomning S1") == "due"
    assert "malsagande.bitrade" not in rules_due(story)


# -- the report kept in an open file -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "own"), [("2015-04-10", False), ("2025-12-31", False), ("2026-02-01", True)])
def test_the_report_is_not_kept_where_others_read_it(day: str, own: bool) -> None:
    story = seller(f"{day} 10:00", age="child")
    story.event("report_received", "S1")
    assert {"polisen", "halso-och-sjukvard", "skola"} <= forbidden(story, "forvara-anmalan-oppet")
    kept = story.decision("barn.anmalan-skyddas/avsta S1 by polisen")
    assert kept is not None
    assert any("40 kap. 7 g §" in its.text for its in kept.because) == own


def test_before_the_inquiry_only_the_report_is_handed_over() -> None:
    story = seller("2026-05-14 10:00", age="child")
    story.event("report_received", "S1")
    assert "polisen" in forbidden(story, "lamna-mer-an-anmalan")
    assert "barn.uppgifter-till-utredningen" not in rules_due(story)
    story.event("inquiry_opened", "S1")
    assert forbidden(story, "lamna-mer-an-anmalan") == set()
    assert "barn.uppgifter-till-utredningen" in rules_due(story)


# -- consent refused, and withdrawn ------------------------------------------------------------------------------------------------

INSTEAD = [
    ("socialnamnd-vuxen", "stod.socialtjanst-vuxen/kontakt S1", "stod.socialtjanst-vuxen/vart S1", "inform"),
    ("regionkoordinator", "handel.regionkoordinator/kontakt S1", "handel.regionkoordinator/radfragan S1", "consult"),
]


@pytest.mark.parametrize(("recipient", "asked", "instead", "kind"), INSTEAD)
def test_after_a_no_something_else_is_done_that_tells_nothing(recipient: str, asked: str, instead: str, kind: str) -> None:
    story = suspected("2026-05-14 14:00")
    assert story.status(asked) == "ask_first"
    story.event("consent_refused", "S1", recipient=recipient)
    assert story.status(asked) != "due"
    found = story.decision(instead)
    assert found is not None
    assert (found.status, found.kind) == ("due", kind)
    assert found.telling != "identity"
    assert told(story, recipient) == []


def test_support_does_not_hang_on_any_consent() -> None:
    story = suspected("2026-05-14 14:00")
    for recipient in ("socialnamnd-vuxen", "regionkoordinator", "polisen"):
        story.event("consent_refused", "S1", recipient=recipient)
    offered = {d.object for d in story.answer().decisions if d.kind == "offer" and d.status == "due"}
    assert {"stodsamtal", "kontakt-om-skyddat-boende"} <= offered


def test_after_a_withdrawal_the_recipient_is_told_at_once() -> None:
    story = suspected("2026-05-14 14:00")
    story.event("consent_given", "S1", recipient="regionkoordinator", telling="identity")
    story.mark("done", "handel.regionkoordinator/kontakt S1")
    story.event("consent_withdrawn", "S1", recipient="regionkoordinator")
    ended = [d for d in story.answer().decisions if d.kind == "consent_ended"]
    assert [(d.object, d.status, d.strength, d.deadline.text if d.deadline else "") for d in ended] == [
        ("regionkoordinator", "due", "must", "at once")
    ]


def test_consent_until_a_day_ends_with_it() -> None:
    story = suspected("2026-05-14 14:00")
    story.event("consent_given", "S1", recipient="regionkoordinator", telling="identity", until="2026-05-15")
    assert story.status("handel.regionkoordinator/kontakt S1", "2026-05-15 23:00") == "due"
    assert story.status("handel.regionkoordinator/kontakt S1", "2026-05-16 00:30") == "ask_first"


# -- the home country --------------------------------------------------------------------------------------------------------------


def test_the_home_country_is_not_contacted_and_nobody_is_pressed_to_return() -> None:
    story = suspected("2026-05-14 14:00")
    assert "polisen" in forbidden(story, "kontakta-hemlandet-utan-samtycke")
    assert "regionkoordinator" in forbidden(story, "pressa-att-atervanda")
    story.event("return_wish_stated", "S1", wants_return="wants")
    assert story.status("retur.ansok/ansokan S1") is None
    story.event("return_grounds_assessed", "S1", return_informed="informed")
    assert story.status("retur.ansok/ansokan S1") == "ask_first"


def test_no_child_returns_before_both_countries_have_found_it_best() -> None:
    story = suspected("2026-05-14 14:00", age="child")
    story.event("return_wish_stated", "S1", wants_return="wants")
    assert forbidden(story, "lata-barnet-atervanda") == {"socialnamnd-barn", "regionkoordinator"}
    story.event("return_grounds_assessed", "S1", return_best="best", return_informed="informed")
    assert forbidden(story, "lata-barnet-atervanda") == set()


# -- statistics and workplaces -----------------------------------------------------------------------------------------------------


def test_statistics_and_the_work_inspectorate_get_no_names() -> None:
    story = seller("2026-05-14 14:00")
    story.event("exploitation_suspected", "S1")
    story.event("operation_started", "O1 operation")
    assert {"polisen", "socialnamnd-vuxen", "migrationsverket"} <= forbidden(story, "lamna-personuppgifter-till-statistik")
    inspectorate = story.decision("exploatering.arbetsmiljoverket/underrattelse S1")
    assert inspectorate is not None
    assert inspectorate.telling == "circumstances"
    assert told(story, "arbetsmiljoverket") == []
    assert told(story, "lansstyrelsen") == []


# -- an age that nobody knows, and the school --------------------------------------------------------------------------------------


@pytest.mark.parametrize("age", ["adult", "unknown"])
def test_an_age_that_nobody_knows_opens_no_way_to_the_police(age: str) -> None:
    story = Story(county())
    facts = {"adult_contact": "met", "police_aware": "not_aware"} | ({} if age == "unknown" else {"age": age})
    story.event("contact_made", "S1 seller", "2024-05-12 10:00", facts=facts)
    assert forbidden(story, "beratta-for-polisen-utan-samtycke") == {"halso-och-sjukvard", "socialnamnd-vuxen", "stod-utsatta"}
    later = Story(county())
    later.event("contact_made", "S1 seller", "2026-05-12 10:00", facts=facts)
    assert "saljare.polisen-vagning" in rules_due(later)


def test_the_school_tells_nobody_where_the_child_is() -> None:
    assert {"skola", "overformyndare"} <= forbidden(seller("2026-05-12 10:00", age="child"), "roja-var-personen-finns")


def test_the_coordinator_keeps_what_the_person_has_told() -> None:
    story = seller("2026-05-12 10:00")
    assert "regionkoordinator" not in forbidden(story, "roja-var-personen-finns")
    story.event("coordinator_engaged", "S1", "2026-05-12 11:00")
    assert "regionkoordinator" in forbidden(story, "roja-var-personen-finns")


# -- nobody grown is named without a yes, whoever has met the person ---------------------------------------------------------------

WITHOUT_A_YES = {"fara.larma", "vard.nar-personen-inte-kan-samtycka", "handel.migrationsverket-far-beratta"}
"""Danger; somebody who can't answer, whom health care has met; and Migrationsverket, which may tell of a crime until March 2025."""
CONTACTS = [
    f"{one}_contact" for one in ("care", "adult", "support", "buyer_support", "prosecutor", "migration", "county", "school")
]


@pytest.mark.parametrize("day", ["2014-05-12", "2024-05-14", "2026-05-12"])
@pytest.mark.parametrize("age", ["adult", None])
@pytest.mark.parametrize("happens", [
    "danger_reported", "trafficking_suspected", "control_suspected", "exploitation_suspected", "violence_reported", "went_missing",
])  # fmt: skip
def test_nobody_grown_is_named_without_a_yes(day: str, age: str | None, happens: str) -> None:
    for contact in CONTACTS:
        for aware in ("aware", "not_aware"):
            story = Story(county())
            facts = {"police_aware": aware, "permit": "none", "stay_municipality": "sala", contact: "met"} | (
                {"age": age} if age else {}
            )
            story.event("contact_made", "S1 seller", f"{day} 10:00", facts=facts)
            story.event(happens, "S1", f"{day} 10:30")
            named = {
                d.id.rule for d in story.answer().decisions
                if d.status == "due" and d.kind in ("notify", "apply") and d.telling == "identity" and d.object != "aklagare"
            }  # fmt: skip
            assert named <= WITHOUT_A_YES, (contact, aware)
