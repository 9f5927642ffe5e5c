"""`samverkan decide`: one situation, or a small case, straight from the command line."""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from samverkan.cli.asking import add_questions, tell_questions

if TYPE_CHECKING:
    from datetime import datetime

    from samverkan.case.case import Case, MatcherName
    from samverkan.decide.answer import Answer
    from samverkan.decide.events import Event
    from samverkan.exercise.terminal import Explained
    from samverkan.plan.model import Plan

DESCRIPTION = """\
Säger vad som ska göras när något har hänt. En händelse skrivs som i ett
scenario: först händelsetypen (eller done, accepted, declined, acknowledged och
ett beslut), sedan vem den handlar om. --fact, --at och de andra valen om en
händelse hör till händelsen före dem."""

EXAMPLES = """\
exempel:
  samverkan decide --event 'person_met S1 seller' --fact age=child
  samverkan decide --event 'buyer_caught K1 purchase of B1 buyer, S1' \\
      --fact payment=handed_over --at '2013-05-14 21:20'
  samverkan decide --event 'person_met S1 seller' --at '2026-05-12 21:10' \\
      --event 'done stod.saljare/information S1' --at '2026-05-12 21:30' --json
  samverkan decide --events arende.json
  samverkan decide --event 'person_met S1 seller' --questions

Den första tiden gäller också händelser utan egen tid; utan någon tid gäller nu.
Alla händelser och uppgifter med svenska namn: samverkan decide --words"""

KEYS = {
    "--at": ("at", "TID", "när händelsen hände, till exempel '2013-05-14 21:10'"),
    "--known-at": ("known_at", "TID", "när den blev känd, om det var senare"),
    "--offence-at": ("offence_at", "TID", "när gärningen begicks, en tid eller en dag"),
    "--recipient": ("recipient", "FUNKTION", "vem ett samtycke gäller"),
    "--telling": ("telling", "VAD", "vad som får berättas: circumstances eller identity"),
    "--until": ("until", "TID", "till när ett samtycke gäller, en tid eller en dag"),
    "--reason": ("reason", "TEXT", "skälet, där ett sådant ska antecknas"),
}
"""What belongs to the event before it: option → (key of an event, what it takes, help)."""


class _Event(Action):
    """Begins an event."""

    def __call__(self, _parser: ArgumentParser, space: Namespace, value: Any, _option: str | None = None) -> None:
        kind, _, about = value.strip().partition(" ")
        space.events = [*(space.events or []), {"kind": kind, "about": about.strip(), "facts": {}}]


class _OfEvent(Action):
    """Adds to the event before it."""

    def __call__(self, parser: ArgumentParser, space: Namespace, value: Any, option: str | None = None) -> None:
        if not space.events:
            parser.error(f"{option} hör till en händelse och måste stå efter --event")
        event = dict(space.events[-1])
        if option == "--fact":
            name, equals, said = value.partition("=")
            if not equals:
                parser.error(f"--fact '{value}' går inte att läsa. Skriv uppgift=värde, till exempel age=child")
            if name in event["facts"]:
                parser.error(f"--fact {name} står två gånger för samma händelse")
            event["facts"] = {**event["facts"], name.strip(): said.strip()}
        else:
            key = KEYS[option or ""][0]
            if key in event:
                parser.error(f"{option} står två gånger för samma händelse")
            event[key] = value
        space.events = [*space.events[:-1], event]


def add_decide(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "decide", help="säger vad som ska göras när något har hänt", description=DESCRIPTION, epilog=EXAMPLES
    )
    add_event_options(parser, "vad som har hänt; får upprepas")
    parser.add_argument("--today", metavar="TID", help="vad som gäller då, i stället för när den sista händelsen blev känd")
    parser.add_argument("--plan", metavar="PLAN", help="planens namn eller mapp; annars den plan som följer med")
    parser.add_argument("--words", action="store_true", help="visar alla händelser och uppgifter med svenska namn")
    parser.add_argument("--json", action="store_true", help="skriver svaret som JSON")
    add_questions(parser)
    parser.add_argument("--explain", metavar="REGEL", help="visar villkoren bakom en regels beslut; all visar alla")
    parser.add_argument(
        "--matcher",
        metavar="MATCHARE",
        choices=("auto", "compiled", "durable"),
        default="auto",
        help="vad som avgör: auto (standard), compiled (den egna) eller durable (durable-rules, jämförd med den egna)",
    )
    parser.set_defaults(run=decide)


