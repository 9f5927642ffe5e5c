"""The site of docs/ is built without a warning, fetches nothing, and works where it is opened as files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from playwright.sync_api import sync_playwright
from tests.document.test_in_browser import NAMES, QUIET

import samverkan

# Built once, by one worker.
pytestmark = pytest.mark.xdist_group("site")

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` does but for the folder."""
    out = tmp_path_factory.mktemp("site")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert not re.search(r"WARNING|ERROR", done.stdout + done.stderr), done.stderr
    return out


class Links(HTMLParser):
    """What a page fetches, and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: set[str] = set()
        self.leads: set[str] = set()
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a" and "href" in found:
            self.leads.add(found["href"])
        elif tag == "link" and found.get("rel") not in ("prev", "next", "canonical"):
            self.fetched.add(found["href"])
        elif tag in ("script", "img", "iframe", "source") and "src" in found:
            self.fetched.add(found["src"])


def test_every_page_is_there_and_fetches_only_what_lies_beside_it(site: Path) -> None:
    pages = {path.relative_to(site): Links(path.read_text("utf-8")) for path in site.rglob("*.html")}
    sources = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert sources <= pages.keys()
    for page, links in pages.items():
        if page.name == "404.html":
            continue
        outside = {url for url in links.fetched if re.match(r"[a-z]+:|//", url) and not url.startswith("data:")}
        assert outside == set(), page
        for url in links.fetched - outside:
            if not url.startswith("data:"):
                assert (site / page.parent / unquote(url.partition("?")[0])).is_file(), f"{page}: {url}"


def test_every_link_leads_to_a_page_and_to_a_place_in_it(site: Path) -> None:
    pages = {path.resolve(): Links(path.read_text("utf-8")) for path in site.rglob("*.html")}
    for path, links in pages.items():
        for url in links.leads:
            if re.match(r"[a-z]+:", url) or path.name == "404.html":
                continue
            name, _, place = unquote(url).partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target in pages, f"{path.name}: {url}"
            assert not place or place in pages[target].ids or place == "__consent", f"{path.name}: {url}"


def test_every_public_name_stands_in_the_reference(site: Path) -> None:
    text = (site / "reference.html").read_text("utf-8")
    for name in samverkan.__all__:
        home = getattr(samverkan, name).__module__
        assert f"::: {home}.{name}\n" in REFERENCE
        assert f'id="{home}.{name}"' in text
    assert text.count("doc-heading") > 60


def test_all_of_docs_that_is_not_a_review_stands_in_the_menu() -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    placed = set(re.findall(r"[\w/-]+\.md", str(yaml.safe_load(settings)["nav"])))
    docs = ROOT / "docs"
    assert {str(path.relative_to(docs)) for path in docs.rglob("*.md") if "reviews" not in path.parts} == placed


def test_the_search_finds_words_and_nothing_is_wider_than_a_telephone(site: Path) -> None:
    """In the system's own browser, from files, with no network."""
    asked: list[str] = []
    with sync_playwright() as tools:
        found = next(path for name in NAMES if (path := shutil.which(name)))
        browser = tools.chromium.launch(executable_path=found, headless=True, args=list(QUIET))
        try:
            page = browser.new_page(viewport={"width": 390, "height": 844})
            page.on("request", lambda request: asked.append(request.url))
            problems: list[str] = []
            page.on("pageerror", lambda error: problems.append(str(error)))
            for name in ("index", "for-integratorer", "for-granskare", "reference", "semantics"):
                page.goto(f"{site.as_uri()}/{name}.html")
                assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(f"{site.as_uri()}/index.html")
            page.click(".md-search__input")
            page.keyboard.type("liggaren")
            page.wait_for_selector(".md-search-result__item a")
            assert "for-integratorer.html" in " ".join(
                link.get_attribute("href") or "" for link in page.query_selector_all(".md-search-result__link")
            )
            assert problems == []
        finally:
            browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
