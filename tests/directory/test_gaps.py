from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.directory.building import OFFICE_DAY, plan, unit

from samverkan.directory.answering import Directory, Place
from samverkan.directory.gaps import DayKind, Gap, chosen, first_gap, gaps_of, kinds_of_hour, without
from samverkan.plan.model import Hours

CLOSED: tuple[tuple[tuple[int, int], ...], ...] = ((),)
NIGHT = ((0, 480), (990, 1440))
ON_CALL = Hours("jour", "jour", (NIGHT,) * 5 + (((0, 1440),),) * 2, ((0, 1440),), ((0, 1440),))


def places(*hours: Hours | str) -> tuple[Place, ...]:
    """Prosecutors that are asked in this order, each with its hours."""
    names = [each if isinstance(each, str) else each.id for each in hours]
    units = [unit(f"enhet-{number}", "aklagare", hours=name) for number, name in enumerate(names)]
    directory = Directory(plan(units, hours=[each for each in hours if isinstance(each, Hours)]))
    return directory.places("aklagare", None, {}, date(2013, 5, 14))


def test_office_hours_leave_every_other_kind_of_hour() -> None:
    gaps = gaps_of(places("office"))
    assert kinds_of_hour(gaps) == ["vardagskväll", "vardagsnatt", "lördag", "söndag", "helgdag", "afton"]
    assert first_gap(gaps) == "måndag kl. 00.00–08.00"


def test_always_leaves_nothing_and_never_everything() -> None:
    assert gaps_of(places("always")) == ()
    never = Hours("stangt", "stängt", CLOSED * 7)
    assert kinds_of_hour(gaps_of(places(never))) == [
        "kontorstid",
        "vardagskväll",
        "vardagsnatt",
        "lördag",
        "söndag",
        "helgdag",
    ]


def test_two_that_meet_leave_nothing() -> None:
    assert gaps_of(places("office", ON_CALL)) == ()


def test_half_an_hour_between_two_is_found() -> None:
    late = Hours("sen", "sen jour", (((0, 480), (1020, 1440)),) * 5 + ON_CALL.days[5:], ON_CALL.holidays, ON_CALL.eves)
    gaps = gaps_of(places("office", late))
    assert [(gap.day.label, gap.windows) for gap in gaps[:1]] == [("måndag", ((990, 1020),))]
    assert len(gaps) == 5
    assert kinds_of_hour(gaps) == ["vardagskväll"]


def test_an_eve_is_its_weekday_where_nothing_is_said() -> None:
    every_day = Hours("dag", "dagtid", (OFFICE_DAY,) * 7, OFFICE_DAY)
    closed_eves = Hours("jour", "jour", (NIGHT,) * 7, NIGHT, ())
    assert [gap.day.label for gap in gaps_of(places(every_day, closed_eves))] == [
        f"afton som är en {day}" for day in ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
    ]


def test_holidays_are_their_own_kind() -> None:
    no_holidays = Hours("vardagar", "vardagar", (((0, 1440),),) * 7)
    assert kinds_of_hour(gaps_of(places(no_holidays))) == ["helgdag"]
    assert first_gap(gaps_of(places(no_holidays))) == "helgdag kl. 00.00–24.00"


def test_only_those_who_are_open_before_the_others_are_ever_chosen() -> None:
    assert chosen(places("always", "office")) == {"enhet-0"}
    assert chosen(places("office", "always")) == {"enhet-0", "enhet-1"}
    assert chosen(places("office", "office")) == {"enhet-0"}
    never = Hours("stangt", "stängt", CLOSED * 7)
    assert chosen(places(never, "always")) == {"enhet-1"}
    assert chosen(places(never, "always"), frozenset({"aklagare"})) == {"enhet-0"}
    assert chosen(places(never, "office")) == {"enhet-0", "enhet-1"}
    assert chosen(places(never, never)) == {"enhet-0"}


def test_one_that_may_end_before_it_opens_leaves_the_answer_to_the_next() -> None:
    ending = unit("forst", "aklagare", last=date(2016, 12, 31))
    directory = Directory(plan([ending, unit("sedan", "aklagare")]))
    assert chosen(directory.places("aklagare", None, {}, date(2013, 5, 14))) == {"forst", "sedan"}


WINDOWS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5).map(tuple)


@given(WINDOWS, WINDOWS)
def test_what_is_left_is_the_minutes_in_none(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> None:
    left = without(without(((0, 60),), one), other)
    minutes = {minute for start, end in left for minute in range(start, end)}
    taken = {minute for start, end in one + other for minute in range(start, end)}
    assert minutes == set(range(60)) - taken
    assert list(left) == sorted(left)
    assert sum(end - start for start, end in left) == len(minutes)


def test_a_time_that_takes_nothing_leaves_what_was_in_one_piece() -> None:
    assert without(((0, 60),), ((30, 30),)) == ((0, 60),)
    assert without(((0, 60),), ((40, 20),)) == ((0, 60),)


def test_each_minute_of_a_weekday_has_its_kind_of_hour() -> None:
    for hour, kind in enumerate([*["vardagsnatt"] * 8, *["kontorstid"] * 8, *["vardagskväll"] * 6, *["vardagsnatt"] * 2]):
        for minute in (60 * hour, 60 * hour + 59):
            assert kinds_of_hour([Gap(DayKind(2), ((minute, minute + 1),))]) == [kind]
