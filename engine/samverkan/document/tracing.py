"""The trace as one HTML file: clause → rules → scenarios and back, with links both ways."""

from __future__ import annotations

from samverkan.document.rendering import environment, style
from samverkan.plan.model import Plan
from samverkan.review.telling import REASONS
from samverkan.review.trace import Trace


def trace_page(plan: Plan, found: Trace, only_uncovered: bool = False) -> str:
    """The trace as HTML.

    Args:
        plan: the plan.
        found: its trace.
        only_uncovered: leave out what is covered.

    Raises:
        DocumentError: Jinja2 isn't installed.
    """
    template = environment().get_template("trace.html")
    rules = {rule.id: rule for rule in found.rules}
    scenarios = {one.id: one for one in found.scenarios}
    shown = {rule.id: tuple(dict.fromkeys(showing.scenario for showing in rule.showings)) for rule in found.rules}
    clauses = {clause.id: clause for clause in found.clauses}
    return template.render(
        plan=plan, trace=found, rules=rules, scenarios=scenarios, shown=shown, clauses=clauses, reasons=REASONS,
        only_uncovered=only_uncovered, style=style("plan.css"),
    ) + "\n"  # fmt: skip
