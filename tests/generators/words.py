"""The vocabulary of the random plans: one of every sort of word that a plan may declare."""

from __future__ import annotations

from dataclasses import replace

from samverkan.plan.model import (
    CASE,
    OPERATION,
    PERSON,
    Act,
    Atom,
    Conclusion,
    Condition,
    ConsentFor,
    EventType,
    Fact,
    Impossible,
    Relation,
    Role,
    Says,
    Some,
)

MUNICIPALITIES = {"vasteras": "Västerås", "sala": "Sala", "elsewhere": "annan kommun"}

ROLES = {"sal": Role("sal", "säljare", "säljaren"), "kop": Role("kop", "köpare", "köparen")}

RELATIONS = {
    # `kin` has the same role at both ends, so that a conclusion must say which end it stands at.
    "deal": Relation("deal", "köp", "köpet", {"kop": "kop", "sal": "sal"}, offence=True),
    "kin": Relation("kin", "syskonskap", "syskonskapet", {"elder": "sal", "younger": "sal"}),
}


def _fact(fact: str, of: str, *values: str, role: str | None = None, in_conflict: str | None = None, now: bool = False) -> Fact:
    return Fact(fact, of, role, fact, {value: value for value in values}, in_conflict=in_conflict, read_now=now)


FACTS = {
    fact.id: fact
    for fact in (
        replace(_fact("age", PERSON, "child", "maybe", "adult", in_conflict="maybe"), reaches_back={"adult": 7}),
        _fact("gender", PERSON, "woman", "man"),
        replace(_fact("home", PERSON), values=MUNICIPALITIES),
        replace(_fact("stay", PERSON), values=MUNICIPALITIES),
        _fact("suspicion", PERSON, "yes", "no", role="sal", now=True),
        _fact("wish", PERSON, "wants", "declines", role="sal", now=True),
        _fact("paid", "deal", "yes", "no"),
        _fact("close", "kin", "yes", "no"),
        _fact("running", OPERATION, "on", "over"),
        _fact("alarm", CASE, "on", "off"),
    )
}

MINOR = Atom(None, "age", ("child", "maybe"))

CONCLUSIONS = {
    conclusion.id: conclusion
    for conclusion in (
        Conclusion("minor", PERSON, None, "minderårig", Condition(atoms=(MINOR,)), ("lag/p1",)),
        Conclusion(
            "buys_child",
            PERSON,
            "kop",
            "har köpt av ett barn",
            Condition(some=(Some("deal", "kop", Condition(atoms=(Atom("sal", "age", ("child", "maybe")),))),)),
            ("lag/p1",),
        ),
        Conclusion(
            "has_sibling",
            PERSON,
            "sal",
            "har ett yngre syskon som säljer, eller är misstänkt utsatt",
            Condition(
                any=(
                    Condition(some=(Some("kin", "elder", Condition(atoms=(Atom("younger", "minor", ("true",)),))),)),
                    Condition(atoms=(Atom(None, "suspicion", ("yes",)),)),
                )
            ),
            ("lag/p1",),
        ),
        Conclusion(
            "serious",
            "deal",
            None,
            "allvarligt köp",
            Condition(atoms=(Atom(None, "paid", ("yes",)), Atom("sal", "minor", ("true",)))),
            ("lag/p1",),
        ),
    )
}


def _says(effect: str, path: str, *values: str, given: bool = False, was: str | None = None) -> Says:
    end, _, fact = path.rpartition(".")
    assert effect in ("claims", "establishes", "changes")
    return Says(effect, end or None, fact, values, given, was)  # type: ignore[arg-type]


KINNED = (_says("claims", "younger.age", "child", given=True), _says("claims", "close"))

EVENTS = {
    event.id: event
    for event in (
        EventType(
            "met",
            "påträffad",
            PERSON,
            None,
            introduces=True,
            says=(
                _says("claims", "age"),
                _says("claims", "gender"),
                _says("claims", "home"),
                _says("changes", "stay"),
            ),
        ),
        EventType(
            "minor_involved",
            "minderårig inblandad",
            PERSON,
            None,
            introduces=True,
            says=(_says("claims", "age", "maybe", "child", given=True),),
        ),
        EventType("aged", "ålder fastställd", PERSON, None, says=(_says("establishes", "age"),)),
        EventType("turned18", "fyllde 18", PERSON, None, says=(_says("changes", "age", "adult", given=True, was="child"),)),
        EventType("moved", "flyttat", PERSON, None, says=(_says("changes", "home"), _says("changes", "stay"))),
        EventType("located", "kommun utredd", PERSON, None, says=(_says("establishes", "home"), _says("establishes", "stay"))),
        EventType(
            "suspected",
            "misstanke",
            PERSON,
            "sal",
            introduces=True,
            says=(_says("changes", "suspicion", "yes", given=True),),
        ),
        EventType("cleared", "avfärdad", PERSON, "sal", says=(_says("changes", "suspicion", "no", given=True),)),
        EventType(
            "wished",
            "önskan",
            PERSON,
            "sal",
            says=(_says("changes", "wish"),),
            consent_for=ConsentFor("mig", "wish", ("wants",)),
        ),
        EventType("role_given", "roll", PERSON, None, begins=True),
        EventType("role_ended", "roll slut", PERSON, None, ends_role=True),
        EventType(
            "caught",
            "ertappad",
            "deal",
            None,
            introduces=True,
            says=(_says("establishes", "paid"), _says("claims", "sal.age")),
        ),
        EventType("named", "part identifierad", "deal", None, names=("kop", "sal"), says=(_says("establishes", "sal.age"),)),
        EventType("paid_said", "betalning uppges", "deal", None, says=(_says("claims", "paid"),)),
        EventType("kinned", "syskon", "kin", None, introduces=True, says=KINNED),
        EventType("reported", "anmälan", PERSON, None),
        EventType("deal_reported", "köpet anmält", "deal", None),
        EventType(
            "started", "insats inledd", OPERATION, None, introduces=True, says=(_says("changes", "running", "on", given=True),)
        ),
        EventType("ended", "insats slut", OPERATION, None, says=(_says("changes", "running", "over", given=True),)),
        EventType("alarmed", "larm", CASE, None, says=(_says("changes", "alarm"),)),
        EventType("consented", "samtycke", PERSON, None, consent="given"),
        EventType("refused", "nekat", PERSON, None, consent="refused"),
        EventType("withdrew", "återtaget", PERSON, None, consent="withdrawn"),
    )
}

ACTS = {
    "order": Act("order", "utfärda"),
    "lead": Act("lead", "leda"),
    "oncall": Act("oncall", "ha jour", opens=True),
}
OPPOSITES = (("order", "lead"),)

IMPOSSIBLE = (Impossible(PERSON, None, (Atom(None, "gender", ("man",)), Atom(None, "home", ("sala",))), "en prövning av regeln"),)


def facts_of(sort: str) -> list[str]:
    """The facts that subjects of a sort have."""
    return [fact.id for fact in FACTS.values() if fact.of == sort]


def conclusions_of(sort: str) -> list[str]:
    return [conclusion.id for conclusion in CONCLUSIONS.values() if conclusion.of == sort]


def events_about(sort: str) -> list[EventType]:
    return [event for event in EVENTS.values() if event.about == sort]


def stated(says: Says) -> tuple[str, ...]:
    """The values that an event may state of what it says (`unknown` where any may be)."""
    return says.values or (*FACTS[says.fact].values, "unknown")
