"""Which facts are asked, against every completion of what isn't known, tried with the engine (3.c)."""

from __future__ import annotations

from datetime import timedelta
from math import prod

import pytest
from hypothesis import HealthCheck, given, settings
from tests.case.completing import Trying
from tests.generators.asking import told
from tests.generators.histories import Case as Story
from tests.generators.histories import cases

from samverkan.case.completing import Asked
from samverkan.case.dueness import Dueness
from samverkan.case.questions import replay_before
from samverkan.case.relevance import Relevance
from samverkan.decide.answer import DecisionId

MOST_TRIED = 200
"""How many completions are all tried."""


def asked(trying: Trying) -> tuple[set[Asked], frozenset[DecisionId]]:
    """The facts that matter, and what is due with none of them answered, by the formulas."""
    found: set[Asked] = set()
    due: set[DecisionId] = set()
    for part in trying.islands.parts.values():
        replay = replay_before(part, trying.at)
        if replay is not None:
            dueness = Dueness(replay, trying.at)
            possible = dueness.possible()
            due |= {one.id for one in possible if dueness.diagrams.holds(one.where, {})}
            matter = Relevance(dueness.completions).by_variable([one.where for one in possible])
            found |= {dueness.completions.asked[variable] for variable in matter}
    return found, frozenset(due)


@pytest.mark.parametrize("first", range(0, 240, 60))
def test_a_fact_is_asked_just_where_its_value_can_change_what_is_due(first: int) -> None:
    all_tried = 0
    for seed in range(first, first + 60):
        story = told(seed)
        trying = Trying(story.plan, story.events, story.as_of)
        found, due = asked(trying)
        assert due == trying.due({}), seed
        unknown = trying.unknown()
        if prod(len(trying.values(one)) for one in unknown) <= MOST_TRIED:
            all_tried += 1
            assert found == trying.every(unknown), seed
        else:
            assert found >= trying.some(unknown, seed, 5), seed
    assert all_tried > 40


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(cases())
def test_in_a_story_of_any_kind_none_is_left_out_and_each_has_a_completion_in_which_it_matters(story: Story) -> None:
    trying = Trying(story.plan, story.events, story.as_of)
    found: set[Asked] = set()
    for part in trying.islands.parts.values():
        replay = replay_before(part, trying.at)
        if replay is None:
            continue
        dueness = Dueness(replay, trying.at)
        possible = dueness.possible()
        relevance = Relevance(dueness.completions)
        names = dueness.completions.asked
        for variable, places in relevance.by_variable([one.where for one in possible]).items():
            found.add(names[variable])
            for place in places[:2]:
                codes, one, other = relevance.witness(possible[place].where, variable)
                others = {names[v]: trying.values(names[v])[code] for v, code in codes.items()}
                values = [trying.values(names[variable])[code] for code in (one, other)]
                due = [trying.due({**others, names[variable]: value}) for value in values]
                assert None not in due
                assert [possible[place].id in (one or ()) for one in due].count(True) == 1
    assert found >= trying.some(trying.unknown(), 0, 2)


def test_what_is_established_just_then_answers_and_ends_an_assessment() -> None:
    """An assessment that is due ends with the answer, whatever it is: so it is asked."""
    for seed in range(400):
        story = told(seed)
        trying = Trying(story.plan, story.events, story.as_of)
        due = trying.due({}) or frozenset()
        assessed = {
            (d.subject, measure.object) for d in due
            if (rule := story.plan.rules.get(d.rule)) is not None and (measure := rule.measure(d.measure)) is not None
            and measure.kind == "assess" and rule.of != "deal"
        } & set(trying.unknown())  # fmt: skip
        if assessed:
            assert assessed <= asked(trying)[0]
            return
    raise AssertionError("no such story")


def test_answers_count_just_after_the_instant_that_is_asked_about() -> None:
    story = told(0)
    trying = Trying(story.plan, story.events, story.as_of)
    assert trying.at - story.as_of == timedelta.resolution
