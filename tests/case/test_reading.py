"""Events as text and JSON: each form, each error, and an exact round trip of whatever the plan has words for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stories import example_plan

from samverkan.case.reading import (
    Named,
    about_text,
    event_from_json,
    event_to_json,
    mark_text,
    parse_about,
    parse_mark,
    parse_named,
)
from samverkan.decide.admission import FieldError, check_event
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event, Mark
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN

PLAN = example_plan()
AT = datetime(2013, 5, 14, 19, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("case", About("case", CASE)),
        ("S1", About("S1")),
        ("S1 seller", About("S1", PERSON, "seller")),
        ("O1 operation", About("O1", OPERATION)),
        ("K1 purchase", About("K1", "purchase")),
        ("K1 purchase of B1 buyer, S1", About("K1", "purchase", None, ("B1", "S1"))),
        ("K1 purchase of B1 , -", About("K1", "purchase", None, ("B1", None))),
        ("F1 parenthood of B1, C1 child", About("F1", "parenthood", None, ("B1", "C1"))),
    ],
)
def test_about(text: str, about: About) -> None:
    assert parse_about(PLAN, text) == about
    assert parse_about(PLAN, about_text(about)) == about


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' säger inte vem eller vad händelsen handlar om. Skriv till exempel 'S1 seller'."),
        ("S1 sellr", "Okänd roll eller relation 'sellr'. Menade du 'seller'?"),
        ("S1 seller nu", "För många ord i 'S1 seller nu': efter 'seller' ska inget stå."),
        (
            "K1 purchase of B1",
            (
                "Relationen köp har 2 ändar, men 1 är angivna i 'K1 purchase of B1'. Skriv - för den som inte är känd, till "
                "exempel 'X1 purchase of B1 buyer, S1 seller'."
            ),
        ),
        (
            "K1 purchase B1, S1",
            "'K1 purchase B1, S1' går inte att läsa. Skriv till exempel 'X1 purchase of B1 buyer, S1 seller'.",
        ),
        ("K1 purchase of B1 seller, S1", "I relationen köp står 'buyer' på den platsen, inte 'seller'."),
        (
            "K1 purchase of B1,, S1",
            (
                "Relationen köp har 2 ändar, men 3 är angivna i 'K1 purchase of B1,, S1'. Skriv - för den som inte är känd, till "
                "exempel 'X1 purchase of B1 buyer, S1 seller'."
            ),
        ),
    ],
)
def test_about_errors(text: str, message: str) -> None:
    with pytest.raises(EventError) as caught:
        parse_about(PLAN, text)
    assert caught.value.text == message


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("stod.saljare S1", Named("stod.saljare", None, "S1")),
        ("stod.saljare/erbjudande S1", Named("stod.saljare", "erbjudande", "S1")),
        ("insats.jour/jour O1 by polisen", Named("insats.jour", "jour", "O1", "polisen")),
        ("barn.skyddsbedomning/beslut S1 #a1", Named("barn.skyddsbedomning", "beslut", "S1", None, "a1")),
        ("r/m S1 by polisen #a1", Named("r", "m", "S1", "polisen", "a1")),
        ("samtycke/ask:regionkoordinator S1", Named("samtycke", "ask:regionkoordinator", "S1")),
        ("r/m S1#q/w S1#a1 by polisen", Named("r", "m", "S1", None, "q/w S1#a1 by polisen")),
    ],
)
def test_decisions(text: str, named: Named) -> None:
    assert parse_named(text) == named


@pytest.mark.parametrize("text", ["", "stod.saljare", "r/m S1 och B1", "r/m S1 #a1 by polisen", "r/m/x S1 by"])
def test_what_names_no_decision(text: str) -> None:
    with pytest.raises(EventError, match="går inte att läsa som ett beslut"):
        parse_named(text)


def test_a_mark_needs_its_measure() -> None:
    with pytest.raises(EventError, match=r"^'stod\.saljare S1' nämner en regel men ingen åtgärd"):
        parse_mark("done", "stod.saljare S1")


def event(**data: Any) -> Event:
    return event_from_json(PLAN, data, "h1", AT)


def test_everything_that_an_event_can_say() -> None:
    read = event(
        event="buyer_caught", about="K1 purchase of B1 buyer, S1", facts={"payment": "handed_over"}, at="2013-05-14 21:20",
        known_at="2013-05-15 09:00", offence_at="2013-05-14", id="kop1", revision=2, reason="rättat",
    )  # fmt: skip
    assert read == Event(
        "kop1", AT + timedelta(minutes=10), datetime(2013, 5, 15, 7, tzinfo=UTC), 2, False, "buyer_caught",
        About("K1", "purchase", None, ("B1", "S1")), (("payment", "handed_over"),),
        offence_at=datetime(2013, 5, 13, 22, tzinfo=UTC), reason="rättat",
    )  # fmt: skip


def test_defaults_and_the_other_name_of_the_type() -> None:
    assert event(type="person_met", about="S1 seller") == Event(
        "h1", AT, AT, type="person_met", about=About("S1", PERSON, "seller")
    )
    assert event(accepted="stod.saljare/erbjudande S1").mark == Mark("accepted", "stod.saljare", "erbjudande", "S1")


def test_a_void_revision_needs_only_when_it_became_known() -> None:
    data = {"id": "a", "revision": "2", "void": "true", "known_at": "2013-05-15 09:00"}
    known = datetime(2013, 5, 15, 7, tzinfo=UTC)
    assert event_from_json(PLAN, data) == Event("a", known, known, 2, True)


@pytest.mark.parametrize(
    ("data", "key", "message"),
    [
        ({"evnt": "person_met"}, "evnt", "Okänd nyckel 'evnt'. Menade du 'event'?"),
        ({"event": "a", "type": "a"}, "type", "Händelsetypen är angiven två gånger, som type och som event."),
        ({"event": 7}, "event", "Värdet för event måste vara en text."),
        ({"revision": "x"}, "revision", "Värdet för revision måste vara ett heltal med högst nio siffror."),
        ({"revision": True}, "revision", "Värdet för revision måste vara ett heltal med högst nio siffror."),
        ({"revision": 10**30}, "revision", "Värdet för revision måste vara ett heltal med högst nio siffror."),
        ({"void": "ja"}, "void", "Värdet för void måste vara true eller false."),
        ({"facts": ["age"]}, "facts", "Uppgifterna (facts) måste vara ord med värden i text, till exempel age: child."),
        ({"facts": {"age": 7}}, "facts", "Uppgifterna (facts) måste vara ord med värden i text, till exempel age: child."),
        ({"done": "r/m S1", "declined": "r/m S1"}, "declined", "En händelse kan bara ha ett märke, men har done och declined."),
        ({"about": "S1 sellr"}, "about", "Okänd roll eller relation 'sellr'. Menade du 'seller'?"),
        ({"at": "nyss"}, "at", "'nyss' är ingen tid. Skriv till exempel 2013-05-14 21:10."),
    ],
)
def test_errors_name_their_key(data: dict[str, Any], key: str, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        event_from_json(PLAN, data, "h1", AT)
    assert (caught.value.key, caught.value.text) == (key, message)


def test_an_event_needs_an_id_and_a_time() -> None:
    with pytest.raises(EventError, match=r"^Händelsen saknar id\.$"):
        event_from_json(PLAN, {"event": "person_met", "at": "2013-05-14 21:10"})
    with pytest.raises(EventError, match=r"^Händelsen saknar tid \(at\)\.$"):
        event_from_json(PLAN, {"event": "person_met"}, "h1")


# -- round trip: whatever the plan has words for ----------------------------------------------------------------------------

IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,8}", fullmatch=True).filter(lambda text: text != "case")
INSTANTS = st.timedeltas(timedelta(days=-11), timedelta(days=6000)).map(lambda after: AT + after)
TEXTS = st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=20)


@st.composite
def abouts(draw: st.DrawFn, sort: str, role: str | None) -> About:
    if sort == CASE:
        return About("case", CASE)
    subject = draw(IDS)
    if sort in PLAN.relations:
        others = IDS.filter(lambda other: other != subject)
        ends = tuple(draw(st.none() | others) for _ in PLAN.relations[sort].ends)
        return draw(st.sampled_from([About(subject), About(subject, sort), About(subject, sort, None, ends)]))
    if sort == PERSON:
        return draw(st.sampled_from([About(subject), About(subject, PERSON), About(subject, PERSON, role or "seller")]))
    return draw(st.sampled_from([About(subject), About(subject, sort)]))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event that the plan has words for; the admission is asked, so that this can't be a test of something else."""
    kind = draw(st.sampled_from(list(PLAN.events.values())))
    about = draw(abouts(kind.about, kind.role))
    facts = []
    for says in kind.says:
        values = says.values or (*PLAN.facts[says.fact].values, UNKNOWN)
        if draw(st.booleans()):
            facts.append((says.path, draw(st.sampled_from(values))))
    at = draw(INSTANTS)
    known_at = at + draw(st.timedeltas(timedelta(0), timedelta(days=40)))
    made = Event(
        draw(IDS), at, known_at, draw(st.integers(1, 9)), False, kind.id, about, tuple(facts),
        recipient=draw(st.sampled_from(list(PLAN.functions))) if kind.consent else None,
        telling=draw(st.sampled_from(["circumstances", "identity"])) if kind.consent else None,
        until=at + timedelta(days=1) if kind.consent == "given" and draw(st.booleans()) else None,
        how=draw(st.none() | TEXTS) if kind.consent else None,
        offence_at=at - timedelta(days=3) if kind.about == "purchase" and draw(st.booleans()) else None,
        same_as=about.subject + "x" if kind.about == PERSON and draw(st.booleans()) else None,
        reason=draw(st.none() | TEXTS),
    )  # fmt: skip
    try:
        check_event(PLAN, made)
    except EventError:
        made = Event(made.id, at, known_at, 2, True)
    return made


