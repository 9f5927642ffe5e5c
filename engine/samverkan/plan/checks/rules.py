"""Rules one by one: what they are due once for, how they are judged in time, and what they say of unequal treatment."""

from __future__ import annotations

from samverkan.plan.checks.reading import atoms_of, measure_of, subject_of
from samverkan.plan.errors import Problems
from samverkan.plan.model import Measure, Plan, Rule


def check_rules(plan: Plan, problems: Problems) -> None:
    """Adds what is wrong with a rule's `each`, `judged by` and `distinguishes`."""
    for rule in plan.rules.values():
        _check_each(plan, rule, problems)
        relation = plan.relations.get(rule.of)
        if rule.by_offence and (relation is None or not relation.offence):
            named = rule.role or rule.of
            text = f"'judged by: offence' kräver en relation med 'offence: true'; regeln gäller '{named}'. Ta bort det."
            problems.error(rule.at, "by-offence", text)
        read = {atom.fact for condition in (rule.when, *rule.unless) for atom in atoms_of(condition)}
        for distinction in rule.distinguishes:
            if distinction.fact not in read:
                text = f"regeln '{rule.id}' säger sig skilja på '{distinction.fact}', men läser den inte. Ta bort 'distinguishes'."
                problems.warning(rule.at, "distinction", text)


def _check_each(plan: Plan, rule: Rule, problems: Problems) -> None:
    each = rule.each
    if each is None:
        return
    if each.event is not None:
        event = plan.events[each.event]
        if event.about != rule.of:
            text = (
                f"regeln '{rule.id}' gäller '{rule.role or rule.of}', men händelsen '{event.id}' handlar om "
                f"'{event.role or event.about}'. Låt båda gälla samma slag."
            )
            problems.error(rule.at, "each-sort", text)
        return
    if each.ref is None:
        return
    other, measure = measure_of(plan, each.ref)
    if subject_of(other, measure) != rule.of:
        text = (
            f"besluten '{each.ref}' handlar om '{subject_of(other, measure)}', men regeln '{rule.id}' gäller "
            f"'{rule.role or rule.of}'. Låt båda gälla samma slag."
        )
        problems.error(rule.at, "each-sort", text)
    if each.kind == "accepted" and measure.kind != "offer":
        text = f"bara ett erbjudande kan accepteras, men '{each.ref}' är {measure.kind}. Hänvisa till ett erbjudande (offer)."
        problems.error(rule.at, "accepted", text)
    if each.kind == "passed" and not _passes(measure):
        text = (
            f"'{each.ref}' har ingen tid som kan passera. Det har bara must och should med en utsatt tid, "
            "som 24 hours eller 14 days."
        )
        problems.error(rule.at, "passed", text)


def _passes(measure: Measure) -> bool:
    real = measure.deadline is not None and measure.deadline.real
    return real and measure.strength != "may" and measure.kind != "refrain" and not measure.continuing
