"""Event chains: what an event sets going, directly and in the next step, in pieces that fit a picture."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

from samverkan.graph.plan_graph import TELLS, measures
from samverkan.graph.reading import Reading, may_hold, meets, readings, stated
from samverkan.plan.model import PERSON, UNKNOWN, Condition, EventType, Measure, Plan, Ref, Rule

Via = Literal["occurs", "states", "introduces", "consent", "accepted", "passed", "assessed"]

MOST_NODES = 30
"""A picture with more nodes than this can't be read."""

SHARED_FROM = 3
"""What so many functions bear alike is drawn once, for all of them together."""

FEW = 3
"""An assessment that more rules wait for is followed in the chain of the event that tells its outcome, not here."""

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

    An event that brings somebody into the case is taken to be the first that is known of them. Other events meet whatever is known
    before, so that a rule belongs to their chain as soon as it reads what they say; but not if it held already while that was
    unknown, unless the event is a change. A rule that no event sets going by itself belongs to those that speak of what it reads.

    Args:
        plan: the plan.

    Returns:
        The chains in the plan's order of events; each has at most `MOST_NODES` nodes, unless a single rule has more.
    """
    steps = {event.id: _steps(plan, event) for event in plan.events.values()}
    reached = {step.rule for own in steps.values() for step in own}
    for rule in plan.rules.values():
        if rule.id not in reached:
            for event in plan.events.values():
                if _speaks_of(plan, event, rule):
                    steps[event.id].append(ChainStep(rule.id, "states"))
    return [chain for event, own in steps.items() if own for chain in _split(plan, event, own)]


def _speaks_of(plan: Plan, event: EventType, rule: Rule) -> bool:
    """Whether an event may say something that a rule reads, whatever else the rule needs."""
    read = tuple(readings(plan, rule.when, rule.of, rule.role))
    return rule.each is None and any(_news(one, other, set()) for one in stated(plan, event) for other in read)


def nodes_of(plan: Plan, steps: Sequence[ChainStep]) -> int:
    """How many nodes a chain of these rules is drawn with: event, conditions, measures for each bearer, recipients."""
    rules = [plan.rules[step.rule] for step in steps]
    conditions = {(rule.of, rule.role, rule.when) for rule in rules if rule.when != Condition()}
    count = 1 + len(conditions)
    for rule in rules:
        for measure, _ in measures(rule):
            count += len(measure.who) if len(measure.who) < SHARED_FROM else 1
            count += (measure.kind in TELLS) + (measure.offered_by is not None)
    return count


def _steps(plan: Plan, event: EventType) -> list[ChainStep]:
    """The rules that an event sets going, each once, in the order of the plan; each is followed by what follows on it."""
    told = tuple(stated(plan, event))
    direct = [(rule, via) for rule in plan.rules.values() if (via := _via(plan, event, told, rule)) is not None]
    taken = {rule.id for rule, _ in direct}
    steps: list[ChainStep] = []
    for rule, via in direct:
        steps.append(ChainStep(rule.id, via))
        latest = [rule]
        for depth in range(1, DEPTH + 1):
            follows = [step for before in latest for step in _follow(plan, before, depth) if step.rule not in taken]
            steps += follows
            taken |= {step.rule for step in follows}
            latest = [plan.rules[step.rule] for step in follows]
    return steps


def _via(plan: Plan, event: EventType, told: Sequence[Reading], rule: Rule) -> Via | None:
    """How an event sets a rule going by itself, or None."""
    if rule.each is not None:
        return "occurs" if rule.each.event == event.id else None
    if event.introduces and not _alone(plan, event, told, rule):
        return None
    read = tuple(readings(plan, rule.when, rule.of, rule.role))
    changed = {says.fact for says in event.says if says.effect == "changes"}
    if any(_news(one, other, changed) for one in told for other in read):
        return "states"
    if event.introduces:
        return "introduces"
    return "consent" if _consents(event, rule) else None


def _news(told: Reading, read: Reading, changed: Set[str]) -> bool:
    """Whether what is told can make true what is read, where before it nothing was known, or something else was so."""
    return meets(told, read) and (told.fact in changed or UNKNOWN not in read.values)


def _alone(plan: Plan, event: EventType, told: Sequence[Reading], rule: Rule) -> bool:
    """Whether an event that brings somebody in can by itself make a rule hold: nothing else is known of a newcomer."""
    new = event.about if event.about in plan.relations else None
    return _introduces(plan, event, rule) and may_hold(plan, rule.when, told, rule.of, rule.role, new)


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
    waiting = [measure for measure in rule.then if measure.allowed_consent is not None]
    if event.consent_for is not None:
        return any(measure.allowed_consent == event.consent_for.recipient for measure in waiting)
    if event.consent == "given":
        return bool(waiting)
    return event.consent is not None and any(measure.if_refused is not None for measure in waiting)


def set_going(plan: Plan, event: str, step: ChainStep) -> tuple[Measure, ...]:
    """The measures of a step's rule that the event sets going: all, or those that wait for the consent that it answers for."""
    rule = plan.rules[step.rule]
    if step.via != "consent":
        return rule.then
    waiting = [measure for measure in rule.then if measure.allowed_consent is not None]
    if plan.events[event].consent in ("refused", "withdrawn"):
        return tuple(measure.if_refused for measure in waiting if measure.if_refused is not None)
    return tuple(waiting)


def _follow(plan: Plan, before: Rule, depth: int) -> list[ChainStep]:
    """The rules that follow on a rule: by an acceptance, by a deadline that passes, by what an assessment shows."""
    found: list[ChainStep] = []
    for rule in plan.rules.values():
        each = rule.each
        if each is not None and each.ref is not None and each.ref.rule == before.id and each.kind != "event":
            found.append(ChainStep(rule.id, each.kind, each.ref, depth))
    for measure in before.then:
        if measure.kind == "assess":
            shown = [
                ChainStep(rule.id, "assessed", Ref(before.id, measure.id), depth)
                for rule in plan.rules.values()
                if (rule.of, rule.role) == (before.of, before.role) and _waits_for(rule, measure.end, measure.object)
            ]
            found += shown if len(shown) <= FEW else []
    return list({step.rule: step for step in reversed(found)}.values())[::-1]


def _waits_for(rule: Rule, end: str | None, fact: str) -> bool:
    """Whether a rule needs a known value of the fact that is assessed."""
    atoms = () if rule.each is not None else rule.when.atoms
    return any((atom.end, atom.fact) == (end, fact) and UNKNOWN not in atom.values for atom in atoms)


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
    """Cuts steps into as few pieces as the cap asks for."""
    count = -(-nodes_of(plan, steps) // MOST_NODES)
    while True:
        pieces = cut(plan, steps, count)
        if all(nodes_of(plan, piece) <= MOST_NODES or len(piece) == 1 for piece in pieces):
            return pieces
        count += 1


def cut(plan: Plan, steps: Sequence[ChainStep], count: int) -> list[tuple[ChainStep, ...]]:
    """Cuts steps into at most `count` pieces of like size, in their order.

    Args:
        plan: the plan of the steps.
        steps: what is cut; at least one.
        count: how many pieces there may be.

    Returns:
        The pieces, none empty.
    """
    sizes = [nodes_of(plan, [step]) - 1 for step in steps]
    share = sum(sizes) / count
    pieces: list[list[ChainStep]] = [[]]
    done = 0
    for step, size in zip(steps, sizes, strict=True):
        if pieces[-1] and done + size / 2 > share * len(pieces) and len(pieces) < count:
            pieces.append([])
        pieces[-1].append(step)
        done += size
    return [tuple(piece) for piece in pieces]
