"""Opening hours as a plan writes them: `{mon-fri: 08:00-16:30, eves: closed, holidays: closed}`."""

from __future__ import annotations

import re
from itertools import pairwise

from samverkan.plan.errors import Problems
from samverkan.plan.model import Hours
from samverkan.plan.yaml_nodes import Node

Windows = tuple[tuple[int, int], ...]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPANS = {"mon-fri": range(5), "sat-sun": range(5, 7), "mon-sun": range(7)}
ALWAYS = Hours("always", "dygnet runt", ((((0, 1440),)),) * 7, ((0, 1440),))
"""The hours that every plan has."""

_WINDOW = re.compile(r"([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])")


def read_hours(key: Node, node: Node, problems: Problems) -> Hours:
    """The named hours that a mapping says. A day that isn't named is closed; a day that is named twice is an error."""
    days: list[Windows] = [()] * 7
    named: dict[int, str] = {}
    for word, value in node.pairs():
        name = word.value()
        if name not in SPANS and name not in DAYS:
            continue
        windows = _windows(value, problems)
        for day in SPANS.get(name, (DAYS.index(name),) if name in DAYS else ()):
            if day in named:
                text = f"dagen '{DAYS[day]}' har redan fått öppettider genom '{named[day]}'. Ange varje dag en gång."
                problems.error(word.at, "hours", text)
            named[day] = name
            days[day] = windows
    holidays, eves = node.get("holidays"), node.get("eves")
    return Hours(
        key.value(),
        node["label"].value(),
        tuple(days),
        () if holidays is None else _windows(holidays, problems),
        None if eves is None else _windows(eves, problems),
    )


def _windows(node: Node, problems: Problems) -> Windows:
    if node.text == "closed":
        return ()
    windows = [window for item in node if (window := _window(item, problems)) is not None]
    for earlier, later in pairwise(windows):
        if later[0] <= earlier[1]:
            text = "tiderna överlappar eller står i fel ordning. Skriv dem i dagens ordning, med glapp emellan."
            problems.error(node.at, "hours", text)
    return tuple(windows)


def _window(node: Node, problems: Problems) -> tuple[int, int] | None:
    match = _WINDOW.fullmatch(node.value())
    if match is None:
        text = f"öppettiden '{node.value()}' går inte att läsa. Skriv 'closed' eller klockslag som 08:00-16:30."
        problems.error(node.at, "hours", text)
        return None
    hour, minute, to_hour, to_minute = map(int, match.groups())
    start, end = 60 * hour + minute, 60 * to_hour + to_minute
    if end > 1440 or start >= 1440:
        problems.error(node.at, "hours", f"öppettiden '{node.value()}' går utanför dygnet. Ett dygn slutar 24:00.")
        return None
    if end <= start:
        text = (
            f"öppettiden '{node.value()}' slutar före den börjar. Går den över midnatt: "
            "skriv två, en till 24:00 och en från 00:00 dagen efter."
        )
        problems.error(node.at, "hours", text)
        return None
    return start, end
