"""What a plan decides, told in Swedish sentences: built from the plan's labels and the names that a scenario gives its subjects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from samverkan.decide.answer import Answer, Answering, Citing, Decision, Due, Question, Subject
from samverkan.plan.answers import NO_VALUE
from samverkan.plan.model import CASE, UNKNOWN, Conclusion, Fact, Plan
from samverkan.plan.spelling import listed
from samverkan.wording import phrases
from samverkan.wording.clock import day, moment, since
from samverkan.wording.finding_out import find_out
from samverkan.wording.lateness import ending, told_flags
from samverkan.wording.phrases import capital

AMOUNT = re.compile(r"(?P<amount>\d+) (?P<unit>hour|day|working day|week|month)s?(?: after (?P<after>\S+))?")
"""A deadline of an amount, as a plan writes it."""


class Wording:
    """Swedish for one plan and one set of names.

    Args:
        plan: gives the labels and the zone.
        who: subject id → what it is called in running text ("kvinnan på hotellrummet"). A subject without a name is called
            by its id.
    """

    __slots__ = ("plan", "who", "zone")

    def __init__(self, plan: Plan, who: Mapping[str, str]) -> None:
        self.plan = plan
        self.who = who
        self.zone = ZoneInfo(plan.timezone)

    # -- names and words ---------------------------------------------------------------------------------------------------

    def local(self, at: datetime) -> datetime:
        """The instant on the clock of the plan's zone."""
        return at.astimezone(self.zone)

    def name(self, subject: str) -> str:
        """What the subject is called in running text."""
        return self.who.get(subject, phrases.THE_CASE if subject == CASE else subject)

    def function(self, function: str) -> str:
        """The function's label, as it stands inside a sentence."""
        found = self.plan.functions.get(function)
        return found.label if found is not None else function

    def unit(self, unit: str) -> str:
        """The unit's label."""
        found = self.plan.units.get(unit)
        return found.label if found is not None else unit

    def fact(self, path: str) -> str:
        """The label of a fact or conclusion."""
        return self._fact(path).label

    def value(self, fact: str, value: str) -> str:
        """The label of a value of a fact or conclusion."""
        found = self._fact(fact)
        if isinstance(found, Conclusion):
            return phrases.CONCLUDED[value]
        return phrases.NOT_KNOWN if value == UNKNOWN else found.values.get(value) or NO_VALUE[value]

    def _fact(self, name: str) -> Fact | Conclusion:
        return self.plan.facts[name] if name in self.plan.facts else self.plan.conclusions[name]

    # -- decisions -----------------------------------------------------------------------------------------------------------

    def sentence(self, decisions: Sequence[Decision]) -> str:
        """One sentence for decisions that differ only in who bears them: "Polisen ska …".

        What waits for a consent says so first, so that nobody takes it for something to do now.
        """
        one = decisions[0]
        bearers = listed([self.function(d.id.bearer) for d in decisions])
        if one.status == "ask_first":
            whom = self.name(one.person or one.id.subject)
            return f"Först om {whom} samtycker {phrases.MODALS[one.strength]} {bearers} {self.deed(one)}."
        return capital(f"{bearers} {phrases.MODALS[one.strength]} {self.deed(one)}.")

    def deed(self, decision: Decision) -> str:
        """What is to be done, or not, as an infinitive: "underrätta socialtjänsten om kvinnan på hotellrummet"."""
        subject, person = decision.id.subject, decision.person
        whom = self._end_of(decision) or self.name(person or subject)
        telling = decision.telling if person is not None else self.of_nobody(decision.telling)
        deed = self._deed(decision.kind, decision.object, whom, telling)
        if decision.kind == "refrain":
            deed = f"avstå från att {deed}" if decision.strength == "may" else f"inte {deed}"
        mentioned = (phrases.THE_CASE,) if decision.kind in ("perform", "refrain") else (phrases.THE_CASE, whom)
        concerns = [name for name in dict.fromkeys((whom, self.name(subject))) if name not in mentioned]
        return f"{deed} (gäller {listed(concerns)})" if concerns else deed

    def _end_of(self, decision: Decision) -> str | None:
        """Whose fact a decision about a relation is to find out, where that is an end's: "den som säljer"."""
        rule = self.plan.rules.get(decision.id.rule)
        measure = rule.measure(decision.id.measure) if rule is not None else None
        if rule is None or measure is None or measure.end is None or decision.person is not None:
            return None
        return self.plan.roles[self.plan.relations[rule.of].ends[measure.end]].definite if rule.of in self.plan.relations else None

    def deed_of(self, kind: str, word: str, subject: str, telling: str | None = None, whom: str | None = None) -> str:
        """What a measure of that kind and object asks for about a subject, where no decision is at hand. `whom`: the person
        whom it concerns, where the subject is a relation ("köparen")."""
        deed = self._deed(kind, word, whom or self.name(subject), telling)
        if kind == "refrain":
            deed = f"inte {deed}"
        concerns = kind in ("perform", "refrain") or whom is not None
        return f"{deed} (gäller {self.name(subject)})" if concerns and subject != CASE else deed

    @staticmethod
    def of_nobody(telling: str | None) -> str | None:
        """What is told where no person is concerned: circumstances are then nobody's."""
        return "nobody" if telling == "circumstances" else None

    def _deed(self, kind: str, word: str, whom: str, telling: str | None) -> str:
        plan = self.plan
        if kind in ("notify", "apply"):
            verb = "underrätta {} om {}" if kind == "notify" else "ansöka hos {} för {}"
            deed = verb.format(self.function(word), whom)
            return deed + phrases.TOLD.get(telling or "", "")
        if kind == "consult":
            return f"rådfråga {self.function(word)} om {whom}, utan att röja identiteten"
        if kind == "inform":
            return f"informera {whom} om {plan.information[word]}"
        if kind == "offer":
            return f"erbjuda {whom} {plan.offers[word]}"
        if kind == "assess":
            return find_out(plan.facts[word], whom)
        if kind == "ask":
            return f"fråga {whom} om samtycke till att kontakta {self.function(word)}"
        if kind == "correction":
            return f"rätta det som {self.function(word)} har fått veta om {whom}: det stämde inte"
        if kind == "consent_ended":
            return f"underrätta {self.function(word)} om att samtycket från {whom} har upphört"
        return plan.acts[word].label

    def status(self, decision: Decision, now: datetime) -> str:
        """The status in words, with its flags: "ska göras, försenad sedan 14 juni"."""
        if decision.status == "lapsed":
            return phrases.ENDED[ending(self.plan, decision)]
        word = phrases.STATUSES[decision.status]
        if decision.status == "due":
            in_force = decision.kind == "refrain" or decision.continuing
            word = phrases.IN_FORCE if in_force else phrases.DUE_BY_STRENGTH[decision.strength]
        return ", ".join((word, *self.flags(decision, now)))

    def flags(self, decision: Decision, now: datetime) -> tuple[str, ...]:
        """The flags in words. What is late is not also said to have passed, and nothing is late in its very minute."""
        if decision.status == "lapsed":
            return ()
        flags, due = told_flags(decision, now), decision.deadline
        hidden = {"overdue", "passed"} if decision.status == "due" else {"overdue"}
        said = [phrases.FLAGS[flag] for flag in flags if flag not in hidden]
        if "overdue" in flags and due is not None and due.at is not None:
            said.append(phrases.OVERDUE.format(since(self.local(due.at), due.day)))
        return tuple(said)

    def ended(self, decision: Decision) -> str | None:
        """What replaced a decision that is no longer due, or None."""
        by = decision.replaced_by
        if by is None:
            return None
        if by in self.plan.rules:
            return f"ersatt av: {self.plan.rules[by].title}"
        rule, _, _ = by.partition("/")
        return f"gjort på annat sätt: {self.plan.rules[rule].title}" if rule in self.plan.rules else None

    def heading(self, band: str, time: str) -> str:
        """The heading of a band, with the time that all in it have in common: "Inom ett dygn: skyndsamt (påminnelse …)"."""
        word = phrases.BANDS[band]
        if not time:
            return word
        return f"{word} {time.partition(' ')[2]}".strip() if time.startswith(word.lower()) else f"{word}: {time}"

    # -- who and when ----------------------------------------------------------------------------------------------------------

    def answering(self, answering: Answering, now: datetime) -> str:
        """Who answers now: "Socialjouren, som står in för …", "Kvinnocentrum, öppnar måndag 20 maj kl. 08.00"."""
        if answering.unit is None:
            return f"ingen enhet är känd för {self.function(answering.function)}"
        said = self.unit(answering.unit)
        if answering.stands_in_for is not None:
            said += f", som står in för {self.unit(answering.stands_in_for)}"
        if answering.open:
            return said
        if answering.opens is None:
            return f"{said}, stängt, ingen öppning är känd"
        opens = self.local(answering.opens)
        at = moment(opens, self.local(now))
        return f"{said}, öppnar {at}" if " " in at else f"{said}, öppnar kl. {at}"

    def deadline(self, due: Due, now: datetime) -> str:
        """The deadline: "genast (påminnelse kl. 22.10)", "senast tisdag 28 maj (inom 14 dagar)"."""
        here = self.local(now)
        words = due.text.removesuffix(" or next working day")
        found = AMOUNT.fullmatch(words)
        if found is None:
            said = phrases.REMINDERS.get(words, words)
            if due.at is None:
                return said
            reminded = moment(self.local(due.at), here)
            return phrases.REMINDED.format(said, reminded if " " in reminded else f"kl. {reminded}")
        amount = int(found["amount"])
        within = f"inom {amount} {phrases.UNITS[found['unit']][amount != 1]}"
        if found["after"]:
            within += f" efter: {self.plan.events[found['after']].label}"
        if due.at is None:
            return f"{within} (tiden har inte börjat löpa)"
        last = day(due.day, here.date()) if due.day is not None else moment(self.local(due.at), here)
        return f"senast {last} ({within})"

    # -- why -------------------------------------------------------------------------------------------------------------------

    def citing(self, citing: Citing) -> str:
        """A citation, and where nobody has read its text, that: "14 kap. 1 § socialtjänstlagen (ej kontrollerad)"."""
        return citing.text if citing.seen else f"{citing.text} ({phrases.UNSEEN})"

    def source(self, decision: Decision) -> str:
        """The sources of a decision and how sure the rule is."""
        cited = "; ".join(dict.fromkeys(self.citing(one) for one in decision.because))
        basis = phrases.BASIS[decision.basis]
        return f"{cited}. Regeln: {basis}." if cited else f"Regeln: {basis}."

    def allowed(self, decision: Decision) -> str | None:
        """What allows telling who it is about, or None where nothing of the kind is asked."""
        if decision.kind not in ("notify", "apply"):
            return None
        if decision.allowed_by is not None:
            return self.citing(decision.allowed_by)
        if decision.consent is None:
            return None
        if decision.status == "ask_first":
            return f"först när {self.name(decision.person or decision.id.subject)} har samtyckt"
        return f"samtycke från {self.name(decision.person or decision.id.subject)}"

    # -- questions -------------------------------------------------------------------------------------------------------------

    def question(self, question: Question, subjects: Mapping[str, Subject]) -> str:
        """A question as a Swedish sentence."""
        name = capital(self.name(question.subject))
        if question.kind == "fact":
            return f"{name}: {self.asked(question, subjects)}"
        if question.kind == "established_twice":
            return f"{name}: uppgifterna om {self.fact(question.fact)} säger emot varandra. Vad stämmer?"
        if question.kind == "end_named_twice":
            return f"{name}: flera personer är nämnda som {self._role(question, subjects)}. Vem är det?"
        if question.kind == "offence_twice":
            return f"{name}: flera tider är angivna för gärningen. Vilken stämmer?"
        if question.kind == "impossible":
            facts = listed([self.fact(fact) for fact in question.fact.split(", ")])
            return f"{name}: uppgifterna om {facts} kan inte stämma samtidigt. Vad stämmer?"
        if question.kind == "hanging":
            return f"{name}: en händelse nämner någon eller något som ännu inte finns i ärendet. Vem eller vad är det?"
        if question.kind == "nothing_marked":
            return f"{name}: något är angivet som gjort eller besvarat, men det gäller inget i ärendet. Vad avsågs?"
        return f"{name}: skälet är inte antecknat. Vad var skälet?"

    def asked(self, question: Question, subjects: Mapping[str, Subject]) -> str:
        """What is asked about a fact that is not known, without saying of whom."""
        fact = self.plan.facts.get(question.fact)
        if fact is None:
            return f"vem är {self._role(question, subjects)}?"
        return fact.ask or f"hur är det med {fact.label}?"

    def _role(self, question: Question, subjects: Mapping[str, Subject]) -> str:
        """The role at the end of a relation that a question names."""
        subject = subjects.get(question.subject)
        relation = self.plan.relations.get(subject.sort) if subject is not None else None
        role = relation.ends.get(question.fact) if relation is not None else None
        return self.plan.roles[role].definite if role is not None else question.fact


def subjects_of(answer: Answer) -> dict[str, Subject]:
    """The subjects of an answer by id."""
    return {subject.id: subject for subject in answer.subjects}
