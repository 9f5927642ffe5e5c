"""Random small plans: few words of every sort, three to eight rules, and a small directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st
from tests.generators.ordering import Order
from tests.generators.staples import STAPLES
from tests.generators.words import (
    ACTS,
    CONCLUSIONS,
    EVENTS,
    FACTS,
    IMPOSSIBLE,
    MUNICIPALITIES,
    OPPOSITES,
    RELATIONS,
    ROLES,
    conclusions_of,
    events_about,
    facts_of,
)

from samverkan.plan.model import (
    CASE,
    OPERATION,
    PERSON,
    Atom,
    Citation,
    Clause,
    Condition,
    Deadline,
    Each,
    Function,
    Hours,
    Kind,
    Measure,
    Override,
    Plan,
    Ref,
    Rule,
    Source,
    Unit,
)

OFFICE = ((480, 990),)
BEARERS = ("pol", "soc", "stod")
FUNCTIONS = {
    "pol": Function("pol", "Polisen"),
    "soc": Function("soc", "socialtjänsten", ("home", "stay")),
    "stod": Function("stod", "stödet", ("stay",)),
    "mig": Function("mig", "Migrationsverket"),
}
HOURS = {"office": Hours("office", "kontorstid", (OFFICE,) * 5 + ((), ()), eves=())}
# Days on which something in force may begin or end: around them the histories have their times.
BREAKS = (date(2024, 10, 27), date(2024, 10, 28), date(2024, 12, 24))
LONG_AGO = date(2013, 5, 1)
JOUR = Unit("jour", "jour", BEARERS, None, {}, "always")
MIGRATION = Unit("migrationsverket", "Migrationsverket", ("mig",), None, {}, "office")


# ------------------------------------------------------------------------------------------------------ conditions


@st.composite
def atoms(draw: st.DrawFn, sort: str) -> Atom:
    """An atom that a rule for subjects of this sort may have; for a relation also one of an end's facts."""
    end: str | None = None
    if sort in RELATIONS and draw(st.booleans()):
        end = draw(st.sampled_from(list(RELATIONS[sort].ends)))
    of = PERSON if end is not None else sort
    fact = draw(st.sampled_from(facts_of(of) + conclusions_of(of)))
    values = ["true", "false"] if fact in CONCLUSIONS else list(FACTS[fact].values)
    wanted = draw(st.lists(st.sampled_from([*values, "unknown"]), min_size=1, max_size=3, unique=True))
    return Atom(end, fact, tuple(wanted))


@st.composite
def conditions(draw: st.DrawFn, sort: str, least: int = 0) -> Condition:
    """Mostly few atoms, so that a short history makes many rules hold."""
    count = max(least, draw(st.sampled_from([0, 0, 1, 1, 1, 2])))
    found = [draw(atoms(sort)) for _ in range(count)]
    one_of: list[Condition] = []
    if draw(st.integers(0, 5)) == 5:
        one_of = [Condition(atoms=(draw(atoms(sort)),)) for _ in range(2)]
    return Condition(atoms=tuple(found), any=tuple(one_of))


# -------------------------------------------------------------------------------------------------------- measures


def _event_types_for(sort: str) -> list[str]:
    return [event.id for event in events_about(sort)]


@st.composite
def deadlines(draw: st.DrawFn, sort: str) -> Deadline:
    """A deadline of a measure whose decisions are about subjects of this sort."""
    unit, amount = draw(
        st.sampled_from(
            [
                ("at once", 0),
                ("promptly", 0),
                ("hours", 1),
                ("hours", 24),
                ("days", 1),
                ("days", 14),
                ("working days", 1),
                ("working days", 3),
                ("weeks", 1),
                ("months", 1),
            ]
        )
    )
    real = unit not in ("at once", "promptly")
    after = draw(st.sampled_from(_event_types_for(sort))) if real and draw(st.integers(0, 5)) == 0 else None
    moves = unit in ("days", "weeks", "months") and draw(st.booleans())
    return Deadline(unit, amount, after, moves, f"{amount} {unit}")  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Place:
    """Where a measure stands: its rule's sort, and the end of the relation that it is about (or not)."""

    sort: str
    about: str | None
    keep: bool

    @property
    def personal(self) -> bool:
        """Whether the decision's subject is a person."""
        return self.sort == PERSON or (self.about is not None and not self.keep)


