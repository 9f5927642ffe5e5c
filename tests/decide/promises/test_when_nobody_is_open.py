"""Section 7 of the contract: who answers when nobody is open, and the hours of weekdays, holidays and eves (7.c, 7.f)."""

from __future__ import annotations

import pytest
from tests.stories import Story, example_plan, plan_of

from samverkan.directory.answering import Answering

TUESDAY = "2026-05-12 10:00"
EVE = "2026-06-19 10:00"  # midsommarafton, a Friday


def recipient(story: Story, named: str, at: str | None = None) -> Answering:
    found = story.decision(named, at)
    assert found is not None
    assert found.recipient is not None
    return found.recipient


TELL = """
rules:
- {rule: gor, for: seller, then: [{must notify: socialnamnd-barn}]}
hours:
  kontor: {label: kontorstid, mon-fri: 08:00-16:30, eves: closed}
  natt: {label: natt, mon-sun: ["00:00-06:00", "22:00-24:00"]}
units:
"""


def units(*lines: str, plan: str = TELL) -> Story:
    """A person met on a Tuesday at ten, where these units answer for the children's function."""
    story = Story(plan_of(plan + "".join(f"- {{label: Enhet, is: [socialnamnd-barn], {line}}}\n" for line in lines)))
    story.event("person_met", "S1 seller", TUESDAY, stay_municipality="vasteras", gender="woman")
    return story


# ------------------------------------------------------------------------------------------------------ nobody is open


def test_if_none_is_open_the_first_at_its_next_opening() -> None:
    story = Story(example_plan())
    story.event("trafficking_suspected", "S1", "2026-05-12 10:00")
    story.event("person_met", "S1", "2026-05-12 10:01", permit="none")
    story.event("wish_stated", "S1", "2026-05-12 10:02", wants_reflection_period="wants")
    named = "betanketid.polis-ansoker/ansokan S1"
    assert recipient(story, named, "2026-05-12 10:02").open
    for at, opens in (
        ("2026-05-12 20:00", "2026-05-13 08:00"),
        ("2026-05-13 20:00", "2026-05-15 08:00"),  # over Kristi himmelsfärdsdag
        ("2026-06-18 20:00", "2026-06-22 08:00"),  # over midsommar
        ("2026-05-15 20:00", "2026-05-18 08:00"),  # over a weekend
    ):
        found = recipient(story, named, at)
        assert (found.unit, found.open, found.opens) == ("migrationsverket", False, story.when(opens))


def test_that_is_the_first_that_opens_again_while_it_still_exists() -> None:
    first = "unit: forsta, open: kontor, area: [vasteras], until: 2026-05-12"
    second = "unit: andra, open: kontor, area: [vasteras, hallstahammar]"
    story = units(first, second, "unit: tredje, open: natt")
    assert recipient(story, "gor/notify S1").unit == "forsta"
    found = recipient(story, "gor/notify S1", "2026-05-12 20:00")
    assert (found.unit, found.open, found.opens) == ("andra", False, story.when("2026-05-13 08:00"))


@pytest.mark.parametrize(("last", "answers"), [("2026-05-13", "forsta"), ("2026-05-12", "andra")])
def test_an_opening_on_a_units_last_day_counts_and_one_on_the_day_after_does_not(last: str, answers: str) -> None:
    """Both open again on Wednesday the thirteenth at eight; the first is asked first, while it exists."""
    story = units(f"unit: forsta, open: kontor, area: [vasteras], until: {last}", "unit: andra, open: kontor")
    found = recipient(story, "gor/notify S1", "2026-05-12 20:00")
    assert (found.unit, found.open, found.opens) == (answers, False, story.when("2026-05-13 08:00"))
    assert recipient(story, "gor/notify S1", "2026-05-13 08:00").unit == answers


def test_without_any_opening_the_first_with_none() -> None:
    plan = TELL.replace("hours:", "hours:\n  aldrig: {label: aldrig, mon-sun: closed, holidays: closed}")
    story = units("unit: forsta, open: aldrig, area: [vasteras]", "unit: andra, open: aldrig", plan=plan)
    found = recipient(story, "gor/notify S1")
    assert (found.unit, found.open, found.opens) == ("forsta", False, None)


# --------------------------------------------------------------------------------------------------- hours and holidays


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-05-15 09:00", True),  # Friday
        ("2026-05-15 08:59", False),
        ("2026-05-17 12:30", True),  # a Sunday as such is no holiday
        ("2026-05-14 12:30", False),  # Kristi himmelsfärd: holidays
        ("2026-05-14 10:30", True),
        ("2026-06-19 12:30", False),  # midsommarafton: eves
        ("2026-06-19 07:30", True),
        ("2026-04-05 12:30", False),  # Easter Day, a Sunday and a holiday
        ("2026-04-05 10:30", True),
    ],
)
def test_a_day_has_a_holidays_hours_else_an_eves_else_its_weekdays(at: str, is_open: bool) -> None:
    own = "egna: {label: egna, mon-fri: 09:00-17:00, sun: 12:00-13:00, holidays: 10:00-11:00, eves: 07:00-08:00}"
    plan = TELL.replace("hours:", f"hours:\n  {own}")
    story = units("unit: forsta, open: egna", plan=plan)
    story.events = []
    story.event("person_met", "S1 seller", "2026-01-02 10:00")
    assert recipient(story, "gor/notify S1", at).open is is_open


def test_an_eve_without_hours_of_its_own_is_as_its_weekday() -> None:
    plan = TELL.replace("hours:", "hours:\n  egna: {label: egna, mon-fri: 09:00-17:00}")
    story = units("unit: forsta, open: egna", plan=plan)
    assert recipient(story, "gor/notify S1", EVE).open


def test_the_next_opening_may_be_months_away() -> None:
    """Open on holidays alone."""
    plan = TELL.replace("hours:", "hours:\n  sallan: {label: sällan, mon-sun: closed, eves: closed, holidays: 10:00-11:00}")
    story = units("unit: forsta, open: sallan", plan=plan)
    found = recipient(story, "gor/notify S1", "2026-06-20 12:00")
    assert found.opens == story.when("2026-10-31 10:00"), "alla helgons dag"
