"""Overrides: one rule in the place of another, of the same sort, that can happen, and never below what a statute demands."""

from __future__ import annotations

from samverkan.plan.deadlines import stricter
from samverkan.plan.errors import Problems
from samverkan.plan.model import Measure, Plan, Rule


def check_overrides(plan: Plan, problems: Problems) -> None:
    """Adds overrides that can't be, and warns of those that can never bite."""
    for rule in plan.rules.values():
        for override in rule.overrides:
            other = plan.rules[override.rule]
            if other.of != rule.of:
                text = (
                    f"regeln '{rule.id}' gäller '{rule.of}' och kan inte ersätta '{other.id}', som gäller '{other.of}'. "
                    "Låt båda gälla samma slag."
                )
                problems.error(rule.at, "override-sort", text)
                continue
            if reason := _never(rule, other):
                text = f"regeln '{rule.id}' kan aldrig ersätta '{other.id}': {reason}. Ta bort 'overrides'."
                problems.warning(rule.at, "override-never", text)
            _check_statute(plan, rule, other, problems)


def _never(rule: Rule, other: Rule) -> str:
    """Why the two can't hold for one subject at once, or nothing. Only what is certain is said."""
    if rule.by_offence != other.by_offence:
        return ""
    if (rule.last is not None and rule.last < other.first) or (other.last is not None and other.last < rule.first):
        return "de gäller aldrig samtidigt"
    wanted = {atom.path: set(atom.values) for atom in other.when.atoms}
    for atom in rule.when.atoms:
        if atom.path in wanted and not wanted[atom.path] & set(atom.values):
            return f"deras villkor på '{atom.path}' kan inte vara uppfyllda samtidigt"
    return ""


def _check_statute(plan: Plan, rule: Rule, other: Rule, problems: Problems) -> None:
    """A plan may replace a rule of the plan that it builds on, but not drop a *must* that rests on a statute."""
    statute = [clause for clause in other.because if plan.sources[plan.clauses[clause].source].kind == "statute"]
    if rule.layer == other.layer or not statute:
        return
    for measure in other.then:
        if measure.strength == "must" and not any(_keeps(plan, its, measure) for its in rule.then):
            text = (
                f"regeln '{rule.id}' tar bort eller mildrar 'must {measure.kind}: {measure.object}', som '{other.id}' kräver "
                f"enligt lag ({statute[0]}). Behåll åtgärden i regeln som ersätter, med samma bärare och ingen längre tid."
            )
            problems.error(rule.at, "drops-must", text)


def _keeps(plan: Plan, new: Measure, old: Measure) -> bool:
    """Whether a measure demands all that another does: the same thing of the same bearers, no later, and no less told."""
    in_time = old.deadline is None or (
        new.deadline is not None and (new.deadline == old.deadline or stricter(new.deadline, old.deadline, plan.reminders))
    )
    return (
        in_time
        and new.strength == "must"
        and (new.kind, new.object, new.end, new.about) == (old.kind, old.object, old.end, old.about)
        and (new.keep_relation, new.offered_by, new.alternative) == (old.keep_relation, old.offered_by, old.alternative)
        and set(old.who) <= set(new.who)
        and (old.telling != "identity" or new.telling == "identity")
        and (new.allowed_consent is None or new.allowed_consent == old.allowed_consent)
        and (new.continuing or not old.continuing)
    )
