"""The cards of the shipped scenarios: none gives its reader what secrecy keeps from it, or the news that there is somebody."""

from __future__ import annotations

import re

from tests.plan_content.shipped import county
from tests.plan_content.test_scenarios import known_at, scenarios

from samverkan.decide.world import World
from samverkan.exercise.playing import play
from samverkan.exercise.scenario import Scenario, Step

IGNORANT = re.compile(r"\b(vet|känner)\s+(inte|inget|ingenting)\b", re.IGNORECASE)
"""Whoever doesn't know of somebody gets no card that says so."""

TOO_EARLY = "underratta-migrationsverket-i-fortid"


def cards() -> list[tuple[Scenario, Step, str, str]]:
    """Scenario, step, function and text of every card."""
    return [(one, step, who, text) for one in scenarios() for step in one.steps for who, text in step.knows.items()]


def persons_of(step: Step, world: World) -> set[str]:
    """Those whom a step is about: the subjects of its event or marks, and who stands at the ends."""
    named: list[str | None] = []
    for event in step.events:
        named += [event.about.subject, *event.about.ends] if event.about is not None else []
        named += [event.mark.subject] if event.mark is not None else []
    ends = [person for one in named if one in world.relations for person in world.relations[one].ends.values()]
    return {world.canonical(one) for one in (*named, *ends) if one is not None and world.canonical(one) in world.people.first}


def test_there_are_cards_and_none_tells_its_reader_of_what_the_reader_does_not_know() -> None:
    assert len(cards()) >= 15
    assert [f"{scenario.id} {step.number}: {who}" for scenario, step, who, text in cards() if IGNORANT.search(text)] == []


def test_the_police_have_no_card_at_a_step_about_somebody_they_do_not_know() -> None:
    read, wrong = 0, []
    for scenario, step, who, _ in cards():
        if who == "polisen":
            world = known_at(scenario, step)
            aware = {person: world.value(person, "police_aware", step.at) for person in persons_of(step, world)}
            wrong += [f"{scenario.id} {step.number}: {person}" for person, value in aware.items() if value == "not_aware"]
            read += 1
    assert read
    assert wrong == []


def test_the_migration_agency_has_no_card_about_somebody_of_whom_it_is_not_to_know_yet() -> None:
    read, wrong = 0, []
    for scenario in {one.id: one for one, _, who, _ in cards() if who == "migrationsverket"}.values():
        for played in play(county(), scenario):
            step = played.step
            if "migrationsverket" in step.knows:
                read += 1
                world = known_at(scenario, step)
                # Whom it has met itself, nobody has told it of.
                others = {one for one in persons_of(step, world) if world.value(one, "migration_contact", step.at) != "met"}
                early = {d.person for d in played.answer.decisions if (d.object, d.status) == (TOO_EARLY, "due")}
                wrong += [f"{scenario.id} {step.number}: {one}" for one in early & others]
    assert read
    assert wrong == []
