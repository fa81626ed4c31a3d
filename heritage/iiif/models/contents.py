"""Contents: the parts of an object under their names, for the table of contents of a viewer."""

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.iiif.models.canvas import Canvas
from heritage.iiif.models.digital_object import DigitalObject

MAX_DEPTH = 4

validate_part = RegexValidator(
    r"\A(xywh=\d{1,7},\d{1,7},[1-9]\d{0,6},[1-9]\d{0,6}|t=\d{1,6}(\.\d{1,3})?(,\d{1,6}(\.\d{1,3})?)?)\Z",
    _("A part is xywh=left,top,width,height in pixels or t=from,to in seconds."),
)


class RangeBehavior(models.TextChoices):
    """What an entry is for where it is no plain entry of the contents (Presentation API 3.0, `behavior` of a Range)."""

    USUAL = "", _("entry of the contents")
    SEQUENCE = "sequence", _("another order of the pages")
    NO_NAV = "no-nav", _("not offered for going to")
    THUMBNAIL_NAV = "thumbnail-nav", _("gone to by pictures")


class Range(models.Model):
    """One entry of the contents (Presentation API 3.0, section 5.4), in the order of `order`.

    `depth` counts from 0; an entry holds those that follow it and lie deeper. It reaches from the canvas `first` to
    `last`; without `last`, to where the next entry of its depth or above begins. `part` is a media fragment of `first`.
    `pieces`, where there are any, are all that it holds instead, in any order: `[primary key of a canvas, part]` each.
    """

    digital_object = models.ForeignKey(DigitalObject, models.CASCADE, related_name="ranges")
    order = models.PositiveIntegerField(_("order"), default=0)
    depth = models.PositiveSmallIntegerField(_("depth"), default=0, validators=[MaxValueValidator(MAX_DEPTH - 1)])
    label_vi = models.CharField(_("label in Vietnamese"), max_length=300)
    label_en = models.CharField(_("label in English"), max_length=300, blank=True)
    first = models.ForeignKey(Canvas, models.CASCADE, related_name="+", verbose_name=_("first page"))
    last = models.ForeignKey(
        Canvas, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("last page")
    )
    part = models.CharField(_("part"), max_length=60, blank=True, validators=[validate_part])
    pieces = models.JSONField(_("pieces of the entry"), default=list, blank=True)
    behavior = models.CharField(_("use of the entry"), max_length=14, choices=RangeBehavior, blank=True)
    picture = models.ForeignKey(
        Canvas, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture to go to it by")
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["digital_object", "order"], name="range_order_once")]
        verbose_name = _("entry of the contents")
        verbose_name_plural = _("entries of the contents")

    def __str__(self) -> str:
        return self.label_vi
