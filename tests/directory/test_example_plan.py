"""The plan that all parts are tried on, read from its files: who answers in its hard cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.directory.building import local

from samverkan.directory.answering import Answering, Directory
from samverkan.directory.coverage import directory_problems
from samverkan.plan.loading import load_plan

PLAN = load_plan(Path(__file__).parents[1] / "corpus" / "plans" / "exempel")
DIRECTORY = Directory(PLAN)


def test_everybody_is_reached() -> None:
    assert directory_problems(PLAN) == []


@pytest.mark.parametrize(
    ("function", "municipality", "gender", "at", "unit", "stands_in_for"),
    [
        ("socialnamnd-barn", "hallstahammar", "", "2013-05-18 23:30", "socialjouren", "hallstahammar-barn"),
        ("socialnamnd-barn", "hallstahammar", "", "2013-05-17 10:00", "hallstahammar-barn", None),
        ("socialnamnd-barn", None, "", "2013-05-17 10:00", "socialjouren", None),
        ("socialnamnd-barn", "abroad", "", "2013-05-17 10:00", "socialjouren", None),
        ("stod-utsatta", "vasteras", "woman", "2013-05-17 10:00", "kvinnocentrum-vasteras", None),
        ("stod-utsatta", "vasteras", "woman", "2013-05-09 10:00", "socialjouren", "kvinnocentrum-vasteras"),
        ("stod-utsatta", "vasteras", "man", "2013-05-17 10:00", "kriscentrum-man", None),
        ("stod-utsatta", "vasteras", "unknown", "2013-05-17 10:00", "socialjouren", None),
        ("aklagare", None, "", "2026-06-19 10:00", "jouraklagare", "aklagarkammaren-vasteras"),
    ],
)
def test_who_answers(function: str, municipality: str | None, gender: str, at: str, unit: str, stands_in_for: str | None) -> None:
    person = {"gender": gender} if gender else {}
    answer = DIRECTORY.answering(function, municipality, person, local(at))
    assert answer == Answering(function, unit, True, None, stands_in_for)


def test_an_authority_with_office_hours_answers_when_it_opens() -> None:
    answer = DIRECTORY.answering("migrationsverket", None, {}, local("2013-05-14 21:10"))
    assert answer == Answering("migrationsverket", "migrationsverket", False, local("2013-05-15 08:00"))


def test_the_regional_coordinator_exists_from_2017() -> None:
    assert DIRECTORY.answering("regionkoordinator", None, {}, local("2016-12-30 10:00")).unit is None
    assert DIRECTORY.answering("regionkoordinator", None, {}, local("2017-01-02 10:00")).open
