"""Random histories of the example plan: few subjects, coarse times (so that equal instants happen), late news, corrections."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.stories import example_plan

from samverkan.case.reading import event_from_json
from samverkan.decide.events import Event

START = datetime.fromisoformat("2022-07-30T20:00:00+02:00")
"""Two evenings before an older rule ends and a newer begins."""
HOURS = (0, 1, 2, 12, 28, 30, 52, 100, 400, 1000)
LATE = (0, 0, 0, 0, 1, 28, 400)
END = START + timedelta(hours=2000)

_AGES = ("child", "maybe_child", "adult", "unknown")
_PLACES = ("vasteras", "hallstahammar", "elsewhere")
_RECIPIENTS = ("regionkoordinator", "migrationsverket")
_SELLERS = ("S1", "S1", "S2")
_MARKS = (
    "barn.orosanmalan/anmalan S1", "stod.saljare/information S1", "barn.skyddsbedomning/beslut S1", "alder.ta-reda-pa/bedomning S1",
    "barn.skyddsbedomning/skydd S1", "betanketid.polis-ansoker/ansokan S1", "betanketid.namnd-ansoker/ansokan S1",
    "stod.regionkoordinator/kontakt S1", "kop.av-barn/forundersokning K1", "kopare.barn-bedom/bedomning C1",
    "kopare.stod/information B1", "saljare.vittne/information S1", "stod.folja-med/folja-med S1",
)  # fmt: skip


def _one(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


def _facts(**values: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({}, optional={name.replace("__", "."): value for name, value in values.items()})


def _said(event: str, about: st.SearchStrategy[str], facts: Any = None, **more: Any) -> st.SearchStrategy[dict[str, Any]]:
    keys = {"event": st.just(event), "about": about, "facts": facts if facts is not None else st.just({})}
    return st.fixed_dictionaries({**keys, **more})


_person = _one(*_SELLERS)
_purchase = _one(
    "K1 purchase of B1, S1", "K1 purchase of B1, S1", "K1 purchase of B1, -", "K2 purchase of B1, S2", "K2 purchase of B2, S1"
)  # fmt: skip
_DEAL = {"agreement": "reached", "price": "stated", "payment": "handed_over"}
_deal = _facts(agreement=_one("reached"), price=_one("stated"), payment=_one("handed_over", "none"))
_met = _facts(
    age=_one(*_AGES), gender=_one("woman", "man"), citizenship=_one("swedish", "third_country"), permit=_one("has", "none"),
    stay_municipality=_one(*_PLACES),
)  # fmt: skip
_child = _facts(child__age=_one(*_AGES), child__home_municipality=_one(*_PLACES))
_until = {"telling": _one("identity", "circumstances"), "until": _one("2022-09-12")}
_HAPPENINGS = (
    _said("person_met", _person.map(lambda who: f"{who} seller"), _met),
    _said("person_met", _person.map(lambda who: f"{who} seller"), _met),
    _said("minor_involved", _person.map(lambda who: f"{who} seller")),
    _said("age_established", _person, _facts(age=_one("child", "adult"))),
    _said("turned_18", _person),
    _said("moved", _person, _facts(stay_municipality=_one(*_PLACES), home_municipality=_one(*_PLACES))),
    _said("trafficking_suspected", _person),
    _said("suspicion_dismissed", _person),
    _said("wish_stated", _person, _facts(wants_reflection_period=_one("wants", "declines"))),
    _said("report_received", _person),
    _said("report_received", _person, same_as=_one("S3")),
    _said("role_ended", _person.map(lambda who: f"{who} seller")),
    _said("buyer_caught", _purchase, _deal),
    _said("buyer_caught", _purchase, _deal, offence_at=_one("2022-07-31", "2022-08-01", "2022-07-30 20:00")),
    _said("seller_identified", _one("K1 purchase of -, S2", "K1 purchase of -, S1")),
    _said("penalty_order_answered", _one("K1", "K2"), _facts(penalty_order=_one("accepted", "refused"))),
    _said("child_in_home", _one("F1 parenthood of B1, C1"), _child),
    _said("child_assessed", _one("C1"), _facts(at_risk=_one("suspected", "assessed_no"))),
    _said("operation_started", _one("O1 operation")),
    _said("operation_ended", _one("O1")),
    _said("consent_given", _person, recipient=_one(*_RECIPIENTS), **_until),
    _said("consent_given", _person, recipient=_one(*_RECIPIENTS), telling=_one("identity")),
    _said("consent_refused", _person, recipient=_one(*_RECIPIENTS)),
    _said("consent_withdrawn", _person, recipient=_one(*_RECIPIENTS)),
    st.fixed_dictionaries({"done": _one(*_MARKS)}),
    st.fixed_dictionaries({"done": _one(*_MARKS)}),
    st.fixed_dictionaries({"accepted": _one("stod.saljare/erbjudande S1", "kopare.stod/erbjudande B1")}),
    st.fixed_dictionaries({"declined": _one("stod.saljare/erbjudande S1", "kopare.stod/erbjudande B1")}),
)  # fmt: skip


_met_somebody = _HAPPENINGS[0]
_caught = _said("buyer_caught", _one("K1 purchase of B1, S1"), _facts(**{n: _one(v) for n, v in _DEAL.items()}))
_contact = "stod.regionkoordinator/kontakt S1"
_S1 = _one("S1")
_THREADS: tuple[tuple[st.SearchStrategy[dict[str, Any]], ...], ...] = (
    (_met_somebody, _caught),
    (
        _said("trafficking_suspected", _S1),
        _said("consent_given", _S1, recipient=_one("regionkoordinator"), telling=_one("identity")),
        st.fixed_dictionaries({"done": _one(_contact)}),
        _said("consent_withdrawn", _S1, recipient=_one("regionkoordinator")),
    ),
    (
        _said("person_met", _one("S1 seller"), _facts(age=_one("child"), stay_municipality=_one(*_PLACES))),
        st.fixed_dictionaries({"done": _one("barn.orosanmalan/anmalan S1")}),
        _said("report_received", _S1),
        _said("age_established", _S1, _facts(age=_one("adult"))),
    ),
    (
        _caught,
        _said("child_in_home", _one("F1 parenthood of B1, C1"), _child),
        _said("child_assessed", _one("C1"), _facts(at_risk=_one("suspected"))),
        _said("age_established", _S1, _facts(age=_one("child", "adult"))),
    ),
    (
        _said("person_met", _one("S1 seller"), _met),
        st.fixed_dictionaries({"accepted": _one("stod.saljare/erbjudande S1")}),
        _said("role_ended", _one("S1 seller")),
        _said("trafficking_suspected", _S1),
        _said("wish_stated", _S1, _facts(wants_reflection_period=_one("wants"))),
    ),
)
"""Beginnings of stories in which one thing leads to another."""


@st.composite
def histories(draw: st.DrawFn, most: int = 6, corrected: bool = True) -> tuple[Event, ...]:
    """A thread in the order of time, then up to `most` other events, and corrections of some, in no particular order."""
    told: list[dict[str, Any]] = []
    place = 0
    for number, step in enumerate(draw(st.sampled_from(_THREADS))):
        place = draw(st.integers(place, min(place + 2, len(HOURS) - 3)))
        told.append({"id": f"t{number}", **draw(step), **_times(draw, HOURS[place : place + 1])})
    for number in range(draw(st.integers(0, most))):
        told.append({"id": f"e{number}", **draw(st.one_of(_HAPPENINGS)), **_times(draw)})
        if corrected and draw(st.integers(0, 3)) == 0:
            stated = [data for data in told if "void" not in data]
            told.append(_correction(draw, draw(st.sampled_from(stated)), len(told)))
    return tuple(event_from_json(example_plan(), data) for data in told)


def _times(draw: st.DrawFn, hours: tuple[int, ...] = HOURS) -> dict[str, str]:
    at = START + timedelta(hours=draw(st.sampled_from(hours)))
    return {"at": at.isoformat(), "known_at": (at + timedelta(hours=draw(st.sampled_from(LATE)))).isoformat()}


def _correction(draw: st.DrawFn, of: dict[str, Any], revision: int) -> dict[str, Any]:
    """A revision of an event: taken back, or re-dated."""
    times = _times(draw)
    revision += 1
    if draw(st.booleans()):
        return {"id": of["id"], "revision": revision, "void": True, "known_at": times["known_at"]}
    return {**of, "revision": revision, **times}
