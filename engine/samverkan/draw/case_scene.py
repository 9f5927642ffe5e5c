"""The trace of a case as a scene: what happened, what it set going for whom, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from samverkan.decide.answer import Answer, Answering, Decision, DecisionId, Term
from samverkan.draw.layout import legible
from samverkan.draw.phrases import duty, function, measure_text, named, shape_of, told_text
from samverkan.draw.scene import Column, Edge, Lane, Node, Scene, State
from samverkan.draw.wording import (
    EVENTS,
    MARKS,
    MONTHS,
    NOT_TOLD,
    OVERDUE,
    REPLACED,
    SHARED,
    WAITS,
    WITHDRAWN,
    capital,
    day_and_time,
    day_and_year,
    listed,
)
from samverkan.graph.chains import SHARED_FROM
from samverkan.plan.model import Plan

EVENT_LANE, SHARED_LANE = "+events", "+shared"
_STATES: Mapping[str, State] = {
    "ask_first": "ask_first", "due": "due", "done": "done", "declined": "declined", "lapsed": "gone", "withdrawn": "gone",
}


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case: an event (or a mark, or time that passed) and the answer after it.

    `label` says what happened, `subject_names` about whom; `event_id` is its event's id, if it has one.
    """

    at: datetime
    label: str
    subject_names: tuple[str, ...]
    event_id: str | None
    answer: Answer


def case_scene(
    plan: Plan,
    steps: Sequence[CaseStep],
    names: Mapping[str, str],
    *,
    title: str = "",
    missed: Collection[DecisionId] = (),
) -> Scene:
    """The whole trace in one scene; a long case is better drawn by `case_scenes`.

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
    return trace.scene(range(len(steps)), 1, 1)


def case_scenes(
    plan: Plan,
    steps: Sequence[CaseStep],
    names: Mapping[str, str],
    *,
    title: str = "",
    missed: Collection[DecisionId] = (),
) -> tuple[Scene, ...]:
    """The trace on as many pages as it takes for every letter to be at least 9 points on A3, parted at times.

    Arguments and errors as for `case_scene`.
    """
    trace = _Trace(plan, steps, names, title, missed)
    pages: list[range] = []
    start = 0
    while start < len(steps):
        end = start + 1
        while end < len(steps) and (
            _same_time(steps[end - 1], steps[end]) or legible(trace.scene(range(start, end + 1), 1, 2))
        ):
            end += 1
        pages.append(range(start, end))
        start = end
    return tuple(trace.scene(page, number, len(pages)) for number, page in enumerate(pages, 1))


def _same_time(first: CaseStep, second: CaseStep) -> bool:
    return first.at == second.at


@dataclass(frozen=True, slots=True)
class _Seen:
    """A decision over the whole case: the step that first showed it, the last that changed it, the step that caused it."""

    decision: Decision
    first: int
    changed: int
    cause: int
    state: State
    mark: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Decisions that say the same about several subjects or of several bearers: one node."""

    seen: _Seen
    lane: str
    subjects: tuple[str, ...]
    bearers: tuple[str, ...]


