"""durable-rules tells names apart by a hash only: a plan in which two names have the same one is refused to it."""

from __future__ import annotations

import pytest

from samverkan.decide.durable import DurableError, _no_collisions, fnv1a


@pytest.mark.parametrize(("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_the_hash_is_the_published_one(text: str, value: int) -> None:
    assert fnv1a(text) == value


def test_two_names_with_one_hash_are_refused_and_the_same_name_twice_is_not() -> None:
    assert fnv1a("costarring") == fnv1a("liquid")
    with pytest.raises(DurableError, match="durable-rules kan inte skilja liquid från costarring"):
        _no_collisions(["id", "costarring", "sid", "liquid"])
    _no_collisions(["id", "costarring", "sid", "costarring"])
