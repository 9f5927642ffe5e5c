"""The ledger tells what people were shown and when, with the cause; nothing leaves it (semantics §2, *Two layers*)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.case.telling import Lived
from tests.stories import REPORT, example_plan, plan_of

from samverkan.case.case import Case
from samverkan.case.ledger import Entry, summed
from samverkan.case.ledger_json import ledger_to_json
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.errors import EventError
from samverkan.decide.instants import EARLIEST
from samverkan.directory.loading import load_plan

CHILD = """
rules:
- rule: barn
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
"""
PASSED = (
    "2026-05-27 00.00 clock: beslut/perform S1#e2 [overdue passed]; ledning/inform S1#beslut/perform S1#e2 by polisen – → due"
)
TWO_TOWNS = """
units:
- {unit: sala, label: Sala, is: [socialnamnd-barn], area: [vasteras], open: always}
- {unit: hallsta, label: Hallstahammar, is: [socialnamnd-barn], area: [hallstahammar], open: always}
- {unit: alla, label: alla, is: [socialnamnd-barn, socialnamnd-vuxen], area: all, open: always}
"""


def test_each_difference_is_an_entry_with_its_cause_and_who_did_it() -> None:
    told = Lived(plan_of(CHILD))
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "child"}})
    told.mark("done", "barn/notify S1", "2026-05-12 21:40")
    told.fire({"id": "e1", "revision": 2, "event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10",
               "known_at": "2026-05-12 22:00", "facts": {"age": "adult"}})  # fmt: skip
    assert told.told() == [
        "2026-05-12 21.10 event e1: barn/notify S1 – → due to jouren",
        "2026-05-12 21.40 event e2: barn/notify S1 due → done",
        "2026-05-12 22.00 correction e1: barn/notify:correction S1 – → due to jouren",
    ]
    assert [entry.by for entry in told.case.ledger] == [None, "polisen", None]
    assert [(entry.number, entry.revision) for entry in told.case.ledger] == [(1, 1), (2, 1), (3, 2)]


def test_what_is_taken_back_stays_in_the_ledger() -> None:
    told = Lived(plan_of(CHILD))
    told.fire({"event": "minor_involved", "about": "S1 seller", "at": "2026-05-12 21:10"})
    before = told.case.ledger
    told.fire({"id": "e1", "revision": 2, "void": True, "known_at": "2026-05-12 21:30"})
    assert told.case.ledger[:1] == before
    assert told.told(1) == ["2026-05-12 21.30 taken_back e1: barn/notify S1 due → withdrawn"]
    assert told.case.decisions(told.when("2026-05-12 22:00")).decisions[0].status == "withdrawn"


def test_what_comes_late_is_told_when_it_came_and_what_was_shown_then_stays_as_it_was() -> None:
    """She was a child, which a colleague knew at once; the case was told of it the day after."""
    told = Lived(plan_of(CHILD))
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "adult"}})
    shown = told.case.decisions(told.when("2026-05-13 07:00"))
    told.fire({"event": "established", "about": "S1", "at": "2026-05-12 21:20", "facts": {"age": "child"}}, "2026-05-13 08:00")
    assert told.told(1) == ["2026-05-13 08.00 event e2: barn/notify S1 – → due [overdue] to jouren"]
    assert told.case.shown_at(told.when("2026-05-13 07:00")) == shown
    assert shown.decisions == ()
    then = told.case.at(told.when("2026-05-13 07:00"))
    assert [d.status for d in then.decisions] == ["due"], "with what is known now it was due at that time"
    assert told.case.shown_at(told.when("2026-05-13 08:00")).decisions[0].status == "due"


def test_time_that_goes_on_has_an_entry_for_each_instant_at_which_something_changes() -> None:
    """A report that nobody acts on: after 14 days the leadership is to hear of it, which then gets overdue too."""
    told = Lived(plan_of(REPORT))
    told.event("person_met", "S1 seller", "2026-05-12 21:10")
    told.event("report_received", "S1", "2026-05-12 22:00")
    outcome = told.done(told.case.advance(told.when("2026-06-30 12:00")))
    assert told.told(2) == [
        PASSED,
        "2026-05-29 00.00 clock: ledning/inform S1#beslut/perform S1#e2 by polisen [overdue passed]",
    ]
    assert [d.id.rule for d in outcome.due] == ["ledning"]
    assert [d.id.rule for d in outcome.overdue] == ["beslut", "ledning"]
    assert [d.id.rule for d in outcome.passed] == ["beslut", "ledning"]
    assert outcome.entries == told.case.ledger[2:]


def test_time_is_told_before_the_event_that_came_after_it_and_the_event_tells_only_of_itself() -> None:
    told = Lived(plan_of(REPORT))
    told.event("person_met", "S1 seller", "2026-05-12 21:10")
    told.event("report_received", "S1", "2026-05-12 22:00")
    told.event("person_met", "S2 seller", "2026-05-27 10:00")
    assert told.told(2) == [
        PASSED,
        "2026-05-27 10.00 event e3",
    ]
    assert told.outcome is not None
    assert told.outcome.due == ()
    assert [d.id.rule for d in told.outcome.overdue] == ["beslut"]


def test_what_is_done_just_at_its_deadline_was_never_late() -> None:
    told = Lived(plan_of(REPORT))
    told.event("person_met", "S1 seller", "2026-05-12 21:10")
    told.event("report_received", "S1", "2026-05-12 22:00")
    told.mark("done", "beslut/perform S1", "2026-05-27 00:00")
    assert told.told(2) == ["2026-05-27 00.00 event e3: beslut/perform S1#e2 due → done"]


def test_a_consent_that_ends_and_a_validity_that_begins_are_the_clocks() -> None:
    told = Lived(plan_of("""
