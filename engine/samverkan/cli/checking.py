"""`samverkan check` and `samverkan schema`: is a plan right, and what may its files hold."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from samverkan.plan.errors import Problem
    from samverkan.plan.model import Plan

Subparsers = Any  # argparse's own name for it is private


def add_check(subparsers: Subparsers) -> None:
    """Registers `check`."""
    parser = subparsers.add_parser(
        "check",
        help="granskar en plan: ord, regler, lagrum, sekretess och enheter",
        description="Läser en plan och skriver ut allt som är fel eller tveksamt, med fil, rad och kolumn.",
    )
    parser.add_argument("plan", nargs="?", default=None, metavar="PLAN", help="en plans namn, eller mappen med dess filer")
    parser.add_argument("--json", action="store_true", help="skriver resultatet som JSON")
    parser.set_defaults(run=run_check)


def add_schema(subparsers: Subparsers) -> None:
    """Registers `schema`."""
    parser = subparsers.add_parser(
        "schema",
        help="skriver scheman (JSON Schema) som textredigerare kompletterar från",
        description="Skriver scheman för planers och scenariers filer, för händelser som ett verksamhetssystem skickar och för "
        "det som det får tillbaka: svar, utfall, liggare och hela ärenden. Med --plan listar de den planens egna ord.",
    )
    parser.add_argument("--out", required=True, metavar="MAPP", help="mappen som schemana skrivs i")
    parser.add_argument("--plan", default=None, metavar="PLAN", help="en plans namn, eller mappen med dess filer")
    parser.set_defaults(run=run_schema)


def run_check(args: argparse.Namespace) -> int:
    """Prints what is wrong with a plan. Returns 0, or 2 where there are errors."""
    from samverkan.cli.edges import said
    from samverkan.directory.coverage import directory_problems
    from samverkan.plan.loading import DEFAULT, inspect_plan

    reading = inspect_plan(args.plan or DEFAULT)
    problems = list(reading.problems)
    if reading.plan is not None and (reading.plan.units or len(reading.plan.layers) > 1):
        # A plan that others build on speaks of functions only; who they are is for each county to say.
        problems += directory_problems(reading.plan)
    problems = [said(problem) for problem in problems]
    problems.sort(key=lambda p: (p.severity != "error", p.position.file, p.position.line, p.position.column))
    if args.json:
        import json

        print(json.dumps(_as_json(reading.plan, problems), ensure_ascii=False, indent=2))
    else:
        from samverkan.decide.personal import without_identity

        for problem in problems:
            print(problem)
        if problems:
            print()
        print(without_identity(summary(reading.plan, problems)))
    return 2 if any(problem.severity == "error" for problem in problems) else 0


def summary(plan: Plan | None, problems: Iterable[Problem]) -> str:
    """The line that sums up: what the plan holds, how sure it is, and how many faults it has."""
    found = list(problems)
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    verdict = f"{errors} fel och {_many(warnings, 'varning', 'varningar')}."
    if plan is None:
        return f"Planen går inte att använda: {verdict}"
    held = counts(plan)
    return (
        f"{plan.title}: {_many(held['rules'], 'regel', 'regler')} "
        f"({held['stated']} står i källan, {held['inferred']} följer av den, {held['assumed']} antas), "
        f"{_many(held['functions'], 'funktion', 'funktioner')}, {_many(held['units'], 'enhet', 'enheter')}. "
        f"{held['unchecked']} av {_many(held['citations'], 'hänvisning', 'hänvisningar')} är inte kontrollerade. {verdict}"
    )


def counts(plan: Plan) -> dict[str, int]:
    """How much a plan holds, and how sure it is."""
    citations = [citation for clause in plan.clauses.values() for citation in clause.citations]
    return {
        "rules": len(plan.rules),
        **{basis: sum(rule.basis == basis for rule in plan.rules.values()) for basis in ("stated", "inferred", "assumed")},
        "functions": len(plan.functions),
        "units": len(plan.units),
        "citations": len(citations),
        "unchecked": sum(not citation.seen for citation in citations),
    }


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _as_json(plan: Plan | None, problems: Iterable[Problem]) -> dict[str, Any]:
    return {
        "plan": None if plan is None else {"id": plan.id, "digest": plan.digest, **counts(plan)},
        "problems": [
            {
                "file": problem.position.file,
                "line": problem.position.line,
                "column": problem.position.column,
                "severity": problem.severity,
                "code": problem.code,
                "text": problem.text,
            }
            for problem in problems
        ],
    }


def _plan_files(plan: Plan | None) -> dict[str, Any]:
    from samverkan.plan.schema import plan_schema

    return plan_schema(plan)


def _scenario_files(plan: Plan | None) -> dict[str, Any]:
    from samverkan.exercise.scenario_schema import scenario_schema
    from samverkan.plan.schema import with_words

    return with_words(scenario_schema(), plan)


def _events(plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.schemas import events_schema
    from samverkan.plan.schema import with_words

    return with_words(events_schema(), plan)


def _answer(_plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.schemas import answer_schema

    return answer_schema()


def _questions(_plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.schemas import questions_schema

    return questions_schema()


def _why(_plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.explained import Why
    from samverkan.case.schemas import explanation_schema

    return explanation_schema(Why)


def _why_not(_plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.explanations import WhyNot
    from samverkan.case.schemas import explanation_schema

    return explanation_schema(WhyNot)


def _what_if(_plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.explanations import WhatIf
    from samverkan.case.schemas import explanation_schema

    return explanation_schema(WhatIf)


def _case(plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.case_schemas import case_schema
    from samverkan.plan.schema import with_words

    return with_words(case_schema(), plan)


def _ledger(_plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.case_schemas import ledger_schema

    return ledger_schema()


def _outcome(_plan: Plan | None) -> dict[str, Any]:
    from samverkan.case.case_schemas import outcome_schema

    return outcome_schema()


SCHEMAS: dict[str, Callable[[Plan | None], dict[str, Any]]] = {
    "plan.schema.json": _plan_files,
    "scenario.schema.json": _scenario_files,
    "events.schema.json": _events,
    "answer.schema.json": _answer,
    "questions.schema.json": _questions,
    "why.schema.json": _why,
    "why-not.schema.json": _why_not,
    "what-if.schema.json": _what_if,
    "outcome.schema.json": _outcome,
    "ledger.schema.json": _ledger,
    "case.schema.json": _case,
}
"""The schemas that there are: file name → what makes it, with a plan's words or without. A new sort of file is one line."""


def schema_texts(plan: Plan | None) -> dict[str, str]:
    """The schemas as they are written to files, by file name."""
    import json

    return {name: json.dumps(make(plan), ensure_ascii=False, indent=2) + "\n" for name, make in SCHEMAS.items()}


def run_schema(args: argparse.Namespace) -> int:
    """Writes the schemas. Returns 0, or 2 where the plan can't be used or the folder can't be written."""
    import sys
    from pathlib import Path

    from samverkan.cli.edges import said
    from samverkan.plan.errors import PlanError
    from samverkan.plan.loading import load_plan

    folder = Path(args.out)
    try:
        texts = schema_texts(None if args.plan is None else load_plan(args.plan))
        for name, text in texts.items():
            _write(folder / name, text)
    except PlanError as wrong:
        print("\n\n".join(str(said(one)) for one in wrong.problems), file=sys.stderr)
        return 2
    except OSError as wrong:
        print(f"fel: {wrong.filename or folder} går inte att skriva. Välj en annan mapp.", file=sys.stderr)
        return 2
    for name in texts:
        print(f"{folder / name} är skriven.")
    return 0


def _write(path: Path, text: str) -> None:
    """Writes beside and renames, so that no half-written file is ever seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
