"""`samverkan trace`: from a clause to its rules and the scenarios that show them, and back; and what is not covered."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samverkan.exercise.page import Page
    from samverkan.exercise.scenario import Scenario
    from samverkan.plan.model import Plan
    from samverkan.review.trace import ClauseTrace, RuleTrace, ScenarioTrace, Trace

DESCRIPTION = """\
Följer planen från källställe till regel till scenario, och tillbaka. För varje
regel söks också en tyst variant: samma scenario med en enda sak ändrad (en
händelse, en uppgift eller en dag), där regeln inte längre gäller. Utan ID visas
allt; med ID ett källställe, en källa, en regel eller ett scenario."""

EXAMPLES = """\
exempel:
  samverkan trace
  samverkan trace sol/anmalningsplikt
  samverkan trace barn.orosanmalan
  samverkan trace --uncovered
  samverkan trace --format html --out spar.html

Slutar med 1 om --uncovered hittar något, annars med 0."""


def add_trace(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "trace", help="följer källställe, regel och scenario, och visar vad som saknas", description=DESCRIPTION, epilog=EXAMPLES
    )
    parser.add_argument("id", metavar="ID", nargs="?", help="ett källställe, en källa, en regel eller ett scenario")
    parser.add_argument("--plan", metavar="PLAN", help="en plans namn, eller mappen med dess filer")
    parser.add_argument("--scenarios", metavar="MAPP", type=Path, help="mappen med scenarier, i stället för de som följer med")
    parser.add_argument("--format", choices=("table", "json", "html"), default="table", help="table (standard), json eller html")
    parser.add_argument("--out", metavar="FIL", type=Path, help="skriver till en fil (behövs för html)")
    parser.add_argument(
        "--uncovered", action="store_true", help="visar bara vad som saknas: regler utan scenario eller tyst variant, källställen"
    )
    parser.set_defaults(run=trace)


def trace(arguments: Namespace) -> int:
    """Runs the command. Returns 0, or 1 where `--uncovered` finds something."""
    from samverkan.cli.edges import page
    from samverkan.directory.loading import load_plan
    from samverkan.plan.loading import DEFAULT

    _check(arguments)
    plan = load_plan(arguments.plan or DEFAULT)
    found = find_trace(plan, arguments.scenarios)
    if arguments.format == "table" and arguments.out is None:
        if arguments.uncovered:
            return _uncovered(page(), found)
        if arguments.id is not None:
            return _one(page(), found, arguments.id)
        return _all(page(), found)
    text = _text(arguments, plan, found)
    if arguments.out is None:
        sys.stdout.write(text)
    else:
        from samverkan.cli.edges import write_whole

        write_whole(arguments.out, text)
        print(f"Skrev {arguments.out}", file=sys.stderr)
    return 1 if arguments.uncovered and _is_uncovered(found) else 0


def _check(arguments: Namespace) -> None:
    """Refuses, before anything is played, what can't be asked for. Raises EventError."""
    from samverkan.cli.edges import check_writable
    from samverkan.decide.errors import EventError

    if arguments.id is not None and arguments.uncovered:
        raise EventError("Ange antingen ett id eller --uncovered, inte båda.")
    if arguments.id is not None and arguments.format != "table":
        raise EventError("Ett id visas bara som text. Utelämna --format, eller utelämna id:t för att få allt.")
    if arguments.out is not None:
        if arguments.format == "table":
            raise EventError("--out skriver html eller json. Lägg till --format html eller --format json.")
        check_writable("--out", arguments.out, (".html", ".htm") if arguments.format == "html" else (".json",))
    if arguments.format == "html":
        from samverkan.document.rendering import need_jinja

        need_jinja()


def find_trace(plan: Plan, folder: Path | None = None) -> Trace:
    """The trace of a plan through the scenarios of a folder (the shipped ones where none is named), kept or made anew.

    Raises:
        PlanError: a scenario can't be read.
    """
    from samverkan.cli.edges import progress
    from samverkan.review import keeping
    from samverkan.review.trace import trace as made

    scenarios, files = read_scenarios(plan, folder)
    key = keeping.key_of(plan, files)
    kept = keeping.fetch(key)
    if kept is not None:
        return kept
    with progress() as watched:
        found = made(plan, scenarios, watched)
    keeping.keep(key, found)
    return found


def read_scenarios(plan: Plan, folder: Path | None) -> tuple[list[Scenario], list[Path]]:
    """The scenarios of a folder that are written for a plan, and their files. Raises PlanError."""
    from samverkan.exercise.scenario_files import outlines, read_scenario
    from samverkan.plan.errors import PlanError, Problem
    from samverkan.plan.model import NOWHERE
    from samverkan.plan.places import shipped

    if folder is not None and not folder.is_dir():
        text = f"mappen {folder} finns inte. Ange mappen som scenariernas filer ligger i."
        raise PlanError([Problem(NOWHERE, text, "error", "no-folder")])
    found = [o for o in outlines(folder or shipped("scenarios")) if o.plan in (plan.id, *plan.layers)]
    return [read_scenario(plan, outline) for outline in found], [outline.path for outline in found]


def _text(arguments: Namespace, plan: Plan, found: Trace) -> str:
    if arguments.format == "json":
        from samverkan.decide.asjson import canonical
        from samverkan.review.keeping import to_json

        said = to_json(found)
        return canonical(said["uncovered"] if arguments.uncovered else said)
    from samverkan.document.tracing import trace_page

    return trace_page(plan, found, only_uncovered=arguments.uncovered)


