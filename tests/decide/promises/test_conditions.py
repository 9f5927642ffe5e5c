"""§3 of the contract: unknown is neither yes nor no."""

from __future__ import annotations

from itertools import product

import pytest
from tests.stories import Story, example_plan, plan_of, problems_of


def errors(text: str) -> list[str]:
    """The codes of the loader's errors."""
    return [p.code for p in problems_of(text) if p.severity == "error"]


def verdicts(story: Story, subject: str) -> dict[str, str]:
    """Of each rule with one measure `inform`: holds, undetermined (it asks) or no, for a subject."""
    answer = story.answer()
    live = {d.id.rule for d in answer.decisions if d.id.subject == subject and d.status == "due"}
    asked = {rule for q in answer.questions if q.kind == "fact" for rule in q.rules}
    return {r: "holds" if r in live else "undetermined" if r in asked else "no" for r in story.plan.rules}


# -- atoms ---------------------------------------------------------------------------------------------------------------------

ATOMS = plan_of(
    """
rules:
- {rule: namnd, for: seller, when: {gender: [woman, other]}, then: [{must inform: stod}]}
- {rule: okand, for: seller, when: {gender: unknown}, then: [{must inform: stod}]}
- {rule: bada, for: seller, when: {gender: [man, unknown]}, then: [{must inform: stod}]}
"""
)


@pytest.mark.parametrize(
    ("gender", "expected"),
    [
        ("woman", ("holds", "no", "no")),
        ("other", ("holds", "no", "no")),
        ("man", ("no", "no", "holds")),
        ("unknown", ("undetermined", "holds", "holds")),
    ],
)
def test_an_atom_is_true_undetermined_or_false(gender: str, expected: tuple[str, ...]) -> None:
    story = Story(ATOMS)
    story.event("person_met", "S1 seller", gender=gender)
    assert tuple(verdicts(story, "S1").values()) == expected


# -- all, any, unless: every combination of true, false and undetermined ---------------------------------------------------------

KLEENE = plan_of(
    """
rules:
- {rule: alla, for: seller, when: {gender: woman, permit: has}, then: [{must inform: stod}]}
- {rule: nagon, for: seller, when: {any: [{gender: woman}, {permit: has}]}, then: [{must inform: stod}]}
- {rule: utom, for: seller, when: {gender: woman}, unless: [{permit: has}], then: [{must inform: stod}]}
- {rule: utom-alla, for: seller, unless: [{gender: woman, permit: has}], then: [{must inform: stod}]}
- {rule: utom-nagon, for: seller, unless: [{gender: woman}, {permit: has}], then: [{must inform: stod}]}
- {rule: dessutom, for: seller, when: {age: child, any: [{gender: woman}, {permit: has}]}, then: [{must inform: stod}]}
"""
)
GENDERS = {True: "woman", False: "man", None: "unknown"}
PERMITS = {True: "has", False: "none", None: "unknown"}
WORDS = {True: "holds", False: "no", None: "undetermined"}


def both(one: bool | None, other: bool | None) -> bool | None:
    """Strong Kleene "and"."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def either(one: bool | None, other: bool | None) -> bool | None:
    """Strong Kleene "or"."""
    if one is True or other is True:
        return True
    return None if one is None or other is None else False


@pytest.mark.parametrize(("one", "other"), list(product((True, False, None), repeat=2)))
def test_conditions_are_judged_in_strong_kleene_logic_and_exceptions_only_where_known(one: bool | None, other: bool | None) -> None:
    story = Story(KLEENE)
    story.event("person_met", "S1 seller", gender=GENDERS[one], permit=PERMITS[other], age="child")
    assert verdicts(story, "S1") == {
        "alla": WORDS[both(one, other)],
        "nagon": WORDS[either(one, other)],
        "utom": "no" if other is True else WORDS[one],
        "utom-alla": "no" if both(one, other) is True else "holds",
        "utom-nagon": "no" if either(one, other) is True else "holds",
        "dessutom": WORDS[either(one, other)],
    }


def test_an_alternative_and_what_stands_beside_it_must_both_hold() -> None:
    story = Story(KLEENE)
    story.event("person_met", "S1 seller", gender="woman", age="adult")
    assert verdicts(story, "S1")["dessutom"] == "no"
    story.event("person_met", "S2 seller", gender="woman")
    assert ("S2", "age", ("dessutom",)) in [(q.subject, q.fact, q.rules) for q in story.questions("fact")]


@pytest.mark.parametrize(
    "condition",
    [
        "{not: {age: child}}", "{age: {not: child}}", "{all: [{age: child}]}", "{age: '>17'}", "{age: 'child|adult'}",
        "{age: '.*'}", "{age: []}", "{}", "{any: [{age: child}]}", "{some: purchase, has: {seller.age: child}}", "{count: 2}",
    ],
)  # fmt: skip
def test_the_language_has_no_not_no_code_no_patterns_no_arithmetic_and_no_counting(condition: str) -> None:
    assert errors(f"rules: [{{rule: r, for: seller, when: {condition}, then: [{{must inform: stod}}]}}]")


# -- conclusions ---------------------------------------------------------------------------------------------------------------

CONCLUSIONS = """
conclusions:
  buys: {of: buyer, label: köper av barn, when: {some: purchase, has: {seller.age: child}}, because: [lag/grund]}
  pays: {of: buyer, label: betalar, when: {some: purchase, has: {payment: handed_over}}, because: [lag/grund]}
  worse: {of: buyer, label: värre, when: {some: purchase, has: {seller.age: child, payment: handed_over}}, because: [lag/grund]}
  done: {of: purchase, label: fullbordat, when: {agreement: reached, payment: handed_over}, because: [lag/grund]}
  sold: {of: seller, label: har sålt, when: {some: purchase, has: {done: true}}, because: [lag/grund]}
  either: {of: buyer, label: endera, when: {any: [{gender: man}, {some: purchase, has: {seller.age: child}}]}, because: [lag/grund]}
