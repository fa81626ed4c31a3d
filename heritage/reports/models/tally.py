"""Kept aggregates of the register, so that its figures cost the same at 100 records and at 100,000."""

from django.db import models


class Tally(models.Model):
    """How many records of `unit` (None: of no unit yet) and `kind` ("" for all) have `value` in `dimension`.

    Those by kind are for whoever holds a role for some kinds only.

    Records that several units share are not in it: they are few, and counted when asked for, so that nobody
    who reaches two of their units sees them twice.
    """

    unit = models.ForeignKey("places.Unit", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, blank=True, default="")
    dimension = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "dimension", "value"], name="tally_once"),
            models.UniqueConstraint(
                fields=["kind", "dimension", "value"], name="tally_once_unplaced", condition=models.Q(unit=None)
            ),
        ]
        indexes = [models.Index(fields=["kind", "dimension", "value", "unit", "number"], name="tally_sums")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.dimension}={self.value}: {self.number}"


class Counted(models.Model):
    """What a record has added to the tallies; a change takes that away again before it adds anew."""

    record_pk = models.BigIntegerField(primary_key=True)
    unit_pk = models.BigIntegerField(null=True)
    values = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.record_pk)
