"""Laws of the contract, each tried on generated plans with generated histories."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.generators import Case as Drawn
from tests.generators import cases
from tests.generators.deliveries import Told, deliveries
from tests.generators.histories import TIMES
from tests.generators.renaming import Renaming
from tests.generators.staples import CONSENT
from tests.generators.words import MUNICIPALITIES
from tests.generators.writing import in_files, pieces_of, writable
from tests.oracle.states import eye_on_values, verdict_of
from tests.stories import written

from samverkan.decide.admission import check_event
from samverkan.decide.answer import Answer, Decision, Term
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide
from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event, Mark
from samverkan.decide.judging import Judge, When
from samverkan.decide.knowledge import deliver, known
from samverkan.decide.world import World
from samverkan.plan.digest import digest_of
from samverkan.plan.loading import read_plan
from samverkan.plan.model import PERSON, UNKNOWN, Atom, Condition, Measure, Plan, Rule

some = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
told_something = deliveries().filter(lambda told: bool(told.events))


def said(plan: Plan, events: Iterable[Event], as_of: datetime) -> str:
    """The canonical JSON of the answer."""
    return canonical(answer_to_json(decide(plan, events, as_of), plan))


def late(told: Told) -> datetime:
    """After everything that the story tells of."""
    return max(*told.asked, *(max(e.at, e.known_at) for e in told.events)) + timedelta(days=2)


# -- what is delivered ---------------------------------------------------------------------------------------------------------


@some
@given(cases(), st.data())
def test_the_order_of_delivery_and_a_second_delivery_are_irrelevant(drawn: Drawn, data: st.DataObject) -> None:
    events = data.draw(st.permutations(drawn.events))
    again = data.draw(st.lists(st.sampled_from(drawn.events), min_size=1))
    expected = said(drawn.plan, drawn.events, drawn.as_of)
    assert said(drawn.plan, events, drawn.as_of) == expected
    assert said(drawn.plan, (*again, *events, *again), drawn.as_of) == expected


@some
@given(cases(), st.data())
def test_taking_events_back_at_once_equals_never_having_had_them(drawn: Drawn, data: st.DataObject) -> None:
    """Whatever they are: what introduces somebody, joins two, or marks a decision, too."""
    first = [event for event in drawn.events if event.revision == 1 and not event.void]
    taken = data.draw(st.lists(st.sampled_from(first), min_size=1, unique=True))
    fleeting = [replace(event, id=f"x{event.id}") for event in taken]
    voids = [Event(e.id, e.known_at, e.known_at, revision=2, void=True) for e in fleeting]
    with_them = decide(drawn.plan, (*drawn.events, *fleeting, *voids), drawn.as_of)
    without = decide(drawn.plan, drawn.events, drawn.as_of)
    assert with_them.decisions == without.decisions
    assert with_them.questions == without.questions
    assert with_them.contradictions == without.contradictions


@some
@given(cases())
def test_saying_that_something_is_unknown_says_nothing(drawn: Drawn) -> None:
    """Said when everything else has happened, for the case begins with its first event."""
    plan, at = drawn.plan, max(max(e.at, e.known_at) for e in drawn.events) + timedelta(minutes=7)
    nothing = Event("nothing", at, at, type="paid_said", about=About("K1", "deal"), facts=(("paid", UNKNOWN),))
    assume(not any(r.each is not None and r.each.event == "paid_said" for r in plan.rules.values()))
    assume(not any(m.deadline is not None and m.deadline.after == "paid_said" for r in plan.rules.values() for m in r.then))
    as_of = max(at, drawn.as_of)
    with_it, without = (decide(plan, events, as_of) for events in ((*drawn.events, nothing), drawn.events))
    assume(without.subjects)
    assert with_it.decisions == without.decisions
    assert [q for q in with_it.questions if "nothing" not in q.events] == list(without.questions)


# -- what has nothing to do with it --------------------------------------------------------------------------------------------


BEFORE = TIMES[0] - timedelta(days=20)


@some
@given(cases(), st.sampled_from(TIMES))
def test_an_event_about_somebody_unrelated_changes_nothing_else(drawn: Drawn, at: datetime) -> None:
    """In a case that has begun, and at an instant of its own: what ends a decision is told by all that became known then."""
    begun = Event("begun", BEFORE, BEFORE, type="met", about=About("X0", PERSON, "kop"))
    at += timedelta(minutes=7)
    other = Event("other", at, at, type="met", about=About("X9", PERSON, "sal"), facts=(("age", "child"), ("home", "sala")))
    with_it, without = (decide(drawn.plan, (begun, *events), drawn.as_of) for events in ((*drawn.events, other), drawn.events))
    assert [d for d in with_it.decisions if d.id.subject != "X9"] == list(without.decisions)
    assert [q for q in with_it.questions if q.subject != "X9"] == list(without.questions)
    assert [c for c in with_it.contradictions if c.first.subject != "X9"] == list(without.contradictions)


EXTRA = Rule(
    "extra", "pol", "extra", "extra", "fas", "assumed", PERSON, None, Condition(atoms=(Atom(None, "age", ("child", UNKNOWN)),)),
    (), (Measure("m", "must", "inform", "info", ("stod",)),), ("lag/p1",), date(2024, 10, 26), date(2024, 11, 11),
)  # fmt: skip


@some
@given(cases())
def test_an_unrelated_rule_changes_nothing_else(drawn: Drawn) -> None:
    """It overrides nothing, nothing names it, and it makes nobody open; its days are days on which the rest is looked at too."""
    more = replace(drawn.plan, rules={"extra": EXTRA, **drawn.plan.rules})
    with_it, without = decide(more, drawn.events, drawn.as_of), decide(drawn.plan, drawn.events, drawn.as_of)
    assert [d for d in with_it.decisions if d.id.rule != "extra"] == list(without.decisions)
    waiting = [replace(q, rules=tuple(r for r in q.rules if r != "extra")) for q in with_it.questions]
    assert [q for q in waiting if q.kind != "fact" or q.rules] == list(without.questions)
    assert with_it.contradictions == without.contradictions
    assert with_it.subjects == without.subjects


# -- facts in time -------------------------------------------------------------------------------------------------------------

SAYING = {"met": "claims", "located": "establishes", "moved": "changes"}


def home_told(number: int, kind: str, value: str) -> Event:
    """Something said of where P1 lives, at an hour of its own."""
    at = datetime(2024, 3, 1, tzinfo=UTC) + timedelta(hours=number)
    about = About("P1", PERSON, "sal" if kind == "met" else None)
    return Event(f"e{number}", at, at, type=kind, about=about, facts=(("home", value),))


@st.composite
def homes(draw: st.DrawFn) -> tuple[Event, ...]:
    """Somebody is met, and then this and that is said of where she lives: each at an hour of its own, the even ones."""
    hours = sorted(draw(st.sets(st.integers(1, 12), max_size=6)))
    told = [home_told(2 * n, draw(st.sampled_from(list(SAYING))), draw(st.sampled_from([*MUNICIPALITIES, UNKNOWN]))) for n in hours]
    return (
        Event("e0", home_told(0, "met", "sala").at, home_told(0, "met", "sala").at, type="met", about=About("P1", PERSON, "sal")),
        *told,
    )


def home_at(plan: Plan, events: Iterable[Event], hour: int) -> str:
    """Where she lived at an hour, in the light of everything."""
    world = World(plan, known(deliver({}, events), home_told(100, "met", "sala").at))
    judge = Judge(world)
    t = home_told(hour, "met", "sala").at
    return judge.value(Atom(None, "home", ()), "P1", When(t, t, t))


HOURS = range(-1, 28)


@settings(some, max_examples=150)
@given(cases(most_rules=3, most_events=2), homes(), st.integers(0, 13), st.sampled_from(sorted(MUNICIPALITIES)))
def test_establishes_reaches_back_and_changes_does_not(drawn: Drawn, events: tuple[Event, ...], place: int, value: str) -> None:
    plan, hour = drawn.plan, 2 * place + 1
    changes = sorted(int(e.id[1:]) for e in events if e.type == "moved")
    begin, end = max((c for c in changes if c <= hour), default=-1), min((c for c in changes if c > hour), default=100)
    later = [int(e.id[1:]) for e in events if e.type == "located" and ("home", UNKNOWN) not in e.facts]
    until_then = [e for e in events if int(e.id[1:]) < hour]
    before = [home_at(plan, events, h) for h in HOURS]
    established = [home_at(plan, (*events, home_told(hour, "located", value)), h) for h in HOURS]
    changed = [home_at(plan, (*events, home_told(hour, "moved", value)), h) for h in HOURS]
    last = not any(hour < h < end for h in later)
    for h, was, now, after in zip(HOURS, before, established, changed, strict=True):
        assert now == (value if begin <= h < end and last else was)
        if h < begin:
            assert after == was
        elif h < hour:  # what was said later belongs to the stretch that the change begins
            assert after == home_at(plan, until_then, h)
        elif h < end:
            assert after == (value if last else home_at(plan, events, h))


@settings(some, max_examples=150)
@given(homes(), st.integers(0, 13), st.sampled_from(sorted(MUNICIPALITIES)), cases(most_rules=3, most_events=2))
def test_a_claim_never_beats_what_is_established(events: tuple[Event, ...], place: int, value: str, drawn: Drawn) -> None:
    claim = home_told(2 * place + 1, "met", value)
    without_claims = [e for e in events if e.type != "met" or e.id == "e0"]
    for hour in HOURS:
        settled = home_at(drawn.plan, without_claims, hour)
        if settled != UNKNOWN:
            assert home_at(drawn.plan, (*events, claim), hour) == settled
        else:
            assert home_at(drawn.plan, (*events, claim), hour) in (home_at(drawn.plan, events, hour), value)


# -- what stays ----------------------------------------------------------------------------------------------------------------


@some
@given(told_something, st.data())
def test_done_stays_done(told: Told, data: st.DataObject) -> None:
    """Where nothing is taken back or re-dated and nobody joined: whatever ground goes, comes or is learnt.

    What is due when some of it has been told is done then; what a municipality or an answer may make due again is left out.
    """
    plan = told.plan
    events = [e for e in told.events if e.revision == 1 and e.same_as is None]
    assume(events)
    begun = max(events[data.draw(st.integers(0, len(events) - 1))].known_at, events[0].known_at)
    due = [d for d in decide(plan, events, begun).decisions if d.status == "due" and d.kind in ("perform", "inform", "consult")]
    due = [d for d in due if not d.continuing]
    marks = [
        Event(f"klart-{n}", begun, begun, mark=Mark("done", i.rule, i.measure, i.subject, i.bearer, i.occurrence or None))
        for n, i in enumerate(d.id for d in due)
    ]
    done = {d.id for d in due}
    for now in sorted({begun, *(t for t in (*told.asked, *(e.known_at for e in events), late(told)) if t > begun)}):
        stands = {d.id for d in decide(plan, (*events, *marks), now).decisions if d.status == "done"}
        assert done <= stands, now


@some
@given(told_something)
def test_no_decision_that_was_shown_ever_leaves_the_answer(told: Told) -> None:
    """5.j: except one about a person who is now read as another."""
    moments = sorted({*told.asked, *(e.known_at for e in told.events), late(told)})
    shown: set[Any] = set()
    for now in moments:
        answer = decide(told.plan, told.events, now)
        here = {d.id for d in answer.decisions}
        joined = {e.same_as for e in told.events} | {e.about.subject for e in told.events if e.about is not None and e.same_as}
        assert {d for d in shown - here if d.subject not in joined} == set()
        shown |= here


# -- explanations --------------------------------------------------------------------------------------------------------------


def flat(terms: Iterable[Term]) -> list[Term]:
    """All terms, those below others too."""
    return [one for term in terms for one in (term, *flat(term.below))]


def ends_of(answer: Answer, plan: Plan, ground: str) -> dict[str | None, str]:
    """Who stands where, as the answer says it: None is the subject itself."""
    subject = next((s for s in answer.subjects if s.id == ground), None)
    found: dict[str | None, str] = {None: ground}
    if subject is not None and subject.sort in plan.relations:
        found |= {end: who for end, who in zip(plan.relations[subject.sort].ends, subject.ends, strict=True) if who is not None}
    return found


def recomputed(answer: Answer, plan: Plan, decision: Decision) -> bool:
    """Whether the rule holds of what the explanation says that it read, all else unknown, for one of the decision's grounds."""
    rule = plan.rules[decision.id.rule]
    read = {(term.subject, term.fact): term.value for term in decision.explanation}
    for ground in decision.grounds:
        who = ends_of(answer, plan, ground)
        values = {
            f"{end}.{fact}" if end else fact: value for end, its in who.items() for (s, fact), value in read.items() if s == its
        }
        if verdict_of(eye_on_values(plan, values), rule) is True:
            return True
    return False