rules:
- {rule: sant, for: buyer, when: {buys: "true"}, then: [{must inform: stod}]}
- {rule: falskt, for: buyer, when: {buys: "false"}, then: [{must inform: stod}]}
- {rule: oklart, for: buyer, when: {buys: unknown}, then: [{must inform: stod}]}
- {rule: bada, for: buyer, when: {buys: "true", pays: "true"}, then: [{must inform: stod}]}
- {rule: en, for: buyer, when: {worse: "true"}, then: [{must inform: stod}]}
- {rule: koplut, for: purchase, when: {done: "true"}, then: [{must perform: larma}]}
- {rule: salt, for: seller, when: {sold: "true"}, then: [{must inform: stod}]}
- {rule: endera, for: buyer, when: {either: "true"}, then: [{must inform: stod}]}
- {rule: koparens, for: purchase, when: {buyer.buys: "true"}, then: [{must perform: avvakta}]}
"""
CONCLUDING = plan_of(CONCLUSIONS)


def of_buyer(story: Story) -> set[str]:
    """The rules that hold for B1."""
    return {one.partition("/")[0] for one in story.live() if one.endswith(" B1")}


def test_some_over_nobody_is_undetermined_not_false() -> None:
    story = Story(CONCLUDING)
    story.event("person_met", "B1 buyer")
    assert of_buyer(story) == {"oklart"}


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        (("child",), "sant"), (("adult",), "falskt"), (("unknown",), "oklart"), (("adult", "child"), "sant"),
        (("adult", "unknown"), "oklart"), (("unknown", "child"), "sant"), (("adult", "adult"), "falskt"), (("-",), "oklart"),
        (("-", "adult"), "oklart"), (("-", "child"), "sant"),
    ],
)  # fmt: skip
def test_3a_some_is_true_if_one_fulfils_it_else_undetermined_if_one_may_else_false(ages: tuple[str, ...], expected: str) -> None:
    story = Story(CONCLUDING)
    for number, age in enumerate(ages):
        if age == "-":
            story.event("buyer_caught", f"K{number} purchase of B1, -")
        else:
            story.event("buyer_caught", f"K{number} purchase of B1, S{number}")
            story.event("told", f"S{number}", age=age)
    assert of_buyer(story) & {"sant", "falskt", "oklart"} == {expected}


def test_3a_only_relations_at_whose_end_this_person_stands_are_looked_at_and_only_those_introduced() -> None:
    story = Story(CONCLUDING)
    story.event("person_met", "S1 seller", age="child")
    story.event("buyer_caught", "K1 purchase of B2, S1", at="2013-05-14 13:00")
    story.event("buyer_caught", "K2 purchase of B3, B1", at="2013-05-14 14:00")
    story.event("role_given", "B1 buyer", at="2013-05-14 15:00")
    assert of_buyer(story) == {"oklart"}
    story.event("buyer_caught", "K3 purchase of B1, S1", at="2013-05-14 16:00", known_at="2013-05-14 17:00")
    assert "sant" not in {one.partition("/")[0] for one in story.live("2013-05-14 16:30") if one.endswith(" B1")}
    assert "sant" in of_buyer(story)


def test_3a_a_relation_is_not_looked_at_as_of_a_time_before_it_was_introduced() -> None:
    """As now known he had bought from no child while the decision was shown: when he bought from S2 she was an adult."""
    story = Story(CONCLUDING)
    story.event("person_met", "S2 seller", at="2013-05-14 10:00")
    story.event("established", "S2", at="2013-05-14 10:00", age="child")
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 10:00")
    story.event("told", "S1", at="2013-05-14 10:00", age="child")
    story.event("changed", "S2", at="2013-05-14 11:00", age="adult")
    story.event("buyer_caught", "K2 purchase of B1, S2", at="2013-05-14 12:00")
    story.event("established", "S1", at="2013-05-14 13:00", age="adult")
    assert [story.status("sant/inform B1", f"2013-05-14 {at}") for at in ("12:30", "13:00")] == ["due", "withdrawn"]


ENDS = """
relations: {friends: {label: vänskap, ends: {elder: seller, younger: seller}}}
events:
  friends_seen: {label: vänner, about: friends, introduces: friends}
