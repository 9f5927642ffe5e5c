"""The sheets: complete, accessible, with nothing fetched and nothing that a story could smuggle in."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from tests.exercise.scenarios import CAUGHT, MET, scenario
from tests.stories import example_plan

from samverkan.exercise.facit import facit
from samverkan.exercise.playing import play
from samverkan.exercise.scenario_files import outlines, read_scenario
from samverkan.exercise.wording import Wording
from samverkan.plan.loading import load_plan
from samverkan.plan.places import shipped

VOID = {"meta", "br"}


class Sheet(HTMLParser):
    """What a document holds: its headings, tables and texts; every tag must be closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("h1", "h2", "h3", "h4"):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)
        if data.strip():
            self.texts.append(data.strip())

    def attributes(self, tag: str, name: str) -> list[str | None]:
        return [attributes.get(name) for found, attributes in self.tags if found == tag]


def sheet(folder: Path, steps: str, who: dict[str, str] | None = None) -> Sheet:
    read = scenario(folder, steps, who)
    return Sheet(facit(Wording(example_plan(), read.who), read, play(example_plan(), read)))


def test_the_headings(tmp_path: Path) -> None:
    steps = MET + CAUGHT + "- after: 2 hours\n  declined: kopare.stod/erbjudande B1\n"
    found = sheet(tmp_path, steps)
    times = ["1. Tisdag 14 maj 2013 kl. 21.10", "2. Tisdag 14 maj 2013 kl. 21.20", "3. Tisdag 14 maj 2013 kl. 23.20"]
    assert found.headings == [
        (1, "Ett prov"),
        (2, "Deltagarblad"),
        *((3, time) for time in times),
        (2, "Ledarblad med facit"),
        (3, times[0]),
        (4, "Att göra"),
        (3, times[1]),
        (4, "Att göra"),
        (3, times[2]),
        (4, "Under tiden: tiden har gått ut"),
        (4, "Avböjt"),
    ]


def test_the_participants_get_no_answers(tmp_path: Path) -> None:
    read = scenario(tmp_path, MET + CAUGHT)
    text = facit(Wording(example_plan(), read.who), read, play(example_plan(), read))
    participants, leader = text.split('<section class="leader"')
    for answer in ("Polisen ska", "stödsamtal", "Källa", "senast", "strafföreläggande"):
        assert answer not in participants
    for story in ("Polisen knackar på.", "En man ertappas.", "Vem får veta vad?", "Jouråklagaren svarar i kväll."):
        assert story in participants
        assert story in leader
    assert "Polisen ska erbjuda mannen i receptionen samtal om sexköp." in leader
    assert "Ges av: Socialjouren i Västmanland" in leader
    assert "genast (senast 22.20)" in leader
    assert "broschyren (texten kontrollerad). Regeln: står i källan." in leader


def test_accessible(tmp_path: Path) -> None:
    found = sheet(tmp_path, MET + CAUGHT)
    assert found.attributes("html", "lang") == ["sv"]
    assert found.tags.count(("main", {})) == 1
    assert "Ett prov – facit" in found.texts
    assert set(found.attributes("th", "scope")) == {"col", "row"}
    assert all(labelled in found.attributes("h2", "id") for labelled in found.attributes("section", "aria-labelledby"))
    levels = [level for level, _ in found.headings]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert len(found.attributes("caption", "x")) == 2


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("front", "back"), [("#111", "#fff"), ("#3d3d3d", "#fff"), ("#111", "#ededed")])
def test_contrast(tmp_path: Path, front: str, back: str) -> None:
    read = scenario(tmp_path, MET, {"S1": "kvinnan"})
    text = facit(Wording(example_plan(), read.who), read, play(example_plan(), read))
    assert front in text
    assert back in text
    assert (luminance(back) + 0.05) / (luminance(front) + 0.05) >= 7


HOSTILE = "<script>alert(1)</script> & \"x\" onload='y' </section>"


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    yaml = HOSTILE.replace("'", "''")
    steps = MET.replace("Polisen knackar på.", f"'{yaml}'") + (
        f"  question: '{yaml}'\n  knows:\n    polisen: '{yaml}'\n"
        f"- after: 1 hour\n  done: stod.saljare/information S1\n  reason: '{yaml}'\n"
    )
    found = sheet(tmp_path, steps, {"S1": f"'{yaml}'"})
    assert "script" not in {tag for tag, _ in found.tags}
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    assert any(HOSTILE in text for text in found.texts)
    assert len(found.attributes("section", "class")) == 2


def test_nothing_is_fetched() -> None:
    for outline in outlines(shipped("scenarios")):
        plan = load_plan(outline.plan)
        read = read_scenario(plan, outline)
        text = facit(Wording(plan, read.who), read, play(plan, read))
        found = Sheet(text)
        names = {name for _, attributes in found.tags for name in attributes}
        assert not names & {"src", "href", "style"}
        assert not {tag for tag, _ in found.tags} & {"script", "link", "img", "iframe"}
        assert "url(" not in text
        assert "http" not in text
        assert "break-before: page" in text
