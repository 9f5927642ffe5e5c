"""What the engine reads in a rule, as Swedish sentences: whom it is for, when it holds, and what is then due. No case is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from samverkan.draw.phrases import deadline_text
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, Atom, Condition, Deadline, Measure, Plan, Requirement, Rule, Some
from samverkan.plan.spelling import listed
from samverkan.wording.conditions import occasion, whom_for
from samverkan.wording.phrases import MODALS, capital
from samverkan.wording.wording import Wording

NOT_KNOWN = "okänt"
WHOLE: Mapping[str, str] = {PERSON: "personen", OPERATION: "insatsen", CASE: "ärendet"}
"""What the sorts of subject that every plan has are called."""

CONCLUDED: Mapping[str, str] = {"true": "framgår", "false": "framgår inte", UNKNOWN: "är oklart"}
"""What is said before the label of a conclusion, after "det"."""

TOGETHER = ", och samtidigt "
"""Between conditions that must all be so, where they are told in one line."""

MOST_NAMED = 6
"""Where more values than this are meant, and fewer are not, those are named instead."""


@dataclass(frozen=True, slots=True)
class Due:
    """One measure as a sentence. `instead`: what may be done after a refusal. `allowed`: the clause that allows telling."""

    measure: Measure
    sentence: str
    allowed: str | None
    consent: str | None
    instead: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """A rule as it is read. `whom`: for whom; `occasion`: what it is due once for, or nothing. `when`: all must be so; `any_of`: in
    each, one is enough; `unless`: none may be known to be so. `words`: the labels of the facts and conclusions that are read."""

    whom: str
    occasion: str
    when: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    due: tuple[Due, ...]
    words: tuple[str, ...] = ()


def read(plan: Plan, rule: Rule) -> Read:
    """The sentences of a rule."""
    return Read(
        whom_for(plan, rule), occasion(plan, rule), *conditions(plan, rule.when),
        tuple(said(plan, one) for one in rule.unless),
        tuple(_due(plan, rule, one) for one in rule.then),
        tuple(dict.fromkeys(word for one in (rule.when, *rule.unless) for word in _words(plan, one))),
    )  # fmt: skip


def said(plan: Plan, condition: Condition) -> str:
    """A condition in one line: "åldern: under 18 år, och samtidigt betalningen: överlämnad"."""
    when, any_of = conditions(plan, condition)
    return TOGETHER.join((*when, *(f"något av: {', eller '.join(one)}" for one in any_of)))


def conditions(plan: Plan, condition: Condition) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """What must all be so, and the alternatives of which one is enough."""
    when = (*(atom_said(plan, atom) for atom in condition.atoms), *(_some(plan, one) for one in condition.some))
    return when, (tuple(said(plan, one) for one in condition.any),) if condition.any else ()


def atom_said(plan: Plan, atom: Atom) -> str:
    """One condition: "åldern: under 18 år eller kan vara under 18 år"; of an end, with whose it is."""
    whose = f" ({_end(plan, atom.end)})" if atom.end is not None else ""
    conclusion = plan.conclusions.get(atom.fact)
    if conclusion is not None:
        heads = [CONCLUDED[value] for value in atom.values]
        return f"det {listed(heads, 'eller')}: {conclusion.label}{whose}"
    return values_said(plan, atom.fact, atom.values, atom.end)


def values_said(plan: Plan, fact: str, values: Iterable[str], end: str | None = None) -> str:
    """A fact with some of its values: "åldern (köparen): under 18 år eller okänt"; any value where none is named."""
    whose = f" ({_end(plan, end)})" if end is not None else ""
    wanted, every = tuple(values), plan.facts[fact].values
    words = [every[value] for value in wanted if value != UNKNOWN]
    others = [label for value, label in every.items() if value not in wanted]
    if len(words) > MOST_NAMED > len(others) > 0:
        words = [f"annat än {listed(others, 'eller')}"]
    alternatives = any(" eller " in word for word in words)
    if UNKNOWN in wanted and not alternatives:
        words.append(NOT_KNOWN)
    told = listed(words, "eller") + (f", eller {NOT_KNOWN}" if UNKNOWN in wanted and alternatives else "")
    return f"{plan.facts[fact].label}{whose}: {told}" if told else f"{plan.facts[fact].label}{whose}"


def _end(plan: Plan, end: str) -> str:
    roles = [relation.ends[end] for relation in plan.relations.values() if end in relation.ends]
    return plan.roles[roles[0]].definite if roles else end


def _some(plan: Plan, some: Some) -> str:
    return f"det finns {plan.relations[some.relation].label} där {said(plan, some.has)}"


def _due(plan: Plan, rule: Rule, measure: Measure) -> Due:
    refused = measure.if_refused
    return Due(
        measure,
        measure_sentence(plan, rule, measure),
        measure.allowed_clause,
        plan.functions[measure.allowed_consent].label if measure.allowed_consent is not None else None,
        measure_sentence(plan, rule, refused) if refused is not None else None,
    )


def measure_sentence(plan: Plan, rule: Rule, measure: Measure) -> str:
    """A measure as one sentence: "Polisen ska genast underrätta socialtjänsten om barnet, med uppgift om vem det gäller."."""
    whom = concerned(plan, rule, measure)
    nobody = rule.of not in (PERSON, *plan.relations) or (rule.of in plan.relations and measure.about is None)
    telling = Wording.of_nobody(measure.telling) if nobody else measure.telling
    deed = Wording(plan, {}).deed_of(measure.kind, measure.object, CASE, telling, whom)
    if measure.kind == "refrain" and measure.strength == "may":
        deed = f"avstå från att {deed.removeprefix('inte ')}"
    if measure.kind == "assess":
        deed = _unambiguous(deed, whom)
    bearers = listed(plan.functions[one].label for one in measure.who)
    time = time_said(plan, measure.deadline) if measure.deadline is not None else ""
    soon = f"{time} " if measure.deadline is not None and not measure.deadline.real else ""
    late = f", {time}" if time and not soon else ""
    lasting = ", så länge regeln gäller" if measure.continuing else ""
    other = measure.offered_by is not None and measure.who != (measure.offered_by,)
    given = f", som ges av {plan.functions[measure.offered_by].label}" if other and measure.offered_by is not None else ""
    return f"{capital(bearers)} {MODALS[measure.strength]} {soon}{deed}{given}{late}{lasting}."


def _unambiguous(deed: str, whom: str) -> str:
    """Whom an assessment is about, said so that it isn't read as a part of the question: "bedöma om … (gäller barnet)"."""
    tail = f" när det gäller {whom}"
    asks = deed.startswith(("bedöma om ", "bedöma frågan ")) and deed.endswith(tail)
    return f"{deed.removesuffix(tail)} (gäller {whom})" if asks else deed


