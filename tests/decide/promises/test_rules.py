"""§4 of the contract: one responsibility each, while it holds, under the law of its day."""

from __future__ import annotations

import pytest
from tests.stories import PLANS, Story, example_plan, plan_of, problems_of

from samverkan.plan.loading import inspect_files, inspect_plan, read_plan
from samverkan.plan.model import Unruled


def errors(text: str) -> list[str]:
    """The codes of the loader's errors."""
    return [p.code for p in problems_of(text) if p.severity == "error"]


def warnings(text: str) -> list[str]:
    """The codes of the loader's warnings."""
    return [p.code for p in problems_of(text) if p.severity == "warning"]


# -- standing rules and event rules --------------------------------------------------------------------------------------------

RULES = plan_of(
    """
rules:
- {rule: barn, for: seller, when: {age: child}, then: [{must inform: stod}]}
- {rule: utred, for: person, each: report_received, when: {age: child}, then: [{must perform: larma, deadline: 3 days}]}
- {rule: varje, for: person, each: report_received, then: [{must perform: avvakta}]}
- {rule: erbjud, for: seller, then: [{must offer: samtal, with: polisen}]}
- {rule: folj, for: seller, each: {accepted: erbjud/offer}, then: [{must perform: forhora}]}
- {rule: efter, for: person, each: {passed: utred/perform}, then: [{must perform: forhora}]}
- {rule: arende, for: case, each: alarm_raised, then: [{must perform: larma}]}
- {rule: kop, for: purchase, each: purchase_reported, then: [{must perform: larma}]}
"""
)


def test_a_standing_rule_is_due_while_it_holds() -> None:
    story = Story(RULES)
    story.event("person_met", "S1 seller", at="2013-05-14 10:00")
    story.event("changed", "S1", at="2013-05-14 11:00", age="child")
    story.event("changed", "S1", at="2013-05-14 12:00", age="adult")
    statuses = [story.status("barn/inform S1", f"2013-05-14 {at}") for at in ("10:30", "11:30", "12:30")]
    assert statuses == [None, "due", "lapsed"]


def test_an_event_rule_is_due_once_per_occurrence() -> None:
    story = Story(RULES)
    story.event("person_met", "S1 seller")
    one, other = (story.event("report_received", "S1") for _ in range(2))
    story.mark("done", f"varje/perform S1 #{one}")
    assert {name: s for name, s in story.statuses().items() if name.startswith("varje")} == {
        f"varje/perform S1#{one} by polisen": "done",
        f"varje/perform S1#{other} by polisen": "due",
    }


def test_4a_an_event_rule_reads_facts_as_they_are_now_and_holds_from_the_occurrence_on() -> None:
    story = Story(RULES)
    story.event("person_met", "S1 seller", at="2013-05-14 10:00", age="adult")
    story.event("report_received", "S1", at="2013-05-14 11:00")
    story.event("changed", "S1", at="2013-05-14 12:00", age="child")
    story.event("changed", "S1", at="2013-05-14 13:00", age="adult")
    statuses = [story.status("utred/perform S1", f"2013-05-14 {at}") for at in ("11:30", "12:30", "13:30")]
    assert statuses == [None, "due", "lapsed"]


def test_4a_an_occurrence_is_of_an_event_about_the_rules_own_subject() -> None:
    story = Story(RULES)
    story.event("buyer_caught", "K1 purchase of B1, S1")
    story.event("buyer_caught", "K2 purchase of B1, S2")
    story.event("report_received", "S1")
    story.event("alarm_raised", "case")
    story.event("purchase_reported", "K2")
    occurred = {one for one in story.live() if one.startswith(("varje", "arende", "kop"))}
    assert occurred == {"varje/perform S1", "arende/perform case", "kop/perform K2"}


def test_4a_an_event_rule_waits_for_an_event_of_its_own_sort() -> None:
    assert errors("rules: [{rule: r, for: case, each: report_received, then: [{must perform: larma}]}]") == ["each-sort"]
    assert errors("rules: [{rule: r, for: purchase, each: report_received, then: [{must perform: larma}]}]") == ["each-sort"]


