"""Events in the envelope that many systems send them in: CloudEvents 1.0, as JSON (cloudevents.io), alone or as a batch.

`id` is the event's id, `type` (its last part, behind the dots) the event of the plan or the kind of mark, `subject` what it is
about, `time` when it happened, and `data` all other keys of an event. What `data` says itself goes before the envelope. Attributes
of the sender's own are passed over, and nothing of them is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from samverkan.case.reading import MARK_KINDS, event_from_json
from samverkan.decide.admission import FieldError
from samverkan.decide.events import Event
from samverkan.plan.model import Plan

VERSION = "1.0"
_FROM_ENVELOPE = {"id": "id", "about": "subject", "at": "time"}
_NEEDED = {
    "specversion": f'Skriv "specversion": "{VERSION}".',
    "source": "Skriv vilket system den kommer från, utan något om en person.",
    "id": "Ge den ett eget id.",
    "type": "Skriv vad som har hänt, till exempel se.exempel.person_met.",
}
_T = TypeVar("_T")


def is_cloud_event(keys: Mapping[str, object]) -> bool:
    """Whether an object is an envelope: it says which version of CloudEvents it is, or from where it comes and what it is."""
    return "specversion" in keys or ("source" in keys and "type" in keys)


def unwrapped(
    envelope: Mapping[str, _T], inside: Callable[[_T], Mapping[str, _T] | None], said: Callable[[_T], object]
) -> dict[str, _T]:
    """The keys of the event in an envelope.

    Args:
        envelope: the attributes, as values or as nodes that know their places.
        inside: what an object holds, None for what is none.
        said: what a text says.

    Raises:
        FieldError: an attribute is missing, of another version or another kind, or says another thing than `data` does.
    """
    for key, instead in _NEEDED.items():
        if key not in envelope:
            raise FieldError("specversion", f"Kuvertet (CloudEvents) saknar {key}. {instead}")
        if not isinstance(said(envelope[key]), str):
            raise FieldError(key, f"Värdet för {key} måste vara en text. {instead}")
    if said(envelope["specversion"]) != VERSION:
        raise FieldError("specversion", f"Bara version {VERSION} av CloudEvents kan läsas. {_NEEDED['specversion']}")
    if "data_base64" in envelope:
        raise FieldError("data_base64", "Innehållet är kodat. Skriv det som ett objekt i data.")
    media = said(envelope["datacontenttype"]) if "datacontenttype" in envelope else "application/json"
    if not isinstance(media, str) or not media.partition(";")[0].strip().lower().endswith("json"):
        raise FieldError("datacontenttype", "Innehållet måste vara JSON: application/json.")
    data = inside(envelope["data"]) if "data" in envelope else {}
    if data is None:
        raise FieldError("data", "Innehållet (data) måste vara ett objekt med händelsens övriga nycklar.")
    found = dict(data)
    if "id" in data and said(data["id"]) != said(envelope["id"]):
        raise FieldError("id", "Kuvertet och dess data har olika id. Ta bort det i data.")
    for key, attribute in _FROM_ENVELOPE.items():
        if attribute in envelope:
            found.setdefault(key, envelope[attribute])
    kind = str(said(envelope["type"])).rpartition(".")[2]
    if kind not in (*MARK_KINDS, "void") and "event" not in data:
        found.setdefault("type", envelope["type"])
    elif kind not in data and "event" not in data:
        raise FieldError("type", f"Kuvertets type slutar på {kind}, men data har inget {kind}.")
    return found


def event_from_cloud_event(plan: Plan, envelope: Mapping[str, Any]) -> Event:
    """The event in an envelope.

    Args:
        plan: gives the words and the zone of times without offset.
        envelope: a CloudEvent as JSON gives it.

    Raises:
        EventError: the envelope can't be read, or what is in it is no event (`samverkan.case.reading.event_from_json`).
    """
    return event_from_json(
        plan, unwrapped(envelope, lambda value: value if isinstance(value, Mapping) else None, lambda value: value)
    )
