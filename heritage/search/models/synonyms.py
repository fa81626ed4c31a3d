"""Sayings that mean the same."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymGroup(models.Model):
    """Sayings that staff declare to mean the same; a search for one finds the others."""

    sayings = models.TextField(
        _("sayings"),
        max_length=1000,
        help_text=_("One a line, two or more, at most five words each. A search for one finds the others too."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    modified_at = models.DateTimeField(_("modified"), auto_now=True)

    kept_by_roles = ("department_editor", "librarian")

    class Meta:
        ordering = ["sayings"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return " = ".join(self.lines())

    def lines(self) -> list[str]:
        """The sayings, blanks left out."""
        return [line.strip() for line in self.sayings.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        from heritage.search.synonyms import LONGEST, key

        lines = self.lines()
        if len({key(line) for line in lines} - {""}) < 2:
            raise ValidationError({"sayings": _("Give at least two different sayings, one a line.")})
        for line in lines:
            if len(key(line).split()) > LONGEST:
                message = _("“%(saying)s” has more than %(count)d words.")
                raise ValidationError({"sayings": message % {"saying": line, "count": LONGEST}})
