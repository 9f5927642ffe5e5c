"""The sentences that the engine reads, as Swedish: whole, and right for each kind of rule."""

from __future__ import annotations

import re

import pytest
from tests.stories import example_plan

from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan
from samverkan.review.sentences import read, requirement_sentence, said


@pytest.mark.parametrize("plan", [load_plan(), example_plan()], ids=["vastmanland", "exempel"])
def test_every_rule_is_read_in_whole_sentences(plan: Plan) -> None:
    for rule in plan.rules.values():
        told = read(plan, rule)
        assert len(told.due) == len(rule.then)
        assert (len(told.when) + bool(told.any_of) == 0) == (not rule.when.atoms and not rule.when.any and not rule.when.some)
        assert len(told.unless) == len(rule.unless)
        for one in told.due:
            for text in (one.sentence, one.instead or "."):
                assert re.fullmatch(r"[A-ZÅÄÖ].* (ska|bör|får) .*[^. ]\.|\.", text), text
        for text in (told.whom, told.occasion, *told.when, *told.unless, *(o for some in told.any_of for o in some)):
            assert "None" not in text
            assert "_" not in text, f"{rule.id}: an id where a label should be: {text}"


@pytest.mark.parametrize("plan", [load_plan(), example_plan()], ids=["vastmanland", "exempel"])
def test_requirements_and_conclusions_are_read_too(plan: Plan) -> None:
    for requirement in plan.requirements.values():
        assert requirement_sentence(plan, requirement).startswith("Gäller ")
    for conclusion in plan.conclusions.values():
        assert ": " in said(plan, conclusion.when)


def test_some_rules_word_by_word() -> None:
    plan = load_plan()
    report = read(plan, plan.rules["barn.orosanmalan"])
    assert report.whom == "den som säljer eller utnyttjas"
    assert report.when == ("åldern: under 18 år eller kan vara under 18 år",)
    (told,) = report.due
    assert told.sentence == (
        "Polisen ska genast underrätta socialtjänstens barn- och ungdomsenhet om den som säljer eller utnyttjas, med uppgift om "
        "vem det gäller."
    )
    assert [one.allowed for one in report.due] == ["sol/anmalningsplikt"]
    first = read(plan, plan.rules["barn.forhandsbedomning"])
    assert first.occasion == "orosanmälan för ett barn eller en ung person har kommit in"
    assert first.due[0].sentence.endswith("ska besluta om utredning ska inledas, inom 14 dagar.")
    passed = read(plan, plan.rules["barn.fristen-passerad"])
    assert passed.occasion == "det här inte är gjort i tid: Förhandsbedömning inom 14 dagar"
    assert "inom en arbetsdag" in passed.due[0].sentence


def test_conditions_in_one_line_say_that_they_hold_together() -> None:
    plan = load_plan()
    told = said(plan, plan.conclusions["completed"].when)
    assert "överenskommelsen: träffad, och samtidigt priset: angett" in told
    assert "; " not in told


def test_where_almost_all_values_are_meant_the_others_are_named() -> None:
    plan = load_plan()
    told = said(plan, plan.conclusions["home_in_another_municipality"].when)
    assert "vistelsekommunen: Sala, och samtidigt bosättningskommunen: annat än " in told
    assert "Skinnskatteberg, Surahammar" not in told


def test_who_gives_an_offer_is_not_told_where_it_is_who_makes_it() -> None:
    plan = load_plan()
    own, others = read(plan, plan.rules["stod.brottsofferstod"]), read(plan, plan.rules["stod.saljare"])
    assert own.due[0].sentence.endswith(" brottsofferstöd.")
    assert others.due[1].sentence.endswith(" stödsamtal, som ges av stödverksamheten för den som säljer.")


def test_from_when_a_time_runs_is_told_as_an_event() -> None:
    plan = load_plan()
    answered = next(rule for rule in plan.rules.values() if rule.title == "Svar till den som anmälde inom en vecka från beslutet")
    assert read(plan, answered).due[0].sentence.endswith(", inom en vecka efter händelsen ”barnutredning inledd”.")


def test_what_is_unknown_is_set_apart_from_values_that_are_alternatives_themselves() -> None:
    plan = load_plan()
    assert "åldern: 18 år eller äldre, eller okänt" in read(plan, plan.rules["stod.saljare"]).when
    assert "åldern: under 18 år eller kan vara under 18 år" in read(plan, plan.rules["barn.orosanmalan"]).when
