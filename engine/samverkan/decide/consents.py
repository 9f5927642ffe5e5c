"""Consent as a record per person and recipient: what may be told, how it was given, until when (semantics §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

IDENTITY = "identity"
STRICTEST_FIRST = ("withdrawn", "refused", "given")
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer. `order` is (at, known_at, event id); `scope` what it speaks of, None for everything; `until` exclusive."""

    order: tuple[datetime, datetime, str]
    answer: str
    scope: str | None
    until: datetime | None
    event: str
    known_at: datetime

    @property
    def at(self) -> datetime:
        return self.order[0]


def consent_of(answers: Sequence[Consent], scope: str, t: datetime) -> tuple[str, Consent | None]:
    """How it stands at `t` with telling `scope` (`circumstances` or `identity`), and the answer that decides it.

    Of several answers at one instant the strictest counts. A yes to circumstances takes an earlier yes to identity back to
    unknown and leaves an earlier no standing; a no to circumstances is a no to identity.
    """
    state, behind = "unknown", None
    instants = sorted({c.at for c in answers if c.at <= t})
    for instant in instants:
        here = [c for c in answers if c.at == instant and says_of(c, scope) is not None]
        if not here:
            continue
        strictest = min(here, key=_mildness)
        effect = says_of(strictest, scope) or ""
        if effect == "narrowed":
            if state in ("given", "expired"):
                state, behind = "unknown", strictest
            continue
        state, behind = effect, strictest
    if state == "given" and behind is not None and behind.until is not None and behind.until <= t:
        return "expired", behind
    return state, behind


def _mildness(consent: Consent) -> tuple[int, int, datetime]:
    """Sorts strict before mild: withdrawn, refused, given for circumstances, given for identity; the one that ends first."""
    wide = consent.scope == IDENTITY
    return STRICTEST_FIRST.index(consent.answer), int(wide), consent.until or _NEVER


def says_of(consent: Consent, scope: str) -> str | None:
    """What an answer says of `scope`: an answer, `narrowed` (a yes to less), or None (nothing)."""
    if consent.answer == "given":
        if scope == IDENTITY and consent.scope != IDENTITY:
            return "narrowed"
        return "given"
    if consent.scope == IDENTITY and scope != IDENTITY:
        return None
    return consent.answer


def ends_consent(answers: Sequence[Consent], scope: str, no: Consent) -> bool:
    """Whether a no ends something (6.d): a withdrawal does, a refusal where a yes, in force or expired, stood before it."""
    said = says_of(no, scope)
    earlier = [a for a in answers if a.at < no.at]
    if said != "refused" or not earlier:
        return said == "withdrawn"
    return consent_of(earlier, scope, max(a.at for a in earlier))[0] in ("given", "expired")


def given_again(answers: Sequence[Consent], scope: str, no: Consent, t: datetime) -> bool:
    """Whether consent was given after a no, at or before `t`."""
    return any(consent_of(answers, scope, at)[0] == "given" for at in {a.at for a in answers if no.at < a.at <= t})
