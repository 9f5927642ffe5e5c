"""Section 5 of the contract: when somebody has to be told again, and when that what was told was wrong (5.h, 5.i)."""

from __future__ import annotations

from typing import Any

from tests.stories import Story, plan_of

CHILD = """
rules:
- rule: barn
  for: seller
  when: {age: [child, maybe_child]}
  then: [{must notify: socialnamnd-barn, telling: identity, allowed by: {clause: lag/anmalan}, deadline: at once}]
"""
NAMED = "barn/notify S1"


def child(plan: str = CHILD) -> Story:
    """A child met at noon, so that a notification is due."""
    story = Story(plan_of(plan))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", id="met", age="child")
    assert story.status(NAMED) == "due"
    return story


AGAIN = (
    CHILD
    + """
units:
- {unit: vasteras-barn, label: Västerås, is: [socialnamnd-barn], area: [vasteras], open: kontor, stand-in: jouren}
- {unit: hallstahammar-barn, label: Hallstahammar, is: [socialnamnd-barn], area: [hallstahammar], open: always}
- {unit: jouren, label: Socialjouren, is: [socialnamnd-barn, socialnamnd-vuxen], open: always}
hours: {kontor: {label: kontorstid, mon-fri: 08:00-16:30, eves: closed}}
"""
)


def told(at: str = "2013-05-14 13:00", **municipality: Any) -> Story:
    """A child at that municipality, of whom the social services have been told at `at` (a Tuesday, in office hours)."""
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", id="met", age="child", **municipality)
    story.mark("done", NAMED, at)
    assert story.status(NAMED, at) == "done"
    return story


def test_told_again_when_the_municipality_changes() -> None:
    story = told(home_municipality="vasteras")
    story.event("changed", "S1", "2013-05-20 12:00", home_municipality="hallstahammar")
    found = story.decision(NAMED)
    assert found is not None
    assert found.recipient is not None
    assert (found.status, found.recipient.unit) == ("due", "hallstahammar-barn")
    assert found.since == story.when("2013-05-20 12:00")
    assert found.deadline is not None
    assert found.deadline.at == story.when("2013-05-20 13:00")
    story.mark("done", NAMED, "2013-05-20 12:30")
    assert story.status(NAMED) == "done"


def test_what_was_told_to_another_municipality_before_is_not_in_time_for_telling_again() -> None:
    plan = AGAIN.replace("deadline: at once", "deadline: 2 days")
    story = Story(plan_of(plan))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-14 13:00")
    story.event("changed", "S1", "2013-05-20 12:00", home_municipality="hallstahammar")
    assert story.flags(NAMED, "2013-05-22 23:59") == ()
    assert story.flags(NAMED, "2013-05-23 00:00") == ("overdue", "passed")


def test_told_again_when_the_municipality_is_learnt_to_have_been_another() -> None:
    story = told(home_municipality="vasteras")
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="hallstahammar")
    assert story.status(NAMED) == "due"


def test_not_told_again_to_the_same_municipality_found_by_another_fact() -> None:
    story = told(stay_municipality="vasteras")
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="vasteras")
    assert story.status(NAMED) == "done"


def test_told_again_when_one_becomes_known_and_its_unit_is_another() -> None:
    story = told()
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="hallstahammar")
    assert story.status(NAMED) == "due"


def test_not_told_again_when_one_becomes_known_and_its_unit_was_the_one_that_was_told() -> None:
    """At night Socialjouren answers for Västerås too: it has been told already."""
    story = told("2013-05-14 23:00")
    story.event("established", "S1", "2013-05-15 10:00", home_municipality="vasteras")
    assert story.status(NAMED) == "done"
    day = told("2013-05-14 13:00")
    day.event("established", "S1", "2013-05-15 10:00", home_municipality="vasteras")
    assert day.status(NAMED) == "due", "in office hours the unit of Västerås would have been told"


def test_not_told_again_when_the_municipality_is_not_known_any_more() -> None:
    story = told(home_municipality="vasteras")
    story.revise("met", "2013-05-15 10:00", facts={"age": "child"})
    assert story.status(NAMED) == "done"


