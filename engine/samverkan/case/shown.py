"""What people were shown at an instant that has been: not what is known now, but what had been delivered by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from samverkan.case.log import Delivered, Migrated, Step
from samverkan.case.own import own_after, own_as_of
from samverkan.decide.answer import Answer, OwnMeasure
from samverkan.decide.deciding import decide
from samverkan.decide.events import Event
from samverkan.plan.model import Plan


def shown(plan: Plan, log: Iterable[Step], t: datetime) -> Answer:
    """The answer that a case gave at `t`, after all that was done to it by then. `plan`: the one that it pinned first."""
    events, own = list[Event](), tuple[OwnMeasure, ...]()
    for step in log:
        if step.at > t:
            break
        if isinstance(step, Delivered):
            events.append(step.event)
        elif isinstance(step, Migrated):
            plan = step.plan
        own = own_after(own, step)
    answer = decide(plan, events, t)
    return replace(answer, own=own_as_of(own, t)) if own else answer
