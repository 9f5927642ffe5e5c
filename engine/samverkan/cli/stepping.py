"""`samverkan play --step`: one stop at a time, first what happens, then, after Enter, the answers; f goes back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samverkan.exercise.pacing import Stop
    from samverkan.exercise.playing import Played
    from samverkan.exercise.scenario import Scenario
    from samverkan.exercise.terminal import Telling


def step_through(telling: Telling, scenario: Scenario, plays: Sequence[Played]) -> bool:
    """Tells a scenario that was played, at the pace of whoever presses Enter.

    Returns: False where they had enough (the input ended, or they interrupted) before the last step.
    """
    from samverkan.exercise.pacing import stops, told

    screens = stops(told(plays))
    place = 0
    try:
        while place < len(screens):
            telling.page.clear()
            if place == 0:
                telling.beginning(scenario)
            typed = _screen(telling, screens, place, len(plays))
            if typed is None:
                telling.stopped()
                return False
            place = max(0, place - 1) if _back(typed) else place + 1
    except KeyboardInterrupt:
        telling.stopped()
        return False
    return True


def _screen(telling: Telling, screens: Sequence[Stop], place: int, last: int) -> str | None:
    """One stop: what goes by before it, what happens, the answers. Returns what was typed last; None: the input has ended."""
    from samverkan.exercise.pacing import runs

    stop = screens[place]
    for run in runs(stop.by, telling.wording.zone):
        telling.by(run)
    if stop.at is None:
        return ""
    step = stop.at.played.step
    telling.opening(step)
    if stop.at.asks or step.reply:
        telling.ask(duties=stop.at.asks)
        typed = _line()
        if typed is None or _back(typed):
            return typed
    telling.closing(step)
    telling.answer(stop.at)
    following = screens[place + 1] if place + 1 < len(screens) else None
    first = (following.by[0] if following.by else following.at) if following is not None else None
    telling.go_on(first.played.step.number if first is not None else last, last, first is not None)
    return _line()


def _line() -> str | None:
    line = sys.stdin.readline()
    return line.strip() if line else None


def _back(typed: str) -> bool:
    from samverkan.wording.phrases import BACK

    return typed.lower() == BACK
