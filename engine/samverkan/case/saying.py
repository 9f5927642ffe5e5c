"""Conditions and hindrances in Swedish: what was read, how sure it is and what is behind it, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from samverkan.case.explained import Happened, Hindrance, Read
from samverkan.plan.model import UNKNOWN, Plan
from samverkan.plan.spelling import listed
from samverkan.wording import phrases
from samverkan.wording.clock import day, day_and_clock
from samverkan.wording.conditions import occasion, whom_for
from samverkan.wording.phrases import capital
from samverkan.wording.wording import Wording

UNKNOWN_SINCE: Mapping[str, str] = {
    "unknown": "inte känt",
    "contradictory": "inte känt, eftersom uppgifterna säger emot varandra",
    "too_old": "inte känt för den tiden, eftersom det som sägs gäller en senare tid",
    "nobody": "inte känt, eftersom det inte är känt vem det är",
}
SURE: Mapping[str, str] = {"said": " (enligt uppgift)", "established": " (fastställt)"}
NO_RELATION = "Ingen sådan relation är känd."


class Saying:
    """Sentences for one explanation.

    Args:
        plan: gives the words.
        who: subject id → what it is called in running text.
        happened: the events that may be named.
        now: when it is told; a time of the same year is told without the year.
        about: whom or what all is about, whose facts are told without saying whose.
    """

    __slots__ = ("_happened", "about", "now", "plan", "wording")

    def __init__(self, plan: Plan, who: Mapping[str, str], happened: Iterable[Happened], now: datetime, about: str) -> None:
        self.plan = plan
        self.about = about
        self.wording = Wording(plan, who)
        self._happened = {one.id: one for one in happened}
        self.now = self.wording.local(now)

    # -- pieces ---------------------------------------------------------------------------------------------------------------

    def moment(self, at: datetime) -> str:
        """An instant: "lördag 16 maj kl. 23.10"."""
        return day_and_clock(self.wording.local(at), self.now)

    def day(self, when: date) -> str:
        """A day: "lördag 16 maj"."""
        return day(when, self.now.date())

    def event(self, name: str) -> str | None:
        """An event with its time; None for what is none that is known."""
        one = self._happened.get(name)
        if one is None:
            return None
        return f"{one.text}, {self.moment(one.at)}{' (sedan återtaget)' if one.void else ''}"

    def events(self, names: Iterable[str], indent: str) -> Iterator[str]:
        """A line for each event that is known."""
        for name in names:
            said = self.event(name)
            if said is not None:
                yield f"{indent}– {said}"

    def value(self, read: Read) -> str:
        """The value that was read, and how sure it is."""
        if read.stands == "concluded":
            return phrases.CONCLUDED[read.value]
        if read.value == UNKNOWN:
            return UNKNOWN_SINCE.get(read.stands, phrases.NOT_KNOWN)
        return self.wording.value(read.fact, read.value) + SURE.get(read.stands, "")

    def values(self, fact: str, values: Iterable[str]) -> str:
        """Some values of a fact: "under 18 år eller kan vara under 18 år"."""
        return listed([self.wording.value(fact, one) for one in values], "eller")

    def fact(self, fact: str, subject: str, end: str | None = None) -> str:
        """A fact, and whose it is where that isn't plain: a name, or the end of a relation at which nobody is known."""
        label = self.wording.fact(fact)
        if end is None:
            return label if subject == self.about else f"{label} ({self.wording.name(subject)})"
        roles = [relation.ends[end] for relation in self.plan.relations.values() if end in relation.ends]
        return f"{label} ({self.plan.roles[roles[0]].definite if roles else end}, {self.wording.name(subject)})"

    # -- conditions -----------------------------------------------------------------------------------------------------------

    def reads(self, found: Iterable[Read], at: datetime, indent: str = "", *, asked: bool = True) -> Iterator[str]:
        """Lines for what was read at `at`, each with the events behind it, or what it follows from. `asked`: the values that are
        wanted are those that the rule wants."""
        for read in found:
            yield from self.read(read, at, indent, asked=asked)

    def read(self, read: Read, at: datetime, indent: str = "", *, asked: bool = True) -> Iterator[str]:
        """The lines of one condition."""
        then = f", så som det var {self.moment(read.at)}" if read.at != at and read.stands != "concluded" else ""
        said = f"{indent}• {capital(self.fact(read.fact, read.subject, read.end))}: {self.value(read)}{then}."
        if asked and (read.holds is not True or read.wanted != (read.value,)):
            said += f" {'Det räcker' if read.holds else 'Det krävs'}: {self.values(read.fact, read.wanted)}."
        if read.stands == "concluded" and not read.below:
            said += f" {NO_RELATION}"
        yield f"{said} Något av det här räcker:" if read.one_of else said
        if read.below:
            yield from self.reads(read.below, at, f"{indent}  ", asked=asked and "true" in read.wanted and not read.one_of)
        else:
            yield from self.events(read.events, f"{indent}  ")

    # -- hindrances -----------------------------------------------------------------------------------------------------------

    def hindrances(self, found: Iterable[Hindrance], rule: str, at: datetime, indent: str = "") -> Iterator[str]:
        """Lines for why something isn't due; `rule`: the one that it is about."""
        for one in found:
            yield from self._hindrance(one, rule, at, indent)

    def _hindrance(self, one: Hindrance, rule: str, at: datetime, indent: str) -> Iterator[str]:
        if one.kind == "condition":
            yield from self._condition(one, at, indent)
            return
        if one.kind == "exception":
            yield f"{indent}• Ett undantag gäller:"
            for reads in one.one_of:
                yield from self.reads(reads, at, f"{indent}  ")
            return
        yield f"{indent}• {self._simple(one, rule)}"
        yield from self.events(one.events, f"{indent}  ")

    def _condition(self, one: Hindrance, at: datetime, indent: str) -> Iterator[str]:
        if one.read is not None:
            yield from self.read(one.read, at, indent)
            return
        how = "uppfyllt" if one.holds is False else "känt"
        yield f"{indent}• Inget av det här är {how}, men något av det skulle räcka:"
        for reads in one.one_of:
            yield from self.reads(reads, at, f"{indent}  ")

    def _simple(self, one: Hindrance, rule_id: str) -> str:
        name, rule = self.wording.name(one.subject), self.plan.rules[rule_id]
        match one.kind:
            case "no_relation":
                label = self.plan.relations[rule.of].label
                return f"Det är inte känt att {name} är {self._role(one)} i någon relation av slaget {label}."
            case "other_sort":
                others = listed([self.wording.name(other) for other in one.others])
                instead = f" Fråga i stället om {others}." if others else ""
                return f"Regeln gäller {whom_for(self.plan, rule)}, och det är inte {name}.{instead}"
            case "not_yet":
                return f"{capital(name)} fanns inte i ärendet då."
            case "role":
                return f"Regeln gäller {whom_for(self.plan, rule)}, och det är inte {name}."
            case "not_in_force":
                return self._not_in_force(one)
            case "no_occurrence":
                if one.events:
                    return f"Det som regeln väntar på gäller inte längre: {occasion(self.plan, rule)}."
                return f"Det som regeln väntar på har inte hänt: {occasion(self.plan, rule)}."
            case "overridden":
                over = self.plan.rules[one.rule or rule_id]
                return f"En annan regel går före: {over.title}. {one.because}".rstrip()
            case "end_not_known":
                end = one.role or ""
                roles = [relation.ends[end] for relation in self.plan.relations.values() if end in relation.ends]
                return f"{capital(self.plan.roles[roles[0]].definite if roles else 'den')} som det gäller är inte känd i {name}."
        return self._of_measure(one, name)

    def _of_measure(self, one: Hindrance, name: str) -> str:
        """What hinders a measure whose rule may hold."""
        recipient = self.wording.function(one.recipient) if one.recipient is not None else ""
        consent = phrases.CONSENTS.get(one.consent or "", "")
        match one.kind:
            case "refused":
                return f"{capital(consent)} av {name}, när det gäller kontakt med {recipient}."
            case "ask_first":
                return f"Det väntar på samtycke från {name} till kontakt med {recipient}: {consent}."
            case "not_refused":
                return f"Det kommer i fråga först om {name} säger nej till kontakt med {recipient}: {consent}."
            case "declined":
                return f"{capital(name)} har tackat nej."
            case "done_by_another":
                title = self.plan.rules[one.rule or ""].title
                return f"Det är gjort på annat sätt, av {self.wording.function(one.bearer or '')}: {title}."
        measure = self.plan.rules[one.rule or ""].measure(one.measure or "")
        bearer = self.wording.function(one.bearer or "")
        if measure is not None and measure.kind == "assess":
            return f"Det är redan gjort av {bearer}, eller svaret är känt: {self.fact(measure.object, one.subject)}."
        return f"Det är redan gjort av {bearer}."

    def _role(self, one: Hindrance) -> str:
        role = self.plan.roles.get(one.role or "")
        return role.label if role is not None else one.role or ""

    def _not_in_force(self, one: Hindrance) -> str:
        spans = [f"från och med {day(one.first)}"] if one.first is not None else []
        spans += [f"till och med {day(one.last)}"] if one.last is not None else []
        counts = f" Dagen som räknas är {day(self.wording.local(one.at).date())}." if one.at is not None else ""
        return f"Regeln gäller {' '.join(spans)}.{counts}"
