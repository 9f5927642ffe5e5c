"""A case that moves to another county, or is shared with it: what may be told there, and that each decides its own (§8)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.case.telling import Lived
from tests.stories import COMMON, plan_of

from samverkan.case.case import Case
from samverkan.case.handing_over import HandOver
from samverkan.case.log import HandedOver
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan

HERE = """
rules:
- rule: barn
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: regionkoordinator, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
- rule: vuxen
  for: seller
  when: {age: adult}
  then: [{must notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}}]
- rule: kop
  for: purchase
  when: {payment: handed_over}
  then: [{must perform: forhora, about: buyer}]
"""
THERE = """
plan: annat
version: "7"
rules:
- rule: barn-dar
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must inform: stod}]
- rule: kop-dar
  for: purchase
  when: {payment: handed_over}
  then: [{must perform: larma, about: seller}]
"""
TO = "regionkoordinator"
AT = "2026-05-13 08:00"


def here(unit: str = "koordinatorn", text: str = HERE) -> Plan:
    """The plan here, where `unit` is one of another county."""
    plan = plan_of(text)
    outside = replace(plan.units[unit], area=("elsewhere",))
    return replace(plan, outside=("elsewhere",), units={**plan.units, unit: outside})


def begun(age: str, plan: Plan | None = None) -> Lived:
    told = Lived(plan or here())
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": age, "gender": "woman"}})
    told.fire({"event": "buyer_caught", "about": "K1 purchase of B1, S1", "at": "2026-05-12 21:20",
               "facts": {"payment": "handed_over"}})  # fmt: skip
    return told


def handed(told: Lived, to: Plan | None = None, at: str = AT) -> HandOver:
    over = told.case.hand_over(to or plan_of(THERE), TO, told.when(at), "Hon har flyttat.", by="polisen")
    told.done(over.outcome)
    return over


def said(event: Event) -> tuple[str | None, str, tuple[str | None, ...]]:
    assert event.about is not None
    return event.type, event.about.subject, event.about.ends


def test_whoever_it_is_goes_over_only_once_the_recipient_has_been_told_it() -> None:
    told = begun("child")
    over = handed(told)
    assert over.persons == {"S1": "P1", "K1": "R1"}, "to be told is not to have been told"
    assert [said(event) for event in over.events] == [("person_met", "P1", ()), ("buyer_caught", "R1", (None, "P1"))]
    told = begun("child")
    told.mark("done", "barn/notify S1", "2026-05-12 22:00")
    over = handed(told)
    assert over.persons == {"S1": "S1", "K1": "R1"}
    assert [said(event) for event in over.events] == [("person_met", "S1", ()), ("buyer_caught", "R1", (None, "S1"))]


def test_of_whom_nothing_may_be_told_nothing_goes_over() -> None:
    """No rule tells anybody of the buyer, so what the case there hears of is a purchase by somebody who isn't known."""
    told = begun("child")
    told.event("person_met", "B2 buyer", "2026-05-12 22:00")
    told.event("role_given", "B1 parent", "2026-05-12 22:10")
    over = handed(told)
    assert not {"B1", "B2"} & {part for event in over.events if event.about for part in (event.about.subject, *event.about.ends)}
    assert {(one.event, one.why) for one in over.left_out} == {
        ("e3", "Ingen regel och inget samtycke låter mottagaren få veta det om B2."),
        ("e4", "Ingen regel och inget samtycke låter mottagaren få veta det om B1."),
    }


def test_by_consent_who_it_is_goes_over_while_it_is_given_and_not_when_it_has_been_taken_back() -> None:
    told = begun("adult")
    with pytest.raises(EventError, match="inget nytt att lämna över"):
        handed(told)
    told.event("consent_given", "S1", "2026-05-12 22:00", recipient=TO, telling="identity")
    assert handed(told).persons["S1"] == "S1"
    told = begun("adult")
    told.event("consent_given", "S1", "2026-05-12 22:00", recipient=TO, telling="identity")
    told.mark("done", "vuxen/notify S1", "2026-05-12 22:10")
    told.event("consent_withdrawn", "S1", "2026-05-12 22:20", recipient=TO)
    with pytest.raises(EventError, match="inget nytt att lämna över"):
        handed(told)


def test_a_consent_to_circumstances_lets_no_more_go_over() -> None:
    told = begun("adult")
    told.event("consent_given", "S1", "2026-05-12 22:00", recipient=TO, telling="circumstances")
    assert handed(told).persons["S1"] == "P1"


