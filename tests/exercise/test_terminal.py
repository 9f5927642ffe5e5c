"""The terminal: readable at 80 columns without colour, in words that people use, with nothing dangerous passed on."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from rich.console import Console
from tests.exercise.scenarios import CAUGHT, MET, WHO, scenario
from tests.stories import example_plan

from samverkan.decide.answer import Contradiction
from samverkan.exercise.pacing import runs
from samverkan.exercise.pacing import told as steps_told
from samverkan.exercise.page import Page, Paper
from samverkan.exercise.playing import Played, play
from samverkan.exercise.scenario import Scenario
from samverkan.exercise.scenario_files import outlines, read_scenario
from samverkan.exercise.terminal import Telling
from samverkan.plan.loading import load_plan
from samverkan.plan.model import Plan
from samverkan.plan.places import shipped
from samverkan.wording.wording import Wording


def told(plan: Plan, read: Scenario, explain: str = "", width: int = 80, coloured: bool = False) -> str:
    """Everything that the terminal shows of a scenario."""
    return shown(plan, read, play(plan, read), explain, width, coloured)


def shown(plan: Plan, read: Scenario, plays: list[Played], explain: str = "", width: int = 80, coloured: bool = False) -> str:
    """Everything that the terminal shows of a scenario that was played."""
    file = io.StringIO()
    page = Page(Console(file=file, width=width, force_terminal=coloured, highlight=False, markup=False, emoji=False))
    telling = Telling(page, Wording(plan, read.who), lambda rule: explain in ("all", rule), explain == "all")
    telling.beginning(read)
    for run in runs(steps_told(plays), telling.wording.zone):
        telling.by(run)
    telling.ledger(plays)
    telling.verdict(plays)
    return file.getvalue()


@cache
def shipped_plays() -> list[tuple[Plan, Scenario, list[Played]]]:
    found = []
    for outline in outlines(shipped("scenarios")):
        plan = load_plan(outline.plan)
        read = read_scenario(plan, outline)
        found.append((plan, read, play(plan, read)))
    return found


CAUGHT_TOLD = """\
────────────────────────────────────────────────────────────────────────────────
2. Tisdag 14 maj 2013 kl. 21.20
En man ertappas.

» Köpare ertappad: det första köpet
  köparen: mannen i receptionen
  den som säljer eller utnyttjas: kvinnan på hotellrummet
  överenskommelse: träffad
  pris: angett
  betalning: lämnad
Bara Åklagarkammaren vet: Jouråklagaren svarar i kväll.
Att prata om: Vem får veta vad?

Att göra
── Genast (påminnelse kl. 22.20)
Stöd till köparen
  Varje ertappad köpare får veta vilket stöd som finns och erbjuds samtal. Ett
  nej noteras, ingen pressas.
• Polisen ska informera mannen i receptionen om vilket stöd som finns.
• Polisen ska erbjuda mannen i receptionen samtal om sexköp.
  Ges av: Socialjouren i Västmanland
Gör det: Polisen i Västmanland
Källa: broschyren. Regeln: står i källan.

── Inom ett dygn: skyndsamt (påminnelse onsdag 15 maj kl. 21.20)
Den som har sålt hörs som vittne
  Vid ett köp av en vuxen utan misstanke om människohandel är den som har sålt i
  regel vittne, inte målsägande. Polisen förklarar vad det innebär och lovar
  inget målsägandebiträde.
• Polisen ska informera kvinnan på hotellrummet om vad det innebär att höras som
  vittne.
Gör det: Polisen i Västmanland
Källa: 6 kap. 11 § brottsbalken. Regeln: följer av källan.

── Får göras
Strafföreläggande med dagsböter
  Vid ett fullbordat köp av en vuxen kan åklagaren utfärda strafföreläggande med
  dagsböter. Möjligheten gäller brott till och med den 31 juli 2022.
• Åklagarkammaren får utfärda strafföreläggande (gäller mannen i receptionen och
  det första köpet).
Gör det: jouråklagaren, som står in för Åklagarkammaren i Västerås
Källa: 6 kap. 11 § brottsbalken; broschyren. Regeln: står i källan.

