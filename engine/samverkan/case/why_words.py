"""An explanation of a decision as Swedish text: first what and why, then by when, by whom, to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from samverkan.case.explained import Chosen, Disclosing, Ended, Ground, Happened, Reckoned, Tried, Why
from samverkan.case.saying import Saying
from samverkan.decide.answer import Due
from samverkan.plan.model import Plan
from samverkan.plan.spelling import listed
from samverkan.wording import phrases
from samverkan.wording.clock import day
from samverkan.wording.phrases import capital
from samverkan.wording.wording import AMOUNT

LIVE = ("due", "ask_first")
FOLLOWING: Mapping[str, str] = {
    "ask": "Det här väntar på samtycket:",
    "correction": "Det här har någon fått veta, och som det nu är känt fanns det aldrig någon grund för det:",
    "consent_ended": "Det här har någon fått veta:",
}
WAS: Mapping[str, str] = {"must": "skulle", "should": "borde", "may": "fick"}
WITHOUT = "Det har lämnats utan samtycke, som det nu är känt."
_DAYS_TOLD = 8


def text_of(answer: Why, plan: Plan, happened: Iterable[Happened], who: Mapping[str, str]) -> Why:
    """The explanation with its text, and with the events that it names."""
    told = tuple(happened)
    decision = answer.decision
    say = Saying(plan, who, told, answer.as_of, decision.person or decision.id.subject)
    lines = [line for part in _parts(say, answer) for line in part]
    return replace(answer, happened=told, text="\n".join(lines) + "\n")


def _parts(say: Saying, answer: Why) -> Iterator[list[str]]:
    yield _head(say, answer)
    yield ["", *_ground(say, answer)]
    live = answer.decision.status in LIVE
    if answer.ended is not None:
        yield ["", "Så gick det", *_ended(say, answer, answer.ended)]
    if answer.deadline is not None:
        heading = "Tid" if live else "Tid, när det senast var att göra"
        yield ["", heading, *(f"  {line}" for line in _deadline(say, answer.deadline))]
    if live and answer.decision.kind != "refrain":
        yield ["", "Vem gör det", *(f"  {line}" for line in _chosen(say, answer.bearer))]
    if live and answer.recipient is not None and answer.decision.kind != "ask":
        label = phrases.RECIPIENTS.get(answer.decision.kind, phrases.RECIPIENTS["notify"])
        yield ["", label, *(f"  {line}" for line in _chosen(say, answer.recipient))]
    if answer.disclosing is not None:
        found = [f"  {line}" for line in _disclosing(say, answer, answer.disclosing)]
        heading = "Vad som fick lämnas" if answer.decision.status == "done" else "Vad som får lämnas"
        yield ["", heading, *found] if found else []
    yield ["", "Källa", *(f"  {line}" for line in _sources(say, answer))]


def _head(say: Saying, answer: Why) -> list[str]:
    one = answer.decision
    title = one.title if one.kind != "ask" else phrases.ASKING
    sentence = say.wording.sentence([one])
    if one.status not in LIVE:
        sentence = capital(f"{say.wording.function(one.id.bearer)} {WAS[one.strength]} {say.wording.deed(one)}.")
    status = say.wording.status(one, answer.as_of)
    lines = [title, sentence, f"Läget {say.moment(answer.as_of)}: {status}."]
    return [*lines, f"Regeln säger: {answer.rule_text}"] if answer.rule_text and one.kind != "ask" else lines


def _ground(say: Saying, answer: Why) -> Iterator[str]:
    """Why it is due; of what isn't any more, why it was."""
    live = answer.decision.status in LIVE
    ground = answer.now if live and answer.now is not None else answer.ground
    yield "Därför" if live else f"Därför blev det aktuellt, {say.moment(answer.shown)}"
    following = FOLLOWING.get(answer.decision.kind)
    if following is not None:
        yield f"• {following}"
        for other in answer.waiting:
            rule = say.plan.rules.get(other.rule)
            yield f"  – {rule.title if rule is not None else other.rule} ({say.wording.name(other.subject)})"
        yield from say.events(answer.told, "    ")
        if answer.decision.kind == "consent_ended":
            yield "• Det här är sagt sedan dess:"
            yield from say.events((answer.decision.id.occurrence,), "  ")
            return
    if answer.occurred is not None:
        event = say.event(answer.occurred.id)
        if event is not None:
            yield f"• Det här har hänt: {event}."
        elif answer.occurred.at is not None:
            yield f"• Tiden gick ut {say.moment(answer.occurred.at)} för det som skulle vara gjort."
    if ground is not None:
        yield from _of_rule(say, ground, answer)


