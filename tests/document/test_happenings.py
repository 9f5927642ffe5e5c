"""What happens when: nothing that an event sets going is left out, nothing that it rules out is told, and nothing is told twice."""

from __future__ import annotations

from datetime import date

import pytest
from tests.document.pages import DAY, shipped
from tests.stories import example_plan

from samverkan.document.making import document
from samverkan.document.model import Document, Happening
from samverkan.document.numbering import is_told
from samverkan.document.occasions import Known, is_base, said_by
from samverkan.graph.chains import chains
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan

PLANS: dict[str, tuple[Plan, date]] = {"vastmanland": (load_plan(), DAY), "exempel": (example_plan(), date(2022, 8, 1))}


def happening(found: Document, anchor: str) -> Happening:
    return next(one for one in found.happenings if one.place.anchor == anchor)


def told(one: Happening) -> set[str]:
    return {line.reference.number for doing in one.doings for line in doing.lines}


def numbers(found: Document) -> dict[str, str]:
    return {e.id: e.reference.number for c in found.chapters for group in c.groups for e in group.entries}


@pytest.mark.parametrize("name", PLANS)
def test_whatever_an_event_sets_going_stands_with_it(name: str) -> None:
    plan, day = PLANS[name]
    found = document(plan, day)
    places = numbers(found)
    for chain in chains(plan):
        event = plan.events[chain.event]
        direct = [step.rule for step in chain.steps if step.depth == 0 and is_told(plan.rules[step.rule], day)]
        if not direct:
            continue
        one = happening(found, f"handelse-{event.id}")
        elsewhere = {happening(found, besides.place.anchor).place.number: besides for besides in one.besides}
        for rule in direct:
            stands = places[rule] in told(one) | {line.reference.number for doing in one.otherwise for line in doing.lines}
            base = is_base(plan, plan.rules[rule]) and any(
                places[rule] in told(each) for each in found.happenings if each.place.number in elsewhere
            )
            said = said_by(plan, event, itself=False, stated=False)
            impossible = not Known(plan, said, anything=True).holds(plan.rules[rule])
            assert stands or base or impossible, f"{event.id}: {rule}"


def test_a_danger_to_somebody_whom_the_police_have_met_calls_for_help() -> None:
    found = shipped()
    assert numbers(found)["fara.kalla-hjalp"] in told(happening(found, "handelse-danger_reported"))


def test_what_another_than_the_police_have_found_out_gives_the_police_nothing_to_do_by_itself() -> None:
    plan, found = load_plan(), shipped()
    one = happening(found, "handelse-contact_made")
    names = {number: rule for rule, number in numbers(found).items()}
    police = [line for doing in one.doings if doing.who == "Polisen" for line in doing.lines]
    for line in police:
        rule = plan.rules[names[line.reference.number]]
        assert not any(atom.fact == "police_aware" for each in rule.unless for atom in each.atoms), rule.id
    otherwise = {line.reference.number for doing in one.otherwise for line in doing.lines}
    assert numbers(found)["barn.orosanmalan"] in otherwise
    assert not otherwise & told(one)
    without = {reference.number for besides in one.besides for reference in besides.without}
    assert numbers(found)["mote.forst"] in without
    assert without <= otherwise, "it holds where the police do know"


def test_what_everybody_new_is_met_with_stands_once() -> None:
    plan, found = load_plan(), shipped()
    base = {numbers(found)[rule.id] for rule in plan.rules.values() if rule.id in numbers(found) and is_base(plan, rule)}
    assert numbers(found)["saljare.ej-misstankt"] in base
    new = [one for one in found.happenings if one.new]
    assert base == {number for one in new for number in told(one)}
    for one in found.happenings:
        if not one.new and one.besides:
            assert not base & told(one)
            assert not base & {line.reference.number for line in one.later}


def test_what_several_leave_undone_alike_is_told_once() -> None:
    plan, found = load_plan(), shipped()
    names = {number: rule for rule, number in numbers(found).items()}
    for doings in (*(one.doings for one in found.happenings), *(one.doings for one in found.phases)):
        lines = [line.reference.number for doing in doings for line in doing.lines]
        for number in {each for each in lines if lines.count(each) > 1}:
            assert any(measure.kind != "refrain" for measure in plan.rules[names[number]].then), names[number]


def test_events_have_the_same_numbers_whomever_it_is_for() -> None:
    whole = {one.place.anchor: one.place for one in shipped().happenings}
    assert [place.number for place in whole.values()] == [f"H{place}" for place in range(1, len(whole) + 1)]
    for one in shipped("socialnamnd-barn").happenings:
        assert one.place == whole[one.place.anchor]
