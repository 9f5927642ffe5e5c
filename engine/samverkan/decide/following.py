"""Decisions that follow from other decisions: asking for consent, correcting, telling that consent has ended (semantics §§5, 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from samverkan.decide.answer import DecisionId
from samverkan.decide.becoming import person_concerned
from samverkan.decide.consents import IDENTITY, Consent, ends_consent, given_again
from samverkan.decide.prepared import CONSENT_RULE
from samverkan.decide.records import Record
from samverkan.decide.timing import AT_ONCE

if TYPE_CHECKING:
    from samverkan.decide.standing import Standing

STRENGTHS = ("may", "should", "must")
NOTIFYING = ("notify", "apply")


def asking(standing: Standing) -> list[Record]:
    """One decision for each person, recipient and bearer for whom some measure waits for consent."""
    waiting: dict[DecisionId, list[Record]] = defaultdict(list)
    for held in standing.moment.held.values():
        record = standing.records.get(held.id)
        if record is None or not record.shown:
            continue
        person = person_concerned(standing.moment.judge, held.id.subject, held.measure)
        recipient = held.measure.allowed_consent
        if held.waits and person and recipient and standing.shown_status(record).status == "ask_first":
            waiting[DecisionId(CONSENT_RULE, f"ask:{recipient}", person, held.id.bearer)].append(record)
    found = []
    for decision, records in waiting.items():
        waits = tuple(sorted(r.id for r in records))
        strength = max((r.strength for r in records), key=STRENGTHS.index)
        recipient = decision.measure.removeprefix("ask:")
        found.append(Record(decision, None, None, "ask", recipient, strength, owed=waits, waiting=waits))
    return found


def corrections(standing: Standing) -> list[Record]:
    """One decision for each unit that was told what, as now known, never had a ground."""
    found = []
    for record in list(standing.records.values()):
        if record.kind != "notify" or record.shown or not standing.outcome(record.id).done:
            continue
        if not standing.ground_was_there(record, record.spells):
            found.extend(correcting(record, standing.told_units([record.id])))
    return found


def consents_ended(standing: Standing) -> list[Record]:
    """One decision for each no that ends a consent, and each unit that has been told before it."""
    ended: dict[DecisionId, tuple[Record, Consent, list[DecisionId]]] = {}
    for record in list(standing.records.values()):
        measure = record.measure
        if record.kind not in NOTIFYING or measure is None or measure.allowed_consent is None:
            continue
        person = person_concerned(standing.moment.judge, record.id.subject, measure)
        told = standing.outcome(record.id).done
        if person is None or not told:
            continue
        recipient, scope = measure.allowed_consent, measure.telling or IDENTITY
        first = min(m.at for m in told)
        for no in _ended(standing, person, recipient, scope):
            if first < no.at:
                made = _following((record.id,), record, "consent-ended", no.event)
                ended.setdefault(made.id, (record, no, []))[2].append(record.id)
    found: list[Record] = []
    for record, no, told_by in ended.values():
        units = standing.told_units(told_by, no.at)
        found.extend(_following(tuple(sorted(told_by)), record, name, no.event) for name in _each("consent-ended", units))
    return found


def correcting(record: Record, units: Sequence[str]) -> list[Record]:
    """The corrections of a notification, where these units were told, in the order in which that became known (5.i)."""
    return [_following((record.id,), record, name) for name in _each("correction", units)]


def _each(kind: str, units: Sequence[str]) -> list[str]:
    """What is put to the measure's id for each unit that was told: the bare kind for the first, or where it isn't known."""
    return [kind, *(f"{kind}:{unit}" for unit in units[1:])]


def _ended(standing: Standing, person: str, recipient: str, scope: str) -> list[Consent]:
    """The withdrawals, and refusals after a yes, after which consent was not given again."""
    answers = standing.moment.judge.world.consents.get((person, recipient), [])
    k = standing.moment.k
    return [no for no in answers if ends_consent(answers, scope, no) and not given_again(answers, scope, no, k)]


def _following(owed: tuple[DecisionId, ...], record: Record, suffix: str, occurrence: str = "") -> Record:
    decision = DecisionId(
        record.id.rule, f"{record.id.measure}:{suffix}", record.id.subject, record.id.bearer,
        occurrence or record.id.occurrence,
    )  # fmt: skip
    kind = suffix.partition(":")[0].replace("-", "_")
    return Record(decision, record.rule, record.measure, kind, record.object, "must", AT_ONCE, owed=owed)
