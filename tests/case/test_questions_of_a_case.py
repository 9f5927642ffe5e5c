"""The questions of a case under the shipped plan: what they say holds, and nobody is asked twice (3.c–3.g)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator
from tests.case.completing import Trying
from tests.plan_content.shipped import county

from samverkan.case.case import Case
from samverkan.case.questions import FactQuestion
from samverkan.case.questions_as_json import questions_to_json
from samverkan.case.reading import event_from_json, event_to_json
from samverkan.case.schemas import questions_schema
from samverkan.decide.answer import DecisionId
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event
from samverkan.exercise.scenario_files import outlines, read_scenario
from samverkan.plan.answers import NO_VALUE
from samverkan.plan.model import PERSON
from samverkan.plan.places import shipped

COUNTY = county()
ZONE = ZoneInfo("Europe/Stockholm")
NIGHT = datetime(2026, 5, 12, 21, 10, tzinfo=ZONE)
SOON = timedelta(minutes=5)


def met(*said: tuple[str, str]) -> Case:
    """Somebody who sells has been met, and something is said."""
    return Case(COUNTY).fire(Event("e1", NIGHT, NIGHT, type="person_met", about=About("S1", PERSON, "seller"), facts=said)).case


def asked(case: Case, fact: str, subject: str = "S1", include_asked: bool = False) -> FactQuestion | None:
    return next((q for q in case.questions(include_asked=include_asked) if (q.subject, q.fact) == (subject, fact)), None)


def states() -> Iterator[Case]:
    """The cases of some scenarios, as they are after every seventh step."""
    for outline in outlines(shipped("scenarios"))[::3]:
        case, number = Case(COUNTY), 0
        for step in read_scenario(COUNTY, outline).steps:
            for event in step.events:
                case, number = case.fire(event, strict=False).case, number + 1
                if number % 7 == 3:
                    yield case


def due_after(case: Case, answered: tuple[str, str, str] | None) -> set[DecisionId] | None:
    """What is due or asked first just after an answer (subject, fact, value), by the engine; None where it can't be so."""
    assert case.now is not None
    at = case.now + timedelta.resolution
    if answered is not None:
        subject, fact, value = answered
        event = Event("svar", at, at, type="svar", about=About(subject), facts=((fact, value),))
        impossible = {q for q in case.decisions(at).questions if q.kind == "impossible"}
        case = case.fire(event, strict=False).case
        if {q for q in case.decisions(at).questions if q.kind == "impossible"} - impossible:
            return None
    return {d.id for d in case.decisions(at).decisions if d.status in ("due", "ask_first")}


def test_what_hangs_on_each_answer_is_what_that_answer_changes() -> None:
    several = 0
    for case in list(states())[::6]:
        before = due_after(case, None)
        assert before is not None
        for question in case.questions()[::11]:
            values = [option for option in question.options if option.value not in NO_VALUE]
            for option in values:
                after = due_after(case, (question.subject, question.fact, option.value))
                assert after is not None
                assert set(option.comes) == after - before
                assert set(option.goes) == before - after
                several += 1
            left_out = set(COUNTY.facts[question.fact].values) - {option.value for option in values}
            assert all(due_after(case, (question.subject, question.fact, value)) is None for value in left_out)
    assert several > 50


def test_what_is_not_asked_changes_nothing_by_itself() -> None:
    case = met(("age", "adult"), ("stay_municipality", "sala"))
    assert case.now is not None
    trying = Trying(COUNTY, case.events, case.now)
    found = {(q.subject, q.fact) for q in case.questions()}
    silent = [one for one in trying.unknown() if one not in found]
    assert silent
    assert found <= set(trying.unknown())
    assert not any(trying.matters(one, {}) for one in silent)


def test_only_what_is_not_known_about_somebody_in_the_case_is_asked() -> None:
    for case in list(states())[::3]:
        subjects = {one.id: one for one in case.decisions(case.now).subjects} if case.now is not None else {}
        for question in case.questions():
            subject, fact = subjects[question.subject], COUNTY.facts[question.fact]
            assert subject.sort == fact.of
            assert fact.role is None or fact.role in subject.roles


def test_a_question_says_all_that_is_needed_to_put_it() -> None:
    question = asked(met(), "age")
    assert question is not None
    assert question.text == "Är personen under 18 år?"
    assert (question.sensitive, question.ask_whom) == (1, ("file", "colleague", "person"))
    assert question.urgent is not None
    assert (question.urgent.text, question.strength) == ("at once", "must")
    assert question.urgency == "Det första som svaret kan leda till ska göras genast."
    assert [option.value for option in question.options][-3:] == ["vet_inte", "vill_inte_svara", "ej_tillampligt"]
    child = question.options[0]
    assert child.label == "under 18 år"
    assert child.text.startswith("Under 18 år: ")
    assert "åtgärder tillkommer (den första genast)" in child.text
    assert question.why.startswith("Svaret kan avgöra ”")
    assert set(question.rules) <= set(COUNTY.rules)


