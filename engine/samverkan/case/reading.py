"""Events and marks as text and JSON: what a person writes in a scenario or a command, and what a system sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, get_args
from zoneinfo import ZoneInfo

from samverkan.case.times import read_offence, read_time, read_until, write_time
from samverkan.decide.admission import CASE_ID, LONGEST_ID, LONGEST_TEXT, FieldError, check_length, check_personal, valid
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event, Mark, MarkKind
from samverkan.decide.naming import nearest, quoted
from samverkan.plan.model import CASE, OPERATION, PERSON, Plan
from samverkan.plan.spelling import listed

MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)
KEYS = (
    "id", "revision", "void", "event", "about", "facts", *MARK_KINDS, "at", "known_at", "recipient", "telling", "until",
    "how", "offence_at", "same_as", "reason",
)  # fmt: skip
"""The keys of an event; `type` is another name of `event`, and may have the sender's name before it: `se.exempel.person_met`."""

_NOT_KNOWN = "-"
_T = TypeVar("_T")
_DECISION = re.compile(
    r"(?P<rule>[^\s/#]+)(?:/(?P<measure>[^\s#]+))?\s+(?P<subject>[^\s#]+)"
    r"(?:\s+by\s+(?P<bearer>[^\s#]+))?(?:\s*#(?P<occurrence>\S.*))?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A decision as written: `rule/measure SUBJECT [by FUNCTION] [#occurrence]`. Without measure: all of the rule's."""

    rule: str
    measure: str | None
    subject: str
    bearer: str | None = None
    occurrence: str | None = None


def parse_about(plan: Plan, text: str) -> About:
    """The subject that `text` names: `case`, `S1`, `S1 seller`, `O1 operation` or `K1 purchase of B1 buyer, S1`.

    Raises:
        EventError: the text has none of these forms, or a word in it isn't the plan's.
    """
    check_length("about", text, LONGEST_TEXT)
    check_personal("about", text)
    words = text.split()
    for word in words:
        check_length("about", word.strip(","))
    if words == [CASE_ID]:
        return About(CASE_ID, CASE)
    if not words or "," in words[0]:
        raise EventError(f"{quoted(text)} säger inte vem eller vad händelsen handlar om. Skriv till exempel 'S1 seller'.")
    if len(words) == 1:
        return About(words[0])
    subject, sort = words[0], words[1]
    if sort in plan.relations:
        return About(subject, sort, None, _parse_ends(plan, sort, text, words[2:]))
    if sort not in plan.roles and sort not in (PERSON, OPERATION):
        known = (*plan.roles, *plan.relations, OPERATION)
        raise EventError(f"Okänd roll eller relation {quoted(sort)}{valid(sort, known)}")
    if len(words) > 2:
        raise EventError(f"För många ord i {quoted(text)}: efter '{sort}' ska inget stå.")
    if sort in plan.roles:
        return About(subject, PERSON, sort)
    return About(subject, sort)


def _parse_ends(plan: Plan, sort: str, text: str, words: list[str]) -> tuple[str | None, ...]:
    if not words:
        return ()
    relation = plan.relations[sort]
    form = f"X1 {sort} of {', '.join(f'{end[0].upper()}1 {end}' for end in relation.ends)}"
    if words[0] != "of" or len(words) == 1:
        raise EventError(f"{quoted(text)} går inte att läsa. Skriv till exempel '{form}'.")
    parts = [part.split() for part in " ".join(words[1:]).split(",")]
    if len(parts) != len(relation.ends):
        raise EventError(
            f"Relationen {relation.label} har {len(relation.ends)} ändar, men {len(parts)} är angivna i "
            f"{quoted(text)}. Skriv - för den som inte är känd, till exempel '{form}'."
        )
    ends: list[str | None] = []
    for part, (end, role) in zip(parts, relation.ends.items(), strict=True):
        if len(part) not in (1, 2):
            raise EventError(f"{quoted(text)} går inte att läsa. Skriv till exempel '{form}'.")
        if len(part) == 2 and part[1] not in (end, role):
            raise EventError(f"I relationen {relation.label} står '{end}' på den platsen, inte {quoted(part[1])}.")
        ends.append(None if part[0] == _NOT_KNOWN else part[0])
    return tuple(ends)


def about_text(about: About) -> str:
    """The subject in the form that `parse_about` reads."""
    if about.role is not None:
        return f"{about.subject} {about.role}"
    if about.sort in (None, CASE):
        return about.subject
    ends = ", ".join(_NOT_KNOWN if end is None else end for end in about.ends)
    return f"{about.subject} {about.sort}" + (f" of {ends}" if ends else "")


def parse_named(text: str) -> Named:
    """The decision or rule that `text` names: `rule/measure SUBJECT [by FUNCTION] [#occurrence]`.

    The occurrence is an event's id, or goes to the end of the text where it is a decision that has passed.

    Raises:
        EventError: the text has another form.
    """
    check_length("märke", text, LONGEST_TEXT)
    check_personal("märke", text)
    found = _DECISION.fullmatch(text.strip())
    occurrence = found["occurrence"] if found is not None else None
    if found is None or (occurrence and " " in occurrence and "/" not in occurrence):
        raise EventError(
            f"{quoted(text)} går inte att läsa som ett beslut. Skriv regel/åtgärd och vem det gäller, till exempel "
            "'stod.saljare/erbjudande S1', och vid behov by FUNKTION och sist #händelse."
        )
    return Named(found["rule"], found["measure"], found["subject"], found["bearer"], occurrence)


def parse_mark(kind: MarkKind, text: str) -> Mark:
    """The mark of that kind on the decision that `text` names. Raises EventError."""
    named = parse_named(text)
    if named.measure is None:
        raise EventError(f"{quoted(text)} nämner en regel men ingen åtgärd. Skriv regel/åtgärd och vem det gäller.")
    return Mark(kind, named.rule, named.measure, named.subject, named.bearer, named.occurrence)


def mark_text(mark: Mark) -> str:
    """The decision that the mark is on, in the form that `parse_mark` reads."""
    by = f" by {mark.bearer}" if mark.bearer is not None else ""
    occurrence = f" #{mark.occurrence}" if mark.occurrence is not None else ""
    return f"{mark.rule}/{mark.measure} {mark.subject}{by}{occurrence}"


def event_from_json(
    plan: Plan, data: Mapping[str, Any], default_id: str | None = None, default_at: datetime | None = None
) -> Event:
    """The event that `data` (as JSON gives it, or as text from a file) describes.

    Args:
        plan: gives the words and the zone of times without offset.
        data: the keys of `KEYS`; one that is None counts as left out, and `at` may be left out where `default_at` is given.
        default_id: the id where none is stated.
        default_at: when it happened where nothing is stated.

    Raises:
        EventError: an unknown key, a value of another form, or a word that can't be read. Whether the words are the
            plan's is for `samverkan.decide.admission` to say.
    """
    if not isinstance(data, Mapping):
        raise EventError("En händelse är ett objekt med nycklar, till exempel id, event, about och at.")
    for key in data:
        if key not in KEYS and key != "type":
            if len(str(key)) > LONGEST_ID:
                raise FieldError(key, "En nyckel är längre än alla som finns. Ta bort den.")
            near = nearest(str(key), KEYS)
            known = f". Ta bort den. De som finns är {listed(KEYS)}." if near == "." else near
            raise FieldError(key, f"Okänd nyckel {quoted(str(key))}{known}")
    data = {key: value for key, value in data.items() if value is not None}
    if "type" in data and "event" in data:
        raise FieldError("type", "Händelsetypen är angiven två gånger, som type och som event.")
    zone = ZoneInfo(plan.timezone)
    event_id = _text(data, "id") or default_id
    if not event_id:
        raise EventError("Händelsen saknar id.")
    at = _read(data, "at", lambda text: read_time(text, zone)) or default_at
    known_at = _read(data, "known_at", lambda text: read_time(text, zone)) or at
    if known_at is None:
        raise EventError("Händelsen saknar tid (at).")
    return Event(
        id=event_id,
        at=at if at is not None else known_at,
        known_at=known_at,
        revision=_number(data, "revision", 1),
        void=_flag(data, "void"),
        type=_text(data, "event") or (_text(data, "type") or "").rpartition(".")[2] or None,
        about=_read(data, "about", lambda text: parse_about(plan, text)),
        facts=_facts(data.get("facts")),
        mark=_mark(data),
        recipient=_text(data, "recipient"),
        telling=_text(data, "telling"),
        until=_read(data, "until", lambda text: read_until(text, zone)),
        how=_text(data, "how"),
        offence_at=_read(data, "offence_at", lambda text: read_offence(text, zone)),
        same_as=_text(data, "same_as"),
        reason=_text(data, "reason"),
    )


def event_to_json(event: Event, zone: ZoneInfo | None = None) -> dict[str, Any]:
    """The event as `event_from_json` reads it; what isn't stated is left out. Times as they stand, or in `zone`."""
    data: dict[str, Any] = {"id": event.id}
    if event.revision != 1:
        data["revision"] = event.revision
    if event.void:
        data["void"] = True
    if event.type is not None:
        data["event"] = event.type
    if event.about is not None:
        data["about"] = about_text(event.about)
    if event.facts:
        data["facts"] = dict(event.facts)
    if event.mark is not None:
        data[event.mark.kind] = mark_text(event.mark)
    data["at"] = write_time(event.at, zone)
    if event.known_at != event.at:
        data["known_at"] = write_time(event.known_at, zone)
    for key in ("recipient", "telling", "until", "how", "offence_at", "same_as", "reason"):
        value = getattr(event, key)
        if value is not None:
            data[key] = write_time(value, zone) if isinstance(value, datetime) else value
    return data


def _text(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise FieldError(key, f"Värdet för {key} måste vara en text.")
    return value


def _read(data: Mapping[str, Any], key: str, read: Callable[[str], _T]) -> _T | None:
    """What `read` makes of the text at a key, or None where nothing stands there."""
    text = _text(data, key)
    if text is None:
        return None
    try:
        return read(text)
    except EventError as problem:
        raise FieldError(key, problem.text) from None


def _number(data: Mapping[str, Any], key: str, default: int) -> int:
    value = data.get(key, default)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 10**9:
        raise FieldError(key, f"Värdet för {key} måste vara ett heltal med högst nio siffror.")
    return value


def _flag(data: Mapping[str, Any], key: str) -> bool:
    value = data.get(key, False)
    if value in ("true", "false"):
        return bool(value == "true")
    if not isinstance(value, bool):
        raise FieldError(key, f"Värdet för {key} måste vara true eller false.")
    return value


def _facts(value: Any) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise FieldError("facts", "Uppgifterna (facts) måste vara ord med värden i text, till exempel age: child.")
    for word, said in value.items():
        if not isinstance(word, str) or not isinstance(said, str):
            text = "Uppgifterna (facts) måste vara ord med värden i text, till exempel age: child."
            raise FieldError("facts", text, word if isinstance(word, str) else None)
    return tuple(value.items())


def _mark(data: Mapping[str, Any]) -> Mark | None:
    kinds = [kind for kind in MARK_KINDS if data.get(kind) is not None]
    if len(kinds) > 1:
        raise FieldError(kinds[1], f"En händelse kan bara ha ett märke, men har {' och '.join(kinds)}.")
    if not kinds:
        return None
    kind = kinds[0]
    return _read(data, kind, lambda text: parse_mark(kind, text))
