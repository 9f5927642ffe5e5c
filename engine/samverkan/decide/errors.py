"""What goes wrong with events: one error class, its text written for the user."""

from __future__ import annotations


class EventError(ValueError):
    """An event that the plan has no words for, or that can't be; likewise whatever else is done to a case.

    Attributes:
        text: in Swedish: what, why and what to do. It repeats no personal data.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