class _Trace:
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
        self.zone = ZoneInfo(plan.timezone)
        self.title = title or plan.title
        self.missed = frozenset(missed)
        self.known = [{decision.id: decision for decision in step.answer.decisions} for step in steps]
        self.place = {step.event_id: index for index, step in enumerate(steps) if step.event_id is not None}
        self.seen = [self._seen(decision) for decision in steps[-1].answer.decisions]
        self.several = len({seen.decision.id.subject for seen in self.seen}) > 1

    # ------------------------------------------------------------------------------------- reading the case

    def _seen(self, decision: Decision) -> _Seen:
        shown = [known.get(decision.id) for known in self.known]
        history = [one.status if one is not None else None for one in shown]
        first = next(index for index, status in enumerate(history) if status is not None)
        changes = [index for index in range(1, len(history)) if history[index] != history[index - 1]]
        changed = changes[-1] if changes else first
        return _Seen(
            decision, first, changed, self._cause(decision, first),
            self._state(decision), self._mark(decision, changed if changed > first else None),
        )

    def _cause(self, decision: Decision, first: int) -> int:
        """The latest step up to `first` whose event is behind the decision; `first` itself where none is."""
        events = {decision.id.occurrence, *_events(decision.explanation)}
        known = [self.place[event] for event in events if event in self.place and self.place[event] <= first]
        return max(known, default=first)

    def _state(self, decision: Decision) -> State:
        if decision.id in self.missed and decision.status in ("due", "ask_first"):
            return "missed"
        return _STATES[decision.status]

    def _mark(self, decision: Decision, changed: int | None) -> str:
        """The state in words, with the time where it came later than the decision itself."""
        state = self._state(decision)
        if state == "due":
            if "overdue" in decision.flags:
                return OVERDUE
            sign = "○" if decision.strength == "may" else "●"
            return f"{sign} {self._duty(decision)}"
        word = MARKS[state]
        if decision.replaced_by is not None and state == "gone":
            word = REPLACED
        elif decision.status == "withdrawn":
            word = WITHDRAWN
        when = decision.ended_at if state == "gone" else self.steps[changed].at if changed is not None else None
        return f"{word} {day_and_time(self._local(when))}" if when is not None and changed is not None else word

    def _duty(self, decision: Decision) -> str:
        deadline = decision.deadline
        if deadline is None:
            return duty(self.plan, decision.strength, "")
        if deadline.real and deadline.day is not None:
            return f"{duty(self.plan, decision.strength, '')} senast {deadline.day.day} {MONTHS[deadline.day.month - 1]}"
        if deadline.real and deadline.at is not None:
            return f"{duty(self.plan, decision.strength, '')} senast {day_and_time(self._local(deadline.at))}"
        return duty(self.plan, decision.strength, deadline.text)

    def _local(self, when: datetime) -> datetime:
        return when.astimezone(self.zone)

    # ------------------------------------------------------------------------------------ drawing a part of it

    def scene(self, part: range, page: int, pages: int) -> Scene:
        columns = self._columns(part)
        groups = self._groups([seen for seen in self.seen if seen.first in part])
        nodes = [self._event(index, columns[index]) for index in part]
        edges: list[Edge] = []
        told: dict[tuple[str, str, str, str, State], str] = {}
        for number, group in enumerate(groups):
            name = f"d{number}"
            column = columns[group.seen.first]
            nodes.append(self._decision(name, group, column))
            if group.seen.cause in part:
                edges.append(Edge(f"e{group.seen.cause}", name, "starts", state=group.seen.state))
            receiver = self._receiver(group, column)
            if receiver is not None:
                key = (receiver.lane, column, receiver.text, receiver.detail, receiver.state)
                if key not in told:
                    told[key] = f"r{len(told)}"
                    nodes.append(_renamed(receiver, told[key]))
                edges.append(Edge(name, told[key], "tells", state=group.seen.state))
        first, last = self._local(self.steps[part[0]].at), self._local(self.steps[part[-1]].at)
        span = day_and_year(first) if first.date() == last.date() else f"{day_and_year(first)} – {day_and_year(last)}"
        subtitle = f"{self.plan.title}. Så gick ärendet {span}, som läget var {self._as_of()}."
        return Scene(
            title=f"{self.title} ({page} av {pages})" if pages > 1 else self.title,
            lanes=self._lanes(nodes),
            columns=tuple(dict.fromkeys(self._column(index, columns, part) for index in part)),
            nodes=tuple(nodes),
            edges=tuple(edges),
            subtitle=subtitle,
        )

    def _as_of(self) -> str:
        when = self._local(self.steps[-1].answer.as_of)
        return f"{day_and_year(when)} kl. {when:%H.%M}"

    def _columns(self, part: range) -> dict[int, str]:
        """The column of each step: those of one instant share one."""
        found: dict[int, str] = {}
        for index in part:
            same = index > part[0] and _same_time(self.steps[index - 1], self.steps[index])
            found[index] = found[index - 1] if same else f"t{index}"
        return found

    def _column(self, index: int, columns: Mapping[int, str], part: range) -> Column:
        first = next(other for other in part if columns[other] == columns[index])
        return Column(columns[index], day_and_time(self._local(self.steps[first].at)))

    def _event(self, index: int, column: str) -> Node:
        step = self.steps[index]
        return Node(f"e{index}", EVENT_LANE, column, "event", capital(step.label), listed(step.subject_names))

    def _groups(self, seen: Sequence[_Seen]) -> list[_Group]:
        """Puts together what is said of several subjects, then what several bearers are to do alike."""
        alike: dict[tuple[object, ...], list[_Seen]] = defaultdict(list)
        for one in seen:
            decision = one.decision
            alike[
                one.first, decision.id.rule, decision.id.measure, decision.id.bearer, one.cause, one.state, one.mark,
                _unit(decision.recipient), decision.telling,
            ].append(one)
        groups = [
            _Group(
                ones[0], ones[0].decision.id.bearer,
                tuple(dict.fromkeys(one.decision.id.subject for one in ones)), (ones[0].decision.id.bearer,),
            )
            for ones in alike.values()
        ]
        order = {rule: index for index, rule in enumerate(self.plan.rules)}
        groups.sort(key=lambda group: (group.seen.first, order.get(group.seen.decision.id.rule, len(order))))
        return self._shared(groups)

    def _shared(self, groups: Sequence[_Group]) -> list[_Group]:
        together: dict[tuple[object, ...], list[_Group]] = defaultdict(list)
        for group in groups:
            seen = group.seen
            together[
                seen.first, seen.decision.id.rule, seen.decision.id.measure, group.subjects, seen.cause, seen.mark
            ].append(group)
        found: list[_Group] = []
        for same in together.values():
            if len(same) < SHARED_FROM:
                found += same
            else:
                found.append(
                    _Group(same[0].seen, SHARED_LANE, same[0].subjects, tuple(group.bearers[0] for group in same))
                )
        return found

    def _decision(self, name: str, group: _Group, column: str) -> Node:
        seen, decision = group.seen, group.seen.decision
        details = []
        if self.several:
            details.append(named(group.subjects, self.names))
        if len(group.bearers) > 1:
            details.append(listed([function(self.plan, bearer) for bearer in group.bearers]))
        if seen.state in ("ask_first", "missed") or "overdue" in decision.flags:
            details.append(self._duty(decision))
        text = measure_text(self.plan, decision.kind, decision.object, decision.title)
        return Node(
            name, group.lane, column, shape_of(decision.kind), text, "\n".join(details), seen.mark, seen.state
        )

    def _receiver(self, group: _Group, column: str) -> Node | None:
        """The node of the one who is told or who holds what is offered; none where nothing goes to another function."""
        decision, state = group.seen.decision, group.seen.state
        other = self._other(decision)
        if other is None or state == "gone" or decision.kind == "ask":
            return None
        if state == "ask_first":
            return Node("", other, column, "receiver", capital(NOT_TOLD), WAITS, "", "faded")
        text = told_text(self.plan, decision.kind, decision.object, decision.telling)
        return Node("", other, column, "receiver", text, self._answering(decision.recipient), "", _told_state(state))

    def _other(self, decision: Decision) -> str | None:
        if decision.recipient is not None:
            return decision.recipient.function
        if decision.kind in ("notify", "consult", "apply", "correction", "consent_ended"):
            return decision.object
        rule = self.plan.rules.get(decision.id.rule)
        measure = rule.measure(decision.id.measure) if rule is not None else None
        return measure.offered_by if measure is not None else None

    def _answering(self, answering: Answering | None) -> str:
        """The unit that answers, and when it opens if it is closed."""
        if answering is None or answering.unit is None:
            return ""
        unit = self.plan.units[answering.unit].label if answering.unit in self.plan.units else answering.unit
        if answering.open or answering.opens is None:
            return unit
        return f"{unit}, öppnar {day_and_time(self._local(answering.opens))}"

    def _lanes(self, nodes: Sequence[Node]) -> tuple[Lane, ...]:
        used = {node.lane for node in nodes}
        lanes = [Lane(EVENT_LANE, EVENTS)]
        lanes += [Lane(word, capital(each.label)) for word, each in self.plan.functions.items() if word in used]
        lanes += [Lane(word, word) for word in sorted(used.difference(self.plan.functions, (EVENT_LANE, SHARED_LANE)))]
        if SHARED_LANE in used:
            lanes.append(Lane(SHARED_LANE, SHARED))
        return tuple(lanes)


def _told_state(state: State) -> State:
    return "plain" if state in ("due", "done") else "faded" if state == "declined" else state


def _renamed(node: Node, name: str) -> Node:
    return Node(name, node.lane, node.column, node.shape, node.text, node.detail, node.mark, node.state)


def _unit(answering: Answering | None) -> str | None:
    return answering.unit if answering is not None else None


def _events(terms: Sequence[Term]) -> Iterator[str]:
    """The ids of all events behind an explanation."""
    for term in terms:
        yield from term.events
        yield from _events(term.below)
