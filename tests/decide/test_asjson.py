"""The canonical form of JSON is settled to the letter."""

from __future__ import annotations

from samverkan.decide.asjson import canonical


def test_keys_are_sorted_letters_are_themselves_and_the_last_line_ends() -> None:
    assert canonical({"b": [1], "a": {"ö": "å"}}) == '{\n "a": {\n  "ö": "å"\n },\n "b": [\n  1\n ]\n}\n'
