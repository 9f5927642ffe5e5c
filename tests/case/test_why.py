"""Every decision has an explanation that stands by itself: from what it says was read, the decision follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from samverkan.case.case import Case
from samverkan.case.explained import Chosen, Ground, Read, Reckoned, Why
from samverkan.case.explanations import explanation_to_json
from samverkan.case.past import Past
from samverkan.case.reads import each_read
from samverkan.case.schemas import explanation_schema
from samverkan.case.why import why
from samverkan.decide.answer import Answering, Decision
from samverkan.decide.asjson import canonical
from samverkan.decide.events import Event
from samverkan.directory.loading import load_plan
from samverkan.exercise.scenario_files import Outline, outlines, read_scenario
from samverkan.plan.answers import kind_of
from samverkan.plan.model import PERSON, Condition, Plan, Says
from samverkan.plan.places import shipped

SCENARIOS = outlines(shipped("scenarios"))
FOLLOWING = ("ask", "correction", "consent_ended")
LIVE = ("due", "ask_first")


@cache
def schema_of(of: type[Why]) -> Draft202012Validator:
    schema = explanation_schema(of)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@cache
def plan_named(name: str) -> Plan:
    return load_plan(name)


def final_case(outline: Outline) -> tuple[Case, Sequence[Decision], Past, datetime]:
    """A scenario's case at its end, with its decisions."""
    plan = plan_named(outline.plan)
    steps = read_scenario(plan, outline).steps
    case = Case.replay(plan, (event for step in steps for event in step.events))
    return case, case.decisions(steps[-1].at).decisions, Past(case._islands), steps[-1].at


@pytest.mark.parametrize("outline", SCENARIOS, ids=lambda outline: outline.id)
def test_every_decision_of_a_scenario_follows_from_what_its_explanation_says_was_read(outline: Outline) -> None:
    case, decisions, past, end = final_case(outline)
    events = {event.id: event for event in case.events}
    for decision in decisions:
        told = why(past, decision.id, end, {})
        try:
            check(case.plan, told, events)
        except AssertionError as problem:
            raise AssertionError(f"{decision.id}: {decision.status}\n{told.text}") from problem


def check(plan: Plan, told: Why, events: dict[str, Event]) -> None:
    """What an explanation says agrees with itself, with the plan and with what happened."""
    one = told.decision
    if one.kind in FOLLOWING:
        assert told.waiting
    else:
        assert told.ground is not None
        assert follows(plan, told.ground), "when it was shown"
    if one.status in LIVE and one.kind not in FOLLOWING:
        assert follows(plan, told.now or told.ground), "now"  # type: ignore[arg-type]
    check_ended(told)
    check_deadline(plan, told)
    check_chosen(plan, told.bearer, one.bearer)
    assert (told.recipient is None) == (one.recipient is None)
    if told.recipient is not None and one.recipient is not None:
        check_chosen(plan, told.recipient, one.recipient)
    check_events(plan, told, events)
    assert one.title in told.text or one.kind == "ask"
    assert "None" not in told.text
    written = json.loads(canonical(explanation_to_json(told, plan)))
    assert [f"{e.json_path}: {e.message}" for e in schema_of(Why).iter_errors(written)] == []


def follows(plan: Plan, ground: Ground) -> bool:
    """Whether the rule's conditions are true, and no exception is, by what the ground says was read and nothing else."""
    rule = plan.rules[ground.rule]
    role = rule.role is None or rule.of != PERSON or ground.role_since is not None
    true = is_true(plan, ground.conditions, rule.when, ground.subject)
    exceptions = zip(ground.unless, rule.unless, strict=True)
    excepted = any(is_true(plan, one.reads, condition, ground.subject) for one, condition in exceptions)
    return role and true and not excepted and ground.holds is True


def is_true(plan: Plan, found: Sequence[Read], condition: Condition, subject: str) -> bool:
    """Whether these readings make a condition about a subject true."""
    for atom in condition.atoms:
        if not any(is_met(plan, one, atom.fact, atom.values, subject if atom.end is None else None) for one in found):
            return False
    for some in condition.some:
        over = {one.over for one in found if one.over is not None}
        if not any(is_true(plan, [r for r in found if r.over == name], some.has, name) for name in over):
            return False
    return not condition.any or any(is_true(plan, found, one, subject) for one in condition.any)


