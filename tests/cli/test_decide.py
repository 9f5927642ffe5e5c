"""`samverkan decide`: a situation straight from the command line."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.cli.running import EXEMPEL, Ran, samverkan

from samverkan.case.reading import event_from_json
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide as decided
from samverkan.plan.loading import load_plan

AT = "2013-05-14 21:10"


def decide(*words: str) -> Ran:
    return samverkan("decide", "--plan", EXEMPEL, *words)


ALL = "Alla ord: samverkan decide --words"
OPERATIONS = "'operation_started' (insats inledd) eller 'operation_ended' (insats avslutad)"

TOLD = """\
Exempelplan med svåra fall, version 0.

Tisdag 14 maj 2013 kl. 21.10
» Person påträffad: S1 (person som säljer sexuella tjänster eller utnyttjas)
  ålder: 18 år eller äldre
  vistelsekommun: Västerås

────────────────────────────────────────────────────────────────────────────────
Läget tisdag 14 maj 2013 kl. 21.10

Att göra
── Genast (påminnelse kl. 22.10)
Information om och erbjudande av stöd
  Polisen berättar vilket stöd som finns och erbjuder ett samtal. Tackar
  personen ja, följer en polis med till mötet.
• Polisen ska informera S1 om vilket stöd som finns.
• Polisen ska erbjuda S1 stödsamtal.
  Ges av: Socialjouren i Västmanland
Gör det: Polisen i Västmanland
Källa: broschyren. Regeln: står i källan.

── Gör inte
Den som säljer är inte misstänkt
  Att sälja sexuella tjänster är inget brott. Ingen behandlar personen som
  misstänkt för det.
• Åklagarkammaren och Polisen ska inte behandla personen som misstänkt för att
  sälja (gäller S1).
Källa: broschyren. Regeln: står i källan.

