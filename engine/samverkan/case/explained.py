"""What `why` answers, and what `why_not` shares with it: frozen plain data, with a text for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from samverkan.decide.answer import Citing, Decision, DecisionId
from samverkan.plan.plain import Plain

Stands = Literal["unknown", "said", "established", "changed", "concluded", "contradictory", "too_old", "nobody"]
"""How sure a value is: not known; what somebody says or what it looks like; established; so since something changed it; following
from other facts; unknown since what is said can't all be so; unknown since it was said too long after the time that is asked
about; unknown since nobody is known at that end of the relation."""

CountedBy = Literal["due", "occurrence", "event", "consent", "late", "waiting"]
"""What a deadline is counted from: since it has been due; what an event rule is due for; another event; a consent that came; it was
past already, so that a reminder counts from when it was shown; of asking for consent, a measure that waits."""

HindranceKind = Literal[
    "no_relation",  # the rule is for a relation in which the person isn't known to stand
    "other_sort",  # the rule is for another sort of subject
    "not_yet",  # the subject isn't in the case at the time
    "role",  # hasn't the role
    "not_in_force",  # the rule isn't in force on the day that counts
    "no_occurrence",  # what the rule is due once for hasn't happened
    "condition",  # a condition is false or undetermined
    "exception",  # an exception is known to hold
    "overridden",  # another rule holds and goes before
    "end_not_known",  # the one whom the measure is about isn't known
    "refused",  # consent is refused or withdrawn
    "not_refused",  # is instead of something else, only after a no
    "ask_first",  # waits for a consent
    "done",  # is done already
    "declined",  # was declined
    "done_by_another",  # an alternative was done
]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Happened(Plain):
    """An event that the explanation names, as it is known at the time; `text` says in Swedish what it says. `void`: taken back."""

    id: str
    revision: int
    at: datetime
    known_at: datetime
    text: str
    void: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Read(Plain):
    """One condition: `fact` of `subject` was read as it is `at` that time, and had `value`; `wanted` are the values that will do.

    `holds`: None where it is undetermined. `events`: those behind the value. `over`: the relation over which it was read, where a
    conclusion looked there. `end`: which end isn't known, where nobody is (`subject` is then the relation). `below`: what a
    conclusion follows from; nothing where it ranges over relations of which none is known; `one_of`: any of these is enough.
    """

    subject: str
    fact: str
    value: str
    wanted: tuple[str, ...]
    holds: bool | None
    stands: Stands
    at: datetime
    events: tuple[str, ...] = ()
    over: str | None = None
    end: str | None = None
    below: tuple[Read, ...] = ()
    one_of: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unless(Plain):
    """An exception of a rule: whether it holds (a rule holds unless one is known to), and what was read."""

    holds: bool | None
    reads: tuple[Read, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ground(Plain):
    """A rule's conditions for one subject, in the light of what was known at `at`. `role_since`: since when it has had the role."""

    rule: str
    subject: str
    at: datetime
    holds: bool | None
    conditions: tuple[Read, ...]
    unless: tuple[Unless, ...]
    role: str | None = None
    role_since: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Occurred(Plain):
    """What an event rule is due once for: an event's id, or the decision that passed. `at` None: it was taken back."""

    kind: Literal["event", "accepted", "passed"]
    id: str
    at: datetime | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reckoned(Plain):
    """A deadline and how it was reckoned: `counted_from` that instant, for the reason `counted_by` (see there).

    `event`: the event counted from. `waiting`: the measure whose deadline an asking has. `hours`: of a reminder. `moved_from`: the
    day on which it would have fallen, had that been a working day; `skipped`: the days passed over as no working days. `was`: a
    late one's own time. `passed_at`: it passed undone.
    """

    text: str
    at: datetime | None
    day: date | None
    real: bool
    counted_by: CountedBy
    counted_from: datetime | None
    event: str | None = None
    waiting: DecisionId | None = None
    hours: int | None = None
    moved_from: date | None = None
    skipped: tuple[date, ...] = ()
    was: datetime | None = None
    passed_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tried(Plain):
    """A unit that was asked for, in order. `area` is empty where it answers everywhere; `serves`: fact → values, where it serves
    only some. `on_call`: open only since it is on call."""

    unit: str
    answers: bool
    open: bool
    opens: datetime | None
    stands_in_for: str | None
    area: tuple[str, ...]
    serves: tuple[tuple[str, tuple[str, ...]], ...]
    on_call: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Chosen(Plain):
    """Who answers for a function and why that unit. `found_by`: the fact that named `municipality`; `not_known`: those that would
    have come before it, or all of them. `clientele`: facts of the person that some unit goes by, as known. `tried`: the units in
    the order of asking, up to the one that answers. `told`: it is the unit that was told before."""

    function: str
    unit: str | None
    open: bool
    opens: datetime | None
    stands_in_for: str | None
    municipality: str | None
    found_by: str | None
    not_known: tuple[str, ...]
    clientele: tuple[tuple[str, str], ...]
    tried: tuple[Tried, ...]
    told: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Disclosing(Plain):
    """What may be told, and on what ground: a clause, or the person's consent. `now`: it may be told now; what waits for a consent,
    or isn't due any more, gives no ground to tell anybody anything.

    `consent`: given, expired, refused, withdrawn or unknown, with the event that says so. `without`: something was told without.
    """

    now: bool
    telling: str | None
    recipient: str
    clause: Citing | None = None
    lifts_secrecy: bool = False
    consent: str | None = None
    event: str | None = None
    until: datetime | None = None
    without: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hindrance(Plain):
    """One reason why something isn't due (see `HindranceKind`). Of the rest only what belongs to the kind is filled in.

    `subject`: the rule's subject that it concerns. `read`: the condition; `one_of`: alternatives of which none is true; of an
    exception all that it says. `rule`: the overriding rule, with its reason `because`. `events`: those behind it. `others`: the
    subjects that the rule could be about instead.
    """

    kind: HindranceKind
    subject: str
    holds: bool | None = False
    read: Read | None = None
    one_of: tuple[tuple[Read, ...], ...] = ()
    rule: str | None = None
    measure: str | None = None
    because: str = ""
    role: str | None = None
    first: date | None = None
    last: date | None = None
    at: datetime | None = None
    consent: str | None = None
    recipient: str | None = None
    bearer: str | None = None
    events: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ended(Plain):
    """What became of a decision that is no longer due: `at`, by the events `by`. `because`: why it no longer holds, or why it, as
    now known, never did (`withdrawn`). `replaced_by`: a rule, or the measure done instead; `reason`: the plan's own for it."""

    status: str
    at: datetime | None
    by: tuple[str, ...]
    because: tuple[Hindrance, ...] = ()
    replaced_by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Why(Plain):
    """Why a decision is, or was, due, and how it stands at `as_of`.

    Attributes:
        decision: as the answer has it.
        rule: the rule's id (of what a correction, an asking and so on follows from).
        rule_text: what the rule says.
        shown: when it was last shown.
        ground: on what ground, in the light of what was known then.
        now: its ground now; None where that is the same instant.
        occurred: for what an event rule is due.
        waiting: the measures that wait for a consent, or what was told that is to be corrected or ended.
        told: the events by which it was told.
        deadline: by when, and how that was reckoned.
        bearer: who does it, and why that unit.
        recipient: to whom.
        disclosing: what may be told, and on what ground.
        ended: what became of it, for what isn't due any more.
        happened: every event named, in the order of time.
        text: all this in Swedish.
    """

    plan: str
    digest: str
    as_of: datetime
    decision: Decision
    rule: str
    rule_text: str
    shown: datetime
    ground: Ground | None
    now: Ground | None
    occurred: Occurred | None
    waiting: tuple[DecisionId, ...]
    told: tuple[str, ...]
    deadline: Reckoned | None
    bearer: Chosen
    recipient: Chosen | None
    disclosing: Disclosing | None
    ended: Ended | None
    tightened: str
    happened: tuple[Happened, ...]
    text: str