def test_4b_every_yes_is_an_occurrence_from_its_at_until_the_next_no_about_that_decision() -> None:
    story = Story(RULES)
    story.event("person_met", "S1 seller", at="2013-05-14 10:00")
    story.event("person_met", "S2 seller", at="2013-05-14 10:00")
    first = story.mark("accepted", "erbjud/offer S1", at="2013-05-14 11:00")
    again = story.mark("accepted", "erbjud/offer S1", at="2013-05-14 12:00")
    story.mark("declined", "erbjud/offer S2", at="2013-05-14 12:30")
    assert {one for one in story.statuses() if one.startswith("folj")} == {
        f"folj/perform S1#{first} by polisen", f"folj/perform S1#{again} by polisen"
    }  # fmt: skip
    assert set(story.statuses("2013-05-14 12:45").values()) == {"due", "done", "declined"}
    story.mark("declined", "erbjud/offer S1", at="2013-05-14 13:00")
    assert not {one for one in story.live("2013-05-14 13:00") if one.startswith("folj")}
    last = story.mark("accepted", "erbjud/offer S1", at="2013-05-14 14:00")
    became = {one: status for one, status in story.statuses().items() if one.startswith("folj")}
    assert became == {f"folj/perform S1#{mark} by polisen": s for mark, s in ((first, "lapsed"), (again, "lapsed"), (last, "due"))}


def test_4b_the_occurrence_of_a_passed_deadline_is_the_decision_that_passed() -> None:
    story = Story(RULES)
    story.event("person_met", "S1 seller", at="2013-05-14 10:00", age="child")
    report = story.event("report_received", "S1", at="2013-05-14 11:00")
    late = story.event("report_received", "S1", at="2013-05-16 11:00")
    story.mark("done", f"utred/perform S1 #{late}", at="2013-05-17 11:00")
    passed = {one: s for one, s in story.statuses("2013-06-01 12:00").items() if one.startswith("efter")}
    assert passed == {f"efter/perform S1#utred/perform S1#{report} by polisen by polisen": "due"}
    assert not {one for one in story.statuses("2013-05-17 23:59") if one.startswith("efter")}


@pytest.mark.parametrize(
    "text",
    [
        "- {rule: a, for: seller, each: {accepted: a/offer}, then: [{must offer: samtal, with: polisen}]}",
        """
- {rule: a, for: person, each: {passed: b/perform}, then: [{must perform: larma, deadline: 3 days}]}
- {rule: b, for: person, each: {passed: a/perform}, then: [{must perform: larma, deadline: 3 days}]}
""",
        """
- {rule: a, for: seller, overrides: {rule: b, because: x}, then: [{must perform: larma}]}
- {rule: b, for: seller, overrides: {rule: a, because: x}, then: [{must perform: larma}]}
""",
        """
- {rule: a, for: person, overrides: {rule: b, because: x}, each: {passed: b/perform}, then: [{must perform: larma}]}
- {rule: b, for: person, each: report_received, then: [{must perform: larma, deadline: 3 days}]}
""",
    ],
    ids=["accepted", "passed", "overrides", "overrides what it waits for"],
)
def test_4b_no_rule_may_depend_on_itself(text: str) -> None:
    assert "cycle" in errors(f"rules:\n{text}")


def test_4b_yes_and_passing_concern_decisions_about_the_rules_own_sort_of_subject() -> None:
    offer = "- {rule: a, for: seller, then: [{must offer: samtal, with: polisen}]}"
    text = f"rules:\n{offer}\n- {{rule: b, for: case, each: {{accepted: a/offer}}, then: [{{must perform: larma}}]}}"
    assert errors(text) == ["each-sort"]


# -- validity, and the law of the offence --------------------------------------------------------------------------------------

VALID = plan_of(
    """
rules:
- {rule: da, for: seller, then: [{must inform: stod}], valid: {from: 2013-05-14, until: 2013-05-15}}
- rule: var
  for: person
  each: report_received
  then: [{must perform: larma}]
  valid: {from: 2013-05-14, until: 2013-05-15}
- rule: brott
  for: purchase
  then: [{must perform: larma}]
  valid: {from: 2013-05-14, until: 2013-05-15, judged by: offence}
- rule: nu
  for: purchase
  then: [{must perform: avvakta}]
  valid: {from: 2013-05-14, until: 2013-05-15}
"""
)