@settings(some, max_examples=100)
@given(told_something)
def test_every_explanation_recomputed_from_its_own_facts_gives_its_decision(told: Told) -> None:
    plan = told.plan
    for as_of in (told.asked[-1], late(told)):
        answer = decide(plan, told.events, as_of)
        for decision in answer.decisions:
            if decision.status in ("due", "ask_first") and decision.id.rule in plan.rules and decision.explanation:
                assert recomputed(answer, plan, decision), decision.id
            for term in flat(decision.explanation):
                expected = True if term.value in term.wanted else None if term.value == UNKNOWN else False
                assert term.holds is expected, (decision.id, term.fact)
                assert bool(term.events) or term.value == UNKNOWN or bool(term.below)
            mine = {term.subject for term in flat(decision.explanation)}
            assert not mine or mine <= {s.id for s in answer.subjects} | {"case", ""}


# -- the plan as it is written -------------------------------------------------------------------------------------------------


@settings(some, max_examples=15)
@given(told_something, st.data())
def test_a_plan_split_over_files_in_any_way_decides_alike(told: Told, data: st.DataObject) -> None:
    """Written as YAML, put into files by chance, in any order, and read: the same plan, and the same answers."""
    plan = writable(told.plan)
    pieces = pieces_of(plan)
    order = data.draw(st.permutations(range(len(pieces))))
    files = data.draw(st.integers(1, 12))
    places = data.draw(st.lists(st.integers(0, files), min_size=len(pieces), max_size=len(pieces)))
    read = read_plan({name: written(file) for name, file in in_files([pieces[n] for n in order], places).items()})
    assert read.digest == digest_of(plan)
    events = [event for event in told.events if is_admitted(read, event)]
    for as_of in {*told.asked, late(told)}:
        assert said(read, events, as_of) == said(replace(plan, digest=read.digest), events, as_of)


