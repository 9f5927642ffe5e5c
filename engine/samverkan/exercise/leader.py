"""The leader's sheet: what to prepare, then every step with its answers in the order of urgency, who answers now, the source,
what is worth saying and the cards' texts, and last what to talk about afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from samverkan.exercise.briefing import after, before
from samverkan.exercise.grouping import Duty, Matter
from samverkan.exercise.pacing import Stop, Told, runs, together
from samverkan.exercise.questions import asking
from samverkan.exercise.scenario import Scenario
from samverkan.exercise.sheet import bullets, document, in_plan_words, labelled, paragraph, passed_by, story
from samverkan.exercise.telling import BandTold, bands, facts_of, in_short, rule_text, sections, who_does
from samverkan.wording import phrases
from samverkan.wording.wording import Wording


def leader(wording: Wording, scenario: Scenario, stops: Sequence[Stop]) -> str:
    """The whole document."""
    sourced: dict[str, int] = {}
    body = (line for stop in stops for line in _step(wording, stop, sourced))
    parts = (*before(wording, scenario, stops), *body, *after())
    return document(wording, scenario, phrases.LEADER_SHEET, phrases.LEADER_TASK, parts)


def _step(wording: Wording, stop: Stop, sourced: dict[str, int]) -> Iterator[str]:
    """One stop with what goes by before it. `sourced`: the rules whose texts and sources have been told, with the step."""
    yield '<section class="step">'
    for run in runs(stop.by, wording.zone):
        yield passed_by(wording, run, words=True)
        yield from _own_knowledge(wording, run[0])
        yield from _ended(wording, run)
    if stop.at is not None:
        step = stop.at.played.step
        yield '<div class="story">'
        yield from story(wording, step)
        if step.reply:
            yield labelled(phrases.REPLY, step.reply)
        yield from _own_knowledge(wording, stop.at)
        if step.story and step.events:
            yield labelled(phrases.PLAN_WORDS, " ".join(in_plan_words(wording, step.events)))
        yield "</div>"
        if stop.at.asks:
            yield from _to_do(wording, stop.at, sourced)
        elif not stop.at.news:
            yield paragraph(phrases.NOTHING_NEW)
        yield from _not_here(wording, stop.at)
        yield from _ended(wording, [stop.at])
        yield from _questions(wording, stop.at)
    yield "</section>"


def _own_knowledge(wording: Wording, told: Told) -> Iterator[str]:
    for function, text in told.played.step.knows.items():
        yield labelled(f"{phrases.GIVE_CARD} {wording.function(function)}", text)


def _not_here(wording: Wording, told: Told) -> Iterator[str]:
    """What a group answers wrongly: rules that the scenario says don't apply here, if nothing of what they ask for has been asked
    for by another rule either (nobody is to be told that a report isn't due because somebody else makes it)."""
    plan = wording.plan
    asked = {(d.kind, d.object, one) for d in told.played.answer.decisions for one in (d.id.subject, d.person)}
    named = [one.named for one in told.played.step.expectations if one.kind == "not"]
    lines = []
    for rule_id, subject in dict.fromkeys((one.rule, one.subject) for one in named):
        rule = plan.rules.get(rule_id)
        if rule is not None and not any((measure.kind, measure.object, subject) in asked for measure in rule.then):
            lines.append(f"{rule.title} ({wording.name(subject)}): {rule.text}")
    if lines:
        yield f'<div class="story"><h3>{phrases.NOT_HERE}</h3>'
        yield paragraph(phrases.NOT_HERE_WHY)
        yield "</div>"
        yield from bullets(lines)


def _ended(wording: Wording, run: Sequence[Told]) -> Iterator[str]:
    told = together(run)
    events = [event for one in run for event in one.played.step.events]
    for heading, decisions in sections(wording, told.news, events):
        lines = bullets(text for _, text in in_short(wording, decisions, told.played.answer.as_of))
        small = heading == phrases.SECTIONS["reminded"]
        yield f"<h3>{escape(heading)}</h3>"
        yield from ('<div class="by">', *lines, "</div>") if small else lines


def _questions(wording: Wording, told: Told) -> Iterator[str]:
    answer = told.played.answer
    old = told.before.questions if told.before is not None else ()
    found = asking(wording, [question for question in answer.questions if question not in old], answer)
    if not found:
        return
    yield f"<h3>{phrases.QUESTIONS}</h3>"
    lines = [f"{group.name}: {' '.join(group.lines)}" if group.name else " ".join(group.lines) for group in found.asked]
    yield from bullets([*lines, *([found.rest] if found.rest else [])])


def _to_do(wording: Wording, told: Told, sourced: dict[str, int]) -> Iterator[str]:
    yield f'<table class="todo" aria-label="{phrases.TO_DO}"><colgroup><col><col><col></colgroup>'
    for band in bands(wording, told.live, told.played.answer.as_of):
        for number, matter in enumerate(band.matters):
            yield "<tbody>"
            if number == 0:
                yield f'<tr class="band"><th colspan="3" scope="rowgroup"><strong>{escape(band.heading)}</strong></th></tr>'
            yield from _matter(wording, told, band, matter, sourced.get(matter.first.id.rule))
            yield "</tbody>"
            sourced.setdefault(matter.first.id.rule, told.played.step.number)
    yield "</table>"


def _matter(wording: Wording, told: Told, band: BandTold, matter: Matter, before: int | None) -> Iterator[str]:
    """The rule in the first row, then a row for each duty. `before`: the step at which its text and source have been told."""
    new = before is None
    everybody = {who_does(wording, duty, told.played.answer) for duty in matter.duties}
    lines = [f"<strong>{escape(matter.title)}</strong>"]
    if new and (text := rule_text(wording, matter)):
        lines.append(escape(text))
    if before is not None and before != told.played.step.number:
        lines.append(escape(phrases.TOLD_AT.format(before)))
    if len(everybody) == 1 and (who := next(iter(everybody))):
        lines.append(escape(f"{phrases.DOES}: {who}"))
    source = f'<td class="source">{phrases.SOURCE}: {escape(wording.source(matter.first))}</td>' if new else ""
    yield f'<tr class="rule"><th colspan="{2 if new else 3}" scope="rowgroup">{"<br>".join(lines)}</th>{source}</tr>'
    yield from (_duty(wording, told, duty, band.shared, len(everybody) > 1) for duty in matter.duties)


def _duty(wording: Wording, told: Told, duty: Duty, shared: bool, alone: bool) -> str:
    """One duty to tick off. `shared`: its time stands over the band. `alone`: who does it doesn't stand with the rule."""
    answer = told.played.answer
    said = [(label, text) for label, text in facts_of(wording, duty, answer) if not (shared and label == phrases.TIME)]
    if alone and (who := who_does(wording, duty, answer)):
        said.insert(0, (phrases.DOES, who))
    what = f"<ul><li>{escape(wording.sentence(duty.decisions))}</li></ul>"
    if not said:
        return f'<tr><td colspan="3">{what}</td></tr>'
    facts = "<br>".join(escape(f"{label}: {text}") for label, text in said)
    return f'<tr><td>{what}</td><td colspan="2">{facts}</td></tr>'
