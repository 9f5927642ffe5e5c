"""Every fixed Swedish text of the document beside its template, and how days, hours and words are put."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from samverkan.plan.model import Hours, Measure, Plan, Rule
from samverkan.wording.clock import MONTHS

STRENGTHS: Mapping[str, str] = {"must": "ska", "should": "bör", "may": "får"}
NOT = "inte"

SOON = ("at once", "promptly", "hours", "days", "working days", "weeks", "months")
"""How fast something is to be done, from the fastest; what has no time comes after."""

BASIS: Mapping[str, str] = {"stated": "Står i", "inferred": "Följer av", "assumed": "Antagande, jämför"}
"""What is said before the sources of a rule: how sure we are."""
BASIS_PARTS: Mapping[str, str] = {"stated": "står i källan", "inferred": "följer av källan", "assumed": "är antaganden"}

ALL_OVER = "hela länet"
FOR_EVERYONE = "alla"
NO_IDENTITY = "Ingen uppgift om vem det gäller"
NOBODY = "Gäller ingen person"
BY_CONSENT = "Samtycke från den som det gäller"
WHAT: Mapping[str, str] = {"identity": "vem det gäller", "circumstances": "vad som har hänt, inte vem det gäller"}
ADVICE = "råd i frågan, inte vem det gäller"
UNITS = "enheter vars område, öppettider och ersättare verksamheten själv inte har bekräftat"
SOURCES = "ställen i källorna vars ordalydelse ingen har läst för den här tiden"
ASSUMED = "regler som är antaganden och behöver prövas av den som ansvarar"
OTHER_DAYS = "Reglerna som bygger på det gäller andra dagar."
UNRULED = "ställen i källorna som ingen regel bygger på, var och ett med sitt skäl"
GROUNDS: Mapping[str, str] = {
    "clause": "Med stöd i lag, utan att fråga",
    "consent": "Bara om personen samtycker",
    "open": "Utan att säga vem det gäller",
}
"""The sorts of ground for telling, in the order of the document."""

NEWCOMER = "Nytt i ärendet: {}"
"""The title of what holds for everybody and everything that is new."""

TIGHTENED = "Länet har skärpt kravet: {}"
TIGHTENED_TOO = "Länet har skärpt också det här kravet, av samma skäl."
"""What is said of a measure that the county asks more of, and of the next in the same rule."""

FEW = 3
BEARERS = "{} verksamheter, se regeln"
"""Who leaves something undone, where they are more than `FEW`: a prohibition is for everybody whom it concerns."""

MANY_DO, MANY_LEAVE = "Det här gör många", "Det här låter flera bli"
"""Over what many functions do alike, and over what several leave undone alike."""

SMALL_WORDS = ("att", "om", "en", "ett", "frågan")
"""Words that no entry of the index begins with."""

ABOUT: Mapping[str, str] = {"person": "en person", "operation": "en insats", "case": "ärendet"}
NEW, CHANGED, RECITED = "ny", "ändrad", "ny hänvisning"


def day_text(day: date) -> str:
    """ "1 maj 2013"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def validity(plan: Plan, rule: Rule) -> str:
    """From when to when a rule is valid: "Gäller från 1 januari 2016."; nothing where it is as long as the plan."""
    if (rule.first, rule.last, rule.by_offence) == (plan.first, plan.last, False):
        return ""
    whose = "Gäller gärningar från" if rule.by_offence else "Gäller från"
    until = f" till och med {day_text(rule.last)}" if rule.last is not None else ""
    return f"{whose} {day_text(rule.first)}{until}."


def urgency(measure: Measure) -> int:
    """How fast a measure is to be done, for sorting: 0 is at once."""
    if measure.deadline is None:
        return len(SOON)
    return SOON.index(measure.deadline.unit)


def hours_text(hours: Hours) -> str:
    """Opening hours in words: "kontorstid (mån–fre 08.00–16.30)"."""
    if hours.always:
        return hours.label
    days = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
    said: list[str] = []
    place = 0
    while place < len(days):
        windows, last = hours.days[place], place
        while last + 1 < len(days) and hours.days[last + 1] == windows:
            last += 1
        if windows:
            span = days[place] if last == place else f"{days[place]}–{days[last]}"
            said.append(f"{span} {', '.join(f'{_clock(a)}–{_clock(b)}' for a, b in windows)}")
        place = last + 1
    return f"{hours.label} ({'; '.join(said)})" if said else hours.label


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


def sort_key(word: str) -> tuple[str, str]:
    """For the Swedish order of letters: å, ä and ö come last, whatever is large or small."""
    plain = word.lower().translate({ord("å"): "{", ord("ä"): "|", ord("ö"): "}", ord("é"): "e", ord("ü"): "y"})
    return plain, word


def number_key(text: str) -> str:
    """For the order of sections: "9 §" before "9 a §" and "10 §"."""
    return re.sub(r"\d+", lambda found: found[0].zfill(4), text.replace("§", " "))
