"""The case as some events tell it: who is in it, in which roles, with which facts, consents and marks (semantics §§1, 2, 6).

A `World` is made from K(k) and never changes. All reading of facts goes through it, whoever asks: rules, explanations, statuses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from samverkan.decide.consents import Consent, consent_of
from samverkan.decide.events import Event
from samverkan.decide.knowledge import order
from samverkan.decide.people import People
from samverkan.decide.timeline import EMPTY, Said, Stretch, Timeline, timeline
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, Impossible, Plan

THE_CASE = "case"
"""The id of the case as a subject."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the case: its sort, when it was introduced, and the persons that have been named at each end."""

    id: str
    sort: str
    introduced: datetime
    named: tuple[tuple[str, ...], ...]
    ends: Mapping[str, str | None]
    offence_at: datetime
    offences: tuple[str, ...]


class World:
    """What the events of `known` (in order of time) say, under the words of `plan`."""

    __slots__ = (
        "_blocked", "_by_person", "_facts", "_impossible", "consents", "events", "hanging", "marks", "occurrences", "people",
        "plan", "relations", "sorts", "start",
    )  # fmt: skip

    def __init__(self, plan: Plan, known: Sequence[Event]) -> None:
        self.plan = plan
        self.events = known
        self.start: datetime | None = known[0].at if known else None
        self.people = People(plan, known)
        self.sorts: dict[str, str] = {}
        self.relations: dict[str, Relation] = {}
        self.hanging: list[Event] = []
        self.marks: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
        self.occurrences: dict[tuple[str, str], list[Event]] = defaultdict(list)
        self.consents: dict[tuple[str, str], list[Consent]] = defaultdict(list)
        self._by_person: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._facts: dict[tuple[str, str], Timeline] = {}
        self._impossible: dict[str, tuple[Impossible, ...]] = {}
        for impossible in plan.impossible:
            self._impossible[impossible.of] = (*self._impossible.get(impossible.of, ()), impossible)
        self._blocked: dict[tuple[str, datetime], frozenset[str]] = {}
        self._things(known)
        self._read(known)

    # -- who and what there is ------------------------------------------------------------------------------------------------

    def canonical(self, subject: str) -> str:
        """The id that everything about `subject` is read as."""
        return self.people.canonical(subject)

    def exists(self, subject: str, t: datetime) -> bool:
        """Whether the subject is in the case at `t`; a person, in the light of these events, is so at all times (1.a)."""
        sort = self.sorts.get(subject)
        if sort is None:
            return False
        if sort == PERSON:
            return True
        if sort == CASE:
            return self.start is not None and self.start <= t
        if sort == OPERATION:
            return self.people.operations[subject] <= t
        return self.relations[subject].introduced <= t

    def relations_of(self, person: str, sort: str, end: str) -> list[Relation]:
        """The relations of that sort in which the person stands at `end`, in the order of their introduction."""
        return [
            r for r in map(self.relations.__getitem__, self._by_person.get((person, sort), ())) if r.ends[end] == person
        ]

    def person_at(self, subject: str, end: str | None) -> str | None:
        """Whom a path `end.fact` of `subject` is about: the subject itself without an end; None where the end isn't known."""
        if end is None:
            return subject
        relation = self.relations.get(subject)
        return relation.ends.get(end) if relation is not None else None

    # -- facts ----------------------------------------------------------------------------------------------------------------

    def stretch(self, subject: str, fact: str, t: datetime) -> Stretch:
        """What is known of a fact at `t`, before impossible combinations are looked at."""
        return self._facts.get((subject, fact), EMPTY).at(t)

    def value(self, subject: str | None, fact: str, t: datetime) -> str:
        """The value of a fact at `t`; `unknown` for nobody, and for the facts of an impossible combination."""
        if subject is None:
            return UNKNOWN
        found = self._facts.get((subject, fact))
        if found is None:
            return UNKNOWN
        value = found.at(t).value
        if value != UNKNOWN and fact in self.blocked(subject, t):
            return UNKNOWN
        return value

    def blocked(self, subject: str, t: datetime) -> frozenset[str]:
        """The facts of `subject` that make an impossible combination at `t`."""
        impossible = self._impossible.get(self.sorts.get(subject, ""), ())
        if not impossible:
            return frozenset()
        key = (subject, t)
        if key not in self._blocked:
            self._blocked[key] = frozenset(
                atom.fact for one in self.violated(subject, t) for atom in one.atoms
            )
        return self._blocked[key]

    def violated(self, subject: str, t: datetime) -> list[Impossible]:
        """The impossible combinations that are wholly true of `subject` at `t`."""
        impossible = self._impossible.get(self.sorts.get(subject, ""), ())
        return [
            one for one in impossible if all(self.stretch(subject, a.fact, t).value in a.values for a in one.atoms)
        ]

    def timelines(self) -> Mapping[tuple[str, str], Timeline]:
        """Every (subject, fact) of which something was said."""
        return self._facts

    def consent(self, person: str, recipient: str, scope: str, t: datetime) -> tuple[str, Consent | None]:
        """`given`, `expired`, `refused`, `withdrawn` or `unknown` at `t`, and the answer that says so."""
        return consent_of(self.consents.get((person, recipient), ()), scope, t)

    # -- building -------------------------------------------------------------------------------------------------------------

    def _things(self, known: Sequence[Event]) -> None:
        people = self.people
        if known:
            self.sorts[THE_CASE] = CASE
        for person in people.first:
            if people.canonical(person) == person:
                self.sorts[person] = PERSON
        for operation in people.operations:
            self.sorts[operation] = OPERATION
        offences: dict[str, list[Event]] = defaultdict(list)
        for event in known:
            if event.about is not None and event.offence_at is not None:
                offences[event.about.subject].append(event)
        for relation_id, (sort, introduced) in people.relations.items():
            ends = self.plan.relations[sort].ends
            named: tuple[tuple[str, ...], ...] = tuple(
                tuple(sorted({people.canonical(p) for p in people.named.get((relation_id, end), ())})) for end in ends
            )
            said = offences.get(relation_id, ())
            last = said[-1].offence_at if said else None
            self.sorts[relation_id] = sort
            self.relations[relation_id] = Relation(
                relation_id, sort, introduced, named,
                {end: (who[0] if len(who) == 1 else None) for end, who in zip(ends, named, strict=True)},
                last if last is not None else introduced,
                tuple(e.id for e in said) if len({e.offence_at for e in said}) > 1 else (),
            )  # fmt: skip
        for relation in sorted(self.relations.values(), key=lambda r: (r.introduced, r.id)):
            for person in {p for p in relation.ends.values() if p is not None}:
                self._by_person[(person, relation.sort)].append(relation.id)

    def _read(self, known: Sequence[Event]) -> None:
        said: dict[tuple[str, str], list[Said]] = defaultdict(list)
        for event in known:
            if event.mark is not None:
                mark = event.mark
                self.marks[(mark.rule, mark.measure, self.canonical(mark.subject))].append(event)
                continue
            if event.about is None or event.type is None:
                continue
            subject = self.canonical(event.about.subject)
            kind = self.plan.events[event.type]
            if self.sorts.get(subject) != kind.about:
                self.hanging.append(event)
                continue
            self.occurrences[(event.type, subject)].append(event)
            self._say(event, subject, said)
            self._consent(event, subject)
        for (subject, fact), items in said.items():
            self._facts[(subject, fact)] = timeline(items, self.plan.facts[fact].in_conflict, self.plan.facts[fact].reaches_back)
        for answers in self.consents.values():
            answers.sort(key=lambda c: c.order)

    def _say(self, event: Event, subject: str, said: dict[tuple[str, str], list[Said]]) -> None:
        stated = dict(event.facts)
        for says in self.plan.events[event.type or ""].says:
            value = stated.get(says.path) or (says.values[0] if says.given else None)
            if value is None:
                continue
            whose: str | None = subject
            if says.end is not None:
                whose = self._named_here(event, says.end) or self.person_at(subject, says.end)
            if whose is not None:
                item = Said(event.at, event.known_at, event.id, says.effect, value, says.was)
                said[(whose, says.fact)].append(item)

    def _named_here(self, event: Event, end: str) -> str | None:
        if event.about is None or event.type is None or not event.about.ends:
            return None
        relation = self.plan.relations[self.plan.events[event.type].about]
        names = dict(zip(relation.ends, event.about.ends, strict=False))
        person = names.get(end)
        return self.canonical(person) if person is not None else None

    def _consent(self, event: Event, subject: str) -> None:
        kind = self.plan.events[event.type or ""]
        if kind.consent is not None and event.recipient is not None:
            answer = Consent(order(event), kind.consent, event.telling, event.until, event.id, event.known_at)
            self.consents[(subject, event.recipient)].append(answer)
        wish = kind.consent_for
        if wish is not None:
            value = dict(event.facts).get(wish.fact)
            if value is not None and value != UNKNOWN:
                answered = "given" if value in wish.values else "refused"
                scope = "identity" if answered == "given" else None
                answer = Consent(order(event), answered, scope, None, event.id, event.known_at)
                self.consents[(subject, wish.recipient)].append(answer)

