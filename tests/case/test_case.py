"""A case is a value: firing event by event gives what deciding on all of them gives, in whatever order they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.generators import Case as Drawn
from tests.generators import cases

from samverkan.case.case import Case
from samverkan.decide.admission import check_event
from samverkan.decide.answer import Answer
from samverkan.decide.deciding import decide
from samverkan.decide.durable import DurableError, is_installed
from samverkan.decide.errors import EventError
from samverkan.directory.loading import load_plan


def without_refused(drawn: Drawn) -> Drawn:
    """The history without the events that a case refuses even of a feed."""
    kept = []
    for event in drawn.events:
        try:
            check_event(drawn.plan, event, strict=False)
        except EventError:
            continue
        kept.append(event)
    return replace(drawn, events=tuple(kept))


admitted = cases().map(without_refused).filter(lambda drawn: bool(drawn.events))
QUICK = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


def fired(drawn: Drawn, order: list[int]) -> Case:
    case = Case(drawn.plan)
    for number in order:
        case = case.fire(drawn.events[number], strict=False).case
    return case


@QUICK
@given(admitted, st.randoms(use_true_random=False))
def test_firing_in_any_order_gives_what_deciding_gives(drawn: Drawn, shuffler: object) -> None:
    order = list(range(len(drawn.events)))
    getattr(shuffler, "shuffle")(order)  # noqa: B009 - hypothesis' random
    case = fired(drawn, order)
    assert case.decisions(drawn.as_of) == decide(drawn.plan, drawn.events, drawn.as_of)


@QUICK
@given(admitted)
def test_firing_as_things_become_known_gives_what_deciding_gives(drawn: Drawn) -> None:
    order = sorted(range(len(drawn.events)), key=lambda i: drawn.events[i].known_at)
    case = fired(drawn, order)
    later = drawn.as_of + timedelta(days=400)
    assert case.decisions(later) == decide(drawn.plan, drawn.events, later)
    assert case.decisions(drawn.as_of) == decide(drawn.plan, drawn.events, drawn.as_of)


@QUICK
@given(admitted)
def test_firing_changes_nothing_in_the_case_before(drawn: Drawn) -> None:
    case = Case(drawn.plan)
    for event in drawn.events:
        before: Answer = case.decisions(drawn.as_of)
        after = case.fire(event, strict=False).case
        assert case.decisions(drawn.as_of) == before
        assert event not in case.events
        assert event in after.events
        case = after


@QUICK
@given(admitted)
def test_an_outcome_tells_what_is_new(drawn: Drawn) -> None:
    case = Case(drawn.plan)
    for event in drawn.events:
        outcome = case.fire(event, strict=False)
        at = outcome.answer.as_of
        old = {d.id: d.status for d in case.decisions(at).decisions}
        changed = {d.id for d in outcome.answer.decisions if old.get(d.id) != d.status}
        told = [d.id for d in (*outcome.due, *outcome.withdrawn, *outcome.lapsed, *outcome.done)]
        assert sorted(told) == sorted(changed)
        case = outcome.case


def test_a_matcher_is_chosen_by_name() -> None:
    plan = load_plan("vastmanland")
    assert Case(plan).matcher.name == "compiled"
    assert Case(plan, "auto").matcher.name == ("durable" if is_installed() else "compiled")
    if not is_installed():
        with pytest.raises(DurableError):
            Case(plan, "durable")


@QUICK
@given(admitted)
def test_the_same_event_with_other_content_is_refused(drawn: Drawn) -> None:
    case = Case.replay(drawn.plan, drawn.events)
    event = drawn.events[0]
    other = type(event)(
        event.id, event.at, event.known_at, event.revision, not event.void, event.type, event.about, event.facts, event.mark
    )
    with pytest.raises(EventError, match="finns redan"):
        case.fire(other, strict=False)
