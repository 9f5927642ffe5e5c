"""The clauses of the plan's sources: each has rules or a reason, few have only a reason, and how sure we are is said honestly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.plan_content.shipped import county

from samverkan.plan.checks.citations import ruled_clauses


def test_every_clause_has_rules_or_a_reason() -> None:
    plan = county()
    ruled = ruled_clauses(plan)
    assert [clause.id for clause in plan.clauses.values() if clause.id not in ruled and clause.unruled is None] == []
    assert [clause.id for clause in plan.clauses.values() if clause.id in ruled and clause.unruled is not None] == []


def test_at_most_a_fifth_have_only_a_reason() -> None:
    clauses = county().clauses.values()
    only = [clause.id for clause in clauses if clause.unruled is not None]
    assert len(clauses) > 200
    assert len(only) <= len(clauses) / 5


# the statutes that were read, and how many of their sections or groups of sections are clauses
KNOWN = {
    "sol": 30, "lvu": 7, "god-man": 5, "foretradare": 3, "malsagande": 4, "fuk": 7, "rb": 12, "brb": 9, "osl": 27, "polislag": 3,
    "utll": 7, "uppgiftsskyldighet": 6, "kontaktforbud": 1, "register": 3, "vard": 7, "skyddat-boende-barn": 6, "brottsskada": 2,
    "hyreslagen": 1, "lma": 2, "nspm": 25, "eu-2011-36-stod": 9, "crc": 10, "greta": 4, "brochure": 25,
}  # fmt: skip


@pytest.mark.parametrize("source", KNOWN)
def test_what_is_known_of_each_source_is_there(source: str) -> None:
    clauses = [clause for clause in county().clauses.values() if clause.source == source]
    assert len(clauses) >= KNOWN[source]


def test_every_numbered_statement_of_the_brochure_is_a_clause() -> None:
    steps = [
        "utbildningsdag", "operativ-forberedelse", "inre-spaning", "information-hotell-taxi", "spaning-och-tillslag",
        "stod-till-bada", "jour", "stod-tillgangligt", "samverkansgrupp", "samverkande", "frivilliga", "stodverksamheter",
        "manniskovarde", "mote-med-polis", "tre-kopare", "koparnas-barn",
        "strafforelaggande", "fem-ar-i-registret", "tips-fran-hotell", "ledningens-stod",
        "lansgemensam-socialjour", "fortsatt-arbete", "en-forebild",
    ]  # fmt: skip
    assert [step for step in steps if f"brochure/{step}" not in county().clauses] == []


def test_citations_follow_on_each_other() -> None:
    for clause in county().clauses.values():
        for one, other in zip(clause.citations, clause.citations[1:], strict=False):
            assert one.last is not None, clause.id
            assert other.first == one.last + timedelta(days=1), clause.id


def test_a_stated_rule_rests_on_a_text_that_was_read_every_day_of_its_validity() -> None:
    plan = county()
    until = date(2026, 12, 31)
    for rule in plan.rules.values():
        if rule.basis != "stated":
            continue
        citations = [its for clause in rule.because for its in plan.clauses[clause].citations]
        breaks = {rule.first} | {its.first for its in citations if rule.first <= its.first <= (rule.last or until)}
        for day in breaks:
            assert any(its.seen and its.first <= day and (its.last is None or day <= its.last) for its in citations), (rule.id, day)


def test_every_system_of_the_brochure_has_working_rules() -> None:
    plan = county()
    measures = [its for rule in plan.rules.values() for its in rule.then]
    bearers = {function for its in measures for function in (*its.who, its.offered_by or "", its.object)}
    systems = {
        "lansstyrelsen", "polisen", "migrationsverket", "aklagare", "socialjouren", "kvinnocentrum", "kriscentrum-man", "barnjour",
        "stod-utsatta", "stod-kopare", "socialnamnd-barn", "socialnamnd-vuxen", "nationellt-metodstod",
    }  # fmt: skip
    assert systems <= bearers
    assert set(plan.functions) <= bearers
    assert {
        "halla-gemensam-utbildningsdag", "sammankalla-samverkansgruppen", "ha-kontaktperson-i-jour", "vara-tillganglig",
        "kartlagga-annonser", "informera-hotell-och-taxi", "spana", "folja-med-till-motet", "ge-ledningens-stod",
        "utbilda-insatspersonal", "tacka-for-tipset",
    } <= {its.object for its in measures}  # fmt: skip
