"""Every fixed Swedish word and phrase that people are told decisions in, also at an exercise: what a proofreader reads."""

from __future__ import annotations

from collections.abc import Mapping

MODALS: Mapping[str, str] = {"must": "ska", "should": "bör", "may": "får"}

STATUSES: Mapping[str, str] = {
    "ask_first": "fråga först",
    "due": "ska göras",
    "done": "gjort",
    "declined": "avböjt",
    "withdrawn": "återtagen",
}
ENDED: Mapping[str, str] = {
    "ended": "avslutad",
    "missed": "missad",
    "needless": "bortfallen",
    "not_in_force": "gäller inte längre",
    "no_longer": "inte längre aktuellt",
}
"""What has become of a lapsed decision, by its ending."""
DUE_BY_STRENGTH: Mapping[str, str] = {"must": "ska göras", "should": "bör göras", "may": "får göras"}
IN_FORCE = "gäller"

FLAGS: Mapping[str, str] = {
    "acknowledged": "kvitterad",
    "late": "sent känd",
    "passed": "efter tidsfristen",
    "told_without_consent": "lämnat utan samtycke",
}

BASIS: Mapping[str, str] = {
    "stated": "står i källan",
    "inferred": "följer av källan",
    "assumed": "vårt antagande",
}

UNSEEN = "ej kontrollerad"
"""Said of a citation whose text nobody has read for the time in question."""

TOLD: Mapping[str, str] = {
    "identity": ", med uppgift om vem det gäller",
    "circumstances": ", utan att röja vem det gäller",
    "nobody": ", utan personuppgifter",
}
"""What a notification tells: of a person, or of nobody."""

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
    "accepted": "Tackar ja till",
    "declined": "Tackar nej till",
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

OVERDUE = "försenad sedan {}"
REMINDED = "{} (påminnelse {})"
"""How fast, and when the plan reminds: no deadline, for what is due at once is due at once."""

NOT_KNOWN = "inte känt"
CONCLUDED: Mapping[str, str] = {"true": "ja", "false": "nej", "unknown": "inte avgjort"}
HOLDS: Mapping[bool | None, str] = {True: "uppfyllt", False: "inte uppfyllt", None: "inte avgjort"}
THE_CASE = "ärendet"

TO_DO = "Att göra"
BANDS: Mapping[str, str] = {
    "now": "Genast",
    "day": "Inom ett dygn",
    "later": "Senare",
    "open": "Utan bestämd tid",
    "during": "Hela tiden",
    "asked": "Först efter samtycke",
    "may": "Får göras",
    "not": "Gör inte",
}
"""Headings inside what is to be done, in the order in which they are told."""

