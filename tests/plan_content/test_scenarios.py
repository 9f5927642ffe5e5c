"""The shipped scenarios taken together: whom, where, when and what they tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from tests.plan_content.shipped import county

from samverkan.decide.events import Event
from samverkan.decide.knowledge import NOTHING_DELIVERED, deliver, known
from samverkan.decide.world import World
from samverkan.directory.calendar import Calendar
from samverkan.exercise.scenario import Scenario, Step
from samverkan.exercise.scenario_files import outlines, read_scenario
from samverkan.plan.checks.reading import atoms_of
from samverkan.plan.places import shipped

OUTSIDE = {"elsewhere", "abroad"}
"""The municipalities that aren't the county's own."""

WORDS = {
    "begging": r"\btigg(er|a|de|eri)\b",
    "work without pay": r"\blön\b",
    "forced crime": r"\b(stjäla|stulit|stöld|inbrott)\b",
    "a debt": r"\bskuld\b",
    "an interpreter who can't be had": r"\bTolkförmedlingen har ingen\b",
    "a landlord": r"\bhyresvärd",
}
"""What no fact tells apart, each as the stories say it."""

TURNS = (
    "tip_received", "raid_planned", "went_missing", "found_again", "child_placed", "taken_into_care", "turned_18",
    "age_established", "own_offence_found", "suspicion_dismissed", "control_dismissed", "danger_reported", "violence_reported",
    "suspect_released", "reflection_period_granted", "reflection_period_refused", "permit_granted", "return_carried_out",
    "inquiry_not_opened", "limitation_assessed", "penalty_order_answered", "charge_decided", "case_decided",
    "shelter_consent_stated", "shelter_asked", "contact_details_requested", "moved",
)  # fmt: skip
"""The turns that a plan must bear: each is an event of some story."""


class Told(NamedTuple):
    """An event of a type, with its step and scenario."""

    scenario: Scenario
    step: Step
    event: Event


class Somebody(NamedTuple):
    """A person with a role, as known when some step has been told."""

    role: str
    age: str
    gender: str
    citizenship: str
    exploited: frozenset[str]


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(read_scenario(county(), outline) for outline in outlines(shipped("scenarios")))


@cache
def told() -> tuple[Told, ...]:
    return tuple(
        Told(scenario, step, event)
        for scenario in scenarios() for step in scenario.steps for event in step.events
        if event.type is not None
    )  # fmt: skip


def known_at(scenario: Scenario, step: Step) -> World:
    """What is known when a step has been told."""
    events = [event for one in scenario.steps[: step.number] for event in one.events]
    return World(county(), known(deliver(NOTHING_DELIVERED, events), step.at))


@cache
def everybody() -> frozenset[Somebody]:
    """Everyone in the scenarios, at every step."""
    forms = sorted(forms_of_exploitation())
    found = set()
    for scenario in scenarios():
        for step in scenario.steps:
            world = known_at(scenario, step)
            for person in world.people.first:
                age, gender, citizenship, *suspected = (
                    world.value(person, fact, step.at) for fact in ("age", "gender", "citizenship", *forms)
                )
                forms_here = frozenset(form for form, value in zip(forms, suspected, strict=True) if value == "suspected")
                for role in world.people.roles(person, step.at):
                    found.add(Somebody(role, age, gender, citizenship, forms_here))
    return frozenset(found)


@cache
def never_of_a_known_sex() -> frozenset[tuple[str, str]]:
    """Scenario and person, of those who are exploited or sell and whose sex isn't known at the end either."""
    found = set()
    for scenario in scenarios():
        last = scenario.steps[-1]
        world = known_at(scenario, last)
        for person in world.people.first:
            if world.value(person, "gender", last.at) == "unknown" and "seller" in world.people.roles(person, last.at):
                found.add((scenario.id, person))
    return frozenset(found)


def forms_of_exploitation() -> set[str]:
    """The facts by which somebody counts as exploited."""
    return {atom.fact for atom in atoms_of(county().conclusions["exploited"].when)}