conclusions:
  has_child_friend: {of: seller, label: X, when: {some: friends, as: elder, has: {younger.age: child}}, because: [lag/grund]}
rules: [{rule: r, for: seller, when: {has_child_friend: "true"}, then: [{must inform: stod}]}]
"""


def test_3a_where_two_ends_have_the_role_as_says_which() -> None:
    assert errors(ENDS.replace("as: elder, ", "")) == ["unknown-end"]
    story = Story(plan_of(ENDS))
    story.event("friends_seen", "V1 friends of P1, P2")
    story.event("told", "P1", age="child")
    story.event("told", "P2", age="child")
    assert story.live() == {"r/inform P1"}


def test_3a_some_may_stand_in_an_alternative() -> None:
    story = Story(CONCLUDING)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("buyer_caught", "K2 purchase of B2, S2")
    story.event("told", "B1", gender="man")
    story.event("told", "S2", age="child")
    assert {"endera/inform B1", "endera/inform B2"} <= story.live()


def test_a_conclusion_may_be_read_of_an_end_and_build_on_another_one() -> None:
    story = Story(CONCLUDING)
    story.event("buyer_caught", "K1 purchase of B1, S1", agreement="reached", payment="handed_over")
    story.event("told", "S1", age="child")
    assert {"salt/inform S1", "koplut/perform K1", "koparens/perform K1"} <= story.live()


def test_two_conclusions_never_mean_the_same_person_one_with_both_conditions_does() -> None:
    story = Story(CONCLUDING)
    story.event("buyer_caught", "K1 purchase of B1, S1", payment="none")
    story.event("told", "S1", age="child")
    story.event("buyer_caught", "K2 purchase of B1, S2", payment="handed_over")
    story.event("told", "S2", age="adult")
    assert {"bada"} == of_buyer(story) & {"bada", "en"}
    story.event("purchase_changed", "K1", payment="handed_over")
    assert {"bada", "en"} == of_buyer(story) & {"bada", "en"}


def test_conclusions_are_stratified_at_most_two_deep_and_never_go_back_over_a_relation() -> None:
    def concluded(**whens: str) -> list[str]:
        rows = "".join(f"  {n}: {{of: {w.partition('|')[0]}, label: L, when: {w.partition('|')[2]}, because: [lag/grund]}}\n"
                       for n, w in whens.items())  # fmt: skip
        return errors(f"conclusions:\n{rows}")

    assert concluded(a='seller|{b: "true"}', b="seller|{age: child}") == []
    assert "cycle" in concluded(a='seller|{b: "true"}', b='seller|{a: "true"}')
    assert "too-deep" in concluded(a='seller|{b: "true"}', b='seller|{c: "true"}', c="seller|{age: child}")
    back = {"a": 'buyer|{some: purchase, has: {seller.b: "true"}}', "b": "seller|{some: purchase, has: {buyer.gender: man}}"}
    assert "back-over-relation" in concluded(**back)


def test_a_conclusion_looks_over_one_relation_and_at_nobody_else() -> None:
    def looking(when: str) -> list[str]:
        return errors(f"conclusions: {{c: {{of: buyer, label: L, when: {when}, because: [lag/grund]}}}}")

    assert looking("{some: purchase, has: {seller.age: child}}") == []
    assert looking("{some: purchase, has: {seller.purchase.payment: none}}")
    assert looking("{some: purchase, has: {some: purchase, has: {payment: none}}}")
    assert looking("{some: purchase, another: S1, has: {seller.age: child}}")
    assert looking("{some: purchase, least: 2, has: {seller.age: child}}")
    assert looking("{seller.age: child}")


OFFENCE = """
conclusions:
  paid: {of: purchase, label: betalt, when: {payment: handed_over, seller.age: child}, because: [lag/grund]}
  young: {of: seller, label: ung man, when: {age: child, gender: man}, because: [lag/grund]}
