"""A scenario that is played, told on the terminal: event by event, what becomes due, who answers now, by when, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from samverkan.decide.answer import Answer, Decision, Question
from samverkan.decide.events import Event
from samverkan.exercise import phrases
from samverkan.exercise.clock import clock, day, day_and_clock
from samverkan.exercise.grouping import Duty, Matter, matters
from samverkan.exercise.page import Page
from samverkan.exercise.phrases import capital
from samverkan.exercise.playing import Changes, Judged, Played
from samverkan.exercise.recounting import details, explained, happened
from samverkan.exercise.scenario import Scenario, Step
from samverkan.exercise.wording import Wording, subjects_of
from samverkan.plan.spelling import listed

Explained = Callable[[str], bool]
"""Whether the decisions of a rule are to be explained."""


def nothing(_: str) -> bool:
    """No rule is to be explained."""
    return False


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells the parts of a played scenario on a page. `explain`: of which rules the conditions are told too."""

    page: Page
    wording: Wording
    explain: Explained = nothing

    def beginning(self, scenario: Scenario) -> None:
        """Title, difficulty, plan, summary, and what is reconstructed."""
        page, plan = self.page, self.wording.plan
        page.line(scenario.title, style="bold")
        page.line(f"{phrases.DIFFICULTY.format(scenario.difficulty)}. {plan.title}, version {plan.version}.")
        for text in (scenario.summary, plan.reconstructed):
            if text:
                page.blank()
                page.line(text)

    def ask(self) -> None:
        """Asks the group to answer aloud before the answers are shown."""
        self.page.blank()
        self.page.line(phrases.ANSWER_ALOUD)

    def stopped(self) -> None:
        """Says that the exercise ends here."""
        self.page.blank()
        self.page.line(phrases.STOPPED)

    def matched(self, text: str) -> None:
        """Says what decided."""
        self.page.blank()
        self.page.line(text)

    def step(self, step: Step) -> None:
        """When, the story, what happened in words, what only some know, and the question to talk about."""
        page, wording = self.page, self.wording
        page.ruled(f"{step.number}. {capital(day_and_clock(wording.local(step.at)))}")
        if step.story:
            page.line(step.story)
        page.blank()
        self.event(step.event)
        for function, text in step.knows.items():
            page.labelled(phrases.ONLY_KNOWS.format(wording.function(function)), text)
        if step.question:
            page.labelled(phrases.TALK, step.question)

    def event(self, event: Event | None) -> None:
        """What happened, in words."""
        if event is None:
            self.page.line(phrases.TIME_PASSES)
            return
        self.page.line(happened(self.wording, event), mark="» ", style="bold")
        for detail in details(self.wording, event):
            self.page.line(detail, indent=2)

    def answer(self, played: Played, before: Answer | None, events: Mapping[str, Event]) -> None:
        """What became of decisions: first what time alone brought, then what the event brought; then questions and errors."""
        if played.by_clock:
            if played.outcome is not None:
                self.page.heading(phrases.MEANWHILE)
            self.changes(played.by_clock, played.answer, events)
        if played.changes:
            self.changes(played.changes, played.answer, events)
        elif not played.by_clock:
            self.page.blank()
            self.page.line(phrases.NOTHING_NEW)
        self.questions(_new(played.answer.questions, before.questions if before is not None else ()), played.answer)
        self.contradictions(played.answer, before)

    def changes(self, changes: Changes, answer: Answer, events: Mapping[str, Event]) -> None:
        """Every kind of change under its heading; what is live in full, the rest in short."""
        for kind in ("ask_first", "due"):
            found = getattr(changes, kind)
            if found:
                self.page.heading(phrases.SECTIONS[kind])
                self.live(found, answer, events)
        for kind in ("flagged", "done", "declined", "lapsed", "withdrawn"):
            found = getattr(changes, kind)
            if found:
                self.page.heading(phrases.SECTIONS[kind])
                self.ended(found, events)

    def live(self, decisions: Iterable[Decision], answer: Answer, events: Mapping[str, Event]) -> None:
        """Decisions to act on: the rule's title, each duty with time and who answers, and the source."""
        for number, matter in enumerate(matters(self.wording.plan, decisions)):
            if number:
                self.page.blank()
            self.page.line(matter.title, style="underline")
            bearers = {who_does(self.wording, duty, answer) for duty in matter.duties}
            for duty in matter.duties:
                self._duty(duty, answer, alone=len(bearers) > 1)
            if len(bearers) == 1 and (who := bearers.pop()):
                self.page.labelled(phrases.DOES, who)
            self.page.labelled(phrases.SOURCE, self.wording.source(matter.first))
            self._explanation(matter, events)

    def ended(self, decisions: Iterable[Decision], events: Mapping[str, Event]) -> None:
        """Decisions that need nothing more, one line for each duty."""
        for matter in matters(self.wording.plan, decisions):
            for duty in matter.duties:
                one = duty.first
                told = f"{self._bearers(duty)}: {self.wording.deed(one)}"
                added = [*self.wording.flags(one), *filter(None, [self.wording.ended(one)])]
                self.page.line(capital(told) + (f" – {', '.join(added)}" if added else ""), mark="• ")
            self._explanation(matter, events)

    def _bearers(self, duty: Duty) -> str:
        return listed([self.wording.function(d.id.bearer) for d in duty.decisions])

    def _duty(self, duty: Duty, answer: Answer, alone: bool) -> None:
        """One duty. `alone`: who does it is said here, not once for all duties of the matter."""
        page, wording = self.page, self.wording
        page.line(wording.sentence(duty.decisions), mark="• ")
        for label, text in facts_of(wording, duty, answer):
            page.labelled(label, text, indent=2)
        if alone and (who := who_does(wording, duty, answer)):
            page.labelled(phrases.DOES, who, indent=2)

    def _explanation(self, matter: Matter, events: Mapping[str, Event]) -> None:
        one = matter.first
        if self.explain(one.id.rule) and one.explanation:
            self.page.line(phrases.CONDITIONS, indent=2)
            for line in explained(self.wording, one, events):
                depth = len(line) - len(line.lstrip())
                self.page.line(line.lstrip(), mark="- ", indent=4 + depth)

    def questions(self, questions: Sequence[Question], answer: Answer) -> None:
        """What has to be found out: unknown facts by subject, the rest one by one."""
        if not questions:
            return
        self.page.heading(phrases.QUESTIONS)
        for text in questions_in_words(self.wording, questions, answer):
            self.page.line(text, mark="? ")

    def contradictions(self, answer: Answer, before: Answer | None) -> None:
        """Pairs of decisions that can't both be followed."""
        new = _new(answer.contradictions, before.contradictions if before is not None else ())
        if new:
            by_id = {d.id: d for d in answer.decisions}
            self.page.heading(phrases.CONTRADICTIONS)
            for one in new:
                for decision in (by_id[one.first], by_id[one.second]):
                    self.page.line(self.wording.sentence([decision]), mark="! ")

    def ledger(self, plays: Sequence[Played]) -> None:
        """Everything that was shown, as a table: when it was shown, what, who, how it stands in the end."""
        self.page.ruled(phrases.LEDGER)
        if plays:
            self.page.table(phrases.LEDGER_COLUMNS, (5, None, 23, 14), ledger_rows(self.wording, plays[-1].answer))

    def never(self, rule: str, answer: Answer) -> None:
        """Says of a rule that is to be explained that it never gave a decision, and what it waits for."""
        if rule not in self.wording.plan.rules or any(d.id.rule == rule for d in answer.decisions):
            return
        self.page.blank()
        self.page.line(phrases.NEVER.format(self.wording.plan.rules[rule].title))
        waits = [question for question in answer.questions if rule in question.rules]
        if waits:
            self.page.line(phrases.DEPENDS_ON)
            for text in questions_in_words(self.wording, waits, answer):
                self.page.line(text, mark="? ")

    def verdict(self, plays: Sequence[Played]) -> None:
        """Whether the scenario's expectations were met, and which weren't."""
        unmet = [(p, j) for p in plays for j in p.expectations if not j.met]
        extra = [(p, d) for p in plays for d in p.unexpected]
        expected = any(p.expectations or p.step.exactly is not None for p in plays)
        if not unmet and not extra:
            if expected:
                self.page.blank()
                self.page.line(phrases.ALL_MET)
            return
        self.page.ruled(phrases.UNMET)
        for play, judged in unmet:
            self.page.line(f"steg {play.step.number}: {unmet_in_words(self.wording, judged)}", mark="! ")
        for play, decision in extra:
            told = self.wording.sentence([decision])
            self.page.line(f"steg {play.step.number}: scenariot nämner inte: {told}", mark="! ")


