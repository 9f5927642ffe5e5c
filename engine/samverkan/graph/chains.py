"""Event chains: what an event sets going, directly and in the next step, in pieces that fit a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from samverkan.graph.plan_graph import TELLS, measures
from samverkan.graph.reading import Reading, holds_from_the_start, meets, readings, stated
from samverkan.plan.model import PERSON, Condition, EventType, Plan, Ref, Rule

Via = Literal["occurs", "states", "introduces", "consent", "accepted", "passed", "assessed"]

MOST_NODES = 30
"""A picture with more nodes than this can't be read."""

DEPTH = 2
"""How many steps beyond the event are followed."""


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A rule that is set going: `via` says how, `cause` by which measure where it isn't by the event itself, `depth` from 0."""

    rule: str
    via: Via
    cause: Ref | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """What one event sets going, or a part of it: `phase` where the chain was split by phase, `part` of `parts` of that."""

    event: str
    steps: tuple[ChainStep, ...]
    phase: str | None = None
    part: int = 1
    parts: int = 1


def chains(plan: Plan) -> list[Chain]:
    """The event chains of a plan: one for each event that sets a rule going, split where it is too large to draw.

    Args:
        plan: the plan.

    Returns:
        The chains in the plan's order of events; each has at most `MOST_NODES` nodes, unless a single rule has more.
    """
    found: list[Chain] = []
    for event in plan.events.values():
        steps = _steps(plan, event)
        if steps:
            found += _split(plan, event.id, steps)
    return found


def nodes_of(plan: Plan, steps: Sequence[ChainStep]) -> int:
    """How many nodes a chain of these rules is drawn with: event, conditions, measures for each bearer, recipients."""
    count = 1
    for step in steps:
        rule = plan.rules[step.rule]
        count += rule.when != Condition()
        for measure, _ in measures(rule):
            count += len(measure.who)
            count += (measure.kind in TELLS) + (measure.offered_by is not None)
    return count


def _steps(plan: Plan, event: EventType) -> list[ChainStep]:
    """The rules that an event sets going, each once, by the shortest way, in the order of the plan within each depth."""
    steps: list[ChainStep] = []
    taken: set[str] = set()
    told = tuple(stated(plan, event))
    for rule in plan.rules.values():
        via = _via(plan, event, told, rule)
        if via is not None:
            steps.append(ChainStep(rule.id, via))
            taken.add(rule.id)
    latest = list(steps)
    for depth in range(1, DEPTH + 1):
        follows: list[ChainStep] = []
        for before in latest:
            for step in _follow(plan, plan.rules[before.rule], depth):
                if step.rule not in taken:
                    follows.append(step)
                    taken.add(step.rule)
        steps += follows
        latest = follows
    return steps


def _via(plan: Plan, event: EventType, told: Sequence[Reading], rule: Rule) -> Via | None:
    """How an event sets a rule going by itself, or None."""
    if rule.each is not None:
        return "occurs" if rule.each.event == event.id else None
    read = tuple(readings(plan, rule.when, rule.of, rule.role))
    if any(meets(one, other) for one in told for other in read):
        return "states"
    if event.introduces and _introduces(plan, event, rule) and holds_from_the_start(plan, rule.when):
        return "introduces"
    return "consent" if _consents(event, rule) else None


def _introduces(plan: Plan, event: EventType, rule: Rule) -> bool:
    """Whether an event brings a subject of the rule's sort and role into the case."""
    if rule.of != PERSON:
        return rule.of == event.about
    if event.about == PERSON:
        return rule.role is None or event.role is None or event.role == rule.role
    relation = plan.relations.get(event.about)
    return relation is not None and (rule.role is None or rule.role in relation.ends.values())


def _consents(event: EventType, rule: Rule) -> bool:
    """Whether an event answers for a consent that a measure of the rule waits for."""
    recipients = {measure.allowed_consent for measure in rule.then if measure.allowed_consent is not None}
    if event.consent_for is not None:
        return event.consent_for.recipient in recipients
    return event.consent is not None and bool(recipients)


def _follow(plan: Plan, before: Rule, depth: int) -> Iterator[ChainStep]:
    """The rules that may follow on a rule: by an acceptance, by a deadline that passes, by what an assessment shows."""
    for rule in plan.rules.values():
        each = rule.each
        if each is not None:
            if each.ref is not None and each.ref.rule == before.id and each.kind != "event":
                yield ChainStep(rule.id, each.kind, each.ref, depth)
            continue
        if (rule.of, rule.role) != (before.of, before.role):
            continue
        for measure in before.then:
            if measure.kind == "assess" and _waits_for(rule, measure.end, measure.object):
                yield ChainStep(rule.id, "assessed", Ref(before.id, measure.id), depth)
                break


def _waits_for(rule: Rule, end: str | None, fact: str) -> bool:
    """Whether a rule needs a known value of the fact that is assessed."""
    return any((atom.end, atom.fact) == (end, fact) and "unknown" not in atom.values for atom in rule.when.atoms)


def _split(plan: Plan, event: str, steps: Sequence[ChainStep]) -> list[Chain]:
    """One chain where it is small enough, else one or more for each phase."""
    if nodes_of(plan, steps) <= MOST_NODES:
        return [Chain(event, tuple(steps))]
    found: list[Chain] = []
    present = {plan.rules[step.rule].phase for step in steps}
    order = [phase for phase in plan.phases if phase in present]
    for phase in [*order, *sorted(present.difference(order))]:
        own = [step for step in steps if plan.rules[step.rule].phase == phase]
        pieces = _pieces(plan, own)
        found += [Chain(event, piece, phase, number, len(pieces)) for number, piece in enumerate(pieces, 1)]
    return found


def _pieces(plan: Plan, steps: Sequence[ChainStep]) -> list[tuple[ChainStep, ...]]:
    """Cuts steps into as many pieces as the cap asks for, in order and of like size."""
    count = -(-nodes_of(plan, steps) // MOST_NODES)
    while True:
        pieces = _cut(plan, steps, nodes_of(plan, steps) / count)
        if all(nodes_of(plan, piece) <= MOST_NODES or len(piece) == 1 for piece in pieces):
            return pieces
        count += 1


def _cut(plan: Plan, steps: Sequence[ChainStep], share: float) -> list[tuple[ChainStep, ...]]:
    pieces: list[list[ChainStep]] = [[]]
    for step in steps:
        if pieces[-1] and nodes_of(plan, [*pieces[-1], step]) > share + 1:
            pieces.append([])
        pieces[-1].append(step)
    return [tuple(piece) for piece in pieces]
