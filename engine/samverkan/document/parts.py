"""The parts of the document that gather rules: chapters, flows of information, requirements, sources, the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from samverkan.document import wording
from samverkan.document.entries import Teller
from samverkan.document.model import (
    Chapter,
    Flow,
    Group,
    Letter,
    Must,
    Place,
    Reference,
    SourceEntry,
    SourceGroup,
    Term,
    UnitEntry,
)
from samverkan.plan.model import Conclusion, Measure, Plan, Rule, Unit
from samverkan.plan.spelling import listed
from samverkan.review.change import is_there
from samverkan.review.sentences import WHOLE, conditions, read, required, whom_required
from samverkan.review.telling import REASONS
from samverkan.review.trace import clause_traces, measures_of
from samverkan.wording.phrases import capital

MANY = 24
"""A word that so many rules speak of is said to be in many, rather than listed."""

WHOLE_SOURCE = 3
"""What more clauses of a source than this are cited by is the source, and says nothing of where in it they stand."""

LONGEST = 70
"""An entry of the index is no longer than this, unless a single part of its sentence is."""


def units_of(teller: Teller, function: str) -> tuple[UnitEntry, ...]:
    """The units that answer for a function on the day, in the order of asking."""
    units = teller.plan.units.values()
    return tuple(unit_entry(teller, u) for u in units if function in u.functions and is_there(u, teller.day))


def unit_entry(teller: Teller, unit: Unit) -> UnitEntry:
    """A unit as it is told."""
    plan = teller.plan
    area = wording.ALL_OVER if unit.area is None else listed(plan.municipalities[one] for one in unit.area)
    served = (listed((plan.facts[fact].values[one] for one in values), "eller") for fact, values in unit.serves.items())
    serves = "; ".join(served) or wording.FOR_EVERYONE
    stand_ins = listed(plan.units[one].label for one in unit.stand_ins)
    return UnitEntry(capital(unit.label), area, serves, wording.hours_text(plan.hours[unit.hours]), stand_ins, unit.confirmed)


def chapters(teller: Teller) -> tuple[Chapter, ...]:
    """One chapter for each function that the document is for: units, rules by phase, what it shares, what it is told."""
    plan, numbers = teller.plan, teller.numbers
    every = [flow for rules in numbers.chapters.values() for rule in rules for flow in teller.flows(rule)]
    told_in_full = {rule.id for function in numbers.kept for rule in numbers.chapters.get(function, ())}
    found: list[Chapter] = []
    for number, (function, rules) in enumerate(numbers.chapters.items(), start=1):
        if function not in numbers.kept:
            continue
        shared = list(_shared(teller, function))
        borrowed = [rule for rule, _ in shared if rule.id not in told_in_full]
        told_in_full |= {rule.id for rule in borrowed}
        label, units = plan.functions[function].label, units_of(teller, function)
        groups = tuple(
            Group(title, tuple(teller.entry(rule) for rule in own))
            for phase, title in plan.phases.items() if (own := [rule for rule in rules if rule.phase == phase])
        )  # fmt: skip
        found.append(
            Chapter(
                number, f"funktion-{function}", capital(label), units, _same_units(found, units), groups,
                tuple(teller.line(rule, own) for rule, own in shared if rule not in borrowed),
                tuple(teller.entry(rule) for rule in borrowed), tuple(flow for flow in every if flow.told == label),
            )
        )  # fmt: skip
    return tuple(found)


def _same_units(chapters: Iterable[Chapter], units: tuple[UnitEntry, ...]) -> Place | None:
    """The earlier chapter that has just the same units, where they are several."""
    for one in chapters:
        if len(units) > 1 and one.units == units:
            return Place(str(one.number), one.anchor, one.title)
    return None


def _shared(teller: Teller, function: str) -> Iterator[tuple[Rule, list[Measure]]]:
    """Rules of another function's chapter that this one bears too, with what it bears of them."""
    for rule in teller.numbers.rules:
        own = [m for m in measures_of(rule) if function in m.who or m.offered_by == function]
        if own and rule.function != function:
            yield rule, own


def flows(teller: Teller) -> tuple[tuple[str, tuple[tuple[str, tuple[Flow, ...]], ...]], ...]:
    """Who may tell whom what, by what allows it, and by who is told."""
    kept = {teller.function(function) for function in teller.numbers.kept}
    borne = {rule.id for rule in teller.numbers.rules}
    rules = [rule for rules in teller.numbers.chapters.values() for rule in rules]
    every = [flow for rule in rules for flow in teller.flows(rule) if rule.id in borne or flow.told in kept]
    found = []
    for kind, title in wording.GROUNDS.items():
        by_told: dict[str, list[Flow]] = {}
        for flow in every:
            if flow.kind == kind:
                by_told.setdefault(flow.told, []).append(flow)
        if by_told:
            found.append((title, tuple((told, tuple(by_told[told])) for told in sorted(by_told, key=wording.sort_key))))
    return tuple(found)