def facts_of(wording: Wording, duty: Duty, answer: Answer) -> Iterator[tuple[str, str]]:
    """What else is said of a duty that is to be acted on, as (label, text): by when, who receives, what allows it, status."""
    one, now = duty.first, answer.as_of
    if one.deadline is not None:
        yield phrases.TIME, wording.deadline(one.deadline, now)
    if one.recipient is not None and one.kind != "ask":
        yield phrases.RECIPIENTS.get(one.kind, phrases.RECIPIENTS["notify"]), wording.answering(one.recipient, now)
    allowed = wording.allowed(one)
    if allowed is not None and one.telling == "identity":
        yield phrases.ALLOWED, allowed
    if one.flags:
        yield phrases.STANDS, wording.status(one)


def who_does(wording: Wording, duty: Duty, answer: Answer) -> str:
    """The units that answer now for those who bear a duty; nothing for a prohibition."""
    if duty.first.kind == "refrain":
        return ""
    return "; ".join(dict.fromkeys(wording.answering(d.bearer, answer.as_of) for d in duty.decisions))


def questions_in_words(wording: Wording, questions: Sequence[Question], answer: Answer) -> list[str]:
    """The questions as lines: what is simply not known gathered by subject, then all that contradicts itself."""
    subjects = subjects_of(answer)
    unknown: dict[str, list[str]] = {}
    rest = []
    for question in questions:
        if question.kind == "fact" and question.fact in wording.plan.facts:
            unknown.setdefault(question.subject, []).append(wording.fact(question.fact))
        else:
            rest.append(wording.question(question, subjects))
    return [f"{capital(wording.name(s))}: {listed(facts)}" for s, facts in unknown.items()] + rest


