"""The check of who answers: does every function that a rule names find somebody, and somebody who is there in time?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from samverkan.directory.answering import Directory
from samverkan.directory.calendar import CalendarError
from samverkan.directory.deadlines import deadline_instant
from samverkan.directory.gaps import Gap, first_gap, gaps_of, kinds_of_hour
from samverkan.directory.needs import Need, measures_of, needs_of
from samverkan.directory.situations import Clientele, Situation, days_to_check, in_words, places_in, situations_of
from samverkan.directory.standing_in import unit_problems
from samverkan.plan.errors import Problem
from samverkan.plan.model import NOWHERE, Plan, Position
from samverkan.plan.spelling import listed

LAST_EVENT = datetime(2200, 12, 31, 23, 59, tzinfo=UTC)
"""No event is later: a deadline counted from here must still be a day."""


def directory_problems(plan: Plan) -> list[Problem]:
    """What is wrong with who answers, each kind in the order of the plan.

    A function must be answered for whatever the municipality and the clientele (known or not), on every day on which a
    rule may ask for it. A municipality that is left to a unit for everywhere, though others have their own and no unit says that
    it answers for the rest, is a warning. A function that bears a duty in hours or at once must have somebody there every minute of
    every kind of day; a recipient that hasn't, though it is to be told at once, is a warning.

    Returns:
        The problems; empty where all is well.
    """
    try:
        directory = Directory(plan)
        directory.calendar.is_holiday(plan.first)
    except CalendarError as wrong:
        return [_error(NOWHERE, "calendar", str(wrong))]
    needs: dict[str, list[Need]] = defaultdict(list)
    for need in needs_of(plan):
        needs[need.function].append(need)
    problems = list(_endless(directory))
    for function, asked in needs.items():
        problems.extend(_unanswered(directory, function, asked))
        problems.extend(_without_own(directory, function, asked))
        problems.extend(_closed_bearers(directory, function, asked))
        problems.extend(_closed_recipients(directory, function, asked))
    return [*problems, *unit_problems(directory)]


def _endless(directory: Directory) -> Iterator[Problem]:
    plan = directory.plan
    for rule in plan.rules.values():
        for measure in measures_of(rule):
            deadline = measure.deadline
            if deadline is None or not deadline.real:
                continue
            try:
                deadline_instant(deadline, LAST_EVENT, directory.zone, directory.calendar, plan.reminders)
            except CalendarError:
                text = f"En frist i regeln «{rule.title}» är längre än kalendern räcker. Förkorta den."
                yield _error(measure.at, "deadline-too-long", text)


def _unanswered(directory: Directory, function: str, needs: list[Need]) -> Iterator[Problem]:
    def empty(situation: Situation) -> bool:
        return not places_in(directory, function, situation)

    label = directory.plan.functions[function].label
    days = days_to_check(directory, needs)
    for text in in_words(directory, function, filter(empty, situations_of(directory, function, days))):
        yield _error(
            directory.plan.functions[function].at,
            "unanswered",
            f"Ingen enhet svarar för {label} {text}, men {_asking(needs)}."
            " Lägg till en enhet, eller låt en enhet svara för alla kommuner och alla personer.",
        )


def _without_own(directory: Directory, function: str, needs: list[Need]) -> Iterator[Problem]:
    """A municipality that has been forgotten is answered by whoever answers where the municipality isn't known."""
    plan, own, left = directory.plan, set[tuple[date, Clientele]](), dict[tuple[str, ...], list[Situation]]()
    for situation in situations_of(directory, function, days_to_check(directory, needs)):
        units = tuple(place.unit for place in places_in(directory, function, situation) if place.stands_in_for is None)
        if situation.municipality is None or not units:
            continue
        if units[0].area is not None:
            own.add((situation.day, situation.clientele))
        elif not any(situation.municipality in unit.rest for unit in units):
            left.setdefault(tuple(unit.id for unit in units), []).append(situation)
    for names, situations in left.items():
        answering = [plan.units[name] for name in names]
        forgotten = [one for one in situations if (one.day, one.clientele) in own]
        for text in in_words(directory, function, forgotten):
            yield _warning(
                answering[0].at,
                "no-own-unit",
                f"Ingen egen enhet svarar för {plan.functions[function].label} {text}, fast andra kommuner har egna."
                f" I stället svarar {listed(f'«{unit.label}»' for unit in answering)}. Lägg till en enhet för kommunen,"
                " eller skriv kommunen i rest vid den enhet som ska svara också där.",
            )


def _closed_bearers(directory: Directory, function: str, needs: list[Need]) -> Iterator[Problem]:
    for any_stand_in in (False, True):
        urgent = [n for n in needs if n.part == "bears" and n.urgent and n.any_stand_in is any_stand_in]
        label = directory.plan.functions[function].label
        for gaps, text in _closed(directory, function, urgent, any_stand_in):
            yield _error(
                urgent[0].measure.at,
                "closed-bearer",
                f"Ingen som svarar för {label} är öppen vid: {', '.join(kinds_of_hour(gaps))}"
                f" (först {first_gap(gaps)}), {text}, men {_asking(urgent)} inom timmar eller genast."
                " Ge funktionen en enhet eller en ersättare som är öppen då.",
            )


def _closed_recipients(directory: Directory, function: str, needs: list[Need]) -> Iterator[Problem]:
    for any_stand_in in (False, True):
        told = [n for n in needs if n.part == "told" and n.any_stand_in is any_stand_in and _at_once(n)]
        label = directory.plan.functions[function].label
        for gaps, text in _closed(directory, function, told, any_stand_in):
            yield _warning(
                told[0].measure.at,
                "closed-recipient",
                f"Ingen som svarar för {label} är öppen vid: {', '.join(kinds_of_hour(gaps))}"
                f" (först {first_gap(gaps)}), {text}, men {_asking(told)} genast."
                " Den som ska få veta nås då först när enheten öppnar.",
            )


def _closed(directory: Directory, function: str, needs: list[Need], any_stand_in: bool) -> Iterator[tuple[tuple[Gap, ...], str]]:
    """When nobody is open for the needs, with the situations in Swedish; those where nobody is at all are left out."""
    known: dict[tuple[str, ...], tuple[Gap, ...]] = {}
    closed: dict[tuple[Gap, ...], list[Situation]] = defaultdict(list)
    for situation in situations_of(directory, function, days_to_check(directory, needs)):
        places = places_in(directory, function, situation, any_stand_in=any_stand_in)
        units = tuple(place.unit.id for place in places)
        if units not in known:
            known[units] = gaps_of(places)
        if places and known[units]:
            closed[known[units]].append(situation)
    for gaps, situations in closed.items():
        for text in in_words(directory, function, situations):
            yield gaps, text


def _at_once(need: Need) -> bool:
    deadline = need.measure.deadline
    return deadline is not None and deadline.unit == "at once"


_ASKS = {"bears": "ska agera", "told": "ska nås", "offers": "ska erbjuda stöd"}


def _asking(needs: Iterable[Need]) -> str:
    """Which rule asks, in Swedish: the first, and how many more."""
    titles = list(dict.fromkeys(need.rule.title for need in needs))
    first = next(iter(needs))
    others = len(titles) - 1
    more = {0: "", 1: " (och en regel till)"}.get(others, f" (och {others} andra regler)")
    return f"funktionen {_ASKS[first.part]} enligt regeln «{titles[0]}»{more}"


def _error(position: Position, code: str, text: str) -> Problem:
    return Problem(position=position, text=text, severity="error", code=code)


def _warning(position: Position, code: str, text: str) -> Problem:
    return Problem(position=position, text=text, severity="warning", code=code)