def _of_rule(say: Saying, ground: Ground, answer: Why) -> Iterator[str]:
    rule = say.plan.rules[ground.rule]
    name = say.wording.name(ground.subject)
    if ground.role is not None and ground.role_since is not None:
        yield f"• {capital(name)} har rollen {say.plan.roles[ground.role].label}, sedan {say.moment(ground.role_since)}."
    elif ground.subject != answer.decision.id.subject:
        yield f"• Det gäller {name}."
    if not ground.conditions and rule.each is None and ground.role is None:
        yield "• Regeln har inga villkor: den gäller så länge det den handlar om finns i ärendet."
    yield from say.reads(ground.conditions, ground.at)
    open_ones = [one for one in ground.unless if one.holds is None]
    if open_ones and answer.decision.status in LIVE:
        yield "• Det skulle inte gälla om något av det här blev känt:"
        for one in open_ones:
            undecided = [f"{say.fact(r.fact, r.subject, r.end)}: {say.values(r.fact, r.wanted)}" for r in one.reads]
            yield f"  – {'; '.join(undecided)}"


def _ended(say: Saying, answer: Why, ended: Ended) -> Iterator[str]:
    at = f" {say.moment(ended.at)}" if ended.at is not None else ""
    status = say.wording.status(answer.decision, answer.as_of)
    if ended.status == "withdrawn":
        yield f"  Återtaget{at}. Som det nu är känt fanns det aldrig någon grund:"
    else:
        yield f"  {capital(status)}{at}."
    yield from say.events(ended.by, "  ")
    if ended.replaced_by is not None:
        replaced = say.wording.ended(answer.decision)
        if replaced is not None:
            yield f"  {capital(replaced)}.{f' {ended.reason}' if ended.reason else ''}"
    elif ended.because:
        if ended.status != "withdrawn":
            yield "  Det gäller inte längre, eftersom:"
        yield from say.hindrances(ended.because, answer.rule, ended.at or answer.as_of, "  ")


def _deadline(say: Saying, due: Reckoned) -> Iterator[str]:
    told = say.wording.deadline(Due(due.text, due.at, due.day, due.real), say.now)
    yield f"{capital(told)}."
    yield from _counted(say, due)
    if due.moved_from is not None and due.day is not None:
        yield f"{capital(day(due.moved_from))} är ingen arbetsdag. Därför är sista dagen {day(due.day)}."
    elif due.skipped:
        days = listed([say.day(one) for one in due.skipped[:_DAYS_TOLD]])
        more = f" och {len(due.skipped) - _DAYS_TOLD} till" if len(due.skipped) > _DAYS_TOLD else ""
        yield f"Räknas inte, eftersom det inte är arbetsdagar: {days}{more}."
    if due.passed_at is not None:
        yield f"Tiden gick ut {say.moment(due.passed_at)} utan att det var gjort."


def _counted(say: Saying, due: Reckoned) -> Iterator[str]:
    if due.counted_by == "waiting":
        rule = say.plan.rules.get(due.waiting.rule) if due.waiting is not None else None
        if rule is not None:
            yield f"Samma tid som för det första som väntar på samtycket: {rule.title}."
        return
    if due.counted_from is None:
        found = AMOUNT.fullmatch(due.text.removesuffix(" or next working day"))
        after = say.plan.events.get(found["after"]) if found is not None and found["after"] else None
        yield f"Tiden räknas från något som inte har hänt än: {after.label if after is not None else due.text}."
        return
    since = say.moment(due.counted_from)
    if due.counted_by == "late":
        was = f", {say.moment(due.was)}," if due.was is not None else ""
        yield f"Tiden var redan ute{was} när det blev aktuellt, {since}. Därför ska det göras genast."
        return
    hours = due.hours
    long = f"{hours} {phrases.UNITS['hour'][hours != 1]} räknat från" if hours is not None else "Räknas från"
    event = say.event(due.event) if due.event is not None else None
    reason = {"consent": "då samtycket kom", "due": "då det blev aktuellt"}.get(due.counted_by)
    yield f"{long}: {event}." if event is not None else f"{long} {since}, {reason or 'då det hände'}."


