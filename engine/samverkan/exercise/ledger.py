"""The ledger of a played scenario, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from samverkan.decide.answer import Answer
from samverkan.exercise.grouping import matters
from samverkan.plan.spelling import listed
from samverkan.wording.clock import clock, day
from samverkan.wording.phrases import capital
from samverkan.wording.wording import Wording


def ledger_rows(wording: Wording, answer: Answer) -> Iterator[tuple[str, ...]]:
    """The rows of the ledger: a day alone, then when a decision was shown, what, who, how it stands; times only where new."""
    told: tuple[str, str] = ("", "")
    for shown, group in groupby(sorted(answer.decisions, key=lambda d: d.shown), key=lambda d: d.shown):
        today, at = capital(day(wording.local(shown).date())), clock(wording.local(shown))
        if today != told[0]:
            yield (today,)
        for matter in matters(wording.plan, group, answer.as_of):
            for duty in matter.duties:
                bearers = listed([wording.function(d.id.bearer) for d in duty.decisions])
                time = "" if told == (today, at) else at
                yield time, capital(wording.deed(duty.first)), capital(bearers), wording.status(duty.first, answer.as_of)
                told = (today, at)
