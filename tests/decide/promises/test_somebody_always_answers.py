"""Section 7 of the contract, and 7.g: the load check, that every function finds somebody, and somebody in time."""

from __future__ import annotations

import pytest
from tests.stories import Story, plan_of

from samverkan.directory.coverage import directory_problems

SATURDAY_NIGHT = "2026-05-16 23:10"


def errors(text: str) -> list[str]:
    return [problem.code for problem in directory_problems(plan_of(text)) if problem.severity == "error"]


HOURS = "hours: {kontor: {label: kontorstid, mon-fri: 08:00-16:30}}\n"
OFFICE = HOURS + "units: [{unit: koordinatorn, label: K, is: [regionkoordinator], open: kontor}]\n"


@pytest.mark.parametrize(
    ("measure", "wrong"),
    [
        ("{must perform: larma, who: [regionkoordinator], deadline: at once}", True),
        ("{must perform: larma, who: [regionkoordinator], deadline: 24 hours}", True),
        ("{must perform: larma, who: [regionkoordinator], deadline: promptly}", False),
        ("{must perform: larma, who: [regionkoordinator], deadline: 1 day}", False),
        ("{must perform: jour, who: [regionkoordinator], continuing: true}", False),
        ("{must notify: regionkoordinator, deadline: at once}", False),
    ],
)
def test_a_function_with_office_hours_may_not_bear_a_duty_in_hours_or_at_once(measure: str, wrong: bool) -> None:
    assert bool(errors(f"{OFFICE}rules: [{{rule: gor, for: seller, then: [{measure}]}}]")) is wrong


def test_unless_it_is_open_every_minute_together_with_the_next() -> None:
    plan = """
hours:
  dag: {label: dag, mon-sun: 06:00-22:00, holidays: 06:00-22:00}
  natt: {label: natt, mon-sun: ["00:00-06:00", "22:00-24:00"], HOLIDAYS}
units:
- {unit: dagen, label: D, is: [regionkoordinator], open: dag}
- {unit: natten, label: N, is: [regionkoordinator], open: natt}
rules: [{rule: gor, for: seller, then: [{must perform: larma, who: [regionkoordinator], deadline: at once}]}]
"""
    assert errors(plan.replace("HOLIDAYS", 'holidays: ["00:00-06:00", "22:00-24:00"]')) == []
    assert errors(plan.replace("HOLIDAYS", 'holidays: ["00:00-06:00"]')) == ["closed-bearer"]


@pytest.mark.parametrize(
    ("units", "wrong"),
    [
        ("- {unit: a, label: A, is: [socialnamnd-vuxen], open: always}", False),
        ("- {unit: a, label: A, is: [socialnamnd-vuxen], open: always, area: [vasteras, hallstahammar, elsewhere]}", True),
        ("- {unit: a, label: A, is: [socialnamnd-vuxen], open: always, serves: {gender: [woman, man, other]}}", True),
        ("- {unit: a, label: A, is: [socialnamnd-vuxen], open: always, from: 2010-01-02}", True),
        ("- {unit: a, label: A, is: [socialnamnd-vuxen], open: always, until: 2026-05-15}", True),
    ],
)
def test_every_function_finds_somebody_for_everybody_everywhere_on_every_day(units: str, wrong: bool) -> None:
    plan = f"""
units:
{units}
- {{unit: b, label: B, is: [socialnamnd-barn], open: always}}
rules: [{{rule: gor, for: seller, then: [{{must notify: socialnamnd-vuxen}}]}}]
"""
    assert errors(plan) == (["unanswered"] if wrong else [])


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("rule: gor, for: seller, valid: {until: 2016-12-31}", False),
        ("rule: gor, for: seller, valid: {until: 2017-01-01}", True),
        ("rule: gor, for: person, each: report_received, valid: {until: 2016-12-31}", True),
        ("rule: gor, for: purchase, valid: {until: 2016-12-31, judged by: offence}", True),
    ],
)
def test_what_occurred_while_a_rule_was_valid_is_asked_about_long_after(rule: str, wrong: bool) -> None:
    plan = f"""
units:
- {{unit: a, label: A, is: [regionkoordinator], open: always, until: 2016-12-31}}
rules: [{{{rule}, then: [{{must notify: regionkoordinator}}]}}]
"""
    assert errors(plan) == (["unanswered"] if wrong else [])


def test_who_is_told_at_once_and_closed_answers_at_its_next_opening_and_the_plan_is_warned() -> None:
    text = OFFICE + "rules: [{rule: gor, for: seller, then: [{must notify: regionkoordinator, deadline: at once}]}]"
    assert [problem.code for problem in directory_problems(plan_of(text))] == ["closed-recipient"]
    story = Story(plan_of(text))
    story.event("person_met", "S1 seller", SATURDAY_NIGHT)
    found = story.decision("gor/notify S1")
    assert found is not None
    assert found.recipient is not None
    assert (found.recipient.open, found.recipient.opens) == (False, story.when("2026-05-18 08:00"))
