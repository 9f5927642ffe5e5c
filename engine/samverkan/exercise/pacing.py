"""Where an exercise stops: what is new in each step, and which steps go by without anybody having to answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from samverkan.decide.answer import Answer, Decision, DecisionId
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
        events = {**events, **{event.id: event for event in play.step.events}}
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


def runs(steps: Iterable[Told], zone: ZoneInfo) -> Iterator[tuple[Told, ...]]:
    """The steps in company: with one that goes by those that follow it on the same day without a story of their own."""
    run: list[Told] = []
    for one in steps:
        if run and not (_silent(one) and not run[0].stops and _day(one, zone) == _day(run[0], zone)):
            yield tuple(run)
            run = []
        run.append(one)
    if run:
        yield tuple(run)


def together(run: Sequence[Told]) -> Told:
    """A run as if it were one step: what has become of each decision in the end."""
    first, last = run[0], run[-1]

    def of(kind: str) -> tuple[Decision, ...]:
        # What became of a decision twice is told as it was the last time.
        found = ((number, d) for number, one in enumerate(run) for d in getattr(one.news, kind))
        return tuple(d for number, d in found if not any(d.id in _ids(later.news) for later in run[number + 1 :]))

    return Told(last.played, first.before, Changes(**{kind: of(kind) for kind in Changes.__slots__}), last.events)


def _ids(changes: Changes) -> set[DecisionId]:
    return {d.id for kind in Changes.__slots__ for d in getattr(changes, kind)}


def _silent(told: Told) -> bool:
    step = told.played.step
    return bool(step.events) and not (told.stops or step.story or step.knows)


def _day(told: Told, zone: ZoneInfo) -> date:
    return told.played.step.at.astimezone(zone).date()


def news(play: Played) -> Changes:
    """What time and event together have brought since the step before, each decision once and as it is in the end."""
    latest = {d.id: d for d in play.answer.decisions}
    brought = _ids(play.changes)

    def of(kind: str) -> tuple[Decision, ...]:
        by_clock = (latest.get(d.id, d) for d in getattr(play.by_clock, kind) if d.id not in brought)
        return (*by_clock, *getattr(play.changes, kind))

    return Changes(**{kind: of(kind) for kind in Changes.__slots__})
