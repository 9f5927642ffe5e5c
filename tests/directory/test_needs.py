from __future__ import annotations

from datetime import date
from typing import Literal

import pytest
from tests.directory.building import AT_ONCE, measure, plan, rule

from samverkan.directory.needs import Need, needs_of
from samverkan.plan.model import Deadline, Each, Measure

REPORT = measure("anmalan", "notify", "socialnamnd-barn", "polisen", AT_ONCE)


def needs(
    *then: Measure,
    last: date | None = None,
    plan_last: date | None = None,
    each: Each | None = None,
    by_offence: bool = False,
) -> list[Need]:
    return list(needs_of(plan(rules=[rule("r", *then, last=last, each=each, by_offence=by_offence)], last=plan_last)))


def test_bearers_recipients_and_those_who_offer_are_needed() -> None:
    found = needs(
        REPORT,
        measure("stod", "offer", "stodsamtal", "polisen", offered_by="stod-utsatta"),
        measure("samrad", "consult", "migrationsverket", "aklagare"),
        measure("utred", "perform", "utreda", "aklagare"),
    )
    assert [(need.measure.id, need.part, need.function) for need in found] == [
        ("anmalan", "bears", "polisen"),
        ("anmalan", "told", "socialnamnd-barn"),
        ("stod", "bears", "polisen"),
        ("stod", "offers", "stod-utsatta"),
        ("samrad", "bears", "aklagare"),
        ("samrad", "told", "migrationsverket"),
        ("utred", "bears", "aklagare"),
    ]


def test_what_is_done_instead_of_a_refused_measure_is_needed_too() -> None:
    instead = measure("radfraga", "consult", "migrationsverket", "polisen")
    found = needs(measure("a", "notify", "socialnamnd-barn", "polisen", if_refused=instead))
    assert [need.function for need in found] == ["polisen", "socialnamnd-barn", "polisen", "migrationsverket"]


def test_a_standing_rule_asks_until_its_end_but_what_occurred_or_was_done_is_answered_later() -> None:
    end = date(2022, 7, 31)
    accepted = Each("event", event="report_received")
    assert {need.last for need in needs(REPORT, last=end)} == {end}
    assert {need.last for need in needs(REPORT, last=end, by_offence=True)} == {None}
    assert {need.last for need in needs(REPORT, last=end, each=accepted)} == {None}


def test_nobody_is_needed_outside_the_plans_validity() -> None:
    end = date(2020, 12, 31)
    assert {need.last for need in needs(REPORT, plan_last=end)} == {end}
    assert {need.last for need in needs(REPORT, last=date(2019, 1, 1), plan_last=end)} == {date(2019, 1, 1)}
    early = needs_of(plan(rules=[rule("r", REPORT, first=date(2000, 1, 1))]))
    assert {need.first for need in early} == {date(2013, 5, 1)}
    assert not list(needs_of(plan(rules=[rule("r", REPORT, first=date(2000, 1, 1), last=date(2010, 1, 1))])))


@pytest.mark.parametrize(
    ("deadline", "strength", "continuing", "urgent"),
    [
        (AT_ONCE, "must", False, True),
        (AT_ONCE, "should", False, True),
        (Deadline("hours", 24), "must", False, True),
        (AT_ONCE, "may", False, False),
        (AT_ONCE, "must", True, False),
        (Deadline("promptly"), "must", False, False),
        (Deadline("days", 1), "must", False, False),
        (None, "must", False, False),
    ],
)
def test_a_duty_in_hours_or_at_once_is_urgent(
    deadline: Deadline | None, strength: Literal["must", "should", "may"], continuing: bool, urgent: bool
) -> None:
    duty = measure("a", "perform", "utreda", "polisen", deadline, strength=strength, continuing=continuing)
    assert [need.urgent for need in needs(duty)] == [urgent]


def test_anyone_may_stand_in_where_the_measure_turns_to() -> None:
    told = needs(measure("a", "notify", "socialnamnd-barn", "polisen", anyone_stands_in=True))
    assert [(need.part, need.any_stand_in) for need in told] == [("bears", False), ("told", True)]
    done = needs(measure("a", "perform", "utreda", "polisen", anyone_stands_in=True))
    assert [(need.part, need.any_stand_in) for need in done] == [("bears", True)]


def test_a_rule_that_never_asks_leaves_the_others_their_needs() -> None:
    never = rule("aldrig", REPORT, first=date(2000, 1, 1), last=date(2010, 1, 1))
    assert [need.rule.id for need in needs_of(plan(rules=[never, rule("r", REPORT)]))] == ["r", "r"]
