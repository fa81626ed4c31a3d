"""Control points: which place on the earth a place on a scanned map is (Georeference extension)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.iiif.models.canvas import Canvas

ENOUGH = 3
"""With fewer points no map can be laid on the ground."""


class ControlPoint(models.Model):
    """`x`, `y` are pixels of the canvas from its upper left; longitude and latitude are degrees of WGS 84."""

    canvas = models.ForeignKey(Canvas, models.CASCADE, related_name="control_points")
    order = models.PositiveIntegerField(_("order"), default=0)
    x = models.PositiveIntegerField(_("from the left, in pixels"))
    y = models.PositiveIntegerField(_("from the top, in pixels"))
    longitude = models.FloatField(_("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    latitude = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["canvas", "x", "y"], name="control_point_once")]
        verbose_name = _("control point")
        verbose_name_plural = _("control points")

    def __str__(self) -> str:
        return f"{self.x},{self.y} = {self.longitude},{self.latitude}"