def musts(teller: Teller) -> tuple[Must, ...]:
    """The plan's requirements of the day: those that a source has then. They are of the whole plan; a part doesn't have them."""
    plan = teller.plan
    if teller.numbers.partial:
        return ()
    return tuple(
        Must(one.title, whom_required(plan, one), *conditions(plan, one.when), required(plan, one), cited)
        for one in plan.requirements.values()
        if (cited := teller.all_cited(one.because))
    )


def concluded(teller: Teller) -> tuple[Must, ...]:
    """What follows from other facts, and when; where the document is for some functions, what their rules read of it."""
    plan = teller.plan
    words = {word for rule in teller.numbers.rules for word in read(plan, rule).words}
    told = [one for one in plan.conclusions.values() if not teller.numbers.partial or one.label in words]
    return tuple(
        Must(capital(one.label), _whose(plan, one), *conditions(plan, one.when), "", teller.all_cited(one.because))
        for one in sorted(told, key=lambda c: wording.sort_key(c.label))
    )


def _whose(plan: Plan, one: Conclusion) -> str:
    if one.role is not None:
        return plan.roles[one.role].definite
    return plan.relations[one.of].definite if one.of in plan.relations else WHOLE[one.of]


def sources(teller: Teller) -> tuple[SourceGroup, ...]:
    """Every clause that is cited on the day, by source and in its order, with the rules that rest on it."""
    entries = sorted(source_entries(teller), key=lambda one: "" if one.plain else wording.number_key(one.cited.text))
    return tuple(
        SourceGroup(source.title, own)
        for source in teller.plan.sources.values()
        if (own := tuple(e for e in entries if teller.plan.clauses[e.cited.clause].source == source.id))
    )


def source_entries(teller: Teller) -> tuple[SourceEntry, ...]:
    """The clauses that are cited on the day; where the document is for some functions, those that their rules rest on."""
    found, told = [], {rule.id for rule in teller.numbers.rules}
    cited_by: dict[tuple[str, str], int] = {}
    for one in teller.plan.clauses.values():
        if (citation := one.cited(teller.day)) is not None:
            cited_by[one.source, citation.text] = cited_by.get((one.source, citation.text), 0) + 1
    for clause in clause_traces(teller.plan):
        cited = teller.cited(clause.id)
        if cited is None:
            continue
        rules = teller.numbers.in_order(rule for rule in clause.rules if rule in told)
        if not rules and teller.numbers.partial:
            continue
        covering = teller.cited(clause.covered_by) if clause.covered_by else None
        by = f": {covering.text}" if covering is not None else ""
        why = f"{capital(REASONS[clause.reason])}{by}. {clause.why}" if clause.reason and not clause.rules else ""
        if clause.rules and not rules:
            why = wording.OTHER_DAYS
        plain = cited_by[clause.source, cited.text] > WHOLE_SOURCE
        anchor = f"kalla-{clause.id.replace('/', '-')}"
        found.append(SourceEntry(anchor, plain, cited, rules, why, bool(clause.rules)))
    return tuple(found)


def letters(teller: Teller) -> tuple[Letter, ...]:
    """The index: words of the plan with the rules that speak of them, in Swedish order."""
    found: dict[str, dict[str, Reference]] = {}
    for rule in teller.numbers.rules:
        for word in _words(teller, rule):
            found.setdefault(_entry(word), {})[rule.id] = teller.numbers.reference(rule.id)
    chapters_of = {
        _entry(teller.function(function)): Place(str(number), f"funktion-{function}", "")
        for number, function in enumerate(teller.numbers.chapters, start=1) if function in teller.numbers.kept
    }  # fmt: skip
    by_letter: dict[str, list[Term]] = {}
    for word in sorted(found, key=wording.sort_key):
        references = teller.numbers.in_order(found[word])
        many = len(references) > MANY
        by_letter.setdefault(word[0].upper(), []).append(Term(word, chapters_of.get(word), () if many else references, many))
    return tuple(Letter(letter, tuple(terms)) for letter, terms in by_letter.items())


def _entry(word: str) -> str:
    """A label as an entry of the index: it begins with the word that one looks for, and a long one ends with its first part.

    "att ett godkänt strafföreläggande gäller som en dom, att köparen …" → "godkänt strafföreläggande gäller som en dom …".
    """
    first, rest = word, True
    while rest:
        head, _, tail = first.partition(" ")
        rest = head in wording.SMALL_WORDS and bool(tail)
        first = tail if rest else first
    if len(first) <= LONGEST or ", " not in first:
        return first
    return f"{first.partition(', ')[0]} …"


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
