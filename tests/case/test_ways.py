"""The smallest sets of facts that would make a rule hold are just those that trying everything finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.case.supposing import expanded, readable, smallest_by_trying
from tests.generators import Case as Drawn
from tests.generators import cases, plan_of
from tests.generators.histories import OFFENCES, TIMES
from tests.generators.plans import LONG_AGO, conditions
from tests.generators.words import CONCLUSIONS, FACTS, stated

from samverkan.case.hindrances import Light, occurs
from samverkan.case.ways import smallest
from samverkan.decide.deciding import standing_of
from samverkan.decide.events import About, Event
from samverkan.decide.prepared import compiled, prepared
from samverkan.decide.replay import Replay
from samverkan.plan.model import PERSON, Atom, Condition, Measure, Override, Plan, Rule

MEASURE = Measure("m", "must", "inform", "info", ("pol",))
RULE = Rule("r", "pol", "r", "r", "fas", "assumed", PERSON, None, Condition(), (), (MEASURE,), ("lag/p1",), LONG_AGO)
DENSELY = settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
QUICK = settings(max_examples=30, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
MOST = 2
FEW = 7
"""Of so many facts sets of three are tried as well."""


def event(
    name: str, kind: str, about: About, at: datetime = TIMES[0], facts: tuple[tuple[str, str], ...] = (), **more: datetime
) -> Event:
    return Event(name, at, at, type=kind, about=about, facts=facts, **more)  # type: ignore[arg-type]


def light_of(drawn: Drawn) -> Light:
    """The drawn case at its time."""
    ready = prepared(drawn.plan)
    replay = Replay(ready, compiled(ready))
    replay.deliver(drawn.events)
    replay.advance(drawn.as_of)
    standing = standing_of(replay)
    return Light(standing, standing.moment.judge, standing.moment.k)


RELATED = (
    event("i1", "met", About("P1", PERSON, "sal")),
    event("i2", "met", About("P2", PERSON, "kop")),
    event("i3", "caught", About("K1", "deal", ends=("P2", "P1")), offence_at=OFFENCES[0]),
    event("i4", "caught", About("K2", "deal", ends=("P2", "P3"))),
    event("i5", "caught", About("K3", "deal", ends=(None, "P1"))),
    event("i6", "kinned", About("Y1", "kin", ends=("P1", "P3")), facts=(("close", "yes"),)),
)
"""Three persons, one of whom stands in several relations."""
TELLING = ("met", "aged", "moved", "located", "suspected", "cleared", "wished", "named", "paid_said")
AS_OF = TIMES[-1]


@st.composite
def known(draw: st.DrawFn, plan: Plan) -> tuple[Event, ...]:
    """Some of what is known about them."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        kind = plan.events[draw(st.sampled_from(TELLING))]
        subject = draw(st.sampled_from(("P1", "P2", "P3") if kind.about == PERSON else ("K1", "K2", "K3")))
        facts = tuple((says.path, draw(st.sampled_from(stated(says)))) for says in kind.says if draw(st.booleans()))
        found.append(event(f"e{number}", kind.id, About(subject, kind.about), TIMES[number + 1], facts))
    return (*RELATED, *found)


@st.composite
def asked_about(draw: st.DrawFn) -> Drawn:
    """A rule `r` with many conditions, and perhaps others that override it."""
    sort = draw(st.sampled_from([PERSON, PERSON, "deal", "kin"]))
    by_offence = sort == "deal" and draw(st.booleans())

    def rule(name: str, over: tuple[str, ...], exceptions: int) -> Rule:
        unless = tuple(draw(conditions(sort, least=1)) for _ in range(exceptions))
        first = Rule(
            name, "pol", name, name, "fas", "assumed", sort, None, draw(conditions(sort, least=2)), unless, (MEASURE,), ("lag/p1",),
            LONG_AGO, overrides=tuple(Override(one, "skäl") for one in over),
        )  # fmt: skip
        return replace(first, by_offence=by_offence)

    rules = [rule("r", (), draw(st.integers(0, 2)))]
    rules += [rule(f"o{number}", ("r",), draw(st.integers(0, 1))) for number in range(draw(st.integers(0, 2)))]
    plan = plan_of(rules)
    return Drawn(plan, draw(known(plan)), AS_OF)


@QUICK
@given(asked_about())
def test_the_smallest_sets_are_those_that_trying_everything_finds(drawn: Drawn) -> None:
    light, rule = light_of(drawn), drawn.plan.rules["r"]
    for subject in light.judge.world.of_sort(rule.of):
        agree(light, rule, subject)


DENSE = ("age", "suspicion", "wish", "minor", "has_sibling")
"""Few words, so that conditions speak of the same ones."""


@st.composite
def dense(draw: st.DrawFn, alternatives: int) -> Condition:
    """A condition on few facts, with alternatives that share them."""

    def atoms(most: int) -> tuple[Atom, ...]:
        names = draw(st.lists(st.sampled_from(DENSE), min_size=1, max_size=most, unique=True))
        values = {name: ("true", "false") if name in CONCLUSIONS else tuple(FACTS[name].values) for name in names}
        some = {name: st.lists(st.sampled_from((*values[name], "unknown")), min_size=1, max_size=2, unique=True) for name in names}
        return tuple(Atom(None, name, tuple(draw(some[name]))) for name in names)

    one_of = tuple(Condition(atoms(2)) for _ in range(draw(st.integers(2, alternatives)))) if alternatives else ()
    return Condition(atoms(1) if not one_of or draw(st.booleans()) else (), one_of)


@DENSELY
@given(st.data())
def test_so_they_are_where_alternatives_and_exceptions_speak_of_the_same_facts(data: st.DataObject) -> None:
    unless = tuple(data.draw(dense(0)) for _ in range(data.draw(st.integers(0, 2))))
    rule = replace(RULE, when=data.draw(dense(4)), unless=unless)
    plan = plan_of([rule, replace(RULE, id="o", when=data.draw(dense(2)), overrides=(Override("r", "skäl"),))])
    told = data.draw(known(plan).filter(lambda events: len(events) < len(RELATED) + 4))
    alone = tuple(one for one in told if one.about is not None and one.about.subject in ("P1", "Y1"))
    agree(light_of(Drawn(plan, alone, AS_OF)), rule, "P1")


@QUICK
@given(cases(), st.data())
def test_so_they_are_in_any_case(drawn: Drawn, data: st.DataObject) -> None:
    light = light_of(drawn)
    world = light.judge.world
    rules = drawn.plan.rules.values()
    asked = [(rule, subject) for rule in rules for subject in world.of_sort(rule.of) if world.exists(subject, light.t)]
    assume(asked)
    agree(light, *data.draw(st.sampled_from(asked)))


def agree(light: Light, rule: Rule, subject: str) -> None:
    """Both ways find the same, where nothing that is known contradicts itself."""
    facts = readable(light, rule, subject)
    assume(not any(light.judge.world.violated(who, t) for who, _, t in facts))
    most = MOST + (len(facts) <= FEW)
    overriders = [light.judge.plan.rules[name] for name in light.standing.prepared.overriders.get(rule.id, ())]
    found = smallest(light.judge, rule, subject, light.t, [one for one in overriders if occurs(light, one, subject)])
    tried = smallest_by_trying(light, rule, subject, most)
    assert found.complete
    assert found.holds == (frozenset() in tried)
    given_sets = set(expanded(found.boxes))
    assert {one for one in given_sets if len(one) <= most} == {one for one in tried if one}