def is_met(plan: Plan, one: Read, fact: str, values: tuple[str, ...], subject: str | None) -> bool:
    if (one.fact, one.wanted) != (fact, values) or subject not in (None, one.subject) or one.value not in values:
        return False
    if one.stands == "concluded" and one.value == "true":
        return is_true(plan, one.below, plan.conclusions[fact].when, one.subject)
    return True


def check_ended(told: Why) -> None:
    """What isn't due any more says what became of it."""
    status = told.decision.status
    assert (told.ended is None) == (status in LIVE)
    if told.ended is not None:
        assert told.ended.status == status
        if told.decision.kind not in FOLLOWING and status in ("lapsed", "withdrawn"):
            assert told.ended.because or told.ended.replaced_by
        if status in ("done", "declined"):
            assert told.ended.by


def check_deadline(plan: Plan, told: Why) -> None:
    """The time is what it says that it was counted from, and how."""
    due, its = told.deadline, told.decision.deadline
    if told.decision.status in LIVE and its is not None:
        assert due is not None
        assert (due.text, due.at, due.day, due.real) == (its.text, its.at, its.day, its.real)
    if due is not None and due.at is not None and due.counted_from is not None and due.counted_by != "waiting":
        assert due.at == reckoned_again(plan, due)


def reckoned_again(plan: Plan, due: Reckoned) -> object:
    """The time by what is said: so many hours from there, or so many days without those that are passed over."""
    assert due.at is not None
    assert due.counted_from is not None
    if due.hours is not None:
        return due.counted_from + timedelta(hours=due.hours)
    amount, unit = due.text.split()[0], due.text.split(" after ")[0].split(maxsplit=1)[1]
    if unit.startswith("hour"):
        return due.counted_from + timedelta(hours=int(amount))
    zone = ZoneInfo(plan.timezone)
    last = (due.at.astimezone(zone) - timedelta(seconds=1)).date()
    assert last == due.day
    first = due.counted_from.astimezone(zone).date()
    if unit.startswith("working"):
        assert (last - first).days - len(due.skipped) == int(amount)
    elif unit.startswith(("day", "week")):
        days = int(amount) * (7 if unit.startswith("week") else 1)
        assert ((due.moved_from or last) - first).days == days
    return due.at


def check_chosen(plan: Plan, chosen: Chosen, answering: Answering) -> None:
    """The unit is the first that is open of those that were asked for; where none is, one of them answers all the same."""
    assert (chosen.unit, chosen.open) == (answering.unit, answering.open)
    if chosen.told or chosen.unit is None:
        return
    (the_one,) = (one for one in chosen.tried if one.answers)
    assert (the_one.unit, the_one.open, the_one.stands_in_for) == (chosen.unit, chosen.open, chosen.stands_in_for)
    before = chosen.tried[: chosen.tried.index(the_one)]
    assert not any(one.open for one in before)
    found_by = plan.functions[chosen.function].found_by
    for one in chosen.tried:
        assert not one.area or not found_by or chosen.municipality in one.area or one.stands_in_for is not None
        assert all(dict(chosen.clientele).get(fact) in values for fact, values in one.serves)


def check_events(plan: Plan, told: Why, events: dict[str, Event]) -> None:
    """Every value that is known is said by an event behind it, and each such event is told."""
    named = {one.id for one in told.happened}
    for read in each_read(r for ground in (told.ground, told.now) if ground is not None for r in reads_of(ground)):
        assert set(read.events) <= named
        if read.stands in ("said", "established", "changed"):
            said = {value for name in read.events for value in values_said(plan, events[name], read.fact)}
            assert read.value in said or read.value == plan.facts[read.fact].in_conflict


def reads_of(ground: Ground) -> Iterator[Read]:
    yield from ground.conditions
    for one in ground.unless:
        yield from one.reads


def values_said(plan: Plan, event: Event, fact: str) -> Iterable[str]:
    """What an event says of a fact, its own or an end's."""
    says: Iterable[Says] = kind_of(plan, event.type, event.facts).says if event.type is not None else ()
    stated = dict(event.facts)
    for one in says:
        if one.fact == fact:
            yield from (stated[one.path],) if one.path in stated else one.values[:1]
            yield one.was or ""
