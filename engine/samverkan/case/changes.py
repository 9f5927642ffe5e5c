"""What one event changed in the parts of a case that it touches, and whether it may be taken at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from samverkan.decide.answer import Decision, DecisionId
from samverkan.decide.deciding import decision_of, shown_of, standing_of
from samverkan.decide.errors import EventError
from samverkan.decide.events import Event
from samverkan.decide.replay import Replay

HEADINGS = {"due": "due", "ask_first": "due", "done": "done", "declined": "done", "withdrawn": "withdrawn", "lapsed": "lapsed"}
"""Status → the heading under which a decision that has newly come to it is told."""


def changes(before: Iterable[Replay], after: Iterable[Replay]) -> dict[str, tuple[Decision, ...]]:
    """Heading → the decisions that have newly come to it, sorted by their ids."""
    old: dict[DecisionId, str] = {d: record.status for replay in before for d, record in shown_of(replay).items()}
    new: dict[str, list[Decision]] = {heading: [] for heading in HEADINGS.values()}
    for replay in after:
        standing = standing_of(replay)
        for decision, record in shown_of(replay).items():
            if old.get(decision) != record.status:
                new[HEADINGS[record.status]].append(decision_of(standing, record))
    return {heading: tuple(sorted(decisions, key=lambda d: d.id)) for heading, decisions in new.items()}


def refuse(event: Event, before: Iterable[Replay], after: Sequence[Replay], at: datetime) -> None:
    """Refuses what is about nobody, or leads to a combination that can't be (whoever's it is) and that wasn't there before.

    Raises:
        EventError: it is so.
    """
    for replay in after:
        for hanging in replay.judge.world.hanging:
            if hanging.id == event.id and hanging.about is not None:
                raise EventError(
                    f"Händelsen '{event.id}' handlar om {hanging.about.subject}, som inte finns i ärendet. "
                    "Lägg först till personen eller saken med en händelse som inför den."
                )
    new = _impossible(after, at) - _impossible(before, at)
    if new:
        subject, facts = min(new)
        raise EventError(f"Händelsen '{event.id}' ger uppgifter om {subject} som inte kan stämma tillsammans: {facts}.")


def _impossible(replays: Iterable[Replay], at: datetime) -> set[tuple[str, str]]:
    """Subjects, each with the facts that can't be so together."""
    return {
        (subject, ", ".join(sorted({atom.fact for atom in one.atoms})))
        for replay in replays
        if replay.prepared.plan.impossible
        for subject in replay.judge.world.sorts
        for one in replay.judge.world.violated(subject, at)
    }
