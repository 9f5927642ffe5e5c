"""`samverkan`: reads the command line, runs one command, and tells every failure in one Swedish message."""

from __future__ import annotations

import gc
import sys
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module

from samverkan.cli.swedish import Parser, speak_swedish

COMMANDS = (
    ("samverkan.cli.playing", "add_play"),
    ("samverkan.cli.deciding", "add_decide"),
    ("samverkan.cli.explaining", "add_why"),
    ("samverkan.cli.explaining", "add_why_not"),
    ("samverkan.cli.explaining", "add_what_if"),
    ("samverkan.cli.checking", "add_check"),
    ("samverkan.cli.checking", "add_schema"),
    ("samverkan.cli.drawing", "add_draw"),
    ("samverkan.cli.tracing", "add_trace"),
    ("samverkan.cli.comparing", "add_diff"),
    ("samverkan.cli.documenting", "add_document"),
    ("samverkan.cli.founding", "add_new_county"),
)
"""Where each command adds itself. These modules import nothing heavy until their command runs."""

_LONGEST_NAME = 400

DESCRIPTION = """\
En samverkansplan mot prostitution och människohandel som går att köra: vem ska
underrättas, vad ska erbjudas, hur snabbt, och varför."""

EXAMPLES = """\
exempel:
  samverkan play                       visar vilka scenarier som finns
  samverkan play vasteras-hotell       spelar ett scenario steg för steg
  samverkan decide --event 'person_met S1 seller' --fact age=child
  samverkan KOMMANDO --help            visar hjälp om ett kommando"""


class _Version(Action):
    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"samverkan {version('samverkan')}")
        parser.exit()


def parser() -> Parser:
    """The whole command line."""
    root = Parser(prog="samverkan", description=DESCRIPTION, epilog=EXAMPLES)
    root.add_argument("--version", action=_Version, nargs=0, help="visar programmets version")
    commands = root.add_subparsers(title="kommandon", metavar="KOMMANDO", dest="command", required=True)
    for module, add in COMMANDS:
        getattr(import_module(module), add)(commands)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit code: 0, 1 where something was found to be wrong, 2 where nothing could be done."""
    # A command is short and makes little that refers to itself: collecting garbage would be a tenth of its time.
    gc.disable()
    speak_swedish()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A terminal that lacks a letter shows a question mark rather than stopping.
            reconfigure(errors="replace")
    arguments = parser().parse_args(argv)
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:
        return _closed()
    except Exception as problem:
        text = told(problem)
        if text is None:
            raise
        print(f"samverkan {arguments.command}: {text}", file=sys.stderr)
        return 2


def run(arguments: Namespace) -> int:
    """Runs the command that was named."""
    code: int = arguments.run(arguments)
    sys.stdout.flush()
    return code


def told(problem: Exception) -> str | None:
    """The Swedish text, without personal data, of a failure that a user can do something about; None for a fault of ours."""
    from samverkan.cli.edges import said
    from samverkan.decide.durable import DurableError
    from samverkan.decide.errors import EventError
    from samverkan.decide.personal import without_identity, without_personal_data
    from samverkan.directory.calendar import CalendarError
    from samverkan.plan.errors import PlanError

    if isinstance(problem, PlanError):
        return "\n\n".join(str(said(one)) for one in problem.problems)
    if isinstance(problem, EventError | DurableError | CalendarError):
        return f"fel: {without_personal_data(str(problem))}"
    if isinstance(problem, OSError) and problem.filename is not None:
        name = str(problem.filename)
        shown = without_identity(name)
        shown = shown if len(shown) <= _LONGEST_NAME else f"{shown[:_LONGEST_NAME]}…"
        return f"fel: {shown} går inte att läsa eller skriva. Kontrollera sökvägen och dina rättigheter."
    for room, error in (("draw", "DrawingError"), ("document", "DocumentError")):
        module = sys.modules.get(f"samverkan.{room}.rendering")
        if module is not None and isinstance(problem, getattr(module, error)):
            return f"fel: {without_identity(str(problem))}"
    return None


def _stopped() -> int:
    print("\nAvbrutet.", file=sys.stderr)
    return 130


def _closed() -> int:
    """Whoever read our output has enough. Python would complain when it flushes at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