def test_opening_hours_and_reorganisations_do_not_count() -> None:
    plan = plan_of(
        CHILD
        + """
units:
- {unit: gamla, label: Gamla, is: [socialnamnd-barn], area: [vasteras], open: kontor, stand-in: jouren, until: 2013-05-31}
- {unit: nya, label: Nya, is: [socialnamnd-barn], area: [vasteras], open: always, from: 2013-06-01}
- {unit: jouren, label: Socialjouren, is: [socialnamnd-barn, socialnamnd-vuxen], open: always}
hours: {kontor: {label: kontorstid, mon-fri: 08:00-16:30}}
"""
    )
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-14 13:00")
    for at in ("2013-05-14 23:00", "2013-06-03 10:00"):
        assert story.status(NAMED, at) == "done"
    units = [d.recipient.unit for at in ("2013-05-14 13:00", "2013-05-14 23:00", "2013-06-03 10:00")
             if (d := story.decision(NAMED, at)) and d.recipient]  # fmt: skip
    assert units == ["gamla", "jouren", "nya"]


def test_told_by_what_was_known_when_people_told_whenever_that_was_entered() -> None:
    """The move lay before the mark, and became known after it: it went to where the child had been."""
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.event("changed", "S1", "2013-05-14 12:30", home_municipality="hallstahammar", known_at="2013-05-14 15:00")
    early, late = Story(story.plan), Story(story.plan)
    for one in (early, late):
        one.events = list(story.events)
    early.mark("done", NAMED, "2013-05-14 13:00", id="m", known_at="2013-05-14 14:00")
    late.mark("done", NAMED, "2013-05-14 13:00", id="m", known_at="2013-05-14 16:00")
    assert early.status(NAMED, "2013-05-14 14:30") == "done"
    assert early.status(NAMED, "2013-05-14 16:00") == "due"
    assert late.status(NAMED, "2013-05-14 16:00") == "due"


def test_a_telling_that_is_entered_late_went_to_whom_people_knew_of_then() -> None:
    """Told in the morning by the first municipality; the other was found in the afternoon, before the telling was entered."""
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 10:00", age="child", home_municipality="hallstahammar")
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-14 10:30", known_at="2013-05-14 15:00")
    found = story.decision(NAMED)
    assert found is not None
    assert found.recipient is not None
    assert (found.status, found.recipient.unit) == ("due", "vasteras-barn")


def test_where_everything_is_entered_afterwards_it_was_told_by_what_lay_before_it() -> None:
    """Nothing of the child was known to the case when it was told of: what was dated later wasn't known to those who told."""
    evening: dict[str, Any] = {"known_at": "2013-05-14 18:00"}
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 10:00", age="child", home_municipality="hallstahammar", **evening)
    story.mark("done", NAMED, "2013-05-14 10:30", **evening)
    assert story.status(NAMED) == "done"
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="vasteras", **evening)
    assert story.status(NAMED) == "due"


def test_an_application_is_made_again_in_the_new_municipality() -> None:
    plan = plan_of("rules: [{rule: gor, for: seller, then: [{must apply: socialnamnd-vuxen}, {must consult: socialnamnd-barn}]}]")
    story = Story(plan)
    story.event("person_met", "S1 seller", stay_municipality="vasteras")
    story.mark("done", "gor/apply S1")
    story.mark("done", "gor/consult S1")
    story.event("changed", "S1", stay_municipality="hallstahammar")
    assert (story.status("gor/apply S1"), story.status("gor/consult S1")) == ("due", "done")


# ---------------------------------------------------------------------------------------------------- correction


UNKNOWN_TOO = """
rules:
- rule: barn
  for: seller
  when: {age: [child, unknown]}
  then: [{must notify: socialnamnd-barn}, {must perform: larma}]
"""


def test_a_notification_that_never_had_a_ground_is_corrected_at_once_to_the_unit_that_was_told() -> None:
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-14 13:00")
    story.event("changed", "S1", "2013-05-14 14:00", home_municipality="hallstahammar")
    story.event("established", "S1", "2013-05-15 20:00", age="adult")
    found = story.decision("barn/notify:correction S1")
    assert found is not None
    assert (found.status, found.kind, found.strength, found.id.bearer) == ("due", "correction", "must", "polisen")
    assert found.recipient is not None
    assert found.recipient.unit == "vasteras-barn"
    assert found.deadline is not None
    assert (found.deadline.at, found.deadline.real) == (story.when("2013-05-15 21:00"), False)