def test_danger_is_asked_about_first() -> None:
    first = met().questions()[0]
    assert (first.subject, first.fact) == ("S1", "danger")


def test_an_answer_is_an_event_of_the_plan_that_says_just_that() -> None:
    outcome = met().reply("S1", "age", "child", NIGHT + SOON, whom="file")
    event = outcome.case.events[-1]
    assert (event.type, event.facts) == ("age_established", (("age", "child"),))
    assert {d.id.rule for d in outcome.due} >= {"barn.orosanmalan"} or outcome.due
    assert asked(outcome.case, "age") is None


def test_an_answer_never_gives_consent_or_a_role() -> None:
    event = met().reply("S1", "wants_reflection_period", "wants", NIGHT + SOON, whom="person").case.events[-1]
    assert (event.type, event.how) == ("svar", "person")


@pytest.mark.parametrize("answer", list(NO_VALUE))
def test_nobody_is_asked_twice(answer: str) -> None:
    case = met()
    before = {(q.subject, q.fact) for q in case.questions()}
    after = case.reply("S1", "age", answer, NIGHT + SOON, whom="person").case
    assert {(q.subject, q.fact) for q in after.questions()} == before - {("S1", "age")}
    again = asked(after, "age", include_asked=True)
    assert (again is not None) == (answer == "vet_inte")
    assert again is None or again.answered == "vet_inte"


def test_it_is_asked_again_when_something_has_become_known_of_it() -> None:
    case = met().reply("S1", "stay_municipality", "vet_inte", NIGHT + SOON).case
    assert asked(case, "stay_municipality") is None
    later = NIGHT + 2 * SOON
    moved = Event("e9", later, later, type="moved", about=About("S1"), facts=(("stay_municipality", "unknown"),))
    assert asked(case.fire(moved).case, "stay_municipality") is not None


def test_an_answer_without_a_value_changes_nothing_of_what_is_due() -> None:
    case = met()
    outcome = case.reply("S1", "danger", "vill_inte_svara", NIGHT + SOON)
    assert outcome.due == outcome.withdrawn == outcome.lapsed == outcome.done == ()


def test_answers_stand_in_any_order_and_through_json() -> None:
    case = met()
    for minute, (fact, value) in enumerate((("age", "vet_inte"), ("danger", "none"), ("age", "vill_inte_svara")), start=1):
        case = case.reply("S1", fact, value, NIGHT + minute * SOON, whom="person").case
    through = [event_from_json(COUNTY, event_to_json(event)) for event in case.events]
    assert through == list(case.events)
    for order in list(permutations(through))[::5]:
        again = Case.replay(COUNTY, order)
        assert again.questions() == case.questions()
        assert again.questions(include_asked=True) == case.questions()


def test_an_answer_that_was_taken_back_was_never_given() -> None:
    case = met().reply("S1", "age", "vet_inte", NIGHT + SOON).case
    given = case.events[-1]
    later = NIGHT + 2 * SOON
    assert asked(case.fire(Event(given.id, later, later, revision=2, void=True)).case, "age") is not None


@pytest.mark.parametrize(
    ("subject", "fact", "value", "whom", "said"),
    [
        ("S2", "age", "child", None, "'S2' finns inte i ärendet"),
        ("S1", "agee", "child", None, "Menade du 'age'?"),
        ("S1", "payment", "none", None, "hör inte till S1"),
        ("S1", "suicide_risk", "signs", None, "hör inte till S1"),
        ("S1", "age", "kid", None, "Okänt svar 'kid'"),
        ("S1", "age", "child", "granne", "Okänt värde 'granne'"),
    ],
)
def test_what_is_no_answer_is_refused(subject: str, fact: str, value: str, whom: str | None, said: str) -> None:
    with pytest.raises(EventError, match=said):
        met().reply(subject, fact, value, NIGHT + SOON, whom=whom)


def test_without_events_there_is_nothing_to_ask() -> None:
    assert Case(COUNTY).questions() == ()
    assert Case(COUNTY).questions(NIGHT) == ()
    assert met().questions(NIGHT - timedelta(days=1)) == ()


def test_every_question_is_as_its_schema_says() -> None:
    schema = questions_schema()
    Draft202012Validator.check_schema(schema)
    for case in [*list(states())[::9], met(), met().reply("S1", "age", "vet_inte", NIGHT + SOON).case, Case(COUNTY)]:
        data = questions_to_json(case.questions(include_asked=True), COUNTY, NIGHT)
        assert [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(data)] == []


def test_as_json_everything_is_there() -> None:
    questions = met().questions()
    data = questions_to_json(questions, COUNTY, NIGHT)
    assert data["format"] == "samverkan-questions/1"
    assert [(one["subject"], one["fact"]) for one in data["questions"]] == [(q.subject, q.fact) for q in questions]
    age = next(one for one in data["questions"] if one["fact"] == "age")
    assert age["options"][0]["comes"][0].keys() >= {"rule", "measure", "subject", "bearer"}
    assert age["urgent"]["at"].endswith("+02:00")
