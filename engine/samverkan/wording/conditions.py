"""Whom a rule is for, and what an event rule waits for, as Swedish phrases; no case is needed."""

from __future__ import annotations

from collections.abc import Mapping

from samverkan.plan.model import CASE, OPERATION, PERSON, Plan, Rule

EVERY: Mapping[str, str] = {PERSON: "varje person i ärendet", OPERATION: "varje insats", CASE: "ärendet"}


def whom_for(plan: Plan, rule: Rule) -> str:
    """Whom or what a rule is for: "den som säljer eller utnyttjas", "varje köp"."""
    if rule.role is not None:
        return plan.roles[rule.role].definite
    if rule.of in plan.relations:
        return f"varje {plan.relations[rule.of].label}"
    return EVERY[rule.of]


def occasion(plan: Plan, rule: Rule) -> str:
    """What an event rule is due once for, in words that follow "Varje gång"; nothing for a standing rule."""
    each = rule.each
    if each is None:
        return ""
    if each.kind == "event" and each.event is not None:
        return plan.events[each.event].label
    if each.ref is None:
        return ""
    behind = plan.rules[each.ref.rule]
    measure = behind.measure(each.ref.measure)
    if each.kind == "accepted" and measure is not None and measure.kind == "offer":
        return f"erbjudandet om {plan.offers[measure.object]} tas emot"
    done = "antas" if each.kind == "accepted" else "inte är gjort i tid"
    return f"det här {done}: {behind.title}"
