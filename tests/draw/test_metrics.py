"""The widths of DejaVu Sans, against what its font file says."""

from __future__ import annotations

import pytest

from samverkan.draw.metrics import UNITS, text_width


@pytest.mark.parametrize(
    ("letters", "bold", "units"),
    [
        # Advance widths out of the `hmtx` tables of DejaVuSans.ttf and DejaVuSans-Bold.ttf 2.37.
        ("A", False, 1401), ("å", False, 1255), ("ö", False, 1253), ("m", False, 1995), ("i", False, 569), (" ", False, 651),
        ("✓", False, 1716), ("●", False, 1787), ("–", False, 1024), ("§", False, 1024),
        ("A", True, 1585), ("å", True, 1382), ("m", True, 2134), ("✕", True, 1716), ("ž", True, 1192),
        ("Polisen", False, 1235 + 1253 + 569 + 569 + 1067 + 1260 + 1298),
    ],
)  # fmt: skip
def test_widths(letters: str, bold: bool, units: int) -> None:
    assert text_width(letters, UNITS, bold) == units


def test_an_unknown_letter_takes_much_room() -> None:
    assert text_width("語", 10) >= 10