rules:
- rule: kontakt
  for: seller
  then: [{must notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}}]
- rule: ny
  for: seller
  then: [{must perform: larma}]
  valid: {from: 2026-06-01}
"""))
    told.event("person_met", "S1 seller", "2026-05-12 21:10")
    told.event("consent_given", "S1", "2026-05-12 21:20", recipient="regionkoordinator", telling="identity", until="2026-05-20")
    told.done(told.case.advance(told.when("2026-06-01 08:00")))
    assert told.told(1) == [
        "2026-05-12 21.20 event e2: kontakt/notify S1 ask_first → due; samtycke/ask:regionkoordinator S1 due → done",
        "2026-05-21 00.00 clock: kontakt/notify S1 due → ask_first; samtycke/ask:regionkoordinator S1 done → due to koordinatorn",
        "2026-06-01 00.00 clock: ny/perform S1 – → due",
    ]


def test_another_unit_that_is_to_be_told_is_a_change_and_one_that_closes_for_the_night_is_none() -> None:
    told = Lived(plan_of(CHILD + TWO_TOWNS))
    told.fire({"event": "minor_involved", "about": "S1 seller", "at": "2026-05-12 21:10"})
    told.fire({"event": "established", "about": "S1", "at": "2026-05-12 21:20", "facts": {"home_municipality": "hallstahammar"}})
    assert told.told(1) == ["2026-05-12 21.20 event e2: barn/notify S1 to hallsta"]


def test_a_buyer_who_turns_out_to_exploit_and_a_seller_who_is_also_a_mother_are_told_right() -> None:
    told = Lived(plan_of("""
rules:
- rule: kopare
  for: buyer
  then: [{must offer: samtal, with: polisen}]
- rule: saljare
  for: seller
  then: [{should inform: stod}]
- rule: hem
  for: parenthood
  when: {child.at_risk: unknown}
  then: [{must assess: child.at_risk, about: child}]
- rule: utnyttjar
  for: parent
  then: [{must perform: forhora}]
