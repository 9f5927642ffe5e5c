"""Whatever stands in a plan, a scenario or a file of events: an answer, or problems in Swedish, that repeat nobody's number."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.broken.mutating import CUTS, ODD, SECRETS, Change, Cut, changed, changes, cut, piece_in, profile, secret_in, words_of
from tests.broken.running import HERE, command
from tests.cli.running import EXEMPEL, Ran
from tests.stories import example_plan

from samverkan.case.case import Case
from samverkan.case.event_files import read_events
from samverkan.case.reading import event_from_json
from samverkan.decide.admission import check_event
from samverkan.decide.errors import EventError
from samverkan.directory.coverage import directory_problems
from samverkan.exercise.scenario_files import read_outline, read_scenario
from samverkan.plan.errors import PlanError, Problem
from samverkan.plan.json_nodes import read_json
from samverkan.plan.loading import Reading, inspect_files
from samverkan.plan.yaml_nodes import read_yaml

ROOT = HERE.parents[1]


def tree_of(path: Path) -> Any:
    root = read_yaml(path.read_bytes(), path.name)
    assert root is not None
    return root.plain()


def as_yaml(tree: Any) -> bytes:
    """JSON is YAML, too; a half surrogate stays an escape."""
    return json.dumps(tree).encode()


Leak = Callable[[str], str | None]


def judged(problems: Iterable[Problem], file: str, leak: Leak = piece_in) -> None:
    for problem in problems:
        assert problem.text.strip()
        assert problem.position.file == file
        assert problem.position.line >= 1
        assert problem.position.column >= 1
        shown = problem.text
        assert leak(shown) is None, shown
        assert "\n" not in shown
        assert len(shown) < 3000


# -- plans -----------------------------------------------------------------------------------------------------------------

LITEN = (HERE.parent / "plan" / "liten" / "plan.yaml").read_bytes()
PLAN: Any = tree_of(HERE.parent / "plan" / "liten" / "plan.yaml")
PLAN_CHANGES = changes(words_of(PLAN))


def judged_plan(reading: Reading, leak: Leak = piece_in) -> None:
    judged(reading.problems, "plan.yaml", leak)
    assert (reading.plan is None) == bool(reading.errors)
    if reading.plan is not None:
        for problem in directory_problems(reading.plan):
            assert problem.text.strip()
            assert leak(problem.text) is None


@profile(120)
@given(PLAN_CHANGES)
def test_any_tree_is_a_plan_or_has_problems(wanted: list[Change]) -> None:
    judged_plan(inspect_files({"plan.yaml": as_yaml(changed(PLAN, wanted))}))


HARD: Any = {path.name: tree_of(path) for path in sorted(EXEMPEL.glob("*.yaml"))}
HARD_CHANGES = changes(words_of(HARD))


@profile(20, deep_share=0.3)
@given(HARD_CHANGES)
def test_any_tree_of_the_hard_cases_is_a_plan_or_has_problems(wanted: list[Change]) -> None:
    files = changed(HARD, wanted)
    reading = inspect_files({name.encode("utf-8", "replace").decode(): as_yaml(tree) for name, tree in files.items()})
    assert (reading.plan is None) == bool(reading.errors)
    for problem in reading.problems if reading.plan is None else directory_problems(reading.plan):
        assert piece_in(problem.text) is None


COUNTY: Any = {
    "plan": "lan",
    "title": "Ett län",
    "version": "1",
    "builds on": "liten",
    "valid": {"from": "2013-05-01", "until": "2030-12-31"},
    "acts": {"folja-med": {"label": "följa med", "opens": "true"}},
    "units": [{"unit": "lanets-stod", "label": "Länets stöd", "is": ["stod-utsatta"], "open": "office", "area": ["sala"]}],
    "tightens": [
        {"measure": "stod.saljare/information", "strength": "must", "deadline": "12 hours", "because": "Länet har avtalat det."}
    ],
    "rules": [
        {
            "rule": "lan.eget", "title": "Eget", "text": "Länet gör mer.", "phase": "akut", "basis": "assumed", "for": "person",
            "each": "report_received", "overrides": {"rule": "barn.utredning", "because": "Mer."},
            "then": [{"must perform": "utreda", "id": "u", "who": ["socialnamnd-barn"], "deadline": "7 days"}],
            "because": ["lag/anmalan"], "valid": {"from": "2013-05-01"},
        }
    ],
}  # fmt: skip
COUNTY_CHANGES = changes([*words_of(COUNTY), "barn.anmalan", "barn.anmalan/anmalan", "stod.saljare"])


def test_the_county_that_is_mutated_is_right() -> None:
    assert inspect_files({"plan.yaml": as_yaml(COUNTY)}, {"under.yaml": LITEN}).errors == ()


@profile(60)
@given(COUNTY_CHANGES, PLAN_CHANGES)
def test_any_two_layers_are_a_plan_or_have_problems(own: list[Change], base: list[Change]) -> None:
    for under in (LITEN, as_yaml(changed(PLAN, base))):
        reading = inspect_files({"plan.yaml": as_yaml(changed(COUNTY, own))}, {"under.yaml": under})
        assert (reading.plan is None) == bool(reading.errors)
        assert piece_in("\n".join(problem.text for problem in reading.problems)) is None


@profile(120)
@given(CUTS)
def test_any_bytes_are_a_plan_or_have_problems(cuts: list[Cut]) -> None:
    judged_plan(inspect_files({"plan.yaml": cut(LITEN, cuts)}), secret_in)


@profile(200)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_reading_raises_nothing_but_problems(content: bytes) -> None:
    for read in (lambda: read_yaml(content, "f.yaml"), lambda: read_json(content, "f.yaml", "Dela upp den.")):
        try:
            read()
        except PlanError as wrong:
            judged(wrong.problems, "f.yaml", secret_in)


# -- scenarios -------------------------------------------------------------------------------------------------------------

def tree_of_text(text: str) -> Any:
    root = read_yaml(text.encode(), "f.yaml")
    assert root is not None
    return root.plain()


SCENARIO = """\
scenario: provet
title: Ett prov
plan: exempel
difficulty: 2
summary: Ett påhittat fall.
who: {S1: kvinnan på hotellrummet, B1: mannen i receptionen, K1: det första köpet}
steps:
- at: 2013-05-14 21:10
  event: person_met
  about: S1 seller
  facts: {age: adult, gender: woman, stay_municipality: vasteras}
  story: Polisen knackar på.
  due: [stod.saljare/information S1]
