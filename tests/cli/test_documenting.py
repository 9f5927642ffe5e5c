"""`samverkan document`: one file, written whole, for the day and the functions that are asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import EXEMPEL, samverkan


def test_a_file_is_written(tmp_path: Path) -> None:
    out = tmp_path / "plan.html"
    ran = samverkan("document", EXEMPEL, "--out", out, "--on", "2022-08-01", "--since", "2022-07-31")
    assert (ran.code, ran.out, ran.err) == (0, f"Skrev {out}.\n", "")
    text = out.read_text("utf-8")
    assert "Läget den 1 augusti 2022." in text
    assert "Ändrat sedan 31 juli 2022" in text
    assert [path.name for path in tmp_path.iterdir()] == ["plan.html"]


def test_today_where_no_day_is_named(tmp_path: Path) -> None:
    assert samverkan("document", "--out", tmp_path / "plan.html").code == 0


def test_a_functions_part_is_shorter(tmp_path: Path) -> None:
    for name, words in (("hel", ()), ("del", ("--function", "aklagare"))):
        assert samverkan("document", "--out", tmp_path / f"{name}.html", "--on", "2026-05-16", *words).code == 0
    whole, part = ((tmp_path / f"{name}.html").read_text("utf-8") for name in ("hel", "del"))
    assert len(part) < len(whole) / 2
    assert "Delen för åklagaren." in part


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--out", "plan.pdf"], "--out: plan.pdf ska sluta på .html eller .htm. Byt filens namn."),
        (["--out", "finns/inte.html"], "mappen finns finns inte"),
        (["--out", "a.html", "--on", "i dag"], "--on: 'i dag' är ingen dag."),
        (["--out", "a.html", "--on", "2012-01-01"], "planen gäller från 2013-05-01"),
        (["--out", "a.html", "--on", "2024-01-01", "--since", "2024-01-01"], "ska ligga före den dag som dokumentet beskriver"),
        (["--out", "a.html", "--function", "polis"], "--function: okänd funktion 'polis'. Menade du 'polisen'?"),
        ([], "det här saknas: --out"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(tmp_path: Path, words: list[str], message: str) -> None:
    ran = samverkan("document", *words, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert not list(tmp_path.iterdir())


def test_without_jinja_it_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import importlib.util, sys\nfound = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'jinja2' else found(name, *more)\n"
        f"from samverkan.cli.main import main\nsys.exit(main(['document', '--out', {str(tmp_path / 'a.html')!r}]))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert ran.returncode == 2
    assert "pip install 'samverkan[document]'" in ran.stderr
