"""Nothing in the shipped plan is uncovered: every rule of both layers is shown by a scenario and silent in a twin, every clause has
a rule or a reason. It is what `samverkan trace --uncovered` says, from the same kept trace, made once for what the files say."""

from __future__ import annotations

import pytest

from samverkan.cli.tracing import find_trace
from samverkan.plan.loading import load_plan
from samverkan.review.trace import Trace

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("trace")]


@pytest.fixture(scope="module")
def found() -> Trace:
    return find_trace(load_plan())


def said(heading: str, lines: list[str]) -> str:
    return "\n".join([f"{heading} ({len(lines)}):", *(f"  {line}" for line in lines)])


def test_the_rules_of_both_layers_are_traced(found: Trace) -> None:
    traced = {rule.id for rule in found.rules}
    assert traced == set(load_plan().rules)
    assert traced > set(load_plan("sverige").rules)


def test_every_rule_is_shown_in_a_scenario(found: Trace) -> None:
    unshown = [f"{rule.id}: {rule.title}" for rule in found.unshown]
    assert not unshown, said("rules that no scenario shows: write a step in which each is due", unshown)


def test_every_rule_is_silent_in_a_scenario_that_differs_by_one_thing(found: Trace) -> None:
    noisy = [f"{rule.id}: {', '.join(sorted({one.scenario for one in rule.showings}))}" for rule in found.never_silent]
    assert not noisy, said("rules that hold in every twin: write a scenario that gives each of them one ground only", noisy)


def test_every_clause_has_a_rule_or_a_reason(found: Trace) -> None:
    bare = [f"{clause.id}: {clause.cited}" for clause in found.bare]
    assert not bare, said("clauses with neither a rule nor a reason", bare)
