"""`samverkan decide --questions`: what to find out, why, what hangs on each answer, and whom to ask."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samverkan.case.questions import FactQuestion
    from samverkan.exercise.page import Page
    from samverkan.plan.model import Plan

MOST = 5
"""How many questions are told with all that hangs on them, where nothing else is said."""


def add_questions(parser: ArgumentParser) -> None:
    """Adds the option."""
    parser.add_argument(
        "--questions", metavar="ANTAL", nargs="?", const=MOST, type=_count,
        help=f"visar i stället vad som behöver tas reda på, det mest brådskande först; utan antal de {MOST} första",
    )  # fmt: skip


def _count(text: str) -> int:
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) > 0):
        raise ArgumentTypeError(f"'{text}' är inget antal. Skriv ett heltal från 1.")
    return int(text)


def tell_questions(page: Page, plan: Plan, questions: Sequence[FactQuestion], most: int, heading: str) -> None:
    """Writes the first questions in full, and the others by name."""
    from samverkan.plan.answers import ASKED_OF, MOST_SENSITIVE, NO_VALUE
    from samverkan.plan.spelling import listed

    page.ruled(heading)
    if not questions:
        page.line("Inget som inte är känt kan ändra vad som ska göras.")
        return
    for number, one in enumerate(questions[:most], start=1):
        page.heading(f"{number}. {_name(one.subject)}: {one.text}")
        page.line(f"{one.urgency} {one.why}".strip(), indent=3)
        page.labelled("Känslighet", f"{one.sensitive} av {MOST_SENSITIVE}.", indent=3)
        if one.ask_whom:
            page.labelled("Fråga", f"{listed([ASKED_OF[whom] for whom in one.ask_whom], 'eller')}.", indent=3)
        for option in one.options:
            if option.value not in NO_VALUE:
                page.line(option.text, mark="• ", indent=3)
        page.labelled("Svara", f"--event 'svar {one.subject}' --fact {one.fact}=…", indent=3)
    rest = questions[most:]
    if rest:
        page.heading(f"Och {len(rest)} till")
    for subject in dict.fromkeys(one.subject for one in rest):
        labels = listed([plan.facts[one.fact].label for one in rest if one.subject == subject])
        page.labelled(_name(subject), f"{labels}.")
    page.blank()
    page.line(f"Också giltiga svar: {listed(list(NO_VALUE), 'eller')}.")


def _name(subject: str) -> str:
    from samverkan.plan.model import CASE

    return "Ärendet" if subject == CASE else subject
