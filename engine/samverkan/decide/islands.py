"""A case cut into parts that can't touch each other, each replayed by itself: persons whom no relation, mark or merging joins.

Rules look across persons over relations only, so what is due about one is settled by the events about those who are joined to
it. A new event then costs what its own part costs, however large the case is. The case itself is a part of its own: it needs of
the others only when the first event was. Where an act that is in force may open units for everybody, nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from samverkan.decide.beginning import beginnings, unchanged_by
from samverkan.decide.events import Event
from samverkan.decide.knowledge import in_utc, same_revision
from samverkan.decide.matching import Matcher
from samverkan.decide.prepared import Prepared
from samverkan.decide.replay import ITSELF, NO_CASE, Beginnings, Replay
from samverkan.decide.world import THE_CASE
from samverkan.plan.answers import kind_of
from samverkan.plan.model import CASE

WHOLE = ""
"""The name of the one part of a case that isn't cut; no subject is called so."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it was replayed: just `before` the instant that it has come to (None: not kept), and `there`."""

    before: Replay | None
    there: Replay

    def events(self) -> Iterator[Event]:
        """Every revision that was delivered to it."""
        return (revision for revisions in self.there.delivered.values() for revision in revisions)

    def come_to(self, at: datetime) -> Replay:
        """The part at `at`: itself where it stands there, else a copy taken on, or replayed from the start."""
        now = self.there.now
        if now == at:
            return self.there
        if now is not None and at < now:
            replay = Replay(self.there.prepared, self.there.matcher, self.there.beginnings)
            replay.deliver(self.events())
        else:
            replay = self.there.copy()
        replay.advance(at)
        return replay

    def unmoved_to(self, at: datetime) -> Replay:
        """The part at `at` as far as its statuses go: as it stands, where nothing changes of itself until then."""
        there = self.there
        return there if there.now is not None and there.now <= at and not there.has_instant(at) else self.come_to(at)


class Islands:
    """The parts by name. Never changes; `taking` gives others, which share all that the events don't touch."""

    __slots__ = ("_begins", "_part_of", "matcher", "parts", "prepared")

    def __init__(self, prepared: Prepared, matcher: Matcher) -> None:
        self.prepared = prepared
        self.matcher = matcher
        self.parts: Mapping[str, Part] = {}
        self._begins: Beginnings = NO_CASE
        self._part_of: Mapping[str, str] = {}

    def taking(self, events: Iterable[Event]) -> Islands:
        """These with more events. The parts that these touch aren't replayed yet, or no further than they were.

        Raises:
            EventError: an id and revision come with other content than before.
        """
        new = [event for event in map(in_utc, events) if not self._has(event)]
        return self._take(new) if new else self

    def touched_since(self, earlier: Islands) -> tuple[list[Part], list[Part]]:
        """The parts that differ: as they were, and as they are."""
        mine, theirs = self.parts, earlier.parts
        were = [part for name, part in theirs.items() if mine.get(name) is not part]
        return were, [part for name, part in mine.items() if theirs.get(name) is not part]

    def holding(self, name: str) -> list[Part]:
        """The part that an event of that id was delivered to, if it was."""
        return [part for part in self.parts.values() if name in part.there.delivered]

    def rest(self) -> None:
        """Let go of what can be worked out again: it lies still from now on."""
        for part in self.parts.values():
            part.there.rest()

    def advanced(self, earlier: Islands, now: datetime) -> Islands:
        """These with the parts that differ from `earlier` come to `now`, and ready to take more events of that instant."""
        differ = [name for name, part in self.parts.items() if earlier.parts.get(name) is not part]
        return self._come_to(differ, now)

    def come_to(self, now: datetime) -> Islands:
        """These with the parts in which something may change of itself until `now` come there; themselves where there are none."""
        moved = [name for name, part in self.parts.items() if part.there.has_instant(now)]
        return self._come_to(moved, now) if moved else self

    def has(self, event: Event) -> bool:
        """Whether exactly this was delivered before. Raises EventError where the id and revision have other content."""
        return self._has(in_utc(event))

    # -- inside --------------------------------------------------------------------------------------------------------------

    def _come_to(self, names: Iterable[str], now: datetime) -> Islands:
        parts = dict(self.parts)
        for name in names:
            before = parts[name].there.copy()
            before.advance(now, including=False)
            there = before.copy()
            there.advance(now)
            before.rest()
            parts[name] = Part(before, there)
        return self._with(parts, self._part_of, self._begins)

    def _with(self, parts: Mapping[str, Part], part_of: Mapping[str, str], begins: Beginnings) -> Islands:
        other = Islands(self.prepared, self.matcher)
        other.parts, other._part_of, other._begins = parts, part_of, begins
        return other

    def _has(self, event: Event) -> bool:
        """Whether exactly this was delivered before. Raises EventError where the id and revision have other content."""
        return any(same_revision(part.there.delivered, event) is not None for part in self.parts.values())

    def _take(self, new: list[Event]) -> Islands:
        """These with events that weren't delivered before: put into their parts, which are joined where the events join them."""
        parts, part_of, begins = dict(self.parts), dict(self._part_of), self._begins
        for names, labels, events in self._joined(new):
            label = _label(names, labels)
            begin = ITSELF if label == WHOLE else begins if label == THE_CASE else NO_CASE
            parts[label] = self._part([parts.pop(one) for one in labels], events, begin)
            moved = set(labels) - {label}
            if moved:
                part_of.update((name, label) for name, part in part_of.items() if part in moved)
            part_of.update(dict.fromkeys(names, label))
        if WHOLE not in parts and not unchanged_by(begins, new, self._delivered):
            begins = beginnings(revisions for part in parts.values() for revisions in part.there.delivered.values())
            case = Replay(self.prepared, self.matcher, begins)
            case.deliver(parts[THE_CASE].events() if THE_CASE in parts else ())
            parts[THE_CASE], part_of[THE_CASE] = Part(None, case), THE_CASE
        return self._with(parts, part_of, begins)

    def _part(self, there: Sequence[Part], events: list[Event], begin: Beginnings) -> Part:
        """The part that these parts and events make."""
        for one in there if len(there) == 1 else ():
            for base in (one.there, one.before):
                if base is not None and base.beginnings == begin and base.can_take(events):
                    replay = base.copy()
                    replay.deliver(events)
                    return Part(None, replay)
        replay = Replay(self.prepared, self.matcher, begin)
        for part in there:
            replay.deliver(part.events())
        replay.deliver(events)
        return Part(None, replay)

    def _delivered(self, name: str) -> tuple[Event, ...]:
        """Every revision of an event that was delivered."""
        return next((part.there.delivered[name] for part in self.holding(name)), ())

    def _joined(self, new: list[Event]) -> list[tuple[set[str], list[str], list[Event]]]:
        """The events in groups that lie in one part each: with the subjects that a group names, and the parts that it joins."""
        if WHOLE in self.parts or any(self._opens(event) for event in new):
            names = {WHOLE, THE_CASE, *self._part_of}.union(*(_names(event) for event in new))
            return [(names, list(self.parts), new)]
        groups = _Groups()
        for event in new:
            names = _names(event)
            labels = {self._part_of[name] for name in names if name in self._part_of}
            labels.update(label for label, part in self.parts.items() if event.id in part.there.delivered)
            groups.add(event, names, labels)
        return groups.found()

    def _opens(self, event: Event) -> bool:
        """Whether an event may bring in somebody about whom a rule holds units open."""
        opens = self.prepared.opens
        if CASE in opens:
            return True
        return bool(opens) and event.type is not None and kind_of(self.prepared.plan, event.type, event.facts).about in opens