SECTIONS: Mapping[str, str] = {
    "flagged": "Sedan förra steget har tiden gått ut för",
    "reminded": "Påminnelse: det här är inte angivet som gjort",
    "done": "Gjort",
    "declined": "Avböjt",
    "missed": "Missat",
    "ended": "Avslutat",
    "needless": "Behövs inte längre",
    "not_in_force": "Gäller inte längre",
    "no_longer": "Inte längre aktuellt",
    "withdrawn": "Återtaget",
}
"""Headings over what needs nothing more, in the order in which they are told."""

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
ANSWER_ALOUD = "Svara högt: vad ska göras, av vem, hur snabbt, och vem får veta vad?"
TALK_ALOUD = "Prata om frågan och svara högt."
ENTER_FOR_ANSWERS = "Tryck Enter för facit, eller f och Enter för det förra steget."
ENTER_FOR_NEXT = "Tryck Enter för nästa steg ({} av {}), eller f och Enter för det förra."
ENTER_FOR_LEDGER = "Det var sista steget. Tryck Enter för liggaren, eller f och Enter för det förra."
BACK = "f"
CARDS_NOW = "Till det här steget finns kort, som övningsledaren lämnar ut."
"""Said to all. It doesn't say who has one: that would give away who is concerned."""
STOPPED = "Övningen avbröts."
ALL_MET = "Alla förväntningar i scenariot stämmer."
LEDGER = "Liggare"
LEDGER_COLUMNS = ("När", "Vad", "Vem", "Läge")
PARTICIPANTS_SHEET = "Deltagarblad"
LEADER_SHEET = "Ledarblad med facit"
CARDS = "Egna kort"
PARTICIPANTS_TASK = (
    "Ett steg i taget: vik bladet vid strecket så att nästa steg inte syns. Skriv vad som ska göras, av vem, hur snabbt och vem "
    "som får veta vad, innan ni vänder. Alla vid borden läser samma berättelse. I verkligheten vet er verksamhet bara det som den "
    "själv har sett eller har fått veta av någon som får berätta det. Svara utifrån det."
)
LEADER_TASK = (
    "Facit står i den ordning som det är bråttom. Bocka av det som gruppen kom på. Där inget annat sägs är källans text läst för "
    "den tid som avses. Regelns text och källa står bara första gången som regeln kommer."
)
BEFORE = "Inför övningen"
SHOWS = "Det här övas"
STOPS = "{} stopp. Räkna med ungefär {} minuter: {} vid varje stopp med facit och {} vid varje stopp med bara en fråga."
TWO_SITTINGS = "Det är långt för ett pass. Dela på två, eller välj i förväg vilka stopp gruppen stannar vid."
ACTS = "Har något att göra"
RECEIVES = "Får veta något eller tar emot, utan annat att göra"
AT_STOPS: Mapping[bool, str] = {False: "{} ({} stopp)", True: "{} (1 stopp)"}
"""A function and at how many stops; True: at just one."""
CARDS_TO = "Kort att lämna ut"
AT_STEP = "steg {}: {}"
ROUND = "Så går ett stopp till"
ROUND_STEPS = (
    "Läs upp berättelsen och frågan. Säg inget om vad läget kallas i planen: det är gruppens sak.",
    "Lämna ut korten till det steget, vart och ett bara till sin verksamhet.",
    "Varje bord skriver sina svar. Den som inte får veta något i berättelsen svarar ändå vad som gäller den dag den får det.",
    "Gå igenom facit uppifrån. Fråga varför, och läs regelns text när gruppen är oense.",
    "Har någon berättat något för den som inte får veta det, stanna där. Det är det allvarligaste felet.",
)
AFTER = "Genomgång efter övningen"
AFTER_STEPS = (
    "Vad missade alla? Där är planen otydlig eller okänd. Skriv upp det åt dem som ansvarar för planen.",
    "Vad berättades för någon som inte får veta det, och hur hade det gått till i verkligheten?",
    "Vad hade blivit svårare en natt, en helg eller utan tolk?",
    "Vad gör varje verksamhet annorlunda från i morgon, och vem ser till det?",
)
PLAN_WORDS = "I planens ord"
REPLY = "Värt att säga"
GIVE_CARD = "Lämna kortet till"
TOLD_AT = "Regelns text står vid steg {}."
NOT_HERE = "Inte aktuellt nu"
NOT_HERE_WHY = "Svarar någon så här är det inte fel tänkt, men regelns villkor är inte uppfyllda:"
CARDS_TASK = "Klipp isär korten. Ett kort lämnas bara till den verksamhet som det gäller, när gruppen kommer till steget."
CARD = "Till {} – steg {}"
ANSWERS = "Era svar på steg {}"
ANSWER_COLUMNS = ("Nr", "Vad ska göras, och för vem?", "Av vem?", "Hur snabbt?", "Vem får veta vad?")
QUESTIONS = "Att ta reda på"
MORE_UNKNOWN: Mapping[bool, str] = {False: "och {} uppgifter till", True: "och 1 uppgift till"}
ONLY_UNKNOWN: Mapping[bool, str] = {False: "{} uppgifter är inte kända", True: "1 uppgift är inte känd"}
"""How many more facts are not known, after some questions or instead of any; True: just one."""
CONTRADICTIONS = "Går inte att följa samtidigt"
UNMET = "Förväntningar som inte stämmer"
TALK = "Att prata om"
ONLY_KNOWS = "Bara {} vet"


def capital(text: str) -> str:
    """The text with its first letter large; the rest as it is."""
    return text[:1].upper() + text[1:]
