"""Conclusions: they follow from facts in at most two steps, never from themselves, and don't go back where they came from."""

from __future__ import annotations

from samverkan.plan.checks.reading import atoms_of, somes_of
from samverkan.plan.errors import Problems
from samverkan.plan.model import Conclusion, Plan

MAX_DEPTH = 2


def check_conclusions(plan: Plan, problems: Problems) -> None:
    """Adds cycles, chains that are too deep, and chains that go out over a relation and back over the same."""
    below = {name: _below(plan, its) for name, its in plan.conclusions.items()}
    cyclic = {name for name in below if name in _reached(name, below)}
    for name in sorted(cyclic):
        text = f"slutsatsen '{name}' följer till slut av sig själv. Bryt ringen: låt den läsa uppgifter (facts)."
        problems.error(plan.conclusions[name].at, "cycle", text)
    if cyclic:
        return
    for name, its in plan.conclusions.items():
        if _depth(name, below) > MAX_DEPTH:
            text = f"slutsatsen '{name}' bygger på slutsatser i mer än två led. Läs uppgifterna (facts) direkt i stället."
            problems.error(its.at, "too-deep", text)
        _check_return(plan, its, below, problems)


def _below(plan: Plan, conclusion: Conclusion) -> list[str]:
    """The conclusions that a conclusion reads."""
    return [atom.fact for atom in atoms_of(conclusion.when) if atom.fact in plan.conclusions]


def _reached(name: str, below: dict[str, list[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(below[name])
    while waiting:
        its = waiting.pop()
        if its not in reached:
            reached.add(its)
            waiting += below[its]
    return reached


def _depth(name: str, below: dict[str, list[str]]) -> int:
    return 1 + max((_depth(its, below) for its in below[name]), default=0)


def _check_return(plan: Plan, its: Conclusion, below: dict[str, list[str]], problems: Problems) -> None:
    """A chain that leaves over a relation (or starts at one) and comes back over the same would read its own neighbours."""
    left = {some.relation for some in somes_of(its.when)}
    left |= {its.of} & set(plan.relations)
    for name in _reached(its.id, below):
        again = left & {some.relation for some in somes_of(plan.conclusions[name].when)}
        for relation in sorted(again):
            text = (
                f"slutsatsen '{its.id}' går över relationen '{relation}', och '{name}' som den bygger på går tillbaka över samma. "
                "Skriv villkoren i en enda slutsats."
            )
            problems.error(its.at, "back-over-relation", text)
