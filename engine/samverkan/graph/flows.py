"""Who tells whom: every flow of information of the plan, with what is told and the ground that allows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from samverkan.graph.plan_graph import TELLS, measures
from samverkan.plan.model import Kind, Measure, Plan, Strength, Telling

Ground = Literal["clause", "consent", "no identity", "none"]


@dataclass(frozen=True, slots=True)
class Flow:
    """One function tells another something, by one measure.

    `ground`: a clause that lifts secrecy, the person's consent, or that no identity is told; `none` where the plan names no
    ground. `clause` is the id of the clause, `citation` how it is cited (the last citation in the rule's validity). `instead`:
    only when consent is refused or withdrawn.
    """

    rule: str
    measure: str
    title: str
    teller: str
    told: str
    kind: Kind
    strength: Strength
    telling: Telling
    ground: Ground
    clause: str | None
    citation: str
    deadline: str
    instead: bool


def flows(plan: Plan) -> list[Flow]:
    """Every flow of information between functions, in the order of the plan.

    Args:
        plan: the plan.

    Returns:
        One flow for each measure that tells (`notify`, `consult`, `apply`) and each of its bearers.
    """
    found: list[Flow] = []
    for rule in plan.rules.values():
        for measure, instead_of in measures(rule):
            if measure.kind not in TELLS:
                continue
            telling: Telling = measure.telling or "circumstances"
            clause, citation = measure.allowed_clause, ""
            if clause is not None:
                citation = _citation(plan, clause, rule.last)
            found += [
                Flow(
                    rule=rule.id, measure=measure.id, title=rule.title, teller=teller, told=measure.object,
                    kind=measure.kind, strength=measure.strength, telling=telling, ground=_ground(measure, telling),
                    clause=clause, citation=citation,
                    deadline=measure.deadline.text if measure.deadline else "", instead=instead_of is not None,
                )
                for teller in measure.who
            ]
    return found


def _ground(measure: Measure, telling: Telling) -> Ground:
    if measure.allowed_clause is not None:
        return "clause"
    if measure.allowed_consent is not None:
        return "consent"
    return "none" if telling == "identity" else "no identity"


def _citation(plan: Plan, clause_id: str, last: date | None) -> str:
    """How a clause is cited at the end of a rule's validity, or in its latest form while the rule is valid still."""
    clause = plan.clauses[clause_id]
    if last is not None:
        citation = clause.cited(last)
        if citation is not None:
            return citation.text
    return clause.citations[-1].text
