"""The door of a case: an event that isn't in the plan's words, or that carries personal data, is refused with a reason.

Only the event itself is looked at; what it leads to in a case (impossible combinations, an event about nobody) is the
case's to judge. The contract leaves two choices, made here: an event can't be known before it has happened, and a wish
that carries its own consent states neither recipient nor what may be told, since the plan does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from samverkan.decide.errors import EventError
from samverkan.decide.events import About, Event, Mark
from samverkan.decide.instants import check_time
from samverkan.decide.naming import nearest, quoted
from samverkan.decide.personal import personal_data
from samverkan.decide.prepared import CONSENT_RULE
from samverkan.plan.answers import ANSWER, ASKED_OF, kind_of
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, EventType, Measure, Plan, Rule, Says
from samverkan.plan.spelling import listed

CASE_ID = "case"
"""The id of the subject that is the case itself."""

LONGEST_ID, LONGEST_EVENT_ID, LONGEST_TEXT = 100, 200, 2000
"""How many characters a name or word, an event's id and a running text may have. Nothing longer is searched or compared."""
ALL_WORDS = "Alla ord: samverkan decide --words"
TELLINGS = ("circumstances", "identity")
MARKS = ("acknowledged", "done", "accepted", "declined")

_ID = re.compile(r"[^\W_][\w.:-]{0,99}")
_MANY = 30
_HIGHEST = 10**9
_LENGTHS = {"id": LONGEST_EVENT_ID, "how": LONGEST_TEXT, "reason": LONGEST_TEXT, "tillfälle": LONGEST_TEXT}
_EVENT_ID = re.compile(r"[^\s,]{1,200}")
_OCCURRENCE = re.compile(r"[^\s,]{1,200}|\S[^\n]*/[^\n]*")
"""An event's id, or a decision as its id is written; so a mark can always be written as text and read again."""


class FieldError(EventError):
    """What is wrong with one key of an event: `key`, and in `facts` the fact that it is about (`word`)."""

    def __init__(self, key: str, text: str, word: str | None = None) -> None:
        super().__init__(text)
        self.key = key
        self.word = word


def check_event(plan: Plan, event: Event, *, strict: bool = True) -> None:
    """Refuses an event that the plan has no words for or that can't be.

    `strict=False` takes what is well-formed but says something that can't count (dated before the plan's validity, an
    answer to what is no offer, an offence after the event): a feed may bring it, and `decide` asks or leaves it.

    Raises:
        EventError: with a Swedish text that never repeats personal data; a FieldError where one key is to blame.
    """
    _check_texts(event)
    _check_identity(event)
    _check_times(plan, event, strict)
    if event.type is not None and event.mark is not None:
        raise EventError("En händelse är antingen av en händelsetyp eller ett märke på ett beslut, inte båda.")
    if event.type is not None:
        _check_typed(plan, event)
    elif event.mark is not None:
        _check_mark(plan, event, event.mark, strict)
    elif not event.void:
        raise EventError(f"Händelsen {quoted(event.id)} säger inte vad som har hänt: ange en händelsetyp eller ett märke.")


def check_length(name: str, text: str, longest: int = LONGEST_ID) -> None:
    """Refuses a text that is too long, before anything is looked for in it. Raises EventError, which doesn't repeat the text."""
    if len(text) > longest:
        raise EventError(_too_long(name, longest))


def check_personal(name: str, text: str) -> None:
    """Refuses a text with personal data before it is cut into words, of which an error might repeat one. Raises EventError."""
    found = personal_data(text)
    if found:
        raise EventError(_personal(name, found))


def _personal(name: str, found: str) -> str:
    return (
        f"Fältet {name} ser ut att innehålla {found}. Personuppgifter får inte finnas i ett ärende här: "
        "använd en beteckning, till exempel S1."
    )


def _too_long(name: str, longest: int) -> str:
    return f"Fältet {name} är längre än {longest} tecken. Skriv kortare."


def valid(word: str, words: Iterable[str]) -> str:
    """The end of an error text: the nearest valid word, else all of them, or where there are very many, how to see them."""
    every = list(words)
    near = nearest(word, every)
    if near != ".":
        return near
    return f". Giltigt är {listed(every, 'eller')}." if 0 < len(every) <= _MANY else f". {ALL_WORDS}"


