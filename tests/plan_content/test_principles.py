"""What holds for the plan as a whole: support waits for no investigation, nobody is sorted by sex, a power is never a duty."""

from __future__ import annotations

import re

import pytest
from tests.plan_content.shipped import county

from samverkan.plan.checks.reading import atoms_of, measures_of
from samverkan.plan.model import Measure, Rule

DUTY_TO_REPORT = ("sol/anmalningsplikt", "sol/anmalningsplikt-fler")
SUPPORTING = ("fara", "identifiering", "akut-skydd", "betanketid", "langsiktigt-stod", "atervandande")
INVESTIGATION = {"investigation", "under_investigation", "suspected_offence", "charge"}


def facts_of(rule: Rule) -> set[str]:
    """The facts that the rule's conditions read."""
    return {atom.fact for condition in (rule.when, *rule.unless) for atom in atoms_of(condition)}


def read_by_rules() -> list[tuple[Rule, set[str]]]:
    return [(rule, facts_of(rule)) for rule in county().rules.values()]


def measures() -> list[tuple[Rule, Measure]]:
    return [(rule, its) for rule in county().rules.values() for its in measures_of(rule)]


def test_no_support_waits_for_an_investigation() -> None:
    waiting = [rule.id for rule, facts in read_by_rules() if rule.phase in SUPPORTING and facts & INVESTIGATION]
    assert waiting == []


def test_no_offer_rests_on_a_consent_to_tell_somebody() -> None:
    assert [rule.id for rule, its in measures() if its.kind in ("offer", "inform") and its.allowed_consent] == []


def test_no_rule_reads_what_sex_somebody_is() -> None:
    assert [rule.id for rule, facts in read_by_rules() if "gender" in facts] == []


def test_whoever_is_treated_otherwise_by_citizenship_or_permit_is_told_why() -> None:
    silent = [
        rule.id for rule, facts in read_by_rules()
        if rule.when.atoms and {"citizenship", "permit"} & {atom.fact for atom in rule.when.atoms}
        and not rule.distinguishes and not any(its.kind == "assess" for its in rule.then)
    ]  # fmt: skip
    assert silent == []


def test_the_social_services_may_tell_the_police_of_an_adult_and_never_must() -> None:
    told = [
        (rule, its) for rule, its in measures()
        if its.kind == "notify" and its.object == "polisen" and its.telling == "identity" and "socialnamnd-vuxen" in its.who
    ]  # fmt: skip
    assert len(told) >= 4
    assert {its.strength for _, its in told} == {"may"}


def test_what_only_may_be_told_without_consent_needs_a_written_reason() -> None:
    powers = [
        (rule.id, its.id) for rule, its in measures()
        if its.kind == "notify" and its.telling == "identity" and its.strength == "may"
        and its.allowed_consent is None and not its.needs_reason
    ]  # fmt: skip
    assert powers == []


def test_a_report_of_a_child_at_risk_is_always_a_duty_at_once() -> None:
    reports = [
        (rule, its) for rule, its in measures()
        if its.kind == "notify" and its.object == "socialnamnd-barn" and its.allowed_clause in DUTY_TO_REPORT
    ]  # fmt: skip
    assert len(reports) >= 15
    assert {(its.strength, its.deadline.text if its.deadline else "") for _, its in reports} == {("must", "at once")}


def test_nobody_is_told_before_the_statute_that_lifts_secrecy_for_it() -> None:
    plan = county()
    for rule, its in measures():
        if its.allowed_clause is not None:
            assert plan.clauses[its.allowed_clause].lifts_secrecy, rule.id
            assert plan.clauses[its.allowed_clause].cited(rule.first) is not None, rule.id


def test_support_after_a_raid_is_for_both() -> None:
    offers = {rule.role for rule, its in measures() if its.kind == "offer" and its.strength == "must" and its.deadline is not None}
    assert {"seller", "buyer"} <= offers


@pytest.mark.parametrize("rule", list(county().rules), ids=str)
def test_the_text_is_plain(rule: str) -> None:
    its = county().rules[rule]
    assert its.text.endswith(".")
    assert not its.title.endswith(".")
    assert its.title[0].isupper()
    assert len(its.text) <= 430
    assert max(len(sentence.split()) for sentence in re.split(r"(?<=[.?!]) ", its.text)) <= 45
    if {measure.strength for measure in its.then} == {"may"}:
        assert re.search(r"\b(får|kan|möjlighet)\b", its.text)


def test_no_text_says_that_somebody_is_a_man_or_a_woman() -> None:
    plan = county()
    texts = {rule.id: f"{rule.title} {rule.text}" for rule in plan.rules.values()}
    texts |= {fact.id: f"{fact.label} {fact.ask}" for fact in plan.facts.values()}
    texts |= dict(plan.information) | {act.id: act.label for act in plan.acts.values()}
    alone = re.compile(r"\b(han|honom|hans|hon|henne|hennes)\b", re.IGNORECASE)
    both = re.compile(r"\b(hon eller han|henne eller honom|hennes eller hans)\b", re.IGNORECASE)
    assert [name for name, text in texts.items() if alone.search(both.sub("", text))] == []
