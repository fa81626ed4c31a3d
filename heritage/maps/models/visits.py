"""How many came: counts of visitors as a site's keepers report them, by year or by month, each with its source."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

WHOLE_YEAR = 0
FIRST_YEAR = 1962


class VisitBasis(models.TextChoices):
    """How a number came about: what it can bear is told wherever it is shown."""

    TICKETS = "tickets", _("tickets sold")
    COUNTER = "counter", _("counted at the gate")
    ESTIMATE = "estimate", _("estimate")


class VisitCount(models.Model):
    """Visitors of one record in one month, or in a whole year (`month` 0).

    Where a year has both, the count of the whole year is what figures are made of. No person is in it.
    """

    unit_fields = ("record__unit", "record__shared_units")

    record = models.ForeignKey(
        "catalog.Record", models.PROTECT, related_name="visit_counts", verbose_name=_("heritage record")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(FIRST_YEAR)])
    month = models.PositiveSmallIntegerField(
        _("month"),
        default=WHOLE_YEAR,
        choices=[(WHOLE_YEAR, _("the whole year")), *MONTHS.items()],
        validators=[MaxValueValidator(12)],
    )
    visitors = models.PositiveIntegerField(_("visitors"))
    foreign_visitors = models.PositiveIntegerField(
        _("of them from abroad"), null=True, blank=True, help_text=_("Blank where nobody counted them apart.")
    )
    basis = models.CharField(_("how it was counted"), max_length=8, choices=VisitBasis)
    source = models.CharField(
        _("source"), max_length=200, help_text=_("Who reported it and where, such as a report with its number.")
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    noted_at = models.DateTimeField(_("noted at"), auto_now=True)

    class Meta:
        verbose_name = _("count of visitors")
        verbose_name_plural = _("counts of visitors")
        ordering = ["-year", "-month", "record"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "year", "month"],
                name="visit_count_once",
                violation_error_message=_("This site has a count for this time already: change that one."),
            )
        ]
        indexes = [models.Index(fields=["year", "record"], name="visit_count_by_year")]

    def __str__(self) -> str:
        when = f"{self.month}/{self.year}" if self.month else str(self.year)
        return f"{self.record.number} {when}: {self.visitors}"

    @property
    def when(self) -> str:
        return f"{self.month:02d}/{self.year}" if self.month else str(self.year)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        today = timezone.localdate()
        if self.year and (self.year, self.month or 1) > (today.year, today.month):
            errors["year"] = _("This time has not come yet.")
        if self.foreign_visitors is not None and self.visitors is not None and self.foreign_visitors > self.visitors:
            errors["foreign_visitors"] = _("More from abroad than there were visitors.")
        if errors:
            raise ValidationError(errors)
