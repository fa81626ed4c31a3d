"""Surveys: dated visits that say in what condition the heritage is, with photographs."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.composed import ComposedText
from heritage.catalog.models.fields import ChoiceListField


class ConditionGrade(models.TextChoices):
    GOOD = "good", _("good")
    FAIR = "fair", _("fair, small repairs needed")
    POOR = "poor", _("poor, decaying")
    CRITICAL = "critical", _("critical, in danger of being lost")
    LOST = "lost", _("lost")


class Threat(models.TextChoices):
    DAMP = "damp", _("damp, leaking roof")
    PESTS = "pests", _("termites, fungi, plants")
    STRUCTURE = "structure", _("cracks, sinking")
    WATER = "water", _("flood, landslide, erosion")
    STORM = "storm", _("storm, lightning")
    FIRE = "fire", _("fire")
    THEFT = "theft", _("theft, vandalism")
    ENCROACHMENT = "encroachment", _("encroachment, building nearby")
    CROWDS = "crowds", _("too many visitors")
    REPAIRS = "repairs", _("repairs without permission")
    DISUSE = "disuse", _("disuse, practice dying out")
    POLLUTION = "pollution", _("waste, pollution")


def latitude() -> models.FloatField:
    return models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )


def longitude() -> models.FloatField:
    return models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )


class Survey(ComposedText):
    """One visit. `key` is made on the device, so that a survey that is sent twice arrives once."""

    unit_fields = ("record__unit", "record__shared_units")

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(
        "catalog.Record", models.PROTECT, related_name="surveys", verbose_name=_("heritage record")
    )
    visited_on = models.DateField(_("visited on"))
    surveyor = models.CharField(_("surveyed by"), max_length=150)
    grade = models.CharField(_("condition"), max_length=10, choices=ConditionGrade)
    threats = ChoiceListField(_("threats"), choices=Threat.choices, max_length=250)
    description = models.TextField(_("what was seen"), max_length=5000, blank=True)
    recommended = models.TextField(_("recommended work"), max_length=3000, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    latitude = latitude()
    longitude = longitude()
    accuracy_m = models.PositiveIntegerField(_("accuracy in metres"), null=True, blank=True)
    photographs_expected = models.PositiveSmallIntegerField(_("photographs taken"), default=0)
    is_public = models.BooleanField(
        _("shown to the public"), default=False, help_text=_("Grade and day; of the photographs those marked so.")
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    class Meta:
        ordering = ["-visited_on", "-pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        indexes = [models.Index(fields=["record", "visited_on"], name="survey_by_day")]

    def __str__(self) -> str:
        return f"{self.record.number} · {self.visited_on:%d/%m/%Y}"

    @property
    def threat_labels(self) -> list[str]:
        return Survey._meta.get_field("threats").labels(self.threats)

    def clean(self) -> None:
        super().clean()
        if self.visited_on and self.visited_on > timezone.localdate():
            message = _("%(day)s lies in the future; give the day of the visit.")
            raise ValidationError({"visited_on": message % {"day": f"{self.visited_on:%d/%m/%Y}"}})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"latitude": _("Give both latitude and longitude, or neither.")})


def original_place(instance: "SurveyPhotograph", filename: str) -> str:
    return f"surveys/{instance.survey.key}/{instance.key}{filename[filename.rfind('.') :]}"


def shown_place(instance: "SurveyPhotograph", filename: str) -> str:
    return f"surveys/{instance.survey.key}/{instance.key}-shown.jpg"


class SurveyPhotograph(ComposedText):
    """`file` is as it came, for staff; `shown` is smaller and carries no data of the camera or its owner."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="photographs", verbose_name=_("survey"))
    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("file"), upload_to=original_place, max_length=200)
    shown = models.FileField(_("file to show"), upload_to=shown_place, max_length=200)
    media_type = models.CharField(_("media type"), max_length=40)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    latitude = latitude()
    longitude = longitude()
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    is_public = models.BooleanField(_("shown to the public"), default=False)

    class Meta:
        ordering = ["taken_at", "pk"]
        verbose_name = _("photograph of a survey")
        verbose_name_plural = _("photographs of surveys")

    def __str__(self) -> str:
        return self.caption or str(self.key)
