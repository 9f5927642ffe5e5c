"""Who answers for a function at an instant: §7."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.oracle.calendar import is_eve, is_holiday, local_day, midnight
from tests.oracle.world import World

from samverkan.plan.model import UNKNOWN, Unit

OnCall = Callable[[Unit, datetime], bool]
"""Whether a `continuing` on-call measure in force binds a unit at an instant (7.d)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked for: a function, at t, for somebody (or nobody) as read in a world; `anyone`: any stand-in may answer."""

    function: str
    person: str | None
    t: datetime
    world: World
    anyone: bool


def municipality(world: World, function: str, person: str | None, t: datetime) -> str | None:
    """§7: the first known of the facts that the function is found by; None: none is known, or it isn't found by any."""
    for fact in world.plan.functions[function].found_by:
        value = world.value(person, fact, t)
        if value != UNKNOWN:
            return value
    return None


def windows_of(world: World, unit: Unit, day: date) -> tuple[tuple[int, int], ...]:
    """7.f: a public holiday's hours, else an eve's where the unit has such, else the weekday's."""
    hours = world.plan.hours.get(unit.hours)
    if hours is None:
        assert unit.hours == "always"
        return ((0, 1440),)
    if is_holiday(world.plan, day):
        return hours.holidays
    if is_eve(world.plan, day) and hours.eves is not None:
        return hours.eves
    return hours.days[day.weekday()]


def open_hours(world: World, unit: Unit, t: datetime) -> bool:
    """Whether the unit's own hours are open, by the local clock."""
    local = t.astimezone(ZoneInfo(world.plan.timezone))
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in windows_of(world, unit, local.date()))


def is_open(world: World, unit: Unit, t: datetime, on_call: OnCall) -> bool:
    return open_hours(world, unit, t) or on_call(unit, t)


def exists(world: World, unit: Unit, t: datetime) -> bool:
    day = local_day(world.plan, t)
    return (unit.first is None or unit.first <= day) and (unit.last is None or day <= unit.last)


def serves(unit: Unit, asking: Asking) -> bool:
    """7.a: a unit with `serves` answers only for persons who are known to have one of the values, of each fact."""
    return all(asking.world.value(asking.person, fact, asking.t) in values for fact, values in unit.serves.items())


def covers(unit: Unit, found_by: bool, where: str | None) -> bool:
    """7.b: all units of a function that isn't found by anything; with no municipality known, those whose area is everywhere."""
    return not found_by or unit.area is None or (where is not None and where in unit.area)


def narrowness(unit: Unit) -> tuple[float, int, int]:
    """7.a: fewer municipalities, then more facts in `serves`, then fewer values. The order of the file decides after that."""
    area = float("inf") if unit.area is None else len(unit.area)
    return (area, -len(unit.serves), sum(len(values) for values in unit.serves.values()))


def answering(asking: Asking, where: str | None, on_call: OnCall) -> tuple[str | None, bool]:
    """§7, 7.e, 7.f: the first that is open in the order of asking; if none, the first that opens again; else the first."""
    found = asked(asking, where)
    for unit in found:
        if is_open(asking.world, unit, asking.t, on_call):
            return unit.id, True
    for unit in found:
        if opens_again(asking.world, unit, asking.t):
            return unit.id, False
    return (found[0].id if found else None), False


def asked(asking: Asking, where: str | None) -> list[Unit]:
    """The order of asking: each unit, narrowest first, and after it those that stand in for it (and for them, 7.e)."""
    return [unit for unit, _ in _in_order(asking, where)]


def stood_in_for(asking: Asking, unit_id: str) -> Unit | None:
    """The unit, asked for itself, that a unit is asked instead of; None for one that is asked for itself."""
    where = municipality(asking.world, asking.function, asking.person, asking.t)
    return next(absent for unit, absent in _in_order(asking, where) if unit.id == unit_id)


def _in_order(asking: Asking, where: str | None) -> list[tuple[Unit, Unit | None]]:
    """Whoever is asked, each with the unit, asked for itself, that it is asked instead of."""
    found_by = bool(asking.world.plan.functions[asking.function].found_by)
    units = [
        unit
        for unit in asking.world.plan.units.values()
        if asking.function in unit.functions and can_be_asked(unit, asking) and covers(unit, found_by, where)
    ]
    units.sort(key=narrowness)
    found: list[tuple[Unit, Unit | None]] = []
    for unit in units:
        _ask(unit, None, asking, found)
    return found


def _ask(unit: Unit, absent: Unit | None, asking: Asking, found: list[tuple[Unit, Unit | None]]) -> None:
    """Asks a unit and its stand-ins; whoever has been asked isn't asked again. A stand-in's area doesn't matter (7.e)."""
    if any(unit == other for other, _ in found):
        return
    found.append((unit, absent))
    for name in unit.stand_ins:
        stand_in = asking.world.plan.units[name]
        if (asking.anyone or asking.function in stand_in.functions) and can_be_asked(stand_in, asking):
            _ask(stand_in, absent or unit, asking, found)


def can_be_asked(unit: Unit, asking: Asking) -> bool:
    return exists(asking.world, unit, asking.t) and serves(unit, asking)


def opens_again(world: World, unit: Unit, t: datetime) -> bool:
    """7.c, 7.f: whether its own hours open within 400 days, while it still exists."""
    days = [local_day(world.plan, t) + timedelta(days=number) for number in range(401)]
    return any(
        midnight(world.plan, day) + timedelta(minutes=start) > t
        for day in days
        if (unit.first is None or unit.first <= day) and (unit.last is None or day <= unit.last)
        for start, _ in windows_of(world, unit, day)
    )


def who_answers(asking: Asking, on_call: OnCall) -> tuple[str | None, bool]:
    """The unit that answers, found by the person's municipality."""
    where = municipality(asking.world, asking.function, asking.person, asking.t)
    return answering(asking, where, on_call)
