"""A generated plan as the YAML that a plan editor would write: in its smallest pieces, to be put into files in any way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from samverkan.plan.model import (
    Atom,
    Condition,
    Deadline,
    EventType,
    Fact,
    Hours,
    Measure,
    Plan,
    Rule,
    Says,
    Source,
    Unit,
)
from samverkan.plan.opening import ALWAYS, DAYS

EFFECTS = ("claims", "establishes", "changes")
Piece = dict[str, Any]


def writable(plan: Plan) -> Plan:
    """The plan with only what the load check lets through: one test of each fact in a condition, and facts that the subject has."""

    def has(rule: Rule, end: str | None, fact: str) -> bool:
        role = rule.role if end is None else plan.relations[rule.of].ends[end]
        word = plan.facts.get(fact) or plan.conclusions[fact]
        return word.role in (None, role)

    def admissible(rule: Rule, condition: Condition) -> Condition:
        atoms = {atom.path: atom for atom in condition.atoms if has(rule, atom.end, atom.fact)}
        some = [found for one in condition.any if (found := admissible(rule, one)).atoms]
        return replace(condition, atoms=tuple(atoms.values()), any=tuple(some) if len(some) > 1 else ())

    def measured(rule: Rule, measure: Measure) -> Measure:
        readable = measure.kind != "assess" or (
            has(rule, measure.end, measure.object) and (measure.about is None or measure.about == measure.end)
        )
        if measure.kind == "consult":
            measure = replace(measure, telling="circumstances")
        if measure.if_refused is not None:
            measure = replace(measure, if_refused=measured(rule, measure.if_refused))
        if measure.deadline is not None:
            measure = replace(measure, deadline=replace(measure.deadline, text=_deadline(measure.deadline)))
        return measure if readable else replace(measure, kind="inform", object=next(iter(plan.information)), end=None)

    def ruled(rule: Rule) -> Rule:
        unless = [found for one in rule.unless if (found := admissible(rule, one)).atoms]
        then = tuple(measured(rule, measure) for measure in rule.then)
        return replace(rule, when=admissible(rule, rule.when), unless=tuple(unless), then=then, layer=plan.id)

    rules = {rule.id: ruled(rule) for rule in plan.rules.values()}
    events = {
        e.id: replace(e, says=tuple(sorted(e.says, key=lambda says: EFFECTS.index(says.effect)))) for e in plan.events.values()
    }
    opposites = tuple(sorted((min(pair), max(pair)) for pair in plan.opposites))
    hours = {ALWAYS.id: ALWAYS, **plan.hours}
    reconstructed = plan.reconstructed or "En prövning."
    return replace(plan, rules=rules, events=events, opposites=opposites, hours=hours, reconstructed=reconstructed)


def pieces_of(plan: Plan) -> list[Piece]:
    """The plan in pieces: a word, a rule, a key of its head each; the units together, since their order counts."""
    head: Piece = {
        "plan": plan.id,
        "title": plan.title,
        "version": plan.version,
        "valid": {"from": f"{plan.first}"},
        "reconstructed": plan.reconstructed,
        "timezone": plan.timezone,
        "country": plan.country,
        "reminders": {name: _hours(count) for name, count in plan.reminders.items()},
    }
    found: list[Piece] = [{key: value} for key, value in head.items()]
    words: dict[str, Mapping[str, Any]] = {
        "roles": {r.id: {"label": r.label, "definite": r.definite} for r in plan.roles.values()},
        "relations": {
            r.id: {"label": r.label, "definite": r.definite, "ends": dict(r.ends), "offence": _yes(r.offence)}
            for r in plan.relations.values()
        },
        "facts": {f.id: _fact(f, plan.municipalities) for f in plan.facts.values()},
        "conclusions": {
            c.id: {"of": c.role or c.of, "label": c.label, "when": _condition(c.when), "because": list(c.because)}
            for c in plan.conclusions.values()
        },
        "events": {e.id: _event(e) for e in plan.events.values()},
        "acts": {a.id: {"label": a.label, "opens": _yes(a.opens)} for a in plan.acts.values()},
        "offers": plan.offers,
        "information": plan.information,
        "phases": plan.phases,
        "municipalities": plan.municipalities,
        "functions": {f.id: _short(label=f.label, found_by=list(f.found_by)) for f in plan.functions.values()},
        "hours": {h.id: _hours_of(h) for h in plan.hours.values() if not h.always},
        "sources": {s.id: _source(plan, s) for s in plan.sources.values()},
    }
    for section, declared in words.items():
        found += [{section: {word: said}} for word, said in declared.items()]
    found += [{"opposites": [list(pair)]} for pair in plan.opposites]
    found += [
        {"impossible": [{"for": one.role or one.of, "facts": _atoms(one.atoms), "because": one.because}]} for one in plan.impossible
    ]
    found.append({"units": [_unit(unit) for unit in plan.units.values()]})
    found += [{"rules": [_rule(rule)]} for rule in plan.rules.values()]
    return found


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _hours(count: int) -> str:
    return f"{count} hour" + ("s" if count != 1 else "")


def _short(**said: Any) -> Piece:
    """Only what is said; `_` in a key is a blank, and a last one nothing (`if_`)."""
    return {key.rstrip("_").replace("_", " "): value for key, value in said.items() if value not in (None, [], {}, "", False)}


def _atoms(atoms: Iterable[Atom]) -> Piece:
    return {atom.path: list(atom.values) for atom in atoms}


def _condition(condition: Condition) -> Piece:
    said = _atoms(condition.atoms)
    for some in condition.some:
        said |= {"some": some.relation, "as": some.end, "has": _condition(some.has)}
    if condition.any:
        said["any"] = [_condition(one) for one in condition.any]
    return said


def _fact(fact: Fact, municipalities: Mapping[str, str]) -> Piece:
    days = {value: f"{count} days" for value, count in fact.reaches_back.items()}
    return _short(
        of=fact.role or fact.of,
        label=fact.label,
        values="municipalities" if fact.values == municipalities else dict(fact.values),
        in_conflict=fact.in_conflict,
        reaches_back=days,
        read="now" if fact.read_now else None,
    )


def _says(says: Says) -> Any:
    if says.was is not None:
        return {"from": says.was, "to": says.values[0]}
    if not says.values:
        return "any"
    return says.values[0] if len(says.values) == 1 else list(says.values)


def _event(event: EventType) -> Piece:
    effects: dict[str, Piece] = {}
    for says in event.says:
        effects.setdefault(says.effect, {})[says.path] = _says(says)
    about = event.role or event.about
    wish = event.consent_for
    return _short(
        label=event.label,
        about=about,
        introduces=event.about if event.introduces else None,
        role="begins" if event.begins else "ends" if event.ends_role else None,
        ends=list(event.names),
        consent=event.consent,
        consent_for={"recipient": wish.recipient, "when": {wish.fact: list(wish.values)}} if wish is not None else None,
        **effects,
    )


def _windows(windows: Iterable[tuple[int, int]]) -> list[str]:
    return [f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}" for start, end in windows]


def _hours_of(hours: Hours) -> Piece:
    said: Piece = {"label": hours.label}
    said |= {day: _windows(windows) for day, windows in zip(DAYS, hours.days, strict=True) if windows}
    if hours.eves is not None:
        said["eves"] = _windows(hours.eves) or "closed"
    return said | ({"holidays": _windows(hours.holidays)} if hours.holidays else {})


def _unit(unit: Unit) -> Piece:
    return _short(
        unit=unit.id,
        label=unit.label,
        is_=list(unit.functions),
        area="all" if unit.area is None else list(unit.area),
        serves={fact: list(values) for fact, values in unit.serves.items()},
        open=unit.hours,
        from_=f"{unit.first}" if unit.first else None,
        until=f"{unit.last}" if unit.last else None,
        confirmed=_yes(unit.confirmed),
    ) | ({"stand-in": list(unit.stand_ins)} if unit.stand_ins else {})


def _source(plan: Plan, source: Source) -> Piece:
    clauses = {}
    for clause in plan.clauses.values():
        if clause.source == source.id:
            cited = [
                _short(
                    from_=f"{c.first}", until=f"{c.last}" if c.last else None, as_=c.text, status="seen" if c.seen else "unchecked"
                )
                for c in clause.citations
            ]
            said = {"about": clause.about, "lifts secrecy": _yes(clause.lifts_secrecy), "cited": cited}
            clauses[clause.id.removeprefix(f"{source.id}/")] = said
    return {"title": source.title, "kind": source.kind, "clauses": clauses}


def _deadline(deadline: Deadline) -> str:
    unit = deadline.unit if deadline.amount != 1 else deadline.unit.removesuffix("s")
    text = f"{deadline.amount} {unit}" if deadline.real else deadline.unit
    text += f" after {deadline.after}" if deadline.after else ""
    return text + (" or next working day" if deadline.moves else "")


def _measure(measure: Measure) -> Piece:
    key = f"{measure.strength} {measure.kind}"
    allowed = _short(clause=measure.allowed_clause, consent=measure.allowed_consent)
    ref = measure.alternative
    return {key: f"{measure.end}.{measure.object}" if measure.end else measure.object} | _short(
        id=measure.id,
        who=list(measure.who),
        with_=measure.offered_by,
        about=measure.about,
        each_relation=measure.keep_relation and _yes(True),
        telling=measure.telling,
        allowed_by=allowed,
        if_refused=_refused(measure.if_refused) if measure.if_refused is not None else None,
        or_=f"{ref.rule}/{ref.measure}" if ref is not None else None,
        continuing=measure.continuing and _yes(True),
        needs_reason=measure.needs_reason and _yes(True),
        anyone_stands_in=measure.anyone_stands_in and _yes(True),
        deadline=_deadline(measure.deadline) if measure.deadline is not None else None,
    )


def _refused(measure: Measure) -> Piece:
    said = _measure(measure)
    return {key: value for key, value in said.items() if key not in ("about", "each relation")}


def _rule(rule: Rule) -> Piece:
    each: Any = None
    if rule.each is not None:
        each = rule.each.event if rule.each.ref is None else {rule.each.kind: f"{rule.each.ref.rule}/{rule.each.ref.measure}"}
    return _short(
        rule=rule.id,
        title=rule.title,
        text=rule.text,
        phase=rule.phase,
        basis=rule.basis,
        for_=rule.role or rule.of,
        each=each,
        when=_condition(rule.when),
        unless=[_condition(one) for one in rule.unless],
        overrides=[{"rule": one.rule, "because": one.because} for one in rule.overrides],
        then=[_measure(one) for one in rule.then],
        because=list(rule.because),
        valid=_short(
            from_=f"{rule.first}", until=f"{rule.last}" if rule.last else None, judged_by="offence" if rule.by_offence else None
        ),
    ) | {"function": rule.function}


def in_files(pieces: Iterable[Piece], places: Iterable[int]) -> dict[str, Piece]:
    """The pieces in files: the place of each is the number of its file. What two pieces say of one section is put together.

    A rule says in the head of its file which function's it is, so that rules of two functions are never put into one.
    """
    found: dict[str, Piece] = {}
    for piece, place in zip(pieces, places, strict=True):
        its = dict(piece)
        name = f"{place:03}"
        if "rules" in its:
            function = its["rules"][0]["function"]
            its = {"function": function, "rules": [{k: v for k, v in its["rules"][0].items() if k != "function"}]}
            name += f"-{function}"
        file = found.setdefault(f"{name}.yaml", {})
        for section, said in its.items():
            if section not in file:
                file[section] = said
            elif isinstance(said, list):
                file[section] = [*file[section], *said]
            elif isinstance(said, dict):
                file[section] = {**file[section], **said}
    return found
