"""A case that moves to another county, or is shared with it: what may be told there, as the first events of a case of its own.

Each county decides its own case by its own plan (semantics §8, 8.a–8.d). What goes over is what a function here may tell: of a
person whose identity the recipient has been told, or may be told by that person's consent, under the same designation; of one of
whom only the circumstances may be told, under a new one that can't be traced back; of all others nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from samverkan.case.log import HandedOver
from samverkan.case.names_there import NamesThere
from samverkan.case.outcome import Outcome
from samverkan.case.read_then import read_as, read_then, worlds
from samverkan.decide.admission import FieldError, check_event
from samverkan.decide.answer import Answering, Decision, DecisionId, Subject
from samverkan.decide.consents import IDENTITY
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event
from samverkan.decide.knowledge import known, order
from samverkan.decide.records import told_apart
from samverkan.plan.answers import ANSWER, NO_VALUE, kind_of
from samverkan.plan.model import PERSON, Plan
from samverkan.plan.plain import Plain
from samverkan.plan.spelling import listed

if TYPE_CHECKING:
    from samverkan.case.case import Case

CIRCUMSTANCES = "circumstances"
TELLING = ("notify", "apply", "consult")
_STAYS = {
    "mark": "Vad som har blivit av ett beslut hör till det här ärendet.",
    "consent": "Ett samtycke gäller den som det gavs till. Fråga personen igen.",
    "wish": "En önskan som bär ett samtycke följer inte med. Fråga personen igen.",
    "unanswered": "Att en fråga inte har fått något svar hör till det här ärendet.",
    "nobody": "Det handlar inte om någon person.",
    "untold": "Ingen regel och inget samtycke låter mottagaren få veta det om {}.",
    "regrouped": "Någon har förts ihop med eller skilts från någon annan sedan det lämnades, så det gäller nu {}. Rätta det i det "
    "andra ärendet, där det heter {}.",
    "changed": "Det har ändrats eller tagits tillbaka sedan det lämnades. Rätta det i det andra ärendet, där det heter {}.",
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LeftOut(Plain):
    """What isn't told of an event: all of it, or what it says under `key`. `why`: in Swedish."""

    event: str
    key: str
    why: str


class _End(NamedTuple):
    """Who stands at an end as an event has it, whether it names them, and whether they may be told of."""

    person: str | None
    named: bool
    told: bool


class HandOver:
    """What was handed over.

    Attributes:
        case: this case after it, which goes on deciding what is its own; its ledger tells of the hand-over.
        outcome: the same, with what it wrote into the ledger.
        events: the first events of the case there, in its plan's words; `Case.replay` makes it.
        persons: what those that are told of are called here → there.
        left_out: what isn't told, and why.
    """

    __slots__ = ("events", "left_out", "outcome", "persons")

    def __init__(
        self, outcome: Outcome, events: tuple[Event, ...], persons: Mapping[str, str], left_out: tuple[LeftOut, ...]
    ) -> None:
        self.outcome, self.events, self.persons, self.left_out = outcome, events, persons, left_out

    @property
    def case(self) -> Case:
        return self.outcome.case


def what_to_hand_over(
    case: Case, to: Plan, recipient: str, at: datetime, reason: str, by: str | None
) -> tuple[HandedOver, tuple[Event, ...], tuple[LeftOut, ...]]:
    """The step of the log, the events there, and what is left out. What was handed over before isn't told again.

    Raises:
        EventError: nothing may be told, or nothing that wasn't.
    """
    telling = _Telling(case, to, recipient, at)
    events = tuple(telling.events())
    if not events:
        label = case.plan.functions[recipient].label
        raise EventError(
            f"Det finns inget nytt att lämna över till {label}: ingen regel och inget samtycke låter mottagaren få veta mer om "
            "någon i ärendet. Underrätta mottagaren först om planen kräver det, eller fråga personen om samtycke."
        )
    there = tuple(sorted(telling.names()))
    step = HandedOver(at, recipient, to.id, to.digest, tuple(telling.told), there, reason, by)
    return step, events, tuple(telling.left_out)


