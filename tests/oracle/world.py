"""Who and what is in the case, and the values of facts: §1 and §2 in the light of one instant k."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from tests.oracle.calendar import utc
from tests.oracle.values import NOTHING_KNOWN, Statement, Stretch, Value, value_of

from samverkan.decide.events import Event
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, EventType, Impossible, Plan, Says

Order = tuple[datetime, datetime, str]


def in_utc(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events with their times in UTC, one of each (id, revision).

    Raises: ValueError where an id and revision come with two contents (§2).
    """
    seen: dict[tuple[str, int], Event] = {}
    for event in events:
        plain = replace(
            event,
            at=utc(event.at),
            known_at=utc(event.known_at),
            until=utc(event.until) if event.until is not None else None,
            offence_at=utc(event.offence_at) if event.offence_at is not None else None,
        )
        if seen.setdefault((event.id, event.revision), plain) != plain:
            raise ValueError(f"{event.id} revision {event.revision} comes with two contents")
    return tuple(seen.values())


def known_at(events: tuple[Event, ...], k: datetime) -> dict[str, Event]:
    """§2, K(k): the highest revision with known_at ≤ k of each event, where it isn't void and its `at` ≤ k (2.d)."""
    highest: dict[str, Event] = {}
    for event in events:
        if event.known_at <= k and (event.id not in highest or event.revision > highest[event.id].revision):
            highest[event.id] = event
    return {event.id: event for event in highest.values() if not event.void and event.at <= k}


def order(event: Event) -> Order:
    """2.a: (at, known_at, id)."""
    return (event.at, event.known_at, event.id)


