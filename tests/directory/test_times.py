from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.directory.building import STOCKHOLM

from samverkan.directory.calendar import CalendarError
from samverkan.directory.times import (
    as_utc,
    clock_change,
    end_of_day,
    instants_of,
    local_day,
    start_of_day,
    zone_named,
)

SPRING, AUTUMN = date(2013, 3, 31), date(2013, 10, 27)
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
HAVANA = ZoneInfo("America/Havana")


def test_a_day_has_as_many_hours_as_its_clock_gives_it() -> None:
    for day, hours in ((SPRING, 23), (AUTUMN, 25), (date(2013, 5, 14), 24)):
        assert end_of_day(day, STOCKHOLM) - start_of_day(day, STOCKHOLM) == timedelta(hours=hours)
    assert start_of_day(SPRING, STOCKHOLM) == datetime(2013, 3, 30, 23, tzinfo=UTC)
    assert end_of_day(SPRING, STOCKHOLM) == datetime(2013, 3, 31, 22, tzinfo=UTC)


def test_instants_come_in_utc_so_that_they_compare_rightly() -> None:
    assert start_of_day(SPRING, STOCKHOLM).tzinfo is UTC
    assert as_utc(datetime(2013, 10, 27, 2, 30, tzinfo=STOCKHOLM, fold=1)) == datetime(2013, 10, 27, 1, 30, tzinfo=UTC)


def test_the_local_day_is_the_zones() -> None:
    late = datetime(2013, 5, 14, 22, 30, tzinfo=UTC)
    assert local_day(late, STOCKHOLM) == date(2013, 5, 15)
    assert local_day(late, SAO_PAULO) == date(2013, 5, 14)


def test_a_time_without_an_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="offset"):
        local_day(datetime(2013, 5, 14), STOCKHOLM)  # noqa: DTZ001


def test_half_past_two_comes_once_twice_or_never() -> None:
    assert instants_of(date(2013, 5, 14), 150, STOCKHOLM) == (datetime(2013, 5, 14, 0, 30, tzinfo=UTC),)
    assert instants_of(SPRING, 150, STOCKHOLM) == ()
    assert instants_of(AUTUMN, 150, STOCKHOLM) == (
        datetime(2013, 10, 27, 0, 30, tzinfo=UTC),
        datetime(2013, 10, 27, 1, 30, tzinfo=UTC),
    )


def test_the_change_of_the_clock_is_found_to_the_second() -> None:
    assert clock_change(SPRING, STOCKHOLM) == datetime(2013, 3, 31, 1, tzinfo=UTC)
    assert clock_change(AUTUMN, STOCKHOLM) == datetime(2013, 10, 27, 1, tzinfo=UTC)
    assert clock_change(date(2013, 5, 14), STOCKHOLM) is None


def test_a_midnight_that_is_skipped_begins_the_day_later() -> None:
    skipped = date(2013, 10, 20)  # Brazil moved its clocks at midnight
    assert start_of_day(skipped, SAO_PAULO) == datetime(2013, 10, 20, 3, tzinfo=UTC)
    assert clock_change(skipped, SAO_PAULO) == start_of_day(skipped, SAO_PAULO)
    assert clock_change(date(2013, 10, 19), SAO_PAULO) is None


def test_a_midnight_that_comes_twice_begins_the_day_the_first_time() -> None:
    doubled = date(2013, 11, 3)  # Cuba moved its clocks from one o'clock back to midnight
    assert start_of_day(doubled, HAVANA) == datetime(2013, 11, 3, 4, tzinfo=UTC)
    assert end_of_day(doubled, HAVANA) - start_of_day(doubled, HAVANA) == timedelta(hours=25)


@pytest.mark.parametrize("name", ["Europe/Stokholm", "", "../etc/passwd", "Europe"])
def test_a_zone_that_does_not_exist_is_said_so(name: str) -> None:
    with pytest.raises(CalendarError, match="Tidszonen"):
        zone_named(name)
