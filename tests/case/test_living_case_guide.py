"""What docs/living-case.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from samverkan.case.case import Case

GUIDE = (Path(__file__).parents[2] / "docs" / "living-case.md").read_text("utf-8")


def test_the_example_runs_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "living-case.md", "exec"), names)
    said = capsys.readouterr().out.splitlines()
    assert "Polisen ska, enligt egen åtgärd: Ring boendet igen." in said
    case = names["case"]
    assert isinstance(case, Case)
    assert [entry.cause for entry in case.ledger if entry.cause != "clock"] == ["event", "event", "own_measure", "event"]
    assert (case.events[-1].type, case.events[-1].how) == ("svar", "colleague")
    assert names["then"].decisions
    assert names["calendar"].startswith(b"BEGIN:VCALENDAR")
    assert Case.of_log(case.plan, case.log).ledger == case.ledger


def test_every_call_that_it_names_is_there() -> None:
    named = set(re.findall(r"`(\w+)\([^`]*\)`", GUIDE)) - {"events", "became"}
    assert {"fire", "advance", "add_measure", "end_measure", "close", "reopen", "migrate", "hand_over", "blockers"} <= named
    assert [name for name in named if not hasattr(Case, name)] == []
