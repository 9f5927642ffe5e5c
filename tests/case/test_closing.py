"""No case closes with a `must` that can still be done, and a closed one opens when something becomes due (5.m, 5.n)."""

from __future__ import annotations

import pytest
from tests.case.telling import Lived
from tests.stories import REPORT, plan_of

from samverkan.decide.errors import EventError

PLAN = """
rules:
- rule: barn
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
- rule: stod
  for: seller
  then: [{should inform: stod}, {may perform: forhora}]
- rule: forbud
  for: seller
  then: [{must refrain: larma}]
- rule: kontakt
  for: seller
  when: {trafficking: suspected}
  then:
  - must notify: regionkoordinator
    telling: identity
    allowed by: {consent: regionkoordinator}
- rule: insats
  for: operation
  when: {running: running}
  then: [{must perform: jour, continuing: true}]
"""


def begun(**facts: str) -> Lived:
    told = Lived(plan_of(PLAN))
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": facts})
    return told


def test_every_must_that_can_still_be_done_holds_the_case_open_and_says_so() -> None:
    told = begun(age="child")
    told.event("trafficking_suspected", "S1 seller", "2026-05-12 21:20")
    told.event("operation_started", "O1 operation", "2026-05-12 21:30")
    assert [one.words for one in told.case.blockers()] == [
        "Polisen ska underrätta barnenheten om S1, med uppgift om vem det gäller.",
        "Polisen ska underrätta regionkoordinatorn om S1, med uppgift om vem det gäller. Det väntar på ett samtycke: fråga först.",
        "Polisen ska fråga S1 om samtycke till att kontakta regionkoordinatorn.",
    ]
    later = told.case.blockers(told.when("2026-05-13 08:00"))
    assert later[0].words == (
        "Polisen ska underrätta barnenheten om S1, med uppgift om vem det gäller. "
        "Tiden gick ut 2026-05-12 22.10, men det kan fortfarande göras."
    )
    with pytest.raises(EventError) as refused:
        told.case.close(told.when("2026-05-13 08:00"), "klart")
    assert refused.value.text == "Ärendet kan inte avslutas än. Det här återstår:\n" + "\n".join(f"– {b.words}" for b in later)


def test_what_two_rules_ask_in_the_same_words_is_told_apart_by_their_titles() -> None:
    rules = "".join(f"- {{rule: {rule}, title: {title}, for: seller, then: [{{must inform: stod}}]}}\n" for rule, title in TITLED)
    told = Lived(plan_of(f"rules:\n{rules}"))
    told.event("person_met", "S1 seller", "2026-05-12 21:10")
    assert [one.words for one in told.case.blockers()] == [
        "Polisen ska informera S1 om vilket stöd som finns (Först).", "Polisen ska informera S1 om vilket stöd som finns (Sedan).",
    ]  # fmt: skip


def test_what_is_to_be_found_out_of_somebody_at_the_end_of_a_relation_is_said_of_them() -> None:
    told = Lived(plan_of("rules: [{rule: alder, for: purchase, then: [{must assess: seller.age}]}]\nroles: {seller: säljare}\n"))
    told.event("buyer_caught", "K1 purchase of B1, -", "2026-05-12 21:20")
    assert [one.words for one in told.case.blockers()] == ["Polisen ska bedöma ålder när det gäller säljare (gäller K1)."]


TITLED = (("ett", "Först"), ("tva", "Sedan"))


def test_a_deadline_that_has_passed_still_holds_the_case_open() -> None:
    told = Lived(plan_of(REPORT))
    told.event("person_met", "S1 seller", "2026-05-12 21:10")
    told.event("report_received", "S1", "2026-05-12 22:00")
    told.done(told.case.advance(told.when("2026-06-30 08:00")))
    (blocker,) = told.case.blockers()
    assert blocker.decision is not None
    assert blocker.decision.rule == "beslut"
    told.mark("done", "beslut/perform S1", "2026-06-30 09:00")
    assert told.case.blockers() == ()


def test_what_should_or_may_be_done_and_what_is_in_force_holds_nothing_open() -> None:
    told = begun(age="adult")
    told.event("operation_started", "O1 operation", "2026-05-12 21:30")
    assert told.case.blockers() == ()
    outcome = told.done(told.case.close(told.when("2026-05-13 08:00"), "Inget återstår.", by="polisen"))
    assert told.case.closed is not None
    assert told.case.closed.reason == "Inget återstår."
    assert [(e.cause, e.words, e.by) for e in outcome.entries] == [("closed", "Inget återstår.", "polisen")]


def test_a_must_that_people_added_holds_the_case_open_too() -> None:
    told = begun(age="adult")
    at = told.when("2026-05-12 22:00")
    told.done(told.case.add_measure("ring", "polisen", "ring boendet.", "behövs", at, told.when("2026-05-12 23:00"), "must"))
    told.done(told.case.add_measure("skriv", "polisen", "skriv", "behövs", at, None, "should"))
    assert [b.words for b in told.case.blockers(told.when("2026-05-13 08:00"))] == [
        "Polisen ska, enligt egen åtgärd: ring boendet. Tiden gick ut 2026-05-12 23.00, men det kan fortfarande göras."
    ]
    told.done(told.case.end_measure("ring", "withdrawn", at, "löste sig"))
    told.done(told.case.close(at, "klart"))


