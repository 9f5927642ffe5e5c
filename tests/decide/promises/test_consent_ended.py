"""Section 6 of the contract: what follows when a consent ends, and what was told without one (6.d, 6.e)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.stories import Story, plan_of

TO = "regionkoordinator"
BOTH = """
rules:
- rule: kontakt
  for: seller
  when: {trafficking: suspected}
  then:
  - must notify: regionkoordinator
    id: vem
    telling: identity
    allowed by: {consent: regionkoordinator}
    deadline: 2 days
    if refused: {may consult: regionkoordinator, id: rad}
  - must notify: regionkoordinator
    id: vad
    telling: circumstances
    allowed by: {consent: regionkoordinator}
    deadline: promptly
"""
WHO, WHAT, ADVICE = "kontakt/vem S1", "kontakt/vad S1", "kontakt/rad S1"
ASK, ENDED = f"samtycke/ask:{TO} S1", "kontakt/vem:consent-ended S1"


def suspected(plan: str = BOTH) -> Story:
    story = Story(plan_of(plan))
    story.event("trafficking_suspected", "S1", "2017-05-02 12:00")
    return story


def answered(story: Story, answer: str, at: str, **more: Any) -> str:
    """A consent event about the recipient; the identity may be told where a yes doesn't say otherwise."""
    if answer == "given":
        more = {"telling": "identity", **more}
    return story.event(f"consent_{answer}", "S1", at, recipient=TO, **more)


def told(until: str | None = None) -> Story:
    """The co-ordinator has been told who it is, with consent."""
    story = suspected()
    answered(story, "given", "2017-05-03 12:00", **({"until": until} if until else {}))
    story.mark("done", WHO, "2017-05-03 13:00")
    return story


@pytest.mark.parametrize("answer", ["withdrawn", "refused"])
def test_a_no_after_telling_works_at_once_and_makes_telling_that_consent_has_ended_due(answer: str) -> None:
    story = told()
    no = answered(story, answer, "2017-05-05 12:00", how="muntligt")
    assert WHAT not in story.live(), "nothing more is told"
    found = story.decision(f"{ENDED} #{no}")
    assert found is not None
    assert (found.status, found.kind, found.strength, found.id.bearer) == ("due", "consent_ended", "must", "polisen")
    assert found.recipient is not None
    assert found.recipient.unit == "koordinatorn"
    assert found.deadline is not None
    assert (found.deadline.at, found.deadline.real) == (story.when("2017-05-05 13:00"), False)
    assert story.status(WHO) == "done"


@pytest.mark.parametrize("answer", ["withdrawn", "refused"])
@pytest.mark.parametrize(("told_at", "has_been_told"), [("11:59", True), ("12:00", False), ("12:01", False)])
def test_told_at_the_instant_of_the_no_is_not_told_before_it(answer: str, told_at: str, has_been_told: bool) -> None:
    """Both become known later, at one time, so that only the times at which they happened tell them apart."""
    story = suspected()
    answered(story, "given", "2017-05-03 12:00")
    story.mark("done", WHO, f"2017-05-05 {told_at}", known_at="2017-05-05 13:00")
    no = answered(story, answer, "2017-05-05 12:00", known_at="2017-05-05 13:00")
    found = story.decision(f"{ENDED} #{no}")
    assert (found is not None) is has_been_told
    assert found is None or found.status == "due"


def test_telling_that_consent_has_ended_is_a_must_whatever_the_strength_of_what_was_told() -> None:
    story = suspected(BOTH.replace("must notify", "should notify"))
    answered(story, "given", "2017-05-03 12:00")
    story.mark("done", WHO, "2017-05-03 13:00")
    answered(story, "withdrawn", "2017-05-05 12:00")
    found = story.decision(ENDED)
    assert found is not None
    assert found.strength == "must"


def test_the_end_of_a_consent_is_told_to_those_who_were_told_only() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00")
    answered(story, "withdrawn", "2017-05-05 12:00")
    assert story.decision(ENDED) is None
    story = told()
    answered(story, "withdrawn", "2017-05-05 12:00")
    assert story.decision("kontakt/vad:consent-ended S1") is None


def test_a_refusal_that_was_no_end_of_anything_tells_nobody() -> None:
    story = suspected()
    story.mark("done", WHO, "2017-05-03 13:00")
    answered(story, "refused", "2017-05-05 12:00")
    assert story.decision(ENDED) is None


def test_a_withdrawal_is_told_to_those_who_were_told_without_consent_too() -> None:
    story = suspected()
    story.mark("done", WHO, "2017-05-03 13:00")
    no = answered(story, "withdrawn", "2017-05-05 12:00")
    assert story.status(f"{ENDED} #{no}") == "due"


