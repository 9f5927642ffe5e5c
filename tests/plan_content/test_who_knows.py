"""Nobody is asked to do what they can't know of: the police and the prosecutor, and what only the support has been told."""

from __future__ import annotations

import pytest
from tests.plan_content.shipped import county, met_by_services, rules_due, seller
from tests.stories import Story

POLICE = {"polisen", "aklagare", "forundersokningsledare"}


def told_to_support(*, buyer: str, seller_known: str | None = None, age: str = "adult") -> Story:
    """A buyer has told the support of an old purchase of S1. `None`: nobody has said whether the police know of her."""
    story = Story(county())
    facts = {"age": "adult", "buyer_support_contact": "met", "police_aware": buyer}
    story.event("contact_made", "B1 buyer", "2026-06-01 10:00", facts=facts)
    ends = {"seller.police_aware": seller_known} if seller_known else {}
    story.event("old_purchase_reported", "K1 purchase of B1, S1", "2026-06-01 10:05", facts=ends, offence_at="2026-05-10")
    story.event("age_established", "S1", "2026-06-01 10:10", age=age)
    return story


def bearers_of_purchase(story: Story) -> set[str]:
    """Who has something to do, or to leave, about the purchase or because of it."""
    kop = (d for d in story.answer().decisions if d.status in ("due", "ask_first") and d.id.rule.startswith("kop."))
    return {d.id.bearer for d in kop}


@pytest.mark.parametrize("age", ["adult", "child"])
@pytest.mark.parametrize("known", ["not_aware", None])
def test_a_purchase_told_in_confidence_asks_nothing_of_police_and_prosecutor(known: str | None, age: str) -> None:
    assert bearers_of_purchase(told_to_support(buyer="not_aware", seller_known=known, age=age)) & POLICE == set()


@pytest.mark.parametrize("age", ["adult", "child"])
def test_neither_when_only_the_seller_has_told(age: str) -> None:
    story = seller("2026-06-01 10:00", "contact_made", age=age, support_contact="met", police_aware="not_aware")
    story.event("old_purchase_reported", "K1 purchase of B1 buyer, S1", "2026-06-01 10:05", offence_at="2026-05-10")
    assert bearers_of_purchase(story) & POLICE == set()


def test_the_support_may_still_speak_with_whoever_has_told_of_himself() -> None:
    assert "kop.beratta-inte-i-fortid" not in rules_due(told_to_support(buyer="not_aware"))
    assert "kop.beratta-inte-i-fortid" in rules_due(told_to_support(buyer="aware"))


@pytest.mark.parametrize(("age", "rule"), [("adult", "kop.underratta-aklagare"), ("child", "kop.av-barn-underratta")])
def test_what_the_police_know_reaches_the_prosecutor(age: str, rule: str) -> None:
    story = told_to_support(buyer="aware", seller_known="not_aware", age=age)
    assert story.status(f"{rule}/underrattelse K1") == "due"
    assert story.status("kop.preskription-bedom/bedomning K1") == "due"


def test_what_the_prosecutor_knows_is_judged_although_the_police_dont_know() -> None:
    story = told_to_support(buyer="not_aware")
    story.event("prosecutor_informed", "K1", "2026-06-02 09:00")
    assert story.status("kop.preskription-bedom/bedomning K1") == "due"
    assert story.status("kop.stadium/bedomning K1") == "due"
    assert "kop.underratta-aklagare" not in rules_due(story)


def test_the_age_of_somebody_whom_only_the_support_knows_is_the_supports_to_find_out() -> None:
    story = seller("2026-06-01 10:00", "contact_made", age="maybe_child", support_contact="met", police_aware="not_aware")
    about = [d for d in story.answer().decisions if d.status == "due" and d.id.rule.startswith("barn.behandla-som-barn")]
    assert {d.id.bearer for d in about} == {"motande-verksamhet", "socialnamnd-barn"}
    assert "barn.behandla-som-barn-utan-polis" in rules_due(story)
    known = seller("2026-06-01 10:00", age="maybe_child")
    assert "barn.behandla-som-barn" in rules_due(known)
    assert "barn.behandla-som-barn-utan-polis" not in rules_due(known)


