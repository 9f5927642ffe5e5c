"""Days and times as they are said in Swedish."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from samverkan.wording.clock import clock, day, day_and_clock, moment

ZONE = ZoneInfo("Europe/Stockholm")
AT = datetime(2013, 5, 14, 21, 5, tzinfo=ZONE)


def test_days() -> None:
    assert day(date(2013, 5, 14)) == "tisdag 14 maj 2013"
    assert day(date(2013, 5, 14), date(2013, 12, 1)) == "tisdag 14 maj"
    assert day(date(2014, 2, 1), date(2013, 12, 1)) == "lördag 1 februari 2014"


def test_times() -> None:
    assert clock(AT) == "21.05"
    assert clock(AT.replace(second=7)) == "21.05.07"
    assert day_and_clock(AT) == "tisdag 14 maj 2013 kl. 21.05"
    assert moment(AT, AT.replace(hour=1)) == "21.05"
    assert moment(AT, AT.replace(day=13)) == "tisdag 14 maj kl. 21.05"
    assert moment(AT, AT.replace(year=2012)) == "tisdag 14 maj 2013 kl. 21.05"