@st.composite
def marks(draw: st.DrawFn) -> Event:
    rule = draw(st.sampled_from(list(PLAN.rules.values())))
    measure = draw(st.sampled_from(rule.then))
    occurrence = draw(st.none() | IDS | st.just(f"{rule.id}/{measure.id} S1#h1 by {measure.who[0]}"))
    bearer = draw(st.none() | st.sampled_from(measure.who))
    at = draw(INSTANTS)
    mark = Mark(draw(st.sampled_from(["done", "acknowledged"])), rule.id, measure.id, draw(IDS), bearer, occurrence)
    return Event(draw(IDS), at, at, mark=mark, reason=draw(st.none() | TEXTS))


@given(events() | marks(), st.sampled_from([None, ZoneInfo("Europe/Stockholm"), ZoneInfo("America/New_York")]))
def test_round_trip(event: Event, zone: ZoneInfo | None) -> None:
    text = json.dumps(event_to_json(event, zone))
    assert event_from_json(PLAN, json.loads(text)) == event


@given(marks())
def test_marks_round_trip_as_text(event: Event) -> None:
    assert event.mark is not None
    assert parse_mark(event.mark.kind, mark_text(event.mark)) == event.mark


@pytest.mark.parametrize("data", [[], None, "h1", 7, [("id", "h1")]])
def test_what_is_no_object_is_an_error(data: Any) -> None:
    with pytest.raises(EventError) as caught:
        event_from_json(PLAN, data)
    assert caught.value.text == "En händelse är ett objekt med nycklar, till exempel id, event, about och at."
