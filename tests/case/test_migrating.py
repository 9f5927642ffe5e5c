"""A case pins its plan; what another version would change is seen first, and then told in the ledger (semantics §5, 5.o)."""

from __future__ import annotations

import pytest
from tests.case.telling import Lived
from tests.stories import plan_of

from samverkan.decide.errors import EventError

OLD = """
rules:
- rule: barn
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
- rule: stod
  for: seller
  then: [{should inform: stod}]
- rule: gammal
  for: seller
  then: [{should perform: larma}]
"""
NEW = """
version: "2"
rules:
- rule: barn
  for: seller
  when: {age: child}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
- rule: stod
  for: seller
  then: [{must inform: stod, deadline: 2 hours}]
- rule: ny
  for: seller
  then: [{must perform: forhora}]
"""


def begun() -> Lived:
    told = Lived(plan_of(OLD))
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "maybe_child"}})
    return told


def test_what_would_change_is_seen_before_anything_is_done() -> None:
    told, new = begun(), plan_of(NEW)
    at = told.when("2026-05-13 08:00")
    migration = told.case.migrate(new, at, "Ny version.")
    assert [str(c.decision) for c in migration.became("due")] == ["ny/perform S1 by polisen"]
    assert [str(c.decision) for c in migration.became()] == ["barn/notify S1 by polisen", "gammal/perform S1 by polisen"]
    assert [(str(c.decision), c.changed) for c in migration.changes if "status" not in c.changed] == [
        ("stod/inform S1 by polisen", ("flags", "deadline"))
    ]
    assert told.case.plan.version == "1"
    assert len(told.case.ledger) == 1


def test_it_is_told_in_the_ledger_and_what_was_shown_before_stays_what_it_was() -> None:
    told, new = begun(), plan_of(NEW)
    at = told.when("2026-05-13 08:00")
    case = told.case.migrate(new, at, "Ny version.", by="aklagare").case
    assert case.plan is new
    assert case.decisions(at).digest == new.digest
    assert [(e.cause, e.words, e.by) for e in case.ledger] == [
        ("event", "", None), ("clock", "", None), ("plan", "Ny version.", "aklagare"),
    ]  # fmt: skip
    assert case.ledger[0] == told.case.ledger[0]
    assert case.shown_at(told.when("2026-05-12 22:00")) == told.case.decisions(told.when("2026-05-12 22:00"))
    assert case.shown_at(at).digest == new.digest
    again = type(case).of_log(told.case.plan, case.log)
    assert again.ledger == case.ledger
    assert again.plan is new


def test_the_same_plan_changes_nothing() -> None:
    told = begun()
    migration = told.case.migrate(told.case.plan, told.when("2026-05-12 21:30"), "Bara för säkerhets skull.")
    assert migration.changes == ()


def test_words_that_the_other_plan_lacks_are_told_with_every_event_that_has_them() -> None:
    told = begun()
    told.event("trafficking_suspected", "S1 seller", "2026-05-12 21:20")
    told.mark("done", "gammal/perform S1", "2026-05-12 21:30")
    at = told.when("2026-05-12 22:00")
    told.done(told.case.add_measure("ring", "aklagare", "ring", "behövs", at))
    other = plan_of(NEW + """
facts: {trafficking: null}
events: {trafficking_suspected: null, trafficking_dismissed: null}
functions: {aklagare: null}
units: [{unit: polis, label: Polisen, is: [polisen], open: always}]
""", common=_without_prosecutor())  # fmt: skip
    migration = told.case.migrate(other, at, "Ny version.")
    assert [(one.event, one.own, one.key) for one in migration.unknown] == [
        ("e2", None, "event"), ("e3", None, "done"), (None, "ring", "bearer"),
    ]  # fmt: skip
    assert migration.changes == ()
    with pytest.raises(EventError) as refused:
        _ = migration.case
    for said in ("'e2'", "'e3'", "'ring'", "trafficking_suspected", "version 2"):
        assert said in refused.value.text


def _without_prosecutor() -> str:
    from tests.stories import COMMON

    return "\n".join(line for line in COMMON.splitlines() if "aklagarkammaren" not in line)


def test_what_was_corrected_has_to_have_words_too_since_somebody_may_have_acted_on_it() -> None:
    told = begun()
    told.event("trafficking_suspected", "S1 seller", "2026-05-12 21:20")
    told.fire({"id": "e2", "revision": 2, "void": True, "known_at": "2026-05-12 21:30"})
    other = plan_of(NEW + "facts: {trafficking: null}\nevents: {trafficking_suspected: null, trafficking_dismissed: null}\n")
    migration = told.case.migrate(other, told.when("2026-05-12 22:00"), "Ny version.")
    assert [(one.event, one.revision) for one in migration.unknown] == [("e2", 1)]


def test_a_closed_case_opens_where_the_other_plan_asks_for_more() -> None:
    """What was only to be done if one could must be done: no closed case has anything of that kind."""
    told = Lived(plan_of(OLD))
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "adult"}})
    told.done(told.case.close(told.when("2026-05-12 22:00"), "klart"))
    stronger = plan_of(OLD.replace("should inform", "must inform").replace("rules:", 'version: "2"\nrules:'))
    case = told.case.migrate(stronger, told.when("2026-05-12 22:30"), "Ny version.").case
    assert case.closed is None
    assert [entry.cause for entry in case.ledger[-2:]] == ["plan", "reopened"]


def test_the_matcher_goes_on() -> None:
    told = begun()
    assert told.case.migrate(plan_of(NEW), told.when("2026-05-13 08:00"), "Ny version.").case.matcher.name == "compiled"
