"""Errors of `decide` in the words of whoever wrote: the nearest right word among all of the plan's, and who can say what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samverkan.plan.model import Plan, Relation

_SHORTEST = 4


def check_words(plan: Plan, event: str, facts: Mapping[str, str]) -> None:
    """Refuses an event type or a fact that the plan doesn't have, or that the event can't say, and tells what to write instead.

    Args:
        plan: gives the words.
        event: the event type as it was written.
        facts: fact (`fact` or `end.fact`) → value, as they were written.

    Raises:
        EventError: with the nearest right words.
    """
    from samverkan.decide.admission import ALL_WORDS
    from samverkan.decide.errors import EventError
    from samverkan.decide.naming import quoted
    from samverkan.plan.answers import ANSWER

    if event == ANSWER:
        return
    if event not in plan.events:
        # Whoever wrote the name of a fact wants the event that says it.
        near = _nearest(event, {one.id: one.label for one in plan.events.values()})
        said = _sayers(plan, event, None) or _named(plan, near)
        raise EventError(f"Okänd händelsetyp {quoted(event)}.{_meant(said)} {ALL_WORDS}")
    says = {one.path: one for one in plan.events[event].says}
    for path, value in facts.items():
        name = path.rpartition(".")[2]
        if path not in says and name in plan.facts:
            who = _who_says(_sayers(plan, name, value, event))
            raise EventError(f"Händelsen '{event}' säger inget om '{path}' ({plan.facts[name].label}).{who}")
        if path not in says:
            near = _nearest(path, {one.id: one.label for one in plan.facts.values()})
            meant = [f"'{one}' ({plan.facts[one].label})" for one in near]
            raise EventError(f"Okänd uppgift {quoted(path)}.{_meant(meant)} {ALL_WORDS}")
        if says[path].values and value in plan.facts[name].values and value not in says[path].values:
            said = _sayers(plan, name, value, event)
            raise EventError(f"Händelsen '{event}' kan inte säga att '{path}' är '{value}'.{_who_says(said)}")


def words(plan: Plan) -> Iterable[tuple[str, str]]:
    """What may be written, with its Swedish label: the events, the facts and their values. A row without label is a heading."""
    from samverkan.plan.answers import ANSWER, NO_VALUE

    yield "Händelser (--event)", ""
    yield from ((event.id, event.label) for event in plan.events.values())
    yield ANSWER, f"svar på en fråga; utan värde: {', '.join(NO_VALUE)}"
    yield "Roller", ""
    yield from ((role.id, role.label) for role in plan.roles.values())
    yield "Relationer", ""
    yield from ((written(relation), relation.label) for relation in plan.relations.values())
    yield "Funktioner (--recipient)", ""
    yield from ((function.id, function.label) for function in plan.functions.values())
    yield "Uppgifter (--fact) och deras värden", ""
    places = [fact.id for fact in plan.facts.values() if fact.values and fact.values.keys() == plan.municipalities.keys()]
    for fact in plan.facts.values():
        yield fact.id, fact.label
        if fact.id not in places:
            yield from ((f"  {fact.id}={value}", label) for value, label in fact.values.items())

    if places:
        yield f"Kommuner (värden för {' och '.join(places)})", ""
        yield from plan.facts[places[0]].values.items()


def written(relation: Relation) -> str:
    """How a relation is written in an event: "K1 purchase of B1, S1"."""
    used: Counter[str] = Counter()

    def named(word: str) -> str:
        letter = word[0].upper() if word[0].isalpha() else "X"
        used[letter] += 1
        return f"{letter}{used[letter]}"

    ends = [named(end) for end in relation.ends]
    return f"{named(relation.label)} {relation.id} of {', '.join(ends)}"


def _nearest(word: str, labels: Mapping[str, str]) -> list[str]:
    """The ids that `word` is near to: by spelling, else those whose label holds it, else the one whose label is near."""
    from samverkan.plan.spelling import nearest

    found = nearest(word, labels)
    if found is not None:
        return [found]
    small = word.lower()
    if len(small) < _SHORTEST:
        return []
    holding = [one for one, label in labels.items() if small in label.lower()]
    if holding:
        return holding[:3]
    parts = {part.strip(",.").lower(): one for one, label in labels.items() for part in label.split() if len(part) >= _SHORTEST}
    near = nearest(small, parts)
    return [parts[near]] if near is not None else []


def _named(plan: Plan, events: Iterable[str]) -> list[str]:
    return [f"'{one}' ({plan.events[one].label})" for one in events]


def _sayers(plan: Plan, fact: str, value: str | None, refused: str | None = None) -> list[str]:
    """The events that can say a fact (to be that value). `refused`: one that was just told not to, though of another end it can."""
    return _named(
        plan,
        (
            event.id
            for event in plan.events.values()
            if event.id != refused
            and any(one.fact == fact and (not one.values or value in (None, *one.values)) for one in event.says)
        ),
    )


def _meant(named: Iterable[str]) -> str:
    from samverkan.plan.spelling import listed

    said = listed(named, "eller")
    return f" Menade du {said}?" if said else ""


def _who_says(named: Iterable[str]) -> str:
    from samverkan.plan.spelling import listed

    said = listed(named, "eller")
    return f" Det sägs med {said}." if said else ""
