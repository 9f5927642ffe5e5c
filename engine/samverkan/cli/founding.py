"""`samverkan new-county`: the first files of a plan for another county."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

DESCRIPTION = """\
Skapar en plan för ett nytt län. Planen bygger på det nationella underlaget och
går att köra direkt, med en rad att fylla i för varje funktion och kommun. Det
som saknas frågas efter i en terminal. Inget som finns skrivs över."""

EXAMPLES = """\
exempel:
  samverkan new-county rules/mitt-lan --name 'Mitt län' \\
      --municipality Norrstad --municipality Söderby
  samverkan new-county rules/mitt-lan"""

BASE = "sverige"
"""The shipped plan that a county builds on."""


def add_new_county(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser("new-county", help="skapar en plan för ett nytt län", description=DESCRIPTION, epilog=EXAMPLES)
    parser.add_argument("folder", metavar="MAPP", type=Path, help="en mapp som inte finns; dess namn blir planens id")
    parser.add_argument("--name", metavar="NAMN", help="vad länet heter")
    parser.add_argument("--municipality", metavar="NAMN", action="append", default=[], help="en kommun i länet; anges flera gånger")
    parser.add_argument("--from", dest="first", metavar="DAG", help="planens första dag; i dag om inget anges")
    parser.set_defaults(run=new_county)


def new_county(arguments: Namespace) -> int:
    """Runs the command."""
    from samverkan.case.times import read_day
    from samverkan.cli.edges import today
    from samverkan.county.making import TO_DO, county, files, left_to_bind
    from samverkan.county.writing import base_beside, check_free, check_plan, copy_folder, write_folder
    from samverkan.decide.errors import EventError
    from samverkan.decide.naming import quoted
    from samverkan.plan.loading import find_plan, load_plan

    folder: Path = arguments.folder
    check_free(folder)
    beside = folder.resolve().parent / BASE
    base_folder = beside if beside.is_dir() else find_plan(BASE)
    base = load_plan(base_folder)
    name, municipalities = _asked(arguments)
    first = today(base) if arguments.first is None else read_day(arguments.first)
    if first is None:
        raise EventError(f"--from: {quoted(arguments.first)} är ingen dag. Skriv till exempel 2026-01-01.")
    made = county(folder.name, name, municipalities, first, base)
    texts = files(made, base)
    check_plan(folder, texts, base_folder)
    copied = base_beside(folder, base_folder)
    if copied is not None:
        copy_folder(base_folder, copied)
        print(f"Kopierade det nationella underlaget till {copied}.")
    write_folder(folder, texts)
    print(f"Skapade {folder}: en plan för {made.name} med {len(made.municipalities)} kommuner.")
    print(f"\nDet här är kvar att binda ({TO_DO} har hela listan):")
    for line in left_to_bind(made, base):
        print(f"  • {line}")
    print(f"\nKontrollera planen: samverkan check {folder}")
    return 0


def _asked(arguments: Namespace) -> tuple[str, list[str]]:
    """The name and the municipalities, from the options; what is missing is asked for where there is a terminal."""
    from samverkan.decide.errors import EventError

    name, municipalities = arguments.name, list(arguments.municipality)
    missing = [option for option, value in (("--name", name), ("--municipality", municipalities)) if not value]
    if missing and not sys.stdin.isatty():
        raise EventError(f"Det här saknas: {' och '.join(missing)}. Ange det, eller kör kommandot i en terminal för att få frågor.")
    if not name:
        name = _answer("Vad heter länet? ")
    if not municipalities:
        print("Vilka kommuner har länet? Skriv en på varje rad, och en tom rad när alla är med.")
        while answer := _answer("Kommun: "):
            municipalities.append(answer)
    return name, municipalities


def _answer(question: str) -> str:
    """One answered line, or nothing where there are no more."""
    try:
        return input(question).strip()
    except EOFError:
        print()
        return ""
