"""Periods: a small hierarchical vocabulary with years."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.hierarchy import refuse_loop

BEFORE_ALL, AFTER_ALL = -10_000_000, 10_000


class Period(models.Model):
    """A period of history; years before the common era are negative, an open end is blank."""

    code = models.SlugField(_("code"), unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("within the period")
    )
    first_year = models.IntegerField(_("first year"), null=True, blank=True)
    last_year = models.IntegerField(_("last year"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "first_year", "pk"]
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        constraints = [
            models.CheckConstraint(
                name="period_years_in_order",
                condition=models.Q(first_year=None)
                | models.Q(last_year=None)
                | models.Q(first_year__lte=models.F("last_year")),
                violation_error_message=_("The first year is after the last."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    def clean(self) -> None:
        super().clean()
        refuse_loop(self, "parent", _("A period cannot lie within itself, even by way of others."))
        self._clean_years()

    def _clean_years(self) -> None:
        """A period lies within its parent, as far as the years of both are known."""
        above: Any = self.parent
        if above is None:
            return
        first, last = above.first_year, above.last_year
        if (self.first_year if self.first_year is not None else AFTER_ALL) < (
            first if first is not None else BEFORE_ALL
        ):
            message = _("%(parent)s begins in %(year)s only.") % {"parent": above, "year": first}
            raise ValidationError({"first_year": message})
        if (self.last_year if self.last_year is not None else BEFORE_ALL) > (last if last is not None else AFTER_ALL):
            message = _("%(parent)s ends in %(year)s already.") % {"parent": above, "year": last}
            raise ValidationError({"last_year": message})
