from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.directory.building import (
    AT_ONCE,
    CHILDREN,
    FIRST,
    MUNICIPALITIES,
    county_units,
    measure,
    plan,
    rule,
    unit,
)

from samverkan.directory.coverage import directory_problems
from samverkan.plan.errors import Problem
from samverkan.plan.model import NOWHERE, Deadline, Hours, Plan, Position, Unit

REPORT = measure("anmalan", "notify", "socialnamnd-barn", "polisen", AT_ONCE)
OFFER = measure("stod", "offer", "stodsamtal", "polisen", AT_ONCE, offered_by="stod-utsatta")
PROSECUTE = measure("fu", "perform", "utreda", "aklagare", AT_ONCE)
APPLY = measure("ansokan", "apply", "migrationsverket", "polisen", Deadline("promptly"))


def problems(given: Plan, *codes: str) -> list[Problem]:
    return [problem for problem in directory_problems(given) if not codes or problem.code in codes]


def county_without(*names: str, add: tuple[Unit, ...] = ()) -> tuple[Unit, ...]:
    units = (
        replace(each, stand_ins=tuple(other for other in each.stand_ins if other not in names))
        for each in county_units()
        if each.id not in names
    )
    return (*units, *add)


def test_a_county_where_everybody_is_reached_has_no_problems() -> None:
    assert problems(plan(rules=[rule("r", REPORT, OFFER, PROSECUTE, APPLY)])) == []


def test_a_function_without_units_is_an_error_for_everybody_everywhere() -> None:
    (found,) = problems(plan(county_without("polisen-vastmanland"), [rule("r", REPORT)]), "unanswered")
    assert found.severity == "error"
    assert found.text == (
        "Ingen enhet svarar för Polisen från och med 2013-05-01, men funktionen ska agera enligt regeln «Regeln r»."
        " Lägg till en enhet, eller låt en enhet svara för alla kommuner och alla personer."
    )


def test_a_municipality_that_has_been_forgotten_is_named_with_whoever_answers_instead() -> None:
    units = county_without("vasteras-barn", add=(unit("mottagningen", "socialnamnd-barn"),))
    (found,) = problems(plan(units, [rule("r", REPORT)]), "no-own-unit")
    assert found.severity == "warning"
    assert found.text == (
        "Ingen egen enhet svarar för barn- och ungdomsenheten från och med 2013-05-01 när kommunen är Västerås,"
        " fast andra kommuner har egna. I stället svarar «Socialjouren» och «Mottagningen»."
        " Lägg till en enhet för kommunen, eller skriv kommunen i rest vid den enhet som ska svara också där."
    )


def test_whoever_says_that_it_answers_for_the_rest_has_forgotten_nobody() -> None:
    told = unit("mottagningen", "socialnamnd-barn", rest=("vasteras",))
    assert problems(plan(county_without("vasteras-barn", add=(told,)), [rule("r", REPORT)]), "no-own-unit") == []


def test_a_unit_that_closes_leaves_its_municipality_to_another_from_that_day_on() -> None:
    closes = unit("vasteras-barn", "socialnamnd-barn", area=("vasteras",), stand_ins=("socialjouren",), last=date(2019, 12, 31))
    (found,) = problems(plan(county_without("vasteras-barn", add=(closes,)), [rule("r", REPORT)]))
    assert found.text.startswith(
        "Ingen egen enhet svarar för barn- och ungdomsenheten från och med 2020-01-01 när kommunen är Västerås,"
    )


def test_where_no_municipality_has_a_unit_of_its_own_one_for_all_is_enough() -> None:
    everywhere = replace(unit("socialjouren", "socialnamnd-barn", "stod-utsatta", hours="always"), rest=())
    units = county_without("socialjouren", "vasteras-barn", "hallstahammar-barn", add=(everywhere,))
    assert problems(plan(units, [rule("r", REPORT)])) == []


def test_a_unit_for_a_group_of_municipalities_is_their_own() -> None:
    together = unit("barn-i-vast", "socialnamnd-barn", area=("vasteras", "hallstahammar"), stand_ins=("socialjouren",))
    assert problems(plan(county_without("vasteras-barn", "hallstahammar-barn", add=(together,)), [rule("r", REPORT)])) == []


