"""Rebuilds: how far the building of a whole index has come."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RebuildState(models.TextChoices):
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped, can be gone on with")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")

    @classmethod
    def unfinished(cls) -> tuple[str, str]:
        return cls.RUNNING, cls.STOPPED


class Rebuild(models.Model):
    """One building of a whole index beside the live one; while it runs, changes are kept for it too."""

    state = models.CharField(_("state"), max_length=8, choices=RebuildState, default=RebuildState.RUNNING)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    seen_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    done = models.PositiveIntegerField(_("documents done"), default=0)
    total = models.PositiveIntegerField(_("documents in all"), default=0)
    shown = models.PositiveIntegerField(_("documents done, not yet all safe"), default=0)
    model = models.CharField(_("kind it is at"), max_length=60, blank=True)
    position = models.BigIntegerField(_("last primary key that is safe"), default=0)
    generation = models.CharField(_("index being built"), max_length=120, blank=True)
    host = models.CharField(_("machine that builds"), max_length=255, blank=True)
    resumed = models.PositiveIntegerField(_("times gone on with"), default=0)
    engine = models.CharField(_("engine"), max_length=20)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("rebuild of the index")
        verbose_name_plural = _("rebuilds of the index")

    def __str__(self) -> str:
        return f"{self.engine} {self.started_at:%Y-%m-%d %H:%M} {self.state}"
