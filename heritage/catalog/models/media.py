"""Pictures and dimensions of a record, and its tags."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.models import Orderable

from heritage.catalog.models.composed import ComposedText


class RecordPicture(ComposedText, Orderable):
    """A picture beside the cover; its credit and licence are the image's own."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("core.ArchiveImage", models.CASCADE, related_name="+", verbose_name=_("image"))
    caption_vi = models.CharField(_("caption in Vietnamese"), max_length=300, blank=True)
    caption_en = models.CharField(_("caption in English"), max_length=300, blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.caption_vi or f"{self.image_id}"


class Measure(models.TextChoices):
    HEIGHT = "height", _("height")
    WIDTH = "width", _("width")
    LENGTH = "length", _("length")
    DEPTH = "depth", _("depth")
    THICKNESS = "thickness", _("thickness")
    DIAMETER = "diameter", _("diameter")
    CIRCUMFERENCE = "circumference", _("circumference")
    WEIGHT = "weight", _("weight")


class MeasureUnit(models.TextChoices):
    MILLIMETRE = "mm", "mm"
    CENTIMETRE = "cm", "cm"
    METRE = "m", "m"
    GRAM = "g", "g"
    KILOGRAM = "kg", "kg"
    TONNE = "t", "t"


WEIGHTS = (MeasureUnit.GRAM, MeasureUnit.KILOGRAM, MeasureUnit.TONNE)


class Dimension(ComposedText, Orderable):
    """One measured length or weight, in the unit in which it was measured."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="dimensions")
    measure = models.CharField(_("what is measured"), max_length=13, choices=Measure)
    value = models.DecimalField(
        _("value"), max_digits=10, decimal_places=3, validators=[MinValueValidator(Decimal("0.001"))]
    )
    unit = models.CharField(_("unit of measure"), max_length=2, choices=MeasureUnit, default=MeasureUnit.CENTIMETRE)
    part = models.CharField(_("of which part"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        constraints = [
            models.CheckConstraint(
                name="dimension_weight_in_weights",
                condition=models.Q(measure=Measure.WEIGHT, unit__in=WEIGHTS)
                | (~models.Q(measure=Measure.WEIGHT) & ~models.Q(unit__in=WEIGHTS)),
                violation_error_message=_("A weight is in g, kg or t; a length in mm, cm or m."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.value:g} {self.unit}"


class RecordTag(TagBase):
    """A free keyword of the register."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class TaggedRecord(ItemBase):
    tag = models.ForeignKey(RecordTag, models.CASCADE, related_name="tagged_records")
    content_object = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        verbose_name = _("tagged record")
        verbose_name_plural = _("tagged records")