def test_a_standing_rule_holds_on_the_days_of_its_validity_both_included() -> None:
    story = Story(VALID)
    story.event("person_met", "S1 seller", at="2013-05-13 12:00")
    at = ("2013-05-13 23:59", "2013-05-14 00:00", "2013-05-15 23:59", "2013-05-16 00:00")
    assert [story.status("da/inform S1", one) for one in at] == [None, "due", "due", "lapsed"]


def test_an_event_rule_holds_by_the_day_of_its_occurrence() -> None:
    story = Story(VALID)
    story.event("person_met", "S1 seller", at="2013-05-13 12:00")
    for at in ("2013-05-13 23:59", "2013-05-14 00:00", "2013-05-15 23:59", "2013-05-16 00:00"):
        story.event("report_received", "S1", at=at, id=f"r{at[8:10]}")
    assert {one for one in story.live("2014-01-01 00:00") if one.startswith("var")} == {"var/perform S1"}
    due = {d.id.occurrence for d in story.answer("2014-01-01 00:00").decisions if d.id.rule == "var"}
    assert due == {"r14", "r15"}


def test_4d_a_rule_judged_by_the_offence_holds_by_the_local_day_of_the_offence() -> None:
    story = Story(VALID)
    for number, offence in enumerate(("2013-05-13 23:59", "2013-05-14 00:00", "2013-05-15 23:59", "2013-05-16 00:00")):
        story.event("buyer_caught", f"K{number} purchase of B1, S1", at="2013-05-20 12:00", offence_at=offence)
    assert story.live() == {"brott/perform K1", "brott/perform K2"}
    assert story.live("2020-01-01 00:00") == {"brott/perform K1", "brott/perform K2"}


OFFENCE = plan_of(
    """
rules:
- {rule: barn, for: purchase, when: {seller.age: child}, then: [{must perform: larma}], valid: {judged by: offence}}
- rule: handel
  for: purchase
  when: {seller.trafficking: suspected}
  then: [{must perform: forhora}]
  valid: {judged by: offence}
- rule: betald
  for: purchase
  when: {payment: handed_over}
  then: [{must perform: avvakta}]
  valid: {judged by: offence}
"""
)


def test_the_offence_reads_the_ends_facts_as_they_were_then_in_the_light_of_all_that_is_known_now() -> None:
    story = Story(OFFENCE)
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 12:00")
    story.event("changed", "S1", at="2013-05-15 12:00", age="adult")
    assert story.status("barn/perform K1") is None
    story.event("established", "S1", at="2013-05-14 13:00", known_at="2013-05-16 12:00", age="child")
    assert story.status("barn/perform K1") == "due"


def test_what_is_declared_read_now_is_read_now_and_so_are_the_relations_own_facts() -> None:
    story = Story(OFFENCE)
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-14 12:00", payment="none")
    story.event("trafficking_suspected", "S1", at="2013-05-15 12:00")
    story.event("purchase_changed", "K1", at="2013-05-15 12:00", payment="handed_over")
    assert story.live() == {"handel/perform K1", "betald/perform K1"}
    story.event("trafficking_dismissed", "S1", at="2013-05-16 12:00")
    assert story.live() == {"betald/perform K1"}


def test_the_time_of_the_offence_may_be_told_by_any_event_about_the_relation_and_of_several_the_last_counts() -> None:
    story = Story(VALID)
    story.event("buyer_caught", "K1 purchase of B1, S1", at="2013-05-20 12:00", offence_at="2013-05-14")
    assert story.status("brott/perform K1") == "due"
    assert not story.questions("offence_twice")
    story.event("purchase_reported", "K1", at="2013-05-20 13:00", offence_at="2013-05-14 00:00")
    assert not story.questions("offence_twice")
    told = story.event("purchase_reported", "K1", at="2013-05-20 14:00", offence_at="2013-05-10")
    assert story.status("brott/perform K1") == "withdrawn"
    assert [(q.subject, told in q.events) for q in story.questions("offence_twice")] == [("K1", True)]


def test_judged_by_the_offence_is_for_relations_that_have_one() -> None:
    for subject in ("parenthood", "seller", "case"):
        text = f"rules: [{{rule: r, for: {subject}, then: [{{must perform: larma}}], valid: {{judged by: offence}}}}]"
        assert "by-offence" in errors(text)
    assert "offence_at" in str(_refused_offence())


def _refused_offence() -> Exception:
    with pytest.raises(ValueError, match="offence_at") as refused:
        Story(OFFENCE).event("child_in_home", "F1 parenthood of B1, C1", offence_at="2013-05-14")
    return refused.value


