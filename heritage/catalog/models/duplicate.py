"""Two records that may be one thing: found by rules, judged by people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LikelyPair(models.Model):
    """`first` has the lower key. `why` holds what speaks for it: `{"name": 0.92, "metres": 140, "decision": "12/QĐ"}`.

    Once dismissed a pair stays so, whatever is found again.
    """

    first = models.ForeignKey("catalog.Record", models.CASCADE, related_name="+", verbose_name=_("first record"))
    second = models.ForeignKey("catalog.Record", models.CASCADE, related_name="+", verbose_name=_("second record"))
    score = models.PositiveSmallIntegerField(_("likelihood"), help_text=_("0 to 100"))
    why = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    dismissed_at = models.DateTimeField(_("dismissed at"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="likely_pair_once")]
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"
