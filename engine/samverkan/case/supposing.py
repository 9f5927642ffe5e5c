"""Conditions judged over all completions at once: where they are true, and where they are true or undetermined (3.c).

The same reading of a plan as `decide.judging`, atom by atom, with formulas for verdicts.
"""

from __future__ import annotations

from datetime import datetime

from samverkan.case.completing import Completions
from samverkan.case.diagrams import ALWAYS, NEVER, Diagrams
from samverkan.decide.judging import Judge, When
from samverkan.plan.model import UNKNOWN, Atom, Conclusion, Condition, Rule, Some

Verdict = tuple[int, int]
"""(where it is true, where it is true or undetermined)"""

YES: Verdict = (ALWAYS, ALWAYS)
NO: Verdict = (NEVER, NEVER)
UNDETERMINED: Verdict = (NEVER, ALWAYS)


class Supposing:
    """Judges conditions in the world of `judge`, whatever is answered of what isn't known."""

    __slots__ = ("_atoms", "_conclusions", "completions", "diagrams", "judge")

    def __init__(self, judge: Judge, completions: Completions) -> None:
        self.judge = judge
        self.completions = completions
        self.diagrams: Diagrams = completions.diagrams
        self._atoms: dict[tuple[str | None, str, tuple[str, ...], str, When], Verdict] = {}
        self._conclusions: dict[tuple[str, str, When], Verdict] = {}

    def rule(self, rule: Rule, subject: str, t: datetime, shown: Judge | None = None) -> int:
        """Where the rule's conditions (not its role, validity or occurrence) hold at `t`.

        `shown`: the world as it was shown at `t`; an atom that names `unknown` is true too where the value was unknown there.
        """
        when = self.judge.when(rule, subject, t)
        found, _ = self.condition(rule.when, subject, when, shown)
        for exception in rule.unless:
            if found == NEVER:
                break
            found = self.diagrams.without(found, self.condition(exception, subject, when, shown)[0])
        return found

    def condition(self, condition: Condition, subject: str, when: When, shown: Judge | None = None) -> Verdict:
        """The verdict of a condition."""
        both, either = self.diagrams.both, self.diagrams.either
        true, possible = YES
        for atom in condition.atoms:
            its = self.atom(atom, subject, when, shown)
            true, possible = both(true, its[0]), both(possible, its[1])
            if possible == NEVER:
                return NO
        for some in condition.some:
            its = self._some(some, subject, when, shown)
            true, possible = both(true, its[0]), both(possible, its[1])
        if condition.any and possible != NEVER:
            one_of = NO
            for one in condition.any:
                its = self.condition(one, subject, when, shown)
                one_of = either(one_of[0], its[0]), either(one_of[1], its[1])
            true, possible = both(true, one_of[0]), both(possible, one_of[1])
        return true, possible

    def atom(self, atom: Atom, subject: str, when: When, shown: Judge | None = None) -> Verdict:
        """The verdict of `fact in values`."""
        if shown is not None:
            if UNKNOWN in atom.values and shown.value(atom, subject, when) == UNKNOWN:
                return YES
            return self._atom(atom, subject, when, shown)
        key = (atom.end, atom.fact, atom.values, subject, when)
        found = self._atoms.get(key)
        if found is None:
            found = self._atoms[key] = self._atom(atom, subject, when, None)
        return found

    def _atom(self, atom: Atom, subject: str, when: When, shown: Judge | None) -> Verdict:
        whose = self.judge.world.person_at(subject, atom.end)
        if whose is None:
            return YES if UNKNOWN in atom.values else UNDETERMINED
        conclusion = self.judge.plan.conclusions.get(atom.fact)
        if conclusion is not None:
            return self._concluded(atom, conclusion, whose, when if atom.end is None else when.of_end(), shown)
        t = self.judge.read_at(atom, when)
        true = self.completions.is_in(whose, atom.fact, t, atom.values)
        if UNKNOWN in atom.values or true == ALWAYS:
            return true, true
        return true, self.completions.is_in(whose, atom.fact, t, (*atom.values, UNKNOWN))

    def _concluded(self, atom: Atom, conclusion: Conclusion, whose: str, when: When, shown: Judge | None) -> Verdict:
        true, possible = self.conclusion(conclusion, whose, when, shown)
        undetermined = self.diagrams.without(possible, true)
        found = NEVER
        for value, where in (("true", true), ("false", self.diagrams.negation(possible)), (UNKNOWN, undetermined)):
            if value in atom.values:
                found = self.diagrams.either(found, where)
        return found, found if UNKNOWN in atom.values else self.diagrams.either(found, undetermined)

    def conclusion(self, conclusion: Conclusion, subject: str, when: When, shown: Judge | None = None) -> Verdict:
        """The verdict of a conclusion about `subject`."""
        if shown is not None:
            return self.condition(conclusion.when, subject, when, shown)
        key = (conclusion.id, subject, when)
        found = self._conclusions.get(key)
        if found is None:
            found = self._conclusions[key] = self.condition(conclusion.when, subject, when)
        return found

    def _some(self, some: Some, subject: str, when: When, shown: Judge | None) -> Verdict:
        related = self.judge.related(some, subject, when)
        if not related:
            return UNDETERMINED
        true, possible = NO
        for relation in related:
            its = self.condition(some.has, relation.id, when.of_related(), shown)
            true, possible = self.diagrams.either(true, its[0]), self.diagrams.either(possible, its[1])
        return true, possible
