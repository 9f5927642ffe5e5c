"""The questions of a case: which facts to find out, why, what hangs on each answer, whom to ask, and in what order (3.c–3.g).

A fact is asked just where, in some completion of what else isn't known, its value changes what is due. What protects soonest comes
first, then what settles most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samverkan.case.completing import Asked
from samverkan.case.dueness import Dueness, Possible
from samverkan.case.question_words import option_text, question_text, urgency_text, why_text
from samverkan.case.relevance import Relevance
from samverkan.case.weighing import LATER_THAN_ALL, Pressing, Weighing, left_after
from samverkan.decide.answer import DecisionId, Due
from samverkan.decide.islands import Islands, Part
from samverkan.decide.replay import Replay
from samverkan.decide.timing import goes_on
from samverkan.decide.without_value import without_value
from samverkan.plan.answers import NO_VALUE, NOT_KNOWN
from samverkan.plan.model import Plan
from samverkan.plan.plain import Plain


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Option(Plain):
    """One answer, and what hangs on it as things are now known.

    Attributes:
        value: a value of the fact, or `vet_inte`, `vill_inte_svara`, `ej_tillampligt`.
        label: the same in Swedish.
        comes: the decisions that become due or are to be asked for first.
        goes: those that no longer are.
        first: the earliest deadline of those that come.
        text: what hangs on it, in words.
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

    Attributes:
        subject: whom or what it is about.
        fact: the fact.
        text: the question, in Swedish.
        rules: the rules that wait for it, most pressing first.
        why: the same in words.
        options: the answers that can be, with what hangs on each, and the three without a value.
        urgent: the deadline of the most pressing thing that an answer can make due, alone or with others.
        strength: how strict that is.
        urgency: the same in words.
        sensitive: from 0 to 3.
        ask_whom: who may know, the least intrusive first: `file`, `colleague`, `person`.
        answered: what was answered before without a value; only where that was asked for.
    """

    subject: str
    fact: str
    text: str
    rules: tuple[str, ...]
    why: str
    options: tuple[Option, ...]
    urgent: Due | None
    strength: str | None
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
"""Where a question stands: how pressing it is, how much it leaves to be asked, how sensitive; subject, place of the fact."""


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
    left = _left(relevance, possible, depends)
    asking = _Asking(dueness, relevance, possible, weighing)
    places = {fact: number for number, fact in enumerate(replay.prepared.plan.facts)}
    for variable, rests in depends.items():
        subject, fact = dueness.completions.asked[variable]
        said = without_value(replay.judge.world, subject, fact)
        if said is not None and not (include_asked and said == NOT_KNOWN):
            continue
        question, pressing = asking.question(variable, rests, said)
        yield (pressing, left[variable], question.sensitive, subject, places[fact]), question


def order_of(
    relevance: Relevance, weighing: Weighing, possible: Sequence[Possible], depends: Mapping[int, Sequence[int]]
) -> list[int]:
    """The variables of `depends` in the order in which they are asked, but for who and what is alike in all else (3.g)."""
    asking = _Asking(weighing.dueness, relevance, possible, weighing)
    left = _left(relevance, possible, depends)
    return sorted(depends, key=lambda variable: (asking.pressing(variable, depends[variable]), left[variable], variable))


def _left(relevance: Relevance, possible: Sequence[Possible], depends: Mapping[int, Sequence[int]]) -> dict[int, float]:
    rests_on = {variable: [possible[place].where for place in rests] for variable, rests in depends.items()}
    return left_after(relevance.diagrams, rests_on, relevance.answers)


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
        fact, pressing = self.plan.facts[asked[1]], self.weighing.pressing
        changes = {code: self._changes(variable, code, rests) for code in self.relevance.answers(variable)}
        coming = self._coming(rests, changes.values())
        first = coming[0][1] if coming else None
        in_order = dict.fromkeys([place for _, place in coming] + sorted(rests, key=pressing))
        rules = tuple(dict.fromkeys(rule.id for place in in_order if (rule := self.possible[place].rule) is not None))
        values = list(fact.values.items())
        options = [self._option(*values[code - 1], *those) for code, those in changes.items()]
        due = self.weighing.due(first) if first is not None else None
        in_force = first is not None and goes_on(self.possible[first].record)
        question = FactQuestion(
            subject=asked[0],
            fact=fact.id,
            text=question_text(fact),
            rules=rules,
            why=why_text(self.plan, rules),
            options=(*options, *(Option(value, label) for value, label in NO_VALUE.items())),
            urgent=due,
            strength=self.possible[first].record.strength if first is not None else None,
            urgency=urgency_text(self.plan, due, comes=first is not None, in_force=in_force),
            sensitive=fact.sensitive,
            ask_whom=fact.ask_whom,
            answered=said,
        )
        return question, coming[0][0] if coming else LATER_THAN_ALL

    def pressing(self, variable: int, rests: Sequence[int]) -> Pressing:
        """How pressing a question is."""
        coming = self._coming(rests, [self._changes(variable, code, rests) for code in self.relevance.answers(variable)])
        return coming[0][0] if coming else LATER_THAN_ALL

    def _coming(
        self, rests: Sequence[int], changes: Iterable[tuple[Sequence[int], Sequence[int]]]
    ) -> list[tuple[Pressing, int]]:
        """The decisions that an answer can make due, the most pressing first: alone before together with others."""
        alone = {place for comes, _ in changes for place in comes}
        return sorted((self.weighing.pressing(place, place in alone), place) for place in rests if not self._due_now[place])

    def _changes(self, variable: int, code: int, rests: Iterable[int]) -> tuple[list[int], list[int]]:
        """The places of the decisions that an answer alone makes due, and of those that it ends."""
        holds, codes = self.dueness.diagrams.holds, {variable: code}
        then: dict[int, bool] = {}
        comes: list[int] = []
        goes: list[int] = []
        for place in rests:
            where = self.possible[place].where
            due = then.get(where)
            if due is None:
                due = then[where] = holds(where, codes)
            if due != self._due_now[place]:
                (comes if due else goes).append(place)
        return comes, goes

    def _option(self, value: str, label: str, comes: Sequence[int], goes: Sequence[int]) -> Option:
        first = min(comes, key=self.weighing.pressing, default=None)
        due = self.weighing.due(first) if first is not None else None
        text = option_text(self.plan, label, self._kinds(comes), self._kinds(goes), due)
        return Option(value, label, self._ids(comes), self._ids(goes), due, text)

    def _kinds(self, places: Iterable[int]) -> list[str]:
        return [self.possible[place].record.kind for place in places]

    def _ids(self, places: Iterable[int]) -> tuple[DecisionId, ...]:
        return tuple(sorted(self.possible[place].id for place in places))
