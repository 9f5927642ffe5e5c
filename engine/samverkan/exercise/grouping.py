"""Decisions in the order and the company in which people want to read them: by rule and matter, bearers of one measure together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from samverkan.decide.answer import Decision
from samverkan.plan.model import Plan

_STRENGTHS = ("must", "should", "may")
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
    """The duties that one rule gives about one subject (or one occurrence), with the rule's title and source in common."""

    title: str
    duties: tuple[Duty, ...]

    @property
    def first(self) -> Decision:
        return self.duties[0].first


def matters(plan: Plan, decisions: Iterable[Decision]) -> list[Matter]:
    """The decisions by rule and matter: what is firmest and most urgent first, in the order of the plan where that is alike."""
    order = {rule: number for number, rule in enumerate(plan.rules)}
    together: dict[tuple[str, ...], list[Decision]] = {}
    for decision in decisions:
        concerned = decision.person or decision.id.subject
        key = (decision.id.rule, concerned, decision.id.subject, decision.id.occurrence, decision.title)
        together.setdefault(key, []).append(decision)
    found = [Matter(key[-1], tuple(_duties(plan, group))) for key, group in together.items()]
    return sorted(found, key=lambda m: (_urgency(m.first), order.get(m.first.id.rule, len(order)), m.first.id))


def _duties(plan: Plan, decisions: Sequence[Decision]) -> list[Duty]:
    ordered = sorted(decisions, key=lambda d: (_urgency(d), _place(plan, d), _alike(d), d.id))
    return [Duty(tuple(group)) for _, group in groupby(ordered, key=lambda d: (_urgency(d), _place(plan, d), _alike(d)))]


def _place(plan: Plan, decision: Decision) -> int:
    """Where the measure stands in its rule."""
    rule = plan.rules.get(decision.id.rule)
    ids = [measure.id for measure in rule.then] if rule is not None else []
    return ids.index(decision.id.measure) if decision.id.measure in ids else len(ids)


def _urgency(decision: Decision) -> tuple[int, int, datetime]:
    """What waits for a consent after the asking, prohibitions last; else by strength, then by deadline."""
    due = decision.deadline
    at = due.at if due is not None and due.at is not None else _LAST
    place = 2 if decision.kind == "refrain" else 1 if decision.status == "ask_first" else 0
    return place, _STRENGTHS.index(decision.strength), at


def _alike(decision: Decision) -> tuple[str, ...]:
    """What decisions of one duty have in common, but for the bearer."""
    told = decision.recipient
    recipient = (str(told.unit), str(told.opens), str(told.stands_in_for)) if told is not None else ()
    return (decision.id.measure, decision.status, *decision.flags, str(decision.replaced_by), *recipient)
