"""The trace of a case as a scene: what happened, what it set going for whom, and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from samverkan.decide.answer import DecisionId
from samverkan.draw.case_reading import CaseStep, Seen, local, owed, read_case
from samverkan.draw.layout import legible
from samverkan.draw.overview import overview
from samverkan.draw.phrases import function, measure_text, named, shape_of
from samverkan.draw.receivers import BETWEEN_FUNCTIONS, EVENT_LANE, SHARED_LANE, lanes_of, other_end, receiver_of
from samverkan.draw.scene import Column, Edge, Node, Scene
from samverkan.draw.wording import (
    BEGINNING,
    BRIEF,
    CASE_SUBTITLE,
    OVERVIEWS,
    REST,
    capital,
    day_and_time,
    day_and_year,
    listed,
)
from samverkan.plan.model import Plan

__all__ = ["CaseStep", "case_scene", "case_scenes"]

MOST_IN_BRIEF = 30
"""Nobody takes in an overview of more nodes than that."""

MOST_ROWS, MOST_BESIDE = 8, 5
"""When what one time sets going is more than so many nodes under each other, it stands in several columns, so many at the most."""


def case_scene(
    plan: Plan,
    steps: Sequence[CaseStep],
    names: Mapping[str, str],
    *,
    title: str = "",
    missed: Collection[DecisionId] = (),
) -> Scene:
    """The whole trace in one scene.

    A case that is too long to be read on one A3 page is condensed to what tells its story, like things put together (`overview`);
    where that is too much as well, to what passes between functions. The scene says so, and `case_scenes` shows everything.

    Args:
        plan: the plan that the answers come from.
        steps: the case, in order of time.
        names: Swedish name of each subject.
        title: the heading; the plan's title without it.
        missed: decisions that were due and that nobody took, to be shown as such.

    Returns:
        The scene.

    Raises:
        ValueError: there are no steps.
    """
    trace = _Trace(plan, steps, names, title, missed)
    whole = trace.scene(_Part(trace.times, tuple(trace.seen)))
    return whole if legible(whole) else trace.brief() or trace.overview()


def case_scenes(
    plan: Plan,
    steps: Sequence[CaseStep],
    names: Mapping[str, str],
    *,
    title: str = "",
    missed: Collection[DecisionId] = (),
) -> tuple[Scene, ...]:
    """The whole trace on as many pages as it takes for every letter to be at least 9 points on A3, parted at times.

    Arguments and errors as for `case_scene`.
    """
    trace = _Trace(plan, steps, names, title, missed)
    pages: list[_Part] = []
    for piece in trace.pieces():
        longer = pages[-1].followed_by(piece) if pages else None
        if longer is not None and legible(trace.page(longer, "1 av 2")):
            pages[-1] = longer
        else:
            pages.append(piece)
    numbers = [f"{number} av {len(pages)}" if len(pages) > 1 else "" for number in range(1, len(pages) + 1)]
    return tuple(trace.page(page, number) for page, number in zip(pages, numbers, strict=True))


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands on a page: some steps, in groups that share a time, and some of what they set going."""

    times: tuple[tuple[int, ...], ...]
    seen: tuple[Seen, ...]

    def followed_by(self, other: _Part) -> _Part | None:
        """Both together; None where the other is more of the same time, which would not fit."""
        if self.times[-1] == other.times[0]:
            return None
        return _Part(self.times + other.times, self.seen + other.seen)


