"""The case as some events tell it: who is in it, in which roles, with which facts, consents and marks (semantics §§1, 2, 6).

A `World` is made from K(k) and never changes. All reading of facts goes through it, whoever asks: rules, explanations, statuses.
One that knows a single event more is made from it quickly, where that event changes nothing of who and what there is.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from weakref import WeakKeyDictionary

from samverkan.decide.consents import Consent, consent_of
from samverkan.decide.events import Event, Mark
from samverkan.decide.knowledge import order
from samverkan.decide.people import People
from samverkan.decide.reading import Saying, changes_who_there_is, sayings
from samverkan.decide.timeline import EMPTY, Said, Stretch, Timeline, timeline
from samverkan.plan.answers import ANSWER, NO_VALUE, kind_of
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, Impossible, Plan, Says

THE_CASE = "case"
"""The id of the case as a subject."""


Begins = datetime | Literal["first"] | None
"""When the case itself begins: at the first event, at a given instant, or not at all (there it isn't a subject)."""


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
        "_blocked", "_by_person", "_facts", "_impossible", "_says", "_sorted", "consents", "events", "hanging", "marks",
        "occurrences", "people", "plan", "relations", "sorts", "start",
    )  # fmt: skip

    def __init__(self, plan: Plan, known: Sequence[Event], begins: Begins = "first") -> None:
        self.plan = plan
        self.events = tuple(known)
        self.start: datetime | None = (known[0].at if known else None) if begins == "first" else begins
        self.people = People(plan, known)
        self.sorts: dict[str, str] = {}
        self.relations: dict[str, Relation] = {}
        self.hanging: list[Event] = []
        self.marks: dict[tuple[str, str, str], list[Event]] = {}
        self.occurrences: dict[tuple[str, str], list[Event]] = {}
        self.consents: dict[tuple[str, str], list[Consent]] = {}
        self._by_person: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._facts: dict[tuple[str, str], Timeline] = {}
        self._impossible = _impossible_of(plan)
        self._says = _says_of(plan)
        self._blocked: dict[tuple[str, datetime], frozenset[str]] = {}
        self._things(known)
        self._sorted: dict[str, tuple[str, ...]] = {}
        for subject in sorted(self.sorts):
            self._sorted[self.sorts[subject]] = (*self._sorted.get(self.sorts[subject], ()), subject)
        self._read(known)

    def extended(self, event: Event) -> World | None:
        """This world with one more event; None where that may change who and what there is."""
        other = self._like()
        place = bisect_right(self.events, order(event), key=order)
        other.events = (*self.events[:place], event, *self.events[place:])
        if event.mark is not None:
            key = self._key_of(event.mark)
            other.marks = {**self.marks, key: _inserted(self.marks.get(key, ()), event)}
            return other
        if event.about is None or event.type is None or event.same_as is not None or event.offence_at is not None:
            return None
        kind, subject = kind_of(self.plan, event.type, event.facts), self.canonical(event.about.subject)
        if self.sorts.get(subject) != kind.about or changes_who_there_is(kind, event.about.role, event.about.ends):
            return None
        told = (event.type, subject)
        other.occurrences = {**self.occurrences, told: _inserted(self.occurrences.get(told, ()), event)}
        answers = list(self._consents_of(event))
        if answers:
            other.consents = dict(self.consents)
            for recipient, answer in answers:
                asked = (subject, recipient)
                other.consents[asked] = sorted((*self.consents.get(asked, ()), answer), key=lambda c: c.order)
        other._facts = {**self._facts, **other._timelines({key for key, _ in self._said(event, subject)})}
        return other

    def changed_from(self, other: World) -> dict[str, datetime] | None:
        """The facts (whoever's) with the first instant at which their value may be another than in `other`; None: all may be."""
        if self.people is not other.people:
            return None
        found: dict[str, datetime] = {}
        if self._facts is not other._facts:
            for key, line in self._facts.items():
                before = other._facts.get(key, EMPTY)
                if line is not before and (at := line.differs_from(before)) is not None:
                    found[key[1]] = min(at, found.get(key[1], at))
        return found

    def breaks(self, facts: frozenset[str]) -> set[datetime]:
        """The instants at which the value of one of these facts (whoever's) may become another."""
        return {t for (_, fact), line in self._facts.items() if fact in facts for t in line.breaks()}

    def of_sort(self, sort: str) -> tuple[str, ...]:
        """The subjects of that sort, sorted."""
        return self._sorted.get(sort, ())

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
        if self._impossible and value != UNKNOWN and fact in self.blocked(subject, t):
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

    def said_of(self, subject: str, fact: str) -> list[tuple[Event, Said]]:
        """Every event that says something of a fact, with what it says."""
        found: list[tuple[Event, Said]] = []
        for event in self.events:
            whose = self._subject_of(event)
            if whose is not None:
                found.extend((event, said) for key, said in self._said(event, whose, {fact}) if key == (subject, fact))
        return found

    def consent(self, person: str, recipient: str, scope: str, t: datetime) -> tuple[str, Consent | None]:
        """`given`, `expired`, `refused`, `withdrawn` or `unknown` at `t`, and the answer that says so."""
        return consent_of(self.consents.get((person, recipient), ()), scope, t)

    # -- building -------------------------------------------------------------------------------------------------------------

    def _like(self) -> World:
        """A world that shares everything with this one."""
        other = World.__new__(World)
        for name in World.__slots__:
            setattr(other, name, getattr(self, name))
        other._blocked = {}
        return other

    def _things(self, known: Sequence[Event]) -> None:
        people = self.people
        if self.start is not None:
            self.sorts[THE_CASE] = CASE
        for person in people.first:
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
        said: set[tuple[str, str]] = set()
        consents: dict[tuple[str, str], list[Consent]] = defaultdict(list)
        for event in known:
            if event.mark is not None:
                self.marks.setdefault(self._key_of(event.mark), []).append(event)
                continue
            subject = self._subject_of(event)
            if subject is None or event.type is None:
                if event.about is not None:
                    self.hanging.append(event)
                continue
            self.occurrences.setdefault((event.type, subject), []).append(event)
            said.update(key for key, _ in self._said(event, subject))
            for recipient, answer in self._consents_of(event):
                consents[(subject, recipient)].append(answer)
        self._facts = self._timelines(said)
        self.consents = {key: sorted(answers, key=lambda c: c.order) for key, answers in consents.items()}

    def _key_of(self, mark: Mark) -> tuple[str, str, str]:
        return mark.rule, mark.measure, self.canonical(mark.subject)

    def _subject_of(self, event: Event) -> str | None:
        """Whom an event is about, as read now; None where they aren't in the case, or where it is about nobody."""
        if event.about is None or event.type is None:
            return None
        subject = self.canonical(event.about.subject)
        return subject if self.sorts.get(subject) == kind_of(self.plan, event.type, event.facts).about else None

    def _timelines(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Timeline]:
        """These facts (as subject and fact) over time, from all that is said of them."""
        said: dict[tuple[str, str], list[Said]] = {key: [] for key in wanted}
        names = {fact for _, fact in wanted}
        for event in self.events:
            subject = self._subject_of(event)
            if subject is not None:
                for key, one in self._said(event, subject, names):
                    if key in said:
                        said[key].append(one)
        facts = self.plan.facts
        return {(s, f): timeline(items, facts[f].in_conflict, facts[f].reaches_back) for (s, f), items in said.items()}

    def _said(
        self, event: Event, subject: str, facts: Container[str] | None = None
    ) -> Iterator[tuple[tuple[str, str], Said]]:
        """What an event says (of these facts; None: of all), each with the subject and the fact that it is about."""
        saying = self._says[event.type or ""]
        stated = dict(event.facts)
        for path, value in stated.items():
            if value in NO_VALUE and event.type == ANSWER:
                continue
            for says in saying.stated.get(path, ()):
                if facts is None or says.fact in facts:
                    yield from self._one(event, subject, says, value)
        for says in saying.given:
            if (facts is None or says.fact in facts) and says.path not in stated:
                yield from self._one(event, subject, says, says.values[0])

    def _one(self, event: Event, subject: str, says: Says, value: str) -> Iterator[tuple[tuple[str, str], Said]]:
        whose: str | None = subject
        if says.end is not None:
            whose = self._named_here(event, says.end) or self.person_at(subject, says.end)
        if whose is not None:
            yield (whose, says.fact), Said(event.at, event.known_at, event.id, says.effect, value, says.was)

    def _named_here(self, event: Event, end: str) -> str | None:
        if event.about is None or event.type is None or not event.about.ends:
            return None
        relation = self.plan.relations[kind_of(self.plan, event.type, event.facts).about]
        names = dict(zip(relation.ends, event.about.ends, strict=False))
        person = names.get(end)
        return self.canonical(person) if person is not None else None

    def _consents_of(self, event: Event) -> Iterator[tuple[str, Consent]]:
        """What an event says of a consent to a recipient: an answer, or a wish that carries one."""
        if event.type == ANSWER:
            return
        kind = self.plan.events[event.type or ""]
        if kind.consent is not None and event.recipient is not None:
            yield event.recipient, Consent(order(event), kind.consent, event.telling, event.until, event.id, event.known_at)
        wish = kind.consent_for
        if wish is not None:
            value = dict(event.facts).get(wish.fact)
            if value is not None and value != UNKNOWN:
                given = value in wish.values
                scope = "identity" if given else None
                yield wish.recipient, Consent(
                    order(event), "given" if given else "refused", scope, None, event.id, event.known_at
                )


def _inserted(events: Sequence[Event], event: Event) -> list[Event]:
    """The events with one more in its place in the order of time."""
    longer = list(events)
    insort(longer, event, key=order)
    return longer


_IMPOSSIBLE: WeakKeyDictionary[Plan, Mapping[str, tuple[Impossible, ...]]] = WeakKeyDictionary()
_SAYS: WeakKeyDictionary[Plan, Mapping[str, Saying]] = WeakKeyDictionary()


def _impossible_of(plan: Plan) -> Mapping[str, tuple[Impossible, ...]]:
    """Sort → its combinations that can't be; worked out once for a plan."""
    found = _IMPOSSIBLE.get(plan)
    if found is None:
        sorts = dict.fromkeys(one.of for one in plan.impossible)
        found = _IMPOSSIBLE[plan] = {sort: tuple(one for one in plan.impossible if one.of == sort) for sort in sorts}
    return found


def _says_of(plan: Plan) -> Mapping[str, Saying]:
    """What its events say; worked out once for a plan."""
    found = _SAYS.get(plan)
    if found is None:
        found = _SAYS[plan] = sayings(plan)
    return found
