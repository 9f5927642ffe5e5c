"""`samverkan why`, `why-not` and `what-if` as a caseworker and a case system use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.running import samverkan
from tests.stories import PLANS

EXEMPEL = str(PLANS / "exempel")
AT = "2013-05-14 21:10"
MET = ("--event", "person_met S1 seller", "--fact", "age=child", "--fact", "stay_municipality=vasteras", "--at", AT)


def test_why_in_a_scenario_uses_its_names() -> None:
    ran = samverkan("why", "stod.saljare/erbjudande", "S1", "--scenario", "vasteras-hotell", "--step", "16")
    assert (ran.code, ran.err) == (0, "")
    for line in (
        "Polisen ska erbjuda kvinnan på hotellrummet stödsamtal.",
        "Därför",
        "Tid",
        "  1 timme räknat från tisdag 14 maj kl. 21.10, då det blev aktuellt.",
        "Ges av",
        "  Kommunen är Västerås, enligt vistelsekommunen.",
        "Källa",
    ):
        assert line in ran.out.splitlines()
    assert max(map(len, ran.out.splitlines())) <= 80


def test_why_of_a_whole_rule_tells_each_of_its_decisions() -> None:
    ran = samverkan("why", "stod.saljare S1", "--scenario", "vasteras-hotell", "--step", "16")
    assert ran.out.count("Information om stöd och erbjudande om samtal\n") == 2


def test_why_as_json_of_events_that_are_written() -> None:
    ran = samverkan("why", "barn.orosanmalan/anmalan S1", *MET, "--plan", EXEMPEL, "--json")
    assert (ran.code, ran.err) == (0, "")
    (told,) = json.loads(ran.out)
    assert (told["format"], told["ground"]["subject"], told["decision"]["status"]) == ("samverkan-why/1", "S1", "due")
    assert told["ground"]["conditions"][0]["value"] == "child"


def test_why_not_says_what_would_have_to_be_so(tmp_path: Path) -> None:
    file = tmp_path / "arende.json"
    file.write_text(json.dumps([{"id": "e1", "event": "person_met", "about": "S1 seller", "facts": {"age": "adult"}, "at": AT}]))
    ran = samverkan("why-not", "barn.orosanmalan", "S1", "--plan", EXEMPEL, "--events", str(file))
    assert (ran.code, ran.err) == (0, "")
    assert "Därför är det inte aktuellt\n" in ran.out
    assert "Det skulle bli aktuellt om\n" in ran.out
    told = json.loads(samverkan("why-not", "barn.orosanmalan", "S1", "--plan", EXEMPEL, "--events", str(file), "--json").out)
    assert told["ways"][0]["changes"][0]["fact"] == "age"


def test_what_if_says_what_would_change() -> None:
    ran = samverkan("what-if", "--scenario", "vasteras-hotell", "--step", "16", "--event", "minor_involved S1 seller")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Om det här hände:\n• En minderårig är inblandad: kvinnan på hotellrummet")
    assert "Vem som skulle få veta vad\n" in ran.out
    twice = samverkan("what-if", "--scenario", "vasteras-hotell", "--step", "16", "--event", "minor_involved S1 seller", "--json")
    assert any(one["telling"] == "identity" for one in json.loads(twice.out)["disclosed"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["why", "barn.orosanmalan S1"], "Inget ärende är angivet. Ange ett av --scenario, --events och --event."),
        (
            ["why", "x S1", "--scenario", "vasteras-hotell", *MET],
            "Ärendet är angivet på flera sätt (--scenario, --event). Ange ett av --scenario, --events och --event.",
        ),
        (["why", "x S1", "--step", "2", *MET], "--step hör till --scenario."),
        (["why", "x S1", "--scenario", "vasteras-hotell", "--step", "900"], "Scenariot har inget steg 900. Stegen är 1–52."),
        (["why", "barn.orosanmalann S1", *MET], "Okänd regel 'barn.orosanmalann'. Menade du 'barn.orosanmalan'?"),
        (["why", "barn.orosanmalan S9", *MET], "'S9' finns inte i ärendet. Det finns S1 och case."),
        (
            ["why-not", "barn.orosanmalan/anmalann S1", *MET],
            "Regeln 'barn.orosanmalan' har ingen åtgärd 'anmalann'. Menade du 'anmalan'?",
        ),
        (["why-not", "barn.orosanmalan S1", *MET, "--today", "2013-05-14 21:00"], (
            "Tiden (--today) ligger före den första händelsen, så inget har hänt än."
        )),
        (
            ["what-if", "--scenario", "vasteras-hotell"],
            "Inget är angivet som skulle hända. Skriv till exempel --event 'minor_involved S1 seller'.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_message(words: list[str], message: str) -> None:
    ran = samverkan(*words)
    assert (ran.code, ran.out, ran.err) == (2, "", f"samverkan {words[0]}: fel: {message}\n")


@pytest.mark.parametrize("command", ["why", "why-not", "what-if"])
def test_help_has_examples(command: str) -> None:
    ran = samverkan(command, "--help")
    assert ran.code == 0
    assert f"  samverkan {command} " in ran.out
