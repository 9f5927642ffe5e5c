"""`samverkan document`: the plan as one HTML file, to read on a screen or print."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

DESCRIPTION = """\
Skriver planen som ett dokument i en enda fil: vad som händer när, vad varje
verksamhet gör, vem som får veta vad, källor, och vad som ska bekräftas. Filen
hämtar inget utifrån och går att skriva ut på A4."""

EXAMPLES = """\
exempel:
  samverkan document --out plan.html
  samverkan document --out plan.html --on 2026-01-01 --since 2025-01-01
  samverkan document --out polisen.html --function polisen"""


def add_document(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser("document", help="skriver planen som ett dokument", description=DESCRIPTION, epilog=EXAMPLES)
    parser.add_argument("plan", nargs="?", default=None, metavar="PLAN", help="en plans namn, eller mappen med dess filer")
    parser.add_argument("--out", required=True, metavar="FIL.html", type=Path, help="filen som skrivs")
    parser.add_argument("--on", metavar="DAG", help="den dag som dokumentet beskriver; i dag om inget anges")
    parser.add_argument("--since", metavar="DAG", help="berättar också vad som har ändrats sedan den dagen")
    parser.add_argument(
        "--function", metavar="FUNKTION", action="append", default=[],
        help="bara den funktionens del; kan anges flera gånger",
    )  # fmt: skip
    parser.set_defaults(run=document)


def document(arguments: Namespace) -> int:
    """Runs the command."""
    from samverkan.cli.comparing import read_plan_day
    from samverkan.cli.edges import check_writable, today, write_whole
    from samverkan.decide.errors import EventError
    from samverkan.decide.naming import nearest, quoted
    from samverkan.directory.loading import load_plan
    from samverkan.document.rendering import need_jinja, render
    from samverkan.plan.loading import DEFAULT

    check_writable("--out", arguments.out, (".html", ".htm"))
    need_jinja()
    plan = load_plan(arguments.plan or DEFAULT)
    day = read_plan_day(plan, "--on", arguments.on or today(plan).isoformat())
    since = read_plan_day(plan, "--since", arguments.since) if arguments.since is not None else None
    if since is not None and since >= day:
        raise EventError(f"--since: {since} ska ligga före den dag som dokumentet beskriver, {day}.")
    for function in arguments.function:
        if function not in plan.functions:
            raise EventError(f"--function: okänd funktion {quoted(function)}{nearest(function, plan.functions)}")
    from samverkan.document.making import document as made

    write_whole(arguments.out, render(made(plan, day, since, tuple(dict.fromkeys(arguments.function)))))
    print(f"Skrev {arguments.out}.")
    return 0
