"""Lines of text: none too wide, nothing lost, Swedish words broken as Swedish breaks them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.draw.metrics import text_width
from samverkan.draw.wording import FIXED
from samverkan.draw.wrapping import BACKSLASH, TooNarrowError, clean, fill, wrap


def test_breaks_at_spaces() -> None:
    assert wrap("Låt bli att pressa personen", 70, 9) == ("Låt bli att", "pressa", "personen")


def test_breaks_a_compound_where_swedish_does() -> None:
    assert wrap("förundersökningsledning", 90, 9) == ("förundersöknings-", "ledning")


def test_a_hyphen_of_its_own_is_not_doubled() -> None:
    assert wrap("barn- och ungdomsenhet", 30, 9)[0] == "barn-"


def test_a_fixed_space_is_kept_together() -> None:
    date = f"14{FIXED}maj{FIXED}kl.{FIXED}22.10"
    assert wrap(f"gjort {date}", text_width(date, 9) + 1, 9) == ("gjort", date)


def test_a_date_that_is_too_wide_breaks_between_its_words() -> None:
    date = f"14{FIXED}maj{FIXED}kl.{FIXED}22.10"
    lines = wrap(date, 40, 9)
    assert FIXED.join(lines) == date
    assert not any("-" in line for line in lines)


def test_what_is_no_word_is_chopped() -> None:
    lines = wrap("x" * 200, 50, 9)
    assert "".join(lines).replace("-", "") == "x" * 200
    assert len(lines) > 10


def test_no_room_is_told() -> None:
    with pytest.raises(TooNarrowError):
        fill("ett två tre", lambda index: 40.0 if index == 0 else 0.0, 9)


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "a\r\n  b", "a\x00b", "a\u2028b"])
def test_no_control_characters_are_left(text: str) -> None:
    assert clean(text) == "a b"


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(alphabet="abcdeåäö -/–<&\"'\\\n ", max_size=120), st.floats(30, 200), st.booleans())
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: float, bold: bool) -> None:
    lines = wrap(text, width, 9, bold)
    assert all(text_width(line, 9, bold) <= width or len(line) == 1 for line in lines)

    def letters(of: str) -> str:
        return "".join(letter for letter in of if not letter.isspace() and letter != "-")

    assert letters("".join(lines)) == letters(text.replace("\\", BACKSLASH))
