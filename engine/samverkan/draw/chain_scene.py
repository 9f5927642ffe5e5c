"""An event chain of the plan as a scene: the event, its conditions, who is to do what when, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samverkan.draw.layout import legible
from samverkan.draw.phrases import condition_text, deadline_text, function, measure_text, owed_text, shape_of, told_text
from samverkan.draw.scene import Column, Edge, Lane, Node, Scene
from samverkan.draw.wording import (
    ACCEPTED,
    ASSESSED_HOW,
    CHAIN_COLUMNS,
    CHAIN_SUBTITLE,
    ENDS_AT_ONCE,
    EVENTS,
    FIRST_KNOWN,
    GROUNDS,
    PASSED,
    REFUSED,
    SHARED,
    TELLS,
    YES,
    capital,
    listed,
)
from samverkan.graph.chains import MOST_NODES, SHARED_FROM, Chain, ChainStep, set_going
from samverkan.plan.model import PERSON, UNKNOWN, Measure, Plan, Ref, Rule

EVENT_LANE, SHARED_LANE = "+events", "+shared"


def chain_scenes(plan: Plan, chains: Sequence[Chain]) -> tuple[Scene, ...]:
    """The scenes of an event: as few as it takes for each to have at most 30 nodes and letters of 9 points on A3.

    Args:
        plan: the plan.
        chains: the chains of one event, in their order.

    Returns:
        The scenes, in the order of the chains' rules; a single rule is never parted.

    Raises:
        ValueError: no chains, or of several events.
    """
    if len({chain.event for chain in chains}) != 1:
        raise ValueError("en bild visar en händelse")
    event = chains[0].event
    parts = _parts(plan, event, [step for chain in chains for step in chain.steps])
    return tuple(_Chain(plan, event, part).scene(number, len(parts)) for number, part in enumerate(parts, 1))


def _parts(plan: Plan, event: str, steps: Sequence[ChainStep]) -> list[tuple[ChainStep, ...]]:
    """As many rules on each page as can be read there, in their order."""
    parts: list[tuple[ChainStep, ...]] = [tuple(steps[:1])]
    for step in steps[1:]:
        longer = (*parts[-1], step)
        scene = _Chain(plan, event, longer).scene(1, 2)
        if len(scene.nodes) <= MOST_NODES and legible(scene):
            parts[-1] = longer
        else:
            parts.append((step,))
    return parts


class _Chain:
    """One scene in the making."""

    def __init__(self, plan: Plan, event: str, steps: Sequence[ChainStep]) -> None:
        self.plan, self.of, self.steps = plan, event, steps
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.event = ""
        self.asked: dict[tuple[str, str], str] = {}
        self.causes: dict[Ref, str] = {}
        self.told: dict[tuple[str, str, str, str], str] = {}
        self.measures: dict[Ref, list[str]] = {}
        self.same: dict[tuple[Node, tuple[tuple[str, str], ...]], str] = {}

    def scene(self, page: int, pages: int) -> Scene:
        for step in self.steps:
            self._step(step)
        event = self.plan.events[self.of]
        heading = capital(event.label)
        own = {self.plan.rules[step.rule].phase for step in self.steps}
        phases = [label for phase, label in self.plan.phases.items() if phase in own]
        used = {node.column for node in self.nodes}
        return Scene(
            title=f"{heading} ({page} av {pages})" if pages > 1 else heading,
            lanes=self._lanes(),
            columns=tuple(Column(word, text) for word, text in CHAIN_COLUMNS.items() if word in used),
            nodes=tuple(self.nodes),
            edges=tuple(self.edges),
            note=ENDS_AT_ONCE if event.consent == "withdrawn" else FIRST_KNOWN if event.introduces else "",
            subtitle=f"{CHAIN_SUBTITLE} {listed(phases)}. {self.plan.title}.",
        )

    def _step(self, step: ChainStep) -> None:
        """Adds one rule: what it hangs on, then its measures."""
        rule = self.plan.rules[step.rule]
        for measure in set_going(self.plan, self.of, step):
            for lane in self._bearers(measure):
                start = self._start(step, rule, lane)
                name = self._measure(step, rule, measure, lane, start)
                self._tie(*(Edge(before, name, "starts", label) for before, label in start))
                if measure.if_refused is not None:
                    instead = self._measure(step, rule, measure.if_refused, lane, [(name, REFUSED)])
                    self._tie(Edge(name, instead, "starts", REFUSED))

    def _tie(self, *edges: Edge) -> None:
        self.edges += [edge for edge in edges if edge not in self.edges]

    def _bearers(self, measure: Measure) -> list[str]:
        return [SHARED_LANE] if len(measure.who) >= SHARED_FROM else list(measure.who)

    def _start(self, step: ChainStep, rule: Rule, lane: str) -> list[tuple[str, str]]:
        """What a measure hangs on, with the words on the line: a condition, the event itself or a measure before."""
        if step.cause is not None:
            return [(cause, self._why(step, rule)) for cause in self._cause(step, step.cause)]
        text = condition_text(self.plan, rule, self._certain(rule))
        role = self._role(rule)
        if role:
            text = f"{capital(role)} – {text[:1].lower()}{text[1:]}" if text else f"Gäller det {role}?"
        return [(self._condition(text, lane), YES)] if text else [(self._event(), "")]

    def _event(self) -> str:
        if not self.event:
            self.event = "event"
            label = capital(self.plan.events[self.of].label)
            self.nodes.insert(0, Node(self.event, EVENT_LANE, "event", "event", label))
        return self.event

    def _condition(self, text: str, lane: str) -> str:
        """The diamond that asks for a condition, one for each lane."""
        if (text, lane) not in self.asked:
            name = self.asked[text, lane] = f"condition{len(self.asked)}"
            self.nodes.append(Node(name, lane, "condition", "condition", text))
            self.edges.append(Edge(self._event(), name))
        return self.asked[text, lane]

    def _certain(self, rule: Rule) -> frozenset[tuple[str | None, str]]:
        """The facts that the event itself settles as the rule needs them."""
        event = self.plan.events[self.of]
        sure: set[tuple[str | None, str]] = set()
        for says in event.says:
            if says.given and len(says.values) == 1:
                sure |= {
                    (atom.end, atom.fact)
                    for atom in rule.when.atoms
                    if atom.fact == says.fact and says.values[0] in atom.values
                }
        return frozenset(sure)

    def _role(self, rule: Rule) -> str:
        """The role that a rule is for, where the event may be about people in several."""
        event = self.plan.events[self.of]
        if rule.role is None or event.about != PERSON or event.role is not None:
            return ""
        return self.plan.roles[rule.role].definite

    def _cause(self, step: ChainStep, ref: Ref) -> Sequence[str]:
        """The nodes of the measure that a step follows on; an event of its own where that is in another picture."""
        if ref in self.measures:
            return self.measures[ref]
        if ref not in self.causes:
            rule = self.plan.rules[ref.rule]
            measure = rule.measure(ref.measure)
            assert measure is not None
            name = self.causes[ref] = f"cause{len(self.causes)}"
            text = measure_text(self.plan, measure.kind, measure.object, rule.title)
            self.nodes.append(Node(name, EVENT_LANE, "event", "event", text, self._how(step)))
        return [self.causes[ref]]

    def _how(self, step: ChainStep) -> str:
        return {"accepted": "personen har sagt ja", "passed": "tiden har gått ut"}.get(step.via, "är bedömt")

    def _why(self, step: ChainStep, rule: Rule) -> str:
        """What stands on the line to what follows."""
        if step.via == "accepted":
            return ACCEPTED
        if step.via == "passed":
            return PASSED
        assert step.cause is not None
        cause = self.plan.rules[step.cause.rule].measure(step.cause.measure)
        assert cause is not None
        values = [
            value for atom in rule.when.atoms if (atom.end, atom.fact) == (cause.end, cause.object) for value in atom.values
        ]
        fact = self.plan.facts.get(cause.object)
        labels = fact.values if fact is not None else {}
        return listed([labels.get(value, value) for value in values if value != UNKNOWN], "eller")

    def _measure(
        self, step: ChainStep, rule: Rule, measure: Measure, lane: str, start: Sequence[tuple[str, str]]
    ) -> str:
        """The node of a measure, and of the one who is told or offers; what says exactly the same stands once."""
        column = self._column(step, measure)
        details = []
        if step.cause is not None:
            details.append(self._besides(step.cause, rule))
        if lane == SHARED_LANE:
            details.append(f"({listed([function(self.plan, bearer) for bearer in measure.who])})")
        details.append(self._when(measure, column))
        text = owed_text(self.plan, measure, rule.title)
        node = Node("", lane, column, shape_of(measure.kind), text, "\n".join(filter(None, details)))
        key = (node, tuple(start))
        if key not in self.same:
            self.same[key] = f"{rule.id}/{measure.id}/{lane}"
            self.nodes.append(replace(node, id=self.same[key]))
        name = self.same[key]
        self.measures.setdefault(Ref(rule.id, measure.id), []).append(name)
        other = measure.offered_by if measure.kind == "offer" else measure.object if measure.kind in TELLS else None
        if other is not None:
            self._receiver(name, measure, other, column)
        return name

    def _besides(self, ref: Ref, rule: Rule) -> str:
        """What else has to hold for a rule that follows on a measure, beyond what held for that."""
        before = self.plan.rules[ref.rule]
        cause = before.measure(ref.measure)
        assert cause is not None
        known = {(atom.end, atom.fact) for atom in before.when.atoms}
        if cause.kind == "assess":
            known.add((cause.end, cause.object))
        text = condition_text(self.plan, rule, frozenset(known)).rstrip("?")
        return f"om {text[:1].lower()}{text[1:]}" if text else ""

    def _receiver(self, name: str, measure: Measure, other: str, column: str) -> None:
        text = told_text(self.plan, measure.kind, measure.object, measure.telling)
        detail = ""
        if measure.kind in ("notify", "apply"):
            identity = measure.telling == "identity"
            ground = (
                "clause" if measure.allowed_clause else "consent" if measure.allowed_consent
                else "none" if identity else "no identity"
            )  # fmt: skip
            detail = GROUNDS[ground] if ground != "no identity" else ""
        key = (other, column, text, f"{detail}/{measure.kind}")
        if key not in self.told:
            self.told[key] = f"told{len(self.told)}"
            self.nodes.append(Node(self.told[key], other, column, "receiver", text, detail))
        self._tie(Edge(name, self.told[key], "tells", TELLS[measure.kind]))

    def _when(self, measure: Measure, column: str) -> str:
        """The deadline where the column doesn't say it; for an assessment also how strong it is."""
        deadline = "" if measure.deadline is None or measure.deadline.unit == column else measure.deadline.text
        words = deadline_text(self.plan, deadline)
        return f"{ASSESSED_HOW[measure.strength]} {words}".strip() if measure.kind == "assess" else words

    def _column(self, step: ChainStep, measure: Measure) -> str:
        if step.depth:
            return "then" if step.depth == 1 else "later"
        deadline = measure.deadline
        if deadline is None:
            return "open"
        return deadline.unit if deadline.unit in ("at once", "promptly") else "in time"

    def _lanes(self) -> tuple[Lane, ...]:
        used = {node.lane for node in self.nodes}
        lanes = [Lane(EVENT_LANE, EVENTS)] if EVENT_LANE in used else []
        lanes += [Lane(word, capital(each.label)) for word, each in self.plan.functions.items() if word in used]
        if SHARED_LANE in used:
            lanes.append(Lane(SHARED_LANE, SHARED))
        return tuple(lanes)