def test_a_milder_later_law_is_not_applied_by_itself() -> None:
    story = Story(example_plan())
    story.event(
        "buyer_caught", "K1 purchase of B1, S1", at="2022-08-02 12:00", offence_at="2022-07-31 23:30", agreement="reached",
        price="stated", payment="handed_over",
    )  # fmt: skip
    story.event("age_established", "S1", at="2022-08-02 13:00", age="adult")
    assert {one for one in story.live() if "strafforelaggande" in one} == {"kop.boter-strafforelaggande/forelaggande K1"}


# -- citations -----------------------------------------------------------------------------------------------------------------


def cited(*spans: str) -> str:
    """Words with a clause `s/k`, lifting secrecy, that is cited during these times."""
    rows = ", ".join(f"{{{span}, as: {number} §, status: seen}}" for number, span in enumerate(spans))
    return f"sources: {{s: {{title: S, kind: statute, clauses: {{k: {{about: K., lifts secrecy: true, cited: [{rows}]}}}}}}}}\n"


RESTS = "rules: [{{rule: r, for: seller, then: [{{must inform: stod}}], because: [s/k], valid: {{{valid}}}}}]"
TELLS = """
rules:
- rule: r
  for: seller
  then: [{{must notify: socialnamnd-barn, telling: identity, allowed by: {{clause: s/k}}}}]
  valid: {{{valid}}}
"""


@pytest.mark.parametrize("rule", [RESTS, TELLS], ids=["because", "allowed by"])
@pytest.mark.parametrize(
    ("spans", "valid", "right"),
    [
        (["from: 2013-05-01"], "from: 2013-05-01", True),
        (["from: 2013-05-02"], "from: 2013-05-01", False),
        (["from: 2010-01-01, until: 2013-12-31"], "from: 2013-05-01", False),
        (["from: 2010-01-01, until: 2013-12-31"], "from: 2013-05-01, until: 2013-12-31", True),
        (["from: 2010-01-01, until: 2013-12-31", "from: 2014-01-01"], "from: 2013-05-01", True),
        (["from: 2010-01-01, until: 2013-12-30", "from: 2014-01-01"], "from: 2013-05-01", False),
    ],
)
def test_on_every_day_of_its_validity_a_rule_and_what_allows_telling_has_a_citation_in_force(
    rule: str, spans: list[str], valid: str, right: bool
) -> None:
    assert errors(cited(*spans) + rule.format(valid=valid)) == ([] if right else ["no-citation"])


def test_a_decision_is_cited_as_of_its_day() -> None:
    words = cited("from: 2010-01-01, until: 2013-12-31", "from: 2014-01-01")
    story = Story(plan_of(words + RESTS.format(valid="from: 2013-05-01")))
    story.event("person_met", "S1 seller", at="2013-12-31 23:00")
    for at, text in (("2013-12-31 23:59", "0 §"), ("2014-01-01 00:00", "1 §")):
        found = story.decision("r/inform S1", at)
        assert found is not None
        assert [(c.clause, c.text) for c in found.because] == [("s/k", text)]


def test_what_is_shown_once_more_is_cited_as_of_its_day_not_as_of_when_it_had_ended() -> None:
    words = cited("from: 2010-01-01, until: 2013-12-31", "from: 2014-01-01")
    rule = "rules: [{rule: r, for: seller, when: {age: child}, because: [s/k], then: [{must notify: socialnamnd-barn}]}]"
    story = Story(plan_of(words + rule))
    story.event("person_met", "S1 seller", at="2013-05-14 12:00", age="child")
    story.event("changed", "S1", at="2013-06-14 12:00", age="adult")
    story.event("changed", "S1", at="2014-01-10 12:00", age="child")
    texts = []
    for at in ("2013-12-31 12:00", "2014-01-09 12:00", "2014-01-10 12:00"):
        found = story.decision("r/notify S1", at)
        assert found is not None
        texts.append([c.text for c in found.because])
    assert texts == [["0 §"], ["0 §"], ["1 §"]]


# -- overriding and tightening -------------------------------------------------------------------------------------------------

OVERRIDING = """
rules:
- {rule: r, for: seller, when: {age: child}, overrides: {rule: s, because: bättre}, then: [{must inform: stod}]}
- {rule: s, for: seller, then: [{must perform: larma}, {must perform: forhora, id: forhor}]}
"""


