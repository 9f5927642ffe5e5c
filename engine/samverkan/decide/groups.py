"""The rules of a plan as the matchers see them: groups of rules that read one state, cut into conjunctions.

A *group* holds the rules for one sort of subject (those judged by the offence apart). Its *slots* are what those rules read; a
*state* is one small int for each slot: 0 for `unknown`, else the place of the value in the fact's list, from 1 (for a conclusion 1
is true, 2 false). A rule's `when` and each of its exceptions is brought to alternatives of conjunctions, *terms*; in strong
Kleene logic that changes no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from samverkan.plan.model import UNKNOWN, Atom, Condition, Fact, Plan, Rule

FALSE, UNDETERMINED, TRUE = 0, 1, 2

Slot = tuple[str | None, str]
State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One test of a term: slot number and the codes of the values that fulfil it (0 among them where it names `unknown`)."""

    slot: int
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class GroupedRule:
    """A rule of a group, and which terms (bits) are alternatives of its `when` and of its exceptions."""

    rule: Rule
    when: int
    unless: int


@dataclass(frozen=True, slots=True)
class Group:
    """See the module. `values[slot][code]` is the value that a code stands for; `atoms` and `codes` read a slot."""

    of: str
    by_offence: bool
    slots: tuple[Slot, ...]
    values: tuple[tuple[str, ...], ...]
    terms: tuple[tuple[Part, ...], ...]
    rules: tuple[GroupedRule, ...]
    atoms: tuple[Atom, ...] = ()
    codes: tuple[Mapping[str, int], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.of}{'@offence' if self.by_offence else ''}"


def groups(plan: Plan) -> tuple[Group, ...]:
    """All rules of the plan, grouped; groups in the order of their first rule."""
    sorted_out: dict[tuple[str, bool], list[Rule]] = {}
    for rule in plan.rules.values():
        sorted_out.setdefault((rule.of, rule.by_offence), []).append(rule)
    return tuple(_group(plan, of, by_offence, rules) for (of, by_offence), rules in sorted_out.items())


def verdict(rule: GroupedRule, true: int, possible: int) -> int:
    """TRUE, UNDETERMINED or FALSE for one rule, from the terms that are true and those that are true or undetermined."""
    if true & rule.unless:
        return FALSE
    if true & rule.when:
        return TRUE
    return UNDETERMINED if possible & rule.when else FALSE


def values_of(plan: Plan, name: str) -> tuple[str, ...]:
    """The values of a fact or conclusion in the order of their codes; `unknown` first."""
    found: Fact | None = plan.facts.get(name)
    return (UNKNOWN, *found.values) if found is not None else (UNKNOWN, "true", "false")


def _group(plan: Plan, of: str, by_offence: bool, rules: Sequence[Rule]) -> Group:
    slots: dict[Slot, int] = {}
    values: list[tuple[str, ...]] = []
    terms: list[tuple[Part, ...]] = []

    def part(atom: Atom) -> Part:
        slot = (atom.end, atom.fact)
        if slot not in slots:
            slots[slot] = len(slots)
            values.append(values_of(plan, atom.fact))
        codes = values[slots[slot]]
        return Part(slots[slot], frozenset(codes.index(v) for v in atom.values))

    def add(condition: Condition) -> int:
        bits = 0
        for atoms in alternatives(condition):
            terms.append(_together([part(a) for a in atoms]))
            bits |= 1 << (len(terms) - 1)
        return bits

    grouped = [GroupedRule(r, add(r.when), reduce(lambda bits, u: bits | add(u), r.unless, 0)) for r in rules]
    atoms = tuple(Atom(end, fact, ()) for end, fact in slots)
    codes = tuple({value: code for code, value in enumerate(one)} for one in values)
    return Group(of, by_offence, tuple(slots), tuple(values), tuple(terms), tuple(grouped), atoms, codes)


def alternatives(condition: Condition) -> list[tuple[Atom, ...]]:
    """The condition as alternatives of conjunctions of atoms. Conditions of rules have no `some` (the load check says so)."""
    if not condition.any:
        return [condition.atoms]
    return [condition.atoms + more for one in condition.any for more in alternatives(one)]


def _together(parts: list[Part]) -> tuple[Part, ...]:
    """Tests of the same slot made one: both hold, in Kleene's sense too, exactly where the common values do."""
    by_slot: dict[int, frozenset[int]] = {}
    for one in parts:
        by_slot[one.slot] = by_slot.get(one.slot, one.codes) & one.codes
    return tuple(Part(slot, codes) for slot, codes in sorted(by_slot.items()))
