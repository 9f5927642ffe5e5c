"""By when: the deadline of a decision from when it became due (semantics §5, *Deadlines*; 5.c, 5.e, 5.f)."""

from __future__ import annotations

from datetime import datetime

from samverkan.decide.answer import Due
from samverkan.decide.judging import Judge
from samverkan.decide.prepared import Prepared
from samverkan.decide.records import Record, Span
from samverkan.directory.deadlines import deadline_instant
from samverkan.plan.model import Deadline

AT_ONCE = Deadline("at once", text="at once")


def goes_on(record: Record) -> bool:
    """Whether a decision is in force rather than to be done: a prohibition, or an act that continues."""
    continuing = record.measure is not None and record.kind == "perform" and record.measure.continuing
    return record.kind == "refrain" or continuing


def never_overdue(record: Record) -> bool:
    """Whether a decision never gets overdue: an option, or something that goes on."""
    return record.strength == "may" or goes_on(record)


def due_by(
    prepared: Prepared, judge: Judge, record: Record, run: Span, spell: datetime, occurred: datetime | None
) -> tuple[Due | None, bool]:
    """The deadline of a run, and whether it was late: past when the run began.

    `spell`: when the spell began that the run lies in. `occurred`: when the decision's occurrence was, for an event rule. A run
    that began with a consent is counted from there (6.c). A late one has the reminder time of `at once`. None where the measure
    has no deadline.
    """
    deadline = record.deadline
    if deadline is None or goes_on(record):
        return None, False
    since = run.start
    base = since if run.waited else counted_from(judge, record, deadline, since, spell, occurred)
    if base is None:
        return Due(deadline.text, None, None, deadline.real), False
    at, day = deadline_instant(deadline, base, prepared.zone, prepared.calendar, prepared.plan.reminders)
    if at < since:
        reminder, _ = deadline_instant(AT_ONCE, since, prepared.zone, prepared.calendar, prepared.plan.reminders)
        return Due(AT_ONCE.text, reminder, None, False), True
    return Due(deadline.text, at, day, deadline.real), False


def counted_from(
    judge: Judge, record: Record, deadline: Deadline, since: datetime, spell: datetime, occurred: datetime | None
) -> datetime | None:
    """The instant that a deadline is counted from; None while its event hasn't come."""
    if deadline.after is None:
        return since if occurred is None else occurred
    events = judge.world.occurrences.get((deadline.after, record.id.subject), ())
    before = [e.at for e in events if e.at <= spell]
    return before[-1] if before else next((e.at for e in events), None)