class _Telling:
    def __init__(self, case: Case, to: Plan, recipient: str, at: datetime) -> None:
        self._to, self._at, self._plan, self._recipient = to, at, case.plan, recipient
        self._answer = case.decisions(at)
        self._worlds = worlds(case._islands, at)
        self._directory = case._islands.prepared.directory
        self._scopes = {s.id: self._scope(s.id) for s in self._answer.subjects if s.sort == PERSON}
        anybody = [s for s in case.log if isinstance(s, HandedOver) and s.plan == to.id]
        earlier = [s for s in anybody if s.recipient == recipient]
        self._earlier = {event: (revision, there) for step in earlier for event, revision, there in step.events}
        self._read_then = read_then(case, earlier)
        self._number = len(anybody) + 1
        ends = {s.id: s.ends for s in self._answer.subjects if s.sort in self._plan.relations}
        self._names = NamesThere(self._scopes, ends, {s.id for s in self._answer.subjects}, earlier, anybody)
        self.told: list[tuple[str, int, str]] = []
        self.left_out: list[LeftOut] = []
        self._known = sorted((e for part in case._islands.parts.values() for e in known(part.there.delivered, at)), key=order)

    # -- of whom what may be told ------------------------------------------------------------------------------------------------

    def _scope(self, person: str) -> str | None:
        """What the recipient may know of a person: `identity`, `circumstances` or nothing."""
        found = {s for s in (IDENTITY, CIRCUMSTANCES) if self._consented(person, s)}
        if not self._found_elsewhere(person):
            found.discard(IDENTITY)
        found |= {s for d in self._answer.decisions if person in self._concerned(d) and (s := self._told_by(d, person)) is not None}
        return IDENTITY if IDENTITY in found else CIRCUMSTANCES if found else None

    def _told_by(self, decision: Decision, person: str) -> str | None:
        """What a decision has told the recipient of a person, or lets it be told.

        Who it is only once that has been told, to a unit of another county; nothing by what was told wrongly, or by a consent that
        isn't given now.
        """
        if decision.kind not in TELLING or decision.object != self._recipient or decision.status not in ("due", "done"):
            return None
        scope = decision.telling or CIRCUMSTANCES
        if decision.consent is not None and not self._consented(person, scope):
            return None
        if any(d.status in ("due", "done") and _corrects(d, decision.id) for d in self._answer.decisions):
            return None
        told = scope == IDENTITY and decision.status == "done" and self._is_elsewhere(decision.recipient)
        return IDENTITY if told else CIRCUMSTANCES

    def _is_elsewhere(self, told: Answering | None) -> bool:
        """Whether a unit for municipalities of other counties only was told. One for everywhere is ours as well as theirs."""
        unit = self._plan.units.get(told.unit) if told is not None and told.unit is not None else None
        return unit is not None and bool(unit.area) and set(unit.area or ()) <= set(self._plan.outside)

    def _found_elsewhere(self, person: str) -> bool:
        """Whether the recipient that answers for a person now is another county's, or isn't found by where the person is."""
        facts, world = self._plan.functions[self._recipient].found_by, self._worlds.get(person)
        if not facts or world is None:
            return not facts
        values = {fact: world.value(person, fact, self._at) for fact in facts}
        return self._directory.municipality_of(self._recipient, values) in self._plan.outside

    def _concerned(self, decision: Decision) -> tuple[str, ...]:
        if decision.person is not None:
            return (decision.person,)
        relation = next((s for s in self._answer.subjects if s.id == decision.id.subject), None)
        return tuple(end for end in relation.ends if end is not None) if relation is not None else ()

    def _consented(self, person: str, scope: str) -> bool:
        world = self._worlds.get(person)
        return world is not None and world.consent(person, self._recipient, scope, self._at)[0] == "given"

    def names(self) -> Iterable[tuple[str, str]]:
        """What those that were told of are called here and there."""
        return self._names.given()

    # -- what is told ------------------------------------------------------------------------------------------------------------

    def events(self) -> Iterator[Event]:
        """The events there, in the order of time."""
        now = {event.id: event for event in self._known}
        for event_id, (revision, there) in self._earlier.items():
            event = now.get(event_id)
            if event is None or event.revision != revision:
                self.left_out.append(LeftOut(event_id, "", _STAYS["changed"].format(there)))
            elif (read := read_as(event, self._worlds)) != self._read_then.get(event_id, read):
                self.left_out.append(LeftOut(event_id, "", _STAYS["regrouped"].format(listed(dict.fromkeys(read)), there)))
        for event in self._known:
            if event.id in self._earlier:
                continue
            told = self._retold(event)
            if told is not None:
                self.told.append((event.id, event.revision, told.id))
                yield told

    def _retold(self, event: Event) -> Event | None:
        why = self._stays(event)
        if why is not None or event.about is None:
            self.left_out.append(LeftOut(event.id, "", why or ""))
            return None
        about, here = event.about, self._here(event.about.subject)
        ends = self._ends(event.about, here)
        facts = []
        for path, value in event.facts:
            end, dot, _ = path.partition(".")
            if dot and not ends[end].told:
                self.left_out.append(LeftOut(event.id, path, _STAYS["untold"].format("den som det gäller")))
            else:
                facts.append((path, value))
        at_ends = ((end.person if end.told and end.named else None) for end in ends.values()) if about.ends else ()
        named = tuple(self._names.of(person) if person is not None else None for person in at_ends)
        said = About(self._names.of(here), about.sort, about.role, named)
        told = Event(
            f"{self._number}.{len(self.told) + 1}", event.at, max(event.at, self._at), type=event.type, about=said,
            facts=tuple(facts), offence_at=event.offence_at,
        )  # fmt: skip
        return self._in_words(event, told)

    def _stays(self, event: Event) -> str | None:
        """Why nothing of an event is told; None where something is."""
        if event.mark is not None or event.type is None or event.about is None:
            return _STAYS["mark"]
        if any(event.type == ANSWER and value in NO_VALUE for _, value in event.facts):
            return _STAYS["unanswered"]
        kind = kind_of(self._plan, event.type, event.facts)
        if kind.consent is not None:
            return _STAYS["consent"]
        if kind.consent_for is not None:
            return _STAYS["wish"]
        here = self._here(event.about.subject)
        if kind.about == PERSON:
            return None if self._scopes.get(here) is not None else _STAYS["untold"].format(here)
        if kind.about not in self._plan.relations:
            return _STAYS["nobody"]
        told = any(end.told for end in self._ends(About(here), here).values())
        return None if told else _STAYS["untold"].format(here)

    def _ends(self, about: About, here: str) -> dict[str, _End]:
        """Who stands at the ends of the relation that an event is about: whom it names there, else who is known to stand there.

        One of whom two persons were named isn't known, and neither of them goes over as standing there.
        """
        relation = next((s for s in self._answer.subjects if s.id == here and s.sort in self._plan.relations), None)
        found: dict[str, _End] = {}
        for place, (end, there) in enumerate(self._known_ends(relation)):
            named = self._here(about.ends[place] or "") if about.ends and about.ends[place] is not None else None
            person = named if named is not None else there
            told = person is not None and person == there and self._scopes.get(person) is not None
            found[end] = _End(person, named is not None, told)
        return found

    def _known_ends(self, relation: Subject | None) -> Iterator[tuple[str, str | None]]:
        if relation is not None:
            yield from zip(self._plan.relations[relation.sort].ends, relation.ends, strict=True)

    def _here(self, subject: str) -> str:
        """Who a designation is read as."""
        world = self._worlds.get(subject)
        return world.canonical(subject) if world is not None else subject

    def _in_words(self, event: Event, told: Event) -> Event | None:
        """The event without what the plan there has no words for; None where it has none for the whole."""
        while True:
            try:
                check_event(self._to, told, strict=False)
            except FieldError as problem:
                if problem.key != "facts" or problem.word is None:
                    self.left_out.append(LeftOut(event.id, problem.key, problem.text))
                    return None
                self.left_out.append(LeftOut(event.id, problem.word, problem.text))
                told = replace(told, facts=tuple(pair for pair in told.facts if pair[0] != problem.word))
            except EventError as problem:
                self.left_out.append(LeftOut(event.id, "", problem.text))
                return None
            else:
                return told


def _corrects(decision: Decision, told: DecisionId) -> bool:
    """Whether a decision is to correct what this one told, to any of the units that were told."""
    correction, unit = f"{told.measure}:correction", told_apart(decision.id)
    return decision.id == told._replace(measure=correction if unit is None else f"{correction}:{unit}")
