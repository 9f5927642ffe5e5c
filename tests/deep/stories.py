"""Stories under generated plans through the engine, in one go and told one event after another, and through the oracle.

Run as a program it does so for a number of stories from a seed and writes what it found as JSON; the first difference of each
kind is made smaller first, for no longer than it is given.

    python -m tests.deep.stories --seed 1 --stories 40 --shrink 60
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from time import monotonic
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.comparing import differences
from tests.generators import Case as Drawn
from tests.generators import cases
from tests.generators.deliveries import Told, deliveries
from tests.oracle import oracle_decide

from samverkan.case.case import Case
from samverkan.decide.admission import check_event
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.plan.model import Plan, Rule


@dataclass
class Round:
    """What was told: stories, and the steps of those that were told one event after another."""

    seed: int
    stories: int = 0
    steps: int = 0
    asked: int = 0
    decisions: int = 0
    categories: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """A kind of difference, and what it says."""

    category: str
    text: str


# -- what there is to tell -----------------------------------------------------------------------------------------------------


def told_at_once(drawn: Drawn) -> Told:
    """A history in no order, as it could be delivered, asked at one instant."""
    events = tuple(event for event in drawn.events if _admitted(drawn.plan, event))
    return Told(drawn.plan, events, (drawn.as_of,) * len(events))


def _admitted(plan: Plan, event: Event) -> bool:
    try:
        check_event(plan, event, strict=False)
    except EventError:
        return False
    return True


def stories(base: int, count: int) -> list[Told]:
    """So many stories: of two, one is told as a living case is, one in no order."""
    found: list[Told] = []

    @seed(base)
    @settings(max_examples=count, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(deliveries(), cases().map(told_at_once)))
    def tell(told: Told) -> None:
        if told.events:
            found.append(told)

    tell()
    return found


# -- what may be wrong ---------------------------------------------------------------------------------------------------------


def faults(told: Told) -> Iterator[Fault]:
    """Whatever is said differently of one story: by the oracle, and by a case that is told it event by event."""
    plan, events = told.plan, told.events
    last = max(*told.asked, *(e.known_at for e in events)) + timedelta(days=400)
    for as_of in sorted({*told.asked, last}):
        found = differences(decide(plan, events, as_of), oracle_decide(plan, events, as_of))
        if found:
            yield Fault(f"engine and oracle: {_what(found[0])}", f"as of {as_of}: " + "; ".join(found[:5]))
    case = Case(plan)
    for number, (event, asked) in enumerate(zip(events, told.asked, strict=True), 1):
        outcome = case.fire(event, strict=False)
        case = outcome.case
        for as_of, answer in ((outcome.answer.as_of, outcome.answer), (asked, case.decisions(asked))):
            scratch = decide(plan, events[:number], as_of)
            if canonical(answer_to_json(answer, plan)) != canonical(answer_to_json(scratch, plan)):
                yield Fault("fired and decided", f"after event {number - 1} ({event.id}), as of {as_of}")
            found = differences(answer, oracle_decide(plan, events[:number], as_of))
            if found:
                yield Fault(
                    f"fired and oracle: {_what(found[0])}", f"after event {number - 1} ({event.id}), as of {as_of}: {found[0]}"
                )


def _what(difference: str) -> str:
    """A difference without what is particular to a story: its kind."""
    if "by the engine only" in difference or "by the oracle only" in difference:
        return difference.split(":")[0]
    parts = difference.split(": ")
    return f"{parts[1]}: {parts[2].split(',')[0]}" if len(parts) > 2 and parts[1] == "status" else parts[1]


def first_fault(told: Told, category: str | None = None) -> Fault | None:
    """The first fault of a story, or the first of one kind; an exception is one."""
    try:
        return next((fault for fault in faults(told) if category in (None, fault.category)), None)
    except Exception as error:  # whatever is raised is what we look for
        fault = Fault(f"raised: {type(error).__name__}", f"{error}")
        return fault if category in (None, fault.category) else None


# -- making it smaller ---------------------------------------------------------------------------------------------------------


def smaller(told: Told) -> Iterator[Told]:
    """The story with one thing less: an event, what an event says, a rule, a measure, a unit, an instant at which it is asked."""
    for place in reversed(range(len(told.events))):
        if len(told.events) > 1:
            yield replace(told, events=_without(told.events, place), asked=_without(told.asked, place))
    for name in told.plan.rules:
        yield replace(told, plan=_with_rules(told.plan, [r for r in told.plan.rules.values() if r.id != name]))
    for rule in told.plan.rules.values():
        for lesser in _lesser(rule):
            yield replace(told, plan=_with_rules(told.plan, [lesser if r is rule else r for r in told.plan.rules.values()]))
    for unit in told.plan.units:
        yield replace(told, plan=replace(told.plan, units={u: its for u, its in told.plan.units.items() if u != unit}))
    for place, event in enumerate(told.events):
        for less in _less_said(event):
            yield replace(told, events=(*told.events[:place], less, *told.events[place + 1 :]))
    for place in range(1, len(told.asked)):
        if told.asked[place] != told.asked[place - 1]:
            yield replace(told, asked=(*told.asked[:place], told.asked[place - 1], *told.asked[place + 1 :]))


_T = TypeVar("_T")


def _without(things: tuple[_T, ...], place: int) -> tuple[_T, ...]:
    return things[:place] + things[place + 1 :]


def _lesser(rule: Rule) -> Iterator[Rule]:
    for place in range(len(rule.then)):
        if len(rule.then) > 1:
            yield replace(rule, then=_without(rule.then, place))
    for place in range(len(rule.unless)):
        yield replace(rule, unless=_without(rule.unless, place))
    for place in range(len(rule.when.atoms)):
        yield replace(rule, when=replace(rule.when, atoms=_without(rule.when.atoms, place)))
    if rule.when.any:
        yield replace(rule, when=replace(rule.when, any=()))
    if rule.overrides:
        yield replace(rule, overrides=())


def _less_said(event: Event) -> Iterator[Event]:
    for place in range(len(event.facts)):
        yield replace(event, facts=_without(event.facts, place))
    if event.known_at != event.at and not event.void:
        yield replace(event, known_at=event.at)
    yield from (
        less
        for less in (
            replace(event, until=None),
            replace(event, offence_at=None),
            replace(event, same_as=None),
            replace(event, reason=None),
        )
        if less != event
    )


def _with_rules(plan: Plan, rules: list[Rule]) -> Plan:
    return replace(plan, rules={rule.id: rule for rule in rules})


def _stands(told: Told) -> bool:
    """Whether what is left still names only what is there."""
    plan = told.plan
    measures = {(rule.id, measure.id) for rule in plan.rules.values() for measure in rule.then}
    named = [rule.each.ref for rule in plan.rules.values() if rule.each is not None and rule.each.ref is not None]
    named += [m.alternative for rule in plan.rules.values() for m in rule.then if m.alternative is not None]
    overridden = {override.rule for rule in plan.rules.values() for override in rule.overrides}
    stand_ins = {other for unit in plan.units.values() for other in unit.stand_ins}
    return (
        {(ref.rule, ref.measure) for ref in named} <= measures
        and overridden <= plan.rules.keys()
        and stand_ins <= plan.units.keys()
        and {"jour", "migrationsverket"} <= plan.units.keys()
        and all(_admitted(plan, event) for event in told.events)
    )


def shrunk(told: Told, category: str, seconds: float) -> Told:
    """A story as small as can be made in that time that shows a fault of the same kind."""
    until = monotonic() + seconds
    going = True
    while going:
        going = False
        for less in smaller(told):
            if monotonic() > until:
                return told
            if _stands(less) and first_fault(less, category) is not None:
                told, going = less, True
                break
    return told


# -- a round -------------------------------------------------------------------------------------------------------------------


def told_round(base: int, count: int, seconds: float) -> Round:
    """So many stories from a seed; the first fault of each kind is made smaller for up to so many seconds."""
    told = Round(base)
    for number, story in enumerate(stories(base, count)):
        told.stories += 1
        told.steps += len(story.events)
        told.asked += len(set(story.asked))
        fault = first_fault(story)
        if fault is None:
            told.decisions += len(decide(story.plan, story.events, max(story.asked)).decisions)
            continue
        told.categories[fault.category] = told.categories.get(fault.category, 0) + 1
        if told.categories[fault.category] == 1:
            small = shrunk(story, fault.category, seconds)
            found = first_fault(small, fault.category) or fault
            told.differences.append(f"stories({base}, {count})[{number}]: {found.category}: {found.text}\n{small!r}")
    return told


def main() -> None:
    """Tells a number of stories and writes what was found as JSON."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--stories", type=int, default=40)
    reading.add_argument("--shrink", type=float, default=60, help="seconds for each kind of difference")
    wanted = reading.parse_args()
    print(json.dumps(asdict(told_round(wanted.seed, wanted.stories, wanted.shrink)), ensure_ascii=False))


if __name__ == "__main__":
    main()
