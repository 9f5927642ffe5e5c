"""Who and what is in a case: introductions, roles, ends of relations, and persons that turn out to be one (semantics §1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from samverkan.decide.events import Event
from samverkan.decide.knowledge import order
from samverkan.plan.answers import kind_of
from samverkan.plan.model import OPERATION, PERSON, EventType, Plan


class People:
    """`first`: person → the instant from which they are in the case. `relations`: id → (sort, introduced). `named`: (relation,
    end) → the persons that were named there, as given. `operations`: id → introduced. Persons are canonical ids in `first`
    and in the roles. `breaks`: the instants at which who has which role, or what there is, may become another."""

    __slots__ = ("_begins", "_canonical", "_ends", "breaks", "first", "named", "operations", "relations")

    def __init__(self, plan: Plan, known: Sequence[Event]) -> None:
        self.first: dict[str, datetime] = {}
        self.relations: dict[str, tuple[str, datetime]] = {}
        self.operations: dict[str, datetime] = {}
        self.named: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._begins: dict[str, dict[str, list[datetime]]] = {}
        self._ends: dict[str, dict[str, list[datetime]]] = {}
        begins, ends = self._introductions(plan, known)
        self._canonical = _merge(known, begins)
        for person, given in begins.items():
            self._add(self._begins, person, given)
            who = self.canonical(person)
            at = min(at for _, _, at in given)
            self.first[who] = min(at, self.first.get(who, at))
        for person, given in ends.items():
            self._add(self._ends, person, given)
        things = [*self.operations.values(), *(introduced for _, introduced in self.relations.values())]
        roles = (at for table in (begins, ends) for given in table.values() for _, _, at in given)
        self.breaks = frozenset((*things, *roles))

    def canonical(self, person: str) -> str:
        """The one that everything about `person` is read as: whoever of those who are the same was introduced first."""
        return self._canonical.get(person, person)

    def has_role(self, person: str, role: str, t: datetime) -> bool:
        """Whether the person has the role at `t`: it began, and no end of it lies from that beginning to `t`."""
        begun = [b for b in self._begins.get(person, {}).get(role, ()) if b <= t]
        if not begun:
            return False
        last = max(begun)
        return not any(last <= e <= t for e in self._ends.get(person, {}).get(role, ()))

    def role_since(self, person: str, role: str, t: datetime) -> datetime | None:
        """Since when the person has the role that they have at `t`; None where they don't."""
        ends = [e for e in self._ends.get(person, {}).get(role, ()) if e <= t]
        begun = [b for b in self._begins.get(person, {}).get(role, ()) if b <= t and not any(b <= e for e in ends)]
        return min(begun, default=None)

    def roles(self, person: str, t: datetime) -> tuple[str, ...]:
        """The roles that the person has at `t`, sorted."""
        return tuple(sorted(r for r in self._begins.get(person, {}) if self.has_role(person, r, t)))

    def _introductions(
        self, plan: Plan, known: Sequence[Event]
    ) -> tuple[dict[str, list[_Given]], dict[str, list[_Given]]]:
        """Who is given and who loses a role, and when; things are introduced on the way."""
        begins: dict[str, list[_Given]] = defaultdict(list)
        ends: dict[str, list[_Given]] = defaultdict(list)
        relations: dict[str, list[Event]] = defaultdict(list)
        for event in known:
            if event.about is None or event.type is None:
                continue
            kind, subject = kind_of(plan, event.type, event.facts), event.about.subject
            if kind.about == PERSON:
                role = event.about.role or kind.role
                if kind.ends_role and role is not None:
                    ends[subject].append((order(event), role, event.at))
                elif gives_role(kind, event.about.role) and role is not None:
                    begins[subject].append((order(event), role, event.at))
            elif kind.about == OPERATION:
                if kind.introduces:
                    self.operations[subject] = min(event.at, self.operations.get(subject, event.at))
            elif kind.about in plan.relations:
                relations[subject].append(event)
        for relation, events in relations.items():
            self._relation(plan, relation, events, begins)
        return begins, ends

    def _relation(
        self, plan: Plan, relation: str, events: list[Event], begins: dict[str, list[_Given]]
    ) -> None:
        introducing = next((e for e in events if kind_of(plan, e.type, e.facts).introduces), None)
        if introducing is None:
            return
        sort = kind_of(plan, introducing.type, introducing.facts).about
        self.relations[relation] = (sort, introducing.at)
        for event in events:
            if event.about is None or kind_of(plan, event.type, event.facts).about != sort:
                continue
            for (end, role), person in zip(plan.relations[sort].ends.items(), event.about.ends, strict=False):
                if person is not None:
                    self.named[(relation, end)].append(person)
                    begins[person].append((order(event), role, introducing.at))

    def _add(
        self, table: dict[str, dict[str, list[datetime]]], person: str, given: list[_Given]
    ) -> None:
        roles = table.setdefault(self.canonical(person), {})
        for _, role, at in given:
            roles.setdefault(role, []).append(at)


_Given = tuple[tuple[datetime, datetime, str], str, datetime]
"""(order of the event that says so, role, from when)"""


def gives_role(kind: EventType, named: str | None) -> bool:
    """Whether an event of this type gives a role: it does by its nature, or it introduces and a role is named or declared."""
    return kind.begins or (kind.introduces and (named is not None or kind.role is not None))


def _merge(known: Sequence[Event], begins: dict[str, list[_Given]]) -> dict[str, str]:
    """Every person that is the same as another → the one of them that was introduced first."""
    groups: dict[str, set[str]] = {}
    for event in known:
        if event.same_as is None or event.about is None:
            continue
        one, other = event.about.subject, event.same_as
        joined = groups.get(one, {one}) | groups.get(other, {other})
        for person in joined:
            groups[person] = joined
    return {
        person: min(group, key=lambda p: (min(when for when, _, _ in begins[p]) if begins.get(p) else _NEVER, p))
        for person, group in groups.items()
    }


_LATE = datetime.max.replace(tzinfo=UTC)
_NEVER = (_LATE, _LATE, "")
