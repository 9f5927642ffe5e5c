"""A county that builds on a national plan: what it may add, tighten and replace, and what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkan.plan.errors import PlanError
from samverkan.plan.loading import inspect_files, load_plan, read_plan
from samverkan.plan.model import Plan

BASE = {"bas/plan.yaml": (Path(__file__).parent / "liten" / "plan.yaml").read_bytes()}
HEAD = "plan: lan\ntitle: Ett län\nversion: '1'\nbuilds on: liten\nvalid: {from: 2013-01-01}\n"
OVERRIDE = """rules:
- rule: lan.anmalan
  title: Anmälan i länet
  text: Polisen anmäler också till stödet.
  phase: akut
  basis: assumed
  for: seller
  when: {age: [child, maybe_child]}
  overrides: {rule: barn.anmalan, because: Länet har avtalat mer.}
  then:
  - {THEN}
    id: anmalan
    who: [polisen]
    telling: identity
    allowed by: {clause: lag/anmalan}
    deadline: 24 hours
  - must perform: avsta
    id: avsta
    who: [polisen]
    continuing: true
  because: [lag/anmalan]
  valid: {from: 2013-01-01}
"""


def county(text: str = "", head: str = HEAD) -> dict[str, bytes]:
    return {"lan/plan.yaml": head.encode(), "lan/mer.yaml": text.encode()}


def errors(files: dict[str, bytes], base: dict[str, bytes] | None = BASE) -> list[str]:
    return [str(problem) for problem in inspect_files(files, base).errors]


def tightened(text: str) -> Plan:
    return read_plan(county(f"tightens:\n{text}"), BASE)


def test_a_county_takes_over_all_that_it_builds_on() -> None:
    base, plan = read_plan(BASE), read_plan(county(), BASE)
    assert (plan.id, plan.title, plan.layers) == ("lan", "Ett län", ("liten", "lan"))
    assert plan.rules == base.rules
    assert plan.timezone == base.timezone
    assert plan.reminders == base.reminders
    assert plan.digest != base.digest


def test_what_a_county_adds_comes_last_and_says_whose_it_is() -> None:
    text = OVERRIDE.replace("{THEN}", "must notify: socialnamnd-barn")
    plan = read_plan(county(text + "municipalities: {koping: Köping}\n"), BASE)
    assert list(plan.rules)[-1] == "lan.anmalan"
    assert [plan.rules[name].layer for name in ("barn.anmalan", "lan.anmalan")] == ["liten", "lan"]
    assert "koping" in plan.facts["home_municipality"].values


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "acts: {utreda: utreda igen}\n",
            (
                "lan/mer.yaml:1:8: fel: handlingen 'utreda' finns redan i planen 'liten', som den här bygger på "
                "(bas/plan.yaml:43:8). En plan får lägga till, men inte ändra det som den bygger på; välj ett annat id."
            ),
        ),
        (
            "tightens:\n- {measure: barn.anmalan/anmalan, because: Jo.}\n",
            "lan/mer.yaml:2:3: fel: skärpningen säger inte vad som skärps. Ange 'strength', 'deadline' eller båda.",
        ),
        (
            "tightens:\n- {measure: barn.anmalan/anmalan, deadline: 48 hours, because: Jo.}\n",
            "lan/mer.yaml:2:45: fel: '48 hours' är inte säkert kortare än '24 hours'. En skärpning kan inte mildra.",
        ),
        (
            "tightens:\n- {measure: barn.anmalan/anmalan, strength: should, because: Jo.}\n",
            "lan/mer.yaml:2:45: fel: 'should' är inte strängare än 'must'. En skärpning kan inte mildra; ta bort den.",
        ),
        (
            "tightens:\n- {measure: barn.anmalan/anmlan, deadline: at once, because: Jo.}\n",
            "lan/mer.yaml:2:13: fel: okänd åtgärd 'anmlan'. Menade du 'anmalan'?",
        ),
        (
            (
                "tightens:\n- {measure: barn.anmalan/anmalan, deadline: at once, because: Jo.}\n"
                "- {measure: barn.anmalan/anmalan, deadline: 2 hours, because: Jo.}\n"
            ),
            "lan/mer.yaml:3:13: fel: 'barn.anmalan/anmalan' är redan skärpt. Skriv en skärpning av den.",
        ),
        (
            OVERRIDE.replace("{THEN}", "should notify: socialnamnd-barn"),
            (
                "lan/mer.yaml:2:9: fel: regeln 'lan.anmalan' tar bort eller mildrar 'must notify: socialnamnd-barn', som "
                "'barn.anmalan' kräver enligt lag (lag/anmalan). Behåll åtgärden i regeln som ersätter, med samma bärare "
                "och ingen längre tid."
            ),
        ),
    ],
)
def test_what_a_county_may_not(text: str, said: str) -> None:
    assert errors(county(text)) == [said]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("deadline: 24 hours", "deadline: 12 hours", True),
        ("who: [polisen]\n    telling", "who: [polisen, stod-utsatta]\n    telling", True),
        ("deadline: 24 hours", "deadline: 48 hours", False),
        ("    deadline: 24 hours\n", "", False),
        ("who: [polisen]\n    telling", "who: [stod-utsatta]\n    telling", False),
        ("telling: identity\n    allowed by: {clause: lag/anmalan}", "telling: circumstances", False),
        ("{clause: lag/anmalan}", "{consent: socialnamnd-barn}", False),
        ("    continuing: true\n", "", False),
        ("deadline: 24 hours", "deadline: 24 hours\n    or: lan.anmalan/avsta", False),
    ],
)
def test_what_a_statute_demands_is_kept_whole(old: str, new: str, kept: bool) -> None:
    text = OVERRIDE.replace("{THEN}", "must notify: socialnamnd-barn")
    assert old in text
    codes = [problem.code for problem in inspect_files(county(text.replace(old, new)), BASE).errors]
    assert codes == ([] if kept else ["drops-must"])


def test_tightening_leaves_the_rest_of_the_rule() -> None:
    base = read_plan(BASE)
    plan = tightened("- {measure: barn.anmalan/anmalan, deadline: 12 hours, because: Avtalat.}\n")
    before, after = base.rules["barn.anmalan"].then, plan.rules["barn.anmalan"].then
    assert after[0].deadline is not None
    assert (after[0].deadline.text, after[0].tightened, after[0].strength) == ("12 hours", "Avtalat.", "must")
    assert after[1] == before[1]
    stronger = tightened("- {measure: stod.saljare/information, strength: must, because: Avtalat.}\n")
    found = stronger.rules["stod.saljare"].measure("information")
    assert found is not None
    assert (found.strength, found.deadline) == ("must", None)


def test_its_own_rule_is_changed_where_it_stands() -> None:
    text = OVERRIDE.replace("{THEN}", "must notify: socialnamnd-barn")
    (said,) = errors(county(text + "tightens:\n- {measure: lan.anmalan/anmalan, deadline: at once, because: Jo.}\n"))
    assert said.startswith("lan/mer.yaml:24:13: fel: regeln 'lan.anmalan' är planens egen.")


@pytest.mark.parametrize(
    ("head", "base", "said"),
    [
        (HEAD, None, "planen bygger på 'liten', men dess filer är inte med. Läs planen från mappen bredvid den."),
        (
            HEAD.replace("builds on: liten\n", ""),
            BASE,
            "planen säger inte vad den bygger på. Lägg till 'builds on: plan' i plan.yaml.",
        ),
        (
            HEAD.replace("on: liten", "on: stor"),
            BASE,
            "planen bygger på 'stor', men den mappen innehåller planen 'liten'. Rätta det ena namnet.",
        ),
        (
            HEAD.replace("plan: lan", "plan: liten"),
            BASE,
            "planen heter 'liten', precis som den som den bygger på. Välj ett annat id.",
        ),
        (
            HEAD,
            {"bas/plan.yaml": BASE["bas/plan.yaml"] + b"builds on: annan\n"},
            "en plan som andra bygger på kan inte själv bygga på en plan: det finns två lager. Ta bort 'builds on'.",
        ),
    ],
)
def test_layers_that_do_not_fit(head: str, base: dict[str, bytes] | None, said: str) -> None:
    assert [line.partition(": fel: ")[2] for line in errors(county(head=head), base)] == [said]


def test_the_plan_beside_is_found(tmp_path: Path) -> None:
    for name, content in {"liten/plan.yaml": BASE["bas/plan.yaml"], "lan/plan.yaml": HEAD.encode()}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert load_plan(tmp_path / "lan").layers == ("liten", "lan")
    (tmp_path / "liten" / "plan.yaml").rename(tmp_path / "plan.yaml")
    (tmp_path / "liten").rmdir()
    with pytest.raises(PlanError, match="planen bygger på 'liten', men bredvid den finns ingen sådan mapp"):
        load_plan(tmp_path / "lan")


@pytest.mark.parametrize("name", ["..", ".", "liten/../liten", "/"])
def test_a_plan_is_not_looked_for_elsewhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "lan").mkdir()
    (tmp_path / "plan.yaml").write_bytes(BASE["bas/plan.yaml"])
    (tmp_path / "lan" / "plan.yaml").write_text(HEAD.replace("on: liten", f"on: '{name}'"), encoding="utf-8")
    with pytest.raises(PlanError):
        load_plan(tmp_path / "lan")
