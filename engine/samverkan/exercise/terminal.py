"""A scenario that is played, told on the terminal: event by event, what becomes due, who answers now, by when, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from samverkan.decide.answer import Answer, Decision, Question
from samverkan.decide.events import Event
from samverkan.exercise.grouping import Duty, Matter
from samverkan.exercise.ledger import ledger_rows
from samverkan.exercise.pacing import Told, together
from samverkan.exercise.page import Page
from samverkan.exercise.playing import Changes, Judged, Played
from samverkan.exercise.questions import asking
from samverkan.exercise.scenario import Scenario, Step
from samverkan.exercise.telling import bands, facts_of, heading, in_short, rule_text, sections, who_does
from samverkan.wording import phrases
from samverkan.wording.recounting import explained, happened_together
from samverkan.wording.wording import Wording

Explained = Callable[[str], bool]
"""Whether the decisions of a rule are to be explained."""


def nothing(_: str) -> bool:
    """No rule is to be explained."""
    return False


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells the parts of a played scenario on a page. `explain`: of which rules the conditions are told too. `everything`: all
    questions are told, not the few that matter most. `shared`: the page is a screen that the whole group sees, so what only
    one function knows is left to its own card."""

    page: Page
    wording: Wording
    explain: Explained = nothing
    everything: bool = False
    shared: bool = False

    def beginning(self, scenario: Scenario) -> None:
        """Title, difficulty, plan, summary, what it is to teach (not on a shared screen), and what is reconstructed."""
        page, plan = self.page, self.wording.plan
        page.line(scenario.title, style="bold")
        page.line(f"{phrases.DIFFICULTY.format(scenario.difficulty)}. {plan.title}, version {plan.version}.")
        shows = f"{phrases.SHOWS}: {scenario.shows}" if scenario.shows and not self.shared else ""
        for text in (scenario.summary, shows, plan.reconstructed):
            if text:
                page.blank()
                page.line(text)

    def ask(self, *, duties: bool) -> None:
        """Asks the group to answer aloud before the answers are shown. `duties`: there is something to do, not only to talk of."""
        self.page.blank()
        self.page.line(phrases.ANSWER_ALOUD if duties else phrases.TALK_ALOUD)
        self.page.line(phrases.ENTER_FOR_ANSWERS)

    def go_on(self, number: int, last: int, more: bool) -> None:
        """Says how to come to the next stop, or, where there is no more, to the ledger."""
        self.page.blank()
        self.page.line(phrases.ENTER_FOR_NEXT.format(number, last) if more else phrases.ENTER_FOR_LEDGER)

    def stopped(self) -> None:
        """Says that the exercise ends here."""
        self.page.blank()
        self.page.line(phrases.STOPPED)

    def matched(self, text: str) -> None:
        """Says what decided."""
        self.page.blank()
        self.page.line(text)

    def step(self, step: Step, also: Sequence[Step] = ()) -> None:
        """When, the story, what happened in words, what only some know, and the question to talk about. `also`: steps without
        a story of their own that are told with it."""
        self._begun(step, also)
        self.happened([event for one in (step, *also) for event in one.events])
        self._asked(step)
        if step.reply:
            self.page.labelled(phrases.REPLY, step.reply)

    def opening(self, step: Step) -> None:
        """As `step`, but without what the plan calls it, where a story tells it, and without the leader's reply."""
        self._begun(step)
        if not step.story:
            self.happened(step.events)
        self._asked(step)

    def closing(self, step: Step) -> None:
        """What `opening` left out."""
        self.page.blank()
        if step.story:
            self.happened(step.events)
        if step.reply:
            self.page.labelled(phrases.REPLY, step.reply)

    def _begun(self, step: Step, also: Sequence[Step] = ()) -> None:
        page = self.page
        page.ruled(heading(self.wording, step, also))
        if step.story:
            page.line(step.story)
        page.blank()
        if not step.events:
            page.line(phrases.TIME_PASSES)

    def _asked(self, step: Step) -> None:
        if self.shared and step.knows:
            self.page.line(phrases.CARDS_NOW)
        else:
            for function, text in step.knows.items():
                self.page.labelled(phrases.ONLY_KNOWS.format(self.wording.function(function)), text)
        if step.question:
            self.page.labelled(phrases.TALK, step.question)

    def happened(self, events: Sequence[Event]) -> None:
        """What happened, in words."""
        for line, more in happened_together(self.wording, events):
            self.page.line(line, mark="» ", style="bold")
            for detail in more:
                self.page.line(detail, indent=2)

    def by(self, run: Sequence[Told]) -> None:
        """Steps that are told together, with what has become of decisions."""
        self.step(run[0].played.step, [one.played.step for one in run[1:]])
        self.answer(together(run), _events(run))

    def answer(self, told: Told, said: Sequence[Event] | None = None) -> None:
        """What has become of decisions since the step before, then questions and errors that are new. `said`: the events that
        have just been told, if they aren't the step's own."""
        answer, before = told.played.answer, told.before
        self.changes(told.news, answer, told.events, said if said is not None else _events([told]))
        if not told.news and told.stops:
            self.page.blank()
            self.page.line(phrases.NOTHING_NEW)
        self.questions(_new(answer.questions, before.questions if before is not None else ()), answer)
        self.contradictions(answer, before)

    def changes(self, changes: Changes, answer: Answer, events: Mapping[str, Event], said: Sequence[Event] = ()) -> None:
        """What is to be done in full, the most urgent first; then in short what needs nothing more. `said`: what has just
        happened; what it says itself was done isn't said again."""
        if changes.due or changes.ask_first:
            self.page.heading(phrases.TO_DO)
            self.live(changes.due + changes.ask_first, answer, events)
        for over, decisions in sections(self.wording, changes, said):
            self.page.heading(over)
            for matter, text in in_short(self.wording, decisions, answer.as_of):
                self.page.line(text, mark="• ")
                self._explanation(matter, events)

    def live(self, decisions: Iterable[Decision], answer: Answer, events: Mapping[str, Event]) -> None:
        """Decisions to act on, by when: the rule's title and text, each duty with time and who answers, and the source."""
        told: set[str] = set()
        for number, band in enumerate(bands(self.wording, decisions, answer.as_of)):
            if number:
                self.page.blank()
            self.page.line(band.heading, mark="── ", style="bold")
            for place, matter in enumerate(band.matters):
                if place:
                    self.page.blank()
                self._matter(matter, answer, band.shared, new=matter.first.id.rule not in told)
                self._explanation(matter, events)
                told.add(matter.first.id.rule)

    def _matter(self, matter: Matter, answer: Answer, shared: bool, new: bool) -> None:
        """One matter. `shared`: the time stands in the heading. `new`: the rule's text and source haven't been told here."""
        page = self.page
        page.line(matter.title, style="underline")
        if new and (text := rule_text(self.wording, matter)):
            page.line(text, indent=2)
        who = {who_does(self.wording, duty, answer) for duty in matter.duties}
        for duty in matter.duties:
            self._duty(duty, answer, shared, alone=len(who) > 1)
        if len(who) == 1 and (one := who.pop()):
            page.labelled(phrases.DOES, one)
        if new:
            page.labelled(phrases.SOURCE, self.wording.source(matter.first))

    def _duty(self, duty: Duty, answer: Answer, shared: bool, alone: bool) -> None:
        """One duty. `alone`: who does it is said here, not once for all duties of the matter."""
        page, wording = self.page, self.wording
        page.line(wording.sentence(duty.decisions), mark="• ")
        for label, text in facts_of(wording, duty, answer):
            if not (shared and label == phrases.TIME):
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
        """What has to be found out: the few questions that matter most, by subject, and how many facts more aren't known."""
        told = asking(self.wording, questions, answer, self.everything)
        if not told:
            return
        self.page.heading(phrases.QUESTIONS)
        for group in told.asked:
            if group.name:
                self.page.line(f"{group.name}:")
            for text in group.lines:
                self.page.line(text, mark="? ")
        if told.rest:
            self.page.line(told.rest)

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
            for group in asking(self.wording, waits, answer, every=True).asked:
                for text in group.lines:
                    self.page.line(f"{group.name}: {text}" if group.name else text, mark="? ")

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
            self.page.line(f"steg {play.step.number}: {unmet_in_words(self.wording, judged, play.answer)}", mark="! ")
        for play, decision in extra:
            told = self.wording.sentence([decision])
            self.page.line(f"steg {play.step.number}: scenariot nämner inte: {told}", mark="! ")


def _events(run: Iterable[Told]) -> list[Event]:
    return [event for one in run for event in one.played.step.events]


def unmet_in_words(wording: Wording, judged: Judged, answer: Answer) -> str:
    """What was expected and what was found instead."""
    expectation = judged.expectation
    rule = wording.plan.rules.get(expectation.named.rule)
    title = rule.title if rule is not None else phrases.ASKING
    name = wording.name(expectation.named.subject)
    wanted = f"{title} ({name}) {phrases.EXPECTED[expectation.kind]}"
    if not judged.found:
        return f"{wanted}, men är inte aktuellt. [{expectation.position}]"
    found = "; ".join(f"{wording.deed(d)}: {wording.status(d, answer.as_of)}" for d in judged.found)
    return f"{wanted}, men: {found}. [{expectation.position}]"


_T = TypeVar("_T")


def _new(now: Sequence[_T], before: Sequence[_T]) -> list[_T]:
    known = set(before)
    return [one for one in now if one not in known]
