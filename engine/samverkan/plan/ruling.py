"""Rules, requirements and tightenings: what is due for whom, when and why → the model, with every word looked up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from samverkan.plan.conditions import read_condition
from samverkan.plan.deadlines import stricter
from samverkan.plan.layers import Declared
from samverkan.plan.measuring import deadline_of, due_key, read_measure, read_object
from samverkan.plan.model import (
    Basis,
    Distinction,
    Each,
    Kind,
    Measure,
    Override,
    Ref,
    Requirement,
    Rule,
    Strength,
    Telling,
)
from samverkan.plan.vocabulary import Vocabulary, unknown
from samverkan.plan.yaml_nodes import Node

RESERVED_RULE = "samtycke"
"""The id that decisions on asking for consent have."""

_STRENGTHS = ("may", "should", "must")


def read_rule(declared: Declared, words: Vocabulary) -> Rule:
    """The rule that a mapping says. References to other rules are read, and looked up by `look_up` when all are known."""
    node = declared.node
    if declared.key.text == RESERVED_RULE:
        text = f"'{RESERVED_RULE}' är namnet på beslutet att fråga om samtycke. Välj ett annat id."
        words.problems.error(declared.key.at, "reserved", text)
    of, role = words.subject(node["for"])
    function = () if declared.function is None else (words.function(declared.function),)
    then = tuple(read_measure(item, words, of, role, function) for item in node["then"])
    _measure_ids(then, words)
    valid = node["valid"]
    first, last = words.span(valid)
    return Rule(
        id=declared.key.value(),
        function=(function or then[0].who or ("",))[0],
        title=node.said("title"),
        text=node.said("text"),
        phase=words.word(node["phase"], words.phases, "okänt skede", "skeden"),
        basis=cast(Basis, node.said("basis")),
        of=of,
        role=role,
        when=read_condition(node.get("when"), words, of, role),
        unless=tuple(read_condition(item, words, of, role) for item in node.get("unless") or ()),
        then=then,
        because=read_clauses(node["because"], words),
        first=first or date.min,
        last=last,
        each=_each(node.get("each"), words),
        by_offence=valid.said("judged by") == "offence",
        overrides=tuple(Override(item.said("rule"), item.said("because")) for item in node.get("overrides") or ()),
        distinguishes=tuple(
            Distinction(words.word(item["fact"], words.readable(), "okänd uppgift", "uppgifter"), item.said("because"))
            for item in node.get("distinguishes") or ()
        ),
        layer=declared.layer,
        at=declared.key.at,
    )


def read_clauses(node: Node, words: Vocabulary) -> tuple[str, ...]:
    """The clauses that a list names, each once."""
    clauses = tuple(words.clause(item) for item in node)
    for item in node:
        if clauses.count(item.value()) > 1:
            words.problems.error(item.at, "duplicate-id", f"källstället '{item.value()}' står två gånger. Ta bort ett.")
            break
    return clauses


def _measure_ids(then: tuple[Measure, ...], words: Vocabulary) -> None:
    seen: set[str] = set()
    for measure in (m for outer in then for m in (outer, outer.if_refused) if m is not None):
        if measure.id in seen:
            text = f"åtgärden '{measure.id}' finns redan i regeln. Ge var och en sitt id; de blandas annars ihop."
            words.problems.error(measure.at, "duplicate-id", text)
        seen.add(measure.id)


def _each(node: Node | None, words: Vocabulary) -> Each | None:
    if node is None:
        return None
    if node.text is not None:
        return Each("event", words.event(node))
    if (accepted := node.get("accepted")) is not None:
        return Each("accepted", None, read_ref(accepted, words))
    return Each("passed", None, read_ref(node["passed"], words))


def read_ref(node: Node, words: Vocabulary) -> Ref | None:
    """`rule/measure` as a reference, or None with an error where it isn't one."""
    rule, slash, measure = node.value().partition("/")
    if not (rule and slash and measure and "/" not in measure):
        words.problems.error(node.at, "reference", f"'{node.value()}' ska vara en åtgärd i en regel. Skriv regel/åtgärd.")
        return None
    return Ref(rule, measure)


