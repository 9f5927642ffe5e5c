"""The parts of the document that gather rules: chapters, events, phases, flows of information, requirements, sources, the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from samverkan.document import wording
from samverkan.document.entries import Teller
from samverkan.document.model import (
    Chapter,
    Doing,
    Flow,
    Group,
    Happening,
    Letter,
    Line,
    Must,
    Phase,
    Reference,
    SourceEntry,
    SourceGroup,
    Term,
    UnitEntry,
)
from samverkan.exercise.phrases import capital
from samverkan.graph.chains import ChainStep, chains, set_going
from samverkan.plan.model import EventType, Measure, Rule, Unit
from samverkan.plan.spelling import listed
from samverkan.review.change import is_there
from samverkan.review.sentences import read, requirement_sentence, said, values_said
from samverkan.review.telling import REASONS
from samverkan.review.trace import clause_traces, measures_of

MANY = 24
"""A word that so many rules speak of is said to be in many, rather than listed."""


def units_of(teller: Teller, function: str) -> tuple[UnitEntry, ...]:
    """The units that answer for a function on the day, in the order of asking."""
    units = teller.plan.units.values()
    return tuple(unit_entry(teller, u) for u in units if function in u.functions and is_there(u, teller.day))


def unit_entry(teller: Teller, unit: Unit) -> UnitEntry:
    """A unit as it is told."""
    plan = teller.plan
    area = wording.ALL_OVER if unit.area is None else listed(plan.municipalities[one] for one in unit.area)
    serves = "; ".join(values_said(plan, fact, values) for fact, values in unit.serves.items()) or wording.FOR_EVERYONE
    stand_ins = listed(plan.units[one].label for one in unit.stand_ins)
    return UnitEntry(capital(unit.label), area, serves, wording.hours_text(plan.hours[unit.hours]), stand_ins, unit.confirmed)


def chapters(teller: Teller) -> tuple[Chapter, ...]:
    """One chapter for each function that the document is for: units, rules by phase, what it shares, what it is told."""
    plan, numbers = teller.plan, teller.numbers
    every = [flow for rules in numbers.chapters.values() for rule in rules for flow in teller.flows(rule)]
    told_in_full = {rule.id for function in numbers.kept for rule in numbers.chapters.get(function, ())}
    found = []
    for number, (function, rules) in enumerate(numbers.chapters.items(), start=1):
        if function not in numbers.kept:
            continue
        shared = list(_shared(teller, function))
        borrowed = [rule for rule, _ in shared if rule.id not in told_in_full]
        told_in_full |= {rule.id for rule in borrowed}
        label = plan.functions[function].label
        groups = tuple(
            Group(title, tuple(teller.entry(rule) for rule in own))
            for phase, title in plan.phases.items() if (own := [rule for rule in rules if rule.phase == phase])
        )  # fmt: skip
        found.append(
            Chapter(
                number, f"funktion-{function}", capital(label), units_of(teller, function), groups,
                tuple(teller.line(rule, own) for rule, own in shared if rule not in borrowed),
                tuple(teller.entry(rule) for rule in borrowed), tuple(flow for flow in every if flow.told == label),
            )
        )  # fmt: skip
    return tuple(found)


def _shared(teller: Teller, function: str) -> Iterator[tuple[Rule, list[Measure]]]:
    """Rules of another function's chapter that this one bears too, with what it bears of them."""
    for rule in teller.numbers.rules:
        own = [m for m in measures_of(rule) if function in m.who or m.offered_by == function]
        if own and rule.function != function:
            yield rule, own


def happenings(teller: Teller) -> tuple[Happening, ...]:
    """What is to be done when something happens: the rules that an event sets going by itself, and what may follow on them."""
    told = {rule.id for rule in teller.numbers.rules}
    steps: dict[str, list[ChainStep]] = {}
    for chain in chains(teller.plan):
        steps.setdefault(chain.event, []).extend(s for s in chain.steps if s.rule in told)
    found = [_happening(teller, teller.plan.events[event], own) for event, own in steps.items() if own]
    return tuple(one for one in found if one.doings)


def _happening(teller: Teller, event: EventType, steps: Sequence[ChainStep]) -> Happening:
    plan = teller.plan
    direct = [(plan.rules[s.rule], set_going(plan, event.id, s)) for s in steps if s.depth == 0]
    taken = {rule.id for rule, _ in direct}
    later = [plan.rules[rule] for rule in dict.fromkeys(s.rule for s in steps if s.depth > 0) if rule not in taken]
    role = plan.roles[event.role].definite if event.role is not None else None
    about = wording.ABOUT.get(event.about) or plan.relations[event.about].definite
    says = ["om " + values_said(plan, says.fact, says.values[:1], says.end) for says in event.says if says.given]
    return Happening(
        f"handelse-{event.id}", capital(event.label), role or about, tuple(says), doings(teller, direct),
        tuple(teller.line(rule) for rule in later),
    )  # fmt: skip


