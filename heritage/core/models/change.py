"""The outbox table: what changed and who has yet to hear of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One object changed, and one consumer (search, map, ...) has not taken it up yet."""

    consumer = models.CharField(_("consumer"), max_length=40)
    model = models.CharField(_("model"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    retry_at = models.DateTimeField(_("retry at"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["consumer", "id"], name="change_by_consumer")]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return f"{self.consumer}: {self.model} {self.object_id}"
