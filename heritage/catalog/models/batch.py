"""Changes of many records at once, and what became of each; a batch can be undone as a whole."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heritage.core.models import StaffJob


class Outcome(models.TextChoices):
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")


class Batch(StaffJob):
    """`order` names the records by their keys and keeps the raw values of the action's form."""

    undo_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="undoings")

    class Meta(StaffJob.Meta):
        verbose_name = _("change of many records")
        verbose_name_plural = _("changes of many records")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fresh: list[BatchedRecord] = []

    @property
    def counts(self) -> dict[str, int]:
        found = self.rows.order_by().values_list("outcome").annotate(number=models.Count("pk"))
        return dict(found)

    def add(self, **row: Any) -> None:
        made = BatchedRecord(
            batch=self,
            record=row["instance"],
            outcome=row["outcome"],
            reason=row["reason"][:500],
            kept=row["kept"],
        )
        self._fresh.append(made)
        self.done += 1

    def keep_progress(self) -> None:
        BatchedRecord.objects.bulk_create(self._fresh, batch_size=500)
        self._fresh = []
        self.beat_at = timezone.now()
        self.save(update_fields=["done", "total", "beat_at"])


class BatchedRecord(models.Model):
    """What became of one record in a batch; `kept` is what an undoing needs, None where nothing was changed."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    record = models.ForeignKey("catalog.Record", models.CASCADE, null=True, related_name="+")
    outcome = models.CharField(max_length=9, choices=Outcome)
    reason = models.CharField(max_length=500, blank=True)
    kept = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.outcome}"
