"""Changes of units that staff recorded: a resolution, its day, and what became what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChangeKind(models.TextChoices):
    MERGE = "merge", _("merged into one")
    SPLIT = "split", _("divided")
    RENAME = "rename", _("renamed, or of another kind")


class RecordedChange(models.Model):
    """One act of an authority upon units; its `UnitChange` rows follow from it."""

    kind = models.CharField(pgettext_lazy("to units", "what happened"), max_length=10, choices=ChangeKind)
    took_effect_on = models.DateField(_("took effect on"))
    resolution = models.CharField(_("resolution"), max_length=100)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        ordering = ["-took_effect_on", "-pk"]
        verbose_name = _("recorded change of units")
        verbose_name_plural = _("recorded changes of units")

    def __str__(self) -> str:
        return f"{self.resolution} ({self.took_effect_on})"
