"""What a plan says, once read: frozen plain data, the same for every part of the house.

Nothing here reads files, clocks or settings. `plan.loading` makes these objects, everything else only reads them. Every mapping
keeps the order of the plan's files. Words are ids (Swedish ASCII); what a user reads is in the `label`s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from samverkan.plan.plain import Plain

UNKNOWN = "unknown"
"""The value that every fact starts with."""

PERSON, OPERATION, CASE = "person", "operation", "case"
"""The sorts of subject that every plan has; the ids of its relations are the others."""

Strength = Literal["must", "should", "may"]
Kind = Literal["assess", "notify", "consult", "apply", "inform", "offer", "perform", "refrain"]
Basis = Literal["stated", "inferred", "assumed"]
Effect = Literal["claims", "establishes", "changes"]
Telling = Literal["circumstances", "identity"]
UnruledReason = Literal["background", "addressee_outside", "replaced", "covered_by", "power_not_duty", "aim"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Position(Plain):
    """Where something stands in a file: a path as the user gave it, line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Position("", 0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Role(Plain):
    """What a person can be in a case. `definite` is the form "säljaren", `label` the form "säljare"."""

    id: str
    label: str
    definite: str
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Relation(Plain):
    """A subject with named ends: `ends` maps the end's name to the role that it gives, in the declared order."""

    id: str
    label: str
    definite: str
    ends: Mapping[str, str]
    offence: bool = False
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Fact(Plain):
    """An attribute with a closed list of values (`values`: value → label; `unknown` is always one more, never listed).

    `of` is a sort (`person`, `operation`, `case` or a relation); `role` the role that the fact is declared for, if any.
    `reaches_back`: how many days before it was first said a value still counts; one that isn't named counts without limit.
    `sensitive`: how sensitive it is to ask, from 0 (not at all) to 3. `ask_whom`: of whom it may be asked, the least intrusive
    first: `file`, `colleague`, `person`.
    """

    id: str
    of: str
    role: str | None
    label: str
    values: Mapping[str, str]
    ask: str = ""
    in_conflict: str | None = None
    read_now: bool = False
    reaches_back: Mapping[str, int] = field(default_factory=dict)
    sensitive: int = 0
    ask_whom: tuple[str, ...] = ()
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Atom(Plain):
    """`fact in values`. `end` names the end of a relation whose fact is read; None is the subject's own.

    `fact` may be a conclusion: its values are `true` and `false`, and `unknown` while it is undetermined.
    """

    end: str | None
    fact: str
    values: tuple[str, ...]
    at: Position = NOWHERE

    @property
    def path(self) -> str:
        return f"{self.end}.{self.fact}" if self.end else self.fact


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Some(Plain):
    """"There is a `relation` of this person whose facts fulfil `has`". `end` is the end that this person stands at."""

    relation: str
    end: str
    has: Condition


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Condition(Plain):
    """All `atoms`, every `some` and, where `any` is not empty, at least one of its alternatives (strong Kleene)."""

    atoms: tuple[Atom, ...] = ()
    any: tuple[Condition, ...] = ()
    some: tuple[Some, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Conclusion(Plain):
    """A fact that follows from others: true, false or undetermined. `of`/`role` as for `Fact`."""

    id: str
    of: str
    role: str | None
    label: str
    when: Condition
    because: tuple[str, ...]
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Says(Plain):
    """What an event of this type may or does say about one fact.

    `values`: those that it may state; empty: any. `given`: the event says `values[0]` where nothing else is stated (the
    declaration named the values); False: it says nothing unless stated. `was`: what a change names as `from`.
    """

    effect: Effect
    end: str | None
    fact: str
    values: tuple[str, ...] = ()
    given: bool = False
    was: str | None = None

    @property
    def path(self) -> str:
        return f"{self.end}.{self.fact}" if self.end else self.fact


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ConsentFor(Plain):
    """A wish that carries the consent to `recipient`: given when the event states `fact` in `values`, else taken back."""

    recipient: str
    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EventType(Plain):
    """A kind of event. `about` is a sort, `role` the role that it is declared about, if any.

    `introduces`: a person or thing may come into the case by it. `begins`/`ends_role`: gives or ends the role that is named
    with the person. `names`: ends of the relation that it may name later.
    """

    id: str
    label: str
    about: str
    role: str | None
    introduces: bool = False
    begins: bool = False
    ends_role: bool = False
    names: tuple[str, ...] = ()
    says: tuple[Says, ...] = ()
    consent: Literal["given", "refused", "withdrawn"] | None = None
    consent_for: ConsentFor | None = None
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Act(Plain):
    """Something to do or to leave undone. `opens`: while it is in force as `continuing`, its bearer's units are open."""

    id: str
    label: str
    opens: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Impossible(Plain):
    """Facts of one subject that can't all be so: `atoms` are all of the sort (and role) that it is declared for."""

    of: str
    role: str | None
    atoms: tuple[Atom, ...]
    because: str
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Function(Plain):
    """A responsibility that some unit answers for. `found_by`: facts of the person, the first known names the municipality."""

    id: str
    label: str
    found_by: tuple[str, ...] = ()
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hours(Plain):
    """Opening hours: `days` holds, for Monday to Sunday, windows in minutes from midnight (start, end), end ≤ 1440."""

    id: str
    label: str
    days: tuple[tuple[tuple[int, int], ...], ...]
    holidays: tuple[tuple[int, int], ...] = ()
    eves: tuple[tuple[int, int], ...] | None = None

    @property
    def always(self) -> bool:
        day = ((0, 1440),)
        return all(windows == day for windows in self.days) and self.holidays == day and self.eves in (None, day)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unit(Plain):
    """Who answers for functions: dated, with area (None is everywhere), clientele, hours and stand-ins.

    `serves`: fact of the person → the values that the unit is for; empty serves all. `confirmed`: the agency has confirmed.
    `rest`: the municipalities without a unit of their own for which it is meant that this one answers; only for the check.
    """

    id: str
    label: str
    functions: tuple[str, ...]
    area: tuple[str, ...] | None
    serves: Mapping[str, tuple[str, ...]]
    hours: str
    stand_ins: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    confirmed: bool = False
    rest: tuple[str, ...] = ()
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Citation(Plain):
    """How a clause is cited during a time (both days included; `last` None is "still"), and whether its text was seen."""

    first: date
    last: date | None
    text: str
    seen: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unruled(Plain):
    """Why no rule rests on a clause: a reason from a closed list, and `why` in a sentence.

    `clause`: the one whose rules say the same, with the reason `covered_by` and only there.
    """

    reason: UnruledReason
    why: str
    clause: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Clause(Plain):
    """A stable id (`source/clause`) for one statement of a source, with its dated citations."""

    id: str
    source: str
    about: str
    citations: tuple[Citation, ...]
    lifts_secrecy: bool = False
    unruled: Unruled | None = None
    at: Position = NOWHERE

    def cited(self, day: date) -> Citation | None:
        """The citation that is in force on `day`, or None."""
        for citation in self.citations:
            if citation.first <= day and (citation.last is None or day <= citation.last):
                return citation
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Source(Plain):
    id: str
    title: str
    kind: str
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Deadline(Plain):
    """When a measure is to be done: `unit` `at once` and `promptly` have reminder times, the others are real deadlines.

    `after`: counted from the last such event before the spell, else the first after. `moves`: to the next working day.
    """

    unit: Literal["at once", "promptly", "hours", "days", "working days", "weeks", "months"]
    amount: int = 0
    after: str | None = None
    moves: bool = False
    text: str = ""

    @property
    def real(self) -> bool:
        return self.unit not in ("at once", "promptly")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ref(Plain):
    """Names a measure of a rule: `rule/measure`."""

    rule: str
    measure: str

    def __str__(self) -> str:
        return f"{self.rule}/{self.measure}"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Each(Plain):
    """What an event rule is due once for: an event type, or the acceptance or passing of a measure."""

    kind: Literal["event", "accepted", "passed"]
    event: str | None = None
    ref: Ref | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Measure(Plain):
    """What becomes due. `object` is a word of the sort that the kind asks for; for `assess` a fact, `end` whose (or None).

    `who`: the bearing functions. `about`: an end of the relation. `keep_relation`: `each relation: true`. `allowed_clause` and
    `allowed_consent` (a function) say what allows telling identity. `if_refused`: instead, when consent is refused or withdrawn.
    `alternative`: done by one, the other lapses. `anyone_stands_in`: a stand-in that doesn't bear the function may answer.
    `tightened`: why a county has made it stricter than the plan that it builds on; empty where it stands as stated.
    """

    id: str
    strength: Strength
    kind: Kind
    object: str
    who: tuple[str, ...]
    end: str | None = None
    about: str | None = None
    keep_relation: bool = False
    offered_by: str | None = None
    telling: Telling | None = None
    allowed_clause: str | None = None
    allowed_consent: str | None = None
    if_refused: Measure | None = None
    alternative: Ref | None = None
    continuing: bool = False
    deadline: Deadline | None = None
    anyone_stands_in: bool = False
    needs_reason: bool = False
    tightened: str = ""
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Override(Plain):
    rule: str
    because: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Distinction(Plain):
    fact: str
    because: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rule(Plain):
    """One responsibility. `of` is the sort of its subject, `role` the role where it is for one.

    `first`..`last`: its validity, both days included. `by_offence`: judged by the day of the offence. `layer`: the plan that
    states it (a county builds on another).
    """

    id: str
    function: str
    title: str
    text: str
    phase: str
    basis: Basis
    of: str
    role: str | None
    when: Condition
    unless: tuple[Condition, ...]
    then: tuple[Measure, ...]
    because: tuple[str, ...]
    first: date
    last: date | None = None
    each: Each | None = None
    by_offence: bool = False
    overrides: tuple[Override, ...] = ()
    distinguishes: tuple[Distinction, ...] = ()
    layer: str = ""
    at: Position = NOWHERE

    def measure(self, measure_id: str) -> Measure | None:
        """The measure with that id, `if refused` ones included, or None."""
        for measure in self.then:
            if measure.id == measure_id:
                return measure
            if measure.if_refused is not None and measure.if_refused.id == measure_id:
                return measure.if_refused
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Requirement(Plain):
    """What must always be met: a measure of `strength` or stricter, `kind` and `object`, whatever rule gives it."""

    id: str
    title: str
    of: str
    role: str | None
    when: Condition
    strength: Strength
    kind: Kind
    object: str
    because: tuple[str, ...]
    telling: Telling | None = None
    deadline: Deadline | None = None
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Plan:
    """A whole plan. Immutable; compared by identity: compare `digest` to ask whether two say the same.

    The words it declares are mappings by id: `functions`, `units`, `events`, `facts`, `acts`, `offers` and others.

    Attributes:
        id, title: the name of its folder; what it is called, in Swedish.
        version, timezone: as its authors number it; of its local times (`Europe/Stockholm`).
        digest: SHA-256 (hex) of what it says. Where things stand in files doesn't count, the order of units does.
        layers: ids of the plans that it is built from, base first.
        outside: of `municipalities` those that the plan it builds on has for every county: they are in none of its own.
        reminders: hours for `at once` and `promptly`.
        rules: in the order of the files, base layer first.
    """

    id: str
    title: str
    version: str
    first: date
    last: date | None
    reconstructed: str
    timezone: str
    country: str
    reminders: Mapping[str, int]
    roles: Mapping[str, Role]
    relations: Mapping[str, Relation]
    facts: Mapping[str, Fact]
    conclusions: Mapping[str, Conclusion]
    events: Mapping[str, EventType]
    acts: Mapping[str, Act]
    offers: Mapping[str, str]
    information: Mapping[str, str]
    phases: Mapping[str, str]
    opposites: tuple[tuple[str, str], ...]
    impossible: tuple[Impossible, ...]
    municipalities: Mapping[str, str]
    functions: Mapping[str, Function]
    hours: Mapping[str, Hours]
    units: Mapping[str, Unit]
    sources: Mapping[str, Source]
    clauses: Mapping[str, Clause]
    requirements: Mapping[str, Requirement]
    rules: Mapping[str, Rule]
    layers: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    dnr: str = ""
    digest: str = ""
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def fact_of(self, sort: str, name: str) -> Fact | Conclusion | None:
        """The fact or conclusion `name` if subjects of `sort` have it, else None."""
        found = self.facts.get(name) or self.conclusions.get(name)
        return found if found is not None and found.of == sort else None
