"""durable-rules in a process of its own, measured there: its rulesets leak, and a crash in C takes the process with it.

Run as a program it builds a workload, says its checksum, and then answers each line of JSON with a line until the input ends.
`DurableProcess` is the other end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import Any

from tests.benchmarks.explained import Explaining
from tests.benchmarks.measuring import Taken, timed
from tests.benchmarks.workload import MAYBE, Workload, checksum

from samverkan.decide.durable import Compared, Durable
from samverkan.decide.groups import State

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0
"""Seconds until a process that doesn't answer is ended."""


class DurableProcess:
    """A worker with one workload, used as a context. `checksum`: of the rows that hold; `built`: the seconds that building took."""

    def __init__(self, rules: int, count: int, complete: bool) -> None:
        self._workload = [rules, count, complete]
        self.checksum = ""
        self.built = 0.0

    def __enter__(self) -> DurableProcess:
        words = [sys.executable, "-m", __name__, json.dumps(self._workload)]
        self._process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        built = self._answer()
        self.checksum, self.built = built["checksum"], built["cpu"]
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def match(self, repeats: int) -> Taken:
        """Every state of the workload matched."""
        return self._taken({"do": "match", "count": repeats})

    def explain(self, count: int) -> Taken:
        """Explained decisions with durable-rules live, each state compared with the compiled matcher's answer."""
        return self._taken({"do": "explain", "count": count})

    def explained(self, count: int) -> str:
        """The checksum of some explained decisions."""
        return str(self._ask({"do": "explained", "count": count})["checksum"])

    def _taken(self, question: dict[str, Any]) -> Taken:
        return Taken(**self._ask(question))

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        timer = Timer(PATIENCE, self._process.kill)
        timer.start()
        line = self._process.stdout.readline()
        timer.cancel()
        if not line:
            raise RuntimeError(f"durable-rules' process ended with {self._process.wait()} on {self._workload}")
        answer: dict[str, Any] = json.loads(line)
        return answer


class _Rows:
    """The workload put to durable-rules."""

    def __init__(self, work: Workload) -> None:
        self._work = work
        self._matcher = Durable([work.group])
        built = timed(self.holding, work.states[:1])
        self.built = built.cpu

    def holding(self, one: State) -> object:
        return self._matcher.match(0, one)

    def checksum(self) -> str:
        numbers = range(len(self._work.group.terms))
        said = []
        for state in self._work.states:
            true, possible = self._matcher.match(0, state)
            maybe = [] if self._work.complete else [f"{MAYBE}rule{n}" for n in numbers if possible >> n & 1]
            said.append([f"rule{n}" for n in numbers if true >> n & 1] + maybe)
        return checksum(said)


def main(rules: int, count: int, complete: bool) -> None:
    """The worker."""
    work = Workload(rules, count, complete)
    rows = _Rows(work)
    print(json.dumps({"checksum": rows.checksum(), "cpu": rows.built}), flush=True)
    explaining: Explaining | None = None
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["do"] == "match":
            taken = timed(rows.holding, work.states, asked["count"])
            print(json.dumps({"cpu": taken.cpu, "wall": taken.wall}), flush=True)
            continue
        explaining = explaining or Explaining(work.plan, Compared([work.group]))
        if asked["do"] == "explain":
            taken = explaining.measure(asked["count"])
            print(json.dumps({"cpu": taken.cpu, "wall": taken.wall}), flush=True)
        else:
            print(json.dumps({"checksum": explaining.checksum(asked["count"])}), flush=True)
        assert not explaining.matcher.diagnostics, explaining.matcher.diagnostics


if __name__ == "__main__":
    main(*json.loads(sys.argv[1]))
