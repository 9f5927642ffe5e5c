"""Hard cases 6, 7, 8, 10, 11, 13 and 14 of the plan language, told as they happen, on the example plan."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from tests.stories import Story, example_plan

from samverkan.plan.loading import load_plan

COORDINATOR = "regionkoordinator"
TOLD = "stod.regionkoordinator/kontakt S1"
ADVICE = "stod.regionkoordinator/radfragan S1"
ASKED = f"samtycke/ask:{COORDINATOR} S1"
APPLIES = "betanketid.polis-ansoker/ansokan S1"
NAMND_APPLIES = "betanketid.namnd-ansoker/ansokan S1"


def told(kind: str, about: str, at: str, **facts: Any) -> Story:
    story = Story(example_plan())
    story.event(kind, about, at, **facts)
    return story


# -------------------------------------------------------------------------------------------- 6. Assess, then act


def caught() -> Story:
    """A buyer with two children at home, one in Hallstahammar and one of whom nothing is known."""
    story = told("buyer_caught", "K1 purchase of B1, S1", "2013-05-14 21:20")
    story.event(
        "child_in_home", "F1 parenthood of B1, C1", facts={"child.age": "child", "child.home_municipality": "hallstahammar"}
    )
    story.event("child_in_home", "F2 parenthood of B1, C2")
    return story


def test_6_a_report_about_a_child_waits_for_the_assessment_that_carries_its_outcome() -> None:
    story = caught()
    assert {"kopare.barn-bedom/bedomning C1", "kopare.barn-bedom/bedomning C2"} <= story.live()
    assert not any(named.startswith("kopare.barn-anmal") for named in story.live())
    story.event("child_assessed", "C1", at_risk="suspected")
    assert story.status("kopare.barn-bedom/bedomning C1") == "done"
    assert story.status("kopare.barn-bedom/bedomning C2") == "due"
    assert story.status("kopare.barn-anmal/anmalan C1") == "due"
    assert story.decision("kopare.barn-anmal/anmalan C2") is None


def test_6_an_assessment_without_worry_is_done_and_makes_nothing_due() -> None:
    story = caught()
    story.event("child_assessed", "C1", at_risk="assessed_no")
    assert story.status("kopare.barn-bedom/bedomning C1") == "done"
    assert story.decision("kopare.barn-anmal/anmalan C1") is None


def test_6_finding_out_the_age_is_done_by_finding_out_not_withdrawn_by_it() -> None:
    story = told("person_met", "S1 seller", "2013-05-14 21:10")
    assert story.status("alder.ta-reda-pa/bedomning S1") == "due"
    assert not any(named.startswith("barn.") for named in story.live()), "a bare unknown tells nobody anything"
    found = story.event("age_established", "S1", age="child")
    done = story.decision("alder.ta-reda-pa/bedomning S1")
    assert done is not None
    assert (done.status, done.ended_by) == ("done", (found,))
    assert story.status("barn.orosanmalan/anmalan S1") == "due"


# ------------------------------------------------------------------------------------- 7. Consent in its states


def test_7_asked_first_given_told_withdrawn_and_told_that_it_ended() -> None:
    story = told("trafficking_suspected", "S1", "2017-05-02 12:00")
    assert (story.status(TOLD), story.status(ASKED)) == ("ask_first", "due")
    story.event("consent_given", "S1", recipient=COORDINATOR, telling="identity", how="muntligt")
    assert (story.status(TOLD), story.status(ASKED)) == ("due", "done")
    story.mark("done", TOLD)
    no = story.event("consent_withdrawn", "S1", recipient=COORDINATOR, how="muntligt")
    ended = f"stod.regionkoordinator/kontakt:consent-ended S1 #{no}"
    assert (story.status(TOLD), story.status(ended)) == ("done", "due")
    assert "told_without_consent" not in story.flags(TOLD)
    story.mark("done", ended)
    assert story.status(ended) == "done"


def test_7_refused_is_consulted_without_identity() -> None:
    story = told("trafficking_suspected", "S1", "2017-05-02 12:00")
    story.event("consent_refused", "S1", recipient=COORDINATOR)
    assert TOLD not in story.live()
    instead = story.decision(ADVICE)
    assert instead is not None
    assert (instead.status, instead.kind, instead.telling) == ("due", "consult", "circumstances")


def test_7_consent_to_one_recipient_is_none_to_another() -> None:
    story = told("trafficking_suspected", "S1", "2017-05-02 12:00")
    story.event("consent_given", "S1", recipient="migrationsverket", telling="identity")
    assert story.status(TOLD) == "ask_first"


# ---------------------------------------------------------------------------------- 8. A wish is not a consent


def possible_victim(at: str = "2023-05-02 12:00") -> Story:
    story = told("trafficking_suspected", "S1", at)
    story.event("person_met", "S1", permit="none")
    return story


@pytest.mark.parametrize("permit", ["none", None])
def test_8_the_reflection_period_is_informed_of_first_and_migrationsverket_is_told_nothing(permit: str | None) -> None:
    story = told("trafficking_suspected", "S1", "2023-05-02 12:00")
    if permit:
        story.event("person_met", "S1", permit=permit)
    assert "betanketid.informera/information S1" in story.live()
    recipients = {d.recipient.function for d in story.answer().decisions if d.recipient}
    assert "migrationsverket" not in recipients, "not even to be asked about: nobody has said that they want it"


def test_8_it_is_applied_for_only_when_the_person_wants_it() -> None:
    story = possible_victim()
    story.event("wish_stated", "S1", wants_reflection_period="declines")
    assert not any("ansok" in named for named in story.live())
    story.event("wish_stated", "S1", wants_reflection_period="wants")
    assert story.status(APPLIES) == "due"
    assert story.status(NAMND_APPLIES) == "due"


def test_8_a_yes_to_telling_migrationsverket_is_no_wish_to_apply() -> None:
    story = possible_victim()
    story.event("consent_given", "S1", recipient="migrationsverket", telling="identity")
    assert not any("ansok" in named for named in story.live())


def test_8_either_police_or_the_social_services_apply_and_only_the_police_before_august_2022() -> None:
    story = possible_victim()
    story.event("wish_stated", "S1", wants_reflection_period="wants")
    story.mark("done", NAMND_APPLIES)
    assert (story.status(NAMND_APPLIES), story.status(APPLIES)) == ("done", "lapsed")
    early = possible_victim("2022-05-02 12:00")
    early.event("wish_stated", "S1", wants_reflection_period="wants")
    assert early.decision(NAMND_APPLIES) is None
    assert early.status(NAMND_APPLIES, "2022-07-31 23:59") is None
    assert early.status(NAMND_APPLIES, "2022-08-01 00:00") == "due"


def test_8_who_regrets_the_wish_is_not_applied_for_and_who_was_told_is_told_so() -> None:
    story = possible_victim()
    story.event("wish_stated", "S1", wants_reflection_period="wants")
    story.mark("done", APPLIES)
    no = story.event("wish_stated", "S1", wants_reflection_period="declines")
    assert story.status(f"betanketid.polis-ansoker/ansokan:consent-ended S1 #{no}") == "due"
    assert NAMND_APPLIES not in story.live()


# ------------------------------------------------------------------------------------------------------ 10. Clocks


def reported(at: str, **more: Any) -> Story:
    story = told("person_met", "S1 seller", "2013-05-02 10:00", age="child", stay_municipality="vasteras")
    story.event("report_received", "S1", at, id="r1", **more)
    return story


def test_10_fourteen_days_from_the_reports_day_for_each_report() -> None:
    story = reported("2013-05-14 21:10")
    story.event("report_received", "S1", "2013-05-20 00:10", id="r2")
    days = {d.id.occurrence: d.deadline.day for d in story.answer().decisions if d.id.measure == "beslut" and d.deadline}
    assert days == {"r1": date(2013, 5, 28), "r2": date(2013, 6, 3)}
    story.mark("done", "barn.skyddsbedomning/beslut S1 #r1", "2013-05-21 10:00")
    assert story.status("barn.skyddsbedomning/beslut S1 #r2") == "due"


def test_10_a_passed_deadline_is_answered_by_a_rule_until_it_turns_out_to_have_been_kept() -> None:
    story = reported("2013-05-14 21:10")
    management = "barn.fristen-passerad/ledning S1"
    assert story.decision(management, "2013-05-28 23:59") is None
    found = story.decision(management, "2013-05-29 00:00")
    assert found is not None
    assert found.deadline is not None
    assert (found.status, found.deadline.day) == ("due", date(2013, 5, 30))
    story.mark("done", "barn.skyddsbedomning/beslut S1 #r1", "2013-05-28 16:00", known_at="2013-05-29 09:00")
    assert story.status(management) == "withdrawn"


def test_10_a_ground_that_is_learnt_of_late_is_flagged_and_not_born_overdue() -> None:
    story = reported("2013-05-14 21:10", known_at="2013-06-10 09:00")
    found = story.decision("barn.skyddsbedomning/beslut S1", "2013-06-10 09:00")
    assert found is not None
    assert found.deadline is not None
    assert (found.flags, found.deadline.at) == (("late",), story.when("2013-06-10 10:00"))
    assert story.decision("barn.fristen-passerad/ledning S1", "2013-08-10 09:00") is None


# --------------------------------------------------------------------------------------------- 11. Who answers now


REPORT = "barn.orosanmalan/anmalan S1"


def answers(story: Story, named: str, at: str | None = None) -> tuple[str | None, bool]:
    found = story.decision(named, at)
    assert found is not None
    assert found.recipient is not None
    return found.recipient.unit, found.recipient.open


def test_11_saturday_night_in_hallstahammar_and_the_same_child_on_monday() -> None:
    story = told("minor_involved", "S1 seller", "2026-05-16 23:10")
    assert answers(story, REPORT) == ("socialjouren", True), "no municipality is known"
    story.event("municipality_found", "S1", "2026-05-16 23:20", stay_municipality="hallstahammar")
    assert answers(story, REPORT) == ("socialjouren", True)
    assert answers(story, REPORT, "2026-05-18 08:00") == ("hallstahammar-barn", True)


def test_11_a_child_who_moves_after_the_report_is_reported_again_where_it_now_lives() -> None:
    story = told("person_met", "S1 seller", "2026-05-12 10:00", age="child", home_municipality="vasteras")
    story.mark("done", REPORT, "2026-05-12 10:30")
    assert story.status(REPORT, "2026-05-16 23:00") == "done", "that Socialjouren answers at night is no change"
    story.event("moved", "S1", "2026-06-01 10:00", home_municipality="hallstahammar")
    assert story.status(REPORT) == "due"
    assert answers(story, REPORT) == ("hallstahammar-barn", True)
    story.mark("done", REPORT, "2026-06-01 10:30")
    assert story.status(REPORT) == "done"


def test_11_the_coordinator_exists_from_2017_and_the_rule_with_it() -> None:
    story = told("trafficking_suspected", "S1", "2016-12-30 12:00")
    assert story.decision(TOLD, "2016-12-31 23:59") is None
    assert answers(story, TOLD, "2017-01-01 00:00") == ("regionkoordinator-mitt", False)
    assert answers(story, TOLD, "2017-01-02 10:00") == ("regionkoordinator-mitt", True)


def test_11_at_night_in_an_insatsvecka_kvinnocentrum_answers() -> None:
    story = told("operation_started", "O1 operation", "2013-05-13 08:00")
    story.event("person_met", "S1 seller", "2013-05-14 21:10", gender="woman", stay_municipality="vasteras")
    assert answers(story, "stod.saljare/erbjudande S1") == ("kvinnocentrum-vasteras", True)
    story.event("operation_ended", "O1", "2013-05-14 23:00")
    assert answers(story, "stod.saljare/erbjudande S1") == ("socialjouren", True)


# ----------------------------------------------------------------- 13. Not everyone is a woman, not every woman adult


GENDERS = ("woman", "man", "other", None)
AGES = ("child", "maybe_child", "adult", None)
PLACES = ("vasteras", "hallstahammar", "abroad", None)


@pytest.mark.parametrize("at", ["2026-05-12 10:00", "2026-05-16 23:10"])
def test_13_every_seller_is_offered_support_by_somebody_who_is_for_them(at: str) -> None:
    story = Story(example_plan())
    people = {f"S{number}": facts for number, facts in enumerate(product(GENDERS, AGES, PLACES))}
    for person, (gender, age, place) in people.items():
        facts = {"gender": gender, "age": age, "stay_municipality": place}
        story.event("person_met", f"{person} seller", at, facts={fact: value for fact, value in facts.items() if value})
    answer = story.answer()
    for person, (gender, age, place) in people.items():
        (offer,) = answer.find("stod.saljare", "erbjudande", person)
        (information,) = answer.find("stod.saljare", "information", person)
        assert (offer.status, offer.strength, information.status) == ("due", "must", "due")
        assert offer.recipient is not None
        unit = offer.recipient.unit
        assert unit is not None, (gender, age, place)
        assert (unit == "kvinnocentrum-vasteras") is ((gender, place) == ("woman", "vasteras") and at.startswith("2026-05-12"))
        assert unit != "kriscentrum-man" or gender == "man"
        reports = answer.find("barn.orosanmalan", "anmalan", person)
        assert bool(reports) is (age in ("child", "maybe_child")), "a woman or not, a child is reported"


def test_13_what_is_not_known_of_somebody_withholds_no_support() -> None:
    story = told("minor_involved", "S1 seller", "2026-05-16 23:10")
    assert {"stod.saljare/information S1", "stod.saljare/erbjudande S1"} <= story.live()
    assert answers(story, "stod.saljare/erbjudande S1") == ("socialjouren", True)


# --------------------------------------------------------------------------------------- 14. Witness or målsägande


WITNESS = "saljare.vittne/information S1"
BOUGHT = {"agreement": "reached", "price": "stated", "payment": "handed_over"}


def bought(age: str, at: str = "2013-05-14 21:20") -> Story:
    story = told("person_met", "S1 seller", "2013-05-14 21:10", age=age)
    story.event("buyer_caught", "K1 purchase of B1, S1", at, facts=BOUGHT)
    return story


def test_14_the_seller_in_a_bare_purchase_is_a_witness() -> None:
    story = bought("adult")
    assert story.status(WITNESS) == "due"
    found = story.decision(WITNESS)
    assert found is not None
    assert (found.person, found.grounds) == ("S1", ("K1",))


@pytest.mark.parametrize("age", ["child", "maybe_child"])
def test_14_a_child_is_no_mere_witness(age: str) -> None:
    assert bought(age).decision(WITNESS) is None


def test_14_nor_is_who_may_be_trafficked_now_though_the_purchase_was_before_the_suspicion() -> None:
    story = bought("adult")
    story.event("trafficking_suspected", "S1", "2013-05-15 10:00")
    assert story.status(WITNESS) == "lapsed", "a suspicion counts as it is now, and the person had been a witness"
    story.event("suspicion_dismissed", "S1", "2013-05-20 10:00")
    assert story.status(WITNESS) == "due"


def test_14_who_turned_out_to_have_been_a_child_never_was_a_witness() -> None:
    story = bought("adult")
    story.event("age_established", "S1", "2013-05-15 10:00", age="child")
    assert story.status(WITNESS) == "withdrawn"
    assert story.status("kop.av-barn/forundersokning K1") == "due"


def test_14_without_a_completed_purchase_nobody_is_called_a_witness_yet() -> None:
    story = told("person_met", "S1 seller", "2013-05-14 21:10", age="adult")
    story.event("buyer_caught", "K1 purchase of B1, S1", "2013-05-14 21:20", facts={"agreement": "reached"})
    assert story.decision(WITNESS) is None


@pytest.mark.parametrize(
    ("age", "event", "counsel"),
    [
        ("adult", None, False),
        ("adult", "trafficking_suspected", True),
        ("adult", "violence_reported", True),
        ("child", None, True),
        ("maybe_child", None, True),
    ],
)
def test_14_counsel_as_a_victim_is_for_trafficking_violence_and_children(age: str, event: str | None, counsel: bool) -> None:
    """The county's own plan: who sold in a bare purchase is promised no counsel, and hears what a witness is."""
    story = Story(load_plan("vastmanland"))
    story.event("person_met", "S1 seller", "2026-05-12 10:00", age=age)
    story.event("buyer_caught", "K1 purchase of B1, S1", "2026-05-12 10:10", facts=BOUGHT)
    if event is not None:
        story.event(event, "S1", "2026-05-12 10:20")
    live = {(d.object, d.kind) for d in story.answer().decisions if d.status == "due" and d.person == "S1"}
    assert (("begara-malsagandebitrade", "perform") in live) is counsel
    assert (("malsagandes-rattigheter", "inform") in live) is counsel
    assert (("att-vara-vittne", "inform") in live) is not counsel
    assert (("lova-malsagandebitrade", "refrain") in live) is not counsel
