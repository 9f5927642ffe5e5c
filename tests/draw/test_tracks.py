"""Lines beside each other in a channel: as few crossings as can be, and none on another."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.draw.tracks import Track, arrange


def crossings(tracks: list[Track], places: list[int]) -> int:
    """How often a line that leaves a track crosses another, when the tracks lie at these places."""
    count = 0
    for one, at in zip(tracks, places, strict=True):
        for other, beside in zip(tracks, places, strict=True):
            if one is not other:
                count += sum(other.low < y < other.high for y in one.before if beside < at)
                count += sum(other.low < y < other.high for y in one.after if beside > at)
    return count


def test_nested_turns_do_not_cross() -> None:
    outer, inner = Track(0, 100, (0, 100), ()), Track(30, 60, (30, 60), ())
    places = arrange([outer, inner])
    assert places[1] < places[0]
    assert crossings([outer, inner], places) == 0


def test_far_apart_tracks_share_a_place() -> None:
    assert arrange([Track(0, 20, (0,), (20,)), Track(100, 130, (100,), (130,))]) == [0, 0]


def test_lines_at_one_height_do_not_lie_on_each_other() -> None:
    # The first goes from the left at 50 to its track; the second from its track to the right at 50.
    left, right = Track(0, 50, (50,), (0,)), Track(50, 100, (100,), (50,))
    places = arrange([left, right])
    assert places[0] < places[1]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=4, unique=True))
def test_four_tracks_cross_as_little_as_any_order(ends: list[tuple[int, int]]) -> None:
    tracks = [
        Track(min(a, b) * 40 + index * 7, max(a, b) * 40 + index * 7 + 1, (a * 40 + index * 7,), (b * 40 + index * 7,))
        for index, (a, b) in enumerate(ends)
    ]
    best = min(crossings(tracks, list(order)) for order in permutations(range(len(tracks))))
    assert crossings(tracks, arrange(tracks)) <= best + 1


def test_the_same_each_time() -> None:
    tracks = [Track(index, 90 - index, (index,), (90 - index,)) for index in range(0, 40, 5)]
    assert arrange(tracks) == arrange(tracks)
