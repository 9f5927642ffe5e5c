"""`samverkan play`: a scenario on the terminal, as JSON, on paper or as a picture."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from samverkan.draw.rendering import Drawer
    from samverkan.exercise.playing import Played
    from samverkan.exercise.scenario import Scenario
    from samverkan.exercise.scenario_files import Outline
    from samverkan.exercise.terminal import Telling
    from samverkan.plan.model import Plan
    from samverkan.wording.wording import Wording

DESCRIPTION = """\
Spelar ett scenario händelse för händelse: vad som ska göras, vem som svarar nu,
hur snabbt, med vilken källa, och vad som faller bort. Utan SCENARIO visas vilka
som finns."""

EXAMPLES = """\
exempel:
  samverkan play vasteras-hotell
  samverkan play vasteras-hotell --step
  samverkan play vasteras-hotell --start 2026-05-11
  samverkan play egen-ovning.yaml --plan rules/vastmanland --facit ovning.html
  samverkan play vasteras-hotell --explain stod.saljare

Slutar med 1 om något som scenariot förväntar sig inte stämmer, annars med 0."""


def add_play(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser("play", help="spelar ett scenario", description=DESCRIPTION, epilog=EXAMPLES)
    parser.add_argument("scenario", metavar="SCENARIO", nargs="?", help="ett scenarios id, eller en fil")
    parser.add_argument("--plan", metavar="PLAN", help="planens namn eller mapp, i stället för den som scenariot nämner")
    parser.add_argument("--start", metavar="DAG", help="flyttar hela berättelsen så att den börjar den dagen")
    parser.add_argument("--today", metavar="TID", help="spelar till den tiden: låter tiden gå vidare, eller stannar tidigare")
    parser.add_argument("--step", action="store_true", help="ett steg i taget: Enter visar facit och sedan nästa steg")
    parser.add_argument("--json", action="store_true", help="skriver stegen med alla svar som JSON")
    parser.add_argument("--explain", metavar="REGEL", help="visar villkoren bakom en regels beslut; all visar alla")
    parser.add_argument(
        "--matcher",
        metavar="MATCHARE",
        choices=("auto", "compiled", "durable"),
        default="auto",
        help="vad som avgör: auto (standard), compiled (den egna) eller durable (durable-rules, jämförd med den egna)",
    )
    parser.add_argument(
        "--facit",
        metavar="FIL.html",
        type=Path,
        help="skriver FIL-deltagare.html, FIL-ledare.html (med facit) och, där någon vet något ensam, FIL-kort.html",
    )
    parser.add_argument(
        "--trace", metavar="FIL.svg", type=Path, action="append", default=[], help="ritar förloppet (.svg eller .png)"
    )
    parser.set_defaults(run=play)


def play(arguments: Namespace) -> int:
    """Runs the command."""
    from samverkan.directory.loading import load_plan

    if arguments.scenario is None:
        return _list_scenarios()
    if arguments.step and arguments.json:
        return _refused("--step kan inte anges tillsammans med --json.")
    _check_places(arguments)
    outline = find_scenario(arguments.scenario)
    plan = load_plan(arguments.plan if arguments.plan is not None else outline.plan)
    return _play(arguments, plan, _scenario(arguments, plan, outline))


def _check_places(arguments: Namespace) -> None:
    """Refuses, before anything is told, files that can't be written or drawn. Raises EventError or DrawingError."""
    from samverkan.cli.edges import check_writable

    if arguments.facit is not None:
        check_writable("--facit", arguments.facit, (".html", ".htm"))
    if arguments.trace:
        from samverkan.draw.rendering import need_drawing

        need_drawing()
    for path in arguments.trace:
        check_writable("--trace", path, (".svg", ".png"))


def _refused(text: str) -> int:
    print(f"samverkan play: fel: {text}", file=sys.stderr)
    return 2


def _scenario(arguments: Namespace, plan: Plan, outline: Outline) -> Scenario:
    from samverkan.case.times import read_day
    from samverkan.decide.errors import EventError
    from samverkan.decide.instants import EARLIEST, LATEST
    from samverkan.decide.naming import quoted
    from samverkan.exercise.scenario import moved
    from samverkan.exercise.scenario_files import read_scenario

    scenario = read_scenario(plan, outline)
    if arguments.start is None:
        return scenario
    start = read_day(arguments.start)
    if start is None:
        raise EventError(f"{quoted(arguments.start)} är ingen dag. Skriv till exempel 2026-05-11.")
    scenario = moved(scenario, plan, start)
    if not EARLIEST <= scenario.steps[0].at <= scenario.steps[-1].at < LATEST:
        raise EventError(f"Med --start {start} hamnar berättelsen utanför åren 1900–2199. Välj en annan dag.")
    return scenario


def _as_of(arguments: Namespace, plan: Plan, scenario: Scenario) -> datetime | None:
    from zoneinfo import ZoneInfo

    from samverkan.case.times import read_as_of
    from samverkan.decide.errors import EventError

    if arguments.today is None:
        return None
    as_of = read_as_of(arguments.today, ZoneInfo(plan.timezone))
    if as_of < scenario.steps[0].at:
        raise EventError("Tiden (--today) ligger före scenariots första steg, så inget har hänt än.")
    return as_of


