"""An outcome as JSON: what one step changed, and what it wrote into the ledger."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from samverkan.case.outcome import Outcome
from samverkan.decide.asjson import plain

FORMAT = "samverkan-outcome/1"
HEADINGS = ("due", "done", "lapsed", "withdrawn", "overdue", "passed")


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain JSON values; times in the plan's zone with their offset, absent values left out.

    Args:
        outcome: of whatever was done to a case. `closed` says whether the case is closed after it.
    """
    plan = outcome.case.plan
    zone = ZoneInfo(plan.timezone)
    return {
        "format": FORMAT,
        "plan": plan.id,
        "digest": plan.digest,
        "at": plain(outcome.at, zone),
        "closed": outcome.case.closed is not None,
        **{name: [plain(one, zone) for one in getattr(outcome, name)] for name in HEADINGS},
        "entries": [plain(one, zone) for one in outcome.entries],
    }
