"""What several commands do at the edge of the program: the page on the terminal, the clock, files that are written whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samverkan.case.case import Case
    from samverkan.decide.events import Event
    from samverkan.exercise.page import Page
    from samverkan.exercise.terminal import Explained
    from samverkan.plan.errors import Problem
    from samverkan.plan.model import Plan


def page() -> Page:
    """The page that standard output is: 80 columns where it is no terminal, coloured only where it is one."""
    from samverkan.exercise.page import Page, Paper

    if not sys.stdout.isatty():
        return Page(Paper(sys.stdout, 80))
    from rich.console import Console

    return Page(Console(file=sys.stdout, highlight=False, emoji=False, markup=False))


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, where that is a terminal: called with what is done, how much of it, and of how much."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} av {task.total}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, every: bar.update(task, description=what, completed=done, total=every)


def now() -> datetime:
    """This minute, in UTC."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def today(plan: Plan) -> date:
    """Today, where the plan is."""
    from zoneinfo import ZoneInfo

    return now().astimezone(ZoneInfo(plan.timezone)).date()


def write_whole(path: Path, text: str) -> None:
    """Writes a file so that it is there whole or not at all. Raises OSError that names the file."""
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        beside = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(path)) from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def check_writable(option: str, path: Path, endings: Sequence[str]) -> None:
    """Refuses a file of another form, and a place where no file can be written. Raises EventError."""
    from samverkan.decide.errors import EventError
    from samverkan.plan.spelling import listed

    if path.is_dir():
        raise EventError(f"{option}: {path} är en mapp. Skriv också filens namn, med ändelsen {listed(endings, 'eller')}.")
    if path.suffix.lower() not in endings:
        raise EventError(f"{option}: {path} ska sluta på {listed(endings, 'eller')}. Byt filens namn.")
    if not path.parent.is_dir():
        raise EventError(f"{option}: mappen {path.parent} finns inte. Skapa den, eller välj en annan.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise EventError(f"{option}: i mappen {path.parent} går det inte att skriva. Välj en annan.")


def said(problem: Problem) -> Problem:
    """The problem as it may be shown: its file, too, without an identity number. (Paths may look like telephone numbers.)"""
    from samverkan.plan.personal import without_identity

    at = problem.position
    return replace(problem, position=replace(at, file=without_identity(at.file)))


def check_begun(events: Iterable[Event], as_of: datetime | None) -> None:
    """Refuses a `--today` at which nothing has happened yet. Raises EventError."""
    from samverkan.decide.errors import EventError

    if as_of is not None and as_of < min(max(event.at, event.known_at) for event in events):
        raise EventError("Tiden (--today) ligger före den första händelsen, så inget har hänt än.")


def matched_by(case: Case) -> str:
    """One short line on which matcher decided, and whether the two matchers agreed."""
    if case.matcher.name == "compiled":
        return "Avgörs av: den egna matcharen."
    found = len(case.matcher.diagnostics)
    differences = "1 skillnad" if found == 1 else f"{found} skillnader"
    return f"Avgörs av: durable-rules ({differences} mot den egna matcharen)."


def explained(plan: Plan, wanted: str | None) -> Explained:
    """Which rules are to be explained: none, one or all. Raises EventError for a rule that isn't in the plan."""
    from samverkan.decide.errors import EventError
    from samverkan.decide.naming import nearest, quoted
    from samverkan.decide.prepared import CONSENT_RULE

    if wanted is not None and wanted != "all" and wanted not in plan.rules and wanted != CONSENT_RULE:
        raise EventError(f"Okänd regel {quoted(wanted)}{nearest(wanted, plan.rules)}")
    return lambda rule: wanted in ("all", rule)