rules:
- {rule: da, for: purchase, when: {paid: "true"}, then: [{must perform: larma}], valid: {judged by: offence}}
- {rule: nu, for: purchase, when: {paid: "true"}, then: [{must perform: forhora}]}
- {rule: ung-da, for: purchase, when: {seller.young: "true"}, then: [{must perform: larma}], valid: {judged by: offence}}
- {rule: ung-nu, for: purchase, when: {seller.young: "true"}, then: [{must perform: larma}]}
"""


def test_3b_a_conclusion_is_judged_at_the_time_at_which_its_facts_are_read() -> None:
    """Under the offence's law a relation's own facts are read as now, the ends' as of the offence; so for what follows."""
    story = Story(plan_of(OFFENCE))
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 12:00", payment="none")
    story.event("established", "S1", at="2013-05-14 12:00", age="child", gender="man")
    assert {one.partition("/")[0] for one in story.live()} == {"ung-da", "ung-nu"}
    story.event("purchase_changed", "K1", at="2013-05-14 13:00", payment="handed_over")
    assert {one.partition("/")[0] for one in story.live()} == {"da", "nu", "ung-da", "ung-nu"}
    story.event("turned_18", "S1", at="2013-05-14 14:00")
    assert {one.partition("/")[0] for one in story.live()} == {"da", "ung-da"}


# -- who may be a child, and what has to be asked ------------------------------------------------------------------------------


def test_reasons_to_believe_in_a_child_give_a_childs_protection_but_prove_no_offence() -> None:
    story = Story(example_plan())
    story.event(
        "buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 21:00", agreement="reached", price="stated", payment="handed_over"
    )  # fmt: skip
    story.event("minor_involved", "S1", at="2013-05-14 21:10")
    live = story.live()
    assert {"barn.orosanmalan/anmalan S1", "kop.alder-forst/avvakta K1", "kop.av-barn/forundersokning K1"} <= live
    assert not {one for one in story.statuses() if one.startswith(("kop.boter", "saljare.vittne"))}


def test_a_bare_unknown_makes_finding_out_due_and_discloses_nothing() -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", at="2013-05-14 21:00")
    assert "alder.ta-reda-pa/bedomning S1" in story.live()
    assert not [d for d in story.answer().decisions if d.kind in ("notify", "apply", "consult")]


def test_an_undetermined_rule_asks_for_what_would_have_to_be_known() -> None:
    story = Story(plan_of(CONCLUSIONS))
    story.event("buyer_caught", "K1 purchase of B1, S1", agreement="reached")
    asked = {(q.subject, q.fact): q.rules for q in story.questions("fact")}
    assert "sant" in asked[("S1", "age")]
    assert "koplut" in asked[("K1", "payment")]
    assert ("K1", "agreement") not in asked
    story.event("purchase_changed", "K1", payment="none")
    assert "koplut" not in {rule for q in story.questions("fact") for rule in q.rules}


def test_what_cannot_hold_any_more_asks_nothing() -> None:
    plan = plan_of("rules: [{rule: r, for: seller, when: {gender: man, age: child}, then: [{must inform: stod}]}]")
    story = Story(plan)
    story.event("person_met", "S1 seller", gender="woman")
    assert not story.questions("fact")


def test_a_rule_that_is_not_valid_or_has_not_occurred_asks_nothing() -> None:
    plan = plan_of(
        """
rules:
- {rule: sen, for: seller, when: {age: child}, then: [{must inform: stod}], valid: {from: 2020-01-01}}
- {rule: anmald, for: person, each: report_received, when: {gender: man}, then: [{must inform: stod}]}
"""
    )
    story = Story(plan)
    story.event("person_met", "S1 seller")
    assert not story.questions("fact")
    story.event("report_received", "S1")
    assert [(q.fact, q.rules) for q in story.questions("fact")] == [("gender", ("anmald",))]


def test_an_alternative_that_can_not_hold_any_more_asks_nothing() -> None:
    plan = plan_of("""
rules:
- rule: r
  for: seller
  when: {any: [{age: child, gender: woman}, {citizenship: other, permit: none}]}
  then: [{must inform: stod}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", age="adult", permit="none")
    assert [q.fact for q in story.questions("fact")] == ["citizenship"]
