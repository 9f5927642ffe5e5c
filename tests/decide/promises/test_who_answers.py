"""Section 7 of the contract: which unit answers now for a function, as the decisions of a case say it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.stories import Story, example_plan, plan_of, problems_of

from samverkan.directory.answering import Answering

CHILD = "barn.orosanmalan/anmalan S1"
OFFER = "stod.saljare/erbjudande S1"

SATURDAY_NIGHT = "2026-05-16 23:10"
TUESDAY = "2026-05-12 10:00"
HOLIDAY = "2026-05-14 10:00"  # Kristi himmelsfärdsdag, a Thursday
EVE = "2026-06-19 10:00"  # midsommarafton, a Friday


def recipient(story: Story, named: str, at: str | None = None) -> Answering:
    found = story.decision(named, at)
    assert found is not None
    assert found.recipient is not None
    return found.recipient


def met(at: str, **facts: Any) -> Story:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", at, **facts)
    return story


# -------------------------------------------------------------------------------------------------- the hard nights


def test_saturday_night_in_hallstahammar_socialjouren_stands_in_and_is_open() -> None:
    story = met(SATURDAY_NIGHT, age="child", stay_municipality="hallstahammar")
    found = recipient(story, CHILD)
    assert (found.function, found.unit, found.open, found.stands_in_for) == (
        "socialnamnd-barn", "socialjouren", True, "hallstahammar-barn"
    )  # fmt: skip


def test_where_the_municipality_is_not_known_somebody_answers_and_finding_out_is_due() -> None:
    for at in (SATURDAY_NIGHT, TUESDAY):
        story = met(at, age="maybe_child")
        found = recipient(story, CHILD)
        assert (found.unit, found.open, found.stands_in_for) == ("socialjouren", True, None)
        assert "kommun.ta-reda-pa/bedomning S1" in story.live()


@pytest.mark.parametrize("municipality", ["elsewhere", "abroad", "sala"])
def test_somebody_answers_for_those_of_another_municipality_or_abroad(municipality: str) -> None:
    story = met(TUESDAY, age="child", stay_municipality=municipality)
    assert recipient(story, CHILD).unit == "socialjouren"
    assert "kommun.ta-reda-pa/bedomning S1" not in story.live()


@pytest.mark.parametrize(
    ("at", "unit"),
    [
        (TUESDAY, "kvinnocentrum-vasteras"),
        (HOLIDAY, "socialjouren"),
        (EVE, "socialjouren"),
        (SATURDAY_NIGHT, "socialjouren"),
        ("2026-05-12 08:00", "kvinnocentrum-vasteras"),
        ("2026-05-12 07:59", "socialjouren"),
        ("2026-05-12 16:29", "kvinnocentrum-vasteras"),
        ("2026-05-12 16:30", "socialjouren"),
    ],
)
def test_kvinnocentrum_is_closed_on_holidays_eves_and_nights(at: str, unit: str) -> None:
    story = met("2026-05-11 10:00", gender="woman", stay_municipality="vasteras")
    assert recipient(story, OFFER, at).unit == unit


def test_the_bearer_answers_too() -> None:
    story = met(SATURDAY_NIGHT, age="child", stay_municipality="vasteras")
    story.event("report_received", "S1", SATURDAY_NIGHT)
    found = story.decision("barn.skyddsbedomning/skydd S1")
    assert found is not None
    assert (found.bearer.function, found.bearer.unit, found.bearer.stands_in_for) == (
        "socialnamnd-barn", "socialjouren", "vasteras-barn"
    )  # fmt: skip


def test_the_municipality_is_the_first_that_is_known() -> None:
    story = met(TUESDAY, age="child", stay_municipality="vasteras")
    assert recipient(story, CHILD).unit == "vasteras-barn"
    story.event("municipality_found", "S1", "2026-05-12 11:00", home_municipality="hallstahammar")
    assert recipient(story, CHILD).unit == "hallstahammar-barn"
    offer = recipient(story, OFFER)
    assert offer.unit == "socialjouren", "support is found by where the person stays, and serves a known gender"


def test_a_decision_about_the_child_goes_to_the_childs_municipality() -> None:
    story = Story(example_plan())
    story.event("person_met", "B1 buyer", TUESDAY, stay_municipality="vasteras", home_municipality="vasteras")
    story.event(
        "child_in_home",
        "F1 parenthood of B1, C1",
        TUESDAY,
        facts={"child.age": "child", "child.home_municipality": "hallstahammar"},
    )
    story.event("child_assessed", "C1", TUESDAY, at_risk="suspected")
    assert recipient(story, "kopare.barn-anmal/anmalan C1").unit == "hallstahammar-barn"


# -------------------------------------------------------------------------------------------- order of asking, stand-ins


TELL = """
rules:
- {rule: gor, for: seller, then: [{must notify: socialnamnd-barn}]}
hours:
  kontor: {label: kontorstid, mon-fri: 08:00-16:30, eves: closed}
  natt: {label: natt, mon-sun: ["00:00-06:00", "22:00-24:00"]}