def is_admitted(plan: Plan, event: Event) -> bool:
    try:
        check_event(plan, event, strict=False)
    except EventError:
        return False
    return True


# -- consent -------------------------------------------------------------------------------------------------------------------


def flows(answer: Answer, *statuses: str) -> set[tuple[str, str]]:
    """(whose, to whom) identity is told with a consent, in decisions of these statuses."""
    return {
        (d.person or d.id.subject, d.consent)
        for d in answer.decisions
        if d.consent is not None and d.telling == "identity" and d.kind in ("notify", "apply") and d.status in statuses
    }


RESTS_ON_CONSENT = replace(CONSENT, id="rest", role=None)
CONSENT_ENDS = st.sampled_from(["refused", "withdrew", "until"])


@some
@given(cases(), CONSENT_ENDS, st.sampled_from(["mig", "mig", "soc", "stod"]))
def test_a_consent_that_is_refused_withdrawn_or_expired_leaves_no_flow_of_identity_that_rests_on_it(
    drawn: Drawn, how: str, recipient: str
) -> None:
    plan = replace(drawn.plan, rules={**drawn.plan.rules, "rest": RESTS_ON_CONSENT})
    now = max(drawn.as_of, *(max(e.at, e.known_at) for e in drawn.events)) + timedelta(hours=1)
    people = [s.id for s in decide(plan, drawn.events, now).subjects if s.sort == PERSON]
    given_first = [
        Event(f"ja-{p}", now, now, type="consented", about=About(p, PERSON), recipient=recipient, telling="identity")
        for p in people
    ]
    if how == "until":
        events = [replace(yes, until=now + timedelta(hours=5)) for yes in given_first]
    else:
        ended = now + timedelta(hours=5)
        events = [
            *given_first,
            *(Event(f"nej-{p}", ended, ended, type=how, about=About(p, PERSON), recipient=recipient) for p in people),
        ]
    with_consent = flows(decide(plan, (*drawn.events, *events), now), "due", "done")
    assert recipient != "mig" or {(person, "mig") for person in people} <= with_consent
    after = decide(plan, (*drawn.events, *events), now + timedelta(hours=5))
    assert {flow for flow in flows(after, "due") if flow[1] == recipient} == set()
    # What has expired may be asked for again; a no isn't pressed.
    assert how == "until" or {flow for flow in flows(after, "ask_first") if flow[1] == recipient} == set()


# -- other words ---------------------------------------------------------------------------------------------------------------


def unordered(value: Any) -> Any:
    """JSON without the order of lists, and without what is a fingerprint of words."""
    if isinstance(value, dict):
        return {key: unordered(one) for key, one in value.items() if key != "digest"}
    if isinstance(value, str) and ", " in value:  # an impossible combination's facts
        return ", ".join(sorted(value.split(", ")))
    if isinstance(value, list):
        return sorted((unordered(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


@some
@given(told_something)
def test_renaming_all_words_changes_nothing_but_names(told: Told) -> None:
    renaming = Renaming(told.plan, told.events)
    plan, events = renaming.of(told.plan), renaming.of(told.events)
    assert not {*plan.facts, *plan.roles, *plan.rules} & {*told.plan.facts, *told.plan.roles, *told.plan.rules}
    for as_of in {*told.asked, late(told)}:
        expected = renaming.of(decide(told.plan, told.events, as_of))
        assert unordered(answer_to_json(decide(plan, events, as_of), plan)) == unordered(answer_to_json(expected, plan))
