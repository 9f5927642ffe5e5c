"""JSON Schemas of what goes in and what comes out of the library: events, answers, questions, explanations. Each says its version.

A change that a reader of the old form would not understand gets a new number, in the schema and in the `format` of what is written.
"""

from __future__ import annotations

from typing import Any, get_args

from pydantic import TypeAdapter

from samverkan.case.explained import Why
from samverkan.case.explanations import FORMATS, WhatIf, WhyNot
from samverkan.case.questions_as_json import FORMAT as QUESTIONS_FORMAT
from samverkan.case.questions_as_json import Questions
from samverkan.case.reading import KEYS, MARK_KINDS
from samverkan.decide.answer import Answer, DecisionId
from samverkan.decide.asjson import FORMAT as ANSWER_FORMAT
from samverkan.plan.model import Telling

EVENTS_FORMAT = "samverkan-events/1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TIME = "En tid: 2013-05-14 21:10, med eller utan sekunder och förskjutning. Utan förskjutning gäller planens tidszon."
_MARK = "Ett beslut: regel/åtgärd VEM, vid behov by FUNKTION och sist #händelse."
_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_PROPERTIES: dict[str, dict[str, Any]] = {
    "id": {
        "type": "string",
        "pattern": r"^[^\s,]{1,200}$",
        "description": "Ett id som ingen annan händelse i ärendet har.",
    },
    "revision": {"type": "integer", "minimum": 1, "description": "Den högsta versionen gäller."},
    "void": {"type": "boolean", "description": "Händelsen tas tillbaka."},
    "event": {**_TEXT, "x-words": "events told", "description": "En händelse i planen, eller svar: ett svar på en fråga."},
    "type": {**_TEXT, "description": "Detsamma som event, med avsändarens namn före om man vill: se.exempel.person_met."},
    "about": {**_TEXT, "description": "Vem eller vad: S1 seller, K1 purchase of B1 buyer, S1, O1 operation eller case."},
    "facts": {"type": "object", "additionalProperties": _TEXT, "description": "Uppgifter med värden, till exempel age: child."},
    **{kind: {**_TEXT, "description": _MARK} for kind in MARK_KINDS},
    "at": {**_TEXT, "description": f"När det hände. {_TIME}"},
    "known_at": {**_TEXT, "description": f"När det blev känt, om det var senare. {_TIME}"},
    "recipient": {**_TEXT, "x-words": "functions", "description": "Vem samtycket gäller."},
    "telling": {"enum": list(get_args(Telling)), "description": "Vad samtycket gäller."},
    "until": {**_TEXT, "description": "En tid, eller den sista dag som samtycket gäller."},
    "how": {**_TEXT, "description": "Hur samtycket gavs; av ett svar vem som svarade: file, colleague eller person."},
    "offence_at": {**_TEXT, "description": "En tid eller en dag då gärningen begicks."},
    "same_as": {**_TEXT, "description": "En annan beteckning på samma person."},
    "reason": {**_TEXT, "description": "Varför, för ett märke."},
}
_MAY_BE_EMPTY = {
    "Term": ("subject",),  # nobody stands at that end
    "Why": ("rule", "rule_text", "tightened"),  # an asking whose measures are gone; a rule as the plan beneath states it
}
_EXPLAINS = {
    Why: "Varför något ska göras, eller skulle göras.",
    WhyNot: "Varför något inte är aktuellt, och vad som skulle göra det.",
    WhatIf: "Vad som skulle ändras om något mer hände.",
}
_SAYS = ("event", "type", *MARK_KINDS)