def add_event_options(parser: ArgumentParser, help_text: str) -> None:
    """Adds the options that say what happens: event by event, or in a file."""
    parser.add_argument("--event", metavar="HÄNDELSE", action=_Event, dest="events", help=help_text)
    parser.add_argument("--fact", metavar="UPPGIFT=VÄRDE", action=_OfEvent, help="vad händelsen säger; får upprepas")
    for option, (_, takes, text) in KEYS.items():
        parser.add_argument(option, metavar=takes, action=_OfEvent, help=text)
    parser.add_argument(
        "--events", metavar="FIL.json", dest="file", help="händelserna står i en fil, som en lista i JSON (- läser standard in)"
    )


def decide(arguments: Namespace) -> int:
    """Runs the command."""
    from zoneinfo import ZoneInfo

    from samverkan.case.times import read_as_of
    from samverkan.cli.edges import explained
    from samverkan.decide.errors import EventError
    from samverkan.directory.loading import load_plan
    from samverkan.plan.loading import DEFAULT

    plan = load_plan(arguments.plan if arguments.plan is not None else DEFAULT)
    if arguments.words:
        return _list_words(plan)
    if not arguments.events and arguments.file is None:
        raise EventError("Ingen händelse är angiven. Skriv till exempel --event 'person_met S1 seller'.")
    if arguments.events and arguments.file is not None:
        raise EventError("Händelser anges antingen med --event eller i en fil med --events, inte på båda sätten.")
    explain = explained(plan, arguments.explain)
    as_of = read_as_of(arguments.today, ZoneInfo(plan.timezone)) if arguments.today is not None else None
    if arguments.file is not None:
        from samverkan.cli.sending import case_of

        case = case_of(plan, arguments.file, arguments.matcher, as_of)
    else:
        case = case_written(plan, arguments.events, arguments.matcher, as_of)
    at = as_of or case.now or case.events[0].at
    if arguments.questions is not None:
        _ask(plan, case, at, arguments)
        return 0
    answer = case.decisions(at)
    if arguments.json:
        from samverkan.decide.asjson import answer_to_json, canonical

        sys.stdout.write(canonical(answer_to_json(answer, plan)))
    else:
        _tell(plan, case, answer, explain, arguments.explain)
    for text in case.matcher.diagnostics:
        print(f"samverkan decide: matcharna skiljer sig åt, och den egna gäller: {text}", file=sys.stderr)
    return 0


def _ask(plan: Plan, case: Case, at: datetime, arguments: Namespace) -> None:
    """Says what has to be found out."""
    from samverkan.cli.edges import page

    questions = case.questions(at)
    if arguments.json:
        from samverkan.case.questions_as_json import questions_to_json
        from samverkan.decide.asjson import canonical

        sys.stdout.write(canonical(questions_to_json(questions, plan, at)))
        return
    from zoneinfo import ZoneInfo

    from samverkan.wording.clock import day_and_clock

    when = day_and_clock(at.astimezone(ZoneInfo(plan.timezone)))
    tell_questions(page(), plan, questions, arguments.questions, f"Att ta reda på, {when}")


def case_written(plan: Plan, given: Sequence[dict[str, Any]], matcher: MatcherName, as_of: datetime | None) -> Case:
    """The case of the events that were written, up to `as_of`. Raises EventError."""
    from samverkan.case.case import Case
    from samverkan.cli.edges import check_begun

    events = events_written(plan, given)
    check_begun(events, as_of)
    written = {f"h{number}": f"{one['kind']} {one['about']}" for number, one in enumerate(given, start=1)}
    case = Case(plan, matcher)
    for event in events:
        if as_of is None or max(event.at, event.known_at) <= as_of:
            case = _fired(case, event, written[event.id])
    return case


