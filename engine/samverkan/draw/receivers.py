"""The other end of a decision of a case: who is told or receives, what stands there, and in which lanes everything stands."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.decide.answer import Answering
from samverkan.draw.case_reading import Seen, local
from samverkan.draw.phrases import told_text
from samverkan.draw.scene import Lane, Node, State
from samverkan.draw.wording import EVENTS, NOT_TOLD, SHARED, WAITS, When, capital, day_and_time
from samverkan.plan.model import Plan

EVENT_LANE, SHARED_LANE = "+events", "+shared"
BETWEEN_FUNCTIONS = ("notify", "consult", "apply", "offer", "correction", "consent_ended")


def receiver_of(plan: Plan, one: Seen, column: str) -> Node | None:
    """The node of the one who is told or who holds what is offered; none where nothing goes to another function."""
    decision = one.decision
    other = other_end(plan, one)
    if other is None:
        return None
    if one.state == "ask_first":
        return Node("", other, column, "receiver", capital(NOT_TOLD), WAITS, "", "faded")
    when: When = "done" if one.state == "done" else "possible" if decision.strength == "may" else "to come"
    text = told_text(plan, decision.kind, decision.object, decision.telling, when)
    return Node("", other, column, "receiver", text, _answering(plan, decision.recipient), "", _told_state(one.state))


def other_end(plan: Plan, one: Seen) -> str | None:
    """The function at the other end of a decision; none of one that is over or declined: nothing goes there."""
    decision = one.decision
    if one.state in ("gone", "ended", "declined") or decision.kind == "ask":
        return None
    if decision.recipient is not None:
        return decision.recipient.function
    if decision.kind in BETWEEN_FUNCTIONS and decision.kind != "offer":
        return decision.object
    rule = plan.rules.get(decision.id.rule)
    measure = rule.measure(decision.id.measure) if rule is not None else None
    return measure.offered_by if measure is not None else None


def _answering(plan: Plan, answering: Answering | None) -> str:
    """The unit that answers, and when it opens if it is closed."""
    if answering is None or answering.unit is None:
        return ""
    unit = plan.units[answering.unit].label if answering.unit in plan.units else answering.unit
    if answering.open or answering.opens is None:
        return unit
    return f"{unit}, öppnar {day_and_time(local(plan, answering.opens))}"


def _told_state(state: State) -> State:
    return "plain" if state in ("due", "overdue", "done") else state


def lanes_of(plan: Plan, nodes: Sequence[Node]) -> tuple[Lane, ...]:
    """The events, the functions that have anything, and what many bear."""
    used = {node.lane for node in nodes}
    lanes = [Lane(EVENT_LANE, EVENTS)]
    lanes += [Lane(word, capital(each.label)) for word, each in plan.functions.items() if word in used]
    lanes += [Lane(word, word) for word in sorted(used.difference(plan.functions, (EVENT_LANE, SHARED_LANE)))]
    if SHARED_LANE in used:
        lanes.append(Lane(SHARED_LANE, SHARED))
    return tuple(lanes)
