"""`manage.py advance_cases`: time goes on in every case, for a scheduler to run; what got overdue or passed is told."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.log import keep, opened
from cases.models import CaseRecord


class Command(BaseCommand):
    """Lets time go on."""

    help = "Låter tiden gå i alla ärenden och skriver vad som har blivit försenat eller gått ut."

    def handle(self, *_, **__):
        """Advances each case; a row is kept only where time changed something."""
        now = timezone.now()
        for ref in CaseRecord.objects.order_by("ref").values_list("ref", flat=True):
            outcome = opened(ref).advance(now)
            if outcome.entries:
                keep(ref, outcome)
            for decision in (*outcome.overdue, *outcome.passed):
                self.stdout.write(f"{ref}: {decision.id}")
