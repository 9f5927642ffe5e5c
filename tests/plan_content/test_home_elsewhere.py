"""A child or young buyer who is here and lives elsewhere, and what else was open: who must hear, who must not, and until when."""

from __future__ import annotations

import pytest
from tests.plan_content.shipped import county, met_by_services, purchase, rules_due, seller
from tests.stories import Story

DAY = "2026-05-12 10:00"


def told(story: Story, rule: str) -> list[tuple[str, str | None]]:
    """Bearer and told unit of each notification of that rule which is due."""
    found = [d for d in story.answer().decisions if d.id.rule == rule and d.status == "due" and d.kind == "notify"]
    return [(str(d.id.bearer), d.recipient.unit if d.recipient else None) for d in found]


# -- a child in the home -----------------------------------------------------------------------------------------------------------

HOME = {"hemmabarn.hemkommunen", "hemmabarn.hemkommunen-utanfor-lanet"}


def child_at_home(stay: str, home: str, risk: str = "suspected", *, by_police: bool = True) -> Story:
    """A child of a buyer, who is in one municipality and lives in another."""
    story = Story(county())
    if by_police:
        story.event("buyer_caught", "K1 purchase of B1 buyer, S1 seller", DAY, facts={"buyer.age": "adult"})
    else:
        story.event("contact_made", "B1 buyer", DAY, facts={"age": "adult", "care_contact": "met"})
    kind = "child_found" if by_police else "child_in_home"
    story.event(kind, "F1 parenthood of B1 parent, C1 child", DAY, facts={"child.age": "child", "child.home_municipality": home})
    if stay != "unknown":
        story.event("municipality_found", "C1", DAY, stay_municipality=stay)
    story.event("child_assessed", "C1", "2026-05-12 10:30", at_risk=risk)
    return story


@pytest.mark.parametrize("by_police", [True, False])
@pytest.mark.parametrize(
    ("stay", "home", "rule", "unit"),
    [
        ("arboga", "elsewhere", "hemmabarn.hemkommunen-utanfor-lanet", "barn-annat-lan"),
        ("arboga", "koping", "hemmabarn.hemkommunen", "koping-barn"),
    ],
)
def test_the_home_municipality_hears_of_a_child_at_risk_who_is_here(
    stay: str, home: str, rule: str, unit: str, by_police: bool
) -> None:
    story = child_at_home(stay, home, by_police=by_police)
    assert told(story, rule) == [("socialnamnd-barn", unit)]
    assert rules_due(story) & HOME == {rule}


@pytest.mark.parametrize(
    ("stay", "home", "risk"),
    [
        ("arboga", "arboga", "suspected"), ("unknown", "elsewhere", "suspected"), ("elsewhere", "elsewhere", "suspected"),
        ("arboga", "elsewhere", "assessed_no"), ("arboga", "koping", "assessed_no"),
    ],
)  # fmt: skip
def test_and_is_told_nothing_where_it_has_the_report_or_there_is_no_worry(stay: str, home: str, risk: str) -> None:
    assert rules_due(child_at_home(stay, home, risk)) & HOME == set()


# -- a young buyer -----------------------------------------------------------------------------------------------------------------

YOUNG = {"kopare.under-18-hemkommunen", "kopare.under-18-hemkommunen-utanfor-lanet"}


def young_buyer(home: str, *, age: str = "child", aware: bool = False, risk: str = "suspected") -> Story:
    """A young buyer in Sala who lives elsewhere."""
    story = Story(county())
    facts = {"age": age, "stay_municipality": "sala", "home_municipality": home}
    if aware:
        story.event("person_met", "B1 buyer", DAY, facts=facts)
    else:
        story.event("contact_made", "B1 buyer", DAY, facts=facts | {"care_contact": "met", "police_aware": "not_aware"})
    story.event("child_assessed", "B1", "2026-05-12 10:30", at_risk=risk)
    return story


@pytest.mark.parametrize(
    ("home", "rule", "unit"),
    [
        ("elsewhere", "kopare.under-18-hemkommunen-utanfor-lanet", "barn-annat-lan"),
        ("koping", "kopare.under-18-hemkommunen", "koping-barn"),
    ],
)
def test_the_home_municipality_hears_of_a_young_buyer_at_risk(home: str, rule: str, unit: str) -> None:
    assert told(young_buyer(home), rule) == [("socialnamnd-barn", unit)]
    assert told(young_buyer(home, age="maybe_child", aware=True), rule) == [("socialnamnd-barn", unit)]
    known = young_buyer(home, aware=True)  # the police have told it themselves
    assert told(known, "kopare.under-18") == [("polisen", unit)]
    for quiet in (known, young_buyer(home, risk="assessed_no"), young_buyer("sala"), young_buyer(home, age="adult")):
        assert rules_due(quiet) & YOUNG == set()


