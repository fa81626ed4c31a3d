"""Festival days: rules of the lunar (or solar) calendar, and what a single year did otherwise."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from heritage.catalog import lunar
from heritage.catalog.models.composed import ComposedText


class Calendar(models.TextChoices):
    LUNAR = "lunar", _("lunar")
    SOLAR = "solar", _("solar")


class LeapMonth(models.TextChoices):
    """In which of the two months a rule falls when its month comes twice."""

    REGULAR = "regular", _("in the first of the two")
    LEAP = "leap", _("in the leap month")
    BOTH = "both", _("in both")


class MissingDay(models.TextChoices):
    """What a rule for day 30 does in a month of 29 days."""

    LAST = "last", _("held on the 29th")
    NEXT = "next", _("held on the 1st of the next month")
    SKIP = "skip", _("not held")


def _day(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )


def _month(label: Any, *, blank: bool = False) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, null=blank, blank=blank, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )


class LunarRule(ComposedText, Orderable):
    """When a festival is held each year: a day, a range of days, or a month whose days are not known."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="lunar_rules")
    calendar = models.CharField(_("calendar"), max_length=6, choices=Calendar, default=Calendar.LUNAR)
    month = _month(_("month"))
    day = _day(_("day"))
    end_month = _month(_("month of the last day"), blank=True)
    end_day = _day(_("last day"))
    leap_month = models.CharField(
        _("when the month comes twice"), max_length=8, choices=LeapMonth, default=LeapMonth.REGULAR
    )
    missing_day = models.CharField(
        _("when day 30 is missing"), max_length=5, choices=MissingDay, default=MissingDay.LAST
    )
    is_approximate = models.BooleanField(_("approximate"), default=False)
    label_vi = models.CharField(_("which day (Vietnamese)"), max_length=120, blank=True)
    label_en = models.CharField(_("which day (English)"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("festival day")
        verbose_name_plural = _("festival days")
        indexes = [models.Index(fields=["calendar", "month"], name="lunar_rule_by_month")]

    def __str__(self) -> str:
        first = f"{self.day}/{self.month}" if self.day else f"{self.month}"
        return f"{first}-{self.end_day}/{self.end_month or self.month}" if self.end_day else first

    def clean(self) -> None:
        super().clean()
        if self.end_day and not self.day:
            raise ValidationError({"day": _("A range needs its first day.")})
        if self.end_month and not self.end_day:
            raise ValidationError({"end_day": _("Give the last day too.")})
        if self.calendar == Calendar.LUNAR:
            for name in ("day", "end_day"):
                if (getattr(self, name) or 0) > 30:
                    raise ValidationError({name: _("A lunar month has 29 or 30 days.")})
        if self.end_day and self.day and (self.end_month or self.month) == self.month and self.end_day < self.day:
            raise ValidationError({"end_day": _("The last day is before the first.")})


class FestivalYear(ComposedText, Orderable):
    """What one year did, or will do, otherwise: it stands in place of every rule of that record in that year."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="festival_years")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1900), MaxValueValidator(2100)], help_text=_("Of the solar calendar.")
    )
    lunar_day = _day(_("lunar day"))
    lunar_month = _month(_("lunar month"), blank=True)
    lunar_is_leap = models.BooleanField(_("of the leap month"), default=False)
    lunar_length = models.PositiveSmallIntegerField(
        _("days it lasts"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    starts_on = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Or give the lunar day of that year: it is converted.")
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_cancelled = models.BooleanField(_("not held"), default=False)
    note_vi = models.CharField(_("note in Vietnamese"), max_length=300, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("year held otherwise")
        verbose_name_plural = _("years held otherwise")

    def __str__(self) -> str:
        return str(self.year)

    def clean(self) -> None:
        super().clean()
        self._take_lunar_day()
        if not self.is_cancelled and self.starts_on is None:
            raise ValidationError({"starts_on": _("Give the first day, or say that it is not held.")})
        if self.starts_on and self.starts_on.year != self.year:
            raise ValidationError({"starts_on": _("The first day lies in another year.")})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})

    def _take_lunar_day(self) -> None:
        """Convert the lunar day, if one is given, to the solar days of `year`; a day that is not is refused."""
        if self.lunar_day is None and self.lunar_month is None:
            return
        if self.lunar_day is None or self.lunar_month is None:
            missing = "lunar_day" if self.lunar_day is None else "lunar_month"
            raise ValidationError({missing: _("Give the lunar day and its month.")})
        if self.year is None:
            return
        try:
            first = lunar.in_solar_year(self.year, self.lunar_month, self.lunar_day, leap=self.lunar_is_leap)
        except lunar.NoSuchLunarDay as error:
            field = "lunar_is_leap" if self.lunar_is_leap else "lunar_day"
            raise ValidationError({field: str(error)}) from error
        if self.starts_on and self.starts_on != first:
            message = _("The lunar day is %(day)s; leave this blank or make it agree.") % {"day": f"{first:%d/%m/%Y}"}
            raise ValidationError({"starts_on": message})
        self.starts_on = first
        if self.lunar_length and self.ends_on is None:
            self.ends_on = first + dt.timedelta(days=self.lunar_length - 1)