def _play(arguments: Namespace, plan: Plan, scenario: Scenario) -> int:
    from samverkan.case.case import Case
    from samverkan.cli.edges import explained, matched_by, page
    from samverkan.exercise.playing import played
    from samverkan.exercise.terminal import Telling
    from samverkan.wording.wording import Wording

    as_of = _as_of(arguments, plan, scenario)
    explain = explained(plan, arguments.explain)
    case = Case(plan, arguments.matcher)
    steps = played(case, scenario, as_of)
    wording = Wording(plan, scenario.who)
    plays: list[Played] | None
    if arguments.json:
        plays = list(steps)
        _write_json(plan, scenario, plays)
    else:
        telling = Telling(page(), wording, explain, arguments.explain == "all", arguments.step)
        plays = _step_through(telling, scenario, steps) if arguments.step else _tell(telling, scenario, steps)
        if plays is None:
            return 0
        telling.ledger(plays)
        telling.verdict(plays)
        if arguments.explain is not None:
            telling.never(arguments.explain, plays[-1].answer)
        telling.matched(matched_by(case))
    for text in case.matcher.diagnostics:
        print(f"samverkan play: matcharna skiljer sig åt, och den egna gäller: {text}", file=sys.stderr)
    _write_files(arguments, wording, scenario, plays)
    return 0 if all(one.met for one in plays) else 1


def _tell(telling: Telling, scenario: Scenario, steps: Iterator[Played]) -> list[Played]:
    """Tells the steps as they are played."""
    from samverkan.exercise.pacing import runs, told

    plays: list[Played] = []
    telling.beginning(scenario)
    for run in runs(told(steps), telling.wording.zone):
        telling.by(run)
        plays.extend(one.played for one in run)
    return plays


def _step_through(telling: Telling, scenario: Scenario, steps: Iterator[Played]) -> list[Played] | None:
    """Plays every step first, so that one can go back, then tells them one by one; None where somebody has had enough."""
    from samverkan.cli.stepping import step_through

    plays = list(steps)
    return plays if step_through(telling, scenario, plays) else None


def _write_json(plan: Plan, scenario: Scenario, plays: Sequence[Played]) -> None:
    from samverkan.decide.asjson import canonical
    from samverkan.exercise.as_json import played_to_json

    sys.stdout.write(canonical(played_to_json(plan, scenario, plays)))


def _write_files(arguments: Namespace, wording: Wording, scenario: Scenario, plays: Sequence[Played]) -> None:
    """The sheets and the pictures that are asked for; says on standard error what was written."""
    from samverkan.cli.edges import write_whole

    if arguments.facit is not None:
        from samverkan.exercise.facit import facit

        for name, text in facit(wording, scenario, plays).items():
            path = arguments.facit.with_name(f"{arguments.facit.stem}-{name}{arguments.facit.suffix}")
            write_whole(path, text)
            print(f"Skrev {path}", file=sys.stderr)
    for path in arguments.trace:
        for written in draw_trace(wording, scenario, plays, path):
            print(f"Ritade {written}", file=sys.stderr)


def draw_trace(
    wording: Wording, scenario: Scenario, plays: Sequence[Played], path: Path, drawer: Drawer = "auto"
) -> list[Path]:
    """The whole case in one picture, and, where that is too much to read, in several more.

    Args:
        wording: the words of the plan and the scenario.
        scenario: what was played.
        plays: its steps.
        path: the first picture; the others stand beside it with a number.
        drawer: what draws, as for `render`.

    Returns:
        The files that were written.

    Raises:
        DrawingError: nothing to draw with, or nothing can be written there.
    """
    from samverkan.draw.case_scene import CaseStep, case_scene, case_scenes
    from samverkan.draw.rendering import render
    from samverkan.wording import phrases
    from samverkan.wording.recounting import happened, subjects_named

    steps: list[CaseStep] = []
    for one in plays:
        for event, outcome in zip(one.step.events, one.outcomes, strict=True):
            label, kind = happened(wording, event, named=False), event.mark.kind if event.mark is not None else None
            named = subjects_named(wording, event)
            steps.append(CaseStep(one.step.at, label, named, event.id, outcome.answer, kind, event.facts))
        if not one.step.events:
            steps.append(CaseStep(one.step.at, phrases.TIME_PASSES, (), None, one.answer))
    written = [render(case_scene(wording.plan, steps, wording.who, title=scenario.title), path, drawer)]
    pages = case_scenes(wording.plan, steps, wording.who, title=scenario.title)
    if len(pages) > 1:
        names = [path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(1, len(pages) + 1)]
        written += [render(scene, name, drawer) for scene, name in zip(pages, names, strict=True)]
    return written


def find_scenario(named: str) -> Outline:
    """The scenario of a file, or of a shipped id. Raises PlanError where there is none."""
    from samverkan.exercise.scenario_files import outlines, read_outline
    from samverkan.plan.errors import PlanError, Problem
    from samverkan.plan.model import NOWHERE
    from samverkan.plan.places import shipped
    from samverkan.plan.spelling import listed, suggestion

    path = Path(named)
    if path.suffix == ".yaml" or path.is_file():
        return read_outline(path)
    known = {outline.id: outline for outline in outlines(shipped("scenarios"))}
    if named in known:
        return known[named]
    near = suggestion(named, known)
    choice = f" Det finns {listed(sorted(known))}." if known else ""
    raise PlanError([Problem(NOWHERE, f"det finns inget scenario '{named}'.{near}{choice}", "error", "no-scenario")])


def _list_scenarios() -> int:
    from samverkan.cli.edges import page
    from samverkan.exercise.scenario_files import outlines
    from samverkan.plan.places import shipped

    found = outlines(shipped("scenarios"))
    wide = max((len(outline.id) for outline in found), default=2)
    page().table(("Id", "Scenario", "Svårighet"), (wide, None, 9), [(o.id, o.title, f"{o.difficulty} av 5") for o in found])
    return 0
