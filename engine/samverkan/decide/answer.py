"""What `decide` answers: decisions with status, deadline, ground and explanation, and what has to be asked. Frozen plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from samverkan.directory.answering import Answering as Answering
from samverkan.plan.plain import Plain

Status = Literal["ask_first", "due", "done", "declined", "lapsed", "withdrawn"]
QuestionKind = Literal[
    "fact",  # an undetermined fact that a rule waits for
    "established_twice",  # two established values at one instant, or a change that contradicts what was established
    "end_named_twice",  # two persons at one end of a relation
    "offence_twice",  # several times of the offence
    "impossible",  # a combination that can't be
    "hanging",  # an event about nobody
    "nothing_marked",  # a mark on no decision
    "reason_missing",  # a measure that needs a recorded reason was done without one
]


class DecisionId(NamedTuple):
    """Identity of a decision, stable over plan versions: (rule, measure, subject, bearer function, occurrence)."""

    rule: str
    measure: str
    subject: str
    bearer: str
    occurrence: str = ""

    def __str__(self) -> str:
        occurrence = f"#{self.occurrence}" if self.occurrence else ""
        return f"{self.rule}/{self.measure} {self.subject}{occurrence} by {self.bearer}"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Term(Plain):
    """One condition of an explanation: what was read, its value, whether it held, and what is behind the value.

    Attributes:
        subject: of whom or what it was read.
        fact: what was read.
        value: the value at the time.
        wanted: the values that the rule names.
        holds: whether it held; None where that isn't known.
        events: ids of the events behind the value; empty for `unknown`.
        below: derives a conclusion.
    """

    subject: str
    fact: str
    value: str
    wanted: tuple[str, ...]
    holds: bool | None
    events: tuple[str, ...] = ()
    below: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Citing(Plain):
    """A clause as it is cited on the day that counts.

    Attributes:
        clause: its id in the plan.
        text: how it is cited then.
        seen: False where nobody has checked the text.
    """

    clause: str
    text: str
    seen: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Due(Plain):
    """A deadline. Real ones pass; the others only remind.

    Attributes:
        text: as the plan writes it.
        at: the instant; None while its event hasn't come.
        day: the last local day, where the deadline is a day.
        real: whether it passes.
    """

    text: str
    at: datetime | None
    day: date | None
    real: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Decision(Plain):
    """A measure that has become due, and what has become of it.

    Attributes:
        id: its identity, the same in all versions of the plan.
        strength: `must`, `should` or `may`.
        kind: a kind of measure, or `ask` (for a consent), `correction`, `consent_ended`.
        object: its word: whom to tell, what to offer, what to do. For `ask`, `correction` and `consent_ended` the recipient
            function.
        status: `ask_first`, `due`, `done`, `declined`, `lapsed` or `withdrawn`.
        flags: of `acknowledged`, `late`, `overdue`, `passed` and `told_without_consent` those that hold, sorted.
        title: the rule's title.
        phase: the phase of the plan.
        shown: the instant when the last spell began.
        since: due without a break since; None where it isn't due.
        deadline: by when.
        recipient: who answers for the function that is told, asked or offered.
        bearer: who answers for the function that does it.
        telling: what may be told: `circumstances` or `identity`.
        allowed_by: the clause that allows telling who it is.
        consent: the function whose consent record allows it.
        continuing: whether it is in force rather than to be done.
        about: the end of a relation that it is about.
        person: whom it concerns, also where the subject is a relation.
        because: the clauses that the rule rests on.
        basis: how sure the plan is: `stated`, `inferred` or `assumed`.
        ended_at: when it ceased to be due.
        ended_by: the ids of the events that ended it.
        replaced_by: the rule that overrides it, or the alternative that was done.
        passed_at: when its deadline passed undone.
        grounds: the relations that ground it.
        explanation: the conditions with their values, and the events behind each.
    """

    id: DecisionId
    strength: str
    kind: str
    object: str
    status: Status
    flags: tuple[str, ...]
    title: str
    phase: str
    shown: datetime
    since: datetime | None
    deadline: Due | None
    recipient: Answering | None
    bearer: Answering
    telling: str | None
    allowed_by: Citing | None
    consent: str | None
    continuing: bool
    about: str | None
    person: str | None
    because: tuple[Citing, ...]
    basis: str
    ended_at: datetime | None = None
    ended_by: tuple[str, ...] = ()
    replaced_by: str | None = None
    passed_at: datetime | None = None
    grounds: tuple[str, ...] = ()
    explanation: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OwnMeasure(Plain):
    """What people have added to a case by themselves, beside what the plan asks: never a decision of the plan.

    Attributes:
        id: what it is called.
        strength: `must`, `should` or `may`.
        text: what is to be done.
        bearer: the function that does it.
        reason: why it was added.
        added_at: when.
        due: by when: an instant, for a day its end.
        day: the last local day, where the time is a day.
        by: the function that added it.
        status: `due`, `done` or `withdrawn`.
        flags: `overdue`, where it is.
        ended_at: when it ended.
        ended_reason: why.
    """

    id: str
    strength: str
    text: str
    bearer: str
    reason: str
    added_at: datetime
    due: datetime | None = None
    day: date | None = None
    by: str | None = None
    status: Literal["due", "done", "withdrawn"] = "due"
    flags: tuple[str, ...] = ()
    ended_at: datetime | None = None
    ended_reason: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """Something that has to be found out, or put right. `Case.questions` tells more of those that are about facts.

    Attributes:
        kind: what sort of question it is.
        subject: whom or what it is about.
        fact: the fact, where it is about one.
        rules: the rules that wait for it.
        events: the ids of the events that cause it.
    """

    kind: QuestionKind
    subject: str
    fact: str = ""
    rules: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Contradiction(Plain):
    """Two decisions that can't both be followed: `act` is performed by the first, refrained from (or opposed) by the second."""

    first: DecisionId
    second: DecisionId


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Subject(Plain):
    """A subject of the case as now known: its sort, the roles that a person has now, the ends of a relation."""

    id: str
    sort: str
    roles: tuple[str, ...] = ()
    ends: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Answer(Plain):
    """Everything that is due, and what became of all that was. Sorted, so that equal answers are equal bytes.

    Attributes:
        plan: the plan's id.
        digest: the plan's fingerprint.
        as_of: as of when.
        decisions: all that have been shown, in whatever status.
        questions: what has to be found out, or put right.
        contradictions: decisions that can't both be followed.
        subjects: persons, relations and operations of the case, as now known.
        own: what people have added by themselves, in the order in which they did; a plan never decides them.
    """

    plan: str
    digest: str
    as_of: datetime
    decisions: tuple[Decision, ...]
    questions: tuple[Question, ...]
    contradictions: tuple[Contradiction, ...]
    subjects: tuple[Subject, ...]
    own: tuple[OwnMeasure, ...] = ()

    def find(self, rule: str, measure: str, subject: str) -> tuple[Decision, ...]:
        """The decisions of that measure about that subject, whoever bears them and for whatever occurrence."""
        return tuple(d for d in self.decisions if (d.id.rule, d.id.measure, d.id.subject) == (rule, measure, subject))
