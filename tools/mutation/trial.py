"""Trying one mutant: a fork that has imported pytest and what else never changes runs the subset until a test fails.

Each worker has a folder of its own with a copy of the house, so that programs that tests start meet the mutant too. Tests that are
likely to kill it come first: those that killed others of its file, then those that call its function, then all the others.
"""

from __future__ import annotations

import compileall
import gc
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

COPIED = ("engine", "tests", "rules", "scenarios", "pyproject.toml", "constraints.txt")
MEMORY = 4 << 30
LONGEST = 600
COLLECTING = 30.0
SLOWEST = 5.0
"""A test may take this many times its own time (and this many seconds more) before its mutant counts as running for ever."""
FEWER = 4
"""Generated tests try this part of their examples, so that the subset is quick; `STATES` are enough to show every term true."""
SETTINGS = "_hypothesis_internal_use_settings"
STATES = {"SAMVERKAN_STATES": "800"}
OPTIONS = ("-q", "-x", "--tb=no", "--assert=plain", "--no-header", "--no-summary", "-p", "no:cacheprovider")


@dataclass(frozen=True, slots=True)
class Stage:
    """What is run together: files, folders or single tests; without some of them; only some of them, the quickest first."""

    tests: Sequence[str]
    without: frozenset[str] = frozenset()
    only: frozenset[str] | None = None


def call(file: str, function: str) -> str:
    """How a call of a function (or method, with its class) of a file of the package is written down."""
    return f"{file} {function.partition('.<locals>')[0]}"


@dataclass(slots=True)
class Report:
    """What a fork said: `survived`, `killed` or `timeout`, by which test; what tests took and what they called."""

    outcome: str = "survived"
    by: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    calls: dict[str, list[str]] = field(default_factory=dict)
    cpu: float = 0.0
    wall: float = 0.0


