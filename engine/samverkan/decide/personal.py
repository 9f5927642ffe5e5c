"""Recognises personal data that must never enter a case: identity numbers, telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
import unicodedata

# Any dash, and the spaces that word processors make, count as the plain ones.
_PLAIN = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("\u00a0\u2007\u202f", " ")})

# A Swedish personal or co-ordination number (day + 60), with or without century, hyphen or plus. The check digit isn't
# asked for: a number with a slip of the pen points out a person too. Any one sign may part the digits.
_IDENTITY = re.compile(
    r"(?<!\d)(?:(?:18|19|20)[\W_]?)?\d{2}[\W_]?(?:0[1-9]|1[0-2])[\W_]?(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
    r"(?:[ ]?[-+/.]?[ ]?|[\W_])(?:\d{4}|[A-Za-z]{2}\d{2}|[A-Za-z]\d{3})(?![\dA-Za-z]|-\d\d-\d\d)"
)
_TELEPHONE = (
    re.compile(r"(?<![\w+])\+[ ]?[1-9](?:[ ()/.-]{0,2}\d){6,13}(?!\d)"),
    # Not the later parts of a date (2013-05-14 …): a digit and a hyphen before it.
    re.compile(r"(?<!\d)(?<!\d-)\(?0(?:[ ()/-]{0,3}\d){7,13}(?!\d)"),
)
# Begins where a word does, so that a long text is read once.
_MAIL = re.compile(r"(?<![^\s@])[^\s@]+@[^\s@]+\.[^\s@]+")


def personal_data(text: str) -> str | None:
    """What sort of personal data `text` seems to hold, in Swedish ("ett personnummer" …), or None."""
    plain = _plain(text)
    if _IDENTITY.search(plain):
        return "ett personnummer"
    if any(pattern.search(plain) for pattern in _TELEPHONE):
        return "ett telefonnummer"
    if _MAIL.search(plain):
        return "en e-postadress"
    return None


def without_identity(text: str) -> str:
    """`text` for a message that repeats what was written: "…" in place of whatever looks like an identity number."""
    if not _IDENTITY.search(_plain(text)):
        return text
    shown = _IDENTITY.sub("…", text)
    # Written with other signs, the number shows only in the plain text.
    return shown if not _IDENTITY.search(_plain(shown)) else _IDENTITY.sub("…", _plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
