"""A sheet of paper as an HTML document: its head and style, and the pieces that every sheet is made of. Everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from samverkan.decide.events import Event
from samverkan.exercise.pacing import Told
from samverkan.exercise.scenario import Scenario, Step
from samverkan.exercise.telling import heading
from samverkan.wording import phrases
from samverkan.wording.phrases import capital
from samverkan.wording.recounting import happened_together
from samverkan.wording.wording import Wording

STYLE = """
:root { color: #111; background: #fff; }
body { font: 1rem/1.35 "Liberation Sans", Arial, Helvetica, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1, h2, h3 { break-after: avoid; line-height: 1.2; margin: .6em 0 .2em; }
h1 { font-size: 1.5em; }
h2 { font-size: 1.2em; }
h3 { font-size: 1em; }
p, ul, ol { margin: .25em 0; }
ul, ol { padding-left: 1.5em; }
table { border-collapse: collapse; margin: .4rem 0 .6rem; table-layout: fixed; width: 100%; }
caption { break-after: avoid; font-weight: bold; text-align: left; }
th, td { border: 1px solid #595959; hyphens: manual; overflow-wrap: break-word; padding: .1rem .4rem; }
th, td { text-align: left; vertical-align: top; }
thead th, .band th { background: #ededed; }
tbody th { font-weight: normal; }
.about, .by { color: #3d3d3d; font-size: .92em; }
.answers td { height: 1.55rem; }
.answers col:nth-child(1) { width: 6%; }
.answers col:nth-child(2) { width: 40%; }
.answers col:nth-child(n+3) { width: 18%; }
.todo col:nth-child(1) { width: 55%; }
.todo col:nth-child(2) { width: 20%; }
.todo col:nth-child(3) { width: 25%; }
.todo { font-size: .95em; }
.todo ul { list-style: "☐ "; margin: 0; padding-left: 1.4em; }
.source { font-size: .75em; line-height: 1.25; }
.step { border-top: 2px solid #111; }
.card { border: 2px dashed #111; margin: 1rem 0; padding: .2rem 1rem .8rem; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  tr, .card, .after, p.by, li { break-inside: avoid; }
  .story { break-inside: avoid; }
  .story, .band, .rule { break-after: avoid; }
  .half { border-top: 0; border-bottom: 1px dashed #595959; box-sizing: border-box; break-inside: avoid; min-height: 122mm; }
  .answers td { height: 9mm; }
  .half h2:first-child { margin-top: 3mm; }
  .own { break-before: page; }
}
@page { size: A4; margin: 13mm; }
""".strip()


def document(wording: Wording, scenario: Scenario, kind: str, task: str, body: Iterable[str]) -> str:
    """A whole document. `kind`: what sheet it is, for the title; `task`: what whoever holds it is to do with it."""
    plan = wording.plan
    title = f"{scenario.title} – {kind}"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="sv">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{STYLE}\n</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{escape(title)}</h1>",
            paragraph(f"{phrases.DIFFICULTY.format(scenario.difficulty)}. {plan.title}, version {plan.version}.", "about"),
            paragraph(scenario.summary),
            *([paragraph(plan.reconstructed, "about")] if plan.reconstructed else []),
            paragraph(task),
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def bullets(items: Iterable[str]) -> list[str]:
    """A list of plain texts, or nothing where there are none."""
    lines = [f"<li>{escape(item)}</li>" for item in items]
    return ["<ul>", *lines, "</ul>"] if lines else []


def columns(heads: Iterable[str]) -> str:
    """The head of a table, with columns that have fixed widths."""
    names = list(heads)
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    return f"<colgroup>{'<col>' * len(names)}</colgroup><thead><tr>{cells}</tr></thead>"


def story(wording: Wording, step: Step) -> Iterator[str]:
    """A step that the group stops at: heading, story, and the question to talk about. What an event is called in the plan sorts
    under a heading what the group is to sort, so it is told here only where there is no story."""
    yield f"<h2>{escape(heading(wording, step))}</h2>"
    if step.story:
        yield paragraph(step.story)
    elif step.events:
        yield from (paragraph(line) for line in in_plan_words(wording, step.events))
    if not step.events:
        yield paragraph(phrases.TIME_PASSES)
    if step.question:
        yield labelled(phrases.TALK, step.question)


def in_plan_words(wording: Wording, events: Iterable[Event]) -> Iterator[str]:
    """What has happened as the plan calls it, with its details: a line for each event."""
    for line, more in happened_together(wording, events):
        yield f"{line}. {capital('; '.join(more))}." if more else f"{line}."


def labelled(label: str, text: str) -> str:
    """A paragraph that begins with what it is."""
    return f"<p><strong>{escape(label)}:</strong> {escape(text)}</p>"


def passed_by(wording: Wording, run: Sequence[Told], words: bool) -> str:
    """Steps that go by together, in one paragraph. `words`: also in the plan's words where there is a story."""
    step, *also = [one.played.step for one in run]
    said = [step.story] if step.story else []
    if not step.events:
        said.append(phrases.TIME_PASSES)
    if words or not step.story:
        said += in_plan_words(wording, [event for one in (step, *also) for event in one.events])
    return f'<p class="by"><strong>{escape(heading(wording, step, also))}.</strong> {escape(" ".join(said))}</p>'
