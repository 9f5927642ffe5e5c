"""Why something isn't due, as Swedish text: what hinders it, and what would have to be so instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from samverkan.case.explained import Happened
from samverkan.case.explanations import Change, Way, WhyNot
from samverkan.case.saying import UNKNOWN_SINCE, Saying
from samverkan.plan.model import UNKNOWN, Plan
from samverkan.plan.spelling import listed
from samverkan.wording import phrases
from samverkan.wording.phrases import capital

MOST_TOLD = 6
"""How many ways the text tells; the data have all."""

_OTHER_THAN_FACTS = ("condition", "exception", "overridden")


def text_of(answer: WhyNot, plan: Plan, happened: Iterable[Happened], who: Mapping[str, str]) -> WhyNot:
    """The answer with its text, and with the events that it names."""
    told = tuple(happened)
    say = Saying(plan, who, told, answer.as_of, answer.subject)
    return replace(answer, happened=told, text="\n".join(_lines(say, answer)) + "\n")


def _lines(say: Saying, answer: WhyNot) -> Iterator[str]:
    rule, name = say.plan.rules[answer.rule], say.wording.name(answer.subject)
    yield rule.title
    yield f"Gäller {name}. Läget {say.moment(answer.as_of)}."
    if rule.text:
        yield f"Regeln säger: {rule.text}"
    yield ""
    if answer.due:
        about = list(dict.fromkeys(d.subject for d, status in answer.decisions if status == "due"))
        whom = f", för {listed([say.wording.name(one) for one in about])}" if about != [answer.subject] else ""
        yield f"Det är redan aktuellt{whom}. Fråga i stället varför det är det (why)."
        return
    yield "Därför är det inte aktuellt" if answer.hindrances else "Inget hindrar det."
    grounds = tuple(dict.fromkeys(one.subject for one in answer.hindrances))
    several = len({w.ground for w in answer.ways} | {h.subject for h in answer.hindrances if h.kind in _OTHER_THAN_FACTS}) > 1
    for ground in grounds:
        its = [one for one in answer.hindrances if one.subject == ground]
        if several and len(grounds) > 1:
            yield f"  {capital(say.wording.name(ground))}:"
        yield from say.hindrances(its, answer.rule, answer.as_of, "  ")
    yield from _ways(say, answer)


def _ways(say: Saying, answer: WhyNot) -> Iterator[str]:
    others = [one for one in answer.hindrances if one.kind not in _OTHER_THAN_FACTS]
    if not answer.ways:
        if others and len(others) < len(answer.hindrances):
            yield from ("", "Inga andra uppgifter skulle göra det aktuellt.")
        return
    yield ""
    enough = any(way.enough for way in answer.ways)
    if enough:
        yield "Det skulle bli aktuellt om" if len(answer.ways) == 1 else "Det skulle bli aktuellt på något av de här sätten"
    else:
        yield "Uppgifterna skulle räcka om" if len(answer.ways) == 1 else "Uppgifterna skulle räcka på något av de här sätten"
    for number, way in enumerate(answer.ways[:MOST_TOLD], start=1):
        yield from _way(say, way, number if len(answer.ways) > 1 else None)
    if len(answer.ways) > MOST_TOLD:
        yield f"  och {len(answer.ways) - MOST_TOLD} sätt till, som kräver minst lika mycket."
    elif not answer.complete:
        yield "  Det kan finnas fler sätt, som kräver mer."
    if not enough:
        yield "Det räcker inte ensamt: se också det andra som hindrar, ovan."


def _way(say: Saying, way: Way, number: int | None) -> Iterator[str]:
    for place, change in enumerate(way.changes):
        mark = "• " if number is None else f"{number}. " if place == 0 else "   och "
        yield f"  {mark}{_change(say, change)}"


def _change(say: Saying, change: Change) -> str:
    values = say.values(change.fact, change.values)
    then = f", så som det var {say.moment(change.at)}" if change.at is not None else ""
    return f"{say.fact(change.fact, change.subject)} är: {values}{then} – {_now(say, change)}"


def _now(say: Saying, change: Change) -> str:
    """How the fact stands now, and what that means for changing it."""
    if change.now == UNKNOWN:
        return f"nu {UNKNOWN_SINCE.get(change.stands, phrases.NOT_KNOWN)}"
    value = say.wording.value(change.fact, change.now)
    if change.stands == "established":
        return f"nu fastställt: {value}, vilket då måste vara fel eller ändras"
    if change.stands == "said":
        return f"nu enligt uppgift: {value}"
    return f"nu: {value}"