def test_what_was_told_wrongly_lets_nothing_go_over() -> None:
    told = begun("child")
    told.mark("done", "barn/notify S1", "2026-05-12 22:00")
    told.fire({"id": "e1", "revision": 2, "event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10",
               "known_at": "2026-05-12 23:00", "facts": {"age": "adult"}})  # fmt: skip
    with pytest.raises(EventError, match="inget nytt att lämna över"):
        handed(told)


def test_what_belongs_to_this_case_stays_here() -> None:
    told = begun("child")
    told.mark("done", "barn/notify S1", "2026-05-12 22:00")
    told.event("consent_given", "S1", "2026-05-12 22:10", recipient="migrationsverket", telling="identity")
    told.event("alarm_raised", "case", "2026-05-12 22:20")
    told.event("report_received", "S1", "2026-05-12 22:30", reason="något som någon skrev")
    over = handed(told)
    assert [(one.event, one.why.split(".")[0]) for one in over.left_out] == [
        ("e3", "Vad som har blivit av ett beslut hör till det här ärendet"),
        ("e4", "Ett samtycke gäller den som det gavs till"),
        ("e5", "Det handlar inte om någon person"),
    ]
    assert over.events[-1].reason is None
    assert [event.mark for event in over.events] == [None] * 3


def test_a_wish_that_carries_a_consent_stays_here() -> None:
    carries = "\nevents:\n  wish_stated:\n    label: önskan\n    about: seller\n    changes: [wish]\n"
    carries += "    consent for: {recipient: migrationsverket, when: {wish: wants}}\n"
    told = Lived(plan_of(HERE + carries))
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "child"}})
    told.fire({"event": "wish_stated", "about": "S1", "at": "2026-05-12 21:20", "facts": {"wish": "wants"}})
    over = handed(told)
    assert [(one.event, one.why) for one in over.left_out] == [
        ("e2", "En önskan som bär ett samtycke följer inte med. Fråga personen igen.")
    ]


def test_a_fact_about_somebody_of_whom_nothing_may_be_told_stays_here() -> None:
    told = begun("child")
    told.fire({"event": "purchase_told", "about": "K1", "at": "2026-05-12 22:00",
               "facts": {"buyer.age": "adult", "seller.age": "child", "payment": "handed_over"}})  # fmt: skip
    over = handed(told)
    assert over.events[-1].facts == (("seller.age", "child"), ("payment", "handed_over"))
    assert [(one.event, one.key) for one in over.left_out] == [("e3", "buyer.age")]


def test_an_end_for_which_two_persons_were_named_goes_over_as_not_known() -> None:
    told = begun("child")
    told.event("end_named", "K1 purchase of -, S9", "2026-05-12 22:00")
    over = handed(told, at=AT)
    assert [said(event) for event in over.events] == [("person_met", "P1", ())]
    assert {one.event for one in over.left_out} == {"e2", "e3"}


def test_the_case_there_is_decided_by_its_own_plan_from_what_it_was_told() -> None:
    told = begun("child")
    there, over = plan_of(THERE), handed(told)
    case = Case.replay(there, over.events)
    assert case.now == told.when(AT), "it became known there when it was handed over"
    answer = case.decisions(told.when(AT))
    assert answer.digest == there.digest
    assert {str(d.id): d.status for d in answer.decisions} == {
        "barn-dar/inform P1 by polisen": "due", "kop-dar/perform P1 by polisen": "due",
    }  # fmt: skip


def test_the_case_here_goes_on_with_what_is_its_own_and_notes_it() -> None:
    told = begun("child")
    before = told.case.decisions(told.when(AT))
    over = handed(told)
    (entry,) = over.outcome.entries[-1:]
    assert (entry.cause, entry.words, entry.by, entry.changes) == ("handed_over", "Hon har flyttat.", "polisen", ())
    assert over.case.decisions(told.when(AT)) == before
    assert len(over.case.blockers()) == 2
    assert Case.of_log(told.case.plan, told.case.log).ledger == told.case.ledger


def test_what_was_handed_over_is_not_told_again_and_what_has_changed_since_is_said() -> None:
    told = begun("child")
    first = handed(told)
    with pytest.raises(EventError, match="inget nytt att lämna över"):
        handed(told)
    told.fire({"id": "e1", "revision": 2, "event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10",
               "known_at": "2026-05-13 09:00", "facts": {"age": "maybe_child"}})  # fmt: skip
    told.event("report_received", "S1", "2026-05-13 09:30")
    second = handed(told, at="2026-05-13 10:00")
    assert [said(event) for event in second.events] == [("report_received", first.persons["S1"], ())]
    assert [(one.event, "där det heter 1.1" in one.why) for one in second.left_out] == [("e1", True)]
    assert not {event.id for event in first.events} & {event.id for event in second.events}


