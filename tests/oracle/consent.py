"""Consent per person, recipient and scope: §6 and 6.a, 6.d, 6.f."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tests.oracle.world import World, order

from samverkan.decide.events import Event
from samverkan.plan.model import UNKNOWN, Measure

State = Literal["unknown", "given", "expired", "refused", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer about a consent. `telling` None: a no that names no scope."""

    kind: str
    telling: str | None
    until: datetime | None
    event: Event


def answers(world: World, person: str, recipient: str) -> list[Said]:
    """Every answer of a person about a recipient that is known, in order."""
    found: list[Said] = []
    for event in world.speaking():
        kind = world.type_of(event)
        if kind is None or world.subject_of(event) != person:
            continue
        if kind.consent is not None and event.recipient == recipient:
            telling = event.telling
            if kind.consent == "given":
                telling = telling or "circumstances"
            found.append(Said(kind.consent, telling, event.until, event))
        wish = kind.consent_for
        if wish is not None and wish.recipient == recipient:
            stated = [world.said(event, says) for says in kind.says if says.path == wish.fact]
            value = stated[0] if stated else dict(event.facts).get(wish.fact)
            if value in wish.values:
                found.append(Said("given", event.telling or "identity", event.until, event))
            elif value not in (None, UNKNOWN):  # 6.f: another value is a refusal
                found.append(Said("refused", None, None, event))
    return sorted(found, key=lambda said: order(said.event))


def speaks_of(said: Said, scope: str) -> bool:
    """6.a: whether an answer changes what holds for a scope."""
    if said.kind == "given":
        return True  # `given: circumstances` ends a yes to identity
    return said.telling in (None, "circumstances", scope)  # a no to circumstances is a no to identity


def strictness(said: Said) -> int:
    """6.a, from strict to mild: withdrawn, refused, given for circumstances, given for identity."""
    if said.kind == "given":
        return 2 if said.telling == "circumstances" else 3
    return 0 if said.kind == "withdrawn" else 1


def standing(said: list[Said], scope: str) -> Said | None:
    """The answer that stands for a scope after all of `said`; None is "unknown"."""
    stands: Said | None = None
    for at in sorted({answer.event.at for answer in said}):
        now = [answer for answer in said if answer.event.at == at and speaks_of(answer, scope)]
        if not now:
            continue
        strictest = min(strictness(answer) for answer in now)
        same = [answer for answer in now if strictness(answer) == strictest]
        ending = [answer for answer in same if answer.until is not None]
        answer = min(ending, key=lambda answer: answer.until or answer.event.at) if ending else same[0]
        if answer.kind == "given" and scope == "identity" and answer.telling == "circumstances":
            if stands is not None and stands.kind == "given":
                stands = None  # ends an earlier yes to identity, and leaves an earlier no standing
        else:
            stands = answer
    return stands


def consent(world: World, person: str, recipient: str, scope: str, t: datetime) -> State:
    """Whether a person consents at t to telling a recipient this much, in the light of k. `until` is exclusive."""
    stands = standing([answer for answer in answers(world, person, recipient) if answer.event.at <= t], scope)
    if stands is None:
        return "unknown"
    if stands.kind == "given":
        return "expired" if stands.until is not None and stands.until <= t else "given"
    return "withdrawn" if stands.kind == "withdrawn" else "refused"


def scope_of(measure: Measure) -> str:
    """What a measure tells; one that doesn't say is taken to tell the identity."""
    return measure.telling or "identity"


def endings(world: World, person: str, recipient: str, scope: str) -> list[Event]:
    """6.d: the withdrawals, and the refusals after a yes, that speak of a scope."""
    said = answers(world, person, recipient)
    found: list[Event] = []
    for answer in said:
        if answer.kind == "given" or not speaks_of(answer, scope):
            continue
        before = standing([earlier for earlier in said if earlier.event.at < answer.event.at], scope)
        if answer.kind == "withdrawn" or (before is not None and before.kind == "given"):
            found.append(answer.event)
    return found


def given_again(world: World, person: str, recipient: str, scope: str, after: datetime, t: datetime) -> bool:
    """6.d: whether consent is given at some instant after `after` and not later than t."""
    later = {answer.event.at for answer in answers(world, person, recipient)}
    return any(after < at <= t and consent(world, person, recipient, scope, at) == "given" for at in later)
