"""What search keeps in the database: the state of a rebuild, and sayings that mean the same."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RebuildState(models.TextChoices):
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Rebuild(models.Model):
    """One building of a whole index beside the live one; while it runs, changes are kept for it too."""

    state = models.CharField(_("state"), max_length=8, choices=RebuildState, default=RebuildState.RUNNING)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    seen_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    done = models.PositiveIntegerField(_("documents done"), default=0)
    total = models.PositiveIntegerField(_("documents in all"), default=0)
    engine = models.CharField(_("engine"), max_length=20)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("rebuild of the index")
        verbose_name_plural = _("rebuilds of the index")

    def __str__(self) -> str:
        return f"{self.engine} {self.started_at:%Y-%m-%d %H:%M} {self.state}"


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