# -- texts and identity ------------------------------------------------------------------------------------------------


def _texts(event: Event) -> Iterator[tuple[str, str, str | None, str]]:
    """Every text that an event carries: its key, what the field is called, the fact that it belongs to, the text."""
    mark, about = event.mark, event.about
    fields: list[tuple[str, str, str | None, str | None]] = [
        ("id", "id", None, event.id), ("event", "händelsetyp", None, event.type), ("recipient", "mottagare", None, event.recipient),
        ("telling", "telling", None, event.telling), ("how", "how", None, event.how), ("same_as", "same_as", None, event.same_as),
        ("reason", "reason", None, event.reason),
    ]  # fmt: skip
    if about is not None:
        fields += [("about", "about", None, part) for part in (about.subject, about.sort, about.role, *about.ends)]
    for path, value in event.facts:
        fields += [("facts", "facts", path, path), ("facts", "facts", path, value)]
    if mark is not None:
        fields += [(mark.kind, "märke", None, part) for part in (mark.rule, mark.measure, mark.subject, mark.bearer)]
        fields.append((mark.kind, "tillfälle", None, mark.occurrence))
    yield from ((key, name, word, text) for key, name, word, text in fields if text is not None)


def _check_texts(event: Event) -> None:
    for key, name, word, text in _texts(event):
        longest = _LENGTHS.get(name, LONGEST_ID)
        if len(text) > longest:
            raise FieldError(key, _too_long(name, longest), word)
        found = personal_data(text)
        if found:
            raise FieldError(key, _personal(name, found), word)
        if any(not letter.isprintable() and letter != "\n" for letter in text):
            raise FieldError(key, f"Fältet {name} innehåller styrtecken. Skriv om texten.", word)


def _check_identity(event: Event) -> None:
    if not _EVENT_ID.fullmatch(event.id):
        raise FieldError("id", "En händelse måste ha ett id utan blanksteg och kommatecken, högst 200 tecken långt.")
    if not -_HIGHEST < event.revision < _HIGHEST:
        raise FieldError("revision", "Ett versionsnummer har högst nio siffror.")
    if event.revision < 1:
        raise FieldError("revision", f"Händelsen {quoted(event.id)} har version {event.revision}; den första versionen är 1.")


def _check_name(key: str, name: str) -> None:
    if not _ID.fullmatch(name):
        raise FieldError(
            key,
            "En beteckning på en person, relation eller insats består av bokstäver och siffror (även punkt, kolon, "
            "bindestreck och understreck), till exempel S1. Skriv aldrig namn.",
        )


# -- times -------------------------------------------------------------------------------------------------------------


def _check_times(plan: Plan, event: Event, strict: bool) -> None:
    times = (("at", event.at), ("known_at", event.known_at), ("until", event.until), ("offence_at", event.offence_at))
    for name, at in times:
        if at is None:
            continue
        try:
            check_time(at, name)
        except EventError as problem:
            raise FieldError(name, problem.text) from None
    if event.known_at < event.at:
        text = "Tiden known_at ligger före at: det som inte har hänt kan inte vara känt. Ändra någon av tiderna."
        raise FieldError("known_at", text)
    if event.until is not None and event.until <= event.at:
        raise FieldError("until", "Samtycket slutar (until) innan det börjar (at).")
    if strict and not event.void:
        _check_validity(plan, event)


def _check_validity(plan: Plan, event: Event) -> None:
    if event.at.astimezone(ZoneInfo(plan.timezone)).date() < plan.first:
        raise FieldError(
            "at",
            f"Händelsen är daterad före planens giltighet: {plan.title} gäller från och med {plan.first}. "
            "En gärning får ligga tidigare (offence_at).",
        )
    if event.offence_at is not None and event.offence_at > event.at:
        raise FieldError("offence_at", "Gärningen (offence_at) ligger efter händelsen (at).")


# -- events of a type --------------------------------------------------------------------------------------------------


