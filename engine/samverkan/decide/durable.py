"""The matcher on durable-rules, kept to what it gets right (docs/durable-rules.md), every answer compared with the compiled one.

Each term becomes pure conjunctions of string equalities on one fact, one durable rule for each combination of values; where that
would be more than `MOST_COMBINED`, the widest tests are digested into flags beforehand. Rulesets have at most `MOST_RULES` rules,
one session, one fact at a time, and the state is deleted after each. No host, no threads of its own, one lock.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from threading import Lock
from typing import Any

from samverkan.decide.groups import Group, Part, State
from samverkan.decide.matching import Compiled, Found

MOST_RULES = 60
MOST_COMBINED = 6
ALWAYS = "always"
YES = "yes"
SESSION = "1"


class DurableError(RuntimeError):
    """durable-rules isn't here, or a plan can't be put to it safely."""


def is_installed() -> bool:
    """Whether durable-rules can be imported."""
    return importlib.util.find_spec("durable") is not None and importlib.util.find_spec("durable_rules_engine") is not None


@dataclass(frozen=True, slots=True)
class _Combination:
    """One durable rule: the value that each property has to have, the bits of the terms that say just this, and whether they are
    true there."""

    tests: tuple[tuple[str, str], ...]
    bits: int
    true: bool


@dataclass(frozen=True, slots=True)
class _Test:
    """A property that has to have a value, and whether the part of the term is true there (else undetermined)."""

    name: str
    value: str
    true: bool


class Durable:
    """The groups of one plan as rulesets of durable-rules, each made when it is first asked about."""

    name = "durable"

    def __init__(self, groups: Sequence[Group]) -> None:
        if not is_installed():
            raise DurableError("durable-rules är inte installerat.")
        self._plain = tuple(groups)
        self._groups: dict[int, _DurableGroup] = {}

    @property
    def diagnostics(self) -> Sequence[str]:
        return ()

    def match(self, group: int, state: State) -> Found:
        found = self._groups.get(group)
        if found is None:
            found = self._groups[group] = _DurableGroup(group, self._plain[group])
        return found.match(state)


class _DurableGroup:
    def __init__(self, number: int, group: Group) -> None:
        self._group = group
        self._names = [f"x{i}_{(end or 'self')}_{fact}" for i, (end, fact) in enumerate(group.slots)]
        self._flags: list[tuple[str, int, frozenset[int]]] = []
        alike: dict[tuple[Part, ...], int] = {}
        for number, term in enumerate(group.terms):
            alike[term] = alike.get(term, 0) | 1 << number
        combinations = [c for term, bits in alike.items() for c in self._combinations(bits, term)]
        _no_collisions([*self._names, *(name for name, _, _ in self._flags), ALWAYS, "id", "sid"])
        chunks = [combinations[i : i + MOST_RULES] for i in range(0, len(combinations), MOST_RULES)]
        self._rulesets = [_Ruleset(f"g{number}c{i}", chunk) for i, chunk in enumerate(chunks)]

    def match(self, state: State) -> Found:
        fact = {name: self._group.values[i][state[i]] for i, name in enumerate(self._names)}
        fact[ALWAYS] = YES
        for name, slot, codes in self._flags:
            if state[slot] in codes:
                fact[name] = YES
        true = possible = 0
        for ruleset in self._rulesets:
            for combination in ruleset.fired(fact):
                possible |= combination.bits
                if combination.true:
                    true |= combination.bits
        return true, possible

    def _combinations(self, bits: int, term: tuple[Part, ...]) -> Iterator[_Combination]:
        """The durable rules of a term that has these bits: each combination of values at which it is true or undetermined."""
        tests = [self._tests(part) for part in term]
        for place in sorted(range(len(tests)), key=lambda i: -len(tests[i])):
            if _combined(tests) > MOST_COMBINED:
                tests[place] = self._digested(term[place])
        for chosen in product(*tests):
            properties = tuple((test.name, test.value) for test in chosen) or ((ALWAYS, YES),)
            yield _Combination(properties, bits, all(test.true for test in chosen))

    def _tests(self, part: Part) -> list[_Test]:
        """One test for each value that fulfils a part, and for `unknown`, which leaves it undetermined."""
        name, values = self._names[part.slot], self._group.values[part.slot]
        return [_Test(name, values[code], code in part.codes) for code in sorted(part.codes | {0})]

    def _digested(self, part: Part) -> list[_Test]:
        """The same with all values that fulfil the part digested into one flag."""
        flag = next((name for name, slot, codes in self._flags if (slot, codes) == (part.slot, part.codes)), None)
        if flag is None:
            flag = f"k{len(self._flags)}"
            self._flags.append((flag, part.slot, part.codes))
        unknown = _Test(self._names[part.slot], self._group.values[part.slot][0], False)
        return [_Test(flag, YES, True)] if 0 in part.codes else [_Test(flag, YES, True), unknown]


def _combined(tests: Sequence[Sequence[object]]) -> int:
    count = 1
    for one in tests:
        count *= len(one)
    return count


class _Ruleset:
    """At most `MOST_RULES` durable rules in one ruleset with one session."""

    def __init__(self, name: str, combinations: Sequence[_Combination]) -> None:
        from durable.engine import MessageNotHandledException, Ruleset

        self._unhandled = MessageNotHandledException
        self._combinations = combinations
        self._fired: list[int] = []
        self._count = 0
        self._lock = Lock()
        rules: dict[str, Any] = {}
        for place, combination in enumerate(combinations):
            tests = [{prop: value} for prop, value in combination.tests]
            pattern = tests[0] if len(tests) == 1 else {"$and": tests}
            rules[f"r{place}"] = {"all": [{"m": pattern}], "run": self._action(place)}
        self._ruleset = Ruleset(name, _Host(), rules)

    def fired(self, fact: dict[str, str]) -> list[_Combination]:
        """The combinations that durable-rules says are fulfilled by one fact."""
        with self._lock:
            self._fired.clear()
            self._count += 1
            message = {**fact, "id": self._count, "sid": SESSION}
            failed: list[object] = []
            try:
                handle = self._ruleset.assert_fact(message)
            except self._unhandled:
                return []
            self._ruleset.do_actions(handle, lambda error, _: failed.append(error) if error else None)
            self._ruleset.delete_state(SESSION)
            if failed:
                raise DurableError(f"durable-rules svarade med ett fel: {failed[0]}")
            return [self._combinations[place] for place in self._fired]

    def _action(self, place: int) -> Callable[[object], None]:
        def run(_: object) -> None:
            self._fired.append(place)

        return run


class _Host:
    """What a ruleset asks of its host; nothing is ever posted to another ruleset."""

    def get_action(self, name: str) -> object:
        raise DurableError(f"durable-rules frågade efter {name}")


def _no_collisions(names: Sequence[str]) -> None:
    """durable-rules tells property names apart by a 32-bit FNV-1a hash only; the vocabulary is closed, so it can be checked."""
    seen: dict[int, str] = {}
    for name in names:
        found = seen.setdefault(fnv1a(name), name)
        if found != name:
            raise DurableError(f"durable-rules kan inte skilja {name} från {found}.")


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash of a text's UTF-8 bytes (Fowler, Noll and Vo)."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


MOST_REMEMBERED = 10_000
"""How many states are remembered, so that they aren't asked again."""


