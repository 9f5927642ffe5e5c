"""The oracle on the small plan of hard cases, and what it must answer of threads that are easy to judge by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from tests.generators import Case, cases, plan_of, plans, show
from tests.generators.histories import TIMES
from tests.generators.staples import STAPLES
from tests.generators.threads import THREADS, Step
from tests.oracle import Seen, Verdict, oracle_decide

from samverkan.decide.answer import DecisionId
from samverkan.decide.events import About, Event, Mark
from samverkan.plan.checks.citations import check_citations
from samverkan.plan.checks.conclusions import check_conclusions
from samverkan.plan.checks.dependence import check_dependence
from samverkan.plan.checks.measures import check_measures
from samverkan.plan.checks.overrides import check_overrides
from samverkan.plan.checks.rules import check_rules
from samverkan.plan.checks.units import check_units
from samverkan.plan.errors import Problems
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan

SAMPLE = Path(__file__).parent / "corpus" / "plans" / "exempel"
# Drawing a plan and a history takes long, which says nothing of the code under test.
SLOW_START = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


# ------------------------------------------------------------------------------------------ the hotel, step by step


def _clock(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Stockholm"))


def _event(number: int, at: str, kind: str, about: About, *facts: tuple[str, str]) -> Event:
    return Event(f"h{number}", _clock(at), _clock(at), type=kind, about=about, facts=facts)


HOTEL = (
    _event(
        1,
        "2013-05-14 21:10",
        "person_met",
        About("S1", "person", "seller"),
        ("age", "adult"),
        ("gender", "woman"),
        ("stay_municipality", "vasteras"),
        ("home_municipality", "vasteras"),
    ),
    _event(
        2,
        "2013-05-14 21:20",
        "buyer_caught",
        About("K1", "purchase", ends=("B1", "S1")),
        ("agreement", "reached"),
        ("price", "stated"),
        ("payment", "handed_over"),
    ),
    _event(
        3,
        "2013-05-14 21:25",
        "buyer_caught",
        About("K2", "purchase", ends=("B2", "S1")),
        ("agreement", "reached"),
        ("price", "stated"),
    ),
    _event(
        4,
        "2013-05-14 21:40",
        "child_in_home",
        About("F1", "parenthood", ends=("B1", "C1")),
        ("child.age", "child"),
        ("child.home_municipality", "hallstahammar"),
    ),
    Event(
        "h5",
        _clock("2013-05-14 21:45"),
        _clock("2013-05-14 21:45"),
        mark=Mark("declined", "kopare.stod", "erbjudande", "B1"),
    ),
    _event(6, "2013-05-15 09:00", "age_established", About("S1", "person"), ("age", "child")),
)

# After each step: decision (or a rule, for all its measures) and subject → status; "-" where it isn't due or asked first.
EXPECTED: tuple[dict[tuple[str, str], str], ...] = (
    {
        ("stod.saljare/information", "S1"): "due",
        ("stod.saljare/erbjudande", "S1"): "due",
        ("saljare.ej-misstankt/avsta", "S1"): "due",
        ("barn.orosanmalan", "S1"): "-",
        ("alder.ta-reda-pa", "S1"): "-",
    },
    {
        ("kopare.stod/information", "B1"): "due",
        ("kopare.stod/erbjudande", "B1"): "due",
        ("kop.boter-strafforelaggande/forelaggande", "K1"): "due",
    },
    {("kop.boter-strafforelaggande", "K2"): "-", ("kop.av-barn", "K2"): "-"},
    {("kopare.barn-bedom/bedomning", "C1"): "due", ("kopare.barn-anmal", "C1"): "-"},
    {("kopare.stod/erbjudande", "B1"): "declined"},
    {
        ("barn.orosanmalan/anmalan", "S1"): "due",
        ("kop.av-barn/forundersokning", "K1"): "due",
        ("kop.boter-strafforelaggande/forelaggande", "K1"): "withdrawn",
    },
)


def _found(verdict: Verdict, named: str, subject: str) -> Iterator[Seen]:
    for decision, seen in verdict.decisions.items():
        rule_named = named in (decision.rule, f"{decision.rule}/{decision.measure}")
        if rule_named and decision.subject == subject:
            yield seen


@pytest.mark.parametrize("step", range(len(HOTEL)))
def test_the_hotel_night(step: int) -> None:
    verdict = oracle_decide(load_plan(SAMPLE), HOTEL, HOTEL[step].at)
    for (named, subject), status in EXPECTED[step].items():
        found = {seen.status for seen in _found(verdict, named, subject)}
        if status == "-":
            assert not found & {"due", "ask_first"}, (named, subject, found)
        else:
            assert found == {status}, (named, subject, found)


def test_a_report_at_night_reaches_those_who_are_open() -> None:
    plan = load_plan(SAMPLE)
    night = (*HOTEL[:1], replace(HOTEL[5], at=_clock("2013-05-14 23:30"), known_at=_clock("2013-05-14 23:30")))
    report = DecisionId("barn.orosanmalan", "anmalan", "S1", "polisen")
    assert oracle_decide(plan, night, _clock("2013-05-14 23:30")).decisions[report].recipient == ("socialjouren", True)
    morning = oracle_decide(plan, night, _clock("2013-05-15 08:00")).decisions[report]
    assert morning.recipient == ("vasteras-barn", True)
    assert morning.flags == ("overdue",)


# ----------------------------------------------------------------------------------------- threads, judged by hand


def _events(steps: tuple[Step, ...]) -> list[Event]:
    """The steps one after another: each at the next of some far-apart times."""
    events: list[Event] = []
    for number, (step, at) in enumerate(zip(steps, (*TIMES[0:3:2], *TIMES[8:]), strict=False), 1):
        if step.takes_back:
            events.append(Event(events[-step.takes_back].id, at, at, revision=2, void=True))
            continue
        told = Event(f"t{number}", at, at, type=step.type, about=step.about, facts=step.facts, mark=step.mark)
        events.append(replace(told, recipient=step.recipient, telling=step.telling))
    return events


# (staple, number of the thread): measure → status, flags at the end, for every decision of it.
ENDS: dict[tuple[str, int], dict[str, tuple[str, tuple[str, ...]]]] = {
    ("barn", 0): {"anm": ("done", ()), "anm:correction": ("due", ())},
    ("barn", 1): {"anm": ("done", ()), "anm:correction": ("withdrawn", ())},
    ("barn", 2): {"anm": ("done", ())},
    ("barn", 3): {"anm": ("done", ())},
    ("samt", 0): {
        "ask:mig": ("done", ("passed",)),
        "ask:stod": ("due", ("overdue", "passed")),
        "kont": ("done", ("passed",)),
        "kont:consent-ended": ("due", ()),
        "omst": ("ask_first", ()),
        "radfr": ("due", ()),
    },
    ("samt", 5): {
        "ask:mig": ("lapsed", ("passed",)),
        "ask:stod": ("due", ("overdue", "passed")),
        "kont": ("done", ("passed", "told_without_consent")),
        "omst": ("ask_first", ()),
    },
    ("frist", 0): {"besl": ("done", ())},
    ("frist", 2): {"besl": ("done", ("passed",)), "ledn": ("done", ())},
    ("stod", 1): {"erbj": ("due", ()), "med": ("done", ())},
    ("brott", 2): {"anm": ("done", ()), "led": ("lapsed", ("passed",))},
    ("reda", 0): {"bed": ("due", ("passed",))},
}


@pytest.mark.parametrize(("staple", "number"), ENDS)
def test_threads_end_as_they_should(staple: str, number: int) -> None:
    plan = plan_of(rule for rules in STAPLES if rules[0].id == staple for rule in rules)
    events = _events(THREADS[staple][number])
    verdict = oracle_decide(plan, events, max(event.known_at for event in events))
    ends = {decision.measure: (seen.status, seen.flags) for decision, seen in verdict.decisions.items()}
    assert ends == ENDS[staple, number], show(plan, events)


# ------------------------------------------------------------------------------------------- what holds of any case


@given(cases())
@settings(SLOW_START, max_examples=60)
def test_the_order_of_delivery_does_not_matter(case: Case) -> None:
    shuffled = list(case.events)
    random.Random(7).shuffle(shuffled)
    assert oracle_decide(case.plan, shuffled, case.as_of) == oracle_decide(case.plan, case.events, case.as_of)


@given(cases())
@settings(SLOW_START, max_examples=60)
def test_what_is_not_yet_known_changes_nothing(case: Case) -> None:
    known = [event for event in case.events if event.known_at <= case.as_of]
    told, untold = (oracle_decide(case.plan, events, case.as_of) for events in (case.events, known))
    assert told == untold


@given(cases())
@settings(SLOW_START, max_examples=60)
def test_an_event_voided_at_once_equals_never_having_it(case: Case) -> None:
    extra = Event("x", case.events[0].at, case.events[0].at, type="minor_involved", about=About("P1", "person", "sal"))
    void = Event("x", extra.at, extra.known_at, revision=2, void=True)
    assert oracle_decide(case.plan, (*case.events, extra, void), case.as_of) == oracle_decide(case.plan, case.events, case.as_of)


@given(cases())
@settings(SLOW_START, max_examples=60)
def test_times_of_a_decision_are_in_order(case: Case) -> None:
    verdict = oracle_decide(case.plan, case.events, case.as_of)
    begins = min(event.at for event in case.events)
    for seen in verdict.decisions.values():
        assert begins <= seen.shown <= case.as_of
        assert (seen.status == "due") == (seen.since is not None)
        assert seen.since is None or seen.shown <= seen.since <= case.as_of
        assert ("passed" in seen.flags) == (seen.passed_at is not None)
        assert (seen.ended_at is None) or seen.status not in ("due", "ask_first")
        if "overdue" in seen.flags:
            assert seen.deadline_at is not None
            assert seen.deadline_at <= case.as_of


def test_one_id_with_two_contents_is_refused() -> None:
    event = HOTEL[0]
    with pytest.raises(ValueError, match="two contents"):
        oracle_decide(load_plan(SAMPLE), (event, replace(event, facts=())), event.at + timedelta(hours=1))
    twice = oracle_decide(load_plan(SAMPLE), (event, replace(event, at=event.at.astimezone(UTC))), event.at)
    assert twice == oracle_decide(load_plan(SAMPLE), (event,), event.at)


@given(plans())
@settings(SLOW_START, max_examples=40)
def test_random_plans_are_valid(plan: Plan) -> None:
    problems = Problems()
    for check in (
        check_citations,
        check_conclusions,
        check_dependence,
        check_measures,
        check_overrides,
        check_rules,
        check_units,
    ):
        check(plan, problems)
    assert not problems.errors
