"""Law in time: on every day on which a rule is valid some clause supports it, and every secrecy-lifting clause is in force.

And the other way: a clause that is said to have no rule has none.
"""

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


def check_unruled(plan: Plan, problems: Problems) -> None:
    """Adds what a clause says of having no rule where the rules say otherwise."""
    ruled = ruled_clauses(plan)
    for clause in plan.clauses.values():
        unruled = clause.unruled
        if unruled is None:
            continue
        if rule := ruled.get(clause.id):
            # No error: a county may find a rule for what the plan beneath has none for.
            text = f"'{clause.id}' sägs sakna regel, men regeln '{rule}' stöder sig på det. Ta bort 'unruled'."
            problems.warning(clause.at, "unruled", text)
        elif unruled.clause is not None and unruled.clause not in ruled:
            text = f"'{clause.id}' sägs omfattas av '{unruled.clause}', men det har ingen regel. Namnge ett källställe som har en."
            problems.error(clause.at, "unruled", text)


def ruled_clauses(plan: Plan) -> dict[str, str]:
    """The clauses that rules rest on (`because`, `allowed by`), each with the id of the first rule that does."""
    found: dict[str, str] = {}
    for rule in plan.rules.values():
        for clause in (*rule.because, *(measure.allowed_clause for measure in measures_of(rule))):
            if clause is not None:
                found.setdefault(clause, rule.id)
    return found


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