Att ta reda på
1 uppgift är inte känd
"""


def test_a_step_reads_like_this(tmp_path: Path) -> None:
    said = told(example_plan(), scenario(tmp_path, MET + CAUGHT))
    assert CAUGHT_TOLD in said


def test_on_a_shared_screen_nobody_reads_what_one_function_knows(tmp_path: Path) -> None:
    file = io.StringIO()
    read = scenario(tmp_path, MET + CAUGHT)
    telling = Telling(Page(Console(file=file, width=80)), Wording(example_plan(), read.who), shared=True)
    telling.step(read.steps[1])
    assert "Till det här steget finns kort, som övningsledaren lämnar ut." in file.getvalue()
    assert "Jouråklagaren" not in file.getvalue()
    assert "Åklagarkammaren" not in file.getvalue()


def test_a_mark_is_not_told_twice(tmp_path: Path) -> None:
    steps = MET + "- after: 1 minute\n  done: stod.saljare/information S1\n"
    said = told(example_plan(), scenario(tmp_path, steps, {"S1": WHO["S1"]}))
    step = said[said.index("\n2. ") : said.index("\nLiggare")]
    assert step.rstrip("─\n").endswith("» Gjort av Polisen: informera kvinnan på hotellrummet om vilket stöd som finns")


LEDGER_TOLD = """\
När    Vad                               Vem                      Läge
─────  ────────────────────────────────  ───────────────────────  ──────────────
Tisdag 14 maj 2013
21.10  Informera kvinnan på              Polisen                  gjort
       hotellrummet om vilket stöd som
       finns
       Erbjuda kvinnan på hotellrummet   Polisen                  avböjt
       stödsamtal
       Inte behandla personen som        Åklagarkammaren och      gäller
       misstänkt för att sälja (gäller   Polisen
       kvinnan på hotellrummet)

Alla förväntningar i scenariot stämmer.
"""


def test_the_ledger_keeps_everything(tmp_path: Path) -> None:
    steps = MET + (
        "- after: 10 minutes\n  done: stod.saljare/information S1\n- after: 10 minutes\n  declined: stod.saljare/erbjudande S1\n"
        "  done: [stod.saljare/information S1]\n"
    )
    assert told(example_plan(), scenario(tmp_path, steps, {"S1": WHO["S1"]})).endswith(LEDGER_TOLD)


def test_unmet_expectations_are_said_plainly(tmp_path: Path) -> None:
    steps = MET + "  due: [barn.orosanmalan/anmalan S1]\n  not: [stod.saljare/information S1]\n"
    said = told(example_plan(), scenario(tmp_path, steps, {"S1": WHO["S1"]})).replace("\n  ", " ")
    assert "Förväntningar som inte stämmer" in said
    assert (
        "! steg 1: Orosanmälan när ett barn utnyttjas (kvinnan på hotellrummet) skulle vara att göra, men är inte aktuellt."
    ) in said
    assert (
        "! steg 1: Information om och erbjudande av stöd (kvinnan på hotellrummet) skulle inte vara aktuellt, men: "
        "informera kvinnan på hotellrummet om vilket stöd som finns: ska göras."
    ) in said


def test_time_that_passes(tmp_path: Path) -> None:
    said = told(example_plan(), scenario(tmp_path, MET + "- after: 2 hours\n", {"S1": WHO["S1"]}))
    assert (
        "Tiden går.\n\nPåminnelse: det här är inte angivet som gjort\n"
        "• Polisen: informera kvinnan på hotellrummet om vilket stöd som finns – försenad\n  sedan 14 maj kl. 22.10\n" in said
    )


def test_only_a_deadline_is_said_to_be_up(tmp_path: Path) -> None:
    child = MET.replace("age: adult, gender: woman, stay_municipality: vasteras", "age: child, stay_municipality: vasteras")
    received = "- after: 1 hour\n  event: report_received\n  about: S1\n"
    said = told(example_plan(), scenario(tmp_path, child + received + "- after: 3 weeks\n", {"S1": WHO["S1"]}))
    last = said[said.index("\n3. ") : said.index("\nLiggare")].replace("\n  ", " ")
    up, reminded = last.index("Sedan förra steget har tiden gått ut för\n"), last.index("Påminnelse: det här är inte angivet")
    assert re.findall("– (.*)", last[up:reminded]) == ["försenad sedan 28 maj"]


def test_explanations(tmp_path: Path) -> None:
    read = scenario(tmp_path, MET + CAUGHT)
    assert "Villkor:" not in told(example_plan(), read)
    one = told(example_plan(), read, "kop.boter-strafforelaggande")
    assert one.count("Villkor:") == 1
    assert "    - fullbordat köp (det första köpet): ja; krävs: ja – uppfyllt\n" in one
    # Rules without conditions have nothing to explain.
    assert told(example_plan(), read, "all").count("Villkor:") == 2


def test_both_sides_of_a_contradiction_are_told(tmp_path: Path) -> None:
    read = scenario(tmp_path, MET + CAUGHT)
    answer = play(example_plan(), read)[-1].answer
    order, interview = (
        next(d.id for d in answer.decisions if d.id.rule == rule) for rule in ("kop.boter-strafforelaggande", "saljare.vittne")
    )
    file = io.StringIO()
    telling = Telling(Page(Console(file=file, width=80)), Wording(example_plan(), read.who))
    telling.contradictions(answer, None)
    assert file.getvalue() == ""
    telling.contradictions(replace(answer, contradictions=(Contradiction(order, interview),)), answer)
    assert (
        file.getvalue()
        == """\
Går inte att följa samtidigt
! Åklagarkammaren får utfärda strafföreläggande (gäller mannen i receptionen och
  det första köpet).
