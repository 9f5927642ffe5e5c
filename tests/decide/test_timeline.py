"""From when on two timelines of one fact may differ: never later than they do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from samverkan.decide.timeline import BEGINNING, NOTHING, Stretch, Timeline

FIRST, SECOND, THIRD = (datetime(2017, 5, day, tzinfo=UTC) for day in (1, 2, 3))
A, B = Stretch("a"), Stretch("b")


def line(*parts: datetime | Stretch) -> Timeline:
    """A timeline of starts and what begins at them, after what there is before the first."""
    return Timeline(
        tuple(p for p in parts if isinstance(p, datetime)), tuple(p for p in parts if not isinstance(p, datetime))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "from_when"),
    [
        (line(NOTHING), line(NOTHING), None),
        (line(A, FIRST, B, SECOND, A), line(A, FIRST, B, SECOND, A), None),
        (line(A), line(B), BEGINNING),
        (line(A, FIRST, B), line(A, FIRST, A), FIRST),
        (line(A, FIRST, B, SECOND, A), line(A, FIRST, B, SECOND, B), SECOND),
        (line(A, FIRST, B), line(A), FIRST),
        (line(A, FIRST, B, SECOND, A), line(A, FIRST, B), SECOND),
        (line(A, FIRST, B, THIRD, A), line(A, FIRST, B, SECOND, A), SECOND),
        (line(A, FIRST, B, SECOND, A, THIRD, B), line(A, FIRST, B, SECOND, A), THIRD),
        (line(Stretch("a", back_to=FIRST)), line(A), BEGINNING),
        (line(A, FIRST, Stretch("b", back_to=SECOND)), line(A, FIRST, B), FIRST),
    ],
)
def test_the_first_instant_at_which_two_may_differ(one: Timeline, other: Timeline, from_when: datetime | None) -> None:
    assert one.differs_from(other) == other.differs_from(one) == from_when
    before = [BEGINNING + timedelta(days=1), *(t - timedelta(seconds=1) for t in (FIRST, SECOND, THIRD))]
    assert all(one.at(t).value == other.at(t).value for t in before if from_when is None or t < from_when)
