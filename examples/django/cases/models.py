"""The tables: a case, and a row for each thing that was done to it. Rows are added and never changed or taken away."""

from django.core.validators import RegexValidator
from django.db import models

# Short and without meaning, so that no number of a person or of a file fits in.
reference = RegexValidator(r"\A[A-Z]{1,3}[0-9]{1,4}\Z", "Skriv en beteckning som A7: bokstäver och högst fyra siffror.")


class CaseRecord(models.Model):
    """A case, under a reference that says nothing of anybody. `head`: what `case_to_json` writes beside the log."""

    ref = models.CharField(max_length=7, unique=True, validators=[reference])
    head = models.JSONField()


class StepRecord(models.Model):
    """One step of the log, as `case_to_json` writes it. `number` counts from 1; two writers can't both have the same."""

    case = models.ForeignKey(CaseRecord, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.JSONField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_row_for_each_number"),)

    def save(self, *args, **kwargs):
        """Adds the row. Raises TypeError where it is there already."""
        if self.pk is not None:
            raise TypeError("A step is never changed: a correction is a step of its own.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_, **__):
        """Raises TypeError: what people were shown has to be told afterwards too."""
        raise TypeError("A step is never taken away: an event is voided by a later revision.")