@st.composite
def places(draw: st.DrawFn, sort: str) -> _Place:
    if sort not in RELATIONS:
        return _Place(sort, None, False)
    about = draw(st.sampled_from([None, *RELATIONS[sort].ends]))
    return _Place(sort, about, about is not None and draw(st.booleans()))


@st.composite
def measures(draw: st.DrawFn, measure_id: str, sort: str) -> Measure:
    place = draw(places(sort))
    kinds: list[Kind] = ["notify", "inform", "offer", "perform", "refrain", "assess", "apply", "consult"]
    if sort in (OPERATION, CASE):
        kinds = ["perform", "refrain", "inform"]
    kind = draw(st.sampled_from(kinds))
    who = tuple(draw(st.lists(st.sampled_from(BEARERS), min_size=1, max_size=2, unique=True)))
    strength = draw(st.sampled_from(["must", "should", "may"]))
    deadline = draw(st.none() | deadlines(PERSON if place.personal else sort))
    common = Measure(measure_id, strength, kind, "", who, about=place.about, keep_relation=place.keep, deadline=deadline)  # type: ignore[arg-type]
    return _with_object(draw, common, place)


def _with_object(draw: st.DrawFn, measure: Measure, place: _Place) -> Measure:
    if measure.kind in ("notify", "apply"):
        others = ["mig"] if measure.kind == "apply" else _others(measure.who)
        function = draw(st.sampled_from(others))
        return _with_ground(draw, replace(measure, object=function, anyone_stands_in=draw(st.booleans())), place)
    if measure.kind == "consult":
        return replace(measure, object=draw(st.sampled_from(_others(measure.who))))
    if measure.kind == "inform":
        return replace(measure, object="info", needs_reason=draw(st.integers(0, 5)) == 0)
    if measure.kind == "offer":
        return replace(measure, object="samtal", offered_by="stod")
    if measure.kind == "refrain":
        return replace(measure, object=draw(st.sampled_from(["order", "lead"])), deadline=None)
    if measure.kind == "perform":
        act = draw(st.sampled_from(list(ACTS)))
        continuing = act == "oncall" or draw(st.integers(0, 5)) == 0
        return replace(measure, object=act, continuing=continuing, deadline=None if continuing else measure.deadline)
    if place.about is not None and not place.keep:
        return replace(measure, object=draw(st.sampled_from(facts_of(PERSON))), end=place.about)
    end = draw(st.sampled_from([None, *RELATIONS[place.sort].ends])) if place.sort in RELATIONS else None
    return replace(measure, object=draw(st.sampled_from(facts_of(PERSON if end else place.sort))), end=end)


def _others(who: tuple[str, ...]) -> list[str]:
    """The functions that somebody else than the bearers may be told or asked as."""
    return [function for function in ("soc", "mig", "stod") if function not in who]


def _with_ground(draw: st.DrawFn, measure: Measure, place: _Place) -> Measure:
    """What the measure tells, and what allows it: a consent (only where its subject is a person, 6.g) or a clause."""
    telling = draw(st.sampled_from(["identity", "circumstances"]))
    if not place.personal or draw(st.booleans()):
        return replace(measure, telling=telling, allowed_clause="lag/p1")  # type: ignore[arg-type]
    instead: Measure | None = None
    if draw(st.booleans()):
        instead = Measure(
            f"{measure.id}x",
            "may",
            "consult",
            measure.object,
            measure.who,
            about=measure.about,
            keep_relation=measure.keep_relation,
        )
    return replace(measure, telling=telling, allowed_consent=measure.object, if_refused=instead)  # type: ignore[arg-type]