def time_said(plan: Plan, deadline: Deadline) -> str:
    """How fast, in words: "genast", "inom en vecka efter händelsen ”barnutredning inledd”"."""
    words = deadline_text(plan, deadline.text).replace("inom 1 ", "inom en ")
    head, after, event = words.partition(" efter: ")
    if not after:
        return words
    label, moved, tail = event.partition(" (")
    return f"{head} efter händelsen ”{label}”{moved}{tail}"


def concerned(plan: Plan, rule: Rule, measure: Measure) -> str:
    """Whom or what a measure concerns, in the definite form."""
    if rule.of in plan.relations:
        relation = plan.relations[rule.of]
        return plan.roles[relation.ends[measure.about]].definite if measure.about is not None else relation.definite
    if rule.role is not None:
        return plan.roles[rule.role].definite
    return WHOLE[rule.of]


def requirement_sentence(plan: Plan, one: Requirement) -> str:
    """A requirement in one sentence: whom it is for, when, and what somebody must then do."""
    when = said(plan, one.when)
    return f"Gäller {whom_required(plan, one)}{f', när {when}' if when else ''}. {required(plan, one)}"


def whom_required(plan: Plan, one: Requirement) -> str:
    """Whom or what a requirement is for, in the definite form."""
    return plan.roles[one.role].definite if one.role is not None else WHOLE.get(one.of) or plan.relations[one.of].definite


def required(plan: Plan, one: Requirement) -> str:
    """What somebody must do by a requirement: "Då ska någon genast …". What is to be found out of somebody at an end of a relation
    is asked of whom the requirement reads it of."""
    whom = whom_required(plan, one)
    asked = next((atom.end for atom in one.when.atoms if atom.end is not None and atom.fact == one.object), None)
    if one.kind == "assess" and asked is not None:
        whom = _end(plan, asked)
    telling = one.telling if one.of == PERSON or one.of in plan.relations else Wording.of_nobody(one.telling)
    deed = Wording(plan, {}).deed_of(one.kind, one.object, CASE, telling, whom)
    if one.kind == "assess":
        deed = _unambiguous(deed, whom)
    time = f"{time_said(plan, one.deadline)} " if one.deadline is not None else ""
    return f"Då {MODALS[one.strength]} någon {time}{deed}."


def _words(plan: Plan, condition: Condition) -> Iterator[str]:
    for atom in condition.atoms:
        yield (plan.conclusions.get(atom.fact) or plan.facts[atom.fact]).label
    for some in condition.some:
        yield from _words(plan, some.has)
    for alternative in condition.any:
        yield from _words(plan, alternative)