def test_a_refusal_after_a_yes_that_has_expired_is_told_too() -> None:
    story = told(until="2017-05-06")
    no = answered(story, "refused", "2017-05-10 12:00")
    assert story.status(f"{ENDED} #{no}") == "due"


def test_what_is_told_after_the_no_is_not_followed_by_telling_that_it_ended() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00")
    answered(story, "withdrawn", "2017-05-05 12:00")
    story.mark("done", WHO, "2017-05-06 12:00")
    assert story.decision(ENDED) is None
    assert "told_without_consent" in story.flags(WHO)


def test_each_withdrawal_is_told_by_itself_until_consent_is_given_again() -> None:
    story = told()
    first = answered(story, "withdrawn", "2017-05-05 12:00")
    story.mark("done", f"{ENDED} #{first}", "2017-05-05 12:30")
    answered(story, "given", "2017-05-06 12:00")
    assert story.status(f"{ENDED} #{first}") == "done"
    second = answered(story, "withdrawn", "2017-05-07 12:00")
    assert (story.status(f"{ENDED} #{first}"), story.status(f"{ENDED} #{second}")) == ("done", "due")
    answered(story, "given", "2017-05-08 12:00")
    assert story.status(f"{ENDED} #{second}") == "lapsed"
    assert story.status(f"{ENDED} #{second}", "2017-05-20 12:00") == "lapsed", "and stays so"


def test_a_withdrawal_that_is_taken_back_withdraws_it() -> None:
    story = told()
    no = answered(story, "withdrawn", "2017-05-05 12:00")
    story.void(no, "2017-05-06 12:00")
    assert story.status(f"{ENDED} #{no}") == "withdrawn"
    assert story.status(WHAT) == "due"


def test_a_no_that_is_corrected_after_consent_was_given_again_stays_the_no_that_ended_it() -> None:
    story = told()
    no = answered(story, "withdrawn", "2017-05-05 12:00")
    answered(story, "given", "2017-05-06 12:00")
    story.revise(no, "2017-05-07 12:00", how="muntligt", id=f"{no[:1]}{no[1:]}")  # the same id, read once more
    assert story.status(f"{ENDED} #{no}") == "lapsed"


def test_nothing_had_to_be_told_where_the_telling_turns_out_to_have_come_after_the_no() -> None:
    story = told()
    no = answered(story, "withdrawn", "2017-05-05 12:00")
    assert story.status(f"{ENDED} #{no}") == "due"
    story.revise("e3", "2017-05-06 12:00", at="2017-05-05 13:00")
    assert story.status(f"{ENDED} #{no}") == "withdrawn"


def test_a_no_to_identity_alone_ends_nothing_of_the_circumstances() -> None:
    story = suspected()
    answered(story, "given", "2017-05-03 12:00")
    for one in (WHO, WHAT):
        story.mark("done", one, "2017-05-03 13:00")
    answered(story, "withdrawn", "2017-05-05 12:00", telling="identity")
    assert story.status(ENDED) == "due"
    assert story.decision("kontakt/vad:consent-ended S1") is None


IN_TWO_PLACES = """
rules:
- rule: kontakt
  for: seller
  then: [{must notify: socialnamnd-vuxen, id: vem, telling: identity, allowed by: {consent: socialnamnd-vuxen}}]
units:
- {unit: vasteras, label: Västerås, is: [socialnamnd-vuxen], area: [vasteras], open: always}
- {unit: hallstahammar, label: Hallstahammar, is: [socialnamnd-vuxen], area: [hallstahammar], open: always}
- {unit: jouren, label: Socialjouren, is: [socialnamnd-barn, socialnamnd-vuxen], open: always}
"""


def test_the_unit_that_was_told_is_told_that_consent_has_ended() -> None:
    story = Story(plan_of(IN_TWO_PLACES))
    story.event("person_met", "S1 seller", "2017-05-02 12:00", stay_municipality="vasteras")
    story.event("consent_given", "S1", "2017-05-02 13:00", recipient="socialnamnd-vuxen", telling="identity")
    story.mark("done", WHO, "2017-05-02 14:00")
    story.event("changed", "S1", "2017-05-02 15:00", stay_municipality="hallstahammar")
    story.event("consent_withdrawn", "S1", "2017-05-02 16:00", recipient="socialnamnd-vuxen")
    found = story.decision(ENDED)
    assert found is not None
    assert found.recipient is not None
    assert found.recipient.unit == "vasteras"