def _check_typed(plan: Plan, event: Event) -> None:
    kind = _kind_of_answer(plan, event) if event.type == ANSWER else plan.events.get(event.type or "")
    if kind is None:
        raise FieldError("event", f"Okänd händelsetyp {quoted(event.type or '')}{nearest(event.type or '', plan.events)}")
    if event.about is None:
        raise EventError(f"Händelsen '{kind.id}' måste säga vem eller vad den handlar om (about).")
    _check_about(plan, kind, event.about)
    _check_facts(plan, kind, event.facts)
    if event.type == ANSWER:
        _check_how(event)
    else:
        _check_consent(plan, kind, event)
    relation = plan.relations.get(kind.about)
    if event.offence_at is not None and not (relation is not None and relation.offence):
        raise FieldError("offence_at", f"Händelsen '{kind.id}' kan inte ange när en gärning begicks (offence_at).")
    if event.same_as is not None:
        _check_same(kind, event.about, event.same_as)


def _kind_of_answer(plan: Plan, event: Event) -> EventType:
    """What an answer is about: it says one fact, by the fact's own name."""
    if len(event.facts) != 1:
        raise FieldError("facts", f"Händelsen '{ANSWER}' svarar på en fråga och säger en uppgift, till exempel age: child.")
    fact = event.facts[0][0]
    if fact not in plan.facts:
        raise FieldError("facts", f"Okänd uppgift {quoted(fact)} i händelsen '{ANSWER}'{nearest(fact, plan.facts)}", fact)
    return kind_of(plan, ANSWER, event.facts)


def _check_how(event: Event) -> None:
    """An answer may say who gave it (how), and has nothing of a consent."""
    for name in ("recipient", "telling", "until", "same_as"):
        if getattr(event, name) is not None:
            raise FieldError(name, f"Händelsen '{ANSWER}' är ett svar på en fråga och kan inte ange {name}.")
    if event.how is not None and event.how not in ASKED_OF:
        raise FieldError("how", f"Okänt värde {quoted(event.how)} för how{valid(event.how, ASKED_OF)}")


def sort_label(plan: Plan, sort: str) -> str:
    """A sort of subject in Swedish, for texts."""
    if sort in plan.relations:
        return f"relationen {plan.relations[sort].label}"
    return {PERSON: "en person", OPERATION: "en insats", CASE: "ärendet"}.get(sort, sort)


def _check_about(plan: Plan, kind: EventType, about: About) -> None:
    if about.sort is not None and about.sort not in (PERSON, OPERATION, CASE, *plan.relations):
        raise FieldError("about", f"Okänt slag av subjekt {quoted(about.sort)}{valid(about.sort, plan.relations)}")
    if about.sort is not None and about.sort != kind.about:
        raise FieldError(
            "about",
            f"Händelsen '{kind.id}' handlar om {sort_label(plan, kind.about)}, inte om {sort_label(plan, about.sort)}.",
        )
    if (kind.about == CASE) != (about.subject == CASE_ID):
        wanted = "ärendet: skriv case" if kind.about == CASE else f"{sort_label(plan, kind.about)}, inte om ärendet"
        raise FieldError("about", f"Händelsen '{kind.id}' handlar om {wanted}.")
    _check_name("about", about.subject)
    _check_ends(plan, kind, about)
    _check_role(plan, kind, about)


def _check_ends(plan: Plan, kind: EventType, about: About) -> None:
    if not about.ends:
        return
    relation = plan.relations.get(kind.about)
    if relation is None or about.sort is None:
        raise FieldError("about", f"Händelsen '{kind.id}' handlar om {sort_label(plan, kind.about)}, som inte har några ändar.")
    if len(about.ends) != len(relation.ends):
        raise FieldError(
            "about",
            f"Relationen {relation.label} har {len(relation.ends)} ändar ({', '.join(relation.ends)}), men "
            f"{len(about.ends)} är angivna. Skriv - för den som inte är känd.",
        )
    for person in about.ends:
        if person is None:
            continue
        _check_name("about", person)
        if person in (about.subject, CASE_ID):
            raise FieldError("about", f"Beteckningen {quoted(person)} kan inte stå i en ände av relationen {relation.label}.")


