"""Section 6 of the contract: wishes, what a plan must say to be allowed to tell, acting in danger, and support for everybody."""

from __future__ import annotations

from typing import Any

import pytest
from tests.stories import Story, example_plan, files_of, plan_of, problems_of, written

from samverkan.plan.loading import inspect_files, read_plan


def suspected(plan: str) -> Story:
    story = Story(plan_of(plan))
    story.event("trafficking_suspected", "S1", "2017-05-02 12:00")
    return story


# --------------------------------------------------------------------------------------------------------------- wishes


WISH = """
events:
  wish_stated:
    label: önskan
    about: seller
    changes: [wish]
    consent for: {recipient: migrationsverket, when: {wish: wants}}
rules:
- rule: betanketid
  for: seller
  when: {trafficking: suspected, wish: [wants, unknown]}
  then: [{must apply: migrationsverket, telling: identity, allowed by: {consent: migrationsverket}}]
- {rule: informera, for: seller, then: [{must inform: stod}]}
"""


def test_a_wish_carries_the_consent_for_the_step_that_fulfils_it_and_another_value_is_a_refusal() -> None:
    story = suspected(WISH)
    assert story.status("betanketid/apply S1") == "ask_first"
    story.event("wish_stated", "S1", "2017-05-03 12:00", wish="wants")
    assert story.status("betanketid/apply S1") == "due"
    assert story.status("samtycke/ask:migrationsverket S1") == "done"
    story.mark("done", "betanketid/apply S1", "2017-05-03 13:00")
    no = story.event("wish_stated", "S1", "2017-05-04 12:00", wish="declines")
    assert story.status(f"betanketid/apply:consent-ended S1 #{no}") == "due"
    assert story.flags("betanketid/apply S1") == ()


def test_a_wish_that_says_no_refuses() -> None:
    plan = WISH.replace("wish: [wants, unknown]", "wish: [wants, unknown, declines]")
    story = suspected(plan)
    story.event("wish_stated", "S1", "2017-05-03 12:00", wish="declines")
    assert "betanketid/apply S1" not in story.live()


def test_a_wish_that_says_no_refuses_the_circumstances_too() -> None:
    story = suspected(WISH.replace("telling: identity", "telling: circumstances").replace("[wants, unknown]", "[wants, declines]"))
    story.event("wish_stated", "S1", "2017-05-03 12:00", wish="declines")
    assert "betanketid/apply S1" not in story.live()


def test_a_wish_that_is_not_known_says_nothing() -> None:
    story = suspected(WISH)
    story.event("wish_stated", "S1", "2017-05-03 12:00", wish="unknown")
    assert story.status("betanketid/apply S1") == "ask_first"
    assert story.status("samtycke/ask:migrationsverket S1") == "due"


def test_an_event_that_does_not_say_so_carries_no_consent() -> None:
    story = suspected(WISH.replace("    consent for: {recipient: migrationsverket, when: {wish: wants}}\n", ""))
    story.event("wish_stated", "S1", "2017-05-03 12:00", wish="wants")
    assert story.status("betanketid/apply S1") == "ask_first"


# --------------------------------------------------------------------------------------------------- refused at load


TELLS = "rules: [{{rule: gor, for: {of}, then: [{{must {due}, {more}}}]}}]"


NOTIFY, CONSENT = "notify: regionkoordinator", "telling: identity, allowed by: {consent: regionkoordinator}"


@pytest.mark.parametrize(
    ("of", "due", "more", "code"),
    [
        ("seller", NOTIFY, "telling: identity", "allowed-by"),
        ("seller", "apply: regionkoordinator", "telling: identity", "allowed-by"),
        ("seller", NOTIFY, "telling: identity, allowed by: {clause: lag/grund}", "allowed-by"),
        ("seller", "consult: regionkoordinator", "telling: identity", "telling"),
        ("seller", "consult: regionkoordinator", "allowed by: {consent: regionkoordinator}", "allowed-by"),
        ("seller", NOTIFY, "telling: identity, allowed by: {consent: migrationsverket}", "consent"),
        ("purchase", NOTIFY, CONSENT, "consent"),
        ("purchase", NOTIFY, f"about: seller, each relation: true, {CONSENT}", "consent"),
        ("case", NOTIFY, CONSENT, "consent"),
    ],
)
def test_telling_identity_without_what_allows_it_is_an_error_at_load(of: str, due: str, more: str, code: str) -> None:
    found = [problem.code for problem in problems_of(TELLS.format(of=of, due=due, more=more)) if problem.severity == "error"]
    assert code in found


