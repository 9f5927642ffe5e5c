"""A neutral workload: 100 rules over 20 facts of 2 to 5 values, 1 to 4 conditions each, of no field in particular."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from samverkan.decide.events import About, Event
from samverkan.plan.model import (
    Atom,
    Citation,
    Clause,
    Condition,
    EventType,
    Fact,
    Function,
    Measure,
    Plan,
    Role,
    Rule,
    Says,
    Source,
    Unit,
)

FIRST = date(2013, 5, 1)
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def neutral_plan(rules: int = 100, facts: int = 20, seed: int = 1) -> Plan:
    """A plan of that many rules and facts of one role; each rule has one measure of one bearer."""
    chance = random.Random(seed)
    names = [f"fact{i}" for i in range(facts)]
    values = {name: {f"v{j}": f"värde {j}" for j in range(chance.randint(2, 5))} for name in names}
    return Plan(
        id="neutral", title="Neutral", version="1", first=FIRST, last=None, reconstructed="", timezone="Europe/Stockholm",
        country="SE", reminders={"at once": 1, "promptly": 24}, roles={"subject": Role("subject", "person", "personen")},
        relations={}, facts={name: Fact(name, "person", None, name, values[name]) for name in names}, conclusions={},
        events={
            "met": EventType("met", "träffad", "person", None, introduces=True, says=_says("claims", names)),
            "found": EventType("found", "utrett", "person", None, says=_says("establishes", names)),
            "changed": EventType("changed", "ändrat", "person", None, says=_says("changes", names)),
        },
        acts={}, offers={}, information={"news": "nytt"}, phases={"phase": "Skede"}, opposites=(), impossible=(),
        municipalities={}, functions={"function": Function("function", "funktionen")}, hours={},
        units={"unit": Unit("unit", "enheten", ("function",), None, {}, "always")},
        sources={"source": Source("source", "Källa", "statute")},
        clauses={"source/clause": Clause("source/clause", "source", "säger något", (Citation(FIRST, None, "1 §", True),))},
        requirements={}, rules={f"rule{i}": _rule(chance, i, values) for i in range(rules)},
    )  # fmt: skip


def _says(effect: str, names: list[str]) -> tuple[Says, ...]:
    return tuple(Says(effect, None, name) for name in names)  # type: ignore[arg-type]


def _rule(chance: random.Random, number: int, values: dict[str, dict[str, str]]) -> Rule:
    chosen = chance.sample(sorted(values), chance.randint(1, 4))
    atoms = tuple(
        Atom(None, fact, tuple(sorted(chance.sample(sorted(values[fact]), chance.randint(1, max(1, len(values[fact]) - 1))))))
        for fact in chosen
    )
    measure = Measure("measure", "must", "inform", "news", ("function",))
    return Rule(
        f"rule{number}", "function", "Regel", "", "phase", "assumed", "person", "subject", Condition(atoms), (), (measure,),
        ("source/clause",), FIRST,
    )  # fmt: skip


def neutral_events(plan: Plan, count: int, persons: int, seed: int = 2) -> list[Event]:
    """That many events about that many persons, a few minutes apart, in the order in which they become known."""
    chance = random.Random(seed)
    events = []
    for number in range(count):
        at = START + timedelta(minutes=7 * number)
        first = number < persons
        person = f"P{number if first else chance.randrange(persons)}"
        stated = chance.sample(sorted(plan.facts), 1 if not first else 8)
        facts = tuple((name, chance.choice(sorted(plan.facts[name].values))) for name in stated)
        kind = "met" if first else chance.choice(["found", "changed", "met"])
        about = About(person, role="subject" if first else None)
        events.append(Event(f"e{number}", at, at, type=kind, about=about, facts=facts))
    return events