def doings(teller: Teller, rules: Iterable[tuple[Rule, Sequence[Measure]]]) -> tuple[Doing, ...]:
    """Rules by who bears them, the most urgent first."""
    found: dict[str, list[tuple[int, Line]]] = {}
    for rule, measures in rules:
        for function in dict.fromkeys(one for measure in measures for one in measure.who):
            own = [measure for measure in measures if function in measure.who]
            found.setdefault(function, []).append((min(map(wording.urgency, own)), teller.line(rule, own)))
    return tuple(
        Doing(capital(teller.function(function)), tuple(line for _, line in sorted(found[function], key=lambda one: one[0])))
        for function in teller.plan.functions if function in found and function in teller.numbers.kept
    )  # fmt: skip


def phases(teller: Teller) -> tuple[Phase, ...]:
    """What each function does in each phase."""
    found = []
    for phase, title in teller.plan.phases.items():
        own = [(rule, rule.then) for rule in teller.numbers.rules if rule.phase == phase]
        if done := doings(teller, own):
            found.append(Phase(f"skede-{phase}", title, done))
    return tuple(found)


def flows(teller: Teller) -> tuple[tuple[str, tuple[Flow, ...]], ...]:
    """Who may tell whom what, by what allows it."""
    kept = {teller.function(function) for function in teller.numbers.kept}
    borne = {rule.id for rule in teller.numbers.rules}
    rules = [rule for rules in teller.numbers.chapters.values() for rule in rules]
    every = [flow for rule in rules for flow in teller.flows(rule) if rule.id in borne or flow.told in kept]
    return tuple(
        (title, tuple(sorted((f for f in every if f.kind == kind), key=lambda f: wording.sort_key(f.told))))
        for kind, title in wording.GROUNDS.items() if any(f.kind == kind for f in every)
    )  # fmt: skip


def musts(teller: Teller) -> tuple[Must, ...]:
    """The plan's requirements."""
    return tuple(
        Must(one.title, requirement_sentence(teller.plan, one), tuple(teller.cited(clause) for clause in one.because))
        for one in teller.plan.requirements.values()
    )


def concluded(teller: Teller) -> tuple[Must, ...]:
    """What follows from other facts, and when."""
    plan = teller.plan
    return tuple(
        Must(capital(one.label), f"När {said(plan, one.when)}.", tuple(teller.cited(clause) for clause in one.because))
        for one in sorted(plan.conclusions.values(), key=lambda c: wording.sort_key(c.label))
    )


def sources(teller: Teller) -> tuple[SourceGroup, ...]:
    """Every clause that is cited on the day, by source, with the rules that rest on it."""
    entries = source_entries(teller)
    return tuple(
        SourceGroup(source.title, own)
        for source in teller.plan.sources.values()
        if (own := tuple(e for e in entries if teller.plan.clauses[e.cited.clause].source == source.id))
    )


def source_entries(teller: Teller) -> tuple[SourceEntry, ...]:
    """The clauses that are cited on the day; where the document is for some functions, those that their rules rest on."""
    found, told = [], {rule.id for rule in teller.numbers.rules}
    partial = len(teller.numbers.kept) < len(teller.plan.functions)
    for clause in clause_traces(teller.plan):
        if teller.plan.clauses[clause.id].cited(teller.day) is None:
            continue
        rules = tuple(teller.numbers.reference(rule) for rule in clause.rules if rule in told)
        if not rules and partial:
            continue
        by = f" ({teller.plan.clauses[clause.covered_by].about})" if clause.covered_by else ""
        why = f"{capital(REASONS[clause.reason])}{by}. {clause.why}" if clause.reason and not clause.rules else ""
        if clause.rules and not rules:
            why = wording.OTHER_DAYS
        found.append(SourceEntry(teller.cited(clause.id), rules, why, bool(clause.rules)))
    return tuple(found)


def letters(teller: Teller) -> tuple[Letter, ...]:
    """The index: words of the plan with the rules that speak of them, in Swedish order."""
    found: dict[str, dict[str, Reference]] = {}
    for rule in teller.numbers.rules:
        for word in _words(teller, rule):
            found.setdefault(word, {})[rule.id] = teller.numbers.reference(rule.id)
    by_letter: dict[str, list[Term]] = {}
    for word in sorted(found, key=wording.sort_key):
        references = tuple(found[word].values())
        many = len(references) > MANY
        by_letter.setdefault(word[0].upper(), []).append(Term(word, () if many else references, many))
    return tuple(Letter(letter, tuple(terms)) for letter, terms in by_letter.items())


def _words(teller: Teller, rule: Rule) -> Iterator[str]:
    """What a rule speaks of: facts and conclusions that it reads, events, acts, offers, information, functions."""
    plan = teller.plan
    yield from read(plan, rule).words
    if rule.each is not None and rule.each.event is not None:
        yield plan.events[rule.each.event].label
    for measure in measures_of(rule):
        words = {
            "perform": {one.id: one.label for one in plan.acts.values()},
            "refrain": {one.id: one.label for one in plan.acts.values()},
            "offer": plan.offers,
            "inform": plan.information,
            "assess": {one.id: one.label for one in plan.facts.values()},
        }.get(measure.kind, {one.id: one.label for one in plan.functions.values()})
        yield words[measure.object]
