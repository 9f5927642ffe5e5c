"""Stories that differ from a scenario by one thing: an event, what an event says, the role it names, or the days it lies on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from samverkan.decide.answer import Decision, Term
from samverkan.decide.events import About, Event, Mark
from samverkan.exercise.scenario import Scenario, moved
from samverkan.plan.answers import ANSWER, NO_VALUE, kind_of
from samverkan.plan.errors import PlanError
from samverkan.plan.model import Condition, Plan, Rule, Says

VariantKind = Literal["without", "fact", "date", "role", "answered", "with"]
"""An event is left out, says something else of one fact, lies on another day, or names the person in another role; a decision is
done in time; or an event is added."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One story that differs from its scenario by one thing.

    `step`: the step that is changed, 0 where it is none. `path`, `value`: the fact and what is said of it, None where nothing is.
    `day`: the first day, where all is moved, or that of the offence. `word`: the event, role or decision that makes the difference.
    """

    kind: VariantKind
    events: tuple[Event, ...]
    until: datetime
    step: int = 0
    path: str = ""
    value: str | None = None
    day: date | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a variant is to silence: a rule about a subject in a scenario, with the decisions that it shows there."""

    rule: Rule
    subject: str
    decisions: tuple[Decision, ...]


def variants(plan: Plan, scenario: Scenario, target: Target, related: frozenset[str]) -> Iterator[Variant]:
    """The variants that may silence a rule, the likeliest first, always in the same order.

    Args:
        plan: the plan.
        scenario: the story as it is.
        target: what should become silent.
        related: the subject, and those that stand in a relation with it.
    """
    behind = _behind(target.decisions)
    facts = _facts(plan, target.rule)
    told = [(step.number, event) for step in scenario.steps for event in step.events]
    first = [(number, event) for number, event in told if event.id in behind]
    near = [(number, event) for number, event in told if event.id not in behind and _names(event) & related]
    story = _Story(plan, scenario, facts)
    for number, event in first:
        yield from story.otherwise(number, event)
    for number, event in first:
        yield from story.without(number, event)
    yield from story.moved(target.rule)
    for number, event in near:
        yield from story.otherwise(number, event)
    for number, event in near:
        yield from story.without(number, event)
    yield from story.answered(target)
    yield from story.added(target)
    for number, event in (*first, *near):
        yield from story.in_another_role(number, event, target)


