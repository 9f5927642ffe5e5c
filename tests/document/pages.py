"""Documents for the tests, and a reader of their HTML that refuses what isn't closed in order."""

from __future__ import annotations

from datetime import date
from functools import cache
from html.parser import HTMLParser

from tests.stories import example_plan

from samverkan.document.making import document
from samverkan.document.model import Document
from samverkan.document.rendering import render
from samverkan.plan.loading import load_plan

DAY, SINCE = date(2026, 5, 16), date(2025, 1, 1)
VOID = {"meta", "br", "col"}


@cache
def shipped(*functions: str) -> Document:
    """The document of the shipped plan, or of some functions' part of it."""
    return document(load_plan(), DAY, SINCE, functions)


@cache
def shipped_page(*functions: str) -> str:
    return render(shipped(*functions))


@cache
def example_page() -> str:
    return render(document(example_plan(), date(2022, 8, 1), date(2022, 7, 31)))


class Page(HTMLParser):
    """What a page holds: its tags with attributes, its headings, its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("h1", "h2", "h3", "h4", "h5"):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]
