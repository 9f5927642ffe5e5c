"""What the files of a plan may hold: their shape, as pydantic reads it. JSON Schemas and the first errors come from here.

A scalar is always text; whether a word is declared, a day exists or a deadline can be read is for `building` to say. The keys
have spaces, so the models are typed dictionaries, made by the few helpers below. A text that names a declared word says of
which sort (`words("functions")`): the schema of one plan lists the plan's own words there.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Annotated, Any, Literal, Required, Union, get_args

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, TypeAdapter, WithJsonSchema, with_config
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from samverkan.plan.deadlines import PATTERN as DEADLINE_PATTERN
from samverkan.plan.model import Basis, Kind, Strength, Telling, UnruledReason
from samverkan.plan.opening import DAYS, SPANS

WORD_PATTERN = r"^[a-z0-9]+([_-][a-z0-9]+)*$"
ID_PATTERN = r"^[a-z0-9]+([._-][a-z0-9]+)*$"
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"

MEASURE_KEYS = tuple(f"{strength} {kind}" for strength, kind in product(get_args(Strength), get_args(Kind)))
"""The first key of a measure: how firmly, and what is due."""

SOURCE_KINDS = (
    "statute", "ordinance", "directive", "convention", "decision", "manual", "guidance", "brochure", "agreement", "strategy",
    "report", "website",
)  # fmt: skip

# Types that are made here and not written down: for the type checker they are values.
_annotated: Any = Annotated
_dict: Any = dict
_list: Any = list
_literal: Any = Literal
_required: Any = Required
_typed_dict: Any = TypedDict
_union: Any = Union


def shape_of(value: object) -> str:
    """The name of a value's shape, by which alternatives are told apart."""
    if isinstance(value, str):
        return "<text>"
    return "<list>" if isinstance(value, list) else "<map>"


def words(sort: str) -> Any:
    """A text that must be a declared word of this sort."""
    return _annotated[str, Field(min_length=1, json_schema_extra={"x-words": sort})]


def listed(item: Any, least: int = 1, most: int | None = None) -> Any:
    """A list of such items."""
    return _annotated[_list[item], Field(min_length=least, max_length=most)]


def mapped(key: Any, value: Any, least: int = 1, most: int | None = None) -> Any:
    """A mapping with keys of the editor's choice."""
    return _annotated[_dict[key, value], Field(min_length=least, max_length=most)]


def either(**by_shape: Any) -> Any:
    """A text, a list or a mapping, each with its own model (`text=`, `list=`, `map=`)."""
    options = tuple(_annotated[model, Tag(f"<{shape}>")] for shape, model in by_shape.items())
    return _annotated[_union[options], Discriminator(shape_of)]


def keys(name: str, needs: dict[str, Any], may: dict[str, Any] | None = None) -> Any:
    """A mapping with just these keys: those that it needs and those that it may have."""
    return _typed_dict(name, {**{key: _required[model] for key, model in needs.items()}, **(may or {})}, total=False)


Text = _annotated[str, Field(min_length=1)]
Word = _annotated[str, Field(pattern=WORD_PATTERN)]
Id = _annotated[str, Field(pattern=ID_PATTERN)]
Day = _annotated[str, Field(pattern=DAY_PATTERN)]
Bool = _annotated[_literal["true", "false"], WithJsonSchema({"type": "boolean"})]
Condition = _annotated[
    _dict[str, Any], Field(min_length=1), WithJsonSchema({"type": "object", "minProperties": 1, "x-words": "condition"})
]
"""Read in full by `conditions`, which knows the facts; here only that it is a mapping."""
Because = listed(words("clauses"))
Deadline = _annotated[str, Field(min_length=1, json_schema_extra={"pattern": DEADLINE_PATTERN})]
Span = keys("Span", {"from": Day}, {"until": Day})

# ------------------------------------------------------------------------------------------------- the words

Role = either(text=Text, map=keys("Role", {"label": Text}, {"definite": Text}))
Relation = keys(
    "Relation", {"label": Text, "ends": mapped(Word, words("roles"), 2, 2)}, {"definite": Text, "offence": Bool}
)  # fmt: skip
Fact = keys(
    "Fact",
    {
        "of": words("subjects"),
        "label": Text,
        "values": either(text=_literal["municipalities"], map=mapped(Word, Text)),
    },
    {
        "ask": Text,
        "ask whom": listed(_literal["file", "colleague", "person"]),
        "sensitive": _literal["0", "1", "2", "3"],
        "read": _literal["now"],
        "in conflict": Text,
        "reaches back": mapped(Text, Text),
    },
)
Conclusion = keys("Conclusion", {"of": words("subjects"), "label": Text, "when": Condition, "because": Because})
Change = keys("Change", {"from": Text, "to": Text})
Effects = either(list=listed(words("facts")), map=mapped(words("facts"), either(text=Text, list=listed(Text), map=Change)))
Event = keys(
    "Event",
    {"label": Text, "about": words("subjects")},
    {
        "introduces": words("subjects"),
        "role": _literal["begins", "ends"],
        "ends": listed(Text),
        "claims": Effects,
        "establishes": Effects,
        "changes": Effects,
        "consent": _literal["given", "refused", "withdrawn"],
        "consent for": keys("ConsentFor", {"recipient": words("functions"), "when": Condition}),
    },
)
Act = either(text=Text, map=keys("Act", {"label": Text}, {"opens": Bool}))
Impossible = keys("Impossible", {"for": words("subjects"), "facts": Condition, "because": Text})
Function = either(text=Text, map=keys("Function", {"label": Text}, {"found by": listed(words("facts"))}))

