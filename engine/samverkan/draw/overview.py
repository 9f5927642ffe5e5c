"""A long case in one picture that tells its story: like events and decisions put together, with what was stated and answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from samverkan.decide.answer import Decision, DecisionId
from samverkan.draw.case_reading import CaseStep, Seen, ending, local, owed, read_case
from samverkan.draw.phrases import function, measure_text, named
from samverkan.draw.receivers import BETWEEN_FUNCTIONS, EVENT_LANE, SHARED_LANE, lanes_of, receiver_of
from samverkan.draw.scene import Column, Edge, Node, Shape
from samverkan.draw.wording import BOTH, COUNTS, EACH, FIXED, MARKS, MONTHS, TIMES, capital, day_and_time, listed
from samverkan.graph.chains import SHARED_FROM
from samverkan.plan.model import PERSON, UNKNOWN, Plan

HIGH = 2
"""Chapters share a column as long as no more of their decisions stand under each other in a lane."""

MOST_VALUES = 4
"""An event that states more than that isn't told in values: the story would drown in them."""


@dataclass(frozen=True, slots=True)
class _Chapter:
    """Like events of one day, told as one."""

    steps: tuple[int, ...]
    label: str


@dataclass(frozen=True, slots=True)
class _Told:
    """Like decisions, told as one: those of several subjects, and what became of them.

    `also`: what the same rule asks of the same bearer beside.
    """

    seen: tuple[Seen, ...]
    chapters: tuple[int, ...]
    mark: str
    also: tuple[_Told, ...] = ()

    @property
    def one(self) -> Seen:
        return self.seen[0]

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(subject for one in self.seen for subject in one.subjects))


def overview(
    plan: Plan, steps: Sequence[CaseStep], names: Mapping[str, str], missed: Collection[DecisionId], together: int
) -> tuple[list[Node], list[Edge], list[Column]]:
    """The nodes, edges and columns of an overview.

    Args:
        plan: the plan that the answers come from.
        steps: the case, in order of time.
        names: Swedish name of each subject.
        missed: decisions that were due and that nobody took.
        together: as many chapters stand in one column at the most.

    Returns:
        What the scene is made of.
    """
    return _Overview(plan, steps, names, missed).drawn(together)


