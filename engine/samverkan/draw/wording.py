"""Every Swedish word that the pictures use beside the plan's own labels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from samverkan.draw.scene import Shape, State

EVENTS = "Händelser"
SHARED = "Flera verksamheter"
CASE_SUBTITLE = "Vad som hände {span}, vad det satte igång, och hur det står till {now}."
OVERVIEWS = (
    "Översikt: här visas vad som går mellan verksamheter, vad som erbjuds och vad som har missats eller tagits tillbaka.",
    "Översikt: här visas vad som går mellan verksamheter, vad som erbjuds och vad som har missats.",
    "Översikt: här visas vad verksamheter ska eller bör berätta för varandra och erbjuda, och vad som har missats.",
    "Översikt: här visas vad verksamheter ska eller bör berätta för varandra, och vad som har missats.",
    "Översikt: här visas vad verksamheter ska berätta eller har berättat för varandra, och vad som har missats.",
)
"""What is left of a case that is too large for one page, from most to least."""

BEGINNING = "Översikt: här visas början, det som verksamheter först ska berätta för varandra, och vad som då har missats."
"""Where even the least of that is too much for one page."""

BRIEF = (
    "Översikt i urval: det som måste göras, går mellan verksamheter, erbjuds eller följer av ett svar."
)
"""What the overview that tells the story shows."""

COUNTS = ("", "", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")
TIMES = "{count} gånger"
EACH, BOTH = "alla {count}", "båda"
REST = "Allt annat står på sidorna för sig."
FIRST_KNOWN = (
    "Visar vad som sätts igång när händelsen är det första som blir känt. Mer kan följa av det som har blivit känt på annat sätt."
)
ENDS_AT_ONCE = "Den som redan har fått veta något med stöd av samtycket får genast veta att det har upphört."

STRENGTHS: Mapping[str, str] = {"must": "ska", "should": "bör", "may": "får"}

TELLS: Mapping[str, str] = {
    "notify": "underrättar",
    "consult": "rådfrågar",
    "apply": "ansöker hos",
    "offer": "erbjuder",
    "ask": "frågar först",
    "correction": "rättar",
    "consent_ended": "underrättar",
}
"""What goes over the line from the one who tells to the one who is told, by kind of decision."""

TOLD: Mapping[str, str] = {"circumstances": "vad som har hänt, utan uppgift om vem", "identity": "vem det gäller"}
TOLD_AFTER: Mapping[str, str] = {"circumstances": ", utan uppgift om vem", "identity": " vem det gäller"}
"""What is told, as a word of its own and after "får veta"."""

When = Literal["plan", "to come", "possible", "done"]

RECEIVES: Mapping[str, Mapping[When, str]] = {
    "notify": {
        "plan": "Får veta{told}",
        "to come": "Ska få veta{told}",
        "possible": "Kan få veta{told}",
        "done": "Har fått veta{told}",
    },
    "consult": {
        "plan": "Ger råd utan att få veta vem det gäller",
        "to come": "Ska ge råd utan att få veta vem det gäller",
        "possible": "Kan ge råd utan att få veta vem det gäller",
        "done": "Har gett råd utan att få veta vem det gäller",
    },
    "apply": {
        "plan": "Prövar ansökan",
        "to come": "Ska få ansökan",
        "possible": "Kan få ansökan",
        "done": "Har fått ansökan",
    },
    "correction": {
        "plan": "Får rättelsen",
        "to come": "Ska få rättelsen",
        "possible": "Kan få rättelsen",
        "done": "Har fått rättelsen",
    },
    "consent_ended": {
        "plan": "Får veta att samtycket har upphört",
        "to come": "Ska få veta att samtycket har upphört",
        "possible": "Kan få veta att samtycket har upphört",
        "done": "Har fått veta att samtycket har upphört",
    },
}
"""What the one who is told gets, by kind of decision and whether it has been done."""

DEADLINES: Mapping[str, str] = {"at once": "genast", "promptly": "skyndsamt"}

UNITS: Mapping[str, tuple[str, str]] = {
    "hours": ("timme", "timmar"),
    "days": ("dag", "dagar"),
    "working days": ("arbetsdag", "arbetsdagar"),
    "weeks": ("vecka", "veckor"),
    "months": ("månad", "månader"),
}

MARKS: Mapping[State, str] = {
    "overdue": "! tiden har gått ut",
    "done": "✓ gjort",
    "ask_first": "? fråga först",
    "declined": "– avböjt",
    "gone": "✕ bortfallen",
    "ended": "avslutad",
    "missed": "! missad",
}
ACCEPTED_OFFER = "✓ tackat ja"
NO_LONGER = "inte längre aktuellt"
WITHDRAWN = "✕ återtagen"
REPLACED = "✕ ersatt"
WAITS = "väntar på samtycke"
NOT_TOLD = "får inget veta"

LEGEND_SHAPES: Mapping[Shape, str] = {
    "event": "händelse",
    "condition": "villkor",
    "decision": "åtgärd",
    "offer": "erbjudande",
    "question": "bedömning",
    "receiver": "den som får veta eller tar emot",
}

LEGEND_STATES: Mapping[State, str] = {
    "due": "● att göra (○ om man vill)",
    "overdue": "! tiden har gått ut",
    "done": "✓ gjort",
    "ask_first": "? fråga om samtycke först",
    "declined": "– avböjt",
    "gone": "✕ återtagen eller bortfallen",
    "ended": "avslutad eller inte längre aktuellt",
    "missed": "! missad",
    "faded": "inte aktuellt",
}

CHAIN_COLUMNS: Mapping[str, str] = {
    "event": "Händelse",
    "condition": "Villkor",
    "at once": "Genast",
    "promptly": "Skyndsamt",
    "in time": "Inom utsatt tid",
    "open": "Utan bestämd tid",
    "then": "Därefter",
    "later": "Längre fram",
}
"""The columns of an event chain, from left to right."""

CHAIN_SUBTITLE = "Vem som ska göra vad när det händer, och vem som får veta."
ASSESSED_HOW: Mapping[str, str] = {"must": "ska bedömas", "should": "bör bedömas", "may": "får bedömas"}
YES, REFUSED, ACCEPTED, PASSED, ASSESSED = "ja", "vid nej", "vid ja", "tiden går ut", "bedömt"
SHORT_TOLD: Mapping[str, str] = {"circumstances": "det som hänt", "identity": "vem det gäller"}
SHORT_GROUNDS: Mapping[str, str] = {"consent": "samtycke", "no identity": "utan identitet", "none": "ingen grund angiven"}
GROUNDS: Mapping[str, str] = {
    "clause": "stöd i lag",
    "consent": "med personens samtycke",
    "no identity": "uppgift utan identitet",
    "none": "ingen grund angiven",
}

FIXED = "\u00a0"
"""A space at which no line is broken."""

MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def capital(text: str) -> str:
    """A text with its first letter large; the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(words: list[str] | tuple[str, ...], last: str = "och") -> str:
    """"a, b och c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def day_and_time(when: datetime) -> str:
    """"14 maj kl. 21.10", in the time that `when` carries, with spaces where no line breaks."""
    return f"{when.day}{FIXED}{MONTHS[when.month - 1]}{FIXED}kl.{FIXED}{when:%H.%M}"


def day_and_year(when: datetime) -> str:
    """"14 maj 2013"."""
    return f"{when.day}{FIXED}{MONTHS[when.month - 1]}{FIXED}{when.year}"