def _decides_about(rule: Rule, measure: Measure) -> str:
    """The sort of a measure's decisions: what `or`, `accepted` and `passed` must agree on."""
    return PERSON if measure.about is not None and not measure.keep_relation else rule.of


# ----------------------------------------------------------------------------------------------------------- rules


def _referable(rules: list[Rule], sort: str, each: str) -> list[Ref]:
    """The measures whose acceptance or passing a rule for this sort may read: about its own subject (4.b)."""
    found: list[Ref] = []
    for rule in rules:
        for measure in rule.then:
            if rule.of != sort or _decides_about(rule, measure) != sort:
                continue
            real = measure.deadline is not None and measure.deadline.real
            passes = real and measure.strength != "may" and measure.kind != "refrain" and not measure.continuing
            if (each == "accepted" and measure.kind == "offer") or (each == "passed" and passes):
                found.append(Ref(rule.id, measure.id))
    return found


@st.composite
def eaches(draw: st.DrawFn, rules: list[Rule], sort: str) -> Each | None:
    kind = draw(st.sampled_from(["", "", "", "event", "event", "accepted", "passed"]))
    if kind == "event":
        return Each("event", event=draw(st.sampled_from(_event_types_for(sort))))
    refs = _referable(rules, sort, kind) if kind else []
    return Each(kind, ref=draw(st.sampled_from(refs))) if refs else None  # type: ignore[arg-type]


@st.composite
def rules_after(draw: st.DrawFn, number: int, rules: list[Rule], order: Order) -> Rule:
    """One more rule; it may name those before it."""
    rule_id = f"r{number}"
    sort = draw(st.sampled_from([PERSON, PERSON, PERSON, "deal", "deal", "kin", OPERATION, CASE]))
    role = draw(st.sampled_from([None, "sal", "sal", "kop"])) if sort == PERSON else None
    each = draw(eaches(rules, sort))
    if each is not None and each.ref is not None:
        order.rest(rule_id, each.ref.rule)
    then = [draw(measures(f"m{n}", sort)) for n in range(1, draw(st.integers(1, 2)) + 1)]
    then = [_with_alternative(draw, rule_id, sort, measure, rules, order) for measure in then]
    overrides: list[Override] = []
    same_sort = [rule.id for rule in rules if rule.of == sort]
    if same_sort and draw(st.integers(0, 3)) == 0:
        other = draw(st.sampled_from(same_sort))
        if order.rest(other, rule_id):
            overrides = [Override(other, "skäl")]
    last = draw(st.sampled_from([None] * 8 + list(BREAKS)))
    firsts = [LONG_AGO] * 8 + [day for day in BREAKS if last is None or day <= last]
    return Rule(
        rule_id,
        "pol",
        rule_id,
        rule_id,
        "fas",
        "assumed",
        sort,
        role,
        draw(conditions(sort)),
        (draw(conditions(sort, least=1)),) if draw(st.integers(0, 3)) == 3 else (),
        tuple(then),
        ("lag/p1",),
        draw(st.sampled_from(firsts)),
        last,
        each,
        by_offence=sort == "deal" and draw(st.booleans()),
        overrides=tuple(overrides),
    )


def _with_alternative(draw: st.DrawFn, rule_id: str, sort: str, measure: Measure, rules: list[Rule], order: Order) -> Measure:
    if measure.kind not in ("notify", "apply", "inform", "perform") or measure.continuing or draw(st.integers(0, 3)):
        return measure
    about = PERSON if measure.about is not None and not measure.keep_relation else sort
    others = [
        Ref(rule.id, other.id)
        for rule in rules
        for other in rule.then
        if other.kind in ("notify", "apply", "inform", "perform") and not other.continuing and _decides_about(rule, other) == about
    ]
    if not others:
        return measure
    ref = draw(st.sampled_from(others))
    return replace(measure, alternative=ref) if order.join(rule_id, ref.rule) else measure


# ------------------------------------------------------------------------------------------------- units and plans