class Compared:
    """durable-rules, each answer checked against the compiled matcher, whose answer stands. Equal states are asked once."""

    name = "durable"

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._compiled = Compiled(groups)
        self._durable = Durable(groups)
        self._seen: dict[tuple[int, State], Found] = {}
        self._differences: list[str] = []
        self.compared = 0

    @property
    def diagnostics(self) -> Sequence[str]:
        return tuple(self._differences)

    def match(self, group: int, state: State) -> Found:
        key = (group, state)
        if key not in self._seen:
            reference = self._compiled.match(group, state)
            answered = self._durable.match(group, state)
            self.compared += 1
            if answered != reference:
                self._differences.append(self._difference(group, state, answered, reference))
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen.clear()
            self._seen[key] = reference
            return reference
        return self._seen[key]

    def _difference(self, number: int, state: State, answered: Found, reference: Found) -> str:
        group = self._groups[number]
        values = {f"{end + '.' if end else ''}{fact}": group.values[i][state[i]] for i, (end, fact) in enumerate(group.slots)}
        bits = (answered[0] ^ reference[0]) | (answered[1] ^ reference[1])
        rules = [g.rule.id for g in group.rules if (g.when | g.unless) & bits]
        return f"{group.name}: {json.dumps(values, ensure_ascii=False)}: {', '.join(rules)}"
