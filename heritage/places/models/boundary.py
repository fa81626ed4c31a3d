"""Boundaries of units, where the archive was given any: only they place a point in a unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.places.models.unit import Unit


class UnitBoundary(models.Model):
    """The extent of one unit in one form as a GeoJSON polygon or multipolygon, degrees of WGS 84.

    None is shipped: no openly licensed one of the present communes was at hand. `manage.py places load_boundaries`
    takes the file that a department has, with where it comes from.
    """

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="boundary")
    geometry = models.JSONField(_("boundary"))
    source = models.CharField(_("source"), max_length=300)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now=True)

    class Meta:
        verbose_name = _("boundary of a unit")
        verbose_name_plural = _("boundaries of units")

    def __str__(self) -> str:
        return str(self.unit)
