"""The ledger: an append-only record of what people were shown and when, each entry the difference between two successive answers.

It is a function of the log, worked out when it is asked for: the answers before and after each step, and at every instant in
between at which something changes of itself. Nothing leaves it: what an answer no longer lists stays in the entries that told it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from samverkan.case.log import Added, Advanced, Closed, Delivered, Ended, HandedOver, Migrated, Reopened, Step
from samverkan.case.own import overdue_at
from samverkan.decide.admission import check_measure
from samverkan.decide.answer import DecisionId, OwnMeasure
from samverkan.decide.deciding import due_and_flags, recipient_of, shown_of, standing_of, turns_to_somebody
from samverkan.decide.islands import Islands, Part
from samverkan.decide.replay import Replay
from samverkan.plan.plain import Plain

if TYPE_CHECKING:
    from samverkan.case.case import Case

Cause = Literal["event", "correction", "taken_back", "clock", "own_measure", "plan", "closed", "reopened", "handed_over"]
LIVING = ("due", "ask_first")
SOMETHING_IS_DUE = "Något är åter att göra."
"""Why a closed case opens of itself."""


class Line(NamedTuple):
    """What the ledger follows of a decision from answer to answer. Who answers is no part of it: that is a view of the hour."""

    status: str
    flags: tuple[str, ...] = ()
    deadline: datetime | None = None


Key = DecisionId | str
"""A decision, or the id of a measure that people added."""


class Difference(NamedTuple):
    """How one thing stood before and after, and for what is to be told, asked or offered now: by which unit."""

    key: Key
    before: Line | None
    after: Line | None
    recipient: str | None = None
    moved: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Change(Plain):
    """How one decision, or one measure that people added, came to stand.

    Attributes:
        decision: the decision; None for a measure that people added.
        own: the id of such a measure.
        before: the status before; None where it was not in the answer.
        after: the status after; None where it is in no answer any more: its person is read as another, another plan decides, or
            as now known it never was.
        flags: as they are after.
        deadline: likewise.
        recipient: the unit that answers then.
        changed: which of status, flags, deadline and recipient this is about.
    """

    decision: DecisionId | None
    own: str | None
    before: str | None
    after: str | None
    flags: tuple[str, ...]
    deadline: datetime | None
    recipient: str | None
    changed: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What it is about."""
        return self.decision if self.decision is not None else self.own or ""

    @property
    def begins(self) -> bool:
        """Whether there is something to do or to ask now that there wasn't, or not in this way."""
        return self.after in LIVING and self.before != self.after


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Entry(Plain):
    """One entry of a ledger.

    Attributes:
        number: counts from 1.
        at: when it was shown.
        cause: `event`, `correction`, `taken_back`, `clock`, `own_measure`, `plan`, `closed`, `reopened` or `handed_over`.
        changes: what came to stand otherwise.
        event: the id of what was delivered.
        revision: its revision.
        words: the reason that was given.
        by: the function that did it, where that is known; never a person.
    """

    number: int
    at: datetime
    cause: Cause
    changes: tuple[Change, ...] = ()
    event: str | None = None
    revision: int | None = None
    words: str = ""
    by: str | None = None


def entries(before: Case, after: Case, step: Step, first: int) -> tuple[Entry, ...]:
    """What a step and the time before it wrote into the ledger. `first`: the number of the first of these entries."""
    by_clock, by_step = _differences(before, after, step)
    written = _Writing(first, before.closed is not None)
    for at in sorted(by_clock):
        written.note(at, "clock", _changes(by_clock[at]))
    changes = _changes(by_step)
    if isinstance(step, Delivered):
        cause = _cause_of(before._islands, step)
        if cause is not None:
            by = step.by or _who_did(before, step)
            written.note(step.at, cause, changes, event=step.event.id, revision=step.event.revision, by=by)
    elif isinstance(step, Added):
        written.note(step.at, "own_measure", changes, words=step.measure.reason, by=step.measure.by)
    elif not isinstance(step, Advanced):
        written.note(step.at, _CAUSES[type(step)], changes, words=step.reason, by=step.by)
    if written.closed and not isinstance(step, Closed) and after.blockers(step.at):
        # Another plan asks more strongly for what was due, or somebody turns out to have been told by mistake.
        written.note(step.at, "reopened", (), words=SOMETHING_IS_DUE)
    return tuple(written.entries)


