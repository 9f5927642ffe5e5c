"""samverkan: a samverkansplan that can be run, rehearsed and proved.

What stands here is the library: it reads a plan, and a `Case` says what each event makes due. Everything is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samverkan.case.case import Case as Case
    from samverkan.case.case_json import case_from_json as case_from_json
    from samverkan.case.case_json import case_to_json as case_to_json
    from samverkan.case.cloud_events import event_from_cloud_event as event_from_cloud_event
    from samverkan.case.ledger_json import ledger_to_json as ledger_to_json
    from samverkan.case.outcome import Outcome as Outcome
    from samverkan.case.outcome_json import outcome_to_json as outcome_to_json
    from samverkan.case.reading import event_from_json as event_from_json
    from samverkan.case.reading import event_to_json as event_to_json
    from samverkan.decide.answer import Answer as Answer
    from samverkan.decide.answer import Decision as Decision
    from samverkan.decide.asjson import answer_to_json as answer_to_json
    from samverkan.decide.errors import EventError as EventError
    from samverkan.decide.events import About as About
    from samverkan.decide.events import Event as Event
    from samverkan.decide.events import Mark as Mark
    from samverkan.directory.loading import load_plan as load_plan
    from samverkan.plan.errors import PlanError as PlanError
    from samverkan.plan.model import Plan as Plan

__all__ = [
    "About", "Answer", "Case", "Decision", "Event", "EventError", "Mark", "Outcome", "Plan", "PlanError", "answer_to_json",
    "case_from_json", "case_to_json", "event_from_cloud_event", "event_from_json", "event_to_json", "ledger_to_json", "load_plan",
    "outcome_to_json",
]  # fmt: skip

_HOMES = {
    "About": "decide.events",
    "Answer": "decide.answer",
    "Case": "case.case",
    "Decision": "decide.answer",
    "Event": "decide.events",
    "EventError": "decide.errors",
    "Mark": "decide.events",
    "Outcome": "case.outcome",
    "Plan": "plan.model",
    "PlanError": "plan.errors",
    "answer_to_json": "decide.asjson",
    "case_from_json": "case.case_json",
    "case_to_json": "case.case_json",
    "event_from_cloud_event": "case.cloud_events",
    "event_from_json": "case.reading",
    "event_to_json": "case.reading",
    "ledger_to_json": "case.ledger_json",
    "load_plan": "directory.loading",
    "outcome_to_json": "case.outcome_json",
}


def __getattr__(name: str) -> object:
    """Import what is asked for, so that a program that needs little starts at once."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'samverkan' has no attribute {name!r}")
    return getattr(import_module(f"samverkan.{_HOMES[name]}"), name)
