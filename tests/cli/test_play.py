"""`samverkan play` as a user meets it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import EXEMPEL, Ran, samverkan
from tests.exercise.scenarios import CAUGHT, MET, WHO, write_scenario

WOMAN = {"S1": WHO["S1"]}


def play(folder: Path, steps: str, *words: str | Path, typed: str = "", who: dict[str, str] | None = None) -> Ran:
    path = write_scenario(folder, steps, who)
    return samverkan("play", path, "--plan", EXEMPEL, *words, typed=typed)


def test_without_a_name_the_scenarios_are_listed() -> None:
    ran = samverkan("play")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].split() == ["Id", "Scenario", "Svårighet"]
    assert [line for line in lines if line.startswith("vasteras-hotell ") and line.endswith("2 av 5")]
    assert max(map(len, lines)) <= 80


def test_an_unknown_scenario_gets_the_nearest() -> None:
    ran = samverkan("play", "vasteras-hotel")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("samverkan play: fel: det finns inget scenario 'vasteras-hotel'. Menade du 'vasteras-hotell'? ")


def test_the_hotel_is_played_from_beginning_to_end() -> None:
    ran = samverkan("play", "vasteras-hotell")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Tre köpare och en säljare på ett hotell i Västerås\nSvårighet 2 av 5. ")
    assert "• Polisen ska erbjuda kvinnan på hotellrummet stödsamtal." in ran.out
    assert "Alla förväntningar i scenariot stämmer." in ran.out
    assert "\x1b" not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_the_matcher_is_said_on_one_line() -> None:
    compiled = samverkan("play", "gammalt-kop", "--matcher", "compiled")
    assert compiled.out.endswith("\nAvgörs av: den egna matcharen.\n")
    durable = samverkan("play", "gammalt-kop", "--matcher", "durable")
    assert durable.out.endswith("\nAvgörs av: durable-rules (0 skillnader mot den egna matcharen).\n")


def test_json_is_the_same_with_either_matcher() -> None:
    one = samverkan("play", "gammalt-kop", "--json", "--matcher", "compiled")
    other = samverkan("play", "gammalt-kop", "--json", "--matcher", "durable")
    assert one == other
    told = json.loads(one.out)
    assert (told["format"], told["scenario"], told["met"], len(told["steps"])) == ("samverkan-play/2", "gammalt-kop", True, 18)
    second = told["steps"][1]
    assert [event["about"] for event in second["events"]] == ["K1 purchase of B1, S1"]
    assert "kop.alder-vid-kopet/bedomning K1 by aklagare" in second["changes"]["due"]
    assert {"kind": "due", "decision": "kop.alder-vid-kopet/bedomning K1", "met": True} in second["expectations"]
    assert second["answer"]["as_of"] == "2026-05-12T13:30:00+02:00"


def test_what_is_not_met_is_said_and_ends_with_1(tmp_path: Path) -> None:
    ran = play(tmp_path, MET + "  due: [barn.orosanmalan/anmalan S1]\n", who=WOMAN)
    assert (ran.code, ran.err) == (1, "")
    assert "Förväntningar som inte stämmer" in ran.out
    assert play(tmp_path, MET + "  due: [barn.orosanmalan/anmalan S1]\n", "--json", who=WOMAN).code == 1


def test_a_faulty_scenario_is_one_message(tmp_path: Path) -> None:
    ran = play(tmp_path, MET.replace("person_met", "person_mett"), who=WOMAN)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"samverkan play: {tmp_path}/provet.yaml:10:10: fel: Okänd händelsetyp 'person_mett'. Menade du 'person_met'?\n"
    )


def test_a_faulty_plan_is_one_message(tmp_path: Path) -> None:
    ran = samverkan("play", write_scenario(tmp_path, MET, WOMAN), "--plan", "vastmanlnd")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("samverkan play: fel: det finns ingen plan 'vastmanlnd'. Menade du 'vastmanland'?")
    ran = samverkan("play", write_scenario(tmp_path, MET, WOMAN), "--plan", "vastmanland")
    assert (ran.code, ran.out) == (2, "")
    assert "scenariot är skrivet för planen 'exempel', inte för 'vastmanland'" in ran.err


# -- one step at a time --------------------------------------------------------------------------------------------------------

ASK = (
    "Svara högt: vad ska göras, av vem, hur snabbt, och vem får veta vad?\n"
    "Tryck Enter för facit, eller f och Enter för det förra steget.\n"
)
NEXT = "Tryck Enter för nästa steg (2 av 2), eller f och Enter för det förra.\n"
LEDGER = "Det var sista steget. Tryck Enter för liggaren, eller f och Enter för det förra.\n"


def test_two_pauses_for_each_step(tmp_path: Path) -> None:
    ran = play(tmp_path, MET + CAUGHT, "--step", typed="\n\n\n\n")
    assert (ran.code, ran.err) == (0, "")
    first, second, third = ran.out.split(ASK)
    assert "Polisen knackar på." in first
    assert "Polisen ska" not in first
    answers, following = second.split(NEXT)
    assert "Polisen ska erbjuda kvinnan på hotellrummet stödsamtal." in answers
    assert "En man ertappas." not in answers
    assert "En man ertappas." in following
    assert "mannen i receptionen samtal om sexköp" not in following
    answers, rest = third.split(LEDGER)
    assert "• Polisen ska erbjuda mannen i receptionen samtal om sexköp." in answers
    assert "Liggare" in rest


def test_the_group_sorts_the_story_before_the_plan_does(tmp_path: Path) -> None:
    first, second, third = play(tmp_path, MET + CAUGHT, "--step", typed="\n\n\n\n").out.split(ASK)
    assert "Person påträffad" not in first
    assert second.startswith("\n» Person påträffad: kvinnan på hotellrummet")
    assert "Köpare ertappad" not in second
    assert third.startswith("\n» Köpare ertappad: det första köpet")


def test_what_is_worth_saying_comes_after_the_group_has_answered(tmp_path: Path) -> None:
    told = "- after: 1 minute\n  done: stod.saljare/information S1\n  story: Hon vet.\n  question: Och nu?\n  reply: Vänta.\n"
    ran = play(tmp_path, MET + told, "--step", typed="\n\n\n\n", who=WOMAN)
    asked = ran.out[ran.out.index("Att prata om: Och nu?") :]
    before, after = asked.split("Prata om frågan och svara högt.\n")
    assert "Vänta." not in before
    assert "Värt att säga: Vänta.\n" in after
    assert ran.out.count("Tryck Enter för facit") == 2
    assert "Värt att säga: Vänta.\n" in play(tmp_path, MET + told, who=WOMAN).out


def test_the_screen_shows_no_card(tmp_path: Path) -> None:
    shared = play(tmp_path, MET + CAUGHT, "--step", typed="\n\n\n\n")
    assert "Till det här steget finns kort, som övningsledaren lämnar ut.\n" in shared.out
    assert "Jouråklagaren svarar i kväll." not in shared.out
    assert "Bara Åklagarkammaren vet: Jouråklagaren svarar i kväll.\n" in play(tmp_path, MET + CAUGHT).out


@pytest.mark.parametrize("typed", ["\n\nf\n\n\n\n\n", "\n\n\nF\n\n\n\n\n"])
def test_f_goes_back(tmp_path: Path, typed: str) -> None:
    ran = play(tmp_path, MET + CAUGHT, "--step", typed=typed)
    assert ran.code == 0
    assert ran.out.count("Polisen knackar på.") == 2
    assert ran.out.count("En man ertappas.") == 2
    assert "Liggare" in ran.out


def test_what_needs_no_answer_has_no_pause(tmp_path: Path) -> None:
    steps = MET + "- after: 1 minute\n  done: stod.saljare/information S1\n" + CAUGHT
    ran = play(tmp_path, steps, "--step", typed="\n\n\n\n")
    assert ran.code == 0
    assert ran.out.count(ASK) == 2
    assert "» Gjort av Polisen: informera kvinnan på hotellrummet om vilket stöd som finns\n" in ran.out
    question = MET + "- after: 1 minute\n  done: stod.saljare/information S1\n  question: Och nu?\n"
    ran = play(tmp_path, question, "--step", typed="\n\n\n", who=WOMAN)
    assert (ran.code, ran.out.count(ASK), ran.out.count("Att prata om: Och nu?")) == (0, 1, 1)
    assert "Övningen avbröts." not in ran.out


def test_the_end_of_input_ends_nicely(tmp_path: Path) -> None:
    for typed, last in (("", ASK), ("\n", NEXT), ("\n\n", ASK), ("\n\n\n", LEDGER)):
        ran = play(tmp_path, MET + CAUGHT, "--step", typed=typed)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.endswith(f"{last}\nÖvningen avbröts.\n")


def test_an_interrupt_ends_nicely(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "samverkan", "play", str(write_scenario(tmp_path, MET, WOMAN)), "--plan", str(EXEMPEL), "--step"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # A shell that starts the tests in the background has interrupts ignored, and so would the program.
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler)}
    with subprocess.Popen(words, bufsize=0, **pipes, **heard) as process:  # type: ignore[call-overload]
        assert process.stdout is not None
        assert process.stderr is not None
        said = b""
        while not said.endswith(ASK.encode()):
            letter = process.stdout.read(1)
            assert letter, said.decode("utf-8")
            said += letter
        process.send_signal(signal.SIGINT)
        assert process.stdout.read().decode("utf-8").endswith("\nÖvningen avbröts.\n")
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


def test_steps_are_not_json(tmp_path: Path) -> None:
    ran = play(tmp_path, MET, "--step", "--json", who=WOMAN)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "samverkan play: fel: --step kan inte anges tillsammans med --json.\n"


# -- times ---------------------------------------------------------------------------------------------------------------------


def test_another_first_day(tmp_path: Path) -> None:
    ran = play(tmp_path, MET, "--start", "2026-06-20", who=WOMAN)
    assert ran.code == 0
    assert "\n1. Lördag 20 juni 2026 kl. 21.10\n" in ran.out
    for day, message in (
        ("2026-02-30", "Dagen '2026-02-30' finns inte."),
        ("nyss", "'nyss' är ingen dag. Skriv till exempel 2026-05-11."),
    ):
        wrong = play(tmp_path, MET, "--start", day, who=WOMAN)
        assert (wrong.code, wrong.out, wrong.err) == (2, "", f"samverkan play: fel: {message}\n")


def test_until_today(tmp_path: Path) -> None:
    later = play(tmp_path, MET + CAUGHT, "--today", "2013-05-15 08:00")
    assert "\n3. Onsdag 15 maj 2013 kl. 08.00\nTiden går." in later.out.replace("\n\n", "\n")
    earlier = play(tmp_path, MET + CAUGHT, "--today", "2013-05-14 21:15")
    assert "En man ertappas." not in earlier.out
    before = play(tmp_path, MET + CAUGHT, "--today", "2013-05-14 21:00")
    assert (before.code, before.out) == (2, "")
    assert before.err == "samverkan play: fel: Tiden (--today) ligger före scenariots första steg, så inget har hänt än.\n"


# -- explanations --------------------------------------------------------------------------------------------------------------


def test_explanations(tmp_path: Path) -> None:
    ran = play(tmp_path, MET + CAUGHT, "--explain", "kop.boter-strafforelaggande")
    assert ran.out.count("Villkor:") == 1
    unknown = play(tmp_path, MET, "--explain", "kop.boter", who=WOMAN)
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err.startswith("samverkan play: fel: Okänd regel 'kop.boter'. Menade du '")


def test_a_rule_that_never_came_up_says_what_it_waits_for(tmp_path: Path) -> None:
    ran = play(tmp_path, MET, "--explain", "betanketid.informera", who=WOMAN)
    assert (
        "Information om betänketid blev aldrig aktuellt.\nDet beror på:\n"
        "? Kvinnan på hotellrummet: hur är det med misstanke om människohandel?\n"
        in ran.out
    )


# -- files ---------------------------------------------------------------------------------------------------------------------


def test_the_sheets_are_written_whole(tmp_path: Path) -> None:
    names = ["blad-deltagare.html", "blad-ledare.html"]
    (tmp_path / names[1]).write_text("gammalt", encoding="utf-8")
    ran = play(tmp_path, MET, "--facit", tmp_path / "blad.html", who=WOMAN)
    assert (ran.code, ran.err) == (0, "".join(f"Skrev {tmp_path / name}\n" for name in names))
    for name in names:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.startswith("<!doctype html>")
        assert text.endswith("</html>\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == [*names, "provet.yaml"]


def test_cards_are_a_file_of_their_own(tmp_path: Path) -> None:
    ran = play(tmp_path, MET + CAUGHT, "--facit", tmp_path / "blad.html")
    assert ran.code == 0
    assert "Jouråklagaren svarar i kväll." in (tmp_path / "blad-kort.html").read_text(encoding="utf-8")


def test_a_file_that_can_not_be_written(tmp_path: Path) -> None:
    target = tmp_path / "saknas" / "blad.html"
    ran = play(tmp_path, MET, "--facit", target, who=WOMAN)
    assert ran.code == 2
    assert (ran.out, ran.err) == (
        "",
        f"samverkan play: fel: --facit: mappen {target.parent} finns inte. Skapa den, eller välj en annan.\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["provet.yaml"]


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_course_is_drawn(tmp_path: Path, form: str) -> None:
    target = tmp_path / f"forlopp.{form}"
    ran = play(tmp_path, MET + CAUGHT, "--trace", target)
    assert ran.code == 0, ran.err
    assert f"Ritade {target}" in ran.err
    content = target.read_bytes()
    assert content.startswith(b"\x89PNG" if form == "png" else b"<?xml")
    if form == "svg":
        assert "receptionen" in content.decode("utf-8")


def test_a_picture_of_another_form(tmp_path: Path) -> None:
    ran = play(tmp_path, MET, "--trace", tmp_path / "forlopp.gif", who=WOMAN)
    assert ran.code == 2
    assert ran.err.startswith("samverkan play: fel: ")
    assert ".svg eller .png" in ran.err


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("--trace", "x.pdf", "{} ska sluta på .svg eller .png. Byt filens namn."),
        ("--trace", "saknas/x.svg", "mappen {0.parent} finns inte. Skapa den, eller välj en annan."),
        ("--facit", "", "{} är en mapp. Skriv också filens namn, med ändelsen .html eller .htm."),
        ("--facit", "blad", "{} ska sluta på .html eller .htm. Byt filens namn."),
        ("--facit", "provet.yaml/blad.html", "mappen {0.parent} finns inte. Skapa den, eller välj en annan."),
    ],
)
def test_where_nothing_can_be_written_nothing_is_told(tmp_path: Path, option: str, name: str, message: str) -> None:
    target = tmp_path / name
    ran = play(tmp_path, MET, option, target, who=WOMAN)
    assert (ran.code, ran.out, ran.err) == (2, "", f"samverkan play: fel: {option}: {message.format(target)}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["provet.yaml"]


@pytest.mark.parametrize("today", ["9999-12-31 23:59", "1899-12-31 23:59", "2200-01-01 12:00"])
def test_a_day_without_a_calendar(tmp_path: Path, today: str) -> None:
    ran = play(tmp_path, MET, "--today", today, who=WOMAN)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"samverkan play: fel: Tiden '{today}' ligger utanför åren 1900–2199.\n"
    moved = play(tmp_path, MET, "--start", "2300-01-01", who=WOMAN)
    assert (moved.code, moved.out) == (2, "")
    assert "utanför åren 1900–2199" in moved.err


@pytest.mark.parametrize(
    "words",
    [["play", "19900101_1239"], ["play", "vasteras-hotell", "--plan", "19900101.1239"], ["check", "19900101_1239"],
     ["decide", "--19900101_1239"], ["19900101 1239"], ["play", "900101:1239.yaml"]],
)  # fmt: skip
def test_no_error_repeats_an_identity_number(words: list[str]) -> None:
    ran = samverkan(*words)
    assert ran.code == 2
    assert "1239" not in ran.out + ran.err
    assert "…" in ran.out + ran.err
