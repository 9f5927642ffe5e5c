"""A trace as JSON and back, so that one that was made is kept until the plan, a scenario or the program changes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from samverkan.plan import cache
from samverkan.plan.model import Plan
from samverkan.review.trace import ClauseTrace, RuleTrace, ScenarioTrace, Showing, SilentTwin, Trace

ROOMS = ("plan", "plan/checks", "directory", "decide", "case", "exercise", "review")
"""What a trace comes from: a changed module makes a new one."""


def key_of(plan: Plan, files: Iterable[Path]) -> str:
    """The key of a trace: of what the plan says, of every byte of the scenarios, and of the program."""
    package = Path(__file__).resolve().parent.parent
    digest = sha256(plan.digest.encode())
    for room in ROOMS:
        for entry in sorted(os.scandir(package / room), key=lambda e: e.name):
            if entry.name.endswith(".py"):
                digest.update(f"{room}/{entry.name} {entry.stat().st_size} {entry.stat().st_mtime_ns}\n".encode())
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\1")
    return f"trace-{digest.hexdigest()}"


def fetch(key: str) -> Trace | None:
    """The trace that is kept under a key, or None."""
    found = cache.fetch(key)
    try:
        return from_json(found) if found is not None else None
    except (KeyError, TypeError):
        return None


def keep(key: str, trace: Trace) -> None:
    """Keeps a trace under a key."""
    cache.keep(key, to_json(trace))


def to_json(trace: Trace) -> dict[str, Any]:
    """A trace as JSON: `clauses`, `rules` and `scenarios`, with what is uncovered named again under `uncovered`."""
    return {
        **asdict(trace),
        "uncovered": {
            "clauses": [clause.id for clause in trace.bare],
            "rules": [rule.id for rule in trace.unshown],
            "never_silent": [rule.id for rule in trace.never_silent],
        },
    }


def from_json(data: dict[str, Any]) -> Trace:
    """The trace that `to_json` wrote. Raises KeyError or TypeError for anything else."""
    return Trace(
        tuple(ClauseTrace(**_tuples(one)) for one in data["clauses"]),
        tuple(_rule(one) for one in data["rules"]),
        tuple(ScenarioTrace(**_tuples(one)) for one in data["scenarios"]),
    )


def _rule(data: dict[str, Any]) -> RuleTrace:
    twin = data["twin"]
    return RuleTrace(
        **{
            **_tuples(data),
            "showings": tuple(Showing(**one) for one in data["showings"]),
            "twin": SilentTwin(**twin) if twin is not None else None,
        }
    )


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
