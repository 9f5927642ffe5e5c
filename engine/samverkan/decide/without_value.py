"""What was answered to a question without a value, so that nobody is asked twice (semantics 3.e)."""

from __future__ import annotations

from samverkan.decide.knowledge import effective
from samverkan.decide.world import World
from samverkan.plan.answers import ANSWER, NO_VALUE, says_nothing


def without_value(world: World, subject: str, fact: str) -> str | None:
    """The last answer about a fact that had no value (`NO_VALUE`), where nothing has become known of the fact since; else None."""
    answers = [
        event for event in world.occurrences.get((ANSWER, subject), ())
        if event.facts[0][0] == fact and event.facts[0][1] in NO_VALUE
    ]  # fmt: skip
    if not answers:
        return None
    last = max(answers, key=lambda event: (effective(event), event.id))
    said = world.said_of(subject, fact)
    since = (effective(event) for event, one in said if one.effect == "changes" or not says_nothing(one.value))
    return last.facts[0][1] if all(at < effective(last) for at in since) else None