def test_nobody_asks_a_young_buyer_for_children_of_his_own() -> None:
    rule = "kopare.barn-i-hemmet-utan-polis"
    assert rule not in rules_due(young_buyer("sala"))
    assert rule in rules_due(young_buyer("sala", age="maybe_child"))
    assert rule in rules_due(young_buyer("sala", age="adult"))


def test_a_young_buyer_for_whom_the_board_answers_is_searched_for() -> None:
    story = young_buyer("sala")
    story.event("went_missing", "B1", "2026-05-13 10:00")
    assert "kopare.under-18-forsvunnen" not in rules_due(story)  # the board has heard nothing yet
    story.event("report_received", "B1", "2026-05-13 11:00")
    assert told(story, "kopare.under-18-forsvunnen") == [("socialnamnd-barn", "polisen-vastmanland")]
    grown = young_buyer("sala", age="adult")
    grown.event("report_received", "B1", "2026-05-13 11:00")
    grown.event("went_missing", "B1", "2026-05-13 12:00")
    assert "kopare.under-18-forsvunnen" not in rules_due(grown)


# -- an exploited child of whom only the board knows -------------------------------------------------------------------------------


@pytest.mark.parametrize(("home", "rule"), [("elsewhere", "barn.annat-lan-utan-polis"), ("koping", "barn.hemkommunen")])
def test_a_board_must_tell_another_board_as_the_police_must(home: str, rule: str) -> None:
    story = seller(DAY, "contact_made", age="child", care_contact="met", police_aware="not_aware", home_municipality=home)
    found = story.decision(f"{rule}/underrattelse S1")
    assert found is not None
    assert (found.status, found.strength) == ("due", "must")


# -- prosecution that is over ------------------------------------------------------------------------------------------------------


def test_an_accepted_order_ends_what_the_prosecutor_had_to_decide_about_a_child() -> None:
    rules = {"kop.av-barn", "kop.barn-tre-manader"}
    story = purchase(DAY, seller_age="child")
    assert rules <= rules_due(story)
    story.event("penalty_order_issued", "K1", "2026-05-13 10:00", sanction="fine")
    assert rules <= rules_due(story)
    story.event("penalty_order_answered", "K1", "2026-05-14 10:00", penalty_order="accepted")
    assert rules & rules_due(story) == set()


# -- who may ask for advice --------------------------------------------------------------------------------------------------------


def advisers(story: Story) -> set[str]:
    """Who may consult the national support now."""
    return {
        str(d.id.bearer)
        for d in story.answer().decisions
        if (d.kind, d.object, d.status) == ("consult", "nationellt-metodstod", "due")
    }


def test_whoever_knows_may_ask_for_advice_and_nobody_else() -> None:
    known = seller(DAY)
    known.event("trafficking_suspected", "S1", DAY)
    assert advisers(known) == {"polisen", "socialnamnd-vuxen", "stod-utsatta"}
    unknown = met_by_services(DAY)
    unknown.event("trafficking_suspected", "S1", DAY)
    assert advisers(unknown) == {"motande-verksamhet"}
    pupil = seller(DAY, "contact_made", age="child", school_contact="met", police_aware="not_aware")
    pupil.event("trafficking_suspected", "S1", DAY)
    assert advisers(pupil) == {"motande-verksamhet", "socialnamnd-barn"}
    child = seller(DAY, age="child")
    child.event("trafficking_suspected", "S1", DAY)
    assert advisers(child) == {"polisen", "socialnamnd-barn"}
    assert advisers(seller(DAY)) == set()


# -- taken into care ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        ({"age": "child"}, True), ({"age": "maybe_child"}, True), ({"age": "adult"}, False),
        ({"age": "adult", "under_20": "over_20"}, False), ({"age": "adult", "under_20": "under_20"}, True),
    ],
)  # fmt: skip
def test_care_at_once_is_for_the_one_under_20(facts: dict[str, str], offered: bool) -> None:
    story = Story(county())
    story.event("person_met", "S1 seller", DAY, facts={"stay_municipality": "sala"})
    story.event("age_established", "S1", DAY, facts=facts)
    story.event("protection_assessed", "S1", "2026-05-12 11:00", protection_need="immediate")
    assert ("barn.omhandertagande" in rules_due(story)) is offered


def test_whoever_has_just_turned_18_can_still_be_taken_into_care() -> None:
    story = seller(DAY, age="child")
    story.event("protection_assessed", "S1", "2026-05-12 11:00", protection_need="immediate")
    story.event("turned_18", "S1", "2026-05-13 00:00")
    assert "barn.omhandertagande" in rules_due(story)


