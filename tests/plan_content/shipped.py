"""The plan of Västmanland, and a few stories that many tests of its content tell."""

from __future__ import annotations

from functools import cache

from tests.stories import Story

from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan


@cache
def county() -> Plan:
    """The shipped plan of the county."""
    return load_plan("vastmanland")


def seller(at: str, kind: str = "person_met", **facts: str) -> Story:
    """A story in which somebody who sells, S1, is met: by the police unless `kind` says otherwise."""
    story = Story(county())
    story.event(kind, "S1 seller", at, facts={"age": "adult", "gender": "woman", "stay_municipality": "sala"} | facts)
    return story


def met_by_services(at: str, **facts: str) -> Story:
    """A grown seller whom the social services for adults have met, and of whom the police know nothing."""
    return seller(at, "contact_made", **{"adult_contact": "met", "police_aware": "not_aware", **facts})


def purchase(at: str, *, seller_age: str = "adult", buyer_age: str = "adult", stage: str = "completed") -> Story:
    """A buyer B1 caught with a seller S1, in the act."""
    story = seller(at, age=seller_age)
    story.event(
        "buyer_caught", "K1 purchase of B1, S1", at,
        facts={"agreement": "reached", "price": "stated", "payment": "handed_over", "offence_stage": stage, "buyer.age": buyer_age},
    )  # fmt: skip
    return story


def rules_due(story: Story, as_of: str | None = None) -> set[str]:
    """The ids of the rules of which something is due or asked first."""
    return {d.id.rule for d in story.answer(as_of).decisions if d.status in ("due", "ask_first")}