def test_the_unit_that_was_told_is_told_so_when_the_other_turns_out_not_to_have_been() -> None:
    story = Story(plan_of(IN_TWO_PLACES.replace("for: seller", "for: person\n  each: report_received")))
    story.event("person_met", "S1 seller", "2017-05-02 12:00", stay_municipality="vasteras")
    story.event("consent_given", "S1", "2017-05-02 13:00", recipient="socialnamnd-vuxen", telling="identity")
    first = story.event("report_received", "S1", "2017-05-02 14:00")
    story.mark("done", f"{WHO} #{first}", "2017-05-02 14:30")
    story.event("changed", "S1", "2017-05-02 15:00", stay_municipality="hallstahammar")
    second = story.event("report_received", "S1", "2017-05-02 16:00")
    wrong = story.mark("done", f"{WHO} #{second}", "2017-05-02 16:30")
    no = story.event("consent_withdrawn", "S1", "2017-05-02 17:00", recipient="socialnamnd-vuxen")
    assert story.status(f"{ENDED} #{no}") == "due"
    story.void(wrong, "2017-05-02 18:00")
    found = story.decision(f"{ENDED} #{no}")
    assert found is not None
    assert found.recipient is not None
    assert (found.status, found.recipient.unit) == ("due", "vasteras")


# ------------------------------------------------------------------------------------------------- without consent


def test_what_was_told_without_consent_as_now_known_is_flagged() -> None:
    story = suspected()
    story.mark("done", WHO, "2017-05-03 13:00")
    assert story.flags(WHO) == ("told_without_consent",)
    answered(story, "given", "2017-05-03 12:00", known_at="2017-05-04 12:00")
    assert story.flags(WHO) == (), "there was a consent, though nobody knew"
    answered(story, "withdrawn", "2017-05-03 12:30", known_at="2017-05-05 12:00")
    assert story.flags(WHO) == ("told_without_consent",)


def test_a_consent_that_came_after_or_was_for_less_or_had_ended_is_none() -> None:
    for told_at, more in (("2017-05-03 11:00", {}), ("2017-05-04 12:00", {"telling": "circumstances"}),
                          ("2017-05-08 12:00", {"until": "2017-05-07"})):  # fmt: skip
        story = suspected()
        answered(story, "given", "2017-05-03 12:00", **more)
        story.mark("done", WHO, told_at)
        assert "told_without_consent" in story.flags(WHO)


def test_with_consent_nothing_is_flagged_even_when_it_ends_later() -> None:
    story = told(until="2017-05-06")
    assert story.flags(WHO, "2017-05-09 12:00") == ()
    answered(story, "withdrawn", "2017-05-10 12:00")
    assert story.flags(WHO) == ()


def test_a_consultation_needs_no_consent_and_is_never_flagged() -> None:
    story = suspected()
    answered(story, "refused", "2017-05-03 12:00")
    story.mark("done", ADVICE, "2017-05-03 13:00")
    assert (story.status(ADVICE), story.flags(ADVICE)) == ("done", ())


def test_every_unit_that_was_told_before_the_no_is_told_that_consent_has_ended() -> None:
    plan = """
rules:
- rule: stod
  for: seller
  when: {trafficking: suspected}
  then: [{must notify: socialnamnd-vuxen, telling: identity, allowed by: {consent: socialnamnd-vuxen}, deadline: 2 days}]
units:
- {unit: vasteras, label: Västerås, is: [socialnamnd-vuxen], area: [vasteras], open: always}
- {unit: hallsta, label: Hallstahammar, is: [socialnamnd-vuxen], area: [hallstahammar], open: always}
"""
    story = Story(plan_of(plan))
    story.event("person_met", "S1 seller", "2017-05-02 11:00", stay_municipality="hallstahammar")
    story.event("trafficking_suspected", "S1", "2017-05-02 12:00")
    story.event("consent_given", "S1", "2017-05-03 12:00", recipient="socialnamnd-vuxen", telling="identity")
    story.mark("done", "stod/notify S1", "2017-05-03 13:00")
    story.event("changed", "S1", "2017-05-04 12:00", stay_municipality="vasteras")
    again = story.mark("done", "stod/notify S1", "2017-05-04 13:00")
    no = story.event("consent_withdrawn", "S1", "2017-05-05 12:00", recipient="socialnamnd-vuxen")

    def ended() -> dict[str, tuple[str, str | None]]:
        found = [d for d in story.answer().decisions if d.kind == "consent_ended"]
        return {d.id.measure: (d.status, d.recipient.unit if d.recipient is not None else None) for d in found}

    first, other = "notify:consent-ended", "notify:consent-ended:vasteras"
    assert ended() == {first: ("due", "hallsta"), other: ("due", "vasteras")}
    story.mark("done", f"stod/{first} S1 #{no}", "2017-05-05 13:00")
    assert ended() == {first: ("done", "hallsta"), other: ("due", "vasteras")}
    story.void(again, "2017-05-05 14:00")
    assert ended() == {first: ("done", "hallsta"), other: ("withdrawn", "vasteras")}
