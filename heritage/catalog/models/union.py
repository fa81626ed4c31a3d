"""Two records that became one, or one that became two: what moved, why, and by whom."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnionKind(models.TextChoices):
    MERGE = "merge", _("merged into another")
    SPLIT = "split", _("split off another")


class RecordUnion(models.Model):
    """`record` was merged into `other`, or split off it.

    `moved` lists what pointed to `record` before (`{"catalog.Dossier.record": [12, 13]}`), `copied` the child rows that
    `other` got (`{"sources": [7]}`): both are what undoing takes back.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=UnionKind)
    record = models.ForeignKey("catalog.Record", models.PROTECT, related_name="+", verbose_name=_("record"))
    other = models.ForeignKey("catalog.Record", models.PROTECT, related_name="+", verbose_name=_("other record"))
    reason_vi = models.TextField(_("reason in Vietnamese"), max_length=1000)
    reason_en = models.TextField(_("reason in English"), max_length=1000, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    moved = models.JSONField(default=dict)
    copied = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("merger or split of records")
        verbose_name_plural = _("mergers and splits of records")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind} {self.other_id}"
