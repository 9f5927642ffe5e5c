"""A whole case as JSON, and back: which plan it pinned, and everything that was done to it, in order.

Answers and ledger aren't in it: they follow from it, and a case that is read again gives the same ones, to the byte. The plan isn't
in it either, but its digest is: a case is opened only under the very plan that decided it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from samverkan.case.case import Case
from samverkan.case.json_parts import Part, PlacedError, text
from samverkan.case.matchers import MatcherName
from samverkan.case.step_json import PLAN_KEYS, Steps, plan_to_json, steps_to_json
from samverkan.decide.naming import quoted
from samverkan.plan.errors import PlanError, Problem
from samverkan.plan.json_nodes import JsonNode, read_json
from samverkan.plan.model import Plan, Position
from samverkan.plan.spelling import listed

FORMAT = "samverkan-case/1"
_SHOWN = 12
"""How much of a digest a message shows."""


def case_to_json(case: Case) -> dict[str, Any]:
    """A case as plain JSON values: `format`, the `plan` that it pinned first, and its `log`, one object for each step.

    A host that keeps its log in rows keeps the objects of `log`, the last one after each step, and puts them together again.

    Args:
        case: any case, open or closed.
    """
    return {"format": FORMAT, "plan": plan_to_json(case.first_plan), "log": steps_to_json(case.log)}


def case_from_json(plans: Plan | Iterable[Plan], data: Mapping[str, Any], matcher: MatcherName = "compiled") -> Case:
    """The case that `case_to_json` wrote: every answer and the ledger are the same again, to the byte.

    Args:
        plans: the plan that the case pinned, by its digest; where it changed plans, all of them, in any order.
        data: the JSON object, as `json.loads` gives it.
        matcher: as for `Case`.

    Raises:
        EventError: it has another form or version, a plan that it pinned isn't among `plans`, or a step can't be, holds personal
            data or isn't in the plan's words. The text says where (`log[3].event.at`), and repeats no personal data.
    """
    given = {plan.digest: plan for plan in ([plans] if isinstance(plans, Plan) else plans)}

    def plan_of(part: Part) -> Plan:
        return _plan_of(part, given)

    _check_format(data)
    whole = Part(data, (), ("format", "plan", "log"))
    plan = plan_of(whole.part("plan", PLAN_KEYS))
    steps = Steps(plan, plan_of)
    return Case.of_log(plan, [steps.read(value, path) for path, value in whole.items("log")], matcher)


def read_case(plans: Plan | Iterable[Plan], content: bytes, file: str, matcher: MatcherName = "compiled") -> Case:
    """The case of a file, read strictly: nothing doubled, nothing guessed.

    Args:
        plans: as for `case_from_json`.
        content: the bytes of the file.
        file: what it is called in errors.
        matcher: as for `Case`.

    Raises:
        PlanError: what is wrong, with file, line and column.
    """
    root = read_json(content, file, "Ett ärende ryms i mindre: läs det med case_from_json om det är så stort.")
    if root is None:
        raise PlanError([Problem(Position(file, 1, 1), "filen är tom. Ett ärende är ett objekt med format, plan och log.")])
    try:
        return case_from_json(plans, root.plain(), matcher)  # type: ignore[arg-type]  # what is no object is refused there
    except PlacedError as problem:
        raise PlanError([Problem(_position(root, problem), problem.said, "error", "case")]) from None


def _check_format(data: object) -> None:
    """Another version is told before anything else: its keys may be others."""
    if not isinstance(data, Mapping):
        raise PlacedError((), "Ett ärende är ett objekt med format, plan och log.")
    said = data.get("format")
    if said != FORMAT:
        what = f"Formatet {quoted(said)} är ett annat." if isinstance(said, str) else "Nyckeln format saknas."
        path = ("format",) if "format" in data else ()
        raise PlacedError(path, f"{what} Det som kan läsas är {FORMAT}.")


def _plan_of(part: Part, given: Mapping[str, Plan]) -> Plan:
    digest = part.read("digest", text)
    if digest in given:
        return given[digest]
    named = f"{part.read('id', text)} version {part.maybe('version', text) or '?'} ({digest[:_SHOWN]})"
    there = listed([f"{plan.id} version {plan.version} ({plan.digest[:_SHOWN]})" for plan in given.values()])
    raise PlacedError(
        (*part.path, "digest"),
        f"Ärendet är avgjort under planen {named}, som inte är bland de planer som angavs: {there or 'ingen'}. Ange den "
        "versionen av planen. Ska en annan gälla, så öppna ärendet under sin egen först och byt sedan (migrate).",
    )


def _position(root: JsonNode, problem: PlacedError) -> Position:
    """Where it stands in the file, as near as there is something."""
    node, at = root, root.at
    for part in problem.path:
        if isinstance(part, str) and part in node.keys and problem.of_key:
            at = node.keys[part]
        below = node.get(part) if isinstance(part, str) else node.items[part] if node.items is not None else None
        if below is None:
            break
        node, at = below, at if problem.of_key and part == problem.path[-1] else below.at
    return at
