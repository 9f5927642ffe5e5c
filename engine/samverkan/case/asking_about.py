"""Finds what is asked about in a case, by the name that somebody writes; what isn't there is refused with what there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from samverkan.case.explained import Happened
from samverkan.case.past import Past
from samverkan.case.reading import Named
from samverkan.decide.answer import DecisionId
from samverkan.decide.deciding import shown_of
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.knowledge import current_at
from samverkan.decide.naming import nearest, quoted
from samverkan.decide.prepared import CONSENT_RULE
from samverkan.decide.replay import Replay
from samverkan.plan.model import Measure, Plan, Rule
from samverkan.plan.spelling import listed, suggestion
from samverkan.wording.recounting import happened
from samverkan.wording.wording import Wording

_FEW = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule, perhaps one measure of it, and a subject, with the part of the case in which that subject is."""

    rule: Rule
    measure: Measure | None
    subject: str
    replay: Replay

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that are asked about."""
        return (self.measure,) if self.measure is not None else self.rule.then


def find(past: Past, named: Named, as_of: datetime) -> Asked:
    """What `named` is, at `as_of`.

    Raises:
        EventError: the plan has no such rule or measure, or the case no such subject; with the nearest that there is.
    """
    plan = past.prepared.plan
    rule = rule_named(plan, named.rule)
    measure = rule.measure(named.measure) if named.measure is not None else None
    if named.measure is not None and measure is None:
        raise EventError(
            f"Regeln '{rule.id}' har ingen åtgärd {quoted(named.measure)}{nearest(named.measure, _measures(rule))}"
        )
    parts = list(past.parts(as_of))
    for replay in parts:
        subject = replay.judge.world.canonical(named.subject)
        if subject in replay.judge.world.sorts:
            return Asked(rule, measure, subject, replay)
    known = sorted({s for replay in parts for s in replay.judge.world.sorts})
    raise EventError(f"{quoted(named.subject)} finns inte i ärendet{there_is(named.subject, known)}")


def rule_named(plan: Plan, name: str) -> Rule:
    """The rule of that id. Raises EventError."""
    rule = plan.rules.get(name)
    if rule is None:
        if name == CONSENT_RULE:
            raise EventError(
                "Att fråga om samtycke följer av åtgärder som väntar på det. Fråga i stället varför en sådan inte är aktuell."
            )
        raise EventError(f"Okänd regel {quoted(name)}{nearest(name, plan.rules)}")
    return rule


def there_is(word: str, known: Iterable[str]) -> str:
    """The end of an error text: the nearest of what there is, or all of it where it is little."""
    every = list(known)
    return f".{suggestion(word, every)}" + (f" Det finns {listed(every)}." if 0 < len(every) <= _FEW else "")


def decisions_named(past: Past, named: Named, as_of: datetime) -> tuple[DecisionId, ...]:
    """The decisions that `named` is, of one bearer or all, for one occurrence or all, in their order.

    Raises:
        EventError: there is none; with what is wrong with the name, or what decisions there are.
    """
    shown = [(d, replay) for replay in past.parts(as_of) for d in shown_of(replay)]
    found = sorted(
        d for d, replay in shown
        if d.rule == named.rule and d.subject == replay.judge.world.canonical(named.subject)
        and named.measure in (None, d.measure) and named.bearer in (None, d.bearer) and named.occurrence in (None, d.occurrence)
    )  # fmt: skip
    if not found:
        _refuse(past, named, as_of, [d for d, _ in shown])
    return tuple(found)


def _refuse(past: Past, named: Named, as_of: datetime, shown: list[DecisionId]) -> None:
    """Says why no decision is called so. Raises EventError."""
    if named.rule != CONSENT_RULE:
        rule = rule_named(past.prepared.plan, named.rule)
        known = {*_measures(rule), *(d.measure for d in shown if d.rule == rule.id)}
        if named.measure is not None and named.measure not in known:
            raise EventError(f"Regeln '{rule.id}' har ingen åtgärd {quoted(named.measure)}{nearest(named.measure, sorted(known))}")
    subjects = {s for replay in past.parts(as_of) for s in replay.judge.world.sorts}
    alike = sorted(d for d in shown if d.rule == named.rule and named.measure in (None, d.measure))
    if named.subject not in subjects and not any(d.subject == named.subject for d in alike):
        raise EventError(f"{quoted(named.subject)} finns inte i ärendet{there_is(named.subject, sorted(subjects))}")
    mine = [str(d) for d in alike if d.subject == named.subject]
    if mine:
        raise EventError(f"Det finns inget sådant beslut om {quoted(named.subject)}. Det finns {listed(mine)}.")
    others = f" Beslut finns om {listed(sorted({d.subject for d in alike}))}." if alike else ""
    raise EventError(
        f"Det har inte varit aktuellt för {quoted(named.subject)}.{others} Fråga i stället varför det inte är det (why-not)."
    )


def _measures(rule: Rule) -> list[str]:
    return [one.id for then in rule.then for one in (then, then.if_refused) if one is not None]


def happened_in(
    replay: Replay, as_of: datetime, events: Iterable[str], plan: Plan, who: Mapping[str, str]
) -> tuple[Happened, ...]:
    """The events of these ids as they are known at `as_of`, in the order of time. Other ids (of passings) are left out."""
    wording = Wording(plan, who)
    found = []
    for name in dict.fromkeys(events):
        revisions = replay.delivered.get(name, ())
        current = current_at(revisions, as_of)
        if current is None:
            continue
        told = current if not current.void else _last_said(revisions, as_of)
        found.append(Happened(name, current.revision, told.at, current.known_at, happened(wording, told), current.void))
    return tuple(sorted(found, key=lambda one: (one.at, one.known_at, one.id)))


def _last_said(revisions: Iterable[Event], as_of: datetime) -> Event:
    """The last revision known that says something; the void one itself where none does."""
    known = [one for one in revisions if one.known_at <= as_of]
    return next((one for one in reversed(known) if not one.void), known[-1])