@pytest.mark.parametrize("kind", ["notify", "apply"])
def test_every_notification_and_application_says_what_it_tells(kind: str) -> None:
    said = files_of(f"rules: [{{rule: gor, for: seller, then: [{{must {kind}: regionkoordinator, telling: circumstances}}]}}]")
    assert "gor" in read_plan({"plan.yaml": written(said)}).rules
    del said["rules"][0]["then"][0]["telling"]
    found = inspect_files({"plan.yaml": written(said)}).errors
    assert [problem.code for problem in found] == ["telling"]


@pytest.mark.parametrize(
    "more",
    [
        "telling: circumstances",
        "telling: identity, allowed by: {clause: lag/anmalan}",
        "telling: identity, allowed by: {consent: regionkoordinator}",
        "telling: circumstances, allowed by: {consent: regionkoordinator}",
    ],
)
def test_what_is_allowed_loads(more: str) -> None:
    assert "gor" in plan_of(TELLS.format(of="seller", due="notify: regionkoordinator", more=more)).rules


def test_what_is_done_instead_may_not_tell_who_it_is() -> None:
    more = (
        "telling: identity, allowed by: {consent: regionkoordinator}, "
        "if refused: {must notify: regionkoordinator, id: anda, telling: identity, allowed by: {clause: lag/anmalan}}"
    )
    found = problems_of(TELLS.format(of="seller", due="notify: regionkoordinator", more=more))
    assert [problem.code for problem in found if problem.severity == "error"] == ["if-refused"]


# ----------------------------------------------------------------------------------------------- danger, and support


DANGER = """
rules:
- rule: kontakt
  for: seller
  then: [{must notify: regionkoordinator, telling: identity, allowed by: {consent: regionkoordinator}}]
- rule: fara
  for: seller
  when: {trafficking: suspected}
  because: [lag/anmalan]
  then:
  - {may notify: regionkoordinator, telling: identity, allowed by: {clause: lag/anmalan}, needs reason: true}
"""


def test_acting_without_consent_in_danger_is_a_rule_of_its_own_whose_reason_must_be_recorded() -> None:
    story = suspected(DANGER)
    story.event("consent_refused", "S1", "2017-05-03 12:00", recipient="regionkoordinator")
    assert story.live() == {"fara/notify S1"}
    mark = story.mark("done", "fara/notify S1", "2017-05-03 13:00")
    (asked,) = story.questions("reason_missing")
    assert (asked.subject, asked.rules, asked.events) == ("S1", ("fara",), (mark,))
    story.revise(mark, "2017-05-03 14:00", reason="Hotet var allvarligt.")
    assert story.questions("reason_missing") == []
    assert story.status("fara/notify S1") == "done"
    assert story.flags("fara/notify S1") == ()


@pytest.mark.parametrize("answer", [None, "refused", "withdrawn", "given"])
@pytest.mark.parametrize("gender", [None, "woman", "man", "other"])
def test_support_never_depends_on_consent_nor_on_a_criminal_investigation(answer: str | None, gender: str | None) -> None:
    story = Story(example_plan())
    story.event("trafficking_suspected", "S1", "2017-05-02 12:00")
    if gender:
        story.event("person_met", "S1", "2017-05-02 12:30", gender=gender)
    if answer:
        for recipient in ("regionkoordinator", "migrationsverket", "socialnamnd-vuxen", "stod-utsatta"):
            telling: dict[str, Any] = {"telling": "identity"} if answer == "given" else {}
            story.event(f"consent_{answer}", "S1", "2017-05-03 12:00", recipient=recipient, **telling)
    assert {"stod.saljare/information S1", "stod.saljare/erbjudande S1", "betanketid.informera/information S1"} <= story.live()