class _Trace:
    """A case that has been read, and its scenes."""

    def __init__(
        self,
        plan: Plan,
        steps: Sequence[CaseStep],
        names: Mapping[str, str],
        title: str,
        missed: Collection[DecisionId],
    ) -> None:
        if not steps:
            raise ValueError("ett ärende utan steg kan inte ritas")
        self.plan, self.steps, self.names = plan, steps, names
        self.title = title or plan.title
        self.missed = missed
        self.seen = read_case(plan, steps, missed)
        self.times = tuple(
            tuple(index for index, _ in same) for _, same in groupby(enumerate(steps), key=lambda pair: pair[1].at)
        )
        self.several = len({subject for one in self.seen for subject in one.subjects}) > 1

    def brief(self) -> Scene | None:
        """The story in one scene; None where it can't be read on one page."""
        for together in (1, 2, 3):
            nodes, edges, columns = overview(self.plan, self.steps, self.names, self.missed, together)
            drawn = self._framed(nodes, edges, columns, (0, len(self.steps) - 1), note=f"{BRIEF} {REST}")
            if len(nodes) <= MOST_IN_BRIEF and legible(drawn):
                return drawn
        return None

    def overview(self) -> Scene:
        """As much as can be read on one page of what passes between functions, is offered, is missed or taken back."""

        def between(one: Seen) -> bool:
            return one.decision.kind in BETWEEN_FUNCTIONS and one.state not in ("gone", "ended")

        def told(one: Seen, strengths: Collection[str]) -> bool:
            strong = one.decision.strength in strengths or one.state == "done"
            return between(one) and strong and one.decision.kind != "offer"

        levels: tuple[Callable[[Seen], bool], ...] = (
            lambda one: one.state == "gone" or between(one),
            between,
            lambda one: between(one) and (one.decision.strength != "may" or one.state == "done"),
            lambda one: told(one, ("must", "should")),
            lambda one: told(one, ("must",)),
        )
        all_seen = read_case(self.plan, self.steps, self.missed, timed=False)
        seen: tuple[Seen, ...] = ()
        for shown, note in zip(levels, OVERVIEWS, strict=True):
            seen = tuple(one for one in all_seen if one.state == "missed" or shown(one))
            scene = self._chosen(seen, note)
            if legible(scene):
                return scene
        for most in range(len(seen) - 1, 0, -1):
            scene = self._chosen(seen[:most], BEGINNING)
            if legible(scene):
                break
        return scene

    def _chosen(self, seen: tuple[Seen, ...], note: str) -> Scene:
        """A scene of these decisions and the steps behind them, with as few times put together as can be read."""
        behind = {index for one in seen for index in (one.first, *one.causes)}
        times = tuple(kept for time in self.times if (kept := tuple(index for index in time if index in behind)))
        for together in (1, 2, 3):
            scene = self.scene(_Part(self._merged(times, together), seen), note=f"{note} {REST}")
            if legible(scene):
                break
        return scene

    def _merged(self, times: Sequence[tuple[int, ...]], together: int) -> tuple[tuple[int, ...], ...]:
        """Up to so many times after each other as one, where they are of one day."""
        merged: list[list[tuple[int, ...]]] = []
        for time in times:
            if merged and len(merged[-1]) < together and self._day(merged[-1][0]) == self._day(time):
                merged[-1].append(time)
            else:
                merged.append([time])
        return tuple(tuple(index for time in group for index in time) for group in merged)

    def _day(self, time: tuple[int, ...]) -> date:
        return local(self.plan, self.steps[time[0]].at).date()

    def pieces(self) -> list[_Part]:
        """The case time by time; a time that sets more going than can be read on a page in several pieces."""
        return [piece for time in self.times for piece in self._cut(time, tuple(one for one in self.seen if one.first in time))]

    def _cut(self, time: tuple[int, ...], seen: tuple[Seen, ...]) -> list[_Part]:
        part = _Part((time,), seen)
        if len(seen) < 2 or legible(self.page(part, "1 av 2")):
            return [part]
        half = (len(seen) + 1) // 2
        return [*self._cut(time, seen[:half]), *self._cut(time, seen[half:])]

    def page(self, part: _Part, number: str) -> Scene:
        """A scene of a part, as high as can still be read."""
        for rows in (MOST_ROWS, MOST_ROWS - 2, MOST_ROWS - 3, MOST_ROWS - 4):
            scene = self.scene(part, number=number, rows=rows)
            if legible(scene):
                return scene
        return self.scene(part, number=number)

    def scene(self, part: _Part, *, number: str = "", note: str = "", rows: int = MOST_ROWS) -> Scene:
        """A scene of a part of the case."""
        picture = _Picture(self, part, rows)
        steps = [index for time in part.times for index in time] or [0]
        return self._framed(picture.nodes, picture.edges, picture.columns, (steps[0], steps[-1]), number=number, note=note)

    def _framed(
        self,
        nodes: Sequence[Node],
        edges: Sequence[Edge],
        columns: Sequence[Column],
        steps: tuple[int, int],
        *,
        number: str = "",
        note: str = "",
    ) -> Scene:
        """A scene with its heading, which says from when to when it is and how old its states are."""
        first, last = (local(self.plan, self.steps[index].at) for index in steps)
        span = day_and_year(first) if first.date() == last.date() else f"{day_and_year(first)} – {day_and_year(last)}"
        now = local(self.plan, self.steps[-1].answer.as_of)
        state = CASE_SUBTITLE.format(span=span, now=f"{day_and_year(now)} kl. {now:%H.%M}")
        return Scene(
            title=f"{self.title} ({number})" if number else self.title,
            lanes=lanes_of(self.plan, nodes),
            columns=tuple(columns),
            nodes=tuple(nodes),
            edges=tuple(edges),
            subtitle=f"{state} {self.plan.title}.",
            note=note,
        )


