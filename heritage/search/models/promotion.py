"""Promoted results: what staff want to stand first when certain words are asked."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class PromotedResult(models.Model):
    """One record, place or work that stands above the results of certain queries, marked as chosen by staff."""

    sayings = models.TextField(
        _("queries"),
        max_length=1000,
        help_text=_("One a line. It stands first where somebody asks just this, with or without marks."),
    )
    number = models.CharField(
        _("number"), max_length=40, help_text=_("Of the record, place or work, such as TN10. It must be public.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1, help_text=_("Where several stand first, by this."))
    is_active = models.BooleanField(_("active"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    modified_at = models.DateTimeField(_("modified"), auto_now=True)

    kept_by_roles = ("department_editor", "librarian")

    class Meta:
        ordering = ["order", "number"]
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")

    def __str__(self) -> str:
        return f"{self.number}: {', '.join(self.lines())}"

    def lines(self) -> list[str]:
        """The queries, blanks left out."""
        return [line.strip() for line in self.sayings.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        from heritage.core.models import Identifier
        from heritage.search.synonyms import key

        if not any(key(line) for line in self.lines()):
            raise ValidationError({"sayings": _("Give at least one query.")})
        self.number = self.number.strip()
        if not Identifier.objects.filter(number=self.number).exists():
            raise ValidationError({"number": _("Nothing has the number %(number)s.") % {"number": self.number}})