def events_schema() -> dict[str, Any]:
    """The JSON Schema of a list of events, each plain or in a CloudEvents 1.0 envelope. `x-words` names the plan's words."""
    assert {*KEYS, "type"} == _PROPERTIES.keys()
    plain = {key: _or_null(value) if key not in ("id", "event", "type") else value for key, value in _PROPERTIES.items()}
    event = {
        "type": "object",
        "properties": plain,
        "additionalProperties": False,
        "required": ["id"],
        "anyOf": [*({"required": [key]} for key in _SAYS), {"required": ["void"], "properties": {"void": {"const": True}}}],
    }
    inside = {key: value for key, value in plain.items() if key != "type"}
    envelope = {
        "type": "object",
        "description": "CloudEvents 1.0: https://cloudevents.io. Avsändarens egna attribut förbigås.",
        "properties": {
            "specversion": {"const": "1.0"},
            "id": _PROPERTIES["id"],
            "source": _TEXT,
            "type": _TEXT,
            "subject": _PROPERTIES["about"],
            "time": _PROPERTIES["at"],
            "datacontenttype": {"type": "string", "pattern": "json"},
            "data": {"type": "object", "properties": inside, "additionalProperties": False},
            "data_base64": False,
        },
        "required": ["specversion", "id", "source", "type"],
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:{EVENTS_FORMAT.replace('/', ':')}",
        "title": "Events",
        "description": "Vad som har hänt i ett ärende, som ett verksamhetssystem berättar det.",
        "type": "array",
        "minItems": 1,
        "items": {
            "if": {"type": "object", "required": ["specversion"]},
            "then": {"$ref": "#/$defs/Envelope"},
            "else": {"$ref": "#/$defs/Event"},
        },
        "$defs": {"Event": event, "Envelope": envelope},
    }


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of an answer as `samverkan.answer_to_json` gives it. What is absent is left out."""
    return published(
        TypeAdapter(Answer).json_schema(mode="serialization"), ANSWER_FORMAT, "Vad som ska göras, och vad som blev av det."
    )


def questions_schema() -> dict[str, Any]:
    """The JSON Schema of questions as `samverkan.case.questions_as_json` gives them. What is absent is left out."""
    return published(
        TypeAdapter(Questions).json_schema(mode="serialization"), QUESTIONS_FORMAT, "Vad som behöver tas reda på i ett ärende."
    )


def explanation_schema(of: type[Why | WhyNot | WhatIf]) -> dict[str, Any]:
    """The JSON Schema of an explanation as `explanation_to_json` gives it: of `Why`, `WhyNot` or `WhatIf`."""
    return published(TypeAdapter(of).json_schema(mode="serialization"), FORMATS[of], _EXPLAINS[of])


def published(schema: dict[str, Any], name: str, description: str) -> dict[str, Any]:
    """A schema of the package's own values, as they are written: ids as objects, nothing None or empty but the outermost lists.

    Args:
        schema: as pydantic gives it, all parts under `$defs` but the outermost.
        name: the format with its version, `samverkan-answer/1`.
        description: what it is, in Swedish.
    """
    parts = schema.pop("$defs", {})
    parts.pop("DecisionId", None)
    outer = _written(schema)
    outer["properties"] = {"format": {"const": name}, **outer["properties"]}
    empty = _MAY_BE_EMPTY.get(schema.get("title", ""), ())
    always = (key for key, value in schema["properties"].items() if "default" not in value and "anyOf" not in value)
    outer["required"] = ["format", *(key for key in always if key not in empty)]
    identity = {
        "type": "object",
        "description": "Beslutets identitet, densamma i alla versioner av planen.",
        "properties": dict.fromkeys(DecisionId._fields, _TEXT),
        "required": [field for field in DecisionId._fields if field not in DecisionId._field_defaults],
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:{name.replace('/', ':')}",
        **outer,
        "description": description,
        "$defs": {**{part: _written(inside) for part, inside in sorted(parts.items())}, "DecisionId": identity},
    }


def _written(inside: dict[str, Any]) -> dict[str, Any]:
    """An object without what is None or empty, and with nothing beside what is named."""
    found, needed = {}, []
    for key, value in inside["properties"].items():
        options = [one for one in value.get("anyOf", [value]) if one.get("type") != "null"]
        kept = options[0] if len(options) == 1 else {"anyOf": options}
        found[key] = {k: v for k, v in kept.items() if k not in ("title", "default")}
        always = "anyOf" not in value and "default" not in value and found[key].get("type") != "array"
        if always and key not in _MAY_BE_EMPTY.get(inside.get("title", ""), ()):
            needed.append(key)
    title = {"title": inside["title"]} if "title" in inside else {}
    return {**title, "type": "object", "properties": found, "required": needed, "additionalProperties": False}


def _or_null(value: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [value, {"type": "null"}]}
