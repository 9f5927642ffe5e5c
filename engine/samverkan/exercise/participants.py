"""The participants' sheet: at most two steps on a page, a fold between them, with a table to fill in. No answers stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from samverkan.exercise.pacing import Stop, Told, runs
from samverkan.exercise.scenario import Scenario
from samverkan.exercise.sheet import columns, document, paragraph, passed_by, story
from samverkan.wording import phrases
from samverkan.wording.wording import Wording

ROWS = 8
"""As many on every step: the number of rows mustn't give away how many answers there are."""


def participants(wording: Wording, scenario: Scenario, stops: Sequence[Stop]) -> str:
    """The whole document."""
    body = (line for stop in stops for line in _half(wording, stop))
    return document(wording, scenario, phrases.PARTICIPANTS_SHEET, phrases.PARTICIPANTS_TASK, body)


def _half(wording: Wording, stop: Stop) -> Iterator[str]:
    """What the group reads in one go; what goes by before a step stands with it, so that it gives no answer away."""
    yield f'<section class="step{" half" if stop.at is not None else ""}">'
    yield from (passed_by(wording, run, words=False) for run in runs(stop.by, wording.zone))
    if stop.at is not None:
        step = stop.at.played.step
        yield from story(wording, step)
        if step.knows:
            yield paragraph(phrases.CARDS_NOW)
        if stop.at.asks:
            yield from _table(stop.at)
    yield "</section>"


def _table(told: Told) -> Iterator[str]:
    yield '<table class="answers">'
    yield f"<caption>{escape(phrases.ANSWERS.format(told.played.step.number))}</caption>"
    yield columns(phrases.ANSWER_COLUMNS)
    yield "<tbody>"
    cells = "<td></td>" * (len(phrases.ANSWER_COLUMNS) - 1)
    yield from (f'<tr><th scope="row">{number}</th>{cells}</tr>' for number in range(1, ROWS + 1))
    yield "</tbody></table>"
