"""Records whose present unit is in doubt, and what staff settled."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DoubtReason(models.TextChoices):
    NONE = "none", _("no present unit, though a place is printed")
    ENDED = "ended", _("the unit is no longer in force")
    DIVIDED = "divided", _("the printed unit was divided")
    OTHER = "other", _("the printed unit became another one")
    POINT = "point", _("the point lies in another unit")


class UnitDoubt(models.Model):
    """One doubt about one record; `candidates` are keys of present units, the likeliest first.

    Settled it stays, so that the same doubt is not raised again; new evidence raises it anew.
    """

    record = models.OneToOneField("catalog.Record", models.CASCADE, related_name="unit_doubt")
    reason = models.CharField(_("doubt"), max_length=10, choices=DoubtReason)
    candidates: Any = models.JSONField(default=list)
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, db_index=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_unit = models.ForeignKey("places.Unit", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["record__sort_vi", "record__number"]
        verbose_name = _("unit in doubt")
        verbose_name_plural = _("units in doubt")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.reason}"
