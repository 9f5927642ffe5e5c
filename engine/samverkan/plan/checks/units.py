"""Units: a stand-in bears what it stands in for, and who has confirmed what the directory says."""

from __future__ import annotations

from samverkan.plan.checks.reading import measures_of
from samverkan.plan.errors import Problems
from samverkan.plan.model import Measure, Plan


def check_units(plan: Plan, problems: Problems) -> None:
    """Adds stand-ins that can't answer, and counts the units that nobody has confirmed."""
    received = _received(plan)
    for unit in plan.units.values():
        for name in unit.stand_ins:
            if set(unit.functions) & set(plan.units[name].functions):
                continue
            strict = [its for function in unit.functions for its in received.get(function, ()) if not its.anyone_stands_in]
            if strict or not any(received.get(function) for function in unit.functions):
                text = (
                    f"'{name}' kan inte ersätta '{unit.id}': de har ingen funktion gemensam. Ge ersättaren funktionen, "
                    "eller skriv 'anyone stands in: true' på varje åtgärd som riktas dit."
                )
                problems.error(unit.at, "stand-in", text)
    unconfirmed = [unit for unit in plan.units.values() if not unit.confirmed]
    if unconfirmed:
        text = (
            f"{len(unconfirmed)} av {len(plan.units)} enheter är inte bekräftade av sin myndighet. "
            "Skriv 'confirmed: true' när en enhet har bekräftat sina uppgifter."
        )
        problems.warning(unconfirmed[0].at, "unconfirmed", text)


def _received(plan: Plan) -> dict[str, list[Measure]]:
    """The measures that are directed to each function."""
    received: dict[str, list[Measure]] = {}
    for rule in plan.rules.values():
        for measure in measures_of(rule):
            to = measure.offered_by if measure.kind == "offer" else measure.object if measure.kind in _DIRECTED else None
            if to is not None:
                received.setdefault(to, []).append(measure)
    return received


_DIRECTED = ("notify", "consult", "apply")
