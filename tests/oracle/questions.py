"""What has to be found out, and which decisions can't both be followed: §§1-5 and 5.k."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tests.oracle.conditions import concerns, eye_on, truth, undetermined
from tests.oracle.occasions import marks_on, occurrences
from tests.oracle.seen import Asked
from tests.oracle.tracks import Moment, Track, is_left, kind_of, measure_of, person_of, rule_of
from tests.oracle.values import value_of

from samverkan.decide.answer import DecisionId
from samverkan.plan.model import PERSON, UNKNOWN

One = tuple[str, str, str, str, str]
"""(kind, subject, fact, a rule or "", an event or "")."""


def questions(moment: Moment) -> frozenset[Asked]:
    """All questions at this instant, one for each (kind, subject, fact)."""
    found = {
        *_facts(moment),
        *_established_twice(moment),
        *_ends(moment),
        *_offences(moment),
        *_impossible(moment),
        *_hanging(moment),
        *_marks(moment),
        *_reasons(moment),
    }
    keys = {one[:3] for one in found}
    return frozenset(
        Asked(
            *key,
            rules=tuple(sorted({one[3] for one in found if one[:3] == key and one[3]})),
            events=tuple(sorted({one[4] for one in found if one[:3] == key and one[4]})),
        )
        for key in keys
    )


def _facts(moment: Moment) -> Iterator[One]:
    """§3: an undetermined rule is the source of questions: one that speaks of a subject and has no known exception."""
    for rule in moment.plan.rules.values():
        for subject in moment.world.subjects(rule.of):
            found = occurrences(moment, rule, subject)
            if not any(concerns(moment.world, rule, subject, o, moment.k) for o in found):
                continue
            eye = eye_on(moment.world, rule, subject, moment.k)
            if any(truth(eye, exception) is True for exception in rule.unless):
                continue
            for about, fact in undetermined(eye, rule.when):
                if not _answered_in_vain(moment, about, fact):
                    yield ("fact", about, fact, rule.id, "")


def _answered_in_vain(moment: Moment, subject: str, fact: str) -> bool:
    """3.e: whether somebody has been asked and had no value to say, and nothing has become known of the fact since."""
    known = moment.world.known
    said = [
        max(event.at, event.known_at)
        for event in known.values()
        if event.type == "svar" and moment.world.subject_of(event) == subject
        and event.facts[0][0] == fact and event.facts[0][1] not in moment.plan.facts[fact].values
    ]  # fmt: skip
    if not said:
        return False
    told = [s for s in moment.world.statements(subject, fact) if s.effect == "changes" or s.value != UNKNOWN]
    return all(max(s.at, known[s.event].known_at) < max(said) for s in told)


def _established_twice(moment: Moment) -> Iterator[One]:
    """§2, 2.b: two established values at one instant, or a `from` that contradicts what was established."""
    for fact in moment.plan.facts.values():
        for subject in moment.world.subjects(fact.of):
            for stretch in moment.world.stretches(subject, fact.id):
                value = value_of(stretch, fact.in_conflict)
                if value.twice:
                    yield from (("established_twice", subject, fact.id, "", event) for event in value.events)
                changes = [
                    s
                    for s in moment.world.statements(subject, fact.id)
                    if s.effect == "changes" and s.at == stretch.end and s.was not in (None, UNKNOWN)
                ]
                for change in changes:
                    said = [s for s in stretch.established if s.at != stretch.end]
                    said += [s for s in stretch.began if s.value != UNKNOWN]
                    for other in said:
                        if other.value != change.was:
                            yield ("established_twice", subject, fact.id, "", change.event)
                            yield ("established_twice", subject, fact.id, "", other.event)


def _ends(moment: Moment) -> Iterator[One]:
    """§1: two persons named for one end."""
    for (relation, end), named in moment.world.ends.items():
        if len(named) > 1:
            yield from (("end_named_twice", relation, end, "", event) for found in named.values() for event in found)


def _offences(moment: Moment) -> Iterator[One]:
    """§4: several `offence_at`."""
    for relation in moment.world.things:
        told = moment.world.offences(relation)
        if len({event.offence_at for event in told}) > 1:
            yield from (("offence_twice", relation, "", "", event.id) for event in told)


def _impossible(moment: Moment) -> Iterator[One]:
    """1.f: combinations that are wholly true now."""
    for sort in {combination.of for combination in moment.plan.impossible}:
        for subject in moment.world.subjects(sort):
            for _, events in moment.world.impossible(subject, moment.k):
                yield from (("impossible", subject, "", "", event) for event in events)


def _hanging(moment: Moment) -> Iterator[One]:
    """1.b: events about somebody, or a relation or operation, that isn't in the case."""
    for event in moment.world.known.values():
        if event.type is not None and moment.world.hangs(event):
            yield ("hanging", moment.world.subject_of(event) or "", "", "", event.id)


def _marks(moment: Moment) -> Iterator[One]:
    """§1: marks on no decision."""
    on_something = {mark.id for decision in moment.tracks for mark in marks_on(moment, decision)}
    for event in moment.world.known.values():
        if event.mark is not None and event.id not in on_something:
            yield ("nothing_marked", moment.world.person(event.mark.subject), "", "", event.id)


def _reasons(moment: Moment) -> Iterator[One]:
    """§6: a measure that needs a recorded reason was done without one."""
    for decision in moment.tracks:
        if kind_of(decision) == "ask" or is_left(moment.world, moment.plan, decision):
            continue
        if kind_of(decision) == "measure" and measure_of(moment.plan, decision).needs_reason:
            for event in marks_on(moment, decision):
                if event.mark is not None and event.mark.kind == "done" and not event.reason:
                    yield ("reason_missing", decision.subject, "", decision.rule, event.id)


# ------------------------------------------------------------------------------------------------- contradictions


def contradictions(moment: Moment) -> frozenset[tuple[DecisionId, DecisionId]]:
    """§5, 5.k: performing what is to be refrained from, or its opposite, for the same subject."""
    live = [
        track
        for track in moment.tracks.values()
        if track.status in ("due", "ask_first")
        and kind_of(track.id) == "measure"
        and not is_left(moment.world, moment.plan, track.id)
    ]
    return frozenset(
        (min(one.id, other.id), max(one.id, other.id))
        for one, other in combinations(live, 2)
        if _against(moment, one, other) and _same_subject(moment, one, other)
    )


def _against(moment: Moment, one: Track, other: Track) -> bool:
    a, b = measure_of(moment.plan, one.id), measure_of(moment.plan, other.id)
    if {a.kind, b.kind} == {"perform", "refrain"}:
        return a.object == b.object
    pairs = moment.plan.opposites
    return a.kind == b.kind == "perform" and ((a.object, b.object) in pairs or (b.object, a.object) in pairs)


def _same_subject(moment: Moment, one: Track, other: Track) -> bool:
    """5.k: the same subject, or the same person; two decisions of relation rules only if a relation grounds both."""
    rules = [rule_of(moment.plan, track.id) for track in (one, other)]
    persons = [
        person_of(moment.world, rule, measure_of(moment.plan, track.id), track.id.subject)
        for rule, track in zip(rules, (one, other), strict=True)
    ]
    both_personal = persons[0] is not None and persons[1] is not None
    same = persons[0] == persons[1] if both_personal else one.id.subject == other.id.subject
    if all(rule.of != PERSON and rule.of in moment.plan.relations for rule in rules):
        return same and bool(one.grounds & other.grounds)
    return same
