"""Recognises personal data that must never enter a plan or a case: identity numbers, telephone numbers and e-mail addresses.

A doubt counts as personal data, for a number that is let in can't be called back. Ordinary text mustn't be hit: days, times,
case numbers (700-1744-09), statutes (2025:400), amounts and the ids that machines make.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Any dash, and the spaces that word processors make, count as the plain ones.
_PLAIN = str.maketrans({**dict.fromkeys("‐‑‒–—―−﹣－", "-"), **dict.fromkeys("\u00a0\u2007\u202f\t\n\r", " ")})
_UNSEEN = ("Cf", "Mn", "Me", "Cc")

_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
"""Of a birth date; 60 is added in a co-ordination number (samordningsnummer)."""
_LAST = r"(?:\d{4}|(?!kl)[A-Za-z]{2}\d{2}|[A-Za-z]\d{3})"
_END = r"(?!\d|-\d\d-\d\d| ?(?:(?:kr|kronor|SEK)(?![\w])|:-))"
_BEFORE_LAST = r"(?:[ ]{0,3}(?:[-+/_*#~=|(][-+/_*#~=|( ]{0,3}[ ]{0,3})?|[^\w ]{1,3})"
"""Not a comma, a full stop or a colon and a space: what comes after is another matter ("2026-05-13, 1500 kronor")."""
# A Swedish personal or co-ordination number, with or without century, hyphen or plus. The check digit isn't asked for: a number
# with a slip of the pen points out a person too. Any signs may part the digits.
_IDENTITY = (
    re.compile(
        rf"(?<!\d)(?:(?:18|19|20)[\W_]{{0,3}})?\d\d[\W_]{{0,3}}(?:0[1-9]|1[0-2])[\W_]{{0,3}}{_DAY}{_BEFORE_LAST}{_LAST}{_END}"
    ),
    # The last four in two: "900101-12 39".
    re.compile(rf"(?<!\d)(?:18|19|20)?\d\d(?:0[1-9]|1[0-2]){_DAY}[ ]?[-+][ ]?\d\d[- ]\d\d{_END}"),
    # Every digit by itself: "9 0 0 1 0 1 - 1 2 3 9". More digits may follow: one number may stand behind another.
    re.compile(
        r"(?<!\d)(?:(?:1[\W_]{1,3}[89]|2[\W_]{1,3}0)[\W_]{1,3})?\d[\W_]{1,3}\d[\W_]{1,3}(?:0[\W_]{1,3}[1-9]|1[\W_]{1,3}[0-2])"
        r"[\W_]{1,3}[0-9](?:[\W_]{1,3}\d){5}(?!\d)"
    ),
)
_TELEPHONE = (
    re.compile(r"(?<![\w+])\+[ ]?[1-9](?:[ ()/._-]{0,3}\d){6,13}(?!\d)"),
    # Not the later parts of a date (2013-05-14 …): a digit and a sign before it.
    re.compile(r"(?<!\d)(?<!\d[-_./:])\(?0(?:[ ()/_-]{0,3}\d){7,13}(?!\d)"),
    re.compile(r"(?<!\d)(?<!\d[-_./:])0\d{1,3}(?:\.\d{2,3}){3}(?![\d.])"),
    # A mobile number whose first three are set off by a full stop or a colon.
    re.compile(r"(?<!\d)(?<!\d[-_./:])07\d[.:][ ]?\d{3}[ ]?\d{2}[ ]?\d{2}(?!\d)"),
    # A mobile number without its plus, as exchanges between systems have it.
    re.compile(r"(?<!\d)46[ -]?7[02369](?:[ -]?\d){7}(?!\d)"),
)
# Begins where a word does, so that a long text is read once.
_MAIL = re.compile(r"(?<![^\s@'\"<>()])[^\s@'\"<>()]+@[^\s@'\"<>()]+\.[^\s@'\"<>()]+")

# What looks like part of such a number and is none: a day with or without a time, hours from–to, what a machine named.
_ISO_DAY = r"(?<!\d)(?:000\d|1\d{3}|2[01]\d\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_HOUR = r"(?:[01]\d|2[0-4])[0-5]\d"
_NO_TELEPHONE = re.compile(
    rf"(?<!\d)\d\d[-/ ]\d\d[-/ ](?:19|20)\d\d(?!\d)|{_ISO_DAY}(?:[ T]\d\d:\d\d(?::\d\d)?)?(?!\d)"
    rf"|(?<!\d){_HOUR} ?- ?{_HOUR}(?![ -]?\d)"
)
_MACHINE_NAMED = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[1-8][0-9A-Fa-f]{3}-[89abAB][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}"
    r"|(?=(?:[0-9]*[A-Fa-f]){3})[0-9A-Fa-f]{32,128})(?![0-9A-Za-z])"
)
_MAYBE = re.compile(r"(?:\d\D{0,8}){7}|@")
_SHORTEST = len("a@b.c")
_HIDDEN = "…"


def personal_data(text: str) -> str | None:
    """What sort of personal data `text` seems to hold, in Swedish ("ett personnummer" …), or None."""
    if not _may_hold(text):
        return None
    plain = _MACHINE_NAMED.sub(_HIDDEN, _plain(text))
    identity = any(pattern.search(plain) for pattern in _IDENTITY)
    others = _NO_TELEPHONE.sub(_HIDDEN, plain)
    telephone = any(pattern.search(others) for pattern in _TELEPHONE)
    if identity or telephone:
        return "ett person- eller telefonnummer" if identity and telephone else f"ett {'person' if identity else 'telefon'}nummer"
    if _MAIL.search(plain):
        return "en e-postadress"
    return None


def without_identity(text: str) -> str:
    """`text` for a message that repeats what was written: "…" in place of whatever looks like an identity number."""
    return _without(text, _IDENTITY) if _may_hold(text) else text


def without_personal_data(text: str) -> str:
    """The same, and in place of telephone numbers and e-mail addresses; for what isn't the path of a file."""
    shown = _without(text, _IDENTITY)
    if personal_data(shown) is None:
        return shown
    return _without(shown, (*_TELEPHONE, _MAIL))


def _may_hold(text: str) -> bool:
    """Whether there are digits enough near each other, or a sign of mail: most texts are plain words, and this is soon seen."""
    return len(text) >= _SHORTEST and _MAYBE.search(text if text.isascii() else unicodedata.normalize("NFKC", text)) is not None


def _without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        if not pattern.search(_plain(text)):
            continue
        text = pattern.sub(_HIDDEN, text)
        if pattern.search(_plain(text)):  # written with other signs, it shows only in the plain text
            text = pattern.sub(_HIDDEN, _plain(text))
    return text


def _plain(text: str) -> str:
    """The text as it is read: other scripts' digits, wide letters and dashes as the plain ones, and nothing that isn't seen."""
    if text.isascii():
        return text.translate(_PLAIN)
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    letters = (letter for letter in plain if unicodedata.category(letter) not in _UNSEEN)
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in letters)
