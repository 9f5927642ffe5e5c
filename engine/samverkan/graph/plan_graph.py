"""The whole plan as one typed graph: what events state, what rules read and owe, who bears, who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samverkan.graph.reading import readings
from samverkan.plan.model import Conclusion, Condition, Measure, Plan, Rule

if TYPE_CHECKING:
    import networkx as nx

TELLS = ("notify", "consult", "apply")
"""The kinds of measure by which one function tells another something."""


def plan_graph(plan: Plan) -> nx.MultiDiGraph[str]:
    """Everything that a plan says, as a graph.

    A node is named `sort:id` (a measure `measure:rule/measure`) and has the attributes `sort` (function, rule, event, fact,
    conclusion, measure, information, offer or act), `id` and `label`. An edge has `sort`:

    - event → fact `states` (`effect`, `end`, `values`); event → rule `occurs`; event → measure `consents`
    - fact or conclusion → rule or conclusion `read by` (`values`, `unless`)
    - rule → measure `owes`; rule → rule `overrides` (`because`)
    - measure → function `borne by`, `offered by`, `told to` (`kind`, `telling`, `clause`, `consent`, `strength`, `deadline`)
    - measure → fact, information, offer or act `concerns`
    - measure → rule `accepted`, `passed`; measure → measure `if refused`, `or`

    Args:
        plan: the plan; nothing else is read.

    Returns:
        The graph, its nodes and edges in the order of the plan.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    _words(graph, plan)
    for event in plan.events.values():
        for says in event.says:
            sort = "conclusion" if says.fact in plan.conclusions else "fact"
            _edge(
                graph, f"event:{event.id}", f"{sort}:{says.fact}", "states",
                effect=says.effect, end=says.end, values=says.values,
            )
    for conclusion in plan.conclusions.values():
        _reads(graph, plan, f"conclusion:{conclusion.id}", conclusion, conclusion.when, unless=False)
    for rule in plan.rules.values():
        _rule(graph, plan, rule)
    for rule in plan.rules.values():
        _between_rules(graph, rule)
    return graph


def _words(graph: nx.MultiDiGraph[str], plan: Plan) -> None:
    """The nodes: every word of the plan that something may be tied to."""
    for function in plan.functions.values():
        _node(graph, "function", function.id, function.label)
    for event in plan.events.values():
        _node(graph, "event", event.id, event.label)
    for fact in plan.facts.values():
        _node(graph, "fact", fact.id, fact.label)
    for conclusion in plan.conclusions.values():
        _node(graph, "conclusion", conclusion.id, conclusion.label)
    for word, label in plan.information.items():
        _node(graph, "information", word, label)
    for word, label in plan.offers.items():
        _node(graph, "offer", word, label)
    for act in plan.acts.values():
        _node(graph, "act", act.id, act.label)
    for rule in plan.rules.values():
        _node(graph, "rule", rule.id, rule.title, phase=rule.phase, basis=rule.basis)
        for measure, _ in measures(rule):
            _node(
                graph, "measure", f"{rule.id}/{measure.id}", rule.title,
                rule=rule.id, kind=measure.kind, object=measure.object, strength=measure.strength,
            )


def measures(rule: Rule) -> tuple[tuple[Measure, Measure | None], ...]:
    """The measures of a rule, each with the one that it stands in for when consent is refused (else None)."""
    found: list[tuple[Measure, Measure | None]] = []
    for measure in rule.then:
        found.append((measure, None))
        if measure.if_refused is not None:
            found.append((measure.if_refused, measure))
    return tuple(found)


def _rule(graph: nx.MultiDiGraph[str], plan: Plan, rule: Rule) -> None:
    name = f"rule:{rule.id}"
    _reads(graph, plan, name, rule, rule.when, unless=False)
    for exception in rule.unless:
        _reads(graph, plan, name, rule, exception, unless=True)
    if rule.each is not None and rule.each.event is not None:
        _edge(graph, f"event:{rule.each.event}", name, "occurs")
    for measure, instead_of in measures(rule):
        node = f"measure:{rule.id}/{measure.id}"
        _edge(graph, name, node, "owes")
        if instead_of is not None:
            _edge(graph, f"measure:{rule.id}/{instead_of.id}", node, "if refused")
        _parties(graph, plan, node, measure)


def _parties(graph: nx.MultiDiGraph[str], plan: Plan, node: str, measure: Measure) -> None:
    """Who bears a measure, who is told by it, who holds what is offered, and what it is about."""
    for bearer in measure.who:
        _edge(graph, node, f"function:{bearer}", "borne by")
    if measure.kind in TELLS:
        _edge(
            graph, node, f"function:{measure.object}", "told to",
            kind=measure.kind, telling=measure.telling, clause=measure.allowed_clause, consent=measure.allowed_consent,
            strength=measure.strength, deadline=measure.deadline.text if measure.deadline else "",
        )
    elif measure.kind == "assess":
        sort = "conclusion" if measure.object in plan.conclusions else "fact"
        _edge(graph, node, f"{sort}:{measure.object}", "concerns", end=measure.end)
    else:
        sort = {"inform": "information", "offer": "offer"}.get(measure.kind, "act")
        _edge(graph, node, f"{sort}:{measure.object}", "concerns")
    if measure.offered_by is not None:
        _edge(graph, node, f"function:{measure.offered_by}", "offered by")
    for event in plan.events.values():
        if event.consent_for is not None and event.consent_for.recipient == measure.allowed_consent:
            _edge(graph, f"event:{event.id}", node, "consents")


def _between_rules(graph: nx.MultiDiGraph[str], rule: Rule) -> None:
    """What ties one rule to another: overrides, acceptances and passings, alternatives."""
    for override in rule.overrides:
        _edge(graph, f"rule:{rule.id}", f"rule:{override.rule}", "overrides", because=override.because)
    if rule.each is not None and rule.each.ref is not None:
        _edge(graph, f"measure:{rule.each.ref}", f"rule:{rule.id}", rule.each.kind)
    for measure, _ in measures(rule):
        if measure.alternative is not None:
            _edge(graph, f"measure:{rule.id}/{measure.id}", f"measure:{measure.alternative}", "or")


def _reads(
    graph: nx.MultiDiGraph[str], plan: Plan, reader: str, owner: Rule | Conclusion, condition: Condition, unless: bool
) -> None:
    for reading in readings(plan, condition, owner.of, owner.role):
        if not reading.through:
            sort = "conclusion" if reading.fact in plan.conclusions else "fact"
            _edge(graph, f"{sort}:{reading.fact}", reader, "read by", values=reading.values, unless=unless)


def _node(graph: nx.MultiDiGraph[str], sort: str, word: str, label: str, **more: Any) -> None:
    graph.add_node(f"{sort}:{word}", sort=sort, id=word, label=label, **more)


def _edge(graph: nx.MultiDiGraph[str], source: str, target: str, sort: str, **more: Any) -> None:
    for end in (source, target):
        if end not in graph:
            raise ValueError(f"planen säger något om {end}, som den inte deklarerar")
    graph.add_edge(source, target, sort=sort, **more)
