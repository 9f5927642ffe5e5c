"""Plays a scenario: fires its events one by one at a case, and judges what is expected after each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from samverkan.case.case import Case, MatcherName, Outcome
from samverkan.case.reading import Named
from samverkan.decide.answer import Answer, Decision
from samverkan.decide.errors import EventError
from samverkan.exercise.scenario import Expectation, Scenario, Step
from samverkan.plan.errors import PlanError, Problem
from samverkan.plan.model import Plan
from samverkan.wording.lateness import told_flags

_INSTANT = timedelta(microseconds=1)
LIVE = ("due", "ask_first")


@dataclass(frozen=True, slots=True)
class Judged:
    """An expectation, whether it is met, and, where it isn't, the decisions that were found instead (none: nothing was)."""

    expectation: Expectation
    met: bool
    found: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What has newly become of decisions between two answers, in the order of the answer.

    `ask_first`: what waits for a consent, and the asking itself. `flagged`: newly overdue.
    """

    due: tuple[Decision, ...] = ()
    ask_first: tuple[Decision, ...] = ()
    done: tuple[Decision, ...] = ()
    declined: tuple[Decision, ...] = ()
    lapsed: tuple[Decision, ...] = ()
    withdrawn: tuple[Decision, ...] = ()
    flagged: tuple[Decision, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Played:
    """A step that was played. `outcomes`: one for each event, none where only time passed. `by_clock`: what time alone brought
    since the step before; `changes`: what the events brought. `unexpected`: live decisions that `exactly` doesn't name."""

    step: Step
    outcomes: tuple[Outcome, ...]
    answer: Answer
    by_clock: Changes
    changes: Changes
    expectations: tuple[Judged, ...]
    unexpected: tuple[Decision, ...] = ()

    @property
    def met(self) -> bool:
        """Whether everything expected of the step came true."""
        return not self.unexpected and all(judged.met for judged in self.expectations)


def play(plan: Plan, scenario: Scenario, matcher: MatcherName = "compiled", as_of: datetime | None = None) -> list[Played]:
    """Every step of the scenario played in turn.

    Args:
        plan: the plan that the scenario is written for.
        scenario: what happens.
        matcher: as for `Case`.
        as_of: until when: later steps haven't happened, and after the last one time goes on until then. None: to the last step.

    Raises:
        PlanError: an event of the scenario isn't possible; with its place in the file.
    """
    return list(played(Case(plan, matcher), scenario, as_of))


def played(case: Case, scenario: Scenario, as_of: datetime | None = None) -> Iterator[Played]:
    """As `play`, one step at a time, from a case without events."""
    before, last = case.decisions(scenario.steps[0].at), scenario.steps[0]
    for step in scenario.steps:
        if as_of is not None and step.at > as_of:
            break
        one, case = _played(case, step, before)
        before, last = one.answer, step
        yield one
    if as_of is not None and as_of > before.as_of:
        waited = Step(last.number + 1, as_of, (), "", {}, "", "", (), None, last.position)
        yield _played(case, waited, before)[0]


def _played(case: Case, step: Step, before: Answer) -> tuple[Played, Case]:
    # Up to just before the step: what is done at its deadline is in time, so nothing of the step's instant counts yet.
    waited = max(before, case.decisions(step.at - _INSTANT), key=lambda answer: answer.as_of)
    by_clock = changes(before, waited)
    outcomes: list[Outcome] = []
    for event in step.events:
        try:
            outcomes.append(case.fire(event))
        except EventError as problem:
            raise PlanError([Problem(step.position, problem.text, "error", "event")]) from None
        case = outcomes[-1].case
    answer = outcomes[-1].answer if outcomes else case.decisions(step.at)
    expected, unexpected = judge(answer, step)
    return Played(step, tuple(outcomes), answer, by_clock, changes(waited, answer), expected, unexpected), case


def changes(before: Answer | None, after: Answer) -> Changes:
    """What has newly become of the decisions of `after`, and which are newly overdue. None: all is new."""
    old = {d.id: d for d in before.decisions} if before is not None else {}
    new: dict[str, list[Decision]] = {name: [] for name in Changes.__slots__}
    for decision in after.decisions:
        earlier = old.get(decision.id)
        if earlier is None or earlier.status != decision.status:
            asking = decision.kind == "ask" and decision.status == "due"
            new["ask_first" if asking else decision.status].append(decision)
        elif before is not None and "overdue" in set(told_flags(decision, after.as_of)) - set(told_flags(earlier, before.as_of)):
            new["flagged"].append(decision)
    return Changes(**{name: tuple(found) for name, found in new.items()})


def judge(answer: Answer, step: Step) -> tuple[tuple[Judged, ...], tuple[Decision, ...]]:
    """The step's expectations judged by `answer`, and the live decisions that its `exactly` leaves out."""
    judged = [_judged(answer, one) for one in step.expectations]
    if step.exactly is None:
        return tuple(judged), ()
    judged += [_judged(answer, one) for one in step.exactly]
    named = {d.id for one in step.exactly for d in matching(answer, one.named)}
    return tuple(judged), tuple(d for d in answer.decisions if d.status in LIVE and d.id not in named)


def matching(answer: Answer, named: Named) -> tuple[Decision, ...]:
    """The decisions that `named` names: of the measure or of the whole rule, by one bearer or all, for one occurrence or all."""
    return tuple(
        d
        for d in answer.decisions
        if (d.id.rule, d.id.subject) == (named.rule, named.subject)
        and named.measure in (None, d.id.measure)
        and named.bearer in (None, d.id.bearer)
        and named.occurrence in (None, d.id.occurrence)
    )


def _judged(answer: Answer, expectation: Expectation) -> Judged:
    """A measure must fit for every function that bears it, for one of its occurrences; of a whole rule one measure is enough."""
    found = matching(answer, expectation.named)
    kind = expectation.kind
    if kind == "not":
        live = tuple(d for d in found if d.status in LIVE)
        return Judged(expectation, not live, live)
    fitting = [d for d in found if _fits(d, kind)]
    met = bool(fitting) and (expectation.named.measure is None or _bearers(fitting) == _bearers(found))
    return Judged(expectation, met, () if met else tuple(d for d in found if d not in fitting))


def _bearers(decisions: Iterable[Decision]) -> set[str]:
    return {d.id.bearer for d in decisions}


def _fits(decision: Decision, kind: str) -> bool:
    if kind == "exactly":
        return decision.status in LIVE
    if kind == "overdue":
        return "overdue" in decision.flags
    if kind == "ask":
        return decision.status == "ask_first" or (decision.status == "due" and decision.kind == "ask")
    return decision.status == kind
