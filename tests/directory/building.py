"""Plans for the directory's tests, put together by hand: a county with the units that its hard cases need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from samverkan.plan.model import (
    Act,
    Condition,
    Deadline,
    Fact,
    Function,
    Hours,
    Measure,
    Plan,
    Rule,
    Unit,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST = date(2013, 5, 1)

OFFICE_DAY = ((480, 990),)
OFFICE = Hours("office", "kontorstid", (OFFICE_DAY,) * 5 + ((),) * 2, (), ())
AT_ONCE = Deadline("at once", text="at once")
REMINDERS = {"at once": 1, "promptly": 24}
MUNICIPALITIES = {
    "hallstahammar": "Hallstahammar",
    "vasteras": "Västerås",
    "sala": "Sala",
    "elsewhere": "annan kommun",
    "abroad": "utomlands",
}
GENDER = Fact("gender", "person", None, "kön", {"woman": "kvinna", "man": "man", "other": "annat"})
STAY = Fact("stay_municipality", "person", None, "vistelsekommun", MUNICIPALITIES)
HOME = Fact("home_municipality", "person", None, "bosättningskommun", MUNICIPALITIES)

POLICE = Function("polisen", "Polisen")
PROSECUTOR = Function("aklagare", "Åklagarkammaren")
CHILDREN = Function("socialnamnd-barn", "barn- och ungdomsenheten", ("home_municipality", "stay_municipality"))
SUPPORT = Function("stod-utsatta", "stöd till den som utnyttjas", ("stay_municipality",))
MIGRATION = Function("migrationsverket", "Migrationsverket")


def unit(
    name: str,
    *functions: str,
    area: tuple[str, ...] | None = None,
    serves: Mapping[str, tuple[str, ...]] | None = None,
    hours: str = "office",
    stand_ins: tuple[str, ...] = (),
    first: date | None = None,
    last: date | None = None,
    rest: tuple[str, ...] = (),
) -> Unit:
    """A unit that is open in office hours and serves everybody everywhere, unless something else is said."""
    label = name.replace("-", " ").capitalize()
    return Unit(name, label, functions, area, serves or {}, hours, stand_ins, first, last, rest=rest)


def county_units() -> tuple[Unit, ...]:
    return (
        unit("polisen-vastmanland", "polisen", hours="always"),
        unit("aklagarkammaren", "aklagare", stand_ins=("jouraklagare",)),
        unit("jouraklagare", "aklagare", hours="always"),
        unit("vasteras-barn", "socialnamnd-barn", area=("vasteras",), stand_ins=("socialjouren",)),
        unit("hallstahammar-barn", "socialnamnd-barn", area=("hallstahammar",), stand_ins=("socialjouren",)),
        unit(
            "socialjouren",
            "socialnamnd-barn",
            "stod-utsatta",
            hours="always",
            rest=("sala", "elsewhere", "abroad", "hallstahammar"),
        ),
        unit(
            "kvinnocentrum",
            "stod-utsatta",
            area=("vasteras",),
            serves={"gender": ("woman",)},
            stand_ins=("socialjouren",),
        ),
        unit("kriscentrum-man", "stod-utsatta", serves={"gender": ("man",)}),
        unit("migrationsverket-norrkoping", "migrationsverket", last=date(2016, 12, 31)),
        unit("migrationsverket-vasteras", "migrationsverket", first=date(2017, 1, 1)),
    )


def measure(name: str, kind: str, word: str, who: str, deadline: Deadline | None = None, **more: object) -> Measure:
    """A `must` of a rule."""
    fields: dict[str, object] = {"strength": "must", "deadline": deadline, **more}
    return Measure(id=name, kind=kind, object=word, who=(who,), **fields)  # type: ignore[arg-type]


def rule(name: str, *then: Measure, first: date = FIRST, last: date | None = None, **more: object) -> Rule:
    """A standing rule for any person, on no conditions."""
    return Rule(
        id=name,
        function=then[0].who[0],
        title=f"Regeln {name}",
        text="",
        phase="",
        basis="stated",
        of="person",
        role=None,
        when=Condition(),
        unless=(),
        then=then,
        because=(),
        first=first,
        last=last,
        **more,  # type: ignore[arg-type]
    )


def plan(
    units: Iterable[Unit] = county_units(),
    rules: Iterable[Rule] = (),
    hours: Iterable[Hours] = (),
    *,
    functions: Iterable[Function] = (POLICE, PROSECUTOR, CHILDREN, SUPPORT, MIGRATION),
    municipalities: Mapping[str, str] = MUNICIPALITIES,
    country: str = "SE",
    timezone: str = "Europe/Stockholm",
    last: date | None = None,
) -> Plan:
    """A plan of these units and rules, from 2013-05-01."""
    return Plan(
        id="lanet",
        title="Länet",
        version="1",
        first=FIRST,
        last=last,
        reconstructed="",
        timezone=timezone,
        country=country,
        reminders=REMINDERS,
        roles={},
        relations={},
        facts={fact.id: fact for fact in (GENDER, STAY, HOME)},
        conclusions={},
        events={},
        acts={"jour": Act("jour", "ha jour", opens=True), "utreda": Act("utreda", "utreda")},
        offers={"stodsamtal": "stödsamtal"},
        information={},
        phases={},
        opposites=(),
        impossible=(),
        municipalities=municipalities,
        functions={function.id: function for function in functions},
        hours={each.id: each for each in (OFFICE, *hours)},
        units={each.id: each for each in units},
        sources={},
        clauses={},
        requirements={},
        rules={each.id: each for each in rules},
    )


def local(text: str, fold: int = 0) -> datetime:
    """The instant that Swedish clocks show as `2013-05-14 21:10`."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM, fold=fold)