def events_written(plan: Plan, given: Sequence[dict[str, Any]], default: datetime | None = None) -> list[Event]:
    """The events in the order of time; those without a time are at `default`, or at the first time that is written, or now."""
    from zoneinfo import ZoneInfo

    from samverkan.case.reading import MARK_KINDS, event_from_json
    from samverkan.case.times import read_time
    from samverkan.cli.edges import now
    from samverkan.cli.hints import check_words
    from samverkan.decide.admission import LONGEST_TEXT, check_length, check_personal

    for event in given:
        check_length("--event", f"{event['kind']} {event['about']}", LONGEST_TEXT)
        check_personal("--event", f"{event['kind']} {event['about']}")
        check_length("händelsetyp", event["kind"])
        for name, value in event["facts"].items():
            check_length("--fact", f"{name}={value}", LONGEST_TEXT)
            check_personal("--fact", f"{name}={value}")
            check_length("--fact", name)
            check_length("--fact", value)
    stated = next((event["at"] for event in given if "at" in event), None)
    first = read_time(stated, ZoneInfo(plan.timezone)) if stated is not None else default or now()
    events = []
    for number, event in enumerate(given, start=1):
        data = {key: value for key, value in event.items() if key not in ("kind", "about", "facts")}
        kind, about = event["kind"], event["about"]
        if kind in MARK_KINDS:
            data[kind] = about
        else:
            check_words(plan, kind, event["facts"])
            data |= {"event": kind, "about": about}
        if event["facts"]:
            data["facts"] = event["facts"]
        events.append(event_from_json(plan, data, f"h{number}", first))
    return sorted(events, key=lambda e: max(e.at, e.known_at))


def _fired(case: Case, event: Event, written: str) -> Case:
    """The case after an event. An error names what was written, not the id that the event was given here.

    An answer is told by the event that says it, as `Case.reply` does, so that rules that wait for that event are due.
    """
    from samverkan.decide.admission import check_event
    from samverkan.decide.errors import EventError
    from samverkan.decide.naming import quoted
    from samverkan.plan.answers import ANSWER

    try:
        if event.type == ANSWER and event.about is not None and event.known_at == event.at:
            check_event(case.plan, event)
            return case.reply(event.about.subject, *event.facts[0], event.at, event.how).case
        return case.fire(event).case
    except EventError as problem:
        raise EventError(problem.text.replace(f"'{event.id}'", quoted(written))) from None


def _list_words(plan: Plan) -> int:
    """Prints the words that may be written, with their Swedish names."""
    from samverkan.cli.edges import page
    from samverkan.cli.hints import words

    out = page()
    for word, label in words(plan):
        if label:
            out.line(f"{word.strip()}  {label}", indent=len(word) - len(word.lstrip()) + 2, hang=2)
        else:
            out.heading(word)
    return 0


def _tell(plan: Plan, case: Case, answer: Answer, explain: Explained, wanted: str | None) -> None:
    """Says what has happened, and how everything stands after it."""
    from samverkan.cli.edges import matched_by, page
    from samverkan.exercise.playing import changes
    from samverkan.exercise.terminal import Telling
    from samverkan.wording.clock import day_and_clock
    from samverkan.wording.phrases import capital
    from samverkan.wording.wording import Wording

    telling = Telling(page(), Wording(plan, {}), explain, wanted == "all")
    telling.page.line(f"{plan.title}, version {plan.version}.")
    for event in case.events:
        telling.page.blank()
        telling.page.line(capital(day_and_clock(telling.wording.local(event.at))))
        telling.happened([event])
    telling.page.ruled(f"Läget {day_and_clock(telling.wording.local(answer.as_of))}")
    telling.changes(changes(None, answer), answer, {event.id: event for event in case.events})
    telling.questions(answer.questions, answer)
    telling.contradictions(answer, None)
    if wanted is not None:
        telling.never(wanted, answer)
    telling.matched(matched_by(case))
