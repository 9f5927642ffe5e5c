"""Events as a case system sends them: a JSON list, plain or in envelopes, read strictly, every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from samverkan.case.cloud_events import is_cloud_event, unwrapped
from samverkan.case.reading import KEYS, MARK_KINDS, event_from_json
from samverkan.decide.admission import FieldError, check_event
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.knowledge import in_utc
from samverkan.decide.naming import quoted
from samverkan.plan.errors import PlanError, Problem, Problems
from samverkan.plan.json_nodes import JsonNode, read_json
from samverkan.plan.model import Plan, Position

MOST_EVENTS = 1000
"""In one file: a case has tens of them, and a whole register isn't one case."""
_FORM = 'Skriv en lista: [{"id": "h1", "event": …, "about": …, "at": …}].'
_WHAT = ("event", "type", *MARK_KINDS, "id")


@dataclass(frozen=True, slots=True)
class Sent:
    """An event of a file, and where its keys stand."""

    event: Event
    node: JsonNode

    def place(self, *keys: str) -> Position:
        """Where the value of the first of these keys stands that the event has, else where the event begins."""
        return _place(self.node, *keys)


def read_events(plan: Plan, content: bytes, file: str) -> tuple[Sent, ...]:
    """The events of a JSON text: a list of objects with the keys of `samverkan.case.reading.KEYS`, or of CloudEvents around such.

    Args:
        plan: gives the words and the zone of times without offset.
        content: the bytes of the file.
        file: what it is called in errors.

    Returns: them in the order of the file; the same event twice is there once.

    Raises:
        PlanError: it is no JSON, no list of events, or some event isn't in the plan's words, carries personal data or has the id
            and revision of another. All that is wrong is said, with its place, and no text repeats personal data.
    """
    root = read_json(content, file, f"Dela upp den: en fil rymmer högst {MOST_EVENTS} händelser.")
    problems = Problems()
    if root is None:
        raise _problem(Position(file, 1, 1), f"filen är tom. {_FORM}", "empty")
    if root.items is None:
        raise _problem(root.at, f"filen är ingen lista av händelser. {_FORM}", "shape")
    if not root.items:
        raise _problem(root.at, f"listan är tom, så inget har hänt. {_FORM}", "empty")
    if len(root.items) > MOST_EVENTS:
        text = f"filen har {len(root.items)} händelser, men en fil rymmer högst {MOST_EVENTS}. Dela upp den: ett ärende i varje."
        raise _problem(root.items[MOST_EVENTS].at, text, "too-many")
    sent: dict[tuple[str, int], Sent] = {}
    for node in root.items:
        event = _event(plan, node, problems)
        if event is None:
            continue
        earlier = sent.setdefault((event.id, event.revision), Sent(event, node))
        if in_utc(earlier.event) != in_utc(event):
            text = (
                f"Händelsen {quoted(event.id)} (version {event.revision}) har redan annat innehåll på rad {earlier.node.at.line}. "
                "Ge den ett eget id, eller rättelsen ett högre versionsnummer."
            )
            problems.error(_place(node, "id"), "duplicate-id", text)
    problems.stop()
    return tuple(sent.values())


def _event(plan: Plan, node: JsonNode, problems: Problems) -> Event | None:
    """The event of one object, or None where it is wrong, and then `problems` says why."""
    if node.entries is None:
        problems.error(node.at, "shape", f"en händelse är ett objekt med nycklar inom {{ }}. {_FORM}")
        return None
    try:
        if is_cloud_event(node.entries):
            node = _unwrapped(node)
        _check_keys(node)
        event = event_from_json(plan, cast(Mapping[str, Any], node.plain()))
        check_event(plan, event)
    except FieldError as problem:
        problems.error(_place_of(node, problem), "event", problem.text)
    except EventError as problem:
        problems.error(_place(node, *_WHAT), "event", problem.text)
    else:
        return event
    return None


def _unwrapped(envelope: JsonNode) -> JsonNode:
    """The event of a CloudEvents envelope, each key with its place there or in the data. Raises FieldError."""
    node, data = JsonNode(envelope.at), envelope.get("data")
    node.entries = unwrapped(envelope.entries or {}, lambda one: one.entries, lambda one: one.scalar)
    node.keys = {**envelope.keys, **(data.keys if data is not None else {})}
    return node


def _check_keys(node: JsonNode) -> None:
    """Refuses a key that stands for nothing, before its value is looked at: a text that is empty says nothing."""
    for key, value in node.pairs():
        if (key in KEYS or key == "type") and isinstance(value.scalar, str) and not value.scalar.strip():
            raise FieldError(key, f"Värdet för {key} är tomt. Fyll i det, eller ta bort nyckeln.")


def _place_of(node: JsonNode, problem: FieldError) -> Position:
    """Where the fault is: the key itself where it is unknown, else the value, for a fact that of the fact."""
    if problem.key == "event" and node.get("event") is None:
        return _place(node, *_WHAT)
    if problem.key not in KEYS and problem.key in node.keys:
        return node.keys[problem.key]
    facts = node.get("facts")
    if problem.key == "facts" and problem.word is not None and facts is not None:
        return _place(facts, problem.word)
    return _place(node, problem.key, *_WHAT)


def _place(node: JsonNode, *keys: str) -> Position:
    return next((value.at for key in keys if (value := node.get(key)) is not None), node.at)


def _problem(place: Position, text: str, code: str) -> PlanError:
    return PlanError([Problem(place, text, "error", code)])
