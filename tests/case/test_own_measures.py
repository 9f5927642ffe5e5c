"""People add measures of their own, with a reason; they are marked as such and are never the plan's (semantics §5, 5.l)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from tests.case.telling import Lived
from tests.stories import plan_of

from samverkan.case.ledger_json import ledger_to_json
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide
from samverkan.decide.errors import EventError

PLAN = """
rules:
- rule: stod
  for: seller
  then: [{should inform: stod}]
"""


def begun() -> Lived:
    told = Lived(plan_of(PLAN))
    told.event("person_met", "S1 seller", "2026-05-12 21:10")
    return told


def test_a_measure_of_ones_own_is_in_the_answer_and_the_ledger_and_marked_as_such() -> None:
    told = begun()
    at = told.when("2026-05-12 22:00")
    told.done(told.case.add_measure(
        "ring", "polisen", "Ring boendet.", "Personen har ingenstans att sova.", at, date(2026, 5, 13), "must", by="aklagare"
    ))  # fmt: skip
    (own,) = told.case.decisions(at).own
    assert (own.id, own.bearer, own.status, own.due) == ("ring", "polisen", "due", told.when("2026-05-14 00:00"))
    assert [d.id.rule for d in told.case.decisions(at).decisions] == ["stod"], "the plan decides what it decided"
    told.done(told.case.advance(told.when("2026-05-14 08:00")))
    told.done(told.case.end_measure("ring", "done", told.when("2026-05-14 09:00"), "Boendet har plats.", by="polisen"))
    assert told.told(1) == [
        "2026-05-12 22.00 own_measure: ring – → due",
        "2026-05-14 00.00 clock: ring [overdue]",
        "2026-05-14 09.00 own_measure: ring due → done []",
    ]
    assert [(entry.words, entry.by) for entry in told.case.ledger[1:]] == [
        ("Personen har ingenstans att sova.", "aklagare"), ("", None), ("Boendet har plats.", "polisen"),
    ]  # fmt: skip


def test_as_of_another_instant_it_stands_as_it_stood() -> None:
    told = begun()
    at, due = told.when("2026-05-12 22:00"), told.when("2026-05-12 23:00")
    told.done(told.case.add_measure("ring", "polisen", "ring", "behövs", at, due))
    told.done(told.case.end_measure("ring", "withdrawn", told.when("2026-05-13 09:00"), "behövs inte"))
    stood = {at: [(o.status, o.flags) for o in told.case.at(told.when(at)).own] for at in (
        "2026-05-12 21:30", "2026-05-12 22:30", "2026-05-12 23:00", "2026-05-13 09:00"
    )}  # fmt: skip
    assert list(stood.values()) == [[], [("due", ())], [("due", ("overdue",))], [("withdrawn", ())]]
    assert told.case.shown_at(told.when("2026-05-12 23:00")).own == told.case.at(told.when("2026-05-12 23:00")).own


def test_json_has_them_apart_and_without_any_is_what_it_was() -> None:
    told = begun()
    at, plan = told.when("2026-05-12 22:00"), told.case.plan
    decided = decide(plan, told.case.events, at)
    assert canonical(answer_to_json(told.case.decisions(at), plan)) == canonical(answer_to_json(decided, plan))
    assert "own" not in answer_to_json(told.case.decisions(at), plan)
    told.done(told.case.add_measure("ring", "polisen", "ring", "behövs", at, at + timedelta(hours=1), "must"))
    (own,) = answer_to_json(told.case.decisions(at), plan)["own"]
    assert own == {
        "id": "ring", "strength": "must", "text": "ring", "bearer": "polisen", "reason": "behövs", "status": "due",
        "added_at": "2026-05-12T22:00:00+02:00", "due": "2026-05-12T23:00:00+02:00",
    }  # fmt: skip
    (change,) = ledger_to_json(told.case.ledger[1:], plan)["entries"][0]["changes"]
    assert change == {"own": "ring", "after": "due", "deadline": "2026-05-12T23:00:00+02:00", "changed": ["status", "deadline"]}


ADDED: dict[str, Any] = {"measure_id": "ring", "bearer": "polisen", "text": "ring", "reason": "behövs"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"measure_id": "ring boendet"}, "id består av"),
        ({"measure_id": "19900101-1239"}, "ett personnummer"),
        ({"measure_id": "a" * 101}, "längre än 100"),
        ({"bearer": "polisn"}, "Menade du 'polisen'"),
        ({"bearer": "Anna Andersson"}, "Ange en funktion i planen, aldrig en person"),
        ({"by": "Anna Andersson"}, "Ange en funktion i planen, aldrig en person"),
        ({"text": "  "}, "tomt"),
        ({"text": "ring 070-123 45 67"}, "ett telefonnummer"),
        ({"text": "a" * 201}, "längre än 200"),
        ({"reason": ""}, "tomt"),
        ({"reason": "hon heter a@b.se"}, "en e-postadress"),
        ({"reason": "a" * 2001}, "längre än 2000"),
        ({"reason": "a\x00b"}, "styrtecken"),
        ({"strength": "ska"}, "Okänd styrka"),
    ],
)
def test_what_cannot_be_added_is_refused_and_personal_data_are_not_repeated(wrong: dict[str, Any], said: str) -> None:
    told = begun()
    with pytest.raises(EventError) as refused:
        told.case.add_measure(**{**ADDED, "at": told.when("2026-05-12 22:00"), **wrong})
    assert said in refused.value.text
    assert "19900101" not in refused.value.text
    assert told.case.own == ()


def test_a_time_that_has_gone_or_has_no_zone_is_refused() -> None:
    told, at = begun(), begun().when("2026-05-12 22:00")
    for due, said in ((at, "redan gått"), (at.replace(tzinfo=None), "saknar tidszon"), (date(1800, 1, 1), "utanför åren")):
        with pytest.raises(EventError, match=said):
            told.case.add_measure(**ADDED, at=at, due=due)
    told.case.add_measure(**ADDED, at=at, due=(at + timedelta(hours=1)).astimezone(UTC))


def test_ending_what_is_not_there_or_has_ended_and_adding_an_id_twice_are_refused() -> None:
    told = begun()
    at = told.when("2026-05-12 22:00")
    told.done(told.case.add_measure(**ADDED, at=at))
    attempts: list[tuple[Callable[[], object], str]] = [
        (lambda: told.case.add_measure(**ADDED, at=at), "finns redan"),
        (lambda: told.case.end_measure("rinh", "done", at, "klart"), "Menade du 'ring'"),
        (lambda: told.case.end_measure("ring", "klar", at, "klart"), "blir gjord"),  # type: ignore[arg-type]
        (lambda: told.case.end_measure("ring", "done", at, ""), "tomt"),
    ]
    for attempt, said in attempts:
        with pytest.raises(EventError, match=said):
            attempt()
    told.done(told.case.end_measure("ring", "done", at, "klart"))
    with pytest.raises(EventError, match="redan avslutad"):
        told.case.end_measure("ring", "withdrawn", at, "klart")


def test_what_may_be_done_is_never_overdue() -> None:
    told = begun()
    at = told.when("2026-05-12 22:00")
    told.done(told.case.add_measure(**ADDED, at=at, due=at + timedelta(hours=1), strength="may"))
    told.done(told.case.advance(at + timedelta(days=2)))
    assert told.case.decisions(at + timedelta(days=2)).own[0].flags == ()
    assert [entry.cause for entry in told.case.ledger] == ["event", "own_measure"]
