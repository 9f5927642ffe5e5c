"""What holds of every directory: units at random, in a small world where they often meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.directory.building import OFFICE, OFFICE_DAY, measure, plan, rule

from samverkan.directory.answering import Answering, Directory
from samverkan.directory.coverage import directory_problems
from samverkan.directory.gaps import gaps_of
from samverkan.plan.model import Deadline, Function, Hours, Plan, Unit

FUNCTIONS = (Function("barn", "barnenheten", ("home_municipality", "stay_municipality")), Function("polis", "Polisen"))
MUNICIPALITIES = {"sala": "Sala", "vasteras": "Västerås", "elsewhere": "annan kommun"}
EVENING = Hours("evening", "kvällar", (((990, 1320),),) * 7, ((600, 720), (1000, 1100)))
NEVER = Hours("never", "stängt", ((),) * 7, (), ())
NOT_EVES = Hours("not-eves", "ej aftnar", (((0, 1440),),) * 7, ((0, 1440),), OFFICE_DAY)
HOURS = (OFFICE, EVENING, NEVER, NOT_EVES)
DATES = st.none() | st.sampled_from([date(2013, 6, 1), date(2013, 6, 20), date(2013, 6, 30), date(2017, 1, 1)])
START = datetime(2013, 5, 2, tzinfo=UTC)
INSTANTS = st.one_of(
    st.integers(0, 90 * 1440).map(lambda minutes: START + timedelta(minutes=minutes)),
    st.integers(0, 5 * 365 * 1440).map(lambda minutes: START + timedelta(minutes=minutes)),
)
NAMES = ("a", "b", "c", "d", "e")


@st.composite
def units(draw: st.DrawFn) -> tuple[Unit, ...]:
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    return tuple(
        Unit(
            name,
            f"enhet {name}",
            tuple(sorted(draw(st.sets(st.sampled_from(["barn", "polis"]), min_size=1)))),
            draw(st.none() | st.sets(st.sampled_from(sorted(MUNICIPALITIES)), min_size=1).map(lambda s: tuple(sorted(s)))),
            draw(st.just({}) | st.sets(st.sampled_from(["woman", "man"]), min_size=1).map(_gender)),
            draw(st.sampled_from(["always", "office", "evening", "never", "not-eves"])),
            tuple(draw(st.lists(st.sampled_from(names), max_size=3, unique=True))),
            draw(DATES),
            draw(DATES),
        )
        for name in names
    )


def _gender(values: set[str]) -> dict[str, tuple[str, ...]]:
    return {"gender": tuple(sorted(values))}


@dataclass(frozen=True)
class Question:
    function: str
    municipality: str | None
    person: Mapping[str, str]
    at: datetime
    on_call: frozenset[str]
    any_stand_in: bool

    def ask(self, directory: Directory) -> Answering:
        return directory.answering(
            self.function, self.municipality, self.person, self.at, self.on_call, any_stand_in=self.any_stand_in
        )


QUESTIONS = st.builds(
    Question,
    st.sampled_from(["barn", "polis"]),
    st.none() | st.sampled_from(sorted(MUNICIPALITIES)),
    st.just({}) | st.sampled_from(["woman", "man", "other", "unknown"]).map(lambda value: {"gender": value}),
    INSTANTS,
    st.frozensets(st.sampled_from(["barn", "polis"]), max_size=1),
    st.booleans(),
)


def world(given_units: tuple[Unit, ...], **more: object) -> Plan:
    return plan(given_units, functions=FUNCTIONS, municipalities=MUNICIPALITIES, hours=HOURS, **more)  # type: ignore[arg-type]


def may_answer(directory: Directory, unit: Unit, question: Question) -> bool:
    """Whether the unit exists that day and is for the person, read straight from the words of the contract."""
    day = question.at.astimezone(directory.zone).date()
    exists = (unit.first or date.min) <= day <= (unit.last or date.max)
    return exists and all(question.person.get(fact) in values for fact, values in unit.serves.items())


def is_open(directory: Directory, unit: Unit, question: Question) -> bool:
    """Read from the declared hours, by another way than the directory's."""
    if question.on_call & set(unit.functions):
        return True
    local = question.at.astimezone(directory.zone)
    hours = {each.id: each for each in HOURS}.get(unit.hours)
    if hours is None:
        return True
    windows = hours.days[local.weekday()]
    if directory.calendar.is_eve(local.date()) and hours.eves is not None:
        windows = hours.eves
    if directory.calendar.is_holiday(local.date()):
        windows = hours.holidays
    return any(start * 60 <= local.hour * 3600 + local.minute * 60 + local.second < end * 60 for start, end in windows)