def test_an_overriding_rule_makes_the_other_lapse_for_that_subject_while_it_holds() -> None:
    story = Story(plan_of(OVERRIDING))
    story.event("person_met", "S1 seller", at="2013-05-14 10:00")
    story.event("person_met", "S2 seller", at="2013-05-14 10:00")
    story.event("changed", "S1", at="2013-05-14 11:00", age="child")
    story.event("changed", "S1", at="2013-05-14 12:00", age="adult")
    seen = []
    for at in ("10:30", "11:30", "12:30"):
        found = story.decision("s/perform S1", f"2013-05-14 {at}")
        assert found is not None
        seen.append((found.status, found.replaced_by))
    assert seen == [("due", None), ("lapsed", "r"), ("due", None)]
    assert story.live("2013-05-14 11:30") == {"r/inform S1", "s/perform S2", "s/forhor S2"}


def test_a_rule_overrides_whether_or_not_it_is_itself_overridden() -> None:
    text = "- {rule: q, for: seller, when: {gender: man}, overrides: {rule: r, because: x}, then: [{must perform: avvakta}]}"
    story = Story(plan_of(OVERRIDING + text))
    story.event("person_met", "S1 seller", age="child", gender="man")
    assert story.live() == {"q/perform S1"}


def test_what_overrides_is_settled_first_however_long_the_chain_and_whatever_the_order_of_the_file() -> None:
    story = Story(
        plan_of("""
rules:
- {rule: forst, for: seller, then: [{must inform: stod}]}
- {rule: sedan, for: seller, each: {accepted: erbjud/offer}, overrides: [{rule: forst, because: ja}], then: [{must perform: larma}]}
- {rule: erbjud, for: seller, each: {accepted: fraga/offer}, then: [{must offer: samtal, with: polisen}]}
- {rule: fraga, for: seller, then: [{must offer: samtal, with: polisen}]}
""")
    )
    story.event("person_met", "S1 seller", "2016-05-02 12:00")
    asked = story.mark("accepted", "fraga/offer S1", "2016-05-02 13:00")
    assert story.status("forst/inform S1") == "due"
    story.mark("accepted", f"erbjud/offer S1 #{asked}", "2016-05-02 14:00")
    found = story.decision("forst/inform S1")
    assert found is not None
    assert (found.status, found.replaced_by) == ("lapsed", "sedan")


def test_4c_all_decisions_of_the_other_lapse_while_any_occurrence_of_the_overrider_holds() -> None:
    story = Story(
        plan_of(
            """
rules:
- rule: r
  for: person
  each: report_received
  when: {age: child}
  overrides: {rule: s, because: x}
  then: [{must inform: stod}]
- {rule: s, for: person, each: report_received, then: [{must perform: larma}]}
"""
        )
    )
    story.event("person_met", "S1 seller", at="2013-05-14 10:00")
    story.event("report_received", "S1", at="2013-05-14 11:00")
    story.event("report_received", "S1", at="2013-05-14 12:00")
    story.event("changed", "S1", at="2013-05-14 13:00", age="child")
    assert {one: s for one, s in story.statuses().items() if one.startswith("s/")} == {
        "s/perform S1#e2 by polisen": "lapsed", "s/perform S1#e3 by polisen": "lapsed"
    }  # fmt: skip


def test_4c_a_rule_may_override_only_one_for_the_same_sort_of_subject() -> None:
    text = "rules: [{rule: r, for: purchase, overrides: {rule: s, because: x}, then: [{must perform: larma}]}, S]"
    other = "{rule: s, for: seller, then: [{must perform: larma}]}"
    assert errors(text.replace("S]", f"{other}]")) == ["override-sort"]
    same = text.replace("for: purchase", "for: buyer").replace("S]", f"{other}]")
    assert errors(same) == []


def test_an_override_names_a_rule_and_gives_a_reason() -> None:
    rule = "rules: [{{rule: r, for: seller, overrides: {over}, then: [{{must inform: stod}}]}}]"
    assert errors(rule.format(over="{rule: r2}"))
    assert errors(rule.format(over="{rule: r2, because: x}")) == ["unknown-word"]


