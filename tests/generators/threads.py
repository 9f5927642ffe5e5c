"""Threads of a story: what tends to happen around the staple rules, step by step, so that random histories get somewhere."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from samverkan.decide.events import About, Mark, MarkKind
from samverkan.plan.model import PERSON, Plan


@dataclass(frozen=True)
class Step:
    """One thing that happens: an event of a type, a mark, or taking back the step that is so many back."""

    type: str | None = None
    about: About | None = None
    facts: tuple[tuple[str, str], ...] = ()
    mark: Mark | None = None
    recipient: str | None = None
    telling: str | None = None
    takes_back: int = 0


def _met(*facts: tuple[str, str]) -> Step:
    return Step("met", About("P1", PERSON, "sal"), facts)


def _said(event: str, *facts: tuple[str, str]) -> Step:
    return Step(event, About("P1", PERSON), facts)


def _marked(kind: MarkKind, rule: str, measure: str) -> Step:
    return Step(mark=Mark(kind, rule, measure, "P1"))


def _consent(event: str, recipient: str, telling: str | None) -> Step:
    return Step(event, About("P1", PERSON), recipient=recipient, telling=telling)


CAUGHT = Step("caught", About("K1", "deal", ends=("P2", "P1")), (("paid", "yes"),))
DEAL_NAMED = Step("named", About("K1", "deal", ends=("P3", None)))

THREADS: dict[str, tuple[tuple[Step, ...], ...]] = {
    "barn": (
        (_met(("age", "child")), _marked("done", "barn", "anm"), Step(takes_back=2)),
        (_met(("age", "child")), _marked("done", "barn", "anm"), _said("aged", ("age", "adult")), Step(takes_back=1)),
        (
            _met(("age", "child"), ("home", "vasteras")),
            _marked("done", "barn", "anm"),
            _said("moved", ("home", "sala")),
            _marked("done", "barn", "anm"),
            _said("moved", ("home", "vasteras")),
        ),
        (_met(("age", "child")), _marked("done", "barn", "anm"), _said("located", ("home", "sala")), Step(takes_back=1)),
        (_met(("age", "child")), _said("turned18"), _marked("done", "barn", "anm"), _said("aged", ("age", "adult"))),
    ),
    "samt": (
        (_met(), _consent("consented", "mig", "identity"), _marked("done", "samt", "kont"), _consent("withdrew", "mig", None)),
        (
            _met(),
            _consent("consented", "stod", "circumstances"),
            _marked("done", "samt", "omst"),
            _consent("withdrew", "stod", "identity"),
            _consent("refused", "stod", "circumstances"),
            _consent("consented", "stod", "identity"),
        ),
        (_met(), _marked("done", "samt", "kont"), _consent("refused", "mig", None), _consent("withdrew", "mig", None)),
        (_met(), _consent("withdrew", "mig", None), _marked("done", "samt", "radfr"), _consent("consented", "mig", "identity")),
        (_met(), _said("wished", ("wish", "wants")), _marked("done", "samt", "kont"), _said("wished", ("wish", "declines"))),
        (_met(), _consent("consented", "mig", "identity"), _marked("done", "samt", "kont"), Step(takes_back=2)),
    ),
    "frist": (
        (_met(), _said("reported"), _marked("done", "frist", "besl")),
        (_met(), _said("reported"), _said("reported"), _marked("done", "frist", "besl"), Step(takes_back=1)),
        (_met(), _said("reported"), _marked("done", "passerad", "ledn"), _marked("done", "frist", "besl")),
    ),
    "stod": (
        (_met(), _marked("accepted", "stod", "erbj"), _marked("declined", "stod", "erbj"), _marked("accepted", "stod", "erbj")),
        (_met(), _marked("accepted", "stod", "erbj"), _marked("done", "folja", "med"), Step(takes_back=2)),
        (_met(), _marked("done", "stod", "erbj"), _marked("declined", "stod", "erbj"), Step(takes_back=1)),
    ),
    "brott": (
        (_met(("age", "adult")), CAUGHT, _said("aged", ("age", "child")), _marked("done", "brott", "anm")),
        (CAUGHT, _marked("done", "brott", "anm"), _said("turned18"), _said("aged", ("age", "adult"))),
        (CAUGHT, _marked("done", "brott", "anm"), DEAL_NAMED, _said("aged", ("age", "adult"))),
    ),
    "reda": (
        (_met(), _said("aged", ("age", "adult")), Step(takes_back=1)),
        (_met(), _marked("done", "reda", "bed"), _said("aged", ("age", "child"))),
    ),
}


@st.composite
def threads(draw: st.DrawFn, plan: Plan) -> tuple[Step, ...]:
    """One thread about a staple rule of this plan, or the beginning of one; or none."""
    able = [thread for staple, found in THREADS.items() if staple in plan.rules for thread in found]
    if not able:
        return ()
    thread = draw(st.sampled_from(able))
    return thread[: draw(st.sampled_from([0, *[len(thread)] * 4, *range(1, len(thread))]))]