def _is_uncovered(found: Trace) -> bool:
    return bool(found.bare or found.unshown or found.never_silent)


# ---------------------------------------------------------------------------------------------------- as text


def _summary(found: Trace) -> str:
    ruled = sum(bool(clause.rules) for clause in found.clauses)
    shown = sum(bool(rule.showings) for rule in found.rules)
    silent = sum(rule.twin is not None for rule in found.rules)
    return (
        f"{ruled} av {len(found.clauses)} källställen har regler, {len(found.reasoned)} har bara ett skäl och {len(found.bare)} "
        f"varken regel eller skäl. {shown} av {len(found.rules)} regler visas i något av {len(found.scenarios)} scenarier, och "
        f"{silent} är tysta i en variant."
    )


def _all(page: Page, found: Trace) -> int:
    shows = {rule.id: {showing.scenario for showing in rule.showings} for rule in found.rules}
    rows: list[tuple[str, ...]] = []
    source = ""
    for clause in found.clauses:
        if clause.source != source:
            rows.append((source := clause.source,))
        scenarios = {one for rule in clause.rules for one in shows[rule]}
        said = clause.cited if clause.rules else f"{clause.cited}. Ingen regel: {_reason(clause)}"
        rows.append((clause.id.partition("/")[2], said, str(len(clause.rules)), str(len(scenarios))))
    page.table(("Källställe", "Hänvisning", "Regler", "Scenarier"), (20, None, 6, 9), rows)
    page.blank()
    rows = [(rule.id, rule.title, str(len(shows[rule.id])), "ja" if rule.twin else "nej") for rule in found.rules]
    page.table(("Regel", "Titel", "Scenarier", "Tyst"), (20, None, 9, 4), rows)
    page.blank()
    page.line(_summary(found))
    page.line("Mer om ett källställe, en regel eller ett scenario: samverkan trace ID")
    return 0


def _reason(clause: ClauseTrace) -> str:
    from samverkan.review.telling import REASONS

    if not clause.reason:
        return "inget skäl är angivet"
    by = f" ({clause.covered_by})" if clause.covered_by else ""
    return f"{REASONS[clause.reason]}{by}. {clause.why}"


def _uncovered(page: Page, found: Trace) -> int:
    parts: Sequence[tuple[str, Sequence[str]]] = (
        ("Källställen utan både regel och skäl", [f"{c.id}: {c.cited}" for c in found.bare]),
        ("Regler som inget scenario visar", [f"{r.id}: {r.title}" for r in found.unshown]),
        (
            "Regler utan tyst variant: de gäller i varje variant som har prövats",
            [f"{r.id}: {r.title} (visas i {_where(r)})" for r in found.never_silent],
        ),
    )
    for heading, lines in parts:
        if lines:
            page.heading(f"{heading} ({len(lines)})")
            for line in lines:
                page.line(line, mark="• ")
    page.blank()
    page.line(_summary(found))
    return 1 if _is_uncovered(found) else 0


def _where(rule: RuleTrace) -> str:
    return ", ".join(dict.fromkeys(showing.scenario for showing in rule.showings))


def _one(page: Page, found: Trace, named: str) -> int:
    from samverkan.decide.errors import EventError
    from samverkan.decide.naming import nearest, quoted

    clauses = {clause.id: clause for clause in found.clauses}
    rules = {rule.id: rule for rule in found.rules}
    scenarios = {one.id: one for one in found.scenarios}
    sources = {clause.source for clause in found.clauses}
    if named in rules:
        _rule(page, rules[named], clauses)
    elif named in clauses:
        _clause(page, clauses[named], rules)
    elif named in scenarios:
        _scenario(page, scenarios[named], rules)
    elif named in sources:
        for clause in found.clauses:
            if clause.source == named:
                _clause(page, clause, rules)
    else:
        raise EventError(f"Okänt id {quoted(named)}{nearest(named, [*clauses, *rules, *scenarios, *sources])}")
    return 0


def _clause(page: Page, clause: ClauseTrace, rules: dict[str, RuleTrace]) -> None:
    page.heading(f"{clause.id}: {clause.cited}{'' if clause.seen else ' (ej kontrollerad)'}")
    page.line(clause.about)
    if not clause.rules:
        page.line(f"Ingen regel: {_reason(clause)}")
    for rule in clause.rules:
        page.line(f"{rule}: {rules[rule].title}", mark="• ")
        page.line(f"Visas i: {_where(rules[rule]) or 'inget scenario'}", indent=2)


def _rule(page: Page, rule: RuleTrace, clauses: dict[str, ClauseTrace]) -> None:
    page.heading(f"{rule.id}: {rule.title}")
    for clause in rule.clauses:
        page.line(f"{clause}: {clauses[clause].cited}", mark="• ")
    if not rule.showings:
        page.line("Visas inte i något scenario.")
    for showing in rule.showings:
        expected = ", och scenariot förväntar sig det" if showing.expected else ""
        page.line(f"Visas i {showing.scenario} från steg {showing.step} ({showing.subject}){expected}.")
    if rule.twin is not None:
        page.line(f"Är tyst i {rule.twin.scenario} ({rule.twin.subject}) {rule.twin.text}.")
    elif rule.showings:
        page.line("Har ingen tyst variant: regeln gäller i varje variant som har prövats.")


def _scenario(page: Page, one: ScenarioTrace, rules: dict[str, RuleTrace]) -> None:
    page.heading(f"{one.id}: {one.title}")
    for rule in one.rules:
        page.line(f"{rule}: {rules[rule].title} ({', '.join(rules[rule].clauses)})", mark="• ")
