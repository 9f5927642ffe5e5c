"""How durable-rules is contained: names that it can't tell apart are refused, rulesets stay small, and states are remembered."""

from __future__ import annotations

from itertools import islice, product

import pytest
from tests.stories import example_plan

from samverkan.decide import durable
from samverkan.decide.durable import Compared, Durable, DurableError, _DurableGroup, _no_collisions, fnv1a
from samverkan.decide.groups import Group, Part, State, groups


@pytest.mark.parametrize(("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_the_hash_is_the_published_one(text: str, value: int) -> None:
    assert fnv1a(text) == value


def test_two_names_with_one_hash_are_refused_and_the_same_name_twice_is_not() -> None:
    assert fnv1a("costarring") == fnv1a("liquid")
    with pytest.raises(DurableError, match="durable-rules kan inte skilja liquid från costarring"):
        _no_collisions(["id", "costarring", "sid", "liquid"])
    _no_collisions(["id", "costarring", "sid", "costarring"])


def _largest() -> tuple[int, Group]:
    found = groups(example_plan())
    number = max(range(len(found)), key=lambda n: len(found[n].slots))
    return number, found[number]


def _states(group: Group, number: int) -> list[State]:
    return list(islice(product(*(range(len(values)) for values in group.values)), number))


def test_a_term_becomes_few_rules_however_many_values_fulfil_it() -> None:
    slots = tuple((None, f"fact{n}") for n in range(3))
    values = tuple(("unknown", "a", "b", "c", "d", "e") for _ in slots)
    term = tuple(Part(slot, frozenset({1, 2, 3, 4})) for slot in range(3))
    found = _DurableGroup(0, Group("case", False, slots, values, (term,), ()))
    assert sum(len(ruleset._combinations) for ruleset in found._rulesets) == 2**3
    assert [found.match(state) for state in [(1, 4, 2), (0, 1, 4), (5, 1, 1)]] == [(1, 1), (0, 1), (0, 0)]


def test_equal_states_are_asked_once_and_what_is_remembered_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "MOST_REMEMBERED", 300)
    number, group = _largest()
    compared = Compared(groups(example_plan()))
    states, remembered = _states(group, 700), []
    for state in states:
        compared.match(number, state)
        compared.match(number, state)
        remembered.append(len(compared._seen))
    assert len(states) == compared.compared == 700
    assert max(remembered) == 300
    assert remembered[:301] == [*range(1, 301), 1]


def test_alone_it_has_nothing_to_say_about_differences() -> None:
    assert list(Durable(groups(example_plan())).diagnostics) == []
