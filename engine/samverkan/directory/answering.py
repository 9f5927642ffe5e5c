"""Who answers now for a function: the view (function, municipality, clientele, time) → unit."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samverkan.directory.calendar import Calendar
from samverkan.directory.hours import OpeningHours
from samverkan.directory.times import as_utc, local_day, zone_named
from samverkan.plan.model import UNKNOWN, Plan, Unit
from samverkan.plan.opening import ALWAYS

NOBODY: frozenset[str] = frozenset()
"""No function is on call."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a function now.

    Attributes:
        function: the function.
        unit: the unit that answers; None where there is none.
        open: whether it is open now.
        opens: the next opening of a unit that isn't, None where none is known.
        stands_in_for: the unit that it stands in for, where it does.
    """

    function: str
    unit: str | None
    open: bool
    opens: datetime | None = None
    stands_in_for: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in the order of asking, and the unit that it stands in for, if it doesn't answer in its own right."""

    unit: Unit
    hours: OpeningHours
    functions: frozenset[str]
    stands_in_for: str | None = None

    def is_open(self, local: datetime, on_call: frozenset[str]) -> bool:
        """Whether it is open at an instant expressed in the plan's zone; a unit that is on call is."""
        return not self.functions.isdisjoint(on_call) or self.hours.is_open_locally(local)


