"""An event chain of the plan as a scene: the event, its conditions, who is to do what when, and who is told."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.draw.layout import legible
from samverkan.draw.phrases import condition_text, duty, function, measure_text, shape_of, told_text
from samverkan.draw.scene import Column, Edge, Lane, Node, Scene
from samverkan.draw.wording import (
    ACCEPTED,
    CHAIN_COLUMNS,
    EVENTS,
    GROUNDS,
    PASSED,
    REFUSED,
    TELLS,
    YES,
    capital,
    listed,
)
from samverkan.graph.chains import Chain, ChainStep
from samverkan.plan.model import UNKNOWN, Measure, Plan, Ref, Rule

EVENT_LANE, SHARED_LANE = "+events", "+shared"
SHARED = "Flera verksamheter"
SHARED_FROM = 3


def chain_scenes(plan: Plan, chain: Chain) -> tuple[Scene, ...]:
    """The scenes of a chain: one, or as many as it takes for every letter to be at least 9 points on A3.

    Args:
        plan: the plan.
        chain: one of its event chains.

    Returns:
        The scenes, in the order of the chain's rules; a single rule is never parted.
    """
    parts = _parts(plan, chain, chain.steps)
    return tuple(_scene(plan, chain, part, number, len(parts)) for number, part in enumerate(parts, 1))


def _parts(plan: Plan, chain: Chain, steps: Sequence[ChainStep]) -> list[Sequence[ChainStep]]:
    if len(steps) == 1 or legible(_scene(plan, chain, steps, 1, 2)):
        return [steps]
    half = (len(steps) + 1) // 2
    return [*_parts(plan, chain, steps[:half]), *_parts(plan, chain, steps[half:])]


def _scene(plan: Plan, chain: Chain, steps: Sequence[ChainStep], page: int, pages: int) -> Scene:
    return _Chain(plan, chain, steps).scene(page, pages)


class _Chain:
    """One scene in the making."""

    def __init__(self, plan: Plan, chain: Chain, steps: Sequence[ChainStep]) -> None:
        self.plan, self.chain, self.steps = plan, chain, steps
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.event = ""
        self.asked: dict[tuple[str, str], str] = {}
        self.causes: dict[Ref, str] = {}
        self.told: dict[tuple[str, str, str, str], str] = {}
        self.measures: dict[Ref, list[str]] = {}

    def scene(self, page: int, pages: int) -> Scene:
        for step in self.steps:
            self._step(step)
        event = self.plan.events[self.chain.event]
        phase = self.plan.phases.get(self.chain.phase, self.chain.phase) if self.chain.phase else ""
        number = (self.chain.part - 1) * pages + page if self.chain.parts > 1 else page
        total = pages * self.chain.parts
        heading = capital(event.label) + (f": {phase[:1].lower()}{phase[1:]}" if phase else "")
        used = {node.column for node in self.nodes}
        return Scene(
            title=f"{heading} ({number} av {total})" if total > 1 else heading,
            lanes=self._lanes(),
            columns=tuple(Column(word, text) for word, text in CHAIN_COLUMNS.items() if word in used),
            nodes=tuple(self.nodes),
            edges=tuple(self.edges),
            subtitle=f"{self.plan.title}. Vad händelsen sätter igång: vem som ska göra vad, och vem som får veta.",
        )

    def _step(self, step: ChainStep) -> None:
        """Adds one rule: what it hangs on, then its measures."""
        rule = self.plan.rules[step.rule]
        for measure in rule.then:
            lanes = [SHARED_LANE] if len(measure.who) >= SHARED_FROM else list(measure.who)
            for lane in lanes:
                name = self._measure(step, rule, measure, lane)
                self._hang(step, rule, lane, name)
                if measure.if_refused is not None:
                    instead = self._measure(step, rule, measure.if_refused, lane)
                    self.edges.append(Edge(name, instead, "starts", REFUSED))

    def _hang(self, step: ChainStep, rule: Rule, lane: str, name: str) -> None:
        """Ties a measure to its condition or its cause."""
        if step.cause is None:
            text = condition_text(self.plan, rule, self._certain(rule))
            role = self._role(rule)
            text = f"{role} {text}".strip()
            if text:
                self.edges.append(Edge(self._condition(text, lane), name, "starts", YES))
            else:
                self.edges.append(Edge(self._event(), name))
            return
        for cause in self._cause(step, step.cause):
            self.edges.append(Edge(cause, name, "starts", self._why(step, rule)))

    def _event(self) -> str:
        if not self.event:
            self.event = "event"
            label = capital(self.plan.events[self.chain.event].label)
            self.nodes.insert(0, Node(self.event, EVENT_LANE, "event", "event", label))
        return self.event

    def _condition(self, text: str, lane: str) -> str:
        """The diamond that asks for a condition, one for each lane."""
        if (text, lane) not in self.asked:
            name = self.asked[text, lane] = f"condition{len(self.asked)}"
            self.nodes.append(Node(name, lane, "condition", "question", text))
            self.edges.append(Edge(self._event(), name))
        return self.asked[text, lane]

    def _certain(self, rule: Rule) -> frozenset[tuple[str | None, str]]:
        """The facts that the event itself settles as the rule needs them."""
        event = self.plan.events[self.chain.event]
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
        """"Köparen?" where the event may be about people in several roles and the rule is for one."""
        event = self.plan.events[self.chain.event]
        if rule.role is None or event.about != "person" or event.role is not None:
            return ""
        role = self.plan.roles[rule.role]
        return f"Gäller det {role.definite}?"

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

    def _measure(self, step: ChainStep, rule: Rule, measure: Measure, lane: str) -> str:
        """The node of a measure, and of the one who is told or offers."""
        ref = Ref(rule.id, measure.id)
        name = f"{rule.id}/{measure.id}/{lane}"
        column = self._column(step, measure)
        details = [duty(self.plan, measure.strength, measure.deadline.text if measure.deadline else "")]
        if lane == SHARED_LANE:
            details.insert(0, listed([function(self.plan, bearer) for bearer in measure.who]))
        if step.via == "assessed":
            details.insert(0, self._besides(step, rule))
        text = measure_text(self.plan, measure.kind, measure.object, rule.title)
        self.nodes.append(
            Node(name, lane, column, shape_of(measure.kind), text, "\n".join(filter(None, details)))
        )
        self.measures.setdefault(ref, []).append(name)
        other = measure.offered_by if measure.kind == "offer" else measure.object if measure.kind in TELLS else None
        if other is not None:
            self._receiver(name, measure, other, column)
        return name

    def _besides(self, step: ChainStep, rule: Rule) -> str:
        """What else has to hold for a rule that follows on an assessment, beyond what held for the assessment."""
        assert step.cause is not None
        before = self.plan.rules[step.cause.rule]
        cause = before.measure(step.cause.measure)
        assert cause is not None
        known = {(atom.end, atom.fact) for atom in before.when.atoms} | {(cause.end, cause.object)}
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
        self.edges.append(Edge(name, self.told[key], "tells", TELLS[measure.kind]))

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
