"""What a measure, a condition, a deadline or a group of people is called in a picture, from the labels of the plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from samverkan.draw.scene import Shape
from samverkan.draw.wording import DEADLINES, RECEIVES, STRENGTHS, TOLD_AFTER, UNITS, When, capital, listed
from samverkan.plan.model import UNKNOWN, Atom, Condition, Measure, Plan, Rule, Some

NAMES_SHOWN = 3
"""As many subjects are named in one node; the others are counted."""


def measure_text(plan: Plan, kind: str, word: str, title: str) -> str:
    """What is to be done, in the words of the plan.

    Args:
        plan: the plan.
        kind: the kind of measure or decision.
        word: its object.
        title: the title of its rule, which says best what a notification is.

    Returns:
        A phrase with a capital letter; the id where the plan has no such word.
    """
    match kind:
        case "assess":
            fact = plan.facts.get(word)
            label = fact.label if fact is not None else _label(plan, word)
            return fact.ask if fact is not None and fact.ask else f"Bedöm {label}"
        case "inform":
            return f"Informera om {plan.information.get(word, word)}"
        case "offer":
            return f"Erbjud {plan.offers.get(word, word)}"
        case "perform":
            return capital(plan.acts[word].label if word in plan.acts else word)
        case "refrain":
            return f"Låt bli att {plan.acts[word].label if word in plan.acts else word}"
        case "consult":
            return f"Rådfråga {function(plan, word)}"
        case "ask":
            return f"Fråga personen om {function(plan, word)} får underrättas"
        case "correction":
            return f"Rätta uppgiften till {function(plan, word)}"
        case "consent_ended":
            return f"Berätta för {function(plan, word)} att samtycket har upphört"
    return title


def owed_text(plan: Plan, measure: Measure, title: str) -> str:
    """A measure as the plan states it, with its strength: "Ska erbjuda stödsamtal", "Ska: orosanmälan …".

    Args:
        plan: the plan.
        measure: the measure.
        title: the title of its rule, which says best what a notification is.

    Returns:
        A phrase with a capital letter; for an assessment the question that it answers.
    """
    word, strength = measure.object, capital(STRENGTHS[measure.strength])
    match measure.kind:
        case "assess":
            return measure_text(plan, "assess", word, title)
        case "inform":
            return f"{strength} informera om {plan.information.get(word, word)}"
        case "offer":
            return f"{strength} erbjuda {plan.offers.get(word, word)}"
        case "perform":
            return f"{strength} {plan.acts[word].label if word in plan.acts else word}"
        case "refrain":
            return f"{strength} inte {plan.acts[word].label if word in plan.acts else word}"
        case "consult":
            return f"{strength} rådfråga {function(plan, word)}"
    return f"{strength}: {title}"


def shape_of(kind: str) -> Shape:
    """The shape of a node for a measure of that kind."""
    return "question" if kind == "assess" else "offer" if kind == "offer" else "decision"


def told_text(plan: Plan, kind: str, word: str, telling: str | None, when: When = "plan") -> str:
    """What the one at the other end gets or does.

    Args:
        plan: the plan.
        kind: the kind of measure or decision.
        word: its object.
        telling: what is told.
        when: as the plan says it, still to come, only possible, or done.

    Returns:
        A phrase with a capital letter, as in "Ska få veta vem det gäller".
    """
    if kind == "offer":
        return capital(plan.offers.get(word, word))
    return RECEIVES[kind if kind in RECEIVES else "notify"][when].format(told=TOLD_AFTER[telling or "circumstances"])


def function(plan: Plan, word: str) -> str:
    """The label of a function as it stands within a sentence."""
    return plan.functions[word].label if word in plan.functions else word


def _label(plan: Plan, word: str) -> str:
    found = plan.facts.get(word) or plan.conclusions.get(word)
    return found.label if found is not None else word


def duty(plan: Plan, strength: str, deadline: str) -> str:
    """"ska genast", "bör inom 14 dagar", "får"."""
    return f"{STRENGTHS.get(strength, '')} {deadline_text(plan, deadline)}".strip()


def deadline_text(plan: Plan, text: str) -> str:
    """A deadline as the plan writes it, in Swedish: "genast", "inom 14 dagar efter att orosanmälan har kommit in"."""
    main, moves, _ = text.partition(" or next working day")
    main, _, event = main.partition(" after ")
    words = DEADLINES.get(main, "")
    found = re.fullmatch(r"(\d+) (working day|hour|day|week|month)s?", main)
    if found is not None:
        one, many = UNITS[f"{found[2]}s"]
        words = f"inom {found[1]} {one if found[1] == '1' else many}"
    if event and words:
        label = plan.events[event].label if event in plan.events else event
        words = f"{words} efter: {label}"
    return f"{words} (eller nästa arbetsdag)" if moves and words else words


def named(subjects: Sequence[str], names: Mapping[str, str]) -> str:
    """Several subjects in few words: "köpare 1–3", "Anna, Bo och Cia", "Anna, Bo och 3 till".

    Args:
        subjects: their ids, in the order that they are told in.
        names: id → Swedish name; an id that it lacks is shown as it is.

    Returns:
        The words; empty for nobody.
    """
    words = [names.get(subject, subject) for subject in subjects]
    numbered = [re.fullmatch(r"(.*?)(\d+)", word) for word in words]
    if len(words) > 1 and all(numbered):
        stems = {match[1] for match in numbered if match}
        numbers = sorted(int(match[2]) for match in numbered if match)
        if len(stems) == 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return f"{stems.pop()}{numbers[0]}–{numbers[-1]}"
    if len(words) > NAMES_SHOWN:
        return f"{', '.join(words[: NAMES_SHOWN - 1])} och {len(words) - NAMES_SHOWN + 1} till"
    return listed(words)


def condition_text(plan: Plan, rule: Rule, certain: frozenset[tuple[str | None, str]] = frozenset()) -> str:
    """The condition of a rule as a question: "Åldern: under 18 år eller kan vara under 18 år?"; empty where there is none.

    Args:
        plan: the plan.
        rule: the rule.
        certain: (end, fact) pairs that need not be asked, as what went before has settled them.

    Returns:
        One sentence with a question mark, or nothing.
    """
    parts = _parts(plan, rule.when, certain)
    text = ", ".join(parts)
    return f"{capital(text)}?" if text else ""


def _parts(plan: Plan, condition: Condition, certain: frozenset[tuple[str | None, str]]) -> list[str]:
    parts = [_atom(plan, atom) for atom in condition.atoms if (atom.end, atom.fact) not in certain]
    parts += [_some(plan, some) for some in condition.some]
    if condition.any and not any(_settled(alternative, certain) for alternative in condition.any):
        alternatives = [" och ".join(_parts(plan, alternative, frozenset())) for alternative in condition.any]
        parts.append(" eller ".join(dict.fromkeys(alternatives)))
    return parts


def _settled(condition: Condition, certain: frozenset[tuple[str | None, str]]) -> bool:
    """Whether nothing in a condition need be asked."""
    return not condition.some and not condition.any and all((atom.end, atom.fact) in certain for atom in condition.atoms)


def _atom(plan: Plan, atom: Atom) -> str:
    whose = f"{_end(plan, atom.end)}, " if atom.end else ""
    if atom.fact in plan.conclusions:
        label = plan.conclusions[atom.fact].label
        known = {"true": label, "false": f"inte: {label}", UNKNOWN: f"oklart: {label}"}
        return f"{whose}{' eller '.join(known.get(value, value) for value in atom.values)}"
    fact = plan.facts.get(atom.fact)
    values = fact.values if fact is not None else {}
    words = ["okänt" if value == UNKNOWN else values.get(value, value) for value in atom.values]
    return f"{whose}{_label(plan, atom.fact)}: {listed(words, 'eller')}"


def _end(plan: Plan, end: str) -> str:
    """The role that stands at an end of a relation, in its definite form."""
    roles = [relation.ends[end] for relation in plan.relations.values() if end in relation.ends]
    return plan.roles[roles[0]].definite if roles and roles[0] in plan.roles else end


def _some(plan: Plan, some: Some) -> str:
    inner = " och ".join(_parts(plan, some.has, frozenset()))
    return f"något {plan.relations[some.relation].label} där {inner}"
