"""Random lives of a case: what is told of, late, corrected, taken back or twice, while time goes on, people add measures of their
own, close and open the case, and the plan changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from tests.generators.deliveries import CLOCK, Told, deliveries
from tests.generators.plans import plans
from tests.generators.show import show_event, show_plan

from samverkan.decide.events import Event
from samverkan.plan.model import Deadline, Plan, Rule

Kind = Literal["fire", "advance", "add", "end", "close", "reopen", "migrate"]
DELTAS = (timedelta(), timedelta(minutes=1), timedelta(hours=1), timedelta(hours=26), timedelta(days=15), timedelta(days=200))
STRENGTHS: tuple[Literal["must", "should", "may"], ...] = ("must", "should", "may")


@dataclass(frozen=True)
class Doing:
    """One thing that is done to a case. `when`: how long after what the case has come to, or an instant if that is later; None:
    as it comes. `number`: which of the plans, or of the measures that people added. `event` only where one is fired."""

    kind: Kind
    when: timedelta | datetime | None = None
    event: Event | None = None
    number: int = 0
    strict: bool = False


@dataclass(frozen=True, repr=False)
class Life:
    """The plans, of which the first is pinned first, and what is done."""

    plans: tuple[Plan, ...]
    doings: tuple[Doing, ...]

    def __repr__(self) -> str:
        lines = [""]
        for number, plan in enumerate(self.plans):
            lines += [f"— plan {number}:", show_plan(plan)]
        for number, doing in enumerate(self.doings):
            what = show_event(self.plans[0], doing.event) if doing.event is not None else ""
            lines.append(f"{number}: {doing.kind} {doing.number} when {doing.when} {'strict ' if doing.strict else ''}{what}")
        return "\n".join(lines)

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:  # noqa: ARG002 - hypothesis asks for it so
        printer.text(repr(self))


def _other(draw: st.DrawFn, plan: Plan) -> Plan:
    """Another version of a plan: a rule less, or one stronger, weaker, with another time or other days; or nothing else at all."""
    rules = dict(plan.rules)
    name = draw(st.sampled_from(sorted(rules)))
    how = draw(st.sampled_from(["strength", "deadline", "gone", "days", "same"]))
    named = {o.rule for r in rules.values() for o in r.overrides} | {
        ref.rule for r in rules.values() for ref in ((r.each.ref if r.each else None), *(m.alternative for m in r.then)) if ref
    }
    rule = rules[name]
    if how == "gone" and len(rules) > 1 and name not in named:
        del rules[name]
    elif how == "strength":
        rules[name] = _with(rule, lambda draws: replace(draws, strength=draw(st.sampled_from(STRENGTHS))))
    elif how == "deadline" and all(m.deadline is not None for m in rule.then):
        sooner = Deadline("hours", draw(st.sampled_from([1, 100])), text="hours")
        rules[name] = _with(rule, lambda measure: replace(measure, deadline=sooner))
    elif how == "days":
        rules[name] = replace(rule, last=draw(st.sampled_from(CLOCK)).date())
    return replace(plan, rules=rules, version=f"{plan.version}+", digest=f"{plan.digest}+")


def _with(rule: Rule, change: Callable[..., object]) -> Rule:
    return replace(rule, then=tuple(change(measure) for measure in rule.then))  # type: ignore[misc]


@st.composite
def lives(draw: st.DrawFn, most: int = 9, plan: Callable[[int], st.SearchStrategy[Plan]] = plans) -> Life:
    """A life of a case under a random plan and one or two other versions of it."""
    told: Told = draw(deliveries(most, plan))
    versions = [told.plan]
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        versions.append(_other(draw, versions[-1]))
    doings: list[Doing] = []
    for event in told.events:
        for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
            doings += _between(draw, len(versions))
        late = draw(st.sampled_from([None, None, None, timedelta(), timedelta(minutes=1), timedelta(days=1)]))
        doings.append(Doing("fire", late, event, strict=draw(st.integers(0, 5)) == 5))
    for _ in range(draw(st.sampled_from([1, 2, 4]))):
        doings += _between(draw, len(versions))
    return Life(tuple(versions), tuple(doings))


def _between(draw: st.DrawFn, versions: int) -> list[Doing]:
    """What is done between two events; what is closed is sometimes opened again."""
    kind: Kind = draw(st.sampled_from(["advance", "advance", "close", "close", "migrate", "add", "end"]))
    when: timedelta | datetime = draw(st.sampled_from(DELTAS))
    if kind == "advance" and draw(st.booleans()):
        when = draw(st.sampled_from(CLOCK))
    number = draw(st.integers(0, versions - 1 if kind == "migrate" else 2))
    again = [Doing("reopen", draw(st.sampled_from(DELTAS)))] if kind == "close" and draw(st.booleans()) else []
    if kind == "add" and draw(st.booleans()):
        again = [Doing("end", draw(st.sampled_from(DELTAS)), number=0)]
    return [Doing(kind, when, number=number), *again]
