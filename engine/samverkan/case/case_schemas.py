"""JSON Schemas of a whole case, of its ledger and of an outcome. `samverkan.case.schemas` has those of events and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from pydantic import TypeAdapter

from samverkan.case.case_json import FORMAT as CASE_FORMAT
from samverkan.case.ledger import Entry
from samverkan.case.ledger_json import FORMAT as LEDGER_FORMAT
from samverkan.case.outcome_json import FORMAT as OUTCOME_FORMAT
from samverkan.case.own import HowEnded
from samverkan.case.schemas import DIALECT, events_schema, published
from samverkan.case.step_json import MEASURE_KEYS, STEP_KEYS
from samverkan.decide.answer import Decision
from samverkan.plan.model import Strength

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_TIME: dict[str, Any] = {
    **_TEXT, "format": "date-time", "description": "En tid med förskjutning: 2013-05-14T21:10:00+02:00.",
}  # fmt: skip
_FUNCTION: dict[str, Any] = {**_TEXT, "x-words": "functions", "description": "En funktion i planen, aldrig en person."}
_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 10**9 - 1}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What `ledger_to_json` writes, beside its format."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What `outcome_to_json` writes, beside its format."""

    plan: str
    digest: str
    at: datetime
    closed: bool
    due: tuple[Decision, ...]
    done: tuple[Decision, ...]
    lapsed: tuple[Decision, ...]
    withdrawn: tuple[Decision, ...]
    overdue: tuple[Decision, ...]
    passed: tuple[Decision, ...]
    entries: tuple[Entry, ...]


def ledger_schema() -> dict[str, Any]:
    """The JSON Schema of a ledger as `samverkan.ledger_to_json` gives it. What is absent is left out."""
    return published(TypeAdapter(Ledger).json_schema(mode="serialization"), LEDGER_FORMAT, "Vad som visades, när och varför.")


def outcome_schema() -> dict[str, Any]:
    """The JSON Schema of an outcome as `samverkan.outcome_to_json` gives it. What is absent is left out."""
    schema = TypeAdapter(Changed).json_schema(mode="serialization")
    return published(schema, OUTCOME_FORMAT, "Vad ett steg ändrade i ett ärende: en händelse, tid som gick, något som gjordes.")


def case_schema() -> dict[str, Any]:
    """The JSON Schema of a whole case as `samverkan.case_to_json` gives it and `samverkan.case_from_json` reads it."""
    event = events_schema()["$defs"]["Event"]
    return {
        "$schema": DIALECT,
        "$id": f"urn:{CASE_FORMAT.replace('/', ':')}",
        "title": "Case",
        "description": "Ett helt ärende: vilken plan det började under, och allt som har gjorts med det, i ordning.",
        "type": "object",
        "properties": {
            "format": {"const": CASE_FORMAT},
            "plan": {"$ref": "#/$defs/Plan"},
            "log": {"type": "array", "items": {"$ref": "#/$defs/Step"}},
        },
        "required": ["format", "plan", "log"],
        "additionalProperties": False,
        "$defs": {"Event": event, "Measure": _measure(), "Plan": _plan(), "Step": {"oneOf": [_step(kind) for kind in STEP_KEYS]}},
    }


def _object(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    needed = [key for key in properties if key not in optional]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _plan() -> dict[str, Any]:
    digest = {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Planens fingeravtryck, som avgör vilken den är."}
    return _object({"id": _TEXT, "version": _TEXT, "digest": digest}, "version")


def _measure() -> dict[str, Any]:
    properties: dict[str, Any] = dict.fromkeys(MEASURE_KEYS, _TEXT)
    properties |= {
        "strength": {"enum": list(get_args(Strength))},
        "bearer": _FUNCTION,
        "by": _FUNCTION,
        "due": _TIME,
        "day": {**_TEXT, "format": "date", "description": "Den sista dagen, i stället för due."},
    }
    return _object(properties, "due", "day", "by")


_HANDED: dict[str, Any] = {
    "events": _object({"id": _TEXT, "revision": _NUMBER, "there": _TEXT}),
    "persons": _object({"here": _TEXT, "there": _TEXT}),
}
_SAYS: dict[str, dict[str, Any]] = {
    "event": {"$ref": "#/$defs/Event"},
    "measure": {"$ref": "#/$defs/Measure"},
    "plan": {"$ref": "#/$defs/Plan"},
    "how": {"enum": list(get_args(HowEnded))},
    "id": _TEXT,
    "reason": {**_TEXT, "description": "Varför, utan personuppgifter."},
    "recipient": _FUNCTION,
    "by": _FUNCTION,
    **{key: {"type": "array", "items": items} for key, items in _HANDED.items()},
}


def _step(kind: str) -> dict[str, Any]:
    return _object({"step": {"const": kind}, "at": _TIME, **{key: _SAYS[key] for key in STEP_KEYS[kind]}}, "by")
