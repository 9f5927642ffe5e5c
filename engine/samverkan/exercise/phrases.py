"""Every fixed Swedish word and phrase of the exercise room, in tables: what a proofreader reads."""

from __future__ import annotations

from collections.abc import Mapping

MODALS: Mapping[str, str] = {"must": "ska", "should": "bör", "may": "får"}

STATUSES: Mapping[str, str] = {
    "ask_first": "fråga först",
    "due": "ska göras",
    "done": "gjort",
    "declined": "avböjt",
    "lapsed": "bortfallen",
    "withdrawn": "återtagen",
}
DUE_BY_STRENGTH: Mapping[str, str] = {"must": "ska göras", "should": "bör göras", "may": "får göras"}
IN_FORCE = "gäller"

FLAGS: Mapping[str, str] = {
    "acknowledged": "kvitterad",
    "late": "sent känd",
    "overdue": "försenad",
    "passed": "passerad tidsfrist",
    "told_without_consent": "lämnat utan samtycke",
}

BASIS: Mapping[str, str] = {
    "stated": "står i källan",
    "inferred": "följer av källan",
    "assumed": "vårt antagande",
}

SEEN: Mapping[bool, str] = {True: "texten kontrollerad", False: "ej kontrollerad"}

TELLINGS: Mapping[str, str] = {"identity": "även vem det gäller", "circumstances": "omständigheterna, inte vem det gäller"}

CONSENTS: Mapping[str, str] = {
    "given": "samtycke finns",
    "refused": "samtycke är nekat",
    "withdrawn": "samtycket är återtaget",
    "expired": "samtycket har gått ut",
    "unknown": "samtycke är inte inhämtat",
}

MARKS: Mapping[str, str] = {
    "done": "Gjort",
    "accepted": "Tackat ja",
    "declined": "Tackat nej",
    "acknowledged": "Kvitterat",
}

UNITS: Mapping[str, tuple[str, str]] = {
    "hour": ("timme", "timmar"),
    "day": ("dag", "dagar"),
    "working day": ("arbetsdag", "arbetsdagar"),
    "week": ("vecka", "veckor"),
    "month": ("månad", "månader"),
}
REMINDERS: Mapping[str, str] = {"at once": "genast", "promptly": "skyndsamt"}

NOT_KNOWN = "inte känt"
CONCLUDED: Mapping[str, str] = {"true": "ja", "false": "nej", "unknown": "inte avgjort"}
HOLDS: Mapping[bool | None, str] = {True: "uppfyllt", False: "inte uppfyllt", None: "inte avgjort"}
THE_CASE = "ärendet"

SECTIONS: Mapping[str, str] = {
    "ask_first": "Fråga först",
    "due": "Att göra",
    "flagged": "Tiden har gått ut",
    "done": "Gjort",
    "declined": "Avböjt",
    "lapsed": "Bortfallet",
    "withdrawn": "Återtaget",
}
"""Headings over the decisions of a step, in the order in which they are told."""

EXPECTED: Mapping[str, str] = {
    "due": "skulle vara att göra",
    "not": "skulle inte vara aktuellt",
    "ask": "skulle vänta på ett samtycke",
    "done": "skulle vara gjort",
    "declined": "skulle vara avböjt",
    "lapsed": "skulle ha fallit bort",
    "withdrawn": "skulle vara återtaget",
    "overdue": "skulle vara försenat",
    "exactly": "skulle vara aktuellt",
}

DIFFICULTY = "Svårighet {} av 5"
MEANWHILE = "Under tiden"
"""Heading over what time alone has brought since the step before."""
CONDITIONS = "Villkor:"
EXCEPTION = "undantag: "
NEVER = "{} blev aldrig aktuellt."
DEPENDS_ON = "Det beror på:"
TIME = "Tid"
DOES = "Gör det"
SOURCE = "Källa"
ALLOWED = "Får lämnas enligt"
STANDS = "Läge"
ASKING = "Fråga om samtycke"
RECIPIENTS: Mapping[str, str] = {
    "notify": "Tar emot",
    "consult": "Svarar",
    "apply": "Tar emot",
    "offer": "Ges av",
}
"""Who is told, answers or gives, by kind of measure."""
NOTHING_NEW = "Inget nytt att göra."
TIME_PASSES = "Tiden går."
"""Said of a step in which nothing but time has come."""
ANSWER_ALOUD = "Svara högt: vad ska göras, av vem, hur snabbt, och vem får veta vad? Tryck Enter för facit."
STOPPED = "Övningen avbröts."
ALL_MET = "Alla förväntningar i scenariot stämmer."
LEDGER = "Liggare"
LEDGER_COLUMNS = ("När", "Vad", "Vem", "Läge")
FACIT = "facit"
PARTICIPANTS_SHEET = "Deltagarblad"
LEADER_SHEET = "Ledarblad med facit"
PARTICIPANTS_TASK = (
    "Läs ett steg i taget. Skriv vad som ska göras, av vem, hur snabbt och vem som får veta vad, innan ni läser vidare."
)
ANSWERS = "Era svar på steg {}"
ANSWER_COLUMNS = ("Nr", "Vad ska göras, och för vem?", "Av vem?", "Hur snabbt?", "Vem får veta vad?")
FACIT_COLUMNS = ("Vad", "Tid", "Vem svarar nu", "Regel och källa")
QUESTIONS = "Att ta reda på"
CONTRADICTIONS = "Går inte att följa samtidigt"
UNMET = "Förväntningar som inte stämmer"
TALK = "Att prata om"
ONLY_KNOWS = "Bara {} vet"


def capital(text: str) -> str:
    """The text with its first letter large; the rest as it is."""
    return text[:1].upper() + text[1:]
