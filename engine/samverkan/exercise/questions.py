"""What has to be found out, as questions that people can ask: the few that matter most first, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samverkan.decide.answer import Answer, Question
from samverkan.exercise.grouping import STRENGTHS, phase_order
from samverkan.plan.model import Plan
from samverkan.wording import phrases
from samverkan.wording.phrases import capital
from samverkan.wording.wording import Wording, subjects_of

MOST = 5
"""How many questions are asked at a time: more than these nobody asks at a door."""

_UNITS = ("at once", "promptly", "hours", "days", "working days", "weeks", "months")


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions about one subject. `name` is empty for those that say themselves whom they are about."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions that are told, and how many facts more are not known."""

    asked: tuple[Asked, ...]
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.asked or self.more)

    @property
    def rest(self) -> str:
        """What is said of the facts that aren't asked for, or nothing."""
        if not self.more:
            return ""
        said = phrases.MORE_UNKNOWN if self.asked else phrases.ONLY_UNKNOWN
        return said[self.more == 1].format(self.more)


def asking(wording: Wording, questions: Sequence[Question], answer: Answer, every: bool = False) -> Asking:
    """The questions to tell.

    What contradicts itself is always told. Of facts that are not known those that the plan has a question for are asked,
    the strictest waiting rule first, then in the order of the plan's facts; `every`: all of them, and those without a question.
    """
    subjects = subjects_of(answer)
    plain = [q for q in questions if q.kind == "fact" and q.fact in wording.plan.facts]
    other = [wording.question(q, subjects) for q in questions if q not in plain]
    ordered = sorted(plain, key=lambda q: _pressing(wording.plan, q))
    chosen = ordered if every else [q for q in ordered if wording.plan.facts[q.fact].ask][:MOST]
    by_subject: dict[str, list[str]] = {}
    for one in chosen:
        by_subject.setdefault(one.subject, []).append(wording.asked(one, subjects))
    groups = [Asked(capital(wording.name(subject)), tuple(lines)) for subject, lines in by_subject.items()]
    return Asking((*([Asked("", tuple(other))] if other else []), *groups), len(plain) - len(chosen))


def _pressing(plan: Plan, question: Question) -> tuple[tuple[int, int, int], int, str]:
    """How much waits for an answer: the strictest measure of the rules that wait."""
    waiting = min((one for rule in question.rules for one in _measures(plan, rule)), default=(len(STRENGTHS), 0, 0))
    return waiting, list(plan.facts).index(question.fact), question.subject


def _measures(plan: Plan, rule_id: str) -> Iterator[tuple[int, int, int]]:
    rule = plan.rules.get(rule_id)
    for measure in rule.then if rule is not None else ():
        unit = _UNITS.index(measure.deadline.unit) if measure.deadline is not None else len(_UNITS)
        yield STRENGTHS.index(measure.strength), unit, phase_order(plan, rule.phase if rule is not None else "")
