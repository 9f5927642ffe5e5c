"""The Swedish words of a question: what is asked, why, and what hangs on each answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from samverkan.decide.answer import Due
from samverkan.plan.model import Fact, Plan
from samverkan.plan.spelling import listed

NUMBERS = ("ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
TITLES = 3
"""How many rules are named; of the others it is only said how many they are."""


def question_text(fact: Fact) -> str:
    """The question for a fact: the plan's own, or a plain one."""
    return fact.ask or f"Vad är känt om {fact.label}?"


def why_text(plan: Plan, rules: Sequence[str]) -> str:
    """Which rules wait: the most pressing by name, and how many more."""
    titles = list(dict.fromkeys(f"”{plan.rules[rule].title}”" for rule in rules))
    if not titles:
        return ""
    more = len(titles) - TITLES
    named = [*titles[:TITLES], f"{_number(more)} {'regel' if more == 1 else 'regler'} till"] if more > 0 else titles
    return f"Svaret kan avgöra {listed(named)}."


def urgency_text(plan: Plan, first: Due | None, *, comes: bool, in_force: bool) -> str:
    """By when the first of what an answer can make due is to be done.

    Args:
        plan: gives the zone.
        first: its deadline.
        comes: whether an answer can make anything due.
        in_force: whether it is a prohibition, or something that goes on.
    """
    if not comes:
        return "Svaret kan bara göra att något faller bort."
    if in_force:
        return "Det första som svaret kan leda till gäller direkt."
    when = _when(plan, first) if first is not None else ""
    if not when:
        return "Det som svaret kan leda till har ingen bestämd tid."
    return f"Det första som svaret kan leda till ska göras {when}."


def option_text(plan: Plan, label: str, comes: Sequence[str], goes: Sequence[str], first: Due | None) -> str:
    """What hangs on an answer: "Under 18 år: fem åtgärder tillkommer, den första genast."

    Args:
        plan: gives the zone.
        label: the answer.
        comes, goes: the kinds of the decisions that come and go.
        first: the earliest deadline of those that come.
    """
    to_do, no_longer = (len([kind for kind in kinds if kind != "refrain"]) for kinds in (comes, goes))
    forbidden, allowed = len(comes) - to_do, len(goes) - no_longer
    parts = [
        f"{_measures(to_do)} tillkommer" if to_do else "",
        f"{_number(forbidden, neuter=True)} förbud börjar gälla" if forbidden else "",
        f"{_measures(no_longer)} faller bort" if no_longer else "",
        f"{_number(allowed, neuter=True)} förbud upphör" if allowed else "",
    ]
    said = [part for part in parts if part]
    soon = _when(plan, first) if to_do and first is not None else ""
    if soon:
        soon = f"den första {soon}" if to_do > 1 else soon
        said[0] += f", {soon}" if len(said) == 1 else f" ({soon})"
    return f"{label[:1].upper()}{label[1:]}: {listed(said) or 'inget ändras av svaret ensamt'}."


def _measures(count: int) -> str:
    return f"{_number(count)} {'åtgärd' if count == 1 else 'åtgärder'}"


def _number(count: int, neuter: bool = False) -> str:
    if neuter and count == 1:
        return "ett"
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _when(plan: Plan, due: Due) -> str:
    """When the first of what comes is to be done: "genast", "senast den 14 maj 2026"."""
    if not due.real:
        return {"at once": "genast", "promptly": "skyndsamt"}.get(due.text, "")
    if due.day is not None:
        return f"senast den {due.day.day} {MONTHS[due.day.month - 1]} {due.day.year}"
    if due.at is None:
        return ""
    at = (due.at + timedelta(seconds=30)).astimezone(ZoneInfo(plan.timezone))
    return f"senast den {at.day} {MONTHS[at.month - 1]} {at.year} kl. {at:%H.%M}"
