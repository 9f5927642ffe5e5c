"""The order of questions needs hardly more of them than the best one (3.g): tried on small plans, every way of asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tests.case.completing import Trying
from tests.generators.asking import told

from samverkan.case.dueness import Dueness, Possible
from samverkan.case.questions import order_of, replay_before
from samverkan.case.relevance import Relevance
from samverkan.case.weighing import Weighing

Given = tuple[tuple[int, int], ...]
"""What has been answered: variables with codes."""
Strategy = Callable[["Asking", Given], Iterable[int]]
"""Which of the facts that matter still may be asked next."""
MOST_FACTS = 5


@dataclass
class Asking:
    """One part of a case, its decisions and facts."""

    dueness: Dueness
    possible: list[Possible]
    as_of: datetime

    def after(self, given: Given) -> tuple[Relevance, list[Possible], dict[int, list[int]]]:
        """What is left to know where that has been answered."""
        found = []
        for one in self.possible:
            where = one.where
            for variable, code in given:
                where = self.dueness.diagrams.given(where, variable, code)
            found.append(Possible(one.id, where, one.record, one.rule))
        relevance = Relevance(self.dueness.completions, dict(given))
        return relevance, found, relevance.by_variable([one.where for one in found])

    def expected(self, strategy: Strategy, given: Given = (), done: dict[Given, float] | None = None) -> float:
        """How many questions it takes until nothing is left to know, on the mean of all that may be answered."""
        done = {} if done is None else done
        if given not in done:
            relevance, _, depends = self.after(given)
            counts = []
            for variable in strategy(self, given) if depends else ():
                codes = relevance.answers(variable)
                left = [self.expected(strategy, tuple(sorted((*given, (variable, code)))), done) for code in codes]
                counts.append(1 + sum(left) / len(left))
            done[given] = min(counts, default=0.0)
        return done[given]


def any_way(asking: Asking, given: Given) -> list[int]:
    return list(asking.after(given)[2])


def in_our_order(asking: Asking, given: Given) -> list[int]:
    relevance, possible, depends = asking.after(given)
    return order_of(relevance, Weighing(asking.dueness, possible, asking.as_of), possible, depends)[:1]


def askings(seeds: Iterable[int]) -> Iterable[Asking]:
    """Parts of small cases in which a few facts matter."""
    for seed in seeds:
        story = told(seed, most_facts=5)
        trying = Trying(story.plan, story.events, story.as_of)
        for part in trying.islands.parts.values():
            replay = replay_before(part, trying.at)
            if replay is not None:
                dueness = Dueness(replay, trying.at)
                asking = Asking(dueness, dueness.possible(), story.as_of)
                if 2 <= len(any_way(asking, ())) <= MOST_FACTS:
                    yield asking


def test_the_order_needs_hardly_more_questions_than_the_best_one() -> None:
    ratios = []
    for asking in askings(range(120)):
        best, ours = asking.expected(any_way), asking.expected(in_our_order)
        assert ours >= best - 1e-9
        ratios.append(ours / best)
    assert len(ratios) > 40
    assert sum(ratios) / len(ratios) <= 1.1