def test_the_municipalities_without_a_unit_are_named_also_the_unknown_one() -> None:
    (found,) = problems(plan(county_without("socialjouren"), [rule("r", REPORT)]), "unanswered")
    assert "barn- och ungdomsenheten från och med 2013-05-01" in found.text
    assert "när kommunen är Sala, annan kommun, utomlands eller inte känd," in found.text
    assert "funktionen ska nås enligt" in found.text


def test_persons_whom_nobody_serves_are_named_also_those_of_whom_nothing_is_known() -> None:
    units = county_without("socialjouren", add=(unit("alla-kvinnor", "stod-utsatta", serves={"gender": ("woman",)}),))
    (found,) = problems(plan(units, [rule("r", OFFER)]), "unanswered")
    assert "från och med 2013-05-01 (kön: annat eller uppgift saknas)," in found.text
    assert "kommunen" not in found.text


def test_different_holes_are_told_apart() -> None:
    found = problems(plan(county_without("socialjouren", "kriscentrum-man"), [rule("r", OFFER)]), "unanswered")
    start = "Ingen enhet svarar för stöd till den som utnyttjas från och med 2013-05-01"
    assert [problem.text.split(", men")[0].removeprefix(start) for problem in found] == [
        " när kommunen är Hallstahammar, Sala, annan kommun, utomlands eller inte känd (kön: kvinna)",
        " (kön: man, annat eller uppgift saknas)",
    ]


def test_several_facts_name_a_few_persons_and_count_the_rest() -> None:
    choosy = unit("valjer", "stod-utsatta", serves={"gender": ("woman",), "home_municipality": ("sala",)})
    units = county_without("socialjouren", "kriscentrum-man", "kvinnocentrum", add=(choosy,))
    (found,) = problems(plan(units, [rule("r", OFFER)]), "unanswered")
    assert "(kön: kvinna, bosättningskommun: Hallstahammar; kön: kvinna, bosättningskommun: Västerås; " in found.text
    combinations = (len(MUNICIPALITIES) + 1) * 4 - 1
    assert f"och {combinations - 4} till)" in found.text


def test_a_day_between_two_units_is_found() -> None:
    later = unit("migrationsverket-vasteras", "migrationsverket", first=date(2017, 1, 2))
    units = county_without("migrationsverket-vasteras", add=(later,))
    (found,) = problems(plan(units, [rule("r", APPLY)]), "unanswered")
    assert "från och med 2017-01-01," in found.text


def test_units_are_asked_for_only_while_a_rule_may_ask() -> None:
    ending = unit("migrationsverket", "migrationsverket", last=date(2015, 12, 31))
    units = county_without("migrationsverket-vasteras", "migrationsverket-norrkoping", add=(ending,))
    until = rule("r", APPLY, last=date(2015, 12, 31))
    assert problems(plan(units, [until]), "unanswered") == []
    assert len(problems(plan(units, [replace(until, last=date(2016, 1, 1))]), "unanswered")) == 1
    assert len(problems(plan(units, [replace(until, by_offence=True)]), "unanswered")) == 1
    assert problems(plan(units, [rule("r", APPLY)], last=date(2015, 12, 31)), "unanswered") == []


def test_a_function_with_office_hours_may_not_bear_a_duty_at_once() -> None:
    (found,) = problems(plan(county_without("jouraklagare"), [rule("r", PROSECUTE)]))
    assert (found.code, found.severity) == ("closed-bearer", "error")
    assert found.text == (
        "Ingen som svarar för Åklagarkammaren är öppen vid: vardagskväll, vardagsnatt, lördag, söndag, helgdag, afton"
        " (först måndag kl. 00.00–08.00), från och med 2013-05-01, men funktionen ska agera enligt regeln «Regeln r»"
        " inom timmar eller genast. Ge funktionen en enhet eller en ersättare som är öppen då."
    )


