"""What changes between two days: rules, citations and units, on both sides of the dates when the law did."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.stories import example_plan, plan_of

from samverkan.plan.loading import load_plan
from samverkan.plan.model import Rule
from samverkan.review.change import Changed, changed, in_force, to_json

DAY = timedelta(days=1)


def on(day: str) -> Changed:
    """What the shipped plan changes on a day."""
    return changed(load_plan(), date.fromisoformat(day) - DAY, date.fromisoformat(day))


def ids(rules: tuple[Rule, ...]) -> set[str]:
    return {rule.id for rule in rules}


def test_a_day_on_which_nothing_happens() -> None:
    assert not on("2019-03-05")


def test_the_police_became_one_agency() -> None:
    found = on("2015-01-01")
    assert [(u.function, u.come, u.gone) for u in found.units] == [
        ("polisen", ("Polismyndigheten i Västmanland",), ("Polismyndigheten i Västmanlands län",))
    ]
    assert not [rule.id for rule in (*found.added, *found.ended) if rule.function == "polisen"]


def test_purchases_after_the_first_of_august_2022() -> None:
    found = on("2022-08-01")
    assert "betanketid.namnden-ansoker" in ids(found.added)
    pairs = {(one.before.id, one.after.id): one.what for one in found.changed}
    what = pairs["kop.boter-strafforelaggande", "kop.villkorlig-dom-strafforelaggande"]
    assert any(text.startswith("Heter nu: ") for text in what)
    assert any(one.clause.id == "brb/kop-av-vuxen" for one in found.recited)


def test_a_purchase_of_a_child_doesnt_become_a_purchase() -> None:
    found = on("2022-08-01")
    assert "kop.enbart-boter-barn-rattas" in ids(found.ended)
    assert "kop.enbart-boter-rattas" in ids(found.added)


def test_a_new_socialtjanstlag_recites_and_keeps_the_rules() -> None:
    found = on("2025-07-01")
    by_clause = {one.clause.id: one for one in found.recited}
    report = by_clause["sol/anmalningsplikt"]
    assert report.before == "14 kap. 1 § socialtjänstlagen (2001:453)"
    assert report.after == "19 kap. 1 § socialtjänstlagen (2025:400)"
    assert "barn.orosanmalan" in report.rules
    assert "barn.orosanmalan" not in ids(found.added) | ids(found.ended)


def test_the_order_of_the_days_does_not_matter() -> None:
    plan, one, other = load_plan(), date(2014, 1, 1), date(2026, 1, 1)
    assert to_json(plan, changed(plan, one, other)) == to_json(plan, changed(plan, other, one))


@pytest.mark.parametrize(("one", "other"), [("2013-05-01", "2026-05-16"), ("2016-12-31", "2020-01-01")])
def test_every_rule_is_told_once(one: str, other: str) -> None:
    plan, first, last = load_plan(), date.fromisoformat(one), date.fromisoformat(other)
    found = changed(plan, first, last)
    was = {rule.id for rule in plan.rules.values() if in_force(rule, first)}
    now = {rule.id for rule in plan.rules.values() if in_force(rule, last)}
    came = [rule.id for rule in found.added] + [pair.after.id for pair in found.changed]
    went = [rule.id for rule in found.ended] + [pair.before.id for pair in found.changed]
    assert sorted(came) == sorted(now - was)
    assert sorted(went) == sorted(was - now)


RULES = """
rules:
- {rule: a.gammal, title: Stöd erbjuds, for: seller, when: {age: adult}, valid: {from: 2013-05-01, until: 2019-12-31},
   then: [{should offer: samtal, id: e, who: [polisen], with: polisen, deadline: 7 days}]}
- {rule: a.ny, title: Stöd erbjuds, for: seller, when: {age: [adult, unknown]}, unless: [{gender: man}], valid: {from: 2020-01-01},
   then: [{must offer: samtal, id: e, who: [polisen], with: polisen, deadline: 3 days}]}
- {rule: b.annan, title: Något helt annat, for: buyer, when: {age: adult}, valid: {from: 2020-01-01},
   then: [{must offer: samtal, id: e, who: [polisen], with: polisen}]}
"""


def test_a_rule_that_took_anothers_place_says_how_it_differs() -> None:
    plan = plan_of(RULES)
    found = changed(plan, date(2019, 12, 31), date(2020, 1, 1))
    (pair,) = found.changed
    assert (pair.before.id, pair.after.id) == ("a.gammal", "a.ny")
    said = "\n".join(pair.what)
    assert "Gäller nu när: " in said
    assert "Nytt undantag: " in said
    assert " ska erbjuda " in said
    assert " bör erbjuda " in said
    assert "inom 3 dagar" in said
    assert ids(found.added) == {"b.annan"}
    assert "Heter nu" not in said


def test_the_example_plan_has_its_changes_too() -> None:
    found = changed(example_plan(), date(2022, 7, 31), date(2022, 8, 1))
    assert found
    assert to_json(example_plan(), found)["from"] == "2022-07-31"
