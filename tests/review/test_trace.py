"""Clause → rules → scenarios and back: nothing is lost on the way, as data, as JSON and in what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.exercise.scenarios import CAUGHT, MET, scenario, write_scenario
from tests.stories import example_plan

from samverkan.plan import cache
from samverkan.plan.loading import load_plan
from samverkan.review import keeping
from samverkan.review.trace import Trace, clause_traces, clauses_of, trace


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    return trace(example_plan(), [scenario(tmp_path_factory.mktemp("trace"), MET + CAUGHT)])


def test_clauses_lead_to_rules_and_rules_to_clauses(found: Trace) -> None:
    there = {(clause.id, rule) for clause in found.clauses for rule in clause.rules}
    back = {(clause, rule.id) for rule in found.rules for clause in rule.clauses}
    assert there == back
    assert {rule.id for rule in found.rules} == set(example_plan().rules)
    assert {clause.id for clause in found.clauses} == set(example_plan().clauses)


def test_rules_lead_to_scenarios_and_scenarios_to_rules(found: Trace) -> None:
    there = {(rule.id, showing.scenario) for rule in found.rules for showing in rule.showings}
    assert there == {(rule, one.id) for one in found.scenarios for rule in one.rules}
    assert there


def test_what_allows_telling_is_a_clause_that_the_rule_rests_on() -> None:
    plan = load_plan()
    for rule in plan.rules.values():
        for measure in rule.then:
            if measure.allowed_clause is not None:
                assert measure.allowed_clause in clauses_of(rule)


def test_a_clause_has_rules_a_reason_or_is_bare() -> None:
    plan = load_plan()
    clauses = clause_traces(plan)
    for clause in clauses:
        assert bool(clause.reason) == (plan.clauses[clause.id].unruled is not None)
    said = Trace(clauses, (), ())
    ruled = {clause.id for clause in clauses if clause.rules}
    assert ruled | {c.id for c in said.reasoned} | {c.id for c in said.bare} == set(plan.clauses)
    assert not ruled & {c.id for c in said.bare}
    assert len(said.reasoned) <= 0.2 * len(clauses), "at most a fifth of the clauses have only a reason"


def test_the_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    trace(example_plan(), [scenario(tmp_path, MET, {"S1": "kvinnan"})], lambda *said: told.append(said))
    assert {what for what, _, _ in told} == {"Spelar scenarier", "Söker tysta varianter"}
    assert all(0 <= done < every for _, done, every in told)


def test_json_and_back(found: Trace) -> None:
    said = keeping.to_json(found)
    assert keeping.from_json(said) == found
    assert said["uncovered"]["rules"] == [rule.id for rule in found.unshown]
    assert said["uncovered"]["never_silent"] == [rule.id for rule in found.never_silent]


def test_a_trace_is_kept_until_plan_or_scenario_changes(
    found: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_CACHE", str(tmp_path / "kept"))
    plan, path = example_plan(), write_scenario(tmp_path, MET, {"S1": "kvinnan"})
    key = keeping.key_of(plan, [path])
    assert keeping.fetch(key) is None
    keeping.keep(key, found)
    assert keeping.fetch(key) == found
    path.write_text(path.read_text("utf-8") + "# en rad till\n", encoding="utf-8")
    assert keeping.key_of(plan, [path]) != key
    assert keeping.key_of(load_plan(), [path]) != keeping.key_of(plan, [path])


def test_what_is_kept_and_is_no_trace_is_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_CACHE", str(tmp_path))
    cache.keep("trace-x", {"clauses": [{"id": "a"}], "rules": [], "scenarios": []})
    assert keeping.fetch("trace-x") is None
