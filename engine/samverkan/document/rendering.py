"""From the document's data to one HTML file that needs nothing else: templates, style and pictures stand inside it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from samverkan.document.model import Chapter, Document

if TYPE_CHECKING:
    from jinja2 import Environment

SHORT = 8
"""Chapters with no more rules than this may share a page of paper."""

TEMPLATES = Path(__file__).parent / "templates"


class DocumentError(Exception):
    """A document that can't be made; the text says why and what to do, in Swedish."""


def need_jinja() -> None:
    """Raises DocumentError where Jinja2 isn't installed."""
    if find_spec("jinja2") is None:
        raise DocumentError("Dokument behöver Jinja2, som inte är installerat. Installera det: pip install 'samverkan[document]'")


def environment() -> Environment:
    """What renders the templates: everything is escaped, and a name that isn't there is an error."""
    need_jinja()
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES, encoding="utf-8")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters["css_text"] = css_text
    return found


def css_text(text: str) -> str:
    """A text as a string inside a style sheet that stands in a page."""
    from markupsafe import Markup

    # Every letter that could end the string, or the style that it stands in, is written as its number.
    plain = "".join(letter if letter.isalnum() or letter in " .,:;()-–/" else f"\\{ord(letter):x} " for letter in text)
    return Markup(f'"{plain}"')


def style(name: str) -> str:
    """A style sheet of ours, which stands inside the page."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def render(document: Document) -> str:
    """The document as HTML.

    Raises:
        DocumentError: Jinja2 isn't installed.
    """
    template = environment().get_template("plan.html")
    together = _together(document)
    classes = {
        one.number: f"page-f{group[0].number}{' follows' if one is not group[0] else ''}" for group in together for one in group
    }
    classes |= {one.number: "small page-ovriga" for one in document.chapters if one.number not in classes}
    pages = _pages(document, together)
    return template.render(document=document, style=style("plan.css"), pages=pages, chapter_pages=classes) + "\n"


def _together(document: Document) -> list[list[Chapter]]:
    """Chapters with rules; short ones that follow on each other share their pages."""
    found: list[list[Chapter]] = []
    for one in document.chapters:
        if one.rules or one.borrowed:
            if found and all(each.rules + len(each.borrowed) <= SHORT for each in (*found[-1], one)):
                found[-1].append(one)
            else:
                found.append([one])
    return found


def _pages(document: Document, together: list[list[Chapter]]) -> list[tuple[str, str]]:
    """The chapters that have a running head of their own: the name of the page and the words. A part of the plan is so short that
    all but the chapters stand together."""
    chapters = [(f"f{own[0].number}", " och ".join(f"{one.number} {one.title}" for one in own)) for own in together]
    if document.whose:
        return [("handelser", "Vad händer när"), *chapters, ("ovriga", "Övriga verksamheter"), ("slaupp", "Slå upp")]
    heads = [("handelser", "Vad händer när"), ("skeden", "Skede för skede"), ("sekretess", "Vem får veta vad")]
    heads += [("krav", "Krav och slutsatser"), ("andrat", "Ändrat"), ("bilagor", "Bilagor"), ("register", "Register")]
    heads += [("ovriga", "Övriga verksamheter")]
    return heads + chapters