def _chosen(say: Saying, one: Chosen) -> Iterator[str]:
    function = capital(say.wording.function(one.function))
    if one.unit is None:
        yield f"{function}: ingen enhet är känd."
        return
    if len(one.tried) == 1 and not one.not_known and one.found_by is None and not one.clientele:
        yield f"{function}: {_tried(say, one.tried[0], alone=True)}"
        return
    yield f"{function}: {say.wording.unit(one.unit)}."
    if one.told:
        yield "Det är den enhet som fick uppgiften."
        return
    unknown = [say.wording.fact(fact) for fact in one.not_known]
    if one.found_by is not None and one.municipality is not None:
        lacking = f" Inte känt: {listed(unknown)}." if unknown else ""
        place = say.wording.value(one.found_by, one.municipality)
        yield f"Kommunen är {place}, enligt {say.wording.fact(one.found_by)}.{lacking}"
    elif unknown:
        yield f"Ingen kommun är känd ({listed(unknown, 'eller')}). Därför svarar den som svarar för alla kommuner."
    for fact, value in one.clientele:
        yield f"{capital(say.wording.fact(fact))}: {say.wording.value(fact, value)}."
    before = [unit for unit in one.tried if not unit.answers]
    if any(not unit.open for unit in before) or any(unit.answers for unit in one.tried):
        yield from (capital(_tried(say, unit, alone=False)) for unit in one.tried)


def _tried(say: Saying, one: Tried, alone: bool) -> str:
    unit = say.wording.unit(one.unit)
    stands_in = f" står in för {say.wording.unit(one.stands_in_for)} och" if one.stands_in_for is not None else ""
    which = ", som" if alone else ""
    if one.on_call:
        return f"{unit}{which}{stands_in} har jour och svarar därför nu."
    if one.open:
        return f"{unit}{which}{stands_in} har öppet."
    opens = f", öppnar {say.moment(one.opens)}" if one.opens is not None else ""
    answers = " Ingen annan har öppet nu." if one.answers and not alone else ""
    return f"{unit}{which}{stands_in} har stängt{opens}.{answers}"


def _disclosing(say: Saying, answer: Why, one: Disclosing) -> Iterator[str]:
    decision = answer.decision
    if decision.status in ("lapsed", "withdrawn", "declined"):
        yield "Nu får inget lämnas enligt den här regeln."
    elif decision.status == "ask_first":
        yield "Inget får lämnas förrän samtycket finns. Då får det här lämnas:"
    if decision.status not in (*LIVE, "done"):
        if one.without:
            yield WITHOUT
        return
    may = "får" if decision.status in LIVE else "fick"
    person = say.wording.name(decision.person or decision.id.subject)
    if decision.kind == "consult":
        yield f"Inget som röjer vem det gäller: {say.wording.function(one.recipient)} rådfrågas utan att identiteten lämnas."
    elif one.telling == "identity":
        yield f"Även vem det gäller: {person}."
    elif one.telling == "circumstances":
        yield "Omständigheterna, inte vem det gäller."
    if one.clause is not None:
        lifts = ", som bryter sekretessen" if one.lifts_secrecy else ""
        yield f"Det {may} lämnas enligt {say.wording.citing(one.clause)}{lifts}."
    if one.consent is not None:
        until = f", till {say.moment(one.until)}" if one.until is not None else ""
        recipient = say.wording.function(one.recipient)
        yield f"Det vilar på samtycke från {person} till kontakt med {recipient}: {phrases.CONSENTS[one.consent]}{until}."
        yield from say.events((one.event,) if one.event is not None else (), "")
    if one.without:
        yield WITHOUT


def _sources(say: Saying, answer: Why) -> Iterator[str]:
    yield from dict.fromkeys(f"• {say.wording.citing(one)}" for one in answer.decision.because)
    rule = say.plan.rules.get(answer.rule)
    if answer.decision.kind == "ask":
        yield "Att fråga följer av åtgärderna som väntar. Källan är deras."
    elif rule is not None:
        yield f"Regeln {rule.id}: {phrases.BASIS[answer.decision.basis]}."
    if answer.tightened:
        yield f"Länet har skärpt den: {answer.tightened}"
