"""A whole explained decision: from one event that tells everything of one person to an answer with its reasons."""

from __future__ import annotations

import random
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice

from tests.benchmarks.measuring import Taken, timed
from tests.benchmarks.neutral import START

from samverkan.case.case import Case
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide
from samverkan.decide.events import About, Event
from samverkan.decide.matching import Matcher
from samverkan.plan.model import Plan


def events(plan: Plan, seed: int) -> Iterator[Event]:
    """Events of which each tells of a person all that can be known: new states without end."""
    chance = random.Random(seed)
    values = {name: sorted(fact.values) for name, fact in plan.facts.items()}
    number = 0
    while True:
        number += 1
        facts = tuple((name, chance.choice(those)) for name, those in values.items())
        yield Event(f"e{number}", START, START, type="met", about=About("P1", role="subject"), facts=facts)


class Explaining:
    """Decides on new states each time, with one matcher."""

    def __init__(self, plan: Plan, matcher: Matcher, seed: int = 11) -> None:
        self.plan = plan
        self.matcher = matcher
        self._events = events(plan, seed)
        self.one(next(self._events))

    def one(self, event: Event) -> object:
        """From the event to the answer."""
        return decide(self.plan, [event], event.at, self.matcher)

    def measure(self, count: int) -> Taken:
        """What `count` decisions take."""
        return timed(self.one, list(islice(self._events, count)))

    def fire(self, count: int) -> Taken:
        """What it takes to fire the event at a new case: admission, and what the event changed, on top of the answer."""
        case = Case(self.plan)
        return timed(case.fire, list(islice(self._events, count)))

    def checksum(self, count: int, seed: int = 12) -> str:
        """A digest of the whole canonical answers to some events."""
        digest = sha256()
        for event in islice(events(self.plan, seed), count):
            digest.update(canonical(answer_to_json(decide(self.plan, [event], event.at, self.matcher), self.plan)).encode())
        return digest.hexdigest()[:16]
