"""The sentences: written by hand here, made by the engine from real decisions of the plan of hard cases."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.stories import Story, example_plan, plan_of

from samverkan.decide.answer import Answering, Decision, Due, Question
from samverkan.plan.model import Fact
from samverkan.wording.finding_out import find_out
from samverkan.wording.recounting import details, explained, happened, happened_together
from samverkan.wording.wording import Wording, subjects_of

WHO = {"S1": "kvinnan", "B1": "mannen", "K1": "det första köpet", "C1": "pojken", "O1": "insatsveckan"}
WORDING = Wording(example_plan(), WHO)


def story(**facts: str) -> Story:
    told = Story(example_plan())
    told.event("person_met", "S1 seller", "2013-05-14 21:10", facts=facts)
    return told


def decision(told: Story, named: str) -> Decision:
    found = told.decision(named)
    assert found is not None
    return found


def sentence(told: Story, named: str) -> str:
    return WORDING.sentence([decision(told, named)])


def test_each_kind_of_measure() -> None:
    told = story(age="maybe_child", permit="none")
    assert sentence(told, "barn.orosanmalan/anmalan S1") == (
        "Polisen ska underrätta socialtjänstens barn- och ungdomsenhet om kvinnan, med uppgift om vem det gäller."
    )
    assert sentence(told, "stod.saljare/information S1") == "Polisen ska informera kvinnan om vilket stöd som finns."
    assert sentence(told, "stod.saljare/erbjudande S1") == "Polisen ska erbjuda kvinnan stödsamtal."
    assert sentence(told, "kommun.ta-reda-pa/bedomning S1") == "Polisen ska ta reda på i vilken kommun kvinnan är nu."
    told.event("trafficking_suspected", "S1", "2013-05-14 22:00")
    told.event("wish_stated", "S1", "2013-05-14 22:10", wants_reflection_period="wants")
    assert sentence(told, "betanketid.polis-ansoker/ansokan S1") == (
        "Polisen ska ansöka hos Migrationsverket för kvinnan, med uppgift om vem det gäller."
    )
    told.event("report_received", "S1", "2013-05-14 22:20")
    assert sentence(told, "barn.skyddsbedomning/beslut S1") == (
        "Socialtjänstens barn- och ungdomsenhet ska besluta om utredning ska inledas (gäller kvinnan)."
    )


def test_what_is_not_to_be_done_says_not() -> None:
    told = story(age="adult")
    both = [d for d in told.answer().decisions if d.id.rule == "saljare.ej-misstankt"]
    assert WORDING.sentence(both) == (
        "Åklagarkammaren och Polisen ska inte behandla personen som misstänkt för att sälja (gäller kvinnan)."
    )
    assert WORDING.deed(both[0]) == "inte behandla personen som misstänkt för att sälja (gäller kvinnan)"
    assert WORDING.status(both[0], told.when("2013-05-14 22:00")) == "gäller"


def test_what_waits_for_consent_says_so_before_anything_else() -> None:
    told = Story(example_plan())
    told.event("trafficking_suspected", "S1 seller", "2017-05-16 12:00")
    waiting = decision(told, "stod.regionkoordinator/kontakt S1")
    assert WORDING.sentence([waiting]) == (
        "Först om kvinnan samtycker bör socialtjänsten för vuxna underrätta regionkoordinatorn om kvinnan, "
        "med uppgift om vem det gäller."
    )
    assert WORDING.status(waiting, told.when("2017-05-16 12:00")) == "fråga först"
    assert WORDING.allowed(waiting) == "först när kvinnan har samtyckt"
    assert sentence(told, "samtycke/ask:regionkoordinator S1") == (
        "Socialtjänsten för vuxna bör fråga kvinnan om samtycke till att kontakta regionkoordinatorn."
    )


def test_refused_given_withdrawn_and_corrected() -> None:
    told = Story(example_plan())
    told.event("trafficking_suspected", "S1 seller", "2017-05-16 12:00", id="misstanke")
    told.event("consent_refused", "S1", "2017-05-16 12:10", recipient="regionkoordinator")
    assert sentence(told, "stod.regionkoordinator/radfragan S1") == (
        "Socialtjänsten för vuxna får rådfråga regionkoordinatorn om kvinnan, utan att röja identiteten."
    )
    told.event("consent_given", "S1", "2017-05-16 12:20", recipient="regionkoordinator", telling="identity")
    given = decision(told, "stod.regionkoordinator/kontakt S1")
    assert WORDING.allowed(given) == "samtycke från kvinnan"
    told.mark("done", "stod.regionkoordinator/kontakt S1", "2017-05-16 12:30")
    told.event("consent_withdrawn", "S1", "2017-05-16 12:40", recipient="regionkoordinator")
    ended = [d for d in told.answer().decisions if d.kind == "consent_ended"]
    assert WORDING.sentence(ended) == (
        "Socialtjänsten för vuxna ska underrätta regionkoordinatorn om att samtycket från kvinnan har upphört."
    )
    told.void("misstanke", "2017-05-16 13:00")
    told.event("person_met", "S1 seller", "2017-05-16 11:00")
    wrong = [d for d in told.answer("2017-05-16 13:00").decisions if d.kind == "correction"]
    assert WORDING.sentence(wrong) == (
        "Socialtjänsten för vuxna ska rätta det som regionkoordinatorn har fått veta om kvinnan: det stämde inte."
    )


def test_a_relation_and_its_end() -> None:
    told = story(age="adult", stay_municipality="vasteras")
    facts = {"agreement": "reached", "price": "stated", "payment": "handed_over"}
    told.event("buyer_caught", "K1 purchase of B1, S1", "2013-05-14 21:20", facts=facts)
    order = decision(told, "kop.boter-strafforelaggande/forelaggande K1")
    assert WORDING.sentence([order]) == ("Åklagarkammaren får utfärda strafföreläggande (gäller mannen och det första köpet).")
    assert WORDING.status(order, told.when("2013-05-14 21:30")) == "får göras"
    told.event("operation_started", "O1 operation", "2013-05-14 21:30")
    jour = decision(told, "insats.jour/jour O1 by polisen")
    assert WORDING.sentence([jour]) == "Polisen ska ha en kontaktperson i jour (gäller insatsveckan)."
    assert WORDING.status(jour, told.when("2013-05-14 21:30")) == "gäller"


def test_a_question_about_a_relations_end_is_about_whoever_stands_there() -> None:
    plan = plan_of("""