def test_an_inquiry_that_was_opened_after_the_care_is_not_due_again_when_it_is_closed() -> None:
    rule = "barn.inled-vid-omhandertagande"
    story = seller(DAY, age="child")
    story.event("taken_into_care", "S1", "2026-05-12 12:00")
    assert rule in rules_due(story)
    story.event("inquiry_opened", "S1", "2026-05-12 13:00")
    assert rule not in rules_due(story)
    story.event("inquiry_closed", "S1", "2026-08-12 13:00")
    assert rule not in rules_due(story)
    story.event("taken_into_care", "S1", "2026-09-12 12:00", id="again")
    assert story.status(f"{rule}/utredning S1 #again") == "due"


def test_an_inquiry_that_was_open_at_the_care_is_not_due_when_it_is_closed() -> None:
    story = seller(DAY, age="child")
    story.event("inquiry_opened", "S1", "2026-05-12 11:00")
    story.event("taken_into_care", "S1", "2026-05-12 12:00")
    story.event("inquiry_closed", "S1", "2026-08-12 13:00")
    assert "barn.inled-vid-omhandertagande" not in rules_due(story)


# -- what isn't told ---------------------------------------------------------------------------------------------------------------


def test_nobody_tells_where_a_child_is_who_has_come_along_to_a_shelter() -> None:
    story = child_at_home("arboga", "arboga")
    assert "hemmabarn.roj-inte" not in rules_due(story)
    story.event("shelter_consent_stated", "C1", "2026-05-12 12:00", shelter_consent="one_refuses")
    bound = {d.id.bearer for d in story.answer().decisions if d.id.rule == "hemmabarn.roj-inte" and d.status == "due"}
    assert {"polisen", "socialnamnd-barn", "skola", "stod-utsatta"} <= bound


def silenced(story: Story, subject: str, act: str) -> set[str]:
    """Who mustn't do the act about that person."""
    return {str(d.id.bearer) for d in story.answer().decisions if d.object == act and d.id.subject == subject and d.status == "due"}


def reporters() -> set[str]:
    """Whoever some rule bids to report a child, the board itself and whoever has met the child (one of the others) aside."""
    found = {
        bearer
        for rule in county().rules.values()
        for measure in rule.then
        if measure.kind == "notify"
        and (measure.object or "").startswith("socialnamnd-barn")
        and any(clause.startswith("sol/anmalningsplikt") for clause in rule.because)
        for bearer in measure.who
    }
    return found - {"socialnamnd-barn", "motande-verksamhet"}


@pytest.mark.parametrize("at", ["2015-04-10 10:00", "2025-12-31 10:00", "2026-05-12 10:00"])
@pytest.mark.parametrize("age", ["child", "maybe_child", "unknown"])
def test_whoever_may_have_reported_a_child_at_home_keeps_it_secret_and_tells_no_more(age: str, at: str) -> None:
    story = Story(county())
    story.event("contact_made", "B1 buyer", at, facts={"age": "adult", "buyer_support_contact": "met"})
    story.event("child_in_home", "F1 parenthood of B1 parent, C1 child", at, facts={"child.age": age})
    assert silenced(story, "C1", "lamna-mer-an-anmalan") == silenced(story, "C1", "forvara-anmalan-oppet") == set()
    day = at[:10]
    story.event("child_assessed", "C1", f"{day} 11:00", at_risk="suspected")
    assert reporters() <= silenced(story, "C1", "forvara-anmalan-oppet")
    story.event("report_received", "C1", f"{day} 12:00")
    assert "stod-kopare" in reporters()
    assert reporters() <= silenced(story, "C1", "forvara-anmalan-oppet")
    assert reporters() <= silenced(story, "C1", "lamna-mer-an-anmalan")
    story.event("inquiry_opened", "C1", f"{day} 13:00")
    assert silenced(story, "C1", "lamna-mer-an-anmalan") == set()
    assert reporters() <= silenced(story, "C1", "forvara-anmalan-oppet")


@pytest.mark.parametrize("contact", ["adult_contact", "buyer_support_contact", "migration_contact", "county_contact"])
def test_before_the_inquiry_nobody_who_has_met_the_child_tells_more_than_the_report(contact: str) -> None:
    story = seller(DAY, "contact_made", age="child", police_aware="not_aware", **{contact: "met"})
    assert silenced(story, "S1", "lamna-mer-an-anmalan") == set()
    story.event("report_received", "S1", "2026-05-12 11:00")
    assert reporters() <= silenced(story, "S1", "lamna-mer-an-anmalan")
    story.event("inquiry_opened", "S1", "2026-05-12 12:00")
    assert silenced(story, "S1", "lamna-mer-an-anmalan") == set()
