"""Itineraries that staff publish: what a visitor may follow, or copy and change on the own device."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, RevisionMixin, WorkflowMixin

from heritage.core.models import BilingualPreviewMixin


class Way(models.TextChoices):
    WALK = "walk", _("on foot")
    BIKE = "bike", _("by bicycle")
    CAR = "car", _("by car or motorbike")


class Itinerary(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, BilingualPreviewMixin, ClusterableModel):
    """An ordered journey through sites and places; its days and times are computed, never stored."""

    unit_fields = ("unit",)
    preview_view = "heritage.maps.views.itinerary.preview"

    slug = models.SlugField(_("address"), max_length=80, unique=True, help_text=_("Part of the page's address."))
    title_vi = models.CharField(pgettext_lazy("of a map", "title in Vietnamese"), max_length=120)
    title_en = models.CharField(pgettext_lazy("of a map", "title in English"), max_length=120, blank=True)
    summary_vi = models.TextField(_("summary in Vietnamese"), max_length=2000, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=2000, blank=True)
    cover = models.ForeignKey(
        "core.ArchiveImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("administrative unit")
    )
    by = models.CharField(_("way of travel"), max_length=4, choices=Way, default=Way.CAR)
    leave = models.TimeField(_("each day sets out at"), default="08:00")
    is_sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        verbose_name = _("itinerary")
        verbose_name_plural = _("itineraries")
        ordering = ["title_vi", "pk"]

    def __str__(self) -> str:
        return self.title_vi

    def get_absolute_url(self) -> str:
        return reverse("itinerary", args=[self.slug])


class ItineraryStop(Orderable):
    """One stop: a heritage record or a place, on a day counted from 1."""

    itinerary = ParentalKey(Itinerary, on_delete=models.CASCADE, related_name="stops")
    day = models.PositiveSmallIntegerField(
        _("day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(14)]
    )
    record = models.ForeignKey(
        "catalog.Record", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("heritage record")
    )
    place = models.ForeignKey(
        "maps.Place", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("tourist place")
    )
    stay_minutes = models.PositiveSmallIntegerField(
        _("minutes there"), default=60, validators=[MinValueValidator(5), MaxValueValidator(720)]
    )
    note_vi = models.CharField(_("note in Vietnamese"), max_length=300, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("stop")
        verbose_name_plural = _("stops")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        thing = self.record or self.place
        return thing.number if thing else ""

    def clean(self) -> None:
        super().clean()
        if bool(self.record_id) == bool(self.place_id):
            raise ValidationError({"record": _("Choose either a heritage record or a tourist place.")})
