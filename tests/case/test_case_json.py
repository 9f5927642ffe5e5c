"""A whole case as JSON makes the same case again, to the byte; what is no case is refused with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.case.telling import Lived
from tests.stories import REPORT, example_plan, plan_of

from samverkan import About, Case, Event, EventError, Mark, Plan, PlanError, answer_to_json, case_from_json, case_to_json, load_plan
from samverkan.case.case_json import FORMAT, read_case
from samverkan.case.case_schemas import case_schema, ledger_schema, outcome_schema
from samverkan.case.ledger_json import ledger_to_json
from samverkan.case.outcome_json import outcome_to_json
from samverkan.case.step_json import STEP_KEYS
from samverkan.decide.asjson import canonical
from samverkan.plan.schema import with_words

CHILD = """
rules:
- rule: barn
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
"""
NUMBER = "19121212" + "-1212"


@cache
def plans() -> tuple[Plan, Plan, Plan]:
    """The plan that a case begins under, the one that it goes over to, and one of another county."""
    return plan_of(CHILD), plan_of(CHILD + REPORT.removeprefix("\nrules:")), example_plan()


@cache
def lived() -> Case:
    """A case to which everything was done that can be."""
    told = Lived(plans()[0])
    told.event("person_met", "S1 seller", "2026-05-12 21:10", facts={"age": "child"})
    told.mark("done", "barn/notify S1", "2026-05-12 21:40", now="2026-05-12 22:00")
    when = told.when
    told.done(told.case.add_measure("ring", "polisen", "Ring igen.", "Hon svarade inte.", when("2026-05-13 08:00"), by="polisen"))
    told.done(told.case.add_measure("brev", "polisen", "Skriv.", "Hon bad.", when("2026-05-13 08:10"), when("2026-05-14 12:00")))
    told.done(told.case.add_measure("dag", "polisen", "Följ upp.", "Vana.", when("2026-05-13 08:20"), date(2026, 5, 15)))
    told.done(told.case.end_measure("ring", "done", when("2026-05-13 09:00"), "Hon svarade.", "polisen"))
    told.done(told.case.advance(when("2026-05-14 13:00")))
    handed = told.case.hand_over(plans()[2], "socialnamnd-barn", when("2026-05-14 14:00"), "Hon flyttar.", "polisen")
    told.done(handed.outcome)
    told.done(told.case.close(when("2026-05-16 09:00"), "Allt är gjort.", "polisen"))
    told.done(told.case.reopen(when("2026-05-16 10:00"), "Mer har hänt."))
    told.case = told.case.migrate(plans()[1], when("2026-05-17 09:00"), "Ny version.", "polisen").case
    told.event("report_received", "S1", "2026-05-17 10:00")
    told.fire({"id": "e1", "revision": 2, "void": True, "known_at": "2026-05-17 12:00"}, strict=False)
    return told.case


def saved(case: Case, **more: Any) -> dict[str, Any]:
    """A case as a host that keeps it as text has it again."""
    found: dict[str, Any] = json.loads(json.dumps(case_to_json(case), **more))
    return found


def texts(case: Case) -> tuple[str, ...]:
    """All that a case says, as it is written."""
    assert case.now is not None
    answers = [answer_to_json(case.decisions(at), case.plan) for at in (case.now, case.now + timedelta(days=99))]
    return tuple(map(canonical, (ledger_to_json(case.ledger, case.plan), *answers)))


@pytest.mark.parametrize("sorted_keys", [False, True])
def test_a_case_that_was_written_is_the_same_to_the_byte(sorted_keys: bool) -> None:
    case = lived()
    again = case_from_json(plans(), saved(case, sort_keys=sorted_keys))
    assert texts(again) == texts(case)
    assert (again.closed, again.now, again.own, again.log, again.first_plan) == (
        case.closed, case.now, case.own, case.log, case.first_plan,
    )  # fmt: skip
    assert case_to_json(again) == case_to_json(case)
    assert read_case(plans(), json.dumps(saved(case)).encode(), "a.json").log == case.log


def test_rows_of_a_log_make_the_case_at_every_step() -> None:
    """What a host does: a row for each step, the last one after each."""
    whole = saved(lived())
    for count in range(len(whole["log"]) + 1):
        case = case_from_json(plans(), {**whole, "log": whole["log"][:count]})
        assert case_to_json(case)["log"] == whole["log"][:count]
        assert len(case.log) == count


def test_every_kind_of_step_is_in_it_and_as_the_schema_says() -> None:
    schema = case_schema()
    Draft202012Validator.check_schema(schema)
    whole = saved(lived())
    assert {step["step"] for step in whole["log"]} == set(STEP_KEYS)
    assert [one["properties"]["step"]["const"] for one in schema["$defs"]["Step"]["oneOf"]] == list(STEP_KEYS)
    for one in (schema, with_words(schema, lived().plan)):
        assert [f"{e.json_path}: {e.message}" for e in Draft202012Validator(one).iter_errors(whole)] == []
        assert not Draft202012Validator(one).is_valid({**whole, "mer": 1})
        assert not Draft202012Validator(one).is_valid({**whole, "log": [{**whole["log"][0], "reason": "x"}]})


def test_a_ledger_and_an_outcome_are_as_their_schemas_say() -> None:
    case = lived()
    ledger = json.loads(json.dumps(ledger_to_json(case.ledger, case.plan)))
    assert [f"{e.json_path}: {e.message}" for e in Draft202012Validator(ledger_schema()).iter_errors(ledger)] == []
    assert {entry["cause"] for entry in ledger["entries"]} >= {"event", "taken_back", "clock", "own_measure", "plan", "closed"}
    told = Lived(plans()[0])
    when = told.when
    told.event("person_met", "S1 seller", "2026-05-12 21:10", facts={"age": "child"})
    first = outcome_to_json(told.outcome) if told.outcome is not None else {}
    late = outcome_to_json(told.case.advance(when("2026-05-13 21:10")))
    for outcome in (first, late):
        assert [f"{e.json_path}: {e.message}" for e in Draft202012Validator(outcome_schema()).iter_errors(outcome)] == []
        assert not Draft202012Validator(outcome_schema()).is_valid({**outcome, "mer": 1})
    assert [one["id"]["rule"] for one in first["due"]] == ["barn"]
    assert first["entries"][0]["changes"][0]["after"] == "due"
    assert [one["id"]["rule"] for one in late["overdue"]] == ["barn"]
    assert late["due"] == []


def test_events_that_a_host_makes_itself_are_written_so_that_they_are_read_again() -> None:
    plan = plan_of(CHILD + REPORT.removeprefix("\nrules:"))
    told = Lived(plan)
    when = told.when
    at = when("2026-05-12 21:10")
    odd = [
        Event("a", at, at, type="person_met", about=About("S1", None, "seller"), facts=(("age", "child"),)),
        Event("b", at, at + timedelta(microseconds=1), type="report_received", about=About("S1")),
        Event("c", at, when("2199-09-01 23:30"), mark=Mark("done", "beslut", "perform", "S1", occurrence="b")),
        Event("d", at, at, mark=Mark("done", "ledning", "inform", "S1", occurrence="beslut/perform S1#b by polisen")),
    ]
    case = Case(plan)
    for event in odd:
        case = case.fire(event, strict=False).case
    again = case_from_json(plan, saved(case))
    assert texts(again) == texts(case)
    for occurrence in ("", "två ord", "a\nb", " b"):
        with pytest.raises(EventError, match="tillfälle"):
            case.fire(Event("e", at, at, mark=Mark("done", "beslut", "perform", "S1", occurrence=occurrence)), strict=False)


def test_a_time_to_the_microsecond_is_a_time_whatever_its_digits_look_like() -> None:
    """As a clock gives it: "34.519824+0000" looks like a number that somebody has."""
    case, told = Case(plans()[0]), Lived(plans()[0])
    for number, digits in enumerate((509824, 101239, 850709, 991231, 1)):
        at = told.when("2026-05-12 21:34") + timedelta(seconds=number * 11, microseconds=digits)
        case = case.fire(Event(f"e{number}", at, at, type="person_met", about=About("S1", None, "seller")), now=at).case
    assert texts(case_from_json(plans(), saved(case))) == texts(case)


def test_a_case_is_opened_only_under_the_plans_that_it_pinned() -> None:
    first, second, other = plans()
    whole = saved(lived())
    number = next(n for n, step in enumerate(whole["log"]) if step["step"] == "plan")
    assert whole["log"][number]["plan"]["digest"] == second.digest != first.digest == whole["plan"]["digest"]
    with pytest.raises(EventError, match=rf"^plan\.digest: Ärendet är avgjort under planen .*{first.digest[:12]}.*migrate"):
        case_from_json([second, other], whole)
    with pytest.raises(EventError, match=rf"^log\[{number}\]\.plan\.digest: .*{second.digest[:12]}"):
        case_from_json(first, whole)
    with pytest.raises(EventError, match="angavs: ingen"):
        case_from_json([], whole)


def test_a_plan_that_lacks_words_of_the_case_is_refused_where_it_is_named() -> None:
    whole, lacks = saved(lived()), load_plan("vastmanland")
    number = next(n for n, step in enumerate(whole["log"]) if step["step"] == "plan")
    whole["log"][number]["plan"] = {"id": lacks.id, "digest": lacks.digest}
    whole["log"].insert(1, {"step": "event", "at": whole["log"][1]["at"], "event": {
        "id": "x", "event": "established", "about": "S1", "facts": {"age": "child"}, "at": "2026-05-12 21:30"}})  # fmt: skip
    with pytest.raises(EventError, match=rf"^log\[{number + 1}\]\.plan: .*saknar ord som ärendet använder(.|\n)*händelsen 'x'"):
        case_from_json([*plans(), lacks], whole)


@pytest.mark.parametrize(
    ("kind", "says"), [("closed", "redan avslutat"), ("reopened", "redan öppet"), ("measure_added", "redan avslutat")]
)
def test_a_step_that_no_case_lets_be_done_twice_is_refused(kind: str, says: str) -> None:
    whole = saved(lived())
    after = next(n for n, step in enumerate(whole["log"]) if step["step"] == ("closed" if kind == "measure_added" else kind))
    step = deepcopy(next(step for step in whole["log"] if step["step"] == kind))
    step["at"] = whole["log"][after]["at"]
    whole["log"].insert(after + 1, step)
    with pytest.raises(EventError, match=rf"^log\[{after + 1}\]\.step: .*{says}"):
        case_from_json(plans(), whole)


Change = Callable[[dict[str, Any]], object]
WRONG: dict[str, tuple[Change, str]] = {
    "another version": (
        lambda c: c.update(format="samverkan-case/2"),
        "format: Formatet 'samverkan-case/2' är ett annat. Det som kan läsas är samverkan-case/1.",
    ),
    "no format": (lambda c: c.pop("format"), "Nyckeln format saknas. Det som kan läsas är samverkan-case/1."),
    "no log": (lambda c: c.pop("log"), "Nyckeln log saknas. Lägg till den."),
    "log is no list": (lambda c: c.update(log={}), "log: Här ska stå en lista inom [ ]."),
    "unknown key": (lambda c: c.update(lgo=[]), "lgo: Okänd nyckel 'lgo'. Menade du 'log'?"),
    "a step is no object": (lambda c: c["log"].insert(0, "x"), "log[0]: Här ska stå ett objekt med nycklar inom { }."),
    "unknown step": (
        lambda c: c["log"][0].update(step="evnt"),
        "log[0].step: Okänt slag av steg 'evnt'. Menade du 'event'?",
    ),
    "key of another step": (
        lambda c: c["log"][0].update(how="done"),
        "log[0].how: Okänd nyckel 'how'. Giltigt är step, at, event eller by.",
    ),
    "no time": (lambda c: c["log"][1].pop("at"), "log[1]: Nyckeln at saknas. Lägg till den."),
    "time without offset": (
        lambda c: c["log"][1].update(at="2026-05-12 22:00"),
        "log[1].at: Tiden '2026-05-12 22:00' saknar förskjutning. Skriv till exempel 2013-05-14T21:10:00+02:00.",
    ),
    "back in time": (
        lambda c: c["log"][1].update(at="2026-05-12T10:00:00+00:00"),
        "log[1].at: Tiden 2026-05-12T10:00:00+00:00 ligger före det senaste",
    ),
    "mistyped event": (
        lambda c: c["log"][0]["event"].update(event="person_mett"),
        "log[0].event.event: Okänd händelsetyp 'person_mett'. Menade du 'person_met'?",
    ),
    "mistyped key of an event": (
        lambda c: c["log"][0]["event"].update(abuot="S1"),
        "log[0].event.abuot: Okänd nyckel 'abuot'. Menade du 'about'?",
    ),
    "mistyped value": (
        lambda c: c["log"][0]["event"]["facts"].update(age="chidl"),
        "log[0].event.facts: Okänt värde 'chidl' för 'age'. Menade du 'child'?",
    ),
    "other content": (
        lambda c: c["log"].insert(1, {**c["log"][0], "event": {**c["log"][0]["event"], "facts": {}}}),
        "log[1].event: Händelsen 'e1' (version 1) finns redan med annat innehåll.",
    ),
    "unknown function": (
        lambda c: c["log"][2]["measure"].update(bearer="polsien"),
        "log[2].measure: Okänd funktion 'polsien' i fältet bearer. Menade du 'polisen'?",
    ),
    "a measure twice": (
        lambda c: c["log"].insert(3, c["log"][2]),
        "log[3].measure: Det finns redan en egen åtgärd med id 'ring'.",
    ),
    "unknown measure": (
        lambda c: c["log"][5].update(id="rng"),
        "log[5].id: Det finns ingen egen åtgärd med id 'rng'. Menade du 'ring'?",
    ),
    "a reason that is empty": (lambda c: c["log"][5].update(reason=" "), "log[5].reason: Fältet reason är tomt."),
    "a day that is none": (
        lambda c: c["log"][4]["measure"].update(day="2026-02-30"),
        "log[4].measure.day: Dagen '2026-02-30' finns inte.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_case_is_refused_with_its_place(name: str) -> None:
    change, says = WRONG[name]
    whole = saved(lived())
    change(whole)
    with pytest.raises(EventError) as wrong:
        case_from_json(plans(), whole)
    assert str(wrong.value).startswith(says)
    with pytest.raises(PlanError) as placed:
        read_case(plans(), json.dumps(whole, indent=1, ensure_ascii=False).encode(), "a.json")
    (problem,) = placed.value.problems
    assert problem.text.startswith(says.partition(": ")[2] if says[0].islower() else says)
    assert problem.position.line > 1 or name in ("no format", "no log")


@pytest.mark.parametrize(
    ("change", "line", "column"),
    [("lgo", 2, 2), ('"step": "evnt"', 10, 12)],
)
def test_the_place_in_a_file_is_that_of_the_fault(change: str, line: int, column: int) -> None:
    whole = saved(lived())
    text = json.dumps({"lgo": [], **whole} if change == "lgo" else whole, indent=1)
    text = text.replace('"step": "event"', change, 1) if change != "lgo" else text
    with pytest.raises(PlanError) as wrong:
        read_case(plans(), text.encode(), "a.json")
    assert str(wrong.value).startswith(f"a.json:{line}:{column}: fel: ")


@pytest.mark.parametrize("where", ["event", "reason", "key", "there", "measure", "digest", "by"])
def test_nothing_about_a_person_gets_in_or_is_repeated(where: str) -> None:
    whole = saved(lived())
    log = whole["log"]
    handed = next(step for step in log if step["step"] == "handed_over")
    changes: dict[str, Change] = {
        "event": lambda _: log[0]["event"].update(about=f"{NUMBER} seller"),
        "reason": lambda _: log[5].update(reason=f"Hon heter {NUMBER}."),
        "key": lambda _: log[0].update({NUMBER: "x"}),
        "there": lambda _: handed["persons"].append({"here": "S1", "there": NUMBER}),
        "measure": lambda _: log[2]["measure"].update(text=f"Ring {NUMBER}."),
        "digest": lambda _: whole["plan"].update(digest=NUMBER),
        "by": lambda _: log[1].update(by=NUMBER),
    }
    changes[where](whole)
    with pytest.raises(EventError) as wrong:
        case_from_json(plans(), whole)
    assert NUMBER not in str(wrong.value)
    with pytest.raises(PlanError) as placed:
        read_case(plans(), json.dumps(whole).encode(), "a.json")
    assert NUMBER not in str(placed.value)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"format": "samverkan-case/1", "format": "x"}', b"null", b"\xff"])
def test_what_is_no_json_of_a_case_has_its_place(content: bytes) -> None:
    with pytest.raises(PlanError) as wrong:
        read_case(plans(), content, "a.json")
    assert str(wrong.value).startswith("a.json:1:")
    assert FORMAT == "samverkan-case/1"


ODD: tuple[Any, ...] = (
    None, 0, -1, 1.5, True, "", " ", "x", [], {}, [1], {"a": 1}, "2026-02-30T00:00:00+00:00", "S1 seller", "case", "é" * 300,
    "\u202e", "a\nb", "-", 10**12, "K1 purchase of B1, S1", "2026-05-12 21:10",
)  # fmt: skip


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where everything in it stands."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*path, key)
        yield from paths(one, (*path, key))


def spoilt(whole: dict[str, Any], chance: Random) -> dict[str, Any]:
    """A case in which one value is another, is gone, or stands elsewhere too."""
    places = list(paths(whole))
    *above, key = chance.choice(places)
    there: Any = whole
    for part in above:
        there = there[part]
    if chance.random() < 0.2:
        del there[key]
    elif chance.random() < 0.2 and isinstance(there, list):
        chance.shuffle(there)
    else:
        there[key] = deepcopy(chance.choice(ODD))
    return whole


def test_a_case_that_is_spoilt_anyhow_is_refused_or_is_another_case() -> None:
    chance, refused = Random(7), 0
    for _ in range(150):
        whole = spoilt(saved(lived()), chance)
        try:
            case = case_from_json(plans(), whole)
        except EventError:
            refused += 1
        else:
            assert case_to_json(case_from_json(plans(), saved(case))) == case_to_json(case)
    assert refused > 100
