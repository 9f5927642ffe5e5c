"""Finds, for every rule that a scenario shows, its silent twin: the same story with one thing changed, in which the rule is silent.

A rule that is never silent says nothing: it would hold whatever happened. Nobody writes the twins down; they are found by search,
always in the same order, so that the same plan and scenarios have the same twins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from samverkan.exercise.scenario import Scenario
from samverkan.plan.model import PERSON, Plan, Rule
from samverkan.review.firing import Fired, Shown, shown
from samverkan.review.variants import Target, Variant, related_to, variants

MOST_TRIED = 60
"""So many variants of one scenario are tried for a rule before it counts as never silent there."""

LIKELY = 8
"""So many are tried in each of the scenarios before more are tried in the first."""

MOST_SCENARIOS = 3
"""In so many scenarios a silent twin is looked for."""

Progress = Callable[[str, int, int], None]
"""Told of what is being done, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A rule is silent about `subject` in this variant of the scenario. `absent`: the subject itself isn't in it."""

    scenario: str
    subject: str
    variant: Variant
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario and what it shows."""

    scenario: Scenario
    shown: Shown


def no_progress(_what: str, _done: int, _all: int) -> None:
    """For those whom nobody watches."""


def tell(plan: Plan, scenarios: Sequence[Scenario], progress: Progress = no_progress) -> tuple[Told, ...]:
    """What each scenario shows, in the same order; one whose events can't be said in the plan's words shows nothing."""
    told = []
    for done, scenario in enumerate(scenarios):
        progress("Spelar scenarier", done, len(scenarios))
        found = shown(plan, scenario.events, scenario.steps[-1].at)
        told.append(Told(scenario, found if found is not None else Shown({}, {}, frozenset())))
    return tuple(told)


def silent_twins(plan: Plan, told: Sequence[Told], progress: Progress = no_progress) -> dict[str, Twin]:
    """The silent twin of each rule that has one.

    Args:
        plan: the plan.
        told: the scenarios and what they show.
        progress: is told how far it has come.
    """
    search = _Search(plan, told)
    wanted = [rule for rule in plan.rules.values() if search.fires(rule)]
    for done, rule in enumerate(wanted):
        progress("Söker tysta varianter", done, len(wanted))
        if rule.id not in search.found:
            search.look(rule)
    return {rule.id: search.found[rule.id] for rule in wanted if rule.id in search.found}


@dataclass(slots=True)
class _Search:
    """`found`: rule → its twin. A variant settles every rule that it silences. `tried`: so that none is played twice."""

    plan: Plan
    told: Sequence[Told]
    found: dict[str, Twin] = field(default_factory=dict)
    tried: dict[tuple[str, tuple[object, ...]], Shown | None] = field(default_factory=dict)

    def fires(self, rule: Rule) -> bool:
        return any(rule.id == fired for one in self.told for fired, _ in one.shown.fired)

    def targets(self, rule: Rule) -> Iterator[tuple[Told, Target]]:
        """Where a rule fires, in the shortest stories first: they are the quickest to play."""
        for one in sorted(self.told, key=lambda t: (len(t.scenario.steps), t.scenario.id)):
            for (fired, subject), decisions in one.shown.fired.items():
                if fired == rule.id:
                    yield one, Target(rule, subject, decisions)
                    break

    def look(self, rule: Rule) -> None:
        """Tries variants of the scenarios in which a rule fires until it is silent in one, the likeliest of each scenario first."""
        absent: Twin | None = None
        targets = list(islice(self.targets(rule), MOST_SCENARIOS))
        tries = [variants(self.plan, one.scenario, target, related_to(one.scenario, target.subject)) for one, target in targets]
        for rounds in (LIKELY, MOST_TRIED - LIKELY):
            for (one, target), some in zip(targets, tries, strict=True):
                for variant in islice(some, rounds):
                    other = self._play(one, variant)
                    if other is None:
                        continue
                    self._settle(one, variant, other)
                    if rule.id in self.found:
                        return
                    if absent is None and target.subject not in other.subjects:
                        absent = Twin(one.scenario.id, target.subject, variant, absent=True)
        if absent is not None and not rule.when.atoms and not rule.when.any and not rule.when.some:
            # A rule that asks for nothing but its subject can only be silent where there is none.
            self.found[rule.id] = absent

    def _play(self, one: Told, variant: Variant) -> Shown | None:
        key = (one.scenario.id, (variant.kind, variant.step, variant.path, variant.value, variant.day, variant.word))
        if key not in self.tried:
            self.tried[key] = shown(self.plan, variant.events, variant.until)
        return self.tried[key]

    def _settle(self, one: Told, variant: Variant, other: Shown) -> None:
        """Notes every rule that the variant silences about somebody who is still in the case, as it was."""
        if other.odd - one.shown.odd:
            return
        for rule_id, subject in one.shown.fired:
            silent = rule_id not in self.found and (rule_id, subject) not in other.fired
            if silent and self._still(one.shown, other, rule_id, subject):
                self.found[rule_id] = Twin(one.scenario.id, subject, variant)

    def _still(self, before: Shown, after: Shown, rule_id: str, subject: str) -> bool:
        """Whether the subject is there; in its role, unless the rule asks for nothing else."""
        was, now = before.subjects.get(subject), after.subjects.get(subject)
        if was is None or now is None:
            return False
        rule = self.plan.rules[rule_id]
        if rule.of != PERSON or rule.role is None or rule.role not in was.roles or rule.role in now.roles:
            return True
        return not (rule.when.atoms or rule.when.any or rule.when.some or rule.each is not None)


def fired_in(told: Sequence[Told]) -> Mapping[str, tuple[Fired, ...]]:
    """Rule → the (scenario, subject) pairs in which it is shown."""
    found: dict[str, list[Fired]] = {}
    for one in told:
        for rule, subject in one.shown.fired:
            found.setdefault(rule, []).append((one.scenario.id, subject))
    return {rule: tuple(pairs) for rule, pairs in found.items()}