_CAUSES: Mapping[type, Cause] = {
    Ended: "own_measure", Closed: "closed", Reopened: "reopened", Migrated: "plan", HandedOver: "handed_over",
}  # fmt: skip


class _Writing:
    """Entries as they are written. A closed case in which something becomes due is open from then on, which is an entry too."""

    def __init__(self, first: int, closed: bool) -> None:
        self.first, self.closed = first, closed
        self.entries: list[Entry] = []

    def note(self, at: datetime, cause: Cause, changes: tuple[Change, ...], **more: Any) -> None:
        """One entry more; time that changed nothing has none."""
        if cause == "clock" and not changes:
            return
        self.entries.append(Entry(self.first + len(self.entries), at, cause, changes, **more))
        if cause in ("closed", "reopened"):
            self.closed = cause == "closed"
        elif self.closed and any(change.begins for change in changes):
            self.note(at, "reopened", (), words=SOMETHING_IS_DUE)


def _cause_of(was: Islands, step: Delivered) -> Cause | None:
    """What the delivery of an event is; None where it is ignored."""
    if was.has(step.event):
        return None
    if step.event.void:
        return "taken_back"
    return "correction" if was.holding(step.event.id) else "event"


def _who_did(before: Case, step: Delivered) -> str | None:
    """Whose mark an event is, where that goes without saying."""
    mark = step.event.mark
    if mark is None or mark.bearer is not None:
        return mark.bearer if mark is not None else None
    bearers = check_measure(before.plan, mark.rule, mark.measure)
    return bearers[0] if len(bearers) == 1 else None


# -- what differs --------------------------------------------------------------------------------------------------------------

Ticks = defaultdict[datetime, list[Difference]]


def _differences(before: Case, after: Case, step: Step) -> tuple[Ticks, list[Difference]]:
    """What time changed until the step, instant by instant, and what the step changed.

    What the parts that a step touches would have become at its instant without it is looked at too: what only time changed there
    is the clock's, and what the step kept from changing (done just at its deadline) is nobody's.
    """
    end, was, now = step.at, before._islands, after._islands
    ticks: Ticks = defaultdict(list)
    touched = {name: part for name, part in was.parts.items() if _delivered(now, name) is not part.there.delivered}
    until: dict[Key, Line] = {}
    without = _own_lines(before.own, end)
    for name, part in was.parts.items():
        if name not in touched:
            _follow(part, end, ticks)
            continue
        lines = _follow(part, end, ticks, including=False)
        until |= lines
        without |= _lines(part.come_to(end)) if part.there.has_instant(end) else lines
    then = _own_lines(after.own, end)
    come = [part.there for name, part in now.parts.items() if _delivered(was, name) is not part.there.delivered]
    for replay in come:
        then |= _lines(replay)
    until |= _follow_own(before.own, before.now, end, ticks)
    recipients = _recipients(come, then)
    earlier = _recipients((part.come_to(end) for part in touched.values()), {key for key in recipients if key in without})
    by_step = []
    for key in dict.fromkeys((*until, *without, *then)):
        first, middle, last = until.get(key), without.get(key), then.get(key)
        moved = key in earlier and earlier[key] != recipients[key]
        if middle == last and not moved:
            if first != middle:
                ticks[end].append(Difference(key, first, middle, recipients.get(key)))
        elif first != last or moved:
            by_step.append(Difference(key, first, last, recipients.get(key), moved))
    return ticks, by_step


def _delivered(islands: Islands, name: str) -> object:
    """What was delivered to the part of that name; None where there is no such part. Taken on, a part has other events."""
    part = islands.parts.get(name)
    return part.there.delivered if part is not None else None


