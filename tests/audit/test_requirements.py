"""Requirements on small plans: what meets one, what doesn't, and where one applies."""

from __future__ import annotations

from datetime import date

import pytest
from tests.stories import Story, plan_of

from samverkan.audit.requirements import Judged, in_force, meets, requirements_of
from samverkan.audit.situations import Situations, condition_in
from samverkan.decide.groups import FALSE, TRUE, UNDETERMINED
from samverkan.plan.model import Plan

UNTIL = date(2026, 12, 31)
RULE = """
rules:
- {rule: anmal, for: seller, when: {age: [child, maybe_child]}, then: [{%s}]}
requirements:
- requirement: krav
  title: Ett krav
  for: seller
  when: {age: [child]}
  some: {%s}
  because: [lag/grund]
"""
NOTIFY = "must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}"
OWED = "must notify: socialnamnd-barn, telling: identity"


def judged(plan: Plan, **facts: str) -> list[Judged]:
    """How the requirements stand for a person who was met with these facts."""
    story = Story(plan)
    story.event("person_met", "S1 seller", "2017-05-03 12:00", facts=facts)
    return list(requirements_of(plan, story.events, story.when()))


@pytest.mark.parametrize(
    ("measure", "owed", "met"),
    [
        (f"{NOTIFY}, deadline: at once", f"{OWED}, deadline: at once", True),
        (f"{NOTIFY}, deadline: promptly", f"{OWED}, deadline: at once", False),
        (NOTIFY, f"{OWED}, deadline: promptly", False),
        (NOTIFY, OWED, True),
        (NOTIFY.replace("must", "should"), OWED, False),
        (NOTIFY, OWED.replace("must", "may"), True),
        ("must notify: socialnamnd-barn, telling: circumstances", OWED, False),
        (NOTIFY, "must notify: socialnamnd-barn, telling: circumstances", True),
        (NOTIFY, "must notify: migrationsverket", False),
        ("must apply: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}", OWED, False),
    ],
)
def test_what_meets_a_requirement(measure: str, owed: str, met: bool) -> None:
    plan = plan_of(RULE % (measure, owed))
    assert meets(plan, plan.rules["anmal"].then[0], plan.requirements["krav"]) == met
    (found,) = judged(plan, age="child")
    assert found == Judged("krav", "S1", "met" if met else "unmet", ("anmal/notify",) if met else ())
    assert bool(Situations(plan, 1, UNTIL).check(60)["krav"].unmet) == (not met)


def test_where_it_applies() -> None:
    plan = plan_of(RULE % (NOTIFY, OWED))
    assert [its.standing for its in judged(plan, age="child")] == ["met"]
    assert [its.standing for its in judged(plan)] == ["undetermined"]
    assert judged(plan, age="adult") == []
    tally = Situations(plan, 1, UNTIL).check(200)["krav"]
    assert tally.applied == tally.met > 80
    assert tally.undetermined > 20


def test_a_requirement_is_about_its_own_role() -> None:
    plan = plan_of((RULE % (NOTIFY, OWED)).replace("rule: anmal, for: seller", "rule: anmal, for: buyer"))
    assert [its.standing for its in judged(plan, age="child")] == ["unmet"]
    story = Story(plan)
    story.event("person_met", "B1 buyer", "2017-05-03 12:00", age="child")
    assert requirements_of(plan, story.events, story.when()) == ()
    assert Situations(plan, 1, UNTIL).check(40)["krav"].unmet


def test_it_is_in_force_while_one_of_its_clauses_is_cited() -> None:
    plan = plan_of(
        RULE % (NOTIFY, OWED)
        + """
sources:
  ny: {title: Ny, kind: statute, clauses: {k: {about: K., cited: [{from: 2020-01-01, as: 1 §, status: seen}]}}}
"""
    )
    told = RULE % (NOTIFY.replace("must", "should"), OWED)
    late = plan_of(
        told.replace("because: [lag/grund]", "because: [ny/k]")
        + """
sources:
  ny: {title: Ny, kind: statute, clauses: {k: {about: K., cited: [{from: 2020-01-01, as: 1 §, status: seen}]}}}
"""
    )
    assert in_force(plan, plan.requirements["krav"], date(2017, 5, 3))
    assert not in_force(late, late.requirements["krav"], date(2019, 12, 31))
    assert in_force(late, late.requirements["krav"], date(2020, 1, 1))
    assert judged(late, age="child") == []


def test_what_waits_for_consent_meets_nothing_until_it_is_given() -> None:
    plan = plan_of(RULE % ("must notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}",
                           "must notify: regionkoordinator, telling: identity"))  # fmt: skip
    story = Story(plan)
    story.event("person_met", "S1 seller", "2017-05-03 12:00", age="child")
    assert [its.standing for its in requirements_of(plan, story.events, story.when())] == ["unmet"]
    story.event("consent_given", "S1", recipient="regionkoordinator", telling="identity")
    assert [its.standing for its in requirements_of(plan, story.events, story.when())] == ["met"]
    assert Situations(plan, 1, UNTIL).check(40)["krav"].unmet


def test_what_is_done_still_meets_it() -> None:
    plan = plan_of(RULE % (NOTIFY, OWED))
    story = Story(plan)
    story.event("person_met", "S1 seller", "2017-05-03 12:00", age="child")
    story.mark("done", "anmal/notify S1")
    assert [its.standing for its in requirements_of(plan, story.events, story.when())] == ["met"]


