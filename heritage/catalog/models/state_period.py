"""How the register had a record, day by day: what makes its figures of any day a look-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.designation import STILL
from heritage.catalog.models.vocabulary import Kind


class StatePeriod(models.Model):
    """From `since` until the day before `until` the register had a record in `unit`, as `kind`, lacking `lacks`.

    `lacks` are codes of `admin.missing.LACKS`, each between semicolons, "" where nothing lacked. A day shows what held
    at its end. At most one row covers any day of any record; `STILL` ends what has not ended.
    """

    record = models.ForeignKey("catalog.Record", models.CASCADE, related_name="state_periods")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), default=STILL)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    lacks = models.CharField(_("missing"), max_length=120, blank=True)
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "until"], name="state_period_ends_once")]
        indexes = [
            models.Index(fields=["record", "since", "until"], name="state_period_of_record"),
            models.Index(fields=["until", "since", "kind", "lacks", "unit"], name="state_period_sums"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.since}–{self.until}"
