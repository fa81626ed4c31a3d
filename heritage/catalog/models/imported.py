"""What an import last brought for a record, so that the next one can tell a new fact from a hand-made edit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRow(models.Model):
    """The canonical values of the row that made or last changed a record (`imports.canonical`).

    A record is known by its number, or by `external_id` at `provider`. `withdrawn` records were taken back by
    undoing the import that had made them; another import brings them back.
    """

    record = models.OneToOneField("catalog.Record", on_delete=models.CASCADE, related_name="imported_row")
    values = models.JSONField(_("values"))
    file_name = models.CharField(_("file"), max_length=200)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)
    job = models.ForeignKey("catalog.RegisterImport", models.SET_NULL, null=True, blank=True, related_name="+")
    provider = models.CharField(_("provider of the file"), max_length=80, blank=True)
    external_id = models.CharField(_("key at the provider"), max_length=120, blank=True)
    withdrawn = models.BooleanField(_("withdrawn by undoing"), default=False)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(
                name="imported_row_once_at_its_provider",
                fields=["provider", "external_id"],
                condition=~models.Q(external_id=""),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