def test_what_the_plan_there_has_no_words_for_is_left_out_and_said() -> None:
    told = begun("child")
    told.event("report_received", "S1", "2026-05-13 07:30")
    lines = (line for line in COMMON.replace("gender, ", "").splitlines() if "gender: {" not in line)
    common = "\n".join(lines)
    there = plan_of(THERE + "events: {report_received: null}\n", common=common)
    over = handed(told, there)
    assert over.events[0].facts == (("age", "child"),)
    assert [(one.event, one.key) for one in over.left_out] == [("e1", "gender"), ("e3", "event")]
    assert "gender" in over.left_out[0].why


def test_two_persons_who_are_one_go_over_as_one() -> None:
    told = begun("child")
    told.fire({"event": "minor_involved", "about": "S2 seller", "at": "2026-05-12 22:00"})
    told.fire({"event": "told", "about": "S2", "at": "2026-05-12 23:00", "same_as": "S1"})
    over = handed(told)
    assert {event.about.subject for event in over.events if event.about and event.about.sort == "person"} == {"P1"}
    assert all(event.same_as is None for event in over.events)


def test_a_recipient_that_is_no_function_of_the_plan_is_refused() -> None:
    told = begun("child")
    with pytest.raises(EventError, match="Menade du 'regionkoordinator'"):
        told.case.hand_over(plan_of(THERE), "regionkordinator", told.when(AT), "flytt")


def test_an_answer_goes_over_like_what_else_is_known_and_a_question_without_an_answer_stays() -> None:
    told = begun("child")
    told.mark("done", "barn/notify S1", "2026-05-12 22:00")
    told.fire({"event": "svar", "about": "S1", "facts": {"gender": "woman"}, "how": "person", "at": "2026-05-12 22:10"})
    told.fire({"event": "svar", "about": "S1", "facts": {"citizenship": "vill_inte_svara"}, "at": "2026-05-12 22:20"})
    over = handed(told)
    answers = [event for event in over.events if event.type == "svar"]
    assert [(event.facts, event.how) for event in answers] == [((("gender", "woman"),), None)]
    assert [one.why for one in over.left_out if "inte har fått något svar" in one.why]


def test_after_a_consent_is_taken_back_nothing_new_is_told_under_who_it_is() -> None:
    """Nor of the purchase under the designation that it had beside the person's own."""
    told = begun("child")
    told.event("consent_given", "S1", "2026-05-12 22:00", recipient=TO, telling="identity")
    assert handed(told).persons == {"S1": "S1", "K1": "R1"}
    told.event("consent_withdrawn", "S1", "2026-05-13 08:10", recipient=TO)
    told.event("report_received", "S1", "2026-05-13 08:20")
    told.fire({"event": "purchase_told", "about": "K1", "at": "2026-05-13 08:30", "facts": {"seller.age": "child"}})
    over = handed(told, at="2026-05-13 09:00")
    assert over.persons == {"S1": "P1", "K1": "R2"}
    assert [said(event)[:2] for event in over.events] == [("report_received", "P1"), ("purchase_told", "R2")]
    told.fire({"event": "purchase_told", "about": "K1", "at": "2026-05-13 09:30", "facts": {"payment": "handed_over"}})
    assert handed(told, at="2026-05-13 10:00").persons == {"S1": "P1", "K1": "R2"}
    told.event("consent_given", "S1", "2026-05-13 10:10", recipient=TO, telling="identity")
    told.event("report_received", "S1", "2026-05-13 10:20")
    assert handed(told, at="2026-05-13 11:00").persons == {"S1": "S1"}


def test_a_purchase_of_which_only_a_part_was_told_later_keeps_no_name_that_leads_to_the_person() -> None:
    told = begun("child")
    told.event("consent_given", "S1", "2026-05-12 22:00", recipient=TO, telling="identity")
    handed(told)
    told.fire({"event": "purchase_told", "about": "K1", "at": "2026-05-13 08:10", "facts": {"payment": "handed_over"}})
    assert "K1" in handed(told, at="2026-05-13 08:20").persons
    told.event("consent_withdrawn", "S1", "2026-05-13 08:30", recipient=TO)
    told.fire({"event": "purchase_told", "about": "K1", "at": "2026-05-13 08:40", "facts": {"seller.age": "child"}})
    assert handed(told, at="2026-05-13 09:00").persons["K1"] == "R2"


def test_to_have_told_a_unit_of_our_own_is_not_to_have_told_another_county() -> None:
    ours = replace(here(), units=plan_of(HERE).units)
    for plan, name in ((ours, "P1"), (here(), "S1")):
        told = begun("child", plan)
        told.mark("done", "barn/notify S1", "2026-05-12 22:00")
        assert handed(told).persons["S1"] == name


