"""Exports of a whole dossier: ordered by a person, made by the worker, ending in a stated state."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.dossier import Dossier


class ExportKind(models.TextChoices):
    PDF = "pdf", _("one PDF with a contents page")
    BAG = "bag", _("BagIt bag (RFC 8493)")


class ExportState(models.TextChoices):
    WAITING = "waiting", _("waiting for the worker")
    RUNNING = "running", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")


def export_place(instance: "DossierExport", filename: str) -> str:
    return f"dossier-exports/{instance.dossier_id}/{instance.pk}-{filename}"


class DossierExport(models.Model):
    """`done` of `total` parts are made; `beat_at` tells a job that is being made from one whose worker is gone."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="exports", verbose_name=_("dossier"))
    kind = models.CharField(_("kind of export"), max_length=4, choices=ExportKind)
    state = models.CharField(_("state"), max_length=8, choices=ExportState, default=ExportState.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=export_place, max_length=200, blank=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ordered by")
    )
    ordered_at = models.DateTimeField(_("ordered at"), auto_now_add=True)
    beat_at = models.DateTimeField(_("last sign of the worker"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("export of a dossier")
        verbose_name_plural = _("exports of dossiers")
        indexes = [models.Index(fields=["state", "id"], name="dossier_export_by_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The file goes with its row."""
        if self.file:
            self.file.delete(save=False)
        return super().delete(*args, **kwargs)
