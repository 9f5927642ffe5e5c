"""The merged declarations of a plan's files → the plan: words first, then what uses them, then what changes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from samverkan.plan.deadlines import read_reminder
from samverkan.plan.declaring import declare, read_impossible
from samverkan.plan.digest import digest_of
from samverkan.plan.errors import Problems
from samverkan.plan.happening import declare_events
from samverkan.plan.layers import Declared, Merged
from samverkan.plan.model import Plan, Rule
from samverkan.plan.ruling import look_up, read_requirement, read_rule, tighten
from samverkan.plan.spelling import suggestion
from samverkan.plan.vocabulary import Vocabulary

_NEEDED = ("plan", "title", "version", "valid")


def build(merged: Merged, problems: Problems) -> Plan:
    """The plan that the layers declare, its own last.

    Every mistake is added to `problems`; with errors there, the plan is not fit for use. Raises PlanError where the plan
    doesn't even say what it is called.
    """
    for heads in merged.heads.values():
        for key in _NEEDED:
            if key not in heads:
                text = f"planen säger inte '{key}'. Lägg till det i plan.yaml."
                problems.error(merged.start, "missing-key", text)
    if merged.head("reminders") is None:
        text = "planen säger inte när den påminner. Lägg till reminders: {at once: 1 hour, promptly: 24 hours} i plan.yaml."
        problems.error(merged.start, "missing-key", text)
    problems.stop()
    words = Vocabulary(problems)
    declare(merged, words)
    declare_events(merged, words)
    reminders = _reminders(merged, problems)
    impossible = tuple(read_impossible(declared, words) for declared in merged.free["impossible"])
    opposites = tuple(_opposite(declared, words) for declared in merged.free["opposites"])
    requirements = {name: read_requirement(declared, words) for name, declared in merged.listed["requirements"].items()}
    rules = _rules(merged, words, reminders)
    own = list(merged.heads.values())[-1]
    first, last = words.span(own["valid"])

    def said(key: str, default: str = "") -> str:
        node = merged.head(key)
        return default if node is None else node.value()

    plan = Plan(
        id=own["plan"].value(),
        title=own["title"].value(),
        version=own["version"].value(),
        first=first or date.min,
        last=last,
        reconstructed=said("reconstructed"),
        timezone=_timezone(merged, problems),
        country=said("country", "SE"),
        reminders=MappingProxyType(reminders),
        roles=MappingProxyType(words.roles),
        relations=MappingProxyType(words.relations),
        facts=MappingProxyType(words.facts),
        conclusions=MappingProxyType(words.conclusions),
        events=MappingProxyType(words.events),
        acts=MappingProxyType(words.acts),
        offers=MappingProxyType(words.offers),
        information=MappingProxyType(words.information),
        phases=MappingProxyType(words.phases),
        opposites=opposites,
        impossible=impossible,
        municipalities=MappingProxyType(words.municipalities),
        functions=MappingProxyType(words.functions),
        hours=MappingProxyType(words.hours),
        units=MappingProxyType(words.units),
        sources=MappingProxyType(words.sources),
        clauses=MappingProxyType(words.clauses),
        requirements=MappingProxyType(requirements),
        rules=MappingProxyType(rules),
        layers=tuple(heads["plan"].value() for heads in merged.heads.values()),
        outside=_outside(merged),
        dnr=own["dnr"].value() if "dnr" in own else "",
    )
    return plan if problems.errors else replace(plan, digest=digest_of(plan))


def _outside(merged: Merged) -> tuple[str, ...]:
    """The municipalities that the plan which this one builds on declares; none where it builds on nothing."""
    own = list(merged.heads)[-1]
    return tuple(name for name, declared in merged.mapped["municipalities"].items() if declared.layer != own)


def _rules(merged: Merged, words: Vocabulary, reminders: dict[str, int]) -> dict[str, Rule]:
    declared_all = merged.listed["rules"]
    rules = {name: read_rule(declared, words) for name, declared in declared_all.items()}
    for declared in declared_all.values():
        look_up(declared, rules, words)
    for declared in merged.free["tightens"]:
        tighten(declared, rules, words, reminders)
    return rules


def _reminders(merged: Merged, problems: Problems) -> dict[str, int]:
    node = merged.head("reminders")
    return {} if node is None else {key.value(): read_reminder(value, problems) for key, value in node.pairs()}


def _opposite(declared: Declared, words: Vocabulary) -> tuple[str, str]:
    first, second = (words.act(item) for item in declared.node)
    if first == second:
        text = f"'{first}' kan inte vara sin egen motsats. Namnge två olika handlingar."
        words.problems.error(declared.node.at, "opposite", text)
    return (first, second) if first <= second else (second, first)


def _timezone(merged: Merged, problems: Problems) -> str:
    node = merged.head("timezone")
    if node is None:
        return "Europe/Stockholm"
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(node.value())
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        near = suggestion(node.value(), zoneinfo.available_timezones())
        problems.error(node.at, "timezone", f"okänd tidszon '{node.value()}'.{near} Skriv till exempel Europe/Stockholm.")
    return node.value()
