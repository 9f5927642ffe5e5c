"""A new county: Tresjö, with three municipalities, is made by the command, adds what it has agreed, and answers in a case."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.cli.running import samverkan

from samverkan.county.making import FILL_IN, TO_DO, county, files, left_to_bind, slug
from samverkan.county.writing import check_free, write_folder
from samverkan.decide.errors import EventError
from samverkan.plan.loading import load_plan

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).parent / "tresjo" / "lanets-egna.yaml"
MUNICIPALITIES = ("Norrsjö", "Mellansjö", "Södra Sjö")
NAMED = ("--name", "Tresjö län", *(word for one in MUNICIPALITIES for word in ("--municipality", one)))


@pytest.fixture
def tresjo(tmp_path: Path) -> Path:
    """The fictitious county as the command makes it, with the national layer beside it."""
    made = tmp_path / "tresjo"
    ran = samverkan("new-county", made, *NAMED, "--from", "2026-01-01")
    assert (ran.code, ran.err) == (0, "")
    return made


def test_the_plan_passes_the_check(tresjo: Path) -> None:
    ran = samverkan("check", tresjo)
    assert ran.code == 0
    assert " 0 fel och " in ran.out
    assert "enheter är inte bekräftade" in ran.out
    assert sorted(path.name for path in tresjo.parent.iterdir()) == ["sverige", "tresjo"]
    assert sorted(path.name for path in tresjo.iterdir()) == [TO_DO, "agencies.yaml", "plan.yaml"]


def test_somebody_answers_in_every_municipality(tresjo: Path) -> None:
    plan = load_plan(tresjo)
    assert plan.layers == ("sverige", "tresjo")
    assert [plan.municipalities[one] for one in ("norrsjo", "mellansjo", "sodra-sjo")] == list(MUNICIPALITIES)
    assert set(plan.functions) == {function for unit in plan.units.values() for function in unit.functions}
    assert all(unit.label.startswith(FILL_IN) for unit in plan.units.values())
    ran = samverkan(
        "decide", "--plan", tresjo, "--event", "minor_involved S1 seller", "--fact", "stay_municipality=sodra-sjo",
        "--at", "2026-05-16 23:10",
    )  # fmt: skip
    assert ran.code == 0
    assert "FYLL I: socialtjänstens barn- och ungdomsenhet, Södra Sjö" in " ".join(ran.out.split())


def test_the_county_adds_what_it_has_agreed(tresjo: Path) -> None:
    shutil.copy(OWN, tresjo)
    assert samverkan("check", tresjo).code == 0
    plan = load_plan(tresjo)
    assert plan.rules["tresjo.lanstraff"].layer == "tresjo"
    ran = samverkan("document", tresjo, "--out", tresjo.parent / "plan.html", "--on", "2026-05-16")
    assert ran.code == 0
    text = (tresjo.parent / "plan.html").read_text("utf-8")
    assert "Det här är ett utkast för Tresjö län" in text
    assert "En träff med länets kommuner" in text


def test_what_is_left_to_bind_is_listed(tresjo: Path) -> None:
    said = (tresjo / TO_DO).read_text("utf-8")
    base = load_plan("sverige")
    for function in base.functions.values():
        assert f"- [ ] {function.label} (" in said
    assert "barn- och ungdomsenhet (4 enheter)" in said
    made = county("x", "X", ["A"], date(2026, 1, 1), base)
    assert len(left_to_bind(made, base)) == len(base.functions)


def test_the_national_layer_that_stands_beside_is_used(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules" / "sverige", tmp_path / "sverige")
    before = {path.name: path.read_bytes() for path in (tmp_path / "sverige").iterdir()}
    ran = samverkan("new-county", tmp_path / "tresjo", *NAMED)
    assert ran.code == 0
    assert "Kopierade" not in ran.out
    assert {path.name: path.read_bytes() for path in (tmp_path / "sverige").iterdir()} == before


def test_nothing_is_written_over(tresjo: Path) -> None:
    before = {path.name: path.read_bytes() for path in tresjo.iterdir()}
    ran = samverkan("new-county", tresjo, *NAMED)
    assert ran.code == 2
    assert "finns redan, och inget skrivs över" in ran.err
    assert {path.name: path.read_bytes() for path in tresjo.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("mitt",), "Det här saknas: --name och --municipality."),
        (("mitt", "--name", "Mitt"), "Det här saknas: --municipality."),
        (("Mitt Län", *NAMED), "Till exempel mitt-lan."),
        (("sverige", *NAMED), "är namnet på planen som länet bygger på"),
        (("mitt", *NAMED, "--municipality", "norrsjö"), "'norrsjö' finns redan. Ange varje kommun en gång."),
        (("mitt", *NAMED, "--municipality", "???"), "har inga bokstäver"),
        (("mitt", "--name", "a" * 61, "--municipality", "B"), "är inget namn"),
        (("mitt", "--name", "M\nx: y", "--municipality", "B"), "är inget namn"),
        (("mitt", *NAMED, "--from", "igår"), "'igår' är ingen dag."),
        (("mitt", *NAMED, "--from", "2001-01-01"), "gäller från 2013-05-01"),
        (("finns/inte", *NAMED), "Mappen finns finns inte."),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    ran = samverkan("new-county", *words, cwd=tmp_path)
    assert ran.code == 2
    assert message in ran.err
    assert not list(tmp_path.iterdir())


def test_a_terminal_is_asked(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    program = [sys.executable, "-m", "samverkan", "new-county", str(tmp_path / "tresjo")]
    with subprocess.Popen(program, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:
        os.write(ours, "Tresjö län\nNorrsjö\nSödra Sjö\n\n".encode())
        out, err = running.communicate(timeout=120)
    os.close(theirs)
    os.close(ours)
    assert (running.returncode, err) == (0, "")
    assert "Vad heter länet?" in out
    assert "en plan för Tresjö län med 2 kommuner" in out
    assert load_plan(tmp_path / "tresjo").municipalities["norrsjo"] == "Norrsjö"


@pytest.mark.parametrize("name", ["Malung-Sälen", 'Citat "tecken"', "Kolon: och # staket", "{klammer}", "- streck", "Åäö"])
def test_a_name_is_never_read_as_yaml(tmp_path: Path, name: str) -> None:
    shutil.copytree(ROOT / "rules" / "sverige", tmp_path / "sverige")
    base = load_plan(tmp_path / "sverige")
    made = county("ny", name, [name], date(2026, 1, 1), base)
    write_folder(tmp_path / "ny", files(made, base))
    assert load_plan(tmp_path / "ny").municipalities[slug(name)] == name


def test_a_folder_that_is_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for folder in (tmp_path, tmp_path / "dangling"):
        with pytest.raises(EventError, match="inget skrivs över"):
            check_free(folder)
