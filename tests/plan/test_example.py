"""The example plan, whole: what each piece of the language becomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from samverkan.plan.loading import load_plan
from samverkan.plan.model import (
    Atom,
    Citation,
    Condition,
    ConsentFor,
    Deadline,
    Each,
    Measure,
    Plan,
    Ref,
    Says,
    Some,
)

FOLDER = Path(__file__).parents[1] / "corpus" / "plans" / "exempel"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(FOLDER)


def plainly(condition: Condition) -> list[tuple[str, tuple[str, ...]]]:
    return [(atom.path, atom.values) for atom in condition.atoms]


def measure(plan: Plan, rule: str, its: str) -> Measure:
    found = plan.rules[rule].measure(its)
    assert found is not None
    return found


def test_head(plan: Plan) -> None:
    assert (plan.id, plan.version, plan.first, plan.last) == ("exempel", "0", date(2013, 5, 1), None)
    assert (plan.timezone, plan.country, plan.layers) == ("Europe/Stockholm", "SE", ("exempel",))
    assert plan.reminders == {"at once": 1, "promptly": 24}
    assert len(plan.rules) == 24
    assert len(plan.digest) == 64


def test_roles_and_relations(plan: Plan) -> None:
    assert plan.roles["seller"].definite == "den som säljer eller utnyttjas"
    purchase = plan.relations["purchase"]
    assert list(purchase.ends.items()) == [("buyer", "buyer"), ("seller", "seller")]
    assert purchase.offence
    assert not plan.relations["parenthood"].offence


def test_facts(plan: Plan) -> None:
    age = plan.facts["age"]
    assert (age.of, age.role, age.in_conflict, age.ask) == ("person", None, "maybe_child", "Är personen under 18 år?")
    assert list(age.values) == ["child", "maybe_child", "adult"]
    assert plan.facts["stay_municipality"].values == plan.municipalities
    assert (plan.facts["trafficking"].role, plan.facts["trafficking"].read_now) == ("seller", True)
    assert plan.facts["payment"].of == "purchase"


def test_conclusions(plan: Plan) -> None:
    across = plan.conclusions["buys_from_child"]
    (some,) = across.when.some
    assert isinstance(some, Some)
    assert (some.relation, some.end) == ("purchase", "buyer")
    assert plainly(some.has) == [("seller.age", ("child", "maybe_child"))]
    assert plan.fact_of("person", "buys_from_child") is across
    assert plan.fact_of("purchase", "buys_from_child") is None


def test_events(plan: Plan) -> None:
    met = plan.events["person_met"]
    assert met.introduces
    assert met.says[0] == Says("claims", None, "age")
    assert met.says[-1] == Says("changes", None, "stay_municipality")
    assert plan.events["minor_involved"].says == (Says("claims", None, "age", ("maybe_child", "child"), True),)
    assert plan.events["turned_18"].says == (Says("changes", None, "age", ("adult",), True, "child"),)
    assert plan.events["child_in_home"].says[0] == Says("claims", "child", "age")
    assert plan.events["seller_identified"].names == ("seller",)
    assert plan.events["role_given"].begins
    assert plan.events["role_ended"].ends_role
    assert plan.events["consent_withdrawn"].consent == "withdrawn"
    wish = plan.events["wish_stated"].consent_for
    assert wish == ConsentFor("migrationsverket", "wants_reflection_period", ("wants",))


def test_acts_and_what_cannot_be(plan: Plan) -> None:
    assert plan.acts["ha-kontaktperson-i-jour"].opens
    assert not plan.acts["leda-forundersokning"].opens
    assert plan.opposites == (("leda-forundersokning", "utfarda-strafforelaggande"),)
    (impossible,) = plan.impossible
    assert [atom.path for atom in impossible.atoms] == ["citizenship", "permit"]


def test_directory(plan: Plan) -> None:
    assert plan.functions["socialnamnd-barn"].found_by == ("home_municipality", "stay_municipality")
    office = plan.hours["office"]
    assert office.days[0] == ((480, 990),)
    assert (office.days[5], office.holidays, office.eves) == ((), (), ())
    assert plan.hours["always"].always
    centre = plan.units["kvinnocentrum-vasteras"]
    assert (centre.area, centre.serves, centre.hours) == (("vasteras",), {"gender": ("woman",)}, "office")
    assert centre.stand_ins == ("socialjouren",)
    assert plan.units["socialjouren"].area is None
    assert plan.units["regionkoordinator-mitt"].first == date(2017, 1, 1)


def test_sources(plan: Plan) -> None:
    clause = plan.clauses["sol/anmalningsplikt"]
    assert clause.lifts_secrecy
    assert clause.cited(date(2014, 1, 1)) == Citation(
        date(2013, 1, 1), date(2015, 12, 31), "14 kap. 1 § socialtjänstlagen (2001:453)", False
    )
    found = clause.cited(date(2026, 11, 24))
    assert found is not None
    assert found.seen
    assert clause.cited(date(2012, 12, 31)) is None


def test_a_rule(plan: Plan) -> None:
    rule = plan.rules["barn.orosanmalan"]
    assert (rule.function, rule.of, rule.role, rule.phase, rule.basis) == ("polisen", "person", "seller", "akut-skydd", "stated")
    assert plainly(rule.when) == [("age", ("child", "maybe_child"))]
    assert rule.at.file.endswith("exempel/polisen.yaml")
    (anmalan,) = rule.then
    assert (anmalan.strength, anmalan.kind, anmalan.object, anmalan.who) == ("must", "notify", "socialnamnd-barn", ("polisen",))
    assert (anmalan.telling, anmalan.allowed_clause, anmalan.allowed_consent) == ("identity", "sol/anmalningsplikt", None)
    assert anmalan.deadline == Deadline("at once", text="at once")


def test_rules_over_relations(plan: Plan) -> None:
    rule = plan.rules["kop.av-barn"]
    assert rule.by_offence
    assert rule.when.atoms[1] == Atom("seller", "age", ("child", "maybe_child"), rule.when.atoms[1].at)
    led = measure(plan, "kop.av-barn", "forundersokning")
    assert (led.about, led.keep_relation) == ("buyer", True)
    judged = measure(plan, "kopare.barn-bedom", "bedomning")
    assert (judged.end, judged.object, judged.about) == ("child", "at_risk", "child")


def test_event_rules(plan: Plan) -> None:
    assert plan.rules["barn.skyddsbedomning"].each == Each("event", "report_received")
    assert plan.rules["stod.folja-med"].each == Each("accepted", None, Ref("stod.saljare", "erbjudande"))
    assert plan.rules["barn.fristen-passerad"].each == Each("passed", None, Ref("barn.skyddsbedomning", "beslut"))
    assert measure(plan, "barn.skyddsbedomning", "beslut").deadline == Deadline("days", 14, text="14 days")


def test_consent(plan: Plan) -> None:
    contact = measure(plan, "stod.regionkoordinator", "kontakt")
    assert contact.allowed_consent == "regionkoordinator"
    refused = contact.if_refused
    assert refused is not None
    assert (refused.strength, refused.kind, refused.object, refused.telling) == (
        "may",
        "consult",
        "regionkoordinator",
        "circumstances",
    )
    assert refused.who == contact.who == ("socialnamnd-vuxen",)
    assert plan.rules["stod.regionkoordinator"].measure("radfragan") is refused


def test_several_bearers_and_alternatives(plan: Plan) -> None:
    on_call = measure(plan, "insats.jour", "jour")
    assert len(on_call.who) == 8
    assert on_call.continuing
    assert plan.rules["insats.jour"].function == "lansstyrelsen"
    assert measure(plan, "betanketid.polis-ansoker", "ansokan").alternative == Ref("betanketid.namnd-ansoker", "ansokan")
    offer = measure(plan, "kopare.stod", "erbjudande")
    assert offer.offered_by == "stod-kopare"


def test_requirements(plan: Plan) -> None:
    owed = plan.requirements["krav.barn-nar-socialnamnden"]
    assert (owed.strength, owed.kind, owed.object, owed.telling) == ("must", "notify", "socialnamnd-barn", "identity")
    assert owed.deadline is not None
    assert owed.deadline.unit == "at once"
    assert plan.requirements["krav.alla-saljare-erbjuds-stod"].when == Condition()


def test_what_is_doubtful_is_said_once(plan: Plan) -> None:
    texts = [warning.partition(": varning: ")[2] for warning in plan.warnings]
    assert texts == [
        "11 av 11 enheter är inte bekräftade av sin myndighet. Skriv 'confirmed: true' när en enhet har bekräftat sina uppgifter.",
        "inget läser uppgiften 'citizenship' (medborgarskap).",
    ]
