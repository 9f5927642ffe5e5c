"""A plan and a history, printed so that a failure reads as a story."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from samverkan.decide.events import Event
from samverkan.plan.model import Atom, Condition, Deadline, Measure, Plan, Rule, Unit


def show_time(plan: Plan, moment: datetime) -> str:
    """Local time with its offset: the doubled hour must be told apart."""
    return moment.astimezone(ZoneInfo(plan.timezone)).strftime("%a %Y-%m-%d %H:%M:%S%z").replace(":00+", "+")


# ------------------------------------------------------------------------------------------------------------ plan


def _atom(atom: Atom) -> str:
    return f"{atom.path}∈{{{','.join(atom.values)}}}"


def show_condition(condition: Condition) -> str:
    parts = [_atom(atom) for atom in condition.atoms]
    parts += [f"some {some.relation} as {some.end} has ({show_condition(some.has)})" for some in condition.some]
    if condition.any:
        parts.append("(" + " or ".join(show_condition(one) for one in condition.any) + ")")
    return " and ".join(parts) or "always"


def _deadline(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    amount = f"{deadline.amount} " if deadline.amount else ""
    after = f" after {deadline.after}" if deadline.after else ""
    return f" within [{amount}{deadline.unit}{after}{' or next working day' if deadline.moves else ''}]"


def show_measure(measure: Measure) -> str:
    words = [f"{measure.id}: {measure.strength} {measure.kind} {measure.end + '.' if measure.end else ''}{measure.object}"]
    words.append(f"by {'+'.join(measure.who)}")
    for label, value in (
        ("about", measure.about),
        ("each relation" if measure.keep_relation else "", measure.keep_relation or None),
        ("telling", measure.telling),
        ("allowed by", measure.allowed_clause),
        ("with consent to", measure.allowed_consent),
        ("or", measure.alternative),
        ("continuing", measure.continuing or None),
        ("anyone stands in", measure.anyone_stands_in or None),
        ("needs a reason", measure.needs_reason or None),
    ):
        if value is not None:
            words.append(label if value is True else f"{label} {value}")
    text = ", ".join(words) + _deadline(measure.deadline)
    if measure.if_refused is not None:
        text += f"; if refused ({show_measure(measure.if_refused)})"
    return text


def _rule(rule: Rule) -> list[str]:
    head = f"rule {rule.id} for {rule.role or rule.of}"
    if rule.each is not None:
        head += f", each {rule.each.event or f'{rule.each.kind} {rule.each.ref}'}"
    head += f", when {show_condition(rule.when)}"
    for exception in rule.unless:
        head += f", unless {show_condition(exception)}"
    head += f", valid {rule.first}..{rule.last or ''}"
    if rule.by_offence:
        head += " judged by the offence"
    if rule.overrides:
        head += f", overrides {', '.join(override.rule for override in rule.overrides)}"
    return [head, *(f"    {show_measure(measure)}" for measure in rule.then)]


def _unit(unit: Unit) -> str:
    area = "everywhere" if unit.area is None else "+".join(unit.area)
    text = f"unit {unit.id} is {'+'.join(unit.functions)}, {area}, {unit.hours}"
    if unit.serves:
        text += ", serves " + " and ".join(f"{fact}∈{{{','.join(values)}}}" for fact, values in unit.serves.items())
    if unit.stand_ins:
        text += f", stand-in {', '.join(unit.stand_ins)}"
    if unit.first or unit.last:
        text += f", {unit.first or ''}..{unit.last or ''}"
    return text


def show_plan(plan: Plan) -> str:
    """The rules and units of a plan; its words are taken as known."""
    lines = [line for rule in plan.rules.values() for line in _rule(rule)]
    return "\n".join([*lines, *(_unit(unit) for unit in plan.units.values())])


# ---------------------------------------------------------------------------------------------------------- events


def _about(event: Event) -> str:
    if event.about is None:
        return ""
    text = f" {event.about.subject}"
    if event.about.role is not None:
        text += f" {event.about.role}"
    if event.about.ends:
        text += f" of {', '.join(who or '-' for who in event.about.ends)}"
    return text


def show_event(plan: Plan, event: Event) -> str:
    """One event on one line."""
    text = f"{show_time(plan, event.at)}  {event.id}"
    if event.revision != 1:
        text += f" (revision {event.revision})"
    if event.void:
        text += " taken back"
    elif event.mark is not None:
        mark = event.mark
        text += f" {mark.kind} {mark.rule}/{mark.measure} {mark.subject}"
        text += f" by {mark.bearer}" if mark.bearer else ""
        text += f" #{mark.occurrence}" if mark.occurrence else ""
    else:
        text += f" {event.type}{_about(event)}"
    for fact, value in event.facts:
        text += f", {fact}: {value}"
    for label, said in (
        ("recipient", event.recipient),
        ("telling", event.telling),
        ("until", show_time(plan, event.until) if event.until else None),
        ("offence at", show_time(plan, event.offence_at) if event.offence_at else None),
        ("same as", event.same_as),
        ("reason", event.reason),
    ):
        if said is not None:
            text += f", {label} {said}"
    if event.known_at != event.at:
        text += f"   — known {show_time(plan, event.known_at)}"
    return text


def show(plan: Plan, events: Iterable[Event], as_of: datetime | None = None) -> str:
    """The whole story: the plan, then what happened in order of time, then now."""
    told = sorted(events, key=lambda event: (event.at, event.known_at, event.id, event.revision))
    lines = [show_plan(plan), "—", *(show_event(plan, event) for event in told)]
    if as_of is not None:
        lines.append(f"{show_time(plan, as_of)}  now")
    return "\n".join(lines)
