"""Law in time: on every day on which a rule is valid some clause supports it, and every secrecy-lifting clause is in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from samverkan.plan.checks.reading import measures_of
from samverkan.plan.errors import Problems
from samverkan.plan.model import Clause, Plan


def check_citations(plan: Plan, problems: Problems) -> None:
    """Adds the first day of each rule's validity on which nothing supports it."""
    for rule in plan.rules.values():
        last = rule.last if plan.last is None else min(rule.last or plan.last, plan.last)
        day = uncovered([plan.clauses[clause] for clause in rule.because], rule.first, last)
        if day is not None:
            text = (
                f"regeln '{rule.id}' gäller den {day}, men inget av källställena i 'because' har då en hänvisning som gäller. "
                "Ändra 'valid', eller lägg till en hänvisning eller ett källställe."
            )
            problems.error(rule.at, "no-citation", text)
        for measure in measures_of(rule):
            clause = measure.allowed_clause
            if clause is not None and (day := uncovered([plan.clauses[clause]], rule.first, last)) is not None:
                text = (
                    f"regeln '{rule.id}' gäller den {day}, men '{clause}', som ska tillåta uppgiften, har då ingen hänvisning "
                    "som gäller. Ändra 'valid', eller lägg till en hänvisning."
                )
                problems.error(measure.at, "no-citation", text)


def uncovered(clauses: Iterable[Clause], first: date, last: date | None) -> date | None:
    """The first day from `first` to `last` (None: without end) on which none of the clauses has a citation, or None."""
    citations = [citation for clause in clauses for citation in clause.citations]
    day = first
    while last is None or day <= last:
        covering = [its for its in citations if its.first <= day and (its.last is None or day <= its.last)]
        if not covering:
            return day
        lasts = [its.last for its in covering if its.last is not None]
        if len(lasts) < len(covering) or max(lasts) == date.max:
            return None
        day = max(lasts) + timedelta(days=1)
    return None
