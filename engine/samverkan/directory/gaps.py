"""At which kinds of hour nobody is open: every minute of every kind of day, not samples of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from samverkan.directory.answering import NOBODY, Place
from samverkan.directory.hours import WHOLE_DAY, Windows
from samverkan.plan.model import Hours

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_PARTS_OF_WEEKDAY = (
    ("kontorstid", ((480, 960),)),
    ("vardagskväll", ((960, 1320),)),
    ("vardagsnatt", ((0, 480), (1320, 1440))),
)
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class DayKind:
    """A kind of day that hours tell apart: a weekday (0 is Monday), plain or as an eve, or a public holiday (None)."""

    weekday: int | None
    eve: bool = False

    def windows(self, hours: Hours) -> Windows:
        """When those who keep `hours` are open on such a day."""
        if self.weekday is None:
            return hours.holidays
        if self.eve and hours.eves is not None:
            return hours.eves
        return hours.days[self.weekday]

    @property
    def label(self) -> str:
        if self.weekday is None:
            return "helgdag"
        return f"afton som är en {_WEEKDAYS[self.weekday]}" if self.eve else _WEEKDAYS[self.weekday]


_PLAIN_DAYS = (*(DayKind(weekday) for weekday in range(7)), DayKind(None))
_EVES = tuple(DayKind(weekday, eve=True) for weekday in range(7))


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of a kind of day when nobody is open."""

    day: DayKind
    windows: Windows


def day_kinds(places: Iterable[Place]) -> tuple[DayKind, ...]:
    """The kinds of day that the hours of `places` tell apart."""
    return _PLAIN_DAYS + _EVES if any(place.hours.hours.eves is not None for place in places) else _PLAIN_DAYS


def gaps_of(places: Sequence[Place]) -> tuple[Gap, ...]:
    """When none of `places` is open."""
    found = []
    for day in day_kinds(places):
        left: Windows = WHOLE_DAY
        for place in places:
            left = without(left, day.windows(place.hours.hours))
        if left:
            found.append(Gap(day, left))
    return tuple(found)


def chosen(places: Sequence[Place], on_call: frozenset[str] = NOBODY) -> set[str]:
    """The units of `places` that ever answer, when those who bear a function in `on_call` are open all the time."""
    answer: set[str] = set()
    closed = False
    for day in day_kinds(places):
        left: Windows = WHOLE_DAY
        for place in places:
            open_at = day.windows(place.hours.hours) if place.functions.isdisjoint(on_call) else WHOLE_DAY
            rest = without(left, open_at)
            if rest != left:
                answer.add(place.unit.id)
            left = rest
        closed = closed or bool(left)
    if closed:
        answer.update(_answering_closed(places))
    return answer


def _answering_closed(places: Sequence[Place]) -> Iterator[str]:
    """Those who may answer while closed: the first that opens again, those before it that may have ended by then, and
    the first of all where none does."""
    yield from (place.unit.id for place in places[:1])
    for place in places:
        if not place.hours.never:
            yield place.unit.id
            if place.unit.last is None:
                return


def without(windows: Windows, taken: Windows) -> Windows:
    """The parts of `windows` (sorted, apart) that lie in none of `taken`."""
    for start, end in taken:
        parts = [part for first, last in windows for part in ((first, min(last, start)), (max(first, end), last))]
        windows = tuple((first, last) for first, last in parts if first < last) if start < end else windows
    return windows


def kinds_of_hour(gaps: Iterable[Gap]) -> list[str]:
    """The Swedish names of the kinds of hour that the gaps touch, each once, in the order of the week."""
    named: dict[str, None] = {}
    for gap in gaps:
        if gap.day.weekday is None:
            named["helgdag"] = None
        elif gap.day.eve:
            named["afton"] = None
        elif gap.day.weekday in (_SATURDAY, _SUNDAY):
            named[_WEEKDAYS[gap.day.weekday]] = None
        else:
            named.update({name: None for name, part in _PARTS_OF_WEEKDAY if without(part, gap.windows) != part})
    order = [*(name for name, _ in _PARTS_OF_WEEKDAY), "lördag", "söndag", "helgdag", "afton"]
    return sorted(named, key=order.index)


def first_gap(gaps: Sequence[Gap]) -> str:
    """The first gap in Swedish: a kind of day and times."""
    start, end = gaps[0].windows[0]
    return f"{gaps[0].day.label} kl. {_clock(start)}–{_clock(end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}.{minute % 60:02}"
