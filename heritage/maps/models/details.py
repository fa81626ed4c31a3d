"""What only one kind of place has, as building blocks of `Place`."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.maps.models.vocabulary import Answer


class LodgingFields(models.Model):
    """Lodging: licence, rooms, and stars only as an authority verified them."""

    licence_number = models.CharField(_("licence number"), max_length=60, blank=True)
    rooms = models.PositiveIntegerField(_("rooms"), null=True, blank=True)
    stars = models.PositiveSmallIntegerField(
        _("stars"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    stars_verified_by = models.CharField(_("stars verified by"), max_length=120, blank=True)
    stars_verified_on = models.DateField(_("stars verified on"), null=True, blank=True)

    class Meta:
        abstract = True


class FoodFields(models.Model):
    dishes_vi = models.CharField(_("dishes in Vietnamese"), max_length=300, blank=True)
    dishes_en = models.CharField(_("dishes in English"), max_length=300, blank=True)
    vegetarian = models.CharField(_("vegetarian dishes"), max_length=8, choices=Answer, blank=True)
    halal = models.CharField(_("halal dishes"), max_length=8, choices=Answer, blank=True)

    class Meta:
        abstract = True


class ShoppingFields(models.Model):
    """Shopping: products, and the grade of the "one commune one product" programme (3 to 5 stars)."""

    products_vi = models.CharField(_("products in Vietnamese"), max_length=300, blank=True)
    products_en = models.CharField(_("products in English"), max_length=300, blank=True)
    ocop_grade = models.PositiveSmallIntegerField(
        _("OCOP grade"), null=True, blank=True, validators=[MinValueValidator(3), MaxValueValidator(5)]
    )

    class Meta:
        abstract = True


class SeasonFields(models.Model):
    """What is offered, and when the place is shut for a season."""

    services_vi = models.CharField(_("services in Vietnamese"), max_length=300, blank=True)
    services_en = models.CharField(_("services in English"), max_length=300, blank=True)
    season_note_vi = models.CharField(_("seasonal closing, in Vietnamese"), max_length=200, blank=True)
    season_note_en = models.CharField(_("seasonal closing, in English"), max_length=200, blank=True)

    class Meta:
        abstract = True


class SourceFields(models.Model):
    """Where an entry comes from, and who looked whether it is still true."""

    source = models.CharField(_("source"), max_length=200, blank=True)
    source_licence = models.CharField(_("licence of the source"), max_length=60, blank=True)
    source_key = models.CharField(
        _("key in the source"),
        max_length=120,
        blank=True,
        help_text=_("Such as node/123456; imports find the place by it."),
    )
    source_values = models.JSONField(editable=False, default=dict, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=120, blank=True)
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("An invented entry that shows how the site works; its page says so.")
    )

    class Meta:
        abstract = True