def _check_role(plan: Plan, kind: EventType, about: About) -> None:
    gives = kind.introduces or kind.begins or kind.ends_role
    if about.role is None:
        if (kind.begins or kind.ends_role) and kind.role is None:
            raise FieldError(
                "about",
                f"Händelsen '{kind.id}' ger eller avslutar en roll och måste nämna den, till exempel '{about.subject} "
                f"{next(iter(plan.roles), '…')}'.",
            )
        return
    if about.role not in plan.roles:
        raise FieldError("about", f"Okänd roll {quoted(about.role)}{valid(about.role, plan.roles)}")
    if kind.about != PERSON or not gives:
        raise FieldError("about", f"Händelsen '{kind.id}' varken för in någon eller ändrar en roll, och får inte nämna någon roll.")
    if kind.role is not None and about.role != kind.role:
        raise FieldError("about", f"Händelsen '{kind.id}' gäller rollen '{kind.role}', inte '{about.role}'.")


def _check_facts(plan: Plan, kind: EventType, facts: tuple[tuple[str, str], ...]) -> None:
    says = {one.path: one for one in kind.says}
    seen: set[str] = set()
    for path, value in facts:
        if path in seen:
            raise FieldError("facts", f"Uppgiften '{path}' står två gånger i samma händelse.", path)
        seen.add(path)
        if path not in says:
            known = set(plan.facts) | {f"{end}.{fact}" for fact in plan.facts for end in _ends(plan)}
            if path in known:
                raise FieldError("facts", f"Händelsen '{kind.id}' säger inget om '{path}'{valid(path, says)}", path)
            raise FieldError("facts", f"Okänd uppgift {quoted(path)} i händelsen '{kind.id}'{nearest(path, says)}", path)
        _check_value(plan, kind, says[path], value)


def _ends(plan: Plan) -> set[str]:
    return {end for relation in plan.relations.values() for end in relation.ends}


def _check_value(plan: Plan, kind: EventType, says: Says, value: str) -> None:
    values = says.values if kind.id == ANSWER else (*plan.facts[says.fact].values, UNKNOWN)
    if value not in values:
        raise FieldError("facts", f"Okänt värde {quoted(value)} för '{says.path}'{valid(value, values)}", says.path)
    if says.values and value not in says.values:
        text = f"Händelsen '{kind.id}' kan inte säga att '{says.path}' är '{value}'{valid(value, says.values)}"
        raise FieldError("facts", text, says.path)


def _check_consent(plan: Plan, kind: EventType, event: Event) -> None:
    if kind.consent is None:
        for name, value in (("recipient", event.recipient), ("telling", event.telling), ("until", event.until)):
            if value is not None:
                raise FieldError(name, f"Händelsen '{kind.id}' är inget samtycke och kan inte ange {name}.")
        if event.how is not None and kind.consent_for is None:
            raise FieldError("how", f"Händelsen '{kind.id}' är inget samtycke och kan inte ange how.")
        return
    if event.recipient is None:
        raise EventError(f"Händelsen '{kind.id}' måste säga vilken mottagare samtycket gäller (recipient).")
    if event.recipient not in plan.functions:
        raise FieldError("recipient", f"Okänd mottagare {quoted(event.recipient)}{valid(event.recipient, plan.functions)}")
    if event.telling is not None and event.telling not in TELLINGS:
        raise FieldError("telling", f"Okänt värde {quoted(event.telling)} för telling{nearest(event.telling, TELLINGS)}")
    if kind.consent == "given" and event.telling is None:
        raise EventError(
            f"Händelsen '{kind.id}' måste säga vad som får berättas (telling): circumstances (omständigheterna) eller "
            "identity (även vem det är)."
        )
    if kind.consent != "given" and event.until is not None:
        raise FieldError("until", f"Händelsen '{kind.id}' är inget ja och kan inte ange till när det gäller (until).")


def _check_same(kind: EventType, about: About, same_as: str) -> None:
    if kind.about != PERSON:
        raise FieldError("same_as", f"Händelsen '{kind.id}' handlar inte om en person och kan inte ange same_as.")
    _check_name("same_as", same_as)
    if same_as in (about.subject, CASE_ID):
        raise FieldError("same_as", "same_as måste nämna en annan person än den som händelsen handlar om.")