rules:
- {rule: reda, for: purchase, when: {seller.age: unknown}, then: [{must assess: seller.age}]}
""")
    story = Story(plan)
    story.event("buyer_caught", "K1 purchase of B1, S1", "2016-05-02 12:00")
    (decision,) = story.answer().decisions
    assert Wording(plan, {}).sentence([decision]) == "Polisen ska bedöma ålder när det gäller säljare (gäller K1)."


def test_deadlines_in_plain_words() -> None:
    told = story(age="maybe_child")
    told.event("report_received", "S1", "2013-05-14 22:00")
    now = told.when("2013-05-14 22:00")

    def by(named: str) -> str:
        due = decision(told, named).deadline
        assert due is not None
        return WORDING.deadline(due, now)

    assert by("barn.orosanmalan/anmalan S1") == "genast (påminnelse kl. 22.10)"
    assert by("barn.skyddsbedomning/skydd S1") == "genast (påminnelse kl. 23.00)"
    assert by("barn.skyddsbedomning/beslut S1") == "senast tisdag 28 maj (inom 14 dagar)"


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("promptly", "2013-05-15 21:10", "skyndsamt (påminnelse onsdag 15 maj kl. 21.10)"),
        ("1 hour", "2013-05-14 23:00", "senast 23.00 (inom 1 timme)"),
        ("24 hours", "2013-05-15 21:10", "senast onsdag 15 maj kl. 21.10 (inom 24 timmar)"),
        ("3 weeks or next working day", None, "inom 3 veckor (tiden har inte börjat löpa)"),
        ("14 days after report_received", None, "inom 14 dagar efter: orosanmälan mottagen (tiden har inte börjat löpa)"),
    ],
)
def test_other_deadlines(text: str, at: str | None, words: str) -> None:
    told = story()
    instant = told.when(at) if at is not None else None
    assert WORDING.deadline(Due(text, instant, None, True), told.when("2013-05-14 21:10")) == words


def test_who_answers_now() -> None:
    now = story().when("2013-05-17 20:00")
    monday, later = story().when("2013-05-20 08:00"), story().when("2013-05-17 22:00")
    cases: Mapping[Answering, str] = {
        Answering("stod-utsatta", "kvinnocentrum-vasteras", True): "Kvinnocentrum i Västerås",
        Answering("socialnamnd-barn", "socialjouren", True, None, "vasteras-barn"): (
            "Socialjouren i Västmanland, som står in för barn- och ungdomsenheten i Västerås"
        ),
        Answering("stod-utsatta", "kvinnocentrum-vasteras", False, monday): (
            "Kvinnocentrum i Västerås, öppnar måndag 20 maj kl. 08.00"
        ),
        Answering("stod-utsatta", "kvinnocentrum-vasteras", False, later): "Kvinnocentrum i Västerås, öppnar kl. 22.00",
        Answering("stod-utsatta", "kvinnocentrum-vasteras", False): ("Kvinnocentrum i Västerås, stängt, ingen öppning är känd"),
        Answering("regionkoordinator", None, False): "ingen enhet är känd för regionkoordinatorn",
    }
    for answering, words in cases.items():
        assert WORDING.answering(answering, now) == words


def test_sources_say_how_sure_they_are() -> None:
    told = story(age="child")
    report = decision(told, "barn.orosanmalan/anmalan S1")
    assert WORDING.source(report) == (
        "14 kap. 1 § socialtjänstlagen (2001:453) (ej kontrollerad); "
        "artikel 13.2 i direktiv 2011/36/EU. Regeln: står i källan."
    )
    assert WORDING.allowed(report) == "14 kap. 1 § socialtjänstlagen (2001:453) (ej kontrollerad)"
    assert WORDING.source(decision(story(), "alder.ta-reda-pa/bedomning S1")).endswith("Regeln: följer av källan.")


def test_statuses_and_flags() -> None:
    told = story(age="child")
    report, now = "barn.orosanmalan/anmalan S1", told.when("2013-05-14 23:00")
    overdue = told.decision(report, "2013-05-14 23:00")
    assert overdue is not None
    assert WORDING.status(overdue, now) == "ska göras, försenad sedan 14 maj kl. 22.10"
    told.mark("acknowledged", report, "2013-05-14 21:20")
    assert WORDING.status(decision(told, report), now) == "ska göras, kvitterad"
    told.mark("done", report, "2013-05-14 21:30")
    assert WORDING.status(decision(told, report), now) == "gjort, kvitterad"
    told.mark("declined", "stod.saljare/erbjudande S1", "2013-05-14 21:40")
    assert WORDING.status(decision(told, "stod.saljare/erbjudande S1"), now) == "avböjt"


def test_nothing_is_late_in_its_very_minute() -> None:
    told = story(age="child")
    for at, said in (("2013-05-14 22:10", "ska göras"), ("2013-05-14 22:11", "ska göras, försenad sedan 14 maj kl. 22.10")):
        found = told.decision("barn.orosanmalan/anmalan S1", at)
        assert found is not None
        assert "overdue" in found.flags
        assert WORDING.status(found, told.when(at)) == said


def test_a_lapsed_decision_says_how_it_ended() -> None:
    told = story(age="adult", stay_municipality="vasteras")
    told.event("operation_started", "O1 operation", "2013-05-14 21:30")
    told.event("operation_ended", "O1", "2013-05-16 08:00")
    told.event("age_established", "S1", "2013-05-16 08:10", age="child")
    now = told.when("2013-05-16 08:10")
    jour = decision(told, "insats.jour/jour O1 by polisen")
    assert jour.status == "lapsed"
    assert WORDING.status(jour, now) == "avslutad"


def test_questions_turned_into_clauses() -> None:
    def fact(label: str, ask: str) -> Fact:
        return Fact("f", "person", None, label, {}, ask)

    cases = {
        ("åldern", "Är personen under 18 år?"): "ta reda på om kvinnan är under 18 år",
        ("kommunen", "I vilken kommun bor personen?"): "ta reda på i vilken kommun kvinnan bor",
        ("medborgarskapet", "Var är personen medborgare?"): "ta reda på var kvinnan är medborgare",
        ("misstanken", "Kan personen vara utsatt för handel?"): "ta reda på om kvinnan kan vara utsatt för handel",
        ("frågan om barn i hemmet", "Finns det barn i personens hem?"): (
            "ta reda på om det finns barn i personens hem (gäller kvinnan)"
        ),
        ("frågan om tolk", "Behövs tolk?"): "ta reda på om tolk behövs (gäller kvinnan)",
        ("frågan om preskription", "Är brottet preskriberat?"): "ta reda på om brottet är preskriberat (gäller kvinnan)",
        ("risken för självmord", "Finns tecken på att köparen kan skada sig själv?"): (
            "bedöma risken för självmord när det gäller kvinnan"
        ),
        ("styrningen", "Styrs personen av någon, eller tjänar någon annan på det?"): "bedöma styrningen när det gäller kvinnan",
        ("oron", ""): "bedöma oron när det gäller kvinnan",
    }
    for (label, ask), said in cases.items():
        assert find_out(fact(label, ask), "kvinnan") == said


def test_questions() -> None:
    told = story()
    told.event("age_established", "S1", "2013-05-14 22:00", age="child")
    told.event("age_established", "S1", "2013-05-14 22:00", age="adult")
    told.event("buyer_caught", "K1 purchase of B1, -", "2013-05-14 22:10")
    told.event("seller_identified", "K1 purchase of -, S1", "2013-05-14 22:20")
    told.event("seller_identified", "K1 purchase of -, S2", "2013-05-14 22:30")
    told.event("moved", "X9", "2013-05-14 22:40")
    told.mark("done", "barn.orosanmalan/anmalan B1", "2013-05-14 22:50")
    answer = told.answer()
    said = {WORDING.question(q, subjects_of(answer)) for q in answer.questions}
    assert {
        "Kvinnan: uppgifterna om ålder säger emot varandra. Vad stämmer?",
        "Det första köpet: flera personer är nämnda som den som säljer eller utnyttjas. Vem är det?",
        "X9: en händelse nämner någon eller något som ännu inte finns i ärendet. Vem eller vad är det?",
        "Mannen: något är angivet som gjort eller besvarat, men det gäller inget i ärendet. Vad avsågs?",
        "Det första köpet: hur är det med pris?",
    } <= said
    assert WORDING.question(Question("impossible", "S1", "citizenship, permit"), {}) == (
        "Kvinnan: uppgifterna om medborgarskap och rätt att vistas i Sverige kan inte stämma samtidigt. Vad stämmer?"
    )
    assert WORDING.question(Question("fact", "S1", "age"), {}) == "Kvinnan: Är personen under 18 år?"
    assert WORDING.question(Question("offence_twice", "K1"), {}) == (
        "Det första köpet: flera tider är angivna för gärningen. Vilken stämmer?"
    )
    assert WORDING.question(Question("reason_missing", "case"), {}) == ("Ärendet: skälet är inte antecknat. Vad var skälet?")


def test_events_in_words() -> None:
    told = story(age="adult", gender="woman")
    told.event("buyer_caught", "K1 purchase of B1, -", "2013-05-14 21:20", payment="handed_over", offence_at="2013-05-13")
    told.event("child_in_home", "F1 parenthood of B1, C1", "2013-05-14 21:30", facts={"child.age": "child"})
    told.event("minor_involved", "S1", "2013-05-14 21:40", known_at="2013-05-15 09:00", same_as="C1")
    told.event(
        "consent_given", "S1", "2013-05-14 21:50", recipient="migrationsverket", telling="identity", until="2013-05-20",
        how="muntligt",
    )  # fmt: skip
    told.mark("done", "barn.orosanmalan/anmalan S1", "2013-05-14 22:00", reason="bråttom")
    told.mark("accepted", "stod.saljare/erbjudande S1", "2013-05-14 22:10")
    told.mark("done", "samtycke/ask:regionkoordinator S1", "2013-05-14 22:20")
    met, caught, home, minor, consent, done, accepted, asked = [happened(WORDING, e) for e in told.events]
    assert met == "Person påträffad: kvinnan (person som säljer sexuella tjänster eller utnyttjas)"
    assert caught == "Köpare ertappad: det första köpet"
    assert home == "Barn i köparens hem: F1"
    assert minor == "Minderårig inblandad: kvinnan"
    assert consent == "Samtycke gett: kvinnan"
    assert done == ("Gjort av Polisen: underrätta socialtjänstens barn- och ungdomsenhet om kvinnan, med uppgift om vem det gäller")
    assert accepted == "Kvinnan tackar ja till stödsamtal"
    assert asked == "Gjort: fråga kvinnan om samtycke till att kontakta regionkoordinatorn"
    assert [details(WORDING, e) for e in told.events[:6]] == [
        ("ålder: 18 år eller äldre", "kön: kvinna"),
        (
            "köparen: mannen", "den som säljer eller utnyttjas: inte känt", "betalning: lämnad",
            "gärningen begicks: måndag 13 maj 2013 kl. 00.00",
        ),
        ("föräldern: mannen", "barnet: pojken", "barnet – ålder: under 18 år"),
        (
            "ålder: kan vara under 18 år", "hände: tisdag 14 maj 2013 kl. 21.40",
            "blev känt: onsdag 15 maj 2013 kl. 09.00", "är samma person som: pojken",
        ),
        (
            "gäller kontakt med: Migrationsverket", "får berättas: även vem det gäller",
            "gäller till: tisdag 21 maj 2013 kl. 00.00", "hur: muntligt",
        ),
        ("skäl: bråttom",),
    ]  # fmt: skip


def test_marks_that_differ_in_who_bore_the_measure_are_one_line() -> None:
    told = story(age="adult", stay_municipality="vasteras")
    told.event("operation_started", "O1 operation", "2013-05-14 21:20")
    for bearer in ("polisen", "aklagare"):
        told.mark("done", f"insats.jour/jour O1 by {bearer}")
    told.mark("done", "stod.saljare/information S1")
    lines = [line for line, _ in happened_together(WORDING, told.events[2:])]
    assert lines == [
        "Gjort av Polisen och Åklagarkammaren: ha en kontaktperson i jour (gäller insatsveckan)",
        "Gjort av Polisen: informera kvinnan om vilket stöd som finns",
    ]


def test_explanations_name_the_events_behind() -> None:
    told = story(age="adult")
    facts = {"agreement": "reached", "price": "stated", "payment": "handed_over"}
    told.event("buyer_caught", "K1 purchase of B1, S1", "2013-05-14 21:20", facts=facts)
    told.event("penalty_order_answered", "K1", "2013-05-14 21:30", penalty_order="accepted")
    order = decision(told, "kop.boter-strafforelaggande/forelaggande K1")
    assert order.status == "lapsed"
    by_id = {event.id: event for event in told.events}
    assert explained(WORDING, order, by_id) == [
        "fullbordat köp (det första köpet): ja; krävs: ja – uppfyllt",
        "  överenskommelse (det första köpet): träffad; krävs: träffad – uppfyllt",
        "    enligt: köpare ertappad: det första köpet, tisdag 14 maj 2013 kl. 21.20",
        "  pris (det första köpet): angett; krävs: angett – uppfyllt",
        "    enligt: köpare ertappad: det första köpet, tisdag 14 maj 2013 kl. 21.20",
        "  betalning (det första köpet): lämnad; krävs: lämnad – uppfyllt",
        "    enligt: köpare ertappad: det första köpet, tisdag 14 maj 2013 kl. 21.20",
        "ålder (kvinnan): 18 år eller äldre; krävs: 18 år eller äldre – uppfyllt",
        "  enligt: person påträffad: kvinnan (person som säljer sexuella tjänster eller utnyttjas), tisdag 14 maj 2013 kl. 21.10",
        "undantag: strafföreläggande (det första köpet): godkänt; krävs: godkänt eller inte godkänt – uppfyllt",
        "  enligt: svar på strafföreläggande: det första köpet, tisdag 14 maj 2013 kl. 21.30",
    ]