@st.composite
def units(draw: st.DrawFn) -> list[Unit]:
    """Units so that every function finds somebody, always open where it bears anything: `jour` and `mig` stand for that."""
    found: list[Unit] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        area = draw(st.sampled_from([None, ("vasteras",), ("sala",), ("sala", "vasteras")]))
        serves: dict[str, tuple[str, ...]] = {}
        if draw(st.integers(0, 2)) == 0:
            serves = {"gender": ("woman",)} if draw(st.booleans()) else {"gender": ("woman",), "age": ("child", "maybe")}
        first, last = draw(st.sampled_from([(None, None), (None, None), (BREAKS[0], None), (None, BREAKS[1])]))
        functions = tuple(draw(st.lists(st.sampled_from(["soc", "stod", "pol"]), min_size=1, max_size=2, unique=True)))
        # `natt` bears only one of a unit's functions: for the other it stands in only where anyone may.
        stand_ins = draw(st.sampled_from([(), ("jour",), ("natt", "jour"), ("natt",)] if "stod" in functions else [(), ("jour",)]))
        hours = draw(st.sampled_from(["office", "office", "always"]))
        found.append(Unit(f"u{number}", f"u{number}", functions, area, serves, hours, stand_ins, first, last))
    # Closed, it is itself stood in for (7.e).
    found.append(Unit("natt", "natt", ("stod",), ("sala",), {}, draw(st.sampled_from(["always", "office"])), ("jour",)))
    return draw(st.permutations([*found, JOUR, MIGRATION]))


def plan_of(rules: Iterable[Rule], units: Iterable[Unit] = (JOUR, MIGRATION)) -> Plan:
    """A plan with the words of all random plans, and these rules and units."""
    cited = (Citation(date(2005, 1, 1), date(2024, 10, 27), "1 §", True), Citation(date(2024, 10, 28), None, "2 §", False))
    return Plan(
        id="prov",
        title="Prov",
        version="1",
        first=LONG_AGO,
        last=None,
        reconstructed="",
        timezone="Europe/Stockholm",
        country="SE",
        reminders={"at once": 1, "promptly": 24},
        roles=ROLES,
        relations=RELATIONS,
        facts=FACTS,
        conclusions=CONCLUSIONS,
        events=EVENTS,
        acts=ACTS,
        offers={"samtal": "samtal"},
        information={"info": "information"},
        phases={"fas": "Fas"},
        opposites=OPPOSITES,
        impossible=IMPOSSIBLE,
        municipalities=MUNICIPALITIES,
        functions=FUNCTIONS,
        hours=HOURS,
        units={unit.id: unit for unit in units},
        sources={"lag": Source("lag", "Lagen", "statute")},
        clauses={"lag/p1": Clause("lag/p1", "lag", "allt", cited, lifts_secrecy=True)},
        requirements={},
        rules={rule.id: rule for rule in rules},
        layers=("prov",),
    )


@st.composite
def staples(draw: st.DrawFn) -> tuple[tuple[Rule, ...], ...]:
    """No, one or two of the rules (with those that come with them) that most plans have."""
    one = draw(st.sampled_from([None, *STAPLES]))
    two = draw(st.sampled_from([None, *STAPLES]))
    return tuple(some for some in (one, two if two is not one else None) if some is not None)


@st.composite
def plans(draw: st.DrawFn, most_rules: int = 8) -> Plan:
    """A small plan. Its words are always the same; its rules and its directory are drawn."""
    rules: list[Rule] = []
    order = Order()
    for staple in draw(staples()):
        rules += staple
    for rule in rules:
        if rule.each is not None and rule.each.ref is not None:
            order.rest(rule.id, rule.each.ref.rule)
    least = min(max(3 - len(rules), 0), most_rules)
    for number in range(1, draw(st.integers(least, max(most_rules - len(rules), least))) + 1):
        rules.append(draw(rules_after(number, rules, order)))
    return plan_of(rules, draw(units()))
