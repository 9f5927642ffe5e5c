"""Random histories in the order in which a living case is told of them: mostly as time goes, some late, doubled or taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from tests.generators.histories import (
    LATER,
    PERSONS,
    TIMES,
    chance,
    happening,
    introductions,
    local,
    mark_on,
    revised,
    telling_of,
)
from tests.generators.plans import plans
from tests.generators.show import show_event, show_plan, show_time
from tests.generators.threads import threads

from samverkan.decide.admission import check_event
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event, Mark, MarkKind
from samverkan.plan.model import PERSON, Plan

# The times of the other histories, and some far off: every deadline has passed when the next thing happens.
CLOCK = tuple(sorted({*TIMES, *LATER, local("2025-06-06", "12:00"), local("2026-01-06", "00:00"), local("2031-12-24", "15:00")}))


@dataclass(frozen=True, repr=False)
class Told:
    """A plan and what a case is told, one after another; after each, an instant at which the case is asked."""

    plan: Plan
    events: tuple[Event, ...]
    asked: tuple[datetime, ...]

    def __repr__(self) -> str:
        lines = ["", show_plan(self.plan), "— told in this order:"]
        for number, (event, asked) in enumerate(zip(self.events, self.asked, strict=True)):
            lines.append(f"{number}: {show_event(self.plan, event)}   — asked {show_time(self.plan, asked)}")
        return "\n".join(lines)

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:  # noqa: ARG002 - hypothesis asks for it so
        printer.text(repr(self))


class _Teller:
    """Tells one thing after another; `place` is how far along the clock the case has come."""

    def __init__(self, draw: st.DrawFn, plan: Plan) -> None:
        self.draw, self.plan, self.place = draw, plan, 0
        self.events: list[Event] = []
        self.kinds = telling_of(plan) or list(plan.events.values())

    def tell(self, event: Event) -> None:
        """One more event, unless the door would refuse it even of a feed or it says another thing under an id already told."""
        try:
            check_event(self.plan, event, strict=False)
        except EventError:
            return
        if all((e.id, e.revision) != (event.id, event.revision) or e == event for e in self.events):
            self.events.append(event)

    def when(self) -> tuple[datetime, datetime]:
        """Where the clock has come to, or it goes on; one time in four it is about what was before, known then or now."""
        step = self.draw(st.sampled_from([1, 1, 0, 2, 3, 6]))
        self.place = min(self.place + step, len(CLOCK) - 1)
        now = CLOCK[self.place]
        if not chance(self.draw, 4):
            return now, now
        at = self.draw(st.sampled_from(CLOCK[: self.place + 1]))
        return at, self.draw(st.sampled_from([now, at]))

    # -- what may come next ------------------------------------------------------------------------------------------------

    def introduce(self, number: int) -> None:
        self.tell(happening(self.draw, self.plan, f"i{number}", *self.when(), introductions(self.plan)))

    def happen(self, number: int) -> None:
        kinds = self.kinds if not chance(self.draw, 3) else list(self.plan.events.values())
        self.tell(happening(self.draw, self.plan, f"e{number}", *self.when(), kinds))

    def mark(self, number: int) -> None:
        self.tell(mark_on(self.draw, self.plan, f"m{number}", *self.when(), self.events))

    def learn(self, number: int) -> None:
        """Something that is learnt only now, long after."""
        _, now = self.when()
        at = min(now, self.draw(st.sampled_from(CLOCK[: self.place // 2 + 1])))
        self.tell(happening(self.draw, self.plan, f"l{number}", at, now, self.kinds))

    def answer(self, number: int) -> None:
        """A yes or a no to an offer, where the plan has any."""
        offers = [(rule, measure) for rule in self.plan.rules.values() for measure in rule.then if measure.kind == "offer"]
        if not offers:
            self.mark(number)
            return
        rule, measure = self.draw(st.sampled_from(offers))
        bearer = self.draw(st.sampled_from(measure.who)) if len(measure.who) > 1 else None
        subject = "P1" if rule.of == PERSON or (not measure.keep_relation and measure.about) else "K1"
        kind: MarkKind = self.draw(st.sampled_from(["declined", "accepted"]))
        at, known_at = self.when()
        self.tell(Event(f"a{number}", at, known_at, mark=Mark(kind, rule.id, measure.id, subject, bearer)))

    def consent(self, number: int) -> None:
        kinds = [self.plan.events[name] for name in ("consented", "consented", "refused", "withdrew", "wished")]
        self.tell(happening(self.draw, self.plan, f"c{number}", *self.when(), kinds))

    def take_back(self, _: int) -> None:
        """Something in the middle never was: known now, or known at an instant that has been."""
        old = self.draw(st.sampled_from(self.events))
        revision = max(event.revision for event in self.events if event.id == old.id) + 1
        known_at = max(old.known_at, self.when()[1])
        self.tell(Event(old.id, known_at, known_at, revision=revision, void=True))

    def correct(self, _: int) -> None:
        self.tell(revised(self.draw, self.plan, self.events, CLOCK))

    def join(self, number: int) -> None:
        """Two persons turn out to be one."""
        one, other = self.draw(st.permutations(PERSONS))[:2]
        at, known_at = self.when()
        self.tell(Event(f"j{number}", at, known_at, type="reported", about=About(one, PERSON), same_as=other))

    def repeat(self, _: int) -> None:
        self.events.append(self.draw(st.sampled_from(self.events)))

    def go_on(self, number: int) -> None:
        """The next thing that happens to somebody else, unrelated or not."""
        event = happening(self.draw, self.plan, f"o{number}", *self.when(), [self.plan.events["met"], self.plan.events["moved"]])
        if event.about is not None:
            self.tell(replace(event, about=replace(event.about, subject=self.draw(st.sampled_from(("P2", "P3"))))))

    def follow(self) -> None:
        """A thread of the story, step by step."""
        for number, step in enumerate(self.draw(threads(self.plan)), 1):
            at, known_at = self.when()
            if step.takes_back and step.takes_back <= len(self.events):
                old = self.events[-step.takes_back]
                known_at = max(known_at, old.known_at)
                self.tell(Event(old.id, known_at, known_at, revision=old.revision + 1, void=True))
            elif not step.takes_back:
                said = Event(f"t{number}", at, known_at, type=step.type, about=step.about, facts=step.facts, mark=step.mark)
                self.tell(replace(said, recipient=step.recipient, telling=step.telling))


@st.composite
def deliveries(draw: st.DrawFn, most: int = 9, plan: Callable[[int], st.SearchStrategy[Plan]] = plans) -> Told:
    """What a case under a random plan is told, and when it is asked."""
    teller = _Teller(draw, draw(plan(6)))
    for number in range(draw(st.sampled_from([2, 1, 3]))):
        teller.introduce(number)
    teller.follow()
    steps = [teller.happen] * 4 + [teller.mark] * 4 + [teller.consent, teller.take_back, teller.answer, teller.learn] * 2
    steps += [teller.correct, teller.join, teller.repeat, teller.introduce, teller.go_on]
    for number in range(10, 10 + draw(st.sampled_from([6, 1, 2, 3, 4, 5, 7, most]))):
        step = draw(st.sampled_from(steps))
        if teller.events or step in (teller.happen, teller.consent, teller.introduce, teller.go_on):
            step(number)
    asked = [draw(st.sampled_from(CLOCK)) + timedelta(seconds=draw(st.sampled_from([0, 0, -1, 3600]))) for _ in teller.events]
    return Told(teller.plan, tuple(teller.events), tuple(asked))