# -- violence, and somebody whom the police can't reach ----------------------------------------------------------------------------


def test_violence_alone_is_investigated_and_reaches_the_prosecutor() -> None:
    story = seller("2026-05-12 22:00")
    assert "handel.aklagare" not in rules_due(story)
    story.event("violence_reported", "S1")
    assert {"handel.inled-forundersokning", "handel.aklagare"} <= rules_due(story)
    hidden = met_by_services("2026-05-12 10:00")
    hidden.event("violence_reported", "S1")
    assert {"handel.inled-forundersokning", "handel.aklagare"} & rules_due(hidden) == set()


def test_a_child_who_was_beaten_is_investigated_once() -> None:
    story = seller("2026-05-12 22:00", age="child")
    assert {"barn.inled-forundersokning", "barn.aklagare"} <= rules_due(story)
    story.event("violence_reported", "S1")
    assert {"barn.inled-forundersokning", "barn.aklagare"} & rules_due(story) == set()
    assert {"handel.inled-forundersokning", "handel.aklagare"} <= rules_due(story)


def test_a_yes_to_a_shelter_is_met_without_the_police() -> None:
    story = met_by_services("2026-05-12 10:00")
    story.event("danger_reported", "S1")
    assert "stod.skyddat-boende-efter-kontakt-utan-polis" not in rules_due(story)
    story.mark("accepted", "stod.skyddat-boende-kontakt-utan-polis/erbjudande S1")
    assert story.status("stod.skyddat-boende-efter-kontakt-utan-polis/mottagande S1") == "due"


def test_the_police_look_for_a_child_and_not_for_an_adult() -> None:
    for age, sought in (("child", True), ("maybe_child", True), ("adult", False)):
        story = seller("2026-05-12 22:00", age=age)
        story.event("went_missing", "S1")
        assert ("barn.sok-efter-barnet" in rules_due(story)) == sought


@pytest.mark.parametrize(("at", "weighs"), [("2025-03-31 12:00", False), ("2025-04-01 12:00", True)])
def test_the_county_board_weighs_for_itself(at: str, weighs: bool) -> None:
    story = seller(at, "contact_made", age="child", county_contact="met", migration_contact="met", police_aware="not_aware")
    assert ("handel.lansstyrelsen-vager" in rules_due(story)) == weighs
    story.event("disclosure_weighed", "S1", state_disclosure="may_tell")
    assert "handel.lansstyrelsen-berattar" not in rules_due(story)
    story.event("disclosure_weighed", "S1", county_disclosure="may_tell")
    assert ("handel.lansstyrelsen-berattar" in rules_due(story)) == weighs


@pytest.mark.parametrize(
    ("how", "bearers"),
    [("arrest", {"polisen"}), ("escaped", {"polisen"}), ("detention", {"aklagare"}), ("unknown", {"polisen", "aklagare"})],
)
def test_whoever_sets_the_suspect_free_tells_her_and_only_once(how: str, bearers: set[str]) -> None:
    story = seller("2026-05-12 22:00")
    story.event("suspect_released", "S1", released_from=how)

    def telling() -> set[str]:
        acts = (d for d in story.answer().decisions if d.object == "beratta-att-den-misstankte-ar-fri" and d.status == "due")
        return {d.id.bearer for d in acts}

    assert telling() == bearers
    story.mark("done", f"malsagande.misstankt-fri{'-aklagaren' if how == 'detention' else ''}/besked S1")
    assert telling() == set()


