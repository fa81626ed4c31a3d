"""Files that staff hand in for the worker to bring in, and what their columns mean, saved under a name."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.core.models.job import WorkerJob


class ImportState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    WAITING = "waiting", _("waiting for the worker")
    RUNNING = "running", _("running")
    DONE = "done", _("ended")
    FAILED = "failed", _("failed")


class FileImport(WorkerJob):
    """One file handed in, the last run's figures and its report by row; a concrete model has `file` and `report`.

    `done` and `total` count rows; `total` is 0 until a trial run, or the end, has told it. `jobs` runs it.
    """

    token = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(_("file"), max_length=200)
    mapping = models.JSONField(_("what the columns mean"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ImportState, default=ImportState.DRAFT)
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ordered by")
    )
    language = models.CharField(_("language in which it was ordered"), max_length=10, default="vi", editable=False)
    ordered_at = models.DateTimeField(_("ordered at"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The files go with their row."""
        for file in (self.file, self.report):  # type: ignore[attr-defined]
            if file:
                file.delete(save=False)
        return super().delete(*args, **kwargs)


class SavedMeaning(models.Model):
    """What the columns of a kind of file mean: `columns` holds a field's name, or "" to leave out, by column."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    columns = models.JSONField(_("columns"), default=dict)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
