"""The exercise on paper: a sheet for the participants, one with every answer for the leader, and the cards. One HTML file each."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.exercise.cards import cards
from samverkan.exercise.leader import leader
from samverkan.exercise.pacing import stops, told
from samverkan.exercise.participants import participants
from samverkan.exercise.playing import Played
from samverkan.exercise.scenario import Scenario
from samverkan.wording.wording import Wording


def facit(wording: Wording, scenario: Scenario, plays: Sequence[Played]) -> dict[str, str]:
    """The HTML of a played scenario. Everything that comes from files is escaped; nothing is fetched from anywhere.

    Args:
        wording: for the plan and the names of the scenario.
        scenario: what was played.
        plays: its steps, from `playing.play`.

    Returns: the whole documents, by what their files' names end with: `deltagare`, `ledare` and, where some function knows
        something of its own, `kort`.
    """
    steps = stops(told(plays))
    found = {"deltagare": participants(wording, scenario, steps), "ledare": leader(wording, scenario, steps)}
    own = cards(wording, scenario)
    return found if own is None else {**found, "kort": own}
