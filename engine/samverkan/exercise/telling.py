"""What is told of a step, whether on the terminal or on paper: what is to be done in its bands, and what needs nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from samverkan.decide.answer import Answer, Decision
from samverkan.decide.events import Event
from samverkan.exercise.grouping import Duty, Matter, matters
from samverkan.exercise.playing import Changes
from samverkan.exercise.scenario import Step
from samverkan.plan.spelling import listed
from samverkan.wording import phrases
from samverkan.wording.clock import day_and_clock
from samverkan.wording.lateness import ENDINGS, ending
from samverkan.wording.phrases import capital
from samverkan.wording.wording import Wording


@dataclass(frozen=True, slots=True)
class BandTold:
    """What is to be done within one time. `heading` says the time where all have it in common; then `shared` is True."""

    heading: str
    shared: bool
    matters: tuple[Matter, ...]


def heading(wording: Wording, step: Step, also: Sequence[Step] = ()) -> str:
    """The number of a step, or of several told together, and when it is: "6–8. Fredag 10 maj 2013 kl. 09.00"."""
    numbers = f"{step.number}–{also[-1].number}" if also else f"{step.number}"
    return f"{numbers}. {capital(day_and_clock(wording.local(step.at)))}"


def bands(wording: Wording, decisions: Iterable[Decision], now: datetime) -> Iterator[BandTold]:
    """What is to be done, the most urgent first."""
    for band, group in groupby(matters(wording.plan, decisions, now), key=lambda m: m.band):
        found = tuple(group)
        dues = {duty.first.deadline for matter in found for duty in matter.duties}
        due = next(iter(dues)) if len(dues) == 1 else None
        time = wording.deadline(due, now) if due is not None else ""
        yield BandTold(wording.heading(band, time), bool(time), found)


def sections(wording: Wording, changes: Changes, events: Sequence[Event]) -> Iterator[tuple[str, tuple[Decision, ...]]]:
    """What needs nothing more, by heading; without what the events themselves say was done or answered."""
    plain = {
        kind: tuple(d for d in getattr(changes, kind) if not any(_said(d, event) for event in events))
        for kind in ("flagged", "done", "declined")
    }
    every: dict[str, tuple[Decision, ...]] = {**plain, "withdrawn": changes.withdrawn}
    # What is due at once or promptly has a time at which one is reminded, and no time that can be up.
    every["reminded"] = tuple(d for d in plain["flagged"] if reminded(d))
    every["flagged"] = tuple(d for d in plain["flagged"] if not reminded(d))
    every |= {kind: tuple(d for d in changes.lapsed if ending(wording.plan, d) == kind) for kind in ENDINGS}
    yield from ((heading, every[kind]) for kind, heading in phrases.SECTIONS.items() if every[kind])


def reminded(decision: Decision) -> bool:
    """Whether being overdue is only a reminder: of what is due at once or promptly, or was late when it became known."""
    due = decision.deadline
    return due is not None and (due.text in phrases.REMINDERS or "late" in decision.flags)


def _said(decision: Decision, event: Event) -> bool:
    """Whether the event is the mark on this decision, and nothing more is to be said of it."""
    mark, own = event.mark, decision.id
    if mark is None or decision.flags:
        return False
    return (mark.rule, mark.measure, mark.subject) == (own.rule, own.measure, own.subject)


def in_short(wording: Wording, decisions: Iterable[Decision], now: datetime) -> Iterator[tuple[Matter, str]]:
    """Decisions that need nothing more, one line for each duty: "Polisen: erbjuda kvinnan stödsamtal – gjort på annat sätt"."""
    for matter in matters(wording.plan, decisions, now):
        for duty in matter.duties:
            added = [*wording.flags(duty.first, now), *filter(None, [wording.ended(duty.first)])]
            told = capital(f"{bearers(wording, duty)}: {wording.deed(duty.first)}")
            yield matter, told + (f" – {', '.join(added)}" if added else "")


def bearers(wording: Wording, duty: Duty) -> str:
    """Who bears a duty."""
    return listed([wording.function(d.id.bearer) for d in duty.decisions])


def facts_of(wording: Wording, duty: Duty, answer: Answer) -> Iterator[tuple[str, str]]:
    """What else is said of a duty that is to be acted on, as (label, text): by when, who receives, what allows it, status."""
    one, now = duty.first, answer.as_of
    if one.deadline is not None:
        yield phrases.TIME, wording.deadline(one.deadline, now)
    if one.recipient is not None and one.kind != "ask":
        yield phrases.RECIPIENTS.get(one.kind, phrases.RECIPIENTS["notify"]), wording.answering(one.recipient, now)
    allowed = wording.allowed(one)
    if allowed is not None and one.telling == "identity":
        yield phrases.ALLOWED, allowed
    if wording.flags(one, now):
        yield phrases.STANDS, wording.status(one, now)


def who_does(wording: Wording, duty: Duty, answer: Answer) -> str:
    """The units that answer now for those who bear a duty; nothing for a prohibition."""
    if duty.first.kind == "refrain":
        return ""
    return "; ".join(dict.fromkeys(wording.answering(d.bearer, answer.as_of) for d in duty.decisions))


def rule_text(wording: Wording, matter: Matter) -> str:
    """What the rule behind a matter says in whole sentences, or nothing for what no rule of the plan says."""
    rule = wording.plan.rules.get(matter.first.id.rule)
    return rule.text if rule is not None else ""
