"""`samverkan decide --questions`: what to find out, in words and as JSON; answers are written as events."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.running import samverkan

MET = ("decide", "--event", "person_met S1 seller", "--at", "2026-05-12 21:10")


def test_the_most_pressing_are_told_in_full_and_the_others_by_name() -> None:
    ran = samverkan(*MET, "--questions", "2")
    assert (ran.code, ran.err) == (0, "")
    assert "Att ta reda på, tisdag 12 maj 2026 kl. 21.10" in ran.out
    assert "1. S1: Är personen i akut fara?" in ran.out
    assert "Känslighet: 2 av 3." in ran.out
    assert "Fråga: en kollega eller personen själv." in ran.out
    assert "• Akut fara: " in ran.out
    assert "Svara: --event 'svar S1' --fact danger=…" in ran.out
    assert "3. S1" not in ran.out
    assert "Och " in ran.out
    assert "Också giltiga svar: vet_inte, vill_inte_svara eller ej_tillampligt." in ran.out


def test_as_json_all_of_them_are_there() -> None:
    ran = samverkan(*MET, "--questions", "--json")
    data = json.loads(ran.out)
    assert (ran.code, data["format"], data["questions"][0]["fact"]) == (0, "samverkan-questions/1", "danger")
    assert len(data["questions"]) > 20


@pytest.mark.parametrize("answer", ["child", "vet_inte", "vill_inte_svara", "ej_tillampligt"])
def test_what_was_answered_is_told_and_not_asked_again(answer: str) -> None:
    answered = (*MET, "--event", "svar S1", "--fact", f"age={answer}", "--at", "2026-05-12 21:20")
    told = samverkan(*answered)
    assert told.code == 0
    assert ("Åldern är fastställd: S1" if answer == "child" else "Svar på en fråga: S1") in told.out
    assert "Är personen under 18 år?" not in told.out
    data = json.loads(samverkan(*answered, "--questions", "--json").out)
    assert "age" not in {question["fact"] for question in data["questions"]}


def test_an_answer_sets_going_what_waits_for_the_event_that_says_it() -> None:
    ran = samverkan(*MET, "--event", "svar S1", "--fact", "report=received", "--at", "2026-05-12 21:20", "--json")
    answer = json.loads(ran.out)
    assert any(decision["id"].get("occurrence") == "svar:S1:report:1" for decision in answer["decisions"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("svar S1",), "säger en uppgift"),
        (("svar S1", "--fact", "age=kid"), "Okänt värde 'kid'"),
        (("svar S2", "--fact", "age=child"), "'S2' finns inte i ärendet"),
        (("svar", "--fact", "age=child"), "säger inte vem"),
    ],
)
def test_what_is_no_answer_is_refused(words: tuple[str, ...], said: str) -> None:
    ran = samverkan(*MET, "--event", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_where_nothing_matters_that_is_said() -> None:
    assessed = ("--event", "tip_assessed case", "--fact", "suspected_offence=no_reason", "--at", "2026-05-12 21:20")
    ran = samverkan("decide", "--event", "tip_received case", "--at", "2026-05-12 21:10", *assessed, "--questions")
    assert ran.code == 0
    assert ran.out.endswith("Inget som inte är känt kan ändra vad som ska göras.\n")


SCENARIO = """\
scenario: svar
title: Svar på frågor
plan: vastmanland
difficulty: 1
summary: Ett påhittat fall.
who:
  S1: mannen i lägenheten

steps:
- at: 2026-05-16 23:10
  event: person_met
  about: S1 seller
  story: Polisen träffar en man i en lägenhet.

- at: 2026-05-16 23:20
  event: svar
  about: S1
  facts: {danger: acute}
  story: Han säger att han är i fara.
  due: [fara.skydda S1]

- at: 2026-05-16 23:30
  event: svar
  about: S1
  facts: {age: vet_inte}
  story: Ingen vet hur gammal han är.
"""


def test_a_scenario_may_hold_answers_and_their_twins_are_answered_otherwise(tmp_path: Path) -> None:
    (tmp_path / "svar.yaml").write_text(SCENARIO, "utf-8")
    played = samverkan("play", tmp_path / "svar.yaml")
    assert (played.code, played.err) == (0, "")
    assert "åldern: vet inte" in played.out
    traced = samverkan("trace", "fara.skydda", "--scenarios", tmp_path)
    assert (traced.code, traced.err) == (0, "")
    assert "Är tyst i svar (S1) när steg 2 säger om faran för personen: ingen akut fara." in traced.out


@pytest.mark.parametrize("count", ["0", "-1", "tio", "1.5"])
def test_a_number_of_questions_is_a_whole_number(count: str) -> None:
    ran = samverkan(*MET, "--questions", count)
    assert ran.code == 2
    assert "är inget antal" in ran.err
