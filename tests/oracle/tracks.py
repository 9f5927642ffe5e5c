"""What the replay remembers of every decision, and what its identity says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tests.oracle.world import World

from samverkan.decide.answer import DecisionId
from samverkan.plan.model import PERSON, Measure, Plan, Rule, Unit

CONSENT_RULE = "samtycke"
"""6.b: the rule of every `ask:<recipient>`."""

Spell = tuple[datetime, datetime | None]
"""5.c: from when it was shown until when it wasn't (None: still)."""


@dataclass(frozen=True, slots=True)
class Run:
    """5.f: a stretch of instants through which a decision was shown as `due` without a break.

    `waited`: it had been `ask_first` in the same spell, so that its deadline runs from `start` (6.c).
    """

    start: datetime
    end: datetime | None
    spell: datetime
    waited: bool


@dataclass(frozen=True, slots=True)
class Track:
    """A decision as replayed up to an instant.

    `grounds`: the rule's subjects that ground it (last did). `waiting`: of an ask, the measures that wait (last did);
    `ever_waiting`: all that did in its last spell.
    """

    id: DecisionId
    status: str
    spells: tuple[Spell, ...]
    runs: tuple[Run, ...]
    waited: bool
    grounds: frozenset[str] = frozenset()
    waiting: frozenset[DecisionId] = frozenset()
    ever_waiting: frozenset[DecisionId] = frozenset()

    @property
    def is_shown(self) -> bool:
        return self.spells[-1][1] is None

    @property
    def run(self) -> Run | None:
        """The run that goes on."""
        return self.runs[-1] if self.runs and self.runs[-1].end is None else None


@dataclass(frozen=True)
class Moment:
    """An instant of the replay: what is known at it, and the decisions as replayed so far (this instant included).

    `moment_at` finds the moment of an earlier instant, as it was shown then.
    """

    plan: Plan
    k: datetime
    world: World
    world_at: Callable[[datetime], World]
    moment_at: Callable[[datetime], Moment]
    tracks: Mapping[DecisionId, Track]

    def on_call(self, unit: Unit, t: datetime) -> bool:
        """7.d: whether a `continuing` on-call decision that is in force at t binds the unit, as one of its bearer's."""
        return any(
            is_on_call(self.plan, track.id)
            and track.id.bearer in unit.functions
            and any(run.start <= t and (run.end is None or t < run.end) for run in track.runs)
            for track in self.tracks.values()
        )


def kind_of(decision: DecisionId) -> str:
    """`ask`, `correction`, `consent_ended`, or `measure`."""
    if decision.rule == CONSENT_RULE:
        return "ask"
    _, *generated = decision.measure.split(":")
    if not generated:
        return "measure"
    return {"correction": "correction", "consent-ended": "consent_ended"}[generated[0]]


def named_unit(decision: DecisionId) -> str | None:
    """5.i: the unit that a correction or the end of a consent names; None where it is the one told first."""
    generated = decision.measure.split(":")[1:]
    return generated[1] if len(generated) == 2 and decision.rule != CONSENT_RULE else None


def rule_of(plan: Plan, decision: DecisionId) -> Rule:
    return plan.rules[decision.rule]


def measure_of(plan: Plan, decision: DecisionId) -> Measure:
    """The measure of the plan that a decision is, corrects, or tells the end of the consent for."""
    measure = rule_of(plan, decision).measure(decision.measure.split(":")[0])
    assert measure is not None
    return measure


def is_on_call(plan: Plan, decision: DecisionId) -> bool:
    if kind_of(decision) != "measure":
        return False
    measure = measure_of(plan, decision)
    return measure.continuing and measure.kind == "perform" and plan.acts[measure.object].opens


def decision_subject(world: World, rule: Rule, measure: Measure, subject: str) -> str | None:
    """5.a: the subject of a rule's decision: with `about` the person at that end, None while that end isn't known.

    With `each relation` the relation stays the subject, but its end must be known all the same.
    """
    if measure.about is None or rule.of == PERSON:
        return subject
    who = world.at_end(subject, measure.about)
    return subject if measure.keep_relation and who is not None else who


def is_about_person(rule: Rule, measure: Measure) -> bool:
    """Whether the decision's subject is a person."""
    return rule.of == PERSON or (measure.about is not None and not measure.keep_relation)


def person_of(world: World, rule: Rule, measure: Measure, subject: str) -> str | None:
    """The person whom a decision is about: its subject, or whoever stands at the `about` end of the relation that it keeps."""
    if is_about_person(rule, measure):
        return subject
    return world.at_end(subject, measure.about) if measure.about is not None and subject in world.things else None


def rule_subjects(world: World, rule: Rule, measure: Measure, subject: str) -> list[str]:
    """The rule's subjects whose decision this is: the relations at whose `about` end the person stands, or the subject itself."""
    if rule.of != PERSON and is_about_person(rule, measure):
        assert measure.about is not None
        return [relation for relation in world.relations(rule.of) if world.at_end(relation, measure.about) == subject]
    return [subject]


def is_left(world: World, plan: Plan, decision: DecisionId) -> bool:
    """1.d, 5.j: whether a decision is about a person who is now read as another."""
    personal = kind_of(decision) == "ask" or is_about_person(rule_of(plan, decision), measure_of(plan, decision))
    return personal and world.person(decision.subject) != decision.subject
