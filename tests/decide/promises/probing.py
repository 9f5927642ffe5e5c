"""Makes values visible: for each value of a fact a rule that is due while the fact has it, so that `decide` tells the value."""

from __future__ import annotations

from datetime import datetime

from tests.stories import Story, plan_of

from samverkan.plan.model import Plan

_PERSON = ("age", "gender", "citizenship", "permit", "stay_municipality", "home_municipality")


def probed(text: str = "", facts: tuple[str, ...] = _PERSON, offence: tuple[str, ...] = ()) -> Plan:
    """A small plan with probes for these facts, and for the ends' facts in `offence` (`seller.age`) as of the offence."""
    words = plan_of(text)
    rules = [_probe(words, fact, fact) for fact in facts]
    rules += [_probe(words, path.split(".")[1], path, offence=True) for path in offence]
    head, _, own = text.partition("rules:\n")
    return plan_of(f"{head}\nrules:\n{own}\n{''.join(rules)}")


def value(story: Story, subject: str, fact: str, as_of: str | datetime | None = None) -> str | None:
    """The value of a fact of a subject, `unknown` included; None where the subject isn't in the case."""
    return _read(story, subject, fact, fact, as_of)


def at_offence(story: Story, relation: str, path: str, as_of: str | datetime | None = None) -> str | None:
    """The value of an end's fact as of the offence."""
    return _read(story, relation, path.split(".")[1], f"then.{path}", as_of)


def _probe(words: Plan, fact: str, path: str, offence: bool = False) -> str:
    its = words.facts[fact]
    of = "purchase" if offence else its.role or its.of
    rule, valid = (f"then.{path}", "{judged by: offence}") if offence else (fact, "{}")
    return "".join(
        f"- {{rule: {rule}.{value}, for: {of}, when: {{{path}: {value}}}, then: [{{must inform: stod}}], valid: {valid}}}\n"
        for value in (*its.values, "unknown")
    )


def _read(story: Story, subject: str, fact: str, rule: str, as_of: str | datetime | None) -> str | None:
    live = story.live(as_of)
    found = [one for one in (*story.plan.facts[fact].values, "unknown") if f"{rule}.{one}/inform {subject}" in live]
    assert len(found) < 2, found
    return found[0] if found else None
