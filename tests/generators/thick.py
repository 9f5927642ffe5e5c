"""Random plans that are hard on a matcher: many words of many values, conditions in several layers, exceptions that share facts.

Made from a seed alone, so that millions of states cost no more than they must and any of them can be made again. What the rules
make due is of no interest here: each has one and the same measure.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from tests.generators.plans import plan_of
from tests.generators.words import RELATIONS

from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, Atom, Conclusion, Condition, Fact, Measure, Plan, Rule

SORTS = (PERSON, PERSON, "deal", "deal", "kin", OPERATION, CASE)
MEASURE = Measure("m", "must", "inform", "info", ("pol",))


class _Thick:
    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.most_values = self.chance.choice((2, 3, 6))
        self.facts: dict[str, Fact] = {}
        self.conclusions: dict[str, Conclusion] = {}
        for sort in dict.fromkeys(SORTS):
            for number in range(self.chance.randint(1, 4)):
                name = f"{sort}_{number}"
                values = {f"v{value}": "värde" for value in range(self.chance.randint(1, self.most_values))}
                self.facts[name] = Fact(name, sort, None, name, values)
            if self.chance.random() < 0.5:
                self.conclusions[f"{sort}_c"] = Conclusion(f"{sort}_c", sort, None, "slutsats", Condition(), ())

    def atom(self, sort: str) -> Atom:
        end = self.chance.choice([None, *RELATIONS[sort].ends]) if sort in RELATIONS else None
        of = PERSON if end is not None else sort
        named = [fact.id for fact in self.facts.values() if fact.of == of]
        named += [conclusion.id for conclusion in self.conclusions.values() if conclusion.of == of]
        name = self.chance.choice(named)
        values = ["true", "false"] if name in self.conclusions else list(self.facts[name].values)
        if self.chance.random() < 0.2:
            values.append(UNKNOWN)
        return Atom(end, name, tuple(self.chance.sample(values, self.chance.randint(1, len(values)))))

    def condition(self, sort: str, depth: int, least: int = 0) -> Condition:
        atoms = tuple(self.atom(sort) for _ in range(self.chance.choice((least, 1, 1, 2, 3))))
        some: tuple[Condition, ...] = ()
        if depth and self.chance.random() < 0.4:
            some = tuple(self.condition(sort, depth - 1, 1) for _ in range(self.chance.randint(2, 3)))
        return Condition(atoms=atoms, any=some)

    def rule(self, number: int) -> Rule:
        sort = self.chance.choice(SORTS)
        when = self.condition(sort, depth=2)
        unless = tuple(self.condition(sort, depth=1, least=1) for _ in range(self.chance.choice((0, 0, 1, 2))))
        by_offence = sort == "deal" and self.chance.random() < 0.5
        rule = Rule(
            f"r{number}", "pol", "r", "r", "fas", "assumed", sort, None, when, unless, (MEASURE,), ("lag/p1",), date(2013, 5, 1)
        )
        return replace(rule, by_offence=by_offence)


def thick_plan(seed: int) -> Plan:
    """The plan of a seed: five to forty rules about up to five sorts of subjects."""
    making = _Thick(seed)
    rules = [making.rule(number) for number in range(making.chance.choice((5, 10, 20, 40)))]
    return replace(plan_of(rules), id=f"tät-{seed}", facts=making.facts, conclusions=making.conclusions)
