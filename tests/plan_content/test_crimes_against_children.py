"""A crime against a child doesn't end with the birthday, and no counsel is appointed where there will be no charge."""

from __future__ import annotations

import pytest
from tests.plan_content.shipped import county, purchase, rules_due, seller
from tests.stories import Story

CRIME = {
    "barn.inled-forundersokning", "barn.aklagare", "malsagande.bitrade", "malsagande.skyddsbedomning", "malsagande.information",
    "saljare.forhor",
}  # fmt: skip
"""What follows of the crime, and not of her being a child now."""

NOW_A_CHILD = {"barn.orosanmalan", "barn.vanta-med-vardnadshavaren", "barn.samrad"}
"""What lapses with the birthday."""

# -- the birthday ------------------------------------------------------------------------------------------------------------------


def a_minor(at: str = "2026-05-31 23:30") -> Story:
    story = Story(county())
    story.event("minor_involved", "S1 seller", at, stay_municipality="arboga")
    return story


def test_the_crime_against_a_child_outlives_the_birthday() -> None:
    story = a_minor()
    assert rules_due(story) >= CRIME | NOW_A_CHILD
    story.event("turned_18", "S1", "2026-06-01 00:00")
    assert rules_due(story) & (CRIME | NOW_A_CHILD) == CRIME


def test_what_was_told_while_she_was_a_child_is_not_taken_back() -> None:
    story = a_minor("2026-05-20 10:00")
    for decision in ("barn.orosanmalan/anmalan S1", "barn.aklagare/underrattelse S1"):
        story.mark("done", decision)
    story.event("turned_18", "S1", "2026-06-01 00:00")
    for decision in ("barn.orosanmalan/anmalan S1", "barn.aklagare/underrattelse S1"):
        assert story.status(decision) == "done"
    assert not [d for d in story.answer().decisions if d.status == "due" and d.kind == "correction"]


@pytest.mark.parametrize("said", ["only_after", None])
def test_an_adult_whose_birthday_is_known_was_not_exploited_as_a_child_when_that_is_said(said: str | None) -> None:
    story = seller("2026-05-12 10:00", age="adult")
    if said is not None:
        story.event("turned_18", "S1", known_at="2026-05-12 10:30", at="2018-03-01 00:00", harmed_as_child=said)
    assert rules_due(story) & CRIME == set()


def test_the_police_dont_hear_of_her_for_that() -> None:
    story = seller("2026-05-12 10:00", "contact_made", age="child", support_contact="met", police_aware="not_aware")
    story.event("turned_18", "S1", "2026-06-01 00:00")
    assert rules_due(story) & CRIME == set()


def test_a_later_purchase_doesnt_make_her_a_mere_witness() -> None:
    for as_child in (True, False):
        story = purchase("2026-06-02 10:00")
        if as_child:
            story.event("turned_18", "S1", "2026-06-01 00:00", known_at="2026-06-02 11:00")
        assert ("saljare.vittne" in rules_due(story)) != as_child
        assert ("malsagande.bitrade" in rules_due(story)) == as_child


# -- a charge that isn't brought -------------------------------------------------------------------------------------------------


def counsel(story: Story) -> set[str]:
    return {d.id.rule for d in story.answer().decisions if d.object == "begara-malsagandebitrade" and d.status == "due"}


@pytest.mark.parametrize("birthday", [False, True])
def test_no_counsel_is_asked_for_where_no_charge_will_be_brought(birthday: bool) -> None:
    story = purchase("2026-05-12 10:00", seller_age="child")
    if birthday:
        story.event("turned_18", "S1", "2026-05-20 00:00")
    assert counsel(story) != set()
    story.event("charge_decided", "K1", "2026-06-10 10:00", charge="not_brought")
    assert counsel(story) == set()
    story.event("charge_decided", "K1", "2026-06-20 10:00", charge="brought")
    assert counsel(story) != set()


@pytest.mark.parametrize("other", ["trafficking_suspected", "violence_reported"])
def test_but_another_crime_gives_her_one_all_the_same(other: str) -> None:
    story = purchase("2026-05-12 10:00", seller_age="child")
    story.event("charge_decided", "K1", "2026-06-10 10:00", charge="not_brought")
    story.event(other, "S1", "2026-06-11 10:00")
    assert "malsagande.bitrade" in counsel(story)


def test_and_so_does_another_purchase() -> None:
    story = purchase("2026-05-12 10:00", seller_age="child")
    story.event("charge_decided", "K1", "2026-06-10 10:00", charge="not_brought")
    story.event("buyer_caught", "K2 purchase of B2, S1", "2026-06-12 10:00")
    assert counsel(story) == {"malsagande.bitrade-barn-vid-kopet"}
