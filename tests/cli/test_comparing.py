"""`samverkan diff`: what changed between two days, as text and as JSON."""

from __future__ import annotations

import json

import pytest
from tests.cli.running import samverkan


def test_what_changed_in_plain_swedish() -> None:
    ran = samverkan("diff", "--on", "2022-08-01", "--on", "2022-07-31")
    assert (ran.code, ran.err) == (0, "")
    out = " ".join(ran.out.split())
    assert "från 2022-07-31 till 2022-08-01" in out
    assert "Regler som har tillkommit (" in out
    assert "• Socialtjänsten för vuxna: Socialnämnden får ansöka om betänketid (betanketid.namnden-ansoker, från 2022-08-01)" in out
    assert "kop.boter-strafforelaggande blir kop.villkorlig-dom-strafforelaggande" in out
    assert "Källor med en annan hänvisning (" in out
    assert "Förut: 6 kap. 11 § brottsbalken (böter eller fängelse i högst ett år)" in out


def test_units_that_changed() -> None:
    out = " ".join(samverkan("diff", "--on", "2014-12-31", "--on", "2015-01-01").out.split())
    assert "• Polisen: tillkommer Polismyndigheten i Västmanland; upphör Polismyndigheten i Västmanlands län" in out
    assert "Regler som har upphört" not in out


def test_nothing_changed() -> None:
    assert samverkan("diff", "--on", "2019-03-04", "--on", "2019-03-05").out.endswith("Inget har ändrats.\n")


def test_json() -> None:
    said = json.loads(samverkan("diff", "--on", "2025-06-30", "--on", "2025-07-01", "--json").out)
    assert (said["from"], said["to"]) == ("2025-06-30", "2025-07-01")
    report = next(one for one in said["recited"] if one["clause"] == "sol/anmalningsplikt")
    assert report["before"] == "14 kap. 1 § socialtjänstlagen (2001:453)"
    assert "barn.orosanmalan" in report["rules"]


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (["2025-01-01"], "Ange två dagar att jämföra"),
        (["2025-01-01", "2025-01-01"], "är samma dag, 2025-01-01"),
        (["2025-01-01", "igår"], "--on: 'igår' är ingen dag. Skriv till exempel 2025-04-01."),
        (["2025-01-01", "2001-01-01"], "planen gäller från 2013-05-01"),
        ([], "det här saknas: --on"),
    ],
)
def test_days_that_cannot_be_compared(days: list[str], message: str) -> None:
    ran = samverkan("diff", *(word for day in days for word in ("--on", day)))
    assert ran.code == 2
    assert message in ran.err