def values_said(fact: str) -> set[str]:
    """The values that some event says of a fact, by its nature or because they are stated."""
    found = set()
    for _, _, event in told():
        stated = dict(event.facts)
        for says in county().events[event.type or ""].says:
            value = stated.get(says.path, says.values[0] if says.given else None)
            if says.fact == fact and value is not None:
                found.add(value)
    return found


# ------------------------------------------------------------------------------------------------------ spread


def test_there_are_many_and_of_every_difficulty() -> None:
    assert len(scenarios()) >= 30
    assert {scenario.difficulty for scenario in scenarios()} == {1, 2, 3, 4, 5}


def test_somebody_is_met_in_every_municipality_and_lives_outside_the_county() -> None:
    ours = set(county().municipalities) - OUTSIDE
    assert len(ours) == 10
    assert ours - values_said("stay_municipality") == set()
    assert OUTSIDE - values_said("home_municipality") == set()


@pytest.mark.parametrize("role", ["seller", "buyer"])
@pytest.mark.parametrize("age", ["adult", "child"])
def test_grown_ups_and_children_sell_and_buy(role: str, age: str) -> None:
    assert [one for one in everybody() if (one.role, one.age) == (role, age)]


@pytest.mark.parametrize(
    ("gender", "age"), [("woman", "adult"), ("woman", "child"), ("man", "adult"), ("man", "child"), ("other", "adult")]
)
def test_whoever_is_exploited_or_sells_is_of_every_sex(gender: str, age: str) -> None:
    assert [one for one in everybody() if (one.role, one.gender, one.age) == ("seller", gender, age)]


def test_a_sex_may_stay_unknown_and_both_women_and_men_buy() -> None:
    assert never_of_a_known_sex()
    assert {one.gender for one in everybody() if one.role == "buyer"} >= {"woman", "man"}


@pytest.mark.parametrize("citizenship", ["swedish", "eu", "third_country", "stateless"])
def test_every_citizenship_is_somewhere(citizenship: str) -> None:
    assert citizenship in {one.citizenship for one in everybody() if one.role == "seller"}


def test_grown_ups_and_children_of_both_sexes_are_exploited_in_every_form() -> None:
    found = {(form, one.age) for one in everybody() for form in one.exploited}
    assert {(form, age) for form in forms_of_exploitation() for age in ("adult", "child")} - found == set()
    sexes = {(form, one.gender) for one in everybody() for form in one.exploited}
    assert {(form, gender) for form in forms_of_exploitation() for gender in ("woman", "man")} - sexes == set()


@pytest.mark.parametrize("theme", sorted(WORDS))
def test_a_story_tells_of(theme: str) -> None:
    word = re.compile(WORDS[theme], re.IGNORECASE)
    assert any(word.search(step.story) for scenario in scenarios() for step in scenario.steps)


@pytest.mark.parametrize("turn", TURNS)
def test_a_story_has_this_turn(turn: str) -> None:
    assert turn in {event.type for _, _, event in told()}


def test_consents_are_given_refused_withdrawn_and_run_out() -> None:
    kinds = {county().events[event.type or ""].consent for _, _, event in told()}
    assert {"given", "refused", "withdrawn"} <= kinds
    assert {event.telling for _, _, event in told()} >= {"identity", "circumstances"}
    assert list(asked_again_after_the_end())


def asked_again_after_the_end() -> Iterator[tuple[str, int]]:
    """Scenario and step in which a consent has run out and its recipient is to be asked for again."""
    for scenario, _, event in told():
        for step in scenario.steps:
            asked = [e for e in step.expectations if e.kind == "ask" and event.about and e.named.subject == event.about.subject]
            if event.until is not None and event.until <= step.at and asked:
                yield scenario.id, step.number


def local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(county().timezone))


def test_evenings_nights_weekends_eves_and_public_holidays_are_somewhere() -> None:
    calendar = Calendar(county().country)
    times = [local(step.at) for _, step, _ in told()]
    assert [at for at in times if calendar.is_working_day(at.date()) and at.hour >= 18]
    assert [at for at in times if at.hour < 6]
    assert [at for at in times if at.weekday() == 5 and not calendar.is_holiday(at.date())]
    assert [at for at in times if at.weekday() == 6]
    assert [at for at in times if calendar.is_eve(at.date())]
    assert [at for at in times if calendar.is_holiday(at.date())]