class _Overview:
    def __init__(
        self, plan: Plan, steps: Sequence[CaseStep], names: Mapping[str, str], missed: Collection[DecisionId]
    ) -> None:
        self.plan, self.steps, self.names = plan, steps, names
        self.chapters = self._chapters()
        last = steps[-1].answer.subjects
        self.people = {names.get(subject.id, subject.id) for subject in last if subject.sort == PERSON}
        self.of = {index: number for number, chapter in enumerate(self.chapters) for index in chapter.steps}
        self.seen = read_case(plan, steps, missed, timed=False)
        self.told = _by_rule(self._together([one for one in self.seen if self._shown(one)]))
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    # ------------------------------------------------------------------------------------------------ what is told

    def _chapters(self) -> list[_Chapter]:
        found: dict[tuple[str, date], list[int]] = defaultdict(list)
        for index, step in enumerate(self.steps):
            found[step.label, self._day(index)].append(index)
        return [_Chapter(tuple(same), label) for (label, _), same in found.items()]

    def _day(self, index: int) -> date:
        return local(self.plan, self.steps[index].at).date()

    def _shown(self, one: Seen) -> bool:
        """Whether a decision belongs to the story: what must be, what passes between functions, what an answer set going."""
        decision = one.decision
        if one.state in ("missed", "overdue", "ask_first"):
            return True
        if decision.kind == "refrain" or decision.continuing or one.state == "ended" or decision.status == "lapsed":
            return False
        if decision.strength == "must" or one.state == "gone" or decision.kind in BETWEEN_FUNCTIONS:
            return decision.strength != "may" or one.state != "due"
        return one.state == "done" and (self._answered(one) or (self._alone(one) and not self._preparing(one)))

    def _answered(self, one: Seen) -> bool:
        return any(self.steps[cause].mark is not None for cause in one.causes)

    def _alone(self, one: Seen) -> bool:
        """Whether what set it going set nothing going that must be: then it is what there is to tell."""
        chapters = {self.of[cause] for cause in one.causes}
        return not any(
            (other.decision.strength == "must" or other.decision.kind in BETWEEN_FUNCTIONS) and other.decision.kind != "refrain"
            for other in self.seen
            if chapters.intersection(self.of[cause] for cause in other.causes)
        )

    def _preparing(self, one: Seen) -> bool:
        """Whether it was set going before there was any person in the case."""
        return not any(subject.sort == PERSON for subject in self.steps[one.first].answer.subjects)

    def _together(self, shown: Sequence[Seen]) -> list[_Told]:
        alike: dict[tuple[object, ...], list[Seen]] = defaultdict(list)
        told_as: dict[int, tuple[tuple[int, ...], str]] = {}
        for one in shown:
            found, chapters = one.decision, tuple(sorted({self.of[cause] for cause in one.causes}))
            who = (found.id.rule, found.id.measure, one.bearers, found.recipient and found.recipient.unit, found.telling)
            alike[(chapters, one.state, self._mark(one, chapters), *who)].append(one)
            told_as[id(one)] = (chapters, self._mark(one, chapters))
        return [_Told(tuple(same), *told_as[id(same[0])]) for same in alike.values()]

    def _mark(self, one: Seen, chapters: Sequence[int]) -> str:
        """The state in words, the day where it isn't that of the event, and what an assessment came to."""
        word, last = one.mark, one.decision.ended_at
        if one.state in ("done", "declined", "gone") and last is not None:
            day = local(self.plan, last).date()
            if day != self._day(self.chapters[chapters[-1]].steps[-1]):
                word += f" {day.day}{FIXED}{MONTHS[day.month - 1]}"
        ended = ending(self.steps, one.decision)
        if one.decision.kind == "assess" and one.state == "done" and ended is not None:
            said = [self._value(path, value) for path, value in ended.facts if path.rpartition(".")[2] == one.decision.object]
            word += f": {listed(said)}" if said else ""
        return word

    def _value(self, path: str, value: str) -> str:
        fact = self.plan.facts.get(path.rpartition(".")[2])
        return value if fact is None or value == UNKNOWN else fact.values.get(value, value)

    # ----------------------------------------------------------------------------------------------- how it is drawn

    def drawn(self, together: int) -> tuple[list[Node], list[Edge], list[Column]]:
        """Everything, up to so many chapters in a column."""
        used = {number for told in self.told for number in told.chapters}
        used |= {number for number in range(len(self.chapters)) if self._changed(number)}
        columns = self._columns(sorted(used), together)
        for chapters in columns:
            column = f"c{chapters[0]}"
            self.nodes += [self._event(number, column) for number in chapters]
            for told in self.told:
                if told.chapters[-1] in chapters:
                    self._decision(told, column)
        self._share_lanes()
        headed = [Column(f"c{chapters[0]}", self._heading(chapters)) for chapters in columns]
        return self.nodes, self.edges, headed

    def _changed(self, number: int) -> bool:
        """Whether like events began what goes on, or ended something by what they state, beside what the decisions tell."""
        steps = [self.steps[index] for index in self.chapters[number].steps]
        if any(step.mark is not None or step.event_id is None for step in steps):
            return False
        ids = {step.event_id for step in steps}
        begun = any(one.decision.continuing and self.of[cause] == number for one in self.seen for cause in one.causes)
        answered = any(
            one.state in ("gone", "ended") and one.decision.strength == "must" and ids.intersection(one.decision.ended_by)
            for one in self.seen
        )
        return begun or (answered and bool(self._stated(number)))

    def _columns(self, used: Sequence[int], together: int) -> list[list[int]]:
        """Chapters after each other in one column where that doesn't make it high."""
        columns: list[list[int]] = []
        for number in reversed(used):
            if columns and len(columns[-1]) < together and self._height([*columns[-1], number]) <= HIGH:
                columns[-1].append(number)
            else:
                columns.append([number])
        return [column[::-1] for column in reversed(columns)]

    def _height(self, chapters: Sequence[int]) -> int:
        """How many decisions of these chapters one function bears at the most."""
        counts = Counter(told.one.bearers[0] for told in self.told if told.chapters[-1] in chapters)
        return max(counts.values(), default=0)

    def _heading(self, chapters: Sequence[int]) -> str:
        steps = sorted(index for number in chapters for index in self.chapters[number].steps)
        first, last = (local(self.plan, self.steps[index].at) for index in (steps[0], steps[-1]))
        if first == last:
            return day_and_time(first)
        if first.date() == last.date():
            return f"{day_and_time(first)}–{last:%H.%M}"
        return f"{first.day}{FIXED}{MONTHS[first.month - 1]} – {last.day}{FIXED}{MONTHS[last.month - 1]}"

    def _stated(self, number: int) -> list[tuple[str, str]]:
        """What all events of a chapter state, but not which municipality it is in; nothing where that is too much to read."""
        first, *others = (self.steps[index].facts for index in self.chapters[number].steps)
        places = {fact for each in self.plan.functions.values() for fact in each.found_by}
        common = [pair for pair in first if all(pair in other for other in others)]
        common = [(path, value) for path, value in common if "." not in path and path not in places]
        said = [(path, self._value(path, value)) for path, value in common]
        person = self.steps[self.chapters[number].steps[0]].subject_names[:1]
        most = MOST_VALUES if self.people.intersection(person) else 1
        return said if len(said) <= most else []

    def _event(self, number: int, column: str) -> Node:
        chapter = self.chapters[number]
        said = ", ".join(value for _, value in self._stated(number))
        text = f"{capital(chapter.label)}: {said}" if said else capital(chapter.label)
        count = len(chapter.steps)
        people = [name for name in self.steps[chapter.steps[0]].subject_names if name in self.people]
        detail = listed(people) if count == 1 else TIMES.format(count=_counted(count))
        return Node(f"e{number}", EVENT_LANE, column, "event", text, detail)

    def _decision(self, told: _Told, column: str) -> None:
        node = self._node(told, column)
        if any(node == replace(other, id="") for other in self.nodes):
            name = next(other.id for other in self.nodes if node == replace(other, id=""))
        else:
            name = f"d{len(self.nodes)}"
            self.nodes.append(replace(node, id=name))
        for cause in told.chapters:
            self._edge(Edge(f"e{cause}", name, "starts", state=told.one.state))
        receiver = self._receiver(told, column)
        if receiver is not None:
            known = [other.id for other in self.nodes if replace(other, id="") == receiver]
            if not known:
                known = [f"d{len(self.nodes)}"]
                self.nodes.append(replace(receiver, id=known[0]))
            self._edge(Edge(name, known[0], "tells", state=told.one.state))

    def _share_lanes(self) -> None:
        """Functions with at most one node under each time share a lane where they don't come in each other's way."""
        columns: dict[str, list[str]] = defaultdict(list)
        for node in self.nodes:
            columns[node.lane].append(node.column)
        taken = set(columns.pop(SHARED_LANE, []))
        sharing: set[str] = set()
        for lane, places in sorted(columns.items(), key=lambda pair: (len(pair[1]), pair[0])):
            if lane in self.plan.functions and len(places) == len(set(places)) and not taken.intersection(places):
                sharing.add(lane)
                taken.update(places)
        if len(sharing) < 1 + (SHARED_LANE not in {node.lane for node in self.nodes}):
            return
        self.nodes = [
            replace(node, lane=SHARED_LANE, detail="\n".join(filter(None, (capital(function(self.plan, node.lane)), node.detail))))
            if node.lane in sharing
            else node
            for node in self.nodes
        ]

    def _edge(self, edge: Edge) -> None:
        if edge not in self.edges:
            self.edges.append(edge)

    def _node(self, told: _Told, column: str) -> Node:
        one, decision = told.one, told.one.decision
        each, about = self._each(told), self._about(told)
        details = [about] if about and not each else []
        if len(one.bearers) > 1:
            details.append(f"({listed([function(self.plan, bearer) for bearer in one.bearers])})")
        if one.state in ("ask_first", "missed", "overdue"):
            details.append(owed(self.plan, decision))
        lane = SHARED_LANE if one.shared else one.bearers[0]
        text = self._text(decision)
        if decision.kind == "offer":
            details += [f"{self._text(also.one.decision)}: {also.mark}" for also in told.also]
            mark = told.mark
        else:
            text = "; ".join([text, *(_small(self._text(also.one.decision)) for also in told.also)])
            marks = list(dict.fromkeys(part.mark for part in (told, *told.also)))
            mark = ", ".join([marks[0], *(other.removeprefix(MARKS["done"]).strip() for other in marks[1:])])
        mark += f" ({each})" if each else ""
        shape: Shape = "offer" if decision.kind == "offer" else "decision"
        return Node("", lane, column, shape, text, "\n".join(details), mark, one.state)

    def _text(self, decision: Decision) -> str:
        return measure_text(self.plan, decision.kind, decision.object, decision.title)

    def _each(self, told: _Told) -> str:
        """That it is about everybody whom like events were about; nothing where that isn't so."""
        subjects = told.subjects
        if len(subjects) < 2 or len(subjects) != sum(len(self.chapters[number].steps) for number in told.chapters):
            return ""
        return BOTH if len(subjects) == 2 else EACH.format(count=_counted(len(subjects)))

    def _about(self, told: _Told) -> str:
        """Whom it is about, where the event doesn't say that already."""
        steps = [index for number in told.chapters for index in self.chapters[number].steps]
        about = named(told.subjects, self.names)
        return "" if any(about in self.steps[index].subject_names for index in steps) and len(steps) == 1 else about

    def _receiver(self, told: _Told, column: str) -> Node | None:
        """Who is told; those who are told alike in one box."""
        receiver = receiver_of(self.plan, told.one, column)
        if receiver is None:
            return None
        node = self._node(told, column)
        same = [other for other in self.told if other.chapters == told.chapters and self._node(other, column) == node]
        others = [receiver_of(self.plan, other.one, column) for other in same]
        alike = list(
            dict.fromkeys(
                other.lane for other in others if other is not None and (other.text, other.state) == (receiver.text, receiver.state)
            )
        )
        if len(alike) < SHARED_FROM:
            return receiver
        lanes = {lane.id: lane.label for lane in lanes_of(self.plan, [other for other in others if other is not None])}
        return replace(receiver, lane=SHARED_LANE, detail=listed([lanes[lane] for lane in alike]))


def _by_rule(told: Sequence[_Told]) -> list[_Told]:
    """Puts what one rule asks of the same bearer for the same into one: information with its offer, acts with each other."""
    alike: dict[tuple[object, ...], list[_Told]] = defaultdict(list)
    for each in told:
        one = each.one
        joins = one.decision.kind == "offer" or (one.state == "done" and one.decision.kind in ("perform", "inform"))
        own = () if joins else (id(each),)
        alike[(one.decision.id.rule, one.bearers, each.chapters, each.subjects, *own)].append(each)
    joined = []
    for same in alike.values():
        offers = [each for each in same if each.one.decision.kind == "offer"]
        first = offers[0] if offers else same[0]
        if len(offers) > 1:
            joined += same
        else:
            joined.append(replace(first, also=tuple(each for each in same if each is not first)))
    return joined


def _small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _counted(count: int) -> str:
    return COUNTS[count] if count < len(COUNTS) else str(count)
