"""What is most urgent comes first: bands, then strength, then the plan's phases; and how what has ended is called."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.stories import Story, plan_of

from samverkan.decide.answer import Answer, Decision
from samverkan.exercise.grouping import matters
from samverkan.exercise.playing import Changes, changes
from samverkan.exercise.telling import sections
from samverkan.wording.lateness import ending
from samverkan.wording.wording import Wording

RULES = """
phases: {annat: Annat}
acts: {skydda: skydda, bjud: bjuda in, spana: spana, hindra: hindra, tacka: tacka, ring: ringa}
rules:
- {rule: a.hindra, for: seller, then: [{must refrain: hindra}]}
- {rule: b.spana, for: seller, then: [{may perform: spana, deadline: at once}]}
- {rule: c.bjud, for: seller, then: [{must perform: bjud, deadline: 14 days}]}
- {rule: d.tacka, for: seller, then: [{should perform: tacka, deadline: promptly}]}
- {rule: e.ring, for: seller, then: [{must perform: ring, deadline: promptly}]}
- {rule: f.forhora, for: seller, then: [{must perform: forhora}]}
- {rule: g.jour, for: seller, then: [{must perform: jour, continuing: true}]}
- {rule: h.avvakta, for: seller, phase: annat, then: [{should perform: avvakta, deadline: at once}]}
- {rule: i.larma, for: seller, phase: annat, then: [{must perform: larma, deadline: at once}]}
- {rule: j.fraga, for: seller, then: [{must inform: stod, deadline: 2 hours}]}
- {rule: k.skydda, for: seller, when: {age: child}, then: [{must perform: skydda, deadline: at once}]}
"""


def order(told: Story, at: str | None = None) -> list[tuple[str, str]]:
    answer = told.answer(at)
    found = matters(told.plan, [d for d in answer.decisions if d.status in ("due", "ask_first")], answer.as_of)
    return [(matter.band, matter.first.id.rule[0]) for matter in found]


def test_the_most_urgent_first() -> None:
    told = Story(plan_of(RULES))
    told.event("person_met", "S1 seller", "2013-05-14 12:00")
    assert order(told) == [
        ("now", "i"), ("now", "h"), ("day", "j"), ("day", "e"), ("day", "d"), ("later", "c"), ("open", "f"), ("during", "g"),
        ("may", "b"), ("not", "a"),
    ]  # fmt: skip


def test_danger_first_where_the_plan_puts_its_phase_first() -> None:
    told = Story(plan_of(RULES))
    told.event("person_met", "S1 seller", "2013-05-14 12:00")
    told.event("told", "S1", "2013-05-14 12:02", age="child")
    assert order(told)[:3] == [("now", "k"), ("now", "i"), ("now", "h")]


ENDINGS = """
acts: {spana: spana, hindra: hindra}
rules:
- {rule: insats.jour, for: operation, when: {running: running}, then: [{must perform: jour, continuing: true}]}
- {rule: insats.spana, for: operation, when: {running: running}, then: [{may perform: spana}]}
- {rule: insats.larma, for: operation, when: {running: running}, then: [{should perform: larma, deadline: promptly}]}
- {rule: insats.avvakta, for: operation, when: {running: running}, then: [{must perform: avvakta, deadline: 3 hours}]}
- {rule: insats.forhora, for: operation, when: {running: running}, then: [{must perform: forhora}]}
- {rule: person.hindra, for: seller, when: {age: child}, then: [{must refrain: hindra}]}
- {rule: person.spana, for: seller, when: {age: child}, then: [{may perform: spana}]}
"""


@pytest.mark.parametrize(("hours", "ended"), [("14:00", {"larma": "bortfallen", "avvakta": "bortfallen"}),
                                              ("15:30", {"larma": "bortfallen", "avvakta": "missad"}),
                                              ("+", {"larma": "missad", "avvakta": "missad"})])  # fmt: skip
def test_how_something_ended(hours: str, ended: dict[str, str]) -> None:
    told = Story(plan_of(ENDINGS))
    told.event("operation_started", "O1 operation", "2013-05-14 12:00")
    told.event("person_met", "S1 seller", "2013-05-14 12:00", age="child")
    over = "2013-05-15 12:01" if hours == "+" else f"2013-05-14 {hours}"
    told.event("operation_ended", "O1", over)
    told.event("changed", "S1", over, age="adult")
    wording, answer = Wording(told.plan, {}), told.answer()
    said = {d.id.rule: wording.status(d, answer.as_of) for d in answer.decisions}
    assert [heading for heading, _ in sections(wording, _option(answer), [])] == ["Inte längre aktuellt"]
    assert said == {
        "insats.jour": "avslutad",
        "insats.spana": "avslutad",
        "insats.larma": ended["larma"],
        "insats.avvakta": ended["avvakta"],
        "insats.forhora": "bortfallen",
        "person.hindra": "gäller inte längre",
        "person.spana": "inte längre aktuellt",
    }


CONSENT = """
rules:
- rule: stod
  for: seller
  when: {age: adult}
  then:
  - {should notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}, deadline: promptly}
"""


def test_what_waited_for_a_consent_was_not_missed() -> None:
    told = Story(plan_of(CONSENT))
    told.event("person_met", "S1 seller", "2013-05-14 12:00", age="adult")
    told.event("changed", "S1", "2013-05-20 12:00", age="child")
    found = [d for d in told.answer().decisions if d.kind == "notify"]
    assert [_ending(told, one) for one in found] == ["needless"]


def _option(answer: Answer) -> Changes:
    """What has become of the personal option alone."""
    return changes(None, replace(answer, decisions=tuple(d for d in answer.decisions if d.id.rule == "person.spana")))


def _ending(told: Story, decision: Decision) -> str:
    assert decision.status == "lapsed"
    return ending(told.plan, decision)
