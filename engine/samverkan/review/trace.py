"""Clause → rules → scenarios and back: which rules rest on a clause, which scenarios show a rule, and in what twin it is silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samverkan.exercise.scenario import Scenario
from samverkan.plan.model import Clause, Measure, Plan, Rule
from samverkan.review.telling import twin_text
from samverkan.review.twins import Progress, Told, Twin, no_progress, silent_twins, tell


@dataclass(frozen=True, slots=True)
class ClauseTrace:
    """One clause. `cited`: as it is cited last, `seen`: whether that text was read. `rules` rest on it; `behind`: conclusions and
    requirements that do. `reason`, `why`, `covered_by`: why it has no rule; empty where nothing is said."""

    id: str
    source: str
    about: str
    cited: str
    seen: bool
    rules: tuple[str, ...]
    behind: tuple[str, ...]
    reason: str = ""
    why: str = ""
    covered_by: str = ""


@dataclass(frozen=True, slots=True)
class Showing:
    """A rule is shown in a scenario about a subject, first at a step. `expected`: the scenario says so itself."""

    scenario: str
    subject: str
    step: int
    expected: bool


@dataclass(frozen=True, slots=True)
class SilentTwin:
    """The variant of a scenario in which a rule is silent about a subject, in words: "utan steg 3 (…)"."""

    scenario: str
    subject: str
    kind: str
    step: int
    text: str


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """One rule, what it rests on, where it is shown and where it is silent."""

    id: str
    title: str
    function: str
    clauses: tuple[str, ...]
    showings: tuple[Showing, ...]
    twin: SilentTwin | None


@dataclass(frozen=True, slots=True)
class ScenarioTrace:
    """One scenario and the rules that it shows."""

    id: str
    title: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything, in the order of the plan and of the scenarios."""

    clauses: tuple[ClauseTrace, ...]
    rules: tuple[RuleTrace, ...]
    scenarios: tuple[ScenarioTrace, ...]

    @property
    def bare(self) -> tuple[ClauseTrace, ...]:
        """Clauses that have neither a rule nor a stated reason."""
        return tuple(c for c in self.clauses if not c.rules and not c.reason)

    @property
    def reasoned(self) -> tuple[ClauseTrace, ...]:
        """Clauses that have only a reason."""
        return tuple(c for c in self.clauses if not c.rules and c.reason)

    @property
    def unshown(self) -> tuple[RuleTrace, ...]:
        """Rules that no scenario shows."""
        return tuple(r for r in self.rules if not r.showings)

    @property
    def never_silent(self) -> tuple[RuleTrace, ...]:
        """Rules that are shown, but in no twin silent."""
        return tuple(r for r in self.rules if r.showings and r.twin is None)


def trace(plan: Plan, scenarios: Sequence[Scenario], progress: Progress = no_progress) -> Trace:
    """The trace of a plan through scenarios.

    Args:
        plan: the plan.
        scenarios: those that are written for it.
        progress: is told how far the work has come; it takes some seconds.
    """
    told = tell(plan, scenarios, progress)
    twins = silent_twins(plan, told, progress)
    return Trace(clause_traces(plan), _rules(plan, told, twins), tuple(_scenario(plan, one) for one in told))


def clauses_of(rule: Rule) -> tuple[str, ...]:
    """The clauses that a rule rests on: its reasons, and what allows its measures to tell."""
    allowed = [measure.allowed_clause for measure in measures_of(rule)]
    return tuple(dict.fromkeys((*rule.because, *(clause for clause in allowed if clause is not None))))


def measures_of(rule: Rule) -> tuple[Measure, ...]:
    """The measures of a rule, with what is done instead after a refusal."""
    return tuple(one for measure in rule.then for one in (measure, measure.if_refused) if one is not None)


def clause_traces(plan: Plan) -> tuple[ClauseTrace, ...]:
    """Every clause of a plan, with the rules that rest on it or the reason why none does."""
    rules: dict[str, list[str]] = {}
    for rule in plan.rules.values():
        for clause in clauses_of(rule):
            rules.setdefault(clause, []).append(rule.id)
    behind: dict[str, list[str]] = {}
    others = [(c.id, c.because) for c in plan.conclusions.values()] + [(r.id, r.because) for r in plan.requirements.values()]
    for one, because in others:
        for clause in because:
            behind.setdefault(clause, []).append(one)
    return tuple(_clause(clause, rules.get(clause.id, ()), behind.get(clause.id, ())) for clause in plan.clauses.values())


def _clause(clause: Clause, rules: Iterable[str], behind: Iterable[str]) -> ClauseTrace:
    last = clause.citations[-1]
    why = clause.unruled
    return ClauseTrace(
        clause.id, clause.source, clause.about, last.text, last.seen, tuple(rules), tuple(behind),
        *((why.reason, why.why, why.clause or "") if why is not None else ()),
    )  # fmt: skip


def _rules(plan: Plan, told: Sequence[Told], twins: dict[str, Twin]) -> tuple[RuleTrace, ...]:
    showings: dict[str, list[Showing]] = {}
    for one in told:
        named = {(e.named.rule, e.named.subject) for s in one.scenario.steps for e in (*s.expectations, *(s.exactly or ()))}
        for (rule, subject), decisions in one.shown.fired.items():
            step = max((s.number for s in one.scenario.steps if s.at <= min(d.shown for d in decisions)), default=1)
            showings.setdefault(rule, []).append(Showing(one.scenario.id, subject, step, (rule, subject) in named))
    scenarios = {one.scenario.id: one.scenario for one in told}
    return tuple(
        RuleTrace(
            rule.id, rule.title, rule.function, clauses_of(rule), tuple(showings.get(rule.id, ())),
            _twin(plan, scenarios, twins.get(rule.id)),
        )
        for rule in plan.rules.values()
    )  # fmt: skip


def _twin(plan: Plan, scenarios: dict[str, Scenario], twin: Twin | None) -> SilentTwin | None:
    if twin is None:
        return None
    text = twin_text(plan, scenarios[twin.scenario], twin)
    return SilentTwin(twin.scenario, twin.subject, twin.variant.kind, twin.variant.step, text)


def _scenario(plan: Plan, one: Told) -> ScenarioTrace:
    fired = {rule for rule, _ in one.shown.fired}
    return ScenarioTrace(one.scenario.id, one.scenario.title, tuple(rule for rule in plan.rules if rule in fired))
