"""What differs between two days of one plan: rules that have come, ended or changed, clauses cited anew, and who answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from samverkan.plan.model import Clause, Plan, Rule, Unit
from samverkan.review.sentences import Read, read
from samverkan.review.trace import clauses_of

ALIKE = 0.34
"""How alike (0 to 1) a rule that ended and one that came must be to count as one rule that changed."""

WITHOUT = "alltid"
"""Said of a rule that has no conditions."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that ended (`before`) and the one that took its place (`after`); `what`: the differences, one a line."""

    before: Rule
    after: Rule
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recited:
    """A clause that is cited in another way, or only on one of the days (None). `rules`: those in force later that rest on it."""

    clause: Clause
    before: str | None
    after: str | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitsChanged:
    """A function for which other units answer: those that have come and those that have gone, by label."""

    function: str
    come: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """All differences, in the order of the plan."""

    earlier: date
    later: date
    added: tuple[Rule, ...]
    ended: tuple[Rule, ...]
    changed: tuple[RuleChange, ...]
    recited: tuple[Recited, ...]
    units: tuple[UnitsChanged, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.ended or self.changed or self.recited or self.units)


def in_force(rule: Rule, day: date) -> bool:
    """Whether a day lies within a rule's validity; of a rule judged by the offence, the offence's day."""
    return rule.first <= day and (rule.last is None or day <= rule.last)


def is_there(unit: Unit, day: date) -> bool:
    """Whether a unit exists on a day."""
    return (unit.first is None or unit.first <= day) and (unit.last is None or day <= unit.last)


def changed(plan: Plan, one: date, other: date) -> Changed:
    """What differs between two days, told from the earlier to the later.

    Args:
        plan: the plan, which holds all days.
        one: a day.
        other: another.
    """
    earlier, later = min(one, other), max(one, other)
    ended = [rule for rule in plan.rules.values() if in_force(rule, earlier) and not in_force(rule, later)]
    added = [rule for rule in plan.rules.values() if in_force(rule, later) and not in_force(rule, earlier)]
    pairs = _pairs(ended, added)
    paired = {id(rule) for pair in pairs for rule in pair}
    return Changed(
        earlier, later,
        tuple(rule for rule in added if id(rule) not in paired),
        tuple(rule for rule in ended if id(rule) not in paired),
        tuple(RuleChange(before, after, tuple(differences(plan, before, after, later))) for before, after in pairs),
        tuple(_recited(plan, earlier, later)),
        tuple(_units(plan, earlier, later)),
    )  # fmt: skip


def _pairs(ended: Sequence[Rule], added: Sequence[Rule]) -> list[tuple[Rule, Rule]]:
    """Rules that ended with those that took their place, the most alike first; each in one pair at most."""
    scored = [
        (-score, place, number) for place, before in enumerate(ended) for number, after in enumerate(added)
        if (score := _alike(before, after)) >= ALIKE
    ]  # fmt: skip
    pairs, gone, come = [], set(), set()
    for _, place, number in sorted(scored):
        if place not in gone and number not in come:
            gone.add(place)
            come.add(number)
            pairs.append((place, number))
    return [(ended[place], added[number]) for place, number in sorted(pairs)]


def _alike(before: Rule, after: Rule) -> float:
    """How alike two rules are: the same subject, some measure in common, and what they are called.

    Rules that ask different things of the ends of a relation are about different matters, however alike they sound: a purchase
    of a child is another offence than a purchase.
    """
    if (before.of, before.role) != (after.of, after.role) or _asked_of_ends(before) != _asked_of_ends(after):
        return 0.0
    one, other = ({(m.kind, m.object) for m in rule.then} for rule in (before, after))
    shared = len(one & other) / len(one | other)
    if shared == 0:
        return 0.0
    called = SequenceMatcher(None, before.title, after.title).ratio()
    clauses = {*clauses_of(before)} & {*clauses_of(after)}
    return (shared + called + bool(clauses)) / 3


