"""Reminders, as data and as a calendar file that other programs read (RFC 5545)."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from tests.case.telling import Lived
from tests.stories import plan_of

from samverkan.case.reminders import CalendarLibraryError, reminders_to_ics
from samverkan.decide.errors import EventError

PLAN = """
rules:
- rule: barn
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
- rule: beslut
  for: person
  each: report_received
  then: [{must perform: larma, deadline: 14 days}]
- rule: stod
  for: seller
  then: [{should inform: stod}, {may perform: forhora, deadline: 2 hours}]
"""
REPORTING = "Polisen ska underrätta barnenheten om S1"
MADE = datetime(2026, 5, 13, 6, 0, tzinfo=UTC)


def begun() -> Lived:
    told = Lived(plan_of(PLAN))
    told.fire({"event": "person_met", "about": "S1 seller", "at": "2026-05-12 21:10", "facts": {"age": "child"}})
    told.event("report_received", "S1", "2026-05-12 22:00")
    told.done(told.case.add_measure(
        "ring", "polisen", "Ring boendet", "behövs", told.when("2026-05-12 22:10"), told.when("2026-05-12 23:30")
    ))  # fmt: skip
    return told


def test_all_that_is_to_be_done_by_a_time_has_one_the_earliest_first() -> None:
    told = begun()
    found = told.case.reminders(told.when("2026-05-12 22:30"))
    assert [(one.at, one.day, one.real, one.overdue, one.summary) for one in found] == [
        (told.when("2026-05-12 22:10"), None, False, True, f"{REPORTING}, med uppgift om vem det gäller"),
        (told.when("2026-05-12 23:30"), None, True, False, "Polisen bör: Ring boendet (egen åtgärd)"),
        (told.when("2026-05-27 00:00"), date(2026, 5, 26), True, False, "Polisen ska larma (gäller S1)"),
    ]
    told.mark("done", "barn/notify S1", "2026-05-12 22:40")
    assert [one.decision.rule if one.decision is not None else one.own for one in told.case.reminders()] == ["ring", "beslut"]


def test_the_calendar_file_is_read_by_others_as_what_it_says() -> None:
    told = begun()
    reminders = told.case.reminders()
    calendar = Calendar.from_ical(reminders_to_ics(reminders, "arende-17", MADE))
    assert (calendar["VERSION"], calendar["PRODID"]) == ("2.0", "-//samverkan//paminnelser 1//SV")
    events = calendar.walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [one.summary for one in reminders]
    assert [event.decoded("dtstart") for event in events] == [reminders[0].at, reminders[1].at, date(2026, 5, 26)]
    assert {event.decoded("dtstamp") for event in events} == {MADE}
    assert {str(event["CLASS"]) for event in events} == {"CONFIDENTIAL"}
    alarms = [event.walk("VALARM")[0] for event in events]
    assert [alarm.decoded("trigger") for alarm in alarms] == [timedelta(), timedelta(), timedelta(hours=8)]
    assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}


def test_lines_are_as_the_standard_has_them() -> None:
    told = begun()
    content = reminders_to_ics(told.case.reminders(), "arende-17", MADE)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content == reminders_to_ics(told.case.reminders(), "arende-17", MADE)


def test_a_reminder_has_the_same_name_however_often_it_is_made_and_another_in_another_case() -> None:
    told = begun()
    before = {one.uid("arende-17") for one in told.case.reminders()}
    told.event("person_met", "S2 seller", "2026-05-13 08:00")
    after = {one.uid("arende-17") for one in told.case.reminders()}
    assert before <= after
    assert len(before) == 3
    assert not before & {one.uid("arende-18") for one in told.case.reminders()}
    assert all("S1" not in uid and uid.endswith("@samverkan") for uid in before)


def test_nobody_is_named_in_it() -> None:
    told = begun()
    for ref, said in (("19900101-1239", "personnummer"), ("", "tomt"), ("a" * 101, "längre än 100")):
        with pytest.raises(EventError, match=said):
            reminders_to_ics(told.case.reminders(), ref, MADE)


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(CalendarLibraryError, match=r"samverkan\[calendar\]"):
        reminders_to_ics((), "arende-17", MADE)