class Worker:
    """A folder with a copy of the house, in which one mutant at a time is tried."""

    def __init__(self, house: Path, folder: Path) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in COPIED:
            of = house / name
            if of.is_dir():
                shutil.copytree(of, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(of, folder / name)
        for compiled in ("engine", "tests"):
            compileall.compile_dir(folder / compiled, quiet=2)
        self._package = folder / "engine" / "samverkan"
        self._told = folder / "told.jsonl"
        self._changed: tuple[Path, bytes, int] | None = None
        self._started = 0.0
        self._tried = 0
        self._fork = 0

    def digest(self) -> str:
        """Of all that is in the folder and says how the tests go."""
        found = sha256(json.dumps([FEWER, STATES, OPTIONS, sys.version]).encode())
        for path in sorted(p for name in COPIED for p in [self.folder / name, *(self.folder / name).rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                found.update(f"{path.relative_to(self.folder)}\0".encode() + path.read_bytes())
        return found.hexdigest()

    def start(
        self, stages: Sequence[Stage], limits: Mapping[str, float], change: tuple[str, str] | None, *, calls: bool = False
    ) -> int:
        """Fork, and let the fork run stage by stage, with a file changed to a text if one is given.

        `limits` are the seconds that each test takes. `calls`: let it tell what each test calls. Returns the fork's id.
        """
        if change is not None:
            path = self._package / change[0]
            stat = path.stat()
            self._changed = path, path.read_bytes(), stat.st_mtime_ns
            path.write_text(change[1], "utf-8")
            # A time that neither the original nor another mutant has, to the second: else Python takes what it compiled of that
            # (some tests start programs that write down what they compile).
            self._tried += 1
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - (7 << 40) - self._tried * 2_000_000_000))
            self._forget_days()
        self._started = time.monotonic()
        self._told.write_bytes(b"")
        pid = os.fork()
        if not pid:
            _Fork(self.folder, self._told, limits, calls).run(stages)
        self._fork = pid
        return pid

    def finish(self, status: int, cpu: float) -> Report:
        """What came of it, and the folder as it was. `status` and `cpu` are what the system says of the fork that ended."""
        with suppress(ProcessLookupError):  # a program that a test started, and that runs for ever
            os.killpg(self._fork, signal.SIGKILL)
        report = Report(cpu=cpu, wall=time.monotonic() - self._started)
        for kind, test, told in map(json.loads, self._told.read_text("utf-8").splitlines()):
            if kind == "passed":
                report.seconds[test] = told
            elif kind == "calls":
                report.calls[test] = told
            else:
                report.outcome, report.by = kind, test
        if report.outcome == "survived" and status:
            ended = "timeout" if status == -signal.SIGXCPU else "killed"
            report.outcome, report.by = ended, f"the process ended with {status}"
        if self._changed is not None:
            path, content, mtime = self._changed
            path.write_bytes(content)
            os.utime(path, ns=(mtime, mtime))
            self._forget_days()
            self._changed = None
        return report

    def _forget_days(self) -> None:
        """What a mutant of the directory computed and kept must not reach the next one, nor the right days the mutant."""
        if self._changed is not None and self._changed[0].parent.name == "directory":
            shutil.rmtree(self.folder / "kept", ignore_errors=True)


class _Fork:
    """A pytest plugin inside the fork: it tells the parent what happens, and ends the fork at the first failure."""

    def __init__(self, folder: Path, told: Path, limits: Mapping[str, float], calls: bool) -> None:
        self._folder, self._limits, self._calls = folder, limits, calls
        self._told = os.open(told, os.O_WRONLY | os.O_APPEND)
        self._passed: set[str] = set()
        self._fewer: set[Any] = set()
        self._called: set[CodeType] = set()
        self._stage = Stage(())
        self._now = "collecting"

    def run(self, stages: Sequence[Stage]) -> None:
        status = 70
        try:
            self._settle()
            import pytest

            options = [*OPTIONS, f"--rootdir={self._folder}", f"--basetemp={self._folder / 'tmp'}"]
            for self._stage in stages:
                self._limit(COLLECTING)
                status = int(pytest.main([*options, *self._stage.tests], plugins=[self]))
                nothing_to_do = status == 5 or (status == 4 and self._stage is not stages[-1])  # a test that is no more, at first
                if status and not nothing_to_do:
                    break
                status = 0
        finally:
            os._exit(status)

    def _settle(self) -> None:
        """Make this process one that runs in the worker's folder, quietly, and not for ever."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for one in (0, 1, 2):
            os.dup2(nothing, one)
        os.setsid()
        os.chdir(self._folder)
        sys.dont_write_bytecode = True  # what is compiled of a mutant must not be taken for the next one
        engine = str(self._folder / "engine")
        os.environ.update(STATES, SAMVERKAN_CACHE=str(self._folder / "kept"), PYTHONDONTWRITEBYTECODE="1", PYTHONPATH=engine)
        sys.path.insert(0, engine)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
        signal.signal(signal.SIGVTALRM, self._for_ever)
        signal.signal(signal.SIGALRM, self._for_ever)

    def _limit(self, seconds: float) -> None:
        """This much time of the processor, and ten times as much by the clock (for a test that only waits)."""
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        signal.setitimer(signal.ITIMER_REAL, 10 * seconds)

    def _for_ever(self, _signal: int, _frame: FrameType | None) -> None:
        self._end("timeout", self._now)

    def _tell(self, kind: str, test: str, told: object = None) -> None:
        os.write(self._told, (json.dumps([kind, test, told]) + "\n").encode())

    def _end(self, kind: str, test: str) -> None:
        self._tell(kind, test)
        os._exit(1)

    # What pytest calls.

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        stage = self._stage
        for test in {getattr(item.obj, "__func__", item.obj) for item in items} - self._fewer:
            self._fewer.add(test)
            _try_fewer(test)
        items[:] = [i for i in items if i.nodeid not in self._passed and i.nodeid.partition("[")[0] not in stage.without]
        if stage.only is not None:
            only = stage.only
            items[:] = sorted((i for i in items if i.nodeid in only), key=lambda i: self._limits.get(i.nodeid, 0.0))

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._end("killed", f"collecting {report.nodeid}")

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._now = nodeid
        self._limit(SLOWEST + SLOWEST * self._limits.get(nodeid, SLOWEST))
        if self._calls:
            self._called.clear()
            sys.setprofile(self._note)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        if self._calls:
            sys.setprofile(None)
            package = str(self._folder / "engine" / "samverkan") + os.sep
            ours = [code for code in self._called if code.co_filename.startswith(package)]
            self._tell("calls", nodeid, sorted({call(c.co_filename.removeprefix(package), c.co_qualname) for c in ours}))

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self._called.add(frame.f_code)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self._end("killed", report.nodeid)
        if report.when == "call":
            self._passed.add(report.nodeid)
            self._tell("passed", report.nodeid, report.duration)


def _try_fewer(test: Any) -> None:
    """Let a generated test try fewer examples, however slow they are; other tests are left as they are."""
    from hypothesis import HealthCheck, settings

    declared = getattr(test, SETTINGS, None)
    if isinstance(declared, settings):
        most = min(declared.max_examples, max(declared.max_examples // FEWER, 10))
        fewer = settings(declared, max_examples=most, deadline=None, suppress_health_check=list(HealthCheck))
        setattr(test, SETTINGS, fewer)


def preload() -> None:
    """Import what tests need and no mutant changes, once for all forks; let hypothesis be the same each time, and not shrink."""
    import holidays  # noqa: F401
    import hypothesis
    import pydantic  # noqa: F401
    import pytest  # noqa: F401
    import rich.progress  # noqa: F401
    import yaml  # noqa: F401

    hypothesis.settings.register_profile(
        "mutation", derandomize=True, database=None, phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate]
    )
    hypothesis.settings.load_profile("mutation")
    gc.freeze()
