"""Every Swedish text of the review room: what a silent twin is, and why a clause has no rule."""

from __future__ import annotations

from collections.abc import Mapping

from samverkan.exercise.scenario import Scenario
from samverkan.plan.model import Plan
from samverkan.review.twins import Twin
from samverkan.wording.recounting import happened
from samverkan.wording.wording import Wording

REASONS: Mapping[str, str] = {
    "background": "bakgrund",
    "addressee_outside": "riktar sig till någon utanför planen",
    "replaced": "ersatt",
    "covered_by": "omfattas av ett annat källställe",
    "power_not_duty": "en befogenhet, ingen uppgift",
    "aim": "ett mål",
}
"""Why a clause has no rule, by its closed word."""


def twin_text(plan: Plan, scenario: Scenario, twin: Twin) -> str:
    """What is changed in a scenario for a rule to be silent, in words that follow "är tyst": "utan steg 3 (…)"."""
    wording = Wording(plan, scenario.who)
    said = _changed(wording, scenario, twin)
    return f"{said}, så att {wording.name(twin.subject)} inte finns i ärendet" if twin.absent else said


def _changed(wording: Wording, scenario: Scenario, twin: Twin) -> str:
    plan, variant = wording.plan, twin.variant
    step = f"steg {variant.step}"
    if variant.kind == "without":
        left = [event for event in scenario.events if event not in variant.events]
        return f"utan {step} ({happened(wording, left[0])})" if left else f"utan {step}"
    if variant.kind == "date":
        if variant.step:
            return f"när gärningen i {step} begås {variant.day}"
        return f"när berättelsen börjar {variant.day}"
    if variant.kind == "role":
        return f"när {wording.name(twin.subject)} i {step} är {plan.roles[variant.word].label}"
    if variant.kind == "answered":
        rule, _, _ = variant.word.partition("/")
        return f"när det som ska göras i tid görs: {plan.rules[rule].title}"
    fact = _fact(wording, variant.path)
    if variant.kind == "with":
        value = wording.value(variant.path, variant.value or "")
        return f"när det från början är känt: {plan.events[variant.word].label} ({fact}: {value})"
    if variant.value is None:
        return f"när {step} inte säger något om {fact}"
    _, _, name = variant.path.rpartition(".")
    return f"när {step} säger om {fact}: {wording.value(name, variant.value)}"


def _fact(wording: Wording, path: str) -> str:
    """A fact's label, with whose it is where it is an end's: "åldern (köparen)"."""
    end, _, name = path.rpartition(".")
    label = wording.fact(name)
    if not end:
        return label
    roles = [relation.ends[end] for relation in wording.plan.relations.values() if end in relation.ends]
    return f"{label} ({wording.plan.roles[roles[0]].definite})" if roles else label
