"""Ten awkward rules of the field, said in the language and decided: each means what it should."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from samverkan.decide.answer import Answer, Decision
from samverkan.decide.deciding import decide
from samverkan.decide.events import About, Event
from samverkan.plan.loading import load_plan

PLAN = load_plan(Path(__file__).parent / "awkward")
ZONE = ZoneInfo("Europe/Stockholm")


class Story:
    """Events one after the other, and what is decided then."""

    def __init__(self, start: str) -> None:
        self.now = datetime.fromisoformat(start).replace(tzinfo=ZONE)
        self.events: list[Event] = []

    def happens(self, event: str, about: About, recipient: str = "", **facts: str) -> Story:
        self.now += timedelta(hours=1)
        stated = tuple(facts.items())
        given = (recipient, "identity") if recipient else (None, None)
        self.events.append(
            Event(
                f"e{len(self.events)}",
                self.now,
                self.now,
                type=event,
                about=about,
                facts=stated,
                recipient=given[0],
                telling=given[1],
            )
        )
        return self

    def later(self, **time: int) -> Answer:
        return decide(PLAN, self.events, self.now + timedelta(**time))

    def open(self, **time: int) -> set[str]:
        return {f"{d.id.rule}/{d.id.measure}" for d in self.later(**time).decisions if d.status in ("due", "ask_first")}


def child(start: str) -> Story:
    return Story(start).happens("child_known", About("C1", role="child"))


def only(answer: Answer, rule: str, measure: str, subject: str) -> Decision:
    (found,) = answer.find(rule, measure, subject)
    return found


def day(decision: Decision) -> str | None:
    return None if decision.deadline is None or decision.deadline.day is None else decision.deadline.day.isoformat()


C1, S1 = About("C1"), About("S1")


def test_the_plan_has_no_faults() -> None:
    assert PLAN.warnings == ()
    assert len(PLAN.rules) == 20


def test_1_one_duty_under_two_laws() -> None:
    old = child("2024-03-04 09:00").happens("inquiry_decided", C1, inquiry="opened")
    assert not {name for name in old.open() if name.startswith("anmalan.")}
    assert "anmalan.svar-pa-fraga/svar" in old.happens("reporter_asked", C1).open()
    new = child("2026-03-04 09:00").happens("inquiry_decided", C1, inquiry="opened")
    answer = new.later()
    assert day(only(answer, "anmalan.svar-inom-en-vecka", "svar", "C1")) == "2026-03-11"
    assert answer.find("anmalan.svar-pa-fraga", "svar", "C1") == ()


def test_2_a_chain_of_times() -> None:
    story = child("2026-03-02 09:00").happens("care_decided", C1)
    assert day(only(story.later(), "omhandertagande.understall", "understallning", "C1")) == "2026-03-09"
    application = only(story.later(), "omhandertagande.ansok-om-vard", "ansokan", "C1")
    assert application.deadline is None or application.deadline.at is None
    assert "omhandertagande.upphor/avsluta" not in story.open(days=7)
    assert "omhandertagande.upphor/avsluta" in story.open(days=8)
    story.happens("care_enforced", C1)
    assert day(only(story.later(), "omhandertagande.ansok-om-vard", "ansokan", "C1")) == "2026-03-30"


def test_3_a_time_that_runs_for_years() -> None:
    story = Story("2026-03-02 09:00").happens("buyer_caught", About("K1", "purchase", ends=("B1", "S1")))
    assert day(only(story.later(), "kop.preskription", "bevaka", "K1")) == "2027-12-02"
    story.happens("purchase_served", About("K1"), served="served")
    assert story.open() == set()


@pytest.mark.parametrize(
    ("applicant", "expected"),
    [
        ({"applicant": "board"}, "betanketid.overklaga-namnden/prova"),
        ({"applicant": "leader"}, "betanketid.overklaga-polisen/prova"),
        ({}, "betanketid.vem-ansokte/bedomning"),
    ],
)
def test_4_who_may_hangs_on_who_did(applicant: dict[str, str], expected: str) -> None:
    story = Story("2026-03-02 09:00").happens("suspected", About("S1", role="seller"), trafficking="suspected")
    story.happens("applied", S1, **applicant)
    assert not {name for name in story.open() if name.startswith("betanketid.")}
    story.happens("period_decided", S1, reflection_period="refused")
    assert {name for name in story.open() if name.startswith("betanketid.")} == {
        expected,
        "betanketid.rad-inte-till-overklagande/avsta",
    }


def test_5_every_time_it_happens() -> None:
    story = child("2026-03-02 09:00").happens("placed", C1).happens("went_missing", C1)
    assert "placering.forsvunnet/anmalan" in story.open()
    assert "placering.forsvunnet/anmalan" not in story.happens("found", C1).open()
    again = story.happens("went_missing", C1).later().find("placering.forsvunnet", "anmalan", "C1")
    assert len(again) == 2
    assert {decision.id.occurrence for decision in again} == {"e2", "e4"}


def test_6_consent_first_and_after_a_no_a_weighing() -> None:
    story = Story("2026-03-02 09:00").happens("suspected", About("S1", role="seller"), trafficking="suspected")
    assert only(story.later(), "sekretess.fraga-forst", "uppgift", "S1").status == "ask_first"
    assert story.later().find("sekretess.fraga-forst", "avvagning", "S1") == ()
    story.happens("consent_refused", S1, recipient="polisen")
    assert story.open() == {"sekretess.fraga-forst/avvagning"}
    story.happens("weighed", S1, disclosure="outweighs")
    assert story.open() == {"sekretess.efter-avvagning/uppgift"}
    assert only(story.later(), "sekretess.fraga-forst", "avvagning", "S1").status == "done"


def test_6_and_not_before_the_law_was_there() -> None:
    story = Story("2025-11-03 09:00").happens("suspected", About("S1", role="seller"), trafficking="suspected")
    assert story.open() == set()


@pytest.mark.parametrize(
    ("said", "allowed"),
    [({}, False), ({"best_here": "best"}, False), ({"best_here": "best", "best_there": "not_best"}, False),
     ({"best_here": "best", "best_there": "best"}, True)],
)  # fmt: skip
def test_7_allowed_only_when_two_say_yes(said: dict[str, str], allowed: bool) -> None:
    story = child("2026-03-02 09:00").happens("return_planned", C1, wants_return="planned").happens("return_assessed", C1, **said)
    assert ("atervandande.genomfor/genomfor" in story.open()) is allowed
    assert ("atervandande.barn/avsta" in story.open()) is not allowed


def test_8_one_wants_and_another_refuses() -> None:
    story = child("2026-03-02 09:00")
    story.happens("custody_known", About("V1", "custody", ends=("P1", "C1")), **{"parent.shelter": "wants"})
    assert story.open() == set()
    story.happens("custody_known", About("V2", "custody", ends=("P2", "C1")), **{"parent.shelter": "refuses"})
    assert story.open() == {"boende.omedelbart-beslut/beslut", "boende.omedelbart-beslut/understallning"}


def test_9_unless_an_inquiry_already_runs() -> None:
    story = child("2026-03-02 09:00").happens("report_received", C1)
    assert day(only(story.later(), "utredning.beslut", "beslut", "C1")) == "2026-03-16"
    story.happens("inquiry_decided", C1, inquiry="opened")
    assert "utredning.beslut/beslut" not in story.open()
    assert "utredning.beslut/beslut" not in story.happens("report_received", C1).open()
    assert day(only(story.later(), "utredning.klar", "klar", "C1")) == "2026-07-02"
    story.happens("inquiry_decided", C1, inquiry="extended")
    assert "utredning.klar/klar" not in story.open()
    assert "utredning.klar-forlangd/klar" in story.open()


def test_10_told_to_several_about_nobody() -> None:
    story = Story("2026-03-02 09:00").happens("operation_started", About("I1", "operation")).happens("raid_near", About("I1"))
    told = [decision for decision in story.later().decisions if decision.status == "due"]
    assert {(decision.object, decision.telling, decision.consent) for decision in told} == {
        ("socialnamnd-barn", "circumstances", None),
        ("socialnamnd-vuxen", "circumstances", None),
    }
    assert story.happens("raid_done", About("I1")).open() == set()