def test_somebody_must_answer_at_once() -> None:
    office = """
hours: {kontor: {label: kontorstid, mon-fri: 08:00-16:00}}
units: [{unit: verket, label: Migrationsverket, is: [migrationsverket], open: kontor}]
"""
    tell = "must notify: migrationsverket, telling: identity, allowed by: {clause: lag/anmalan}"
    owed = "must notify: migrationsverket, telling: identity"
    for deadline, evening in (("at once", "unmet"), ("promptly", "met")):
        plan = plan_of(RULE % (f"{tell}, deadline: {deadline}", f"{owed}, deadline: {deadline}") + office)
        for hour, standing in (("12", "met"), ("22", evening)):
            story = Story(plan)
            story.event("person_met", "S1 seller", f"2017-05-03 {hour}:00", age="child")
            assert [its.standing for its in requirements_of(plan, story.events, story.when())] == [standing]


def test_an_overridden_rule_meets_nothing() -> None:
    text = RULE % (NOTIFY, OWED)
    plan = plan_of(
        text.replace(
            "rules:\n",
            """rules:
- rule: tyst
  for: seller
  when: {trafficking: suspected}
  overrides: {rule: anmal, because: Skälet.}
  then: [{must inform: stod}]
""",
        )
    )
    story = Story(plan)
    story.event("person_met", "S1 seller", "2017-05-03 12:00", age="child")
    assert [its.standing for its in requirements_of(plan, story.events, story.when())] == ["met"]
    story.event("trafficking_suspected", "S1")
    assert [its.standing for its in requirements_of(plan, story.events, story.when())] == ["unmet"]
    (unmet,) = {situation["trafficking"] for _, situation in Situations(plan, 1, UNTIL).check(400)["krav"].unmet}
    assert unmet == "suspected"


def test_a_requirement_for_a_relation() -> None:
    plan = plan_of(
        """
rules:
- rule: kop
  for: purchase
  when: {payment: handed_over}
  then: [{must notify: migrationsverket, about: buyer, telling: identity, allowed by: {clause: lag/anmalan}}]
requirements:
- requirement: krav
  title: Ett krav
  for: purchase
  when: {payment: handed_over, seller.age: adult}
  some: {must notify: migrationsverket}
  because: [lag/grund]
"""
    )
    story = Story(plan)
    story.event("person_met", "S1 seller", "2017-05-03 12:00", age="adult")
    story.event("buyer_caught", "K1 purchase of B1, S1", payment="handed_over")
    assert requirements_of(plan, story.events, story.when()) == (Judged("krav", "K1", "met", ("kop/notify",)),)
    tally = Situations(plan, 1, UNTIL).check(60)["krav"]
    assert tally.applied == tally.met > 20


def test_a_situation_is_checked_against_every_requirement_for_such_a_subject() -> None:
    owed = (
        "- {requirement: %s, title: Ett krav, for: %s, when: {%s}, some: {must notify: migrationsverket}, because: [lag/grund]}\n"
    )
    those = [("forst", "seller", "age: adult"), ("sedan", "seller", "age: adult"), ("alla", "person", "age: adult")]
    plan = plan_of(
        "rules: [{rule: anmal, for: seller, then: [{must notify: migrationsverket, telling: identity,"
        " allowed by: {clause: lag/anmalan}}]}]"
        "\nrequirements:\n" + "".join(owed % one for one in (*those, ("kopare", "buyer", "age: adult")))
    )
    tallies = Situations(plan, 1, UNTIL).check(400)
    assert tallies["forst"].applied == tallies["sedan"].applied > 100
    assert tallies["forst"].met == tallies["forst"].applied, "a requirement for a seller is met by a rule for sellers"
    assert tallies["alla"].applied > 200
    assert tallies["alla"].met == tallies["forst"].applied, "and one for anybody as well, where it is a seller"
    assert 0 < tallies["kopare"].applied <= 100
    assert tallies["kopare"].unmet


def test_the_same_seed_gives_the_same_and_nothing_impossible_is_made() -> None:
    text = RULE % (NOTIFY.replace("must", "should"), OWED)
    plan = plan_of(f"{text}\nimpossible: [{{for: seller, facts: {{age: child, trafficking: suspected}}, because: Provet.}}]\n")
    one, other = (Situations(plan, 7, UNTIL).check(300)["krav"] for _ in range(2))
    assert one == other
    assert one.unmet
    assert all("trafficking" not in situation or situation["trafficking"] != "suspected" for _, situation in one.unmet)


def test_an_event_rule_counts_where_its_event_must_have_occurred() -> None:
    standing, waiting = "rule: anmal, for: seller, when", "rule: anmal, for: seller, each: %s, when"
    text = RULE % (NOTIFY, OWED)
    suspected = text.replace("when: {age: [child]}", "when: {age: [child], trafficking: suspected}")
    tally = Situations(plan_of(suspected.replace(standing, waiting % "trafficking_suspected")), 1, UNTIL).check(200)["krav"]
    assert tally.applied == tally.met > 80
    # The age may have been said by another event.
    assert Situations(plan_of(text.replace(standing, waiting % "person_met")), 1, UNTIL).check(40)["krav"].unmet


def test_conditions_in_a_situation() -> None:
    when = plan_of(RULE % (NOTIFY, OWED)).rules["anmal"].when
    assert condition_in(when, {"age": "child"}) == TRUE
    assert condition_in(when, {}) == UNDETERMINED
    assert condition_in(when, {"age": "adult"}) == FALSE


def test_a_plan_without_requirements_owes_nothing() -> None:
    plan = plan_of("rules: [{rule: r, for: seller, then: [{must inform: stod}]}]")
    assert judged(plan, age="child") == []
    assert Situations(plan, 1, UNTIL).check(10) == {}
