"""Mutation of decide/ and directory/: does a small part of the suite notice when the engine is changed? `make mutation`.

cosmic-ray makes the mutants; a seeded sample of them is tried, each in a fork that runs tests/mutation/subset.yaml until a test
fails. Every survivor has its reason in tests/mutation/survivors.yaml, or the command fails.

    python tools/mutation --sample 400 --seed 5
    python tools/mutation --only directory/hours.py --only decide/timeline.py --sample 0
    python tools/mutation --again
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import yaml
from mutants import Change, Mutant, change, mutants_of, sample
from ordering import Order
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from survivors import REASONS, Key, Survivor, read
from trial import Report, Stage, Worker, preload

HOUSE = Path(__file__).parents[2]
PACKAGE = HOUSE / "engine" / "samverkan"
ROOMS = ("decide", "directory")
LISTS = HOUSE / "tests" / "mutation"
BUILD = HOUSE / "build" / "mutation"
ENOUGH = 0.95

Todo = tuple[Mutant, Change]
Result = tuple[Mutant, Change, Report]


def main() -> int:
    """The command; 0 when enough are killed and every survivor has its reason."""
    told = _arguments()
    console = Console(highlight=False)
    reasons, wrong = read(LISTS / "survivors.yaml", PACKAGE)
    every, left_out = _all_mutants(told.only)
    last = json.loads((BUILD / "last.json").read_text("utf-8")) if (BUILD / "last.json").is_file() else {"results": []}
    total = sum(map(len, every.values()))
    lived = {one["name"] for one in last["results"] if one["outcome"] == "survived"} if told.again else None
    todo, none = _chosen(every, told.sample or total, told.seed, lived)
    equivalent = ", ".join(f"{number} {reason}" for reason, number in sorted(left_out.items()))
    console.print(f"{total} mutants in {len(every)} files, and others that are equivalent by construction: {equivalent or 'none'}.")
    console.print(f"Seed {told.seed}: {len(todo)} to try; {none} others were drawn that are no program, or the same one.")
    lists = yaml.safe_load((LISTS / "subset.yaml").read_text("utf-8"))
    subset = Stage(tuple(lists["tests"]), frozenset(lists["without"]))
    preload()
    workers = [Worker(HOUSE, BUILD / f"worker-{n}") for n in range(told.jobs)]
    console.print(f"The subset ({', '.join(subset.tests)}), unchanged, on one core …")
    unchanged = _unchanged(console, workers[0], subset)
    if unchanged is None:
        return 2
    order = Order(subset, unchanged, last["results"], quick=told.quick)
    results: list[Result] = []
    try:
        with _progress(console) as progress:
            task = progress.add_task("", total=len(todo), survived=0)
            for result in _tried(todo, workers, order, unchanged.seconds):
                results.append(result)
                survived = sum(report.outcome == "survived" for _, _, report in results)
                progress.update(task, advance=1, survived=survived, description=result[0].file)
                if len(results) % 25 == 0:
                    _keep(results, last["results"], told.seed)
                    if not console.is_terminal:
                        print(f"{len(results)} of {len(todo)} tried, {survived} survived", flush=True)
    finally:
        _keep(results, last["results"], told.seed)
    return _tell(console, results, every, reasons, [] if told.only or told.again else wrong)


def _arguments() -> argparse.Namespace:
    about = argparse.ArgumentParser(
        prog="python tools/mutation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    about.add_argument("--sample", type=int, default=400, metavar="N", help="how many mutants are tried; 0: all (default 400)")
    about.add_argument("--seed", type=int, default=5, metavar="S", help="which ones (default 5)")
    about.add_argument("--only", action="append", default=[], metavar="FILE", help="this file, or all of this folder, only")
    about.add_argument("--again", action="store_true", help="only those that survived last time")
    about.add_argument("--quick", action="store_true", help="run only tests that call the function that is changed")
    about.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="how many at once (default: one a core)")
    return about.parse_args()


def _all_mutants(only: list[str]) -> tuple[dict[str, list[Mutant]], Counter[str]]:
    files = [f.relative_to(PACKAGE).as_posix() for room in ROOMS for f in sorted((PACKAGE / room).glob("*.py"))]
    if only:
        files = [f for f in files if any(f == one or f.startswith(one.rstrip("/") + "/") for one in only)]
    found = {file: mutants_of(PACKAGE, file) for file in files}
    return {file: mutants for file, (mutants, _) in found.items()}, sum((left for _, left in found.values()), Counter())


def _chosen(every: dict[str, list[Mutant]], number: int, seed: int, names: set[str] | None) -> tuple[list[Todo], int]:
    """The mutants to try, file by file, and how many were drawn that change nothing."""
    todo: list[Todo] = []
    none = 0
    for share, ordered in sample(every, number, seed).values():
        taken = 0
        for mutant in ordered if names is None else [m for m in ordered if m.name in names]:
            if taken == share and names is None:
                break
            made = change(PACKAGE, mutant)
            none += made is None
            if made is not None:
                taken += 1
                todo.append((mutant, made))
    return todo, none


def _unchanged(console: Console, worker: Worker, subset: Stage) -> Report | None:
    """The seconds that each test takes and what it calls; None where one fails without any mutant.

    Of two runs the first warms what is kept and notes the calls. What they told is kept for as long as nothing changes.
    """
    key, kept = worker.digest(), BUILD / "unchanged.json"
    if kept.is_file() and (found := json.loads(kept.read_text("utf-8")))["key"] == key:
        report = Report(**found["report"])
    else:
        calls: dict[str, list[str]] = {}
        for noting in (True, False):
            pid = worker.start([subset], {}, None, calls=noting)
            _, status, used = os.wait4(pid, 0)
            report = worker.finish(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)
            if report.outcome != "survived":
                console.print(f"[red]The subset fails on the engine as it is: {report.by}[/red]", soft_wrap=True)
                return None
            calls = calls or report.calls
        report.calls = calls
        kept.write_text(json.dumps({"key": key, "report": asdict(report)}), "utf-8")
    console.print(f"… {len(report.seconds)} tests in {report.wall:.1f} s ({report.cpu:.1f} s of the processor).")
    return report


def _tried(todo: list[Todo], workers: list[Worker], order: Order, limits: dict[str, float]) -> Iterator[Result]:
    """Each mutant's result as it comes, as many at once as there are workers."""
    waiting, free = list(reversed(todo)), list(workers)
    running: dict[int, tuple[Worker, Mutant, Change]] = {}
    while waiting or running:
        while waiting and free:
            mutant, made = waiting.pop()
            worker = free.pop()
            running[worker.start(order.stages(mutant), limits, (mutant.file, made.text))] = worker, mutant, made
        pid, status, used = os.wait4(-1, 0)
        worker, mutant, made = running.pop(pid)
        report = worker.finish(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)
        free.append(worker)
        if report.outcome == "killed":
            order.remember(mutant.file, report.by)
        yield mutant, made, report