class Directory:
    """Who answers for the functions of a plan. A pure function of the plan: it remembers only what it worked out.

    Attributes:
        plan: whose functions and units these are.
        zone: the plan's time zone.
        calendar: the days of the plan's country.
        changes: the days, sorted, on which a unit begins or has just ended.
    """

    __slots__ = ("_bearing", "_first_days", "_order", "_places", "_read", "calendar", "changes", "plan", "zone")

    def __init__(self, plan: Plan) -> None:
        """Make the plan's units ready.

        Raises:
            CalendarError: the plan's time zone doesn't exist.
        """
        self.plan = plan
        self.zone = zone_named(plan.timezone)
        self.calendar = Calendar(plan.country)
        declared = {ALWAYS.id: ALWAYS, **plan.hours}
        hours = {name: OpeningHours(each, self.zone, self.calendar) for name, each in declared.items()}
        self._places = {unit.id: Place(unit, hours[unit.hours], frozenset(unit.functions)) for unit in plan.units.values()}
        narrow_first = sorted(plan.units.values(), key=_width)
        self._bearing = {f: tuple(u for u in narrow_first if f in u.functions) for f in plan.functions}
        self._read = {f: self._facts_read(units) for f, units in self._bearing.items()}
        self.changes = tuple(sorted(set(_changes(plan.units.values()))))
        self._first_days = tuple(day.toordinal() for day in self.changes)
        self._order: dict[tuple[object, ...], tuple[Place, ...]] = {}

    def answering(
        self,
        function: str,
        municipality: str | None,
        clientele: Mapping[str, str],
        at: datetime,
        on_call: frozenset[str] = NOBODY,
        *,
        any_stand_in: bool = False,
    ) -> Answering:
        """The unit that answers for `function` at `at`.

        Args:
            function: one of the plan's functions.
            municipality: where; None where that isn't known. Not read for a function that is found by nothing.
            clientele: the person's facts (fact → value), as far as they are known; empty for what isn't about a person.
            at: the instant.
            on_call: functions whose bearers' units are held open.
            any_stand_in: a stand-in needn't bear the function.

        Returns:
            The first open unit in the order of asking; else the first that opens again while it exists; else the first.

        Raises:
            KeyError: the plan has no such function.
        """
        local = as_utc(at).astimezone(self.zone)
        places = self.places(function, municipality, clientele, local.date(), any_stand_in=any_stand_in)
        for place in places:
            if place.is_open(local, on_call):
                return Answering(function, place.unit.id, True, None, place.stands_in_for)
        for place in places:
            opens = self._next_opening(place, at)
            if opens is not None:
                return Answering(function, place.unit.id, False, opens, place.stands_in_for)
        return Answering(function, places[0].unit.id if places else None, False)

    def one(self, function: str, unit: str, at: datetime, on_call: frozenset[str] = NOBODY) -> Answering:
        """That very unit, for what it was told for `function`: whether it is open at `at`, and else when it opens.

        Raises KeyError where the plan has no such unit.
        """
        place = self._places[unit]
        if place.is_open(as_utc(at).astimezone(self.zone), on_call):
            return Answering(function, unit, True)
        return Answering(function, unit, False, self._next_opening(place, at))

    def places(
        self,
        function: str,
        municipality: str | None,
        clientele: Mapping[str, str],
        day: date,
        *,
        any_stand_in: bool = False,
    ) -> tuple[Place, ...]:
        """Everybody who may answer on `day`, in the order of asking, whatever the hours; none twice.

        That is the narrowest area, then the narrowest clientele, then the order of the file; after each unit those who
        stand in for it, nearest first, and those who stand in for them.
        """
        known = tuple(clientele.get(fact, UNKNOWN) for fact in self._read[function])
        epoch = bisect_right(self._first_days, day.toordinal())
        where = municipality if self.plan.functions[function].found_by else None
        key = (function, where, known, epoch, any_stand_in)
        found = self._order.get(key)
        if found is None:
            facts = {f: value for f, value in zip(self._read[function], known, strict=True) if value != UNKNOWN}
            found = self._order[key] = tuple(self._in_order(function, where, facts, day, any_stand_in))
        return found

    def facts_read(self, function: str) -> tuple[str, ...]:
        """The facts of a person, sorted, that who answers for `function` may depend on, besides the municipality."""
        return self._read[function]

    def municipality_of(self, function: str, facts: Mapping[str, str]) -> str | None:
        """The municipality that `function` is found by for a person with these facts, or None where none is known.

        Raises:
            KeyError: the plan has no such function.
        """
        for fact in self.plan.functions[function].found_by:
            value = facts.get(fact, UNKNOWN)
            if value != UNKNOWN:
                return value
        return None

    def _in_order(
        self, function: str, municipality: str | None, facts: Mapping[str, str], day: date, any_stand_in: bool
    ) -> Iterator[Place]:
        everywhere = not self.plan.functions[function].found_by
        asked: set[str] = set()
        for unit in self._bearing[function]:
            in_area = everywhere or unit.area is None or municipality in unit.area
            if not in_area or not _serves(unit, facts, day) or unit.id in asked:
                continue
            asked.add(unit.id)
            yield self._places[unit.id]
            waiting = deque(unit.stand_ins)
            while waiting:
                place = self._places[waiting.popleft()]
                other = place.unit
                may = any_stand_in or function in place.functions
                if may and other.id not in asked and _serves(other, facts, day):
                    asked.add(other.id)
                    yield Place(other, place.hours, place.functions, unit.id)
                    waiting.extend(other.stand_ins)

    def _next_opening(self, place: Place, at: datetime) -> datetime | None:
        opens = place.hours.next_opening(at)
        last = place.unit.last
        if opens is not None and last is not None and local_day(opens, self.zone) > last:
            return None
        return opens

    def _facts_read(self, units: Iterable[Unit]) -> tuple[str, ...]:
        """The facts in `serves` of the units and of all who stand in for them, in however many steps."""
        facts: set[str] = set()
        waiting, seen = deque(units), set[str]()
        while waiting:
            unit = waiting.popleft()
            if unit.id not in seen:
                seen.add(unit.id)
                facts.update(unit.serves)
                waiting.extend(self._places[other].unit for other in unit.stand_ins)
        return tuple(sorted(facts))


def _width(unit: Unit) -> tuple[bool, int, int, int]:
    """Narrow sorts first. Sorting is stable, so that equals keep the order of the file."""
    values = sum(len(values) for values in unit.serves.values())
    return (unit.area is None, len(unit.area or ()), -len(unit.serves), values)


def _serves(unit: Unit, facts: Mapping[str, str], day: date) -> bool:
    """Whether the unit exists that day and is for a person of whom these facts are known."""
    if (unit.first is not None and day < unit.first) or (unit.last is not None and day > unit.last):
        return False
    return all(facts.get(fact) in values for fact, values in unit.serves.items())


def _changes(units: Iterable[Unit]) -> Iterator[date]:
    for unit in units:
        if unit.first is not None:
            yield unit.first
        if unit.last is not None and unit.last < date.max:
            yield unit.last + timedelta(days=1)
