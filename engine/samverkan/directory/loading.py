"""Opening a plan for use: read, checked to the end (somebody answers for everything, at all hours), and kept for next time."""

from __future__ import annotations

from pathlib import Path

from samverkan.directory.kept_days import use_kept_days
from samverkan.plan import cache
from samverkan.plan.errors import PlanError
from samverkan.plan.loading import DEFAULT, find_plan, inspect_plan, plan_files
from samverkan.plan.model import Plan


def load_plan(name_or_path: str | Path = DEFAULT) -> Plan:
    """The plan of a shipped name (`vastmanland`) or of a folder, ready to decide with.

    A plan that was opened before, and of which no file has changed, comes from the user's cache folder.

    Raises:
        PlanError: everything that is wrong with the plan, with file, line and column; also where there is no such plan.
    """
    folder = find_plan(name_or_path)
    beside = sorted(its.parent for its in folder.resolve().parent.glob("*/plan.yaml"))
    key = cache.key_of([plan_files(folder), *(plan_files(one) for one in beside if one != folder.resolve())])
    kept = cache.fetch_plan(key)
    if kept is not None:
        use_kept_days(kept.country)
        return kept
    reading = inspect_plan(name_or_path)
    if reading.plan is None or reading.errors:
        raise PlanError(reading.errors)
    from samverkan.directory.coverage import directory_problems

    missing = [problem for problem in directory_problems(reading.plan) if problem.severity == "error"]
    if missing:
        raise PlanError(missing)
    cache.keep_plan(key, reading.plan)
    use_kept_days(reading.plan.country)
    return reading.plan
