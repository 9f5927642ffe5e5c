"""Who answers for a function at an instant: §7."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.oracle.calendar import is_eve, is_holiday, local_day
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


def open_hours(world: World, unit: Unit, t: datetime) -> bool:
    """Whether the unit's own hours are open: on a holiday or an eve those of such days, else those of the weekday."""
    hours = world.plan.hours.get(unit.hours)
    if hours is None:
        assert unit.hours == "always"
        return True
    local = t.astimezone(ZoneInfo(world.plan.timezone))
    windows = hours.days[local.weekday()]
    if is_holiday(world.plan, local.date()):
        windows = hours.holidays
    elif is_eve(world.plan, local.date()) and hours.eves is not None:
        windows = hours.eves
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in windows)


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
    """§7: each unit, narrowest first, if open, else its open stand-ins; if none, the first, closed."""
    world, t = asking.world, asking.t
    found_by = bool(world.plan.functions[asking.function].found_by)
    units = [
        unit
        for unit in world.plan.units.values()
        if asking.function in unit.functions and exists(world, unit, t) and covers(unit, found_by, where) and serves(unit, asking)
    ]
    units.sort(key=narrowness)
    for unit in units:
        if is_open(world, unit, t, on_call):
            return unit.id, True
        for stand_in_id in unit.stand_ins:
            stand_in = world.plan.units[stand_in_id]
            may = asking.anyone or asking.function in stand_in.functions
            if may and exists(world, stand_in, t) and is_open(world, stand_in, t, on_call):
                return stand_in.id, True
    return (units[0].id if units else None), False


def who_answers(asking: Asking, on_call: OnCall) -> tuple[str | None, bool]:
    """The unit that answers, found by the person's municipality."""
    where = municipality(asking.world, asking.function, asking.person, asking.t)
    return answering(asking, where, on_call)
