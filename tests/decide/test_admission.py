"""The door: what isn't in the plan's words is refused with the nearest right one, and personal data is never repeated."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stories import example_plan

from samverkan.case.reading import event_from_json
from samverkan.decide.admission import check_event, valid
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event, Mark
from samverkan.decide.personal import personal_data, without_identity

PLAN = example_plan()
AT = datetime(2013, 5, 14, 19, 10, tzinfo=UTC)
MET = Event("h1", AT, AT, type="person_met", about=About("S1", "person", "seller"))
CONSENT = Event("h1", AT, AT, type="consent_given", about=About("S1"), recipient="regionkoordinator", telling="identity")


def refusal(event: Event, strict: bool = True) -> str:
    with pytest.raises(EventError) as caught:
        check_event(PLAN, event, strict=strict)
    return caught.value.text


def told(**data: Any) -> Event:
    return event_from_json(PLAN, data, "h1", AT)


@pytest.mark.parametrize(
    "event",
    [
        MET,
        CONSENT,
        replace(CONSENT, until=AT + timedelta(days=1), how="muntligt"),
        replace(CONSENT, type="consent_refused", telling=None),
        told(event="operation_started", about="O1 operation"),
        told(event="buyer_caught", about="K1 purchase of B1, -", offence_at="2001-01-01", facts={"payment": "unknown"}),
        told(event="penalty_order_answered", about="K1 purchase of -, S2", facts={"penalty_order": "accepted"}),
        told(event="child_in_home", about="F1 parenthood of B1, C1", facts={"child.age": "child"}),
        told(event="wish_stated", about="S1", facts={"wants_reflection_period": "declines"}, how="muntligt"),
        told(event="moved", about="S1", same_as="B1"),
        told(done="stod.regionkoordinator/radfragan S1"),
        told(done="barn.orosanmalan/anmalan:correction S1 by polisen"),
        told(done="stod.regionkoordinator/kontakt:consent-ended S1 #h3"),
        told(done="samtycke/ask:regionkoordinator S1 by socialnamnd-vuxen", reason="hon ringde själv"),
        told(done="barn.skyddsbedomning/beslut S1 #a1"),
        Event("h1", AT, AT, 2, True),
    ],
)
def test_what_the_plan_has_words_for_comes_in(event: Event) -> None:
    check_event(PLAN, event)


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (replace(MET, type="person_mett"), "Okänd händelsetyp 'person_mett'. Menade du 'person_met'?"),
        (replace(MET, about=None), "Händelsen 'person_met' måste säga vem eller vad den handlar om (about)."),
        (replace(MET, type=None), "Händelsen 'h1' säger inte vad som har hänt: ange en händelsetyp eller ett märke."),
        (
            replace(MET, mark=Mark("done", "stod.saljare", "information", "S1")),
            "En händelse är antingen av en händelsetyp eller ett märke på ett beslut, inte båda.",
        ),
        (told(event="person_met", about="O1 operation"), "Händelsen 'person_met' handlar om en person, inte om en insats."),
        (told(event="person_met", about="case"), "Händelsen 'person_met' handlar om en person, inte om ärendet."),
        (replace(MET, about=About("S1", "person", "selller")), "Okänd roll 'selller'. Menade du 'seller'?"),
        (replace(MET, about=About("S1", "persson")), "Okänt slag av subjekt 'persson'. Giltigt är purchase eller parenthood."),
        (
            told(event="moved", about="S1 seller"),
            "Händelsen 'moved' varken för in någon eller ändrar en roll, och får inte nämna någon roll.",
        ),
        (
            told(event="trafficking_suspected", about="S1 buyer"),
            "Händelsen 'trafficking_suspected' gäller rollen 'seller', inte 'buyer'.",
        ),
        (
            told(event="role_ended", about="S1"),
            "Händelsen 'role_ended' ger eller avslutar en roll och måste nämna den, till exempel 'S1 seller'.",
        ),
        (
            replace(MET, type="buyer_caught", about=About("K1", "purchase", None, ("B1",))),
            "Relationen köp har 2 ändar (buyer, seller), men 1 är angivna. Skriv - för den som inte är känd.",
        ),
        (
            replace(MET, type="buyer_caught", about=About("K1", "purchase", None, ("B1", "S1", "S2"))),
            "Relationen köp har 2 ändar (buyer, seller), men 3 är angivna. Skriv - för den som inte är känd.",
        ),
        (
            replace(MET, type="buyer_caught", about=About("K1", "purchase", None, ("B1", "K1"))),
            "Beteckningen 'K1' kan inte stå i en ände av relationen köp.",
        ),
        (
            replace(MET, about=About("S1", "person", None, ("B1", "B2"))),
            "Händelsen 'person_met' handlar om en person, som inte har några ändar.",
        ),
        (replace(MET, facts=(("agge", "child"),)), "Okänd uppgift 'agge' i händelsen 'person_met'. Menade du 'age'?"),
        (
            replace(MET, facts=(("trafficking", "suspected"),)),
            (
                "Händelsen 'person_met' säger inget om 'trafficking'. "
                "Giltigt är age, gender, citizenship, permit, home_municipality eller stay_municipality."
            ),
        ),
        (replace(MET, facts=(("age", "chld"),)), "Okänt värde 'chld' för 'age'. Menade du 'child'?"),
        (replace(MET, facts=(("age", "child"), ("age", "adult"))), "Uppgiften 'age' står två gånger i samma händelse."),
        (
            told(event="minor_involved", about="S1 seller", facts={"age": "adult"}),
            "Händelsen 'minor_involved' kan inte säga att 'age' är 'adult'. Giltigt är maybe_child eller child.",
        ),
        (replace(CONSENT, recipient=None), "Händelsen 'consent_given' måste säga vilken mottagare samtycket gäller (recipient)."),
        (replace(CONSENT, recipient="migration"), "Okänd mottagare 'migration'. Menade du 'migrationsverket'?"),
        (
            replace(CONSENT, telling=None),
            (
                "Händelsen 'consent_given' måste säga vad som får berättas (telling): circumstances (omständigheterna) eller "
                "identity (även vem det är)."
            ),
        ),
        (replace(CONSENT, telling="identitet"), "Okänt värde 'identitet' för telling. Menade du 'identity'?"),
        (replace(CONSENT, until=AT), "Samtycket slutar (until) innan det börjar (at)."),
        (replace(CONSENT, until=AT - timedelta(minutes=1)), "Samtycket slutar (until) innan det börjar (at)."),
        (
            replace(CONSENT, type="consent_refused", until=AT + timedelta(1)),
            "Händelsen 'consent_refused' är inget ja och kan inte ange till när det gäller (until).",
        ),
        (replace(MET, recipient="polisen"), "Händelsen 'person_met' är inget samtycke och kan inte ange recipient."),
        (replace(MET, how="muntligt"), "Händelsen 'person_met' är inget samtycke och kan inte ange how."),
        (replace(MET, offence_at=AT), "Händelsen 'person_met' kan inte ange när en gärning begicks (offence_at)."),
        (replace(MET, same_as="S1"), "same_as måste nämna en annan person än den som händelsen handlar om."),
        (
            told(event="operation_started", about="O1", same_as="O2"),
            "Händelsen 'operation_started' handlar inte om en person och kan inte ange same_as.",
        ),
        (
            replace(MET, at=datetime(2013, 5, 14, 19, 10)),  # noqa: DTZ001  # what is tested
            "Tiden at saknar tidszon. Ange tidszon, så att det är klart vilken tidpunkt som menas.",
        ),
        (replace(MET, at=datetime(1899, 1, 1, tzinfo=UTC)), "Tiden at (1899) ligger utanför åren 1900–2199."),
        (
            replace(MET, known_at=AT - timedelta(minutes=1)),
            "Tiden known_at ligger före at: det som inte har hänt kan inte vara känt. Ändra någon av tiderna.",
        ),
        (replace(MET, revision=0), "Händelsen 'h1' har version 0; den första versionen är 1."),
        (replace(MET, revision=-(10**5000)), "Ett versionsnummer har högst nio siffror."),
        (replace(MET, revision=10**9), "Ett versionsnummer har högst nio siffror."),
        (replace(MET, revision=10**5000), "Ett versionsnummer har högst nio siffror."),
        (replace(MET, id="h 1"), "En händelse måste ha ett id utan blanksteg och kommatecken, högst 200 tecken långt."),
        (
            replace(MET, about=About("Anna Andersson", "person", "seller")),
            (
                "En beteckning på en person, relation eller insats består av bokstäver och siffror (även punkt, kolon, "
                "bindestreck och understreck), till exempel S1. Skriv aldrig namn."
            ),
        ),
        (replace(MET, reason="\x1b[2J"), "Fältet reason innehåller styrtecken. Skriv om texten."),
        (told(done="stod.saljre/information S1"), "Okänd regel 'stod.saljre'. Menade du 'stod.saljare'?"),
        (
            told(done="stod.saljare/info S1"),
            "Regeln 'stod.saljare' har ingen åtgärd 'info'. Giltigt är information eller erbjudande.",
        ),
        (told(done="stod.saljare/information S1 by polis"), "Okänd funktion 'polis'. Menade du 'polisen'?"),
        (
            told(done="stod.saljare/information S1 by aklagare"),
            "'aklagare' svarar inte för stod.saljare/information. Giltigt är polisen.",
        ),
        (
            told(done="stod.saljare/information S1 #h1"),
            "Regeln 'stod.saljare' gäller inte varje gång något händer: # kan inte anges.",
        ),
        (
            replace(told(done="stod.saljare/information S1"), how="muntligt"),
            "Ett märke på ett beslut har bara tid, beslut och eventuellt skäl (reason).",
        ),
    ],
)
def test_what_is_wrong_is_said(event: Event, text: str) -> None:
    assert refusal(event) == text
    assert refusal(event, strict=False) == text


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (
            replace(MET, at=AT - timedelta(days=30), known_at=AT - timedelta(days=30)),
            (
                "Händelsen är daterad före planens giltighet: Exempelplan med svåra fall gäller från och med 2013-05-01. "
                "En gärning får ligga tidigare (offence_at)."
            ),
        ),
        (
            told(event="buyer_caught", about="K1 purchase of B1, S1", offence_at="2013-05-20"),
            "Gärningen (offence_at) ligger efter händelsen (at).",
        ),
        (
            told(accepted="stod.saljare/information S1"),
            "stod.saljare/information är inget erbjudande: bara ett erbjudande kan få ja eller nej.",
        ),
    ],
)
def test_a_feed_may_bring_what_can_not_count(event: Event, text: str) -> None:
    assert refusal(event) == text
    check_event(PLAN, event, strict=False)


# -- personal data -------------------------------------------------------------------------------------------------------------

NUMBERS = ["19121212-1212", "121212-1212", "1212121212", "121212+1212", "200101611234", "19121212 – 1212", "970312-TF12",
           "19900101_1239", "19900101 1239", "19900101.1239", "900101:1239", "1990_01_01_1239", "19900101,1239"]
TELEPHONES = ["070-123 45 67", "0701234567", "+46 70 123 45 67", "0046701234567", "021-12 34 56", "(021) 12 34 56"]


@pytest.mark.parametrize("text", [*NUMBERS, *TELEPHONES, "anna@example.se", "１９１２１２１２-１２１２"])
def test_personal_data_is_recognised(text: str) -> None:
    assert personal_data(text)
    assert personal_data(f"ring {text}, snarast")


@pytest.mark.parametrize(
    "text",
    ["", "S1", "h-17", "2013-05-14 21:10", "2013-05-14 2013-05-20", "08.00-16.30", "1 500 kronor", "14 kap. 1 §",
     "0123456", "550e8400-e29b-41d4-a716-446655440000", "lag (2025:586)", "kl. 08:00-16:30 den 14 maj"],
)  # fmt: skip
def test_what_is_no_personal_data_is_left_alone(text: str) -> None:
    assert personal_data(text) is None


@pytest.mark.parametrize("secret", [NUMBERS[0], TELEPHONES[0], "anna@example.se"])
@pytest.mark.parametrize(
    "put",
    [
        lambda text: replace(MET, id=text),
        lambda text: replace(MET, type=text),
        lambda text: replace(MET, about=About(text)),
        lambda text: replace(MET, about=About("K1", "purchase", None, (text, None))),
        lambda text: replace(MET, facts=((text, "child"),)),
        lambda text: replace(MET, facts=(("age", text),)),
        lambda text: replace(MET, same_as=text),
        lambda text: replace(MET, reason=f"hon heter {text}"),
        lambda text: replace(CONSENT, how=text),
        lambda text: replace(CONSENT, recipient=text),
        lambda text: Event("h1", AT, AT, mark=Mark("done", text, "m", "S1")),
        lambda text: Event("h1", AT, AT, mark=Mark("done", "stod.saljare", "information", "S1", None, text)),
    ],
)
def test_personal_data_is_refused_everywhere_and_never_repeated(put: Any, secret: str) -> None:
    for strict in (True, False):
        text = refusal(put(secret), strict)
        assert "ser ut att innehålla" in text
        assert secret not in text


@given(st.text(max_size=40))
def test_whatever_is_written_is_refused_or_right_and_never_crashes(text: str) -> None:
    for event in (replace(MET, id=text), replace(MET, about=About(text)), replace(MET, facts=((text, text),))):
        assert _refused_with(event) != ""


def _refused_with(event: Event) -> str | None:
    try:
        check_event(PLAN, event)
    except EventError as problem:
        return problem.text
    return None


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_taken_out_of_a_message(number: str) -> None:
    assert without_identity(f"det finns ingen plan '{number}'.") == "det finns ingen plan '…'."


@pytest.mark.parametrize("text", ["rules/plan.yaml:10:4: fel", "2013-05-14 21:10", "ﬁl", "S1"])
def test_other_messages_stay_as_they_are(text: str) -> None:
    assert without_identity(text) == text


@pytest.mark.parametrize(
    "event",
    [
        replace(MET, about=About("S" * 101)),
        replace(MET, type="x" * 101),
        replace(MET, reason="x" * 2001),
        replace(MET, facts=(("age", "x" * 101),)),
    ],
)
def test_what_is_too_long_is_not_repeated(event: Event) -> None:
    assert refusal(event, True).endswith("tecken. Skriv kortare.")


def test_a_long_text_is_searched_once() -> None:
    began = time.monotonic()
    assert personal_data("a" * 200_000) is None
    assert time.monotonic() - began < 2


def test_where_no_word_is_near_all_are_told_if_they_are_no_more_than_thirty() -> None:
    words = [f"{number}" * 9 for number in range(10, 41)]
    assert valid("abc", words[:30]).startswith(". Giltigt är 101010101010101010, ")
    assert valid("abc", words[:29]).startswith(". Giltigt är 101010101010101010, ")
    assert valid("abc", words[:1]) == ". Giltigt är 101010101010101010."
    assert valid("abc", words) == valid("abc", []) == ". Alla ord: samverkan decide --words"
