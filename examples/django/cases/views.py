"""The pages: events come in as JSON, and what is due and what was shown goes out."""

import json
from hmac import compare_digest

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from cases.log import keep, opened
from samverkan import (
    EventError,
    answer_to_json,
    event_from_cloud_event,
    event_from_json,
    ledger_to_json,
    outcome_to_json,
)
from samverkan.case.cloud_events import is_cloud_event

CAUSES = {
    "event": "en händelse", "correction": "en rättelse", "taken_back": "något togs tillbaka", "clock": "tiden gick",
    "own_measure": "en egen åtgärd", "plan": "en annan plan", "closed": "ärendet avslutades", "reopened": "ärendet öppnades igen",
    "handed_over": "ärendet lämnades över",
}  # fmt: skip


def said_as_json(data: dict, status: int = 200) -> HttpResponse:
    """A page of JSON whose å, ä and ö can be read."""
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def for_systems(view):
    """Only whoever shows the token gets in, and a fault of theirs is told in words."""

    def guarded(request: HttpRequest, ref: str) -> HttpResponse:
        said = request.headers.get("Authorization", "")
        if not settings.CASES_TOKEN or not compare_digest(said.encode(), f"Bearer {settings.CASES_TOKEN}".encode()):
            return said_as_json({"fel": "Du har inte tillgång till ärendet."}, status=403)
        try:
            return view(request, ref)
        except (EventError, ValidationError) as problem:
            text = problem.text if isinstance(problem, EventError) else " ".join(problem.messages)
            return said_as_json({"fel": text}, status=400)
        except IntegrityError:
            return said_as_json({"fel": "Någon annan ändrade ärendet samtidigt. Försök igen."}, status=409)

    return guarded


@csrf_exempt  # no cookies are used: a stranger's page has nothing to borrow
@require_POST
@for_systems
def events(request: HttpRequest, ref: str) -> HttpResponse:
    """One event, plain or as a CloudEvent, is delivered now; the answer is what it changed."""
    case = opened(ref)
    try:
        data = json.loads(request.body)
    except ValueError:
        raise EventError("Det som skickades är ingen JSON.") from None
    envelope = isinstance(data, dict) and is_cloud_event(data)
    event = event_from_cloud_event(case.plan, data) if envelope else event_from_json(case.plan, data)
    outcome = case.fire(event, now=timezone.now())
    keep(ref, outcome)
    return said_as_json(outcome_to_json(outcome), status=201)


@require_GET
@for_systems
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """What is due in a case, and its ledger, for people."""
    case, now = opened(ref), timezone.now()
    entries = [(entry, CAUSES[entry.cause]) for entry in case.ledger]
    return render(
        request, "cases/page.html", {"ref": ref, "now": now, "reminders": case.reminders(now), "case": case, "entries": entries}
    )


@require_GET
@for_systems
def answer(_: HttpRequest, ref: str) -> HttpResponse:
    """Everything that is due now, and what has become of all that was."""
    case = opened(ref)
    return said_as_json(answer_to_json(case.at(timezone.now()), case.plan))


@require_GET
@for_systems
def ledger(_: HttpRequest, ref: str) -> HttpResponse:
    """What people were shown, and when."""
    case = opened(ref)
    return said_as_json(ledger_to_json(case.ledger, case.plan))
