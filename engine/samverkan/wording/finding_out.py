"""A fact's question turned so that it follows a verb: "Är personen i fara?" → "ta reda på om kvinnan är i fara"."""

from __future__ import annotations

import re

from samverkan.plan.model import Fact

_ABOUT_PERSON = re.compile(
    r"(?:(?P<where>Var|Hur|När|(?:I v|På v|V)ilk\w+ \w+) )?(?P<verb>\w+) personen\b(?P<rest>.*)\?"
)
_THERE_IS = re.compile(r"Finns (?:det )?(?P<rest>.+)\?")
_IS = re.compile(r"Är (?P<what>\w+) (?P<how>\w+)\?")
_PASSIVE = re.compile(r"(?P<verb>\w+s) (?P<what>\w+)\?")
_TWO_QUESTIONS = (", eller ", " inte ")


def find_out(fact: Fact, whom: str) -> str:
    """What an assessment asks for, as an infinitive.

    A question about the person becomes a subordinate clause; another one only where the fact's label is itself "frågan om …".
    Swedish turns the words about, which only plain questions bear: the others keep the label.

    Args:
        fact: what is to be assessed.
        whom: what the person or thing is called in running text.
    """
    asked = _turned(fact.ask, whom, fact.label.startswith("frågan"))
    if asked is None:
        return f"bedöma {fact.label} när det gäller {whom}"
    clause, named = asked
    return f"ta reda på {clause}" if named else f"ta reda på {clause} (gäller {whom})"


def _turned(ask: str, whom: str, wanted: bool) -> tuple[str, bool] | None:
    """The subordinate clause, and whether it names whom it is about."""
    if any(words in ask for words in _TWO_QUESTIONS):
        return None
    if found := _ABOUT_PERSON.fullmatch(ask):
        where = found["where"] or "om"
        return f"{_small(where)} {whom} {_small(found['verb'])}{found['rest']}", True
    if not wanted:
        return None
    if found := _THERE_IS.fullmatch(ask):
        return f"om det finns {found['rest']}", False
    if found := _IS.fullmatch(ask):
        return f"om {found['what']} är {found['how']}", False
    if found := _PASSIVE.fullmatch(ask):
        return f"om {found['what']} {_small(found['verb'])}", False
    return None


def _small(word: str) -> str:
    return f"{word[:1].lower()}{word[1:]}"