- after: 10 minutes
  id: kop1
  event: buyer_caught
  about: K1 purchase of B1 buyer, S1
  facts: {agreement: reached, price: stated, payment: handed_over}
  offence_at: 2013-05-14 21:00
  knows: {aklagare: Jouråklagaren svarar i kväll.}
  question: Vem får veta vad?
- after: 1 hour
  done: stod.saljare/information S1
- after: 1 day
  event: consent_given
  about: S1
  recipient: regionkoordinator
  telling: identity
  until: 2013-06-01
  how: muntligt
- after: 1 week
  exactly: []
"""
SCENARIO_TREE: Any = tree_of_text(SCENARIO)
SCENARIO_CHANGES = changes(words_of(SCENARIO_TREE))


def judged_scenario(folder: Path, content: bytes, leak: Leak = piece_in) -> None:
    path = folder / "f.yaml"
    path.write_bytes(content)
    try:
        read_scenario(example_plan(), read_outline(path))
    except PlanError as wrong:
        judged(wrong.problems, str(path), leak)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@profile(120)
@given(SCENARIO_CHANGES)
def test_any_tree_is_a_scenario_or_has_problems(folder: Path, wanted: list[Change]) -> None:
    judged_scenario(folder, as_yaml(changed(SCENARIO_TREE, wanted)))


@profile(120)
@given(CUTS)
def test_any_bytes_are_a_scenario_or_have_problems(folder: Path, cuts: list[Cut]) -> None:
    judged_scenario(folder, cut(SCENARIO.encode(), cuts), secret_in)


# -- events ----------------------------------------------------------------------------------------------------------------

EVENTS: Any = [
    {"id": "h1", "event": "person_met", "about": "S1 seller", "at": "2013-05-14 21:10", "facts": {"age": "child"}},
    {
        "id": "k1", "type": "buyer_caught", "about": "K1 purchase of B1, S1", "at": "2013-05-14T21:20:00+02:00",
        "known_at": "2013-05-14T20:00:00Z", "offence_at": "2013-05-14", "facts": {"payment": "handed_over"},
    },
    {"id": "m1", "done": "stod.saljare/information S1", "at": "2013-05-14 22:00", "reason": "Hon frågade själv."},
    {
        "id": "c1", "event": "consent_given", "about": "S1", "at": "2013-05-14 23:00", "recipient": "regionkoordinator",
        "telling": "identity", "until": "2013-06-01", "how": "muntligt",
    },
    {"id": "h1", "revision": 2, "event": "person_met", "about": "S1 seller", "at": "2013-05-14 21:15", "facts": {"age": "adult"}},
    {"id": "v1", "void": True, "at": "2013-05-15 08:00"},
    {
        "id": "f1", "event": "moved", "about": "S1", "same_as": "S2", "at": "2013-05-16 08:00",
        "facts": {"stay_municipality": "sala"},
    },
]  # fmt: skip
EVENT_CHANGES = changes(words_of(EVENTS), (None, True, False, 0, -1, 2, 10**14, 10**30, 1.5, float("nan"), float("inf")))
SENT = json.dumps(EVENTS, ensure_ascii=False, indent=1).encode()


def judged_events(content: bytes, leak: Leak = piece_in) -> None:
    plan = example_plan()
    try:
        sent = read_events(plan, content, "f.json")
    except PlanError as wrong:
        judged(wrong.problems, "f.json", leak)
        return
    case = Case.replay(plan, [one.event for one in sent])
    assert case.now is not None
    case.decisions(case.now)


@profile(120)
@given(EVENT_CHANGES)
def test_any_tree_is_events_or_has_problems(wanted: list[Change]) -> None:
    judged_events(json.dumps(changed(EVENTS, wanted)).encode())


@profile(120)
@given(CUTS)
def test_any_bytes_are_events_or_have_problems(cuts: list[Cut]) -> None:
    judged_events(cut(SENT, cuts), secret_in)


def refusal(data: Any) -> str | None:
    """Why the values aren't an event, or None where they are."""
    try:
        check_event(example_plan(), event_from_json(example_plan(), data))
    except EventError as wrong:
        return wrong.text
    return None