units:
"""


def units(*lines: str, plan: str = TELL) -> Story:
    """A person met on a Tuesday at ten, where these units answer for the children's function."""
    story = Story(plan_of(plan + "".join(f"- {{label: Enhet, is: [socialnamnd-barn], {line}}}\n" for line in lines)))
    story.event("person_met", "S1 seller", TUESDAY, stay_municipality="vasteras", gender="woman")
    return story


JOUR = "unit: jouren, open: always, is: [socialnamnd-barn, socialnamnd-vuxen]"
EVERYWHERE = "unit: alla, open: always"


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("unit: smal, open: always, area: [vasteras]", "unit: vid, open: always, area: [vasteras, hallstahammar]"),
        ("unit: smal, open: always, area: [vasteras, hallstahammar]", "unit: vid, open: always"),
        ("unit: smal, open: always, area: [vasteras]", "unit: vid, open: always, serves: {gender: [woman]}"),
        ("unit: smal, open: always, serves: {gender: [woman]}", "unit: vid, open: always"),
        ("unit: smal, open: always, serves: {gender: [woman]}", "unit: vid, open: always, serves: {gender: [woman, man]}"),
        (
            "unit: smal, open: always, serves: {gender: [woman, man], stay_municipality: [vasteras]}",
            "unit: vid, open: always, serves: {gender: [woman]}",
        ),
    ],
)
def test_the_narrowest_area_first_then_the_narrowest_clientele(narrow: str, wide: str) -> None:
    jour = "unit: jouren, open: always"
    for order in ((narrow, wide, jour), (wide, narrow, jour), (jour, wide, narrow)):
        assert recipient(units(*order), "gor/notify S1").unit == "smal"


def test_then_the_order_of_the_file() -> None:
    one, other = "unit: ena, open: always, area: [vasteras]", "unit: andra, open: always, area: [vasteras]"
    assert recipient(units(one, other, EVERYWHERE), "gor/notify S1").unit == "ena"
    assert recipient(units(other, one, EVERYWHERE), "gor/notify S1").unit == "andra"


def test_each_unit_if_open_else_its_open_stand_ins_then_the_next() -> None:
    first = "unit: forsta, open: natt, area: [vasteras], stand-in: [ersattare, reserv]"
    closed = "unit: ersattare, open: natt, area: [hallstahammar]"
    spare = "unit: reserv, open: always, area: [hallstahammar]"
    story = units(first, closed, spare, EVERYWHERE)
    found = recipient(story, "gor/notify S1")
    assert (found.unit, found.stands_in_for) == ("reserv", "forsta"), "its area doesn't matter"
    assert recipient(story, "gor/notify S1", "2026-05-12 23:00").unit == "forsta"
    without = units(first.replace(", stand-in: [ersattare, reserv]", ""), closed, spare, EVERYWHERE)
    assert recipient(without, "gor/notify S1").unit == "alla"


def test_one_that_is_closed_is_stood_in_for_by_its_own_stand_in() -> None:
    story = units(
        "unit: forsta, open: natt, area: [vasteras], stand-in: andra",
        "unit: andra, open: natt, area: [hallstahammar], stand-in: [forsta, tredje]",
        "unit: tredje, open: always, area: [hallstahammar]",
        EVERYWHERE,
    )
    assert recipient(story, "gor/notify S1").unit == "tredje"


def test_a_stand_in_bears_the_same_function_unless_the_measure_says_that_anyone_may() -> None:
    plan = """
hours: {natt: {label: natt, mon-sun: ["22:00-24:00"]}}
units:
- {unit: koordinatorn, label: Koordinatorn, is: [regionkoordinator], open: natt, stand-in: polis}
rules:
- rule: gor
  for: seller
  then:
  - {must notify: regionkoordinator, id: vem, MORE}
"""
    strict = plan_of(plan.replace(", MORE", "").replace(", stand-in: polis", ""))
    loose = plan_of(plan.replace("MORE", "anyone stands in: true"))
    for given, unit, is_open in ((strict, "koordinatorn", False), (loose, "polis", True)):
        story = Story(given)
        story.event("person_met", "S1 seller", TUESDAY)
        found = recipient(story, "gor/vem S1")
        assert (found.unit, found.open) == (unit, is_open)
    wrong = problems_of(plan.replace(", MORE", ""))
    assert "stand-in" in [problem.code for problem in wrong if problem.severity == "error"]


