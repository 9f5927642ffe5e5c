"""The sheets: complete, accessible, with nothing fetched and nothing that a story could smuggle in."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from tests.exercise.scenarios import CAUGHT, MET, scenario, write_scenario
from tests.stories import example_plan

from samverkan.exercise.facit import facit
from samverkan.exercise.pacing import stops, told
from samverkan.exercise.playing import play
from samverkan.exercise.scenario_files import outlines, read_outline, read_scenario
from samverkan.plan.loading import load_plan
from samverkan.plan.places import shipped
from samverkan.wording.wording import Wording

VOID = {"meta", "br", "col"}


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


def sheets(folder: Path, steps: str, who: dict[str, str] | None = None) -> dict[str, str]:
    read = scenario(folder, steps, who)
    return facit(Wording(example_plan(), read.who), read, play(example_plan(), read))


LATER = "- after: 2 hours\n  declined: kopare.stod/erbjudande B1\n"


def test_the_headings(tmp_path: Path) -> None:
    found = {name: Sheet(text).headings for name, text in sheets(tmp_path, MET + CAUGHT + LATER).items()}
    times = [(2, "1. Tisdag 14 maj 2013 kl. 21.10"), (2, "2. Tisdag 14 maj 2013 kl. 21.20")]
    assert found == {
        "deltagare": [(1, "Ett prov – Deltagarblad"), *times],
        "ledare": [
            (1, "Ett prov – Ledarblad med facit"), (2, "Inför övningen"), (3, "Så går ett stopp till"),
            times[0], (3, "Att ta reda på"), times[1], (3, "Att ta reda på"),
            (3, "Påminnelse: det här är inte angivet som gjort"), (2, "Genomgång efter övningen"),
        ],
        "kort": [(1, "Ett prov – Egna kort"), (2, "Till Åklagarkammaren – steg 2")],
    }  # fmt: skip


def test_the_participants_get_no_answers_and_no_cards(tmp_path: Path) -> None:
    found = sheets(tmp_path, MET + CAUGHT)
    for answer in ("Polisen ska", "stödsamtal", "Källa", "senast", "strafföreläggande", "Jouråklagaren svarar i kväll."):
        assert answer not in found["deltagare"]
    assert "facit" not in found["deltagare"].lower()
    assert "Till det här steget finns kort, som övningsledaren lämnar ut." in found["deltagare"]
    assert "Åklagarkammaren" not in found["deltagare"]
    assert "Lämna kortet till Åklagarkammaren:" in found["ledare"]
    for story in ("Polisen knackar på.", "En man ertappas.", "Vem får veta vad?"):
        assert story in found["deltagare"]
        assert story in found["ledare"]
    assert "Jouråklagaren svarar i kväll." in found["ledare"]
    assert "Polisen ska erbjuda mannen i receptionen samtal om sexköp." in found["ledare"]
    assert "Ges av: Socialjouren i Västmanland" in found["ledare"]
    assert "Genast (påminnelse kl. 22.20)" in found["ledare"]
    assert "Källa: broschyren. Regeln: står i källan." in found["ledare"]


def test_the_participants_sort_the_story_themselves(tmp_path: Path) -> None:
    child = MET.replace("age: adult, gender: woman, stay_municipality: vasteras", "age: maybe_child")
    found = sheets(tmp_path, child, {"S1": "flickan"})
    assert "Person påträffad" not in found["deltagare"]
    assert "kan vara under 18 år" not in found["deltagare"]
    assert "<strong>I planens ord:</strong> Person påträffad: flickan" in found["ledare"]
    untold = child.replace("  story: Polisen knackar på.\n", "")
    assert "Person påträffad: flickan" in sheets(tmp_path, untold, {"S1": "flickan"})["deltagare"]


def test_only_the_leader_knows_what_the_case_is_to_teach_and_what_to_say(tmp_path: Path) -> None:
    path = write_scenario(tmp_path, MET + CAUGHT + "  reply: Bara åklagaren.\n")
    shows = "summary: Ett påhittat fall.\nshows: Att stödet inte väntar."
    path.write_text(path.read_text(encoding="utf-8").replace("summary: Ett påhittat fall.", shows), encoding="utf-8")
    read = read_scenario(example_plan(), read_outline(path))
    found = facit(Wording(example_plan(), read.who), read, play(example_plan(), read))
    for text, label in (("Att stödet inte väntar.", "Det här övas"), ("Bara åklagaren.", "Värt att säga")):
        assert f"<strong>{label}:</strong> {text}" in found["ledare"]
        assert text not in found["deltagare"] + found["kort"]


def test_the_leader_knows_what_to_prepare(tmp_path: Path) -> None:
    text = sheets(tmp_path, MET + CAUGHT + LATER)["ledare"]
    for line in (
        "2 stopp. Räkna med ungefär 20 minuter: 8 vid varje stopp med facit och 5 vid varje stopp med bara en fråga.",
        "Har något att göra: Polisen (2 stopp) och Åklagarkammaren (1 stopp).",
        (
            "Får veta något eller tar emot, utan annat att göra: stöd till den som säljer eller utnyttjas (1 stopp) och stöd till "
            "köpare (1 stopp)."
        ),
        "Kort att lämna ut: steg 2: Åklagarkammaren.",
    ):
        assert f"<li>{line}</li>" in text
    assert "Dela på två" not in text
    long = MET + "".join(f"- after: 1 minute\n  question: Och {number}?\n" for number in range(19))
    text = sheets(tmp_path, long, {"S1": "kvinnan"})["ledare"]
    assert "20 stopp. Räkna med ungefär 105 minuter" in text
    assert "Dela på två, eller välj i förväg vilka stopp gruppen stannar vid." in text


def test_a_rule_is_told_in_full_once(tmp_path: Path) -> None:
    second = MET.replace("21:10", "21:15").replace("S1", "S2")
    text = sheets(tmp_path, MET + second, {"S1": "den ena", "S2": "den andra"})["ledare"]
    assert text.count("Tackar personen ja, följer en polis med till mötet.") == 1
    assert text.count("Regelns text står vid steg 1.") == 2
    assert "Polisen ska erbjuda den andra stödsamtal." in text


def test_what_a_group_answers_wrongly_is_told_with_the_rule(tmp_path: Path) -> None:
    text = sheets(tmp_path, MET + "  not: [barn.orosanmalan S1]\n", {"S1": "kvinnan"})["ledare"]
    told = text[text.index("Inte aktuellt nu") :]
    assert "<li>Orosanmälan när ett barn utnyttjas (kvinnan): " in told


def test_nobody_is_told_that_a_report_is_not_due_because_another_rule_asks_for_it(tmp_path: Path) -> None:
    child = MET.replace("age: adult, gender: woman, stay_municipality: vasteras", "age: child")
    text = sheets(tmp_path, child + "  not: [barn.orosanmalan S1]\n", {"S1": "flickan"})["ledare"]
    assert "Inte aktuellt nu" not in text


def test_a_card_holds_only_what_its_function_knows(tmp_path: Path) -> None:
    steps = MET + "  knows:\n    polisen: Bara polisens.\n" + CAUGHT
    text = sheets(tmp_path, steps)["kort"]
    own = text.split('<section class="own">')[1:]
    assert len(own) == 2
    for part, own_text, kept in ((own[0], "Bara polisens.", "Jouråklagaren"), (own[1], "Jouråklagaren", "Bara polisens.")):
        assert own_text in part
        assert kept not in part
    assert "Polisen ska" not in text
    assert "kort" not in sheets(tmp_path, MET, {"S1": "kvinnan"})


def test_the_number_of_rows_gives_no_answer_away(tmp_path: Path) -> None:
    few = sheets(tmp_path, MET + CAUGHT)["deltagare"]
    assert [few.count(f'<th scope="row">{number}</th>') for number in (1, 8, 9)] == [2, 2, 0]
    child = MET.replace("age: adult, gender: woman, stay_municipality: vasteras", "age: maybe_child")
    found = sheets(tmp_path, child, {"S1": "flickan"})
    assert found["ledare"].count("<ul><li>") > 4
    assert [found["deltagare"].count(f'<th scope="row">{number}</th>') for number in (1, 8, 9)] == [1, 1, 0]


def test_what_needs_no_answer_has_no_table(tmp_path: Path) -> None:
    text = sheets(tmp_path, MET + CAUGHT + LATER)["deltagare"]
    assert text.count('<table class="answers">') == 2
    assert "Mannen i receptionen tackar nej till samtal om sexköp." in text


def test_accessible(tmp_path: Path) -> None:
    for name, text in sheets(tmp_path, MET + CAUGHT).items():
        found = Sheet(text)
        assert found.attributes("html", "lang") == ["sv"]
        assert found.tags.count(("main", {})) == 1
        assert found.headings[0][1] in found.texts
        scopes = {"deltagare": {"col", "row"}, "ledare": {"rowgroup"}, "kort": set()}
        assert set(found.attributes("th", "scope")) == scopes[name]
        levels = [level for level, _ in found.headings]
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
        tables = len(found.attributes("caption", "x")) + found.attributes("table", "aria-label").count("Att göra")
        assert tables == len(found.attributes("table", "x"))


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("front", "back"), [("#111", "#fff"), ("#3d3d3d", "#fff"), ("#111", "#ededed")])
def test_contrast(tmp_path: Path, front: str, back: str) -> None:
    for text in sheets(tmp_path, MET, {"S1": "kvinnan"}).values():
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
    for text in sheets(tmp_path, steps, {"S1": f"'{yaml}'"}).values():
        found = Sheet(text)
        assert "script" not in {tag for tag, _ in found.tags}
        assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
        assert any(HOSTILE in told for told in found.texts)


def test_the_shipped_exercises_fetch_nothing_and_give_nothing_away() -> None:
    for outline in outlines(shipped("scenarios")):
        plan = load_plan(outline.plan)
        read = read_scenario(plan, outline)
        plays = play(plan, read)
        found = facit(Wording(plan, read.who), read, plays)
        for text in found.values():
            tags = Sheet(text)
            names = {name for _, attributes in tags.tags for name in attributes}
            assert not names & {"src", "href", "style"}
            assert not {tag for tag, _ in tags.tags} & {"script", "link", "img", "iframe"}
            assert "url(" not in text
            assert "http" not in text
        assert read.shows, f"{read.id}: what is it to teach? Say it in shows, and not in the summary."
        assert "visar" not in read.summary, f"{read.id}: what the case shows is for the leader."
        stopped = [one.at.played.step for one in stops(told(plays)) if one.at is not None]
        assert [step.number for step in stopped if not step.story] == [], f"{read.id}: the group stops at a step without a story"
        for secret in (read.shows, *(step.reply for step in read.steps if step.reply)):
            assert escape(secret) not in found["deltagare"]
            assert escape(secret) in found["ledare"]
