"""Saved sets: digital objects that staff put together in an order of their own, each set a collection."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from heritage.iiif.models.digital_object import DigitalObject
from heritage.places.models.unit import Unit

MOST_OBJECTS = 500

validate_set_name = RegexValidator(
    r"\A[a-z0-9][a-z0-9-]{0,59}\Z",
    _("An address has 1 to 60 small letters without marks, digits or hyphens, such as ban-dap-chuong."),
)


class SavedSet(ClusterableModel):
    """A curated collection. Only those of its objects that are open are listed, whoever put them in."""

    unit_fields = ("unit",)

    name = models.CharField(
        _("address"),
        max_length=60,
        unique=True,
        validators=[validate_set_name],
        help_text=_("Part of the permanent address of the collection."),
    )
    label_vi = models.CharField(_("label in Vietnamese"), max_length=300)
    label_en = models.CharField(_("label in English"), max_length=300, blank=True)
    summary_vi = models.TextField(_("summary in Vietnamese"), max_length=2000, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=2000, blank=True)
    is_public = models.BooleanField(_("shown to everybody"), default=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("administrative unit")
    )
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("saved set")
        verbose_name_plural = _("saved sets")

    def __str__(self) -> str:
        return self.label_vi


class SavedSetEntry(Orderable):
    """One object of a set, once."""

    saved_set = ParentalKey(SavedSet, on_delete=models.CASCADE, related_name="entries")
    digital_object = models.ForeignKey(
        DigitalObject, models.CASCADE, related_name="set_entries", verbose_name=_("digital object")
    )

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["saved_set", "digital_object"], name="saved_set_object_once")]
        verbose_name = _("object of a set")
        verbose_name_plural = _("objects of a set")

    def __str__(self) -> str:
        return str(self.digital_object)
