"""What a scenario file may hold: its shape, as pydantic reads it, and the JSON Schema that editors complete from."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import ConfigDict, Field, TypeAdapter, WithJsonSchema, with_config

from samverkan.case.reading import MARK_KINDS
from samverkan.plan.files import Bool, Id, Text, Word, either, keys, listed, mapped, words
from samverkan.plan.model import Telling

TIME = "En tid: 2013-05-14 21:10, vid behov med förskjutning: 2013-10-27 02:30+02:00."
DECISION = "Ett beslut: regel/åtgärd VEM, vid behov by FUNKTION och sist #händelse."
DIFFICULTIES = ("1", "2", "3", "4", "5")

_annotated: Any = Annotated
_literal: Any = Literal


def _said(description: str) -> Any:
    """A text that an editor explains."""
    return _annotated[str, Field(min_length=1, description=description)]


_Time = _said(TIME)
_Decision = _said(DECISION)
_Named = listed(_Decision)
_MarkOrNamed = either(text=_Decision, list=_Named)

OneMark = keys("OneMark", {}, {**dict.fromkeys(MARK_KINDS, _Decision), "reason": Text})
Step = keys(
    "Step",
    {},
    {
        "at": _Time,
        "after": _said("Tid sedan förra steget: 30 minutes, 2 hours, 3 days, 1 week."),
        "id": _said("Händelsens id, där något senare i scenariot hänvisar till den."),
        "revision": _annotated[str, Field(min_length=1), WithJsonSchema({"type": "integer", "minimum": 1})],
        "void": _annotated[Bool, WithJsonSchema({"type": "boolean"})],
        "event": words("events"),
        "about": _said("S1 seller, eller K1 purchase of B1 buyer, S1, eller case."),
        "facts": mapped(Text, Text),
        "acknowledged": _Decision,
        "accepted": _Decision,
        # A mark where it is a text, an expectation where it is a list. Several marks stand under `marks`.
        "done": _MarkOrNamed,
        "declined": _MarkOrNamed,
        "marks": _annotated[listed(OneMark), Field(description="Flera märken på samma gång.")],
        "known_at": _Time,
        "recipient": words("functions"),
        "telling": _literal[get_args(Telling)],
        "until": _said("En tid, eller den sista dag som samtycket gäller."),
        "how": Text,
        "offence_at": _said("En tid eller en dag då gärningen begicks."),
        "same_as": Text,
        "reason": Text,
        "story": Text,
        "knows": mapped(words("functions"), Text),
        "question": _said("En fråga att prata om."),
        "reply": _said("Det som är värt att säga om frågan. Bara ledaren får det, och gruppen när den har svarat."),
        "due": _Named,
        "not": _Named,
        "ask": _Named,
        "lapsed": _Named,
        "withdrawn": _Named,
        "overdue": _Named,
        "exactly": listed(_Decision, least=0),
    },
)
ScenarioFile = keys(
    "ScenarioFile",
    {
        "scenario": Id,
        "title": Text,
        "plan": Word,
        "difficulty": _annotated[
            _literal[DIFFICULTIES], WithJsonSchema({"type": "integer", "minimum": 1, "maximum": len(DIFFICULTIES)})
        ],
        "summary": _said("Var, när och hur det börjar. Alla läser det, så det avslöjar inget svar."),
        "who": mapped(Text, Text),
        "steps": listed(Step),
    },
    {"shows": _said("Vad fallet ska lära. Bara ledaren får det.")},
)


@cache
def scenario_file() -> TypeAdapter[Any]:
    """The reader of one scenario file: it judges the shape, strictly, and allows nothing else."""
    return TypeAdapter(with_config(ConfigDict(strict=True, extra="forbid"))(ScenarioFile))


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file. `x-words` says of which declared words a text must be one."""
    return {
        **scenario_file().json_schema(),
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario",
        "description": "En övning i steg: vad som händer, vad som berättas och vad som förväntas.",
    }
