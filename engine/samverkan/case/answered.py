"""The event that tells the answer to a question (3.d)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import count

from samverkan.decide.answer import Subject
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event
from samverkan.decide.instants import check_time
from samverkan.decide.islands import Islands
from samverkan.decide.naming import nearest, quoted
from samverkan.plan.answers import ANSWER, ASKED_OF, NO_VALUE
from samverkan.plan.model import PERSON, EventType, Fact, Plan, Says
from samverkan.plan.spelling import listed


def reply_event(
    plan: Plan, subject: Subject, fact: str, value: str, at: datetime, whom: str | None = None, event_id: str = ""
) -> Event:
    """The event that tells an answer.

    A value is told by the event type of the plan that says just that of the fact: one that establishes it before one that changes
    it, one that says little before one that says much. Never by one that gives or ends a role, carries a consent or says something
    else by itself. Where there is none, and for an answer without a value, it is the reserved `svar`.

    Args:
        plan: gives the words.
        subject: whom or what the fact is of.
        fact: the fact.
        value: a value of it, or one of `NO_VALUE`.
        at: when it was answered.
        whom: who answered: `file`, `colleague` or `person`; kept where the event is `svar`.
        event_id: the event's id.

    Raises:
        EventError: the subject has no such fact, or the fact no such value, or `at` no zone.
    """
    check_time(at)
    _check_texts(fact=fact, value=value)
    if whom is not None:
        _check_texts(whom=whom)
    its = plan.facts.get(fact)
    if its is None:
        raise EventError(f"Okänd uppgift {quoted(fact)}{nearest(fact, plan.facts)}")
    if its.of != subject.sort or (its.role is not None and its.role not in subject.roles):
        raise EventError(f"Uppgiften '{fact}' hör inte till {subject.id}. Svara på en fråga som ärendet ställer.")
    if value not in its.values and value not in NO_VALUE:
        valid = listed([*its.values, *NO_VALUE], "eller")
        raise EventError(f"Okänt svar {quoted(value)} på frågan om '{fact}'. Giltigt är {valid}.")
    if whom is not None and whom not in ASKED_OF:
        raise EventError(f"Okänt värde {quoted(whom)} för whom. Giltigt är {listed(list(ASKED_OF), 'eller')}.")
    kind = best_type(plan, subject, its, value) if value in its.values else None
    about = About(subject.id)
    if kind is None:
        return Event(event_id, at, at, type=ANSWER, about=about, facts=((fact, value),), how=whom)
    return Event(event_id, at, at, type=kind.id, about=about, facts=((fact, value),))


def replied(
    islands: Islands, events: Sequence[Event], answer: tuple[str, str, str], at: datetime, whom: str | None
) -> Event:
    """The event, with an id of its own, that tells an answer (subject, fact, value) in a case. Raises as `reply_event` does."""
    name, fact, value = answer
    _check_texts(subject=name)
    check_time(at)
    worlds = [part.there.judge.world for part in islands.parts.values()]
    world = next((one for one in worlds if name in one.sorts), None)
    if world is None:
        raise EventError(f"{quoted(name)} finns inte i ärendet{nearest(name, [s for one in worlds for s in one.sorts])}")
    sort = world.sorts[name]
    subject = Subject(name, sort, world.people.roles(name, at.astimezone(UTC)) if sort == PERSON else ())
    taken = {event.id for event in events}
    event_id = next(one for n in count(1) if (one := f"svar:{name}:{fact}:{n}") not in taken)
    return reply_event(islands.prepared.plan, subject, fact, value, at, whom, event_id)


def _check_texts(**given: str) -> None:
    """Raises EventError where something that is to be a word is none, as where a form was left empty."""
    for name, word in given.items():
        if not isinstance(word, str):
            raise EventError(f"Fältet {name} ska vara en text, ett av planens ord. Är svaret inte känt, svara vet_inte.")


def best_type(plan: Plan, subject: Subject, fact: Fact, value: str) -> EventType | None:
    """The event type of the plan that says best, and by itself nothing else than, that the fact has this value; None: none does."""
    found = [
        (says.effect != "establishes", len(kind.says), kind.introduces, number, kind)
        for number, kind in enumerate(plan.events.values())
        if _may_tell(kind, subject) and (says := _telling(kind.says, fact.id, value)) is not None
    ]
    return min(found, key=lambda one: one[:4])[4] if found else None


def _may_tell(kind: EventType, subject: Subject) -> bool:
    """Whether an event of that type may be about the subject and changes nothing of who there is and what may be told."""
    if kind.about != subject.sort or kind.begins or kind.ends_role or kind.consent is not None or kind.consent_for is not None:
        return False
    if kind.introduces and kind.about != PERSON:
        return False
    return kind.role is None or (kind.role in subject.roles and not kind.introduces)


def _telling(says: Iterable[Says], fact: str, value: str) -> Says | None:
    """What a type says of the fact, where it can say that value, and says nothing else by itself."""
    its = None
    for one in says:
        if one.path == fact:
            its = one
        elif one.given:
            return None
    if its is None or its.effect == "claims" or its.was is not None:
        return None
    return its if not its.values or value in its.values else None