# -- marks -------------------------------------------------------------------------------------------------------------


def _check_mark(plan: Plan, event: Event, mark: Mark, strict: bool) -> None:
    if mark.kind not in MARKS:
        raise EventError(f"Okänt märke {quoted(mark.kind)}{nearest(mark.kind, MARKS)}")
    stray = (event.about, event.facts or None, event.recipient, event.telling, event.until, event.how)
    if any(value is not None for value in (*stray, event.offence_at, event.same_as)):
        raise EventError("Ett märke på ett beslut har bara tid, beslut och eventuellt skäl (reason).")
    if mark.subject != CASE_ID:
        _check_name(mark.kind, mark.subject)
    if mark.occurrence is not None and not _OCCURRENCE.fullmatch(mark.occurrence):
        raise FieldError(mark.kind, "Ett tillfälle (#) är en händelses id, eller det beslut vars tid har gått ut.")
    try:
        bearers = check_measure(plan, mark.rule, mark.measure)
    except EventError as problem:
        raise FieldError(mark.kind, problem.text) from None
    if mark.bearer is not None and mark.bearer not in bearers:
        if mark.bearer in plan.functions:
            text = f"'{mark.bearer}' svarar inte för {mark.rule}/{mark.measure}{nearest(mark.bearer, bearers)}"
            raise FieldError(mark.kind, text)
        raise FieldError(mark.kind, f"Okänd funktion {quoted(mark.bearer)}{nearest(mark.bearer, bearers)}")
    rule = plan.rules.get(mark.rule)
    measure = rule.measure(mark.measure) if rule is not None else None
    if strict and mark.kind in ("accepted", "declined") and (measure is None or measure.kind != "offer"):
        raise FieldError(mark.kind, f"{mark.rule}/{mark.measure} är inget erbjudande: bara ett erbjudande kan få ja eller nej.")
    if rule is not None and measure is not None and rule.each is None and mark.occurrence is not None:
        raise FieldError(mark.kind, f"Regeln '{rule.id}' gäller inte varje gång något händer: # kan inte anges.")


def check_measure(plan: Plan, rule_id: str, measure_id: str) -> tuple[str, ...]:
    """Who may bear a measure, or what follows from it: `samtycke/ask:…`, `…:correction`, `…:consent-ended`, and these of a unit.

    Raises:
        EventError: there is no such rule, or it has no such measure, or there is no such unit.
    """
    rule = plan.rules.get(rule_id)
    if rule is None and rule_id != CONSENT_RULE:
        raise EventError(f"Okänd regel {quoted(rule_id)}{nearest(rule_id, (*plan.rules, CONSENT_RULE))}")
    measures = _bearers(plan, rule)
    generated, _, unit = measure_id.rpartition(":")
    if ":" in generated and generated in measures:
        if unit not in plan.units:
            raise EventError(f"Okänd enhet {quoted(unit)} i {quoted(measure_id)}{nearest(unit, plan.units)}")
        return measures[generated]
    if measure_id not in measures:
        raise EventError(f"Regeln '{rule_id}' har ingen åtgärd {quoted(measure_id)}{nearest(measure_id, measures)}")
    return measures[measure_id]


def _bearers(plan: Plan, rule: Rule | None) -> dict[str, tuple[str, ...]]:
    """Measure id → who may bear it, for a rule, or for the asking for consents."""
    found: dict[str, tuple[str, ...]] = {}
    for measure in _measures(rule) if rule is not None else (m for r in plan.rules.values() for m in _measures(r)):
        consent = measure.allowed_consent
        if rule is None:
            if consent is not None:
                asking = f"ask:{consent}"
                found[asking] = tuple(dict.fromkeys((*found.get(asking, ()), *measure.who)))
            continue
        found[measure.id] = measure.who
        if measure.kind == "notify":
            found[f"{measure.id}:correction"] = measure.who
        if consent is not None:
            found[f"{measure.id}:consent-ended"] = measure.who
    return found


def _measures(rule: Rule) -> Iterator[Measure]:
    for measure in rule.then:
        yield measure
        if measure.if_refused is not None:
            yield measure.if_refused
