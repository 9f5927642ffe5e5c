"""Checks of a whole plan: what can be told only when every word and rule is known. One module for each kind of question."""

from __future__ import annotations

from samverkan.plan.checks.citations import check_citations, check_unruled
from samverkan.plan.checks.conclusions import check_conclusions
from samverkan.plan.checks.dependence import check_dependence
from samverkan.plan.checks.measures import check_measures
from samverkan.plan.checks.overrides import check_overrides
from samverkan.plan.checks.rules import check_rules
from samverkan.plan.checks.units import check_units
from samverkan.plan.checks.unused import check_unused
from samverkan.plan.errors import Problems
from samverkan.plan.layers import Places
from samverkan.plan.model import Plan


def check(plan: Plan, places: Places, problems: Problems) -> None:
    """Adds everything that is wrong or doubtful with the plan to `problems`. `places`: where each word is declared."""
    check_conclusions(plan, problems)
    check_rules(plan, problems)
    check_measures(plan, problems)
    check_citations(plan, problems)
    check_unruled(plan, problems)
    check_overrides(plan, problems)
    check_dependence(plan, problems)
    check_units(plan, problems)
    check_unused(plan, places, problems)