def _keep(results: list[Result], before: list[dict[str, str]], seed: int) -> None:
    """Write what came of it, for `--again`, for whoever writes reasons, and for the order of the next run."""
    now = [{**asdict(m), "was": c.was, "now": c.now, "outcome": r.outcome, "by": r.by} for m, c, r in results]
    names = {one["name"] for one in now}
    merged = [*(one for one in before if one["name"] not in names), *now]
    beside = BUILD / "last.new"
    beside.write_text(json.dumps({"seed": seed, "results": merged}, ensure_ascii=False, indent=1), "utf-8")
    beside.replace(BUILD / "last.json")


def _tell(
    console: Console, results: list[Result], every: dict[str, list[Mutant]], reasons: dict[Key, Survivor], wrong: list[str]
) -> int:
    """Print the results and what is wrong with the reasons; the command's status."""
    survived = [(m, c) for m, c, r in results if r.outcome == "survived"]
    killed = {(m.file, m.function, c.was, c.now) for m, c, r in results if r.outcome != "survived"}
    unexplained = [(m, c) for m, c in survived if (m.file, m.function, c.was, c.now) not in reasons]
    alive = {(m.file, m.function, c.was, c.now) for m, c in survived}
    wrong += [f"{' '.join(key[:2])}: {key[2]}: is killed; take its reason away" for key in reasons if key in killed - alive]
    console.print(_by_file(results, every))
    for mutant, made in survived:
        one = reasons.get((mutant.file, mutant.function, made.was, made.now))
        console.print(f"[bold]{mutant.file}:{mutant.line}[/bold] {mutant.function} ({mutant.operator})", soft_wrap=True)
        for sign, text in (("-", made.was), ("+", made.now)):
            for line in text.splitlines():
                console.print(f"  {sign} {line}", markup=False, soft_wrap=True)
        console.print(f"  [green]{one.reason}[/green]: {one.why}" if one else "  [red]no reason yet[/red]", soft_wrap=True)
    for line in wrong:
        console.print(f"[red]{line}[/red]", soft_wrap=True)
    part = 1 - len(survived) / len(results) if results else 1.0
    timeouts = sum(r.outcome == "timeout" for _, _, r in results)
    console.print(
        f"{len(results)} tried, {len(results) - len(survived)} killed ({part:.1%}; {timeouts} of them by running for ever), "
        f"{len(survived)} survived: {_counted(survived, reasons)}."
    )
    return 1 if unexplained or wrong or part < ENOUGH else 0


def _counted(survived: list[Todo], reasons: dict[Key, Survivor]) -> str:
    found = [reasons.get((m.file, m.function, c.was, c.now)) for m, c in survived]
    counts = {reason: sum(one is not None and one.reason == reason for one in found) for reason in REASONS}
    return ", ".join([*(f"{n} {reason}" for reason, n in counts.items() if n), f"{found.count(None)} without a reason"])


def _by_file(results: list[Result], every: dict[str, list[Mutant]]) -> Table:
    table = Table("file", title="Mutants")
    for column in ("all", "tried", "killed", "for ever", "survived", "killed %"):
        table.add_column(column, justify="right")
    for file in [f for f in every if any(m.file == f for m, _, _ in results)]:
        outcomes = [r.outcome for m, _, r in results if m.file == file]
        counts = [outcomes.count(kind) for kind in ("killed", "timeout", "survived")]
        table.add_row(file, *map(str, (len(every[file]), len(outcomes), *counts)), f"{1 - counts[2] / len(outcomes):.0%}")
    return table


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:<26}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[survived]} survived"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )


if __name__ == "__main__":
    sys.exit(main())
