"""An answer of the engine and a verdict of the oracle made comparable: what differs, in words."""

from __future__ import annotations

from tests.oracle.seen import Asked, Seen, Verdict

from samverkan.decide.answer import Answer, Decision, Question


def seen_of(decision: Decision) -> dict[str, object]:
    """What both say of a decision, from the engine."""
    due = decision.since is not None
    deadline = decision.deadline if due else None
    return {
        "kind": decision.kind,
        "status": decision.status,
        "flags": tuple(f for f in decision.flags if due or f != "acknowledged"),
        "shown": decision.shown,
        "since": decision.since,
        "deadline_at": deadline.at if deadline is not None else None,
        "deadline_day": deadline.day if deadline is not None and deadline.at is not None else None,
        "passed_at": decision.passed_at,
        "recipient": (decision.recipient.unit, decision.recipient.open) if decision.recipient is not None else None,
        "bearer": (decision.bearer.unit, decision.bearer.open),
        "replaced_by": decision.replaced_by,
    }


def differences(answer: Answer, verdict: Verdict) -> list[str]:
    """What the two say differently, a line each."""
    found: list[str] = []
    mine = {d.id: seen_of(d) for d in answer.decisions}
    for decision in sorted(mine.keys() | verdict.decisions.keys()):
        if decision not in mine:
            found.append(f"{decision}: only the oracle: {verdict.decisions[decision]}")
        elif decision not in verdict.decisions:
            found.append(f"{decision}: only the engine: {mine[decision]}")
        else:
            found.extend(_unequal(str(decision), mine[decision], verdict.decisions[decision]))
    # A hanging event or a mark on nothing is told by its event, whatever its subject is called.
    mine_asked = {one for q in answer.questions for one in _asked(q)}
    theirs_asked = {one for q in verdict.questions for one in _asked(q)}
    found.extend(f"asked by the engine only: {q}" for q in sorted(mine_asked - theirs_asked))
    found.extend(f"asked by the oracle only: {q}" for q in sorted(theirs_asked - mine_asked))
    clashes = {(min(c.first, c.second), max(c.first, c.second)) for c in answer.contradictions}
    found.extend(f"contradiction by the engine only: {c}" for c in sorted(clashes - verdict.contradictions))
    found.extend(f"contradiction by the oracle only: {c}" for c in sorted(verdict.contradictions - clashes))
    return found


def _nobody_is_told(name: str, theirs: Seen) -> bool:
    """Whether it is the recipient of what nobody is told: asking the person, or a notice after a mark that was taken back."""
    return name == "recipient" and (theirs.kind == "ask" or theirs.recipient == (None, False))


def _asked(question: Question | Asked) -> list[tuple[str, ...]]:
    if question.kind == "fact":
        return [(question.kind, question.subject, question.fact, *question.rules)]
    if question.kind in ("hanging", "nothing_marked"):
        return [(question.kind, event) for event in question.events]
    return [(question.kind, question.subject, "" if question.kind == "impossible" else question.fact)]


def _unequal(decision: str, mine: dict[str, object], theirs: Seen) -> list[str]:
    return [
        f"{decision}: {name}: engine {value}, oracle {getattr(theirs, name)}"
        for name, value in mine.items()
        if value != getattr(theirs, name) and not _nobody_is_told(name, theirs)
    ]


