"""A case that is told one thing after another says at every step, to the byte, what deciding on everything told so far says.

A case may keep what it has worked out and take it on; `decide` starts from nothing. They must never be told apart: by what a
case was told in which order, by when it was asked in between, or by what else was tried on it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.comparing import differences
from tests.generators.deliveries import Told, deliveries
from tests.oracle import oracle_decide
from tests.stories import Story, plan_of

from samverkan.case.case import Case, Outcome
from samverkan.decide.admission import check_event
from samverkan.decide.answer import Answer, DecisionId
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.knowledge import effective
from samverkan.plan.model import Plan

QUICK = settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
FEWER = settings(QUICK, max_examples=60)
told_something = deliveries().filter(lambda told: bool(told.events))


def text(answer: Answer, plan: Plan) -> str:
    return canonical(answer_to_json(answer, plan))


def from_nothing(plan: Plan, events: tuple[Event, ...], as_of: datetime) -> str:
    return text(decide(plan, events, as_of), plan)


def now_of(events: tuple[Event, ...]) -> datetime:
    """The latest instant at which something became known."""
    return max(max(event.at, event.known_at) for event in events)


def became(before: Answer, after: Answer) -> dict[str, set[DecisionId]]:
    """Which decisions have come to stand otherwise, by what the outcome calls it."""
    old = {d.id: d.status for d in before.decisions}
    called = {"due": ("due", "ask_first"), "done": ("done", "declined"), "withdrawn": ("withdrawn",), "lapsed": ("lapsed",)}
    return {
        name: {d.id for d in after.decisions if d.status in statuses and old.get(d.id) != d.status}
        for name, statuses in called.items()
    }


def check_outcome(plan: Plan, events: tuple[Event, ...], outcome: Outcome) -> None:
    """The outcome of the last of these events against answers from nothing."""
    now = now_of(events)
    before, after = decide(plan, events[:-1], now), decide(plan, events, now)
    assert text(outcome.answer, plan) == text(after, plan)
    assert outcome.questions == after.questions
    assert outcome.diagnostics == ()
    changed = {name: {d.id for d in getattr(outcome, name)} for name in ("due", "done", "withdrawn", "lapsed")}
    assert changed == became(before, after)


@QUICK
@given(told_something)
def test_at_every_step_a_case_says_what_deciding_from_nothing_says(told: Told) -> None:
    plan = told.plan
    case = Case(plan)
    for number, (event, asked) in enumerate(zip(told.events, told.asked, strict=True), 1):
        outcome = case.fire(event, strict=False)
        case = outcome.case
        check_outcome(plan, told.events[:number], outcome)
        # Asking, far ahead and far back, leaves no trace.
        assert text(case.decisions(asked), plan) == from_nothing(plan, told.events[:number], asked)
    last = max(now_of(told.events), *told.asked) + timedelta(days=400)
    assert text(case.decisions(last), plan) == from_nothing(plan, told.events, last)
    assert text(Case.replay(plan, told.events).decisions(last), plan) == text(case.decisions(last), plan)


@FEWER
@given(told_something)
def test_at_every_step_a_case_says_what_the_oracle_says(told: Told) -> None:
    case = Case(told.plan)
    for number, (event, asked) in enumerate(zip(told.events, told.asked, strict=True), 1):
        case = case.fire(event, strict=False).case
        assert differences(case.decisions(asked), oracle_decide(told.plan, told.events[:number], asked)) == []


@QUICK
@given(told_something, st.data())
def test_every_case_on_the_way_stays_as_it_was_and_can_be_taken_on_otherwise(told: Told, data: st.DataObject) -> None:
    """A case is a value: what is fired at it, or at one that came from it, changes neither it nor its siblings."""
    plan, events = told.plan, told.events
    cases = [Case(plan)]
    for event in events:
        cases.append(cases[-1].fire(event, strict=False).case)
    start = data.draw(st.integers(0, len(events) - 1), label="taken on from")
    others = data.draw(st.lists(st.sampled_from(events), min_size=1, max_size=3), label="with")
    other = cases[start]
    for number, event in enumerate(others, 1):
        other = other.fire(event, strict=False).case
        so_far = (*events[:start], *others[:number])
        assert text(other.decisions(now_of(so_far)), plan) == from_nothing(plan, so_far, now_of(so_far))
    for number, (case, asked) in enumerate(zip(cases[1:], told.asked, strict=True), 1):
        for as_of in (asked, now_of(events[:number])):
            assert text(case.decisions(as_of), plan) == from_nothing(plan, events[:number], as_of)
            assert case.events == events[:number]


@FEWER
@given(told_something, st.randoms(use_true_random=False))
def test_the_order_in_which_a_case_is_told_leaves_no_trace(told: Told, shuffler: object) -> None:
    """Told backwards, and in some other order: every event but one comes behind what the case has seen."""
    plan = told.plan
    shuffled = list(told.events)
    getattr(shuffler, "shuffle")(shuffled)  # noqa: B009 - hypothesis' random
    for order in (tuple(reversed(told.events)), tuple(shuffled)):
        case = Case(plan)
        for number, event in enumerate(order, 1):
            case = case.fire(event, strict=False).case
            assert text(case.decisions(now_of(order[:number])), plan) == from_nothing(plan, order[:number], now_of(order[:number]))
        assert text(case.decisions(told.asked[0]), plan) == from_nothing(plan, told.events, told.asked[0])


def refused(case: Case, event: Event) -> bool:
    """Whether a living case refuses the event at its door."""
    try:
        case.fire(event)
    except EventError:
        return True
    return False


@FEWER
@given(told_something)
def test_what_a_case_refuses_leaves_it_as_it_was(told: Told) -> None:
    """Fired strictly: refused for a reason that deciding from nothing shows, else as any other; then with other content."""
    plan, events = told.plan, told.events
    case = Case(plan)
    for number, event in enumerate(events, 1):
        so_far = events[:number]
        now = now_of(so_far)
        assert refused(case, event) == is_wrong(plan, so_far, now)
        case = case.fire(event, strict=False).case
        if not event.void:
            with pytest.raises(EventError):
                case.fire(replace(event, at=event.at - timedelta(minutes=1), reason="annat"), strict=False)
        assert text(case.decisions(now), plan) == from_nothing(plan, so_far, now)


def is_wrong(plan: Plan, events: tuple[Event, ...], now: datetime) -> bool:
    """Whether the last of these events is one that a living case refuses."""
    event = events[-1]
    try:
        check_event(plan, event)
    except EventError:
        return True
    before, after = decide(plan, events[:-1], now).questions, decide(plan, events, now).questions
    hangs = any(q.kind == "hanging" and event.id in q.events for q in after)
    return hangs or any(q.kind == "impossible" and q not in before for q in after)


# -- what the stories are worth ------------------------------------------------------------------------------------------------


@cache
def told_stories() -> tuple[Told, ...]:
    """The same stories again, for counting."""
    found: list[Told] = []

    @QUICK
    @given(told_something)
    def collect(told: Told) -> None:
        found.append(told)

    collect()
    return tuple(found)


def test_the_stories_show_what_a_case_has_to_get_right() -> None:
    """So that steps that agree say something: each of these stands in a good part of the stories, and they do make decisions."""
    stories = told_stories()
    shows = {
        "late": lambda t: any(e.known_at < now_of(t.events[:n]) for n, e in enumerate(t.events) if n),
        "repeated": lambda t: len(set(t.events)) < len(t.events),
        "taken back": lambda t: any(e.void for e in t.events),
        "joined": lambda t: any(e.same_as for e in t.events),
        "consent": lambda t: any(e.recipient for e in t.events),
        "marked": lambda t: any(e.mark for e in t.events),
        "relation": lambda t: any(e.about and e.about.ends for e in t.events),
        "three persons": lambda t: len({e.about.subject for e in t.events if e.about and e.about.sort == "person"}) > 2,
        "a year apart": lambda t: max(e.at for e in t.events) - min(e.at for e in t.events) > timedelta(days=180),
    }
    counted = {name: sum(map(shown, stories)) for name, shown in shows.items()}
    assert min(counted.values()) * 15 >= len(stories), counted
    answers = [decide(t.plan, t.events, as_of) for t in stories for as_of in {now_of(t.events), max(t.asked)}]
    statuses = {d.status for answer in answers for d in answer.decisions}
    assert statuses == {"ask_first", "due", "done", "declined", "lapsed", "withdrawn"}
    flags = {flag for answer in answers for d in answer.decisions for flag in d.flags}
    assert flags == {"acknowledged", "overdue", "late", "passed", "told_without_consent"}
    assert sum(map(bool, (answer.decisions for answer in answers))) * 10 >= len(stories) * 9


# -- when the case itself begins -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [False, True], ids=["in parts", "whole, since a unit may be held open"])
def test_when_a_case_began_is_learnt_again_with_every_event(whole: bool) -> None:
    """What was due about the case had its ground there only if the case, as now known, had begun by then."""
    story = Story(plan_of(OF_THE_CASE + (OPENS if whole else "")))
    first = story.event("person_met", "S1 seller", "2017-05-02 14:00")
    story.event("alarm_over", "case", "2017-05-02 15:00")
    assert _as_deciding(story) == "lapsed"
    story.revise(first, "2017-05-02 17:00", at="2017-05-02 16:00")
    assert _as_deciding(story) == "withdrawn", "nothing happened before the alarm was over"
    story.event("told", "S1", "2017-05-02 12:00", known_at="2017-05-02 18:00", age="adult")
    assert _as_deciding(story) == "lapsed", "something had"


OF_THE_CASE = """
rules:
- rule: fall
  for: case
  when: {alarm: unknown}
  then: [{must perform: larma}]
