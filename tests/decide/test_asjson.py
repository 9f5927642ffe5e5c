"""The canonical form of JSON is settled to the letter."""

from __future__ import annotations

from tests.stories import REPORT, Story, plan_of

from samverkan.decide.asjson import answer_to_json, canonical


def test_keys_are_sorted_letters_are_themselves_and_the_last_line_ends() -> None:
    assert canonical({"b": [1], "a": {"ö": "å"}}) == '{\n "a": {\n  "ö": "å"\n },\n "b": [\n  1\n ]\n}\n'


def test_an_id_has_an_occurrence_only_where_the_decision_has_one() -> None:
    story = Story(plan_of(REPORT))
    story.event("person_met", "S1 seller", "2026-05-04 12:00")
    story.event("report_received", "S1", "2026-05-04 13:00", id="r")
    (once,) = answer_to_json(story.answer(), story.plan)["decisions"]
    assert once["id"] == {"rule": "beslut", "measure": "perform", "subject": "S1", "bearer": "polisen", "occurrence": "r"}
    other = Story(plan_of("rules: [{rule: gor, for: seller, then: [{must perform: larma}]}]"))
    other.event("person_met", "S1 seller", "2026-05-04 12:00")
    (always,) = answer_to_json(other.answer(), other.plan)["decisions"]
    assert always["id"] == {"rule": "gor", "measure": "perform", "subject": "S1", "bearer": "polisen"}