def _asked_of_ends(rule: Rule) -> set[str]:
    """What a rule always asks of the ends of its relation, whatever the answer."""
    return {atom.path for atom in rule.when.atoms if atom.end is not None}


def differences(plan: Plan, before: Rule, after: Rule, day: date) -> Iterable[str]:
    """How one rule differs from another, in sentences; sources are cited as of `day`."""
    if before.title != after.title:
        yield f"Heter nu: {after.title}. Hette: {before.title}."
    was, now = read(plan, before), read(plan, after)
    if _conditions(was) != _conditions(now):
        yield f"Gäller nu när: {_conditions(now) or WITHOUT}. Förut när: {_conditions(was) or WITHOUT}."
    yield from (f"Nytt undantag: {one}." for one in now.unless if one not in was.unless)
    yield from (f"Undantaget finns inte längre: {one}." for one in was.unless if one not in now.unless)
    old = {(d.measure.kind, d.measure.object): d.sentence for d in was.due}
    new = {(d.measure.kind, d.measure.object): d.sentence for d in now.due}
    for key, sentence in old.items():
        if key not in new:
            yield f"Inte längre: {sentence}"
        elif new[key] != sentence:
            yield f"Nu: {new[key]} Förut: {sentence}"
    yield from (f"Nytt: {sentence}" for key, sentence in new.items() if key not in old)
    if was.whom != now.whom:
        yield f"Gäller nu {now.whom}. Gällde: {was.whom}."
    if was.occasion != now.occasion:
        yield f"Gäller varje gång: {now.occasion or 'så länge villkoren är uppfyllda'}."
    grounds = [plan.clauses[clause] for clause in clauses_of(after) if clause not in clauses_of(before)]
    cited = [citation.text for clause in grounds if (citation := clause.cited(day)) is not None]
    if cited:
        yield f"Ny källa: {'; '.join(cited)}."


def _conditions(one: Read) -> str:
    return "; ".join((*one.when, *(f"något av ({') eller ('.join(some)})" for some in one.any_of)))


def _recited(plan: Plan, earlier: date, later: date) -> Iterable[Recited]:
    for clause in plan.clauses.values():
        was, now = clause.cited(earlier), clause.cited(later)
        before, after = (was.text if was is not None else None), (now.text if now is not None else None)
        if before != after:
            rules = tuple(r.id for r in plan.rules.values() if in_force(r, later) and clause.id in clauses_of(r))
            yield Recited(clause, before, after, rules)


def _units(plan: Plan, earlier: date, later: date) -> Iterable[UnitsChanged]:
    for function in plan.functions.values():
        answering = [unit for unit in plan.units.values() if function.id in unit.functions]
        come = tuple(u.label for u in answering if is_there(u, later) and not is_there(u, earlier))
        gone = tuple(u.label for u in answering if is_there(u, earlier) and not is_there(u, later))
        if come or gone:
            yield UnitsChanged(function.id, come, gone)


def to_json(plan: Plan, found: Changed) -> dict[str, object]:
    """The differences as JSON."""
    return {
        "plan": plan.id,
        "from": found.earlier.isoformat(),
        "to": found.later.isoformat(),
        "added": [_rule(rule) for rule in found.added],
        "ended": [_rule(rule) for rule in found.ended],
        "changed": [{"before": _rule(c.before), "after": _rule(c.after), "what": list(c.what)} for c in found.changed],
        "recited": [
            {"clause": r.clause.id, "before": r.before, "after": r.after, "rules": list(r.rules)} for r in found.recited
        ],
        "units": [{"function": u.function, "added": list(u.come), "ended": list(u.gone)} for u in found.units],
    }


def _rule(rule: Rule) -> dict[str, str | None]:
    return {
        "rule": rule.id,
        "title": rule.title,
        "function": rule.function,
        "from": rule.first.isoformat(),
        "until": rule.last.isoformat() if rule.last is not None else None,
    }
