from __future__ import annotations

from datetime import date

from tests.directory.building import county_units, measure, plan, rule, unit

from samverkan.directory.answering import Directory
from samverkan.directory.standing_in import unit_problems
from samverkan.plan.model import Hours, Plan, Unit


def found(given: Plan, code: str) -> list[str]:
    problems = list(unit_problems(Directory(given)))
    assert {problem.severity for problem in problems} <= {"warning"}
    return [problem.text for problem in problems if problem.code == code]


def of(*units: Unit) -> Plan:
    return plan(units)


def test_a_county_where_every_unit_answers_sometime() -> None:
    assert list(unit_problems(Directory(plan()))) == []
    assert len(county_units()) == 10


def test_stand_ins_in_a_ring_are_told_once() -> None:
    three = of(
        unit("a", "polisen", stand_ins=("b",)),
        unit("b", "polisen", stand_ins=("c",)),
        unit("c", "polisen", stand_ins=("a",)),
    )
    assert found(three, "stand-in-ring") == ["Ersättare i en ring: A → B → C → A. Är alla stängda svarar ingen av dem."]
    itself = of(unit("a", "polisen", stand_ins=("a",)))
    assert [text.split(". ")[0] for text in found(itself, "stand-in-ring")] == ["Ersättare i en ring: A → A"]
    one_way = of(unit("a", "polisen", stand_ins=("b",)), unit("b", "polisen"))
    assert found(one_way, "stand-in-ring") == []


def test_a_way_into_a_ring_is_no_ring() -> None:
    into = of(
        unit("start", "polisen", stand_ins=("a",)),
        unit("a", "polisen", stand_ins=("b",)),
        unit("b", "polisen", stand_ins=("a",)),
    )
    assert len(found(into, "stand-in-ring")) == 1


def test_a_stand_in_that_bears_none_of_the_functions_never_stands_in() -> None:
    units = (unit("a", "aklagare", stand_ins=("b",)), unit("b", "polisen", hours="always"))
    (text,) = found(plan(units), "stand-in-without-function")
    assert text.startswith("B är ersättare för A men svarar inte för någon av dess funktioner, och används därför")
    anyone = measure("m", "notify", "aklagare", "polisen", anyone_stands_in=True)
    assert found(plan(units, [rule("r", anyone)]), "stand-in-without-function") == []


def test_a_unit_that_others_always_precede_never_answers() -> None:
    hidden = of(unit("forst", "polisen", hours="always"), unit("sist", "polisen"))
    (text,) = found(hidden, "never-answers")
    assert text.startswith("Sist svarar aldrig")
    narrower = of(unit("forst", "socialnamnd-barn", hours="always"), unit("sist", "socialnamnd-barn", area=("sala",)))
    assert found(narrower, "never-answers") == []


def test_a_unit_that_bears_nothing_or_ends_before_the_plan_never_answers() -> None:
    assert len(found(of(unit("tom")), "never-answers")) == 1
    before = of(unit("gammal", "polisen", last=date(2012, 1, 1)), unit("ny", "polisen"))
    assert [text.split()[0] for text in found(before, "never-answers")] == ["Gammal"]


def test_a_unit_that_is_only_open_on_call_answers_then() -> None:
    closed = Hours("stangt", "stängt", ((),) * 7, (), ())
    units = (unit("kontakt", "aklagare", area=("sala",), hours="stangt"), unit("kammaren", "aklagare", hours="always"))
    assert len(found(plan(units, hours=[closed]), "never-answers")) == 1
    on_call = measure("jour", "perform", "jour", "aklagare", continuing=True)
    assert found(plan(units, [rule("r", on_call)], hours=[closed]), "never-answers") == []
    not_on_call = measure("utreda", "perform", "utreda", "aklagare", continuing=True)
    assert len(found(plan(units, [rule("r", not_on_call)], hours=[closed]), "never-answers")) == 1


def test_a_unit_that_only_stands_in_where_anyone_may_answers_then() -> None:
    units = (
        unit("kammaren", "aklagare", stand_ins=("reserven",)),
        unit("reserven", "polisen", area=("sala",)),
        unit("polisen", "polisen", area=("sala",), serves={"gender": ("woman",)}, hours="always"),
        unit("jouren", "socialnamnd-barn", hours="always"),
    )
    assert found(plan(units), "never-answers") == []


def test_a_unit_answers_if_it_is_there_on_some_day_of_the_plan() -> None:
    def late(first: date, plan_last: date | None) -> list[str]:
        units = (unit("nu", "polisen", last=date(2016, 12, 31)), unit("sedan", "polisen", first=first))
        return found(plan(units, last=plan_last), "never-answers")

    assert late(date(2017, 1, 1), None) == []
    assert late(date(2017, 1, 1), date(2017, 1, 1)) == []
    assert late(date(2017, 1, 1), date(2018, 1, 1)) == []
    assert len(late(date(2017, 1, 2), date(2017, 1, 1))) == 1


def test_a_unit_whose_only_use_is_to_stand_in_where_anyone_may() -> None:
    units = (
        unit("kammaren", "aklagare", stand_ins=("reserven",)),
        unit("polisen", "polisen", hours="always"),
        unit("reserven", "polisen", hours="always"),
    )
    assert len(found(plan(units), "never-answers")) == 1
    told = measure("m", "notify", "aklagare", "polisen", anyone_stands_in=True)
    assert found(plan(units, [rule("r", told)]), "never-answers") == []
    elsewhere = measure("m", "notify", "migrationsverket", "polisen", anyone_stands_in=True)
    assert len(found(plan(units, [rule("r", elsewhere)]), "never-answers")) == 1