@profile(120)
@given(EVENT_CHANGES)
def test_any_values_of_python_are_an_event_or_an_error(wanted: list[Change]) -> None:
    given_ = changed(EVENTS, wanted)
    for data in given_ if isinstance(given_, list) else []:
        if not isinstance(data, dict):
            continue
        text = refusal(data)
        assert text is None or text.strip()
        assert piece_in(text or "") is None


# -- the commands ----------------------------------------------------------------------------------------------------------


# Numbers that are nobody's: lines and columns, digests, folders.
OURS = re.compile(r":\d+:\d+|\"(?:line|column)\": \d+|[0-9a-f]{64}|/\S*/")


def ended(ran: Ran, codes: tuple[int, ...]) -> None:
    assert ran.code in codes, ran
    assert "Traceback" not in ran.err
    for shown in (ran.out, ran.err):
        assert piece_in(OURS.sub("", shown)) is None, shown
    if ran.code == 2:
        assert ran.err.startswith("samverkan ") or ran.out


def commands(folder: Path, tree: Any, events: Any, scenario: Any) -> Iterator[Ran]:
    (folder / "p").mkdir(exist_ok=True)
    (folder / "p" / "plan.yaml").write_bytes(as_yaml(tree))
    (folder / "e.json").write_bytes(json.dumps(events).encode())
    (folder / "s.yaml").write_bytes(as_yaml(scenario))
    yield command("check", folder / "p")
    yield command("check", folder / "p", "--json")
    yield command("decide", "--plan", EXEMPEL, "--events", folder / "e.json", "--matcher", "compiled")
    yield command("play", folder / "s.yaml", "--plan", EXEMPEL, "--matcher", "compiled")


@profile(8, deep_share=0.05)
@given(PLAN_CHANGES, EVENT_CHANGES, SCENARIO_CHANGES)
def test_the_commands_end_well(folder: Path, plan: list[Change], events: list[Change], scenario: list[Change]) -> None:
    for ran in commands(folder, changed(PLAN, plan), changed(EVENTS, events), changed(SCENARIO_TREE, scenario)):
        ended(ran, (0, 1, 2))


WORDS = st.sampled_from(
    [*ODD, *SECRETS, *(f"{secret} seller" for secret in SECRETS), "person_met S1 seller", "done a/b S1", "age=child"]
)
OPTIONS = st.sampled_from(
    ["--event", "--fact", "--at", "--known-at", "--offence-at", "--recipient", "--telling", "--until", "--reason", "--today",
     "--explain", "--events", "--plan", "--matcher", "--json", "--words"]
)  # fmt: skip


@profile(25, deep_share=0.2)
@given(st.lists(st.tuples(OPTIONS, WORDS), max_size=6))
def test_any_words_after_decide_end_well(pairs: list[tuple[str, str]]) -> None:
    words = [f"{option}={word}" for option, word in pairs if "\0" not in word and "\ud800" not in word]
    ended(command("decide", "--matcher=compiled", f"--plan={EXEMPEL}", *words), (0, 2))
