"""Between the tables and the library: rows become a case, and what was done to a case becomes rows."""

from functools import cache

from django.conf import settings
from django.db import transaction

from cases.models import CaseRecord, StepRecord, reference
from samverkan import Case, Outcome, Plan, case_from_json, case_to_json, load_plan


@cache
def plans() -> tuple[Plan, ...]:
    """Every plan that is in use, read once; they never change, so all threads share them."""
    return tuple(load_plan(name) for name in settings.SAMVERKAN_PLANS)


def opened(ref: str) -> Case:
    """The case of a reference; a new one where there is none. Raises ValidationError: it is no reference."""
    reference(ref)
    record = CaseRecord.objects.filter(ref=ref).first()
    if record is None:
        return Case(plans()[0])
    log = list(record.steps.values_list("step", flat=True))
    return case_from_json(plans(), {**record.head, "log": log})


@transaction.atomic
def keep(ref: str, outcome: Outcome) -> None:
    """The last step of a case as a new row. Raises IntegrityError where somebody else added one meanwhile."""
    head = case_to_json(outcome.case)
    log = head.pop("log")
    record, _ = CaseRecord.objects.get_or_create(ref=ref, defaults={"head": head})
    StepRecord.objects.create(case=record, number=len(log), step=log[-1])
