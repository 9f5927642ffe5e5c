"""What some events would change: what would be due, fall away or be told to whom. The case itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from samverkan.case.explanations import Disclosed, WhatIf
from samverkan.decide.answer import Answer, Decision, DecisionId
from samverkan.decide.events import Event
from samverkan.plan.model import Plan
from samverkan.wording.clock import day_and_clock
from samverkan.wording.phrases import capital
from samverkan.wording.recounting import details, happened
from samverkan.wording.wording import Wording, subjects_of

STATUSES = ("due", "ask_first", "done", "declined", "lapsed", "withdrawn")
HEADINGS: Mapping[str, str] = {
    "due": "Det här skulle bli att göra",
    "ask_first": "Det här skulle vänta på samtycke",
    "done": "Det här skulle vara gjort",
    "declined": "Det här skulle vara avböjt",
    "lapsed": "Det här skulle inte längre vara aktuellt",
    "withdrawn": "Det här skulle tas tillbaka: det skulle aldrig ha funnits någon grund",
    "altered": "Det här skulle göras av någon annan, lämnas till någon annan eller ha en annan tid",
}
GETS: Mapping[str, str] = {"identity": "även vem det gäller: {}", "circumstances": "omständigheterna, men inte vem det gäller"}
NOBODYS = "omständigheterna, utan personuppgifter"
_TELLS = ("notify", "apply")
_MOST_QUESTIONS = 5


def what_if(plan: Plan, before: Answer, after: Answer, events: Sequence[Event], who: Mapping[str, str]) -> WhatIf:
    """What differs between two answers as of one instant: without the events, and with them. See `Case.what_if`."""
    old = {d.id: d for d in before.decisions}
    new: dict[str, list[Decision]] = {status: [] for status in STATUSES}
    altered = []
    for decision in after.decisions:
        earlier = old.get(decision.id)
        if earlier is None or earlier.status != decision.status:
            new[decision.status].append(decision)
        elif decision.status in ("due", "ask_first") and _how(earlier) != _how(decision):
            altered.append(decision)
    changed = {status: tuple(found) for status, found in new.items()}
    marked = {(e.mark.rule, e.mark.measure, e.mark.subject) for e in events if e.mark is not None and e.mark.kind == "done"}
    answer = WhatIf(
        plan.id, plan.digest, after.as_of, tuple(e.id for e in events), **changed, altered=tuple(altered),
        disclosed=tuple(_disclosed([*changed["due"], *changed["ask_first"], *altered, *changed["done"]], marked)),
        asked=tuple(q for q in after.questions if q not in before.questions),
        answered=tuple(q for q in before.questions if q not in after.questions),
        contradictions=tuple(c for c in after.contradictions if c not in before.contradictions),
        text="",
    )  # fmt: skip
    return replace(answer, text="\n".join(_lines(plan, answer, after, before, events, who)) + "\n")


def _how(decision: Decision) -> tuple[object, ...]:
    """By whom, to whom and by when."""
    recipient = decision.recipient.unit if decision.recipient is not None else None
    return decision.bearer.unit, recipient, decision.deadline


def _disclosed(decisions: Iterable[Decision], marked: set[tuple[str, str, str]]) -> Iterator[Disclosed]:
    for one in decisions:
        told = one.status != "done" or (one.id.rule, one.id.measure, one.id.subject) in marked
        if one.kind in _TELLS and one.recipient is not None and one.telling is not None and told:
            clause = one.allowed_by.clause if one.allowed_by is not None else None
            yield Disclosed(
                one.id, one.status, one.recipient.function, one.recipient.unit, one.telling, one.person, clause, one.consent
            )


# -- as text --------------------------------------------------------------------------------------------------------------------


def _lines(
    plan: Plan, answer: WhatIf, after: Answer, before: Answer, events: Sequence[Event], who: Mapping[str, str]
) -> Iterator[str]:
    wording = Wording(plan, who)
    now = wording.local(answer.as_of)
    yield "Om det här hände:"
    for event in events:
        yield f"• {happened(wording, event)}, {day_and_clock(event.at.astimezone(ZoneInfo(plan.timezone)), now)}"
        yield from (f"  {line}" for line in details(wording, event))
    yield f"Läget {day_and_clock(now)}, jämfört med hur det annars hade varit."
    for status, heading in HEADINGS.items():
        decisions: tuple[Decision, ...] = getattr(answer, status)
        if decisions:
            yield from ("", heading)
            yield from _told(wording, decisions, answer)
    if answer.disclosed:
        yield from ("", "Vem som skulle få veta vad")
        yield from dict.fromkeys(_disclosure(wording, one, after) for one in answer.disclosed)
    yield from _questions(wording, answer, after, before)
    if not any(getattr(answer, status) for status in HEADINGS) and not answer.asked and not answer.answered:
        yield from ("", "Ingenting skulle ändras.")


def _told(wording: Wording, decisions: Sequence[Decision], answer: WhatIf) -> Iterator[str]:
    """A line for each measure, whoever bears it."""

    def measure(one: Decision) -> tuple[str, ...]:
        return one.id.rule, one.id.measure, one.id.subject, one.id.occurrence

    by_measure = (list(group) for _, group in groupby(sorted(decisions, key=lambda d: (measure(d), d.id.bearer)), key=measure))
    for its in sorted(by_measure, key=lambda group: _urgency(group[0])):
        first = its[0]
        if first.status not in ("due", "ask_first"):
            bearers = ", ".join(wording.function(d.id.bearer) for d in its)
            replaced = wording.ended(first)
            yield f"• {capital(bearers)}: {wording.deed(first)}{f' ({replaced})' if replaced is not None else ''}"
            continue
        time = f" Tid: {wording.deadline(first.deadline, answer.as_of)}." if first.deadline is not None else ""
        yield f"• {wording.sentence(its)}{time}"


def _urgency(one: Decision) -> tuple[bool, bool, datetime, DecisionId]:
    """What is to be done soonest first, prohibitions last."""
    at = one.deadline.at if one.deadline is not None else None
    return one.kind == "refrain", at is None, at or one.shown, one.id


def _disclosure(wording: Wording, one: Disclosed, after: Answer) -> str:
    decision = next(d for d in after.decisions if d.id == one.decision)
    to = wording.answering(decision.recipient, after.as_of) if decision.recipient is not None else wording.function(one.function)
    told = GETS[one.telling].format(wording.name(one.person)) if one.person is not None else NOBODYS
    how = "har då fått veta" if one.status == "done" else "får veta"
    ground = wording.allowed(decision)
    return f"• {capital(to)} {how} {told}{f' ({ground})' if ground is not None else ''}."


def _questions(wording: Wording, answer: WhatIf, after: Answer, before: Answer) -> Iterator[str]:
    for heading, asked, subjects in (
        ("Det här skulle behöva tas reda på", answer.asked, subjects_of(after)),
        ("Det här skulle inte längre behöva tas reda på", answer.answered, subjects_of(before)),
    ):
        known = {(q.kind, q.subject, q.fact) for q in (answer.answered if asked is answer.asked else answer.asked)}
        told = list(dict.fromkeys(wording.question(q, subjects) for q in asked if (q.kind, q.subject, q.fact) not in known))
        if told:
            yield from ("", heading)
            yield from (f"• {one}" for one in told[:_MOST_QUESTIONS])
            if len(told) > _MOST_QUESTIONS:
                yield f"  och {len(told) - _MOST_QUESTIONS} uppgifter till"
