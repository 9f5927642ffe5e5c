"""The situations in which somebody must answer for a function, and how they are said in Swedish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from samverkan.directory.answering import Directory, Place
from samverkan.directory.needs import Need
from samverkan.plan.model import UNKNOWN, Fact, Plan

Clientele = tuple[tuple[str, str], ...]
"""Facts that units tell persons apart by, with their values; `unknown` where nothing is known."""

_NAMED_CLIENTELES = 4


@dataclass(frozen=True, slots=True)
class Situation:
    """A day on which a function is asked for, in a municipality (None: not known), for a person."""

    day: date
    municipality: str | None
    clientele: Clientele


def days_to_check(directory: Directory, needs: Iterable[Need]) -> tuple[date, ...]:
    """The days on which who answers may be new, among those on which the needs ask."""
    days: set[date] = set()
    for first, last in {(need.first, need.last) for need in needs}:
        days.add(first)
        days.update(day for day in directory.changes if first <= day and (last is None or day <= last))
    return tuple(sorted(days))


def situations_of(directory: Directory, function: str, days: Iterable[date]) -> Iterator[Situation]:
    """Every situation that the plan's words can tell apart for a function, on each of the days."""
    plan = directory.plan
    municipalities = _municipalities(plan, function)
    clienteles = _clienteles(directory, function)
    for day in days:
        for municipality in municipalities:
            for clientele in clienteles:
                yield Situation(day, municipality, clientele)


def places_in(directory: Directory, function: str, situation: Situation, *, any_stand_in: bool = False) -> tuple[Place, ...]:
    """Everybody who may answer in the situation, in the order of asking."""
    clientele = dict(situation.clientele)
    return directory.places(function, situation.municipality, clientele, situation.day, any_stand_in=any_stand_in)


def in_words(directory: Directory, function: str, situations: Iterable[Situation]) -> list[str]:
    """The situations in Swedish, as few texts as say the same: since when, which municipalities, which persons."""
    since: dict[tuple[str | None, Clientele], date] = {}
    for situation in situations:
        key = (situation.municipality, situation.clientele)
        since[key] = min(situation.day, since.get(key, situation.day))
    where: dict[tuple[date, Clientele], list[str | None]] = defaultdict(list)
    for (municipality, clientele), day in since.items():
        where[day, clientele].append(municipality)
    whom: dict[tuple[date, tuple[str | None, ...]], list[Clientele]] = defaultdict(list)
    for (day, clientele), municipalities in where.items():
        whom[day, tuple(municipalities)].append(clientele)
    plan = directory.plan
    everywhere, everybody = len(_municipalities(plan, function)), len(_clienteles(directory, function))
    texts = []
    for (day, named), clienteles in sorted(whom.items(), key=lambda group: group[0][0]):
        text = f"från och med {day}"
        if len(named) < everywhere:
            text += f" när kommunen är {_either([_municipality(plan, municipality) for municipality in named])}"
        if len(clienteles) < everybody:
            text += f" ({_clienteles_in_words(plan, clienteles)})"
        texts.append(text)
    return texts


def _municipalities(plan: Plan, function: str) -> tuple[str | None, ...]:
    return (*plan.municipalities, None) if plan.functions[function].found_by else (None,)


def _clienteles(directory: Directory, function: str) -> list[Clientele]:
    facts = [directory.plan.facts[name] for name in directory.facts_read(function)]
    return list(product(*(tuple((fact.id, value) for value in (*fact.values, UNKNOWN)) for fact in facts)))


def _municipality(plan: Plan, municipality: str | None) -> str:
    return "inte känd" if municipality is None else plan.municipalities[municipality]


def _clienteles_in_words(plan: Plan, clienteles: list[Clientele]) -> str:
    match clienteles[0]:
        case [(only, _)]:
            fact = plan.facts[only]
            return f"{fact.label}: {_either([_value(fact, value) for clientele in clienteles for _, value in clientele])}"
    named = [
        ", ".join(f"{plan.facts[name].label}: {_value(plan.facts[name], value)}" for name, value in clientele)
        for clientele in clienteles[:_NAMED_CLIENTELES]
    ]
    more = len(clienteles) - len(named)
    return "; ".join([*named, f"och {more} till"] if more else named)


def _value(fact: Fact, value: str) -> str:
    return fact.values.get(value, "uppgift saknas")


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} eller {words[-1]}"
