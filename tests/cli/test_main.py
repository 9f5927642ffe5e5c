"""The whole command line: Swedish help, one message for every failure, and a start that imports nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import samverkan

from samverkan.cli.main import COMMANDS, parser, told
from samverkan.cli.swedish import speak_swedish
from samverkan.decide.errors import EventError
from samverkan.directory.calendar import CalendarError

HEAVY = ("pydantic", "rich", "yaml", "holidays", "zoneinfo", "durable", "networkx", "pygraphviz", "samverkan.plan.model")


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom samverkan.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"found = [name for name in {HEAVY!r} if name in sys.modules]\nassert not found, found\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "användning: samverkan" in done.stdout


def test_help_lists_every_command() -> None:
    said = samverkan("--help").out
    for name in [name.removeprefix("add_").replace("_", "-") for _, name in COMMANDS]:
        assert f"\n    {name}" in said
    for english in ("usage", "positional", "options:", "show this", "exit", "error"):
        assert english not in said


@pytest.mark.parametrize("command", ["play", "decide", "draw", "trace", "diff", "document", "new-county"])
def test_help_of_a_command_has_examples(command: str) -> None:
    ran = samverkan(command, "--help")
    assert ran.code == 0
    assert f"användning: samverkan {command}" in ran.out
    assert "\nexempel:\n  samverkan " in ran.out
    assert "visar den här hjälpen" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_version() -> None:
    ran = samverkan("--version")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("samverkan 0.")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "samverkan: fel: det här saknas: KOMMANDO. Hjälp: samverkan --help"),
        (["play", "--fast"], "samverkan: fel: okända argument: --fast. Hjälp: samverkan --help"),
        (["play", "--plan"], "samverkan play: fel: --plan: ett värde saknas. Hjälp: samverkan play --help"),
        (["decide"], "samverkan decide: fel: Ingen händelse är angiven. Skriv till exempel --event 'person_met S1 seller'."),
        (
            ["play", "--matcher", "compild"],
            (
                "samverkan play: fel: --matcher 'compild'. Menade du 'compiled'? Välj bland auto, compiled och durable. "
                "Hjälp: samverkan play --help"
            ),
        ),
        (["play", "--step=x"], "samverkan play: fel: --step: kan inte ha värdet 'x'. Hjälp: samverkan play --help"),
        (["play", "--st"], "samverkan: fel: okända argument: --st. Hjälp: samverkan --help"),
    ],
)
def test_what_is_wrong_on_the_command_line(words: list[str], message: str) -> None:
    ran = samverkan(*words)
    assert (ran.code, ran.out, ran.err) == (2, "", message + "\n")


def test_a_mistyped_command() -> None:
    ran = samverkan("pley")
    assert ran.code == 2
    assert ran.err.startswith("samverkan: fel: okänt kommando 'pley'. Menade du 'play'? Välj bland play, decide")


def test_faults_of_ours_are_not_hidden() -> None:
    assert told(EventError("Så här.")) == "fel: Så här."
    assert told(ValueError("ours")) is None
    assert told(OSError("ours")) is None


def test_whoever_reads_may_stop_reading() -> None:
    ran = subprocess.run(
        f"{sys.executable} -m samverkan play vasteras-hotell | head -1",
        shell=True, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert ran.stdout.count("\n") == 1
    assert ran.stderr == ""


def test_a_stream_that_lacks_our_letters(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "samverkan", "play"], capture_output=True, cwd=tmp_path, timeout=60, check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )  # fmt: skip
    assert ran.returncode == 0
    assert b"Sv?righet" in ran.stdout


def test_commands_can_be_made_in_a_host_of_ours() -> None:
    speak_swedish()
    arguments = parser().parse_args(["play", "hotellet", "--trace", "a.svg", "--trace", "b.png"])
    assert (arguments.command, arguments.scenario, [str(path) for path in arguments.trace]) == (
        "play",
        "hotellet",
        ["a.svg", "b.png"],
    )


def test_a_day_without_a_calendar_is_told() -> None:
    text = "Det finns ingen kalender för år 9999."
    assert told(CalendarError(text)) == f"fel: {text}"
