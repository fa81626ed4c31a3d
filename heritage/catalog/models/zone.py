"""Protection zones: which ground around a monument is protected, since when, and on what paper it stands."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from heritage.catalog.models.composed import ComposedText
from heritage.places.fields import GeometryField, as_validation_error
from heritage.places.geometry import checking, measuring, shapes

TOLERANCE = 0.02
"""Share by which the drawn area may differ from that of the minutes before staff are told."""


class ZoneKind(models.TextChoices):
    """Law 45/2024/QH15 on cultural heritage; a site may have no zone II."""

    ONE = "I", _("protection zone I (original elements)")
    TWO = "II", _("protection zone II (surroundings)")


class ProtectionZone(ComposedText):
    """One zone of one record. `area_m2` is measured on the ellipsoid from `geometry`; the minutes' own is beside it.

    A zone may have no geometry where only its area is known, and no area where the minutes give none.
    """

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="zones")
    kind = models.CharField(_("zone"), max_length=2, choices=ZoneKind, default=ZoneKind.ONE)
    geometry = GeometryField(_("boundary"), null=True, blank=True)
    area_m2 = models.FloatField(_("area measured (m²)"), null=True, blank=True, editable=False)
    stated_area_m2 = models.DecimalField(
        _("area in the minutes (m²)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.01)],
        help_text=_("As the minutes of the dossier print it; the drawn area is measured and compared."),
    )
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Such as the minutes and the map of the dossier.")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The first day without it."))
    designation = models.ForeignKey(
        "catalog.Designation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="zones",
        verbose_name=_("by decision"),
    )
    is_public = models.BooleanField(
        _("boundary is public"),
        default=True,
        help_text=_("Untick where the exact place must stay with staff, such as a dig that could be robbed."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "valid_from", "pk"]
        verbose_name = _("protection zone")
        verbose_name_plural = _("protection zones")
        constraints = [
            models.CheckConstraint(
                name="zone_ends_after_it_begins",
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_to__gt=models.F("valid_from")),
                violation_error_message=_("A zone ends after the day on which it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("A zone ends after the day on which it begins.")})
        if self.geometry:
            self.check_place()
            self.measure()

    def check_place(self) -> None:
        """Raises ValidationError where the zone lies far from the point of its record."""
        record = self.record if self.record_id or "record" in self._state.fields_cache else None
        if record is None or record.latitude is None or record.longitude is None:
            return
        point = (record.longitude, record.latitude)
        try:
            area = shapes.read(self.geometry)
            checking.refuse_unless_sound(area, point, record.coord_accuracy_m or 0)
        except shapes.BadGeometryError as error:
            raise ValidationError({"geometry": as_validation_error(error)}) from error

    def measure(self) -> None:
        """Bring `area_m2` in step with `geometry`."""
        self.area_m2 = round(measuring.area_m2(shapes.of(self.geometry)), 2) if self.geometry else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.measure()
        super().save(*args, **kwargs)

    @property
    def area_difference(self) -> float | None:
        """How far the measured area is from that of the minutes, as a share of it; None where one is missing."""
        if not self.area_m2 or not self.stated_area_m2:
            return None
        return measuring.difference(self.area_m2, float(self.stated_area_m2))

    @property
    def areas_disagree(self) -> bool:
        difference = self.area_difference
        return difference is not None and abs(difference) > TOLERANCE
