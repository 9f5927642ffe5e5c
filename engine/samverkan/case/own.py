"""Measures that people add to a case by themselves: what the plan doesn't ask for, with a reason, and marked as their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal, get_args

from samverkan.case.log import Added, Ended, Step
from samverkan.case.said import LONGEST_TITLE, check_by, check_function, check_text
from samverkan.decide.admission import check_length, check_personal
from samverkan.decide.answer import OwnMeasure
from samverkan.decide.errors import EventError
from samverkan.decide.instants import check_time
from samverkan.decide.naming import nearest, quoted
from samverkan.directory.times import end_of_day, zone_named
from samverkan.plan.model import Plan, Strength

HowEnded = Literal["done", "withdrawn"]
_ID = re.compile(r"[^\W_][\w.:-]{0,99}")


def new_measure(
    plan: Plan,
    there: Iterable[OwnMeasure],
    measure_id: str,
    bearer: str,
    text: str,
    reason: str,
    at: datetime,
    due: datetime | date | None,
    strength: Strength,
    by: str | None,
) -> OwnMeasure:
    """A measure that people want to add. `due`: an instant, or a day, with which it then ends; None: whenever.

    Raises:
        EventError: a word isn't the plan's, the id is taken, a text is empty or holds personal data, or the time has passed.
    """
    check_length("id", measure_id)
    check_personal("id", measure_id)
    if not _ID.fullmatch(measure_id):
        raise EventError("En egen åtgärds id består av bokstäver och siffror (även punkt, kolon, bindestreck och understreck).")
    if any(one.id == measure_id for one in there):
        raise EventError(f"Det finns redan en egen åtgärd med id {quoted(measure_id)}. Välj ett annat.")
    if strength not in get_args(Strength):
        raise EventError(f"Okänd styrka {quoted(strength)}{nearest(strength, get_args(Strength))}")
    instant, day = _by_when(plan, due, at)
    return OwnMeasure(
        measure_id, strength, check_text("text", text, LONGEST_TITLE), check_function(plan, "bearer", bearer),
        check_text("reason", reason), at, instant, day, check_by(plan, by),
    )  # fmt: skip


def _by_when(plan: Plan, due: datetime | date | None, at: datetime) -> tuple[datetime | None, date | None]:
    day = due if due is not None and not isinstance(due, datetime) else None
    instant = due if isinstance(due, datetime) else None
    if day is not None:
        if not 1900 <= day.year < 2199:
            raise EventError(f"Dagen ({day.year}) ligger utanför åren 1900–2198.")
        instant = end_of_day(day, zone_named(plan.timezone))
    if instant is None:
        return None, None
    if check_time(instant, "due") <= at:
        raise EventError("Tiden för åtgärden (due) har redan gått när den läggs till. Ange en senare tid, eller ingen.")
    return instant.astimezone(at.tzinfo), day


def check_ending(there: Iterable[OwnMeasure], measure_id: str, how: str) -> None:
    """Refuses to end what isn't there, or has ended. Raises EventError."""
    if how not in get_args(HowEnded):
        raise EventError(f"En egen åtgärd blir gjord (done) eller återtagen (withdrawn), inte {quoted(how)}.")
    known = {one.id: one for one in there}
    if measure_id not in known:
        raise EventError(f"Det finns ingen egen åtgärd med id {quoted(measure_id)}{nearest(measure_id, known)}")
    if known[measure_id].status != "due":
        raise EventError(f"Den egna åtgärden {quoted(measure_id)} är redan avslutad.")


def own_after(own: tuple[OwnMeasure, ...], step: Step) -> tuple[OwnMeasure, ...]:
    """The measures after a step of the log; the same where it is about something else."""
    if isinstance(step, Added):
        return (*own, step.measure)
    if isinstance(step, Ended):
        ended = {"status": step.how, "ended_at": step.at, "ended_reason": step.reason}
        return tuple(replace(one, **ended) if one.id == step.id else one for one in own)  # type: ignore[arg-type]
    return own


def own_as_of(own: Iterable[OwnMeasure], as_of: datetime) -> tuple[OwnMeasure, ...]:
    """The measures as they stood at an instant: those that had been added, as far as they had come."""
    return tuple(_as_of(one, as_of) for one in own if one.added_at <= as_of)


def _as_of(one: OwnMeasure, as_of: datetime) -> OwnMeasure:
    if one.ended_at is not None and one.ended_at > as_of:
        one = replace(one, status="due", ended_at=None, ended_reason="")
    return replace(one, flags=overdue_at(one, as_of))


def overdue_at(one: OwnMeasure, at: datetime) -> tuple[str, ...]:
    """The flags of a measure at an instant; an option is never overdue."""
    return ("overdue",) if one.status == "due" and one.strength != "may" and one.due is not None and one.due <= at else ()