# ------------------------------------------------------------------------------------- who answers, and sources

Windows = either(text=Text, list=listed(Text))
Hours = keys("Hours", {"label": Text}, dict.fromkeys((*DAYS, *SPANS, "eves", "holidays"), Windows))
Unit = keys(
    "Unit",
    {"unit": Word, "label": Text, "is": listed(words("functions")), "open": words("hours")},
    {
        "area": either(text=_literal["all"], list=listed(words("municipalities"))),
        "rest": either(text=_literal["all"], list=listed(words("municipalities"))),
        "serves": mapped(words("facts"), listed(Text)),
        "stand-in": either(text=words("units"), list=listed(words("units"))),
        "from": Day,
        "until": Day,
        "confirmed": Bool,
    },
)
Citation = keys("Citation", {"from": Day, "as": Text, "status": _literal["seen", "unchecked"]}, {"until": Day})
Unruled = keys("Unruled", {"reason": UnruledReason, "why": Text}, {"clause": words("clauses")})
Clause = keys("Clause", {"about": Text, "cited": listed(Citation)}, {"lifts secrecy": Bool, "unruled": Unruled})
Source = keys("Source", {"title": Text, "kind": _literal[SOURCE_KINDS], "clauses": mapped(Word, Clause)})

# ------------------------------------------------------------------------------------------------- the rules

_DUE = {key: words(f"objects of {key.split()[1]}") for key in MEASURE_KEYS}


def _one_due(value: Any) -> Any:
    if sum(key in _DUE for key in value) != 1:
        raise PydanticCustomError("one_due", "exactly one of the keys that say what is due")
    return value


def due(name: str, needs: dict[str, Any], may: dict[str, Any]) -> Any:
    """A mapping that says one thing that is due, and these keys."""
    one = Field(json_schema_extra={"oneOf": [{"required": [key]} for key in MEASURE_KEYS]})
    return _annotated[keys(name, needs, {**_DUE, **may}), AfterValidator(_one_due), one]


_HOW: dict[str, Any] = {
    "who": listed(words("functions")),
    "with": words("functions"),
    "telling": Telling,
    "allowed by": keys("Allowed", {}, {"clause": words("clauses"), "consent": words("functions")}),
    "needs reason": Bool,
    "anyone stands in": Bool,
    "deadline": Deadline,
}
Refused = due("Refused", {"id": Id}, _HOW)
Measure = due(
    "Measure",
    {"id": Id},
    {**_HOW, "about": Text, "each relation": Bool, "if refused": Refused, "or": words("measures"), "continuing": Bool},
)
Override = keys("Override", {"rule": words("rules"), "because": Text})
Distinction = keys("Distinction", {"fact": words("facts"), "because": Text})
Other = mapped(_literal["accepted", "passed"], words("measures"), 1, 1)
Rule = keys(
    "Rule",
    {
        "rule": Id,
        "title": Text,
        "text": Text,
        "phase": words("phases"),
        "basis": Basis,
        "for": words("subjects"),
        "then": listed(Measure),
        "because": Because,
        "valid": keys("RuleValid", {"from": Day}, {"until": Day, "judged by": _literal["offence"]}),
    },
    {
        "each": either(text=words("events"), map=Other),
        "when": Condition,
        "unless": listed(Condition),
        "overrides": either(map=Override, list=listed(Override)),
        "distinguishes": either(map=Distinction, list=listed(Distinction)),
    },
)
Requirement = keys(
    "Requirement",
    {
        "requirement": Id,
        "title": Text,
        "for": words("subjects"),
        "some": due("Owed", {}, {"telling": Telling, "deadline": Deadline}),
        "because": Because,
    },
    {"when": Condition},
)
Tightening = keys("Tightening", {"measure": words("measures"), "because": Text}, {"strength": Strength, "deadline": Deadline})

PlanFile = keys(
    "PlanFile",
    {},
    {
        "plan": Word,
        "title": Text,
        "version": _annotated[str, Field(min_length=1), WithJsonSchema({"type": ["string", "number"]})],
        "dnr": Text,
        "builds on": Word,
        "valid": Span,
        "reconstructed": Text,
        "timezone": Text,
        "country": _annotated[str, Field(pattern=COUNTRY_PATTERN)],
        "reminders": keys("Reminders", {"at once": Text, "promptly": Text}),
        "function": words("functions"),
        "roles": mapped(Word, Role),
        "relations": mapped(Word, Relation),
        "facts": mapped(Word, Fact),
        "conclusions": mapped(Word, Conclusion),
        "events": mapped(Word, Event),
        "acts": mapped(Word, Act),
        "offers": mapped(Word, Text),
        "information": mapped(Word, Text),
        "phases": mapped(Word, Text),
        "opposites": listed(listed(words("acts"), 2, 2)),
        "impossible": listed(Impossible),
        "municipalities": mapped(Word, Text),
        "functions": mapped(Word, Function),
        "hours": mapped(Word, Hours),
        "units": listed(Unit),
        "sources": mapped(Word, Source),
        "requirements": listed(Requirement),
        "rules": listed(Rule),
        "tightens": listed(Tightening),
    },
)


@cache
def plan_file() -> TypeAdapter[Any]:
    """The reader of one plan file: it judges the shape of `Node.plain()`, strictly, and allows nothing else."""
    strictly: Any = with_config(ConfigDict(strict=True, extra="forbid"))
    return TypeAdapter(strictly(PlanFile))
