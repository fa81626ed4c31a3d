"""Which digital objects (scans, rubbings, maps) belong to a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordObject(models.Model):
    """A digital object of a record. Not part of drafts: a scan is there at once, and open only when its record is."""

    record = models.ForeignKey("catalog.Record", models.PROTECT, related_name="record_objects")
    digital_object = models.ForeignKey(
        "iiif.DigitalObject", models.CASCADE, related_name="record_objects", verbose_name=_("digital object")
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    is_restricted = models.BooleanField(
        _("for staff only"), default=False, help_text=_("Kept from the public even while the record is published.")
    )

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("digital object of a record")
        verbose_name_plural = _("digital objects of records")
        constraints = [
            models.UniqueConstraint(fields=["record", "digital_object"], name="record_object_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.digital_object_id}"
