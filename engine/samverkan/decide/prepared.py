"""A plan made ready for deciding, once: groups and order of the rules, who overrides whom, the directory, the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from samverkan.decide.groups import Group, groups
from samverkan.decide.matching import Compiled
from samverkan.decide.reading import facts_read, names_unknown, opening_sorts
from samverkan.directory.answering import Directory
from samverkan.directory.calendar import Calendar
from samverkan.directory.times import start_of_day, zone_named
from samverkan.plan.model import Measure, Plan, Ref, Rule

CONSENT_RULE = "samtycke"
"""The reserved rule id of decisions to ask for a consent."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Prepared:
    """`strata`: rules in the order of judging; those of one stratum see what became of all earlier ones.

    `stratum_of`: rule → the number of its stratum. `turn`: rule → its place in the order of judging. `overriders`: rule → the
    rules that override it. `alternatives`: (rule, measure) → those of which one does for all, sorted. `midnights`: the instants
    at which some rule's validity begins or has ended. `served`: the facts that
    units' clienteles are told by. `passings`: the measures whose passing some rule waits for. `reads`: rule → the facts that its
    verdict can depend on. `looks_back`: the rules that rest on something being `unknown`. `opens`: the sorts of subject about
    which some rule may hold units open.
    """

    plan: Plan
    groups: tuple[Group, ...]
    strata: tuple[tuple[Rule, ...], ...]
    stratum_of: Mapping[str, int]
    turn: Mapping[str, int]
    overriders: Mapping[str, tuple[str, ...]]
    alternatives: Mapping[tuple[str, str], tuple[Ref, ...]]
    midnights: tuple[datetime, ...]
    directory: Directory
    calendar: Calendar
    zone: ZoneInfo
    served: tuple[str, ...]
    passings: tuple[Ref, ...]
    reads: Mapping[str, frozenset[str]]
    looks_back: frozenset[str]
    opens: frozenset[str]

    def measure(self, rule_id: str, measure_id: str) -> Measure | None:
        """The measure of that name, or None."""
        rule = self.plan.rules.get(rule_id)
        return rule.measure(measure_id) if rule is not None else None


_PREPARED: WeakKeyDictionary[Plan, Prepared] = WeakKeyDictionary()


def prepared(plan: Plan) -> Prepared:
    """The plan made ready; the same object for the same plan."""
    found = _PREPARED.get(plan)
    if found is None:
        found = _prepare(plan)
        _PREPARED[plan] = found
    return found


_COMPILED: WeakKeyDictionary[Prepared, Compiled] = WeakKeyDictionary()


def compiled(ready: Prepared) -> Compiled:
    """The compiled matcher of a plan; the same object for the same plan."""
    found = _COMPILED.get(ready)
    if found is None:
        found = _COMPILED[ready] = Compiled(ready.groups)
    return found


def _prepare(plan: Plan) -> Prepared:
    zone = zone_named(plan.timezone)
    overriders: dict[str, list[str]] = defaultdict(list)
    for rule in plan.rules.values():
        for override in rule.overrides:
            overriders[override.rule].append(rule.id)
    alternatives = _alternatives(plan)
    midnights: set[datetime] = set()
    for rule in plan.rules.values():
        midnights.add(start_of_day(rule.first, zone))
        if rule.last is not None and rule.last < date(9999, 12, 31):
            midnights.add(start_of_day(rule.last + timedelta(days=1), zone))
    strata = _strata(plan, overriders, alternatives)
    return Prepared(
        plan, groups(plan), strata, {rule.id: number for number, stratum in enumerate(strata) for rule in stratum},
        {rule.id: turn for turn, rule in enumerate(r for stratum in strata for r in stratum)},
        {k: tuple(sorted(v)) for k, v in overriders.items()}, _by_name(alternatives),
        tuple(sorted(m.astimezone(UTC) for m in midnights)),
        Directory(plan), Calendar(plan.country), zone,
        tuple(sorted({fact for unit in plan.units.values() for fact in unit.serves})),
        tuple({r.each.ref: None for r in plan.rules.values() if r.each is not None and r.each.kind == "passed" and r.each.ref}),
        {rule.id: facts_read(plan, rule) for rule in plan.rules.values()},
        frozenset(rule.id for rule in plan.rules.values() if names_unknown(plan, rule.when)),
        opening_sorts(plan.rules.values(), plan),
    )  # fmt: skip


def _alternatives(plan: Plan) -> dict[Ref, frozenset[Ref]]:
    """Measures joined by `or`, in one direction or both, with all that they are joined to."""
    joined: dict[Ref, set[Ref]] = {}
    for rule in plan.rules.values():
        for measure in rule.then:
            if measure.alternative is not None:
                one, other = Ref(rule.id, measure.id), measure.alternative
                together = joined.get(one, {one}) | joined.get(other, {other})
                for ref in together:
                    joined[ref] = together
    return {ref: frozenset(together - {ref}) for ref, together in joined.items()}


def _by_name(alternatives: Mapping[Ref, frozenset[Ref]]) -> dict[tuple[str, str], tuple[Ref, ...]]:
    """(rule, measure) → its alternatives, sorted."""
    return {(ref.rule, ref.measure): tuple(sorted(others, key=str)) for ref, others in alternatives.items()}


def _strata(
    plan: Plan, overriders: Mapping[str, list[str]], alternatives: Mapping[Ref, frozenset[Ref]]
) -> tuple[tuple[Rule, ...], ...]:
    """Rules by how many others have to be settled before them, an overrider before what it overrides.

    The load check has refused cycles; the number of rounds bounds the search all the same.
    """
    level = dict.fromkeys(plan.rules, 0)
    for _ in plan.rules:
        changed = False
        for rule in plan.rules.values():
            wanted = level[rule.id]
            if rule.each is not None and rule.each.ref is not None:
                earlier = {rule.each.ref, *alternatives.get(rule.each.ref, ())}
                wanted = max(wanted, *(level[ref.rule] + 1 for ref in earlier if ref.rule != rule.id))
            for overrider in overriders.get(rule.id, ()):
                wanted = max(wanted, level[overrider])
            for measure in rule.then:
                for ref in alternatives.get(Ref(rule.id, measure.id), ()):
                    wanted = max(wanted, level[ref.rule])
            if wanted != level[rule.id]:
                level[rule.id], changed = wanted, True
        if not changed:
            break
    strata: dict[int, list[Rule]] = defaultdict(list)
    for rule in plan.rules.values():
        strata[level[rule.id]].append(rule)
    return tuple(tuple(_overriders_first(strata[number], overriders)) for number in sorted(strata))


def _overriders_first(rules: list[Rule], overriders: Mapping[str, list[str]]) -> list[Rule]:
    here = {rule.id: rule for rule in rules}
    ordered: dict[str, Rule] = {}

    def visit(rule: Rule, path: frozenset[str]) -> None:
        for overrider in overriders.get(rule.id, ()):
            if overrider in here and overrider not in ordered and overrider not in path:
                visit(here[overrider], path | {rule.id})
        ordered.setdefault(rule.id, rule)

    for rule in rules:
        visit(rule, frozenset())
    return list(ordered.values())
