"""Events that a case system shouldn't have sent, through `samverkan decide --events`: all faults with their places, exit code 2."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from tests.broken.running import HERE, command
from tests.cli.running import EXEMPEL

CASES = sorted((HERE / "events").glob("*.json"))


def decide(case: Path | str, *words: str, typed: bytes = b"") -> tuple[int, str, str]:
    ran = command("decide", "--plan", EXEMPEL, "--events", case, *words, typed=typed)
    return ran.code, ran.out, ran.err


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_says_exactly_this(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = case.with_suffix(".said").read_text(encoding="utf-8").splitlines()
    assert said, "a case says what is expected"
    monkeypatch.chdir(case.parent)
    first, *others = said
    assert decide(case.name) == (2, "", "\n\n".join([f"samverkan decide: {first}", *others]) + "\n")


def test_every_answer_has_its_question() -> None:
    assert {path.stem for path in CASES} == {path.stem for path in (HERE / "events").glob("*.said")}


PERSONAL = [path for path in CASES if path.stem.startswith(("personnummer", "telefon", "e-post"))]
PIECES = ("1212", "1272", "4567", "123456", "TF12", "anna")
"""Of every number and address in these files."""


@pytest.mark.parametrize("case", PERSONAL, ids=lambda path: path.stem)
@pytest.mark.parametrize("words", [["--json"], ["--explain", "all"]], ids=["json", "explain"])
def test_personal_data_is_in_no_channel(case: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.parent)
    written = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", case.read_text(encoding="utf-8")))
    code, out, err = decide(case.name, *words)
    shown = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", err))
    assert (code, out) == (2, "")
    assert [piece for piece in PIECES if piece in shown] == []
    assert [piece for piece in PIECES if piece in written] or "arabiska" in case.stem


def test_no_message_is_a_traceback_or_english() -> None:
    for path in CASES:
        for line in path.with_suffix(".said").read_text(encoding="utf-8").splitlines():
            for english in ("expected", "invalid", "error", "must be", "Expecting", " not ", "found ", "Traceback"):
                assert english not in line
            assert line.rstrip()[-1] in ".?]", line
