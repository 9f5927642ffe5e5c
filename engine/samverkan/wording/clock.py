"""Days and times as Swedish readers say them: "tisdag 14 maj 2013 kl. 21.10". Times are given in the zone they are said in."""

from __future__ import annotations

from datetime import date, datetime

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def clock(at: datetime) -> str:
    """ "21.10"; the seconds only where there are any."""
    return at.strftime("%H.%M.%S" if at.second else "%H.%M")


def day(when: date, now: date | None = None) -> str:
    """ "tisdag 28 maj", with the year unless `now` lies in it."""
    year = "" if now is not None and now.year == when.year else f" {when.year}"
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}{year}"


def day_and_clock(at: datetime, now: datetime | None = None) -> str:
    """ "tisdag 14 maj 2013 kl. 21.10", without the year where `now` lies in it."""
    return f"{day(at.date(), now.date() if now is not None else None)} kl. {clock(at)}"


def moment(at: datetime, now: datetime) -> str:
    """ "22.10" where it is on the day of `now`, else the day too."""
    return clock(at) if at.date() == now.date() else day_and_clock(at, now)


def short(at: datetime) -> str:
    """ "14 maj 21.10", for tables."""
    return f"{at.day} {MONTHS[at.month - 1][:3]} {clock(at)}"


def since(at: datetime, last_day: date | None) -> str:
    """The deadline that was missed: "14 juni" where it was a day, "14 maj kl. 22.20" where it was an hour."""
    if last_day is not None:
        return f"{last_day.day} {MONTHS[last_day.month - 1]}"
    return f"{at.day} {MONTHS[at.month - 1]} kl. {clock(at)}"
