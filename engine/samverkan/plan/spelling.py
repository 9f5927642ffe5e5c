"""The nearest right word to a mistyped one; every room that meets an unknown word asks here."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST, _MOST = 100, 2000


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` most likely was meant to be, or None where none is near.

    Case and the Swedish letters don't count: `Socialnämnd-barn` is near `socialnamnd-barn`. Of equally near ones the first
    in alphabetical order is taken, so that the same mistake always gets the same answer. Among very many words, or for very
    long ones, none is looked for: that takes long, and nobody mistyped them.
    """
    import difflib

    by_plain: dict[str, str] = {}
    every = {candidate for candidate in candidates if len(candidate) <= _LONGEST}
    if len(word) > _LONGEST or len(every) > _MOST:
        return None
    for candidate in sorted(every):
        by_plain.setdefault(_plain(candidate), candidate)
    close = difflib.get_close_matches(_plain(word), list(by_plain), n=1, cutoff=0.6)
    return by_plain[close[0]] if close else None


def suggestion(word: str, candidates: Iterable[str]) -> str:
    """The sentence "Menade du …?" with a leading space, or nothing where no candidate is near."""
    found = nearest(word, candidates)
    return f" Menade du '{found}'?" if found is not None else ""


def listed(words: Iterable[str], conjunction: str = "och") -> str:
    """The words as Swedish running text: "a, b och c"."""
    every = list(words)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {conjunction} {every[-1]}"


def _plain(word: str) -> str:
    return word.lower().translate(_LETTERS)


_LETTERS = str.maketrans("åäöéü", "aaoeu", " ")
