"""The parts of the document that say when: event by event, and phase by phase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samverkan.document import wording
from samverkan.document.entries import Teller
from samverkan.document.model import Besides, Doing, Happening, Line, Phase, Place
from samverkan.document.occasions import Occasion, Whose, brought, is_base, occasions, without
from samverkan.graph.chains import ChainStep, chains
from samverkan.plan.model import PERSON, EventType, Measure, Plan, Rule
from samverkan.review.sentences import values_said
from samverkan.wording.phrases import capital

Borne = tuple[Rule, Sequence[Measure]]
"""A rule with those of its measures that are meant."""


def happenings(teller: Teller) -> tuple[Happening, ...]:
    """What is to be done when something happens. First what holds for everybody and everything that is new, once; then, event by
    event, what the event sets going by itself, and what may follow on that. The numbers are the same whomever it is for."""
    plan, every = teller.plan, [rule for rules in teller.numbers.chapters.values() for rule in rules]
    told = {rule.id for rule in every}
    steps: dict[str, list[ChainStep]] = {}
    for chain in chains(plan):
        steps.setdefault(chain.event, []).extend(s for s in chain.steps if s.rule in told)
    base: dict[Whose, list[Rule]] = {}
    for rule in every:
        if is_base(plan, rule):
            base.setdefault((rule.of, rule.role), []).append(rule)
    sorts, roles = (PERSON, *plan.relations), (None, *plan.roles)
    base = dict(sorted(base.items(), key=lambda one: (one[0][0] not in sorts, one[0][0] != PERSON, roles.index(one[0][1]))))
    own = {
        event.id: [
            one for one in occasions(plan, event, [s for s in steps.get(event.id, ()) if s.depth == 0]) if one.rule.id in told
        ]
        for event in plan.events.values()
    }  # fmt: skip
    reached = [e for e in plan.events.values() if own[e.id] or any(whose in base for whose in brought(plan, e))]
    places = _places(plan, tuple(base), reached)
    found = [_newcomer(teller, whose, rules, places[whose]) for whose, rules in base.items()]
    for event in reached:
        besides = tuple(
            Besides(
                places[whose], _whom(plan, whose), teller.numbers.in_order(r.id for r in base[whose] if without(plan, event, r))
            )
            for whose in brought(plan, event)
            if whose in base and any(map(teller.tells, base[whose]))
        )
        later = [s.rule for s in steps.get(event.id, ()) if s.depth > 0]
        found.append(_happening(teller, event, own[event.id], later, besides, places[event.id]))
    return tuple(one for one in found if one.doings or one.otherwise or one.besides)


def _places(plan: Plan, base: Sequence[Whose], events: Sequence[EventType]) -> dict[Whose | str, Place]:
    """Number, anchor and title of each part."""
    found: dict[Whose | str, Place] = {}
    for whose in base:
        anchor = f"nytt-{'-'.join(word for word in whose if word)}"
        found[whose] = Place(f"H{len(found) + 1}", anchor, wording.NEWCOMER.format(_whom(plan, whose)))
    for event in events:
        found[event.id] = Place(f"H{len(found) + 1}", f"handelse-{event.id}", capital(event.label))
    return found


def _whom(plan: Plan, whose: Whose) -> str:
    sort, role = whose
    if role is not None:
        return plan.roles[role].definite
    return plan.relations[sort].definite if sort in plan.relations else wording.ABOUT[sort]


def _newcomer(teller: Teller, whose: Whose, rules: Sequence[Rule], place: Place) -> Happening:
    lines = doings(teller, [(rule, rule.then) for rule in rules if teller.tells(rule)])
    return Happening(place, _whom(teller.plan, whose), (), lines, (), (), (), new=True)


def _happening(
    teller: Teller, event: EventType, own: Sequence[Occasion], later: Iterable[str], besides: tuple[Besides, ...], place: Place
) -> Happening:
    plan = teller.plan
    mine = [one for one in own if teller.tells(one.rule)]
    taken = {one.rule.id for one in own}
    after = [plan.rules[rule] for rule in dict.fromkeys(later) if rule not in taken and not is_base(plan, plan.rules[rule])]
    role = plan.roles[event.role].definite if event.role is not None else None
    about = role or wording.ABOUT.get(event.about) or plan.relations[event.about].definite
    says = [values_said(plan, says.fact, says.values[:1], says.end) for says in event.says if says.given]
    return Happening(
        place, about, tuple(says), doings(teller, [(one.rule, one.measures) for one in mine if not one.otherwise]), besides,
        doings(teller, [(one.rule, one.measures) for one in mine if one.otherwise]),
        tuple(teller.line(rule) for rule in after if teller.tells(rule)),
    )  # fmt: skip


def doings(teller: Teller, rules: Iterable[Borne]) -> tuple[Doing, ...]:
    """Rules by who bears them, the most urgent first. What many do alike is told once, and so is what several leave undone."""
    plan, kept = teller.plan, teller.numbers.kept
    found: dict[str, list[tuple[int, Line]]] = {}
    for rule, measures in rules:
        bearers = [one for one in plan.functions if one in kept and any(one in m.who for m in measures)]
        if alike := _alike(bearers, measures):
            found.setdefault(alike, []).append((min(map(wording.urgency, measures)), teller.line(rule, measures)))
            continue
        for function in bearers:
            own = [measure for measure in measures if function in measure.who]
            found.setdefault(function, []).append((min(map(wording.urgency, own)), teller.line(rule, own)))
    listed = {one: tuple(line for _, line in sorted(lines, key=lambda each: each[0])) for one, lines in found.items()}
    every = [Doing(capital(teller.function(one)), listed[one]) for one in plan.functions if one in listed]
    several = [Doing(one, listed[one], shared=True) for one in (wording.MANY_DO, wording.MANY_LEAVE) if one in listed]
    return (*every, *several)


def _alike(bearers: Sequence[str], measures: Sequence[Measure]) -> str:
    """The heading under which a rule is told once, where several bear it alike; nothing where it stands with each of them."""
    if len(bearers) > 1 and all(measure.kind == "refrain" for measure in measures):
        return wording.MANY_LEAVE
    alike = all(set(bearers) <= {*measure.who} for measure in measures)
    return wording.MANY_DO if alike and len(bearers) > wording.FEW else ""


def phases(teller: Teller) -> tuple[Phase, ...]:
    """What each function does in each phase."""
    found = []
    for phase, title in teller.plan.phases.items():
        own = [(rule, rule.then) for rule in teller.numbers.rules if rule.phase == phase]
        if done := doings(teller, own):
            found.append(Phase(f"skede-{phase}", title, done))
    return tuple(found)
