"""`decide`: plan, events and an instant in, everything that is due and has been due out (the contract is docs/semantics.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from samverkan.decide.answer import Answer, Answering, Citing, Decision, DecisionId, Due, Question, Subject, Term
from samverkan.decide.asking import contradictions, questions
from samverkan.decide.becoming import person_concerned
from samverkan.decide.consents import IDENTITY
from samverkan.decide.events import Event
from samverkan.decide.groups import TRUE
from samverkan.decide.instants import check_time
from samverkan.decide.islands import Islands
from samverkan.decide.judging import Judge
from samverkan.decide.matching import Matcher
from samverkan.decide.prepared import Prepared, compiled, prepared
from samverkan.decide.records import Record
from samverkan.decide.replay import Replay
from samverkan.decide.standing import Standing
from samverkan.decide.timing import never_overdue
from samverkan.directory.times import local_day
from samverkan.plan.model import PERSON, Plan


def decide(plan: Plan, events: Iterable[Event], as_of: datetime, matcher: Matcher | None = None) -> Answer:
    """What is due at `as_of`, and what became of all that has been due.

    Pure: the same plan, events (in whatever order) and instant give an equal answer.

    Args:
        plan: from `load_plan`.
        events: every revision that has been delivered; times are aware.
        as_of: the instant, aware.
        matcher: which rules hold in a state; compiled unless another is given.

    Returns: the answer, its parts sorted.

    Raises:
        EventError: an id and revision come twice with different content, or `as_of` has no zone or lies outside 1900–2199.
    """
    check_time(as_of)
    ready = prepared(plan)
    return answer_of(Islands(ready, matcher if matcher is not None else compiled(ready)).taking(events), as_of)


def answer_of(islands: Islands, as_of: datetime) -> Answer:
    """The answer of a case, as of an instant."""
    plan = islands.prepared.plan
    decisions: list[Decision] = []
    asked: list[Question] = []
    subjects: list[Subject] = []
    for part in islands.parts.values():
        replay = part.come_to(as_of.astimezone(UTC))
        standing = standing_of(replay)
        here = [decision_of(standing, record) for record in shown_of(replay).values()]
        decisions.extend(here)
        asked.extend(questions(standing, here))
        subjects.extend(_subjects(standing))
    decisions.sort(key=lambda d: d.id)
    subjects.sort(key=lambda s: s.id)
    return Answer(
        plan.id, plan.digest, as_of, tuple(decisions), tuple(sorted(set(asked))), contradictions(plan, decisions), tuple(subjects)
    )


def standing_of(replay: Replay) -> Standing:
    """How decisions stand at the instant that a replay has come to; it has come to one."""
    moment = replay.moment
    if moment is None:
        raise ValueError("the replay has come to no instant")
    return replay.standing(moment)


def shown_of(replay: Replay) -> dict[DecisionId, Record]:
    """The decisions that an answer lists: all that have been shown, but of persons who are read as others (5.j)."""
    world = replay.judge.world
    return {d: record for d, record in replay.records.items() if world.canonical(d.subject) == d.subject}


def _subjects(standing: Standing) -> Iterator[Subject]:
    world, k = standing.moment.judge.world, standing.moment.k
    for subject, sort in world.sorts.items():
        ends = tuple(world.relations[subject].ends.values()) if subject in world.relations else ()
        yield Subject(subject, sort, world.people.roles(subject, k) if sort == PERSON else (), ends)


def decision_of(standing: Standing, record: Record) -> Decision:
    """A decision with all that is said of it, at the instant that its replay has come to."""
    prepared, stand = standing.prepared, standing.stand(record)
    rule, measure = record.rule, record.measure
    owed = next((standing.records[d] for d in record.owed if d in standing.records), record)
    behind = rule or owed.rule
    due, passed, flags = due_and_flags(standing, record, stand.status)
    recipient = recipient_of(standing, record)
    citing = _Citing(prepared, standing, record)
    owned = record.kind not in ("correction", "consent_ended", "ask")
    return Decision(
        id=record.id,
        strength=record.strength,
        kind=record.kind,
        object=record.object,
        status=stand.status,
        flags=flags,
        title=behind.title if behind is not None else "",
        phase=behind.phase if behind is not None else "",
        shown=record.spells[-1].start,
        since=record.since,
        deadline=due,
        recipient=recipient,
        bearer=bearer_of(standing, record, recipient),
        telling=measure.telling if measure is not None and record.kind != "ask" else None,
        allowed_by=citing.clause(measure.allowed_clause) if measure is not None and measure.allowed_clause else None,
        consent=measure.allowed_consent if measure is not None and owned else None,
        continuing=measure is not None and owned and measure.continuing,
        about=measure.about if measure is not None else None,
        person=person_concerned(standing.moment.judge, record.id.subject, measure),
        because=tuple(c for clause in (behind.because if behind else ()) if (c := citing.clause(clause)) is not None),
        basis=behind.basis if behind is not None else "assumed",
        ended_at=stand.at if stand.status not in ("due", "ask_first") else None,
        ended_by=stand.by,
        replaced_by=stand.replaced_by,
        passed_at=passed,
        grounds=_grounds(standing, record),
        explanation=_explanation(standing, record),
    )


def due_and_flags(standing: Standing, record: Record, status: str) -> tuple[Due | None, datetime | None, tuple[str, ...]]:
    """The deadline of what is due without a break, when it passed undone (None: it hasn't), and the flags, sorted."""
    if record.deadline is None and record.kind != "ask" and not standing.has_marks(record.id):
        return None, None, ()
    due, late = standing.deadline(record, record.runs[-1]) if record.since is not None else (None, False)
    past = due is not None and due.at is not None and due.at <= standing.moment.k and not never_overdue(record)
    passed = standing.passed_at(record.id)
    found = []
    if standing.outcome(record.id).acknowledged:
        found.append("acknowledged")
    if status == "due" and late:
        found.append("late")
    if status == "due" and past:
        found.append("overdue")
    if passed is not None:
        found.append("passed")
    if _told_without_consent(standing, record):
        found.append("told_without_consent")
    return due, passed, tuple(found)


def _told_without_consent(standing: Standing, record: Record) -> bool:
    measure = record.measure
    if measure is None or measure.allowed_consent is None or record.kind not in ("notify", "apply"):
        return False
    world = standing.moment.judge.world
    person = person_concerned(standing.moment.judge, record.id.subject, measure) or ""
    scope = measure.telling or IDENTITY
    done = standing.outcome(record.id).done
    return any(world.consent(person, measure.allowed_consent, scope, m.at)[0] != "given" for m in done)


def bearer_of(standing: Standing, record: Record, recipient: Answering | None) -> Answering:
    """Who is to do it now: nobody tells itself, so where a stand-in would, the unit that it stands in for does (7.h)."""
    measure = record.measure
    any_stand_in = measure is not None and measure.anyone_stands_in and not turns_to_somebody(record.kind)
    found = standing.answering(record, record.id.bearer, any_stand_in)
    tells = record.kind in ("notify", "consult", "apply", "correction", "consent_ended")
    if tells and recipient is not None and found.unit == recipient.unit and found.stands_in_for is not None:
        return standing.answering_unit(record.id.bearer, found.stands_in_for)
    return found


def recipient_of(standing: Standing, record: Record) -> Answering | None:
    """Who is told, asked or applied to, or makes the offer; for a correction the unit that was told."""
    measure = record.measure
    any_stand_in = measure is not None and measure.anyone_stands_in
    if record.kind in ("correction", "consent_ended"):
        unit = standing.told_unit(record)
        now = standing.answering(record, record.object, any_stand_in)
        gone = unit is None or not standing.is_there(unit)
        return now if gone or unit is None else standing.answering_unit(record.object, unit)
    if record.kind == "offer" and measure is not None and measure.offered_by is not None:
        return standing.answering(record, measure.offered_by, any_stand_in)
    if record.kind in ("notify", "consult", "apply", "ask"):
        return standing.answering(record, record.object, any_stand_in)
    return None


def turns_to_somebody(kind: str) -> bool:
    """Whether decisions of this kind name a function that is told, asked or offered by."""
    return kind in ("notify", "consult", "apply", "offer", "ask", "correction", "consent_ended")


class _Citing:
    """The citations of one decision: of the offence's day where that judges, else of today or of when it ended."""

    __slots__ = ("_days", "_plan")

    def __init__(self, prepared: Prepared, standing: Standing, record: Record) -> None:
        self._plan = prepared.plan
        world = standing.moment.judge.world
        end = record.spells[-1].end
        instants = [end if end is not None else standing.moment.k]
        occurred = standing.occurred(record)
        if occurred is not None:
            instants.append(occurred)
        if record.rule is not None and record.rule.by_offence:
            offences = [world.relations[g].offence_at for g in record.grounds if g in world.relations]
            instants = offences or instants
        self._days = [local_day(t, prepared.zone) for t in [*instants, record.spells[-1].start]]

    def clause(self, clause_id: str) -> Citing | None:
        """The clause as cited on the first of the days on which it is in force."""
        clause = self._plan.clauses[clause_id]
        found = next((c for day in self._days if (c := clause.cited(day)) is not None), None)
        return Citing(clause_id, found.text, found.seen) if found is not None else None


def _grounds(standing: Standing, record: Record) -> tuple[str, ...]:
    """What grounds the decision, relations in the order of their introduction."""
    world = standing.moment.judge.world
    found = dict.fromkeys(world.canonical(g) for g in record.grounds)
    relations = world.relations
    return tuple(sorted(found, key=lambda g: (relations[g].introduced.timestamp() if g in relations else 0.0, g)))


def _explanation(standing: Standing, record: Record) -> tuple[Term, ...]:
    rule, judge = record.rule, standing.moment.judge
    ground = next((g for g in _grounds(standing, record) if g in judge.world.sorts), None)
    if rule is None or ground is None or record.owed:
        return ()
    return explain_rule(judge, rule.id, ground, standing.moment.k)


def explain_rule(judge: Judge, rule_id: str, subject: str, t: datetime) -> tuple[Term, ...]:
    """The conditions of a rule for a subject at `t`, with their values and the events behind; a true exception comes last."""
    rule = judge.plan.rules[rule_id]
    when = judge.when(rule, subject, t)
    terms = list(judge.explain(rule.when, subject, when))
    for exception in rule.unless:
        if judge.condition(exception, subject, when) == TRUE:
            terms.extend(judge.explain(exception, subject, when))
    return tuple(terms)