Att ta reda på
S1:
? Vill personen ha betänketid?
och 2 uppgifter till
"""


def test_a_situation_in_words() -> None:
    ran = decide("--event", "person_met S1 seller", "--fact", "age=adult", "--fact", "stay_municipality=vasteras", "--at", AT)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split("\nAvgörs av:")[0] == TOLD


def test_a_small_case_as_json_is_what_decide_says() -> None:
    ran = decide(
        "--event", "person_met S1 seller", "--fact", "age=child", "--at", AT,
        "--event", "done stod.saljare/information S1", "--at", "2013-05-14 21:30",
        "--event", "buyer_caught K1 purchase of B1 buyer, S1", "--fact", "payment=handed_over", "--offence-at", "2013-05-13",
        "--json",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    plan = load_plan(EXEMPEL)
    given: list[dict[str, Any]] = [
        {"id": "h1", "event": "person_met", "about": "S1 seller", "facts": {"age": "child"}, "at": AT},
        {"id": "h2", "done": "stod.saljare/information S1", "at": "2013-05-14 21:30"},
        {
            "id": "h3", "event": "buyer_caught", "about": "K1 purchase of B1 buyer, S1", "facts": {"payment": "handed_over"},
            "offence_at": "2013-05-13", "at": AT,
        },
    ]  # fmt: skip
    events = [event_from_json(plan, data) for data in given]
    answer = decided(plan, events, max(event.at for event in events))
    assert ran.out == canonical(answer_to_json(answer, plan))


def test_consent_and_what_follows() -> None:
    ran = decide(
        "--event", "trafficking_suspected S1 seller", "--at", "2017-05-16 12:00",
        "--event", "consent_given S1", "--recipient", "regionkoordinator", "--telling", "identity", "--until", "2017-05-17",
        "--known-at", "2017-05-16 13:00", "--today", "2017-05-16 14:00",
    )  # fmt: skip
    assert ran.code == 0
    assert "  gäller kontakt med: regionkoordinatorn\n" in ran.out
    assert "• Socialtjänsten för vuxna bör underrätta regionkoordinatorn om S1" in ran.out
    expired = decide(
        "--event", "trafficking_suspected S1 seller", "--at", "2017-05-16 12:00",
        "--event", "consent_given S1", "--recipient", "regionkoordinator", "--telling", "identity", "--until", "2017-05-17",
        "--today", "2017-05-18 14:00",
    )  # fmt: skip
    assert "• Först om S1 samtycker bör socialtjänsten för vuxna underrätta\n  regionkoordinatorn om S1" in expired.out


def test_without_a_time_it_is_now() -> None:
    before = datetime.now(UTC).replace(second=0, microsecond=0)
    told = json.loads(decide("--event", "person_met S1 seller", "--json").out)
    assert before <= datetime.fromisoformat(told["as_of"]) <= before + timedelta(minutes=2)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--event", "person_mett S1 seller"],
            "Okänd händelsetyp 'person_mett'. Menade du 'person_met' (person påträffad)? " + ALL,
        ),
        (["--event", "insats"], "Okänd händelsetyp 'insats'. Menade du " + OPERATIONS + "? " + ALL),
        (
            ["--event", "reflection_period"],
            (
                "Okänd händelsetyp 'reflection_period'. Menade du 'reflection_period_applied' (ansökan om betänketid inlämnad) "
                "eller 'reflection_period_decided' (beslut om betänketid)? " + ALL
            ),
        ),
        (
            ["--event", "person_met S1 seller", "--fact", "trafficking=suspected"],
            (
                "Händelsen 'person_met' säger inget om 'trafficking' (misstanke om människohandel). "
                "Det sägs med 'trafficking_suspected' (misstanke om människohandel)."
            ),
        ),
        (
            ["--event", "buyer_caught K1 purchase of B1 buyer, S1", "--fact", "seller.age=child"],
            (
                "Händelsen 'buyer_caught' säger inget om 'seller.age' (ålder). Det sägs med 'person_met' (person påträffad), "
                "'minor_involved' (minderårig inblandad), 'age_established' (ålder fastställd) eller 'child_in_home' (barn i "
                "köparens hem)."
            ),
        ),
        (
            ["--event", "person_met S1 seller", "--fact", "åldern=child"],
            "Okänd uppgift 'åldern'. Menade du 'age' (ålder)? " + ALL,
        ),
        ([], "Ingen händelse är angiven. Skriv till exempel --event 'person_met S1 seller'."),
        (["--event", "person_met S1 sellr"], "Okänd roll eller relation 'sellr'. Menade du 'seller'?"),
        (
            ["--event", "person_met S1 seller", "--fact", "age=kid"],
            "Okänt värde 'kid' för 'age'. Giltigt är child, maybe_child, adult eller unknown.",
        ),
        (
            ["--event", "done stod.saljare/informatio S1"],
            "Regeln 'stod.saljare' har ingen åtgärd 'informatio'. Menade du 'information'?",
        ),
        (
            ["--event", "moved S9", "--at", AT],
            (
                "Händelsen 'moved S9' handlar om S9, som inte finns i ärendet. "
                "Lägg först till personen eller saken med en händelse som inför den."
            ),
        ),
        (["--event", "person_met S1 seller", "--at", "igår"], "'igår' är ingen tid. Skriv till exempel 2013-05-14 21:10."),
        (
            ["--event", "person_met 19121212-1212 seller"],
            (
                "Fältet --event ser ut att innehålla ett personnummer. Personuppgifter får inte finnas i ett ärende här: "
                "använd en beteckning, till exempel S1."
            ),
        ),
    ],
)
def test_what_is_wrong_is_one_message(words: list[str], message: str) -> None:
    ran = decide(*words)
    assert (ran.code, ran.out, ran.err) == (2, "", f"samverkan decide: fel: {message}\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--fact", "age=child", "--event", "x S1"], "--fact hör till en händelse och måste stå efter --event"),
        (["--event", "x S1", "--fact", "age"], "--fact 'age' går inte att läsa. Skriv uppgift=värde, till exempel age=child"),
        (["--event", "x S1", "--fact", "age=child", "--fact", "age=adult"], "--fact age står två gånger för samma händelse"),
        (["--event", "x S1", "--at", AT, "--at", AT], "--at står två gånger för samma händelse"),
    ],
)
def test_words_in_the_wrong_place(words: list[str], message: str) -> None:
    ran = decide(*words)
    assert (ran.code, ran.out, ran.err) == (2, "", f"samverkan decide: fel: {message}. Hjälp: samverkan decide --help\n")


def test_the_words_are_listed_in_swedish() -> None:
    ran = decide("--words")
    assert (ran.code, ran.err) == (0, "")
    assert "\n  person_met  person påträffad\n" in ran.out
    assert "\n    age=maybe_child  kan vara under 18 år\n" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_everything_that_may_be_written_is_listed() -> None:
    lines = samverkan("decide", "--words").out.splitlines()
    for line in (
        "  seller  person som säljer sexuella tjänster eller utnyttjas",
        "  K1 purchase of B1, S1  köp",
        "  F1 parenthood of P1, C1  föräldraskap",
        "  polisen  polisen",
        "Kommuner (värden för stay_municipality och home_municipality)",
        "  vasteras  Västerås",
    ):
        assert line in lines


@pytest.mark.parametrize(
    ("words", "valid"),
    [
        (["person_met S1 qq"], "Giltigt är seller, buyer"),
        (["person_met S1 seller", "--fact", "stay_municipality=qq"], "skinnskatteberg"),
        (["consent_given S1", "--recipient", "qq", "--telling", "identity"], "migrationsverket"),
    ],
)
def test_an_unknown_word_lists_the_valid_ones(words: list[str], valid: str) -> None:
    ran = samverkan("decide", "--event", *words)
    assert (ran.code, ran.out) == (2, "")
    assert valid in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("today", "message"),
    [
        ("9998-01-01 00:00", "Tiden '9998-01-01 00:00' ligger utanför åren 1900–2199."),
        ("2013-05-14 21:00", "Tiden (--today) ligger före den första händelsen, så inget har hänt än."),
    ],
)
def test_a_today_at_which_nothing_can_be_said(today: str, message: str) -> None:
    ran = decide("--event", "person_met S1 seller", "--at", AT, "--today", today)
    assert (ran.code, ran.out, ran.err) == (2, "", f"samverkan decide: fel: {message}\n")


@pytest.mark.parametrize(
    "words",
    [
        ["person_met " + "S" * 40_000 + " seller"],
        ["person_met S1 " + "s" * 500],
        ["S" * 500],
        ["done " + "S" * 40_000],
        ["person_met S1 seller", "--fact", "age=" + "a" * 500],
        ["person_met S1 seller", "--fact", "a" * 40_000 + "=child"],
        ["person_met S1 seller", "--reason", "a" * 40_000],
        ["person_met S1 seller", "--at", "1" * 40_000],
    ],
)
def test_what_is_very_long_is_refused_at_once(words: list[str]) -> None:
    began = time.monotonic()
    ran = decide("--event", *words)
    assert time.monotonic() - began < 5
    assert (ran.code, ran.out) == (2, "")
    assert "tecken. Skriv kortare." in ran.err
    assert len(ran.err) < 200
