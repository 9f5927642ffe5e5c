"""Which facts a condition reads, and which an event states: the two sides that tie events to rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samverkan.plan.model import PERSON, UNKNOWN, Condition, EventType, Plan


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that is read or stated: the sort of the subject (its role, where it is a person in one), the fact, the values.

    `through` names the conclusions that lie between the reader and the fact, outermost first. `turning`: one of them is asked for
    otherwise than as true, so that any value of the fact may matter, not only those that are named.
    """

    sort: str
    role: str | None
    fact: str
    values: tuple[str, ...]
    through: tuple[str, ...] = ()
    turning: bool = False


def readings(plan: Plan, condition: Condition, sort: str, role: str | None) -> Iterator[Reading]:
    """Everything that a condition reads, conclusions followed down to the facts that they rest on.

    Args:
        plan: the plan that the condition stands in.
        condition: the condition.
        sort: the sort of the subject that the condition is about.
        role: its role, where it is a person in one.

    Returns:
        A reading for each atom; one of a conclusion is followed by those of the conclusion's own condition.
    """
    yield from _readings(plan, condition, sort, role, (), turning=False)


def _readings(
    plan: Plan, condition: Condition, sort: str, role: str | None, through: tuple[str, ...], *, turning: bool
) -> Iterator[Reading]:
    for atom in condition.atoms:
        where = _end(plan, sort, atom.end) if atom.end else (sort, role)
        yield Reading(*where, atom.fact, atom.values, through, turning)
        conclusion = plan.conclusions.get(atom.fact)
        if conclusion is not None and atom.fact not in through:
            below, turns = (*through, atom.fact), turning or atom.values != ("true",)
            yield from _readings(plan, conclusion.when, conclusion.of, conclusion.role, below, turning=turns)
    for some in condition.some:
        yield from _readings(plan, some.has, some.relation, None, through, turning=turning)
    for alternative in condition.any:
        yield from _readings(plan, alternative, sort, role, through, turning=turning)


def _end(plan: Plan, sort: str, end: str) -> tuple[str, str | None]:
    return PERSON, plan.relations[sort].ends[end]


def stated(plan: Plan, event: EventType) -> Iterator[Reading]:
    """Everything that an event of this type may say (no values: any of the fact's)."""
    for says in event.says:
        where = _end(plan, event.about, says.end) if says.end else (event.about, event.role)
        yield Reading(*where, says.fact, says.values)


def meets(told: Reading, read: Reading) -> bool:
    """Whether what is stated may be what is read: the same fact of what may be the same subject, with a value in common."""
    if told.fact != read.fact or told.sort != read.sort:
        return False
    if told.role is not None and read.role is not None and told.role != read.role:
        return False
    if read.turning:  # a conclusion may turn false, or unknown, by any value of the facts below
        return True
    return not told.values or bool(set(told.values) & set(read.values))


def may_hold(plan: Plan, condition: Condition, told: Sequence[Reading], sort: str, role: str | None, new: str | None) -> bool:
    """Whether a condition can be true of a subject about whom nothing is known but what an event has told.

    Args:
        plan: the plan.
        condition: the condition.
        told: what the event may say; nothing else is known.
        sort: the sort of the subject that the condition is about.
        role: its role, where it is a person in one.
        new: the relation that the event introduces, if it does; there is no other.

    Returns:
        False only where no values that the event may state make it true.
    """
    for atom in condition.atoms:
        where = _end(plan, sort, atom.end) if atom.end else (sort, role)
        if not _atom_may_hold(plan, Reading(*where, atom.fact, atom.values), told, new):
            return False
    for some in condition.some:
        if some.relation != new or not may_hold(plan, some.has, told, some.relation, None, new):
            return False
    return not condition.any or any(may_hold(plan, one, told, sort, role, new) for one in condition.any)


def _atom_may_hold(plan: Plan, read: Reading, told: Sequence[Reading], new: str | None) -> bool:
    if UNKNOWN in read.values or any(meets(one, read) for one in told):
        return True
    conclusion = plan.conclusions.get(read.fact)
    if conclusion is None:
        return False
    if "true" in read.values and may_hold(plan, conclusion.when, told, conclusion.of, conclusion.role, new):
        return True
    below = tuple(readings(plan, conclusion.when, conclusion.of, conclusion.role))
    return "false" in read.values and any(meets(one, other) for one in told for other in below)
