"""The questions of a case as JSON: the same form as an answer's, for a program that puts them to somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from samverkan.case.questions import FactQuestion
from samverkan.decide.asjson import plain
from samverkan.decide.instants import check_time
from samverkan.plan.model import Plan
from samverkan.plan.plain import Plain

FORMAT = "samverkan-questions/1"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Questions(Plain):
    """The questions of a case as of an instant, under a plan."""

    plan: str
    digest: str
    as_of: datetime
    questions: tuple[FactQuestion, ...]


def questions_to_json(questions: Iterable[FactQuestion], plan: Plan, as_of: datetime) -> dict[str, Any]:
    """The questions in their order, as plain JSON values; times in the plan's zone, absent values left out.

    Raises:
        EventError: `as_of` has no zone.
    """
    check_time(as_of)
    zone = ZoneInfo(plan.timezone)
    told: dict[str, Any] = plain(Questions(plan.id, plan.digest, as_of, tuple(questions)), zone)
    return {"format": FORMAT, "questions": [], **told}
