"""§2 and §10 of the contract: what is so of every history, tried on random ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decide.promises.telling import END, HOURS, START, histories
from tests.stories import PLANS, Story, example_plan, plan_of, written

from samverkan.case.case import Case
from samverkan.decide.answer import Answer
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide
from samverkan.decide.events import About, Event
from samverkan.plan.loading import load_plan, read_plan
from samverkan.plan.model import Plan

# The same histories every time: a test that fails now and then helps nobody who hasn't touched what it is about.
some = settings(deadline=None, max_examples=50, derandomize=True)
INSTANTS = st.sampled_from([START + timedelta(hours=hours) for hours in (*HOURS, 200, 500, 1500)])


def said(answer: Answer, plan: Plan) -> str:
    """The answer's canonical JSON, for comparing and for reading a difference."""
    return canonical(answer_to_json(answer, plan))


@some
@given(histories(), st.data(), INSTANTS)
def test_the_order_of_delivery_does_not_matter(events: tuple[Event, ...], data: st.DataObject, as_of: Any) -> None:
    plan = example_plan()
    shuffled = data.draw(st.permutations(events))
    assert said(decide(plan, shuffled, as_of), plan) == said(decide(plan, events, as_of), plan)


@settings(some, max_examples=20)
@given(histories(most=4), st.data())
def test_a_case_that_is_fed_in_any_order_says_what_decide_says(events: tuple[Event, ...], data: st.DataObject) -> None:
    """Events that come behind what the case has seen included; so is every step on the way."""
    plan = example_plan()
    case = Case(plan)
    fed: list[Event] = []
    for event in data.draw(st.permutations(events)):
        case = case.fire(event, strict=False).case
        fed.append(event)
        now = case.now
        assert now is not None
        assert case.decisions(now) == decide(plan, fed, now)
    assert case.decisions(END) == decide(plan, events, END)
    assert Case.replay(plan, events).decisions(END) == decide(plan, events, END)


@some
@given(histories(), st.data(), INSTANTS)
def test_the_same_event_delivered_twice_changes_nothing(events: tuple[Event, ...], data: st.DataObject, as_of: Any) -> None:
    plan = example_plan()
    again = data.draw(st.lists(st.sampled_from(events), min_size=1))
    assert decide(plan, (*again, *events, *again), as_of) == decide(plan, events, as_of)


@some
@given(histories(corrected=False), histories(most=4, corrected=False), INSTANTS)
def test_events_voided_at_once_equal_never_having_them(events: tuple[Event, ...], extra: tuple[Event, ...], as_of: Any) -> None:
    plan = example_plan()
    fleeting = [replace(event, id=f"x{event.id}") for event in extra]
    voids = [Event(e.id, e.known_at, e.known_at, revision=2, void=True) for e in fleeting]
    with_them = decide(plan, (*events, *fleeting, *voids), as_of)
    assert said(with_them, plan) == said(decide(plan, events, as_of), plan)


@some
@given(histories(), INSTANTS, INSTANTS)
def test_an_event_about_somebody_unrelated_changes_nothing_else(events: tuple[Event, ...], hour: Any, as_of: Any) -> None:
    plan = example_plan()
    at = hour + timedelta(minutes=7)
    other = Event("other", at, at, type="person_met", about=About("X9", "person", "seller"), facts=(("age", "child"),))
    without, with_it = decide(plan, events, as_of), decide(plan, (*events, other), as_of)
    assert [d for d in with_it.decisions if d.id.subject != "X9"] == list(without.decisions)
    assert [q for q in with_it.questions if q.subject != "X9"] == list(without.questions)
    assert with_it.contradictions == without.contradictions


@some
@given(histories(), INSTANTS, INSTANTS)
def test_what_becomes_known_later_does_not_change_what_is_shown_now(events: tuple[Event, ...], one: Any, other: Any) -> None:
    plan = example_plan()
    now, later = sorted((one, other))
    known = [event for event in events if event.known_at <= now]
    assert decide(plan, known, now) == decide(plan, events, now)
    assert decide(plan, events, later).as_of == later


# -- the same plan in other files ----------------------------------------------------------------------------------------------


def sections() -> list[dict[str, Any]]:
    """The example plan in its smallest pieces: a word, a rule, a key each, with what a rule's file said of its function."""
    pieces: list[dict[str, Any]] = []
    for path in sorted((PLANS / "exempel").glob("*.yaml")):
        data = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
        function = {"function": data.pop("function")} if "function" in data else {}
        units = data.pop("units", None)
        for section, value in data.items():
            if isinstance(value, dict) and section not in ("valid", "reminders"):
                pieces += [{section: {word: its}} for word, its in value.items()]
            elif isinstance(value, list):
                pieces += [{**(function if section == "rules" else {}), section: [item]} for item in value]
            else:
                pieces.append({section: value})
        if units is not None:
            pieces.append({"units": units})
    return pieces


PIECES = sections()


@settings(some, max_examples=8)
@given(st.permutations(PIECES), histories())
def test_a_plan_split_over_files_in_any_way_decides_alike(pieces: list[dict[str, Any]], events: tuple[Event, ...]) -> None:
    plan = example_plan()
    files = {f"{number:03}-{len(str(piece))}.yaml": written(piece) for number, piece in enumerate(pieces)}
    other = read_plan(files)
    assert other.digest == plan.digest
    assert said(decide(other, events, END), other) == said(decide(plan, events, END), plan)


def test_files_may_be_renamed(tmp_path: Path) -> None:
    plan = example_plan()
    for number, path in enumerate(sorted((PLANS / "exempel").glob("*.yaml"), reverse=True)):
        (tmp_path / f"{number}.yaml").write_bytes(path.read_bytes())
    assert load_plan(tmp_path).digest == plan.digest


def test_the_order_of_units_is_part_of_what_a_plan_says() -> None:
    twice = "units: [{unit: p1, label: P1, is: [polisen], open: always}, {unit: p2, label: P2, is: [polisen], open: always}]"
    turned = "units: [{unit: p2, label: P2, is: [polisen], open: always}, {unit: p1, label: P1, is: [polisen], open: always}]"
    assert plan_of(twice).digest != plan_of(turned).digest


def test_the_order_of_opposites_and_of_impossible_combinations_is_no_part_of_what_a_plan_says() -> None:
    def said_so(*order: int) -> str:
        opposites = ("[larma, avvakta]", "[forhora, avvakta]")
        pairs = ("{citizenship: swedish, permit: none}", "{age: child, gender: other}")
        impossible = "".join(f"- {{for: person, facts: {pairs[n]}, because: x}}\n" for n in order)
        return plan_of(f"opposites: [{', '.join(opposites[n] for n in order)}]\nimpossible:\n{impossible}").digest

    assert said_so(0, 1) == said_so(1, 0)
    assert said_so(0, 1) != said_so(0)


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_which_of_two_overriding_rules_is_named_does_not_depend_on_files(order: str) -> None:
    rule = """
rules:
- rule: {}
  for: seller
  when: {{gender: woman}}
  overrides: {{rule: s, because: bättre}}
  then: [{{must inform: stod}}]
"""
    overridden = "- {rule: s, for: seller, when: {age: child}, then: [{must perform: larma}]}\n"
    first, second = (rule.format(name).removeprefix("\nrules:\n" if number else "") for number, name in enumerate(order))
    story = Story(plan_of(first + second + overridden))
    story.event("person_met", "S1 seller", age="child")
    story.event("told", "S1", gender="woman")
    found = story.decision("s/perform S1")
    assert found is not None
    assert (found.status, found.replaced_by) == ("lapsed", "a")
