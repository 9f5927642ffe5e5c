"""The steps of a case's log as JSON, and back: one object for each thing that was done to a case, as a host keeps them in rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from samverkan.case.json_parts import Part, Path, PlacedError, day, instant, number, text
from samverkan.case.log import Added, Advanced, Closed, Delivered, Ended, HandedOver, Migrated, Reopened, Step
from samverkan.case.migrating import no_words_for, unknown_words
from samverkan.case.own import check_ending, new_measure, own_after
from samverkan.case.reading import KEYS, event_from_json, event_to_json
from samverkan.case.said import check_by, check_function, check_instant, check_text
from samverkan.case.times import write_time
from samverkan.decide.admission import check_event
from samverkan.decide.answer import OwnMeasure
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.knowledge import in_utc
from samverkan.decide.naming import nearest, quoted
from samverkan.plan.model import Plan

_UTC = ZoneInfo("UTC")
PLAN_KEYS = ("id", "version", "digest")
MEASURE_KEYS = ("id", "strength", "text", "bearer", "reason", "due", "day", "by")
STEP_KEYS: Mapping[str, tuple[str, ...]] = {
    "event": ("event", "by"),
    "advanced": (),
    "measure_added": ("measure",),
    "measure_ended": ("id", "how", "reason", "by"),
    "closed": ("reason", "by"),
    "reopened": ("reason", "by"),
    "plan": ("plan", "reason", "by"),
    "handed_over": ("recipient", "plan", "events", "persons", "reason", "by"),
}
"""The kinds of steps, each with its keys besides `step` and `at`."""


def plan_to_json(plan: Plan) -> dict[str, str]:
    """Which plan it is: its id, its version and its digest, which alone decides."""
    return {"id": plan.id, "version": plan.version, "digest": plan.digest}


def step_to_json(step: Step) -> dict[str, Any]:
    """A step as `Steps` reads it; all times in UTC, what isn't said left out."""
    kind, said = _said(step)
    by = step.by if isinstance(step, Delivered | Ended | Closed | Reopened | Migrated | HandedOver) else None
    return {"step": kind, "at": write_time(step.at, _UTC), **said, **({"by": by} if by is not None else {})}


def _said(step: Step) -> tuple[str, dict[str, Any]]:
    if isinstance(step, Delivered):
        return "event", {"event": event_to_json(in_utc(step.event))}
    if isinstance(step, Advanced):
        return "advanced", {}
    if isinstance(step, Added):
        return "measure_added", {"measure": _measure(step.measure)}
    if isinstance(step, Ended):
        return "measure_ended", {"id": step.id, "how": step.how, "reason": step.reason}
    if isinstance(step, Closed):
        return "closed", {"reason": step.reason}
    if isinstance(step, Reopened):
        return "reopened", {"reason": step.reason}
    if isinstance(step, Migrated):
        return "plan", {"plan": plan_to_json(step.plan), "reason": step.reason}
    return "handed_over", {
        "recipient": step.recipient,
        "plan": {"id": step.plan, "digest": step.digest},
        "events": [{"id": event, "revision": revision, "there": there} for event, revision, there in step.events],
        "persons": [{"here": here, "there": there} for here, there in step.persons],
        "reason": step.reason,
    }


def _measure(own: OwnMeasure) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": own.id, "strength": own.strength, "text": own.text, "bearer": own.bearer, "reason": own.reason,
    }  # fmt: skip
    if own.day is not None:
        said["day"] = own.day.isoformat()
    elif own.due is not None:
        said["due"] = write_time(own.due, _UTC)
    return {**said, **({"by": own.by} if own.by is not None else {})}


