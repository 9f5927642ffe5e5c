"""A long story under the example plan, whose answers must be the same bytes everywhere.

Run as a program it is played with the matcher that is named, and the canonical JSON of every answer is written.
"""

from __future__ import annotations

import sys

from tests.stories import Story, example_plan

from samverkan.case.case import Case
from samverkan.case.matchers import MatcherName, matcher_named
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide
from samverkan.decide.prepared import prepared


def story() -> Story:
    """Two sellers, two buyers, three purchases, a child in a home, consent in its states, marks, corrections, a passed deadline."""
    told = Story(example_plan())
    told.event("operation_started", "O1 operation", at="2022-07-25 08:00")
    told.event("person_met", "S1 seller", at="2022-07-29 21:10", gender="woman", citizenship="third_country")
    told.event("minor_involved", "S1", at="2022-07-29 21:10")
    deal = {"agreement": "reached", "price": "stated", "payment": "handed_over"}
    told.event("buyer_caught", "K1 purchase of B1, S1", at="2022-07-29 21:30", facts=deal)
    told.event("buyer_caught", "K2 purchase of B1, S2", at="2022-08-02 22:00", offence_at="2022-08-01", facts=deal)
    told.event("buyer_caught", "K3 purchase of B2, -", at="2022-07-30 23:59", facts=deal)
    told.mark("done", "barn.orosanmalan/anmalan S1", at="2022-07-29 22:00")
    told.event("report_received", "S1", at="2022-07-30 08:00", id="anmälan")
    told.event("trafficking_suspected", "S1", at="2022-07-30 09:00", known_at="2022-07-31 09:00")
    told.event("consent_given", "S1", at="2022-07-31 10:00", recipient="regionkoordinator", telling="identity", until="2022-08-03")
    told.mark("done", "stod.regionkoordinator/kontakt S1", at="2022-08-01 09:00")
    told.event("consent_withdrawn", "S1", at="2022-08-02 09:00", recipient="regionkoordinator")
    told.mark("accepted", "stod.saljare/erbjudande S1", at="2022-07-29 22:10")
    told.mark("declined", "kopare.stod/erbjudande B1", at="2022-07-29 22:20")
    told.event("child_in_home", "F1 parenthood of B1, C1", at="2022-08-01 12:00", facts={"child.age": "child"})
    told.event("child_assessed", "C1", at="2022-08-01 13:00", at_risk="suspected")
    told.event("seller_identified", "K3 purchase of -, S2", at="2022-08-03 10:00")
    told.event("moved", "S1", at="2022-08-03 12:00", stay_municipality="hallstahammar")
    told.event("age_established", "S1", at="2022-08-04 09:00", age="adult", id="åldern")
    told.revise("åldern", "2022-08-05 09:00", facts={"age": "child"})
    told.event("person_met", "S3 seller", at="2022-08-05 10:00", age="adult", citizenship="swedish", permit="none")
    told.event("report_received", "S3", at="2022-08-05 11:00", same_as="S2")
    told.event("home_checked", "B9", at="2022-08-05 12:00", children_at_home="some")
    told.mark("done", "saljare.vittne/information S9", at="2022-08-05 13:00")
    told.event("operation_ended", "O1", at="2022-08-06 16:00")
    return told


def played(matcher: MatcherName = "compiled") -> str:
    """The canonical JSON of all answers: at every instant at which something became known, and long after, live and at once."""
    told = story()
    ready = prepared(told.plan)
    its = matcher_named(ready, matcher)
    instants = [*sorted({event.known_at for event in told.events}), told.when("2022-12-24 15:00")]
    answers = [decide(told.plan, told.events, at, its) for at in instants]
    case = Case(told.plan, matcher)
    for event in sorted(told.events, key=lambda e: e.known_at):
        outcome = case.fire(event, strict=False)
        answers.append(outcome.answer)
        case = outcome.case
        assert not outcome.diagnostics
    return "".join(canonical(answer_to_json(answer, told.plan)) for answer in answers)


if __name__ == "__main__":
    name: MatcherName = "durable" if sys.argv[1:] == ["durable"] else "compiled"
    sys.stdout.buffer.write(played(name).encode())
