"""What is wrong with a plan: each problem with its place, its reason and what to do about it, in Swedish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from samverkan.plan.model import NOWHERE, Position

Severity = Literal["error", "warning"]

MOST = 500
"""How many errors are collected before one gives up: a file with more of them is no plan that somebody mistyped."""
_LONGEST, _LONGEST_WORD = 2000, 60
_SWEDISH: dict[Severity, str] = {"error": "fel", "warning": "varning"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        position: file, line and column.
        text: what, why and what to do, in Swedish, in one line. What it repeats of a file is cut where it is very long, and
            holds no personal data.
        severity: `error` or `warning`.
        code: a short, stable English id.
    """

    position: Position
    text: str
    severity: Severity = "error"
    code: str = "plan"

    def __post_init__(self) -> None:
        from samverkan.plan.personal import without_personal_data

        # First taken out, then cut: half a number is still somebody's.
        object.__setattr__(self, "text", _in_one_line(without_personal_data(self.text[: 20 * _LONGEST])))

    def __str__(self) -> str:
        place = "" if self.position == NOWHERE else f"{self.position}: "
        return f"{place}{_SWEDISH[self.severity]}: {self.text}"


def _in_one_line(text: str) -> str:
    """The text with what stands in quotation marks cut where it is longer than any word, in one line."""
    parts = text.replace("\n", " ").split("'")
    for number in range(1, len(parts), 2):
        if len(parts[number]) > _LONGEST_WORD:
            parts[number] = f"{parts[number][:_LONGEST_WORD]}…"
    whole = "'".join(parts)
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}…"


class PlanError(Exception):
    """A plan, or a file, that can't be used.

    Attributes:
        problems: all that is wrong with it, in the order of the files.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n\n".join(str(problem) for problem in self.problems))


class Problems:
    """Collects what is found while a plan is read, so that an editor sees everything at once: up to `MOST` errors."""

    __slots__ = ("_errors", "found")

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self._errors = 0

    def error(self, position: Position, code: str, text: str) -> None:
        """Adds an error. Raises PlanError where there are so many that looking for more helps nobody."""
        self._errors += 1
        if self._errors > MOST:
            text = f"efter {MOST} fel har läsningen avbrutits här. Rätta de första och försök igen."
            if self._errors == MOST + 1:
                self.found.append(Problem(position, text, "error", "too-many"))
            raise PlanError(self.errors)
        self.found.append(Problem(position, text, "error", code))

    def warning(self, position: Position, code: str, text: str) -> None:
        self.found.append(Problem(position, text, "warning", code))

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.sorted() if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.sorted() if problem.severity == "warning")

    def sorted(self) -> tuple[Problem, ...]:
        """Everything found, each problem once, in the order of files, lines and columns."""
        unique = dict.fromkeys(self.found)
        return tuple(sorted(unique, key=lambda p: (p.position.file, p.position.line, p.position.column)))

    def stop(self) -> None:
        """Raises `PlanError` with the errors, if there are any."""
        if errors := self.errors:
            raise PlanError(errors)