def unmet_in_words(wording: Wording, judged: Judged) -> str:
    """What was expected and what was found instead."""
    expectation = judged.expectation
    rule = wording.plan.rules.get(expectation.named.rule)
    title = rule.title if rule is not None else phrases.ASKING
    name = wording.name(expectation.named.subject)
    wanted = f"{title} ({name}) {phrases.EXPECTED[expectation.kind]}"
    if not judged.found:
        return f"{wanted}, men är inte aktuellt. [{expectation.position}]"
    found = "; ".join(f"{wording.deed(d)}: {wording.status(d)}" for d in judged.found)
    return f"{wanted}, men: {found}. [{expectation.position}]"


def ledger_rows(wording: Wording, answer: Answer) -> Iterator[tuple[str, ...]]:
    """The rows of the ledger: a day alone, then when a decision was shown, what, who, how it stands; times only where new."""
    told: tuple[str, str] = ("", "")
    for shown, group in groupby(sorted(answer.decisions, key=lambda d: d.shown), key=lambda d: d.shown):
        today, at = capital(day(wording.local(shown).date())), clock(wording.local(shown))
        if today != told[0]:
            yield (today,)
        for matter in matters(wording.plan, group):
            for duty in matter.duties:
                bearers = listed([wording.function(d.id.bearer) for d in duty.decisions])
                time = "" if told == (today, at) else at
                yield time, capital(wording.deed(duty.first)), capital(bearers), wording.status(duty.first)
                told = (today, at)


_T = TypeVar("_T")


def _new(now: Sequence[_T], before: Sequence[_T]) -> list[_T]:
    known = set(before)
    return [one for one in now if one not in known]
