"""On which days a record was public, and had scans: what makes these figures of any day a look-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.designation import STILL


class DayTrait(models.TextChoices):
    """`KEPT` holds from the day on which the others are written down as they change; before it they are inferred."""

    KEPT = "kept", _("kept day by day")
    PUBLIC = "public", _("public")
    SCANS = "scans", _("with scans")


class TraitPeriod(models.Model):
    """From `since` until the day before `until` a record had `trait`, at the end of each day; `STILL` if it has it."""

    record = models.ForeignKey("catalog.Record", models.CASCADE, related_name="trait_periods")
    trait = models.CharField(max_length=6, choices=DayTrait)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), default=STILL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "trait", "until"], name="trait_period_ends_once")]
        indexes = [models.Index(fields=["trait", "until", "since", "record"], name="trait_period_sums")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.trait} {self.since}–{self.until}"
