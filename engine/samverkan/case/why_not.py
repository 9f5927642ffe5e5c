"""Why a rule isn't due for a subject: every hindrance, and the smallest sets of facts that would make it hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from samverkan.case.asking_about import Asked, find, happened_in
from samverkan.case.explained import Hindrance
from samverkan.case.explanations import Change, Way, WhyNot
from samverkan.case.hindrances import Light, events_behind, hindrances, occurs, of_measure
from samverkan.case.past import Past
from samverkan.case.reading import Named
from samverkan.case.reads import how_it_stands
from samverkan.case.ways import Box, Found, smallest
from samverkan.case.why_not_words import text_of
from samverkan.decide.deciding import shown_of, standing_of
from samverkan.decide.records import Record
from samverkan.plan.model import PERSON, UNKNOWN, Measure

MOST_WAYS = 50
"""How many ways are told."""

_MOST_OTHERS = 12

_ALONE = ("done", "declined", "done_by_another", "refused", "not_refused", "ask_first", "end_not_known")


def why_not(past: Past, named: Named, as_of: datetime, who: Mapping[str, str]) -> WhyNot:
    """Why `named` (a rule, or a measure of one, and a subject) isn't due at `as_of`. See `Case.why_not`."""
    plan = past.prepared.plan
    asked = find(past, named, as_of)
    rule, measure, replay = asked.rule, asked.measure, asked.replay
    standing = standing_of(replay)
    light = Light(standing, standing.moment.judge, standing.moment.k)
    grounds = list(_grounds(light, asked))
    decisions = tuple(sorted(
        (d, standing.stand(record).status)
        for d, record in shown_of(replay).items()
        if d.rule == rule.id and (measure is None or d.measure == measure.id) and _is_of(light, asked, record)
    ))  # fmt: skip
    due = any(status == "due" for _, status in decisions)
    found: list[Hindrance] = []
    ways: list[Way] = []
    complete = True
    if not grounds:
        found = [_no_ground(light, asked)]
    for ground in () if due else grounds:
        of_rule = hindrances(light, rule, ground)
        others = _of_measures(light, asked, ground)
        found += [*of_rule, *others]
        got, these = _ways(light, asked, ground, of_rule, others)
        ways += these
        complete = complete and got.complete
    if len(grounds) > 1:
        ways = _smallest_of_all(ways)
    ways.sort(key=lambda way: _order(way, plan.facts))
    answer = WhyNot(
        plan.id, plan.digest, as_of, rule.id, measure.id if measure is not None else None, asked.subject, due, decisions,
        tuple(dict.fromkeys(found)), tuple(ways[:MOST_WAYS]), complete and len(ways) <= MOST_WAYS, (), "",
    )  # fmt: skip
    return text_of(answer, plan, happened_in(replay, as_of, events_behind(found), plan, who), who)


def _is_of(light: Light, asked: Asked, record: Record) -> bool:
    """Whether a decision is about the subject that is asked about, or about an end of it: that relation then grounds it."""
    world = light.judge.world
    return record.id.subject == asked.subject or asked.subject in map(world.canonical, record.grounds)


def _grounds(light: Light, asked: Asked) -> Iterator[str]:
    """The rule's subjects that could ground a decision about the subject that is asked about."""
    world, rule = light.judge.world, asked.rule
    sort = world.sorts.get(asked.subject)
    if sort == rule.of:
        yield asked.subject
    elif sort == PERSON and rule.of in light.judge.plan.relations:
        ends = {m.about for m in asked.measures if m.about is not None and not m.keep_relation}
        for relation in world.of_sort(rule.of):
            if any(world.relations[relation].ends.get(end) == asked.subject for end in ends):
                yield relation


