"""What settles a decision, as formulas over what isn't known: marks, values of what was to be assessed, alternatives (3.c).

Most of it is fixed. What isn't: a decision may only be there in some completions, and a mark goes to the last of those that are; a
notification that went to one municipality is due again where the person turns out to live in another; a deadline counts as passed
unless what was to be assessed has got its value; what was told may never have had a ground.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product

from samverkan.case.diagrams import ALWAYS, NEVER
from samverkan.case.supposing import Supposing
from samverkan.decide.answer import DecisionId
from samverkan.decide.becoming import STANDING, Occurrence, in_time, person_concerned
from samverkan.decide.events import Event
from samverkan.decide.following import correcting
from samverkan.decide.grounds import instants_of_change, possible_grounds, with_shown
from samverkan.decide.holding import applies
from samverkan.decide.judging import Judge
from samverkan.decide.marking import Outcome, accepted_stretches, outcome
from samverkan.decide.prepared import Prepared
from samverkan.decide.records import Record, Span
from samverkan.decide.standing import Standing
from samverkan.decide.timing import goes_on, never_overdue
from samverkan.decide.world import World
from samverkan.plan.model import UNKNOWN, Atom, Measure, Rule

Key = tuple[str, str, str]
MOST_TOLD_APART = 6
"""Of how many decisions that a mark may be on, and that may not be there, all combinations are looked at."""


@dataclass(frozen=True, slots=True)
class Held:
    """A measure that may be due: `grounds` are subjects of the rule, each with where it holds."""

    id: DecisionId
    rule: Rule
    measure: Measure
    grounds: tuple[tuple[str, int], ...]
    waits: bool


class Settling:
    """What has become of decisions at the moment of `standing`, whatever is answered.

    `hold` has to have been told of every measure of the rules judged so far.
    """

    __slots__ = ("_held", "_made", "_records", "_worlds", "by_key", "diagrams", "standing", "supposing")

    def __init__(self, standing: Standing, supposing: Supposing, held: dict[DecisionId, Held]) -> None:
        self.standing = standing
        self.supposing = supposing
        self.diagrams = supposing.diagrams
        self._held = held
        self._made: dict[DecisionId, Record] = {}
        self._records = standing.records
        self.by_key: dict[Key, list[DecisionId]] = defaultdict(list)
        for decision in self._records:
            self.by_key[_key(decision)].append(decision)
        self._worlds: dict[Key, list[tuple[int, Standing]]] = {}

    def hold(self, held: Held) -> None:
        """Note what may be due."""
        if held.id not in self._held and held.id not in self._records:
            self.by_key[_key(held.id)].append(held.id)
        self._held[held.id] = held
        self._made.pop(held.id, None)

    def record(self, decision: DecisionId) -> Record:
        """The record of a decision, as it is or would be written."""
        found = self._made.get(decision)
        if found is None:
            held, old = self._held.get(decision), self._records.get(decision)
            if held is None:
                return self._records[decision]
            grounds, m = tuple(ground for ground, _ in held.grounds), held.measure
            if old is None:
                found = Record(decision, held.rule, m, m.kind, m.object, m.strength, m.deadline, grounds=grounds)
            else:
                found = old if old.grounds == grounds else replace(old, grounds=grounds)
            self._made[decision] = found
        return found

    def held(self, decision: DecisionId) -> int:
        """Where some ground of a decision holds."""
        found = self._held.get(decision)
        if found is None:
            return NEVER
        return found.grounds[0][1] if len(found.grounds) == 1 else self.diagrams.some(where for _, where in found.grounds)

    def due(self, decision: DecisionId) -> int:
        """Where a decision of a rule is due or asked first."""
        found = self.diagrams.without(self.held(decision), self.settled(decision)[0])
        return self.diagrams.without(found, self.alternative_done(decision)) if found != NEVER else NEVER

    def shown(self, decision: DecisionId) -> int:
        """Where it is shown: also as done."""
        left = self.diagrams.without(self.alternative_done(decision), self.settled(decision)[0])
        return self.diagrams.without(self.held(decision), left)

    def settled(self, decision: DecisionId) -> tuple[int, int]:
        """Where it is done or declined, and where it is done."""
        record = self.record(decision)
        if record.kind == "assess":
            found = self._assessed(decision, record)
            return found, found
        if not self.standing.has_marks(decision) or goes_on(record):
            return NEVER, NEVER
        settled = done = NEVER
        for where, its in self._outcomes(decision, record):
            if its.status is not None:
                settled = self.diagrams.either(settled, where)
                done = self.diagrams.either(done, where) if its.status == "done" else done
        return settled, done

    def alternative_done(self, decision: DecisionId) -> int:
        """Where another that does for it was done for the same subject."""
        found = NEVER
        for ref in self.standing.prepared.alternatives.get((decision.rule, decision.measure), ()):
            for other in self.by_key.get((ref.rule, ref.measure, decision.subject), ()):
                there = ALWAYS if other in self._records else self.held(other)
                found = self.diagrams.either(found, self.diagrams.both(there, self.settled(other)[1]))
        return found

    # -- what was to be assessed ---------------------------------------------------------------------------------------------

    def _assessed(self, decision: DecisionId, record: Record) -> int:
        """Where the fact has got a value for every ground that holds (or held last, where none does)."""
        diagrams, held = self.diagrams, self._held.get(decision)
        before = self._records.get(decision)
        found, somewhere = ALWAYS, NEVER
        for ground, where in held.grounds if held is not None else ():
            known = self._has_value(record, ground)
            found = diagrams.both(found, diagrams.either(diagrams.negation(where), known))
            somewhere = diagrams.either(somewhere, where)
        found = diagrams.both(found, somewhere)
        if before is not None and somewhere != ALWAYS:
            then = diagrams.every(self._has_value(record, self.standing.moment.judge.world.canonical(g)) for g in before.grounds)
            found = diagrams.either(found, diagrams.without(then, somewhere))
        return found

    def _has_value(self, record: Record, ground: str) -> int:
        judge, rule, measure = self.standing.moment.judge, record.rule, record.measure
        if rule is None or measure is None or ground not in judge.world.sorts:
            return NEVER
        atom = Atom(measure.end, measure.object, ())
        whose = judge.world.person_at(ground, measure.end)
        if whose is None:
            return NEVER
        t = judge.read_at(atom, judge.when(rule, ground, self.standing.moment.k))
        return self.supposing.completions.is_settled(whose, measure.object, t)

    # -- marks ---------------------------------------------------------------------------------------------------------------

    def _worlds_of(self, key: Key) -> list[tuple[int, Standing]]:
        """How things stand with each choice of which decisions of a key are there, with where that choice is."""
        found = self._worlds.get(key)
        if found is not None and not any(self._held.get(d) for d in self.by_key[key] if d not in self._records):
            return found
        new = [(d, where) for d in self.by_key[key] if d not in self._records and (where := self.held(d)) != NEVER]
        doubtful = [(d, where) for d, where in new if where != ALWAYS][:MOST_TOLD_APART]
        sure = [d for d, where in new if d not in {d for d, _ in doubtful}]
        worlds = []
        for choice in product((True, False), repeat=len(doubtful)):
            where = ALWAYS
            there = list(sure)
            for (decision, its), is_there in zip(doubtful, choice, strict=True):
                where = self.diagrams.both(where, its if is_there else self.diagrams.negation(its))
                there += [decision] if is_there else []
            if where != NEVER:
                worlds.append((where, self._with(there)))
        if not new:
            self._worlds[key] = worlds
        return worlds

    def _with(self, decisions: Sequence[DecisionId]) -> Standing:
        """How things stand where these decisions are there too."""
        if not decisions:
            return self.standing
        now = self.standing
        records = {**now.records, **{d: self.record(d) for d in decisions}}
        return now.with_records(records)

    def _outcomes(self, decision: DecisionId, record: Record) -> Iterator[tuple[int, Outcome]]:
        """What marks say of a decision, with where they do."""
        for where, standing in self._worlds_of(_key(decision)):
            if decision in standing.records and (marks := standing.marks_on(decision)):
                for here, stands in self._stands(record):
                    both = self.diagrams.both(where, here)
                    if both != NEVER:
                        yield both, outcome(marks, stands)

    def _stands(self, record: Record) -> list[tuple[int, Callable[[Event], bool]]]:
        """Whether done marks of a decision count, by the municipality that it is found by."""
        if record.kind not in ("notify", "apply") or record.measure is None:
            return [(ALWAYS, lambda _: True)]
        found: list[tuple[int, Callable[[Event], bool]]] = []
        for where, municipality in self._municipalities(record):

            def stands(mark: Event, now: str | None = municipality) -> bool:
                return self.standing.stands_where(record, mark, now)

            found.append((where, stands))
        return found

    def _municipalities(self, record: Record) -> Iterator[tuple[int, str | None]]:
        """The municipalities by which a decision's recipient may be found: the first known of its facts."""
        moment, completions, left = self.standing.moment, self.supposing.completions, ALWAYS
        person = person_concerned(moment.judge, record.id.subject, record.measure)
        function = self.standing.prepared.plan.functions[record.object]
        for fact in function.found_by if person is not None else ():
            for value in completions.values(fact):
                where = self.diagrams.both(left, completions.is_in(person, fact, moment.k, (value,)))
                if where != NEVER:
                    yield where, value
            left = self.diagrams.both(left, completions.is_in(person, fact, moment.k, (UNKNOWN,)))
        if left != NEVER:
            yield left, None

    # -- occurrences that rest on decisions ----------------------------------------------------------------------------------

    def occurrences(self, rule: Rule, subject: str) -> list[tuple[Occurrence, int]]:
        """The occurrences of an event rule for a subject, with where they are."""
        each, world = rule.each, self.standing.moment.judge.world
        if each is None:
            return [(STANDING, ALWAYS)]
        if each.kind == "event":
            return [(Occurrence(e.id, e.at), ALWAYS) for e in world.occurrences.get((each.event or "", subject), ())]
        found: list[tuple[Occurrence, int]] = []
        for decision in self.by_key.get((each.ref.rule, each.ref.measure, subject), ()) if each.ref is not None else ():
            found.extend(self._accepted(decision) if each.kind == "accepted" else self._passed(decision))
        return found

    def _accepted(self, decision: DecisionId) -> Iterator[tuple[Occurrence, int]]:
        for where, standing in self._worlds_of(_key(decision)) if self.standing.has_marks(decision) else ():
            if decision in standing.records:
                for mark, until in accepted_stretches(standing.marks_on(decision)):
                    yield Occurrence(mark.id, mark.at, until), where

    def _passed(self, decision: DecisionId) -> Iterator[tuple[Occurrence, int]]:
        """The passing of a decision's deadline, with where it isn't taken back (5.f)."""
        record = self._records.get(decision)
        if record is None or never_overdue(record) or self.standing.occurrence_gone(record):
            return
        left = ALWAYS
        for run in record.runs:
            due, late = self.standing.deadline(record, run)
            if due is None or not due.real or late or due.at is None or due.at > self.standing.moment.k:
                continue
            if run.start <= due.at and (run.end is None or due.at < run.end):
                undone = self.diagrams.without(left, self._in_time(record, run, due.at))
                left = self.diagrams.without(left, undone)
                where = self.diagrams.without(undone, self._withdrawn(decision))
                if where != NEVER:
                    yield Occurrence(str(decision), due.at), where

    def _withdrawn(self, decision: DecisionId) -> int:
        """Where a decision that was shown is gone and never had its ground, and nothing settled it."""
        record = self._records[decision]
        gone = self.diagrams.without(self.diagrams.negation(self.shown(decision)), self.settled(decision)[0])
        return self.diagrams.without(gone, self.ground_was_there(record, record.spells[-1:])) if gone != NEVER else NEVER

    def _in_time(self, record: Record, run: Span, deadline: datetime) -> int:
        """Where what was due in a run was done, answered, settled or done by another by its deadline."""
        found = NEVER
        for where, standing in self._worlds_of(_key(record.id)):
            for mark in standing.marks_on(record.id):
                if mark.at <= deadline and mark.mark is not None and mark.mark.kind != "acknowledged":
                    stood = ALWAYS if mark.at >= run.start else self.diagrams.some(w for w, s in self._stands(record) if s(mark))
                    found = self.diagrams.either(found, self.diagrams.both(where, stood))
        if record.kind == "assess":
            earlier = [e for e in self.standing.moment.judge.world.events if e.at <= deadline]
            then = Judge(World(self.standing.prepared.plan, earlier))
            if self.standing.assessed(record, then, deadline) is not None:
                found = self.diagrams.either(found, self._assessed(record.id, self.record(record.id)))
        for ref in self.standing.prepared.alternatives.get((record.id.rule, record.id.measure), ()):
            for other in self.by_key.get((ref.rule, ref.measure, record.id.subject), ()):
                if self.standing.has_marks(other):
                    for where, its in self._outcomes(other, self.record(other)):
                        if its.status == "done" and its.by is not None and its.by.at <= deadline:
                            found = self.diagrams.either(found, where)
        return found

    # -- grounds that were there ---------------------------------------------------------------------------------------------

    def ground_was_there(self, record: Record, spells: Sequence[Span]) -> int:
        """Where, with what is answered, the decision's ground was there at some time of these spells (5.d)."""
        rule, standing, found = record.rule, self.standing, NEVER
        if rule is None:
            return NEVER
        grounds = possible_grounds(standing.moment.judge, rule, record)
        for spell in spells if grounds else ():
            times = {*instants_of_change(standing, record, rule, grounds, spell), *self._reached_back(rule, spell)}
            for t in sorted(times):
                looks_back = rule.id in standing.prepared.looks_back
                shown = with_shown(standing, standing.moment.judge, t).shown if looks_back else None
                for ground in grounds:
                    found = self.diagrams.either(found, self._held_at(rule, ground, record.id.occurrence, t, shown))
                    if found == ALWAYS:
                        return ALWAYS
        return found

    def _reached_back(self, rule: Rule, spell: Span) -> Iterator[datetime]:
        """The instants in a spell from which an answer of now would count (2.g)."""
        k, facts = self.standing.moment.k, self.standing.prepared.plan.facts
        end = spell.end if spell.end is not None else k
        for fact in self.standing.prepared.reads[rule.id]:
            for days in facts[fact].reaches_back.values():
                if spell.start < k - timedelta(days=days) < end:
                    yield k - timedelta(days=days)

    def _held_at(self, rule: Rule, subject: str, occurrence: str, t: datetime, shown: Judge | None) -> int:
        ready: Prepared = self.standing.prepared
        judge = self.standing.moment.judge
        if not judge.world.exists(subject, t) or not applies(ready, judge, rule, subject, t):
            return NEVER
        there = self.diagrams.some(
            where for o, where in self.occurrences(rule, subject)
            if rule.each is None or (o.id == occurrence and in_time(ready, rule, o, t))
        )  # fmt: skip
        return self.diagrams.both(there, self.supposing.rule(rule, subject, t, shown)) if there != NEVER else NEVER

    def _corrected(self, record: Record) -> list[tuple[Record, int]]:
        """The corrections of a notification, if it needs any, with where the units that they go to were told."""
        found: dict[DecisionId, tuple[Record, int]] = {}
        for where, its in self._outcomes(record.id, self.record(record.id)):
            if its.done and where != NEVER:
                for made in correcting(record, self.standing.units_told((mark, record) for mark in its.done)):
                    before = found[made.id][1] if made.id in found else NEVER
                    found[made.id] = (made, self.diagrams.either(before, where))
        return list(found.values())

    def corrections(self) -> Iterator[tuple[Record, int]]:
        """Notices that what was told never had a ground, with where they are due."""
        found: dict[DecisionId, tuple[Record, int]] = {}
        for record in list(self._records.values()):
            if record.kind != "notify" or not self.standing.has_marks(record.id):
                continue
            for made, told in self._corrected(record):
                where = self.diagrams.without(told, self.shown(record.id))
                if where != NEVER:
                    where = self.diagrams.without(where, self.ground_was_there(record, record.spells))
                if where != NEVER:
                    found[made.id] = (made, where)
        for decision, (made, where) in found.items():
            there = {other: one for other, (one, _) in found.items() if _key(other) == _key(decision)}
            with_them = self.standing.with_records({**self._records, **there})
            if outcome(with_them.marks_on(decision), lambda _: True).status is None:
                yield made, where


def _key(decision: DecisionId) -> Key:
    return decision.rule, decision.measure, decision.subject
