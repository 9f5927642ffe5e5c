"""An answer as JSON: the canonical form, the same bytes for the same plan and events with either matcher, anywhere."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from samverkan.decide.answer import Answer, DecisionId
from samverkan.plan.model import Plan

FORMAT = "samverkan-answer/1"


def answer_to_json(answer: Answer, plan: Plan) -> dict[str, Any]:
    """The answer as plain JSON values; times in the plan's zone with their offset, absent values left out."""
    zone = ZoneInfo(plan.timezone)
    return {
        "format": FORMAT,
        "plan": answer.plan,
        "digest": answer.digest,
        "as_of": plain(answer.as_of, zone),
        **{
            part: [plain(one, zone) for one in getattr(answer, part)]
            for part in ("decisions", "questions", "contradictions", "subjects")
        },
        **({"own": [plain(one, zone) for one in answer.own]} if answer.own else {}),
    }


def canonical(value: Any) -> str:
    """JSON text with sorted keys and no spaces that a reader doesn't need; ends with a line break."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def plain(value: Any, zone: ZoneInfo) -> Any:
    """Data of an answer, or made of its parts, as JSON values; times in `zone`, what is absent or empty left out."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).astimezone(zone).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, DecisionId):
        named = {"rule": value.rule, "measure": value.measure, "subject": value.subject, "bearer": value.bearer}
        return {**named, "occurrence": value.occurrence} if value.occurrence else named
    if isinstance(value, tuple | list):
        return [plain(one, zone) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        fields = {name: plain(getattr(value, name), zone) for name in value.__dataclass_fields__}
        return {name: one for name, one in fields.items() if one is not None and one != [] and one != ""}
    return value