def _no_ground(light: Light, asked: Asked) -> Hindrance:
    relation = light.judge.plan.relations.get(asked.rule.of)
    ends = [m.about for m in asked.measures if m.about is not None and not m.keep_relation]
    if relation is not None and ends and light.judge.world.sorts.get(asked.subject) == PERSON:
        return Hindrance("no_relation", asked.subject, role=relation.ends[ends[0]])
    world = light.judge.world
    every = world.of_sort(asked.rule.of)
    its = tuple(r for r in every if r in world.relations and asked.subject in world.relations[r].ends.values())
    return Hindrance("other_sort", asked.subject, others=(its or every)[:_MOST_OTHERS])


def _of_measures(light: Light, asked: Asked, ground: str) -> list[Hindrance]:
    """What hinders the measure that is asked about; of a whole rule, what hinders each of its measures, where all are hindered."""
    by_measure = [of_measure(light, asked.rule, one, ground) for one in asked.measures]
    return [one for found in by_measure for one in found] if all(by_measure) else []


def _ways(
    light: Light, asked: Asked, ground: str, of_rule: Iterable[Hindrance], others: Iterable[Hindrance]
) -> tuple[Found, list[Way]]:
    """The smallest sets of changes for one ground."""
    if not light.judge.world.exists(ground, light.t):
        return Found(False, (), True), []
    rules = light.judge.plan.rules
    overriding = (rules[name] for name in light.standing.prepared.overriders.get(asked.rule.id, ()))
    found = smallest(light.judge, asked.rule, ground, light.t, [one for one in overriding if occurs(light, one, ground)])
    mended = all(one.kind in ("condition", "exception", "overridden") for one in of_rule)
    free = mended and not any(one.kind in _ALONE for one in others)
    ways = [Way(ground, _changes(light, box), free and not _assessed(light, asked, ground, box)) for box in found.boxes]
    return found, ways


def _assessed(light: Light, asked: Asked, ground: str, box: Box) -> bool:
    """Whether everything that is to be assessed would have its value at once, so that nothing is left to be done."""
    return all(m.kind == "assess" and _has_value(light, m, ground, box) for m in asked.measures)


def _has_value(light: Light, measure: Measure, ground: str, box: Box) -> bool:
    whose = light.judge.world.person_at(ground, measure.end)
    if whose is None:
        return False
    changed = [values for var, values in box.items() if (var.subject, var.fact) == (whose, measure.object)]
    values = changed[0] if changed else {light.judge.world.value(whose, measure.object, light.t)}
    return values != {UNKNOWN}


def _changes(light: Light, box: Box) -> tuple[Change, ...]:
    plan, world = light.judge.plan, light.judge.world
    facts = list(plan.facts)
    found = []
    for var, values in box.items():
        stands, _ = how_it_stands(world, var.subject, var.fact, var.at)
        order = (*plan.facts[var.fact].values, UNKNOWN)
        found.append(Change(
            var.subject, var.fact, tuple(sorted(values, key=order.index)), world.value(var.subject, var.fact, var.at), stands,
            var.at if var.at != light.t else None,
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda c: (c.subject, facts.index(c.fact), str(c.at))))


def _smallest_of_all(ways: list[Way]) -> list[Way]:
    """The ways of several grounds, without those of which another is a part."""
    return [one for one in ways if not any(_is_part(other, one) for other in ways)]


def _is_part(one: Way, other: Way) -> bool:
    """Whether all that the way `other` asks for, and more, is in it: `one` is enough by itself, whichever values are taken."""
    theirs = {(c.subject, c.fact, c.at): set(c.values) for c in other.changes}
    return len(one.changes) < len(other.changes) and all(
        theirs.get((c.subject, c.fact, c.at), {""}) <= set(c.values) for c in one.changes
    )


def _order(way: Way, facts: Iterable[str]) -> tuple[object, ...]:
    """Few changes first; then those that need nothing to be other than what is established, or said."""
    place = {fact: number for number, fact in enumerate(facts)}
    return (
        len(way.changes), sum(c.stands == "established" for c in way.changes), sum(c.stands == "said" for c in way.changes),
        tuple((c.subject, place[c.fact], c.values) for c in way.changes), way.ground,
    )  # fmt: skip