def _label(names: set[str], labels: Sequence[str]) -> str:
    """What a part that names these subjects, and is made of these parts, is called."""
    for special in (WHOLE, THE_CASE):
        if special in names or special in labels:
            return special
    return min(labels) if labels else min(names)


def _names(event: Event) -> set[str]:
    """The subjects that an event names."""
    found: set[str] = set()
    if event.mark is not None:
        found.add(event.mark.subject)
    if event.about is not None:
        found.add(event.about.subject)
        found.update(end for end in event.about.ends if end is not None)
    if event.same_as is not None:
        found.add(event.same_as)
    return found


class _Groups:
    """Events joined where they share an id, a subject or a part (union-find)."""

    def __init__(self) -> None:
        self._leader: dict[tuple[str, str], tuple[str, str]] = {}
        self._events: list[tuple[Event, set[str]]] = []

    def add(self, event: Event, names: set[str], labels: set[str]) -> None:
        """One more event, the subjects that it names and the parts that it touches."""
        self._events.append((event, names))
        mine = self._find(("event", event.id))
        for other in [("name", name) for name in sorted(names)] + [("part", label) for label in sorted(labels)]:
            self._leader[self._find(other)] = mine

    def found(self) -> list[tuple[set[str], list[str], list[Event]]]:
        """The groups: subjects (the event's own id where it names none), parts, events."""
        groups: dict[tuple[str, str], tuple[set[str], list[str], list[Event]]] = {}
        for event, names in self._events:
            group = groups.setdefault(self._find(("event", event.id)), (set(), [], []))
            group[0].update(names)
            group[2].append(event)
        for token in sorted(self._leader):
            if token[0] == "part":
                groups[self._find(token)][1].append(token[1])
        for names, labels, events in groups.values():
            if not names and not labels:
                names.add(f"?{events[0].id}")
        return list(groups.values())

    def _find(self, token: tuple[str, str]) -> tuple[str, str]:
        leader = self._leader.setdefault(token, token)
        while leader != self._leader[leader]:
            leader = self._leader[token] = self._leader[leader]
        return leader