@pytest.mark.parametrize(("where", "name"), [("hallstahammar", "P1"), ("elsewhere", "S1")])
def test_in_the_county_plan_only_the_unit_of_another_county_has_been_told(where: str, name: str) -> None:
    plan = load_plan("vastmanland")
    told = Lived(plan)
    told.event("minor_involved", "S1 seller", "2026-05-12 21:10")
    told.event("municipality_found", "S1", "2026-05-12 21:20", facts={"stay_municipality": where})
    told.mark("done", "barn.orosanmalan/anmalan S1", "2026-05-12 22:00")
    over = told.case.hand_over(replace(plan, id="annat"), "socialnamnd-barn", told.when(AT), "Hon har flyttat.")
    assert over.persons["S1"] == name


@pytest.mark.parametrize(("where", "name"), [("hallstahammar", "P1"), ("elsewhere", "S1")])
def test_a_consent_to_the_unit_where_the_person_is_is_none_to_another_county(where: str, name: str) -> None:
    told = begun("adult")
    told.event("told", "S1", "2026-05-12 21:30", facts={"stay_municipality": where})
    told.event("consent_given", "S1", "2026-05-12 22:00", recipient="socialnamnd-vuxen", telling="identity")
    over = told.case.hand_over(plan_of(THERE), "socialnamnd-vuxen", told.when(AT), "Hon har flyttat.")
    assert over.persons["S1"] == name


def test_two_recipients_there_never_get_one_id_or_designation_for_different_things() -> None:
    told = begun("adult")
    told.event("person_met", "S2 seller", "2026-05-12 21:40")
    told.event("consent_given", "S1", "2026-05-12 22:00", recipient=TO, telling="circumstances")
    told.event("consent_given", "S2", "2026-05-12 22:10", recipient="socialnamnd-vuxen", telling="circumstances")
    first = handed(told)
    second = told.case.hand_over(plan_of(THERE), "socialnamnd-vuxen", told.when("2026-05-13 09:00"), "Båda har flyttat.")
    assert (first.persons, second.persons) == ({"S1": "P1", "K1": "R1"}, {"S2": "P2"})
    both = Case.replay(plan_of(THERE), (*first.events, *second.events))
    assert len(both.events) == len(first.events) + len(second.events)


def test_what_was_told_of_two_persons_as_one_is_said_when_they_turn_out_to_be_two() -> None:
    told = begun("child")
    told.fire({"event": "minor_involved", "about": "S2 seller", "at": "2026-05-12 22:00"})
    told.fire({"id": "joined", "event": "told", "about": "S2", "at": "2026-05-12 23:00", "same_as": "S1"})
    first = handed(told)
    step = told.case.log[-1]
    assert isinstance(step, HandedOver)
    there = {one: of for one, _, of in step.events}
    told.fire({"id": "joined", "revision": 2, "void": True, "known_at": "2026-05-13 09:00"})
    told.event("report_received", "S1", "2026-05-13 09:30")
    second = handed(told, at="2026-05-13 10:00")
    said_so = {one.event: one.why for one in second.left_out}
    assert set(said_so) == {"e3", "joined"}
    assert "så det gäller nu S2." in said_so["e3"]
    assert f"heter {there['e3']}." in said_so["e3"]
    assert second.persons == {"S1": first.persons["S1"]}


def test_what_was_told_of_two_persons_is_said_when_they_turn_out_to_be_one() -> None:
    told = begun("child")
    told.fire({"event": "minor_involved", "about": "S2 seller", "at": "2026-05-12 22:00"})
    handed(told)
    told.fire({"event": "told", "about": "S2", "at": "2026-05-13 09:00", "same_as": "S1"})
    assert {one.event for one in handed(told, at="2026-05-13 10:00").left_out} == {"e3"}


def test_after_who_it_is_was_told_wrongly_nothing_new_is_told_under_it() -> None:
    told = begun("child")
    told.mark("done", "barn/notify S1", "2026-05-12 22:00")
    assert handed(told).persons["S1"] == "S1"
    told.fire({"id": "e1", "revision": 2, "event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10",
               "known_at": "2026-05-13 08:10", "facts": {"age": "adult"}})  # fmt: skip
    assert told.status("barn/notify:correction S1") == "due"
    told.event("consent_given", "S1", "2026-05-13 08:20", recipient=TO, telling="circumstances")
    told.event("report_received", "S1", "2026-05-13 08:30")
    assert handed(told, at="2026-05-13 09:00").persons == {"S1": "P1"}