def test_who_has_applied_is_asked_of_whoever_has_the_application() -> None:
    story = seller("2026-05-12 22:00", permit="none", citizenship="third_country")
    story.event("trafficking_suspected", "S1")
    story.event("reflection_period_applied", "S1")
    story.event("reflection_period_refused", "S1")
    asked = story.decision("betanketid.vem-ansokte/bedomning S1")
    assert asked is not None
    assert (asked.status, asked.id.bearer) == ("due", "migrationsverket")


# -- care and support are silent, whatever the board has weighed ------------------------------------------------------------------

DAYS = ["2013-05-14 10:00", "2015-04-10 10:00", "2025-11-30 10:00", "2025-12-01 10:00", "2026-05-14 10:00"]


def silent(story: Story) -> set[str]:
    """Who mustn't tell the police who the person is."""
    decisions = story.answer().decisions
    return {d.id.bearer for d in decisions if d.object == "beratta-for-polisen-utan-samtycke" and d.status == "due"}


@pytest.mark.parametrize("suspicion", [None, "trafficking_suspected", "exploitation_suspected", "control_suspected"])
@pytest.mark.parametrize("threshold", ["unknown", "reaches", "below"])
@pytest.mark.parametrize("at", DAYS)
def test_the_boards_weighing_frees_only_the_board(at: str, threshold: str, suspicion: str | None) -> None:
    story = met_by_services(at, care_contact="met")
    if suspicion:
        story.event(suspicion, "S1")
    if threshold != "unknown":
        story.event("threshold_assessed", "S1", offence_threshold=threshold)
    story.event("consent_refused", "S1", recipient="polisen")
    everybody = {"socialnamnd-vuxen", "halso-och-sjukvard", "stod-utsatta"}
    assert silent(story) == everybody
    story.event("disclosure_weighed", "S1", police_disclosure="keeps")
    assert silent(story) == everybody
    story.event("disclosure_weighed", "S1", police_disclosure="may_tell")
    may = {d.id.bearer for d in story.answer().decisions if d.kind == "notify" and d.object == "polisen" and d.status == "due"}
    # Before December 2025 a crime under the threshold is never told of, however the board has weighed, nor a mere purchase.
    grave = threshold == "reaches" or (threshold == "unknown" and suspicion == "trafficking_suspected")
    if at >= "2025-12" or suspicion is None or not grave:
        assert may == ({"socialnamnd-vuxen"} if at >= "2025-12" else set())
    assert silent(story) == everybody - may
    story.event("danger_reported", "S1")
    assert silent(story) == set()


@pytest.mark.parametrize("at", DAYS)
def test_a_weighing_of_a_simple_purchase_frees_the_board_from_december_2025(at: str) -> None:
    story = met_by_services(at, care_contact="met")
    story.event("threshold_assessed", "S1", offence_threshold="reaches")
    story.event("disclosure_weighed", "S1", police_disclosure="may_tell")
    assert {"halso-och-sjukvard", "stod-utsatta"} <= silent(story)
    assert ("socialnamnd-vuxen" in silent(story)) == (at < "2025-12")


# -- a purchase of which nobody knows the seller -----------------------------------------------------------------------------------


def test_whoever_sold_and_has_left_is_looked_for_and_the_age_is_still_a_question() -> None:
    for left in (False, True):
        story = Story(county())
        facts = {"agreement": "reached", "buyer.age": "adult", **({"seller_found": "left"} if left else {})}
        story.event("buyer_caught", "K1 purchase of B1 buyer, -", "2026-05-12 22:00", facts=facts)
        assert ("kop.ta-reda-pa-den-som-salde" in rules_due(story)) == left
        assert story.status("kop.alder-vid-kopet/bedomning K1") == "due"
    story.event("seller_identified", "K1 purchase of -, S1 seller")
    assert "kop.ta-reda-pa-den-som-salde" not in rules_due(story)
    story.event("age_established", "S1", age="adult")
    assert story.status("kop.alder-vid-kopet/bedomning K1") == "done"
