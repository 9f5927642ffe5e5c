"""What a case comes to, step by step: each decision once, when it was first shown, what set it going, what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from samverkan.decide.answer import Answer, Answering, Decision, DecisionId, Term
from samverkan.decide.events import MarkKind
from samverkan.draw.phrases import duty
from samverkan.draw.scene import State
from samverkan.draw.wording import ACCEPTED_OFFER, FIXED, MARKS, MONTHS, NO_LONGER, REPLACED, WITHDRAWN, day_and_time
from samverkan.graph.chains import SHARED_FROM
from samverkan.plan.model import Plan

_STATES: Mapping[str, State] = {
    "ask_first": "ask_first",
    "due": "due",
    "done": "done",
    "declined": "declined",
    "lapsed": "gone",
    "withdrawn": "gone",
}


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case: an event (or a mark, or time that passed) and the answer after it.

    `label` says what happened, `subject_names` about whom; `event_id` is its event's id, if it has one. `mark`: what kind of mark
    it is, if it is one; `facts`: what its event states, as path and value.
    """

    at: datetime
    label: str
    subject_names: tuple[str, ...]
    event_id: str | None
    answer: Answer
    mark: MarkKind | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A decision over the whole case, or several that say the same: of several subjects, or of several bearers.

    `first` is the step that first showed it, `causes` are those whose events are behind it; `mark` is its state in words.
    """

    decision: Decision
    first: int
    causes: tuple[int, ...]
    state: State
    mark: str
    subjects: tuple[str, ...]
    bearers: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether so many bear it that it stands in a lane of its own."""
        return len(self.bearers) >= SHARED_FROM


def local(plan: Plan, when: datetime) -> datetime:
    """A time in the plan's zone."""
    return when.astimezone(ZoneInfo(plan.timezone))


def read_case(
    plan: Plan, steps: Sequence[CaseStep], missed: Collection[DecisionId] = (), *, timed: bool = True
) -> list[Seen]:
    """Every decision of a case as it stands after the last step, those that say the same put together.

    Args:
        plan: the plan that the answers come from.
        steps: the case, in order of time; at least one.
        missed: decisions that were due and that nobody took.
        timed: whether marks say when something became of a decision; without it more is said alike and put together.

    Returns:
        What was seen, by the step that first showed it, then in the order of the plan's rules.
    """
    known = [{decision.id: decision for decision in step.answer.decisions} for step in steps]
    place = {step.event_id: index for index, step in enumerate(steps) if step.event_id is not None}
    seen = [_seen(plan, steps, known, place, decision, missed, timed) for decision in steps[-1].answer.decisions]
    order = {rule: index for index, rule in enumerate(plan.rules)}
    groups = _same_of_bearers(_same_of_subjects(seen, [step.at for step in steps]))
    return sorted(groups, key=lambda one: (one.first, order.get(one.decision.id.rule, len(order))))


def _seen(
    plan: Plan,
    steps: Sequence[CaseStep],
    known: Sequence[Mapping[DecisionId, Decision]],
    place: Mapping[str, int],
    decision: Decision,
    missed: Collection[DecisionId],
    timed: bool,
) -> Seen:
    history = [found.status if (found := each.get(decision.id)) is not None else None for each in known]
    first = next(index for index, status in enumerate(history) if status is not None)
    changes = [index for index in range(first + 1, len(history)) if history[index] != history[index - 1]]
    events = {decision.id.occurrence, *_events(decision.explanation)}
    causes = [place[event] for event in events if event in place and place[event] <= first]
    state = _state(decision)
    if decision.id in missed and decision.status in ("due", "ask_first"):
        state = "missed"
    elif state == "due" and "overdue" in decision.flags:
        state = "overdue"
    changed = steps[changes[-1]].at if changes else None
    return Seen(
        decision, first, (max(causes, default=first),), state, _mark(plan, steps, decision, state, changed, timed),
        (decision.id.subject,), (decision.id.bearer,),
    )  # fmt: skip