"""))
    told.event("person_met", "B1 buyer", "2026-05-12 21:10")
    told.event("person_met", "S1 seller", "2026-05-12 21:20")
    told.event("role_ended", "B1 buyer", "2026-05-12 21:30")
    told.event("role_given", "B1 parent", "2026-05-12 21:40")
    told.event("child_in_home", "F1 parenthood of S1, C1", "2026-05-12 21:50")
    assert told.told() == [
        "2026-05-12 21.10 event e1: kopare/offer B1 – → due to polis",
        "2026-05-12 21.20 event e2: saljare/inform S1 – → due",
        "2026-05-12 21.30 event e3: kopare/offer B1 due → lapsed",
        "2026-05-12 21.40 event e4: utnyttjar/perform B1 – → due",
        "2026-05-12 21.50 event e5: hem/assess C1 – → due; utnyttjar/perform S1 – → due",
    ]
    assert told.status("saljare/inform S1") == "due", "a mother is still a seller"


def test_two_persons_who_turn_out_to_be_one_leave_the_answer_and_not_the_ledger() -> None:
    told = Lived(plan_of(CHILD))
    told.fire({"event": "minor_involved", "about": "S1 seller", "at": "2026-05-12 21:10"})
    told.fire({"event": "minor_involved", "about": "S2 seller", "at": "2026-05-12 21:20"})
    told.mark("done", "barn/notify S2", "2026-05-12 21:30")
    told.fire({"event": "told", "about": "S2", "at": "2026-05-12 22:00", "same_as": "S1"})
    assert told.told(2) == [
        "2026-05-12 21.30 event e3: barn/notify S2 due → done",
        "2026-05-12 22.00 event e4: barn/notify S1 due → done; barn/notify S2 done → –",
    ]
    assert {d.id.subject for d in told.case.decisions(told.when("2026-05-12 22:00")).decisions} == {"S1"}


def test_the_same_event_twice_has_one_entry() -> None:
    told = Lived(plan_of(CHILD))
    told.fire({"event": "minor_involved", "about": "S1 seller", "at": "2026-05-12 21:10"})
    again = told.case.fire(told.case.events[0])
    assert again.entries == ()
    assert again.case.ledger == told.case.ledger


def test_an_event_dated_ahead_is_told_when_it_came_and_again_when_it_begins_to_count() -> None:
    told = Lived(plan_of(CHILD))
    told.fire({"event": "minor_involved", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "child"}})
    told.fire({"event": "turned_18", "about": "S1", "at": "2026-05-14 00:00"}, "2026-05-12 22:00")
    assert told.case.now == told.when("2026-05-12 22:00")
    assert told.status("barn/notify S1") == "due"
    told.done(told.case.advance(told.when("2026-05-15 00:00")))
    assert told.told(1) == [
        "2026-05-12 22.00 event e2",
        "2026-05-12 22.10 clock: barn/notify S1 [overdue]",
        "2026-05-14 00.00 clock: barn/notify S1 due → lapsed []",
    ]


@pytest.mark.parametrize("how", ["fire", "advance", "close", "add_measure"])
def test_nothing_is_done_before_what_was_done_last(how: str) -> None:
    told = Lived(plan_of(CHILD))
    told.event("person_met", "S1 seller", "2026-05-12 21:10", now="2026-05-13 08:00")
    early = told.when("2026-05-13 07:59")
    doings = {
        "fire": lambda: told.case.fire(replace(told.case.events[0], id="x"), now=early),
        "advance": lambda: told.case.advance(early),
        "close": lambda: told.case.close(early, "klart"),
        "add_measure": lambda: told.case.add_measure("a", "polisen", "ring", "behövs", early),
    }
    with pytest.raises(EventError, match="Liggaren går bara framåt"):
        doings[how]()
    again = replace(told.case.events[0], id="x", at=told.when("2026-05-01 12:00"), known_at=told.when("2026-05-01 12:00"))
    assert told.case.fire(again).at == told.case.now, "what it is about may lie as far back as it likes"


def test_an_instant_without_zone_or_beyond_all_years_is_refused() -> None:
    case = Case(plan_of(CHILD))
    with pytest.raises(EventError, match="saknar tidszon"):
        case.advance(EARLIEST.replace(tzinfo=None))
    with pytest.raises(EventError, match="utanför åren"):
        case.advance(EARLIEST - timedelta(days=1))


def test_a_mistyped_year_takes_a_case_there_unless_it_is_said_when_it_was_told_of() -> None:
    told = Lived(plan_of(CHILD))
    told.event("person_met", "S1 seller", "2026-05-12 21:10")
    before, real = told.case, told.when("2026-05-12 22:00")
    wrong = told.event("established", "S1", "2062-05-12 21:30", facts={"age": "child"})
    told.fire({"id": wrong, "revision": 2, "void": True, "known_at": "2026-05-12 21:50"}, strict=False)
    with pytest.raises(EventError, match="Liggaren går bara framåt"):
        told.case.advance(real)
    with pytest.raises(EventError, match="Liggaren går bara framåt"):
        told.case.fire(before.events[0], now=real)
    again = Case.replay(told.case.plan, [one for one in told.case.events if one.id != wrong])
    assert again.advance(real).case.now == real
    assert again.decisions(real) == before.decisions(real)
    with_now = before.fire(told.case.events[1], now=real).case.fire(told.case.events[2], strict=False, now=real).case
    assert (with_now.now, with_now.decisions(real)) == (real, before.decisions(real))


def test_the_log_makes_the_same_case_again_to_the_byte() -> None:
    told = _a_long_story()
    again = Case.of_log(told.case.plan, told.case.log)
    plan, now = told.case.plan, told.case.now
    assert now is not None
    assert again.log == told.case.log
    assert canonical(ledger_to_json(again.ledger, plan)) == canonical(ledger_to_json(told.case.ledger, plan))
    assert canonical(answer_to_json(again.decisions(now), plan)) == canonical(answer_to_json(told.case.decisions(now), plan))


def test_the_ledger_is_the_same_read_at_every_step_or_only_at_the_end() -> None:
    told = _a_long_story()
    read = Case(told.case.plan)
    entries = list[Entry]()
    for event in told.case.events:
        outcome = read.fire(event)
        entries += outcome.entries
        read = outcome.case
        assert outcome.entries == outcome.entries
    assert tuple(entries) == read.ledger == Case.of_log(told.case.plan, read.log).ledger
    assert summed(read.ledger).keys() == {d.id for d in read.decisions(read.now or EARLIEST).decisions}


def test_events_alone_make_a_case_whose_ledger_tells_of_each_when_it_began_to_count() -> None:
    told = _a_long_story()
    backwards = Case.replay(told.case.plan, tuple(reversed(told.case.events)))
    assert backwards.ledger == Case.replay(told.case.plan, told.case.events).ledger
    assert [e.at for e in backwards.ledger if e.cause != "clock"] == sorted(max(e.at, e.known_at) for e in told.case.events)


def test_a_ledger_as_json_is_in_the_plans_zone_and_leaves_out_what_is_absent() -> None:
    told = Lived(plan_of(CHILD))
    told.fire({"event": "minor_involved", "about": "S1 seller", "at": "2026-05-12 21:10"})
    assert ledger_to_json(told.case.ledger, told.case.plan) == {
        "format": "samverkan-ledger/1",
        "entries": [
            {
                "number": 1,
                "at": "2026-05-12T21:10:00+02:00",
                "cause": "event",
                "event": "e1",
                "revision": 1,
                "changes": [
                    {
                        "decision": {"rule": "barn", "measure": "notify", "subject": "S1", "bearer": "polisen"},
                        "after": "due",
                        "deadline": "2026-05-12T22:10:00+02:00",
                        "recipient": "jouren",
                        "changed": ["status", "deadline", "recipient"],
                    }
                ],
            }
        ],
    }


def _a_long_story() -> Lived:
    """The example plan, some weeks of it."""
    told = Lived(example_plan())
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "adult"}})
    told.event("buyer_caught", "K1 purchase of B1, S1", "2026-05-12 21:20")
    told.mark("done", "stod.saljare/information S1", "2026-05-12 22:00")
    told.mark("accepted", "stod.saljare/erbjudande S1", "2026-05-12 22:05")
    told.event("trafficking_suspected", "S1 seller", "2026-05-13 09:00")
    told.event("consent_refused", "S1", "2026-05-13 09:30", recipient="regionkoordinator")
    told.event("report_received", "S1", "2026-05-14 09:30")
    told.fire({"id": "e1", "revision": 2, "event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10",
               "known_at": "2026-06-20 08:00", "facts": {"age": "child"}})  # fmt: skip
    return told


def test_the_countys_plan_has_what_is_to_happen_when_a_time_has_passed_and_time_brings_it() -> None:
    told = Lived(load_plan("vastmanland"))
    told.fire({"event": "minor_involved", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "child"}})
    told.event("report_received", "S1", "2026-05-12 22:00")
    outcome = told.done(told.case.advance(told.when("2026-05-28 08:00")))
    passed = [d for d in outcome.passed if d.id.occurrence == "e2"]
    assert passed
    after = [d for d in outcome.due if any(str(one.id) == d.id.occurrence for one in passed)]
    assert after, "a rule for what has passed is due"
    assert {d.shown for d in after} == {told.when("2026-05-27 00:00")}