def test_nor_one_in_hours_but_one_in_days_or_to_be_on_call() -> None:
    units = county_without("jouraklagare")
    for deadline, wrong in ((Deadline("hours", 24), 1), (Deadline("days", 1), 0), (Deadline("promptly"), 0), (None, 0)):
        duty = replace(PROSECUTE, deadline=deadline)
        assert len(problems(plan(units, [rule("r", duty)]), "closed-bearer")) == wrong
    on_call = measure("jour", "perform", "jour", "aklagare", AT_ONCE, continuing=True)
    assert problems(plan(units, [rule("r", on_call)]), "closed-bearer") == []


def test_a_bearer_that_is_closed_in_one_municipality_is_found() -> None:
    units = county_without("hallstahammar-barn", add=(unit("hallstahammar-barn", CHILDREN.id, area=("hallstahammar",)),))
    protect = measure("skydd", "perform", "utreda", CHILDREN.id, AT_ONCE)
    assert problems(plan(units, [rule("r", protect)]), "closed-bearer") == []  # socialjouren is the next
    alone = county_without("socialjouren", add=(unit("jouren", CHILDREN.id, area=("vasteras",), hours="always"),))
    (found,) = problems(plan(alone, [rule("r", protect)]), "closed-bearer")
    assert "när kommunen är Hallstahammar, men" in found.text


def test_a_quarter_of_an_hour_without_anybody_is_found() -> None:
    night = ((0, 480), (1005, 1440))
    late = Hours("sent", "sent", (night,) * 5 + (((0, 1440),),) * 2, ((0, 1440),), ((0, 1440),))
    units = county_without("jouraklagare", add=(unit("jour", "aklagare", hours="sent"),))
    (found,) = problems(plan(units, [rule("r", PROSECUTE)], hours=[late]), "closed-bearer")
    assert "öppen vid: vardagskväll (först måndag kl. 16.30–16.45)" in found.text


def test_a_stand_in_without_the_function_counts_only_where_anyone_stands_in() -> None:
    closed = unit("aklagarkammaren", "aklagare", stand_ins=("polisen-vastmanland",))
    units = county_without("aklagarkammaren", "jouraklagare", add=(closed,))
    assert len(problems(plan(units, [rule("r", PROSECUTE)]), "closed-bearer")) == 1
    anyone = replace(PROSECUTE, anyone_stands_in=True)
    assert problems(plan(units, [rule("r", anyone)])) == []


def test_a_recipient_that_is_closed_when_it_is_to_be_told_at_once_is_a_warning() -> None:
    tell = measure("underratta", "notify", "migrationsverket", "polisen", AT_ONCE)
    (found,) = problems(plan(rules=[rule("r", tell), rule("s", tell), rule("t", tell)]))
    assert (found.code, found.severity) == ("closed-recipient", "warning")
    assert "vardagskväll, vardagsnatt, lördag, söndag, helgdag, afton" in found.text
    assert "enligt regeln «Regeln r» (och 2 andra regler) genast" in found.text
    assert problems(plan(rules=[rule("r", replace(tell, deadline=Deadline("promptly")))])) == []


def test_problems_stand_where_the_measure_or_the_function_is_declared() -> None:
    here, there = Position("polisen.yaml", 7, 3), Position("agencies.yaml", 9, 5)
    given = plan(county_without("jouraklagare"), [rule("r", replace(PROSECUTE, at=here))])
    assert [problem.position for problem in problems(given)] == [here]
    functions = [replace(each, at=there) for each in given.functions.values()]
    empty = plan(county_without("polisen-vastmanland"), [rule("r", REPORT)], functions=functions)
    assert [problem.position for problem in problems(empty)] == [there]


def test_a_country_or_a_zone_that_does_not_exist_is_an_error() -> None:
    for given, text in ((plan(country="XX"), "landet XX"), (plan(timezone="Svea"), "Tidszonen Svea")):
        (found,) = problems(given)
        assert (found.code, found.severity, found.position) == ("calendar", "error", NOWHERE)
        assert text in found.text