! Polisen ska informera kvinnan på hotellrummet om vad det innebär att höras som
  vittne.
"""
    )


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    for plan, read, plays in shipped_plays():
        lines = shown(plan, read, plays, "all", width).splitlines()
        assert max(map(len, lines)) <= min(width, 100)
        assert [line for line in lines if line != line.rstrip()] == []


def test_colour_adds_only_style() -> None:
    plan, read, plays = shipped_plays()[0]
    plain, coloured = shown(plan, read, plays), shown(plan, read, plays, coloured=True)
    assert "\x1b" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


ENGLISH = [
    "must", "should", "due", "done", "declined", "lapsed", "withdrawn", "ask_first", "notify", "consult", "apply",
    "inform", "offer", "assess", "perform", "refrain", "acknowledged", "overdue", "late", "passed",
    "told_without_consent", "stated", "inferred", "assumed", "promptly", "hours", "days", "working", "week", "weeks",
    "months", "unknown", "true", "false", "none", "event", "fact", "rule", "measure", "decision", "seller", "buyer",
    "purchase", "parenthood", "operation", "circumstances", "identity", "given", "refused", "and", "with", "from",
    "until", "the",
]  # fmt: skip


def ids(plan: Plan) -> set[str]:
    """Every id of a plan, but for those that are ordinary words of its labels too."""
    found = {
        *plan.roles, *plan.relations, *plan.facts, *plan.conclusions, *plan.events, *plan.acts, *plan.offers, *plan.information,
        *plan.phases, *plan.functions, *plan.units, *plan.clauses, *plan.rules, *plan.municipalities,
        *(measure.id for rule in plan.rules.values() for measure in rule.then),
        *(value for fact in plan.facts.values() for value in fact.values),
    }  # fmt: skip
    labels = " ".join(
        [
            *(role.label for role in plan.roles.values()), *(f.label for f in plan.functions.values()),
            *(unit.label for unit in plan.units.values()), *(f.label for f in plan.facts.values()), *plan.offers.values(),
            *(label for fact in plan.facts.values() for label in fact.values.values()), *plan.information.values(),
            *(act.label for act in plan.acts.values()), *(f"{rule.title} {rule.text}" for rule in plan.rules.values()),
            *(f"{fact.label} {fact.ask}" for fact in plan.facts.values()),
            *(event.label for event in plan.events.values()), *plan.municipalities.values(),
        ]
    )  # fmt: skip
    return found - set(re.findall(r"\w+", labels.lower()))


def test_nobody_is_told_ids_or_english_words() -> None:
    for plan, read, plays in shipped_plays():
        stories = " ".join(f"{s.story} {s.question} {s.reply} {' '.join(s.knows.values())}" for s in read.steps)
        top = f"{read.title} {read.summary} {read.shows}"
        ordinary = set(re.findall(r"\w+", f"{top} {stories} {' '.join(read.who.values())}".lower()))
        said = set(re.findall(r"[\w./-]+", shown(plan, read, plays, "all")))
        said |= {word.strip("./-") for word in said}
        for word in {*ids(plan), *read.who, *ENGLISH} - ordinary - {"case"}:
            assert word not in said


def test_markup_and_emoji_are_only_text(tmp_path: Path) -> None:
    steps = MET.replace("Polisen knackar på.", "'[bold red]Fara[/] :fire: [link=x]'")
    said = told(example_plan(), scenario(tmp_path, steps, {"S1": "'[blink]kvinnan[/blink]'"}))
    assert "[bold red]Fara[/] :fire: [link=x]" in said
    assert "Polisen ska erbjuda [blink]kvinnan[/blink] stödsamtal." in said


def test_paper_and_a_terminal_without_colour_show_the_same() -> None:
    on_paper, on_console = io.StringIO(), io.StringIO()
    for page in (Page(Paper(on_paper, 80)), Page(Console(file=on_console, width=80, highlight=False, markup=False, emoji=False))):
        page.heading("Rubrik [bold] :smile:")
        page.line("En lång rad som bryts vid ordgränser så att den går att läsa på en skärm som är åttio tecken bred.", mark="• ")
        page.ruled("Nästa del")
        page.table(("När", "Vad"), (6, None), [("09.00", "Något händer"), ("I går",)])
        page.blank()
        page.blank()
    assert on_paper.getvalue() == on_console.getvalue()


def test_a_table_parts_no_word_without_a_hyphen() -> None:
    wide = io.StringIO()
    row = ("x", "y " * 20, "Polisen och förundersökningsledaren, åklagaren")
    Page(Paper(wide, 80)).table(("A", "B", "C"), (5, None, 14), [row])
    assert "förundersökningsledaren," in wide.getvalue()
    narrow = io.StringIO()
    Page(Paper(narrow, 40)).table(("A", "B"), (12, None), [("Förundersökningsledaren", "y")])
    assert [line.split()[0] for line in narrow.getvalue().splitlines()[2:]] == ["Förundersökni-", "ngsledaren"]
