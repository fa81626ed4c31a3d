"""The working file of a museum object: where it has been, lent, shown, and in what condition.

It is not part of the record's drafts: an object moves when it moves. What the public sees of it is what is marked so.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from heritage.catalog.models.composed import ComposedText


class Acquisition(models.TextChoices):
    GIFT = "gift", _("gift")
    PURCHASE = "purchase", _("purchase")
    EXCAVATION = "excavation", _("excavation")
    FIELD = "field", _("collected in the field")
    TRANSFER = "transfer", _("transfer")
    SEIZURE = "seizure", _("handed over by the authorities")
    UNKNOWN = "unknown", _("not known")


class ObjectFile(ClusterableModel):
    """One file for one record of an object, treasure or document; rights are those of the record."""

    unit_fields = ("record__unit", "record__shared_units")

    record = models.OneToOneField(
        "catalog.Record",
        models.PROTECT,
        related_name="object_file",
        verbose_name=pgettext_lazy("of a museum", "object"),
    )
    acquired_how = models.CharField(_("acquired by"), max_length=12, choices=Acquisition, blank=True)
    acquired_on = models.DateField(_("acquired on"), null=True, blank=True)
    acquisition_note = models.CharField(_("note on the acquisition"), max_length=300, blank=True)

    class Meta:
        ordering = ["record"]
        verbose_name = _("object file")
        verbose_name_plural = _("object files")

    def __str__(self) -> str:
        return str(self.record)

    def location_on(self, day: dt.date | None = None) -> "Movement | None":
        """The last movement up to `day` (today): where the object is is derived from where it was taken."""
        day = day or timezone.localdate()
        return self.movements.filter(moved_on__lte=day).order_by("moved_on", "pk").last()


def _of_file(rows: str) -> ParentalKey:
    """The file that a row belongs to and in which such rows are called `rows`."""
    return ParentalKey(ObjectFile, on_delete=models.CASCADE, related_name=rows)


class Stay(models.TextChoices):
    DISPLAY = "display", _("on display")
    STORAGE = "storage", _("in storage")
    CONSERVATION = "conservation", _("in conservation")
    LOAN = "loan", _("on loan")
    WORSHIP = "worship", _("in worship")
    MISSING = "missing", _("missing")


class Movement(ComposedText):
    """The object was taken somewhere on a day, and is there until the next movement."""

    object_file = _of_file("movements")
    moved_on = models.DateField(_("moved on"))
    place = models.CharField(_("place"), max_length=200, help_text=_("Building, room, case or shelf."))
    stay = models.CharField(_("kept as"), max_length=12, choices=Stay, default=Stay.STORAGE)
    custodian = models.ForeignKey(
        "catalog.Custodian", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kept by")
    )
    is_public = models.BooleanField(
        _("shown to the public"), default=False, help_text=_("Never mark a place of storage that should not be known.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["moved_on", "pk"]
        verbose_name = _("movement")
        verbose_name_plural = _("movements")

    def __str__(self) -> str:
        return f"{self.moved_on} {self.place}"

    def clean(self) -> None:
        super().clean()
        if self.moved_on and self.moved_on > timezone.localdate():
            raise ValidationError({"moved_on": _("The day lies in the future; record the movement when it is made.")})


class Direction(models.TextChoices):
    OUT = "out", _("lent out")
    IN = "in", _("borrowed")


class ObjectLoan(ComposedText):
    """A loan of the object itself, from a day to a day; `returned_on` ends it."""

    object_file = _of_file("object_loans")
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.OUT)
    other_party = models.CharField(_("to or from whom"), max_length=200)
    agreement = models.CharField(_("agreement number"), max_length=60, blank=True)
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("due back"))
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    insured_vnd = models.PositiveBigIntegerField(_("insured for (đồng)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("loan of an object")
        verbose_name_plural = _("loans of objects")

    def __str__(self) -> str:
        return f"{self.starts_on} {self.other_party}"

    def is_overdue(self, day: dt.date) -> bool:
        return self.returned_on is None and self.due_on < day

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.due_on and self.due_on < self.starts_on:
            raise ValidationError({"due_on": _("It is due back before the loan begins.")})
        if self.starts_on and self.returned_on and self.returned_on < self.starts_on:
            raise ValidationError({"returned_on": _("It came back before the loan began.")})


class Showing(ComposedText):
    """An exhibition in which the object was, is or will be shown."""

    object_file = _of_file("showings")
    title_vi = models.CharField(_("exhibition (Vietnamese)"), max_length=200)
    title_en = models.CharField(_("exhibition (English)"), max_length=200, blank=True)
    venue = models.CharField(_("where"), max_length=200, blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    is_public = models.BooleanField(_("shown to the public"), default=False)

    class Meta:
        ordering = ["opens_on", "pk"]
        verbose_name = _("exhibition")
        verbose_name_plural = _("exhibitions")

    def __str__(self) -> str:
        return self.title_vi

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("It closes before it opens.")})


class ObjectState(models.TextChoices):
    GOOD = "good", _("good")
    FAIR = "fair", _("fair")
    POOR = "poor", _("poor")
    URGENT = "urgent", _("needs work at once")


class ConditionCheck(ComposedText):
    """The condition of an object as found on a day."""

    object_file = _of_file("condition_checks")
    checked_on = models.DateField(_("checked on"))
    state = models.CharField(_("condition"), max_length=8, choices=ObjectState)
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True)
    finding = models.TextField(_("what was found"), max_length=2000, blank=True)
    advice = models.TextField(_("work advised"), max_length=1000, blank=True)

    class Meta:
        ordering = ["checked_on", "pk"]
        verbose_name = _("condition check")
        verbose_name_plural = _("condition checks")

    def __str__(self) -> str:
        return f"{self.checked_on} {self.get_state_display()}"
