"""A program that embeds the library may use it from many threads and tasks at once: nothing is shared but what never changes."""

from __future__ import annotations

import ast
import asyncio
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from tests.stories import PLANS, example_plan

from samverkan import Case, Plan, answer_to_json, case_from_json, case_to_json, event_from_json, ledger_to_json, outcome_to_json
from samverkan.decide.asjson import canonical

ENGINE = Path(__file__).parents[2] / "engine" / "samverkan"
MANY = 100
AGES = ("child", "maybe_child", "adult")


def steps(plan: Plan, case: Case, number: int) -> Iterator[tuple[Case, str]]:
    """A case is lived, one of many that differ a little: the case after each step, and all that it says then."""
    person = f"S{number % 7}"
    age = AGES[number % len(AGES)]
    told: tuple[dict[str, Any], ...] = (
        {"event": "person_met", "about": f"{person} seller", "at": f"2026-05-12 {number % 20:02}:10", "facts": {"age": age}},
        {"done": "stod.saljare/information " + person, "at": "2026-05-12 22:00"},
        {"event": "age_established", "about": person, "at": "2026-05-13 08:00", "facts": {"age": "adult"}},
    )
    for place, data in enumerate(told):
        outcome = case.fire(event_from_json(plan, data, f"h{number}-{place}"), strict=False)
        case = outcome.case
        yield case, canonical(outcome_to_json(outcome))
    at = outcome.at + timedelta(days=2)
    yield case, canonical([case_to_json(case), ledger_to_json(case.ledger, plan), answer_to_json(case.at(at), plan)])


def lived(plan: Plan, number: int, case: Case | None = None) -> list[str]:
    return [said for _, said in steps(plan, case or Case(plan), number)]


def unprepared() -> Plan:
    """A plan that nothing has been worked out for yet: equal to the example, and another object."""
    return replace(example_plan())


@pytest.fixture
def busy() -> Iterator[None]:
    """Threads take turns fifty times as often as they do."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("busy")
def test_a_hundred_threads_on_one_plan_say_what_they_say_one_after_the_other() -> None:
    alone = [lived(unprepared(), number) for number in range(12)]
    plan, ready = unprepared(), Barrier(MANY)

    def one(number: int) -> list[str]:
        ready.wait(60)
        return lived(plan, number % 12)

    with ThreadPoolExecutor(MANY) as threads:
        assert list(threads.map(one, range(MANY))) == [alone[number % 12] for number in range(MANY)]


@pytest.mark.usefixtures("busy")
def test_a_hundred_threads_go_on_from_one_case_and_it_stays_what_it_is() -> None:
    plan = unprepared()
    shared = list(steps(plan, Case(plan), 3))[1][0]
    as_it_was = canonical(case_to_json(shared))
    alone = [lived(plan, number, case_from_json(plan, case_to_json(shared))) for number in range(4, 11)]
    ready = Barrier(MANY)

    def one(number: int) -> list[str]:
        ready.wait(60)
        assert shared.ledger
        return lived(plan, number % 7 + 4, shared)

    with ThreadPoolExecutor(MANY) as threads:
        assert list(threads.map(one, range(MANY))) == [alone[number % 7] for number in range(MANY)]
    assert canonical(case_to_json(shared)) == as_it_was


def test_a_hundred_tasks_on_one_plan_say_what_they_say_one_after_the_other() -> None:
    plan = unprepared()

    async def one(number: int) -> list[str]:
        said = []
        for _, text in steps(plan, Case(plan), number % 12):
            said.append(text)
            await asyncio.sleep(0)
        return said

    async def all_of_them() -> list[list[str]]:
        return await asyncio.gather(*map(one, range(MANY)))

    alone = [lived(unprepared(), number) for number in range(12)]
    assert asyncio.run(all_of_them()) == [alone[number % 12] for number in range(MANY)]


def test_a_case_opens_no_file_starts_no_program_and_asks_no_network() -> None:
    """Once a plan is loaded, all that happens is work: told by the interpreter itself, in one of its own."""
    code = f"""
        import sys, zoneinfo, importlib, pkgutil
        import samverkan.case, samverkan.decide
        from tests.case.test_embedding import lived
        from samverkan import load_plan
        for room in (samverkan.case, samverkan.decide):
            for module in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
                importlib.import_module(module.name)
        plan, other = load_plan({str(PLANS / "exempel")!r}), load_plan({str(PLANS / "exempel")!r})
        lived(other, 1)  # time zones have been read
        touched = []
        def hook(event, args):
            if event.split(".")[0] in ("open", "os", "socket", "subprocess", "shutil", "tempfile", "urllib", "import", "sqlite3"):
                touched.append((event, args))
        sys.addaudithook(hook)
        said = lived(plan, 1)
        found, touched = touched, []
        assert len(said) == 4
        print(found)
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ENGINE.parents[1], capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stdout == "[]\n"


LOADERS = {"directory/loading.py", "directory/kept_days.py"}
OUTSIDE = {"os", "io", "time", "random", "secrets", "uuid", "socket", "subprocess", "pathlib", "locale", "logging"}
TIMES, CLOCKS = {"datetime", "date"}, {"now", "today", "utcnow"}


def test_the_library_has_no_clock_no_chance_and_nothing_that_one_case_leaves_for_another() -> None:
    modules = [path for room in ("decide", "case", "directory") for path in (ENGINE / room).rglob("*.py")]
    assert len(modules) > 60
    assert [fault for path in sorted(modules) for fault in impure(path)] == []


def impure(path: Path) -> Iterator[str]:
    """What a module asks of the world outside."""
    name = str(path.relative_to(ENGINE))
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Global | ast.Nonlocal):
            yield f"{name}:{node.lineno}: {', '.join(node.names)} is changed from inside"
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and isinstance(node.value, ast.Name) and node.value.id in TIMES:
            yield f"{name}:{node.lineno}: {node.value.id}.{node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("open", "print", "input"):
            yield f"{name}:{node.lineno}: {node.func.id}()"
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if name not in LOADERS:
            yield from (f"{name}: imports {one}" for one in names if one.partition(".")[0] in OUTSIDE)
