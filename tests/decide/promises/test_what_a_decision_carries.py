"""Section 5 of the contract: what a decision carries besides its status, and what makes it the same decision."""

from __future__ import annotations

from tests.stories import Story, example_plan, plan_of


def test_a_decision_carries_ground_of_law_explanation_and_disclosure() -> None:
    story = Story(example_plan())
    met = story.event("person_met", "S1 seller", "2026-05-16 23:10", age="child", stay_municipality="hallstahammar")
    found = story.decision("barn.orosanmalan/anmalan S1")
    assert found is not None
    assert found.allowed_by is not None
    assert found.allowed_by.text == "19 kap. 1 § socialtjänstlagen (2025:400)"
    assert [c.clause for c in found.because] == ["sol/anmalningsplikt", "eu-2011-36/art-13-2"]
    assert found.deadline is not None
    assert found.deadline.at == story.when("2026-05-17 00:10")
    (term,) = found.explanation
    assert (term.subject, term.fact, term.value, term.holds, term.events) == ("S1", "age", "child", True, (met,))


def test_a_decision_names_the_clause_as_it_is_cited_that_day() -> None:
    texts = []
    for year in ("2015", "2025"):
        story = Story(example_plan())
        story.event("person_met", "S1 seller", f"{year}-05-16 23:10", age="child")
        found = story.decision("barn.orosanmalan/anmalan S1", f"{year}-08-16 23:10")
        assert found is not None
        texts.append([(c.text, c.seen) for c in found.because if c.clause == "sol/anmalningsplikt"])
    assert texts == [
        [("14 kap. 1 § socialtjänstlagen (2001:453)", False)], [("19 kap. 1 § socialtjänstlagen (2025:400)", False)]
    ]  # fmt: skip


def test_an_explanation_derives_a_conclusion_from_the_events_behind_it() -> None:
    story = Story(example_plan())
    caught = story.event(
        "buyer_caught", "K1 purchase of B1, S1", "2013-05-14 21:20", agreement="reached", price="stated", payment="handed_over"
    )
    met = story.event("person_met", "S1 seller", "2013-05-14 21:30", age="child")
    found = story.decision("kop.av-barn/forundersokning K1")
    assert found is not None
    done, age = found.explanation
    assert (done.fact, done.value, done.events) == ("completed", "true", (caught,))
    assert [(t.fact, t.value, t.events) for t in done.below] == [
        ("agreement", "reached", (caught,)), ("price", "stated", (caught,)), ("payment", "handed_over", (caught,))
    ]  # fmt: skip
    assert (age.subject, age.fact, age.events) == ("S1", "age", (met,))


def test_a_decision_keeps_its_identity_over_plan_versions() -> None:
    first = plan_of("rules: [{rule: gor, for: seller, then: [{should perform: larma, deadline: 2 days}]}]")
    second = plan_of("""
version: "2"
rules:
- {rule: nytt, for: seller, then: [{must inform: stod}]}
- {rule: gor, title: En annan rubrik, for: person, then: [{must perform: forhora, deadline: 1 day}]}
""")
    before, after = Story(first), Story(second)
    for story in (before, after):
        story.event("person_met", "S1 seller")
        story.mark("done", "gor/perform S1")
    one, other = before.decision("gor/perform S1"), after.decision("gor/perform S1")
    assert one is not None
    assert other is not None
    assert one.id == other.id
    assert (one.status, other.status) == ("done", "done")


def test_nothing_is_behind_a_value_that_is_not_known_whoever_says_so() -> None:
    """A change to `unknown` ends what was known and says nothing itself."""
    story = Story(plan_of("rules: [{rule: gor, for: person, when: {age: [unknown, child]}, then: [{must perform: larma}]}]"))
    story.event("person_met", "S1 seller", "2016-05-02 12:00", age="child", id="m")
    story.event("changed", "S1", "2016-05-02 13:00", age="".join(["un", "known"]))
    for at, value, events in (("2016-05-02 12:00", "child", ("m",)), ("2016-05-02 13:00", "unknown", ())):
        found = story.decision("gor/perform S1", at)
        assert found is not None
        assert [(t.value, t.holds, t.events) for t in found.explanation] == [(value, True, events)]
