"""The document in a real Chromium: no fault that axe-core finds, nothing wider than a small telephone, and pages of paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright
from pypdf import PageObject, PdfReader
from tests.document.pages import example_page, shipped, shipped_page

from samverkan.document.tracing import trace_page
from samverkan.plan.loading import load_plan
from samverkan.review.trace import Trace, clause_traces

pytestmark = pytest.mark.xdist_group("browser")

QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
MIDDLE, HEAD_AND_FOOT = 297, (800, 40)
"""Of a page, in points: where its second column begins to the right of, and what stands above and below its text."""

TOO_WIDE = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, as tools/setup.sh installs it."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found is not None, "Chromium saknas: kör tools/setup.sh test"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    plan = load_plan()
    texts = {
        "exempel": example_page(),
        "barn": shipped_page("socialnamnd-barn"),
        "hela": shipped_page(),
        "trace": trace_page(plan, Trace(clause_traces(plan), (), ()), only_uncovered=True),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "width"), [("exempel", 1280), ("exempel", 320), ("barn", 320), ("trace", 320)])
def test_axe_finds_nothing_and_nothing_is_too_wide(browser: Browser, files: dict[str, Path], name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    try:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(files[name].as_uri())
        assert asked == [files[name].as_uri()], "nothing else is fetched"
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(TOO_WIDE) == []
    finally:
        page.close()


@pytest.mark.slow
def test_nothing_of_the_whole_plan_is_too_wide_for_a_small_telephone(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 900})
    try:
        page.goto(files["hela"].as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(TOO_WIDE) == []
    finally:
        page.close()


def texts_of(page: PageObject) -> tuple[str, list[list[tuple[int, str, bool]]]]:
    """The words of a page, and the texts of its two columns between head and foot: how high each stands, and whether it is bold."""
    words: list[str] = []
    found: list[list[tuple[int, str, bool]]] = [[], []]

    def see(text: str, around: list[float], at: list[float], font: dict[str, str] | None, _: float) -> None:
        x = at[4] * around[0] + at[5] * around[2] + around[4]
        y = at[4] * around[1] + at[5] * around[3] + around[5]
        words.extend(text.split())
        if text.strip() and HEAD_AND_FOOT[0] > y > HEAD_AND_FOOT[1]:
            found[x > MIDDLE].append((round(y), text.strip(), font is not None and "Bold" in font["/BaseFont"]))

    page.extract_text(visitor_text=see)
    return " ".join(words), [column for column in found if column]


@pytest.mark.slow
def test_the_whole_plan_on_paper_is_no_longer_than_it_must_be(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page()
    try:
        page.goto(files["hela"].as_uri())
        pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    finally:
        page.close()
    rules = sum(chapter.rules for chapter in shipped().chapters)
    assert len(pages) < 0.45 * rules, "each rule once in full, in two columns"
    words, _ = texts_of(pages[-1])
    assert f"Sida {len(pages)} av {len(pages)}" in words


@pytest.mark.slow
def test_paper_has_running_heads_and_page_numbers_and_leaves_no_heading_alone(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page()
    try:
        page.goto(files["barn"].as_uri())
        printed = page.pdf(prefer_css_page_size=True, tagged=True)
    finally:
        page.close()
    pages = PdfReader(BytesIO(printed)).pages
    assert {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in pages} == {(595, 842)}
    read = [texts_of(one) for one in pages]
    texts = [words for words, _ in read]
    (chapter,) = shipped("socialnamnd-barn").chapters
    heads = [place for place, text in enumerate(texts) if f"{chapter.number} {chapter.title}" in text]
    assert len(heads) > 5
    assert f"Sida {heads[3] + 1} av {len(pages)}" in texts[heads[3]]
    assert "Läs det här först" in texts[0]
    assert "Så läser du" in texts[0], "what is to be confirmed stands on page one"
    for number, (words, columns) in enumerate(read, start=1):
        assert f"Sida {number} av {len(pages)}" in words
        for column in columns:
            lowest = min(y for y, _, _ in column)
            last = [(text, bold) for y, text, bold in column if y < lowest + 2]
            assert not all(bold for _, bold in last), f"a column of page {number} ends with a heading: {last}"
