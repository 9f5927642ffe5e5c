"""Decisions that follow from other decisions: asking for consent, correcting, telling that consent has ended (semantics §§5, 6)."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from samverkan.decide.answer import DecisionId
from samverkan.decide.becoming import person_concerned
from samverkan.decide.consents import IDENTITY, Consent, says_of
from samverkan.decide.prepared import CONSENT_RULE
from samverkan.decide.records import Record
from samverkan.decide.timing import AT_ONCE, strictest

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
        old = standing.records.get(decision)
        since = old.spells[-1].start if old is not None and old.shown else standing.moment.k
        found.append(
            Record(
                decision, None, None, "ask", decision.measure.removeprefix("ask:"),
                max((r.strength for r in records), key=STRENGTHS.index),
                strictest(standing.prepared, [r.deadline for r in records], since),
                owed=tuple(sorted(r.id for r in records)),
            )
        )  # fmt: skip
    return found


def corrections(standing: Standing) -> list[Record]:
    """One decision for each notification that was made and whose ground, as now known, was never there."""
    found = []
    for record in list(standing.records.values()):
        if record.kind != "notify" or record.shown or not standing.outcome(record.id).done:
            continue
        if not standing.ground_was_there(record, record.spells):
            found.append(_following(record, "correction"))
    return found


def consents_ended(standing: Standing) -> list[Record]:
    """One decision for each no that ends a consent under which the recipient has been told."""
    found: list[Record] = []
    for record in list(standing.records.values()):
        measure = record.measure
        if record.kind not in NOTIFYING or measure is None or measure.allowed_consent is None:
            continue
        person = person_concerned(standing.moment.judge, record.id.subject, measure)
        told = standing.outcome(record.id).done
        if person is None or not told:
            continue
        recipient, scope = measure.allowed_consent, measure.telling or IDENTITY
        world = standing.moment.judge.world
        for no in _ended(world.consents.get((person, recipient), []), scope, standing):
            under = (m for m in told if m.at < no.at and world.consent(person, recipient, scope, m.at)[0] == "given")
            found.extend(_following(record, "consent-ended", no.event) for _ in islice(under, 1))
    return found


def _ended(answers: list[Consent], scope: str, standing: Standing) -> list[Consent]:
    """The answers that ended a consent to `scope`, after which none was given again."""
    found = []
    for no in answers:
        if says_of(no, scope) not in ("refused", "withdrawn"):
            continue
        earlier = [a for a in answers if a.at < no.at]
        later = [a for a in answers if no.at < a.at <= standing.moment.k and says_of(a, scope) == "given"]
        yes = any(says_of(a, scope) == "given" for a in earlier)
        if yes and not later:
            found.append(no)
    return found


def _following(record: Record, suffix: str, occurrence: str = "") -> Record:
    decision = DecisionId(
        record.id.rule, f"{record.id.measure}:{suffix}", record.id.subject, record.id.bearer,
        occurrence or record.id.occurrence,
    )  # fmt: skip
    return Record(
        decision, record.rule, record.measure, suffix.replace("-", "_"), record.object, "must", AT_ONCE, owed=(record.id,)
    )