def _state(decision: Decision) -> State:
    """How a decision stands; what went on for its time, or was allowed but is no longer called for, is nothing that was lost."""
    if decision.status == "lapsed" and decision.replaced_by is None and (decision.continuing or decision.strength == "may"):
        return "ended"
    return _STATES[decision.status]


def ending(steps: Sequence[CaseStep], decision: Decision) -> CaseStep | None:
    """The step that ended a decision."""
    return next((step for step in steps if step.event_id is not None and step.event_id in decision.ended_by), None)


def _mark(
    plan: Plan, steps: Sequence[CaseStep], decision: Decision, state: State, changed: datetime | None, timed: bool
) -> str:
    """The state in words, with the time (if `timed`) where it came later than the decision itself."""
    if state == "due":
        return f"{'○' if decision.strength == 'may' else '●'} {owed(plan, decision)}"
    word, ended = MARKS[state], ending(steps, decision)
    if state == "ended" and not decision.continuing:
        why = f": {ended.label[:1].lower()}{ended.label[1:]}" if ended is not None and ended.mark is None else ""
        since = f" {day_and_time(local(plan, decision.ended_at))}" if timed and decision.ended_at is not None else ""
        return f"{NO_LONGER}{since}{why}"
    if state == "done" and ended is not None and ended.mark == "accepted":
        word = ACCEPTED_OFFER
    if state == "gone" and decision.replaced_by is not None:
        word = REPLACED
    elif decision.status == "withdrawn":
        word = WITHDRAWN
    when = decision.ended_at if state in ("gone", "ended") else changed
    if when is None or changed is None or not timed:
        return word
    return f"{word} {day_and_time(local(plan, when))}"


def owed(plan: Plan, decision: Decision) -> str:
    """How strongly and by when: "ska genast", "bör senast 28 maj"."""
    deadline = decision.deadline
    if deadline is not None and deadline.real and deadline.day is not None:
        day = deadline.day
        year = f"{FIXED}{day.year}" if day.year != local(plan, decision.shown).year else ""
        return f"{duty(plan, decision.strength, '')} senast{FIXED}{day.day}{FIXED}{MONTHS[day.month - 1]}{year}"
    if deadline is not None and deadline.real and deadline.at is not None:
        return f"{duty(plan, decision.strength, '')} senast {day_and_time(local(plan, deadline.at))}"
    return duty(plan, decision.strength, deadline.text if deadline is not None else "")


def _same_of_subjects(seen: Sequence[Seen], times: Sequence[datetime]) -> list[Seen]:
    """Puts together what one bearer is to do alike about several subjects, for what happened at one time."""
    alike: dict[tuple[object, ...], list[Seen]] = defaultdict(list)
    for one in seen:
        found = one.decision
        who = (found.id.rule, found.id.measure, found.id.bearer, _unit(found.recipient), found.telling)
        alike[(times[one.first], times[one.causes[0]], one.state, one.mark, *who)].append(one)
    return [
        replace(
            ones[0],
            first=min(one.first for one in ones),
            causes=tuple(sorted({cause for one in ones for cause in one.causes})),
            subjects=tuple(dict.fromkeys(one.decision.id.subject for one in ones)),
        )
        for ones in alike.values()
    ]


def _same_of_bearers(seen: Sequence[Seen]) -> list[Seen]:
    """Puts together what many bearers are to do alike; what few bear stays with each of them."""
    alike: dict[tuple[object, ...], list[Seen]] = defaultdict(list)
    for one in seen:
        what = (one.decision.id.rule, one.decision.id.measure, one.subjects, _unit(one.decision.recipient))
        alike[(one.first, one.causes, one.state, one.mark, *what)].append(one)
    groups: list[Seen] = []
    for ones in alike.values():
        together = replace(ones[0], bearers=tuple(one.decision.id.bearer for one in ones))
        groups += [together] if together.shared else ones
    return groups


def _unit(answering: Answering | None) -> str | None:
    return answering.unit if answering is not None else None


def _events(terms: Sequence[Term]) -> Iterator[str]:
    """The ids of all events behind an explanation."""
    for term in terms:
        yield from term.events
        yield from _events(term.below)
