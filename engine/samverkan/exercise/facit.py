"""The exercise on paper: one HTML file with a sheet for the participants and one, with every answer, for the leader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from samverkan.decide.answer import Decision
from samverkan.exercise import phrases
from samverkan.exercise.clock import day_and_clock
from samverkan.exercise.grouping import matters
from samverkan.exercise.phrases import capital
from samverkan.exercise.playing import Changes, Played
from samverkan.exercise.recounting import details, happened
from samverkan.exercise.scenario import Scenario, Step
from samverkan.exercise.terminal import facts_of, questions_in_words, who_does
from samverkan.exercise.wording import Wording
from samverkan.plan.spelling import listed

STYLE = """
:root { color: #111; background: #fff; }
body { font: 1rem/1.45 "Liberation Sans", Arial, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1, h2, h3, h4 { line-height: 1.2; }
h3 { border-top: 2px solid #111; margin-top: 2rem; padding-top: .5rem; }
table { border-collapse: collapse; margin: .5rem 0 1rem; width: 100%; }
caption { font-weight: bold; text-align: left; }
th, td { border: 1px solid #595959; overflow-wrap: anywhere; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #ededed; }
tbody th { font-weight: normal; }
.answers td { height: 2.2rem; }
.about { color: #3d3d3d; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  .leader { break-before: page; }
  .step, tr { break-inside: avoid; }
}
@page { size: A4; margin: 16mm; }
""".strip()

_ROWS_TO_FILL = 4


def facit(wording: Wording, scenario: Scenario, plays: Sequence[Played]) -> str:
    """The HTML of a played scenario. Everything that comes from files is escaped; nothing is fetched from anywhere.

    Args:
        wording: for the plan and the names of the scenario.
        scenario: what was played.
        plays: its steps, from `playing.play`.

    Returns: the whole document.
    """
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="sv">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(scenario.title)} – {phrases.FACIT}</title>",
            f"<style>\n{STYLE}\n</style>",
            "</head>",
            "<body>",
            "<main>",
            *_introduction(wording, scenario),
            '<section class="participants" aria-labelledby="deltagare">',
            f'<h2 id="deltagare">{phrases.PARTICIPANTS_SHEET}</h2>',
            _p(phrases.PARTICIPANTS_TASK),
            *(line for play in plays for line in _asked(wording, play.step)),
            "</section>",
            '<section class="leader" aria-labelledby="ledare">',
            f'<h2 id="ledare">{phrases.LEADER_SHEET}</h2>',
            *(line for play in plays for line in _answered(wording, play)),
            "</section>",
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def _introduction(wording: Wording, scenario: Scenario) -> Iterator[str]:
    plan = wording.plan
    yield f"<h1>{escape(scenario.title)}</h1>"
    yield _p(f"{phrases.DIFFICULTY.format(scenario.difficulty)}. {plan.title}, version {plan.version}.", "about")
    yield _p(scenario.summary)
    if plan.reconstructed:
        yield _p(plan.reconstructed, "about")


def _heading(wording: Wording, step: Step) -> str:
    return f"<h3>{step.number}. {escape(capital(day_and_clock(wording.local(step.at))))}</h3>"


def _told(wording: Wording, step: Step) -> Iterator[str]:
    """Heading, story, what happened and what only some know."""
    yield _heading(wording, step)
    if step.story:
        yield _p(step.story)
    if step.event is not None:
        yield f"<p><strong>{escape(happened(wording, step.event))}</strong></p>"
        yield from _list(details(wording, step.event))
    else:
        yield _p(phrases.TIME_PASSES)
    for function, text in step.knows.items():
        yield _p(f"{phrases.ONLY_KNOWS.format(wording.function(function))}: {text}")
    if step.question:
        yield _p(f"{phrases.TALK}: {step.question}")


def _list(items: Iterable[str]) -> list[str]:
    lines = [f"<li>{escape(item)}</li>" for item in items]
    return ["<ul>", *lines, "</ul>"] if lines else []


def _asked(wording: Wording, step: Step) -> Iterator[str]:
    """One step for the participants: the story and a table to fill in."""
    yield '<div class="step">'
    yield from _told(wording, step)
    yield '<table class="answers">'
    yield f"<caption>{escape(phrases.ANSWERS.format(step.number))}</caption>"
    yield _columns(phrases.ANSWER_COLUMNS)
    yield "<tbody>"
    cells = "<td></td>" * (len(phrases.ANSWER_COLUMNS) - 1)
    yield from (f'<tr><th scope="row">{number}</th>{cells}</tr>' for number in range(1, _ROWS_TO_FILL + 1))
    yield "</tbody></table>"
    yield "</div>"


def _columns(columns: Iterable[str]) -> str:
    cells = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return f"<thead><tr>{cells}</tr></thead>"


def _answered(wording: Wording, play: Played) -> Iterator[str]:
    """One step for the leader: the story and every answer, with source."""
    yield '<div class="step">'
    yield from _told(wording, play.step)
    yield "</div>"
    meanwhile = f"{phrases.MEANWHILE}: " if play.outcome is not None else ""
    yield from _changes(wording, play, play.by_clock, meanwhile)
    yield from _changes(wording, play, play.changes, "")
    if not play.changes and not play.by_clock:
        yield _p(phrases.NOTHING_NEW)
    questions = [q for q in play.answer.questions if q.kind != "fact"]
    if questions:
        yield f"<h4>{phrases.QUESTIONS}</h4>"
        yield from _list(questions_in_words(wording, questions, play.answer))


def _changes(wording: Wording, play: Played, changes: Changes, before: str) -> Iterator[str]:
    for kind, heading in phrases.SECTIONS.items():
        decisions = getattr(changes, kind)
        if not decisions:
            continue
        yield f"<h4>{escape(before + heading.lower() if before else heading)}</h4>"
        if kind in ("due", "ask_first"):
            yield from _table(wording, play, decisions)
        else:
            yield from _list(
                capital(f"{listed([wording.function(d.id.bearer) for d in duty.decisions])}: {wording.deed(duty.first)}")
                for matter in matters(wording.plan, decisions)
                for duty in matter.duties
            )


def _table(wording: Wording, play: Played, decisions: Iterable[Decision]) -> Iterator[str]:
    yield "<table>"
    yield _columns(phrases.FACIT_COLUMNS)
    yield "<tbody>"
    for matter in matters(wording.plan, decisions):
        for duty in matter.duties:
            facts = dict(facts_of(wording, duty, play.answer))
            time = facts.pop(phrases.TIME, "")
            does = who_does(wording, duty, play.answer)
            who = ([f"{phrases.DOES}: {does}"] if does else []) + [f"{label}: {text}" for label, text in facts.items()]
            source = f"{matter.title}. {wording.source(duty.first)}"
            cells = "".join(f"<td>{_lines(parts)}</td>" for parts in ([time], who, [source]))
            yield f'<tr><th scope="row">{escape(wording.sentence(duty.decisions))}</th>{cells}</tr>'
    yield "</tbody></table>"


def _lines(parts: Iterable[str]) -> str:
    return "<br>".join(escape(part) for part in parts)
