"""The record: one thing worth keeping, of any kind, under a number that never changes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from heritage.catalog.models.composed import compose
from heritage.catalog.models.fields import ChoiceListField
from heritage.catalog.models.particulars import KindFields
from heritage.catalog.models.revised import KeysCheckedAtOnce
from heritage.catalog.models.vocabulary import Confidence, CoordBasis, HeritageType, IchCategory, Kind, Licence
from heritage.catalog.sorting import sort_text
from heritage.core import identifiers
from heritage.core.folding import fold
from heritage.core.models import BilingualPreviewMixin

record_saved = Signal()
"""Sent inside the transaction of a whole save, after the children are in the database; `instance` is the record."""

PUBLIC = models.Q(live=True)
RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link"]


class Record(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    BilingualPreviewMixin,
    KindFields,
    KeysCheckedAtOnce,
):
    """A monument, a festival, a treasure: facts and texts in two languages. Its rank is derived, never typed.

    `latitude` and `longitude` are degrees (WGS 84), `coord_accuracy_m` metres. The place stands twice: as
    printed in the decision (`commune_printed`, ...) and as the present unit, which rights follow.
    """

    unit_fields = ("unit", "shared_units")
    kind_field = "kind"
    preview_view = "heritage.catalog.views.record.preview"
    one_part = (("latitude", "longitude"),)

    number = models.CharField(
        _("number"),
        max_length=40,
        unique=True,
        blank=True,
        validators=[identifiers.validate_number],
        help_text=_("The register's number; it is permanent. Left blank, the next free one is given."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind,
        default=Kind.MONUMENT,
        help_text=_("Fields that only this kind has appear once the record is saved."),
    )
    name_vi = models.CharField(_("official name"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    types = ChoiceListField(_("types"), choices=HeritageType.choices)
    ich_categories = ChoiceListField(_("kinds of intangible heritage, as decided"), choices=IchCategory.choices)
    terms = ParentalManyToManyField("catalog.Term", blank=True, related_name="records", verbose_name=_("terms of type"))
    tags = ClusterTaggableManager(through="catalog.TaggedRecord", blank=True, verbose_name=_("tags"))
    periods = ParentalManyToManyField("catalog.Period", blank=True, related_name="records", verbose_name=_("periods"))
    summary_vi = models.TextField(_("summary in Vietnamese"), max_length=1000, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=1000, blank=True)
    text_vi = RichTextField(_("text in Vietnamese"), features=RICH_TEXT, blank=True)
    text_en = RichTextField(_("text in English"), features=RICH_TEXT, blank=True)

    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("present unit")
    )
    shared_units = ParentalManyToManyField(
        "places.Unit",
        blank=True,
        related_name="+",
        verbose_name=_("shared with"),
        help_text=_("Other units that the heritage belongs to, such as both sides of a pass; they may edit it too."),
    )
    commune_printed = models.CharField(_("commune as printed"), max_length=100, blank=True)
    district_printed = models.CharField(_("district as printed"), max_length=100, blank=True)
    province_printed = models.CharField(_("province as printed"), max_length=100, blank=True)
    address = models.CharField(_("hamlet, street"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    coord_accuracy_m = models.PositiveIntegerField(_("accuracy in metres"), null=True, blank=True)
    coord_basis = models.CharField(_("basis of the point"), max_length=10, choices=CoordBasis, blank=True)
    coord_note = models.CharField(_("note on the point"), max_length=200, blank=True)

    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    confidence = models.CharField(_("confidence"), max_length=12, choices=Confidence, blank=True)
    confidence_note = models.CharField(_("what the source leaves open"), max_length=300, blank=True)
    unknown_vi = models.TextField(_("what is not known (Vietnamese)"), max_length=1000, blank=True)
    unknown_en = models.TextField(_("what is not known (English)"), max_length=1000, blank=True)
    licence_vi = models.CharField(_("licence of the Vietnamese text"), max_length=20, choices=Licence, blank=True)
    licence_en = models.CharField(_("licence of the English text"), max_length=20, choices=Licence, blank=True)
    rights_statement = models.CharField(_("rights in the text"), max_length=200, blank=True)
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("Never shown to the public."))
    cover = models.ForeignKey(
        "core.ArchiveImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover picture")
    )
    digital_objects = models.ManyToManyField(
        "iiif.DigitalObject",
        through="catalog.RecordObject",
        related_name="records",
        blank=True,
        verbose_name=_("digital objects"),
    )
    is_featured = models.BooleanField(_("featured"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    folded = models.CharField(max_length=700, editable=False, blank=True)
    sort_vi = models.CharField(max_length=120, editable=False, blank=True)
    sort_en = models.CharField(max_length=120, editable=False, blank=True)

    class Meta:
        verbose_name = _("heritage record")
        verbose_name_plural = _("heritage records")
        ordering = ["sort_vi", "number"]
        # Over public records only: Django asks `WHERE live`, which no index that begins with `live` answers.
        indexes = [
            models.Index(fields=["sort_vi", "number"], name="record_list_vi", condition=PUBLIC),
            models.Index(fields=["sort_en", "number"], name="record_list_en", condition=PUBLIC),
            models.Index(fields=["kind", "sort_vi", "number"], name="record_list_kind_vi", condition=PUBLIC),
            models.Index(fields=["kind", "sort_en", "number"], name="record_list_kind_en", condition=PUBLIC),
            models.Index(fields=["kind", "types", "ich_categories"], name="record_facets", condition=PUBLIC),
            models.Index(fields=["unit", "sort_vi"], name="record_list_unit", condition=PUBLIC),
            models.Index(fields=["province_printed", "district_printed"], name="record_printed", condition=PUBLIC),
            models.Index(fields=["latitude", "longitude"], name="record_points", condition=PUBLIC),
            models.Index(fields=["modified_at"], name="record_by_change"),
            models.Index(fields=["id"], name="record_not_public", condition=models.Q(live=False)),
            # Few records are parts; over all of them the planner would think that an index helps little.
            models.Index(fields=["part_of", "sort_vi"], name="record_parts", condition=models.Q(part_of__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="record_point_is_whole",
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name_vi}".strip()

    def get_absolute_url(self) -> str:
        return reverse("record", args=[self.number])

    def clean(self) -> None:
        self.clean_alone()
        if self.pk:
            self._clean_number()
        if self.part_of_id:
            self.clean_part_of()

    def clean_alone(self) -> None:
        """The checks that need no look-up."""
        super().clean()

    def _clean_number(self) -> None:
        old = Record.objects.filter(pk=self.pk).values_list("number", flat=True).first()
        if old and self.number != old:
            raise ValidationError({"number": _("The number %(old)s is permanent.") % {"old": old}})

    def clean_part_of(self) -> None:
        seen, way, above = {self.pk}, [self.number], self.part_of_id
        while above is not None:
            number, further = Record.objects.filter(pk=above).values_list("number", "part_of").first() or ("", None)
            way.append(number)
            if above in seen:
                message = _("A record cannot be part of itself: %(way)s. Choose another record, or leave it blank.")
                raise ValidationError({"part_of": message % {"way": " → ".join(way)}})
            seen.add(above)
            above = further

    def derive(self) -> None:
        """Bring texts to one form and fill the columns that lists and searches read."""
        compose(self)
        self.folded = fold(f"{self.number} {self.name_vi} {self.name_en}")[:700]
        self.sort_vi = sort_text(self.name_vi)
        self.sort_en = sort_text(self.name_en or self.name_vi)

    @transaction.atomic
    def save(self, **kwargs: Any) -> None:
        """Save with children; a save of named fields (as Wagtail makes for drafts) touches nothing else."""
        if kwargs.get("update_fields") is not None:
            super().save(**kwargs)
            return
        self.number = self.number or identifiers.next_number("DS")
        self.derive()
        self._saving_children = True
        try:
            super().save(**kwargs)
        finally:
            self._saving_children = False
        record_saved.send(Record, instance=self)

    def get_latest_revision(self) -> Any:
        """The revision knows whose it is; Wagtail would read this row again to find out."""
        revision = super().get_latest_revision()
        if revision is not None:
            revision.content_object = self
        return revision
