"""Decisions in the order and the company in which people want to read them: what is most urgent first, by rule and matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Literal

from samverkan.decide.answer import Decision
from samverkan.plan.model import Plan

Band = Literal["now", "day", "later", "open", "during", "asked", "may", "not"]
"""When something is to be done: at once, within a day, later, at no stated time, all the time, once somebody has consented;
then what may be done and what is not to be done."""

BANDS: tuple[Band, ...] = ("now", "day", "later", "open", "during", "asked", "may", "not")
STRENGTHS = ("must", "should", "may")
_DAY = timedelta(hours=24)
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Duty:
    """Decisions that differ only in who bears them. Never empty."""

    decisions: tuple[Decision, ...]

    @property
    def first(self) -> Decision:
        return self.decisions[0]


@dataclass(frozen=True, slots=True)
class Matter:
    """The duties of one band that one rule gives about one subject (or one occurrence), with the rule's title in common."""

    title: str
    band: Band
    duties: tuple[Duty, ...]

    @property
    def first(self) -> Decision:
        return self.duties[0].first


def matters(plan: Plan, decisions: Iterable[Decision], as_of: datetime) -> list[Matter]:
    """The decisions by band, rule and matter.

    Within a band the firmest come first (must, should, may). Of what is to be done at once the phases come as the plan declares
    them, so a plan that puts danger's phase first has danger first; of the rest the nearest deadline. What is alike comes in the
    order of the plan's rules.
    """
    order = {rule: number for number, rule in enumerate(plan.rules)}
    together: dict[tuple[str, ...], list[Decision]] = {}
    for decision in decisions:
        concerned = decision.person or decision.id.subject
        key = (band(decision, as_of), decision.id.rule, concerned, decision.id.subject, decision.id.occurrence, decision.title)
        together.setdefault(key, []).append(decision)
    found = [Matter(key[-1], band(group[0], as_of), tuple(_duties(plan, group, as_of))) for key, group in together.items()]
    return sorted(found, key=lambda m: (_urgency(plan, m.first, as_of), order.get(m.first.id.rule, len(order)), m.first.id))


def band(decision: Decision, as_of: datetime) -> Band:
    """When a decision is to be done, seen from `as_of`. What was late when it became known is for now."""
    if decision.kind == "refrain" and decision.strength != "may":
        return "not"
    if decision.status == "ask_first":
        return "asked"
    if decision.strength == "may":
        return "may"
    due = decision.deadline
    if due is None:
        return "during" if decision.continuing else "open"
    if due.text == "at once" or "late" in decision.flags:
        return "now"
    return "day" if due.at is not None and due.at.astimezone(UTC) - as_of.astimezone(UTC) <= _DAY else "later"


def phase_order(plan: Plan, phase: str) -> int:
    """Where the plan declares the phase."""
    phases = list(plan.phases)
    return phases.index(phase) if phase in phases else len(phases)


def _duties(plan: Plan, decisions: Sequence[Decision], as_of: datetime) -> list[Duty]:
    def key(d: Decision) -> tuple[object, ...]:
        return _urgency(plan, d, as_of), _place(plan, d), _alike(d)

    ordered = sorted(decisions, key=lambda d: (key(d), d.id))
    return [Duty(tuple(group)) for _, group in groupby(ordered, key=key)]


def _place(plan: Plan, decision: Decision) -> int:
    """Where the measure stands in its rule."""
    rule = plan.rules.get(decision.id.rule)
    ids = [measure.id for measure in rule.then] if rule is not None else []
    return ids.index(decision.id.measure) if decision.id.measure in ids else len(ids)


def _urgency(plan: Plan, decision: Decision, as_of: datetime) -> tuple[int, int, int, datetime]:
    when, strength, due = band(decision, as_of), STRENGTHS.index(decision.strength), decision.deadline
    if when == "now":
        # A reminder is no deadline: what was said two minutes earlier doesn't go before danger.
        return BANDS.index(when), strength, phase_order(plan, decision.phase), _LAST
    return BANDS.index(when), strength, 0, due.at if due is not None and due.at is not None else _LAST


def _alike(decision: Decision) -> tuple[str, ...]:
    """What decisions of one duty have in common, but for the bearer."""
    told = decision.recipient
    recipient = (str(told.unit), str(told.opens), str(told.stands_in_for)) if told is not None else ()
    return (decision.id.measure, decision.status, *decision.flags, str(decision.replaced_by), *recipient)