def in_area(unit: Unit, question: Question) -> bool:
    return question.function == "polis" or unit.area is None or question.municipality in unit.area


@settings(max_examples=300, deadline=None)
@given(units(), QUESTIONS)
def test_who_answers_exists_that_day_serves_the_person_and_bears_the_function(
    given_units: tuple[Unit, ...], question: Question
) -> None:
    directory = Directory(world(given_units))
    answer = question.ask(directory)
    possible = [
        unit
        for unit in given_units
        if question.function in unit.functions and in_area(unit, question) and may_answer(directory, unit, question)
    ]
    if answer.unit is None:
        assert not possible
        assert not answer.open
        return
    unit = directory.plan.units[answer.unit]
    assert may_answer(directory, unit, question)
    if answer.stands_in_for is None:
        assert unit in possible
    else:
        assert directory.plan.units[answer.stands_in_for] in possible
        assert question.any_stand_in or question.function in unit.functions


@settings(max_examples=300, deadline=None)
@given(units(), QUESTIONS)
def test_open_says_the_truth_and_is_missed_only_when_everybody_is_closed(given_units: tuple[Unit, ...], question: Question) -> None:
    directory = Directory(world(given_units))
    answer = question.ask(directory)
    if answer.unit is not None:
        assert answer.open is is_open(directory, directory.plan.units[answer.unit], question)
    assert not (answer.open and answer.opens)
    if not answer.open:
        for unit in given_units:
            if question.function in unit.functions and in_area(unit, question):
                assert not (may_answer(directory, unit, question) and is_open(directory, unit, question))
    if answer.opens is not None and answer.unit is not None:
        assert answer.opens > question.at
        then = Question(question.function, question.municipality, question.person, answer.opens, frozenset(), question.any_stand_in)
        unit = directory.plan.units[answer.unit]
        assert is_open(directory, unit, then)
        assert may_answer(directory, unit, then)


@settings(max_examples=200, deadline=None)
@given(units(), QUESTIONS, st.permutations(NAMES))
def test_the_order_of_units_with_areas_apart_does_not_matter(
    given_units: tuple[Unit, ...], question: Question, order: list[str]
) -> None:
    areas = [("sala",), ("vasteras",), ("elsewhere",)]
    apart = [
        Unit(u.id, u.label, ("barn",), area, u.serves, u.hours, (), u.first, u.last)
        for u, area in zip(given_units, areas, strict=False)
    ]
    shuffled = sorted(apart, key=lambda unit: order.index(unit.id))
    asked = Question("barn", question.municipality, question.person, question.at, question.on_call, False)
    assert asked.ask(Directory(world(tuple(apart)))) == asked.ask(Directory(world(tuple(shuffled))))


@settings(max_examples=200, deadline=None)
@given(units(), st.lists(QUESTIONS, max_size=6))
def test_what_was_asked_before_does_not_matter(given_units: tuple[Unit, ...], questions: list[Question]) -> None:
    used = Directory(world(given_units))
    for question in questions:
        assert question.ask(used) == question.ask(Directory(used.plan))
    assert [q.ask(used) for q in questions] == [q.ask(used) for q in questions]


DUTY = measure("skydd", "perform", "utreda", "barn", Deadline("at once"))


@settings(max_examples=100, deadline=None)
@given(units(), st.lists(QUESTIONS, min_size=1, max_size=10))
def test_a_plan_without_errors_has_somebody_there_whenever_it_is_asked(
    given_units: tuple[Unit, ...], questions: list[Question]
) -> None:
    checked = world(given_units, rules=[rule("r", DUTY)])
    errors = [problem for problem in directory_problems(checked) if problem.severity == "error"]
    directory = Directory(checked)
    for question in questions:
        asked = Question("barn", question.municipality, question.person, question.at, frozenset(), False)
        answer = asked.ask(directory)
        assert errors or answer.open


@settings(max_examples=100, deadline=None)
@given(units(), QUESTIONS)
def test_without_gaps_somebody_is_open(given_units: tuple[Unit, ...], question: Question) -> None:
    directory = Directory(world(given_units))
    day = question.at.astimezone(directory.zone).date()
    places = directory.places(question.function, question.municipality, question.person, day)
    asked = Question(question.function, question.municipality, question.person, question.at, frozenset(), False)
    if places and not gaps_of(places):
        assert asked.ask(directory).open
