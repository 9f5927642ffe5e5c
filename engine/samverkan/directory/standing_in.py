"""The check of units: stand-ins in a ring, stand-ins that may never stand in, units that never answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from samverkan.directory.answering import NOBODY, Directory
from samverkan.directory.gaps import chosen
from samverkan.directory.needs import needs_of
from samverkan.directory.situations import places_in, situations_of
from samverkan.plan.errors import Problem
from samverkan.plan.model import Plan, Unit


def unit_problems(directory: Directory) -> Iterator[Problem]:
    """What is odd about the plan's units. All are warnings: somebody may still answer."""
    yield from _rings(directory.plan)
    yield from _strangers(directory.plan)
    yield from _silent(directory)


def _rings(plan: Plan) -> Iterator[Problem]:
    reported: set[frozenset[str]] = set()
    for unit in plan.units.values():
        ring = _ring(plan, unit)
        if ring and frozenset(ring) not in reported:
            reported.add(frozenset(ring))
            names = " → ".join(plan.units[each].label for each in (*ring, unit.id))
            yield _warning(unit, "stand-in-ring", f"Ersättare i en ring: {names}. Är alla stängda svarar ingen av dem.")


def _ring(plan: Plan, unit: Unit) -> tuple[str, ...]:
    """The shortest way over stand-ins from `unit` back to itself, or none."""
    seen: set[str] = set()
    ways: list[tuple[str, ...]] = [(unit.id,)]
    while ways:
        longer: list[tuple[str, ...]] = []
        for way in ways:
            for other in plan.units[way[-1]].stand_ins:
                if other == unit.id:
                    return way
                if other not in seen:
                    seen.add(other)
                    longer.append((*way, other))
        ways = longer
    return ()


def _strangers(plan: Plan) -> Iterator[Problem]:
    """Stand-ins that bear no function of the unit, when no measure lets anyone stand in there."""
    anyone = {need.function for need in needs_of(plan) if need.any_stand_in}
    for unit in plan.units.values():
        if anyone.isdisjoint(unit.functions):
            for other in (plan.units[each] for each in unit.stand_ins):
                if set(other.functions).isdisjoint(unit.functions):
                    yield _warning(
                        unit,
                        "stand-in-without-function",
                        f"{other.label} är ersättare för {unit.label} men svarar inte för någon av dess funktioner,"
                        " och används därför aldrig. Ge ersättaren funktionen eller välj en annan.",
                    )


def _silent(directory: Directory) -> Iterator[Problem]:
    """Units that answer in no situation, at no hour, whoever is on call."""
    plan = directory.plan
    anyone = {need.function for need in needs_of(plan) if need.any_stand_in}
    days = _days(directory)
    on_call = _on_call(plan)
    answer: set[str] = set()
    known: set[tuple[str, ...]] = set()
    for function in plan.functions:
        for situation in situations_of(directory, function, days):
            for any_stand_in in (False, True) if function in anyone else (False,):
                places = places_in(directory, function, situation, any_stand_in=any_stand_in)
                units = tuple(place.unit.id for place in places)
                if units not in known:
                    known.add(units)
                    for called in on_call:
                        answer |= chosen(places, called)
    for unit in plan.units.values():
        if unit.id not in answer:
            yield _warning(
                unit,
                "never-answers",
                f"{unit.label} svarar aldrig: andra enheter går alltid före, eller så finns den inte under planens tid."
                " Rätta område, öppettider eller datum, eller ta bort enheten.",
            )


def _days(directory: Directory) -> list[date]:
    plan = directory.plan
    later = [day for day in directory.changes if day > plan.first and (plan.last is None or day <= plan.last)]
    return [plan.first, *later]


def _on_call(plan: Plan) -> list[frozenset[str]]:
    """Nobody on call, each measure's bearers, and all at once."""
    called = {
        frozenset(measure.who or (rule.function,))
        for rule in plan.rules.values()
        for measure in rule.then
        if measure.continuing and measure.kind == "perform" and plan.acts[measure.object].opens
    }
    return [NOBODY, *sorted(called, key=sorted), NOBODY.union(*called)]


def _warning(unit: Unit, code: str, text: str) -> Problem:
    return Problem(position=unit.at, text=text, severity="warning", code=code)
