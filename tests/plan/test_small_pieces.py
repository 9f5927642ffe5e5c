"""Deadlines, reminder times, opening hours and spelling, each on its own."""

from __future__ import annotations

from datetime import date

import pytest

from samverkan.plan.checks.citations import uncovered
from samverkan.plan.checks.dependence import rings
from samverkan.plan.deadlines import read_deadline, read_reminder, stricter
from samverkan.plan.errors import Problems
from samverkan.plan.model import Citation, Clause, Deadline
from samverkan.plan.opening import ALWAYS, read_hours
from samverkan.plan.spelling import listed, nearest, suggestion
from samverkan.plan.yaml_nodes import Node, read_yaml

REMINDERS = {"at once": 1, "promptly": 24}


def node(text: str) -> Node:
    found = read_yaml(text.encode(), "f.yaml")
    assert found is not None
    return found


def deadline(text: str) -> Deadline:
    problems = Problems()
    found = read_deadline(node(text), problems)
    assert found is not None, problems.found
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at once", Deadline("at once", text="at once")),
        ("promptly", Deadline("promptly", text="promptly")),
        ("1 hour", Deadline("hours", 1, text="1 hour")),
        ("24  hours", Deadline("hours", 24, text="24 hours")),
        ("14 days after report_received", Deadline("days", 14, "report_received", text="14 days after report_received")),
        ("5 working days", Deadline("working days", 5, text="5 working days")),
        ("1 working day", Deadline("working days", 1, text="1 working day")),
        ("2 weeks or next working day", Deadline("weeks", 2, None, True, "2 weeks or next working day")),
        (
            "4 months after opened or next working day",
            Deadline("months", 4, "opened", True, "4 months after opened or next working day"),
        ),
    ],
)
def test_deadlines(text: str, expected: Deadline) -> None:
    assert deadline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "0 days", "-1 days", "1.5 days", "14", "days", "14 days after", "14 days later", "at once after x", "two days",
        "12345 days", "24 hours or next working day", "3 working days or next working day", "14 days or next",
    ],
)  # fmt: skip
def test_deadlines_that_cannot_be_read(text: str) -> None:
    problems = Problems()
    assert read_deadline(node(text), problems) is None
    (problem,) = problems.found
    assert problem.code == "deadline"


@pytest.mark.parametrize(("text", "hours"), [("1 hour", 1), ("24 hours", 24), ("2 days", 48)])
def test_reminders(text: str, hours: int) -> None:
    assert read_reminder(node(text), Problems()) == hours


@pytest.mark.parametrize("text", ["0 hours", "1 week", "soon", "1.5 hours"])
def test_reminders_that_cannot_be_read(text: str) -> None:
    problems = Problems()
    read_reminder(node(text), problems)
    assert len(problems.found) == 1


@pytest.mark.parametrize(
    ("new", "old", "is_stricter"),
    [
        ("at once", "promptly", True),
        ("promptly", "at once", False),
        ("12 hours", "promptly", True),
        ("36 hours", "promptly", False),
        ("12 hours", "24 hours", True),
        ("24 hours", "1 day", True),
        ("1 day", "24 hours", False),
        ("7 days", "14 days", True),
        ("10 working days", "14 days", False),
        ("14 days", "14 days or next working day", True),
        ("14 days or next working day", "14 days", False),
        ("7 days", "14 days after report_received", False),
        ("7 days after report_received", "14 days after report_received", True),
        ("3 weeks", "1 month", True),
    ],
)
def test_which_is_stricter(new: str, old: str, is_stricter: bool) -> None:
    assert stricter(deadline(new), deadline(old), REMINDERS) is is_stricter


def test_any_time_is_stricter_than_none() -> None:
    assert stricter(deadline("4 months"), None, REMINDERS)


def test_hours() -> None:
    problems = Problems()
    root = node(
        "kvall: {label: kväll, mon-fri: [00:00-08:00, 16:30-24:00], sat-sun: 00:00-24:00, eves: closed, holidays: 10:00-12:00}\n"
    )
    hours = read_hours(root.keys["kvall"], root["kvall"], problems)
    assert problems.found == []
    assert hours.days[4] == ((0, 480), (990, 1440))
    assert hours.days[6] == ((0, 1440),)
    assert (hours.eves, hours.holidays) == ((), ((600, 720),))
    assert not hours.always
    assert ALWAYS.always


@pytest.mark.parametrize(
    "window", ["8-16", "08:00-25:00", "24:00-24:00", "16:30-08:00", "08:00-08:00", "[08:00-12:00, 11:00-13:00]"]
)
def test_hours_that_cannot_be(window: str) -> None:
    problems = Problems()
    root = node(f"a: {{label: a, mon: {window}}}\n")
    read_hours(root.keys["a"], root["a"], problems)
    assert [problem.code for problem in problems.found] == ["hours"]


def test_the_nearest_word() -> None:
    words = ["polisen", "socialnamnd-barn", "socialnamnd-vuxen"]
    assert nearest("Socialnämnd-barn", words) == "socialnamnd-barn"
    assert nearest("polis", words) == "polisen"
    assert nearest("zzz", words) is None
    assert nearest("a", []) is None
    assert suggestion("polisn", words) == " Menade du 'polisen'?"
    assert suggestion("zzz", words) == ""
    assert nearest("ab", ["ba", "ac"]) == nearest("ab", ["ac", "ba"])


def test_lists_in_running_text() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a och b", "a, b och c"]
    assert listed(["a", "b"], "eller") == "a eller b"


def clause(*spans: tuple[str, str | None]) -> Clause:
    citations = tuple(
        Citation(date.fromisoformat(first), None if last is None else date.fromisoformat(last), "x", True) for first, last in spans
    )
    return Clause("s/c", "s", "x", citations)


@pytest.mark.parametrize(
    ("clauses", "first", "last", "day"),
    [
        ([clause(("2013-01-01", None))], "2013-01-01", None, None),
        ([clause(("2013-01-01", None))], "2012-12-31", None, "2012-12-31"),
        ([clause(("2013-01-01", "2019-12-31"))], "2013-01-01", None, "2020-01-01"),
        ([clause(("2013-01-01", "2019-12-31"))], "2013-01-01", "2019-12-31", None),
        ([clause(("2013-01-01", "2019-12-31"), ("2020-01-01", None))], "2013-01-01", None, None),
        ([clause(("2013-01-01", "2019-12-31"), ("2020-01-02", None))], "2013-01-01", None, "2020-01-01"),
        ([clause(("2013-01-01", "2019-12-31")), clause(("2018-01-01", None))], "2013-01-01", None, None),
        ([clause(("2013-01-01", "9999-12-31"))], "2013-01-01", "9999-12-31", None),
        ([], "2013-01-01", None, "2013-01-01"),
    ],
)
def test_the_first_day_without_support(clauses: list[Clause], first: str, last: str | None, day: str | None) -> None:
    found = uncovered(clauses, date.fromisoformat(first), None if last is None else date.fromisoformat(last))
    assert found == (None if day is None else date.fromisoformat(day))


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["a"]}, [["a"]]),
        ({"b": ["a"], "a": ["b"]}, [["a", "b"]]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["e"], "e": ["d"]}, [["b", "c"], ["d", "e"]]),
    ],
)
def test_rings(needs: dict[str, list[str]], expected: list[list[str]]) -> None:
    assert rings(needs) == expected
