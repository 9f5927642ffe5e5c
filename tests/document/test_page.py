"""The page: one file that fetches nothing, whole, with links that lead somewhere and nothing that a plan could smuggle in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from tests.document.pages import DAY, Page, example_page, shipped, shipped_page
from tests.stories import example_plan

from samverkan.document.making import document
from samverkan.document.rendering import css_text, render
from samverkan.document.tracing import trace_page
from samverkan.plan.loading import load_plan
from samverkan.review.trace import RuleTrace, Trace, clause_traces

PAGES: dict[str, Callable[[], str]] = {
    "vastmanland": lambda: shipped_page(),
    "barn": lambda: shipped_page("socialnamnd-barn"),
    "exempel": example_page,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_whole_and_fetches_nothing(name: str) -> None:
    text = PAGES[name]()
    page = Page(text)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form"}
    assert not re.search(r"https?:|//|url\(|@import|expression\(", text.replace("<!doctype html>", ""))
    assert page.values("lang") == ["sv"]
    assert next(attributes for tag, attributes in page.tags if tag == "meta") == {"charset": "utf-8"}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_one_place(name: str) -> None:
    page = Page(PAGES[name]())
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for href in page.values("href"):
        assert href.startswith("#")
        assert href[1:] in ids, href
    for labelled in page.values("aria-labelledby"):
        assert labelled in ids


@pytest.mark.parametrize("name", PAGES)
def test_headings_come_in_order(name: str) -> None:
    levels = Page(PAGES[name]()).headings
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_first_page_says_what_is_reconstructed_and_what_to_confirm() -> None:
    text = Page(shipped_page()).text
    first = text[text.index("Läs det här först") : text.rindex("Innehåll Ändrat sedan")]
    assert "Det här är inte länets antagna plan" in first
    for one in shipped().confirms:
        assert f"{one.count} av {one.whole} {one.text}" in first
    assert "har bara ett skäl till att regel saknas" in first


def test_the_authors_text_and_under_it_the_sentence_that_is_read() -> None:
    text = Page(shipped_page()).text
    rule = load_plan().rules["barn.orosanmalan"]
    place = text.index(rule.text)
    after = text[place + len(rule.text) : place + len(rule.text) + 900]
    assert "Gäller: den som säljer eller utnyttjas, när åldern: under 18 år eller kan vara under 18 år." in after
    assert "Polisen ska genast underrätta socialtjänstens barn- och ungdomsenhet" in after
    assert "Uppgiften får lämnas enligt 19 kap. 1 § socialtjänstlagen (2025:400)." in after
    assert "Följer av: 19 kap. 1 § socialtjänstlagen (2025:400); " in after
    assert "Gäller från" not in after, "it is as old as the plan, which the first page says"
    assert "Där ingen dag står gäller regeln från 1 maj 2013." in text


def test_it_is_made_for_paper() -> None:
    text = shipped_page()
    assert "@page { size: A4;" in text
    assert "break-inside: avoid" in text
    heads = re.findall(r'@page (\w+) \{ @top-right \{ content: "([^"]+)"', text)
    for chapter in shipped().chapters:
        if chapter.rules:
            name = f"{chapter.number} {chapter.title}".replace("\\2d ", "-")
            (page,) = [page for page, head in heads if name in head]
            assert re.search(rf'class="part page-{page}( follows)?" id="{chapter.anchor}"', text)


def test_short_chapters_share_their_pages() -> None:
    text = shipped_page()
    assert "12 Överförmyndaren och 13 Skolan" in text
    assert 'class="part page-f12 follows" id="funktion-skola"' in text
    assert 'class="part page-f2" id="funktion-aklagare"' in text, "a long one begins on a page of its own"


def test_what_a_plan_says_is_text_and_no_markup() -> None:
    plan = example_plan()
    wicked = '<script>alert("x")</script></style><img src=x onerror=y>'
    other = replace(plan, title=wicked, phases=dict.fromkeys(plan.phases, wicked), functions={
        key: replace(one, label=f"a{wicked}") for key, one in plan.functions.items()
    })  # fmt: skip
    page = Page(render(document(other, date(2022, 8, 1))))
    assert not {tag for tag, _ in page.tags} & {"script", "img"}
    assert 'alert("x")' in page.text


@pytest.mark.parametrize("text", ['"', "\\", "</style>", "a\nb", "{}", "Åäö 1–2"])
def test_a_running_head_cannot_end_its_style(text: str) -> None:
    said = css_text(text)
    assert said.startswith('"')
    assert said.endswith('"')
    assert not set(said[1:-1]) & set('"<>\n{}')
    spelled = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), said[1:-1])
    assert spelled == text


def test_the_same_plan_and_day_give_the_same_page() -> None:
    assert render(document(load_plan(), DAY)) == render(document(load_plan(), DAY))


def test_the_trace_is_a_page_too() -> None:
    plan = load_plan()
    found = Trace(clause_traces(plan), (), ())
    rules = tuple(RuleTrace(rule.id, rule.title, rule.function, (), (), None) for rule in plan.rules.values())
    page = Page(trace_page(plan, replace(found, rules=rules)))
    assert {href[1:] for href in page.values("href")} <= set(page.values("id"))
    assert "Visas inte i något scenario." in page.text
    assert "Källor" not in Page(trace_page(plan, replace(found, rules=rules), only_uncovered=True)).text
