"""What is wrong with a plan: each problem with its place, its reason and what to do about it, in Swedish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from samverkan.plan.model import NOWHERE, Position

Severity = Literal["error", "warning"]

_SWEDISH: dict[Severity, str] = {"error": "fel", "warning": "varning"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `text` says what, why and what to do, in Swedish; `code` is a short, stable English id."""

    position: Position
    text: str
    severity: Severity = "error"
    code: str = "plan"

    def __str__(self) -> str:
        place = "" if self.position == NOWHERE else f"{self.position}: "
        return f"{place}{_SWEDISH[self.severity]}: {self.text}"


class PlanError(Exception):
    """A plan that can't be used. `problems` holds all that is wrong with it, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n\n".join(str(problem) for problem in self.problems))


class Problems:
    """Collects what is found while a plan is read, so that an editor sees everything at once."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def error(self, position: Position, code: str, text: str) -> None:
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
