"""Whatever is done to a case, it says what the oracle says, and its ledger tells how it came to: whole, in order, and nothing else.

The quick half of what `python -m tests.deep.lives --lives 5000` does.
"""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, Phase, given, settings
from tests.generators.lives import Life, lives
from tests.living import Covered, live

QUICK = settings(
    max_examples=80,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
"""What fails is told as it was found: it is made smaller, if that is wanted, by hand and with time."""


@cache
def lived() -> tuple[Covered, tuple[tuple[Life, tuple[str, ...]], ...]]:
    """The same lives for all tests: what they covered, and those that were wrong."""
    covered, faulty = Covered(), list[tuple[Life, tuple[str, ...]]]()

    @QUICK
    @given(lives())
    def tell(life: Life) -> None:
        found = tuple(live(life, covered))
        if found:
            faulty.append((life, found))

    tell()
    return covered, tuple(faulty)


def test_every_step_of_every_life_is_as_it_must_be() -> None:
    _, faulty = lived()
    shortest = min(faulty, key=lambda one: len(one[0].doings), default=None)
    assert shortest is None, f"{shortest[1]}\n{shortest[0]!r}"


def test_the_lives_are_full_enough_to_say_something() -> None:
    covered, _ = lived()
    assert set(covered.statuses) == {"ask_first", "due", "done", "declined", "lapsed", "withdrawn"}
    assert set(covered.flags) >= {"acknowledged", "overdue", "passed", "told_without_consent"}
    assert set(covered.causes) == {"event", "correction", "taken_back", "clock", "own_measure", "plan", "closed", "reopened"}
    assert {"fire", "fire refused", "advance", "add", "close", "close refused", "reopen", "migrate"} <= set(covered.doings)
    ways = {"– → due", "– → ask_first", "due → done", "due → lapsed", "due → withdrawn", "due → –", "ask_first → due"}
    assert ways <= set(covered.transitions), ways - set(covered.transitions)
    assert len(covered.transitions) > 14