class _Picture:
    """The nodes and edges of one scene in the making."""

    def __init__(self, trace: _Trace, part: _Part, rows: int) -> None:
        self.rows = rows
        self.plan, self.steps, self.names, self.several = trace.plan, trace.steps, trace.names, trace.several
        self.columns: list[Column] = []
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.names_of: dict[tuple[Node, tuple[int, ...]], str] = {}
        self.drawn = {index for time in part.times for index in time}
        for time in part.times:
            self._time(time, [one for one in part.seen if one.first in time])

    def _heading(self, time: Sequence[int]) -> str:
        """When it was: "14 maj kl. 21.10", or from when to when that day."""
        first, last = (local(self.plan, self.steps[index].at) for index in (time[0], time[-1]))
        return day_and_time(first) if first == last else f"{day_and_time(first)}–{last:%H.%M}"

    def _time(self, now: Sequence[int], seen: Sequence[Seen]) -> None:
        """Adds everything that happened at one time."""
        group, heading = f"t{now[0]}", self._heading(now)
        self.nodes += [self._event(index, f"{group}.0") for index in now]
        alike: dict[tuple[Node, tuple[int, ...]], list[Seen]] = defaultdict(list)
        for one in seen:
            alike[self._node(one, ""), one.causes].append(one)
        counts = Counter(node.lane for node, _ in alike)
        others = {other for one in seen if (other := other_end(self.plan, one)) is not None}
        beside = _beside([*counts.elements(), *others], self.rows)
        place: Counter[str] = Counter()
        for (node, _), same in alike.items():
            column = f"{group}.{place[node.lane] // -(-counts[node.lane] // beside)}"
            place[node.lane] += 1
            for one in same:
                self._decision(one, column)
        used = {node.column for node in self.nodes}
        self.columns += [
            Column(f"{group}.{index}", heading, group) for index in range(beside) if f"{group}.{index}" in used
        ]

    def _event(self, index: int, column: str) -> Node:
        step = self.steps[index]
        # A mark often says whom it is about; nobody needs to be named twice.
        others = [name for name in step.subject_names if name not in step.label]
        return Node(f"e{index}", EVENT_LANE, column, "event", capital(step.label), listed(others))

    def _lane(self, one: Seen) -> str:
        return SHARED_LANE if one.shared else one.bearers[0]

    def _decision(self, one: Seen, column: str) -> None:
        """Adds a decision, and the one at its other end; what says exactly the same stands once, whoever is told."""
        name = self._named(self._node(one, column), one.causes)
        causes = [Edge(f"e{cause}", name, "starts", state=one.state) for cause in self._causes(one)]
        self.edges += [cause for cause in causes if cause not in self.edges]
        receiver = receiver_of(self.plan, one, column)
        if receiver is not None:
            tells = Edge(name, self._named(receiver), "tells", state=one.state)
            if tells not in self.edges:
                self.edges.append(tells)

    def _causes(self, one: Seen) -> list[int]:
        """The events that a decision hangs on here: those behind it, else (on another page) the one that showed it."""
        causes = [cause for cause in one.causes if cause in self.drawn]
        return causes or ([one.first] if self.steps[one.first].event_id is not None else [])

    def _named(self, node: Node, causes: tuple[int, ...] = ()) -> str:
        """The id of a node like this, which is added if there is none yet."""
        if (node, causes) not in self.names_of:
            name = self.names_of[node, causes] = f"d{len(self.names_of)}"
            self.nodes.append(replace(node, id=name))
        return self.names_of[node, causes]

    def _node(self, one: Seen, column: str) -> Node:
        decision = one.decision
        details = []
        about = named(one.subjects, self.names)
        if self.several and not any(cause in self.drawn and self.steps[cause].subject_names == (about,) for cause in one.causes):
            details.append(about)
        if len(one.bearers) > 1:
            details.append(f"({listed([function(self.plan, bearer) for bearer in one.bearers])})")
        if one.state in ("ask_first", "missed", "overdue"):
            details.append(owed(self.plan, decision))
        text = measure_text(self.plan, decision.kind, decision.object, decision.title)
        return Node("", self._lane(one), column, shape_of(decision.kind), text, "\n".join(details), one.mark, one.state)


def _beside(lanes: Sequence[str], rows: int) -> int:
    """How many columns nodes in these lanes take, so that no more than `rows` stand under each other."""
    counts = Counter(lanes)
    for beside in range(1, MOST_BESIDE):
        if sum(-(-count // beside) for count in counts.values()) <= rows:
            return beside
    return MOST_BESIDE
