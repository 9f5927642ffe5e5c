"""By when and by whom, and why: how a deadline was reckoned, and in which order units were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from samverkan.case.explained import Chosen, CountedBy, Reckoned, Tried
from samverkan.decide.answer import Answering, Due
from samverkan.decide.becoming import person_concerned
from samverkan.decide.records import Record, Span
from samverkan.decide.replay import Replay
from samverkan.decide.standing import Standing
from samverkan.decide.timing import counted_from, due_by
from samverkan.directory.answering import Place
from samverkan.directory.deadlines import deadline_instant
from samverkan.directory.times import local_day
from samverkan.plan.model import UNKNOWN, Deadline


def reckoned(standing: Standing, record: Record) -> Reckoned | None:
    """The deadline of the decision's last run, and how it was reckoned; None where it has none, or was never simply due."""
    if not record.runs:
        return None
    run = record.runs[-1]
    due, late = standing.deadline(record, run)
    if due is None:
        return None
    if record.kind == "ask":
        return _as_waiting(standing, record, run, due)
    deadline = record.deadline
    if deadline is None:
        return None
    occurred = standing.occurred(record)
    base = run.start if run.waited else counted_from(
        standing.moment.judge, record, deadline, run.start, record.spell_of(run), occurred
    )  # fmt: skip
    by: CountedBy = "consent" if run.waited else "event" if deadline.after else "due" if occurred is None else "occurrence"
    event = _event_at(standing, record, deadline, base) if by == "event" else record.id.occurrence if by == "occurrence" else None
    passed = standing.passed_at(record.id)
    if late:
        was = _instant(standing, deadline, base)[0] if base is not None else None
        return _told(standing, Reckoned(due.text, due.at, None, False, "late", run.start, event, was=was, passed_at=passed))
    found = Reckoned(due.text, due.at, due.day, due.real, by, base, event, passed_at=passed)
    return _told(standing, _moved(standing, deadline, found))


def _told(standing: Standing, found: Reckoned) -> Reckoned:
    """With the hours of a reminder."""
    if found.real:
        return found
    return replace(found, hours=standing.prepared.plan.reminders.get(found.text))


def _as_waiting(standing: Standing, record: Record, run: Span, due: Due) -> Reckoned:
    """The deadline of an asking: that of the waiting measure which would be the first."""
    for decision in record.waiting:
        waits = standing.records.get(decision)
        if waits is not None:
            its, _ = due_by(standing.prepared, standing.moment.judge, waits, Span(run.start), record.spell_of(run), None)
            if its == due:
                found = Reckoned(due.text, due.at, due.day, due.real, "waiting", run.start, waiting=decision)
                return _told(standing, replace(found, passed_at=standing.passed_at(record.id)))
    return _told(standing, Reckoned(due.text, due.at, due.day, due.real, "waiting", run.start))


def _event_at(standing: Standing, record: Record, deadline: Deadline, base: datetime | None) -> str | None:
    """The event that a deadline is counted from."""
    events = standing.moment.judge.world.occurrences.get((deadline.after or "", record.id.subject), ())
    return next((event.id for event in reversed(events) if event.at == base), None)


def _instant(standing: Standing, deadline: Deadline, base: datetime) -> tuple[datetime, date | None]:
    prepared = standing.prepared
    return deadline_instant(deadline, base, prepared.zone, prepared.calendar, prepared.plan.reminders)


def _moved(standing: Standing, deadline: Deadline, found: Reckoned) -> Reckoned:
    """With the days that were passed over since nobody works on them."""
    if found.day is None or found.counted_from is None:
        return found
    first, moved_from = None, None
    if deadline.moves:
        first = _instant(standing, replace(deadline, moves=False), found.counted_from)[1]
        moved_from = first if first != found.day else None
    elif deadline.unit == "working days":
        first = local_day(found.counted_from, standing.prepared.zone) + timedelta(days=1)
    skipped = tuple(day for day in _days(first, found.day) if not standing.prepared.calendar.is_working_day(day))
    return replace(found, moved_from=moved_from, skipped=skipped)


def _days(first: date | None, last: date) -> Iterator[date]:
    while first is not None and first <= last:
        yield first
        first += timedelta(days=1)


def chosen(replay: Replay, standing: Standing, record: Record, answering: Answering, any_stand_in: bool, told: bool) -> Chosen:
    """Why that unit answers. `told`: it is the one that was told before, whoever answers now."""
    world, k = standing.moment.judge.world, standing.moment.k
    person = person_concerned(standing.moment.judge, record.id.subject, record.measure)
    function = answering.function
    municipality, clientele = standing.found_by(record, function)
    found_by, not_known = None, []
    for fact in standing.prepared.plan.functions[function].found_by:
        if world.value(person, fact, k) != UNKNOWN:
            found_by = fact
            break
        not_known.append(fact)
    tried = () if told else tuple(_tried(replay, standing, answering, municipality, clientele, any_stand_in))
    served = {fact for one in tried for fact, _ in one.serves}
    return Chosen(
        function, answering.unit, answering.open, answering.opens, answering.stands_in_for, municipality, found_by,
        tuple(not_known), tuple((f, v) for f, v in sorted(clientele.items()) if f in served), tried, told,
    )  # fmt: skip


def _tried(
    replay: Replay, standing: Standing, answering: Answering, municipality: str | None, clientele: Mapping[str, str],
    any_stand_in: bool,
) -> Iterator[Tried]:
    directory, k = standing.prepared.directory, standing.moment.k
    on_call, local = replay.on_call_at(k), k.astimezone(directory.zone)
    places = directory.places(answering.function, municipality, clientele, local.date(), any_stand_in=any_stand_in)
    for place in places:
        answers = place.unit.id == answering.unit
        yield _as_tried(place, answers, local, on_call)
        if answers and answering.open:
            return


def _as_tried(place: Place, answers: bool, local: datetime, on_call: frozenset[str]) -> Tried:
    unit = place.unit
    by_hours = place.hours.is_open_locally(local)
    is_open = place.is_open(local, on_call)
    return Tried(
        unit.id, answers, is_open, None if is_open else place.hours.next_opening(local), place.stands_in_for, unit.area or (),
        tuple(unit.serves.items()), is_open and not by_hours,
    )  # fmt: skip
