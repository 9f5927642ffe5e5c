"""`samverkan diff`: what has changed in a plan between two days."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from samverkan.exercise.page import Page
    from samverkan.plan.model import Plan, Rule
    from samverkan.review.change import Changed

DESCRIPTION = """\
Visar vad som skiljer planen mellan två dagar: regler som har tillkommit,
upphört eller ändrats, källor med en annan hänvisning, och enheter som bytts."""

EXAMPLES = """\
exempel:
  samverkan diff --on 2025-03-31 --on 2025-04-01
  samverkan diff --on 2014-12-31 --on 2015-01-01 --json"""


def add_diff(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "diff", help="visar vad som har ändrats i planen mellan två dagar", description=DESCRIPTION, epilog=EXAMPLES
    )
    parser.add_argument("plan", nargs="?", default=None, metavar="PLAN", help="en plans namn, eller mappen med dess filer")
    parser.add_argument("--on", metavar="DAG", action="append", required=True, help="en dag; anges två gånger")
    parser.add_argument("--json", action="store_true", help="skriver skillnaderna som JSON")
    parser.set_defaults(run=diff)


def diff(arguments: Namespace) -> int:
    """Runs the command."""
    from samverkan.cli.edges import page
    from samverkan.decide.errors import EventError
    from samverkan.directory.loading import load_plan
    from samverkan.plan.loading import DEFAULT
    from samverkan.review.change import changed, to_json

    if len(arguments.on) != 2:
        raise EventError("Ange två dagar att jämföra, till exempel --on 2025-03-31 --on 2025-04-01.")
    plan = load_plan(arguments.plan or DEFAULT)
    one, other = (read_plan_day(plan, "--on", text) for text in arguments.on)
    if one == other:
        raise EventError(f"De två dagarna är samma dag, {one}. Ange två olika dagar.")
    found = changed(plan, one, other)
    if arguments.json:
        from samverkan.decide.asjson import canonical

        sys.stdout.write(canonical(to_json(plan, found)))
    else:
        _tell(page(), plan, found)
    return 0


def read_plan_day(plan: Plan, option: str, text: str) -> date:
    """A day on which the plan is valid. Raises EventError for what is no day, and for one outside the plan's validity."""
    from samverkan.case.times import read_day
    from samverkan.decide.errors import EventError
    from samverkan.decide.naming import quoted

    day = read_day(text)
    if day is None:
        raise EventError(f"{option}: {quoted(text)} är ingen dag. Skriv till exempel 2025-04-01.")
    if day < plan.first:
        raise EventError(f"{option}: planen gäller från {plan.first}, så om {day} säger den inget. Välj en senare dag.")
    if plan.last is not None and day > plan.last:
        raise EventError(f"{option}: planen gäller till {plan.last}, så om {day} säger den inget. Välj en tidigare dag.")
    return day


def _tell(page: Page, plan: Plan, found: Changed) -> None:
    page.line(f"{plan.title}: från {found.earlier} till {found.later}", style="bold")
    if not found:
        page.line("Inget har ändrats.")
        return
    _rules(page, plan, "Regler som har tillkommit", found.added)
    _rules(page, plan, "Regler som har upphört", found.ended)
    if found.changed:
        page.heading(f"Regler som har ändrats ({len(found.changed)})")
        for one in found.changed:
            page.line(f"{one.after.title} ({one.before.id} blir {one.after.id})", mark="• ")
            for text in one.what:
                page.line(text, mark="– ", indent=2)
    if found.recited:
        page.heading(f"Källor med en annan hänvisning ({len(found.recited)})")
        for cited in found.recited:
            page.line(recited_text(cited.before, cited.after), mark="• ")
            if cited.rules:
                page.line(f"Regler: {', '.join(cited.rules)}", indent=2)
    if found.units:
        page.heading(f"Funktioner med andra enheter ({len(found.units)})")
        for changed in found.units:
            page.line(f"{_label(plan, changed.function)}: {units_text(changed.come, changed.gone)}", mark="• ")


def recited_text(before: str | None, after: str | None) -> str:
    """How a clause was cited and is cited now."""
    if before is None:
        return f"Tillkommer: {after}"
    if after is None:
        return f"Upphör: {before}"
    return f"{after}. Förut: {before}"


def units_text(come: tuple[str, ...], gone: tuple[str, ...]) -> str:
    """Which units have come and gone."""
    parts = ([f"tillkommer {', '.join(come)}"] if come else []) + ([f"upphör {', '.join(gone)}"] if gone else [])
    return "; ".join(parts)


def _rules(page: Page, plan: Plan, heading: str, rules: tuple[Rule, ...]) -> None:
    if rules:
        page.heading(f"{heading} ({len(rules)})")
        for rule in rules:
            page.line(f"{_label(plan, rule.function)}: {rule.title} ({rule.id}, {validity_text(rule)})", mark="• ")


def validity_text(rule: Rule) -> str:
    """From when to when a rule is valid: "från 2017-01-01", "för gärningar till 2022-07-31"."""
    whose = "för gärningar " if rule.by_offence else ""
    return f"{whose}från {rule.first}" if rule.last is None else f"{whose}{rule.first} till {rule.last}"


def _label(plan: Plan, function: str) -> str:
    from samverkan.wording.phrases import capital

    found = plan.functions.get(function)
    return capital(found.label if found is not None else function)
