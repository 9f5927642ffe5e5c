"""Which rules the document holds on a day, in which chapter each stands, and what number it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from samverkan.document.model import Reference
from samverkan.document.wording import urgency
from samverkan.plan.model import Plan, Rule
from samverkan.review.change import in_force
from samverkan.review.trace import measures_of


@dataclass(frozen=True, slots=True)
class Numbered:
    """The rules of each function's chapter, in order. `chapters`: functions that bear something or are told something. `kept`:
    those that the document is for; the numbers are the same whomever it is for. `partial`: it isn't for everybody."""

    chapters: Mapping[str, tuple[Rule, ...]]
    references: Mapping[str, Reference]
    kept: frozenset[str]
    partial: bool

    def reference(self, rule: str) -> Reference:
        return self.references[rule]

    def in_order(self, rules: Iterable[str]) -> tuple[Reference, ...]:
        """References to rules, each once, by their numbers."""
        meant = set(rules)
        return tuple(reference for rule, reference in self.references.items() if rule in meant)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that somebody whom the document is for bears."""
        return tuple(rule for rules in self.chapters.values() for rule in rules if bears(rule, self.kept))


def is_told(rule: Rule, day: date) -> bool:
    """Whether the document tells of a rule: it is in force, or is judged by offences of long ago."""
    return in_force(rule, day) or (rule.by_offence and rule.first <= day)


def bears(rule: Rule, functions: Set[str]) -> bool:
    """Whether one of the functions bears a rule or a measure of it, or gives what it offers."""
    return rule.function in functions or any(one in functions for m in measures_of(rule) for one in (*m.who, m.offered_by))


def numbered(plan: Plan, day: date, functions: Sequence[str] = ()) -> Numbered:
    """The rules of a day by chapter: by phase, then the most urgent first. Functions with rules of their own come first.

    Args:
        plan: the plan.
        day: the day.
        functions: those that the document is for; none: all.
    """
    told = [rule for rule in plan.rules.values() if is_told(rule, day)]
    phases = {phase: place for place, phase in enumerate(plan.phases)}
    places = {rule.id: place for place, rule in enumerate(told)}
    used = {one for rule in told for m in measures_of(rule) for one in (*m.who, m.object, m.offered_by)}
    chapters: dict[str, tuple[Rule, ...]] = {}
    for function in plan.functions:
        own = [rule for rule in told if rule.function == function]
        own.sort(key=lambda r: (phases.get(r.phase, len(phases)), min(map(urgency, r.then), default=99), places[r.id]))
        if own or function in used:
            chapters[function] = tuple(own)
    # Functions that only share what others do, or are told something, come last and together.
    chapters = dict(sorted(chapters.items(), key=lambda chapter: not chapter[1]))
    kept = frozenset(functions or plan.functions)
    references = {
        rule.id: Reference(f"{chapter}.{number}", f"regel-{rule.id}" if bears(rule, kept) else "", rule.title)
        for chapter, rules in enumerate(chapters.values(), start=1)
        for number, rule in enumerate(rules, start=1)
    }
    return Numbered(chapters, references, kept, len(kept) < len(plan.functions))
