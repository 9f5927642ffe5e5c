"""The cards: what only one function knows, on pages of its own for each function, to be cut apart and handed out."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from samverkan.exercise.scenario import Scenario, Step
from samverkan.exercise.sheet import document, paragraph
from samverkan.exercise.telling import heading
from samverkan.wording import phrases
from samverkan.wording.wording import Wording


def cards(wording: Wording, scenario: Scenario) -> str | None:
    """The whole document, or None where nobody knows anything of their own."""
    by_function: dict[str, list[Step]] = {}
    for step in scenario.steps:
        for function in step.knows:
            by_function.setdefault(function, []).append(step)
    if not by_function:
        return None
    body = (line for function, steps in by_function.items() for line in _pages(wording, function, steps))
    return document(wording, scenario, phrases.CARDS, phrases.CARDS_TASK, body)


def _pages(wording: Wording, function: str, steps: list[Step]) -> Iterator[str]:
    yield '<section class="own">'
    for step in steps:
        yield '<div class="card">'
        yield f"<h2>{escape(phrases.CARD.format(wording.function(function), step.number))}</h2>"
        yield paragraph(heading(wording, step), "about")
        yield paragraph(step.knows[function])
        yield "</div>"
    yield "</section>"
