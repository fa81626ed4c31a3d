"""Checklists of dossiers and the rule of the ministry's opinion: dated rows, because law and circulars change.

Sources: Circular 09/2011/TT-BVHTTDL (in force from 1 September 2011), amended by 18/2022 (from 1 March 2023),
consolidated as 3299/VBHN-BVHTTDL of 6 August 2024; Decree 308/2025/NĐ-CP of 28 November 2025 (from 15 January 2026)
on Law 45/2024/QH15. Their titles and dates were read in public copies, of the list itself only its first two items
(request, history): the basis of each list says that it was not compared, and a newer version is a new row.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from heritage.catalog.models.composed import ComposedText
from heritage.catalog.models.fields import ChoiceListField
from heritage.catalog.models.vocabulary import Kind, Rank


class DatedRule(models.Model):
    """What holds from `since` until the day before `until`, for some ranks, on the basis of a law."""

    since = models.DateField(_("in force from"), null=True, blank=True, help_text=_("Blank: since ever."))
    until = models.DateField(
        _("replaced from"), null=True, blank=True, help_text=_("The first day it no longer holds.")
    )
    basis = models.CharField(_("legal basis"), max_length=200, help_text=_("Law or circular, with its article."))

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until <= self.since:
            message = _("%(until)s is not after %(since)s. Give a later day, or none while it is in force.")
            raise ValidationError({"until": message % {"until": self.until, "since": self.since}})

    def holds_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


class Checklist(DatedRule, ClusterableModel):
    """One version of what a dossier must contain, for some kinds of heritage and some ranks.

    A dossier keeps the version it was made by; a newer version is a new row, the older one stays with its end date.
    """

    name_vi = models.CharField(_("name in Vietnamese"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    version = models.CharField(_("version"), max_length=40, help_text=_("Such as the year and number of its circular."))
    kinds = ChoiceListField(_("for kinds"), choices=Kind.choices)
    ranks = ChoiceListField(
        _("for ranks and lists"), choices=Rank.choices, max_length=400, help_text=_("None ticked: for every rank.")
    )

    class Meta:
        ordering = ["name_vi", "-since"]
        verbose_name = _("checklist of dossiers")
        verbose_name_plural = _("checklists of dossiers")
        constraints = [models.UniqueConstraint(fields=["name_vi", "version"], name="checklist_version_once")]

    def __str__(self) -> str:
        return f"{self.name_vi} ({self.version})"

    def fits(self, kind: str, rank: str) -> bool:
        return kind in self.kinds and (not self.ranks or rank in self.ranks)


class ChecklistLine(ComposedText):
    """One thing a dossier must or may contain. `code` stays the same from version to version."""

    checklist = ParentalKey(Checklist, on_delete=models.CASCADE, related_name="lines")
    code = models.SlugField(_("code"), max_length=40)
    title_vi = models.CharField(pgettext_lazy("of a document", "title in Vietnamese"), max_length=200)
    title_en = models.CharField(pgettext_lazy("of a document", "title in English"), max_length=200, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("line of a checklist")
        verbose_name_plural = _("lines of a checklist")
        constraints = [models.UniqueConstraint(fields=["checklist", "code"], name="checklist_line_once")]

    def __str__(self) -> str:
        return self.title_vi


class OpinionRule(DatedRule):
    """Ranks whose dossiers need the ministry's written opinion before they are published on line."""

    ranks = ChoiceListField(_("ranks and lists"), choices=Rank.choices, max_length=400)

    class Meta:
        ordering = ["-since"]
        verbose_name = _("rule of the ministry's opinion")
        verbose_name_plural = _("rules of the ministry's opinion")

    def __str__(self) -> str:
        return self.basis

    def clean(self) -> None:
        super().clean()
        if not self.ranks:
            raise ValidationError({"ranks": _("Tick at least one rank or list.")})

    def concerns(self, ranks: Any) -> bool:
        return bool(set(self.ranks) & set(ranks))
