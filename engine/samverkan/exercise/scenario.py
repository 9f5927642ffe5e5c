"""A scenario: a story in steps, each an event, marks or time that passes, with what is expected after it. Frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from samverkan.case.reading import Named
from samverkan.decide.events import Event
from samverkan.plan.errors import PlanError, Problem
from samverkan.plan.model import Plan, Position

ExpectationKind = Literal["due", "not", "ask", "done", "declined", "lapsed", "withdrawn", "overdue", "exactly"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a step says of one decision, or of all decisions of a rule about a subject. `text` as it is written."""

    kind: ExpectationKind
    named: Named
    text: str
    position: Position


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `at`: the instant that it tells of, when its events are known and have happened. `events`: an event, a mark, or
    several marks at once; none: time passes. `question`: to talk about; `reply`: what is worth saying about it, for the leader.

    `exactly`: where it is not None, the decisions named are all that is due or asked first.
    """

    number: int
    at: datetime
    events: tuple[Event, ...]
    story: str
    knows: Mapping[str, str]
    question: str
    reply: str
    expectations: tuple[Expectation, ...]
    exactly: tuple[Expectation, ...] | None
    position: Position


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. `summary`: for all; it gives no answer away. `shows`: what it is to teach, for the leader. `who`: what each
    subject is called in running text. `steps` in the order of time, never empty."""

    id: str
    title: str
    summary: str
    shows: str
    difficulty: int
    plan: str
    who: Mapping[str, str]
    steps: tuple[Step, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """What happens in all of it, in the order in which it is told."""
        return tuple(event for step in self.steps for event in step.events)


def moved(scenario: Scenario, plan: Plan, start: date) -> Scenario:
    """The scenario with its first step on the day `start`: everything moves by whole days and keeps its time on the clock.

    Also when something became known, until when a consent goes and when an offence was committed move.

    Raises:
        PlanError: the clock changes so that the steps would change places, or a time is out of reach.
    """
    zone = ZoneInfo(plan.timezone)
    days = start - scenario.steps[0].at.astimezone(zone).date()
    try:
        steps = tuple(_moved(step, days, zone) for step in scenario.steps)
    except OverflowError:
        raise PlanError([Problem(scenario.steps[0].position, f"{scenario.title}: dagen {start} ligger för långt bort.")]) from None
    for earlier, later in pairwise(steps):
        if later.at < earlier.at:
            text = "steget hamnar före det föregående, eftersom klockan ställs om den dagen. Välj en annan första dag."
            raise PlanError([Problem(later.position, text, "error", "order")])
    return replace(scenario, steps=steps)


def _moved(step: Step, days: timedelta, zone: ZoneInfo) -> Step:
    events = tuple(
        replace(
            event,
            at=_later(event.at, days, zone),
            known_at=_later(event.known_at, days, zone),
            until=_later(event.until, days, zone) if event.until is not None else None,
            offence_at=_later(event.offence_at, days, zone) if event.offence_at is not None else None,
        )
        for event in step.events
    )
    return replace(step, at=_later(step.at, days, zone), events=events)


def _later(at: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    """The same time on the clock some days later. Where the clock skips it, the instant as far after the skip."""
    return (at.astimezone(zone) + days).astimezone(at.tzinfo)
