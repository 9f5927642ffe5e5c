"""Walks that several checks need: the measures of a plan, the atoms of a condition, and whom a decision is about."""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.plan.model import PERSON, Atom, Condition, Measure, Plan, Ref, Rule, Some


def measures_of(rule: Rule) -> Iterator[Measure]:
    """The measures of a rule, those of `if refused` included."""
    for measure in rule.then:
        yield measure
        if measure.if_refused is not None:
            yield measure.if_refused


def subject_of(rule: Rule, measure: Measure) -> str:
    """The sort of subject that the decisions of a measure are about."""
    return PERSON if measure.about is not None and not measure.keep_relation else rule.of


def measure_of(plan: Plan, ref: Ref) -> tuple[Rule, Measure]:
    """The rule and the measure that a reference names; every reference has been looked up."""
    rule = plan.rules[ref.rule]
    measure = rule.measure(ref.measure)
    if measure is None:
        raise KeyError(str(ref))
    return rule, measure


def atoms_of(condition: Condition) -> Iterator[Atom]:
    """Every atom of a condition, those of its alternatives and of what it looks at across a relation included."""
    yield from condition.atoms
    for alternative in condition.any:
        yield from atoms_of(alternative)
    for some in condition.some:
        yield from atoms_of(some.has)


def somes_of(condition: Condition) -> Iterator[Some]:
    """Every look across a relation in a condition, those of its alternatives included."""
    yield from condition.some
    for alternative in condition.any:
        yield from somes_of(alternative)