def test_anyone_stands_in_where_a_measure_goes_not_for_who_does_it() -> None:
    plan = plan_of("""
hours: {natt: {label: natt, mon-sun: ["22:00-24:00"]}}
units:
- {unit: jouren, label: Jouren, is: [socialnamnd-barn, socialnamnd-vuxen], open: natt, stand-in: polis}
- {unit: polis, label: Polisen, is: [polisen, socialnamnd-vuxen], open: always}
rules: [{rule: gor, for: seller, then: [{must notify: regionkoordinator, who: [socialnamnd-barn], anyone stands in: true}]}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", TUESDAY)
    found = story.decision("gor/notify S1")
    assert found is not None
    assert (found.bearer.unit, found.bearer.open) == ("jouren", False)


def test_where_one_measure_lets_anyone_stand_in_the_others_still_wait() -> None:
    plan = """
hours: {natt: {label: natt, mon-sun: ["22:00-24:00"]}}
units:
- {unit: jouren, label: Jouren, is: [socialnamnd-barn, socialnamnd-vuxen, regionkoordinator], open: natt, stand-in: polis}
- {unit: polis, label: Polisen, is: [polisen, socialnamnd-vuxen], open: always}
rules:
- rule: gor
  for: seller
  then:
  - {must notify: regionkoordinator, id: vem, anyone stands in: true}
  - {must notify: regionkoordinator, id: bara}
"""
    story = Story(plan_of(plan))
    story.event("person_met", "S1 seller", TUESDAY)
    assert (recipient(story, "gor/vem S1").unit, recipient(story, "gor/bara S1").unit) == ("polis", "jouren")


def test_a_stand_in_exists_that_day_and_serves_the_person() -> None:
    story = units(
        "unit: forsta, open: natt, area: [vasteras], stand-in: [sedan, man, reserv]",
        "unit: sedan, open: always, area: [hallstahammar], from: 2026-06-01",
        "unit: man, open: always, area: [hallstahammar], serves: {gender: [man]}",
        "unit: reserv, open: always, area: [hallstahammar]",
        EVERYWHERE,
    )
    assert recipient(story, "gor/notify S1").unit == "reserv"
    assert recipient(story, "gor/notify S1", "2026-06-01 10:00").unit == "sedan"


@pytest.mark.parametrize(
    ("gender", "unit"), [("woman", "kvinnor"), ("man", "alla"), ("other", "alla"), (None, "alla"), ("unknown", "alla")]
)
def test_a_unit_with_a_clientele_answers_only_for_those_known_to_be_of_it(gender: str | None, unit: str) -> None:
    plan = TELL + "- {unit: kvinnor, label: K, is: [socialnamnd-barn], serves: {gender: [woman]}, open: always}\n"
    story = Story(plan_of(plan + f"- {{{EVERYWHERE}, label: A, is: [socialnamnd-barn]}}\n"))
    story.event("person_met", "S1 seller", TUESDAY, facts={"gender": gender} if gender else {})
    assert recipient(story, "gor/notify S1").unit == unit


def test_with_no_municipality_known_those_whose_area_is_everywhere_answer() -> None:
    plan = TELL + "- {unit: vasteras, label: V, is: [socialnamnd-barn], area: [vasteras, hallstahammar, elsewhere], open: always}\n"
    story = Story(plan_of(plan + f"- {{{EVERYWHERE}, label: A, is: [socialnamnd-barn]}}\n"))
    story.event("person_met", "S1 seller", TUESDAY)
    assert recipient(story, "gor/notify S1").unit == "alla"
    story.event("told", "S1", TUESDAY, stay_municipality="elsewhere")
    assert recipient(story, "gor/notify S1").unit == "vasteras"


def test_a_function_that_is_found_by_nothing_has_no_municipality() -> None:
    story = Story(
        plan_of("""
rules: [{rule: gor, for: seller, then: [{must notify: regionkoordinator}]}]
units:
- {unit: alla, label: A, is: [regionkoordinator], open: always}
- {unit: hallstahammar, label: H, is: [regionkoordinator], area: [hallstahammar], open: always}
""")
    )
    story.event("person_met", "S1 seller", TUESDAY, stay_municipality="vasteras", home_municipality="vasteras")
    assert recipient(story, "gor/notify S1").unit == "hallstahammar", "all its units count, the narrowest area first"


# --------------------------------------------------------------------------------------------------- dates, on call


def test_a_unit_that_begins_in_2017_answers_from_its_first_day() -> None:
    story = Story(
        plan_of("""
rules: [{rule: gor, for: seller, then: [{must notify: socialnamnd-vuxen}]}]
units:
- {unit: gamla, label: G, is: [socialnamnd-vuxen], open: always, until: 2016-12-31}
- {unit: nya, label: N, is: [socialnamnd-vuxen], open: always, from: 2017-01-01}
- {unit: jouren, label: J, is: [socialnamnd-barn], open: always}
""")
    )
    story.event("person_met", "S1 seller", "2016-12-30 12:00")
    assert recipient(story, "gor/notify S1", "2016-12-31 23:59").unit == "gamla"
    assert recipient(story, "gor/notify S1", "2017-01-01 00:00").unit == "nya"


def test_an_on_call_measure_in_force_opens_its_bearers_units_and_only_while_it_is() -> None:
    story = met("2026-05-16 20:00", gender="woman", stay_municipality="vasteras")
    story.event("operation_started", "O1 operation", "2026-05-16 21:00")
    story.event("operation_ended", "O1", "2026-05-17 21:00")
    times = ("2026-05-16 20:59", "2026-05-16 21:00", "2026-05-17 20:59", "2026-05-17 21:00")
    assert [recipient(story, OFFER, at).unit for at in times] == [
        "socialjouren", "kvinnocentrum-vasteras", "kvinnocentrum-vasteras", "socialjouren"
    ]  # fmt: skip


def test_a_mark_does_not_close_a_unit_that_is_on_call() -> None:
    story = met("2026-05-16 20:00", gender="woman", stay_municipality="vasteras")
    story.event("operation_started", "O1 operation", "2026-05-16 21:00")
    story.mark("done", "insats.jour/jour O1 by stod-utsatta", "2026-05-16 22:00")
    assert recipient(story, OFFER).unit == "kvinnocentrum-vasteras"


def test_an_act_that_does_not_open_opens_nothing_and_an_on_call_one_only_its_bearers() -> None:
    plan = """
acts: {vaka: vaka}
hours: {natt: {label: natt, mon-sun: ["00:00-06:00"]}}
units:
- {unit: jouren, label: J, is: [socialnamnd-barn, socialnamnd-vuxen], open: natt}
- {unit: koordinatorn, label: K, is: [regionkoordinator], open: natt}
rules:
- {rule: gor, for: seller, then: [{must notify: socialnamnd-barn}, {must notify: regionkoordinator, id: k}]}
- {rule: insats, for: operation, then: [{must perform: ACT, continuing: true, who: [socialnamnd-vuxen]}]}
"""
    for act, opened in (("jour", True), ("vaka", False)):
        story = Story(plan_of(plan.replace("ACT", act)))
        story.event("person_met", "S1 seller", TUESDAY)
        story.event("operation_started", "O1 operation", TUESDAY)
        assert recipient(story, "gor/notify S1").open is opened, "a unit of the bearing function is open, whatever it is asked for"
        assert not recipient(story, "gor/k S1").open


STANDING_IN = """
hours: {dag: {label: dag, mon-sun: ["08:00-16:00"]}}
units:
- {unit: jouren, label: J, is: [socialnamnd-barn, socialnamnd-vuxen], open: always}
- {unit: vuxna, label: V, is: [socialnamnd-vuxen], open: dag, stand-in: jouren}
- {unit: barnen, label: B, is: [socialnamnd-barn], open: dag, stand-in: jouren}
rules:
- rule: gor
  for: seller
  then: [{must notify: socialnamnd-barn, who: [socialnamnd-vuxen]}, {must perform: larma, who: [socialnamnd-vuxen]}]
"""


def test_nobody_tells_itself_where_a_stand_in_would_the_unit_that_it_stands_in_for_does() -> None:
    story = Story(plan_of(STANDING_IN.replace("{unit: jouren", "{unit: jouren, area: [elsewhere]")))
    story.event("person_met", "S1 seller", "2016-05-02 03:00")

    def units(named: str, at: str) -> tuple[str | None, bool, str | None]:
        found = story.decision(named, at)
        assert found is not None
        return found.bearer.unit, found.bearer.open, found.recipient.unit if found.recipient is not None else None

    night, day = "2016-05-02 03:00", "2016-05-02 09:00"
    assert units("gor/notify S1", night) == ("vuxna", False, "jouren")
    assert units("gor/perform S1", night) == ("jouren", True, None), "only whoever tells would tell itself"
    assert units("gor/notify S1", day) == ("vuxna", True, "barnen")
    found = story.decision("gor/notify S1", night)
    assert found is not None
    assert found.bearer.opens == story.when("2016-05-02 08:00")