@pytest.mark.parametrize(
    ("overrider", "never"),
    [
        ("when: {age: child}", False),
        ("when: {age: adult}", True),
        ("when: {gender: man}", False),
        ("valid: {from: 2020-01-01}", True),
        ("valid: {from: 2013-12-31}", False),
    ],
)
def test_an_override_that_can_never_bite_is_reported(overrider: str, never: bool) -> None:
    text = f"""
rules:
- {{rule: r, for: seller, {overrider}, overrides: {{rule: s, because: x}}, then: [{{must inform: stod}}]}}
- {{rule: s, for: seller, when: {{age: child}}, then: [{{must perform: larma}}], valid: {{until: 2013-12-31}}}}
"""
    assert ("override-never" in warnings(text)) == never


BASE = {path.name: path.read_bytes() for path in sorted((PLANS / "exempel").glob("*.yaml"))}
COUNTY = """
plan: lan
title: Länets plan
version: "1"
valid: {from: 2013-05-01}
builds on: exempel
tightens:
- {measure: stod.regionkoordinator/kontakt, strength: must, deadline: 2 hours, because: Avtal.}
"""


def test_a_county_may_tighten_a_shorter_deadline_and_a_stronger_strength_but_never_soften() -> None:
    county = read_plan({"lan.yaml": COUNTY.encode()}, BASE)
    measure = county.rules["stod.regionkoordinator"].measure("kontakt")
    assert measure is not None
    assert measure.deadline is not None
    assert (measure.strength, measure.deadline.text, measure.tightened) == ("must", "2 hours", "Avtal.")
    for softer in ("strength: may", "deadline: 3 days"):
        text = COUNTY.replace("strength: must, deadline: 2 hours", softer)
        assert [p.code for p in inspect_files({"lan.yaml": text.encode()}, BASE).errors] == ["tightens"]


# -- judgement and honesty -----------------------------------------------------------------------------------------------------


def test_where_people_judge_the_rules_wait_for_the_event_that_carries_their_outcome() -> None:
    story = Story(example_plan())
    story.event(
        "child_in_home", "F1 parenthood of B1, C1", at="2013-05-14 12:00",
        facts={"child.age": "child", "child.home_municipality": "vasteras"},
    )  # fmt: skip
    assert story.status("kopare.barn-bedom/bedomning C1") == "due"
    assert story.status("kopare.barn-anmal/anmalan C1") is None
    story.event("child_assessed", "C1", at="2013-05-14 13:00", at_risk="suspected")
    assert story.status("kopare.barn-bedom/bedomning C1") == "done"
    assert story.status("kopare.barn-anmal/anmalan C1") == "due"


def test_a_clause_without_a_rule_is_listed_with_its_reason() -> None:
    text = """
sources:
  s:
    title: S
    kind: manual
    clauses:
      k: {about: K., unruled: {reason: aim, why: Ett mål.}, cited: [{from: 2010-01-01, as: 3, status: seen}]}
"""
    unruled = {clause.id: clause.unruled for clause in plan_of(text).clauses.values() if clause.unruled is not None}
    assert unruled == {"s/k": Unruled("aim", "Ett mål.")}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("rules: [{rule: r, for: seller, basis: %s, then: [{must inform: stod}]}]", ("stated", "inferred", "assumed")),
        ("sources: {s: {title: S, kind: statute, clauses: {k: {about: K., cited: [{from: 2010-01-01, as: x, status: %s}]}}}}",
         ("seen", "unchecked")),
    ],
    ids=["rule", "citation"],
)  # fmt: skip
def test_a_rule_and_a_citation_say_how_sure_we_are_in_closed_words(text: str, right: tuple[str, ...]) -> None:
    assert [errors(text % word) for word in right] == [[] for _ in right]
    assert errors(text % "certain")


def test_a_decision_carries_how_sure_its_rule_and_its_citations_are() -> None:
    story = Story(example_plan())
    story.event("person_met", "S1 seller", at="2015-12-31 12:00", age="child")
    for at, seen in (("2015-12-31 12:00", False), ("2016-01-01 12:00", True)):
        found = story.decision("barn.orosanmalan/anmalan S1", at)
        assert found is not None
        assert found.basis == "stated"
        assert found.allowed_by is not None
        assert (found.allowed_by.clause, found.allowed_by.seen) == ("sol/anmalningsplikt", seen)


def test_the_example_plan_has_no_errors() -> None:
    assert inspect_plan(PLANS / "exempel").errors == ()
