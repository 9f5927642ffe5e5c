"""The files of a new county's plan, as text: its municipalities, and a unit to be filled in for every function and municipality."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.decide.errors import EventError
from samverkan.decide.naming import quoted
from samverkan.decide.personal import personal_data
from samverkan.plan.model import Function, Plan

PLAN, AGENCIES, TO_DO = "plan.yaml", "agencies.yaml", "ATT-GORA.md"
"""The files that are written."""

FILL_IN = "FYLL I"
"""Begins the label of every unit that is still to be bound."""

LONGEST = 60
_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_PLAIN = str.maketrans("åäöéèüáàæø", "aaoeeuaaao")


@dataclass(frozen=True, slots=True)
class County:
    """What is known of a new county. `id` is the plan's and its folder's name; `municipalities`: id → name."""

    id: str
    name: str
    municipalities: dict[str, str]
    first: date


def county(folder: str, name: str, municipalities: Sequence[str], first: date, base: Plan) -> County:
    """A county of that name with these municipalities.

    Args:
        folder: the folder's name, which becomes the plan's id.
        name: what the county is called.
        municipalities: what they are called, at least one.
        first: the first day on which the plan is valid.
        base: the plan that it builds on.

    Raises:
        EventError: a name that can't be used, or is used twice; with what to do instead.
    """
    if _ID.fullmatch(folder) is None:
        near = slug(folder)
        choice = f" Till exempel {near}." if near else ""
        raise EventError(f"Mappens namn {quoted(folder)} blir planens id. Skriv det med a–z, siffror och bindestreck.{choice}")
    if folder in base.layers or folder == base.id:
        raise EventError(f"{quoted(folder)} är namnet på planen som länet bygger på. Välj ett annat namn på mappen.")
    _check("--name", name)
    found: dict[str, str] = {}
    for one in municipalities:
        _check("--municipality", one)
        key = slug(one)
        if not key:
            raise EventError(f"--municipality: {quoted(one)} har inga bokstäver. Skriv kommunens namn.")
        if key in found or key in base.municipalities:
            raise EventError(f"--municipality: {quoted(one)} finns redan. Ange varje kommun en gång.")
        found[key] = one.strip()
    if not found:
        raise EventError("Ett län har minst en kommun. Ange dem med --municipality NAMN, en gång för varje kommun.")
    if first < base.first:
        raise EventError(f"--from: planen som länet bygger på gäller från {base.first}. Välj den dagen eller en senare.")
    return County(folder, name.strip(), found, first)


def slug(name: str) -> str:
    """A name as an id: small plain letters, with hyphens for all else."""
    return re.sub(r"[^a-z0-9]+", "-", name.strip().lower().translate(_PLAIN)).strip("-")


def _check(option: str, text: str) -> None:
    if not text.strip() or len(text) > LONGEST or not all(letter.isprintable() for letter in text):
        raise EventError(f"{option}: {quoted(text)} är inget namn. Skriv ett namn med högst {LONGEST} tecken.")
    if personal_data(text):
        raise EventError(f"{option}: texten ser ut att innehålla personuppgifter. Skriv bara länets eller kommunens namn.")


def files(made: County, base: Plan) -> dict[str, str]:
    """The county's files by name."""
    return {
        PLAN: "\n".join(_plan(made, base)) + "\n",
        AGENCIES: "\n".join(_agencies(made, base)) + "\n",
        TO_DO: "\n".join(_to_do(made, base)) + "\n",
    }


def _plan(made: County, base: Plan) -> Iterator[str]:
    yield f"plan: {made.id}"
    yield f"title: {_text(f'Utkast till samverkansplan, {made.name} (inte antaget av någon myndighet)')}"
    yield 'version: "0"'
    yield f"builds on: {base.id}"
    yield f"valid: {{from: {made.first}}}"
    reconstructed = (
        f"Det här är ett utkast för {made.name}, skapat ur det nationella underlaget. Enheterna är inte ifyllda, och länets egna "
        "överenskommelser saknas."
    )
    yield f"reconstructed: {_text(reconstructed)}"


def _agencies(made: County, base: Plan) -> Iterator[str]:
    yield f"# Vem som svarar i {made.name}. Varje rad med {FILL_IN} ska bindas till en enhet; listan står i {TO_DO}."
    yield "# Namn på personer och telefonnummer hör inte hemma här."
    yield "municipalities:"
    for key, name in made.municipalities.items():
        yield f"  {key}: {_text(name)}"
    yield ""
    yield "# Ändra till era egna öppettider, och skriv `open: office` på de enheter som har dem."
    yield "hours:"
    yield "  office: {label: kontorstid, mon-fri: 08:00-16:30, eves: closed, holidays: closed}"
    yield ""
    yield "units:"
    for function in base.functions.values():
        yield f"# {_comment(function)}"
        for unit, label, area in _units(made, function):
            yield f"- {{unit: {unit}, label: {_text(f'{FILL_IN}: {label}')}, is: [{function.id}], area: {area}, open: always}}"


def _units(made: County, function: Function) -> Iterator[tuple[str, str, str]]:
    """Id, label and area of what is to be filled in for a function: one for each municipality that it is found by, one for all."""
    if function.found_by:
        for key, name in made.municipalities.items():
            yield f"{function.id}-{key}", f"{function.label}, {name}", f"[{key}]"
        yield f"{function.id}-okand-kommun", f"{function.label}, den som tar emot när kommunen inte är känd", "all"
    else:
        yield f"{function.id}-lan", function.label, "all"


def _comment(function: Function) -> str:
    if function.found_by:
        return f"{function.label}: en enhet i varje kommun, och en som tar emot när kommunen inte är känd"
    return f"{function.label}: en enhet för hela länet, eller flera med var sitt område"


def left_to_bind(made: County, base: Plan) -> list[str]:
    """What is left to bind: one line for each function."""
    return [
        f"{function.label} ({sum(1 for _ in _units(made, function))} {'enheter' if function.found_by else 'enhet'})"
        for function in base.functions.values()
    ]


def _to_do(made: County, base: Plan) -> Iterator[str]:
    yield f"# Att göra: {made.name}"
    yield ""
    yield "Planen går att köra som den är, men ingen enhet är på riktigt. Gå igenom listan med verksamheterna."
    yield ""
    yield f"## Bind varje funktion till en enhet (`{AGENCIES}`)"
    yield ""
    yield from _boxes(left_to_bind(made, base))
    yield ""
    yield "## För varje enhet"
    yield ""
    yield from _boxes(
        (
            f"Byt `{FILL_IN}: …` mot enhetens namn.",
            "Ange öppettider (`open`) och vem som ersätter utanför dem (`stand-in`).",
            "Ange område (`area`) och, där det behövs, vilka enheten är till för (`serves`).",
            "Skriv `confirmed: true` när verksamheten själv har läst och bekräftat raden.",
        )
    )
    yield ""
    yield "## Länets egna delar"
    yield ""
    yield from _boxes(
        (
            "Skriv länets överenskommelser som källor (`sources.yaml`) och regler, en fil för varje funktion.",
            "Skärp det som länet har lovat utöver lagen (`tightens`).",
            "Ta bort ordet utkast ur planens titel, och rätta `reconstructed`, när planen är antagen.",
            f"Kontrollera: `samverkan check {made.id}` och `samverkan document {made.id} --out plan.html`.",
        )
    )


def _boxes(lines: Iterable[str]) -> Iterator[str]:
    return (f"- [ ] {line}" for line in lines)


def _text(text: str) -> str:
    """A text as YAML, always in quotation marks."""
    return json.dumps(text, ensure_ascii=False)
