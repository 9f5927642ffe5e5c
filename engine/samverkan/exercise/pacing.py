"""Where an exercise stops: what is new in each step, and which steps go by without anybody having to answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from samverkan.decide.answer import Answer, Decision
from samverkan.decide.events import Event
from samverkan.exercise.playing import Changes, Played


@dataclass(frozen=True, slots=True)
class Told:
    """A played step as it is told. `before`: the answer of the step before, None for the first. `news`: what has become of
    decisions since then. `events`: those that have happened, by id."""

    played: Played
    before: Answer | None
    news: Changes
    events: Mapping[str, Event]

    @property
    def asks(self) -> bool:
        """Whether something new is to be done, so that there is something to answer."""
        return bool(self.news.due or self.news.ask_first)

    @property
    def stops(self) -> bool:
        """Whether the group stops here: there is something to answer, or a question to talk about."""
        return self.asks or bool(self.played.step.question)

    @property
    def live(self) -> tuple[Decision, ...]:
        """All that is newly to be done, what waits for a consent included."""
        return self.news.due + self.news.ask_first


@dataclass(frozen=True, slots=True)
class Stop:
    """What is told in one go: steps that go by, then the step at which the group stops (None after the last such)."""

    by: tuple[Told, ...]
    at: Told | None


def told(plays: Iterable[Played]) -> Iterator[Told]:
    """The steps with what is new in each, as they are played."""
    before: Answer | None = None
    events: dict[str, Event] = {}
    for play in plays:
        event = play.step.event
        if event is not None:
            events = {**events, event.id: event}
        yield Told(play, before, news(play), events)
        before = play.answer


def stops(steps: Iterable[Told]) -> list[Stop]:
    """The steps parted where the group stops."""
    found: list[Stop] = []
    by: list[Told] = []
    for one in steps:
        if one.stops:
            found.append(Stop(tuple(by), one))
            by = []
        else:
            by.append(one)
    return [*found, Stop(tuple(by), None)] if by else found


def news(play: Played) -> Changes:
    """What time and event together have brought since the step before, each decision once and as it is in the end."""
    latest = {d.id: d for d in play.answer.decisions}
    brought = {d.id for kind in Changes.__slots__ for d in getattr(play.changes, kind)}

    def of(kind: str) -> tuple[Decision, ...]:
        by_clock = (latest.get(d.id, d) for d in getattr(play.by_clock, kind) if d.id not in brought)
        return (*by_clock, *getattr(play.changes, kind))

    return Changes(**{kind: of(kind) for kind in Changes.__slots__})
