"""`samverkan why`, `why-not` and `what-if`: why something is to be done, why not, and what would change, in a case."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from samverkan.cli.deciding import add_event_options

if TYPE_CHECKING:
    from datetime import datetime

    from samverkan.case.case import Case
    from samverkan.case.explained import Why
    from samverkan.case.explanations import WhatIf, WhyNot
    from samverkan.decide.events import Event
    from samverkan.plan.model import Plan

CASE = """
Ärendet är ett scenario fram till ett steg (--scenario, --step), en fil med
händelser (--events) eller händelser som skrivs här (--event, --fact, --at …)."""

WHY = f"""\
Säger varför något ska göras, eller skulle göras: regeln och dess villkor, vad som
ligger bakom varje uppgift, tiden och hur den räknas, vem som gör det och varför
just den enheten, vad som får lämnas på vilken grund, och vad som hände sedan.
{CASE}"""

WHY_EXAMPLES = """\
exempel:
  samverkan why stod.saljare/erbjudande S1 --scenario vasteras-hotell --step 16
  samverkan why barn.orosanmalan S1 --event 'minor_involved S1 seller' --at '2026-05-16 23:10'
  samverkan why 'barn.orosanmalan/anmalan S1 by polisen' --events arende.json --json"""

WHY_NOT = f"""\
Säger varför en regel, eller en av dess åtgärder, inte är aktuell för någon, och
de minsta uppsättningar av uppgifter som skulle göra den aktuell.
{CASE}"""

WHY_NOT_EXAMPLES = """\
exempel:
  samverkan why-not barn.orosanmalan S1 --scenario vasteras-hotell
  samverkan why-not handel.aklagare S1 --event 'person_met S1 seller' --fact age=adult
  samverkan why-not stod.saljare/information S1 --events arende.json --json"""

WHAT_IF = """\
Säger vad som skulle ändras om något mer hände: vad som skulle bli att göra eller
falla bort, och vem som skulle få veta vad. Ärendet är ett scenario fram till ett
steg (--scenario, --step) eller en fil med händelser (--events); det som skulle
hända skrivs med --event, --fact, --at … Utan tid händer det när ärendet är som
det är nu."""

WHAT_IF_EXAMPLES = """\
exempel:
  samverkan what-if --scenario vasteras-hotell --step 16 --event 'minor_involved S1 seller'
  samverkan what-if --events arende.json --event 'consent_given S1' --recipient migrationsverket --json"""


def add_why(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds `why`."""
    parser = commands.add_parser("why", help="säger varför något ska göras", description=WHY, epilog=WHY_EXAMPLES)
    parser.add_argument("named", metavar="BESLUT", nargs="+", help="regel eller regel/åtgärd, och vem det gäller")
    _add_case(parser, "vad som har hänt; får upprepas")
    parser.set_defaults(run=why)


