"""Thematic maps that staff build: which layers, which ranks, what is drawn over them, and the story told beside."""

import math
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from heritage.core.models import BilingualPreviewMixin
from heritage.maps import geofiles


class ThematicMap(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, BilingualPreviewMixin, models.Model):
    """A map of chosen layers and ranks; `shapes` is a GeoJSON feature collection as `geofiles.cleaned` leaves it."""

    unit_fields = ("unit",)
    preview_view = "heritage.maps.views.thematic.preview"

    slug = models.SlugField(_("address"), max_length=80, unique=True, help_text=_("Part of the page's address."))
    title_vi = models.CharField(pgettext_lazy("of a map", "title in Vietnamese"), max_length=120)
    title_en = models.CharField(pgettext_lazy("of a map", "title in English"), max_length=120, blank=True)
    story_vi = models.TextField(_("story in Vietnamese"), max_length=8000, blank=True)
    story_en = models.TextField(_("story in English"), max_length=8000, blank=True)
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("administrative unit")
    )
    layers = models.JSONField(_("layers"), default=list, blank=True)
    ranks = models.JSONField(_("ranks"), default=list, blank=True)
    overlays = models.JSONField(_("historical maps"), default=list, blank=True)
    latitude = models.FloatField(_("latitude of the start view"), null=True, blank=True)
    longitude = models.FloatField(_("longitude of the start view"), null=True, blank=True)
    zoom = models.PositiveSmallIntegerField(
        _("zoom of the start view"), default=8, validators=[MinValueValidator(4), MaxValueValidator(18)]
    )
    shapes = models.JSONField(_("drawn shapes"), default=dict, blank=True)

    class Meta:
        verbose_name = _("thematic map")
        verbose_name_plural = _("thematic maps")
        ordering = ["title_vi", "pk"]

    def __str__(self) -> str:
        return self.title_vi

    def get_absolute_url(self) -> str:
        return reverse("thematic_map", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        try:
            self.shapes = geofiles.cleaned(self.shapes) if self.shapes else {}
        except geofiles.BadGeometry as error:
            raise ValidationError({"shapes": str(error)}) from error
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"latitude": _("Give both latitude and longitude, or neither.")})
        if self.latitude is not None and self.longitude is not None:
            is_point = math.isfinite(self.latitude) and math.isfinite(self.longitude)
            if not is_point or abs(self.latitude) > 85 or abs(self.longitude) > 180:
                raise ValidationError({"latitude": _("A view lies between -85 and 85, -180 and 180 degrees.")})

    @property
    def start(self) -> tuple[float, float, int] | None:
        """Latitude, longitude, zoom of the first view; None = all of Viet Nam."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude, self.zoom

    @property
    def features(self) -> list[dict[str, Any]]:
        return self.shapes.get("features", []) if isinstance(self.shapes, dict) else []
