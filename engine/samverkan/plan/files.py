"""What the files of a plan may hold: their shape, as pydantic reads it. JSON Schemas and the first errors come from here.

A scalar is always text; whether a word is declared, a day exists or a deadline can be read is for `building` to say. The keys
have spaces, so the models are typed dictionaries in the functional form. `Word("facts")` marks a text that names a declared
word: the schema of one plan lists the plan's own words there.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Annotated, Any, Literal, Required, get_args

from pydantic import ConfigDict, Discriminator, Field, Tag, TypeAdapter, WithJsonSchema, with_config
from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from samverkan.plan.model import Basis, Kind, Strength

WORD_PATTERN = r"^[a-z0-9]+([_-][a-z0-9]+)*$"
ID_PATTERN = r"^[a-z0-9]+([._-][a-z0-9]+)*$"
CLAUSE_PATTERN = r"^[a-z0-9]+([_-][a-z0-9]+)*/[a-z0-9]+([_-][a-z0-9]+)*$"
MEASURE_PATTERN = r"^[a-z0-9]+([._-][a-z0-9]+)*/[a-z0-9]+([._-][a-z0-9]+)*$"
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

MEASURE_KEYS = tuple(f"{strength} {kind}" for strength, kind in product(get_args(Strength), get_args(Kind)))
"""The first key of a measure: what is due, and how firmly."""

SOURCE_KINDS = Literal[
    "statute", "ordinance", "directive", "convention", "decision", "manual", "guidance", "brochure", "agreement", "strategy",
    "report", "website",
]  # fmt: skip


def shape_of(value: object) -> str:
    """The name of a value's shape; pydantic uses it to tell alternatives apart."""
    return {str: "<text>", list: "<list>", dict: "<map>"}.get(type(value), "<other>")


def words(sort: str) -> Any:
    """A text that must be a declared word of this sort."""
    return Field(min_length=1, json_schema_extra={"x-words": sort})


Text = Annotated[str, Field(min_length=1)]
Word = Annotated[str, Field(pattern=WORD_PATTERN)]
Id = Annotated[str, Field(pattern=ID_PATTERN)]
Day = Annotated[str, Field(pattern=DAY_PATTERN)]
Bool = Literal["true", "false"]
ByShape = Discriminator(shape_of)
Effects = Annotated[
    Annotated[list[Annotated[str, words("facts")]], Field(min_length=1), Tag("<list>")]
    | Annotated[
        dict[
            Text,
            Annotated[
                Annotated[str, Field(min_length=1), Tag("<text>")]
                | Annotated[list[Text], Field(min_length=1), Tag("<list>")]
                | Annotated[TypedDict("Change", {"from": Required[Text], "to": Required[Text]}, total=False), Tag("<map>")],
                ByShape,
            ],
        ],
        Field(min_length=1, json_schema_extra={"x-words": "effects"}),
        Tag("<map>"),
    ],
    ByShape,
]
Condition = Annotated[
    dict[str, Any],
    Field(min_length=1),
    WithJsonSchema({"type": "object", "minProperties": 1, "x-words": "condition"}),
]
"""Read in full by `conditions`, which knows the facts; here only that it is a mapping."""

