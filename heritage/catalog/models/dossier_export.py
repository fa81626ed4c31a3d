"""Exports of a whole dossier: ordered by a person, made by the worker, ending in a stated state."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.dossier import Dossier
from heritage.core.models import StaffJob


class ExportKind(models.TextChoices):
    PDF = "pdf", _("one PDF with a contents page")
    BAG = "bag", _("BagIt bag (RFC 8493)")


def export_place(instance: "DossierExport", filename: str) -> str:
    return f"dossier-exports/{instance.dossier_id}/{instance.pk}-{filename}"


class DossierExport(StaffJob):
    """`action` is its kind, `order` has the language; `done` of `total` files are in it. Kept a week."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="exports", verbose_name=_("dossier"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(_("file"), upload_to=export_place, max_length=200, blank=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)

    class Meta(StaffJob.Meta):
        verbose_name = _("export of a dossier")
        verbose_name_plural = _("exports of dossiers")
        indexes = [models.Index(fields=["state", "id"], name="dossier_export_by_state")]

    @property
    def kind_label(self) -> str:
        return str(ExportKind(self.action).label)

    @property
    def counts(self) -> dict[str, int]:
        return {"updated": self.done}

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The file goes with its row."""
        if self.file:
            self.file.delete(save=False)
        return super().delete(*args, **kwargs)