def closed(**facts: str) -> Lived:
    told = begun(**(facts or {"age": "adult"}))
    told.done(told.case.close(told.when("2026-05-13 08:00"), "klart"))
    return told


ASKED = "samtycke/ask:regionkoordinator S1 – → due to koordinatorn"


def test_an_event_that_makes_something_due_opens_a_closed_case() -> None:
    told = closed()
    told.event("trafficking_suspected", "S1 seller", "2026-05-14 10:00")
    assert told.case.closed is None
    assert told.told(2) == [
        f"2026-05-14 10.00 event e2: kontakt/notify S1 – → ask_first to koordinatorn; {ASKED}",
        "2026-05-14 10.00 reopened",
    ]
    assert told.case.ledger[-1].words == "Något är åter att göra."


def test_an_event_that_makes_nothing_due_is_recorded_and_the_case_stays_closed() -> None:
    told = closed()
    told.mark("done", "stod/inform S1", "2026-05-14 10:00")
    assert told.case.closed is not None
    assert told.told(2) == ["2026-05-14 10.00 event e2: stod/inform S1 due → done"]


def test_time_that_makes_something_due_opens_it_too_from_that_instant() -> None:
    told = Lived(plan_of(PLAN + "- rule: ny\n  for: seller\n  then: [{must perform: avvakta}]\n  valid: {from: 2026-06-01}\n"))
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "adult"}})
    told.done(told.case.close(told.when("2026-05-13 08:00"), "klart"))
    told.event("person_met", "S1 seller", "2026-06-02 10:00")
    assert told.case.closed is None
    assert told.told(2) == [
        "2026-06-01 00.00 clock: ny/perform S1 – → due",
        "2026-06-01 00.00 reopened",
        "2026-06-02 10.00 event e2",
    ]


def test_a_correction_that_comes_after_the_closing_opens_the_case_so_that_it_is_told() -> None:
    """Somebody holds wrong information about a person, also when nobody works on the case any more."""
    told = begun(age="child")
    told.mark("done", "barn/notify S1", "2026-05-12 21:30")
    told.done(told.case.close(told.when("2026-05-13 08:00"), "klart"))
    told.fire({"id": "e1", "revision": 2, "event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10",
               "known_at": "2026-05-20 08:00", "facts": {"age": "adult"}})  # fmt: skip
    assert told.case.closed is None
    assert [one.decision.measure for one in told.case.blockers() if one.decision is not None] == ["notify:correction"]


def test_what_was_told_by_mistake_holds_the_case_open_also_where_no_correction_is_due() -> None:
    """It came late that she is an adult, and is said to have been known all along: then the report was never to be made."""
    told = begun(age="child")
    told.mark("done", "barn/notify S1", "2026-05-12 21:30")
    told.done(told.case.close(told.when("2026-05-12 22:00"), "klart"))
    told.fire({"event": "established", "about": "S1", "at": "2026-05-12 21:10", "facts": {"age": "adult"}}, "2026-05-13 08:00")
    assert told.case.closed is None
    assert told.told(3) == ["2026-05-13 08.00 event e3: barn/notify S1 done → –", "2026-05-13 08.00 reopened"]
    (blocker,) = told.case.blockers()
    assert (blocker.event, blocker.words) == ("e2", (
        "Enligt märket e2 har barnenheten fått veta något om S1, men som ärendet nu är skulle det aldrig ha gjorts. "
        "Rätta det som mottagaren har fått veta om det var fel, och ta sedan tillbaka märket."
    ))  # fmt: skip
    told.fire({"id": "e2", "revision": 2, "void": True, "known_at": "2026-05-13 09:00"})
    assert told.case.blockers() == ()


def test_it_is_opened_by_people_with_a_reason_and_the_ledger_goes_on() -> None:
    told = closed()
    before = told.case.ledger
    told.done(told.case.reopen(told.when("2026-05-20 08:00"), "Ny kontakt.", by="aklagare"))
    assert told.case.closed is None
    assert told.case.ledger[: len(before)] == before
    assert [(e.cause, e.words, e.by) for e in told.case.ledger[len(before) :]] == [("reopened", "Ny kontakt.", "aklagare")]


def test_what_is_closed_is_neither_closed_nor_added_to_and_what_is_open_not_opened() -> None:
    told = closed()
    at = told.when("2026-05-20 08:00")
    with pytest.raises(EventError, match="är avslutat"):
        told.case.close(at, "klart")
    with pytest.raises(EventError, match="är avslutat"):
        told.case.add_measure("ring", "polisen", "ring", "behövs", at)
    told.done(told.case.reopen(at, "Ny kontakt."))
    with pytest.raises(EventError, match="redan öppet"):
        told.case.reopen(at, "Ny kontakt.")


def test_a_reason_is_needed_and_carries_no_personal_data() -> None:
    told = begun(age="adult")
    at = told.when("2026-05-20 08:00")
    for reason, said in (("", "tomt"), ("ring 070-123 45 67", "telefonnummer")):
        with pytest.raises(EventError, match=said):
            told.case.close(at, reason)
