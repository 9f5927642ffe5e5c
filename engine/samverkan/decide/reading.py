"""What a plan's rules read and what its events say, worked out once, so that an event only touches what it can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samverkan.decide.people import gives_role
from samverkan.plan.answers import ANSWER
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, Condition, EventType, Plan, Rule, Says


@dataclass(frozen=True, slots=True)
class Saying:
    """What events of a type say: by the path that is stated, and unstated (values that the type itself gives)."""

    stated: Mapping[str, tuple[Says, ...]]
    given: tuple[Says, ...]


def sayings(plan: Plan) -> dict[str, Saying]:
    """Event type → what it says."""
    every = tuple(Says("establishes", None, fact, tuple(its.values)) for fact, its in plan.facts.items())
    found = {ANSWER: Saying({says.path: (says,) for says in every}, ())}
    for name, kind in plan.events.items():
        stated: dict[str, tuple[Says, ...]] = {}
        for says in kind.says:
            stated[says.path] = (*stated.get(says.path, ()), says)
        found[name] = Saying(stated, tuple(says for says in kind.says if says.given))
    return found


def facts_read(plan: Plan, rule: Rule) -> frozenset[str]:
    """The facts that a rule's verdict can depend on, whoever's they are: through conclusions too, and through combinations
    that can't be (which make all their facts unknown)."""
    facts = set[str]()
    for condition in (rule.when, *rule.unless):
        _collect(plan, condition, facts)
    for impossible in plan.impossible:
        together = {atom.fact for atom in impossible.atoms}
        if facts & together:
            facts |= together
    return frozenset(facts)


def _collect(plan: Plan, condition: Condition, facts: set[str]) -> None:
    for atom in condition.atoms:
        conclusion = plan.conclusions.get(atom.fact)
        if conclusion is None:
            facts.add(atom.fact)
        else:
            _collect(plan, conclusion.when, facts)
    for inner in (*condition.any, *(some.has for some in condition.some)):
        _collect(plan, inner, facts)


def names_unknown(plan: Plan, condition: Condition) -> bool:
    """Whether some atom that a condition rests on names `unknown`."""
    for atom in condition.atoms:
        if UNKNOWN in atom.values:
            return True
        conclusion = plan.conclusions.get(atom.fact)
        if conclusion is not None and names_unknown(plan, conclusion.when):
            return True
    return any(names_unknown(plan, one) for one in (*condition.any, *(some.has for some in condition.some)))


def opening_sorts(rules: Iterable[Rule], plan: Plan) -> frozenset[str]:
    """The sorts of subject about which some rule may hold units open (an act that continues and `opens`)."""
    return frozenset(
        rule.of
        for rule in rules
        for measure in (m for then in rule.then for m in (then, then.if_refused) if m is not None)
        if measure.kind == "perform" and measure.continuing and plan.acts[measure.object].opens
    )


def changes_who_there_is(kind: EventType, role: str | None, ends: Iterable[str | None]) -> bool:
    """Whether an event of this type, naming this role and these persons at ends, may change who and what there is in a case."""
    if kind.about == PERSON:
        return (kind.ends_role and (role or kind.role) is not None) or gives_role(kind, role)
    if kind.about == OPERATION:
        return kind.introduces
    return kind.about != CASE and (kind.introduces or any(end is not None for end in ends))
