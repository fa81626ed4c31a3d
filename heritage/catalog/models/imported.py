"""What an import last brought for a record, so that the next one can tell a new fact from a hand-made edit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRow(models.Model):
    """The canonical values of the row that made or last changed a record (`imports.canonical`)."""

    record = models.OneToOneField("catalog.Record", on_delete=models.CASCADE, related_name="imported_row")
    values = models.JSONField(_("values"))
    file_name = models.CharField(_("file"), max_length=200)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")

    def __str__(self) -> str:
        return self.file_name
