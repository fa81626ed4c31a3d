"""Designations: the dated acts by which an authority ranks a record, and the periods of rank that follow from them."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from heritage.catalog.models.composed import ComposedText
from heritage.catalog.models.vocabulary import Act, Rank

UNKNOWN_DAY = dt.date.min
"""An act without any date counts from here: older than everything that has one."""
STILL = dt.date.max
"""The end of what has not ended."""


class Authority(models.Model):
    """Who decides, as decisions print it ("Bộ trưởng Bộ VHTTDL"), and between which days the office existed."""

    name_vi = models.CharField(_("name in Vietnamese"), max_length=150, unique=True)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    since = models.DateField(_("exists since"), null=True, blank=True)
    until = models.DateField(_("existed until"), null=True, blank=True)

    class Meta:
        ordering = ["name_vi"]
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")

    def __str__(self) -> str:
        return self.name_vi

    def existed_on(self, day: dt.date) -> bool:
        """Whether the office existed on `day`; a bound that is not known excludes nothing."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The last day is before the first.")})


def outside_office(authority: Authority, day: dt.date) -> str:
    """What is said of a decision dated when its authority did not exist, and what would be right."""
    message = _(
        "%(authority)s did not decide on %(day)s: the office existed from %(since)s to %(until)s. "
        "Check the date, or choose the authority of that time."
    )
    days = {"day": day, "since": authority.since or "…", "until": authority.until or "…"}
    return message % {"authority": authority, **days}


class Designation(ComposedText):
    """One act upon a record. The present rank is derived from these rows (`queries.with_rank_on`), never typed.

    What is not known stays blank: `decided_on` may be None with `decided_year` given, or both None.
    """

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="designations")
    act = models.CharField(_("act"), max_length=20, choices=Act, default=Act.RANK)
    rank = models.CharField(_("rank or list"), max_length=30, choices=Rank, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_year = models.PositiveSmallIntegerField(
        _("year of the decision"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("Where only the year is known."),
    )
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    parts_vi = models.CharField(
        _("which parts (Vietnamese)"),
        max_length=300,
        blank=True,
        help_text=_('Only where the act concerns parts and not the whole, such as "23 điểm".'),
    )
    parts_en = models.CharField(_("which parts (English)"), max_length=300, blank=True)
    part = models.ForeignKey(
        "catalog.Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts_upon_part",
        verbose_name=_("applies to the part"),
        help_text=_("A part of this record that is recorded by itself; blank where the act applies to the whole."),
    )
    scan = models.ForeignKey(
        "iiif.DigitalObject",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scan of the decision"),
        help_text=_("One of the record's scans; the public sees it only where that scan is open."),
    )
    corrects = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
        help_text=_("The act of the same record that this one puts right."),
    )
    note_vi = models.CharField(_("note in Vietnamese"), max_length=500, blank=True)
    note_en = models.CharField(_("note in English"), max_length=500, blank=True)
    effective_on = models.DateField(editable=False, default=UNKNOWN_DAY)

    class Meta:
        ordering = ["effective_on", "pk"]
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        indexes = [
            models.Index(fields=["record", "effective_on"], name="designation_by_day"),
            models.Index(fields=["decision_number"], name="designation_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                name="designation_rank_where_the_act_sets_one",
                condition=(
                    (models.Q(act__in=[Act.RANK, Act.UPGRADE]) & ~models.Q(rank=""))
                    | (models.Q(act__in=[Act.ADD_PARTS, Act.ADJUST_ZONES]) & models.Q(rank=""))
                    | models.Q(act__in=[Act.CANCEL, Act.CORRECT])
                ),
                violation_error_message=_(
                    "Give a rank for an act that ranks or upgrades, and none for added parts or zones."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.decision_number or self.get_act_display()

    @property
    def concerns_parts(self) -> bool:
        """Whether the act speaks of parts only; such an act never changes the rank of the whole."""
        return bool(self.parts_vi or self.parts_en or self.part_id)

    def clean(self) -> None:
        super().clean()
        if self.decided_on and self.decided_year and self.decided_on.year != self.decided_year:
            raise ValidationError(
                {"decided_year": _("The year differs from the date; leave it blank or make it agree.")}
            )
        if self.act == Act.CORRECT and self.corrects_id is None:
            raise ValidationError({"corrects": _("Name the act that is corrected.")})
        if self.corrects_id and self.corrects_id == self.pk:
            raise ValidationError({"corrects": _("An act cannot correct itself.")})
        if self.part and self.record_id and self.part.part_of_id != self.record_id:
            raise ValidationError({"part": _("Choose a record that is part of this one.")})
        self._clean_authority()

    def _clean_authority(self) -> None:
        if self.decided_on is None or self.authority is None:
            return
        if not self.authority.existed_on(self.decided_on):
            raise ValidationError({"decided_on": outside_office(self.authority, self.decided_on)})

    def settle(self) -> None:
        """Derive the year from the date, and the day from which the act counts.

        A year alone counts from its 1 January, so that the rank is never missing once the year has begun.
        """
        if self.decided_on:
            self.decided_year = self.decided_on.year
        first_day = dt.date(self.decided_year, 1, 1) if self.decided_year else UNKNOWN_DAY
        self.effective_on = self.decided_on or first_day

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle()
        super().save(*args, **kwargs)


class RankPeriod(models.Model):
    """A record held `rank` from `since` until the day before `until`; rebuilt whenever its designations change.

    `act` is the designation that gave the rank; `scope_vi` and `scope_en` say which parts were added or struck off
    until then. A change of either begins a new row, so that the label on a day is read from one row too.

    At most one row covers any day of any record, so the rank on a day is one index look-up, and a list by rank is a
    range of an index. `STILL` ends what has not ended.
    """

    record = models.ForeignKey("catalog.Record", on_delete=models.CASCADE, related_name="rank_periods")
    rank = models.CharField(_("rank or list"), max_length=30, choices=Rank)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), default=STILL)
    act = models.ForeignKey(
        Designation, models.CASCADE, null=True, related_name="rank_periods", verbose_name=_("act that gave the rank")
    )
    scope_vi = models.CharField(_("scope in Vietnamese"), max_length=1000, blank=True)
    scope_en = models.CharField(_("scope in English"), max_length=1000, blank=True)

    class Meta:
        ordering = ["record", "since"]
        verbose_name = _("period of rank")
        verbose_name_plural = _("periods of rank")
        indexes = [models.Index(fields=["rank", "until", "since", "record"], name="rank_period_by_rank")]
        constraints = [
            models.UniqueConstraint(fields=["record", "since"], name="rank_period_begins_once"),
            models.CheckConstraint(name="rank_period_lasts", condition=models.Q(since__lt=models.F("until"))),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.since}"
