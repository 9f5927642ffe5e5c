"""What the document holds, ready to be laid out: plain frozen data, every text already in Swedish."""

from __future__ import annotations

from dataclasses import dataclass

LONG = 450
"""A rule with more letters than this may be parted between two columns of paper."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it is cited on the document's day. `about`: what it says; `seen`: somebody has read its text for that time."""

    clause: str
    text: str
    about: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Points at a rule: its number in the document, its anchor (empty where the document leaves it out) and its title."""

    number: str
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Task:
    """One measure as a sentence, what allows it to tell somebody something, and what else belongs to it."""

    sentence: str
    allowed: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule. `alike`: what allows and else belongs to all its tasks. `strength`, `time`: of its most urgent measure ("ska",
    "genast"). `news`: "ny", "ändrad" … since a day. `old`: it holds only for offences of long ago."""

    reference: Reference
    id: str
    text: str
    whom: str
    occasion: str
    when: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    tasks: tuple[Task, ...]
    alike: tuple[str, ...]
    sources: tuple[Cited, ...]
    basis: str
    basis_words: str
    validity: str
    strength: str
    time: str
    notes: tuple[str, ...]
    news: str
    old: bool

    @property
    def is_long(self) -> bool:
        """Whether it takes so much of a column that it may be parted on paper, rather than leave the rest of the column empty."""
        conditions = (*self.when, *(one for some in self.any_of for one in some), *self.unless)
        tasks = (text for task in self.tasks for text in (task.sentence, task.allowed, *task.notes))
        return sum(map(len, (self.text, *conditions, *tasks, *self.notes))) > LONG


@dataclass(frozen=True, slots=True)
class Group:
    """Rules of one phase."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A rule in a list: what it points at, who bears it, how fast."""

    reference: Reference
    who: str
    strength: str
    time: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Somebody is told something. `ground`: what allows it."""

    reference: Reference
    teller: str
    told: str
    what: str
    ground: str
    kind: str


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit as it is on the document's day."""

    label: str
    area: str
    serves: str
    hours: str
    stand_ins: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Points at a part of the document: its number and its anchor, with a title."""

    number: str
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one function does. `shared`: rules of other chapters that it also bears, listed where the document has those
    chapters, else in full (`borrowed`); `receives`: what others tell it. `units_in`: the chapter that has the same units."""

    number: int
    anchor: str
    title: str
    units: tuple[UnitEntry, ...]
    units_in: Place | None
    groups: tuple[Group, ...]
    shared: tuple[Line, ...]
    borrowed: tuple[Entry, ...]
    receives: tuple[Flow, ...]

    @property
    def rules(self) -> int:
        return sum(len(group.entries) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Doing:
    """What one function does when something happens, or in a phase. `shared`: what several leave undone alike, so that each line
    names them."""

    who: str
    lines: tuple[Line, ...]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Besides:
    """What holds besides for whoever is new in the case, where it is told, and what of that doesn't hold here."""

    place: Place
    about: str
    without: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: what it says, what is to be done, and what may follow on that. `besides`: what is told elsewhere once, because it
    holds for everybody who is new. `otherwise`: what may hold where the event says something else than it does by itself.
    `new`: no event, but what holds for everybody who is new."""

    place: Place
    about: str
    says: tuple[str, ...]
    doings: tuple[Doing, ...]
    besides: tuple[Besides, ...]
    otherwise: tuple[Doing, ...]
    later: tuple[Line, ...]
    new: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase with what each function does in it."""

    anchor: str
    title: str
    doings: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A clause with the rules that rest on it, or why there are none. `ruled`: some rule does, be it on other days. `plain`: it is
    cited by the same words as the whole source, so that only what it says tells it from others."""

    anchor: str
    plain: bool
    cited: Cited
    rules: tuple[Reference, ...]
    why: str
    ruled: bool


@dataclass(frozen=True, slots=True)
class SourceGroup:
    title: str
    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class Must:
    """A requirement (what must always be met) or a conclusion (when it is drawn), with its sources. `then`: what must be done."""

    title: str
    whom: str
    when: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...]
    then: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole, for a bar: how many, what they are called, and in which shade they are drawn."""

    count: int
    label: str
    shade: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of a whole are of each sort."""

    title: str
    shares: tuple[Share, ...]

    @property
    def whole(self) -> int:
        return sum(share.count for share in self.shares)


@dataclass(frozen=True, slots=True)
class Confirm:
    """What is still to be confirmed: a count with what it counts, and where the list is."""

    count: int
    whole: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since a day."""

    since: str
    added: tuple[Reference, ...]
    ended: tuple[str, ...]
    changed: tuple[tuple[Reference, tuple[str, ...]], ...]
    recited: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the index: where it is spoken of; `many` where that is almost everywhere. `chapter`: of a function, its own."""

    word: str
    chapter: Place | None
    references: tuple[Reference, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Letter:
    letter: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document."""

    title: str
    whose: str
    subtitle: str
    version: str
    digest: str
    day: str
    dnr: str
    reconstructed: str
    bars: tuple[Bar, ...]
    confirms: tuple[Confirm, ...]
    happenings: tuple[Happening, ...]
    chapters: tuple[Chapter, ...]
    phases: tuple[Phase, ...]
    flows: tuple[tuple[str, tuple[tuple[str, tuple[Flow, ...]], ...]], ...]
    musts: tuple[Must, ...]
    concluded: tuple[Must, ...]
    news: News | None
    coming: tuple[str, ...]
    since: str
    unconfirmed: tuple[tuple[Place, tuple[UnitEntry, ...]], ...]
    unchecked: tuple[SourceEntry, ...]
    assumed: tuple[Reference, ...]
    unruled: tuple[SourceEntry, ...]
    sources: tuple[SourceGroup, ...]
    letters: tuple[Letter, ...]
