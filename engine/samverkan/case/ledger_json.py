"""A ledger as JSON: an object for each entry, times in the plan's zone, what is absent left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from samverkan.case.ledger import Entry
from samverkan.decide.asjson import plain
from samverkan.plan.model import Plan

FORMAT = "samverkan-ledger/1"


def ledger_to_json(entries: Iterable[Entry], plan: Plan) -> dict[str, Any]:
    """Entries as plain JSON values. `plan`: gives the zone."""
    zone = ZoneInfo(plan.timezone)
    return {"format": FORMAT, "entries": [plain(entry, zone) for entry in entries]}