"""


OPENS = "- {rule: jour, for: case, when: {alarm: raised}, then: [{must perform: jour, continuing: true}]}\n"


def _as_deciding(story: Story) -> str | None:
    """How what is to be done about the case itself stands, by a case that was told the events one by one, as by deciding on all."""
    case = Case(story.plan)
    for event in sorted(story.events, key=effective):
        case = case.fire(event).case
    as_of = story.when()
    answer = case.decisions(as_of)
    assert text(answer, story.plan) == from_nothing(story.plan, tuple(story.events), as_of)
    return next((d.status for d in answer.decisions), None)


def test_a_unit_that_the_case_holds_open_answers_for_everybody_though_no_event_joins_them() -> None:
    story = Story(plan_of(HELD_OPEN))
    story.event("person_met", "S1 seller", "2017-05-02 12:00")
    story.event("alarm_raised", "case", "2017-05-02 13:00")
    story.event("person_met", "S2 seller", "2017-05-02 14:00")
    story.event("alarm_over", "case", "2017-05-02 15:00")
    case, open_then = Case(story.plan), []
    for number, event in enumerate(story.events, 1):
        case = case.fire(event).case
        answer = case.decisions(event.at)
        assert text(answer, story.plan) == from_nothing(story.plan, tuple(story.events[:number]), event.at)
        open_then.append([d.recipient.open for d in answer.find("gor", "notify", "S1") if d.recipient is not None])
    assert open_then == [[True], [True], [True], [False]]


HELD_OPEN = """
hours: {natt: {label: natt, mon-sun: ["00:00-06:00"]}}
units:
- {unit: jouren, label: J, is: [socialnamnd-barn, socialnamnd-vuxen], open: natt}
rules:
- {rule: gor, for: seller, then: [{must notify: socialnamnd-vuxen}]}
- rule: insats
  for: case
  when: {alarm: [unknown, raised]}
  then: [{must perform: jour, continuing: true, who: [socialnamnd-vuxen]}]
"""
