"""One rule as the document tells it: the author's text, the sentence that the engine reads, sources, deadline and secrecy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from samverkan.document import wording
from samverkan.document.model import Cited, Entry, Flow, Line, Task
from samverkan.document.numbering import Numbered
from samverkan.plan.model import PERSON, Measure, Plan, Rule
from samverkan.plan.spelling import listed
from samverkan.review.change import in_force
from samverkan.review.sentences import Due, read, time_said
from samverkan.review.trace import measures_of
from samverkan.wording.phrases import capital


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of the rules of one plan as of one day. `news`: rule → what it is since the day asked for ("ny", "ändrad")."""

    plan: Plan
    day: date
    numbers: Numbered
    news: Mapping[str, str]

    def function(self, function: str) -> str:
        return self.plan.functions[function].label

    def tells(self, rule: Rule) -> bool:
        """Whether the document has the rule in full."""
        return bool(self.numbers.reference(rule.id).anchor)

    def all_cited(self, clauses: Iterable[str], rule: Rule | None = None) -> tuple[Cited, ...]:
        """Clauses as cited on the day, without those that no source has then; several that are cited by the same words are told
        once, unread if one of them is."""
        found: dict[str, Cited] = {}
        for one in (self.cited(clause, rule) for clause in clauses):
            if one is None:
                continue
            before = found.get(one.text)
            if before is None or before.seen > one.seen:
                found[one.text] = one
        return tuple(found.values())

    def cited(self, clause: str, rule: Rule | None = None) -> Cited | None:
        """A clause as cited on the day, None where no source has it then: what came later, or has ended, is no ground that day.

        A rule of old offences alone has it as it was cited last while the rule was valid: it is those offences' days that count.
        """
        found = self.plan.clauses[clause]
        citation = found.cited(self.day)
        if citation is None and rule is not None and rule.last is not None and rule.last < self.day:
            citation = found.cited(rule.last) or found.cited(rule.first)
        return Cited(clause, citation.text, found.about, citation.seen) if citation is not None else None

    def lawful(self, clause: str, rule: Rule) -> str:
        """What allows something to be told, and whether anybody has read it. Loading sees that it is cited on a rule's days."""
        cited = self.cited(clause, rule)
        if cited is None:
            return ""
        return cited.text + ("" if cited.seen else " (ej kontrollerad)")

    def entry(self, rule: Rule) -> Entry:
        """Everything that the document says of a rule."""
        told = read(self.plan, rule)
        tasks, alike = _alike([self._task(rule, one) for one in told.due])
        first = min(rule.then, key=lambda m: (wording.urgency(m), list(wording.STRENGTHS).index(m.strength)))
        return Entry(
            self.numbers.reference(rule.id), rule.id, rule.text, told.whom, told.occasion, told.when, told.any_of, told.unless,
            tasks, alike, self.all_cited(rule.because, rule),
            rule.basis, wording.BASIS[rule.basis], wording.validity(self.plan, rule), strength_of(first), self.time(first),
            tuple(self._notes(rule)), self.news.get(rule.id, ""), not in_force(rule, self.day),
        )  # fmt: skip

    def _task(self, rule: Rule, due: Due) -> Task:
        return Task(due.sentence, self._allowed(rule, due), tuple(self._task_notes(rule, due)))

    def _allowed(self, rule: Rule, due: Due) -> str:
        if due.allowed is not None:
            return f"Uppgiften får lämnas enligt {self.lawful(due.allowed, rule)}."
        if due.consent is not None:
            return f"Uppgiften lämnas bara om personen samtycker till att {due.consent} får veta."
        if due.measure.kind == "consult":
            return "Det behövs inget samtycke."
        return ""

    def _task_notes(self, rule: Rule, due: Due) -> Iterator[str]:
        measure = due.measure
        if due.instead is not None:
            yield f"Om personen säger nej: {due.instead}"
        if measure.needs_reason:
            yield "Den som gör det antecknar skälet."
        if measure.alternative is not None:
            other = measure.alternative.rule
            if other == rule.id:
                yield "Det räcker att en av åtgärderna görs."
            elif other in self.numbers.references:
                yield f"Det räcker att det här eller {self.numbers.reference(other).number} görs."
        if measure.tightened:
            yield wording.TIGHTENED.format(measure.tightened)
        if measure.anyone_stands_in:
            yield "Är den som tar emot stängd får en annan enhet ta emot."

    def _notes(self, rule: Rule) -> Iterator[str]:
        for override in rule.overrides:
            if override.rule in self.numbers.references:
                other = self.numbers.reference(override.rule)
                yield f"Går före {other.number} {other.title}. {override.because}"
        for distinction in rule.distinguishes:
            yield f"Skiljer mellan människor efter {self.plan.facts[distinction.fact].label}. {distinction.because}"
        for other_rule in (one for rules in self.numbers.chapters.values() for one in rules):
            for override in other_rule.overrides:
                if override.rule == rule.id:
                    yield f"Viker för {self.numbers.reference(other_rule.id).number} {other_rule.title}, när den gäller."

    def time(self, measure: Measure) -> str:
        """How fast: "genast", "inom 14 dagar"; nothing where no time is set. From when, the rule says."""
        if measure.continuing:
            return "hela tiden"
        return time_said(self.plan, measure.deadline).partition(" efter händelsen")[0] if measure.deadline else ""

    def line(self, rule: Rule, measures: Iterable[Measure] | None = None) -> Line:
        """A rule in a list, by those of its measures that are meant."""
        meant = list(measures if measures is not None else rule.then) or list(rule.then)
        first = min(meant, key=wording.urgency)
        bearers = tuple(dict.fromkeys(self.function(one) for measure in meant for one in measure.who))
        named = len(bearers) <= wording.FEW or any(measure.kind != "refrain" for measure in meant)
        who = capital(listed(bearers)) if named else wording.BEARERS.format(len(bearers))
        return Line(self.numbers.reference(rule.id), who, strength_of(first), self.time(first))

    def flows(self, rule: Rule) -> Iterator[Flow]:
        """Whom a rule's measures tell something."""
        for measure in measures_of(rule):
            if measure.kind not in ("notify", "apply", "consult"):
                continue
            ground, kind = self._ground(rule, measure)
            teller = capital(listed(self.function(one) for one in measure.who))
            what = wording.ADVICE if measure.kind == "consult" else wording.WHAT[measure.telling or "circumstances"]
            yield Flow(self.numbers.reference(rule.id), teller, self.function(measure.object), what, ground, kind)

    def _ground(self, rule: Rule, measure: Measure) -> tuple[str, str]:
        if measure.allowed_clause is not None:
            return self.lawful(measure.allowed_clause, rule), "clause"
        if measure.allowed_consent is not None:
            return wording.BY_CONSENT, "consent"
        nobody = rule.of != PERSON and (rule.of not in self.plan.relations or measure.about is None)
        return (wording.NOBODY if nobody else wording.NO_IDENTITY), "open"


def _alike(tasks: Sequence[Task]) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """Tasks, and what is said alike of all of them, which is then said once."""
    if len(tasks) < 2:
        return tuple(tasks), ()
    said = [tuple(text for text in (task.allowed, *task.notes) if text) for task in tasks]
    alike = tuple(text for text in said[0] if all(text in other for other in said))
    left, before = [], set[str]()
    for task in tasks:
        notes = tuple(
            wording.TIGHTENED_TOO if note in before and note.startswith(wording.TIGHTENED.format("")) else note
            for note in task.notes if note not in alike
        )  # fmt: skip
        left.append(replace(task, allowed="" if task.allowed in alike else task.allowed, notes=notes))
        before.update(task.notes)
    return tuple(left), alike


def strength_of(measure: Measure) -> str:
    """ "ska", "bör", "får", "ska inte"."""
    word = wording.STRENGTHS[measure.strength]
    return f"{word} {wording.NOT}" if measure.kind == "refrain" else word
