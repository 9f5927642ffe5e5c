"""What things are called in a picture."""

from __future__ import annotations

import pytest
from tests.stories import example_plan

from samverkan.draw.phrases import condition_text, deadline_text, named, owed_text

PLAN = example_plan()


@pytest.mark.parametrize(
    ("subjects", "words"),
    [
        (["B1", "B2", "B3"], "köpare 1–3"),
        (["B1"], "köpare 1"),
        (["B1", "B3"], "köpare 1 och köpare 3"),
        (["B1", "S1"], "köpare 1 och Eva"),
        (["S1", "B1", "X"], "Eva, köpare 1 och X"),
        (["S1", "X", "Y", "Z", "Q"], "Eva, X och 3 till"),
        ([], ""),
    ],
)
def test_several_subjects(subjects: list[str], words: str) -> None:
    assert named(subjects, {"B1": "köpare 1", "B2": "köpare 2", "B3": "köpare 3", "S1": "Eva"}) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("at once", "genast"), ("promptly", "skyndsamt"), ("24 hours", "inom 24 timmar"), ("1 day", "inom 1 dag"),
        ("5 working days", "inom 5 arbetsdagar"), ("1 month", "inom 1 månad"),
        ("14 days after report_received", "inom 14 dagar efter: orosanmälan mottagen"),
        ("14 days or next working day", "inom 14 dagar (eller nästa arbetsdag)"), ("", ""),
    ],
)  # fmt: skip
def test_deadlines(text: str, words: str) -> None:
    assert deadline_text(PLAN, text) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("alder.ta-reda-pa", "Ålder: okänt?"),
        ("barn.orosanmalan", "Ålder: under 18 år eller kan vara under 18 år?"),
        ("stod.saljare", ""),
        ("kopare.egna-barn-vid-kop-av-barn", "Har köpt av någon som är eller kan vara under 18 år?"),
    ],
)
def test_conditions(rule: str, words: str) -> None:
    assert condition_text(PLAN, PLAN.rules[rule]) == words


def test_what_is_settled_is_not_asked() -> None:
    rule = PLAN.rules["betanketid.informera"]
    assert condition_text(PLAN, rule) == "Misstanke om människohandel: misstänks, rätt att vistas i Sverige: saknar eller okänt?"
    assert condition_text(PLAN, rule, frozenset({(None, "trafficking")})) == "Rätt att vistas i Sverige: saknar eller okänt?"


@pytest.mark.parametrize(
    ("rule", "measure", "words"),
    [
        ("stod.saljare", "information", "Ska informera om vilket stöd som finns"),
        ("stod.saljare", "erbjudande", "Ska erbjuda stödsamtal"),
        ("saljare.ej-misstankt", "avsta", "Ska inte behandla personen som misstänkt för att sälja"),
        ("kop.boter-strafforelaggande", "forelaggande", "Får utfärda strafföreläggande"),
        ("barn.orosanmalan", "anmalan", "Ska: Orosanmälan när ett barn utnyttjas"),
        ("stod.regionkoordinator", "radfragan", "Får rådfråga regionkoordinatorn"),
        ("alder.ta-reda-pa", "bedomning", "Är personen under 18 år?"),
    ],
)
def test_measures(rule: str, measure: str, words: str) -> None:
    found = PLAN.rules[rule].measure(measure)
    assert found is not None
    assert owed_text(PLAN, found, PLAN.rules[rule].title) == words