def look_up(declared: Declared, rules: dict[str, Rule], words: Vocabulary) -> None:
    """Looks up the other rules and measures that a rule names."""
    node = declared.node
    each = node.get("each")
    if each is not None and each.entries is not None:
        for _, ref in each.pairs():
            _known(ref, rules, words)
    for item in node["then"]:
        if (ref_node := item.get("or")) is not None:
            _known(ref_node, rules, words)
    for item in node.get("overrides") or ():
        words.word(item["rule"], rules, "okänd regel", "regler")


def _known(node: Node, rules: dict[str, Rule], words: Vocabulary) -> Measure | None:
    rule_id, _, measure_id = node.value().partition("/")
    rule = rules.get(rule_id)
    if rule is None:
        words.problems.error(node.at, "unknown-word", unknown("okänd regel", rule_id, rules, "regler"))
        return None
    measure = rule.measure(measure_id)
    if measure is None:
        known = [m.id for outer in rule.then for m in (outer, outer.if_refused) if m is not None]
        text = unknown("okänd åtgärd", measure_id, known, f"åtgärder i regeln '{rule_id}'")
        words.problems.error(node.at, "unknown-word", text)
    return measure


def read_requirement(declared: Declared, words: Vocabulary) -> Requirement:
    """What must always be met."""
    node, some = declared.node, declared.node["some"]
    of, role = words.subject(node["for"])
    key = due_key(some)
    strength, kind = key.value().split()
    _, object_id = read_object(cast(Kind, kind), some[key.value()], words, of, role)
    if kind == "refrain":
        text = "ett krav kan inte uppfyllas av att någon avstår (refrain). Kräv det som ska göras."
        words.problems.error(key.at, "requirement", text)
    telling = some.get("telling")
    if telling is not None and kind not in ("notify", "apply", "consult"):
        words.problems.error(telling.at, "telling", f"'telling' hör till notify, consult och apply, inte till {kind}. Ta bort det.")
    deadline = some.get("deadline")
    return Requirement(
        id=declared.key.value(),
        title=node.said("title"),
        of=of,
        role=role,
        when=read_condition(node.get("when"), words, of, role),
        strength=cast(Strength, strength),
        kind=cast(Kind, kind),
        object=object_id,
        because=read_clauses(node["because"], words),
        telling=cast(Telling | None, telling.value() if telling is not None else None),
        deadline=None if deadline is None else deadline_of(deadline, words),
        at=declared.key.at,
    )


def tighten(declared: Declared, rules: dict[str, Rule], words: Vocabulary, reminders: dict[str, int]) -> None:
    """Puts the stricter measure in the place of the one that it tightens, in `rules`."""
    node, problems = declared.node, words.problems
    measure = _known(node["measure"], rules, words)
    if measure is None:
        return
    rule = rules[node.said("measure").partition("/")[0]]
    if rule.layer == declared.layer:
        text = f"regeln '{rule.id}' är planens egen. Ändra den där den står; 'tightens' skärper den plan som den här bygger på."
        problems.error(node["measure"].at, "tightens", text)
        return
    if measure.tightened:
        problems.error(node["measure"].at, "tightens", f"'{node.said('measure')}' är redan skärpt. Skriv en skärpning av den.")
        return
    changed = measure
    strength = node.get("strength")
    if strength is not None:
        if _STRENGTHS.index(strength.value()) <= _STRENGTHS.index(measure.strength):
            text = f"'{strength.value()}' är inte strängare än '{measure.strength}'. En skärpning kan inte mildra; ta bort den."
            problems.error(strength.at, "tightens", text)
        changed = replace(changed, strength=cast(Strength, strength.value()))
    deadline_node = node.get("deadline")
    if deadline_node is not None and (deadline := deadline_of(deadline_node, words)) is not None:
        old = measure.deadline
        if not stricter(deadline, old, reminders) or (old is not None and deadline.text == old.text):
            text = f"'{deadline.text}' är inte säkert kortare än '{old.text if old else ''}'. En skärpning kan inte mildra."
            problems.error(deadline_node.at, "tightens", text)
        changed = replace(changed, deadline=deadline)
    if strength is None and deadline_node is None:
        problems.error(node.at, "tightens", "skärpningen säger inte vad som skärps. Ange 'strength', 'deadline' eller båda.")
    changed = replace(changed, tightened=node.said("because"))
    then = tuple(
        changed if its is measure else replace(its, if_refused=changed) if its.if_refused is measure else its
        for its in rule.then
    )  # fmt: skip
    rules[rule.id] = replace(rule, then=then)