class _Story:
    """Makes the variants of one scenario. `facts`: those that the rule reads."""

    def __init__(self, plan: Plan, scenario: Scenario, facts: frozenset[str]) -> None:
        self.plan, self.scenario, self.facts = plan, scenario, facts
        self.events = scenario.events
        self.until = scenario.steps[-1].at

    def without(self, number: int, event: Event) -> Iterator[Variant]:
        """An event is left out, with its later revisions."""
        yield Variant("without", tuple(e for e in self.events if e.id != event.id), self.until, number)

    def otherwise(self, number: int, event: Event) -> Iterator[Variant]:
        """An event says something else, or nothing, of a fact that the rule reads."""
        if event.type is None:
            return
        stated = dict(event.facts)
        for says in kind_of(self.plan, event.type, event.facts).says:
            if says.fact not in self.facts or (event.type == ANSWER and says.path not in stated):
                continue
            now = stated.get(says.path)
            for value in self._values(says):
                if value != now and (now is not None or not says.given or value != says.values[0]):
                    facts = (*((p, v) for p, v in event.facts if p != says.path), (says.path, value))
                    yield self._changed(number, event, replace(event, facts=facts), says.path, value)
            if now is not None and not says.given and event.type != ANSWER:
                facts = tuple((p, v) for p, v in event.facts if p != says.path)
                yield self._changed(number, event, replace(event, facts=facts), says.path, None)

    def _values(self, says: Says) -> tuple[str, ...]:
        """The values that an event may state; of many (a county's municipalities) only some."""
        values = tuple(value for value in says.values or self.plan.facts[says.fact].values if value not in NO_VALUE)
        return values if len(values) <= MOST_VALUES else (*values[:2], *values[-2:])

    def _changed(self, number: int, old: Event, new: Event, path: str, value: str | None) -> Variant:
        return Variant("fact", self._with(old, new), self.until, number, path, value)

    def _with(self, old: Event, new: Event) -> tuple[Event, ...]:
        return tuple(new if event is old else event for event in self.events)

    def moved(self, rule: Rule) -> Iterator[Variant]:
        """All lies before the rule's first day, or after its last; or only the offence does."""
        if rule.first > self.plan.first:
            yield from self._ending(rule.first - timedelta(days=1))
        if rule.last is not None:
            yield from self._beginning(rule.last + timedelta(days=1))
        if rule.by_offence:
            zone = ZoneInfo(self.plan.timezone)
            days = [rule.first - timedelta(days=1), *([rule.last + timedelta(days=1)] if rule.last is not None else [])]
            for event in self.events:
                if event.offence_at is not None or (event.about is not None and event.about.sort == rule.of):
                    for day in days:
                        at = datetime(day.year, day.month, day.day, tzinfo=zone)
                        if at < event.at:
                            events = self._with(event, replace(event, offence_at=at))
                            yield Variant("date", events, self.until, self._number(event), day=day)

    def _ending(self, last: date) -> Iterator[Variant]:
        zone = ZoneInfo(self.plan.timezone)
        first, end = (step.at.astimezone(zone).date() for step in (self.scenario.steps[0], self.scenario.steps[-1]))
        start = last - (end - first)
        if start >= self.plan.first:
            yield from self._beginning(start)

    def _beginning(self, start: date) -> Iterator[Variant]:
        try:
            other = moved(self.scenario, self.plan, start)
        except PlanError:
            return
        yield Variant("date", other.events, other.steps[-1].at, day=start)

    def answered(self, target: Target) -> Iterator[Variant]:
        """What the rule waits for the passing of is done in time."""
        each = target.rule.each
        if each is None or each.ref is None or each.kind != "passed":
            return
        waited = self.plan.rules[each.ref.rule].measure(each.ref.measure)
        for decision in target.decisions:
            mark = Mark("done", each.ref.rule, each.ref.measure, target.subject, waited.who[0] if waited is not None else None)
            for at in dict.fromkeys(event.at for event in self.events if event.at < decision.shown):
                event = Event(ADDED, at + timedelta(minutes=1), at + timedelta(minutes=1), mark=mark)
                yield Variant("answered", (*self.events, event), self.until, word=str(each.ref))

    def added(self, target: Target) -> Iterator[Variant]:
        """An event about the subject says something of what the rule reads, as soon as the subject is in the case."""
        begun = min((e.at for e in self.events if target.subject in _names(e)), default=None)
        if begun is None:
            return
        role = target.rule.role
        for event_type in self.plan.events.values():
            about = About(target.subject)
            if event_type.about != target.rule.of or event_type.role not in (None, role) or event_type.ends_role:
                continue
            if event_type.id == (target.rule.each.event if target.rule.each is not None else None):
                continue
            for says in event_type.says:
                if says.fact in self.facts and says.end is None:
                    for value in self._values(says):
                        event = Event(ADDED, begun, begun, type=event_type.id, about=about, facts=((says.path, value),))
                        yield Variant("with", (*self.events, event), self.until, 0, says.path, value, word=event_type.id)

    def in_another_role(self, number: int, event: Event, target: Target) -> Iterator[Variant]:
        """The person comes into the case in another role."""
        about = event.about
        if about is None or about.role is None:
            return
        if about.role != target.rule.role or about.subject != target.subject:
            return
        if event.type is not None and kind_of(self.plan, event.type, event.facts).role is None:
            for role in self.plan.roles:
                if role != about.role:
                    other = replace(event, about=replace(about, role=role))
                    yield Variant("role", self._with(event, other), self.until, number, word=role)

    def _number(self, event: Event) -> int:
        return next(step.number for step in self.scenario.steps if any(one is event for one in step.events))


MOST_VALUES = 6
ADDED = "tillagd"
"""The id of an event that a variant adds."""


def _names(event: Event) -> frozenset[str]:
    """Whom and what an event names."""
    about, mark = event.about, event.mark
    named: list[str | None] = [event.same_as]
    if about is not None:
        named += [about.subject, *about.ends]
    if mark is not None:
        named.append(mark.subject)
    return frozenset(name for name in named if name is not None)


def related_to(scenario: Scenario, subject: str) -> frozenset[str]:
    """The subject, the relations that it stands in or is, and those at their ends."""
    ties = [_names(event) for event in scenario.events if event.about and event.about.ends]
    found = {subject}
    for _ in range(2):
        found |= {name for tie in ties if tie & found for name in tie}
    return frozenset(found)


def _behind(decisions: Iterable[Decision]) -> frozenset[str]:
    """The events that the explanations of decisions name, and the occurrences that they are due for."""

    def events(terms: Iterable[Term]) -> Iterator[str]:
        for term in terms:
            yield from term.events
            yield from events(term.below)

    found = {event for decision in decisions for event in events(decision.explanation)}
    return frozenset(found | {decision.id.occurrence for decision in decisions})


def _facts(plan: Plan, rule: Rule) -> frozenset[str]:
    """The facts that a rule reads, itself or through conclusions, and of those that override it or that its passing waits for."""
    found: set[str] = set()
    for one in (rule, *(r for r in plan.rules.values() if any(o.rule == rule.id for o in r.overrides))):
        for condition in (one.when, *one.unless):
            found |= set(_read(plan, condition, {}))
    return frozenset(found)


def _read(plan: Plan, condition: Condition, seen: Mapping[str, None]) -> Iterator[str]:
    for atom in condition.atoms:
        conclusion = plan.conclusions.get(atom.fact)
        if conclusion is None:
            yield atom.fact
        elif atom.fact not in seen:
            yield from _read(plan, conclusion.when, {**seen, atom.fact: None})
    for some in condition.some:
        yield from _read(plan, some.has, seen)
    for alternative in condition.any:
        yield from _read(plan, alternative, seen)
