"""Scenarios for the tests: text written to a file and read as any scenario is, for the plan of hard cases."""

from __future__ import annotations

from pathlib import Path

from tests.stories import example_plan

from samverkan.exercise.scenario import Scenario
from samverkan.exercise.scenario_files import read_outline, read_scenario

HEAD = """\
scenario: provet
title: Ett prov
plan: exempel
difficulty: 2
summary: Ett påhittat fall.
who:
{who}
steps:
{steps}
"""

WHO = {"S1": "kvinnan på hotellrummet", "B1": "mannen i receptionen", "K1": "det första köpet"}


def scenario_text(steps: str, who: dict[str, str] | None = None) -> str:
    """The text of a scenario with these steps."""
    named = "\n".join(f"  {subject}: {name}" for subject, name in (WHO if who is None else who).items())
    return HEAD.format(who=named, steps=steps)


def write_scenario(folder: Path, steps: str, who: dict[str, str] | None = None) -> Path:
    """A scenario file in `folder`."""
    path = folder / "provet.yaml"
    path.write_text(scenario_text(steps, who), encoding="utf-8")
    return path


def scenario(folder: Path, steps: str, who: dict[str, str] | None = None) -> Scenario:
    """The scenario with these steps."""
    return read_scenario(example_plan(), read_outline(write_scenario(folder, steps, who)))


MET = """\
- at: 2013-05-14 21:10
  event: person_met
  about: S1 seller
  facts: {age: adult, gender: woman, stay_municipality: vasteras}
  story: Polisen knackar på.
"""

CAUGHT = """\
- at: 2013-05-14 21:20
  id: kop1
  event: buyer_caught
  about: K1 purchase of B1 buyer, S1
  facts: {agreement: reached, price: stated, payment: handed_over}
  story: En man ertappas.
  knows:
    aklagare: Jouråklagaren svarar i kväll.
  question: Vem får veta vad?
"""
