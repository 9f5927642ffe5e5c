"""Warnings of words that do nothing: what no event can set, nothing reads and no rule uses."""

from __future__ import annotations

from samverkan.plan.checks.reading import atoms_of, measures_of
from samverkan.plan.errors import Problems
from samverkan.plan.layers import Places
from samverkan.plan.model import Condition, EventType, Measure, Plan
from samverkan.plan.spelling import listed


def check_unused(plan: Plan, places: Places, problems: Problems) -> None:
    """Warns of each word that could be taken away without any case being decided otherwise."""
    measures = [measure for rule in plan.rules.values() for measure in measures_of(rule)]
    read = _read(plan, measures)
    _warn_facts(plan, read, problems)
    _warn_events(plan, read, measures, problems)
    _warn_objects(plan, measures, places, problems)


def _read(plan: Plan, measures: list[Measure]) -> set[str]:
    """Names of the facts and conclusions that something reads. An impossible combination alone reads nothing."""
    conditions: list[Condition] = [requirement.when for requirement in plan.requirements.values()]
    conditions += [conclusion.when for conclusion in plan.conclusions.values()]
    for rule in plan.rules.values():
        conditions += [rule.when, *rule.unless]
    read = {atom.fact for condition in conditions for atom in atoms_of(condition)}
    read |= {measure.object for measure in measures if measure.kind == "assess"}
    read |= {fact for function in plan.functions.values() for fact in function.found_by}
    read |= {fact for unit in plan.units.values() for fact in unit.serves}
    return read | {event.consent_for.fact for event in plan.events.values() if event.consent_for is not None}


def _warn_facts(plan: Plan, read: set[str], problems: Problems) -> None:
    settable: dict[str, set[str]] = {}
    for event in plan.events.values():
        for says in event.says:
            fact = plan.facts[says.fact]
            values = settable.setdefault(says.fact, set())
            values.update(says.values or fact.values)
            if says.effect == "claims" and fact.in_conflict is not None:
                values.add(fact.in_conflict)
    for fact in plan.facts.values():
        missing = [value for value in fact.values if value not in settable.get(fact.id, ())]
        if fact.id not in settable:
            problems.warning(fact.at, "never-set", f"ingen händelse kan säga något om uppgiften '{fact.id}' ({fact.label}).")
        elif missing:
            names = listed(f"'{value}'" for value in missing)
            problems.warning(fact.at, "never-set", f"ingen händelse kan sätta '{fact.id}' ({fact.label}) till {names}.")
        if fact.id not in read:
            problems.warning(fact.at, "never-read", f"inget läser uppgiften '{fact.id}' ({fact.label}).")
    for conclusion in plan.conclusions.values():
        if conclusion.id not in read:
            text = f"inget läser slutsatsen '{conclusion.id}' ({conclusion.label})."
            problems.warning(conclusion.at, "never-read", text)


def _warn_events(plan: Plan, read: set[str], measures: list[Measure], problems: Problems) -> None:
    named = {rule.each.event for rule in plan.rules.values() if rule.each is not None}
    named |= {measure.deadline.after for measure in measures if measure.deadline is not None}
    sorts = {rule.of for rule in plan.rules.values()}
    for event in plan.events.values():
        if event.id not in named and not _matters(event, read, sorts):
            text = f"inget läser händelsen '{event.id}' ({event.label}): ingen regel väntar på den, och den säger inget som läses."
            problems.warning(event.at, "never-read", text)


def _matters(event: EventType, read: set[str], sorts: set[str]) -> bool:
    if event.begins or event.ends_role or event.names or event.consent is not None or event.consent_for is not None:
        return True
    if event.introduces and event.about in sorts:
        return True
    return any(says.fact in read for says in event.says)


def _warn_objects(plan: Plan, measures: list[Measure], places: Places, problems: Problems) -> None:
    used = {measure.object for measure in measures if measure.kind != "assess"}
    used |= {function for measure in measures for function in (*measure.who, measure.offered_by or "")}
    tables = (
        ("handlingen", "acts", {act.id: act.label for act in plan.acts.values()}),
        ("erbjudandet", "offers", plan.offers),
        ("informationen", "information", plan.information),
        ("funktionen", "functions", {function.id: function.label for function in plan.functions.values()}),
    )
    for noun, section, labels in tables:
        for word, label in labels.items():
            if word not in used:
                problems.warning(places[section, word], "never-used", f"ingen regel använder {noun} '{word}' ({label}).")
    for first, second in plan.opposites:
        idle = [act for act in (first, second) if act not in used]
        if idle:
            text = f"motsatserna '{first}' och '{second}' kan aldrig krocka: ingen regel använder '{idle[0]}'."
            problems.warning(places["opposites", f"{first}/{second}"], "never-used", text)
