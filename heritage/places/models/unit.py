"""Administrative units through time: a code is no key, a code with the day it began is one."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.core import languages
from heritage.core.folding import fold
from heritage.places import naming

REORGANISATION = dt.date(2025, 7, 1)
"""Since this day there are two levels, province and commune (Resolution 202/2025/QH15)."""


class Level(models.TextChoices):
    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district (until 30 June 2025)")
    COMMUNE = "commune", _("commune")


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: dt.date) -> "UnitQuerySet":
        """Units that exist on `day`."""
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=day),
            models.Q(valid_to=None) | models.Q(valid_to__gt=day),
        )

    def current(self) -> "UnitQuerySet":
        return self.filter(valid_to=None)


class Unit(models.Model):
    """One unit in one form: a new name, kind or extent begins a new row.

    `name` carries the kind as official lists print it ("Xã Ba Tri"). `valid_from` is None where the unit is older than
    the sources; `valid_to` is the first day on which it no longer exists.
    """

    code = models.CharField(_("code"), max_length=5)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    folded = models.CharField(_("folded name"), max_length=100, db_index=True, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    province = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units_within")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "valid_from"], name="unit_code_from_day"),
            models.UniqueConstraint(
                fields=["level", "code"], name="unit_code_from_before", condition=models.Q(valid_from=None)
            ),
        ]
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_derived()
        super().save(*args, **kwargs)

    def fill_derived(self) -> None:
        """Set what follows from the name; bulk writers call it themselves."""
        self.folded = fold(self.name)
        self.name_en = self.name_en or naming.in_english(self.name)

    @property
    def is_current(self) -> bool:
        return self.valid_to is None

    def label(self, language: str | None = None) -> str:
        """The unit's own name within a sentence: `xã Ba Tri`, `Ba Tri Commune`."""
        if (language or languages.current()) == "en" and self.name_en:
            return self.name_en
        return naming.in_running_text(self.name)

    def full_label(self, language: str | None = None) -> str:
        """The name with those of the units above: `xã An Đức, huyện Ba Tri, tỉnh Bến Tre`. Select `parent__parent`."""
        chain, unit = [], self
        while unit is not None:
            chain.append(unit.label(language))
            unit = unit.parent  # type: ignore[assignment]
        return ", ".join(chain)


class UnitChange(models.Model):
    """A predecessor became, wholly or in part, a successor."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    is_partial = models.BooleanField(_("in part"), default=False)
    is_main_part = models.BooleanField(
        _("main part"),
        default=False,
        help_text=_("Where a unit was divided: the part to assume for a record of which no coordinate is known."),
    )
    took_effect_on = models.DateField(_("took effect on"))
    resolution = models.CharField(_("resolution"), max_length=100, blank=True)
    recorded = models.ForeignKey(
        "places.RecordedChange", models.PROTECT, null=True, blank=True, related_name="changes", editable=False
    )

    class Meta:
        ordering = ["took_effect_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="unit_change_main_part_is_a_part",
                condition=models.Q(is_main_part=False) | models.Q(is_partial=True),
                violation_error_message=_("Only a part can be the main part."),
            ),
            models.UniqueConstraint(fields=["predecessor", "successor", "took_effect_on"], name="unit_change_once"),
        ]
        verbose_name = _("change of unit")
        verbose_name_plural = _("changes of units")

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor}"
