"""The questions of a case as JSON: the same form as an answer's, for a program that puts them to somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from samverkan.case.questions import FactQuestion
from samverkan.decide.asjson import plain
from samverkan.plan.model import Plan

FORMAT = "samverkan-questions/1"


def questions_to_json(questions: Iterable[FactQuestion], plan: Plan, as_of: datetime) -> dict[str, Any]:
    """The questions in their order, as plain JSON values; times in the plan's zone, absent values left out."""
    zone = ZoneInfo(plan.timezone)
    return {
        "format": FORMAT,
        "plan": plan.id,
        "digest": plan.digest,
        "as_of": plain(as_of, zone),
        "questions": [plain(one, zone) for one in questions],
    }
