"""The compiled matcher, durable-rules and the oracle say the same of states: of generated plans, and of the corpus by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.decide.promises.matching_states import Example, corpus
from tests.oracle.states import eye_on_values, verdict_of
from tests.stories import example_plan

from samverkan.plan.model import PERSON

ROOT = Path(__file__).parents[2]
WANTED = 20_000
PLANS, STATES = 100, 130


@cache
def compared() -> dict[str, Any]:
    """A batch in a process of its own (rulesets of durable-rules leak): every state by all three."""
    command = [sys.executable, "-m", "tests.deep.states", "--seed", "20240501"]
    sizes = ["--plans", str(PLANS), "--states", str(STATES), "--oracle", str(STATES)]
    done = subprocess.run([*command, *sizes], cwd=ROOT, capture_output=True, timeout=600, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_compiled_durable_and_oracle_agree_on_states_of_generated_plans() -> None:
    told = compared()
    assert told["differences"] == []
    assert told["plans"] == PLANS
    assert told["with_oracle"] == told["states"] >= WANTED


def test_the_generated_states_show_rules_that_hold_and_rules_that_do_not() -> None:
    told = compared()
    assert 0.1 < told["held"] / told["verdicts"] < 0.9


@pytest.mark.parametrize("example", corpus(), ids=lambda one: one.shows)
def test_the_oracle_says_of_each_state_what_was_written_by_hand(example: Example) -> None:
    """What the matchers are put to in test_matchers.py."""
    plan = example_plan()
    eye = eye_on_values(plan, example.facts)
    sort = PERSON if example.subject in plan.roles else example.subject
    its = [rule for rule in plan.rules.values() if rule.of == sort and rule.role in (None, example.subject)]
    verdicts = {rule.id: verdict_of(eye, rule) for rule in its}
    assert {rule for rule, verdict in verdicts.items() if verdict is True} == example.holds
    assert {rule for rule, verdict in verdicts.items() if verdict is None} == example.asks
