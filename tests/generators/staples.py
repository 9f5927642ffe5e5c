"""Rules of the kinds that a real plan is made of: some of them stand first in most random plans, so that deep paths are taken."""

from __future__ import annotations

from datetime import date

from samverkan.plan.model import PERSON, Atom, Condition, Deadline, Each, Measure, Ref, Rule

AT_ONCE = Deadline("at once", text="at once")
A_DAY = Deadline("days", 1, text="1 day")
HOURS = Deadline("hours", 24, text="24 hours")
CHILD = Condition(atoms=(Atom(None, "age", ("child", "maybe")),))
ALWAYS = Condition()


def _rule(
    rule_id: str,
    of: str,
    role: str | None,
    when: Condition,
    *then: Measure,
    each: Each | None = None,
    by_offence: bool = False,
    unless: tuple[Condition, ...] = (),
) -> Rule:
    return Rule(
        rule_id,
        "pol",
        rule_id,
        rule_id,
        "fas",
        "assumed",
        of,
        role,
        when,
        unless,
        then,
        ("lag/p1",),
        date(2013, 5, 1),
        each=each,
        by_offence=by_offence,
    )


REPORT = _rule(  # a duty to report a child: to the municipality, again when it is another, corrected when she was none
    "barn",
    PERSON,
    "sal",
    CHILD,
    Measure("anm", "must", "notify", "soc", ("pol",), telling="identity", allowed_clause="lag/p1", deadline=AT_ONCE),
)
CONSENT = _rule(
    "samt",
    PERSON,
    "sal",
    ALWAYS,
    Measure(
        "kont",
        "should",
        "notify",
        "mig",
        ("pol",),
        telling="identity",
        allowed_consent="mig",
        if_refused=Measure("radfr", "may", "consult", "mig", ("pol",)),
        deadline=HOURS,
    ),
    Measure("omst", "must", "notify", "stod", ("pol",), telling="circumstances", allowed_consent="stod", deadline=A_DAY),
)
CLOCK = _rule(
    "frist",
    PERSON,
    None,
    ALWAYS,
    Measure("besl", "must", "perform", "lead", ("soc",), deadline=A_DAY),
    each=Each("event", "reported"),
)
PASSED = _rule(
    "passerad",
    PERSON,
    None,
    ALWAYS,
    Measure("ledn", "should", "inform", "info", ("soc",), deadline=Deadline("working days", 1, text="1 working day")),
    each=Each("passed", ref=Ref("frist", "besl")),
)
OFFER = _rule(
    "stod", PERSON, "sal", ALWAYS, Measure("erbj", "must", "offer", "samtal", ("pol",), offered_by="stod", deadline=AT_ONCE)
)
ACCEPTED = _rule(
    "folja",
    PERSON,
    "sal",
    ALWAYS,
    Measure("med", "should", "perform", "order", ("pol",), deadline=HOURS),
    each=Each("accepted", ref=Ref("stod", "erbj")),
)
OFFENCE = _rule(
    "brott",
    "deal",
    None,
    Condition(atoms=(Atom("sal", "age", ("child", "maybe", "unknown")),)),
    Measure("led", "must", "perform", "lead", ("pol",), about="kop", keep_relation=True, deadline=HOURS),
    Measure("anm", "must", "notify", "soc", ("pol",), about="sal", telling="identity", allowed_clause="lag/p1", deadline=AT_ONCE),
    by_offence=True,
)
FIND_OUT = _rule(
    "reda",
    PERSON,
    "sal",
    Condition(atoms=(Atom(None, "age", ("unknown",)),)),
    Measure("bed", "must", "assess", "age", ("pol",), deadline=HOURS),
)

# What stands together: a rule that names another comes with it.
STAPLES: tuple[tuple[Rule, ...], ...] = ((REPORT,), (CONSENT,), (CLOCK, PASSED), (OFFER, ACCEPTED), (OFFENCE,), (FIND_OUT,))

# The events that make a story of them: repeated, a kind comes more often.
TOLD: dict[str, tuple[str, ...]] = {
    "barn": ("met", "minor_involved", "aged", "moved", "located", "turned18", "role_ended"),
    "samt": ("consented", "consented", "refused", "withdrew", "withdrew", "wished"),
    "frist": ("reported",),
    "stod": ("role_ended", "role_given"),
    "brott": ("caught", "named", "aged", "turned18", "met"),
    "reda": ("aged", "met", "turned18"),
}
