"""Reads scenario files: every word checked against the plan, every problem with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from samverkan.case.reading import KEYS, MARK_KINDS, Named, event_from_json, parse_named
from samverkan.case.times import read_time
from samverkan.decide.admission import CASE_ID, FieldError, check_event, check_measure
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.naming import nearest, quoted
from samverkan.exercise.scenario import Expectation, ExpectationKind, Scenario, Step
from samverkan.plan.errors import PlanError, Problem, Problems
from samverkan.plan.file_bytes import bytes_of
from samverkan.plan.model import Plan, Position
from samverkan.plan.personal import personal_data
from samverkan.plan.spelling import listed
from samverkan.plan.yaml_nodes import Node, read_yaml

EXPECTATIONS: tuple[ExpectationKind, ...] = get_args(ExpectationKind)
_DURATION = re.compile(r"(\d{1,5}) (minute|hour|day|week)s?")


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands at the top of a scenario file, and its tree; nothing in it has been checked against a plan."""

    id: str
    title: str
    difficulty: int
    plan: str
    path: Path
    root: Node


def read_outline(path: Path) -> Outline:
    """The outline of one scenario file.

    Raises:
        PlanError: the file can't be read, or its shape is wrong.
    """
    from samverkan.exercise.scenario_schema import scenario_file
    from samverkan.plan.faults import check_shape

    file = str(path)
    root = read_yaml(bytes_of(path), file)
    if root is None:
        raise PlanError([Problem(Position(file, 1, 1), "filen är tom. Ett scenario börjar med 'scenario: id'.", "error", "empty")])
    problems = Problems()
    if not check_shape(root, problems, scenario_file()):
        problems.stop()
    return Outline(root.said("scenario"), root.said("title"), int(root.said("difficulty")), root.said("plan"), path, root)


def outlines(folder: Path) -> list[Outline]:
    """The outlines of a folder's scenarios, the easy ones first. Raises PlanError for a file that can't be read."""
    found = [read_outline(path) for path in sorted(folder.glob("*.yaml"))]
    return sorted(found, key=lambda o: (o.difficulty, o.id))


def read_scenario(plan: Plan, outline: Outline) -> Scenario:
    """The scenario of an outline, in the words of the plan.

    Raises:
        PlanError: with all that is wrong and its place.
    """
    problems = Problems()
    root = outline.root
    if outline.plan not in (plan.id, *plan.layers):
        text = f"scenariot är skrivet för planen '{outline.plan}', inte för '{plan.id}'. Ange rätt plan."
        problems.error(root["plan"].at, "plan", text)
        problems.stop()
    who = {key.value(): value.value() for key, value in root["who"].pairs()}
    steps = tuple(_Reader(plan, problems).steps(root["steps"]))
    _check_texts(root, problems)
    problems.stop()
    # Only of steps that could be read: else every name of one that couldn't would seem to be without use.
    _check_names(steps, root["who"], problems)
    problems.stop()
    summary, shows = root.said("summary"), root.said("shows")
    return Scenario(outline.id, outline.title, summary, shows, outline.difficulty, outline.plan, who, steps)