def _follow(part: Part, end: datetime, ticks: Ticks, *, including: bool = True) -> dict[Key, Line]:
    """Notes what changes of itself in a part until `end`. Returns how it stands then; what never changes isn't worked out."""
    replay, lines = part.there, None if including else _lines(part.there)
    while (k := replay.next_instant(end)) is not None and (including or k < end):
        if lines is None:
            lines = _lines(replay)
        replay = replay.copy() if replay is part.there else replay
        replay.advance(k)
        then = _lines(replay)
        changed = [key for key in dict.fromkeys((*lines, *then)) if lines.get(key) != then.get(key)]
        if changed:
            recipients = _recipients((replay,), changed)
            ticks[k].extend(Difference(key, lines.get(key), then.get(key), recipients.get(key)) for key in changed)
        lines = then
    return lines or {}


def _lines(replay: Replay) -> dict[Key, Line]:
    """What is followed of every decision that an answer lists, at the instant that a replay has come to."""
    if replay.now is None:
        return {}
    standing = standing_of(replay)
    found: dict[Key, Line] = {}
    for decision, record in shown_of(replay).items():
        due, _, flags = due_and_flags(standing, record, record.status)
        found[decision] = Line(record.status, flags, due.at if due is not None else None)
    return found


def _recipients(replays: Iterable[Replay], wanted: Collection[Key]) -> dict[Key, str | None]:
    """Of those wanted, what is to be told, asked or offered now: by decision the unit that answers."""
    found: dict[Key, str | None] = {}
    for replay in replays if wanted else ():
        standing = standing_of(replay) if replay.now is not None else None
        for decision, record in shown_of(replay).items():
            if decision in wanted and record.status in LIVING and turns_to_somebody(record.kind) and standing is not None:
                answering = recipient_of(standing, record)
                found[decision] = answering.unit if answering is not None else None
    return found


def _own_lines(own: Iterable[OwnMeasure], at: datetime) -> dict[Key, Line]:
    """The same of what people added; `at`: what was to be done by then is overdue."""
    return {one.id: Line(one.status, overdue_at(one, at), one.due if one.status == "due" else None) for one in own}


def _follow_own(own: Iterable[OwnMeasure], now: datetime | None, end: datetime, ticks: Ticks) -> dict[Key, Line]:
    """Notes when what people added gets overdue before `end`. Returns how it stood just before `end`."""
    found = _own_lines(own, end)
    for one in own:
        line = found[one.id]
        if line.flags and one.due is not None:
            if one.due == end and (now is None or now < end):
                found[one.id] = line._replace(flags=())
            elif now is not None and now < one.due < end:
                ticks[one.due].append(Difference(one.id, line._replace(flags=()), line))
    return found


def _changes(differences: Iterable[Difference]) -> tuple[Change, ...]:
    """Differences as they are written, decisions first, each kind by its ids."""
    found = [_change(one) for one in differences]
    return tuple(sorted(found, key=lambda change: (change.own or "", change.decision or ("",) * 5)))


def _change(one: Difference) -> Change:
    before, after = one.before or Line(""), one.after or Line("")
    changed = [name for name in Line._fields if getattr(before, name) != getattr(after, name)]
    if one.moved or (one.recipient is not None and before.status not in LIVING):
        changed.append("recipient")
    return Change(
        one.key if isinstance(one.key, DecisionId) else None, one.key if isinstance(one.key, str) else None,
        before.status or None, after.status or None, after.flags, after.deadline, one.recipient, tuple(changed),
    )  # fmt: skip


def summed(told: Iterable[Entry]) -> dict[Key, Line]:
    """How everything stands that these entries tell of: of a whole ledger, what the answer says at its last instant."""
    found: dict[Key, Line] = {}
    for entry in told:
        for change in entry.changes:
            if change.after is None:
                found.pop(change.key, None)
            else:
                found[change.key] = Line(change.after, change.flags, change.deadline)
    return found