Labelled = TypedDict("Labelled", {"label": Required[Text], "definite": Text}, total=False)
Role = Annotated[Annotated[Text, Tag("<text>")] | Annotated[Labelled, Tag("<map>")], ByShape]
Relation = TypedDict(
    "Relation",
    {
        "label": Required[Text],
        "definite": Text,
        "ends": Required[Annotated[dict[Word, Annotated[str, words("roles")]], Field(min_length=2, max_length=2)]],
        "offence": Bool,
    },
    total=False,
)
Fact = TypedDict(
    "Fact",
    {
        "of": Required[Annotated[str, words("subjects")]],
        "label": Required[Text],
        "ask": Text,
        "read": Literal["now"],
        "values": Required[
            Annotated[
                Annotated[Literal["municipalities"], Tag("<text>")]
                | Annotated[dict[Word, Text], Field(min_length=1), Tag("<map>")],
                ByShape,
            ]
        ],
        "in conflict": Text,
    },
    total=False,
)
Conclusion = TypedDict(
    "Conclusion",
    {
        "of": Required[Annotated[str, words("subjects")]],
        "label": Required[Text],
        "when": Required[Condition],
        "because": Required[Annotated[list[Annotated[str, words("clauses")]], Field(min_length=1)]],
    },
    total=False,
)
ConsentFor = TypedDict(
    "ConsentFor",
    {"recipient": Required[Annotated[str, words("functions")]], "when": Required[Condition]},
    total=False,
)
Event = TypedDict(
    "Event",
    {
        "label": Required[Text],
        "about": Required[Annotated[str, words("subjects")]],
        "introduces": Annotated[str, words("subjects")],
        "role": Literal["begins", "ends"],
        "ends": Annotated[list[Text], Field(min_length=1)],
        "claims": Effects,
        "establishes": Effects,
        "changes": Effects,
        "consent": Literal["given", "refused", "withdrawn"],
        "consent for": ConsentFor,
    },
    total=False,
)
Act = Annotated[
    Annotated[Text, Tag("<text>")]
    | Annotated[TypedDict("ActMap", {"label": Required[Text], "opens": Bool}, total=False), Tag("<map>")],
    ByShape,
]
Impossible = TypedDict(
    "Impossible",
    {"for": Required[Annotated[str, words("subjects")]], "facts": Required[Condition], "because": Required[Text]},
    total=False,
)
Function = Annotated[
    Annotated[Text, Tag("<text>")]
    | Annotated[
        TypedDict(
            "FunctionMap",
            {"label": Required[Text], "found by": Annotated[list[Annotated[str, words("facts")]], Field(min_length=1)]},
            total=False,
        ),
        Tag("<map>"),
    ],
    ByShape,
]
Windows = Annotated[Annotated[Text, Tag("<text>")] | Annotated[list[Text], Field(min_length=1), Tag("<list>")], ByShape]
DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon-fri", "sat-sun", "mon-sun")
Hours = TypedDict(  # type: ignore[misc]  # the days are spelt out above
    "Hours", {"label": Required[Text], **dict.fromkeys(DAY_KEYS, Windows), "eves": Windows, "holidays": Windows}, total=False
)
Unit = TypedDict(
    "Unit",
    {
        "unit": Required[Word],
        "label": Required[Text],
        "is": Required[Annotated[list[Annotated[str, words("functions")]], Field(min_length=1)]],
        "area": Annotated[
            Annotated[Literal["all"], Tag("<text>")]
            | Annotated[list[Annotated[str, words("municipalities")]], Field(min_length=1), Tag("<list>")],
            ByShape,
        ],
        "serves": Annotated[dict[Text, Annotated[list[Text], Field(min_length=1)]], Field(min_length=1)],
        "open": Required[Annotated[str, words("hours")]],
        "stand-in": Annotated[
            Annotated[str, words("units"), Tag("<text>")]
            | Annotated[list[Annotated[str, words("units")]], Field(min_length=1), Tag("<list>")],
            ByShape,
        ],
        "from": Day,
        "until": Day,
        "confirmed": Bool,
    },
    total=False,
)
Citation = TypedDict(
    "Citation",
    {"from": Required[Day], "until": Day, "as": Required[Text], "status": Required[Literal["seen", "unchecked"]]},
    total=False,
)
Clause = TypedDict(
    "Clause",
    {
        "about": Required[Text],
        "lifts secrecy": Bool,
        "no rule": Text,
        "cited": Required[Annotated[list[Citation], Field(min_length=1)]],
    },
    total=False,
)
Source = TypedDict(
    "Source",
    {"title": Required[Text], "kind": Required[SOURCE_KINDS], "clauses": Required[Annotated[dict[Word, Clause], Field(min_length=1)]]},
    total=False,
)
Telling = Literal["circumstances", "identity"]
Deadline = Annotated[str, Field(min_length=1, json_schema_extra={"x-words": "deadlines"})]
Allowed = TypedDict(
    "Allowed", {"clause": Annotated[str, words("clauses")], "consent": Annotated[str, words("functions")]}, total=False
)
_DUE = {key: Annotated[str, words(f"objects of {key.split()[1]}")] for key in MEASURE_KEYS}
_ONE_DUE = Field(json_schema_extra={"oneOf": [{"required": [key]} for key in MEASURE_KEYS]})
_Refused = TypedDict(  # type: ignore[misc]  # as above
    "Refused",
    {
        **_DUE,
        "id": Required[Id],
        "who": Annotated[list[Annotated[str, words("functions")]], Field(min_length=1)],
        "with": Annotated[str, words("functions")],
        "telling": Telling,
        "allowed by": Allowed,
        "deadline": Deadline,
        "needs reason": Bool,
        "anyone stands in": Bool,
    },
    total=False,
)
_Measure = TypedDict(  # type: ignore[misc]  # as above
    "Measure",
    {
        **_DUE,
        "id": Required[Id],
        "who": Annotated[list[Annotated[str, words("functions")]], Field(min_length=1)],
        "about": Text,
        "each relation": Bool,
        "with": Annotated[str, words("functions")],
        "telling": Telling,
        "allowed by": Allowed,
        "if refused": Annotated[_Refused, _ONE_DUE],
        "or": Annotated[str, words("measures")],
        "continuing": Bool,
        "deadline": Deadline,
        "needs reason": Bool,
        "anyone stands in": Bool,
    },
    total=False,
)
Measure = Annotated[_Measure, _ONE_DUE]
Override = TypedDict(
    "Override", {"rule": Required[Annotated[str, words("rules")]], "because": Required[Text]}, total=False
)
Distinction = TypedDict(
    "Distinction", {"fact": Required[Annotated[str, words("facts")]], "because": Required[Text]}, total=False
)
Valid = TypedDict("Valid", {"from": Required[Day], "until": Day}, total=False)
RuleValid = TypedDict("RuleValid", {"from": Required[Day], "until": Day, "judged by": Literal["offence"]}, total=False)
Each = Annotated[
    Annotated[str, words("events"), Tag("<text>")]
    | Annotated[
        TypedDict(
            "EachMap", {"accepted": Annotated[str, words("measures")], "passed": Annotated[str, words("measures")]}, total=False
        ),
        Field(min_length=1, max_length=1),
        Tag("<map>"),
    ],
    ByShape,
]
Rule = TypedDict(
    "Rule",
    {
        "rule": Required[Id],
        "title": Required[Text],
        "text": Required[Text],
        "phase": Required[Annotated[str, words("phases")]],
        "basis": Required[Basis],
        "for": Required[Annotated[str, words("subjects")]],
        "each": Each,
        "when": Condition,
        "unless": Annotated[list[Condition], Field(min_length=1)],
        "overrides": Annotated[Annotated[Override, Tag("<map>")] | Annotated[list[Override], Tag("<list>")], ByShape],
        "distinguishes": Annotated[Annotated[Distinction, Tag("<map>")] | Annotated[list[Distinction], Tag("<list>")], ByShape],
        "then": Required[Annotated[list[Measure], Field(min_length=1)]],
        "because": Required[Annotated[list[Annotated[str, words("clauses")]], Field(min_length=1)]],
        "valid": Required[RuleValid],
    },
    total=False,
)
_Owed = TypedDict("Owed", {**_DUE, "telling": Telling, "deadline": Deadline}, total=False)  # type: ignore[misc]  # as above
Requirement = TypedDict(
    "Requirement",
    {
        "requirement": Required[Id],
        "title": Required[Text],
        "for": Required[Annotated[str, words("subjects")]],
        "when": Condition,
        "some": Required[Annotated[_Owed, _ONE_DUE]],
        "because": Required[Annotated[list[Annotated[str, words("clauses")]], Field(min_length=1)]],
    },
    total=False,
)
Tightening = TypedDict(
    "Tightening",
    {"measure": Required[Annotated[str, words("measures")]], "strength": Strength, "deadline": Deadline, "because": Required[Text]},
    total=False,
)
Reminders = TypedDict("Reminders", {"at once": Required[Text], "promptly": Required[Text]}, total=False)
PlanFile = TypedDict(
    "PlanFile",
    {
        "plan": Word,
        "title": Text,
        "version": Text,
        "dnr": Text,
        "builds on": Word,
        "valid": Valid,
        "reconstructed": Text,
        "timezone": Text,
        "country": Annotated[str, Field(pattern="^[A-Z]{2}$")],
        "reminders": Reminders,
        "function": Annotated[str, words("functions")],
        "roles": dict[Word, Role],
        "relations": dict[Word, Relation],
        "facts": dict[Word, Fact],
        "conclusions": dict[Word, Conclusion],
        "events": dict[Word, Event],
        "acts": dict[Word, Act],
        "offers": dict[Word, Text],
        "information": dict[Word, Text],
        "phases": dict[Word, Text],
        "opposites": list[Annotated[list[Annotated[str, words("acts")]], Field(min_length=2, max_length=2)]],
        "impossible": list[Impossible],
        "municipalities": dict[Word, Text],
        "functions": dict[Word, Function],
        "hours": dict[Word, Hours],
        "units": list[Unit],
        "sources": dict[Word, Source],
        "requirements": list[Requirement],
        "rules": list[Rule],
        "tightens": list[Tightening],
    },
    total=False,
)


@cache
def plan_file() -> TypeAdapter[Any]:
    """The reader of one plan file: it judges the shape of `Node.plain()`, strictly, and allows nothing else."""
    return TypeAdapter(with_config(ConfigDict(strict=True, extra="forbid"))(PlanFile))
