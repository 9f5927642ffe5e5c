"""How an error text names what was written: the nearest valid word, and nothing that must not be repeated."""

from __future__ import annotations

from collections.abc import Iterable

from samverkan.decide.personal import personal_data
from samverkan.plan.spelling import listed, suggestion

_LONGEST = 60
_FEW = 6


def quoted(word: str) -> str:
    """`word` in quotation marks: cut if long, made harmless, and left out if it holds personal data."""
    if personal_data(word):
        return "(återges inte)"
    plain = "".join(letter if letter.isprintable() else "�" for letter in word)
    return f"'{plain}'" if len(plain) <= _LONGEST else f"'{plain[:_LONGEST]}…'"


def nearest(word: str, words: Iterable[str]) -> str:
    """The end of an error text: the valid word nearest to `word`, or all of them where they are few, or only a stop."""
    valid = list(words)
    found = suggestion(word, valid)
    if found:
        return f".{found}"
    return f". Giltigt är {listed(valid, 'eller')}." if 0 < len(valid) <= _FEW else "."
