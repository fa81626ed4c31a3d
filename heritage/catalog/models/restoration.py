"""Restorations, with phases and pictures before and after; and reports of damage or encroachment with deadlines."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from heritage.catalog.models.composed import ComposedText, compose


def _ends_after(first: Any, last: Any, field: str) -> None:
    if first and last and last < first:
        message = _("%(last)s is before the beginning, %(first)s. Give a later day.")
        raise ValidationError({field: message % {"last": f"{last:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}"}})


class Restoration(ClusterableModel):
    """A project of conservation, repair or restoration. Costs are in đồng."""

    unit_fields = ("record__unit", "record__shared_units")

    record = models.ForeignKey(
        "catalog.Record", models.PROTECT, related_name="restorations", verbose_name=_("heritage record")
    )
    project = models.CharField(_("project"), max_length=250)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    contractor = models.CharField(_("carried out by"), max_length=200, blank=True)
    funding = models.CharField(_("source of funds"), max_length=200, blank=True)
    cost = models.DecimalField(
        _("cost in đồng"), max_digits=15, decimal_places=0, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    started_on = models.DateField(_("begun on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    description = models.TextField(_("what was done"), max_length=5000, blank=True)
    is_public = models.BooleanField(_("shown to the public"), default=False)

    class Meta:
        ordering = ["-started_on", "-pk"]
        verbose_name = _("restoration")
        verbose_name_plural = _("restorations")

    def __str__(self) -> str:
        return self.project

    def clean(self) -> None:
        super().clean()
        _ends_after(self.started_on, self.finished_on, "finished_on")

    def save(self, *args: Any, **kwargs: Any) -> None:
        compose(self)
        super().save(*args, **kwargs)


class RestorationPhase(ComposedText):
    restoration = ParentalKey(Restoration, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(_("phase"), max_length=200)
    started_on = models.DateField(_("begun on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost in đồng"), max_digits=15, decimal_places=0, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("phase of a restoration")
        verbose_name_plural = _("phases of restorations")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        _ends_after(self.started_on, self.finished_on, "finished_on")


class Moment(models.TextChoices):
    BEFORE = "before", _("before")
    DURING = "during", _("during the work")
    AFTER = "after", _("after")


class RestorationPicture(ComposedText):
    restoration = ParentalKey(Restoration, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("core.ArchiveImage", models.PROTECT, related_name="+", verbose_name=_("picture"))
    moment = models.CharField(_("moment"), max_length=8, choices=Moment)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("picture of a restoration")
        verbose_name_plural = _("pictures of restorations")

    def __str__(self) -> str:
        return f"{self.get_moment_display()} {self.caption}".strip()


class DamageKind(models.TextChoices):
    ENCROACHMENT = "encroachment", _("encroachment upon a protection zone")
    BUILDING = "building", _("building without permission")
    DAMAGE = "damage", _("damage")
    THEFT = "theft", _("theft or loss")
    FIRE = "fire", _("fire")
    DISASTER = "disaster", _("natural disaster")
    OTHER = "other", _("other")


class DamageReport(ComposedText):
    """Something reported that must be dealt with until `deadline`; settled when `settled_on` says so."""

    unit_fields = ("record__unit", "record__shared_units")

    record = models.ForeignKey(
        "catalog.Record", models.PROTECT, related_name="damage_reports", verbose_name=_("heritage record")
    )
    survey = models.ForeignKey(
        "catalog.Survey",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("found in the survey"),
    )
    kind = models.CharField(_("kind"), max_length=14, choices=DamageKind)
    reported_on = models.DateField(_("reported on"), default=timezone.localdate)
    reported_by = models.CharField(
        _("reported by"), max_length=150, blank=True, help_text=_("Never shown to the public.")
    )
    description = models.TextField(_("what happened"), max_length=5000)
    handled_by = models.CharField(_("handled by"), max_length=150, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), max_length=3000, blank=True)

    class Meta:
        ordering = [models.F("settled_on").desc(nulls_first=True), "deadline", "-reported_on"]
        verbose_name = _("report of damage or encroachment")
        verbose_name_plural = _("reports of damage or encroachment")
        indexes = [models.Index(fields=["settled_on", "deadline"], name="damage_report_by_deadline")]

    def __str__(self) -> str:
        return f"{self.record.number} · {self.get_kind_display()} · {self.reported_on:%d/%m/%Y}"

    @property
    def is_overdue(self) -> bool:
        return self.settled_on is None and self.deadline is not None and self.deadline < timezone.localdate()

    def clean(self) -> None:
        super().clean()
        _ends_after(self.reported_on, self.settled_on, "settled_on")
        _ends_after(self.reported_on, self.deadline, "deadline")
        if self.settled_on and not self.outcome.strip():
            raise ValidationError({"outcome": _("Say how it was settled.")})
