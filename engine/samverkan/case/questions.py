"""The questions of a case: which facts to find out, why, what hangs on each answer, whom to ask, and in what order (3.c–3.g).

A fact is asked just where, in some completion of what else isn't known, its value changes what is due. What protects soonest comes
first, then what settles most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samverkan.case.answered import without_value
from samverkan.case.completing import Asked
from samverkan.case.dueness import Dueness, Possible
from samverkan.case.question_words import option_text, question_text, urgency_text, why_text
from samverkan.case.relevance import Relevance
from samverkan.case.weighing import LATER_THAN_ALL, Pressing, Weighing, left_after
from samverkan.decide.answer import DecisionId, Due
from samverkan.decide.islands import Islands, Part
from samverkan.decide.replay import Replay
from samverkan.decide.timing import goes_on
from samverkan.plan.answers import NO_VALUE, NOT_KNOWN
from samverkan.plan.model import Plan
from samverkan.plan.plain import Plain


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Option(Plain):
    """One answer, and what hangs on it as things are now known.

    `value`: a value of the fact, or one of `NO_VALUE`. `comes`: the decisions that become due or are to be asked for first; `goes`:
    those that no longer are. `first`: the earliest deadline of those that come. `text`: the same in words.
    """

    value: str
    label: str
    comes: tuple[DecisionId, ...] = ()
    goes: tuple[DecisionId, ...] = ()
    first: Due | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FactQuestion(Plain):
    """A fact to find out.

    `text`: the question. `rules`: the rules that wait for it, most pressing first; `why`: the same in words. `options`: the answers
    that can be, with what hangs on each, and the three without a value. `urgent`: the earliest deadline among what an answer, with
    others, can make due, `strength` how strict that is, `urgency` the same in words. `sensitive`: 0–3. `ask_whom`: who may know, the least intrusive first.
    `answered`: what was answered before without a value (only where that was asked for).
    """

    subject: str
    fact: str
    text: str
    rules: tuple[str, ...]
    why: str
    options: tuple[Option, ...]
    urgent: Due | None
    strength: str
    urgency: str
    sensitive: int
    ask_whom: tuple[str, ...]
    answered: str | None = None


def questions_of(islands: Islands, as_of: datetime, include_asked: bool = False) -> tuple[FactQuestion, ...]:
    """The questions of a case as of an instant, the most pressing first.

    Args:
        islands: the case.
        as_of: the instant; answers count from just after it.
        include_asked: also what somebody has answered that they don't know.
    """
    found = [one for part in islands.parts.values() for one in _questions(part, as_of, include_asked)]
    return tuple(question for _, question in sorted(found, key=lambda one: one[0]))


Place = tuple[Pressing, float, int, str, int]
"""Where a question stands in the order: pressing, how much it leaves to be asked, sensitive, subject, place of the fact in the plan."""


def replay_before(part: Part, at: datetime) -> Replay | None:
    """The part come to just before an instant; None where nothing is known of it yet."""
    there = part.there
    replay = there.copy() if there.now is not None and there.now < at else Replay(there.prepared, there.matcher, there.beginnings)
    if replay.now is None:
        replay.deliver(part.events())
    replay.advance(at, including=False)
    return replay if replay.now is not None else None


def _questions(part: Part, as_of: datetime, include_asked: bool) -> Iterator[tuple[Place, FactQuestion]]:
    now = as_of + timedelta.resolution
    replay = replay_before(part, now)
    if replay is None:
        return
    dueness = Dueness(replay, now)
    possible = dueness.possible()
    relevance = Relevance(dueness.completions)
    depends = relevance.by_variable([one.where for one in possible])
    if not depends:
        return
    weighing = Weighing(dueness, possible, as_of)
    rests_on = {variable: [possible[place].where for place in rests] for variable, rests in depends.items()}
    left = left_after(dueness.diagrams, rests_on, relevance.answers)
    asking = _Asking(dueness, relevance, possible, weighing)
    places = {fact: number for number, fact in enumerate(replay.prepared.plan.facts)}
    for variable, rests in depends.items():
        subject, fact = dueness.completions.asked[variable]
        said = without_value(replay.judge.world, subject, fact)
        if said is not None and not (include_asked and said == NOT_KNOWN):
            continue
        question, pressing = asking.question(variable, rests, said)
        yield (pressing, left[variable], question.sensitive, subject, places[fact]), question


class _Asking:
    """Makes questions from what depends on a fact."""

    __slots__ = ("_due_now", "dueness", "plan", "possible", "relevance", "weighing")

    def __init__(self, dueness: Dueness, relevance: Relevance, possible: Sequence[Possible], weighing: Weighing) -> None:
        self.dueness = dueness
        self.relevance = relevance
        self.possible = possible
        self.weighing = weighing
        self.plan: Plan = dueness.replay.prepared.plan
        self._due_now = [dueness.diagrams.holds(one.where, {}) for one in possible]

    def question(self, variable: int, rests: Sequence[int], said: str | None) -> tuple[FactQuestion, Pressing]:
        """The question for a variable on which the decisions at `rests` depend, and how pressing it is."""
        asked: Asked = self.dueness.completions.asked[variable]
        fact = self.plan.facts[asked[1]]
        new = [place for place in rests if not self._due_now[place]]
        pressing = [self.weighing.pressing(place) for place in rests]
        first = min(new, key=self.weighing.pressing, default=None)
        rules = dict.fromkeys(
            rule.id for _, place in sorted(zip(pressing, rests, strict=True)) if (rule := self.possible[place].rule) is not None
        )
        options = (
            *self._options(variable, fact.values, rests),
            *(Option(value, label) for value, label in NO_VALUE.items()),
        )
        question = FactQuestion(
            subject=asked[0],
            fact=fact.id,
            text=question_text(fact),
            rules=tuple(rules),
            why=why_text(self.plan, tuple(rules)),
            options=options,
            urgent=self.weighing.due(first) if first is not None else None,
            strength=self.possible[first].record.strength if first is not None else "",
            urgency=urgency_text(
                self.plan, self.weighing.due(first) if first is not None else None, comes=first is not None,
                in_force=first is not None and goes_on(self.possible[first].record),
            ),
            sensitive=fact.sensitive,
            ask_whom=fact.ask_whom,
            answered=said,
        )
        return question, self._place(variable, new) if first is not None else LATER_THAN_ALL

    def _place(self, variable: int, new: Sequence[int]) -> Pressing:
        """How pressing a question is: what its answer alone makes due comes before what it makes due together with others."""
        holds, answers = self.dueness.diagrams.holds, self.relevance.answers(variable)
        return min(
            self.weighing.pressing(place, any(holds(self.possible[place].where, {variable: code}) for code in answers))
            for place in new
        )

    def _options(self, variable: int, values: Mapping[str, str], rests: Iterable[int]) -> Iterator[Option]:
        """The values that can be, each with what it alone changes."""
        holds = self.dueness.diagrams.holds
        for code, (value, label) in enumerate(values.items(), 1):
            if not self.relevance.can_be(variable, code):
                continue
            comes, goes = [], []
            for place in rests:
                then = holds(self.possible[place].where, {variable: code})
                if then != self._due_now[place]:
                    (comes if then else goes).append(place)
            first = min(comes, key=self.weighing.pressing, default=None)
            due = self.weighing.due(first) if first is not None else None
            kinds = [self.possible[place].record.kind for place in comes], [self.possible[place].record.kind for place in goes]
            yield Option(
                value, label, self._ids(comes), self._ids(goes), due,
                option_text(self.plan, label, *kinds, due),
            )  # fmt: skip

    def _ids(self, places: Iterable[int]) -> tuple[DecisionId, ...]:
        return tuple(sorted(self.possible[place].id for place in places))