class Steps:
    """Reads the steps of one log in their order, each in the light of those before it.

    What a plan decides isn't judged again: a case that was closed stays closed also where a later version of the program would
    ask for more. All else is held to what it was held to when it was done.

    Args:
        plan: the one that the case pinned first.
        plan_of: gives the plan that is named by an object at a place. Raises PlacedError where there is none.
    """

    def __init__(self, plan: Plan, plan_of: Callable[[Part], Plan]) -> None:
        self._plan, self._plan_of = plan, plan_of
        self._now: datetime | None = None
        self._last: str | None = None
        self._was_closed = False
        self._own: tuple[OwnMeasure, ...] = ()
        self._events: dict[tuple[str, int], Event] = {}

    def read(self, value: object, path: Path) -> Step:
        """The step that an object says. Raises PlacedError: it isn't one, or can't come after those before it."""
        every = {key for keys in STEP_KEYS.values() for key in keys}
        kind = Part(value, path, ("step", "at", *sorted(every))).read("step", _kind)
        part = Part(value, path, ("step", "at", *STEP_KEYS[kind]))
        at = part.read("at", lambda said: check_instant(instant(said), self._now))
        part.read("step", lambda _: self._check_open_or_closed(kind))
        step = self._step(kind, part, at)
        self._now, self._own, self._last = at, own_after(self._own, step), kind
        self._was_closed = kind == "closed" or (self._was_closed and kind != "reopened")
        return step

    def _check_open_or_closed(self, kind: str) -> None:
        """Refuses what no case lets be done. Between two closings something must have happened, which may have opened the case."""
        if self._last == "closed" and kind in ("closed", "measure_added"):
            raise EventError("Ärendet är redan avslutat av steget före. Det måste öppnas igen först.")
        if kind == "reopened" and not self._was_closed:
            raise EventError("Ärendet är redan öppet: inget steg före har avslutat det.")

    def _step(self, kind: str, part: Part, at: datetime) -> Step:
        by = part.maybe("by", lambda said: check_by(self._plan, text(said))) if kind not in ("plan", "measure_added") else None
        if kind == "event":
            return Delivered(at, part.read("event", lambda said: self._event(said, (*part.path, "event"))), by)
        if kind == "advanced":
            return Advanced(at)
        if kind == "measure_added":
            return Added(at, self._new_measure(part.part("measure", MEASURE_KEYS), at))
        reason = part.read("reason", lambda said: check_text("reason", text(said)))
        if kind == "measure_ended":
            name, how = part.read("id", text), part.read("how", text)
            part.read("id", lambda _: check_ending(self._own, name, how))
            return Ended(at, name, "done" if how == "done" else "withdrawn", reason, by)
        if kind == "closed":
            return Closed(at, reason, by)
        if kind == "reopened":
            return Reopened(at, reason, by)
        return self._migrated(part, at, reason) if kind == "plan" else self._handed_over(part, at, reason, by)

    def _event(self, said: object, path: Path) -> Event:
        event = event_from_json(self._plan, Part(said, path, (*KEYS, "type")).data)
        check_event(self._plan, event, strict=False)
        event = in_utc(event)
        if self._events.setdefault((event.id, event.revision), event) != event:
            raise EventError(
                f"Händelsen {quoted(event.id)} (version {event.revision}) finns redan med annat innehåll. "
                "Ge rättelsen ett högre versionsnummer."
            )
        return event

    def _new_measure(self, part: Part, at: datetime) -> OwnMeasure:
        due: datetime | date | None = part.maybe("due", instant)
        if due is None:
            due = part.maybe("day", day)
        words = {key: part.read(key, text) for key in ("id", "strength", "text", "bearer", "reason")}
        return _placed(
            part.path,
            lambda: new_measure(
                self._plan, self._own, words["id"], words["bearer"], words["text"], words["reason"], at, due,
                words["strength"], part.maybe("by", text),  # type: ignore[arg-type]  # new_measure checks that it is one
            ),
        )  # fmt: skip

    def _migrated(self, part: Part, at: datetime, reason: str) -> Migrated:
        plan = self._plan_of(part.part("plan", PLAN_KEYS))
        step = Migrated(at, plan, reason, part.maybe("by", lambda said: check_by(plan, text(said))))
        unknown = unknown_words(plan, self._events.values(), self._own)
        if unknown:
            raise PlacedError((*part.path, "plan"), no_words_for(plan, unknown))
        self._plan = plan
        return step

    def _handed_over(self, part: Part, at: datetime, reason: str, by: str | None) -> HandedOver:
        recipient = part.read("recipient", lambda said: check_function(self._plan, "recipient", text(said)))
        there = part.part("plan", PLAN_KEYS)
        events = [Part(value, path, ("id", "revision", "there")) for path, value in part.items("events")]
        persons = [Part(value, path, ("here", "there")) for path, value in part.items("persons")]
        return HandedOver(
            at, recipient, there.read("id", text), there.read("digest", text),
            tuple((one.read("id", text), one.read("revision", number), one.read("there", text)) for one in events),
            tuple((one.read("here", text), one.read("there", text)) for one in persons), reason, by,
        )  # fmt: skip


def steps_to_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """A log as a list."""
    return [step_to_json(step) for step in steps]


def _kind(value: object) -> str:
    said = text(value)
    if said not in STEP_KEYS:
        raise EventError(f"Okänt slag av steg {quoted(said)}{nearest(said, STEP_KEYS)}")
    return said


def _placed(path: Path, make: Callable[[], OwnMeasure]) -> OwnMeasure:
    try:
        return make()
    except PlacedError:
        raise
    except EventError as problem:
        raise PlacedError(path, problem.text) from None