def add_why_not(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds `why-not`."""
    parser = commands.add_parser(
        "why-not", help="säger varför något inte är aktuellt, och vad som skulle göra det", description=WHY_NOT,
        epilog=WHY_NOT_EXAMPLES,
    )  # fmt: skip
    parser.add_argument("named", metavar="REGEL", nargs="+", help="regel eller regel/åtgärd, och vem det skulle gälla")
    _add_case(parser, "vad som har hänt; får upprepas")
    parser.set_defaults(run=why_not)


def add_what_if(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds `what-if`."""
    parser = commands.add_parser(
        "what-if", help="säger vad som skulle ändras om något mer hände", description=WHAT_IF, epilog=WHAT_IF_EXAMPLES
    )
    _add_case(parser, "vad som skulle hända; får upprepas")
    parser.set_defaults(run=what_if)


def _add_case(parser: ArgumentParser, events: str) -> None:
    """Adds the options that say which case, and when."""
    parser.add_argument("--scenario", metavar="SCENARIO", help="ett scenarios id, eller dess fil")
    parser.add_argument("--step", metavar="STEG", type=int, help="fram till och med det steget; annars hela scenariot")
    add_event_options(parser, events)
    parser.add_argument("--today", metavar="TID", help="som det var känt då, i stället för efter det sista som har hänt")
    parser.add_argument("--plan", metavar="PLAN", help="planens namn eller mapp; annars scenariots, eller den plan som följer med")
    parser.add_argument("--json", action="store_true", help="skriver svaret som JSON")


def why(arguments: Namespace) -> int:
    """Runs `why`."""
    plan, case, who, as_of = _asked(arguments, arguments.events)
    found = [case.why(one, as_of, who) for one in case.named(" ".join(arguments.named), as_of)]
    if arguments.json:
        return _write([_as_json(plan, one) for one in found])
    return _tell(found)


def why_not(arguments: Namespace) -> int:
    """Runs `why-not`."""
    from samverkan.case.reading import parse_named

    plan, case, who, as_of = _asked(arguments, arguments.events)
    named = parse_named(" ".join(arguments.named))
    rule = named.rule if named.measure is None else f"{named.rule}/{named.measure}"
    found = case.why_not(rule, named.subject, as_of, who)
    return _write(_as_json(plan, found)) if arguments.json else _tell([found])


def what_if(arguments: Namespace) -> int:
    """Runs `what-if`."""
    from samverkan.cli.deciding import events_written
    from samverkan.decide.errors import EventError

    if not arguments.events:
        raise EventError("Inget är angivet som skulle hända. Skriv till exempel --event 'minor_involved S1 seller'.")
    plan, case, who, as_of = _asked(arguments, None)
    given = events_written(plan, arguments.events, as_of)
    taken = {event.id for event in case.events}
    given = [_renamed(event, taken) for event in given]
    at = as_of if arguments.today is not None else None
    found = case.what_if(given, at, who)
    return _write(_as_json(plan, found)) if arguments.json else _tell([found])


def _renamed(event: Event, taken: set[str]) -> Event:
    """The event with an id that the case doesn't have."""
    from dataclasses import replace

    name = event.id
    while name in taken:
        name = f"x{name}"
    taken.add(name)
    return replace(event, id=name)


# -- the case ------------------------------------------------------------------------------------------------------------


def _asked(arguments: Namespace, events: list[dict[str, Any]] | None) -> tuple[Plan, Case, Mapping[str, str], datetime]:
    """The plan, the case, what its subjects are called, and the instant that is asked about. Raises EventError."""
    from zoneinfo import ZoneInfo

    from samverkan.case.times import read_as_of
    from samverkan.decide.errors import EventError
    from samverkan.directory.loading import load_plan
    from samverkan.plan.loading import DEFAULT

    given = (("--scenario", arguments.scenario), ("--events", arguments.file), ("--event", events))
    ways = [option for option, value in given if value]
    if len(ways) != 1:
        said = f"Ärendet är angivet på flera sätt ({', '.join(ways)})" if ways else "Inget ärende är angivet"
        raise EventError(f"{said}. Ange ett av --scenario, --events och --event.")
    if arguments.step is not None and arguments.scenario is None:
        raise EventError("--step hör till --scenario.")
    if arguments.scenario is not None:
        return _from_scenario(arguments)
    plan = load_plan(arguments.plan if arguments.plan is not None else DEFAULT)
    as_of = read_as_of(arguments.today, ZoneInfo(plan.timezone)) if arguments.today is not None else None
    case = _from_file(plan, arguments.file) if arguments.file is not None else _from_events(plan, events or [])
    _check(case, as_of)
    return plan, case, {}, as_of or _last(case)


def _from_file(plan: Plan, file: str) -> Case:
    from samverkan.cli.sending import case_of

    return case_of(plan, file, "compiled", None)


def _from_events(plan: Plan, events: list[dict[str, Any]]) -> Case:
    from samverkan.cli.deciding import case_written

    return case_written(plan, events, "compiled", None)


def _from_scenario(arguments: Namespace) -> tuple[Plan, Case, Mapping[str, str], datetime]:
    """The case of a scenario up to a step. Raises EventError, and PlanError where the scenario isn't possible."""
    from dataclasses import replace
    from zoneinfo import ZoneInfo

    from samverkan.case.case import Case
    from samverkan.case.times import read_as_of
    from samverkan.cli.playing import find_scenario
    from samverkan.decide.errors import EventError
    from samverkan.directory.loading import load_plan
    from samverkan.exercise.playing import play
    from samverkan.exercise.scenario_files import read_scenario

    outline = find_scenario(arguments.scenario)
    plan = load_plan(arguments.plan if arguments.plan is not None else outline.plan)
    scenario = read_scenario(plan, outline)
    last = scenario.steps[-1].number
    wanted = arguments.step if arguments.step is not None else last
    if not 1 <= wanted <= last:
        raise EventError(f"Scenariot har inget steg {wanted}. Stegen är 1–{last}.")
    steps = tuple(step for step in scenario.steps if step.number <= wanted)
    case = Case(plan)
    for one in play(plan, replace(scenario, steps=steps)):
        case = one.outcomes[-1].case if one.outcomes else case
    as_of = read_as_of(arguments.today, ZoneInfo(plan.timezone)) if arguments.today is not None else None
    _check(case, as_of)
    return plan, case, scenario.who, as_of or max(steps[-1].at, _last(case))


def _last(case: Case) -> datetime:
    return case.now if case.now is not None else case.events[0].at


def _check(case: Case, as_of: datetime | None) -> None:
    """Refuses a case without events, and a time before all of them. Raises EventError."""
    from samverkan.cli.edges import check_begun
    from samverkan.decide.errors import EventError

    if not case.events:
        raise EventError("Inget har hänt i ärendet än. Välj ett senare steg.")
    check_begun(case.events, as_of)


# -- the answer ----------------------------------------------------------------------------------------------------------


def _as_json(plan: Plan, found: Why | WhyNot | WhatIf) -> dict[str, Any]:
    from samverkan.case.explanations import explanation_to_json

    return explanation_to_json(found, plan)


def _write(value: Any) -> int:
    from samverkan.decide.asjson import canonical

    sys.stdout.write(canonical(value))
    return 0


def _tell(found: Iterable[Why | WhyNot | WhatIf]) -> int:
    """The texts, wrapped: headings stand by themselves, marks keep their indentation."""
    from samverkan.cli.edges import page

    out = page()
    for number, one in enumerate(found):
        lines = one.text.splitlines()
        if number:
            out.ruled(lines.pop(0))
        for place, line in enumerate(lines):
            plain = line.lstrip()
            mark, _, rest = plain.partition(" ")
            if not plain:
                out.blank()
            elif mark in ("•", "–") or (mark[:-1].isdigit() and mark.endswith(".")):
                out.line(rest, mark=f"{mark} ", indent=len(line) - len(plain))
            elif len(line) == len(plain) and (not place or not lines[place - 1]):
                out.line(plain, style="bold")
            else:
                out.line(plain, indent=len(line) - len(plain))
    return 0
