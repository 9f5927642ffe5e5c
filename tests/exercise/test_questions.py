"""The few questions that matter most: in the plan's own words, the strictest waiting rule first."""

from __future__ import annotations

from tests.stories import Story, plan_of

from samverkan.exercise.questions import MOST, asking
from samverkan.wording.wording import Wording

FACTS = "\n".join(f"  f{n}: {{of: person, label: uppgift {n}, ask: 'Fråga {n}?', values: {{yes: ja, no: nej}}}}" for n in range(8))
RULES = f"""
facts:
{FACTS}
  tyst: {{of: person, label: det tysta, values: {{yes: ja, no: nej}}}}
events:
  told: {{label: uppgift lämnad, about: person, claims: [{", ".join(f"f{n}" for n in range(8))}, tyst]}}
rules:
""" + "\n".join(
    f"- {{rule: r{n}, for: seller, when: {{f{n}: yes}}, then: [{{{how} perform: larma{when}}}]}}"
    for n, how, when in [
        (0, "may", ""), (1, "should", ", deadline: promptly"), (2, "must", ""), (3, "must", ", deadline: promptly"),
        (4, "must", ", deadline: at once"), (5, "must", ", deadline: at once"), (6, "should", ", deadline: at once"),
        (7, "may", ""),
    ]
) + "\n- {rule: r8, for: seller, when: {tyst: yes}, then: [{must perform: larma, deadline: at once}]}\n"  # fmt: skip


def told() -> Story:
    story = Story(plan_of(RULES))
    story.event("person_met", "S1 seller")
    return story


def test_the_strictest_first_and_the_rest_counted() -> None:
    story = told()
    wording, answer = Wording(story.plan, {"S1": "kvinnan"}), story.answer()
    few = asking(wording, answer.questions, answer)
    assert [(group.name, group.lines) for group in few.asked] == [
        ("Kvinnan", ("Fråga 4?", "Fråga 5?", "Fråga 3?", "Fråga 2?", "Fråga 6?"))
    ]
    assert len(few.asked[0].lines) == MOST
    assert few.rest == "och 4 uppgifter till"


def test_every_question_on_demand() -> None:
    story = told()
    wording, answer = Wording(story.plan, {}), story.answer()
    every = asking(wording, answer.questions, answer, every=True)
    assert len(every.asked[0].lines) == 9
    assert "hur är det med det tysta?" in every.asked[0].lines
    assert every.rest == ""


def test_facts_without_a_question_are_only_counted() -> None:
    story = told()
    wording, answer = Wording(story.plan, {}), story.answer()
    silent = [question for question in answer.questions if question.fact == "tyst"]
    alone = asking(wording, silent, answer)
    assert alone.asked == ()
    assert alone.rest == "1 uppgift är inte känd"
    assert asking(wording, [], answer).rest == ""
    assert not asking(wording, [], answer)


def test_what_contradicts_itself_is_always_asked() -> None:
    story = told()
    story.event("established", "S1", "2013-05-14 13:00", id="a", age="child")
    story.event("established", "S1", "2013-05-14 13:00", id="b", age="adult")
    wording, answer = Wording(story.plan, {"S1": "kvinnan"}), story.answer()
    first = asking(wording, answer.questions, answer).asked[0]
    assert first.name == ""
    assert first.lines == ("Kvinnan: uppgifterna om ålder säger emot varandra. Vad stämmer?",)
