"""Tallies: how often a text was asked on a day, and how often nothing was found. Nothing tells who asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tally(models.Model):
    """One text, folded, on one day. `empty` of the `asked` times nothing was found."""

    day = models.DateField(_("day"))
    text = models.CharField(pgettext_lazy("asked for", "text"), max_length=80)
    asked = models.PositiveIntegerField(_("times asked"), default=0)
    empty = models.PositiveIntegerField(_("times nothing was found"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="tally_once_a_day")]
        verbose_name = _("tally of searches")
        verbose_name_plural = _("tallies of searches")

    def __str__(self) -> str:
        return f"{self.day}: {self.text} ({self.asked})"
