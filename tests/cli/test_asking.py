"""`samverkan decide --questions`: what to find out, in words and as JSON; answers are written as events."""

from __future__ import annotations

import json

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


@pytest.mark.parametrize("count", ["0", "-1", "tio", "1.5"])
def test_a_number_of_questions_is_a_whole_number(count: str) -> None:
    ran = samverkan(*MET, "--questions", count)
    assert ran.code == 2
    assert "är inget antal" in ran.err
