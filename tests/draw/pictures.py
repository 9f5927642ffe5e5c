"""Scenes and steps that several tests draw."""

from __future__ import annotations

from collections.abc import Sequence

from tests.stories import Story, example_plan

from samverkan.decide.answer import Answer
from samverkan.decide.deciding import decide
from samverkan.decide.events import Event
from samverkan.draw.case_scene import CaseStep
from samverkan.draw.scene import Column, Edge, Lane, Node, Scene

NAMES = {
    "S1": "kvinnan på hotellrummet", "B1": "köpare 1", "B2": "köpare 2", "B3": "köpare 3", "K1": "köp 1", "K2": "köp 2",
    "K3": "köp 3", "F1": "köpare 1 och hans barn", "C1": "barnet",
}  # fmt: skip


def small_scene(text: str = "Erbjud stödsamtal", label: str = "underrättar") -> Scene:
    """An event, what it sets going, and who is told."""
    return Scene(
        title=text,
        lanes=(Lane("h", "Händelser"), Lane("p", text), Lane("s", "Socialtjänstens barn- och ungdomsenhet")),
        columns=(Column("1", text),),
        nodes=(
            Node("e", "h", "1", "event", text),
            Node("q", "p", "1", "question", text, state="due", mark="● ska genast"),
            Node("d", "p", "1", "decision", text, text, "✓ gjort", "done"),
            Node("r", "s", "1", "receiver", text),
        ),
        edges=(Edge("e", "q"), Edge("e", "d", state="done"), Edge("d", "r", "tells", label, "done")),
        subtitle=text,
        note=text,
    )


def steps_of(story: Story) -> list[CaseStep]:
    """Each event of a story as a step, with the answer of the engine after it."""
    steps = []
    for number, event in enumerate(story.events, 1):
        answer: Answer = decide(story.plan, story.events[:number], event.known_at)
        steps.append(CaseStep(event.at, _label(story, event), _names(event), event.id, answer))
    return steps


def _label(story: Story, event: Event) -> str:
    return story.plan.events[event.type].label if event.type is not None else "besked"


def _names(event: Event) -> tuple[str, ...]:
    ids: Sequence[str | None] = (event.about.subject, *event.about.ends) if event.about is not None else ()
    return tuple(NAMES.get(subject, subject) for subject in ids if subject is not None)


def hotel() -> Story:
    """Three buyers and a seller, who the morning after turns out to have been a child."""
    story = Story(example_plan())
    story.event(
        "person_met", "S1 seller", "2013-05-14 21:10",
        age="adult", gender="woman", stay_municipality="vasteras", home_municipality="vasteras",
    )  # fmt: skip
    for number in (1, 2, 3):
        story.event(
            "buyer_caught", f"K{number} purchase of B{number} buyer, S1", "2013-05-14 21:20",
            agreement="reached", price="stated", payment="handed_over",
        )  # fmt: skip
    story.mark("declined", "kopare.stod/erbjudande B1", "2013-05-14 21:45")
    story.mark("done", "stod.saljare/information S1", "2013-05-14 21:50")
    story.event("age_established", "S1", "2013-05-15 09:00", age="child")
    return story


def consent() -> Story:
    """A suspicion of trafficking, whose notification waits for consent."""
    story = Story(example_plan())
    story.event(
        "person_met", "S1 seller", "2020-05-14 21:10",
        age="adult", permit="none", stay_municipality="vasteras", home_municipality="vasteras",
    )  # fmt: skip
    story.event("trafficking_suspected", "S1", "2020-05-14 22:00")
    return story