class World:
    """Everything that is known at k. Subjects are ids; the person of an id is always asked for by `person`."""

    def __init__(self, plan: Plan, events: tuple[Event, ...], k: datetime) -> None:
        self.plan = plan
        self.k = k
        self.known = known_at(events, k)
        self._delivered = events
        self._values: dict[tuple[str, str, datetime], Value] = {}
        self._statements: dict[tuple[str, str], list[Statement]] | None = None
        self.things = self._things()
        self._introductions = self._person_introductions()
        self._first_of = self._same()
        self.ends = self._named_at_ends()

    # ------------------------------------------------------------------------------------------- introductions

    def type_of(self, event: Event) -> EventType | None:
        if event.type == "svar":
            # 3.c: an answer establishes its one fact; one without a value says nothing
            (fact, value), its = event.facts[0], self.plan.facts[event.facts[0][0]]
            return EventType("svar", "", its.of, None, says=(Says("establishes", None, fact),) if value in its.values else ())
        return self.plan.events[event.type] if event.type is not None else None

    def _things(self) -> dict[str, tuple[str, datetime]]:
        """1.a: relations and operations that some event introduces: id → (sort, the first introducing event's `at`)."""
        found: dict[str, tuple[str, datetime]] = {}
        for event in sorted(self.known.values(), key=order):
            kind = self.type_of(event)
            if kind is not None and event.about is not None and kind.introduces and kind.about not in (PERSON, CASE):
                found.setdefault(event.about.subject, (kind.about, event.at))
        return found

    def _ends_named(self, event: Event) -> dict[str, str]:
        """The ends that an event about a relation names: end → id as written."""
        kind = self.type_of(event)
        if kind is None or event.about is None or kind.about not in self.plan.relations:
            return {}
        ends = self.plan.relations[kind.about].ends
        return {end: who for end, who in zip(ends, event.about.ends, strict=False) if who is not None}

    def role_given(self, event: Event) -> str | None:
        """1.a: the role that an event gives a person: the one it names, else the one that its introducing type is about."""
        kind = self.type_of(event)
        if kind is None or event.about is None or kind.about != PERSON or not (kind.introduces or kind.begins):
            return None
        return event.about.role or (kind.role if kind.introduces else None)

    def _person_introductions(self) -> dict[str, Order]:
        """1.a: who is introduced, with a role or at an end of a relation that is itself introduced: id → first such event."""
        found: dict[str, Order] = {}
        for event in sorted(self.known.values(), key=order):
            kind = self.type_of(event)
            if kind is None or event.about is None:
                continue
            if kind.about == PERSON:
                if self.role_given(event) is not None:
                    found.setdefault(event.about.subject, order(event))
            elif event.about.subject in self.things:
                for who in self._ends_named(event).values():
                    found.setdefault(who, order(event))
        return found

    def _same(self) -> dict[str, str]:
        """1.d: `same_as` joins, symmetric and transitive; each id → the one of its group that was introduced first."""
        groups: list[set[str]] = []
        for event in self.known.values():
            kind = self.type_of(event)
            if event.same_as is None or event.about is None or kind is None or kind.about != PERSON:
                continue
            joined = {event.about.subject, event.same_as}
            for group in [group for group in groups if group & joined]:
                groups.remove(group)
                joined |= group
            groups.append(joined)
        firsts: dict[str, str] = {}
        for group in groups:
            introduced = [who for who in group if who in self._introductions]
            first = min(introduced, key=lambda who: (self._introductions[who], who)) if introduced else min(group)
            firsts.update(dict.fromkeys(group, first))
        return firsts

    def person(self, written: str) -> str:
        """The one whom everything about `written` is read as being about (1.d)."""
        return self._first_of.get(written, written)

    def persons(self) -> list[str]:
        """1.a: the persons in the case."""
        return sorted({self.person(who) for who in self._introductions})

    def in_case(self, person: str) -> bool:
        return person in self._introductions

    def relations(self, sort: str) -> list[str]:
        """The relations (or operations) of a sort, in the order of introduction."""
        found = [(at, thing) for thing, (its_sort, at) in self.things.items() if its_sort == sort]
        return [thing for _, thing in sorted(found)]

    def subject_of(self, event: Event) -> str | None:
        """What an event is about: a person as now read, a relation or operation, or the case."""
        kind = self.type_of(event)
        if kind is None:
            return None
        if kind.about == CASE:
            return CASE
        if event.about is None:
            return None
        return self.person(event.about.subject) if kind.about == PERSON else event.about.subject

    def hangs(self, event: Event) -> bool:
        """1.b: about somebody who isn't in the case, or about a relation or operation that no event introduces."""
        kind = self.type_of(event)
        subject = self.subject_of(event)
        if kind is None or kind.about == CASE:
            return False
        if subject is None:
            return True
        return not self.in_case(subject) if kind.about == PERSON else subject not in self.things

    def speaking(self) -> list[Event]:
        """The events of some type that say something, in order: those that don't hang."""
        return [e for e in sorted(self.known.values(), key=order) if e.type is not None and not self.hangs(e)]

    # ------------------------------------------------------------------------------------------ ends and roles

    def _named_at_ends(self) -> dict[tuple[str, str], dict[str, list[str]]]:
        """(relation, end) → person as now read → the events that name that person there."""
        found: dict[tuple[str, str], dict[str, list[str]]] = {}
        for event in self.speaking():
            for end, who in self._ends_named(event).items():
                assert event.about is not None
                named = found.setdefault((event.about.subject, end), {})
                named.setdefault(self.person(who), []).append(event.id)
        return found

    def at_end(self, relation: str, end: str) -> str | None:
        """§1: the person at an end. Two persons named for one end make it not known; None too where nobody is named."""
        named = self.ends.get((relation, end), {})
        return next(iter(named)) if len(named) == 1 else None

    def has_role(self, person: str, role: str, t: datetime) -> bool:
        """1.c: it began at some b ≤ t and no end of it lies in [b, t]."""
        begins: list[datetime] = []
        ends: list[datetime] = []
        for event in self.speaking():
            kind = self.type_of(event)
            if kind is None or event.about is None or kind.about != PERSON or self.subject_of(event) != person:
                continue
            if self.role_given(event) == role:
                begins.append(event.at)
            if kind.ends_role and event.about.role == role:
                ends.append(event.at)
        for (relation, end), named in self.ends.items():
            sort, introduced = self.things[relation]
            if person in named and self.plan.relations[sort].ends[end] == role:
                begins.append(introduced)  # also when named later, and also when two are named
        return any(b <= t and not any(b <= e <= t for e in ends) for b in begins)

    def exists(self, sort: str, subject: str, t: datetime) -> bool:
        """1.a: a person is there in the light of k; the case from the first event; the others from their introduction."""
        if sort == PERSON:
            return self.in_case(subject) and self.person(subject) == subject
        if sort == CASE:
            return any(event.at <= t for event in self.known.values())
        return subject in self.things and self.things[subject][0] == sort and self.things[subject][1] <= t

    # --------------------------------------------------------------------------------------------- the offence

    def offences(self, relation: str) -> list[Event]:
        """The events that tell when the offence was, the last one last."""
        return [e for e in self.speaking() if e.offence_at is not None and self.subject_of(e) == relation]

    def offence_at(self, relation: str) -> datetime:
        """§4: of several `offence_at` the last event's counts; without any, the introducing event's `at` (2.c)."""
        told = self.offences(relation)
        if told:
            at = told[-1].offence_at
            assert at is not None
            return at
        return self.things[relation][1]

    # ------------------------------------------------------------------------------------------ values of facts

    def said(self, event: Event, says: Says) -> str | None:
        """1.e: what an event says about one fact that its type declares: what it states, else what it says unstated."""
        stated = dict(event.facts).get(says.path)
        if stated is not None:
            return stated
        return says.values[0] if says.given else None

    def _all_statements(self) -> dict[tuple[str, str], list[Statement]]:
        found: dict[tuple[str, str], list[Statement]] = {}
        for event in self.speaking():
            kind = self.type_of(event)
            assert kind is not None
            for place, says in enumerate(kind.says):
                value = self.said(event, says)
                subject = self.subject_of(event)
                if says.end is not None and subject is not None:
                    # 1.e: the person whom the event itself names there, else the one now known there, else nobody
                    itself = self._ends_named(event).get(says.end)
                    subject = self.person(itself) if itself is not None else self.at_end(subject, says.end)
                if value is not None and subject is not None:
                    statement = Statement(says.effect, value, event.at, event.known_at, event.id, place, says.was)
                    found.setdefault((subject, says.fact), []).append(statement)
        return found

    def statements(self, subject: str, fact: str) -> list[Statement]:
        """All that is known to be said of a fact, in order (2.a)."""
        if self._statements is None:
            self._statements = self._all_statements()
        return sorted(self._statements.get((subject, fact), []), key=lambda statement: statement.order)

    def stretch(self, subject: str, fact: str, t: datetime) -> Stretch:
        """The stretch of a fact's time that t lies in."""
        said = self.statements(subject, fact)
        changes = sorted({s.at for s in said if s.effect == "changes"})
        begin = max((at for at in changes if at <= t), default=None)
        end = min((at for at in changes if at > t), default=None)

        def within(at: datetime) -> bool:
            return (begin is None or begin <= at) and (end is None or at < end)

        began = [s for s in said if s.effect == "changes" and s.at == begin]
        established = [s for s in said if s.effect == "establishes" and within(s.at) and s.value != UNKNOWN]
        established += [  # 2.b: `from` is an establishing event at the change's instant, of the stretch that it ends
            replace(s, effect="establishes", value=s.was)
            for s in said
            if s.effect == "changes" and s.at == end and s.was is not None and s.was != UNKNOWN
        ]
        claims = [s for s in said if s.effect == "claims" and within(s.at) and s.value != UNKNOWN]
        return Stretch(begin, end, began, established, claims)

    def stretches(self, subject: str, fact: str) -> list[Stretch]:
        """All stretches of a fact's time that have begun at k."""
        changes = sorted({s.at for s in self.statements(subject, fact) if s.effect == "changes"})
        first = [self.stretch(subject, fact, changes[0] - changes[0].resolution)] if changes else []
        return first + [self.stretch(subject, fact, at) for at in changes or [self.k]]

    def plain_value(self, subject: str, fact: str, t: datetime) -> Value:
        """§2: the value at t in the light of k, impossible combinations apart."""
        stretch = self.stretch(subject, fact, t)
        value = value_of(stretch, self.plan.facts[fact].in_conflict)
        days = self.plan.facts[fact].reaches_back.get(value.value)
        if days is not None:  # 2.g: not counted longer than that before it was first said
            said = [s.at for s in (*stretch.began, *stretch.established, *stretch.claims) if s.value == value.value]
            if said and t < min(said) - timedelta(days=days):
                return NOTHING_KNOWN
        return value

    def last_said(self, event: str) -> Order | None:
        """5.b: where an event lies by the last that was said of it (a void revision says nothing), or None."""
        known = [one for one in self._delivered if one.id == event and one.known_at <= self.k and not one.void]
        return order(max(known, key=lambda one: one.revision)) if known else None

    def turns(self) -> set[datetime]:
        """5.d: when anything happened, became known or ended that is known by now, and from when what was said counts (2.g)."""
        known = [event for event in self._delivered if event.known_at <= self.k]
        found = {t for event in known for t in (event.at, event.known_at, event.until) if t is not None}
        if self._statements is None:
            self._statements = self._all_statements()
        for (_, fact), statements in self._statements.items():
            days = self.plan.facts[fact].reaches_back.values()
            found |= {statement.at - timedelta(days=back) for statement in statements for back in days}
        return found

    def impossible(self, subject: str, t: datetime) -> list[tuple[Impossible, tuple[str, ...]]]:
        """1.f: the impossible combinations that are wholly true of a subject at t, with the events behind."""
        found: list[tuple[Impossible, tuple[str, ...]]] = []
        for combination in self.plan.impossible:
            if combination.of != self.sort(subject):
                continue
            values = [(atom, self.plain_value(subject, atom.fact, t)) for atom in combination.atoms]
            if all(value.value in atom.values for atom, value in values):
                found.append((combination, tuple(sorted({e for _, value in values for e in value.events}))))
        return found

    def value(self, subject: str | None, fact: str, t: datetime) -> str:
        """The value of a fact at t in the light of k. An end that isn't known (None) has only `unknown` facts (§1)."""
        if subject is None:
            return UNKNOWN
        key = (subject, fact, t)
        if key not in self._values:
            value = self.plain_value(subject, fact, t)
            if any(fact == atom.fact for wrong, _ in self.impossible(subject, t) for atom in wrong.atoms):
                value = NOTHING_KNOWN
            self._values[key] = value
        return self._values[key].value

    def is_assessed(self, subject: str | None, fact: str, t: datetime) -> bool:
        """5.b: whether the fact has got a value. One `in conflict` that rests on claims, or contradicts itself, is a doubt."""
        if subject is None or self.value(subject, fact, t) == UNKNOWN:
            return False
        value = self.plain_value(subject, fact, t)
        return value.value != self.plan.facts[fact].in_conflict or not (value.claimed or value.twice)

    def sort(self, subject: str) -> str:
        if subject == CASE:
            return CASE
        return self.things[subject][0] if subject in self.things else PERSON

    def subjects(self, sort: str) -> list[str]:
        """The subjects of a sort in the case."""
        if sort == PERSON:
            return self.persons()
        if sort == CASE:
            return [CASE]
        assert sort == OPERATION or sort in self.plan.relations
        return self.relations(sort)