class _Reader:
    """Reads the steps one by one; `last` is the instant of the step before."""

    def __init__(self, plan: Plan, problems: Problems) -> None:
        self.plan = plan
        self.problems = problems
        self.zone = ZoneInfo(plan.timezone)
        self.last: datetime | None = None

    def steps(self, node: Node) -> Iterator[Step]:
        for number, step in enumerate(node, start=1):
            try:
                at = self._stated_time(step)
                events = self._events(step, number, at)
            except FieldError as problem:
                self.problems.error(_place_of(step, problem), "event", problem.text)
                continue
            except EventError as problem:
                self.problems.error(_place(step, *("event", *MARK_KINDS)), "event", problem.text)
                continue
            told = max((max(event.at, event.known_at) for event in events), default=at)
            if step.get("reply") is not None and step.get("question") is None:
                self.problems.error(_place(step, "reply"), "question", "reply svarar på question, som saknas. Skriv frågan också.")
            if self.last is not None and told < self.last:
                text = "steget ligger före det föregående. Skriv stegen i tidens ordning."
                self.problems.error(_place(step, "known_at", "at"), "order", text)
            self.last = told
            expected = {kind: tuple(self._expectations(step, kind)) for kind in EXPECTATIONS}
            exactly = expected.pop("exactly") if step.get("exactly") is not None else None
            yield Step(
                number, told, events, step.said("story"), self._knows(step), step.said("question"), step.said("reply"),
                tuple(one for kind in expected.values() for one in kind), exactly, step.at,
            )  # fmt: skip

    def _stated_time(self, step: Node) -> datetime:
        """When the step's event happened, from `at` or from the time since the step before."""
        at, after = step.get("at"), step.get("after")
        if at is not None and after is not None:
            raise FieldError("after", "Ett steg har antingen at eller after, inte båda.")
        if at is not None:
            try:
                return read_time(at.value(), self.zone)
            except EventError as problem:
                raise FieldError("at", problem.text) from None
        if after is None or self.last is None:
            raise FieldError("after", "Det första steget måste ha en tid (at), och varje steg antingen at eller after.")
        found = _DURATION.fullmatch(after.value())
        if found is None:
            raise FieldError("after", f"{quoted(after.value())} är ingen tid. Skriv till exempel 30 minutes, 2 hours eller 3 days.")
        amount, unit = int(found[1]), found[2]
        if unit in ("minute", "hour"):
            return self.last + timedelta(**{f"{unit}s": amount})
        days = amount * (7 if unit == "week" else 1)
        return (self.last.astimezone(self.zone) + timedelta(days=days)).astimezone(self.last.tzinfo)

    def _events(self, step: Node, number: int, at: datetime) -> tuple[Event, ...]:
        """What a step says has happened. Each mark of several with its own place, where it is wrong."""
        data: dict[str, Any] = {}
        for key, node in step.pairs():
            name = key.value()
            if name in KEYS and name != "at" and not (name in MARK_KINDS and node.text is None):
                data[name] = node.plain()
        marks = step.get("marks")
        if marks is not None:
            if data:
                also = next(iter(data))
                text = f"'{also}' kan inte stå bredvid marks. Skriv det i det märke som det gäller, eller i ett eget steg."
                raise FieldError(also, text)
            return tuple(self._marks(marks, number, at))
        if not data:
            return ()
        if not {"event", "void", *MARK_KINDS} & set(data):
            first = next(iter(data))
            raise FieldError(first, f"'{first}' hör till en händelse, men steget har varken event eller märke.")
        event = event_from_json(self.plan, data, f"steg-{number}", at)
        check_event(self.plan, event)
        return (event,)

    def _marks(self, marks: Node, number: int, at: datetime) -> Iterator[Event]:
        """Marks that are set at the same time; one that can't be is told at its own place."""
        for place, item in enumerate(marks, start=1):
            data: dict[str, Any] = {key.value(): value.plain() for key, value in item.pairs()}
            kinds = [kind for kind in MARK_KINDS if kind in data]
            if len(kinds) != 1:
                self.problems.error(item.at, "event", f"Varje märke under marks har ett av {listed(MARK_KINDS, 'eller')}.")
                continue
            try:
                event = event_from_json(self.plan, data, f"steg-{number}-{place}", at)
                check_event(self.plan, event)
            except EventError as problem:
                self.problems.error(_place(item, *kinds), "event", problem.text)
                continue
            yield event

    def _knows(self, step: Node) -> dict[str, str]:
        knows = step.get("knows")
        found = {}
        for function, text in knows.pairs() if knows is not None else ():
            name = function.value()
            if name not in self.plan.functions:
                text_ = f"okänd funktion {quoted(name)}{nearest(name, self.plan.functions)}"
                self.problems.error(function.at, "unknown-word", text_)
            found[name] = text.value()
        return found

    def _expectations(self, step: Node, kind: ExpectationKind) -> Iterator[Expectation]:
        named = step.get(kind)
        if named is None or named.items is None:
            return
        for item in named.items:
            try:
                yield Expectation(kind, self._named(item.value()), item.value(), item.at)
            except EventError as problem:
                self.problems.error(item.at, "expectation", problem.text)

    def _named(self, text: str) -> Named:
        named = parse_named(text)
        bearers: Iterable[str] = self.plan.functions
        if named.measure is not None:
            bearers = check_measure(self.plan, named.rule, named.measure)
        elif named.rule not in self.plan.rules:
            raise EventError(f"Okänd regel {quoted(named.rule)}{nearest(named.rule, self.plan.rules)}")
        if named.bearer is not None and named.bearer not in bearers:
            raise EventError(f"{quoted(named.bearer)} svarar inte för {named.rule}{nearest(named.bearer, bearers)}")
        return named


def _place(step: Node, *keys: str) -> Position:
    """The place of the first of the keys that the step has, else of the step."""
    return next((node.at for key in keys if (node := step.get(key)) is not None), step.at)


def _place_of(step: Node, problem: FieldError) -> Position:
    """The place of what is wrong: the fact, the key, or the step where what is missing should stand."""
    facts = step.get("facts")
    if problem.key == "facts" and problem.word is not None and facts is not None and (said := facts.get(problem.word)) is not None:
        return said.at
    return _place(step, problem.key, "event", *MARK_KINDS)


LONGEST_NAME, LONGEST_TEXT = 100, 5000
"""Characters: of what a subject is called, and of any text. Longer ones make no page and no picture that can be read."""


def _check_texts(root: Node, problems: Problems) -> None:
    names = {id(value) for _, value in root["who"].pairs()}
    placed = {problem.position for problem in problems.found}
    for node in root.scalars():
        most = LONGEST_NAME if id(node) in names else LONGEST_TEXT
        if len(node.value()) > most:
            problems.error(node.at, "too-long", f"texten är längre än {most} tecken. Korta den.")
            continue
        found = personal_data(node.value())
        if found is not None and node.at not in placed:
            problems.error(node.at, "personal-data", f"texten ser ut att innehålla {found}. Hitta på, eller skriv om utan.")


def _check_names(steps: Iterable[Step], who: Node, problems: Problems) -> None:
    """Every subject has a name, and every name a subject."""
    used: set[str] = set()
    for step in steps:
        for subject in _subjects(step):
            if subject not in (who.entries or {}) and subject != CASE_ID and subject not in used:
                text = f"{quoted(subject)} har inget namn. Skriv under who vad den eller det kallas."
                problems.error(step.position, "name", text)
            used.add(subject)
    for key, _ in who.pairs():
        if key.value() not in used and key.value() != CASE_ID:
            problems.error(key.at, "name", f"{quoted(key.value())} förekommer inte i något steg. Ta bort namnet eller rätta id:t.")


def _subjects(step: Step) -> Iterator[str]:
    for event in step.events:
        if event.about is not None:
            yield event.about.subject
            yield from (person for person in event.about.ends if person is not None)
        if event.mark is not None:
            yield event.mark.subject
        if event.same_as is not None:
            yield event.same_as
    for expectation in (*step.expectations, *(step.exactly or ())):
        yield expectation.named.subject
