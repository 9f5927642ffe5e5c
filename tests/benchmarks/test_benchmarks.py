"""What `make bench` does, once and in small sizes, so that it can't rot; and that all matchers and peers find the same rules."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.benchmarks.__main__ import SECTIONS, main
from tests.benchmarks.durable_worker import DurableProcess
from tests.benchmarks.matching import said_by
from tests.benchmarks.measuring import Contender, Taken, in_turn, ratio
from tests.benchmarks.peers import OURS, PEERS
from tests.benchmarks.workload import Workload, states, unknown_share

from samverkan.decide.durable import is_installed


@pytest.mark.parametrize("complete", [True, False], ids=["complete", "unknown"])
@pytest.mark.parametrize("rules", [10, 100])
def test_all_matchers_and_peers_find_the_same_rules(rules: int, complete: bool) -> None:
    work = Workload(rules, 200, complete)
    assert (unknown_share(work) == 0) == complete
    said = {make.name: said_by(make(work)) for make in (*OURS, *PEERS)}
    if is_installed():
        with DurableProcess(rules, 200, complete) as durable:
            said["durable-rules"] = durable.checksum
    assert len(said) >= 6
    assert len(set(said.values())) == 1, said


def test_the_checksum_tells_other_rules_and_other_states_apart() -> None:
    work, more, other = Workload(10, 50, True), Workload(11, 50, True), Workload(10, 51, True)
    assert len({said_by(OURS[0](one)) for one in (work, more, other)}) == 3


def test_states_are_always_the_same() -> None:
    group = Workload(10, 1, True).group
    assert [one for one, _ in zip(states(group, True), range(5), strict=False)] == Workload(10, 5, True).states


def test_what_slows_a_whole_round_does_not_change_a_ratio() -> None:
    paces = [1.0, 9.0, 2.0]
    calls: list[str] = []

    def contender(name: str, cost: float) -> Contender:
        def measure(_: int) -> Taken:
            pace = paces[len(calls) // 2]
            calls.append(name)
            return Taken(cost * pace, 0.0)

        return Contender(name, measure, fresh=True)

    timings = in_turn([contender("first", 1.0), contender("second", 3.0)], len(paces), 0.0)
    assert calls == ["first", "second", "second", "first", "first", "second"]
    assert ratio(timings["second"], timings["first"]) == 3.0
    assert timings["first"].cpu == 2.0


@pytest.mark.slow
def test_the_whole_of_it_runs_and_writes_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quick", "--out", str(tmp_path)])
    found = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert set(SECTIONS) <= set(found)
    report = (tmp_path / "report.md").read_text("utf-8")
    pictures = set(re.findall(r"\]\((.*?\.svg)\)", report))
    assert pictures == {path.name for path in tmp_path.glob("*.svg")}
    assert len(pictures) == 5
    assert "met" in capsys.readouterr().out