def test_every_unit_that_was_told_is_corrected_and_each_by_itself() -> None:
    story = told(home_municipality="hallstahammar")
    story.event("established", "S1", "2013-05-14 14:00", home_municipality="vasteras")
    assert story.decision("barn/notify:correction S1") is None
    story.mark("done", NAMED, "2013-05-14 15:00")
    story.event("established", "S1", "2013-05-15 12:00", age="adult")
    first, other = "barn/notify:correction S1", "barn/notify:correction:vasteras-barn S1"
    assert corrected(story) == {first: ("due", "hallstahammar-barn"), other: ("due", "vasteras-barn")}
    story.mark("done", other, "2013-05-15 13:00")
    assert corrected(story) == {first: ("due", "hallstahammar-barn"), other: ("done", "vasteras-barn")}
    story.mark("done", first, "2013-05-15 14:00")
    assert corrected(story) == {first: ("done", "hallstahammar-barn"), other: ("done", "vasteras-barn")}


def test_a_correction_that_was_made_is_not_taken_for_one_to_a_unit_that_was_told_after_it() -> None:
    """The first was corrected; the child was then a child after all, another unit was told, and that was wrong too."""
    story = told(home_municipality="hallstahammar")
    wrong = story.event("established", "S1", "2013-05-15 12:00", age="adult")
    story.mark("done", "barn/notify:correction S1", "2013-05-15 13:00")
    story.void(wrong, "2013-05-16 12:00")
    story.event("changed", "S1", "2013-05-16 13:00", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-16 14:00")
    story.event("established", "S1", "2013-05-17 12:00", age="adult")
    assert corrected(story) == {
        "barn/notify:correction S1": ("done", "hallstahammar-barn"),
        "barn/notify:correction:vasteras-barn S1": ("due", "vasteras-barn"),
    }


def test_a_unit_that_turns_out_not_to_have_been_told_needs_no_correction() -> None:
    story = told(home_municipality="hallstahammar")
    story.event("changed", "S1", "2013-05-14 14:00", home_municipality="vasteras")
    again = story.mark("done", NAMED, "2013-05-14 15:00")
    story.event("established", "S1", "2013-05-15 12:00", age="adult")
    story.void(again, "2013-05-15 13:00")
    assert corrected(story) == {
        "barn/notify:correction S1": ("due", "hallstahammar-barn"),
        "barn/notify:correction:vasteras-barn S1": ("withdrawn", "vasteras-barn"),
    }


def corrected(story: Story) -> dict[str, tuple[str, str | None]]:
    """The corrections, with their statuses and the units that they go to."""
    return {
        f"{d.id.rule}/{d.id.measure} {d.id.subject}": (d.status, d.recipient.unit if d.recipient is not None else None)
        for d in story.answer().decisions
        if d.kind == "correction"
    }


def test_a_correction_is_a_must_whatever_the_strength_of_what_was_told() -> None:
    story = Story(plan_of(CHILD.replace("must notify", "may notify")))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child")
    story.mark("done", NAMED, "2013-05-14 13:00")
    story.event("established", "S1", "2013-05-15 20:00", age="adult")
    found = story.decision("barn/notify:correction S1", "2013-05-16 20:00")
    assert found is not None
    assert (found.strength, found.flags) == ("must", ("overdue",))


def test_a_unit_that_is_to_be_corrected_is_told_when_it_opens() -> None:
    story = Story(plan_of(AGAIN))
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
    story.mark("done", NAMED, "2013-05-14 13:00")
    story.event("established", "S1", "2013-05-14 20:00", age="adult")
    found = story.decision("barn/notify:correction S1")
    assert found is not None
    assert found.recipient is not None
    assert (found.recipient.unit, found.recipient.open) == ("vasteras-barn", False)
    assert found.recipient.opens == story.when("2013-05-15 08:00")


def test_whoever_was_told_bears_the_function_unless_the_measure_lets_anyone_stand_in() -> None:
    strange = (
        AGAIN.replace("stand-in: jouren", "stand-in: verket")
        .replace("Västerås, is: [socialnamnd-barn]", "Västerås, is: [socialnamnd-barn, migrationsverket]")
        .replace("- {unit: jouren, ", "- {unit: verket, label: Verket, is: [migrationsverket], open: always}\n- {unit: jouren, ")
    )
    for plan, unit in (
        (strange, "jouren"),
        (strange.replace("deadline: at once", "deadline: at once, anyone stands in: true"), "verket"),
    ):
        story = Story(plan_of(plan))
        story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child", home_municipality="vasteras")
        story.mark("done", NAMED, "2013-05-14 23:00")
        story.event("established", "S1", "2013-05-15 20:00", age="adult")
        found = story.decision("barn/notify:correction S1")
        assert found is not None
        assert found.recipient is not None
        assert found.recipient.unit == unit


def test_a_ground_that_was_there_and_went_needs_no_correction() -> None:
    story = child()
    story.mark("done", NAMED, "2013-05-14 12:30")
    story.event("turned_18", "S1", "2013-05-15 12:00")
    assert story.decision("barn/notify:correction S1") is None


def test_nor_does_one_that_was_there_in_an_earlier_spell() -> None:
    story = child()
    story.mark("done", NAMED, "2013-05-14 12:30")
    story.event("changed", "S1", "2013-05-15 12:00", age="adult")
    wrong = story.event("changed", "S1", "2013-05-16 12:00", age="child")
    story.void(wrong, "2013-05-17 12:00")
    assert story.decision("barn/notify:correction S1") is None


def test_nothing_is_corrected_where_nobody_was_told() -> None:
    story = child()
    story.event("established", "S1", "2013-05-15 12:00", age="adult")
    assert story.status(NAMED) == "withdrawn"
    assert story.decision("barn/notify:correction S1") is None


def test_what_was_told_by_naming_unknown_needs_no_correction() -> None:
    story = Story(plan_of(UNKNOWN_TOO))
    story.event("person_met", "S1 seller")
    story.mark("done", "barn/notify S1")
    story.event("established", "S1", age="adult")
    assert story.decision("barn/notify:correction S1") is None


def test_what_was_told_though_something_was_known_is_corrected_however_the_rule_names_unknown() -> None:
    plan = plan_of("""
rules:
- rule: barn
  for: seller
  when: {any: [{wish: unknown}, {age: child}]}
  then: [{must notify: socialnamnd-barn}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", "2013-05-14 12:00", age="child")
    story.event("wish_stated", "S1", "2013-05-14 12:00", wish="wants")
    story.mark("done", NAMED, "2013-05-14 13:00")
    story.event("established", "S1", "2013-05-14 14:00", age="adult")
    assert story.status("barn/notify:correction S1") == "due"


def test_only_a_notification_is_corrected() -> None:
    plan = plan_of("""
rules:
- rule: barn
  for: seller
  when: {age: child}
  then: [{must perform: larma}, {must inform: stod}, {must consult: socialnamnd-barn}]
""")
    story = Story(plan)
    story.event("person_met", "S1 seller", age="child")
    for measure in ("perform", "inform", "consult"):
        story.mark("done", f"barn/{measure} S1")
    story.event("established", "S1", age="adult")
    assert set(story.statuses().values()) == {"done"}
    assert len(story.statuses()) == 3


def test_a_correction_that_is_no_longer_needed_is_withdrawn_and_one_that_is_made_stays_done() -> None:
    story = child()
    story.mark("done", NAMED, "2013-05-14 12:30")
    wrong = story.event("established", "S1", "2013-05-15 12:00", age="adult")
    story.void(wrong, "2013-05-15 15:00")
    assert story.status("barn/notify:correction S1") == "withdrawn"
    assert story.status(NAMED) == "done"
    story.event("established", "S1", "2013-05-16 12:00", age="adult")
    assert story.status("barn/notify:correction S1") == "due"
    story.mark("done", "barn/notify:correction S1", "2013-05-16 12:30")
    assert story.status("barn/notify:correction S1") == "done"


def test_a_notification_that_a_late_mark_tells_of_is_corrected_too() -> None:
    story = child()
    story.event("established", "S1", "2013-05-15 12:00", age="adult")
    story.mark("done", NAMED, "2013-05-14 12:30", known_at="2013-05-20 12:00")
    assert story.status("barn/notify:correction S1") == "due"
