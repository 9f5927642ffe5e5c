"""What the plan's rules ask of functions: who bears, is told or offers what, and on which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from samverkan.plan.model import Measure, Plan, Rule

TELLING_KINDS = ("notify", "consult", "apply")
"""Kinds of measure whose object is a function."""


@dataclass(frozen=True, slots=True)
class Need:
    """A measure asks for `function` on the days `first`..`last` (None: still).

    `any_stand_in`: it may be answered by a stand-in that doesn't bear the function.
    """

    function: str
    part: Literal["bears", "told", "offers"]
    rule: Rule
    measure: Measure
    first: date
    last: date | None
    any_stand_in: bool

    @property
    def urgent(self) -> bool:
        """Whether somebody must be there at any hour: a duty in hours or at once, that isn't a duty to be on call."""
        deadline, measure = self.measure.deadline, self.measure
        if deadline is None or measure.continuing or measure.strength == "may":
            return False
        return deadline.unit in ("at once", "hours")


def needs_of(plan: Plan) -> Iterator[Need]:
    """Every need of the plan's rules, in the order of the rules."""
    for rule in plan.rules.values():
        first, last = _asked(plan, rule)
        if last is not None and last < first:
            continue
        for measure in measures_of(rule):
            addressee = _addressee(measure)
            # Where a measure turns to somebody, it is there that anyone may stand in; else with those who bear it.
            own = measure.anyone_stands_in and addressee is None
            for function in measure.who or (rule.function,):
                yield Need(function, "bears", rule, measure, first, last, own)
            if addressee is not None:
                part: Literal["told", "offers"] = "offers" if measure.kind == "offer" else "told"
                yield Need(addressee, part, rule, measure, first, last, measure.anyone_stands_in)


def measures_of(rule: Rule) -> Iterator[Measure]:
    """The measures of a rule, each followed by what is done instead if it is refused."""
    for measure in rule.then:
        yield measure
        if measure.if_refused is not None:
            yield measure.if_refused


def _addressee(measure: Measure) -> str | None:
    return measure.object if measure.kind in TELLING_KINDS else measure.offered_by


def _asked(plan: Plan, rule: Rule) -> tuple[date, date | None]:
    """The days on which a decision of the rule may be due: a standing rule's validity, else from its first day on.

    What occurred, or was done, while the rule was valid is answered long after the rule has ended.
    """
    stands = rule.each is None and not rule.by_offence
    lasts = [day for day in (rule.last if stands else None, plan.last) if day is not None]
    return max(rule.first, plan.first), min(lasts, default=None)
