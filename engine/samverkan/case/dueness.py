"""What makes each decision of a case due, as a formula over what isn't known (3.c).

A decision is due where a rule of its holds for one of its grounds (`when`, and no `unless`), in the rule's time and for the
occurrence, with no overrider in force, with nothing having settled it and no alternative done; asking for a consent is due where
something waits for it, a correction where what was told never had a ground. All that is fixed is worked out at once (roles,
validity, consents, marks); what is left is a small formula for each decision. `Settling` has what marks and values say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from samverkan.case.completing import Completions
from samverkan.case.diagrams import ALWAYS, NEVER, Diagrams
from samverkan.case.settling import Held, Settling
from samverkan.case.supposing import Supposing
from samverkan.decide.answer import DecisionId
from samverkan.decide.becoming import STANDING, Moment, Occurrence, decided_about, in_time, person_concerned, person_of
from samverkan.decide.consents import IDENTITY
from samverkan.decide.following import STRENGTHS, consents_ended
from samverkan.decide.groups import Group
from samverkan.decide.holding import Holding, applies, state_of, subjects
from samverkan.decide.prepared import CONSENT_RULE, Prepared
from samverkan.decide.records import Record
from samverkan.decide.replay import Replay
from samverkan.plan.model import Measure, Rule


@dataclass(frozen=True, slots=True)
class Possible:
    """A decision that may be due: `where` says in which completions. `record` as it would be written; `rule` is what asks for it
    (of a decision to ask for consent, the first rule that waits)."""

    id: DecisionId
    where: int
    record: Record
    rule: Rule | None


ALWAYS_THERE = [(STANDING.id, ALWAYS)]
"""The occurrences of a standing rule, by id, each with where it is."""


class Dueness:
    """Every decision of one part of a case that may be due at `now`, with its formula.

    Args:
        replay: the part, come to just before `now`; nothing is delivered that begins to count then.
        now: the instant.
    """

    __slots__ = ("_held", "_in_force", "_overriding", "completions", "diagrams", "now", "replay", "settling", "supposing")

    def __init__(self, replay: Replay, now: datetime) -> None:
        self.replay = replay
        self.now = now
        self.diagrams = Diagrams()
        self.completions = Completions(replay.judge.world, now, self.diagrams)
        self.supposing = Supposing(replay.judge, self.completions)
        self._held: dict[DecisionId, Held] = {}
        standing = replay.standing(Moment(now, replay.judge, Holding()))
        self.settling = Settling(standing, self.supposing, self._held)
        self._in_force: dict[tuple[str, str], int] = {}
        self._overriding = {rule for rules in replay.prepared.overriders.values() for rule in rules}

    def possible(self) -> list[Possible]:
        """The decisions that may be due, each with where; those that never are left out."""
        self._judge_rules()
        found = [
            Possible(held.id, where, self.settling.record(held.id), held.rule)
            for held in self._held.values()
            if (where := self.settling.due(held.id)) != NEVER
        ]
        found.extend(self._asking(found))
        found.extend(self._corrections())
        found.extend(self._consents_ended())
        return found

    # -- rules ---------------------------------------------------------------------------------------------------------------

    def _judge_rules(self) -> None:
        """What the rules make due, in the order of judging."""
        ready, judge = self.replay.prepared, self.replay.judge
        candidates: dict[str, list[str]] = defaultdict(list)
        for group, known in zip(ready.groups, _tables(ready), strict=True):
            for subject in subjects(judge, group.of, self.now):
                may_hold = self._may_hold(group, known, subject)
                for grouped in group.rules:
                    if may_hold & grouped.when and applies(ready, judge, grouped.rule, subject, self.now):
                        candidates[grouped.rule.id].append(subject)
        for rule_id in sorted(candidates, key=ready.turn.__getitem__):
            for subject in candidates[rule_id]:
                self._become(ready.plan.rules[rule_id], subject)

    def _may_hold(self, group: Group, known: Sequence[Sequence[int]], subject: str) -> int:
        """The terms of a group that some completion may make true (perhaps more), as bits."""
        judge, found = self.replay.judge, -1
        world, facts, open_facts = judge.world, judge.plan.facts, self.completions
        state = state_of(judge, group, subject, self.now)
        for slot, atom in enumerate(group.atoms):
            whose = world.person_at(subject, atom.end)
            if whose is None or (atom.fact in facts and not open_facts.is_open(whose, atom.fact)):
                found &= known[slot][state[slot]]
        return found

    def _become(self, rule: Rule, subject: str) -> None:
        ready, diagrams, occurrences = self.replay.prepared, self.diagrams, ALWAYS_THERE
        if rule.each is not None:
            found = [(o, where) for o, where in self.settling.occurrences(rule, subject) if in_time(ready, rule, o, self.now)]
            occurrences = _together(diagrams, found)
        condition = self.supposing.rule(rule, subject, self.now) if occurrences else NEVER
        if condition == NEVER:
            return
        left = condition
        for overrider in ready.overriders.get(rule.id, ()):
            left = diagrams.without(left, self._in_force.get((overrider, subject), NEVER))
        if rule.id in self._overriding:
            in_force = diagrams.both(condition, diagrams.some(where for _, where in occurrences))
            self._in_force[(rule.id, subject)] = in_force
        for occurrence, where in occurrences:
            grounded = diagrams.both(left, where)
            for measure in rule.then if grounded != NEVER else ():
                self._hold(rule, measure, subject, occurrence, grounded)

    def _hold(self, rule: Rule, measure: Measure, subject: str, occurrence: str, where: int) -> None:
        """A measure is due, waits for consent, or gives way to another, as consents stand."""
        judge = self.replay.judge
        whose = decided_about(judge, measure, subject)
        if whose is None:
            return
        waits = False
        if measure.allowed_consent is not None:
            person = person_of(judge, rule, measure, subject) or ""
            state, _ = judge.world.consent(person, measure.allowed_consent, measure.telling or IDENTITY, self.now)
            if state in ("refused", "withdrawn"):
                if measure.if_refused is not None:
                    self._hold(rule, measure.if_refused, subject, occurrence, where)
                return
            waits = state != "given"
        for bearer in measure.who:
            decision = DecisionId(rule.id, measure.id, whose, bearer, occurrence)
            held = self._held.get(decision)
            grounds = (*held.grounds, (subject, where)) if held is not None else ((subject, where),)
            self.settling.hold(Held(decision, rule, measure, grounds, waits))

    # -- what follows --------------------------------------------------------------------------------------------------------

    def _asking(self, due: Sequence[Possible]) -> Iterator[Possible]:
        """Asking for consent, where something that isn't done waits for it."""
        waiting: dict[DecisionId, list[Possible]] = defaultdict(list)
        for one in due:
            held = self._held[one.id]
            person = person_concerned(self.replay.judge, one.id.subject, held.measure)
            if held.waits and person and held.measure.allowed_consent:
                asking = DecisionId(CONSENT_RULE, f"ask:{held.measure.allowed_consent}", person, one.id.bearer)
                waiting[asking].append(one)
        standing = self.settling.standing
        for decision, waits in waiting.items():
            old = self.replay.records.get(decision)
            if old is not None and old.shown and standing.asking_done(old, old.spells[-1].start) is not None:
                continue
            first = min(waits, key=lambda one: one.id)
            strength = max((one.record.strength for one in waits), key=STRENGTHS.index)
            owed = tuple(sorted(one.id for one in waits))
            recipient = decision.measure.removeprefix("ask:")
            record = Record(decision, None, None, "ask", recipient, strength, owed=owed, waiting=owed)
            yield Possible(decision, self.diagrams.some(one.where for one in waits), record, first.rule)

    def _corrections(self) -> Iterator[Possible]:
        """Corrections of what was told, where it turns out never to have had a ground."""
        for record, where in self.settling.corrections():
            yield Possible(record.id, where, record, record.rule)

    def _consents_ended(self) -> Iterator[Possible]:
        """Telling that a consent has ended: no answer about a fact changes anything of that, so it is due or not."""
        records = {record.id: record for record in consents_ended(self.settling.standing)}
        standing = self.settling.standing.with_records({**self.replay.records, **records})
        for record in records.values():
            if standing.outcome(record.id).status is None:
                yield Possible(record.id, ALWAYS, record, record.rule)


def _together(diagrams: Diagrams, occurrences: Sequence[tuple[Occurrence, int]]) -> list[tuple[str, int]]:
    """The occurrences by id, each with where some of its is."""
    found: dict[str, int] = {}
    for occurrence, where in occurrences:
        found[occurrence.id] = diagrams.either(found.get(occurrence.id, NEVER), where)
    return list(found.items())


_TABLES: WeakKeyDictionary[Prepared, tuple[tuple[tuple[int, ...], ...], ...]] = WeakKeyDictionary()


def _tables(ready: Prepared) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """For every group, slot and code: the terms that this value leaves true; worked out once for a plan."""
    found = _TABLES.get(ready)
    if found is None:
        found = _TABLES[ready] = tuple(_table(group) for group in ready.groups)
    return found


def _table(group: Group) -> tuple[tuple[int, ...], ...]:
    tested = [0] * len(group.slots)
    true = [[0] * len(values) for values in group.values]
    for number, term in enumerate(group.terms):
        for part in term:
            tested[part.slot] |= 1 << number
            for code in part.codes:
                true[part.slot][code] |= 1 << number
    return tuple(tuple(one | ~tested[slot] for one in codes) for slot, codes in enumerate(true))