def test_a_deadline_beyond_the_calendar_is_an_error() -> None:
    endless = measure("a", "perform", "utreda", "polisen", Deadline("months", 9999))
    (found,) = problems(plan(rules=[rule("r", endless)]))
    assert (found.code, found.severity) == ("deadline-too-long", "error")
    before = (measure("b", "perform", "utreda", "polisen"), measure("c", "perform", "utreda", "polisen", AT_ONCE))
    assert len(problems(plan(rules=[rule("r", *before, endless)]), "deadline-too-long")) == 1
    assert problems(plan(rules=[rule("r", replace(endless, deadline=Deadline("months", 600)))])) == []


def test_units_that_start_after_the_plan_leave_its_first_day_open() -> None:
    late = [replace(each, first=date(2013, 6, 1)) for each in county_units() if each.id == "polisen-vastmanland"]
    units = county_without("polisen-vastmanland", add=tuple(late))
    (found,) = problems(plan(units, [rule("r", REPORT)]), "unanswered")
    assert f"från och med {FIRST}" in found.text
    assert problems(plan(units, [rule("r", REPORT, first=date(2013, 6, 1))]), "unanswered") == []


def test_two_rules_are_told_as_one_and_one_more() -> None:
    tell = measure("underratta", "notify", "migrationsverket", "polisen", AT_ONCE)
    (found,) = problems(plan(rules=[rule("r", tell), rule("s", tell)]))
    assert "enligt regeln «Regeln r» (och en regel till) genast" in found.text
    (alone,) = problems(plan(rules=[rule("r", tell)]))
    assert "enligt regeln «Regeln r» genast" in alone.text


def test_a_warning_stands_at_the_first_measure_that_tells() -> None:
    first, second = Position("polisen.yaml", 7, 3), Position("polisen.yaml", 12, 3)
    tell = measure("underratta", "notify", "migrationsverket", "polisen", AT_ONCE)
    (found,) = problems(plan(rules=[rule("r", replace(tell, at=first)), rule("s", replace(tell, at=second))]))
    assert found.position == first
    duties = [rule("r", replace(PROSECUTE, at=first)), rule("s", replace(PROSECUTE, at=second))]
    (error,) = problems(plan(county_without("jouraklagare"), duties))
    assert error.position == first


def test_whom_anyone_may_stand_in_for_is_told_where_a_stand_in_is_open() -> None:
    units = county_without("jouraklagare", "aklagarkammaren")
    closed = unit("aklagarkammaren", "aklagare", stand_ins=("polisen-vastmanland",))
    tell = measure("underratta", "notify", "aklagare", "polisen", AT_ONCE)
    anyone = replace(tell, anyone_stands_in=True)
    (found,) = problems(plan((*units, closed), [rule("r", tell)]), "closed-recipient")
    assert "Åklagarkammaren" in found.text
    assert problems(plan((*units, closed), [rule("r", anyone)]), "closed-recipient") == []
    alone = replace(closed, stand_ins=())
    assert len(problems(plan((*units, alone), [rule("r", anyone)]), "closed-recipient")) == 1


def test_days_before_a_rule_begins_are_not_asked_about() -> None:
    units = county_without(
        "migrationsverket-norrkoping",
        "migrationsverket-vasteras",
        add=(unit("forr", "migrationsverket", last=date(2014, 12, 31)), unit("nu", "migrationsverket", first=date(2016, 1, 1))),
    )
    assert problems(plan(units, [rule("r", APPLY, first=date(2016, 6, 1))]), "unanswered") == []
    (found,) = problems(plan(units, [rule("r", APPLY, first=date(2014, 6, 1))]), "unanswered")
    assert "från och med 2015-01-01," in found.text


def test_holes_are_told_in_the_order_of_their_days() -> None:
    ending = unit("hallstahammar-barn", CHILDREN.id, area=("hallstahammar",), last=date(2016, 12, 31))
    units = county_without("socialjouren", "hallstahammar-barn", add=(ending,))
    texts = [problem.text for problem in problems(plan(units, [rule("r", REPORT)]), "unanswered")]
    assert ["2013-05-01 när kommunen är Sala" in text for text in texts] == [True, False]
    assert ["2017-01-01 när kommunen är Hallstahammar" in text for text in texts] == [False, True]
