"""What has happened, told in words: events, marks and corrections, and the conditions behind a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from samverkan.decide.admission import CASE_ID
from samverkan.decide.answer import Decision, Term
from samverkan.decide.events import Event, Mark
from samverkan.decide.prepared import CONSENT_RULE
from samverkan.plan.answers import kind_of
from samverkan.plan.model import PERSON, UNKNOWN, Condition, Measure, Rule
from samverkan.plan.spelling import listed
from samverkan.wording import phrases
from samverkan.wording.clock import day_and_clock
from samverkan.wording.phrases import capital
from samverkan.wording.wording import Wording


def happened(wording: Wording, event: Event, *, named: bool = True) -> str:
    """What an event says has happened, in one line: "Köpare ertappad: första köpet"; `named`: with whom it is about."""
    if event.mark is not None:
        return _marked(wording, event.mark, named)
    if event.type is None:
        return "En tidigare uppgift tas tillbaka"
    label = capital(kind_of(wording.plan, event.type, event.facts).label)
    about = event.about
    if about is None or about.subject == CASE_ID or not named:
        return label
    said = f"{label}: {wording.name(about.subject)}"
    if about.role is not None:
        said += f" ({wording.plan.roles[about.role].label})"
    return said


def subjects_named(wording: Wording, event: Event | None) -> tuple[str, ...]:
    """Whom or what an event names, in words, each once."""
    if event is None or (event.about is None and event.mark is None):
        return ()
    about = event.about
    ids = [about.subject, *about.ends] if about is not None else [event.mark.subject if event.mark is not None else None]
    return tuple(dict.fromkeys(wording.name(one) for one in ids if one is not None))


def details(wording: Wording, event: Event) -> tuple[str, ...]:
    """What else an event says: who stands at the ends of a relation, facts with values, consent, times."""
    return (
        *_correcting(event),
        *_ends(wording, event),
        *(_stated(wording, event, path, value) for path, value in _facts(wording, event)),
        *_consent(wording, event),
        *_times(wording, event),
        *((f"är samma person som: {wording.name(event.same_as)}",) if event.same_as is not None else ()),
        *((f"skäl: {event.reason}",) if event.reason is not None else ()),
    )


def happened_together(wording: Wording, events: Iterable[Event]) -> list[tuple[str, tuple[str, ...]]]:
    """What several events say, one line each with its details; marks that differ only in who bore the measure in one line."""

    def alike(event: Event) -> tuple[object, ...]:
        mark = event.mark
        if mark is None or mark.bearer is None:
            return (event.id,)
        return mark.kind, mark.rule, mark.measure, mark.subject, mark.occurrence, event.reason

    told = []
    for _, group in groupby(events, key=alike):
        first, *others = group
        bearers = [one.mark.bearer for one in (first, *others) if one.mark is not None and one.mark.bearer is not None]
        line = _marked(wording, first.mark, True, bearers) if first.mark is not None and others else happened(wording, first)
        told.append((line, details(wording, first)))
    return told


def _marked(wording: Wording, mark: Mark, named: bool, bearers: Sequence[str] = ()) -> str:
    """A mark in words: "Gjort av polisen: underrätta …", "Kvinnan tackar ja till stödsamtal"."""
    plan, word = wording.plan, phrases.MARKS[mark.kind]
    name, _, ending = mark.measure.partition(":")
    rule = plan.rules.get(mark.rule)
    measure = rule.measure(name) if rule is not None else None
    bore = bearers or ((mark.bearer,) if mark.bearer is not None else measure.who if measure is not None else ())
    by = f"{word} av {listed([wording.function(one) for one in bore])}" if bearers or len(bore) == 1 else word
    if mark.rule == CONSENT_RULE:
        return f"{by}: {wording.deed_of('ask', ending, mark.subject)}"
    if rule is None or measure is None:
        return word
    if mark.kind in ("accepted", "declined"):
        offered = f"{word} {plan.offers[measure.object]}" if measure.kind == "offer" else f"{word}: {rule.title}"
        return capital(f"{wording.name(mark.subject)} {offered[:1].lower()}{offered[1:]}") if named else offered
    kind = ending.partition(":")[0].replace("-", "_") or measure.kind
    telling = measure.telling if rule.of == PERSON or measure.about is not None else wording.of_nobody(measure.telling)
    return f"{by}: {wording.deed_of(kind, measure.object, mark.subject, telling, _at_end(wording, rule, measure))}"


def _at_end(wording: Wording, rule: Rule, measure: Measure) -> str | None:
    """Who stands at the end that a measure about a relation concerns: "köparen"."""
    relation = wording.plan.relations.get(rule.of)
    if relation is None or measure.about is None or not measure.keep_relation:
        return None
    return wording.plan.roles[relation.ends[measure.about]].definite


def _correcting(event: Event) -> tuple[str, ...]:
    return ("rättelse av en tidigare uppgift",) if event.revision > 1 and not event.void else ()


def _ends(wording: Wording, event: Event) -> tuple[str, ...]:
    about = event.about
    relation = wording.plan.relations.get(about.sort) if about is not None and about.sort is not None else None
    if about is None or relation is None:
        return ()
    return tuple(
        f"{wording.plan.roles[role].definite}: {wording.name(person) if person is not None else phrases.NOT_KNOWN}"
        for role, person in zip(relation.ends.values(), about.ends, strict=False)
    )


def _facts(wording: Wording, event: Event) -> Iterable[tuple[str, str]]:
    """What an event says of facts: as stated, or as its type says where nothing is stated."""
    if event.type is None:
        return ()
    stated = dict(event.facts)
    said = {s.path: s.values[0] for s in kind_of(wording.plan, event.type, event.facts).says if s.given and len(s.values) > 1}
    return {**said, **stated}.items()


def _stated(wording: Wording, event: Event, path: str, value: str) -> str:
    end, _, fact = path.rpartition(".")
    said = f"{wording.fact(fact)}: {wording.value(fact, value)}"
    sort = kind_of(wording.plan, event.type, event.facts).about
    relation = wording.plan.relations.get(sort)
    if not end or relation is None or end not in relation.ends:
        return said
    return f"{wording.plan.roles[relation.ends[end]].definite} – {said}"


def _consent(wording: Wording, event: Event) -> Iterable[str]:
    if event.recipient is not None:
        yield f"gäller kontakt med: {wording.function(event.recipient)}"
    if event.telling is not None:
        yield f"får berättas: {phrases.TELLINGS[event.telling]}"
    if event.until is not None:
        yield f"gäller till: {day_and_clock(wording.local(event.until))}"
    if event.how is not None:
        yield f"hur: {event.how}"


def _times(wording: Wording, event: Event) -> Iterable[str]:
    if event.offence_at is not None:
        yield f"gärningen begicks: {day_and_clock(wording.local(event.offence_at))}"
    if event.known_at != event.at:
        yield f"hände: {day_and_clock(wording.local(event.at))}"
        yield f"blev känt: {day_and_clock(wording.local(event.known_at))}"


def explained(wording: Wording, decision: Decision, events: Mapping[str, Event]) -> list[str]:
    """The conditions of a decision: what was read, what it was, what was asked for, and the events behind.

    Each line begins with two spaces for every step down: to the events behind a value, or to what a conclusion follows from.
    """
    rule = wording.plan.rules.get(decision.id.rule)
    lines: list[str] = []
    for term in decision.explanation:
        # An exception is told only where it is known to hold; it then stands among the conditions.
        exception = rule is not None and not _asks(rule.when, term) and any(_asks(one, term) for one in rule.unless)
        lines += _term(wording, term, events, 0, phrases.EXCEPTION if exception else "")
    return lines


def _asks(condition: Condition, term: Term) -> bool:
    """Whether a condition, at any depth, asks for what the term says was asked for."""
    inner = (*condition.any, *(some.has for some in condition.some))
    asked = any((atom.fact, atom.values) == (term.fact, term.wanted) for atom in condition.atoms)
    return asked or any(_asks(one, term) for one in inner)


def _term(wording: Wording, term: Term, events: Mapping[str, Event], depth: int, before: str = "") -> Iterator[str]:
    of = f" ({wording.name(term.subject)})" if term.subject else ""
    wanted = listed([wording.value(term.fact, value) for value in term.wanted], "eller")
    value = wording.value(term.fact, term.value)
    yield f"{'  ' * depth}{before}{wording.fact(term.fact)}{of}: {value}; krävs: {wanted} – {phrases.HOLDS[term.holds]}"
    if term.value != UNKNOWN and not term.below:
        known = [events[event] for event in term.events if event in events]
        yield from (f"{'  ' * (depth + 1)}enligt: {_behind(wording, event)}" for event in known)
    for one in term.below:
        yield from _term(wording, one, events, depth + 1)


def _behind(wording: Wording, event: Event) -> str:
    said = happened(wording, event)
    return f"{said[:1].lower()}{said[1:]}, {day_and_clock(wording.local(event.at))}"
