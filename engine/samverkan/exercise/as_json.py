"""A scenario that was played, as JSON: the same bytes whichever matcher decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from samverkan.case.reading import event_to_json
from samverkan.decide.asjson import answer_to_json
from samverkan.exercise.playing import Changes, Played
from samverkan.exercise.scenario import Scenario
from samverkan.plan.model import Plan

FORMAT = "samverkan-play/2"


def played_to_json(plan: Plan, scenario: Scenario, plays: Sequence[Played]) -> dict[str, Any]:
    """The steps with their events, changes, expectations and whole answers, as plain JSON values."""
    return {
        "format": FORMAT,
        "scenario": scenario.id,
        "plan": plan.id,
        "digest": plan.digest,
        "met": all(play.met for play in plays),
        "steps": [_step(plan, play) for play in plays],
    }


def _step(plan: Plan, play: Played) -> dict[str, Any]:
    zone = ZoneInfo(plan.timezone)
    return {
        "number": play.step.number,
        "at": play.step.at.astimezone(zone).isoformat(),
        "events": [event_to_json(event, zone) for event in play.step.events],
        "by_clock": _changes(play.by_clock),
        "changes": _changes(play.changes),
        "expectations": [
            {"kind": one.expectation.kind, "decision": one.expectation.text, "met": one.met} for one in play.expectations
        ],
        "unexpected": [str(decision.id) for decision in play.unexpected],
        "answer": answer_to_json(play.answer, plan),
    }


def _changes(changes: Changes) -> dict[str, list[str]]:
    named = {kind: [str(decision.id) for decision in getattr(changes, kind)] for kind in changes.__slots__}
    return {kind: found for kind, found in named.items() if found}
