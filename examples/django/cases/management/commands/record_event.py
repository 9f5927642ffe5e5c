"""`manage.py record_event A7 < event.json`: one event is delivered to a case, and what it makes due is told."""

import json
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.log import keep, opened
from samverkan import EventError, event_from_json


class Command(BaseCommand):
    """Delivers an event."""

    help = "Lämnar en händelse (JSON på standard in) till ett ärende."

    def add_arguments(self, parser):
        """What is said on the command line."""
        parser.add_argument("ref", help="ärendets beteckning, till exempel A7")

    def handle(self, *_, **options):
        """Fires the event. Raises CommandError where it can't be."""
        try:
            case = opened(options["ref"])
            outcome = case.fire(event_from_json(case.plan, json.load(sys.stdin)), now=timezone.now())
        except EventError as problem:
            raise CommandError(problem.text) from None
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        except ValueError:
            raise CommandError("Det som lästes är ingen JSON.") from None
        keep(options["ref"], outcome)
        for decision in outcome.due:
            self.stdout.write(f"{decision.status}: {decision.id}")
