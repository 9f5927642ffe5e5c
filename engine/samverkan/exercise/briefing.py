"""What a leader needs before and after an exercise: how long it takes, who has something to do, the cards, what to talk about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from samverkan.decide.answer import Decision
from samverkan.exercise.pacing import Stop, Told
from samverkan.exercise.scenario import Scenario
from samverkan.exercise.sheet import bullets, labelled
from samverkan.plan.spelling import listed
from samverkan.wording import phrases
from samverkan.wording.wording import Wording

WITH_ANSWERS, WITH_A_QUESTION = 8, 5
"""Minutes at a stop, as a group of some tables needs to read, talk, answer and hear the answers: our estimate."""

ONE_SITTING = 100
"""So many minutes nobody sits longer than without a pause."""


def minutes(stops: Sequence[Stop]) -> int:
    """About how long the exercise takes, in fives."""
    exact = sum(WITH_ANSWERS if one.asks else WITH_A_QUESTION for one in _held(stops))
    return -(-exact // 5) * 5


def before(wording: Wording, scenario: Scenario, stops: Sequence[Stop]) -> Iterator[str]:
    """What to know and to do beforehand, and how one stop goes."""
    yield '<section class="step">'
    yield f"<h2>{phrases.BEFORE}</h2>"
    if scenario.shows:
        yield labelled(phrases.SHOWS, scenario.shows)
    held, long = _held(stops), minutes(stops)
    lines = [phrases.STOPS.format(len(held), long, WITH_ANSWERS, WITH_A_QUESTION)]
    if long > ONE_SITTING:
        lines.append(phrases.TWO_SITTINGS)
    acting, told = _concerned(held)
    lines += _functions(wording, phrases.ACTS, acting)
    lines += _functions(wording, phrases.RECEIVES, Counter({one: at for one, at in told.items() if one not in acting}))
    cards = [
        phrases.AT_STEP.format(step.number, listed([wording.function(one) for one in step.knows]))
        for step in scenario.steps
        if step.knows
    ]
    if cards:
        lines.append(f"{phrases.CARDS_TO}: {'; '.join(cards)}.")
    yield from bullets(lines)
    yield f"<h3>{phrases.ROUND}</h3>"
    yield from ("<ol>", *(f"<li>{escape(line)}</li>" for line in phrases.ROUND_STEPS), "</ol>")
    yield "</section>"


def after() -> Iterator[str]:
    """What to talk about when all is played."""
    yield '<section class="step after">'
    yield f"<h2>{phrases.AFTER}</h2>"
    yield from bullets(phrases.AFTER_STEPS)
    yield "</section>"


def _held(stops: Sequence[Stop]) -> list[Told]:
    """The steps at which the group stops."""
    return [stop.at for stop in stops if stop.at is not None]


def _concerned(held: Sequence[Told]) -> tuple[Counter[str], Counter[str]]:
    """At how many stops each function has something new to do, and is told or gives something."""
    acting: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for one in held:
        acting.update({d.id.bearer for d in one.live if d.kind != "refrain"})
        told.update({function for d in one.live if (function := _receiver(d)) is not None})
    return acting, told


def _receiver(decision: Decision) -> str | None:
    return decision.recipient.function if decision.recipient is not None else None


def _functions(wording: Wording, label: str, at: Counter[str]) -> list[str]:
    """The functions, those with the most stops first, then in the order of the plan; nothing where there is none."""
    order = list(wording.plan.functions)
    ordered = sorted(at, key=lambda one: (-at[one], order.index(one)))
    names = [phrases.AT_STOPS[at[one] == 1].format(wording.function(one), at[one]) for one in ordered]
    return [f"{label}: {listed(names)}."] if names else []
