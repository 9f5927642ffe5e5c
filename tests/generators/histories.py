"""Random histories for a random plan: few persons, coarse times (so that equal instants happen), late news, corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from tests.generators.plans import plans
from tests.generators.show import show
from tests.generators.staples import TOLD
from tests.generators.threads import threads
from tests.generators.words import stated
from tests.oracle import oracle_decide

from samverkan.decide.answer import DecisionId
from samverkan.decide.events import About, Event, Mark, MarkKind
from samverkan.plan.model import CASE, OPERATION, PERSON, EventType, Measure, Plan, Rule

ZONE = ZoneInfo("Europe/Stockholm")


def local(day: str, clock: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE, fold=fold).astimezone(UTC)


# Around the night when summer time ends (27 October 2024, 03:00 → 02:00), a weekend, midnights, and days before Christmas.
TIMES = (
    local("2024-10-25", "09:00"),
    local("2024-10-26", "00:00"),
    local("2024-10-26", "21:10"),
    local("2024-10-26", "21:20"),
    local("2024-10-27", "00:00"),
    local("2024-10-27", "02:30"),
    local("2024-10-27", "02:30", fold=1),
    local("2024-10-27", "03:00"),
    local("2024-10-28", "00:00"),
    local("2024-10-28", "10:00"),
    local("2024-10-29", "16:30"),
    local("2024-11-09", "00:00"),
    local("2024-11-11", "00:00"),
    local("2024-12-23", "15:00"),
    local("2024-12-24", "00:00"),
)
# Ends of summer time, of a year, and the night when summer time begins (30 March 2025, 02:00 → 03:00).
LATER = (
    local("2024-10-27", "23:59"),
    local("2024-11-01", "12:00"),
    local("2024-11-12", "00:00"),
    local("2024-12-27", "00:00"),
    local("2025-01-07", "12:00"),
    local("2025-03-30", "01:59"),
    local("2025-03-30", "03:00"),
)
OFFENCES = (
    local("2024-06-21", "12:00"),
    local("2024-10-26", "00:00"),
    local("2024-10-27", "00:00"),
    local("2024-10-28", "00:00"),
)
PERSONS = ("P1", "P2", "P3")
SOMEBODY = ("P1", "P1", "P1", "P2", "P3")
# Who stands at an end, mostly so that two relations share somebody.
AT_END = {
    "kop": ("P2", "P2", "P3", "P1", None),
    "sal": ("P1", "P1", "P2", None),
    "elder": ("P1", "P2", None),
    "younger": ("P3", "P1", None),
}
THINGS = {"deal": ("K1", "K2"), "kin": ("Y1",), OPERATION: ("O1",), CASE: (CASE,)}


@dataclass(frozen=True, repr=False)
class Case:
    """A plan, what happened, and now: printed as a story, so that a shrunk failure can be read."""

    plan: Plan
    events: tuple[Event, ...]
    as_of: datetime

    def __repr__(self) -> str:
        return "\n" + show(self.plan, self.events, self.as_of)

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:  # noqa: ARG002 - hypothesis asks for it so
        printer.text(repr(self))


def chance(draw: st.DrawFn, one_in: int) -> bool:
    """True once in so many draws; shrinks to False."""
    return draw(st.integers(0, one_in - 1)) == one_in - 1


# ---------------------------------------------------------------------------------------------------------- events


def _about(draw: st.DrawFn, plan: Plan, kind: EventType) -> About:
    if kind.about == PERSON:
        role: str | None = None
        if kind.begins or kind.ends_role or (kind.introduces and not chance(draw, 4)):
            role = kind.role or draw(st.sampled_from(["sal", "sal", "kop"]))
        return About(draw(st.sampled_from(SOMEBODY)), PERSON, role)
    subject = draw(st.sampled_from(THINGS[kind.about]))
    if kind.about not in plan.relations:
        return About(subject, kind.about)
    ends = [
        draw(st.sampled_from(AT_END[end])) if kind.introduces or end in kind.names else None
        for end in plan.relations[kind.about].ends
    ]
    return About(subject, kind.about, ends=tuple(ends) if any(ends) else ())


def _facts(draw: st.DrawFn, kind: EventType) -> tuple[tuple[str, str], ...]:
    return tuple((says.path, draw(st.sampled_from(stated(says)))) for says in kind.says if chance(draw, 2))


def happening(draw: st.DrawFn, plan: Plan, event_id: str, at: datetime, known_at: datetime, kinds: list[EventType]) -> Event:
    kind = draw(st.sampled_from(kinds))
    event = Event(event_id, at, known_at, type=kind.id, about=_about(draw, plan, kind), facts=_facts(draw, kind))
    if kind.consent is not None:
        telling: str | None = draw(st.sampled_from(["identity", "circumstances"]))
        if kind.consent != "given" and chance(draw, 2):
            telling = None
        wanted = {measure.allowed_consent for _, measure in _measures(plan) if measure.allowed_consent is not None}
        recipient = draw(st.sampled_from(sorted(wanted) or ["soc"]))
        event = replace(event, recipient=recipient, telling=telling)
    if kind.consent == "given" and chance(draw, 3):
        event = replace(event, until=draw(st.sampled_from(TIMES[4:] + LATER)))
    if kind.about == "deal" and chance(draw, 3):
        event = replace(event, offence_at=draw(st.sampled_from(OFFENCES)))
    if kind.about == PERSON and chance(draw, 12):
        assert event.about is not None
        others = [person for person in PERSONS if person != event.about.subject]
        event = replace(event, same_as=draw(st.sampled_from(others)))
    return event


# ----------------------------------------------------------------------------------------------------------- marks


def _subjects(rule: Rule, measure: Measure) -> tuple[str, ...]:
    if rule.of == PERSON or (measure.about is not None and not measure.keep_relation):
        return SOMEBODY
    return THINGS[rule.of]


def _occurrences(plan: Plan, rule: Rule, subject: str, before: list[Event]) -> list[str]:
    """Names of occurrences that the rule may have: of events and marks so far, or a decision that may have passed."""
    if rule.each is None:
        return []
    if rule.each.kind == "event":
        return [event.id for event in before if event.type == rule.each.event]
    if rule.each.kind == "accepted":
        return [event.id for event in before if event.mark is not None and event.mark.kind == "accepted"]
    assert rule.each.ref is not None
    passing = plan.rules[rule.each.ref.rule]
    measure = passing.measure(rule.each.ref.measure)
    assert measure is not None
    below = _occurrences(plan, passing, subject, before) or [""]
    return [str(DecisionId(passing.id, measure.id, subject, bearer, occurrence)) for bearer in measure.who for occurrence in below]


def _measures(plan: Plan) -> list[tuple[Rule, Measure]]:
    found: list[tuple[Rule, Measure]] = []
    for rule in plan.rules.values():
        for measure in rule.then:
            found.append((rule, measure))
            if measure.if_refused is not None:
                found.append((rule, measure.if_refused))
    return found


def mark_on(draw: st.DrawFn, plan: Plan, event_id: str, at: datetime, known_at: datetime, before: list[Event]) -> Event:
    """A mark: mostly on a decision that the events so far have made, else on one that may come or never does."""
    shown: list[DecisionId] = []
    if not chance(draw, 5):
        shown = sorted(oracle_decide(plan, before, draw(st.sampled_from((at, *LATER)))).decisions)
    decision = draw(st.sampled_from(shown)) if shown else _guess(draw, plan, before)
    rule = plan.rules.get(decision.rule)
    measure = rule.measure(decision.measure.split(":")[0]) if rule is not None else None
    kind: MarkKind = draw(st.sampled_from(["done", "done", "done", "acknowledged"]))
    if measure is not None and measure.kind == "offer":
        kind = draw(st.sampled_from(["accepted", "accepted", "declined", "done"]))
    elif chance(draw, 15):
        kind = draw(st.sampled_from(["accepted", "declined"]))
    several = measure is not None and len(measure.who) > 1
    bearer = decision.bearer if several != chance(draw, 12) else None
    occurrence = decision.occurrence or None
    if chance(draw, 2):
        occurrence = None
    mark = Mark(kind, decision.rule, decision.measure, decision.subject, bearer, occurrence)
    return Event(event_id, at, known_at, mark=mark, reason="fara" if chance(draw, 2) else None)


def _guess(draw: st.DrawFn, plan: Plan, before: list[Event]) -> DecisionId:
    rule, measure = draw(st.sampled_from(_measures(plan)))
    subject = draw(st.sampled_from(_subjects(rule, measure)))
    occurrence = draw(st.sampled_from(_occurrences(plan, rule, subject, before) or [""]))
    decision = DecisionId(rule.id, measure.id, subject, draw(st.sampled_from(measure.who)), occurrence)
    if not chance(draw, 4):
        return decision
    if measure.allowed_consent is not None:
        return decision._replace(rule="samtycke", measure=f"ask:{measure.allowed_consent}", occurrence="")
    return decision._replace(measure=f"{measure.id}:correction")


# ------------------------------------------------------------------------------------------------------- histories


def introductions(plan: Plan) -> list[EventType]:
    return [kind for kind in plan.events.values() if kind.introduces]


def _when(draw: st.DrawFn, times: tuple[datetime, ...]) -> tuple[datetime, datetime]:
    at = draw(st.sampled_from(times))
    if not chance(draw, 5):
        return at, at
    known_at = draw(st.sampled_from(TIMES + LATER))
    return at, max(at, known_at)


def revised(draw: st.DrawFn, plan: Plan, events: list[Event], times: tuple[datetime, ...] = TIMES + LATER) -> Event:
    """A higher revision of something, known later (or at once): taken back, re-dated, or told anew."""
    old = draw(st.sampled_from(events))
    revision = max(event.revision for event in events if event.id == old.id) + 1
    known_at = draw(st.sampled_from([time for time in times if time >= old.known_at]))
    how = draw(st.sampled_from(["void", "void", "date", "content"]))
    if how == "void":
        return Event(old.id, known_at, known_at, revision=revision, void=True)
    again = replace(old, revision=revision, known_at=known_at, at=min(old.at, known_at))
    if how == "date":
        return replace(again, at=draw(st.sampled_from([time for time in TIMES if time <= known_at])))
    if old.type is not None:
        return replace(again, facts=_facts(draw, plan.events[old.type]))
    return again


def _thread(draw: st.DrawFn, plan: Plan) -> list[Event]:
    """A thread of the story, its steps mostly one after another in time."""
    steps = draw(threads(plan))
    events: list[Event] = []
    first = 0
    for number, step in enumerate(steps, 1):
        first = draw(st.integers(first, len(TIMES) - 1)) if not chance(draw, 8) else 0
        at, known_at = _when(draw, TIMES[first : first + 1])
        if step.takes_back:
            old = events[-step.takes_back]
            known_at = max(known_at, old.known_at)
            events.append(Event(old.id, known_at, known_at, revision=2, void=True))
        else:
            events.append(
                Event(
                    f"t{number}",
                    at,
                    known_at,
                    type=step.type,
                    about=step.about,
                    facts=step.facts,
                    mark=step.mark,
                    recipient=step.recipient,
                    telling=step.telling,
                )
            )
    return events


@st.composite
def histories(draw: st.DrawFn, plan: Plan, most: int = 12) -> tuple[Event, ...]:
    """One to `most` events (and revisions of them) for a plan, in no particular order of time."""
    events = _thread(draw, plan)
    # Shrinks to few, but seldom draws few: what is interesting takes a while to happen.
    counts = [number for number in (1, 8, 7, 6, 5, 4, 3, 2) if number <= most - len(events)]
    telling = telling_of(plan)
    for number in range(1, (draw(st.sampled_from(counts)) if counts else 0) + 1):
        event_id = f"e{number}"
        at, known_at = _when(draw, TIMES[:6] if number <= 2 else TIMES)
        if not events or number <= 2:
            events.append(happening(draw, plan, event_id, at, known_at, introductions(plan)))
        elif chance(draw, 5):
            events.append(revised(draw, plan, events))
        elif chance(draw, 3):
            at, known_at = _when(draw, TIMES[2:])
            events.append(mark_on(draw, plan, event_id, at, known_at, events))
        else:
            kinds = list(plan.events.values()) if not telling or chance(draw, 3) else telling
            events.append(happening(draw, plan, event_id, at, known_at, kinds))
    return tuple(events)


def telling_of(plan: Plan) -> list[EventType]:
    """The event types that matter most to this plan's rules."""
    found = [rule.each.event for rule in plan.rules.values() if rule.each is not None and rule.each.event is not None]
    found += [event for rule in plan.rules.values() for event in TOLD.get(rule.id, ())]
    if any(measure.allowed_consent for _, measure in _measures(plan)):
        found += ["consented", "refused", "withdrew", "wished"]
    return [plan.events[event] for event in found]


@st.composite
def cases(
    draw: st.DrawFn, most_rules: int = 8, most_events: int = 12, plan: Callable[[int], st.SearchStrategy[Plan]] = plans
) -> Case:
    """A plan, a history for it, and an as_of: at a time of the list, just before or after one, or much later."""
    drawn = draw(plan(most_rules))
    events = draw(histories(drawn, most_events))
    as_of = draw(st.sampled_from((*TIMES[6:], *LATER)))
    nudge = draw(st.sampled_from([0, 0, 0, -1, 1, 3600, 86400]))
    return Case(drawn, events, as_of + timedelta(seconds=nudge))
